//! What all records of CRMs share: ids, status words, rows that are no records.

use sha2::{Digest, Sha256};

use super::{
    amount::{self, AmountFault, AmountRules},
    context::Context,
    fold::fold,
    null,
};
use crate::{
    decode::{Row, RowFault},
    discover::hex,
    domain::DealStatus,
    recognize::{Crm, Field, Ids, Rows, word_fits},
};

/// The comparison form of a stage or status: folded, words with single blanks.
pub fn stage_key(text: &str) -> String {
    let folded = fold(text);
    let words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// How a deal stands that is at a stage or status of this name, in the vendor's words.
pub(super) fn status_of(crm: &Crm, text: &str) -> Option<DealStatus> {
    let key = stage_key(text);
    let fits = |words: &&[&str]| words.iter().any(|word| word_fits(&key, word));
    crm.words.iter().find(|list| fits(&list.words)).map(|list| list.status)
}

/// How a deal stands at a stage that is called so, in the words that many use.
pub fn usual_status(text: &str) -> Option<DealStatus> {
    status_of(&Crm::COMMON, text)
}

/// Whether a row is one of those that surround records: a header once more; on boards a
/// title, a sub-item, a sum.
pub(super) fn is_passed_over(
    context: &mut Context<'_>,
    row: &Result<Row<'_>, RowFault>,
) -> bool {
    let is_board = context.crm().rows == Rows::Board;
    let words = match row {
        Err(_) if is_board => {
            "{line of the board is a title, sub-item or sum|lines of the board are titles, \
             sub-items or sums}"
        }
        Ok(row) if context.is_header(row) => "{line repeats|lines repeat} the header",
        Ok(row) if is_board && !is_item(row) => {
            "{line of the board is a title, sub-item or sum|lines of the board are titles, \
             sub-items or sums}"
        }
        _ => return false,
    };
    context.note_counted(words, 1);
    true
}

/// An item of a board: its name stands first, something else beside it.
fn is_item(row: &Row<'_>) -> bool {
    let first = row.cell(0).trim();
    let filled = row.cells().filter(|cell| !cell.trim().is_empty()).count();
    !first.is_empty() && 1 < filled && !first.eq_ignore_ascii_case("subitems")
}

/// What a line of sums is called, by its comparison form.
const SUMS: [&str; 24] = [
    "subtotal",
    "grand total",
    "total",
    "totals",
    "sum",
    "gesamt",
    "gesamtsumme",
    "summe",
    "zwischensumme",
    "endsumme",
    "total general",
    "total geral",
    "suma",
    "suma total",
    "soma",
    "sous total",
    "somme",
    "totale",
    "totale generale",
    "totaal",
    "subtotaal",
    "celkem",
    "razem",
    "итого",
];

/// What else a line is called that has nothing but numbers beside its name.
const FIGURES: [&str; 28] = [
    "sums",
    "subtotals",
    "grand totals",
    "gesamtsummen",
    "summen",
    "zwischensummen",
    "sumas",
    "totales",
    "totales generales",
    "totaux",
    "totaux generaux",
    "sous totaux",
    "sommes",
    "totali",
    "totali generali",
    "totais",
    "totais gerais",
    "somas",
    "totalen",
    "eindtotaal",
    "eindtotalen",
    "count",
    "record count",
    "records",
    "average",
    "anzahl",
    "durchschnitt",
    "nombre",
];

/// Refuses the subtotals of reports that are laid out for reading.
pub(super) fn refuse_subtotal(row: &Row<'_>) -> Result<(), String> {
    let mut cells = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
    let first = cells.next().unwrap_or("");
    let others: Vec<&str> = cells.collect();
    if is_sum(first, &others) {
        return Err("a sum of other rows, not a record; export the report with details \
                    only"
            .to_owned());
    }
    Ok(())
}

/// Whether a row that begins with this cell, with these others filled, sums others up.
fn is_sum(first: &str, others: &[&str]) -> bool {
    let key = stage_key(first);
    if SUMS.contains(&key.as_str())
        || ["subtotal ", "grand total "].iter().any(|start| key.starts_with(start))
    {
        return true;
    }
    // `Totals (2 records)`, `Records: 2`
    let counted = first.split_once([':', '(']).filter(|(_, count)| {
        count.trim_start().starts_with(|first: char| first.is_ascii_digit())
    });
    let name = counted.map_or(key, |(name, _)| stage_key(name));
    let is_called = SUMS.contains(&name.as_str())
        || FIGURES.contains(&name.as_str())
        || ["sum of ", "average of "].iter().any(|start| name.starts_with(start));
    is_called && others.iter().all(|cell| is_figure(cell))
}

/// Whether a cell holds a number, with a currency or without.
fn is_figure(cell: &str) -> bool {
    let read = amount::read(cell, AmountRules::UNKNOWN, None);
    matches!(read, Ok(_) | Err(AmountFault::Ambiguous(..)))
}

/// Whether the row is deleted in the CRM.
pub(super) fn is_deleted(context: &Context<'_>, row: &Row<'_>) -> bool {
    let says = |word: &str| {
        context.value(row, Field::Status).is_some_and(|text| stage_key(text) == word)
    };
    context.flag(row, Field::IsDeleted) == Some(true)
        || context.crm().deleted.iter().any(|word| says(word))
}

/// The record's own id; a spreadsheet's exponent has lost its digits.
pub(super) fn own_id(
    context: &Context<'_>,
    row: &Row<'_>,
) -> Result<Option<Box<str>>, String> {
    let Some(text) = context.value(row, Field::RemoteId) else { return Ok(None) };
    if is_ruined(text) {
        return Err(ruined(text));
    }
    Ok(id(context.crm().ids, text))
}

/// `Company (https://…)`, as Notion writes relations, without the address.
pub(super) fn without_address(text: &str) -> &str {
    match beside_parentheses(text.trim()) {
        Some((name, inside)) if inside.contains("://") && !inside.contains(' ') => name,
        _ => text,
    }
}

/// `Name (more)` as what stands before the last parentheses, and in them.
pub(super) fn beside_parentheses(text: &str) -> Option<(&str, &str)> {
    text.strip_suffix(')')?.rsplit_once(" (")
}

/// An id that stands for a record that has none: what it is called, and which of those
/// that are called so it is.
pub(super) fn stand_in(context: &mut Context<'_>, name: &str) -> Box<str> {
    let count = context.nameless.entry(name.into()).or_default();
    *count += 1;
    if *count == 1 { name.into() } else { format!("{name} #{count}").into() }
}

/// Whether an id stands for a record that has none, and is made of this name or address.
pub fn is_made_of(id: &str, name: &str) -> bool {
    let start = id.get(..name.len()).filter(|_| !name.is_empty());
    let rest = start.filter(|start| start.eq_ignore_ascii_case(name));
    let rest = rest.map(|_| &id[name.len()..]);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(", ") || rest.starts_with(" #")
    })
}

