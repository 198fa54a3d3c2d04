//! Archives of members who are to be forgotten are taken out again once it is known whose
//! they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Imported,
    forgotten::{ERASED, Forgotten, Key},
};
use crate::{
    discover::Unreadable,
    domain::{ClaimKind, Facts, MemberClaim, Place, Rejection},
    normalize::name,
    store::{Store, StoreError},
};

const REASON: &str = "it is the archive of somebody who is to be forgotten; nothing of it was \
                      taken";

/// Leaves of what an archive says of its member that it is somebody forgotten.
pub(super) fn mark(forgotten: &Forgotten, facts: &mut Facts) {
    for claim in &mut facts.claims {
        let key = match claim.kind {
            ClaimKind::FullName => name::key(&claim.text).map(Key::Member),
            ClaimKind::ProfileUrl => Some(Key::Profile(claim.text.to_string())),
            ClaimKind::Email | ClaimKind::PrimaryEmail => {
                Some(Key::Email(claim.text.to_string()))
            }
            ClaimKind::Company => None,
        };
        if key.is_some_and(|key| forgotten.has(&key)) {
            claim.text = ERASED.into();
        }
    }
}

/// Takes out the archives among new exports, given by file, that are of forgotten members.
pub(super) fn take_out(
    store: &Store,
    forgotten: &Forgotten,
    exports: &BTreeMap<u32, i64>,
    imported: &mut Imported,
) -> Result<(), StoreError> {
    let first = exports.keys().next().copied();
    let (Some(first), false) = (first, forgotten.is_empty()) else { return Ok(()) };
    let mut claims: BTreeMap<i64, Vec<MemberClaim>> = BTreeMap::new();
    for claim in store.claims_from(Place::new(first, 0, 0))? {
        if let Some(export) = exports.get(&claim.place.source_file_id()) {
            claims.entry(*export).or_default().push(claim);
        }
    }
    claims.retain(|_, claims| is_theirs(claims));
    if claims.is_empty() {
        return Ok(());
    }
    store.delete_without_trace()?;
    store.delete_file_rejection(ERASED)?;
    for export in claims.keys().copied().collect::<BTreeSet<i64>>() {
        store.delete_export(export)?;
        let rejection =
            Rejection { line: 0, column: None, text: "".into(), reason: REASON.into() };
        store.insert_rejections(None, ERASED, &[rejection])?;
        imported.files_rejected += 1;
        // Its name may name them.
        let (name, reason) = (ERASED.to_owned(), REASON.to_owned());
        imported.unread.push(Unreadable { name, reason });
    }
    Ok(())
}

/// Whether an archive says of its member what is somebody's who is forgotten.
fn is_theirs(claims: &[MemberClaim]) -> bool {
    let profiles = claims.iter().filter(|claim| claim.kind == ClaimKind::ProfileUrl);
    let own = profiles.max_by_key(|claim| claim.times);
    let tells = |claim: &&MemberClaim| {
        matches!(
            claim.kind,
            ClaimKind::FullName | ClaimKind::Email | ClaimKind::PrimaryEmail
        )
    };
    let mut telling = claims.iter().filter(tells).chain(own);
    telling.any(|claim| *claim.text == *ERASED)
}
