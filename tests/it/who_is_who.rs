//! Who is who over all files: labels of the configuration, telephone numbers, domains of
//! companies, and CRMs that hold copies of another.

use touchstone::{
    config::{Choice, Configuration, Flags},
    resolve::Told,
};

use crate::{binary::Place, network::Network};

/// What a configuration says of persons and records.
pub(crate) fn told(text: &str) -> Told {
    let file = Configuration::parse("touchstone.toml", text).unwrap();
    let flags = Flags::new();
    Choice::new(&flags, &file).attribution().unwrap().told
}

const CONNECTIONS: &str =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On
Mara,Quill,https://www.linkedin.com/in/mara-quill,,Tellur GmbH,CEO,02 Jan 2024
Ana,Weber,https://www.linkedin.com/in/ana-weber,,Weber Bau,Owner,03 Jan 2024
Tom,Weber,https://www.linkedin.com/in/tom-weber,,Weber Bau,Owner,04 Jan 2024
Ivo,Brand,https://www.linkedin.com/in/ivo-brand,,northpier.example,CFO,05 Jan 2024
Joel,Stone,https://www.linkedin.com/in/joel-stone,joel@stone.example,,,06 Jan 2024
";
const HUBSPOT: &str = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,\
                       Create Date,LinkedIn URL,Company name\n";
const PEOPLE: &str = "Person - ID,Person - Name,Person - Email - Work,Person - Phone - Mobile,\
                      Person - Person created,Person - Organization\n";

/// An archive of Nora Keel's, with leads of HubSpot and persons of Pipedrive beside it.
fn network(configuration: &str, hubspot: &str, pipedrive: &str) -> Network {
    let mut network = Network::new();
    network.told = told(configuration);
    let profile = "First Name,Last Name,Headline,Summary\nNora,Keel,Broker,\n";
    network.write("archive/Profile.csv", profile);
    let connections = network.write("archive/Connections.csv", CONNECTIONS);
    let mut paths = vec![connections.parent().unwrap().to_owned()];
    paths.push(network.write("hubspot.csv", [HUBSPOT, hubspot].concat()));
    if !pipedrive.is_empty() {
        paths.push(network.write("people.csv", [PEOPLE, pipedrive].concat()));
    }
    network.run(&paths);
    network
}

/// Each lead with whose connection it is, and what tells so.
fn matches(network: &Network) -> String {
    network.query(
        "select remote_id, member, match_basis, match_confidence from v_leads order by 1",
    )
}

/// How many persons leads are.
fn persons(network: &Network) -> usize {
    let told = &network.told;
    let resolved = touchstone::resolve::resolve(&network.store().load().unwrap(), told);
    let mut persons: Vec<_> = resolved.leads.iter().map(|lead| lead.person).collect();
    persons.sort_unstable();
    persons.dedup();
    persons.len()
}

fn ambiguities(network: &Network) -> String {
    network.query("select subject, text from v_ambiguities order by 1, 2")
}

#[test]
fn a_label_says_who_a_lead_is() {
    let lead = "1,Marianne,Q,mq@other.example,,Lead,2024-05-01 10:00,,Other\n";
    let plain = network("", lead, "");
    assert_eq!(matches(&plain), "1 | - | - | -\n");
    for name in ["1", "hubspot:1", "mq@other.example", "MQ@Other.example"] {
        let label = format!(
            "[same-person]\n\"{name}\" = \"https://de.linkedin.com/in/Mara-Quill/\"\n"
        );
        let labelled = network(&label, lead, "");
        assert_eq!(matches(&labelled), "1 | Nora Keel | label | 1.0\n", "{name}");
        assert_eq!(ambiguities(&labelled), "");
    }
    let by_address = "[same-person]\n1 = \"joel@stone.example\"\n";
    let labelled = network(by_address, lead, "");
    assert_eq!(matches(&labelled), "1 | Nora Keel | label | 1.0\n");
}