/// What stands in words where somebody stood who is erased.
pub const ERASED: &str = "[erased]";

/// How ids begin that were made of somebody who is erased.
const ERASED_ID: &str = "erased-";

/// What an id becomes that is made of somebody who is erased: always the same, so that no
/// later export makes another record of it.
pub fn erased_id(id: &str) -> Box<str> {
    if is_erased_id(id) {
        return id.into();
    }
    let hash = Sha256::new().chain_update("id\0").chain_update(id).finalize();
    format!("{ERASED_ID}{}", hex(&hash[..8])).into()
}

/// Whether an id is one that was erased.
pub fn is_erased_id(id: &str) -> bool {
    id.starts_with(ERASED_ID)
}

/// What stands between the ids of a cell.
const BETWEEN_IDS: [char; 3] = [';', ',', '\n'];

/// All ids in the cells of a field; one whose digits are lost is rejected.
pub(super) fn ids(
    context: &mut Context<'_>,
    row: &Row<'_>,
    field: Field,
) -> Vec<Box<str>> {
    let cells: Vec<(usize, &str)> = context.cells(row, field).collect();
    for (column, cell) in &cells {
        reject_ruined(context, row, *column, cell);
    }
    let spelling = context.crm().ids;
    let texts = cells.into_iter().flat_map(|(_, cell)| cell.split(BETWEEN_IDS));
    texts.filter(|text| !is_ruined(text)).filter_map(|text| id(spelling, text)).collect()
}

