//! What a program does to files, as the kernel is told.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// Something that was done to a file or to its name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is made where there is none, and emptied where that was asked for.
    Open { path: PathBuf, empties: bool },
    /// Bytes are written.
    Write { path: PathBuf, offset: usize, bytes: Vec<u8> },
    /// It is cut or grown.
    Length { path: PathBuf, length: usize },
    /// Whatever was done to it is on the disk; of a folder, its names.
    Sync { path: PathBuf },
    /// It has another name, in place of what had it before.
    Rename { from: PathBuf, to: PathBuf },
    /// The name is nobody's.
    Unlink { path: PathBuf },
    /// A folder is made.
    Folder { path: PathBuf },
    /// Something that the record does not tell.
    Unknown { path: PathBuf },
}

/// The program that records; none where there is no C compiler.
fn recorder() -> Option<&'static Path> {
    static RECORDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let build = || {
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/power/recorder.c");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let aside = tempfile::Builder::new().tempdir_in(folder).unwrap();
        let (built, program) = (aside.path().join("recorder"), folder.join("recorder"));
        let done =
            Command::new("cc").arg("-O1").arg("-o").arg(&built).arg(source).output();
        if !done.is_ok_and(|output| output.status.success()) {
            return None;
        }
        // Another process of the tests may do the same.
        fs::rename(built, &program).unwrap();
        Some(program)
    };
    RECORDER.get_or_init(build).as_deref()
}

/// Runs a command and records it; nothing where that is not possible here.
pub(super) fn record(command: &Command) -> Option<(Output, Vec<Change>)> {
    let recorder = recorder()?;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut recorded = Command::new(recorder);
    recorded.arg(&log).arg(command.get_program()).args(command.get_args());
    let root = command.get_current_dir().unwrap();
    recorded.current_dir(root).env("NO_COLOR", "1");
    let output = recorded.output().unwrap();
    if matches!(output.status.code(), Some(125..=127) | None) {
        return None;
    }
    let root = root.canonicalize().unwrap();
    Some((output, changes(&fs::read(log).unwrap(), &root)))
}

/// Says that cuts are not tried here, past the harness, which hides what a test prints.
pub(super) fn leave_out() {
    let words =
        "power cuts were left out: they need Linux, a C compiler and leave to trace";
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{words}").unwrap();
}

/// The changes below a folder.
fn changes(mut log: &[u8], root: &Path) -> Vec<Change> {
    let mut changes = Vec::new();
    while let Some((letter, rest)) = log.split_first() {
        log = rest;
        let (path, other) = (part(&mut log), part(&mut log));
        let (bytes, offset) = (part(&mut log), number(&mut log));
        let name = |path: &[u8]| {
            let path = PathBuf::from(String::from_utf8(path.to_vec()).unwrap());
            // What has no name any more is gone, whatever is done to it.
            let is_gone = path.to_string_lossy().ends_with(" (deleted)");
            let path = path.strip_prefix(root).ok().filter(|_| !is_gone)?;
            Some(path.components().collect::<PathBuf>())
        };
        let Some(path) = name(&path) else { continue };
        changes.push(match letter {
            b'O' => Change::Open { path, empties: offset != 0 },
            b'W' => Change::Write { path, offset, bytes },
            b'T' => Change::Length { path, length: offset },
            b'S' => Change::Sync { path },
            b'R' => Change::Rename { from: path, to: name(&other).unwrap() },
            b'U' => Change::Unlink { path },
            b'D' => Change::Folder { path },
            _ => Change::Unknown { path },
        });
    }
    changes
}

fn part(log: &mut &[u8]) -> Vec<u8> {
    let length = number(log);
    let (part, rest) = log.split_at(length);
    *log = rest;
    part.to_vec()
}

fn number(log: &mut &[u8]) -> usize {
    let (number, rest) = log.split_at(8);
    *log = rest;
    usize::try_from(u64::from_ne_bytes(number.try_into().unwrap())).unwrap()
}