#[test]
fn a_label_wins_over_all_that_exports_say() {
    // Profile, address and name are all another's.
    let lead = "1,Ana,Weber,joel@stone.example,,Lead,2024-05-01 10:00,\
                https://www.linkedin.com/in/ana-weber,Weber Bau\n\
                2,Ana,Weber,,,Lead,2024-05-01 10:00,\
                https://www.linkedin.com/in/ana-weber,Weber Bau\n";
    let label = "[same-person]\n1 = \"https://www.linkedin.com/in/mara-quill\"\n";
    let network = network(label, lead, "");
    assert_eq!(
        matches(&network),
        "1 | Nora Keel | label | 1.0\n2 | Nora Keel | profile | 0.97\n"
    );
    let told = &network.told;
    let resolved = touchstone::resolve::resolve(&network.store().load().unwrap(), told);
    assert_ne!(resolved.leads[0].person, resolved.leads[1].person);
    assert_eq!(resolved.connections, 5, "no connections became one");
}

#[test]
fn a_label_says_who_a_lead_is_not() {
    let lead = "1,Ana,Weber,,,Lead,2024-05-01 10:00,,Weber Bau\n\
                2,Tom,Weber,,,Lead,2024-05-01 10:00,\
                https://www.linkedin.com/in/tom-weber,\n";
    let plain = network("", lead, "");
    assert_eq!(
        matches(&plain),
        "1 | Nora Keel | name_company | 0.75\n2 | Nora Keel | profile | 0.97\n"
    );
    let label = "[other-person]\n1 = [\"https://www.linkedin.com/in/ana-weber\"]\n\
                 2 = \"https://www.linkedin.com/in/tom-weber\"\n";
    let told = network(label, lead, "");
    assert_eq!(matches(&told), "1 | - | - | -\n2 | - | - | -\n");
}

#[test]
fn a_label_that_names_nobody_or_two_is_said_and_joins_nobody() {
    let leads = "1,Marianne,Q,mq@other.example,,Lead,2024-05-01 10:00,,Other\n";
    let person = "1,Marianne Q,,,2024-05-01 10:00:00,Other\n";
    let mara = "https://www.linkedin.com/in/mara-quill";
    let check = |label: String, expected: &str| {
        let network = network(&label, leads, person);
        assert!(!matches(&network).contains("label"), "{label}");
        let said = ambiguities(&network);
        assert!(said.contains(expected), "{label}: {said}");
    };
    check(format!("[same-person]\n9 = \"{mara}\""), "no lead or contact has that id");
    check(
        format!("[same-person]\n1 = \"{mara}\""),
        "the id of several: hubspot:1, pipedrive:1",
    );
    check(
        format!("[same-person]\n\"x@y.example\" = \"{mara}\""),
        "no lead or contact has that address",
    );
    check(
        "[same-person]\n\"hubspot:1\" = \"https://www.linkedin.com/in/nobody\""
            .to_owned(),
        "no other file names that person",
    );
    check(
        format!(
            "[same-person]\n\"hubspot:1\" = \"{mara}\"\n\"mq@other.example\" = \
             \"https://www.linkedin.com/in/ana-weber\""
        ),
        "another line says who else that is",
    );
    check(
        format!(
            "[same-person]\n\"hubspot:1\" = \"{mara}\"\n[other-person]\n\"hubspot:1\" = \"{mara}\""
        ),
        "another line says who else that is",
    );
}

#[test]
fn forgetting_a_labelled_person_forgets_the_record() {
    let place = Place::new();
    let write =
        |name: &str, text: String| std::fs::write(place.path(name), text).unwrap();
    write(
        "hubspot.csv",
        format!("{HUBSPOT}1,Marianne,Q,mq@other.example,,Lead,2024-05-01 10:00,,Other\n"),
    );
    write("Connections.csv", CONNECTIONS.to_owned());
    write(
        "touchstone.toml",
        "[same-person]\n\"hubspot:1\" = \"https://www.linkedin.com/in/mara-quill\"\n"
            .to_owned(),
    );
    assert!(place.run(&["run", "hubspot.csv", "Connections.csv"]).status.success());
    let told = place.run(&["forget", "https://www.linkedin.com/in/mara-quill"]);
    assert!(told.status.success());
    assert_eq!(place.count("select count(*) from v_leads"), 0);
}

#[test]
fn a_telephone_number_and_a_last_name_join_records() {
    let lead = "2,Ana,Weber,ana@weber.example,+49 30 5550 1988,Lead,2024-05-02 10:00,\
                https://www.linkedin.com/in/ana-weber,\n";
    let person = "91,Ana Weber,ana.w@else.example,0049 (0)30 55501988,2024-06-01 10:00:00,\n\
                  92,Weber,,030 5550 1988,2024-06-02 10:00:00,\n\
                  93,Ana Meyer,am@else.example,+49 30 5550 1988,2024-06-01 10:00:00,\n";
    // Without a country, only numbers that state theirs are compared.
    let found = network("", lead, person);
    let expected = "2 | Nora Keel | profile | 0.97\n91 | Nora Keel | profile | 0.9\n";
    assert_eq!(matches(&found), format!("{expected}92 | - | - | -\n93 | - | - | -\n"));
    let found = network("country = \"DE\"", lead, person);
    let all = format!("{expected}92 | Nora Keel | profile | 0.9\n93 | - | - | -\n");
    assert_eq!(matches(&found), all);
}

