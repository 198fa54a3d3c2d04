//! Whose archives these are.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Exports, MemberOfExport, union_find::UnionFind};
use crate::{
    domain::{
        Ambiguity, ClaimKind, Facts, IdentityId, Member, MemberIndex, MessageKind,
        PostName,
    },
    normalize::{email, name},
};

/// The members and their archives.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) list: Vec<Member>,
    pub(super) of_export: MemberOfExport,
    /// Whose profile it is or was, as their archives say.
    pub(super) of_profile: BTreeMap<Box<str>, MemberIndex>,
}

impl Members {
    /// By member: the newest instant that an archive of theirs knows of.
    pub(super) fn archived_ms(&self, exports: &Exports<'_>) -> Vec<Option<i64>> {
        let mut newest = vec![None; self.list.len()];
        for file in exports.files() {
            if let Some(member) = self.of_export.get(&file.export.export_id) {
                let known: &mut Option<i64> = &mut newest[member.index()];
                *known = (*known).max(exports.age(file));
            }
        }
        newest
    }
}

/// What one archive tells of its member.
#[derive(Debug, Default)]
struct Archive {
    export_id: i64,
    name: String,
    full_name: Option<Box<str>>,
    /// Profiles that may be the member's own, with how often the archive says so.
    profiles: BTreeMap<Box<str>, u64>,
    emails: Vec<Box<str>>,
    number: Option<u64>,
    posts: Vec<PostName>,
}

impl Archive {
    fn profile(&self) -> Option<&str> {
        let most = self.profiles.iter().max_by_key(|(_, times)| **times)?;
        Some(most.0)
    }

    fn name_key(&self) -> Option<String> {
        self.full_name.as_deref().and_then(name::key)
    }

    /// Whether two archives tell different things of what each member has but one of.
    fn contradicts(&self, other: &Self) -> bool {
        self.has_other_profile(other)
            || matches!((self.number, other.number), (Some(one), Some(two)) if one != two)
    }

    fn has_other_profile(&self, other: &Self) -> bool {
        let profiles = (self.profile(), other.profile());
        matches!(profiles, (Some(one), Some(other)) if one != other)
    }
}

/// Finds the members: archives with the same profile, e-mail or post are of one member; so are
/// those of one member number whose profiles are not different, and those of one name that
/// contradict each other in nothing; an office's address alone joins none. What one member's
/// archives say differently speaks against no other. What a name alone joins is said, and what
/// was not joined in spite of its number, name or office.
pub(super) fn members(
    exports: &Exports<'_>,
    facts: &Facts,
    ambiguities: &mut Vec<Ambiguity>,
) -> Members {
    let archives = archives(exports, facts);
    let mut sets = UnionFind::new(archives.len());
    let mut first_of: FxHashMap<String, u32> = FxHashMap::default();
    for (at, archive) in (0_u32..).zip(&archives) {
        let profile = archive.profile().map(|slug| format!("profile {slug}"));
        let emails = archive.emails.iter().filter(|address| email::is_personal(address));
        let emails = emails.map(|address| format!("email {address}"));
        let posts = archive.posts.iter().map(|name| format!("post {name}"));
        for key in profile.into_iter().chain(emails).chain(posts) {
            let first = *first_of.entry(key).or_insert(at);
            sets.union(first, at);
        }
    }
    join_by_number(&archives, &mut sets, ambiguities);
    let offices = offices(&archives);
    join_by_office(&archives, &offices, &mut sets);
    join_by_name(&archives, &mut sets, ambiguities);
    for (address, group) in offices.iter().filter(|(_, group)| !are_one(group, &mut sets))
    {
        let text = "this address, which is nobody's own; not joined by it";
        ambiguities.push(Ambiguity::open(*address, have(&archives, group, text)));
    }
    let mut groups: BTreeMap<u32, Vec<&Archive>> = BTreeMap::new();
    for (at, archive) in (0_u32..).zip(&archives) {
        groups.entry(sets.find(at)).or_default().push(archive);
    }
    let mut members: Vec<(Member, Vec<&Archive>)> =
        groups.into_values().map(|group| (member(&group), group)).collect();
    members.sort_by(|(a, _), (b, _)| {
        (&a.full_name, &a.profile).cmp(&(&b.full_name, &b.profile))
    });
    let mut found = Members::default();
    for (index, (member, group)) in members.into_iter().enumerate() {
        let index = MemberIndex::from_index(index);
        for archive in group {
            found.of_export.insert(archive.export_id, index);
            found.of_profile.extend(archive.profile().map(|slug| (slug.into(), index)));
        }
        found.list.push(member);
    }
    // What all archives of a member say most often need not be what any of them does.
    for (index, member) in found.list.iter().enumerate() {
        if let Some(slug) = &member.profile {
            let index = MemberIndex::from_index(index);
            found.of_profile.entry(slug.clone()).or_insert(index);
        }
    }
    found
}

