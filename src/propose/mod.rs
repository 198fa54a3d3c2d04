//! A table that no format fits → a format of the user's own that would fit it: guesses from
//! its headers and from the look of its cells, to be corrected.

mod headers;
mod look;
mod naming;
mod text;

use std::collections::BTreeSet;

use crate::{
    domain::AmountKind,
    normalize::usual_status,
    recognize::{AMOUNTS, CLOSED, Field, Kind, Own, OwnKind, Registry, tells_documents},
};

use headers::Header;
use look::Look;
pub use naming::together;
use naming::{free_name, named};

/// A format that would fit a table.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The format, of what is likely enough.
    pub own: Own,
    /// The same as a section of a configuration, with what is unsure as comments.
    pub text: String,
}

impl Proposal {
    /// The same, saying that its headers look like the first of the rows.
    #[must_use]
    pub fn of_data(self) -> Self {
        const SAYS: &str = "# No row reads like a header: the first one, taken as such here, \
                            looks like data.\n\
                            # Write a header above it, or it will be missing.\n";
        Self { text: format!("{SAYS}{}", self.text), ..self }
    }
}

/// One column, by what is guessed of it.
struct Guess<'a> {
    header: &'a str,
    look: &'a Look,
    /// Its likeliest meaning, and how likely that is.
    field: Option<(Field, u32)>,
    is_sure: bool,
}

/// Fits from here on are taken; others stand as comments.
const SURE: u32 = 50;

/// Proposes a format for a table of which some rows are known, by its name and that of its file:
/// a sheet has one of its own. The format gets a name that the registry does not have.
pub fn format(
    registry: &Registry,
    (name, file): (&str, &str),
    header: &[String],
    rows: &[Vec<String>],
) -> Option<Proposal> {
    let looks: Vec<Look> = (0..header.len())
        .map(|at| {
            let mut look = Look::default();
            for row in rows {
                look.observe(row.get(at).map_or("", String::as_str));
            }
            look
        })
        .collect();
    let spelled: Vec<Header> = header.iter().map(|name| Header::of(name)).collect();
    let kinds =
        ["deal", "contact-with-deal", "lead", "contact", "account", "post", "engager"]
            .map(OwnKind::of);
    let mut best: Option<(u32, &'static OwnKind, Vec<Guess<'_>>)> = None;
    let mut has_deals = false;
    let are_documents = tells_documents(registry, header);
    for kind in kinds.into_iter().flatten() {
        // A person stands for a deal that has neither id nor name.
        if kind.word == "contact-with-deal" && has_deals {
            continue;
        }
        if are_documents && ["lead", "contact"].contains(&kind.word) {
            continue;
        }
        let guesses = guesses(kind, (header, &spelled), &looks);
        let Some(worth) = worth(kind, &guesses) else { continue };
        has_deals |= kind.word == "deal" && is_called(&guesses);
        if best.as_ref().is_none_or(|(most, ..)| *most < worth) {
            best = Some((worth, kind, guesses));
        }
    }
    let (_, kind, guesses) = best?;
    let is_taken =
        |name: &str| registry.formats().iter().any(|format| format.name == name);
    let mut own = Own::new(&free_name(&named(file, kind), is_taken), kind);
    for guess in guesses.iter().filter(|guess| guess.is_sure) {
        if let Some((field, _)) = guess.field {
            own.columns.push((field, vec![text::header_name(guess.header)]));
        }
    }
    let has = |field| own.columns.iter().any(|(known, _)| *known == field);
    if has(Field::LoanAmount) && !has(Field::Amount) {
        own.amount_kind = AmountKind::Loan;
    }
    let text = text::section(name, &own, &guesses);
    Some(Proposal { own, text })
}

