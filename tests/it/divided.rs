//! An attribution that is divided by person, deal, journey and post equals one that is not.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::Timestamp;
use touchstone::{
    discover::{self, Limits},
    domain::{Currency, Rate, Rates},
    normalize::Settings,
    pipeline::{
        self, Attribution, Event, Imported, Look, PipelineError, Plan, Planned, Session,
        SpreadError,
        divided::{
            Attributing, ByConnection, ByDeal, ByJourney, ByPerson, ByPost, Frame, Group,
            identity_keys, read_study,
        },
    },
    recognize::Registry,
    resolve::Told,
    store::{Cells, Rows, Store},
};

use crate::{
    binary::samples,
    network::{Network, attribution, formats},
};

/// Tables by name, each of some parts.
type Tables = BTreeMap<&'static str, Vec<Rows>>;

fn whole(rows: &Rows, name: &str, row: usize) -> Option<i64> {
    let column = rows.columns.iter().find(|(own, _)| own == name).unwrap();
    let Cells::Integers(list) = &column.1 else { unreachable!("{column:?}") };
    list[row]
}

fn text<'a>(rows: &'a Rows, name: &str, row: usize) -> Option<&'a str> {
    let column = rows.columns.iter().find(|(own, _)| own == name).unwrap();
    let Cells::Texts(list) = &column.1 else { unreachable!("{column:?}") };
    list[row].as_deref()
}

/// The rows at these places, in their order.
fn taken(rows: &Rows, places: &[usize]) -> Rows {
    fn of<T: Clone>(list: &[T], places: &[usize]) -> Vec<T> {
        places.iter().map(|place| list[*place].clone()).collect()
    }
    let cells = |cells: &Cells| match cells {
        Cells::Integers(list) => Cells::Integers(of(list, places)),
        Cells::Reals(list) => Cells::Reals(of(list, places)),
        Cells::Texts(list) => Cells::Texts(of(list, places)),
    };
    let columns = rows.columns.iter();
    Rows { columns: columns.map(|(name, own)| (name.clone(), cells(own))).collect() }
}

fn joined(parts: &[Rows]) -> Option<Rows> {
    let mut all = parts.first()?.clone();
    for part in &parts[1..] {
        for ((_, all), (_, own)) in all.columns.iter_mut().zip(&part.columns) {
            match (all, own) {
                (Cells::Integers(all), Cells::Integers(own)) => all.extend(own),
                (Cells::Reals(all), Cells::Reals(own)) => all.extend(own),
                (Cells::Texts(all), Cells::Texts(own)) => all.extend(own.clone()),
                (all, own) => unreachable!("{all:?} and {own:?}"),
            }
        }
    }
    Some(all)
}

/// Puts the rows of one key into one part and together; the last parts hold the first keys,
/// and of rows with one key the last come first unless there is a second key.
fn shuffled(rows: &Rows, keys: &[&str], parts: usize) -> Vec<Rows> {
    let key = |row: usize| -> Vec<Option<i64>> {
        keys.iter().map(|name| whole(rows, name, row)).collect()
    };
    let mut places: Vec<usize> = (0..rows.len()).rev().collect();
    places.sort_by_key(|row| key(*row));
    let part_of = |row: &usize| {
        let key = usize::try_from(key(*row)[0].unwrap_or(0)).unwrap();
        parts - 1 - key % parts
    };
    let part = |part: usize| {
        let own: Vec<usize> =
            places.iter().copied().filter(|row| part_of(row) == part).collect();
        taken(rows, &own)
    };
    (0..parts).map(part).collect()
}

/// Goes through each part in batches of few rows, so that groups are cut.
fn gone_through<'a, G: Group>(
    parts: &[Rows],
    new: impl Fn() -> G + 'a,
    tables: &mut Tables,
) {
    const AT_ONCE: usize = 3;
    for part in parts {
        let mut group = new();
        let mut emit = |table, rows: Rows| tables.entry(table).or_default().push(rows);
        for from in (0..part.len()).step_by(AT_ONCE) {
            let to = part.len().min(from + AT_ONCE);
            let places: Vec<usize> = (from..to).collect();
            group.add(&taken(part, &places), &mut emit).unwrap();
        }
        group.finish(&mut emit);
    }
}

/// What one machine that reads everything reads.
fn read(paths: &[PathBuf]) -> (Plan, Imported, Tables) {
    let (named, _) = discover::named(paths).unwrap();
    let looks: Vec<Look> = named
        .iter()
        .map(|one| pipeline::look(one, &Registry::default(), Limits::default()))
        .collect();
    let plan = pipeline::plan(&looks);
    let (mut tables, mut imported) = (Tables::new(), Imported::default());
    for (at, one) in named.iter().enumerate() {
        let planned: Vec<Planned> =
            plan.files.iter().filter(|file| file.look == at).cloned().collect();
        let mut each = |table, rows| tables.entry(table).or_default().push(rows);
        let settings = Settings::plain();
        imported +=
            &pipeline::read(one, &planned, &settings, Limits::default(), &mut each)
                .unwrap();
    }
    (plan, imported, tables)
}

