//! HubSpot contacts and deals, and what is no table.

use super::{check_rows, verdicts};
use crate::network::Network;

#[test]
fn contacts_and_deals_read_whole() {
    let network = Network::of(&["crm/hubspot"]);
    check_rows(
        &network,
        &[
            ("hubspot/hubspot-crm-exports-all-companies-2025-02-03.csv", 9, 9, 0),
            ("hubspot/hubspot-crm-exports-all-contacts-2025-02-03.csv", 12, 12, 0),
            ("hubspot/hubspot-crm-exports-all-deals-2025-02-03.csv", 12, 12, 0),
            ("hubspot/hubspot-property-history-deals-2025-02-03.csv", 8, 8, 0),
        ],
    );
    assert_eq!(
        network.query("select status, count(*) from v_deals group by status order by 1"),
        "lost | 2\nopen | 4\nwon | 6\n"
    );
}

#[test]
fn won_amounts_and_loans_are_exact() {
    let network = Network::of(&["crm/hubspot"]);
    assert_eq!(
        network.query(
            "select currency, sum(amount_minor), sum(loan_minor) from v_deals
             where status = 'won' group by currency order by 1"
        ),
        "AUD | 3415000 | 249000000\nEUR | 1200050 | -\n"
    );
}

#[test]
fn deals_that_are_easily_misread() {
    let network = Network::of(&["crm/hubspot"]);
    let check = |id: &str, expected: &str| {
        let sql = format!(
            "select status, amount_minor, currency, loan_minor from v_deals
             where remote_id = '{id}'"
        );
        assert_eq!(network.query(&sql), format!("{expected}\n"), "{id}");
    };
    check("40311", "won | -160000 | AUD | -");
    check("40301", "won | 325000 | AUD | 52000000");
    check("40307", "open | 1500000 | USD | -");
    check("40306", "open | - | NOK | -");
    check("40309", "open | 0 | AUD | -");
}

#[test]
fn a_deal_knows_its_contacts() {
    let network = Network::of(&["crm/hubspot"]);
    let found = network.query(
        "select deals.remote_id, group_concat(leads.remote_id, ' ' order by leads.remote_id), \
                min(basis)
         from deals left join deal_leads using (deal_id) left join leads using (lead_id)
         group by deals.remote_id order by 1",
    );
    insta::assert_snapshot!("deal-contacts", found);
}

#[test]
fn contacts_that_are_easily_misread() {
    let network = Network::of(&["crm/hubspot"]);
    let check = |id: &str, expected: &str| {
        let sql = format!(
            "select full_name, profile, email from contacts
             join identities using (identity_id) where remote_id = '{id}'"
        );
        assert_eq!(network.query(&sql), format!("{expected}\n"), "{id}");
    };
    check(
        "20101",
        "Mara Quillfeather | mara-quillfeather-example | mara@quillfeather.example",
    );
    check(
        "20102",
        "Ivo Brandstätter | ivo-brandstaetter-example | ivo.brandstaetter@tellur.example",
    );
    check("20106", "Sunniva Ålgård | sunniva-ålgård-example | sunniva@fjordlys.example");
    check("20105", "- | - | -");
    check("20108", "Dmitri Okafor-Lind | - | dmitri@blueharbor.example");
    check(
        "20110",
        "Ruth Abernathy-Cole | ruth-abernathy-cole-example | ruth@abernathy.example",
    );
}

#[test]
fn aliases_and_merged_ids_of_a_contact_are_kept() {
    let network = Network::of(&["crm/hubspot"]);
    assert_eq!(
        network.query(
            "select kind, record_links.text from record_links join contacts using (place)
             where remote_id = '20101' and kind in ('merged_id', 'alias_email')
             order by 1, 2"
        ),
        "alias_email | m.quillfeather@oldmail.example\nmerged_id | 20077\nmerged_id | 20088\n"
    );
}

#[test]
fn evidence_of_a_contact_keeps_its_kinds_apart() {
    let network = Network::of(&["crm/hubspot"]);
    let found = network.query(
        "select remote_id, source_evidence.kind, column_name, source_evidence.text
         from source_evidence join contacts
             on source_evidence.place >> 4 = contacts.place >> 4
         where remote_id in ('20101', '20102') order by source_evidence.place",
    );
    insta::assert_snapshot!("evidence", found);
}

#[test]
fn a_link_tagged_with_a_post_touches() {
    let network = Network::of(&["crm/hubspot"]);
    assert_eq!(
        network.query("select lead_remote_id, post_urn, kind from v_touches where post_urn is not null"),
        "20101 | urn:li:share:7203000000000000001 | tracked_link\n"
    );
}

#[test]
fn persons_of_one_name_stay_apart() {
    let network = Network::of(&["crm/hubspot"]);
    assert_eq!(network.count("select count(*) from v_leads"), 12);
    assert_eq!(
        network.count("select count(*) from v_leads where person = 'John Smith'"),
        2
    );
}

#[test]
fn a_web_page_saved_as_csv_is_refused_by_what_it_is() {
    let found = verdicts("crm/generic");
    let reason = &found["generic/web-page-saved-as.csv"];
    assert!(reason.contains("web page"), "{found:?}");
}
