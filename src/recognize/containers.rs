//! Sheets of workbooks and JSON records: tables whose cells are known already.

use super::{
    Columns, Fitting, Known, MOST_PREAMBLE_RECORDS, Registry, Takes, Unknown, Verdict,
    formats, matching,
};
use crate::decode::{
    Container, Layout, Shape, TextEncoding,
    workbook::{self, SheetHead},
};

/// What each sheet of a workbook is, under its name.
pub fn workbook(registry: &Registry, heads: &[SheetHead]) -> Vec<(String, Verdict)> {
    let mut sheets: Vec<(String, Verdict)> = heads
        .iter()
        .enumerate()
        .map(|(index, head)| (head.name.clone(), sheet(registry, index, head)))
        .collect();
    let is_linkedin = sheets.iter().any(|(_, verdict)| {
        matches!(verdict, Verdict::Known(known) if known.format.name.starts_with("linkedin"))
            || matches!(verdict, Verdict::Ignored(PAGE_NUMBERS))
    });
    if is_linkedin {
        // Sheets come in the account's language; what is wanted was found by its shape.
        for (_, verdict) in &mut sheets {
            if matches!(verdict, Verdict::Unknown(_) | Verdict::Refused(_)) {
                *verdict = Verdict::Ignored("totals of LinkedIn analytics");
            }
        }
    }
    sheets
}

/// What formats of a page's totals say, so that the sheets beside them are known.
pub(super) const PAGE_NUMBERS: &str = "totals of a LinkedIn page; no post, no person";

/// What a JSON file is, by the columns of its records.
pub fn json(
    registry: &Registry,
    columns: Vec<String>,
    encoding: TextEncoding,
) -> Verdict {
    if columns.is_empty() {
        return Verdict::Refused("JSON without records".to_owned());
    }
    let found = matching::best(registry, &columns);
    let layout =
        Layout { container: Container::Json, encoding, ..Layout::utf8(columns, 0) };
    verdict(registry, &found, layout)
}

/// What an article of an archive is.
pub(super) fn article() -> Verdict {
    let header: Vec<String> =
        ["title", "url", "created", "published"].map(str::to_owned).to_vec();
    let columns = matching::bind_all(formats::article(), &header);
    let layout = Layout { container: Container::Article, ..Layout::utf8(header, 0) };
    Verdict::Known(Box::new(Known { format: formats::article(), layout, columns }))
}

/// What one sheet is: by a header, by labels with values beside them, or by its shape.
fn sheet(registry: &Registry, index: usize, head: &SheetHead) -> Verdict {
    if head.is_hidden {
        return Verdict::Ignored("a sheet that the workbook hides");
    }
    let fault = || Verdict::Refused(head.fault.clone().unwrap_or_default());
    if head.rows.is_empty() && head.fault.is_some() {
        return fault();
    }
    if head.rows.is_empty() {
        return Verdict::Ignored("an empty sheet");
    }
    let layout = |shape, header: Vec<String>, line| Layout {
        container: Container::Sheet(index, shape),
        ..Layout::utf8(header, line)
    };
    // No word of it says which of the two tables a column belongs to.
    if let Some((columns, at)) = top_posts(&head.rows) {
        let (line, cells) = head.rows[at].clone();
        let format = formats::top_posts();
        let by_name = matching::best(registry, &cells);
        let by_name = by_name.into_iter().find(|(one, _)| one.name == format.name);
        let columns = by_name.map_or(columns, |(_, columns)| columns);
        let layout = layout(Shape::Rows, cells, line);
        return Verdict::Known(Box::new(Known { format, layout, columns }));
    }
    // A sheet may hold what is wanted as labels with values, and shares below them.
    let labels = workbook::pairs_header(&head.rows);
    let pairs = of_one_post(matching::best(registry, &labels));
    let is_wanted = |found: &[(&super::Format, Columns)]| {
        found.iter().any(|(format, _)| matches!(format.takes, Takes::Records(_)))
    };
    if is_wanted(&pairs)
        && !head.rows.iter().any(|(_, cells)| is_wanted(&matching::best(registry, cells)))
    {
        return verdict(registry, &pairs, layout(Shape::Pairs, labels, head.rows[0].0));
    }
    for (line, cells) in head.rows.iter().take(MOST_PREAMBLE_RECORDS) {
        let found = matching::best(registry, cells);
        if !found.is_empty() {
            return verdict(registry, &found, layout(Shape::Rows, cells.clone(), *line));
        }
    }
    if let [_, period] = head.rows[0].1.as_slice()
        && is_period(period)
    {
        let layout = layout(Shape::Pairs, labels, head.rows[0].0);
        let format = formats::period();
        let columns = Columns::of(&[(super::Field::Period, 0)]);
        return Verdict::Known(Box::new(Known { format, layout, columns }));
    }
    let widest = head.rows.iter().map(|(_, cells)| cells);
    let header = widest
        .reduce(|a, b| if a.len() < b.len() { b } else { a })
        .cloned()
        .unwrap_or_default();
    if head.fault.is_some() {
        return fault();
    }
    let nearest = matching::nearest(registry, &header);
    Verdict::Unknown(Unknown { header, nearest })
}

