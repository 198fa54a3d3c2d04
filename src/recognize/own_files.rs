//! What Touchstone itself wrote that is no table of text: a folder may hold the database and
//! the report of the run before.

use std::path::Path;

use memchr::memmem;

use super::formats;

/// What a file holds that Touchstone wrote, by its first bytes; by its name, too, where these
/// tell nothing.
pub(super) fn ignored(name: &str, head: &[u8]) -> Option<&'static str> {
    let has = |text: &str| memmem::find(head, text.as_bytes()).is_some();
    let ends = |ending: &str| {
        Path::new(name).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
    };
    if head.starts_with(b"SQLite format 3\0")
        && has("CREATE TABLE made_of")
        && has("CREATE TABLE touch_evidence")
    {
        return Some("a database of Touchstone");
    }
    if is_page(head) {
        return Some("a report that Touchstone wrote");
    }
    if Path::new(name).file_name().is_some_and(|name| name == "touchstone.toml") {
        return Some("the configuration of Touchstone");
    }
    if ends("lock") && is_of_process(head) {
        return Some("it says which run of Touchstone is at work");
    }
    let is_bare = ends("jsonl") && head.is_empty();
    let is_columns = ends("parquet") && head.starts_with(b"PAR1");
    ((is_bare || is_columns) && formats::own_table(name).is_some())
        .then_some("a table that Touchstone wrote")
}

/// Whether a file that begins so is a report's page.
pub fn is_page(head: &[u8]) -> bool {
    head.starts_with(b"<!DOCTYPE html>")
        && memmem::find(head, b"<title>Touchstone: ").is_some()
}

/// Whether a text is the line that a lock holds.
fn is_of_process(head: &[u8]) -> bool {
    let number = std::str::from_utf8(head).ok().and_then(|text| {
        text.strip_prefix("process ")?.split_once(", ").map(|(number, _)| number)
    });
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_touchstone_wrote_is_its_own() {
        let check = |name, head: &str, is_own| {
            assert_eq!(
                ignored(name, head.as_bytes()).is_some(),
                is_own,
                "{name}: {head}"
            );
        };
        let tables = "CREATE TABLE made_of (x) CREATE TABLE touch_evidence (y)";
        check("a.db", &format!("SQLite format 3\0{tables}"), true);
        check("a.db", "SQLite format 3\0CREATE TABLE deals (x)", false);
        let page = "<!DOCTYPE html>\n<title>Touchstone: what the posts brought</title>";
        check("report.html", page, true);
        check("report.html", "<!DOCTYPE html><title>Sign in</title>", false);
        check("touchstone.db.lock", "process 12, since 2026-01-31T10:00:00Z\n", true);
        check("x/touchstone.toml", "window-days = 30\n", true);
        check("x/Cargo.toml", "[package]\n", false);
        check("yarn.lock", "# a list\n", false);
        check("x/format_scorecard.jsonl", "", true);
        check("x/posts.parquet", "PAR1", true);
        check("x/sales.parquet", "PAR1", false);
        check("x/sales.jsonl", "", false);
    }
}