/// What each column may mean in a table of a kind: each field goes to the column that fits
/// it best, each column to one field.
fn guesses<'a>(
    kind: &OwnKind,
    (header, spelled): (&'a [String], &[Header]),
    looks: &'a [Look],
) -> Vec<Guess<'a>> {
    let mut fits: Vec<(u32, usize, Field)> = Vec::new();
    let mut seen = BTreeSet::new();
    let has_parts = header.iter().any(|name| headers::is_persons_name(name));
    for (at, name) in header.iter().enumerate() {
        let is_twin = !seen.insert(name.trim());
        if name.trim().is_empty() || is_twin || looks[at].filled == 0 {
            continue;
        }
        for (field, cells) in kind.fields() {
            let fit = headers::fit(kind, field, &spelled[at]);
            let fit = fit.max(by_look(kind, field, &looks[at]));
            let may_be = may_be(field, cells, &looks[at], fit)
                && !(names_one(kind, field) && looks[at].repeats())
                && !(is_own(field) && headers::is_of_list(name))
                && may_say(kind, field, name)
                && !(field == Field::Name && has_parts && headers::may_be_part(name))
                && !(is_end(field) && fit < headers::EXACT && spelled[at].is_foreseen());
            if 0 < fit && may_be {
                fits.push((fit, at, field));
            }
        }
    }
    // What is called a stage is one before what may be one, too.
    let is_stage = |at: usize| headers::says(Field::Stage, &header[at]);
    if fits.iter().any(|(fit, at, field)| {
        *field == Field::Stage && *fit == headers::EXACT && is_stage(*at)
    }) {
        fits.retain(|(_, at, field)| *field != Field::Stage || is_stage(*at));
    }
    // What has cents or a currency is an amount before what may count something.
    let is_money = |at: usize| looks[at].is_money();
    if fits
        .iter()
        .any(|(fit, at, field)| *field == Field::Amount && SURE <= *fit && is_money(*at))
    {
        fits.retain(|(fit, at, field)| {
            *field != Field::Amount || *fit == headers::EXACT || is_money(*at)
        });
    }
    // Best first; of columns that fit alike the first.
    fits.sort_by_key(|(fit, at, field)| (std::cmp::Reverse(*fit), *at, rank(*field)));
    let mut guesses: Vec<Guess<'_>> = header
        .iter()
        .zip(looks)
        .map(|(name, look)| Guess {
            header: name.trim(),
            look,
            field: None,
            is_sure: false,
        })
        .collect();
    let mut taken = BTreeSet::new();
    for (fit, at, field) in fits {
        if guesses[at].field.is_none() && taken.insert(field) {
            guesses[at].field = Some((field, fit));
            guesses[at].is_sure = SURE <= fit;
        }
    }
    fill(kind, &mut guesses);
    guesses
}

/// Whether a header may say a field and no other that looks alike: a number of phones is no id,
/// and where persons have deals, a status is the deal's.
fn may_say(kind: &OwnKind, field: Field, header: &str) -> bool {
    match field {
        Field::RemoteId => !headers::says(Field::Phone, header),
        // Whose work it is has an address, too.
        Field::Email | Field::ContactEmails => !headers::is_assigned(header),
        Field::Company | Field::AccountNames => !headers::is_of_part(header),
        Field::LeadStatus => {
            kind.word != "contact-with-deal" || headers::is_of_lead(header)
        }
        _ => true,
    }
}

/// Whether a field is what one record of a kind is called, few of which have one name.
fn names_one(kind: &OwnKind, field: Field) -> bool {
    matches!(field, Field::Name | Field::FullName)
        && ["deal", "lead", "contact", "account"].contains(&kind.word)
}

/// Whether a field is the record's own: a list inside one has things of others.
fn is_own(field: Field) -> bool {
    matches!(
        field,
        Field::RemoteId | Field::Name | Field::Amount | Field::Stage | Field::Status
    )
}

/// Whether a field is the day on which a deal ended.
fn is_end(field: Field) -> bool {
    matches!(field, Field::ClosedAt | Field::FundedAt)
}

