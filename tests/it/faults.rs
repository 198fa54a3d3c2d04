//! Whatever ends a run, and whenever: the database and the report are those before or those
//! after it, and the next run ends as if nothing had been.
#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    io::{BufRead as _, BufReader, Read as _},
    os::unix::{fs::PermissionsExt as _, process::ExitStatusExt as _},
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::binary::{Place, errors, files, samples};

/// Half of the samples, which a first run reads.
fn half() -> std::path::PathBuf {
    samples().join("crm")
}

fn arguments(path: &Path) -> [&str; 4] {
    ["run", path.to_str().unwrap(), "--quiet", "--threads=2"]
}

/// What an undisturbed run leaves.
struct Undisturbed {
    views: Option<String>,
    report: Vec<(String, Vec<u8>)>,
}

impl Undisturbed {
    fn over(begin: &dyn Fn() -> Place) -> Self {
        let place = begin();
        let output = place.run(&arguments(&samples()));
        assert!(output.status.success(), "{}", errors(&output));
        Self { views: place.views(), report: place.report() }
    }
}

/// What a run says, a line at the end of each stage; the last one stands before its commit.
const STAGES: [&str; 6] = ["look", "import", "resolve", "attribute", "measure", "report"];

/// Ends runs with a signal behind each of their stages.
fn check_signal(signal: &str, stages: &[&str], begin: &dyn Fn() -> Place) {
    let undisturbed = Undisturbed::over(begin);
    for stage in stages {
        let place = begin();
        let (before, report) = (place.views(), place.report());
        // Who reads keeps the run from its commit, so that it cannot end before the signal.
        let reader = before.as_ref().map(|_| {
            let reader = rusqlite::Connection::open(place.database()).unwrap();
            reader.execute_batch("begin; select count(*) from source_files").unwrap();
            reader
        });
        let samples = samples();
        let words = ["run", samples.to_str().unwrap(), "--threads=2"];
        let mut child = place.command(&words).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let has_come =
            lines.by_ref().any(|line| line.unwrap().starts_with(&format!("{stage}:")));
        assert!(has_come, "{stage}");
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(kill.is_ok());
        let status = child.wait().unwrap();
        if reader.is_some() {
            assert!(status.signal().is_some(), "{stage}: {status}");
        }
        let after = place.views();
        let is_before = after == before;
        assert!(is_before || after == undisturbed.views, "{stage}: a state between");
        assert!(is_before || reader.is_none(), "{stage}: a reader kept it waiting");
        if after.is_some() {
            assert_eq!(place.soundness(), "ok, dangling: false", "{stage}");
        }
        for (name, bytes) in place.report() {
            let is_old = report.iter().any(|old| *old == (name.clone(), bytes.clone()));
            let new = (name.clone(), bytes);
            let is_aside = name.starts_with(".touchstone-");
            assert!(is_old || is_aside || undisturbed.report.contains(&new), "{name}");
        }
        drop(reader);
        check_next_run(&place, &undisturbed, stage);
    }
}

