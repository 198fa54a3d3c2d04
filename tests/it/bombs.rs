//! Archives and tables made to do harm: a sentence, little memory, and the rest is read.

use std::{fs, io::Write as _, path::Path};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::binary::{Place, errors};

const HEADER: &str =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const ROW: &str =
    "Mira,Castellano,https://www.linkedin.com/in/mira,,Tiles,Owner,01 Feb 2024\n";

/// A ZIP of entries as they are named here, deflated.
pub(crate) fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut bytes);
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
    bytes.into_inner()
}

/// Runs over a bad file and a sound one, with little memory; what was rejected, as text.
fn rejections(configuration: &str, name: &str, bytes: &[u8]) -> String {
    let place = Place::new();
    fs::create_dir(place.path("in")).unwrap();
    fs::write(place.path("in").join(name), bytes).unwrap();
    fs::create_dir(place.path("in/sound")).unwrap();
    fs::write(place.path("in/sound/Connections.csv"), format!("{HEADER}{ROW}")).unwrap();
    fs::write(place.path("touchstone.toml"), configuration).unwrap();
    // Kilobytes of address space: threads and their heaps take most of it.
    let line = format!(
        "ulimit -v 1500000; exec {} run in --quiet --threads=2",
        env!("CARGO_BIN_EXE_touchstone")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(place.path("."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    let named = "select count(*) from connections where identity_id is not null";
    assert!(1 <= place.count(named));
    place.rows("select source_file || ': ' || reason from v_rejections").join("\n")
}

fn check(configuration: &str, name: &str, bytes: &[u8], sentence: &str) {
    let said = rejections(configuration, name, bytes);
    assert!(said.contains(sentence), "{name}: {said}");
}

#[test]
fn an_entry_that_inflates_a_thousandfold_is_listed_with_its_limit() {
    let zeros = vec![b'a'; 8 << 20];
    let bytes = archive(&[("Connections.csv", &[HEADER.as_bytes(), &zeros].concat())]);
    assert!(bytes.len() < 100_000);
    check("max-inflated-mb = 4", "bomb.zip", &bytes, "4 MB, the limit max-inflated-mb");
}

#[test]
fn archives_inside_archives_share_one_limit() {
    // Stored, so that each takes its size in memory.
    let noise: Vec<u8> = (0_u32..400_000)
        .flat_map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let inner = archive(&[("notes.txt", &noise)]);
    let names: Vec<String> = (0..8).map(|at| format!("{at}.zip")).collect();
    let entries: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
    check("max-nested-mb = 4", "many.zip", &archive(&entries), "the limit max-nested-mb");
}

#[test]
fn an_archive_inside_itself_ends_at_the_limit_of_nesting() {
    let deep = (0..30).fold(archive(&[("a.csv", ROW.as_bytes())]), |inner, _| {
        archive(&[("a.zip", &inner)])
    });
    check("", "deep.zip", &deep, "too deep to follow");
    check("max-nesting = 0", "deep.zip", &deep, "too deep to follow");
}

#[test]
fn entries_that_overlap_are_not_read() {
    let one = [HEADER, ROW].concat();
    let mut bytes = archive(&[("a.csv", one.as_bytes()), ("b.csv", one.as_bytes())]);
    // The second entry of the directory is made to stand where the first does.
    let mark = b"PK\x01\x02";
    let second = bytes.windows(4).rposition(|window| window == mark).unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    let said = rejections("", "overlap.zip", &bytes);
    assert!(said.contains("overlap") || said.contains("damaged"), "{said}");
}

#[test]
fn an_encrypted_entry_is_told() {
    let mut bytes = archive(&[("Connections.csv", ROW.as_bytes())]);
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == mark).unwrap();
        bytes[at + flags] |= 1;
    }
    check(
        "",
        "locked.zip",
        &bytes,
        "locked.zip/Connections.csv: the archive cannot be read: P",
    );
}

#[test]
fn a_hundred_thousand_columns_are_told_as_they_are() {
    let names: Vec<String> = (0..100_000).map(|at| format!("c{at}")).collect();
    let text = format!("{},{}\n{ROW}", HEADER.trim_end(), names.join(","));
    check("", "wide.csv", text.as_bytes(), "header does not end within 64 KB");
    let text = format!("{HEADER}{}{}\n{ROW}", ROW.trim_end(), ",x".repeat(100_000));
    check("", "ragged.csv", text.as_bytes(), "100007 cells, the header 7");
}

#[test]
fn a_quote_that_never_ends_and_a_line_that_never_ends_are_told() {
    let mut long = vec![b'x'; 70 << 20];
    let quote = [HEADER, ROW, "\"Mira,"].concat();
    long.splice(..quote.len(), quote.bytes());
    check("", "quote.csv", &long, "32 MB");
    long[quote.len() - 6] = b'x';
    check("", "line.csv", &long, "32 MB");
}

#[test]
fn no_byte_is_too_odd() {
    let odd = [
        &b"\0\0\0\0\0\0\0\0"[..],
        b"\xed\xa0\x80,\xed\xbf\xbf,,,,,\n",
        b"\xff\xfe\x00\xd8,\x00\n",
        b"\x1b[2J\x1b]0;title\x07,b,c,d,e,f,g\n",
        "\u{202e}gnp,\u{2066}b,c,d,e,f,g\n".as_bytes(),
        b"=cmd|' /C calc'!A0,@SUM(1),+1,-1,\t=1,f,g\n",
    ];
    for bytes in odd {
        rejections("", "odd.csv", &[HEADER.as_bytes(), ROW.as_bytes(), bytes].concat());
    }
    assert!(!Path::new("title").exists());
}

/// Makes the directory of an archive claim another size of its first entry.
fn claiming(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    for (mark, at_size) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let at = bytes.windows(4).position(|window| window == mark).unwrap() + at_size;
        bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

#[test]
fn an_archive_inflates_to_so_many_times_its_size_and_no_more() {
    let one = [HEADER, ROW].concat();
    let bytes = archive(&[("a.csv", one.as_bytes()), ("b.csv", one.as_bytes())]);
    let said = rejections("", "claims.zip", &claiming(bytes.clone(), 300 << 20));
    assert!(said.contains("claims.zip/a.csv: with the entries before"), "{said}");
    assert!(said.contains("100 times its size and 256 MB, the limit max-inflation"));
    assert!(!said.contains("b.csv"), "{said}");
    let said = rejections("max-inflation = 100000", "claims.zip", &bytes);
    assert!(said.is_empty(), "{said}");
    // What it claims is what it may give.
    let said = rejections("", "lies.zip", &claiming(bytes, 10));
    assert!(said.contains("lies.zip/a.csv: it cannot be read to its end"), "{said}");
}

#[test]
fn a_gzip_inflates_to_so_many_times_its_size_and_no_more() {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(HEADER.as_bytes()).unwrap();
    let row = ROW.repeat(10_000);
    for _ in 0..400 {
        encoder.write_all(row.as_bytes()).unwrap();
    }
    let bytes = encoder.finish().unwrap();
    check("max-inflation = 1", "bomb.csv.gz", &bytes, "1 times its size and 256 MB");
}

#[test]
fn nothing_in_an_archive_is_passed_over_in_silence() {
    check("", "empty.zip", &archive(&[]), "the archive is empty");
    let mut link = std::io::Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut link);
    zip.add_symlink("a.csv", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    check("", "link.zip", &link.into_inner(), "a link, which is not followed");
    let one = [HEADER, ROW].concat();
    let mut twice = archive(&[("a.csv", one.as_bytes()), ("b.csv", one.as_bytes())]);
    while let Some(at) = twice.windows(5).position(|window| window == b"b.csv") {
        twice[at] = b'a';
    }
    check("", "twice.zip", &twice, "several of its entries have one name");
    let gzip = archive(&[("a.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03")]);
    check("", "gzip.zip", &gzip, "compressed with gzip inside an archive");
    check("", "nul.csv", &[0; 5000], "there is no text in it");
}

#[test]
fn every_entry_of_an_archive_of_thousands_is_read() {
    let rows: Vec<String> = (0..3000)
        .map(|at| format!("{HEADER}{}", ROW.replace("mira", &format!("m{at}"))))
        .collect();
    let names: Vec<String> =
        (0..3000).map(|at| format!("{at}/Connections.csv")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&rows)
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let said = rejections("", "many.zip", &archive(&entries));
    assert!(said.is_empty(), "{said}");
}

#[test]
fn no_word_of_a_file_steers_a_terminal_or_turns_a_text_around() {
    let place = Place::new();
    let hostile = "\u{1b}[2J\u{9b}31m\u{8}\u{7f}\u{202e}\u{2066}hostile";
    fs::create_dir(place.path("in")).unwrap();
    let post = "https://www.linkedin.com/feed/update/urn:li:share:7159821007928994259";
    for (name, text) in [
        (
            "Shares.csv",
            format!(
                "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2024-02-04 \
                 08:12:31,{post},{hostile},,,PUBLIC\n"
            ),
        ),
        ("themes.csv", format!("post,theme\n{post},{hostile}\n")),
        ("Connections.csv", format!("{HEADER}{}", ROW.replace("Mira", hostile))),
        (
            "contacts.csv",
            format!(
                "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                 Date,Lifecycle Stage\n7,{hostile},Castellano,m@castellano.example,2024-03-01 \
                 09:00,2024-05-01 09:00,{hostile}\n"
            ),
        ),
    ] {
        fs::write(place.path("in").join(name), text).unwrap();
    }
    let run = ["run", "in"];
    let steers = |text: &str| {
        let is_line_end = |c: char| matches!(c, '\n' | '\r' | '\t');
        text.chars().find(|c| touchstone::report::steers(*c) && !is_line_end(*c))
    };
    let as_json = ["--format", "json"];
    for words in [
        &run[..],
        &["explain", "lead", "7"],
        &["inspect", "in"],
        &["attribute"],
        &[&["explain", "lead", "7"], &as_json[..]].concat(),
        &[&["inspect", "in"], &as_json[..]].concat(),
    ] {
        let output = place.run(words);
        assert!(output.status.success(), "{}", errors(&output));
        for bytes in [&output.stdout, &output.stderr] {
            assert_eq!(steers(&String::from_utf8_lossy(bytes)), None, "{words:?}");
        }
    }
    let mut count = 0;
    for (name, bytes) in place.report() {
        let text = String::from_utf8(bytes).unwrap();
        count += usize::from(text.contains("hostile"));
        assert_eq!(steers(&text), None, "{name}");
    }
    assert!(3 <= count);
}