fn verdict(registry: &Registry, found: &[Fitting], layout: Layout) -> Verdict {
    if found.is_empty() {
        let nearest = matching::nearest(registry, &layout.header);
        return Verdict::Unknown(Unknown { header: layout.header, nearest });
    }
    super::verdict(found, layout)
}

/// Labels with values beside them are the analytics of one post, where those fit as well as
/// a list of posts does.
fn of_one_post(mut found: Vec<Fitting>) -> Vec<Fitting> {
    let is_such = |(format, _): &Fitting| format.name == formats::one_post().name;
    if found.iter().any(is_such) {
        found.retain(is_such);
    }
    found
}

/// Two tables side by side, in any language: a post's URL, a day, a number, and again. The
/// first is ranked by engagements, the second by impressions. Gives the columns and the
/// position of the header.
fn top_posts(rows: &[(u64, Vec<String>)]) -> Option<(Columns, usize)> {
    use super::Field;

    let first =
        rows.iter().position(|(_, cells)| cells.iter().any(|one| is_post(one)))?;
    let header = first.checked_sub(1)?;
    let body = &rows[first..];
    let width = rows[header].1.len();
    let cell =
        |row: &'_ [String], column: usize| row.get(column).cloned().unwrap_or_default();
    let is_url = |column: usize| body.iter().any(|(_, row)| is_post(&cell(row, column)));
    let urls: Vec<usize> = (0..width).filter(|column| is_url(*column)).collect();
    let is_number = |column: usize| {
        body.iter().all(|(_, row)| {
            cell(row, column).chars().all(|c| {
                c.is_ascii_digit()
                    || matches!(c, '.' | ',' | '\'' | ' ' | '-' | '\u{a0}' | '\u{202f}')
            })
        })
    };
    let [one, two] = urls.as_slice() else { return None };
    (one + 2 < *two && is_number(one + 2) && is_number(two + 2)).then(|| {
        let columns = Columns::of(&[
            (Field::PostUrl, *one),
            (Field::Engagements, one + 2),
            (Field::PostUrl, *two),
            (Field::Impressions, two + 2),
        ]);
        (columns, header)
    })
}

/// Whether a cell is the address of a post.
fn is_post(cell: &str) -> bool {
    cell.contains("linkedin.com/") && (cell.contains("/posts/") || cell.contains("urn"))
}