/// The next run ends as if nothing had been.
fn check_next_run(place: &Place, undisturbed: &Undisturbed, stage: &str) {
    let again = place.run(&arguments(&samples()));
    assert!(again.status.success(), "{stage}: {}", errors(&again));
    assert!(place.views() == undisturbed.views, "{stage}: other tables");
    assert!(place.report() == undisturbed.report, "{stage}: another report");
    let mut names = files(&place.path(".")).into_iter().map(|(name, _)| name);
    let is_leftover = |name: &String| {
        name.starts_with("touchstone.db")
            && *name != "touchstone.db"
            && *name != "touchstone.db.lock"
    };
    assert_eq!(names.find(is_leftover), None, "{stage}");
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
fn a_first_run_that_is_killed_leaves_nothing_that_matters() {
    check_signal("-KILL", &STAGES, &empty);
}

#[test]
fn a_run_that_is_killed_leaves_the_state_before_it() {
    check_signal("-KILL", &STAGES, &filled);
}

#[test]
fn a_run_that_is_terminated_or_interrupted_leaves_the_state_before_it() {
    check_signal("-TERM", &["import", "report"], &filled);
    if !ignores_interrupts() {
        check_signal("-INT", &["look", "measure"], &filled);
    }
}

/// Whether the tests were begun so that nothing they begin can be interrupted, as a script
/// begins what it does not wait for.
fn ignores_interrupts() -> bool {
    const INTERRUPT: u64 = 1 << 1;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|signals| {
        u64::from_str_radix(signals.trim(), 16).unwrap() & INTERRUPT != 0
    })
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

#[test]
fn a_database_that_another_program_writes_is_told_as_busy() {
    let place = filled();
    let other = rusqlite::Connection::open(place.database()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let output = place.run(&["attribute"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(errors(&output).contains("hint: another program reads or writes"));
    other.execute_batch("rollback").unwrap();
    assert!(place.run(&["attribute"]).status.success());
}

/// What a folder holds but for the lock, which stays.
fn held(place: &Place) -> Vec<(String, Vec<u8>)> {
    let mut files = files(&place.path("."));
    files.retain(|(name, _)| name != "touchstone.db.lock");
    files
}

/// Runs where no file may have more than so many blocks of 512 bytes.
fn with_blocks(place: &Place, blocks: u32, words: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_touchstone");
    let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec {binary} {words}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(place.path(".")).stdin(Stdio::null());
    shell.output().unwrap()
}

#[test]
fn whoever_cannot_be_forgotten_for_want_of_room_is_there_as_before() {
    let place = filled();
    let sql = "select email from identities where email is not null order by 1";
    let connection = rusqlite::Connection::open(place.database()).unwrap();
    let person: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    drop(connection);
    let before = held(&place);
    let whole =
        u32::try_from(fs::metadata(place.database()).unwrap().len() / 512).unwrap();
    let mut failed = 0;
    // The copy does not fit, or what is made of it, or the copy without the person.
    for blocks in [0, 8, whole / 2, whole - 64, whole - 32, whole - 1, whole] {
        let output = with_blocks(&place, blocks, &format!("forget {person} --quiet"));
        if output.status.success() {
            continue;
        }
        failed += 1;
        assert_eq!(output.status.code(), Some(1), "{blocks}: {}", errors(&output));
        assert!(errors(&output).starts_with("error: "), "{}", errors(&output));
        assert!(held(&place) == before, "{blocks} blocks: {}", errors(&output));
    }
    assert!(4 <= failed);
    // What a killed one left behind goes with the next.
    fs::write(place.path("touchstone.db.copy"), &before[0].1).unwrap();
    fs::write(place.path("touchstone.db.new"), &before[0].1).unwrap();
    assert!(place.run(&["forget", &person]).status.success());
    for (name, bytes) in held(&place) {
        assert!(!name.contains("db.copy") && !name.contains("db.new"), "{name}");
        assert!(!String::from_utf8_lossy(&bytes).contains(&person), "{name}");
    }
}

#[test]
fn an_export_or_a_report_without_room_fails_in_words_and_leaves_the_files_before() {
    let place = filled();
    for format in ["csv", "json", "xlsx", "parquet"] {
        let export = format!("export --format {format} --out out");
        for blocks in [0, 2, 8] {
            let output = with_blocks(&place, blocks, &export);
            assert_eq!(output.status.code(), Some(1), "{format}: {}", errors(&output));
            assert!(errors(&output).starts_with("error: cannot write"), "{format}");
            assert!(files(&place.path("out")).is_empty(), "{format}");
        }
    }
    let report = place.report();
    for blocks in [0, 8] {
        let output = with_blocks(&place, blocks, "report --quiet");
        assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
        assert!(place.report() == report);
    }
}

#[test]
fn a_folder_in_the_place_of_a_table_fails_before_anything_is_changed() {
    let place = filled();
    fs::create_dir_all(place.path("out/posts.csv")).unwrap();
    let before = held(&place);
    let samples = samples();
    let run = ["run", samples.to_str().unwrap(), "--quiet", "--out", "out"];
    for words in [&run[..], &["export", "--out", "out"]] {
        let output = place.run(words);
        assert_eq!(output.status.code(), Some(1));
        assert!(errors(&output).contains("posts.csv"), "{}", errors(&output));
        assert!(held(&place) == before);
        assert!(files(&place.path("out")).is_empty());
    }
}

#[test]
fn an_export_of_another_tool_is_not_replaced_by_a_table_of_that_name() {
    let place = Place::new();
    fs::create_dir(place.path("crm")).unwrap();
    let deals = "Record ID,Deal Name,Deal Stage,Pipeline,Close Date\n1,Roof,Won,Sales,\n";
    fs::write(place.path("crm/deals.csv"), deals).unwrap();
    let output = place.run(&["run", "crm", "--out", "crm"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(errors(&output).contains("deals.csv is no file that Touchstone wrote"));
    assert_eq!(files(&place.path("crm")), [("deals.csv".to_owned(), deals.into())]);
    assert!(!place.database().exists());
    // What it wrote itself it replaces.
    for _ in 0..2 {
        assert!(place.run(&["run", "crm", "--out", "out"]).status.success());
        for format in ["csv", "json", "xlsx", "parquet"] {
            let words = ["export", "--format", format, "--out", "out"];
            assert!(place.run(&words).status.success(), "{format}");
        }
    }
}

#[test]
fn a_database_may_be_called_as_a_uri_begins() {
    let place = Place::new();
    fs::write(place.path("deals.csv"), "Record ID,Deal Name\n1,Roof\n").unwrap();
    let name = "file:a.db?mode=ro";
    for command in ["run deals.csv --db", "check --db"] {
        let words: Vec<&str> = command.split(' ').chain([name]).collect();
        assert!(place.run(&words).status.success(), "{command}");
    }
    assert!(place.path(name).exists());
    assert!(!place.path("a.db").exists());
}

#[test]
fn a_run_that_may_not_write_a_byte_more_fails_and_changes_nothing() {
    for begin in [empty, filled] {
        // Blocks of 512 bytes: the database outgrows each of them at another point.
        for blocks in [0, 40, 400, 900] {
            let place = begin();
            let (before, report) = (held(&place), place.report());
            let words = format!("run {} --quiet", samples().display());
            let output = with_blocks(&place, blocks, &words);
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
fn results_that_are_committed_are_told_wherever_the_database_goes() {
    let place = filled();
    // Who reads keeps the command waiting at its commit.
    let reader = rusqlite::Connection::open(place.database()).unwrap();
    reader.execute_batch("begin; select count(*) from source_files").unwrap();
    let mut child = place.command(&["attribute"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let waits = "waiting: another program reads the database; 10 minutes at most";
    assert!(lines.by_ref().any(|line| line.unwrap() == waits));
    fs::rename(place.database(), place.path("moved.db")).unwrap();
    drop(reader);
    let left: Vec<String> = lines.map(Result::unwrap).collect();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{left:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("From rows to credit"), "{said}");
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
