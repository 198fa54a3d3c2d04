//! Contacts and deals as HubSpot exports them.

use std::{io::Write, path::Path};

use super::{
    Failure,
    chance::Chance,
    world::{self, Key, Lead, World, index, instant},
};

/// The CRM's id of the `number`-th lead.
pub(crate) fn contact_id(number: u64) -> u64 {
    20_000_000 + number
}

fn quoted(path: &Path) -> Result<csv::Writer<impl Write>, Failure> {
    let file = world::create(path)?;
    Ok(csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(file))
}

fn date(chance: &mut Chance) -> Result<String, Failure> {
    let at = instant(1_690_000_000_000 + chance.below(80_000_000_000))?;
    Ok(at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// Writes the contacts.
pub(crate) fn write_contacts(world: &World, path: &Path) -> Result<(), Failure> {
    const SOURCES: [&str; 6] = [
        "Organic Social",
        "Offline Sources",
        "Direct Traffic",
        "Paid Search",
        "Organic Search",
        "Referrals",
    ];
    const HEARD: [&str; 8] =
        ["", "", "", "", "LinkedIn", "A friend", "Google", "your posts"];
    let mut table = quoted(path)?;
    table.write_record([
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Contact owner",
        "Company name",
        "Lifecycle Stage",
        "Lead Status",
        "Create Date",
        "Last Modified Date",
        "Original Traffic Source",
        "Original Traffic Source Drill-Down 1",
        "First Page Seen",
        "Lead Source",
        "LinkedIn URL",
        "How did you hear about us?",
    ])?;
    let mut chance = Chance::new(world.seed, 1 << 56);
    for (number, lead) in (0..).zip(&world.leads) {
        let mut one = world.person(lead.person);
        if let Key::Namesake(other) = lead.key {
            let other = world.person(other);
            (one.first, one.last) = (other.first, other.last);
            one.company = format!("Other {}", one.company);
        }
        let url = if lead.key == Key::Profile { one.url() } else { String::new() };
        let owner =
            lead.owner.map(|owner| world.member(owner).full_name()).unwrap_or_default();
        let page = first_page(world, lead, &mut chance);
        // Where an e-mail is the key, the company would be one, too.
        let company = if lead.key == Key::Email { "" } else { &one.company };
        let email = match lead.key {
            Key::Profile | Key::NameAndCompany if chance.percent(50) => "",
            _ => &one.email,
        };
        let (created, source) = (date(&mut chance)?, chance.pick(&SOURCES));
        let heard = chance.pick(&HEARD);
        table.write_record([
            &contact_id(number).to_string(),
            one.first,
            &one.last,
            email,
            &owner,
            company,
            "Lead",
            "Open",
            &created,
            "2026-03-30 18:04",
            source,
            "",
            &page,
            "",
            &url,
            heard,
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// The page that some first came to, with the post that sent them there.
fn first_page(world: &World, lead: &Lead, chance: &mut Chance) -> String {
    if !chance.percent(4) {
        return String::new();
    }
    let posts = &world.posts[index(lead.owner.unwrap_or(0))];
    let post = posts[index(chance.below(posts.len() as u64))];
    format!(
        "https://harbourlane.example/refinance?utm_source=linkedin&utm_campaign=\
         urn%3Ali%3Ashare%3A{}",
        post.share
    )
}

/// Writes the deals, and what each is worth to the truth.
pub(crate) fn write_deals(
    world: &World,
    path: &Path,
    truth: &mut impl Write,
) -> Result<(), Failure> {
    const STAGES: [(&str, &str, &str, &str); 4] = [
        ("Settled", "true", "true", "false"),
        ("Settled", "true", "true", "false"),
        ("Closed Lost", "true", "false", "true"),
        ("Application", "false", "false", "false"),
    ];
    let mut table = quoted(path)?;
    table.write_record([
        "Record ID",
        "Deal Name",
        "Deal Stage",
        "Pipeline",
        "Amount",
        "Currency",
        "Close Date",
        "Create Date",
        "Last Modified Date",
        "Deal owner",
        "Is Deal Closed?",
        "Is Closed Won",
        "Is closed lost",
        "Deal probability",
        "Associated Contact IDs",
        "Associated Company",
    ])?;
    let mut chance = Chance::new(world.seed, 1 << 57);
    for number in 0..world.deals {
        let lead_number = chance.below(world.leads.len() as u64);
        let lead = world.person(world.leads[index(lead_number)].person);
        let minor = 50_000 + chance.skewed(2_000_000);
        let currency = if chance.percent(95) { "AUD" } else { "EUR" };
        let stage = STAGES[index(chance.below(4))];
        let created = date(&mut chance)?;
        let closed = if stage.1 == "true" { "2026-02-15 10:30" } else { "" };
        let contact = if chance.percent(85) {
            contact_id(lead_number).to_string()
        } else {
            String::new()
        };
        let id = 40_000_000 + number;
        table.write_record([
            &id.to_string(),
            &format!("{} - Home Loan", lead.last),
            stage.0,
            "Home Loans",
            &format!("{}.{:02}", minor / 100, minor % 100),
            currency,
            closed,
            &created,
            "2026-03-30 18:04",
            "",
            stage.1,
            stage.2,
            stage.3,
            "",
            &contact,
            &lead.company,
        ])?;
        writeln!(truth, "deal,{id},,,{minor},{currency}")?;
    }
    table.flush()?;
    Ok(())
}