/// Whether a cell is two slashed or dotted days with a dash between.
fn is_period(cell: &str) -> bool {
    let is_day = |text: &str| {
        let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
            })
    };
    cell.split_once(" - ")
        .or_else(|| cell.split_once(" – "))
        .is_some_and(|(from, to)| is_day(from) && is_day(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::Field;

    fn head(name: &str, rows: &[&[&str]]) -> SheetHead {
        let rows = (1..)
            .zip(rows)
            .filter(|(_, cells)| !cells.is_empty())
            .map(|(line, cells)| (line, cells.iter().map(ToString::to_string).collect()))
            .collect();
        SheetHead { name: name.to_owned(), is_hidden: false, rows, fault: None }
    }

    #[test]
    fn top_posts_are_known_by_their_shape_in_any_language() {
        let url =
            "https://www.linkedin.com/feed/update/urn:li:activity:7416027387480903680";
        let posts = head(
            "Suosituimmat",
            &[
                &["Enintään 50 julkaisua"],
                &[],
                &["Osoite", "Päivä", "Sitoutumiset", "", "Osoite", "Päivä", "Näytöt"],
                &[url, "11.1.2026", "236", "", url, "11.1.2026", "8 240"],
            ],
        );
        let totals = head(
            "Yleiskuva",
            &[&["Yleistulos", "1.1.2026 - 31.3.2026"], &["Näytöt", "13 902"]],
        );
        let other =
            head("Seuraajat", &[&["Päivä", "Uudet seuraajat"], &["11.1.2026", "9"]]);
        let sheets = workbook(&Registry::default(), &[totals, posts, other]);
        let known = |at: usize| match &sheets[at].1 {
            Verdict::Known(known) => Some(known),
            _ => None,
        };
        assert_eq!(known(0).unwrap().format.name, "linkedin-analytics-period");
        let posts = known(1).unwrap();
        assert_eq!(
            (posts.format.name, posts.layout.header_line),
            ("linkedin-top-posts", 3)
        );
        assert_eq!(posts.columns.all(Field::PostUrl).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(posts.columns.first(Field::Engagements), Some(2));
        assert_eq!(posts.columns.first(Field::Impressions), Some(6));
        assert!(matches!(sheets[2].1, Verdict::Ignored(_)));
    }

    #[test]
    fn top_posts_are_known_by_their_shape_whatever_their_words_fit() {
        let one =
            "https://www.linkedin.com/feed/update/urn:li:activity:7169232000000000000";
        let two =
            "https://www.linkedin.com/feed/update/urn:li:activity:7169232000000000001";
        let check = |url, day, engagements, impressions| {
            let posts = head(
                "TOP",
                &[
                    &["Max 50"],
                    &[url, day, engagements, "", url, day, impressions],
                    &[one, "1/3/2024", "138", "", two, "5/3/2024", "99000"],
                    &[two, "5/3/2024", "40", "", one, "1/3/2024", "1200"],
                ],
            );
            let sheets = workbook(&Registry::default(), &[posts]);
            let Verdict::Known(known) = &sheets[0].1 else { panic!("{engagements}") };
            assert_eq!(known.format.name, "linkedin-top-posts", "{engagements}");
            assert_eq!(known.columns.all(Field::PostUrl).collect::<Vec<_>>(), [0, 4]);
            assert_eq!(known.columns.first(Field::Engagements), Some(2));
            assert_eq!(known.columns.first(Field::Impressions), Some(6));
        };
        check("URL del post", "Data", "Interazioni", "Impressioni");
        check("URL du post", "Date de publication du post", "Engagements", "Impressions");
        check("Post URL", "Post publish date", "Engagements", "Impressions");
    }

    #[test]
    fn labels_with_values_are_those_of_one_post() {
        let url =
            "https://www.linkedin.com/feed/update/urn:li:activity:7169232000000000000";
        let pairs = head(
            "P",
            &[
                &["URL des Beitrags", url],
                &["Impressionen", "1200"],
                &["Reaktionen", "30"],
                &["Kommentare", "4"],
            ],
        );
        let sheets = workbook(&Registry::default(), &[pairs]);
        let Verdict::Known(known) = &sheets[0].1 else { panic!("{:?}", sheets[0].1) };
        assert_eq!(known.format.name, "linkedin-post-analytics");
        assert_eq!(known.layout.container, Container::Sheet(0, Shape::Pairs));
    }

    #[test]
    fn hidden_and_empty_sheets_are_said() {
        let hidden = SheetHead { is_hidden: true, ..head("x", &[&["a", "b"]]) };
        let sheets = workbook(
            &Registry::default(),
            &[hidden, head("y", &[]), head("z", &[&["a", "b"]])],
        );
        assert!(matches!(
            sheets[0].1,
            Verdict::Ignored("a sheet that the workbook hides")
        ));
        assert!(matches!(sheets[1].1, Verdict::Ignored("an empty sheet")));
        assert!(matches!(sheets[2].1, Verdict::Unknown(_)));
    }
}
