//! Whether the database says what is true of the world.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rusqlite::{Connection, OpenFlags};

use super::Failure;

/// What is compared, and how often it is right.
#[derive(Debug, Default)]
struct Found {
    posts: (usize, usize),
    deals: (usize, usize),
    leads: (usize, usize),
    connected: (usize, usize),
    /// Leads that are nobody's connection and were joined to one.
    wrong: usize,
}

/// Compares a database with the truth, and prints how often it is right; an error where a
/// post, deal or lead is missing or wrong, fewer than 97 % of the connections were joined,
/// or any was joined wrongly.
pub(crate) fn check(database: &Path, truth: &Path) -> Result<(), Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(database, flags)?;
    let known = Known::read(&connection)?;
    let mut found = Found::default();
    let mut members: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for record in csv::Reader::from_path(truth)?.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or("").to_owned();
        match &record[0] {
            "post" => {
                let is_right = known.posts.get(&cell(1)) == Some(&cell(2));
                found.posts.0 += usize::from(is_right);
                found.posts.1 += 1;
            }
            "deal" => {
                let expected = (cell(4).parse()?, cell(5));
                found.deals.0 +=
                    usize::from(known.deals.get(&cell(1)) == Some(&expected));
                found.deals.1 += 1;
            }
            _ => {
                let of_lead = members.entry(cell(1)).or_default();
                of_lead.0 = cell(3);
                of_lead.1.extend(Some(cell(2)).filter(|member| !member.is_empty()));
            }
        }
    }
    for (id, (_, members)) in members {
        found.leads.1 += 1;
        let Some((member, basis)) = known.leads.get(&id) else { continue };
        found.leads.0 += 1;
        let is_joined = !matches!(basis.as_deref(), None | Some("owner"));
        let is_right = member.as_ref().is_some_and(|member| members.contains(member));
        if members.is_empty() {
            found.wrong += usize::from(is_joined);
        } else {
            found.connected.1 += 1;
            found.connected.0 += usize::from(is_joined && is_right);
            found.wrong += usize::from(is_joined && !is_right);
        }
    }
    found.judge()
}

impl Found {
    fn judge(&self) -> Result<(), Failure> {
        let all = |(right, of): (usize, usize)| right == of;
        println!(
            "truth: {}/{} posts, {}/{} deals, {}/{} leads; {}/{} connections joined, {} wrongly",
            self.posts.0,
            self.posts.1,
            self.deals.0,
            self.deals.1,
            self.leads.0,
            self.leads.1,
            self.connected.0,
            self.connected.1,
            self.wrong
        );
        let is_right = all(self.posts)
            && all(self.deals)
            && all(self.leads)
            && self.connected.1 * 97 <= self.connected.0 * 100
            && self.wrong == 0;
        if is_right { Ok(()) } else { Err("the database is not true".into()) }
    }
}

struct Known {
    /// By URN: whose it is.
    posts: BTreeMap<String, String>,
    /// By id: minor units and currency.
    deals: BTreeMap<String, (i64, String)>,
    /// By id: member and basis.
    leads: BTreeMap<String, (Option<String>, Option<String>)>,
}

impl Known {
    fn read(connection: &Connection) -> Result<Self, Failure> {
        let mut posts =
            connection.prepare("select post_urn, ifnull(member, '') from v_posts")?;
        let posts = posts
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut deals = connection
            .prepare("select remote_id, amount_minor, currency from v_deals")?;
        let deals = deals
            .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
            .collect::<Result<_, _>>()?;
        let mut leads =
            connection.prepare("select remote_id, member, match_basis from v_leads")?;
        let leads = leads
            .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
            .collect::<Result<_, _>>()?;
        Ok(Self { posts, deals, leads })
    }
}
