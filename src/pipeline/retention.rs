//! What is older than a day leaves the database: persons of whom nothing newer is stated,
//! and old messages, invitations, activities and comments. Amounts, counts and dates stay.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, Timestamp, civil::Date};
use rustc_hash::FxHashMap;

use super::{Event, Observer, PipelineError, forgotten::ERASED, ids};
use crate::{
    domain::{
        EngagementKind, Identity, IdentityId, LinkKind, Loaded, Moment, PersonIndex,
        Place, PostName, StatedId, StatementKind, Subject, UnixMs, count,
    },
    normalize,
    resolve::{self, Exports, Resolved, Told},
    store::{Erasure, Store, StoreError},
};

/// What a run may keep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retention<'a> {
    /// Days that personal data is kept; none for as long as the database.
    pub(super) days: Option<u32>,
    /// What they are counted back from; else the newest instant of the exports.
    pub(super) as_of: Option<Timestamp>,
    /// What the configuration says of who is who.
    pub(super) told: Option<&'a Told>,
    /// The first file that this run read.
    pub(super) first_new_file: u32,
}

/// Deletes what is older than may be kept, whichever file stated it and whenever it was
/// read; whether anything was there.
pub(super) fn purge(
    store: &Store,
    retention: &Retention<'_>,
    observer: Observer<'_>,
) -> Result<bool, PipelineError> {
    let stored = store.deleted_before()?;
    if retention.days.is_none() && stored.is_none() {
        return Ok(false);
    }
    let files = store.source_files()?;
    let newest = Exports::new(&files).newest_ms();
    let newest = newest.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let as_of = retention.as_of.or(newest);
    let asked = retention.days.zip(as_of).and_then(|(days, as_of)| {
        let day = Moment::Instant(as_of).day();
        day.checked_sub(Span::new().days(i64::from(days))).ok()
    });
    let Some(before) = stored.max(asked) else { return Ok(false) };
    if stored == Some(before) && store.last_source_file()? < retention.first_new_file {
        return Ok(false);
    }
    observer(Event::Begin { stage: "retention", total: 0 });
    let loaded = store.load()?;
    let exports = Exports::of(&loaded.files, &loaded.facts);
    let resolved = resolve::resolve(&loaded, retention.told.unwrap_or(&Told::default()));
    let known = Known {
        newest: newest_by_person(&loaded, &exports, &resolved),
        limit_ms: Moment::Day(before).start().as_millisecond(),
        loaded: &loaded,
        exports,
        resolved: &resolved,
    };
    let mut old = known.old();
    known.add_engagements(&mut old, retention, stored);
    let texts = known.rejection_texts(store, &old)?;
    store.erase(&old.erasure)?;
    for id in &texts {
        store.replace_rejection_text(*id, ERASED)?;
    }
    for (file, number) in &old.left_out {
        let were = if *number == 1 { "was" } else { "were" };
        let note = format!(
            "{} from before {before} {were} left out: personal data from before that day was \
             deleted",
            count(*number, "engagement", "engagements")
        );
        store.insert_notes(*file, &[note])?;
    }
    store.keep_deleted_before(before)?;
    let statements = old.erasure.facts.len() + old.erasure.links.len() + texts.len();
    let counts = [
        ("persons deleted", old.persons.len() as u64),
        ("statements deleted", statements as u64),
        ("deals that lose a name", old.erasure.deals.len() as u64),
    ];
    observer(Event::End { stage: "retention", counts: &counts });
    let has_deleted =
        counts.iter().any(|(_, count)| 0 < *count) || !old.erasure.ids.is_empty();
    if has_deleted || stored != Some(before) {
        store.delete_made_of()?;
    }
    Ok(has_deleted)
}

