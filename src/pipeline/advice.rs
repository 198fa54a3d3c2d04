//! What is missing for an answer, and how to get it.

use super::Imported;
use crate::store::{Store, StoreError};

/// Says what is missing for an answer, and how to get it.
pub(super) fn advise(store: &Store, imported: &mut Imported) -> Result<(), StoreError> {
    let files = store.source_files()?;
    let has = |part: &str| files.iter().any(|file| file.format.contains(part));
    let mut advice = |text: &str| imported.advice.push(text.to_owned());
    let has_archive = files.iter().any(|file| file.export.is_archive);
    if !has_archive {
        advice(
            "No LinkedIn archive was found. LinkedIn → Settings → Data privacy → Get a copy of \
             your data; it tells the posts and who could read them.",
        );
    } else if !has("linkedin-shares") {
        advice(
            "The archive has no Shares.csv, so it is the small one that comes first. Wait for \
             the larger download, which holds the posts, and run again with both.",
        );
    }
    if !(has("contacts") || has("leadgen")) {
        advice(
            "No CRM contacts were found, so there are no leads. HubSpot → Contacts → Export, \
             with all properties.",
        );
    } else if !has("deals") {
        advice(
            "No CRM deals were found, so there is no revenue. HubSpot → Deals → Export, with \
             associations.",
        );
    }
    if !has("engagers") {
        advice(
            "No list of people who engaged was found, so likes and comments are unknown: \
             archives do not hold them. Export the reactions and comments of your posts, \
             with the posts' URLs.",
        );
    }
    if !(has("top-posts") || has("post-analytics") || has("-posts")) {
        advice(
            "No analytics were found, so impressions are unknown. LinkedIn → Analytics → \
             Export, for the longest period; one post's clicks and saves are in the post's own \
             export.",
        );
    }
    Ok(())
}
