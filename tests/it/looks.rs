//! A run does not read a file to its end again that nobody touched since an earlier one, and
//! notices whatever else happens to a file.
#![cfg(unix)]

use std::{
    fs,
    io::{Cursor, Write as _},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::{SignedDuration, Timestamp};
use touchstone::pipeline::{self, Finished, Forget, Inspection, Session, Task};

use crate::network::{Network, attribution, silent};

/// An instant at which no file has just changed.
fn later() -> Timestamp {
    "2200-01-01T00:00:00Z".parse().unwrap()
}

fn run_at(
    network: &Network,
    paths: &[PathBuf],
    now: Timestamp,
    days: Option<u32>,
) -> Finished {
    let attribution = attribution();
    let task = Task {
        import: Some((paths, &network.settings, network.limits)),
        attribution: Some(&attribution),
        retention_days: days,
        ..Task::default()
    };
    pipeline::run(&task, &session(&network.database(), &|| now)).unwrap()
}

fn session<'a>(
    database: &'a Path,
    now: &'a (dyn Fn() -> Timestamp + Sync),
) -> Session<'a> {
    Session { database, now, holder: "test", threads: 2, observer: &silent }
}

fn run(network: &Network, paths: &[PathBuf]) -> Finished {
    run_at(network, paths, later(), None)
}

const LOOKS: &str = "select count(*) from looks";

fn connections(name: &str, count: usize) -> Vec<u8> {
    let header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let rows = (0..count).map(|at| {
        format!(
            "{name}{at},Castellano,https://www.linkedin.com/in/{name}{at},,Tiles,Owner,01 \
             Feb 2024\n"
        )
    });
    [header.to_owned()].into_iter().chain(rows).collect::<String>().into_bytes()
}

fn engagers(name: &str, year: &str) -> String {
    format!(
        "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n\
         https://www.linkedin.com/in/{name},{name} Byron,{name},,LIKE,,\
         https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259,\
         {year}-02-05T10:00:00Z\n"
    )
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut archive = Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut archive);
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    for name in ["Connections.csv", "other.csv"] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(if name == "other.csv" { b"a\0b,\"c" } else { bytes }).unwrap();
    }
    zip.finish().unwrap();
    archive.into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    file.write_all(bytes).unwrap();
    file.finish().unwrap()
}

/// A plain file larger than what is read for its header, an archive, and a compressed file.
fn write(network: &Network) -> Vec<PathBuf> {
    vec![
        network.write("plain/Connections.csv", connections("mira", 2000)),
        network.write("archive.zip", zipped(&connections("jonas", 900))),
        network.write("list.csv.gz", gzipped(engagers("petra", "2024").as_bytes())),
    ]
}

/// All that is told of files.
fn told(inspection: &Inspection) -> String {
    let one = |one: &pipeline::Inspected| {
        format!("{} {} {:?} {:?}\n", one.file.name, one.sha256, one.whole, one.verdict)
    };
    let unreadable = inspection.unreadable.iter().map(|one| format!("{one:?}\n"));
    inspection.files.iter().map(one).chain(unreadable).collect()
}

/// What a run finds is what one finds that knows of no other.
fn check(network: &Network, paths: &[PathBuf], what: &str) -> Finished {
    let registry = &network.settings.registry;
    let fresh = pipeline::inspect(paths, registry, network.limits, &silent).unwrap();
    let finished = run(network, paths);
    assert_eq!(told(&finished.inspection), told(&fresh), "{what}");
    finished
}