/// By person: the newest instant at which something is stated of them.
fn newest_by_person(
    loaded: &Loaded,
    exports: &Exports<'_>,
    resolved: &Resolved,
) -> Vec<Option<i64>> {
    let facts = &loaded.facts;
    let persons = &resolved.persons;
    let mut newest = vec![None; persons.len()];
    // What states no time of its own is as old as its file.
    let mut see = |person: PersonIndex, place: Place, stated: Option<i64>| {
        let at = stated.or_else(|| exports.changed_ms(place, None));
        let own = &mut newest[person.index()];
        *own = at.max(*own);
    };
    for one in &facts.connections {
        if let Some(identity) = one.identity {
            see(persons.of(identity), one.place, None);
        }
    }
    for one in &facts.invitations {
        let at = one.sent_on.map(|day| milliseconds(Moment::Day(day)));
        see(persons.of(one.identity), one.place, at);
    }
    for one in &facts.messages {
        let at = one.sent_at.map(Timestamp::as_millisecond);
        for identity in one.sender.iter().chain(&one.recipients) {
            see(persons.of(*identity), one.place, at);
        }
    }
    for one in facts.engagements.iter() {
        let at = one.happened_ms.or(one.listed_ms).map(UnixMs::get);
        see(persons.of(one.identity()), one.place, at);
    }
    let mut records: FxHashMap<(&str, &str), PersonIndex> = FxHashMap::default();
    for one in &facts.contacts {
        let person = persons.of(one.identity);
        let stated = [one.created_at, one.changed_at, one.converted_at];
        see(person, one.place, stated.into_iter().flatten().map(milliseconds).max());
        let system = exports.system(one.place, Subject::Contact);
        records.insert((system, &*one.remote_id), person);
    }
    for one in &facts.statements {
        let Some(at) = one.happened_at.map(milliseconds) else { continue };
        for id in one.contacts() {
            let Some(system) = exports.holder(one.place, Subject::Contact, id) else {
                continue;
            };
            if let Some(person) = records.get(&(system, id)) {
                see(*person, one.place, Some(at));
            }
        }
    }
    for deal in &resolved.deals {
        let stated = [deal.created_at, deal.closed_at].into_iter().flatten();
        let at = stated.map(milliseconds).max();
        for one in &deal.leads {
            see(resolved.leads[one.lead.index()].person, deal.place, at);
        }
    }
    // Whoever gave their archive knows of it.
    for person in resolved.member_persons.iter().flatten() {
        newest[person.index()] = Some(i64::MAX);
    }
    newest
}

fn milliseconds(moment: Moment) -> i64 {
    moment.start().as_millisecond()
}

/// What is known, and the first instant of which everything is kept.
struct Known<'a> {
    newest: Vec<Option<i64>>,
    limit_ms: i64,
    loaded: &'a Loaded,
    exports: Exports<'a>,
    resolved: &'a Resolved,
}

/// What goes.
#[derive(Default)]
struct Old {
    persons: BTreeSet<PersonIndex>,
    /// Their identities.
    identities: BTreeSet<IdentityId>,
    erasure: Erasure,
    /// Lines of records that lose whom they are about: file and line.
    lines: BTreeSet<(u32, u64)>,
    /// By file that is new: engagements that are not taken any more.
    left_out: BTreeMap<u32, u64>,
}