#[test]
fn a_short_number_beside_a_word_joins_records_of_the_configured_country() {
    let lead = "2,Ana,Weber,ana@weber.example,Mob: 90 18 27 40,Lead,2024-05-02 10:00,\
                https://www.linkedin.com/in/ana-weber,\n";
    let person = "91,Ana Weber,ana.w@else.example,+47 90 18 27 40,2024-06-01 10:00:00,\n";
    let joined = |settings| matches(&network(settings, lead, person));
    assert!(joined("country = \"NO\"").contains("91 | Nora Keel | profile | 0.9"));
    assert!(joined("country = \"FR\"").contains("91 | - | - | -"));
}

#[test]
fn a_family_or_firm_with_one_number_is_several_persons() {
    let leads = "2,Ana,Weber,ana@weber.example,+49 30 5550 1988,Lead,2024-05-02 10:00,\
                 https://www.linkedin.com/in/ana-weber,\n\
                 3,Tom,Weber,tom@weber.example,+49 30 5550 1988,Lead,2024-05-02 10:00,,\n";
    let person = "91,T. Weber,t@else.example,+49 30 5550 1988,2024-06-01 10:00:00,\n\
                  92,Weber,,+49 30 5550 1988,2024-06-02 10:00:00,\n";
    let network = network("", leads, person);
    assert_eq!(persons(&network), 3, "Ana, Tom (and T.), and whoever is called Weber");
    let said = ambiguities(&network);
    assert!(said.contains("taken as different persons"), "{said}");
    assert!(
        said.contains("Weber (pipedrive 92) | telephone number and last name fit 3"),
        "{said}"
    );
}

#[test]
fn a_number_of_an_office_joins_whole_names_alone() {
    let number = "+49 30 5550 1988";
    let lead = |name: &str, id: u8| {
        format!("{id},{name},c{id}@firm.example,{number},Lead,2024-05-02 10:00,,\n")
    };
    let leads = [lead("Ana,Weber", 1), lead("Ben,Ott", 2), lead("Cleo,Mai", 3)].concat();
    let people = format!(
        "91,Ana Weber,,{number},2024-06-01 10:00:00,\n92,B. Ott,,{number},2024-06-01 10:00:00,\n"
    );
    let one = network("", &leads, &people);
    assert_eq!(persons(&one), 4, "B. Ott may be anybody of that name in the office");
    let rest = [
        "93,B. Ott,b@one.example",
        "94,B. Ott,b@two.example",
        "95,Mai,mai@one.example",
        "96,Mai,mai@two.example",
    ];
    let rest = rest.map(|one| format!("{one},{number},2024-06-01 10:00:00,\n"));
    let more = people + &rest.concat();
    let more = network("", &leads, &more);
    assert_eq!(persons(&more), 8, "nor are two of an initial or a last name one person");
}

#[test]
fn two_profiles_are_never_joined_by_a_number_or_a_domain() {
    let leads = "2,Ana,Weber,a@firm.example,+49 30 5550 1988,Lead,2024-05-02 10:00,\
                 https://www.linkedin.com/in/ana-weber,\n";
    let form = "Lead ID,First Name,Last Name,Email,Phone,LinkedIn,Company,Created Date\n\
                9,Ana,Weber,w@firm.example,+49 30 5550 1988,\
                https://www.linkedin.com/in/tom-weber,,2024-05-02\n";
    let network = Network::new();
    network.run(&[
        network.write("hubspot.csv", [HUBSPOT, leads].concat()),
        network.write("other.csv", form),
    ]);
    assert_eq!(persons(&network), 2);
    let said = ambiguities(&network);
    assert!(said.contains("the LinkedIn profiles differ; not joined"), "{said}");
}

