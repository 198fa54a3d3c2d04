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
