//! The same facts in many spellings give the same records.

use crate::network::Network;

/// A public data set's columns, with invented rows; amounts and dates are spelled by each
/// test.
const HEADER: [&str; 7] = [
    "opportunity_id",
    "sales_agent",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
];

/// Id, stage, the days of both dates, and the amount in hundredths; empty where there is
/// none.
const ROWS: [[&str; 5]; 4] = [
    ["1C1I7A6R", "Won", "2016-10-20", "2017-03-01", "1054050"],
    ["Z063OYW0", "Lost", "2016-10-25", "2017-03-21", "0"],
    ["EC4QE1BX", "Engaging", "2016-11-02", "", ""],
    ["MV1LWRNH", "Won", "2016-12-24", "2017-02-03", "98700"],
];

const EXPECTED: &str = "1C1I7A6R | won | 1054050 | 2016-10-20 | 2017-03-01
EC4QE1BX | open | - | 2016-11-02 | -
MV1LWRNH | won | 98700 | 2016-12-24 | 2017-02-03
Z063OYW0 | lost | 0 | 2016-10-25 | 2017-03-21
";

struct Spelling {
    separator: &'static str,
    header: fn(&str) -> String,
    date: fn([&str; 3]) -> String,
    amount: fn(&str, &str) -> String,
}

/// As it is published.
const PLAIN: Spelling = Spelling {
    separator: ",",
    header: str::to_owned,
    date: |[year, month, day]| format!("{year}-{month}-{day}"),
    amount: |whole, cents| format!("{whole}.{cents}"),
};

impl Spelling {
    fn table(&self) -> String {
        let date = |text: &str| {
            let parts: Vec<&str> = text.split('-').collect();
            parts.try_into().map_or(String::new(), self.date)
        };
        let amount = |text: &str| {
            if text.is_empty() {
                return String::new();
            }
            let padded = format!("{text:0>3}");
            let (whole, cents) = padded.split_at(padded.len() - 2);
            (self.amount)(whole, cents)
        };
        let mut lines = vec![HEADER.map(self.header).join(self.separator)];
        for [id, stage, engaged, closed, hundredths] in ROWS {
            let (engaged, closed) = (date(engaged), date(closed));
            let cells = [id, "Moses Frase", "Cancity", stage, &engaged, &closed];
            let cells = cells.join(self.separator);
            lines.push(format!("{cells}{}{}", self.separator, amount(hundredths)));
        }
        lines.join("\r\n")
    }
}

/// A whole number in groups of three.
fn grouped(whole: &str, mark: &str) -> String {
    let from = whole.len() % 3;
    let (first, rest) = whole.split_at(from);
    let groups = rest.as_bytes().chunks(3).map(|part| std::str::from_utf8(part).unwrap());
    let groups: Vec<&str> =
        [first].into_iter().filter(|part| !part.is_empty()).chain(groups).collect();
    groups.join(mark)
}

fn check(name: &str, table: impl AsRef<[u8]>, rejected: &str) {
    let network = Network::new();
    let path = network.write(name, table);
    network.run(&[path]);
    let deals = "select remote_id, status, amount_minor, created_at, closed_at
        from v_deals order by remote_id";
    assert_eq!(network.query(deals), EXPECTED, "{name}");
    assert_eq!(network.query("select text from v_rejections"), rejected, "{name}");
}

#[test]
fn deals_are_the_same_however_they_are_written() {
    check("plain.csv", PLAIN.table(), "");
    check("mark.csv", format!("\u{feff}{}", PLAIN.table()), "");
    let german = Spelling {
        separator: ";",
        date: |[year, month, day]| format!("{day}.{month}.{year}"),
        amount: |whole, cents| format!("{},{cents}", grouped(whole, ".")),
        ..PLAIN
    };
    check("german.csv", german.table(), "");
    let american = Spelling {
        separator: "\t",
        date: |[year, month, day]| format!("{month}/{day}/{year}"),
        amount: |whole, cents| format!("${}.{cents}", grouped(whole, ",")),
        ..PLAIN
    };
    check("american.txt", american.table(), "");
    let french = Spelling {
        separator: "|",
        date: |[year, month, day]| format!("{day}/{month}/{year}"),
        amount: |whole, cents| format!("{},{cents}\u{a0}€", grouped(whole, "\u{202f}")),
        ..PLAIN
    };
    let wide: Vec<u8> = format!("\u{feff}{}", french.table())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check("french.csv", wide, "");
    let swiss = Spelling {
        date: |[year, month, day]| format!("{year}-{month}-{day}T00:00:00Z"),
        amount: |whole, cents| format!("CHF {}.{cents}", grouped(whole, "'")),
        ..PLAIN
    };
    let table = swiss.table();
    let network = Network::new();
    network.run(&[network.write("swiss.csv", table)]);
    assert_eq!(
        network.query(
            "select sum(amount_minor), currency from v_deals where amount_minor > 0"
        ),
        "1152750 | CHF\n"
    );
}

#[test]
fn headers_are_the_same_however_their_words_are_joined() {
    let check = |name: &str, header: fn(&str) -> String| {
        check(name, Spelling { header, ..PLAIN }.table(), "");
    };
    check("upper.csv", str::to_uppercase);
    check("words.csv", |name| name.replace('_', " "));
    check("hyphens.csv", |name| name.replace('_', "-"));
    check("camel.csv", |name| {
        let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
        words.collect()
    });
}

#[test]
fn what_stands_around_the_rows_is_no_deal() {
    let table = PLAIN.table();
    check("notes.csv", format!("Sales report\r\n\r\n{table}"), "");
    for word in ["Total", "Gesamt", "Somme", "Suma"] {
        let sum = format!("{word},,,,,,11527.50");
        check("sum.csv", format!("{table}\r\n{sum}\r\n"), &format!("{sum}\n"));
    }
}

#[test]
fn the_currency_that_a_header_names_is_that_of_its_amounts_and_said() {
    let network = Network::new();
    let table = "Opportunity Number,Opportunity Result,Opportunity Amount USD\n\
                 7,Won,1200\n8,Loss,30\n";
    network.run(&[network.write("pipeline.csv", table)]);
    assert_eq!(
        network.query(
            "select remote_id, status, amount_minor, currency from v_deals order by 1"
        ),
        "7 | won | 120000 | USD\n8 | lost | 3000 | USD\n"
    );
    assert_eq!(
        network.query("select text from notes"),
        "2 amounts have the currency that their header names\n"
    );
}