#[test]
fn a_full_name_and_the_domain_of_a_company_join() {
    let leads = "4,Ivo,Brand,ivo@northpier.example,,Lead,2024-05-03 10:00,,\n\
                 5,Ana,Weber,ana@gmail.com,,Lead,2024-05-03 10:00,,\n\
                 6,Cleo,Mai,cleo@firm.example,,Lead,2024-05-03 10:00,,\n\
                 7,Cleo,Mai,c.mai@firm.example,,Lead,2024-05-03 10:00,,\n";
    let people = "91,Ivo Brand,i.brand@northpier.example,,2024-06-01 10:00:00,\n\
                  92,Ana Weber,weber@gmail.com,,2024-06-01 10:00:00,\n\
                  93,Cleo Mai,mai@firm.example,,2024-06-01 10:00:00,\n";
    let network = network("", leads, people);
    let by_domain = "4 | Nora Keel | name_company | 0.85\n";
    let found = matches(&network);
    assert!(
        found.contains(by_domain)
            && found.contains("91 | Nora Keel | name_company | 0.85\n")
    );
    assert_eq!(persons(&network), 6, "free mail joins nobody, nor a name that two have");
    let said = ambiguities(&network);
    assert!(said.contains("possibly one person, not joined"), "{said}");
}

#[test]
fn a_tag_in_an_address_is_no_other_person() {
    let leads = "5,Joel,Stone,joel+crm@stone.example,,Lead,2024-05-03 10:00,,\n\
                 6,Ida,Fern,ida.fern+a@gmail.com,,Lead,2024-05-03 10:00,,\n\
                 7,Ida,Fern,i.dafern@gmail.com,,Lead,2024-05-03 10:00,,\n";
    let network = network("", leads, "");
    assert!(matches(&network).starts_with("5 | Nora Keel | email | 0.95\n"));
    assert_eq!(persons(&network), 2);
}

const HUBSPOT_DEALS: &str =
    "Record ID,Deal Name,Deal Stage,Is Closed Won,Is Deal Closed?,Amount,Currency,Close Date,\
     Associated Contact IDs,Salesforce Opportunity ID
1,Quay 9,closedwon,true,true,1250.00,EUR,2024-04-15 10:00,,
2,Renamed,closedwon,true,true,800.00,EUR,2024-04-16 10:00,,0065g00000Opp02
3,Mill Lane,closedwon,true,true,70.00,EUR,2024-04-17 10:00,,
4,Twice,closedwon,true,true,5.00,EUR,2024-04-17 10:00,,
5,Here alone,closedwon,true,true,1.00,EUR,2024-04-17 10:00,,
";
const OPPORTUNITIES: &str =
    "Id,Name,StageName,IsClosed,IsWon,Amount,CurrencyIsoCode,CloseDate,ContactId,CreatedDate
0065g00000Opp01AAB,Quay 9,Closed Won,1,1,1250.00,EUR,2024-04-15,0035g00000noor1AAA,2024-01-01 10:00:00
0065g00000Opp02AAB,Harbour,Closed Won,1,1,900.00,EUR,2024-04-10,,2024-01-01 10:00:00
0065g00000Opp03AAB,Mill Lane,Closed Won,1,1,75.00,EUR,2024-04-17,,2024-01-01 10:00:00
0065g00000Opp04AAB,Twice,Closed Won,1,1,5.00,EUR,2024-04-17,,2024-01-01 10:00:00
0065g00000Opp05AAB,Twice,Closed Won,1,1,5.00,EUR,2024-04-17,,2024-01-01 10:00:00
0065g00000Opp06AAB,There alone,Closed Won,1,1,2.00,EUR,2024-04-17,,2024-01-01 10:00:00
";
const CONTACTS: &str = "Id,AccountId,FirstName,LastName,Email,CreatedDate
0035g00000noor1AAA,0015g00000acct1AAA,Noor,Haddad,noor@haddad.example,2024-01-01 10:00:00
";

fn two_crms(configuration: &str) -> Network {
    let mut network = Network::new();
    network.told = told(configuration);
    let lead = "20,Noor,Haddad,noor@haddad.example,,Lead,2024-02-01 10:00,,\n";
    network.run(&[
        network.write("deals.csv", HUBSPOT_DEALS),
        network.write("hubspot.csv", [HUBSPOT, lead].concat()),
        network.write("Opportunity.csv", OPPORTUNITIES),
        network.write("Contact.csv", CONTACTS),
    ]);
    network
}

