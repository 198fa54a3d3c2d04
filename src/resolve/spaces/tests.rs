use proptest::prelude::*;

use super::*;
use crate::domain::{Contact, ExportInfo, Identity, IdentityId, LeadStatus, SourceFile};

/// Files of lists, each with the ids and the names of its rows.
type Lists = Vec<(String, Vec<(u8, u8)>)>;

/// What files of lists state, that have these numbers.
fn read(lists: &Lists, order: &[usize]) -> (Vec<SourceFile>, Facts) {
    let mut files = Vec::new();
    let mut facts = Facts::default();
    for (number, at) in (1_u32..).zip(order) {
        let (name, rows) = &lists[*at];
        files.push(SourceFile {
            source_file_id: number,
            export: ExportInfo {
                export_id: i64::from(number),
                name: name.as_str().into(),
                content_key: name.as_str().into(),
                is_archive: false,
                exported_on: None,
                member_number: None,
            },
            name: name.as_str().into(),
            format: "generic-leads".into(),
            sha256: name.as_str().into(),
            fields: Vec::new(),
            newest_ms: None,
            rows_read: 0,
            rows_kept: 0,
            rows_rejected: 0,
        });
        for (line, (id, person)) in (2_u32..).zip(rows) {
            let identity = IdentityId::new(number, line);
            let full_name = (*person != 0).then(|| format!("Anna {}", called(*person)));
            let stated = Identity { full_name, ..Identity::default() };
            facts.identities.push(identity, &stated);
            facts.contacts.push(Contact {
                place: Place::new(number, u64::from(line), 0),
                remote_id: id.to_string().into(),
                identity,
                created_at: None,
                changed_at: None,
                status: LeadStatus::Open,
                owner: None,
                is_converted: false,
                converted_at: None,
            });
        }
    }
    facts.sort();
    (files, facts)
}

/// The system of each list, where the files have these numbers.
fn systems(lists: &Lists, order: &[usize]) -> BTreeMap<String, String> {
    let (files, facts) = read(lists, order);
    let exports = Exports::of(&files, &facts);
    let system = |file: &SourceFile| {
        exports.system(Place::new(file.source_file_id, 2, 0), Subject::Contact).to_owned()
    };
    files.iter().map(|file| (file.name.to_string(), system(file))).collect()
}

/// A last name, in letters.
fn called(person: u8) -> String {
    person.to_string().chars().map(|digit| char::from(digit as u8 + 49)).collect()
}

fn lists() -> impl Strategy<Value = Lists> {
    let rows = prop::collection::vec((0_u8..6, 0_u8..4), 1..8);
    let names = prop::sample::select(vec!["leads", "customers", "a/leads", "export"]);
    prop::collection::vec((names, rows), 2..7).prop_map(|lists| {
        let numbered = lists.into_iter().enumerate();
        numbered.map(|(at, (name, rows))| (format!("{name}-{at}.csv"), rows)).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_files_decides_nothing(
        (lists, order) in lists().prop_flat_map(|lists| {
            let order: Vec<usize> = (0..lists.len()).collect();
            (Just(lists), Just(order).prop_shuffle())
        }),
    ) {
        let straight: Vec<usize> = (0..lists.len()).collect();
        prop_assert_eq!(systems(&lists, &straight), systems(&lists, &order));
    }

    #[test]
    fn lists_of_other_people_are_apart_and_nights_of_each_are_one(
        nights in 1_usize..5, people in 1_u8..30,
    ) {
        let list = |first: u8| (1..=people).map(|id| (id, first + id)).collect::<Vec<_>>();
        let mut lists = Lists::new();
        for night in 1..=nights {
            lists.push((format!("leads-2025-01-0{night}.csv"), list(0)));
            lists.push((format!("customers-2025-01-0{night}.csv"), list(100)));
        }
        let order: Vec<usize> = (0..lists.len()).collect();
        for (file, system) in systems(&lists, &order) {
            let name = file.split('-').next().unwrap();
            prop_assert_eq!(system, format!("generic:{name}"));
        }
    }
}

#[test]
fn a_table_is_compared_with_few_others() {
    let list = |at: u8| (format!("{}.csv", called(at)), vec![(1, at)]);
    let lists: Lists = (1..=60).map(list).collect();
    let order: Vec<usize> = (0..lists.len()).collect();
    let (files, facts) = read(&lists, &order);
    let exports = Exports::new(&files);
    let rows = facts.contacts.iter().enumerate().map(|(at, one)| {
        let table = exports.position(one.place.source_file_id());
        Row { id: &one.remote_id, table: u32::try_from(table).unwrap(), at }
    });
    let tables = Tables::new(&exports, &facts, Subject::Contact, rows.collect());
    let votes = tables.join(&exports, &mut UnionFind::new(lists.len()));
    assert!(votes.len() <= lists.len() * MOST_COMPARED, "{}", votes.len());
    let apart: BTreeSet<String> = systems(&lists, &order).into_values().collect();
    assert_eq!(apart.len(), lists.len());
}

#[test]
fn a_table_is_called_by_its_name_without_day_and_number() {
    let check = |name, expected| assert_eq!(table_name(name), expected, "{name}");
    check("leads-2025-01-31.csv", "leads");
    check("2025-01-31/CRM Export (2).csv", "crm-export");
    check("book.xlsx/Sheet1", "book-sheet");
    check("all.zip/Kunden.csv", "kunden");
    check("2025.csv", "table");
}
