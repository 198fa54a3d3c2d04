//! How the code is written, as far as its text shows it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// The files below a folder that end so, with their text, by path.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            (name.replace('\\', "/"), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Every line of code, without comments, with where it stands.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// No line of the files holds any of the words, but in the files that may.
fn forbid(words: &[&str], except: impl Fn(&str) -> bool) {
    let mut found = Vec::new();
    for (name, text) in files("src", "rs") {
        if except(&name) {
            continue;
        }
        for (number, line) in lines(&text) {
            found.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{name}:{number}: {word}")),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn is_of_cli(name: &str) -> bool {
    name.starts_with("src/cli/") || name == "src/main.rs"
}

#[test]
fn only_the_store_speaks_sql() {
    forbid(&["rusqlite"], |name| name.starts_with("src/store/"));
}

#[test]
fn only_the_cli_prints_or_knows_a_terminal() {
    let words = ["clap::", "indicatif", "println!", "print!(", "dbg!(", "std::process"];
    forbid(&words, is_of_cli);
}

#[test]
fn the_library_asks_neither_environment_nor_clock() {
    let words = [
        "std::env",
        "env::var",
        "Timestamp::now",
        "Zoned::now",
        "SystemTime",
        "Instant::now",
    ];
    forbid(&words, is_of_cli);
    forbid(&["TimeZone::system"], is_of_cli);
}

#[test]
fn nothing_is_left_for_later_and_no_lint_is_switched_off_in_silence() {
    let todo = ["TO", "DO"].concat();
    forbid(&[&todo, "unimplemented!", "FIXME", "todo!", "#[allow", "#![allow"], |_| {
        false
    });
}

#[test]
fn results_use_no_float_functions_that_differ_between_machines() {
    let words = [
        ".exp()",
        ".exp2()",
        ".exp_m1()",
        ".ln()",
        ".ln_1p()",
        ".log(",
        ".log2()",
        ".log10()",
        ".powf(",
        ".powi(",
        ".sin()",
        ".cos()",
        ".tan()",
        ".tanh()",
        ".cbrt()",
        ".hypot(",
        "f64::exp",
        "f64::ln",
        "f64::pow",
        "f64::log",
    ];
    let stages = ["src/attribute/", "src/analyze/", "src/classify/"];
    forbid(&words, |name| !stages.iter().any(|stage| name.starts_with(stage)));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for (name, text) in files("src", "rs").into_iter().chain(files("tests/it", "rs")) {
        let count = text.lines().count();
        assert!(count <= 500, "{name} has {count} lines");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for (name, text) in files("src", "rs") {
        let is_test = name.ends_with("/tests.rs");
        assert!(is_test || text.starts_with("//! "), "{name} has no module doc");
    }
}

#[test]
fn a_module_uses_only_those_above_it() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<&str> = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert!(7 < order.len());
    for (name, text) in files("src", "rs") {
        let module = name["src/".len()..].split(['/', '.']).next().unwrap();
        let Some(at) = order.iter().position(|other| *other == module) else { continue };
        for below in &order[at + 1..] {
            for used in uses(&text) {
                assert!(used != *below, "{name} uses {below}, which is below {module}");
            }
        }
    }
}

/// The modules of the crate that a file names.
fn uses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut is_start = true;
            for (at, character) in group.char_indices() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => is_start = true,
                    _ if character.is_whitespace() => {}
                    _ if is_start && depth == 0 => {
                        found.push(word(&group[at..]));
                        is_start = false;
                    }
                    _ => {}
                }
            }
        } else {
            found.push(word(rest));
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end =
        text.find(|character: char| !character.is_alphanumeric() && character != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn every_statement_is_used_and_in_lower_case() {
    let code: String = files("src/store", "rs").into_values().collect();
    for (name, text) in files("src/store/sql", "sql") {
        let file = name.rsplit('/').next().unwrap();
        assert!(code.contains(&format!("sql/{file}")), "{file} is not used");
        for (number, line) in (1..).zip(text.lines()) {
            // What stands in quotes is text of its own.
            let outside: String = line.split('\'').step_by(2).collect();
            let comment = outside.split("--").next().unwrap();
            assert_eq!(comment, comment.to_lowercase(), "{name}:{number}");
            assert!(!line.contains('\t'), "{name}:{number}");
        }
    }
}

#[test]
fn one_statement_stands_in_a_file() {
    for (name, text) in files("src/store/sql", "sql") {
        let statements = text.split(';').filter(|part| !part.trim().is_empty()).count();
        assert_eq!(statements, 1, "{name}");
    }
}

#[test]
fn rows_are_added_by_names_beside_their_cells() {
    for (name, text) in files("src/store/sql", "sql") {
        let is_plain = text.starts_with("insert into") && !text.contains("on conflict");
        assert!(!is_plain, "{name} adds what `row!` can");
    }
}
