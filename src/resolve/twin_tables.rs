//! Two tables that are no CRM's and list the same sales, as one of payments does beside one of
//! deals.
//! Nothing but their facts says so, so that both count, and it is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Exports,
    leads::Leads,
    spaces::{base_system, is_nobodys, unnumbered},
    twins::{Trait, traits},
};
use crate::domain::{Ambiguity, DealStatus, DealSummary, Moment, Place, count};

/// Fewer deals than this may be alike by chance.
const FEWEST: usize = 2;

/// Two tables, as numbers of files, and which deals of each the other has, too.
type Pairs = BTreeMap<[u32; 2], [BTreeSet<usize>; 2]>;

/// Says once of two tables of nobody's how many won deals of the smaller one have the amount of
/// one in the other, and its person, or its name where no persons tell: where these are half of
/// them. Tables of the same columns are parts of one list, as are those whose names differ by
/// number and day alone: in it the day must be the same, too.
pub(super) fn note(
    exports: &Exports<'_>,
    leads: &Leads<'_>,
    deals: &[DealSummary],
    ambiguities: &mut Vec<Ambiguity>,
) {
    let systems: BTreeSet<&str> =
        deals.iter().map(|deal| base_system(&deal.source_system)).collect();
    let nobodys: BTreeSet<&str> =
        systems.into_iter().filter(|system| is_nobodys(system)).collect();
    let is_wanted = |deal: &&DealSummary| {
        deal.status == DealStatus::Won
            && deal.amount_minor.is_some_and(|it| it != 0)
            && nobodys.contains(base_system(&deal.source_system))
    };
    let file_of = |deal: &DealSummary| deal.place.source_file_id();
    let mut won: BTreeMap<u32, (usize, Place)> = BTreeMap::new();
    let mut systems: BTreeSet<&str> = BTreeSet::new();
    for deal in deals.iter().filter(is_wanted) {
        won.entry(file_of(deal)).or_insert((0, deal.place)).0 += 1;
        systems.insert(base_system(&deal.source_system));
    }
    if systems.len() == won.len() {
        return;
    }
    let mut alike: BTreeMap<_, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
    for (at, deal) in deals.iter().enumerate().filter(|(_, deal)| is_wanted(deal)) {
        let system = base_system(&deal.source_system);
        let worth = (system, deal.amount_minor, deal.currency);
        let day = deal.closed_at.map(Moment::day);
        for own in traits(leads, deal) {
            for day in BTreeSet::from([None, day]) {
                let tables = alike.entry((worth, own.clone(), day)).or_default();
                tables.entry(file_of(deal)).or_default().push(at);
            }
        }
    }
    let is_one_list = |files: [u32; 2]| {
        let [one, other] = files.map(|file| exports.file(won[&file].1));
        (one.format == other.format && one.fields == other.fields)
            || unnumbered(&one.name) == unnumbered(&other.name)
    };
    let mut pairs = Pairs::new();
    for ((_, own, day), tables) in alike {
        let is_named = matches!(own, Trait::Name(_));
        for (file, ones) in &tables {
            for (other, others) in tables.range(file + 1..) {
                if is_one_list([*file, *other]) == day.is_some() {
                    let found = pairs.entry([*file, *other]).or_default();
                    found[0].extend(meeting(deals, ones, others, is_named));
                    found[1].extend(meeting(deals, others, ones, is_named));
                }
            }
        }
    }
    for (files, found) in pairs {
        let mut sides = files.map(|file| {
            let (count, place) = won[&file];
            (count, &*exports.file(place).name)
        });
        sides.sort_unstable();
        let [(all, file), (_, other)] = sides;
        let count = found.iter().map(BTreeSet::len).min().unwrap_or(0);
        if FEWEST <= count && all <= count * 2 {
            ambiguities.push(said((count, all), [file, other]));
        }
    }
}

/// Those of some deals that one of the others may be: of deals that have persons, these tell, and
/// not their names.
fn meeting<'a>(
    deals: &'a [DealSummary],
    own: &'a [usize],
    others: &[usize],
    is_named: bool,
) -> impl Iterator<Item = usize> + 'a {
    let is_of_nobody = |at: &usize| deals[*at].leads.is_empty();
    let is_any = !is_named || others.iter().any(is_of_nobody);
    own.iter().copied().filter(move |at| is_any || is_of_nobody(at))
}

fn said((twins, all): (usize, usize), [file, other]: [&str; 2]) -> Ambiguity {
    let have = if twins == 1 { "has" } else { "have" };
    let text = format!(
        "{twins} of {} in {file} {have} the amount and the person or name of one in {other}; \
         nothing says that they are one, so both count: leave one table out, or give one \
         a format of its own, and [[copy]] in the configuration says that it holds copies",
        count(all as u64, "won deal", "won deals")
    );
    Ambiguity::open(format!("{file} and {other}"), text)
}