/// Whether the cells of a field hold an id.
pub(super) fn has_id(context: &Context<'_>, row: &Row<'_>, field: Field) -> bool {
    let spelling = context.crm().ids;
    let mut cells = context.cells(row, field);
    cells
        .any(|(_, cell)| cell.split(BETWEEN_IDS).any(|text| id(spelling, text).is_some()))
}

/// Rejects a cell of ids of which a spreadsheet has cut one.
fn reject_ruined(context: &mut Context<'_>, row: &Row<'_>, column: usize, cell: &str) {
    if let Some(text) = cell.split(BETWEEN_IDS).find(|text| is_ruined(text)) {
        context.reject_cell(row, column, &ruined(text.trim()));
    }
}

/// What is said of an id that a spreadsheet has cut.
fn ruined(text: &str) -> String {
    format!("a spreadsheet has cut the digits of the id \"{text}\"")
}

/// Whether a number of many digits was shortened by a spreadsheet.
fn is_ruined(text: &str) -> bool {
    let text = text.trim();
    let Some((front, power)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str, signs: &[u8]| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_digit() || signs.contains(&byte))
    };
    let has_sign = front.contains(['.', ',']) || power.starts_with('+');
    has_sign && is_number(front, b".,") && is_number(power.trim_start_matches('+'), b"")
}

/// The comparison form of an id; none where the cell holds none.
pub(super) fn id(spelling: Ids, text: &str) -> Option<Box<str>> {
    let text = text.trim().trim_start_matches('\'').trim();
    // `="004"` keeps Excel from dropping the zeros.
    let formula = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let text = formula.unwrap_or(text);
    if null::is_null_word(text) {
        return None;
    }
    Some(match spelling {
        Ids::Plain => text.into(),
        Ids::Salesforce if text.bytes().all(|byte| byte == b'0') => return None,
        Ids::Salesforce if text == "000000000000000AAA" => return None,
        Ids::Salesforce => salesforce(text),
        Ids::Zoho => text.strip_prefix("zcrm_").unwrap_or(text).into(),
        Ids::Guid => {
            text.trim_start_matches('{').trim_end_matches('}').to_ascii_lowercase().into()
        }
    })
}

/// The ids of the record in other CRMs; one whose digits are lost is rejected.
pub(super) fn other_ids(context: &mut Context<'_>, row: &Row<'_>) -> Vec<Box<str>> {
    let cells: Vec<(usize, &str)> = context.cells(row, Field::OtherId).collect();
    for (column, cell) in &cells {
        reject_ruined(context, row, *column, cell);
    }
    cells.into_iter().filter_map(|(_, cell)| other_id(cell)).collect()
}

/// The id of a record of another CRM, whose spelling the id itself tells.
fn other_id(text: &str) -> Option<Box<str>> {
    let is_salesforce = |id: &str| id.len() == 15 && id.starts_with("006");
    let id = id(Ids::Plain, text).filter(|text| !is_ruined(text))?;
    let id = id.strip_prefix("zcrm_").unwrap_or(&id);
    Some(if is_salesforce(id) { salesforce(id) } else { id.into() })
}

