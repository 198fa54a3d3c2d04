//! What is missing for an answer, and how to get it.

use super::Imported;
use crate::{
    recognize::{FORMATS, Record},
    store::{Store, StoreError},
};

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
    let holds = |wanted: &[Record]| {
        files.iter().any(|file| {
            let format = FORMATS.iter().find(|format| format.name == &*file.format);
            let record = format.and_then(|format| format.record());
            record.is_some_and(|record| wanted.contains(&record))
        })
    };
    if !holds(&[Record::Contact, Record::ContactWithDeal]) {
        advice(
            "No CRM contacts or leads were found, so there are no leads. Export them from the \
             CRM, in HubSpot under Contacts → Export, with all properties.",
        );
    } else if !holds(&[Record::Deal, Record::ContactWithDeal]) {
        advice(
            "No CRM deals were found, so there is no revenue. Export them from the CRM, in \
             HubSpot under Deals → Export, with associations.",
        );
    }
    if !has("engagers") {
        advice(
            "No list of people who engaged was found, so likes and comments are unknown: \
             archives do not hold them. Export the reactions and comments of your posts, \
             with the posts' URLs.",
        );
    }
    Ok(())
}
