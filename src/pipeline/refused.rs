//! Files of which nothing is taken: listed, and taken out where they were read before.

use std::collections::BTreeSet;

use super::{
    Imported,
    forgotten::Forgotten,
    inspect::{Inspection, why_not},
};
use crate::{
    domain::Rejection,
    recognize::Verdict,
    store::{ImportedExport, Store, StoreError},
};

/// Lists the files that cannot be used; one that was listed before is listed once.
pub(super) fn list(
    store: &Store,
    inspection: &Inspection,
    (forgotten, left): (&Forgotten, &BTreeSet<&str>),
    imported: &mut Imported,
) -> Result<(), StoreError> {
    let found = inspection.files.iter().map(|one| one.file.name.as_str());
    let refused = inspection.unreadable.iter().map(|one| one.name.as_str());
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for name in found.chain(refused) {
        // What was wrong with an archive or folder is over where its files are found.
        names.extend(name.match_indices('/').map(|(end, _)| &name[..end]).chain([name]));
    }
    for name in names {
        store.delete_file_rejection(&forgotten.without(name))?;
    }
    let mut reject = |name: &str, reason: &str| -> Result<(), StoreError> {
        imported.files_rejected += 1;
        let rejection =
            Rejection { line: 0, column: None, text: "".into(), reason: reason.into() };
        store.insert_rejections(None, &forgotten.without(name), &[rejection])
    };
    for one in &inspection.unreadable {
        reject(&one.name, &one.reason)?;
    }
    for one in &inspection.files {
        match why_not(&one.verdict) {
            Some(reason) if left.contains(one.sha256.as_str()) => {
                let now = "what was read of it under another configuration is taken out";
                reject(&one.file.name, &format!("{reason}; {now}"))?;
            }
            Some(reason) => reject(&one.file.name, &reason)?,
            None => {}
        }
    }
    for one in &inspection.files {
        imported.files_ignored += u64::from(matches!(one.verdict, Verdict::Ignored(_)));
    }
    Ok(())
}

/// Takes out what was read of files that no format fits any more, or several: the
/// configuration by which they were read has changed. Gives their hashes.
pub(super) fn take_out<'a>(
    store: &Store,
    inspection: &'a Inspection,
    known_exports: &[ImportedExport],
) -> Result<BTreeSet<&'a str>, StoreError> {
    let mut left: BTreeSet<&str> = BTreeSet::new();
    for one in &inspection.files {
        if matches!(one.verdict, Verdict::Unknown(_) | Verdict::Ambiguous(_)) {
            left.insert(&one.sha256);
        }
    }
    for one in &inspection.files {
        if matches!(one.verdict, Verdict::Known(_)) {
            left.remove(one.sha256.as_str());
        }
    }
    left.retain(|hash| known_exports.iter().any(|one| one.content_key == *hash));
    for export in known_exports {
        if left.contains(export.content_key.as_str()) {
            store.delete_export(export.export_id)?;
        }
    }
    Ok(left)
}
