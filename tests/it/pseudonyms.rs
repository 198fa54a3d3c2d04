//! What `--pseudonymize` writes can be shown around: nobody stands in it by name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use memchr::memmem;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use rusqlite::Connection;

use crate::binary::{Place, errors, files, samples};

/// Where somebody or something of theirs stands as it is, whole.
const WHOLE: &[&str] = &[
    "select full_name from identities",
    "select email from identities",
    "select profile from identities",
    "select company from identities",
    "select linkedin_member_id from identities",
    "select text from member_claims",
    "select full_name from members",
    "select full_name from inferred_comments",
    "select person from leads",
    "select remote_id from contacts",
    "select remote_id from deal_records",
    "select owner from contacts",
    "select owner from deal_records",
    "select name from deal_records",
    "select text from record_links",
    "select name from source_files",
    "select text from source_evidence",
    "select substr(text, 1, 25) from shares where 25 < length(text)",
    "select substr(text, 1, 25) from own_comments where 25 < length(text)",
    "select title from articles",
    "select campaign from ad_days",
    "select text from rejections",
    "select replace(replace(urn, 'urn:li:', ''), ':', '') from posts",
    "select substr(urn, 1 + instr(substr(urn, 8), ':') + 7) from posts",
    "select subject from ambiguities",
    "select text from ambiguities",
];

fn tests_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// A database that two runs filled: samples, and exports of all kinds.
fn place() -> Place {
    static DATABASE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let place = Place::new();
        place.import(&[&samples().join("crm")]);
        place.import(&[&samples(), &tests_data()]);
        fs::read(place.database()).unwrap()
    });
    let place = Place::new();
    fs::write(place.database(), &*DATABASE).unwrap();
    place
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    rows.filter_map(Result::unwrap).filter(|text| !text.is_empty()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
}

/// The words of the program itself, which may be somebody's name too.
fn own_words() -> BTreeSet<String> {
    fn read(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, text);
            } else if let Ok(own) = fs::read_to_string(&path) {
                text.push_str(&own);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = fs::read_to_string(root.join("schema.sql")).unwrap();
    for folder in ["templates", "src/domain", "src/analyze", "src/report"] {
        read(&root.join(folder), &mut text);
    }
    words(&text).map(str::to_lowercase).collect()
}

/// What must not be told: texts as they stand, and names that are words of their own.
struct Secrets {
    whole: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Secrets {
    fn of(place: &Place) -> Self {
        let connection = Connection::open(place.database()).unwrap();
        let own = own_words();
        let mut secrets = Self { whole: BTreeSet::new(), words: BTreeSet::new() };
        for sql in WHOLE {
            for text in texts(&connection, sql) {
                let text = text.to_lowercase();
                let is_own =
                    words(&text).all(|word| word.len() < 3 || own.contains(word));
                // An amount may be written as a short number of a record is.
                let is_number = text.chars().all(|sign| !sign.is_alphabetic());
                let least = if is_number { 8 } else { 6 };
                if least <= text.chars().count() && (is_number || !is_own) {
                    secrets.whole.insert(text);
                }
            }
        }
        for name in texts(&connection, "select full_name from identities") {
            let name = name.to_lowercase();
            let telling = words(&name).filter(|word| 3 < word.len());
            secrets
                .words
                .extend(telling.filter(|word| !own.contains(*word)).map(str::to_owned));
        }
        secrets
    }

    /// What of it stands in a text.
    fn in_text(&self, text: &str) -> BTreeSet<&str> {
        let text = text.to_lowercase();
        let there: BTreeSet<&str> = words(&text).collect();
        let words = self.words.iter().filter(|word| there.contains(word.as_str()));
        let is_there =
            |whole: &&String| memmem::find(text.as_bytes(), whole.as_bytes()).is_some();
        let whole = self.whole.iter().filter(is_there);
        words.chain(whole).map(String::as_str).collect()
    }
}

/// A file as text; what is packed is unpacked.
fn decoded(path: &Path) -> String {
    let mut text = String::new();
    match path.extension().unwrap().to_str().unwrap() {
        "xlsx" => {
            let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
            for at in 0..archive.len() {
                let mut entry = archive.by_index(at).unwrap();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).unwrap();
                writeln!(text, "{}", String::from_utf8_lossy(&bytes)).unwrap();
            }
        }
        "parquet" => {
            let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
            for row in reader.get_row_iter(None).unwrap() {
                writeln!(text, "{}", row.unwrap()).unwrap();
            }
        }
        _ => text = fs::read_to_string(path).unwrap(),
    }
    text
}

