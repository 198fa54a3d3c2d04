use super::*;
use crate::{decode::text_encoding, discover};

fn read(text: impl AsRef<[u8]>) -> (Vec<String>, Told) {
    let bytes = text.as_ref();
    let scan = discover::scan(&mut { bytes }).unwrap();
    let mut lines = Vec::new();
    let mut each = |part: Part<'_>| {
        let (mark, row) = match part {
            Part::Header(row) => ("# ", row),
            Part::Row(row) => ("", row),
        };
        lines.push(format!("{mark}{}", row.cells().collect::<Vec<_>>().join("|")));
        Ok(())
    };
    let encoding = text_encoding(&scan);
    let told = rows(&mut { bytes }, &scan, encoding, Hint::default(), &mut each).unwrap();
    (lines, told)
}

/// Names, days, amounts and remarks, written with a delimiter, a quote and a line end.
fn table(delimiter: &str, quote: &str, end: &str) -> String {
    let mut text = ["name", "day", "amount", "remark"].join(delimiter) + end;
    for number in 1..=9 {
        let remark = format!("{quote}first, second; third{quote}");
        let cells = [
            "Ada O'Hara".to_owned(),
            format!("2024-05-{number}"),
            format!("{number}.50"),
            remark,
        ];
        text += &(cells.join(delimiter) + end);
    }
    text
}

fn expected() -> Vec<String> {
    let row =
        |number| format!("Ada O'Hara|2024-05-{number}|{number}.50|first, second; third");
    ["# name|day|amount|remark".to_owned()].into_iter().chain((1..=9).map(row)).collect()
}

#[test]
fn every_dialect_reads_as_the_same_table() {
    for delimiter in [",", ";", "\t", "|", "^", "~", ", ", "; "] {
        for quote in ["\"", "'"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = table(delimiter, quote, end);
                assert_eq!(read(&text).0, expected(), "{text:?}");
            }
        }
    }
}

#[test]
fn line_ends_may_differ_from_row_to_row_and_the_last_may_be_missing() {
    let text = table(",", "\"", "\n");
    let mut ends = ["\n", "\r\n", "\r"].into_iter().cycle();
    let mixed: String =
        text.lines().flat_map(|line| [line, ends.next().unwrap()]).collect();
    assert_eq!(read(&mixed).0, expected());
    assert_eq!(read(text.trim_end()).0, expected());
    assert_eq!(read(format!("{text}\n\n")).0, expected());
}

#[test]
fn quotes_inside_quotes_are_doubled_or_stand_behind_a_backslash() {
    for escape in ["\"", "\\"] {
        let text = format!(
            "id,note\n1,\"a {escape}\"b{escape}\", c\"\n2,\"{escape}\"x{escape}\", y\"\n3,z\n"
        );
        let expected = ["# id|note", "1|a \"b\", c", "2|\"x\", y", "3|z"];
        assert_eq!(read(&text).0, expected, "{text}");
    }
}

#[test]
fn a_stray_quote_spoils_no_other_row() {
    let rows =
        "n,day,what\n1,2024-05-01,\"a, b\"\n2,2024-05-02,c\n3,2024-05-03,\"d, e\"\n";
    let check = |from: &str, to: &str, line: &str| {
        let (found, told) = read(rows.replacen(from, to, 1));
        let mut lines = vec![
            "# n|day|what",
            "1|2024-05-01|a, b",
            "2|2024-05-02|c",
            "3|2024-05-03|d, e",
        ];
        let number = line.trim_start_matches('"').split('|').next();
        let is_it = |one: &&str| one.split('|').next() == number;
        let at = lines.iter().position(is_it).unwrap();
        lines[at] = line;
        assert_eq!(found, lines, "{to}");
        assert_eq!(told.mended.0, 1, "{to}");
    };
    check("2,2024", "\"2,2024", "\"2|2024-05-02|c");
    check("02,c", "02,\"c", "2|2024-05-02|\"c");
    check("\"a, b\"", "\"a, b\"\"", "1|2024-05-01|a, b\"");
    check("03,\"d, e\"", "03\"d; e\"", "3|2024-05-03|d; e");
    check("2,2024-05-02,c", "2;2024-05-02;c", "2|2024-05-02|c");
}

#[test]
fn short_rows_are_filled_up_and_long_ones_kept() {
    let (found, told) = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n5,6,7\n");
    assert_eq!(found, ["# a|b|c", "1|2|3", "4|5|", "6|7|8|9", "1|2|3", "5|6|7"]);
    assert_eq!(told.ragged, (2, 3));
}

