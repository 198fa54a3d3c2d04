//! Whatever the bytes are: a sentence, never a crash, and the rest is still read.

use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf};

use proptest::prelude::*;
use touchstone::{
    discover::{self, Limits, Source},
    domain::{Facts, Rejection},
    normalize,
    pipeline::{self, PipelineError},
    recognize::{self, Verdict},
};

use crate::{
    bombs::archive,
    network::{Network, formats, settings, silent},
};

/// Reads bytes through every stage that sees them.
fn read(name: &str, bytes: &[u8]) {
    let scan = discover::scan(&mut { bytes }).unwrap();
    let Verdict::Known(known) =
        recognize::file(&recognize::Registry::default(), name, &scan)
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let mut emit = drop;
    let source = Source::Path(path);
    let outcome =
        normalize::file(&source, Limits::default(), &known, 1, &settings(), &mut emit)
            .unwrap();
    assert!(outcome.rows_kept + outcome.rows_rejected <= outcome.rows_read);
}

/// A long list of engagers with what may go wrong in a row.
fn long_list() -> String {
    let mut text = "profileLink,fullName,firstName,lastName,occupation,hasLiked,\
                    hasCommented,comments,postUrl,timestamp\n"
        .to_owned();
    for number in 0..40_000_usize {
        // One person has cells that are left out, each of them another.
        let is_long = number % 5_000 == 4;
        let person = if is_long { 1 } else { number * 7 % 9_000 };
        let long = "x".repeat(if is_long { (70 << 10) + number } else { 0 });
        let listed_at = match number % 1_000 {
            1 => "soon".to_owned(),
            2 => "12-Mar-24 09:14".to_owned(),
            3 => "-".to_owned(),
            _ => format!("2026-03-{:02}T08:15:{:02}.123Z", 1 + number % 28, number % 60),
        };
        let post = match number % 700 {
            1 => String::new(),
            2 => "https://www.linkedin.com/in/nobody/".to_owned(),
            _ => format!(" urn:li:activity:{}", 7_398_986_999_864_966_357 + number % 90),
        };
        let name = if number % 3_000 == 5 { "" } else { "Kira Lorrorak" };
        let url = match number % 1_100 {
            6 => String::new(),
            _ => format!("https://www.linkedin.com/in/kira-{person}/"),
        };
        let commented = if number % 9 == 0 { "true" } else { "" };
        writeln!(
            text,
            "{url},{name},Kira,,\"Analyst{long} at Bramegate {person}\",true,{commented},,\
             {post},{listed_at}"
        )
        .unwrap();
    }
    text
}

#[test]
fn a_program_is_said_to_be_no_text() {
    let reason = |bytes: &[u8]| {
        let scan = discover::scan(&mut { bytes }).unwrap();
        match recognize::file(&recognize::Registry::default(), "setup.exe", &scan) {
            Verdict::Refused(reason) => reason,
            verdict => panic!("{verdict:?}"),
        }
    };
    let program = [b"MZ\x90\0\x03\0\0\0, a, b\n".as_slice(), &[0; 200]].concat();
    assert_eq!(reason(&program), "no text, and no table");
    assert_eq!(reason(b"some words with a \0 between them"), "it is text, but no table");
}

#[test]
fn a_long_list_is_the_same_to_one_thread_and_to_two() {
    let text = long_list();
    let scan = discover::scan(&mut text.as_bytes()).unwrap();
    let registry = recognize::Registry::default();
    let Verdict::Known(known) = recognize::file(&registry, "list.csv", &scan) else {
        panic!("it is a list of engagers");
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    fs::write(&path, &text).unwrap();
    let source = Source::Path(path);
    let read = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (mut facts, mut rejections) = (Facts::default(), Vec::new());
        let mut emit = |batch: normalize::Batch| {
            facts.append(batch.facts);
            rejections.extend(batch.rejections);
        };
        let limits = Limits::default();
        let outcome = pool.install(|| {
            normalize::file(&source, limits, &known, 1, &settings(), &mut emit).unwrap()
        });
        (facts, rejections, outcome)
    };
    let (one, two) = (read(1), read(2));
    assert!(one == two);
    let (facts, rejections, outcome) = one;
    assert_eq!(outcome.rows_read, 40_000);
    assert!(9_000 < facts.identities.len(), "one row leaves out the occupation");
    let of = |column: &str| {
        let is_of = |one: &&Rejection| one.column.as_deref() == Some(column);
        rejections.iter().filter(is_of).count()
    };
    assert_eq!((of("timestamp"), of("occupation")), (34, 8));
    assert_eq!(outcome.rows_rejected, 116);
}

/// The header lines of the samples, so that bytes reach the stages behind recognition.
const HEADERS: &[&str] = &[
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n",
    "Date,Link,Message\n",
    "Date,Type,Link\n",
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,\
     DATE,SUBJECT,CONTENT,FOLDER\n",
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n",
    "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n",
    "Record ID,First Name,Last Name,Email,Create Date,Last Modified Date,Lifecycle Stage\n",
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Is Closed Won\n",
    "post,theme\n",
];

