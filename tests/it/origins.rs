//! Where leads came from, by what is tracked and said at their creation.

use crate::network::Network;

const POST: &str =
    "https://www.linkedin.com/feed/update/urn:li:share:7191738187776876970";

fn likers(network: &Network, persons: &[&str]) -> std::path::PathBuf {
    let row = |slug: &&str| {
        format!(
            "https://www.linkedin.com/in/{slug},{slug} Alder,{slug} Alder,Nurse,LIKE,,{POST},\
             2024-05-03T10:00:00.000Z\n"
        )
    };
    let rows: String = persons.iter().map(row).collect();
    let header =
        "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n";
    network.write("likers.csv", [header, &rows].concat())
}

#[test]
fn a_like_does_not_take_the_credit_of_a_source_that_utm_source_names() {
    let network = Network::new();
    let leads = "Lead ID,Full Name,LinkedIn,Created,Lead Status,utm_source,utm_medium,\
                 Original Source\n\
                 A,Ann Alder,https://www.linkedin.com/in/ann,2024-06-01,New,google,cpc,Paid Search\n\
                 B,Bob Alder,https://www.linkedin.com/in/bob,2024-06-01,New,li,cpc,\n\
                 C,Cid Alder,https://www.linkedin.com/in/cid,2024-06-01,New,(direct),(none),\n";
    let likers = likers(&network, &["ann", "bob", "cid"]);
    network.run(&[network.write("leads.csv", leads), likers]);
    assert_eq!(
        network.query(
            "select lead_remote_id, kind, evidence from v_touches where post_urn is null"
        ),
        "A | tracked_source | utm_source: google; Original Source: Paid Search\n"
    );
    let credits = "select lead_remote_id, post_urn is null, share from v_lead_credits \
                   where model = 'linear' order by 1, 2";
    assert_eq!(
        network.query(credits),
        "A | 0 | 0.5\nA | 1 | 0.5\nB | 0 | 1.0\nC | 0 | 1.0\n"
    );
    assert_eq!(
        network.query(
            "select leads from v_evidence_scorecard where model = 'last-touch' \
             and evidence = 'tracked'"
        ),
        "1.0\n"
    );
}

/// Leads of a day or an instant: who came by a link that a post of that day shared, who quotes
/// it, who commented on it, who names another source beside a comment, and who sent a form
/// beside one.
fn of_created(created: &str) -> (Network, String) {
    let network = Network::new();
    let share = format!(
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
         2024-05-02 10:00:00,{POST},Kids at the beach with buckets and spades,\
         https://harbour.example/p/1,,MEMBER_NETWORK\n"
    );
    let folder = "Basic_LinkedInDataExport_01-05-2026";
    let shares = network.write(&format!("{folder}/Shares.csv"), share);
    let profile = "First Name,Last Name,Headline,Summary\nMira,Castell,,\n";
    network.write(&format!("{folder}/Profile.csv"), profile);
    let lead = |(id, page, said): (&str, &str, &str)| {
        let said = said.replace('\'', "\"\"");
        format!(
            "{id},{id},Alder,,{created},Organic Social,{page},\
             https://www.linkedin.com/in/{id},\"{said}\",Lead\n"
        )
    };
    let leads = [
        ("by-link", "https://harbour.example/p/1", ""),
        ("quotes", "", "your post 'Kids at the beach with buckets'"),
        ("comments", "", ""),
        ("google", "", "Google"),
    ];
    let leads: String = leads.into_iter().map(lead).collect();
    let columns = "Record ID,First Name,Last Name,Email,Create Date,Original Traffic Source,\
                   First Page Seen,LinkedIn URL,How did you hear about us?,Lifecycle Stage\n";
    let comment = |id: &str| {
        format!(
            "https://www.linkedin.com/in/{id},{id} Alder,Nurse,hm,,2024-05-02T11:00:00.000Z,\
             {POST},2026-01-04T10:00:00.000Z\n"
        )
    };
    let comments: String =
        ["comments", "google", "form"].into_iter().map(comment).collect();
    let of_comments = "profileUrl,fullName,occupation,comment,commentUrl,commentDate,postUrl,\
                       timestamp\n";
    let leads = network.write("leads.csv", [columns, &leads].concat());
    let form = format!(
        "Created At,Form Name,Lead ID,Email,Campaign Name,LinkedIn Profile\n\
         {created},Buckets,form,form@alder.example,Spring,https://www.linkedin.com/in/form\n"
    );
    let form = network.write("form.csv", form);
    let comments = network.write("comments.csv", [of_comments, &comments].concat());
    network.run(&[shares.parent().unwrap().to_owned(), leads, form, comments]);
    let told = network.query(
        "select lead_remote_id, model, post_urn is null, round(share, 4) from v_lead_credits \
         where model not in ('incremental') order by 1, 2, 3",
    );
    (network, told)
}

