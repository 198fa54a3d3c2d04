//! The files of a LinkedIn archive, but for its messages.

use super::{RowResult, context::Context, email, link, name};
use crate::{
    decode::Row,
    domain::{
        ClaimKind, Connection, GivenReaction, Invitation, MemberClaim, OwnComment, Place,
        Share,
    },
    recognize::Field,
};

/// `Profile.csv`: who the member is.
pub(super) fn profile(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let full_name = name_of(context, &row);
    if full_name.is_empty() {
        return Err("the profile has no name".to_owned());
    }
    claim(context, &row, ClaimKind::FullName, &full_name);
    Ok(())
}

/// `Email Addresses.csv`: the member's own addresses; those not confirmed prove nothing.
pub(super) fn email_address(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let cell = context.text(&row, Field::Email).unwrap_or("");
    let address =
        email::key(cell).ok_or_else(|| format!("\"{cell}\" is no e-mail address"))?;
    if context.flag(&row, Field::IsConfirmed) == Some(false) {
        return Ok(());
    }
    let is_primary = context.flag(&row, Field::IsPrimary) == Some(true);
    let kind = if is_primary { ClaimKind::PrimaryEmail } else { ClaimKind::Email };
    claim(context, &row, kind, &address);
    Ok(())
}

/// `Positions.csv`: the companies of the member.
pub(super) fn position(context: &mut Context<'_>, row: Row<'_>) {
    if let Some(company) = context.text(&row, Field::Company) {
        claim(context, &row, ClaimKind::Company, company);
    }
}

/// What is noted of connections that name nobody.
const CLOSED_ACCOUNTS: &str =
    "{connection is a closed account|connections are closed accounts}, without a person";

/// `Connections.csv`: who can read the member. Rows of closed accounts have a day alone.
pub(super) fn connection(context: &mut Context<'_>, row: Row<'_>) {
    let connected_on = context.day(&row, Field::ConnectedOn);
    let url = context.raw(&row, Field::ProfileUrl);
    let address = context.raw(&row, Field::Email);
    let company = context.raw(&row, Field::Company);
    let full_name = name_of(context, &row);
    let identity = context.identity([url, address, &full_name, company], || {
        super::context::person(url, email::key(address), &full_name, Some(company))
    });
    if identity.is_none() {
        context.note_counted(CLOSED_ACCOUNTS, 1);
    }
    let place = context.place(&row, 0);
    if let Some(position) = context.text(&row, Field::Position).map(Into::into) {
        context.batch.unused.positions.push((place, position));
    }
    let connection = Connection { place, identity, connected_on };
    context.batch.facts.connections.push(connection);
    context.saw(connected_on.map(|day| crate::domain::Moment::Day(day).start()));
}

/// `Shares.csv`: the member's posts.
pub(super) fn share(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let url = context.raw(&row, Field::ShareLink);
    let name = link::post(url).ok_or_else(|| format!("\"{url}\" names no post"))?;
    let stated_at = context.instant(&row, Field::Date);
    let text = context.unwrapped(&row, Field::ShareText);
    let share = Share {
        place: context.place(&row, 0),
        name,
        stated_at,
        text: text.into(),
        shared_url: context.text(&row, Field::SharedUrl).map(Into::into),
        visibility: context.text(&row, Field::Visibility).map(Into::into),
    };
    context.saw(stated_at.max(name.instant()));
    context.batch.facts.shares.push(share);
    Ok(())
}

/// `Comments.csv`: what the member wrote under any post.
pub(super) fn own_comment(context: &mut Context<'_>, row: Row<'_>) {
    let commented_at = context.instant(&row, Field::Date);
    let url = context.raw(&row, Field::Link);
    let post_name = context.post_url(url);
    let text = context.raw(&row, Field::Message).into();
    let place = context.place(&row, 0);
    context.saw(commented_at);
    let comment = OwnComment { place, commented_at, post_name, text };
    context.batch.facts.own_comments.push(comment);
}

/// `Reactions.csv`: what the member liked; engagement given, never received.
pub(super) fn given_reaction(context: &mut Context<'_>, row: Row<'_>) {
    let reacted_at = context.instant(&row, Field::Date);
    let url = context.raw(&row, Field::Link);
    let post_name = context.post_url(url);
    let place = context.place(&row, 0);
    context.saw(reacted_at);
    context.batch.unused.given_reactions.push(GivenReaction {
        place,
        reacted_at,
        post_name,
    });
}

/// `Invitations.csv`: the other person, and the member's own profile on the other side.
pub(super) fn invitation(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let is_incoming = match context.raw(&row, Field::Direction).trim() {
        text if text.eq_ignore_ascii_case("incoming") => true,
        text if text.eq_ignore_ascii_case("outgoing") => false,
        text => {
            return Err(format!(
                "the direction \"{text}\" is neither INCOMING nor OUTGOING"
            ));
        }
    };
    let (other_name, other_url, own_url) = if is_incoming {
        (Field::From, Field::InviterProfileUrl, Field::InviteeProfileUrl)
    } else {
        (Field::To, Field::InviteeProfileUrl, Field::InviterProfileUrl)
    };
    if let Some(link::PersonKey::Profile(slug)) = link::person(context.raw(&row, own_url))
    {
        *context.own_profiles.entry(slug.into()).or_default() += 1;
    }
    let sent_on = context.day(&row, Field::SentAt);
    let (url, full_name) =
        (context.raw(&row, other_url), context.raw(&row, other_name).trim());
    let identity = context
        .identity([url, "", full_name, ""], || {
            super::context::person(url, None, full_name, None)
        })
        .ok_or("the invitation names no other person")?;
    let place = context.place(&row, 0);
    context.saw(sent_on.map(|day| crate::domain::Moment::Day(day).start()));
    let invitation = Invitation { place, identity, sent_on, is_incoming };
    context.batch.facts.invitations.push(invitation);
    Ok(())
}

/// Adds what only the whole file tells: which profiles may be the member's own.
pub(super) fn finish(context: &mut Context<'_>) {
    for (slug, times) in std::mem::take(&mut context.own_profiles) {
        let count = context.batch.facts.claims.len();
        let part = u8::try_from(count % 16).unwrap_or(0);
        // A claim over the whole file stands at its first lines, one place each.
        let place = context.file_place(1 + count as u64 / 16, part);
        let kind = ClaimKind::ProfileUrl;
        context.batch.facts.claims.push(MemberClaim { place, kind, text: slug, times });
    }
}

fn claim(context: &mut Context<'_>, row: &Row<'_>, kind: ClaimKind, text: &str) {
    let place: Place = context.place(row, 0);
    context.batch.facts.claims.push(MemberClaim {
        place,
        kind,
        text: text.into(),
        times: 1,
    });
}

fn name_of(context: &Context<'_>, row: &Row<'_>) -> String {
    name::join(context.raw(row, Field::FirstName), context.raw(row, Field::LastName))
}
