//! The sessions in the documentation run, and print what stands there.

use std::{fs, path::Path};

/// Runs the sessions of a document in a folder of its own, beside the sample data.
fn check(document: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let name = Path::new(document).file_name().unwrap();
    fs::copy(root.join(document), folder.path().join(name)).unwrap();
    // A folder of the document's name is where its commands run.
    let inside = folder.path().join(name).with_extension("in");
    fs::create_dir(&inside).unwrap();
    copy(&root.join("sample-data"), &inside.join("sample-data"));
    // What it needs besides lies beside it.
    let own = root.join(document).with_extension("in");
    if own.exists() {
        copy(&own, &inside.join("own"));
    }
    let cases = trycmd::TestCases::new();
    cases.env("NO_COLOR", "1").env("COLUMNS", "").case(folder.path().join(name));
    let done = std::panic::catch_unwind(|| cases.run());
    // With TRYCMD=overwrite the document takes what was printed.
    let now = fs::read(folder.path().join(name)).unwrap();
    if now != fs::read(root.join(document)).unwrap() {
        fs::write(root.join(document), now).unwrap();
    }
    if let Err(panic) = done {
        std::panic::resume_unwind(panic);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_readme_tells_the_truth() {
    check("README.md");
}

#[test]
fn the_documents_tell_the_truth() {
    for entry in fs::read_dir("docs").unwrap() {
        let name = entry.unwrap().file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "md") {
            check(&format!("docs/{}", name.display()));
        }
    }
}

#[test]
fn sessions_print_what_they_say() {
    for entry in fs::read_dir("tests/cmd").unwrap() {
        let name = entry.unwrap().file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "md") {
            check(&format!("tests/cmd/{}", name.display()));
        }
    }
}
