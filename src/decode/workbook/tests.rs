use std::io::Write as _;

use super::{weight::inflated, *};

#[test]
fn numbers_keep_the_digits_that_a_spreadsheet_keeps() {
    let check = |number, expected: &str| assert_eq!(number_text(number), expected);
    check(812.0, "812");
    check(0.020_625, "0.020625");
    check(-28.0, "-28");
    check(7_424_567_489_747_591_168.0, "7424567489747590000");
    check(1e15, "1000000000000000");
}

#[test]
fn cells_in_any_order_become_rows_in_order() {
    let mut rows = Gathered::new(1 << 20, usize::MAX);
    for (at, text) in [((4, 1), "d"), ((0, 0), "a"), ((4, 0), "c"), ((0, 1), "b")] {
        assert!(rows.add(at, text.to_owned()).unwrap());
    }
    let rows = rows.finish();
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1, 5]);
    assert_eq!(widened(&rows[1].cells), ["c", "d"]);
}

/// A workbook of one visible and one hidden sheet, both with these rows.
fn workbook(is_1904: bool, rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <dimension ref=\"A1\"/><sheetData>{rows}</sheetData></worksheet>"
    );
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                 <workbookPr date1904=\"{}\"/><sheets>\
                 <sheet name=\"Shown\" sheetId=\"1\" r:id=\"r1\"/>\
                 <sheet name=\"Kept\" sheetId=\"2\" state=\"veryHidden\" r:id=\"r1\"/>\
                 </sheets></workbook>",
                u8::from(is_1904)
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
                .to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn cells_read_as_a_person_sees_them() {
    let rows = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>When</t></is></c>\
                <c r=\"C2\" t=\"inlineStr\"><is><t>What</t></is></c></row>\
                <row r=\"5\"><c r=\"A5\" s=\"1\"><v>45352.5625</v></c>\
                <c r=\"B5\" s=\"1\"><v>45352</v></c><c r=\"C5\"><v>0.5</v></c>\
                <c r=\"D5\" t=\"b\"><v>1</v></c></row>";
    let heads =
        sheet_heads(&mut workbook(false, rows).as_slice(), Limits::default()).unwrap();
    let names: Vec<_> = heads.iter().map(|head| (&*head.name, head.is_hidden)).collect();
    assert_eq!(names, [("Shown", false), ("Kept", true)]);
    let expected = [
        (2, vec!["When", "", "What"]),
        (5, vec!["2024-03-01 13:30:00", "2024-03-01", "0.5", "TRUE"]),
    ];
    let expected = expected.map(|(line, row)| {
        (line, row.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(heads[0].rows, expected);
    let heads =
        sheet_heads(&mut workbook(true, rows).as_slice(), Limits::default()).unwrap();
    assert_eq!(heads[0].rows[1].1[1], "2028-03-02");
    let layout = Layout::utf8(heads[0].rows[0].1.clone(), 2);
    let mut read = Vec::new();
    let bytes = workbook(false, rows);
    for_each(
        &mut bytes.as_slice(),
        Limits::default(),
        &layout,
        (0, Shape::Rows),
        |row| {
            let row = row.unwrap();
            read.push((row.line, row.cell(0).to_owned(), row.cell(7).to_owned()));
        },
    )
    .unwrap();
    assert_eq!(read, [(5, "2024-03-01 13:30:00".to_owned(), String::new())]);
}

#[test]
fn a_mountain_in_a_small_file_is_refused() {
    let zipped = |name: &str, byte: u8| {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).unwrap();
        archive.write_all(&[byte; 64].repeat(1 << 14)).unwrap();
        archive.finish().unwrap().into_inner()
    };
    let sheet = zipped("xl/worksheets/sheet1.xml", b'<');
    assert!(sheet.len() < 4096);
    assert!(inflated(&sheet, 1 << 19).is_err());
    assert!(inflated(&sheet, 1 << 21).is_ok());
    // Empty elements of lists weigh more than they say.
    let strings = zipped("xl/sharedStrings.xml", b'<');
    assert!(inflated(&strings, 1 << 21).is_err());
    assert!(inflated(&zipped("content.xml", b' '), 1 << 21).is_err());
}

#[test]
fn a_cell_far_out_is_refused() {
    let mut rows = Gathered::new(1 << 20, usize::MAX);
    assert!(rows.add((0, 40_000), "x".to_owned()).is_err());
}

#[test]
fn styles_weigh_more_than_they_say_and_no_text_is_longer_than_a_cell() {
    let zipped = |name: &str, text: String| {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    };
    let styles = zipped("xl/styles.xml", "<xf/>".repeat(10_000));
    assert!(inflated(&styles, 1 << 20).is_err());
    assert!(inflated(&styles, 2 << 20).is_ok());
    let long = zipped("xl/sharedStrings.xml", "x".repeat(3 << 20));
    let said = inflated(&long, 256 << 20).unwrap_err().to_string();
    assert!(said.contains("longer than any cell"), "{said}");
}

#[test]
fn a_sheet_that_breaks_off_says_so_and_gives_what_stands_before() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                <row r=\"2\"><c r=\"A2\"><v>2</v></c></row>\
                <row r=\"3\"><c r=\"ZZZZZZ9\"><v>3</v></c></row>";
    let bytes = workbook(false, rows);
    let heads = sheet_heads(&mut bytes.as_slice(), Limits::default()).unwrap();
    assert_eq!(heads[0].rows.len(), 2);
    assert!(heads[0].fault.is_some());
    let layout = Layout::utf8(vec!["1".to_owned()], 1);
    let mut read = 0;
    let shape = (0, Shape::Rows);
    let fault =
        for_each(&mut bytes.as_slice(), Limits::default(), &layout, shape, |_| read += 1);
    assert_eq!((read, fault.is_err()), (1, true));
}

#[test]
fn sheets_that_each_take_the_whole_workbook_are_bounded() {
    let limits = Limits { workbook_bytes: 2000, ..Limits::default() };
    let bytes = workbook(false, "");
    assert!(sheet_heads(&mut bytes.as_slice(), limits).is_err());
}

#[test]
fn strings_that_a_workbook_claims_to_have_are_weighed_as_if_it_had_them() {
    let check = |name: &str, part: &[u8], is_refused: bool| {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(part).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        let inflated = inflated(&bytes, 1 << 20);
        assert_eq!(inflated.is_err(), is_refused, "{}", String::from_utf8_lossy(part));
    };
    let strings = "xl/sharedStrings.xml";
    check(strings, b"<sst count=\"9\" uniqueCount=\"9\"/>", false);
    check(strings, b"<sst uniqueCount=\"4294967295\"/>", true);
    check(strings, b"<x:sst uniqueCount \n = '+00000099999999'/>", true);
    check(strings, b"<sst uniqueCount=\"99999999999999999999999999\"/>", true);
    let far = format!("<sst uniqueCount{}=\"4294967295\"/>", " ".repeat(99));
    check(strings, far.as_bytes(), true);
    check("xl/SHAREDstrings.XML", b"<sst uniqueCount=\"4294967295\"/>", true);
    let wide: Vec<u8> = "\u{feff}<sst uniqueCount=\"4294967295\"/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(strings, &wide, true);
    // Wherever the buffer ends within the name or the number.
    for before in 8100..8200 {
        let comment = "-".repeat(before);
        let part = format!("<!{comment}><sst uniqueCount=\"4294967295\"/>");
        check(strings, part.as_bytes(), true);
    }
}