/// Of meanings that fit one column alike the more usual one.
fn rank(field: Field) -> u32 {
    const USUAL: [Field; 16] = [
        Field::RemoteId,
        Field::Name,
        Field::FullName,
        Field::Email,
        Field::Stage,
        Field::Status,
        Field::LeadStatus,
        Field::Amount,
        Field::CreatedAt,
        Field::ClosedAt,
        Field::Owner,
        Field::Company,
        Field::AccountNames,
        Field::ContactNames,
        Field::ContactEmails,
        Field::RepEnteredSource,
    ];
    let at = USUAL.iter().position(|usual| *usual == field).unwrap_or(USUAL.len());
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What the cells alone tell.
fn by_look(kind: &OwnKind, field: Field, look: &Look) -> u32 {
    let is_deal = kind.word == "deal";
    match field {
        Field::Email if !is_deal && look.is_email() => 90,
        Field::ContactEmails if is_deal && look.is_email() => 90,
        Field::ProfileUrl if look.is_person_url() => 90,
        Field::PostUrl if look.is_post() => 90,
        // A third of all cells: words for won and lost tell a stage from other words.
        Field::Stage if is_deal && look.is_kind() && look.filled <= look.ends * 3 => 80,
        Field::FullName if !is_deal && look.is_name() => 40,
        Field::Amount if look.is_money() => 30,
        Field::Currency if look.is_currency() => 90,
        Field::ClosedAt | Field::CreatedAt if look.is_date() => 20,
        _ => 0,
    }
}

/// Whether cells of this look can be what a field needs.
fn may_be(field: Field, cells: Kind, look: &Look, fit: u32) -> bool {
    match (field, cells) {
        (_, Kind::Day | Kind::Moment) => look.is_date(),
        (_, Kind::Amount | Kind::Cents) => {
            look.is_amount() && (look.is_money() || !look.is_scale())
        }
        (_, Kind::Flag) => look.is_flag() && fit == headers::EXACT,
        (Field::RemoteId, _) => look.is_unique(),
        (Field::Email | Field::ContactEmails | Field::EmailAliases, _) => look.is_email(),
        (Field::ProfileUrl, _) => look.is_person_url(),
        (Field::Phone, _) => look.is_phone(),
        (Field::PostUrl | Field::CommentUrl, _) => look.is_post(),
        (Field::Stage | Field::Status | Field::LeadStatus | Field::Lifecycle, _) => {
            look.is_kind() && !look.is_flag()
        }
        (
            Field::Impressions
            | Field::MembersReached
            | Field::Engagements
            | Field::Reactions
            | Field::Comments
            | Field::Reposts
            | Field::Clicks
            | Field::Saves
            | Field::Sends
            | Field::ProfileViews
            | Field::FollowersGained,
            _,
        ) => look.is_whole(),
        (Field::Currency, _) => look.is_kind(),
        (Field::Period | Field::Probability | Field::Forecast, _) => {
            fit == headers::EXACT
        }
        _ if fit == headers::EXACT => look.is_text() || look.is_whole(),
        _ => look.is_text(),
    }
}

/// What tells how a deal stands.
const STAGE: [Field; 5] =
    [Field::Stage, Field::Status, Field::IsWon, Field::IsLost, Field::IsClosed];

/// Whether a column is sure to hold one of some fields.
fn is_there(guesses: &[Guess<'_>], fields: &[Field]) -> bool {
    guesses.iter().any(|guess| {
        guess.is_sure && guess.field.is_some_and(|(field, _)| fields.contains(&field))
    })
}

/// Whether a header tells what a record is called.
fn is_called(guesses: &[Guess<'_>]) -> bool {
    guesses.iter().any(|guess| {
        let is_told =
            |(field, fit)| matches!(field, Field::RemoteId | Field::Name) && SURE < fit;
        guess.is_sure && guess.field.is_some_and(is_told)
    })
}

/// Whether columns tell how a deal stands, or when it ended.
fn are_standing(guesses: &[Guess<'_>]) -> bool {
    is_there(guesses, &STAGE) || is_there(guesses, &CLOSED)
}

/// Finds a record's id, where no header tells one: the first column whose cells all differ. A
/// deal may be called by a column of words, where others tell how it stands.
fn fill(kind: &OwnKind, guesses: &mut [Guess<'_>]) {
    let needs = kind.needs.first().copied().unwrap_or_default();
    // What has an address or, of a company, a name needs no other id.
    let is_named = kind.word != "deal" && is_there(guesses, &[Field::Email, Field::Name]);
    if needs.contains(&Field::RemoteId)
        && !is_named
        && !is_there(guesses, &[Field::RemoteId])
    {
        let free = guesses.iter_mut().find(|guess| {
            !guess.is_sure
                && !guess.header.is_empty()
                && guess.look.is_unique()
                && !guess.look.is_row_number()
                && !headers::is_of_list(guess.header)
                && !headers::says(Field::Phone, guess.header)
                && (guess.look.is_id() || headers::says(Field::RemoteId, guess.header))
                && !guess.look.first.iter().any(|value| value.contains(' '))
        });
        if let Some(guess) = free {
            guess.field = Some((Field::RemoteId, SURE));
            guess.is_sure = true;
        } else if kind.word == "deal"
            && !is_there(guesses, &[Field::Name])
            && are_standing(guesses)
        {
            let is_name = |guess: &Guess<'_>| {
                !guess.header.is_empty()
                    && guess.look.names_each()
                    && !headers::may_be_part(guess.header)
                    && !headers::is_of_list(guess.header)
            };
            let is_account =
                |guess: &Guess<'_>| matches!(guess.field, Some((Field::AccountNames, _)));
            // A deal without a name may be called by its company.
            let free = guesses
                .iter()
                .position(|guess| !guess.is_sure && is_name(guess))
                .or_else(|| guesses.iter().position(|it| is_account(it) && is_name(it)));
            if let Some(guess) = free.and_then(|at| guesses.get_mut(at)) {
                guess.field = Some((Field::Name, SURE));
                guess.is_sure = true;
            }
        }
    }
    // The only column of money is the amount, whatever it is called.
    let money: Vec<usize> = (0..guesses.len())
        .filter(|at| guesses[*at].look.is_money() && !guesses[*at].header.is_empty())
        .collect();
    if let [only] = money.as_slice()
        && kind.word == "deal"
        && !is_there(guesses, &[Field::Amount, Field::LoanAmount])
        && !guesses[*only].is_sure
    {
        guesses[*only].field = Some((Field::Amount, SURE));
        guesses[*only].is_sure = true;
    }
}

/// How much a table of this kind would tell; none where it would lack what it needs.
fn worth(kind: &OwnKind, guesses: &[Guess<'_>]) -> Option<u32> {
    let sure = || guesses.iter().filter(|guess| guess.is_sure);
    if sure().count() < 2 || !kind.needs.iter().all(|group| is_there(guesses, group)) {
        return None;
    }
    let own = match kind.word {
        "deal" => worth_of_deals(guesses)?,
        "lead" | "contact" | "contact-with-deal" => worth_of_persons(kind, guesses)?,
        "account" => {
            if !is_there(guesses, &[Field::Name]) {
                return None;
            }
            weight(guesses, &[Field::Domain], 60)
        }
        "post" => 240,
        _ => 300,
    };
    let fits = sure().filter_map(|guess| guess.field).map(|(_, fit)| fit / 10);
    Some(own + fits.sum::<u32>())
}

fn weight(guesses: &[Guess<'_>], fields: &[Field], weight: u32) -> u32 {
    if is_there(guesses, fields) { weight } else { 0 }
}

fn worth_of_deals(guesses: &[Guess<'_>]) -> Option<u32> {
    let ends = guesses.iter().filter(|guess| guess.is_sure).any(|guess| {
        matches!(guess.field, Some((Field::Stage | Field::Status, _)))
            && 0 < guess.look.ends
    });
    let dates = guesses.iter().any(|guess| guess.look.is_date());
    let has_amount = is_there(guesses, &AMOUNTS);
    // A price list has amounts, and a list of tasks stages.
    let tells = [has_amount, is_there(guesses, &STAGE), dates];
    if tells.into_iter().filter(|tells| *tells).count() < 2 || !has_amount && !ends {
        return None;
    }
    // Whose a deal is tells as much of it as of persons.
    let buyers = if has_amount && are_standing(guesses) && is_called(guesses) {
        weight(guesses, &[Field::ContactEmails], 120)
            + weight(guesses, &[Field::ContactNames], 60)
    } else {
        0
    };
    let worth = buyers
        + weight(guesses, &AMOUNTS, 120)
        + weight(guesses, &[Field::Currency], 60)
        + weight(guesses, &[Field::ClosedAt, Field::FundedAt, Field::IsWon], 60);
    Some(worth + if ends { 120 } else { 0 })
}

fn worth_of_persons(kind: &OwnKind, guesses: &[Guess<'_>]) -> Option<u32> {
    const IS_LEAD: [Field; 4] = [
        Field::LeadStatus,
        Field::IsConverted,
        Field::ConvertedAt,
        Field::RepEnteredSource,
    ];
    const IS_REACHED: [Field; 3] = [Field::Email, Field::ProfileUrl, Field::Phone];
    let is_named = guesses.iter().filter(|guess| guess.is_sure).any(|guess| {
        let field = guess.field.map(|(field, _)| field);
        field == Some(Field::LastName)
            || field == Some(Field::FullName)
                && (guess.look.is_name() || headers::names_persons(guess.header))
    });
    // Hours are worked by somebody.
    let is_work = guesses.iter().any(|guess| headers::is_of_hours(guess.header));
    let is_person = is_there(guesses, &IS_REACHED) || is_named && !is_work;
    let is_deal = is_there(guesses, &AMOUNTS) && are_standing(guesses);
    if kind.word == "contact-with-deal" && !(is_person && is_deal) {
        return None;
    }
    let asked = weight(guesses, &IS_LEAD, 60);
    let is_id = |guess: &Guess<'_>| {
        guess.is_sure
            && matches!(guess.field, Some((Field::RemoteId, _)))
            && headers::is_of_lead(guess.header)
    };
    // A log has a status, too.
    if !is_person && (asked == 0 || !guesses.iter().any(is_id)) {
        return None;
    }
    let word = if kind.word == "lead" { asked } else { 30 };
    let worth = word
        + weight(guesses, &AMOUNTS, 120)
        + weight(guesses, &[Field::Email, Field::ProfileUrl], 120)
        + weight(guesses, &[Field::FullName, Field::LastName], 60);
    Some(worth)
}

/// The usual meaning of a stage, if it has one.
fn is_usual(stage: &str) -> bool {
    usual_status(stage).is_some()
}

#[cfg(test)]
mod tests;