fn folder(place: &Place, name: &str) -> BTreeMap<String, String> {
    let path = place.path(name);
    let names = files(&path).into_iter().map(|(name, _)| name);
    names.map(|name| (name.clone(), decoded(&path.join(&name)))).collect()
}

fn done(place: &Place, words: &[&str]) -> String {
    let output = place.run(words);
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn nobody_is_named_in_any_output() {
    let place = place();
    let secrets = Secrets::of(&place);
    let counts = (secrets.words.len(), secrets.whole.len());
    assert!(90 < counts.0 && 1_000 < counts.1, "{counts:?}");
    let check = |what: &str, text: &str| {
        let told = secrets.in_text(text);
        assert!(told.is_empty(), "{what} tells {told:?}");
    };
    let samples = samples();
    let run = ["run", samples.to_str().unwrap(), "--pseudonymize", "--format", "json"];
    check("the summary of run", &done(&place, &run));
    for (name, text) in folder(&place, "touchstone-report") {
        check(&name, &text);
    }
    check("the summary", &done(&place, &["report", "--pseudonymize", "--out", "again"]));
    let written = |name: &str| {
        let mut written = folder(&place, name);
        // It tells when the run ended, once it has.
        written.remove("runs.csv");
        written
    };
    assert!(written("again") == written("touchstone-report"), "the reports differ");
    for format in ["csv", "json", "xlsx", "parquet"] {
        done(&place, &["export", "--pseudonymize", "--format", format, "--out", format]);
        let written = folder(&place, format);
        assert!(!written.is_empty());
        for (name, text) in written {
            check(&name, &text);
        }
        // What is not packed of packed files; pieces of packed words may read like a name.
        for (name, bytes) in files(&place.path(format)) {
            let told = secrets.in_text(&String::from_utf8_lossy(&bytes));
            let told: Vec<_> =
                told.iter().filter(|one| one.contains([' ', '@'])).collect();
            assert!(told.is_empty(), "{name} tells {told:?}");
        }
    }
    let piped =
        ["export", "--pseudonymize", "--view", "leads", "--format", "json", "--out", "-"];
    check("standard output", &done(&place, &piped));
}

#[test]
fn without_the_flag_they_are_named() {
    let place = place();
    let secrets = Secrets::of(&place);
    done(&place, &["report"]);
    done(&place, &["export", "--format", "parquet"]);
    done(&place, &["export", "--format", "xlsx"]);
    let told = |folder_name: &str, name: &str| {
        secrets.in_text(&folder(&place, folder_name)[name]).len()
    };
    for (folder, name) in [
        ("touchstone-report", "report.html"),
        ("touchstone-report", "leads.csv"),
        ("touchstone-report", "deals.csv"),
        ("touchstone-report", "touches.csv"),
        ("touchstone-report", "posts.csv"),
        ("touchstone-report", "articles.csv"),
        ("touchstone-report", "ad_days.csv"),
        ("touchstone-report", "rejections.csv"),
        ("touchstone-report", "inferred_comments.csv"),
        ("touchstone-report", "changes.csv"),
        ("touchstone-export", "leads.parquet"),
        ("touchstone-export", "touchstone.xlsx"),
    ] {
        assert!(0 < told(folder, name), "{name} names nobody");
    }
}

/// The columns of a table by name.
fn table(folder: &BTreeMap<String, String>, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(folder[name].as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_run_that_deletes_can_invent_names_and_its_database_keeps_the_real_ones() {
    let samples = samples();
    let samples = samples.to_str().unwrap();
    let (shown, real) = (Place::new(), Place::new());
    for (place, words) in [(&shown, &["--pseudonymize"][..]), (&real, &[])] {
        done(place, &["run", samples]);
        done(place, &[&["run", samples, "--retention", "700"], words].concat());
    }
    let (names, report) =
        (table(&folder(&shown, "touchstone-report"), "leads.csv"), real.report());
    assert!(!names.is_empty() && shown.report() != report);
    assert_eq!(shown.views(), real.views());
    // The next one may do so again.
    done(&shown, &["run", samples, "--pseudonymize"]);
}

#[test]
fn whoever_is_one_person_has_one_name_everywhere_and_every_time() {
    let place = place();
    done(&place, &["report", "--out", "real"]);
    done(&place, &["report", "--pseudonymize", "--out", "shown"]);
    let (real, shown) = (folder(&place, "real"), folder(&place, "shown"));
    let mut invented: BTreeMap<String, String> = BTreeMap::new();
    for (file, column) in [
        ("leads.csv", "person"),
        ("leads.csv", "member"),
        ("posts.csv", "member"),
        ("member_scorecard.csv", "member"),
        ("post_scorecard.csv", "member"),
        ("inferred_comments.csv", "person"),
    ] {
        let pairs = table(&real, file).into_iter().zip(table(&shown, file));
        for (real, shown) in pairs.filter(|(real, _)| !real[column].is_empty()) {
            let name = real[column].to_lowercase();
            let first = invented.entry(name.clone()).or_insert(shown[column].clone());
            assert_eq!(*first, shown[column], "{file}: {name}");
        }
    }
    assert!(300 < invented.len());
    for (file, column) in [
        ("leads.csv", "remote_id"),
        ("deals.csv", "remote_id"),
        ("touches.csv", "lead_remote_id"),
        ("lead_credits.csv", "lead_remote_id"),
        ("deal_credits.csv", "deal_remote_id"),
        ("changes.csv", "remote_id"),
        ("posts.csv", "post_urn"),
        ("touches.csv", "source_file"),
    ] {
        let values = |folder| -> BTreeSet<String> {
            let rows = table(folder, file).into_iter();
            // A finding is no person's.
            rows.filter(|row| row.get("kind").is_none_or(|kind| kind != "finding"))
                .map(|row| row[column].clone())
                .collect()
        };
        let (real, shown) = (values(&real), values(&shown));
        assert_eq!(real.len(), shown.len(), "{file}: {column}");
        let same: Vec<&String> = real.intersection(&shown).collect();
        assert!(same.iter().all(|value| value.is_empty()), "{file}: {column}: {same:?}");
    }
    // Every figure stays.
    for (file, column) in [
        ("deal_credits.csv", "credit_minor"),
        ("lead_credits.csv", "share"),
        ("post_scorecard.csv", "won_minor"),
        ("touches.csv", "touched_at"),
    ] {
        let values = |folder| -> Vec<String> {
            table(folder, file).into_iter().map(|row| row[column].clone()).collect()
        };
        assert_eq!(values(&real), values(&shown), "{file}");
    }
    // A later run of the same database invents the same.
    place.import(&[&samples()]);
    done(&place, &["report", "--pseudonymize", "--out", "later"]);
    assert_eq!(table(&shown, "leads.csv"), table(&folder(&place, "later"), "leads.csv"));
}

#[test]
fn the_database_keeps_its_names() {
    let place = place();
    let before = place.views();
    done(&place, &["report", "--pseudonymize"]);
    assert_eq!(place.views(), before);
    let connection = Connection::open(place.database()).unwrap();
    assert_eq!(texts(&connection, "select key from forget_keys").len(), 1);
}
