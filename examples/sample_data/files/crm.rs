//! Contacts and deals as HubSpot exports them, and the themes given by hand.

use super::{
    Files,
    story::{Deal, Lead, MEMBERS, Sign, Story},
    text::{moment, quoted_row, row},
};

const TIME: &str = "%Y-%m-%d %H:%M";
const CONTACTS: [&str; 14] = [
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Contact owner",
    "Company name",
    "Associated Deal IDs",
    "Lifecycle Stage",
    "Create Date",
    "Original Traffic Source",
    "Original Traffic Source Drill-Down 1",
    "First Page Seen",
    "LinkedIn URL",
    "How did you hear about us?",
];
const DEALS: [&str; 16] = [
    "Record ID",
    "Deal Name",
    "Deal Stage",
    "Pipeline",
    "Amount",
    "Amount in company currency",
    "Currency",
    "Close Date",
    "Create Date",
    "Deal owner",
    "Is Deal Closed?",
    "Is Closed Won",
    "Is closed lost",
    "Deal probability",
    "Associated Contact IDs",
    "Loan amount",
];

/// Adds the CRM's tables and the labels.
pub(crate) fn write(story: &Story, files: &mut Files) {
    let mut contacts = quoted_row(&CONTACTS);
    for (index, lead) in story.leads.iter().enumerate() {
        contacts += &contact(story, index, lead);
    }
    let mut deals = quoted_row(&DEALS);
    for (index, one) in story.deals.iter().enumerate() {
        deals += &deal(story, 500_001 + index, one, one.cents, "");
        if one.outcome == "won" && index % 31 == 0 {
            let refund = " - commission clawback";
            deals += &deal(story, 590_001 + index, one, -one.cents / 2, refund);
        }
    }
    let mut themes = "post,theme\n".to_owned();
    for (index, post) in story.posts.iter().enumerate() {
        if index % 7 != 3 {
            themes += &row(&[&format!("urn:li:share:{}", post.share()), post.theme]);
        }
    }
    let name = |what: &str| format!("crm/hubspot-crm-exports-all-{what}-2026-01-05.csv");
    files.insert(name("contacts"), contacts.into_bytes());
    files.insert(name("deals"), deals.into_bytes());
    files.insert("themes.csv".to_owned(), themes.into_bytes());
}

fn contact(story: &Story, index: usize, lead: &Lead) -> String {
    let person = &story.persons[lead.person];
    let post = lead.post.map(|post| &story.posts[post]);
    let mut page = String::new();
    let mut heard = String::new();
    let (mut source, mut detail) = ("Direct Traffic", "harbourside.example/");
    match (lead.sign, post) {
        (Sign::Link, Some(post)) if !post.link.is_empty() => {
            (source, detail) = ("Organic Social", "LinkedIn");
            page.clone_from(&post.link);
        }
        (Sign::Link | Sign::Quoted, Some(post)) => {
            heard = format!("Your post about \"{}\"", post.opening());
        }
        (Sign::Elsewhere, _) => {
            (source, detail, heard) = match index % 4 {
                0 => ("Offline Sources", "CRM_UI", "Recommended by a friend".to_owned()),
                1 => ("Organic Search", "Unknown keywords (SSL)", String::new()),
                2 => ("Direct Traffic", "harbourside.example/", "Google".to_owned()),
                _ => ("Offline Sources", "CRM_UI", String::new()),
            };
        }
        _ if index.is_multiple_of(5) => "LinkedIn".clone_into(&mut heard),
        _ => {}
    }
    let deals: Vec<String> = story
        .deals
        .iter()
        .enumerate()
        .filter(|(_, deal)| deal.lead == index)
        .map(|(deal, _)| (500_001 + deal).to_string())
        .collect();
    quoted_row(&[
        &(200_001 + index).to_string(),
        person.first,
        person.last,
        &person.email(),
        &MEMBERS[person.member].name(),
        &person.company,
        &deals.join(";"),
        if deals.is_empty() { "Lead" } else { "Opportunity" },
        &moment(lead.created_ms, TIME),
        source,
        detail,
        &page,
        &if index.is_multiple_of(3) { person.url() } else { String::new() },
        &heard,
    ])
}

fn deal(story: &Story, id: usize, deal: &Deal, cents: i64, words: &str) -> String {
    let person = &story.persons[story.leads[deal.lead].person];
    let minus = if cents < 0 { "-" } else { "" };
    let amount = format!("{minus}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
    let (stage, closed, won, lost, probability) = match deal.outcome {
        "won" => ("Settled", "true", "true", "false", "1.0"),
        "lost" => ("Closed Lost", "true", "false", "true", "0.0"),
        _ => ("Application", "false", "false", "false", "0.4"),
    };
    quoted_row(&[
        &id.to_string(),
        &format!("{} - Home loan{words}", person.last),
        stage,
        "Home Loans",
        &amount,
        &amount,
        "AUD",
        &moment(deal.closed_ms, TIME),
        &moment(deal.opened_ms, TIME),
        &MEMBERS[person.member].name(),
        closed,
        won,
        lost,
        probability,
        &(200_001 + deal.lead).to_string(),
        &format!("{}.0", deal.cents / 65 / 50 * 5000),
    ])
}