/// The identities of a column of tables.
fn named(tables: &Tables, named: &[(&str, &str)]) -> BTreeSet<i64> {
    let of_table = |(table, column): &(&str, &str)| -> Vec<i64> {
        let parts = tables.get(*table).into_iter().flatten();
        let of_part = |rows: &Rows| -> Vec<i64> {
            (0..rows.len()).filter_map(|row| whole(rows, column, row)).collect()
        };
        parts.flat_map(of_part).collect()
    };
    named.iter().flat_map(of_table).collect()
}

/// The identities that the driver must know, and for each identity the first that is alike.
fn reduced(tables: &Tables) -> (Rows, BTreeMap<i64, i64>) {
    let identities = joined(&tables["identities"]).unwrap();
    let keys = identity_keys(&identities).unwrap();
    let id = |row| whole(&identities, "identity_id", row).unwrap();
    let contacts = named(tables, &[("contacts", "identity_id")]);
    let (of_contacts, listed): (Vec<usize>, Vec<usize>) =
        (0..identities.len()).partition(|row| contacts.contains(&id(*row)));
    let mut alike: BTreeMap<&str, i64> = BTreeMap::new();
    let mut profiles: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for row in &listed {
        let first = alike.entry(text(&keys, "alike", *row).unwrap()).or_insert(i64::MAX);
        *first = id(*row).min(*first);
        if let Some(name) = text(&keys, "name_key", *row) {
            profiles.entry(name).or_default().insert(text(&keys, "profile", *row));
        }
    }
    let mut firsts: BTreeMap<i64, i64> = contacts.iter().map(|id| (*id, *id)).collect();
    let first = |row: &usize| (id(*row), alike[text(&keys, "alike", *row).unwrap()]);
    firsts.extend(listed.iter().map(first));
    let of_linkedin = [
        ("connections", "identity_id"),
        ("messages", "sender_id"),
        ("message_recipients", "identity_id"),
    ];
    let mut kept = named(tables, &of_linkedin);
    kept.extend(firsts.values());
    // Where one profile alone bears a name, files need not be told apart.
    let is_shared = |name: &&str| {
        let borne = profiles.get(name);
        borne.is_some_and(|all| 1 < all.len() || all.contains(&None))
    };
    let names: BTreeSet<&str> = of_contacts
        .iter()
        .filter_map(|row| text(&keys, "name_key", *row))
        .filter(is_shared)
        .collect();
    let is_kept = |row: &usize| {
        let name = text(&keys, "name_key", *row);
        kept.contains(&id(*row)) || name.is_some_and(|name| names.contains(name))
    };
    let kept: Vec<usize> = (0..identities.len()).filter(is_kept).collect();
    (taken(&identities, &kept), firsts)
}

/// One engagement a name of a post.
fn one_of_each(engagements: &Rows) -> Rows {
    let mut seen = BTreeSet::new();
    let is_new = |row: &usize| seen.insert(whole(engagements, "post_name_id", *row));
    taken(engagements, &(0..engagements.len()).filter(is_new).collect::<Vec<_>>())
}

/// The engagements whose persons and posts are known, and the other touches.
fn engaged(
    attributing: &Attributing,
    firsts: &BTreeMap<i64, i64>,
    tables: &Tables,
) -> Rows {
    let pairs = |rows: &Rows, key: &str, value: &str| -> BTreeMap<i64, i64> {
        let pair = |row| Some((whole(rows, key, row)?, whole(rows, value, row)?));
        (0..rows.len()).filter_map(pair).collect()
    };
    let persons = pairs(&attributing.persons(), "identity_id", "person");
    let posts = pairs(&attributing.posts(), "post_name_id", "post");
    let mut list: Vec<[Option<i64>; 7]> = Vec::new();
    if let Some(all) = tables.get("engagements").and_then(|parts| joined(parts)) {
        for row in 0..all.len() {
            let cell = |name: &str| whole(&all, name, row);
            let person = persons[&firsts[&cell("identity_id").unwrap()]];
            let Some(post) = posts.get(&cell("post_name_id").unwrap()) else { continue };
            list.push([
                Some(person),
                None,
                Some(*post),
                cell("kind"),
                cell("happened_ms"),
                cell("listed_ms"),
                cell("place"),
            ]);
        }
    }
    let others = attributing.other_touches();
    let names = ["person", "lead", "post", "kind", "touched_ms", "listed_ms", "place"];
    let mut evidence: Vec<Option<String>> = vec![None; list.len()];
    for row in 0..others.len() {
        list.push(names.map(|name| whole(&others, name, row)));
        evidence.push(text(&others, "evidence", row).map(str::to_owned));
    }
    let column = |(at, name): (usize, &&str)| {
        let cells = Cells::Integers(list.iter().map(|row| row[at]).collect());
        ((*name).to_owned(), cells)
    };
    let mut columns: Vec<(String, Cells)> =
        names.iter().enumerate().map(column).collect();
    columns.push(("evidence".to_owned(), Cells::Texts(evidence)));
    Rows { columns }
}