/// Archives of one member number are of one member, unless the profiles of any two differ.
fn join_by_number(
    archives: &[Archive],
    sets: &mut UnionFind,
    ambiguities: &mut Vec<Ambiguity>,
) {
    for (number, group) in grouped(archives, |archive| archive.number) {
        if are_one(&group, sets) {
            continue;
        }
        let all = with_sets(&group, archives, sets);
        if any_two(archives, &all, sets, Archive::has_other_profile) {
            let text =
                have(archives, &all, "different profiles; not joined by the number");
            ambiguities.push(Ambiguity::open(format!("member number {number}"), text));
        } else {
            group.windows(2).for_each(|pair| sets.union(pair[0], pair[1]));
        }
    }
}

/// The archives of each address that is an office's, or was made up.
fn offices(archives: &[Archive]) -> BTreeMap<&str, Vec<u32>> {
    let mut offices: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, archive) in (0_u32..).zip(archives) {
        let all: BTreeSet<&str> = archive.emails.iter().map(|one| &**one).collect();
        for address in all.into_iter().filter(|one| !email::is_personal(one)) {
            offices.entry(address).or_default().push(at);
        }
    }
    offices
}

/// Archives of one name and one office are of one member, unless any two contradict each other.
fn join_by_office(
    archives: &[Archive],
    offices: &BTreeMap<&str, Vec<u32>>,
    sets: &mut UnionFind,
) {
    for group in offices.values() {
        let mut named: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for at in group {
            if let Some(name) = archives[*at as usize].name_key() {
                named.entry(name).or_default().push(*at);
            }
        }
        for group in named.values() {
            let all = with_sets(group, archives, sets);
            if !any_two(archives, &all, sets, Archive::contradicts) {
                group.windows(2).for_each(|pair| sets.union(pair[0], pair[1]));
            }
        }
    }
}

/// Archives of one name are of one member, unless any two of them contradict each other, or
/// have addresses and none in common.
fn join_by_name(
    archives: &[Archive],
    sets: &mut UnionFind,
    ambiguities: &mut Vec<Ambiguity>,
) {
    for group in grouped(archives, Archive::name_key).into_values() {
        if are_one(&group, sets) {
            continue;
        }
        let all = with_sets(&group, archives, sets);
        let name = archives[group[0] as usize].full_name.as_deref().unwrap_or_default();
        if any_two(archives, &all, sets, Archive::contradicts) {
            let text = "different profiles or member numbers; not joined by the name";
            ambiguities.push(Ambiguity::open(name, have(archives, &all, text)));
            continue;
        }
        // What an address joins is one already.
        let addressed =
            all.iter().filter(|at| !archives[**at as usize].emails.is_empty());
        let addressed: BTreeSet<u32> = addressed.map(|at| sets.find(*at)).collect();
        ambiguities.push(if 1 < addressed.len() {
            let text = "one name and no address in common; not joined by the name";
            Ambiguity::open(name, have(archives, &group, text))
        } else {
            group.windows(2).for_each(|pair| sets.union(pair[0], pair[1]));
            let text =
                "nothing but the name in common, and nothing speaks against one member";
            Ambiguity::joined(name, have(archives, &group, text))
        });
    }
}