/// 15 characters with their checksum: for each block of five, a bit for every upper-case
/// letter, as one of 32 signs. Without it two ids may differ in case alone.
fn salesforce(text: &str) -> Box<str> {
    const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let bytes = text.as_bytes();
    if bytes.len() != 15 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return text.into();
    }
    let mut id = text.to_owned();
    for block in bytes.chunks(5) {
        let bits = block.iter().enumerate().fold(0_usize, |bits, (at, byte)| {
            bits | usize::from(byte.is_ascii_uppercase()) << at
        });
        id.push(char::from(SIGNS[bits]));
    }
    id.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_form() {
        let check = |spelling, text, expected: Option<&str>| {
            assert_eq!(id(spelling, text).as_deref(), expected, "{text:?}");
        };
        check(Ids::Salesforce, "0065g00000Opp02", Some("0065g00000Opp02AAB"));
        check(Ids::Salesforce, "0065g00000oPp02", Some("0065g00000oPp02AAC"));
        check(Ids::Salesforce, "0055g00000UserA", Some("0055g00000UserAAAR"));
        check(Ids::Salesforce, "0055g00000userA", Some("0055g00000userAAAQ"));
        check(Ids::Salesforce, "0065g00000Opp02AAB", Some("0065g00000Opp02AAB"));
        check(Ids::Salesforce, "000000000000000AAA", None);
        check(Ids::Salesforce, "#N/A", None);
        check(Ids::Zoho, "zcrm_554023000000520301", Some("554023000000520301"));
        check(
            Ids::Guid,
            "{8F1D2C3B-0000-4E5F-9A00-0000000001AB}",
            Some("8f1d2c3b-0000-4e5f-9a00-0000000001ab"),
        );
        check(Ids::Plain, "0042", Some("0042"));
        check(Ids::Plain, "=\"004\"", Some("004"));
    }

    #[test]
    fn a_relation_is_its_name() {
        let url = "Muster GmbH & Co. KG (https://www.notion.so/Muster-abc?pvs=21)";
        assert_eq!(without_address(url), "Muster GmbH & Co. KG");
        assert_eq!(without_address("Acme (EU)"), "Acme (EU)");
    }

    #[test]
    fn an_id_that_stands_for_a_record_is_made_of_its_name() {
        let check =
            |id, name, expected| assert_eq!(is_made_of(id, name), expected, "{id}");
        check("Annika Quillfeather", "Annika Quillfeather", true);
        check("Annika Quillfeather, Acme", "annika quillfeather", true);
        check("Annika Quillfeather #2", "Annika Quillfeather", true);
        check("Annika Quillfeather-Ray", "Annika Quillfeather", false);
        check("Ü", "U", false);
        check("40", "4", false);
        check("40", "", false);
    }

    #[test]
    fn an_erased_id_stays_what_it_is() {
        let erased = erased_id("Annika Quillfeather");
        assert!(is_erased_id(&erased) && erased.len() == 23, "{erased}");
        assert_eq!(erased_id(&erased), erased);
        assert_ne!(erased_id("Annika Quillfeather #2"), erased);
    }

    #[test]
    fn only_a_line_of_sums_is_refused() {
        let check = |first, others: &[&str], expected| {
            assert_eq!(is_sum(first, others), expected, "{first:?} {others:?}");
        };
        check("Total", &["Won", "300"], true);
        check("Gesamtsummen (2 Datensätze)", &[], true);
        check("Totaux généraux (2 enregistrements)", &[], true);
        check("Total (2 deals)", &["$300.00"], true);
        check("Totals (2)", &["Won", "300"], false);
        check("Sum of Amount", &["300", "1,5"], true);
        check("Average", &["150"], true);
        check("Count", &["2"], true);
        check("Records: 2", &[], true);
        check("Count", &["Won", "2"], false);
        check("Total Energies", &["300"], false);
        check("Average Joe", &[], false);
        check("Total (Energies)", &["300"], false);
    }

    #[test]
    fn a_number_with_an_exponent_is_no_id_any_more() {
        for text in ["5.54023E+17", "5,54E+17", "5E+17"] {
            assert!(is_ruined(text), "{text}");
        }
        for text in ["12E4", "00E5g", "5.54", "lead_1E+4", "e"] {
            assert!(!is_ruined(text), "{text}");
        }
    }

    #[test]
    fn stages_compare_without_signs() {
        assert_eq!(stage_key("Won 🎉"), "won");
        assert_eq!(stage_key("Closed-Lost to Competition"), "closed lost to competition");
        assert_eq!(stage_key("Vyhráno"), "vyhrano");
    }
}