#[test]
fn a_file_that_nobody_touched_is_not_read_to_its_end_again() {
    let network = Network::new();
    let paths = write(&network);
    let first = check(&network, &paths, "first");
    assert_eq!((first.imported.files_read, network.count(LOOKS)), (3, 4));
    let rows = "select hex(key), hex(sha256), bytes, is_utf8, has_nul, has_open_quote \
                from looks order by key";
    let (views, looks) = (network.views(), network.query(rows));
    for what in ["second", "third"] {
        let again = check(&network, &paths, what);
        assert_eq!((again.imported.files_read, again.imported.files_unchanged), (0, 3));
        assert_eq!(
            (network.views(), network.query(rows)),
            (views.clone(), looks.clone())
        );
    }
    // Had they been read, they would be found to hold the bytes that they hold.
    network.query("update looks set sha256 = key returning 1");
    assert_eq!(run(&network, &paths).imported.files_read, 3);
}

#[test]
fn a_file_that_has_just_changed_is_read_again() {
    let network = Network::new();
    let path = network.write("plain/Connections.csv", connections("mira", 3));
    let paths = [path.clone()];
    let looks_after = |seconds: i64| {
        let file = path.metadata().unwrap();
        let changed_at = Timestamp::new(file.ctime(), 0).unwrap();
        let now = changed_at + SignedDuration::from_secs(seconds);
        run_at(&network, &paths, now, None);
        network.count(LOOKS)
    };
    for (seconds, looks) in [(-86_400, 0), (0, 0), (59, 0), (62, 1)] {
        assert_eq!(looks_after(seconds), looks, "{seconds} seconds");
    }
    // Neither an old time nor one that is still to come hides when it was set.
    for (year, looks) in [(2001, 0), (2199, 0)] {
        set_modified(&path, midnight(year));
        assert_eq!(looks_after(59), looks, "{year}");
    }
    assert_eq!(looks_after(62), 0, "its time is still to come");
    set_modified(&path, midnight(2001));
    assert_eq!(looks_after(62), 1);
}

fn midnight(year: u16) -> SystemTime {
    let at: Timestamp = format!("{year}-01-01T00:00:00Z").parse().unwrap();
    at.try_into().unwrap()
}

fn set_modified(path: &Path, at: SystemTime) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(at).unwrap();
}

/// Writes other bytes of the same length into a file and sets its time back, until the
/// system's clock has ticked.
fn replace_in_place(path: &Path, bytes: &[u8]) {
    let before = path.metadata().unwrap();
    let modified = before.modified().unwrap();
    let changed = |file: &fs::Metadata| (file.ctime(), file.ctime_nsec());
    let after = loop {
        fs::write(path, bytes).unwrap();
        set_modified(path, modified);
        let after = path.metadata().unwrap();
        if changed(&after) != changed(&before) {
            break after;
        }
    };
    let same =
        |file: &fs::Metadata| (file.ino(), file.len(), file.mtime_nsec(), file.mtime());
    assert_eq!(same(&after), same(&before));
}

#[test]
fn whatever_happens_to_a_file_is_noticed() {
    let notices = |what: &str, files_read: u64, change: fn(&[PathBuf])| {
        let network = Network::new();
        let paths = write(&network);
        run(&network, &paths);
        change(&paths);
        let moved: Vec<PathBuf> = paths
            .iter()
            .map(|path| path.with_file_name("moved.csv"))
            .filter(|path| path.exists())
            .collect();
        let paths: Vec<PathBuf> =
            paths.into_iter().filter(|path| path.exists()).chain(moved).collect();
        let finished = check(&network, &paths, what);
        assert_eq!(finished.imported.files_read, files_read, "{what}");
        assert_eq!(check(&network, &paths, what).imported.files_read, 0, "{what}");
        assert_eq!(network.count(LOOKS), 4, "{what}");
    };
    notices("nothing", 0, |_| {});
    notices("replaced in place", 1, |paths| {
        replace_in_place(&paths[0], &connections("lena", 2000));
    });
    notices("changed behind its head", 1, |paths| {
        let mut bytes = fs::read(&paths[0]).unwrap();
        let end = bytes.len() - 2;
        bytes[end] = b'5';
        replace_in_place(&paths[0], &bytes);
    });
    notices("archive replaced in place", 1, |paths| {
        replace_in_place(&paths[1], &zipped(&connections("johan", 900)));
    });
    notices("shorter", 1, |paths| {
        let file = fs::File::options().write(true).open(&paths[0]).unwrap();
        file.set_len(100_000).unwrap();
    });
    notices("longer", 1, |paths| {
        let mut file = fs::File::options().append(true).open(&paths[0]).unwrap();
        file.write_all(b"Ada,Byron,https://www.linkedin.com/in/ada,,,,02 Feb 2024\n")
            .unwrap();
    });
    notices("another file takes its place", 1, |paths| {
        let aside = paths[0].with_extension("new");
        fs::write(&aside, connections("lena", 2000)).unwrap();
        set_modified(&aside, paths[0].metadata().unwrap().modified().unwrap());
        fs::rename(aside, &paths[0]).unwrap();
    });
    notices("of another name", 0, |paths| {
        fs::rename(&paths[0], paths[0].with_file_name("moved.csv")).unwrap();
    });
}

