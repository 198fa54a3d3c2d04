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

#[test]
fn the_samples_report_is_sound_in_a_browser() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let scripts = root.join("tests/browser");
    if let Some(missing) = missing(&scripts) {
        // Past the test harness, which hides what a test that passes prints.
        writeln!(
            std::io::stderr(),
            "the browser's checks were left out: {missing}; tests/browser/install brings it"
        )
        .unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report");
    let ran = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(["run", "--quiet"])
        .arg(root.join("sample-data"))
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
