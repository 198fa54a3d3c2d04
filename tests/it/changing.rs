//! Files that change between the look at them and their reading are said, and nothing of them
//! is kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use touchstone::pipeline::{self, Event, Finished, Session, Task};

use crate::{
    binary::{Place, errors},
    network::{Network, attribution},
};

const HEADER: &str =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn connections(count: usize) -> String {
    let rows = (0..count).map(|at| {
        format!(
            "Mira{at},Castellano,https://www.linkedin.com/in/m{at},,Tiles,Owner,01 Feb 2024\n"
        )
    });
    [HEADER.to_owned()].into_iter().chain(rows).collect()
}

/// Imports with something happening once all files were looked at.
fn import(
    network: &Network,
    paths: &[PathBuf],
    meanwhile: &(dyn Fn() + Sync),
) -> Finished {
    let observer = |event: Event<'_>| {
        if matches!(event, Event::End { stage: "look", .. }) {
            meanwhile();
        }
    };
    let attribution = attribution();
    let task = Task {
        import: Some((paths, &network.settings, network.limits)),
        attribution: Some(&attribution),
        ..Task::default()
    };
    let session = Session {
        database: &network.database(),
        now: &|| Timestamp::UNIX_EPOCH,
        holder: "test",
        threads: 2,
        observer: &observer,
    };
    pipeline::run(&task, &session).unwrap()
}

const PERSONS: &str = "select count(*) from connections where identity_id is not null";
const REJECTIONS: &str = "select source_file, reason from v_rejections";

/// Changes one of two files; the other is read, and the next import reads both.
fn check(name: &str, bytes: &[u8], change: impl Fn(&Path) + Sync) {
    let network = Network::new();
    let whole = network.write("whole/Connections.csv", connections(3));
    let path = network.write(name, bytes);
    let shown = path.file_name().unwrap().to_str().unwrap();
    let paths = [whole, path.clone()];
    let finished = import(&network, &paths, &|| change(&path));
    let unread: Vec<_> =
        finished.inspection.unreadable.iter().map(|one| one.name.as_str()).collect();
    assert!(unread.iter().all(|name| name.starts_with(shown)), "{unread:?}");
    assert_eq!(finished.imported.files_rejected, 1, "{name}");
    assert_eq!(network.count(PERSONS), 3, "{name}: half of it was kept");
    assert_eq!(finished.imported.rows_kept, 3, "{name}");
    let told = network.query(REJECTIONS);
    assert!(told.contains(shown) && told.contains("nothing of it was taken"), "{told}");
    fs::write(&path, bytes).unwrap();
    import(&network, &paths, &|| {});
    assert_eq!(network.count(PERSONS), 9003, "{name}: it is read by the next import");
    assert_eq!(network.query(REJECTIONS), "", "{name}");
    assert_eq!(network.query("pragma foreign_key_check"), "");
}

#[test]
fn a_file_that_changes_after_the_look_at_it_is_said_and_not_taken() {
    let text = connections(9000).replace("/m", "/other");
    let check = |change: fn(&Path)| check("late/late.csv", text.as_bytes(), change);
    check(|path| fs::remove_file(path).unwrap());
    check(|path| fs::write(path, "").unwrap());
    check(|path| {
        let half = fs::read(path).unwrap();
        fs::write(path, &half[..half.len() / 2]).unwrap();
    });
    check(|path| {
        let mut bytes = fs::read(path).unwrap();
        bytes.extend(b"Jonas,Whitfield,https://www.linkedin.com/in/j,,,,02 Feb 2024\n");
        fs::write(path, bytes).unwrap();
    });
    // Another file takes its place, with the same number of bytes.
    check(|path| {
        let aside = path.with_extension("new");
        let text = fs::read_to_string(path).unwrap().replace("Owner", "Clerk");
        fs::write(&aside, text).unwrap();
        fs::rename(aside, path).unwrap();
    });
}

#[test]
fn an_archive_that_changes_after_the_look_at_it_is_said_and_not_taken() {
    use std::io::Write as _;
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    zip.start_file("Connections.csv", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(connections(9000).replace("/m", "/other").as_bytes()).unwrap();
    zip.finish().unwrap();
    let bytes = bytes.into_inner();
    check("late/late.zip", &bytes, |path| fs::remove_file(path).unwrap());
    check("late/late.zip", &bytes, |path| {
        let half = fs::read(path).unwrap();
        fs::write(path, &half[..half.len() / 2]).unwrap();
    });
}

#[test]
fn what_stands_before_a_fault_is_counted_as_it_was_read() {
    // A sheet that ends in the middle of its sixth row.
    let network = Network::new();
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |at: usize| {
        let url = format!("https://www.linkedin.com/in/m{at}");
        let cells = ["Mira", "Castellano", &url, "", "Tiles", "Owner", "01 Feb 2024"];
        format!("<row>{}</row>", cells.map(cell).concat())
    };
    let header = HEADER.trim().split(',').map(cell).collect::<String>();
    let rows = (0..5).map(row).collect::<String>();
    let path = network.write(
        "broken.xlsx",
        workbook(&format!("<worksheet><sheetData><row>{header}</row>{rows}<row><c t")),
    );
    import(&network, &[path], &|| {});
    assert_eq!(
        network.query("select rows_read, rows_kept, rows_rejected from v_source_files"),
        "5 | 5 | 0\n"
    );
    assert_eq!(network.count(PERSONS), 5);
    let told = network.query(REJECTIONS);
    assert!(told.contains("the file breaks off"), "{told}");
}

fn workbook(sheet: &str) -> Vec<u8> {
    use std::io::Write as _;
    const OFFICE: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" \
                 r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    bytes.into_inner()
}

#[cfg(unix)]
#[test]
fn a_pipe_where_a_table_stood_is_not_waited_for() {
    let place = Place::new();
    fs::create_dir(place.path("exports")).unwrap();
    fs::write(place.path("exports/Connections.csv"), connections(2)).unwrap();
    let posts = place.path("touchstone-report/posts.csv");
    let output = place.run(&["run", "exports"]);
    assert!(output.status.success(), "{}", errors(&output));
    fs::remove_file(&posts).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&posts).status().unwrap();
    assert!(made.success());
    let output = place.run(&["run", "exports"]);
    assert!(errors(&output).contains("is no file that Touchstone wrote"));
}