#[test]
fn other_limits_are_kept_to() {
    let mut network = Network::new();
    let paths = write(&network);
    run(&network, &paths);
    network.limits.inflated_bytes = 100;
    let finished = check(&network, &paths, "a limit that they exceed");
    assert!(!finished.inspection.unreadable.is_empty());
}

#[test]
fn only_the_files_of_the_last_run_are_kept() {
    let network = Network::new();
    let paths = write(&network);
    run(&network, &paths);
    run(&network, &paths[1..]);
    assert_eq!(network.count(LOOKS), 3);
    check(&network, &paths, "with one that was left out before");
    assert_eq!(network.count(LOOKS), 4);
}

#[test]
fn a_database_that_was_copied_knows_nothing_of_other_files() {
    let network = Network::new();
    run(&network, &write(&network));
    let other = Network::new();
    fs::copy(network.database(), other.database()).unwrap();
    let paths = [other.write("plain/Connections.csv", connections("lena", 2000))];
    assert_eq!(check(&other, &paths, "elsewhere").imported.files_read, 1);
}

#[test]
fn a_database_that_cannot_be_read_is_told_as_ever() {
    let network = Network::new();
    let paths = write(&network);
    fs::write(network.database(), "no database at all\n".repeat(1000)).unwrap();
    let task = Task {
        import: Some((&paths, &network.settings, network.limits)),
        ..Task::default()
    };
    let database = network.database();
    let error = pipeline::run(&task, &session(&database, &later)).unwrap_err();
    assert!(format!("{error:?}").contains("NotADatabase"), "{error:?}");
}

#[test]
fn whoever_is_forgotten_leaves_no_hash_of_a_file() {
    let network = Network::new();
    let paths = write(&network);
    run(&network, &paths);
    let attribution = attribution();
    let person = "https://www.linkedin.com/in/mira7";
    let forget = Forget { person, attribution: &attribution, folders: &[] };
    let database = network.database();
    pipeline::forget(&forget, &session(&database, &later)).unwrap();
    assert_eq!(network.count(LOOKS), 0);
    let person = "select count(*) from identities where profile = 'mira7'";
    for what in ["after", "again"] {
        check(&network, &paths, what);
        assert_eq!(network.count(person), 0, "{what}");
    }
}

#[test]
fn retention_deletes_the_same_whether_files_are_read_again_or_not() {
    let network = Network::new();
    let old = network.write("old.csv", engagers("ada", "2020"));
    let new = network.write("new.csv", engagers("lena", "2025"));
    let paths = [old, new];
    let persons = "select count(*) from identities where full_name is not null";
    run(&network, &paths);
    assert_eq!((network.count(persons), network.count(LOOKS)), (2, 2));
    for _ in 0..2 {
        run_at(&network, &paths, later(), Some(365));
        assert_eq!((network.count(persons), network.count(LOOKS)), (1, 2));
        assert_eq!(network.query("pragma integrity_check"), "ok\n");
    }
    check(&network, &paths, "after");
    assert_eq!(network.count(persons), 1);
}