#[test]
fn words_before_and_behind_the_table_are_passed_over_and_counted() {
    let table = "name,day,amount\nAda,2024-05-01,5\nBob,2024-05-02,6\nCyd,2024-05-03,7\n";
    let expected =
        ["# name|day|amount", "Ada|2024-05-01|5", "Bob|2024-05-02|6", "Cyd|2024-05-03|7"];
    let check = |before: &str, behind: &str, counts: (u64, u64)| {
        let (found, told) = read(format!("{before}{table}{behind}"));
        assert_eq!(found, expected, "{before:?}");
        assert_eq!((told.preamble_rows, told.footer_rows), counts, "{before:?}");
    };
    check("", "", (0, 0));
    check("Report,,\n,,\n", "", (2, 0));
    check("Made by the office, with care\n\n", "\nSource: the office\n", (1, 1));
    check("Report\nFrom,2024-05-01,\n\n", "\nTotal\nEnd\n", (2, 2));
}

#[test]
fn a_row_of_one_word_is_a_row_where_nothing_says_otherwise() {
    let (found, told) = read("a,b,c\n1,2,3\n4,5,6\nx\n");
    assert_eq!(found.last().unwrap(), "x||");
    assert_eq!(told.footer_rows, 0);
}

#[test]
fn several_lines_of_names_are_one_header() {
    let text = "Deal,Closed,Amount\nname,on,in EUR\nHouse,2024-05-01,5\nFlat,2024-05-02,6\n\
                Farm,2024-05-03,7\nBarn,2024-05-04,8\n";
    let (found, told) = read(text);
    assert_eq!(found[0], "# Deal name|Closed on|Amount in EUR");
    assert_eq!((found.len(), told.header_lines), (5, Some((1, 2))));
}

#[test]
fn a_table_without_names_has_no_header() {
    let (found, told) = read("Ada,2024-05-01,5\nBob,2024-05-02,6\nCyd,2024-05-03,7\n");
    assert_eq!(found[0], "Ada|2024-05-01|5");
    assert_eq!((found.len(), told.header_lines), (3, None));
}

#[test]
fn a_second_header_is_passed_over_and_another_table_is_told() {
    let rows = "1,2024-05-01,x\n2,2024-05-02,y\n";
    let (found, told) = read(format!("n,day,what\n{rows}n,day,what\n{rows}"));
    assert_eq!((found.len(), told.repeated_headers), (5, 1));
    let (found, told) = read(format!("n,day,what\n{rows}{rows}n,day\n1,2024-05-01\n"));
    assert_eq!((found.len(), told.next_table), (5, Some(6)));
    let (found, told) = read(format!("n,day,what\n{rows}{rows}\nk,l\n1,2\n3,4\n"));
    assert_eq!((found.len(), told.next_table), (5, Some(7)));
}

#[test]
fn cells_keep_their_line_breaks_and_their_length() {
    let long = "word ".repeat(200_000);
    let (found, told) = read(format!("a,b\n1,\"{long}\"\n2,\"x\n3,4\ny\"\n5,6\n7,8\n"));
    assert_eq!(
        found,
        [
            "# a|b".to_owned(),
            format!("1|{long}"),
            "2|x\n3,4\ny".into(),
            "5|6".into(),
            "7|8".into()
        ]
    );
    assert_eq!((told.mended.0, told.ragged.0), (0, 0));
}

#[test]
fn a_single_column_stays_one() {
    let (found, told) = read("remark\none, with a comma\ntwo words\nthree\n");
    assert_eq!(found, ["# remark", "one, with a comma", "two words", "three"]);
    assert_eq!(told.ragged, (0, 0));
}

#[test]
fn the_separator_that_a_first_line_declares_is_used() {
    let (found, _) = read("sep=;\r\na;b\r\n1;2,5\r\n");
    assert_eq!(found, ["# a|b", "1|2,5"]);
}

#[test]
fn a_file_of_open_quotes_ends() {
    let text = "\"a,b\n".repeat(20_000);
    let (found, _) = read(text);
    assert_eq!(found.len(), 20_000);
}

proptest::proptest! {
    #[test]
    fn no_bytes_stop_it_and_no_row_is_narrower_than_the_header(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "a", "1", ",", ";", "\"", "'", "\\", "\n", "\r", " ", "\t", "\u{e9}", "2024-05-01",
            ]),
            0..120,
        ),
    ) {
        let (lines, _) = read(pieces.concat());
        if let Some(header) = lines.first().and_then(|line| line.strip_prefix("# ")) {
            let width = header.matches('|').count();
            assert!(lines.iter().all(|line| width <= line.matches('|').count()));
        }
    }
}

#[test]
fn the_title_of_a_second_table_with_the_same_header_is_no_row() {
    let text = "item,qty,price\nbolt,1,2.50\nwire,3,4.75\n\nSecond quarter\n\
                item,qty,price\nlamp,5,6.00\n";
    let (lines, told) = read(text);
    let rows = ["# item|qty|price", "bolt|1|2.50", "wire|3|4.75", "lamp|5|6.00"];
    assert_eq!(lines, rows);
    assert_eq!((told.repeated_headers, told.footer_rows), (1, 1));
}
