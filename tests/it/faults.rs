//! Whatever ends a run, and whenever: the database and the report are those before or those
//! after it, and the next run ends as if nothing had been.
#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    io::Read as _,
    os::unix::{fs::PermissionsExt as _, process::ExitStatusExt as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::binary::{Place, errors, files, samples};

/// Half of the samples, which a first run reads.
fn half() -> std::path::PathBuf {
    samples().join("crm")
}

fn arguments(path: &Path) -> [&str; 4] {
    ["run", path.to_str().unwrap(), "--quiet", "--threads=2"]
}

/// How long an undisturbed run takes, its tables and its report.
struct Undisturbed {
    takes: Duration,
    views: Option<String>,
    report: Vec<(String, Vec<u8>)>,
}

impl Undisturbed {
    fn over(begin: &dyn Fn() -> Place) -> Self {
        let place = begin();
        let started = Instant::now();
        let output = place.run(&arguments(&samples()));
        assert!(output.status.success(), "{}", errors(&output));
        Self { takes: started.elapsed(), views: place.views(), report: place.report() }
    }
}

/// Ends runs with a signal at moments spread over their whole length.
fn check_signal(signal: &str, tries: u32, begin: &dyn Fn() -> Place) {
    let undisturbed = Undisturbed::over(begin);
    let mut killed = 0;
    for at in 0..tries {
        let place = begin();
        let (before, report) = (place.views(), place.report());
        let mut child = place.command(&arguments(&samples())).spawn().unwrap();
        thread::sleep(undisturbed.takes * at / tries);
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(kill.is_ok());
        let status = child.wait().unwrap();
        killed += u32::from(status.signal().is_some());
        let after = place.views();
        let is_before = after == before;
        assert!(is_before || after == undisturbed.views, "try {at}: a state between");
        if after.is_some() {
            assert_eq!(place.soundness(), "ok, dangling: false", "try {at}");
        }
        for (name, bytes) in place.report() {
            let is_old = report.iter().any(|old| *old == (name.clone(), bytes.clone()));
            let new = (name.clone(), bytes);
            let is_aside = name.starts_with(".touchstone-");
            assert!(is_old || is_aside || undisturbed.report.contains(&new), "{name}");
        }
        let again = place.run(&arguments(&samples()));
        assert!(again.status.success(), "try {at}: {}", errors(&again));
        assert!(place.views() == undisturbed.views, "try {at}: other tables");
        assert!(place.report() == undisturbed.report, "try {at}: another report");
        let leftovers: Vec<String> = files(&place.path("."))
            .into_iter()
            .map(|(name, _)| name)
            .filter(|name| {
                *name == "touchstone.db.new" || *name == "touchstone.db-journal"
            })
            .collect();
        assert!(leftovers.is_empty(), "try {at}: {leftovers:?}");
    }
    assert!(tries / 3 < killed, "only {killed} of {tries} were killed");
}

fn empty() -> Place {
    Place::new()
}

fn filled() -> Place {
    let place = Place::new();
    let output = place.run(&arguments(&half()));
    assert!(output.status.success(), "{}", errors(&output));
    place
}

#[test]
fn a_first_run_that_is_killed_at_any_moment_leaves_nothing_that_matters() {
    check_signal("-KILL", 10, &empty);
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_the_state_before_or_after_it() {
    check_signal("-KILL", 16, &filled);
}

#[test]
fn a_run_that_is_terminated_or_interrupted_leaves_the_state_before_or_after_it() {
    check_signal("-TERM", 5, &filled);
    check_signal("-INT", 5, &filled);
}

#[test]
fn of_two_runs_at_once_one_works_and_the_other_says_so() {
    let place = filled();
    let _held = touchstone::store::Lock::take(&place.database(), "process 7").unwrap();
    let before = fs::read(place.database()).unwrap();
    for words in [&arguments(&samples())[..], &["attribute"], &["forget", "a@b.example"]]
    {
        let second = place.run(words);
        assert_eq!(second.status.code(), Some(4), "{}", errors(&second));
        assert!(errors(&second).contains("process 7"), "{}", errors(&second));
    }
    assert!(fs::read(place.database()).unwrap() == before);
    // Readers are not kept waiting.
    assert!(place.run(&["check"]).status.success());
}

/// What a folder holds but for the lock, which stays.
fn held(place: &Place) -> Vec<(String, Vec<u8>)> {
    let mut files = files(&place.path("."));
    files.retain(|(name, _)| name != "touchstone.db.lock");
    files
}

#[test]
fn a_run_that_may_not_write_a_byte_more_fails_and_changes_nothing() {
    for begin in [empty, filled] {
        // Blocks of 512 bytes: the database outgrows each of them at another point.
        for blocks in [0, 40, 400, 900] {
            let place = begin();
            let (before, report) = (held(&place), place.report());
            let line = format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec {} run {} --quiet",
                env!("CARGO_BIN_EXE_touchstone"),
                samples().display()
            );
            let output = Command::new("sh")
                .args(["-c", &line])
                .current_dir(place.path("."))
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(1), "{blocks}: {}", errors(&output));
            assert!(errors(&output).starts_with("error: "), "{}", errors(&output));
            assert!(held(&place) == before, "{blocks} blocks");
            assert!(place.report() == report, "{blocks} blocks");
            let again = place.run(&arguments(&samples()));
            assert!(again.status.success(), "{}", errors(&again));
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    // The superuser may write everywhere but below a file.
    let place = Place::new();
    fs::write(place.path("file"), "").unwrap();
    let samples = samples();
    let run = ["run", samples.to_str().unwrap(), "--quiet", "--db", "file/nightly.db"];
    let output = place.run(&run);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("--db"), "{}", errors(&output));
    let output =
        place.run(&["run", samples.to_str().unwrap(), "--quiet", "--out", "file"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("--out"), "{}", errors(&output));
    assert!(!place.database().exists());
    let locked = place.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, Permissions::from_mode(0o500)).unwrap();
    if fs::write(locked.join("probe"), "").is_err() {
        let run = ["run", samples.to_str().unwrap(), "--db", "locked/nightly.db"];
        assert_eq!(place.run(&run).status.code(), Some(1));
        assert!(files(&locked).is_empty());
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let place = filled();
    let mut child = place.command(&["config", "--template"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
    assert_eq!(said, "");
}
