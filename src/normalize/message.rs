//! `messages.csv` of a LinkedIn archive: who wrote to whom, when, and which posts stand in
//! it. The words themselves are not kept.

use super::{
    context::{self, Context},
    link, name,
};
use crate::{
    decode::Row,
    domain::{IdentityId, Message, MessageKind},
    recognize::Field,
};

/// One message.
pub(super) fn message(context: &mut Context<'_>, row: Row<'_>) {
    let sent_at = context.instant(&row, Field::Date);
    let content = context.raw(&row, Field::Content);
    let sender_url = context.raw(&row, Field::SenderProfileUrl);
    let kind = kind(context, &row, sender_url, content);
    let (sender, recipients) = if kind == MessageKind::Sponsored {
        (None, Vec::new())
    } else {
        let from = context.raw(&row, Field::From).trim();
        (person(context, sender_url, from), recipients(context, &row))
    };
    let post_names =
        link::posts_in(content).into_iter().map(|name| context.post_name(name)).collect();
    let place = context.place(&row, 0);
    if kind == MessageKind::Contact {
        context.saw(sent_at);
    }
    let message = Message { place, sent_at, kind, sender, recipients, post_names };
    context.batch.facts.messages.push(message);
}

/// Drafts, spam and sponsored messages are no contact between two people.
fn kind(
    context: &Context<'_>,
    row: &Row<'_>,
    sender_url: &str,
    content: &str,
) -> MessageKind {
    let is_draft = |field| context.flag(row, field) == Some(true);
    if is_draft(Field::IsMessageDraft) || is_draft(Field::IsConversationDraft) {
        MessageKind::Draft
    } else if sender_url.trim().is_empty()
        && (content.starts_with("<p class=\"spinmail") || content.contains("%FIRSTNAME%"))
    {
        MessageKind::Sponsored
    } else if context.raw(row, Field::Folder).trim().eq_ignore_ascii_case("spam") {
        MessageKind::Spam
    } else {
        MessageKind::Contact
    }
}

/// The people a message went to. Their URLs split by shape; names stand for one recipient,
/// or for all where there are no URLs, as in older archives.
fn recipients(context: &mut Context<'_>, row: &Row<'_>) -> Vec<IdentityId> {
    let names = context.raw(row, Field::To).trim();
    let urls: Vec<&str> = context
        .raw(row, Field::RecipientProfileUrls)
        .split(',')
        .filter(|url| link::person(url).is_some())
        .collect();
    match urls.as_slice() {
        [] => {
            let all = name::several(names);
            all.into_iter().filter_map(|one| person(context, "", one)).collect()
        }
        // Most messages go to one, and a list that is gathered has room for four.
        [url] => person(context, url, names).map_or_else(Vec::new, |one| vec![one]),
        several => several.iter().filter_map(|url| person(context, url, "")).collect(),
    }
}

fn person(context: &mut Context<'_>, url: &str, full_name: &str) -> Option<IdentityId> {
    let full_name = if full_name == "LinkedIn Member" { "" } else { full_name };
    context.identity([url, "", full_name, ""], || {
        context::person(url, None, full_name, None)
    })
}