/// Adds up credits by post.
fn add_post_sums(
    attributing: &mut Attributing,
    frame: &Frame,
    credits: &Tables,
    parts: usize,
) {
    for (table, owner) in [("lead_shares", "lead_id"), ("deal_parts", "deal_id")] {
        let Some(all) = credits.get(table).and_then(|parts| joined(parts)) else {
            continue;
        };
        let mut sums = Tables::new();
        let by_post = shuffled(&all, &["post_id", owner], parts);
        gone_through(&by_post, || ByPost::new(frame), &mut sums);
        for rows in sums.get("post_sums").into_iter().flatten() {
            attributing.add("post_sums", rows).unwrap();
        }
    }
}

/// Attributes in so many parts; all tables of results.
fn divided(plan: &Plan, tables: &Tables, parts: usize, own: &Attribution) -> Tables {
    let attribution = || own.clone();
    let folder = tempfile::tempdir().unwrap();
    let (identities, firsts) = reduced(tables);
    let insert = |store: &Store| -> Result<(), PipelineError> {
        store.insert_rows("identities", &identities)?;
        for (table, list) in tables {
            for rows in list {
                match *table {
                    "identities" | "given_reactions" | "invitations" | "rejections"
                    | "notes" => {}
                    "engagements" => store.insert_rows(table, &one_of_each(rows))?,
                    _ => store.insert_rows(table, rows)?,
                }
            }
        }
        Ok(())
    };
    let database = folder.path().join("facts.db");
    let mut attributing =
        Attributing::new(&database, plan, attribution(), insert).unwrap();
    let frame = Frame::new(&attributing.frame(), attribution()).unwrap();
    let mut made = Tables::new();
    let study = read_study(&attributing.study()).unwrap();
    gone_through(
        &shuffled(&attributing.connections(), &["person"], parts),
        || ByConnection::new(&study),
        &mut made,
    );
    let engaged = engaged(&attributing, &firsts, tables);
    gone_through(
        &shuffled(&engaged, &["person", "post", "kind"], parts),
        || ByPerson::new(&frame),
        &mut made,
    );
    if let Some(touches) = made.get("deal_touches").and_then(|parts| joined(parts)) {
        let touches = shuffled(&touches, &["deal"], parts);
        gone_through(&touches, || ByDeal::new(&frame), &mut made);
    }
    for (table, list) in &made {
        for rows in list {
            attributing.add(table, rows).unwrap();
        }
    }
    let frame = Frame::new(&attributing.frame(), attribution()).unwrap();
    let learning = frame.to_learn();
    let mut credits = Tables::new();
    if let Some(journeys) = made.get("journeys").and_then(|parts| joined(parts)) {
        let one = std::slice::from_ref(&journeys);
        gone_through(one, || ByJourney::new(&frame, &learning), &mut credits);
    }
    for table in ["evidence_sums", "post_sums"] {
        for rows in credits.get(table).into_iter().flatten() {
            attributing.add(table, rows).unwrap();
        }
    }
    add_post_sums(&mut attributing, &frame, &credits, parts);
    let mut results = Tables::new();
    let mut each = |table, rows| results.entry(table).or_default().push(rows);
    attributing.finish(&mut each).unwrap();
    for (table, list) in made.into_iter().chain(credits) {
        if ["touches", "lead_shares", "deal_parts"].contains(&table) {
            results.entry(table).or_default().extend(list);
        }
    }
    results
}

fn collect(
    place: &Network,
    (plan, imported): (&Plan, &Imported),
    tables: &[&Tables],
) -> Result<Imported, SpreadError> {
    let session = Session {
        database: &place.database(),
        now: &|| Timestamp::UNIX_EPOCH,
        holder: "a test",
        threads: 1,
        observer: &|_: Event<'_>| {},
    };
    pipeline::collect(&session, plan, imported, None, |store: &Store| {
        for (table, parts) in tables.iter().copied().flatten() {
            for rows in parts {
                store.insert_rows(table, rows).map_err(PipelineError::from)?;
            }
        }
        Ok(())
    })
}

