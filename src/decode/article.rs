//! An article of a LinkedIn archive: a web page, read as one row.

use std::io::{self, Read};

use super::{Row, listed::Listed};

/// What an article may take at most.
const ARTICLE_BYTES: u64 = 16 << 20;

/// Calls `each` with title, address, when it was created and when published.
pub(super) fn for_each(
    bytes: &mut dyn Read,
    mut each: impl FnMut(Row<'_>),
) -> io::Result<()> {
    let mut whole = Vec::new();
    bytes.take(ARTICLE_BYTES + 1).read_to_end(&mut whole)?;
    if ARTICLE_BYTES < whole.len() as u64 {
        let limit = ARTICLE_BYTES >> 20;
        return Err(io::Error::other(format!("an article takes more than {limit} MB")));
    }
    let text = String::from_utf8_lossy(&whole);
    let heading = between(&text, "<h1", "</h1>").unwrap_or_default();
    let url = between(heading, "href=\"", "\"").unwrap_or_default();
    let title = between(&text, "<title>", "</title>")
        .map(without_tags)
        .filter(|title| !title.is_empty())
        .or_else(|| heading.split_once('>').map(|(_, inside)| without_tags(inside)))
        .unwrap_or_default();
    let dated = |class: &str| {
        let opened =
            between(&text, &format!("class=\"{class}\""), "</").unwrap_or_default();
        opened.split_once('>').map(|(_, words)| day_in(words)).unwrap_or_default()
    };
    let (created, published) = (dated("created"), dated("published"));
    let cells = [title.as_str(), url, &created, &published];
    let mut listed = Listed::default();
    each(listed.row(1, cells.len(), cells.into_iter().enumerate()));
    Ok(())
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, behind) = text.split_once(from)?;
    behind.split_once(to).map(|(inside, _)| inside)
}

/// The part of a sentence such as "Published on 2026-01-21 06:10" that is a date.
fn day_in(words: &str) -> String {
    let at = words.find(|c: char| c.is_ascii_digit()).unwrap_or(words.len());
    words[at..].trim().to_owned()
}

/// The words of a piece of a page.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in html.chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(character),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_one_row() {
        let page = "<html><head><title>A &amp; B</title></head><body><h1><a \
                    href=\"https://www.linkedin.com/pulse/a-b-x1\">A &amp; B</a></h1>\
                    <p class=\"created\">Created on 2026-01-20 05:00</p>\
                    <p class=\"published\">Published on 2026-01-21 06:10</p></body></html>";
        let mut cells = Vec::new();
        for_each(&mut page.as_bytes(), |row| {
            cells = row.cells().map(str::to_owned).collect();
        })
        .unwrap();
        let expected = [
            "A & B",
            "https://www.linkedin.com/pulse/a-b-x1",
            "2026-01-20 05:00",
            "2026-01-21 06:10",
        ];
        assert_eq!(cells, expected);
    }
}