#[test]
fn a_crm_that_holds_copies_of_another_counts_each_deal_and_lead_once() {
    let deals =
        "select source_system, remote_id, amount_minor from v_deals order by 1, 2";
    let apart = two_crms("");
    assert_eq!(apart.count("select count(*) from v_deals"), 11);
    assert_eq!(apart.count("select count(*) from v_leads"), 2);
    let one = two_crms("[[copy]]\nsystem = \"salesforce\"\nof = \"hubspot\"\n");
    assert_eq!(
        one.query(deals),
        "hubspot | 1 | 125000\nhubspot | 2 | 80000\nhubspot | 3 | 7000\nhubspot | 4 | 500\n\
         hubspot | 5 | 100\nsalesforce | 0065g00000Opp03AAB | 7500\n\
         salesforce | 0065g00000Opp04AAB | 500\nsalesforce | 0065g00000Opp05AAB | 500\n\
         salesforce | 0065g00000Opp06AAB | 200\n"
    );
    // As old as the older of both; the person whom the copy names is the deal's.
    assert_eq!(
        one.query("select source_system, remote_id, created_at from v_leads"),
        "hubspot | 20 | 2024-01-01T10:00:00Z\n"
    );
    let named = "select remote_id from deals join deal_leads using (deal_id)";
    assert_eq!(one.query(named), "1\n");
    let said = ambiguities(&one);
    assert!(
        said.contains(
            "counted as hubspot has them: 2; deals without a counterpart there,"
        ) && said.contains("count by themselves: 4"),
        "{said}"
    );
    assert!(
        said.contains("deal 0065g00000Opp03AAB (salesforce) | has the name of deal 3"),
        "{said}"
    );
    assert!(
        !said.contains("may be one") && !said.contains("so both count: [["),
        "{said}"
    );
    // The other way round, the other's figures count.
    let other = two_crms("[[copy]]\nsystem = \"hubspot\"\nof = \"salesforce\"\n");
    assert!(other.query(deals).contains("salesforce | 0065g00000Opp02AAB | 90000"));
    assert_eq!(other.count("select count(*) from v_deals"), 9);
}

#[test]
fn a_member_of_two_profiles_is_one_person_and_no_reader_of_their_own_posts() {
    let network = Network::new();
    let post = |number: u64| {
        format!("https://www.linkedin.com/feed/update/urn:li:share:{number}")
    };
    let posts = [post(7_180_738_187_776_876_970), post(7_191_738_187_776_876_970)];
    let mut paths = Vec::new();
    for (slug, post) in ["ann-old", "ann-new"].iter().zip(&posts) {
        let folder = format!("{slug}/Basic_LinkedInDataExport_01-05-2026");
        let write =
            |file: &str, text: String| network.write(&format!("{folder}/{file}"), text);
        write(
            "Profile.csv",
            "First Name,Last Name,Headline,Summary\nAnn,Alpha,,\n".into(),
        );
        write(
            "Email Addresses.csv",
            "Email Address,Confirmed,Primary,Updated On\n\
             ann@alpha.example,Yes,Yes,\"1/1/24, 10:00 AM\"\n"
                .into(),
        );
        write(
            "Invitations.csv",
            format!(
                "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
                 Ann Alpha,X Y,\"1/1/24, 10:00 AM\",,OUTGOING,\
                 https://www.linkedin.com/in/{slug},https://www.linkedin.com/in/xy\n"
            ),
        );
        let shares = format!(
            "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n\
             2024-04-02 10:00:00,{post},Words,,,MEMBER_NETWORK\n"
        );
        paths.push(write("Shares.csv", shares).parent().unwrap().to_owned());
    }
    let like = |slug: &str, post: &str| {
        format!(
            "https://www.linkedin.com/in/{slug},{slug} A,{slug} A,Nurse,LIKE,,{post},\
             2024-06-03T10:00:00.000Z\n"
        )
    };
    let header =
        "profileUrl,fullName,name,title,reactionType,likeUrl,postUrl,timestamp\n";
    let mut likers = header.to_owned();
    for slug in ["ann-old", "ann-new", "zed"] {
        likers.extend(posts.iter().map(|post| like(slug, post)));
    }
    paths.push(network.write("likers.csv", likers));
    network.run(&paths);
    let of_posts = "select member, reactions from v_post_scorecard where model = 'linear' \
                    order by post_urn";
    assert_eq!(network.query(of_posts), "Ann Alpha | 1\nAnn Alpha | 1\n");
}