fn check(paths: &[PathBuf], rates: &Rates, told: &Told) {
    let mut network = Network::new();
    network.rates = rates.clone();
    network.told = told.clone();
    network.run(paths);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let expected = sorted(&network.views_but(&["v_runs"]));
    let (plan, imported, tables) = read(paths);
    let own = Attribution { rates: rates.clone(), told: told.clone(), ..attribution() };
    for parts in [1, 2, 7] {
        let results = divided(&plan, &tables, parts, &own);
        let place = Network::new();
        collect(&place, (&plan, &imported), &[&tables, &results]).unwrap();
        let found = sorted(&place.views_but(&["v_runs"]));
        let differ = expected.iter().zip(&found).find(|(one, other)| one != other);
        assert_eq!(differ, None, "{parts} parts");
        assert_eq!(found.len(), expected.len(), "{parts} parts");
    }
}

#[test]
fn samples_are_attributed_the_same_in_parts() {
    check(&[samples()], &Rates::default(), &Told::default());
}

#[test]
fn all_formats_are_attributed_the_same_in_parts() {
    check(&formats(&["linkedin", "crm"]), &Rates::default(), &Told::default());
}

#[test]
fn converted_deals_are_attributed_the_same_in_parts() {
    let of = |code| Currency::from_code(code).unwrap();
    let rate = Rate::from_text("0.6137").unwrap();
    let rates = Rates::new(of("EUR"), BTreeMap::from([(of("AUD"), rate)]));
    check(&[samples()], &rates, &Told::default());
}

#[test]
fn what_is_said_of_persons_counts_the_same_in_parts() {
    let told = crate::who_is_who::told(
        "country = \"AU\"
        [same-person]
        200002 = \"https://www.linkedin.com/in/asta-ambrey-85b\"
        [other-person]
        200001 = \"https://www.linkedin.com/in/asta-ambrey-85b\"
        [[copy]]
        system = \"pipedrive\"
        of = \"hubspot\"\n",
    );
    check(&[samples()], &Rates::default(), &told);
    check(&formats(&["linkedin", "crm"]), &Rates::default(), &told);
}

/// Lists that name people without a profile, each in two files, and a CRM that knows some.
#[test]
fn people_without_a_profile_are_told_apart_in_parts() {
    const CRM: &str =
        "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,\
                       Create Date,LinkedIn URL,Company name
1,Ana,Weber,,,Lead,2024-09-01 10:00,,Weber Bau
2,Ivo,Brand,,,Lead,2024-09-01 10:00,,Brand Bau
3,Joel,Stone,,,Lead,2024-09-01 10:00,https://www.linkedin.com/in/joel-stone,Stone Bau
4,Nora,Keel,,,Lead,2024-09-01 10:00,,Keel Bau
";
    const LIST: &str =
        "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n";
    const POST: &str =
        "https://www.linkedin.com/feed/update/urn:li:activity:7217256037333749760/";
    let list = |people: &[(&str, &str)]| {
        let rows = people.iter().map(|(slug, name)| {
            let url = format!("https://www.linkedin.com/in/{slug}");
            let url = if slug.is_empty() { "" } else { &url };
            let last = name.split(' ').next_back().unwrap();
            format!("{url},{name},,CEO at {last} Bau,LIKE,,{POST},2026-01-04T10:00:00Z\n")
        });
        [LIST.to_owned(), rows.collect()].concat()
    };
    let place = Network::new();
    let both = [
        ("", "Mara Quill"),
        ("", "Ana Weber"),
        ("ivo-brand", "Ivo Brand"),
        ("nora-keel", "Nora Keel"),
    ];
    // A file that names two of one name says that they are two, whichever is numbered first.
    let one = [("joel-stone", "Joel Stone"), ("", "Nora Keel")];
    let other = [("", "Ivo Brand")];
    let paths = [
        place.write("a-contacts.csv", CRM),
        place.write("b-likers.csv", list(&[both.as_slice(), &one].concat())),
        place.write("c-likers.csv", list(&[both.as_slice(), &other].concat())),
    ];
    let apart = crate::who_is_who::told(
        "[other-person]\n3 = \"https://www.linkedin.com/in/joel-stone\"\n",
    );
    check(&paths, &Rates::default(), &Told::default());
    check(&paths, &Rates::default(), &apart);
}

#[test]
fn rows_of_another_release_are_refused_by_the_name_of_the_column() {
    let rows =
        Rows { columns: vec![("identity_id".to_owned(), Cells::Integers(vec![]))] };
    let error = identity_keys(&rows).unwrap_err();
    assert!(error.to_string().contains("the column profile is missing"), "{error}");
}
