use super::*;
use crate::recognize::{Own, OwnKind};

/// The formats that fit a header best.
fn fitting(header: &str) -> Vec<&'static str> {
    let cells: Vec<String> = header.split(',').map(str::to_owned).collect();
    let found = best(&Registry::default(), &cells);
    found.into_iter().map(|(format, _)| format.name).collect()
}

fn check(header: &str, format: &str) {
    assert_eq!(fitting(header), [format], "{header}");
}

#[test]
fn a_table_of_which_nothing_would_be_taken_is_another_where_more_columns_say_so() {
    check("Deal Name,Stage,Amount,Close Date,Date,Link", "generic-deals");
    check("Name,Email,Lead Status,Date,Link", "generic-leads");
    check("Organization,Followed On,Email,Lead Status,Name", "generic-leads");
    check("Company Names,Job Titles,Name,Email,Lead Status", "generic-leads");
    check("date,post_url,impressions,engagements", "post-analytics");
    check("date,post_url,impressions,engagements,likes,comments", "post-analytics");
    // With their own columns, or columns that mean nothing else, they stay what they are.
    check("Date,Link", "linkedin-instant-reposts");
    check("Date,Impressions,Engagements", "linkedin-analytics-days");
    check("Date,Impressions,Engagements,Followers", "linkedin-analytics-days");
    check(
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "linkedin-recommendations",
    );
    check("Connection First Name,Connection Last Name,Note,Created At", "linkedin-notes");
}

#[test]
fn a_deals_id_beside_no_person_tells_deals() {
    let is_lead = |header| fitting(header).contains(&"generic-leads");
    assert!(!is_lead("deal_id,lead_id,status,close_at,final_mrr_usd"));
    assert!(!is_lead("deal_id,contact_id,stage_id,source,created_at,currency"));
    assert!(!is_lead("Opportunity ID,Contact ID,Status,Source"));
    assert!(is_lead("mql_id,first_contact_date,landing_page_id,origin"));
    assert!(is_lead("Lead ID,Deal ID,Email,Lead Status"));
}

#[test]
fn who_may_be_converted_is_a_lead_whatever_came_of_it() {
    check(
        "First Name,Last Name,ID,Account Name,Email Address,Status,Lead Source,Converted,\
         Opportunity Name,Opportunity Amount,Contact ID,Account ID,Opportunity ID,\
         Date Created,Date Modified",
        "generic-leads",
    );
}

#[test]
fn a_vendor_whose_ids_are_missing_leaves_a_wider_table_to_nobody() {
    let header = "Account Name,Opportunity Name,Stage,Value,Currency,Close Date";
    check(header, "salesforce-opportunity-report");
    check(&format!("{header},Status"), "generic-deals");
    check(&format!("{header},Status,Opportunity ID"), "salesforce-opportunity-report");
}

#[test]
fn names_that_any_crm_has_are_not_hubspots() {
    let contacts = "Contact ID,First Name,Last Name,Email,LinkedIn";
    check(&format!("{contacts},Created"), "generic-contacts");
    check(&format!("{contacts},Lifecycle Stage"), "hubspot-contacts");
    check("Record ID,First Name,Last Name,Email", "hubspot-contacts");
    check("ID de registro,Nombre,Apellidos,Correo", "hubspot-contacts");
    check("hs_object_id,firstname,lastname,email", "hubspot-contacts");
    let deals = "Deal ID,Deal Name,Deal Stage,Amount,Close Date";
    check(deals, "generic-deals");
    check(&format!("{deals},Associated Contact IDs"), "hubspot-deals");
    check("Record ID,Deal Name,Deal Stage", "hubspot-deals");
}

#[test]
fn people_whom_a_search_found_are_no_engagers() {
    let header = "profileUrl,fullName,companyName,title,location,query,timestamp";
    check(header, "phantombuster-search");
    check("profileUrl,fullName,title,degree", "phantombuster-short");
    check("profileUrl,fullName,title,postUrl,query", "phantombuster-engagers");
}

#[test]
fn a_format_of_the_users_own_comes_before_a_wider_one_of_nobodys() {
    let mut own = Own::new("acme-deals", OwnKind::of("deal").unwrap());
    own.columns.push((Field::Name, vec!["Deal Name".to_owned()]));
    own.columns.push((Field::Stage, vec!["Stage".to_owned()]));
    let mut registry = Registry::default();
    registry.add(&own).unwrap();
    let cells = ["Deal Name", "Stage", "Status", "Amount", "Close Date"];
    let found = best(&registry, &cells.map(str::to_owned));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0.name, "acme-deals");
}