/// Cells that have broken readers before.
const CELLS: &[&str] = &[
    "",
    "\"",
    "\"\"",
    "\\\"",
    "\"a\nb\"",
    "'",
    "=1+1",
    "-",
    "\u{feff}",
    "\0",
    "é",
    "🎒",
    "\r",
    "9999-12-31",
    "0000-00-00",
    "2024-02-30",
    "1/2/3",
    "99999999999999999999",
    "-0",
    "1e308",
    "1.234,56",
    "(1,000.00)",
    "NaN",
    "2024-03-12 09:14:55",
    "08 Mar 2022",
    "12:61 PM",
    "urn:li:share:7159821007928994259",
    "urn:li:share:",
    "urn:li:comment:(",
    "%",
    "%F",
    "%FF%FE",
    "https://www.linkedin.com/in/",
    "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1",
    "https://www.linkedin.com/pub/a/b",
    "https://www.linkedin.com/posts/x_-activity-",
    "@",
    "a@b",
    ",,,,",
    "true",
    "x;y",
    "\u{202e}",
    "ﬁ",
    "İ",
    "ß",
];

const SEPARATORS: &[&str] = &[",", ",", ",", "\n", "\r\n", "\t"];

fn cells() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        8 => prop::sample::select(CELLS).prop_map(|cell| cell.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => any::<String>().prop_map(String::into_bytes),
    ];
    let separator = prop::sample::select(SEPARATORS);
    prop::collection::vec((cell, separator), 0..80).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(cell, end)| [cell, end.as_bytes().to_vec()].concat())
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn any_bytes_are_read_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        read("any.csv", &bytes);
    }

    #[test]
    fn any_cells_below_a_known_header_are_read_without_a_crash(
        header in prop::sample::select(HEADERS),
        cells in cells(),
    ) {
        read("any.csv", &[header.as_bytes(), &cells].concat());
    }

    #[test]
    fn utf_16_of_any_cells_is_read_without_a_crash(
        header in prop::sample::select(HEADERS),
        cells in cells(),
        is_cut in any::<bool>(),
    ) {
        let text = format!("\u{feff}{header}{}", String::from_utf8_lossy(&cells));
        let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if is_cut {
            bytes.pop();
        }
        read("any.csv", &bytes);
    }
}

const SHARES: &[u8] = b"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
    2024-02-04 08:12:31,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
    7159821007928994259,Sunday at the lake,,,PUBLIC\n";

const POSTS: &str = "select count(*) from v_posts";

/// Runs over files of which one is sound; its post is read, the others are listed.
fn check_listed(network: &Network, bad: PathBuf, sentence: &str) {
    let good = network.write("good/Shares.csv", SHARES);
    network.run(&[bad, good]);
    assert_eq!(network.count(POSTS), 1);
    let rejections = network.query("select source_file, reason from v_rejections");
    assert!(rejections.contains(sentence), "{rejections}");
    assert_eq!(network.query("pragma foreign_key_check"), "");
}

/// What is said of one file; nothing where nothing is.
fn said_of(name: &str, bytes: &[u8]) -> String {
    let network = Network::new();
    let file = network.write(name, bytes);
    let good = network.write("good/Shares.csv", SHARES);
    network.run(&[file, good]);
    network.query("select reason from v_rejections")
}

#[test]
fn entries_that_an_archive_does_not_count_are_told() {
    let notes: [(&str, &[u8]); 2] = [("a.txt", b"1"), ("b.txt", b"2")];
    let whole = archive(&notes);
    let mut cut = whole.clone();
    let end = cut.len() - 22;
    assert!(cut[end..].starts_with(b"PK\x05\x06"));
    (cut[end + 8], cut[end + 10]) = (1, 1);
    let said = said_of("cut.zip", &cut);
    assert!(said.contains("its list names 2 files, its end says 1"), "{said}");
    let said = said_of("two.zip", &[&archive(&notes[..1])[..], &whole].concat());
    assert!(said.contains("bytes are another archive"), "{said}");
    for sound in [whole.clone(), [b"#!/bin/sh\nexit\n", &whole[..]].concat()] {
        let said = said_of("sound.zip", &sound);
        assert!(
            !said.contains("its list") && !said.contains("another archive"),
            "{said}"
        );
    }
}

#[test]
fn an_empty_folder_is_told() {
    let network = Network::new();
    let file = network.write("empty/file", "");
    fs::remove_file(&file).unwrap();
    let folder = file.parent().unwrap().to_path_buf();
    let error = network.try_run(&[folder]).unwrap_err();
    assert!(matches!(error, PipelineError::Empty { .. }), "{error}");
    assert!(!network.database().exists());
}

#[test]
fn a_path_that_does_not_exist_is_told() {
    let network = Network::new();
    let error = network.try_run(&[PathBuf::from("/no/such/place")]).unwrap_err();
    assert!(matches!(error, PipelineError::Missing(_)), "{error}");
}