impl Known<'_> {
    fn is_old(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| at < self.limit_ms)
    }

    /// A statement is as old as it says, else as its file.
    fn is_old_at(&self, place: Place, stated: Option<i64>) -> bool {
        self.is_old(stated.or_else(|| self.exports.changed_ms(place, None)))
    }

    fn old(&self) -> Old {
        let mut old = Old::default();
        for (id, identity) in self.loaded.facts.identities.iter() {
            let person = self.resolved.persons.of(id);
            let is_named = identity != Identity::default();
            if is_named && self.is_old(self.newest[person.index()]) {
                old.persons.insert(person);
                old.identities.insert(id);
            }
        }
        old.erasure.identities = old.identities.iter().copied().collect();
        self.add_statements(&mut old);
        let mut records = self.add_contacts(&mut old);
        records.extend(self.add_deals(&mut old));
        records.extend(self.references());
        self.add_words(&mut old);
        ids::erase(&self.loaded.facts, &self.exports, &records, &mut old.erasure);
        old
    }

    /// Connections of those who go, and all old messages, invitations, activities, comments.
    fn add_statements(&self, old: &mut Old) {
        let facts = &self.loaded.facts;
        let goes = |id: IdentityId| old.identities.contains(&id);
        let erased = &mut old.erasure.facts;
        let connections =
            facts.connections.iter().filter(|one| one.identity.is_some_and(goes));
        erased.extend(connections.map(|one| ("connections", one.place)));
        for one in &facts.invitations {
            let at = one.sent_on.map(|day| milliseconds(Moment::Day(day)));
            if self.is_old_at(one.place, at) {
                erased.push(("invitations", one.place));
            }
        }
        for one in &facts.messages {
            if self.is_old_at(one.place, one.sent_at.map(Timestamp::as_millisecond)) {
                let tables = ["message_recipients", "message_posts", "messages"];
                erased.extend(tables.map(|table| (table, one.place)));
            }
        }
        for one in &facts.own_comments {
            if self.is_old_at(one.place, one.commented_at.map(Timestamp::as_millisecond))
            {
                erased.push(("own_comments", one.place));
            }
        }
        for one in &facts.statements {
            let at = one.happened_at.map(milliseconds);
            if one.kind == StatementKind::Activity && self.is_old_at(one.place, at) {
                erased.push(("statements", one.place));
            }
        }
    }

    /// Records stay with their ids, dates and states; those whose ids name the person.
    fn add_contacts(&self, old: &mut Old) -> BTreeSet<(&str, &str)> {
        let mut records = BTreeSet::new();
        let facts = &self.loaded.facts;
        for one in &facts.contacts {
            if old.identities.contains(&one.identity) {
                old.lines.insert(line(one.place));
                let system = self.exports.system(one.place, Subject::Contact);
                old.erasure.changes.push((system.to_owned(), one.remote_id.to_string()));
                let identity = facts.identities.get(one.identity);
                if identity.is_some_and(|identity| ids::is_of(&one.remote_id, identity)) {
                    records.insert((system, &*one.remote_id));
                }
            }
        }
        records
    }

    /// Deals of which nothing newer is stated, and whose persons are all gone or none; those
    /// whose ids are made of their names.
    fn add_deals(&self, old: &mut Old) -> BTreeSet<(&str, &str)> {
        let mut records = BTreeSet::new();
        let is_gone = |person: PersonIndex| self.is_old(self.newest[person.index()]);
        let mut goes: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for deal in &self.resolved.deals {
            let stated = [deal.created_at, deal.closed_at].into_iter().flatten();
            let at = stated.map(milliseconds).max();
            let mut persons =
                deal.leads.iter().map(|one| self.resolved.leads[one.lead.index()].person);
            let is_gone = self.is_old_at(deal.place, at) && persons.all(is_gone);
            goes.insert((&deal.source_system, &deal.remote_id), is_gone);
        }
        let facts = &self.loaded.facts;
        let merged: BTreeMap<_, _> =
            resolve::merged(&self.exports, facts, Subject::Deal).into_iter().collect();
        for deal in &facts.deals {
            let system = self.exports.system(deal.place, Subject::Deal);
            let own = (system, &*deal.remote_id);
            let now = merged.get(&(own.0.into(), own.1.into()));
            let key = now.map_or(own, |(system, id)| (&**system, &**id));
            // One that was deleted, or is a copy of another, is as old as it says itself.
            let stated = [deal.created_at, deal.closed_at].into_iter().flatten();
            let at = stated.map(milliseconds).max();
            if goes.get(&key).copied().unwrap_or_else(|| self.is_old_at(deal.place, at)) {
                old.lines.insert(line(deal.place));
                let Some(name) = deal.name.as_deref() else { continue };
                old.erasure.deals.push(deal.place);
                if normalize::is_made_of(&deal.remote_id, name) {
                    records.insert(own);
                }
            }
        }
        records
    }

    /// What ids were that are erased, where another record refers to one still.
    fn references<'a>(&'a self) -> BTreeSet<(&'a str, &'a str)> {
        let key = |one: StatedId<'a>| (self.exports.system(one.place, one.about), one.id);
        let of = |is_own| {
            self.loaded.facts.stated_ids().filter(move |one| one.is_own == is_own)
        };
        let own: BTreeSet<(&str, &str)> = of(true).map(key).collect();
        if !own.iter().any(|(_, id)| normalize::is_erased_id(id)) {
            return BTreeSet::new();
        }
        let is_erased = |(system, id): &(&str, &str)| {
            !own.contains(&(*system, *id))
                && own.contains(&(*system, &*normalize::erased_id(id)))
        };
        of(false).map(key).filter(is_erased).collect()
    }

    /// What the lines of these records say in words, and whom they name.
    fn add_words(&self, old: &mut Old) {
        let facts = &self.loaded.facts;
        let is_of = |place: Place| old.lines.contains(&line(place));
        let evidence = facts.evidence.iter().map(|one| ("source_evidence", one.place));
        let forms = facts.lead_forms.iter().map(|one| ("lead_forms", one.place));
        let words = evidence.chain(forms).filter(|(_, place)| is_of(*place));
        old.erasure.facts.extend(words);
        for one in facts.links.iter().filter(|one| is_of(one.place)) {
            if matches!(
                one.kind,
                LinkKind::ContactEmail
                    | LinkKind::ContactName
                    | LinkKind::AliasEmail
                    | LinkKind::Phone
            ) {
                old.erasure.links.push((one.place, one.kind, one.text.clone()));
            }
        }
    }

    /// That somebody engaged stays, so that a post keeps its counts, each engagement once.
    /// An old one that comes when others were deleted before has been counted, or comes too
    /// late: nobody could tell.
    fn add_engagements(
        &self,
        old: &mut Old,
        retention: &Retention<'_>,
        stored: Option<Date>,
    ) {
        let facts = &self.loaded.facts;
        let names: FxHashMap<_, PostName> = facts.post_names.iter().copied().collect();
        let deleted_ms = stored.map(|day| milliseconds(Moment::Day(day)));
        let mut seen: BTreeSet<(PersonIndex, String, EngagementKind)> = BTreeSet::new();
        for one in facts.engagements.iter() {
            if !old.identities.contains(&one.identity()) {
                continue;
            }
            let file = one.place.source_file_id();
            let stated = one.happened_ms.or(one.listed_ms).map(UnixMs::get);
            let at = stated.or_else(|| self.exports.changed_ms(one.place, None));
            if retention.first_new_file <= file && at < deleted_ms {
                old.erasure.facts.push(("engagements", one.place));
                *old.left_out.entry(file).or_default() += 1;
                continue;
            }
            let name = names.get(&one.post_name());
            let post = name.and_then(|name| self.resolved.post_of.get(name));
            let post = match (post, name) {
                (Some(post), _) => post.index().to_string(),
                (None, Some(name)) => name.to_string(),
                (None, None) => String::new(),
            };
            let person = self.resolved.persons.of(one.identity());
            if !seen.insert((person, post, one.kind())) {
                old.erasure.facts.push(("engagements", one.place));
            }
        }
    }

    /// The rejections whose text goes: those of old files, and of lines that go.
    fn rejection_texts(&self, store: &Store, old: &Old) -> Result<Vec<i64>, StoreError> {
        let files: BTreeSet<u32> =
            self.loaded.files.iter().map(|file| file.source_file_id).collect();
        let texts = store.rejection_texts()?.into_iter();
        let is_old = texts.filter(|one| {
            let file = one.source_file_id.filter(|file| files.contains(file));
            let is_of_old_file =
                file.is_some_and(|file| self.is_old_at(Place::new(file, 1, 0), None));
            let is_of_line =
                file.zip(one.line).is_some_and(|line| old.lines.contains(&line));
            !one.text.is_empty() && one.text != ERASED && (is_of_old_file || is_of_line)
        });
        Ok(is_old.map(|one| one.id).collect())
    }
}

fn line(place: Place) -> (u32, u64) {
    (place.source_file_id(), place.line())
}