/// The archives of each key, in their order.
fn grouped<K: Ord>(
    archives: &[Archive],
    key: impl Fn(&Archive) -> Option<K>,
) -> BTreeMap<K, Vec<u32>> {
    let mut groups: BTreeMap<K, Vec<u32>> = BTreeMap::new();
    for (at, archive) in (0_u32..).zip(archives) {
        if let Some(key) = key(archive) {
            groups.entry(key).or_default().push(at);
        }
    }
    groups
}

/// Whether archives are one member's already.
fn are_one(group: &[u32], sets: &mut UnionFind) -> bool {
    group.windows(2).all(|pair| sets.find(pair[0]) == sets.find(pair[1]))
}

/// A group with all archives that are of one member with any of it.
fn with_sets(group: &[u32], archives: &[Archive], sets: &mut UnionFind) -> Vec<u32> {
    let own: BTreeSet<u32> = group.iter().map(|at| sets.find(*at)).collect();
    let all = (0_u32..).take(archives.len());
    all.filter(|at| own.contains(&sets.find(*at))).collect()
}

/// Whether something holds between any two archives of a group that are not one member's
/// already.
fn any_two(
    archives: &[Archive],
    group: &[u32],
    sets: &mut UnionFind,
    holds: impl Fn(&Archive, &Archive) -> bool,
) -> bool {
    let archive = |at: &u32| &archives[*at as usize];
    let mut pairs = group
        .iter()
        .enumerate()
        .flat_map(|(at, one)| group[at + 1..].iter().map(move |other| (one, other)));
    pairs.any(|(one, other)| {
        sets.find(*one) != sets.find(*other) && holds(archive(one), archive(other))
    })
}