#[test]
fn an_empty_file_is_listed() {
    let network = Network::new();
    let bad = network.write("empty.csv", "");
    check_listed(&network, bad, "empty.csv");
}

#[test]
fn a_broken_zip_is_listed() {
    let network = Network::new();
    let sound = archive(&[("Shares.csv", SHARES)]);
    let bad = network.write("broken.zip", &sound[..sound.len() / 2]);
    check_listed(&network, bad, "broken.zip");
}

#[test]
fn an_archive_that_comes_whole_later_is_listed_no_more() {
    let network = Network::new();
    let sound = archive(&[("Shares.csv", SHARES)]);
    let path = network.write("late.zip", &sound[..sound.len() / 2]);
    network.run(std::slice::from_ref(&path));
    assert_eq!(network.count("select count(*) from v_rejections"), 1);
    fs::write(&path, &sound).unwrap();
    network.run(&[path]);
    assert_eq!(network.count(POSTS), 1);
    assert_eq!(network.query("select source_file, reason from v_rejections"), "");
}

#[test]
fn a_zip_with_a_damaged_entry_is_listed() {
    let network = Network::new();
    let mut bytes = archive(&[("Comments.csv", SHARES)]);
    bytes[60] ^= 0xff;
    let bad = network.write("damaged.zip", bytes);
    check_listed(&network, bad, "Comments.csv");
}

#[test]
fn a_zip_inside_a_zip_is_read() {
    let network = Network::new();
    let inner = archive(&[("Shares.csv", SHARES)]);
    let outer = network.write("outer.zip", archive(&[("inner.zip", &inner)]));
    network.run(&[outer]);
    assert_eq!(network.count(POSTS), 1);
}

#[test]
fn zips_nested_too_deep_are_listed() {
    let network = Network::new();
    let deep = (0..6).fold(archive(&[("Shares.csv", SHARES)]), |inner, _| {
        archive(&[("inner.zip", &inner)])
    });
    let bad = network.write("deep.zip", deep);
    check_listed(&network, bad, "deep.zip");
}

#[test]
fn names_that_climb_out_of_an_archive_write_nothing_outside() {
    let network = Network::new();
    let bytes = archive(&[("../../climbed.csv", SHARES), ("/etc/climbed.csv", SHARES)]);
    let path = network.write("a/b/climbs.zip", bytes);
    network.run(std::slice::from_ref(&path));
    assert!(!path.parent().unwrap().join("../../climbed.csv").exists());
    assert!(!PathBuf::from("/etc/climbed.csv").exists());
    assert_eq!(network.count(POSTS), 1);
}

#[test]
fn an_entry_that_inflates_beyond_the_limit_is_listed() {
    let network = Network::new();
    let bytes = archive(&[("Shares.csv", &[SHARES, &vec![b'a'; 1 << 20]].concat())]);
    let path = network.write("bomb.zip", bytes);
    let limits = Limits { inflated_bytes: 1 << 16, ..Limits::default() };
    let inspection =
        pipeline::inspect(&[path], &recognize::Registry::default(), limits, &silent)
            .unwrap();
    assert!(inspection.files.is_empty());
    assert!(inspection.unreadable[0].reason.contains("limit"));
}

#[test]
fn gzip_is_read_in_place() {
    let network = Network::new();
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(SHARES).unwrap();
    let bytes = encoder.finish().unwrap();
    let cut = network.write("cut/Shares.csv.gz", &bytes[..bytes.len() / 2]);
    // Some tools fill the last block up.
    let filled_up = [bytes, vec![0; 600]].concat();
    let whole = network.write("whole/Shares.csv.gz", filled_up);
    network.run(&[whole]);
    assert_eq!(network.count(POSTS), 1);
    check_listed(&Network::new(), cut, "Shares.csv.gz");
}

#[test]
fn a_folder_named_like_a_file_is_walked() {
    let network = Network::new();
    let file = network.write("Shares.csv/Shares.csv", SHARES);
    network.run(&[file.parent().unwrap().to_path_buf()]);
    assert_eq!(network.count(POSTS), 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_is_listed() {
    let network = Network::new();
    // Nobody can read a link to nowhere, not even the superuser.
    let sound = network.write("odd/Reactions.csv", "Date,Type,Link\n");
    let folder = sound.parent().unwrap().to_path_buf();
    std::os::unix::fs::symlink("/no/such/file", folder.join("Shares.csv")).unwrap();
    check_listed(&network, folder, "Shares.csv");
}

#[test]
fn half_a_file_is_read_as_far_as_it_goes() {
    let network = Network::new();
    let whole = fs::read(&formats(&["linkedin/archive-2024/Shares.csv"])[0]).unwrap();
    let path = network.write("Shares.csv", &whole[..whole.len() / 2]);
    network.run(&[path]);
    assert!(0 < network.count(POSTS));
}
