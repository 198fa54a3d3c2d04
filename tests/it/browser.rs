//! The report in a real browser, where there is one.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// What keeps the browser's checks from running, if anything does.
fn missing(scripts: &Path) -> Option<&'static str> {
    let has = |program: &str| {
        let found = Command::new(program).arg("--version").output();
        found.is_ok_and(|output| output.status.success())
    };
    if !scripts.join("node_modules/axe-core").is_dir() {
        Some("axe-core is not installed")
    } else if !has("node") {
        Some("node is not installed")
    } else if std::env::var_os("CHROMIUM").is_none() && !has("chromium") {
        Some("Chromium is not installed")
    } else {
        None
    }
}

/// Runs on exports and opens the report; nothing where there is no browser.
fn check(exports: &Path) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let scripts = root.join("tests/browser");
    if let Some(missing) = missing(&scripts) {
        // Past the test harness, which hides what a test that passes prints.
        let mut stderr = std::io::stderr();
        writeln!(
            stderr,
            "the browser's checks were left out: {missing}; tests/browser/install brings it"
        )
        .unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report");
    let ran = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(["run", "--quiet"])
        .arg(exports)
        .arg("--db")
        .arg(folder.path().join("sample.db"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let checked = Command::new("node")
        .arg(scripts.join("report.mjs"))
        .arg(out.join("report.html"))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

#[test]
fn the_samples_report_is_sound_in_a_browser() {
    check(&samples());
}

#[test]
fn a_report_of_nothing_but_a_small_archive_is_sound_in_a_browser() {
    check(
        &samples().join("linkedin/tomas-brandt-7b2/Basic_LinkedInDataExport_01-04-2026"),
    );
}

/// Texts that would break a page out of its width, its order or its markup.
const HOSTILE: &[&str] = &[
    "</style></svg><svg onload=alert(1)><img src=x onerror=alert(2)>",
    "\u{202e}turned\u{202c} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "=cmd|'/C calc'!A0",
    "\u{4f4f}\u{5b85}\u{30ed}\u{30fc}\u{30f3}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
];

#[test]
fn a_report_of_hostile_words_is_sound_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("Complete_LinkedInDataExport_01-05-2026");
    let source = samples()
        .join("linkedin/idris-vane-loans/Complete_LinkedInDataExport_01-05-2026");
    std::fs::create_dir(&archive).unwrap();
    for entry in std::fs::read_dir(&source).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), archive.join(entry.file_name())).unwrap();
    }
    let long = |letters: &str| letters.repeat(400);
    let words = |at: usize| match at % 7 {
        5 => long("W"),
        6 => long("\u{645}\u{62d}\u{645}\u{62f}"),
        other => HOSTILE[other].to_owned(),
    };
    let posts = std::fs::read_to_string(source.join("Shares.csv")).unwrap();
    let mut shares = csv::Reader::from_reader(posts.as_bytes());
    let mut written = csv::Writer::from_path(archive.join("Shares.csv")).unwrap();
    written.write_record(shares.headers().unwrap()).unwrap();
    for (at, row) in shares.records().enumerate() {
        let row = row.unwrap();
        let text = words(at);
        let cell = |(column, own)| if column == 2 { text.as_str() } else { own };
        written.write_record(row.iter().enumerate().map(cell)).unwrap();
    }
    written.flush().unwrap();
    let name = long("V");
    std::fs::write(
        archive.join("Profile.csv"),
        format!("First Name,Last Name,Headline\n<b>Idris</b>,{name},\n"),
    )
    .unwrap();
    for own in ["contacts", "deals"] {
        let file = format!("hubspot-crm-exports-all-{own}-2026-01-05.csv");
        let rows = std::fs::read_to_string(samples().join("crm").join(&file)).unwrap();
        let rows = rows.replace("Home loan\"", &format!("{name}<script>\""));
        std::fs::write(folder.path().join(&file), rows).unwrap();
    }
    let engagers = "idris-vane-loans-engagers.csv";
    std::fs::copy(
        samples().join("engagement").join(engagers),
        folder.path().join(engagers),
    )
    .unwrap();
    check(folder.path());
}