/// What archives have in common or not, in words.
fn have(archives: &[Archive], group: &[u32], what: &str) -> String {
    let names: BTreeSet<&str> =
        group.iter().map(|at| archives[*at as usize].name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    format!("the archives {} have {what}", names.join(", "))
}

/// One member from all their archives, the newest first.
fn member(group: &[&Archive]) -> Member {
    let mut profiles: BTreeMap<&str, u64> = BTreeMap::new();
    for archive in group {
        for (slug, times) in &archive.profiles {
            *profiles.entry(slug).or_default() += times;
        }
    }
    let profile = profiles.iter().max_by_key(|(_, times)| **times).map(|(slug, _)| *slug);
    let full_name = group.iter().find_map(|archive| archive.full_name.clone());
    let full_name = full_name
        .or_else(|| profile.map(Into::into))
        .unwrap_or_else(|| format!("member of {}", group[0].name).into());
    Member { full_name, profile: profile.map(Into::into) }
}

/// The archives, the newest first.
fn archives(exports: &Exports<'_>, facts: &Facts) -> Vec<Archive> {
    let mut by_export: BTreeMap<i64, Archive> = BTreeMap::new();
    for file in exports.files().iter().filter(|file| file.export.is_archive) {
        let archive = by_export.entry(file.export.export_id).or_default();
        archive.export_id = file.export.export_id;
        archive.name = file.export.name.to_string();
        archive.number = file.export.member_number;
    }
    for claim in &facts.claims {
        let Some(archive) = by_export.get_mut(&exports.export(claim.place).export_id)
        else {
            continue;
        };
        match claim.kind {
            ClaimKind::FullName => archive.full_name = Some(claim.text.clone()),
            ClaimKind::ProfileUrl => {
                *archive.profiles.entry(claim.text.clone()).or_default() +=
                    u64::from(claim.times);
            }
            ClaimKind::Email | ClaimKind::PrimaryEmail => {
                archive.emails.push(claim.text.clone());
            }
            ClaimKind::Company => {}
        }
    }
    for share in &facts.shares {
        if let Some(archive) = by_export.get_mut(&exports.export(share.place).export_id) {
            archive.posts.push(share.name);
        }
    }
    profiles_from_messages(exports, facts, &mut by_export);
    profiles_without_a_name(exports, facts, &mut by_export);
    let mut archives: Vec<(u32, Archive)> = Vec::new();
    for file in exports.files() {
        if let Some(archive) = by_export.remove(&file.export.export_id) {
            let place = crate::domain::Place::new(file.source_file_id, 1, 0);
            archives.push((exports.rank(place).0, archive));
        }
    }
    archives.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    archives.into_iter().map(|(_, archive)| archive).collect()
}

/// Where no invitation tells the member's profile, the sender of messages who bears the
/// member's name does.
fn profiles_from_messages(
    exports: &Exports<'_>,
    facts: &Facts,
    archives: &mut BTreeMap<i64, Archive>,
) {
    let names: FxHashMap<i64, String> = archives
        .iter()
        .filter(|(_, archive)| archive.profiles.is_empty())
        .filter_map(|(export, archive)| Some((*export, archive.name_key()?)))
        .collect();
    if names.is_empty() {
        return;
    }
    let mut senders: FxHashMap<(i64, IdentityId), u64> = FxHashMap::default();
    for message in facts.messages.iter().filter(|one| one.kind == MessageKind::Contact) {
        let export = exports.export(message.place).export_id;
        if let (Some(sender), true) = (message.sender, names.contains_key(&export)) {
            *senders.entry((export, sender)).or_default() += 1;
        }
    }
    for ((export, sender), times) in senders {
        let Some(identity) = facts.identities.get(sender) else { continue };
        let Some(slug) = identity.profile else { continue };
        let is_member =
            identity.full_name.and_then(name::key).as_ref() == names.get(&export);
        if is_member && let Some(archive) = archives.get_mut(&export) {
            *archive.profiles.entry(slug.into()).or_default() += times;
        }
    }
}

/// The people in the messages of one archive, by profile.
#[derive(Default)]
struct Correspondents {
    messages: u64,
    /// In how many of the messages each takes part.
    took_part: BTreeMap<Box<str>, u64>,
    /// How many drafts each has written.
    drafted: BTreeMap<Box<str>, u64>,
}

impl Correspondents {
    /// Who writes the drafts is the member; else whoever takes part in nearly every message,
    /// where nobody else takes part in most.
    fn own(self) -> BTreeMap<Box<str>, u64> {
        if !self.drafted.is_empty() {
            return self.drafted;
        }
        let Self { messages, took_part, .. } = self;
        let in_most = took_part.values().filter(|times| messages < **times * 2).count();
        let is_own = |times: u64| 3 <= messages && messages * 9 <= times * 10;
        took_part
            .into_iter()
            .filter(|(_, times)| in_most == 1 && is_own(*times))
            .collect()
    }
}

/// Without a name, the messages themselves show whose archive it is.
fn profiles_without_a_name(
    exports: &Exports<'_>,
    facts: &Facts,
    archives: &mut BTreeMap<i64, Archive>,
) {
    let profile = |id: &IdentityId| facts.identities.get(*id)?.profile.map(Into::into);
    let mut found: BTreeMap<i64, Correspondents> = BTreeMap::new();
    for message in &facts.messages {
        let export = exports.export(message.place).export_id;
        let is_nameless = archives.get(&export).is_some_and(|archive| {
            archive.profiles.is_empty() && archive.full_name.is_none()
        });
        if !is_nameless {
            continue;
        }
        let found = found.entry(export).or_default();
        let sender = message.sender.as_ref().and_then(profile);
        match message.kind {
            MessageKind::Draft => {
                if let Some(slug) = sender {
                    *found.drafted.entry(slug).or_default() += 1;
                }
            }
            MessageKind::Contact => {
                let people: BTreeSet<Box<str>> = sender
                    .into_iter()
                    .chain(message.recipients.iter().filter_map(profile))
                    .collect();
                found.messages += 1;
                for slug in people {
                    *found.took_part.entry(slug).or_default() += 1;
                }
            }
            MessageKind::Spam | MessageKind::Sponsored => {}
        }
    }
    for (export, correspondents) in found {
        if let Some(archive) = archives.get_mut(&export) {
            archive.profiles = correspondents.own();
        }
    }
}