#[test]
fn a_day_without_a_time_loses_nothing_of_that_day() {
    let (of_day, by_day) = of_created("2024-05-02");
    let (_, by_instant) = of_created("2024-05-02 12:00");
    assert!(by_day.contains("by-link | last-touch | 0 | 1.0"), "{by_day}");
    assert!(by_day.contains("quotes | last-touch | 0 | 1.0"), "{by_day}");
    assert!(by_day.contains("comments | last-touch | 0 | 1.0"), "{by_day}");
    assert!(by_day.contains("google | last-touch | 1 | 1.0"), "{by_day}");
    assert!(by_day.contains("form | last-touch | 1 | 1.0"), "{by_day}");
    assert_eq!(
        by_day.lines().filter(|line| !line.contains("decay")).collect::<Vec<_>>(),
        by_instant.lines().filter(|line| !line.contains("decay")).collect::<Vec<_>>()
    );
    assert_eq!(
        of_day.query(
            "select lead_remote_id, kind, touched_at from v_touches order by 1, touched_at"
        ),
        "by-link | tracked_link | 2024-05-02T23:59:59.999Z\n\
         comments | comment | 2024-05-02T11:00:00Z\n\
         form | comment | 2024-05-02T11:00:00Z\n\
         form | lead_gen_form | 2024-05-02T23:59:59.999Z\n\
         google | comment | 2024-05-02T11:00:00Z\n\
         google | self_reported_source | 2024-05-02T23:59:59.999Z\n\
         quotes | self_reported | 2024-05-02T23:59:59.999Z\n"
    );
}

#[test]
fn a_form_of_a_day_is_in_the_journey_of_a_deal_that_was_closed_on_it() {
    let network = Network::new();
    let forms = |at| {
        format!(
            "Created At,Form Name,Lead ID,Email,Post URL\n\
             {at},Buckets,f1,ann@alder.example,{POST}\n"
        )
    };
    let contacts = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date\n\
                    1,Ann,Alder,ann@alder.example,Customer,2024-05-01 09:00\n\
                    2,Bob,Birch,bob@birch.example,Lead,2024-06-01 09:00\n";
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,\
                 Is Deal Closed?,Is Closed Won,Associated Contact IDs\n\
                 11,Mill,Won,1000.00,EUR,2024-05-02 15:00,2024-05-01 10:00,true,true,1\n";
    let mut paths = vec![
        network.write("form.csv", forms("2024-05-02")),
        network.write("contacts.csv", contacts),
        network.write("deals.csv", deals),
    ];
    network.run(&paths);
    let credits = format!(
        "select credit_minor from v_deal_credits where model = 'last-touch' \
         and post_urn = '{}'",
        POST.rsplit('/').next().unwrap()
    );
    assert_eq!(network.query(&credits), "100000\n");
    let touches = "select touched_at from v_touches where lead_remote_id = '1'";
    assert_eq!(network.query(touches), "2024-05-02T15:00:00Z\n");
    // Another export that knows the time tells of the same form.
    paths.push(network.write("form2.csv", forms("2024-05-02 00:00:00")));
    network.run(&paths);
    assert_eq!(network.query(touches), "2024-05-02T00:00:00Z\n");
}

#[test]
fn an_open_deal_has_the_source_of_a_lead_of_the_last_day_that_is_known() {
    let network = Network::new();
    let leads = "Lead ID,Full Name,Email,Created,Lead Status,Lead Source\n\
                 7,Ann Alder,ann@alder.example,2024-06-01,New,Google\n";
    let deals = "Deal ID,Deal Name,Contact Email,Stage,Status,Amount,Currency,Created\n\
                 8,House,ann@alder.example,New,Open,1000,EUR,2024-06-01\n";
    network.run(&[network.write("leads.csv", leads), network.write("deals.csv", deals)]);
    let touches = "select kind, touched_at from v_touches";
    assert_eq!(network.query(touches), "rep_entered_source | 2024-06-01T00:00:00Z\n");
    let credits = "select evidence, leads from v_evidence_scorecard where model = 'linear' \
                   and pipeline_minor = 100000";
    assert_eq!(network.query(credits), "rep_entered | 1.0\n");
}
