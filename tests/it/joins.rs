//! Whose an archive, a post or a deal is, where files contradict each other or name nobody.

use std::path::PathBuf;

use touchstone::{
    link::{self, Linkable, Linking},
    store::Store,
};

use crate::network::Network;

const PROFILE: &str = "First Name,Last Name,Headline,Summary\n";
const INVITATIONS: &str =
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
const SHARES: &str = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n";
const ADDRESSES: &str = "Email Address,Confirmed,Primary,Updated On\n";

/// An archive's profile, and a post that its shares hold.
pub(crate) fn archive(
    network: &Network,
    folder: &str,
    name: &str,
    number: &str,
    post: &str,
) -> PathBuf {
    let (first, last) = name.split_once(' ').unwrap();
    network
        .write(&format!("{folder}/Profile.csv"), format!("{PROFILE}{first},{last},,\n"));
    let share = format!(
        "2024-11-05 08:10:25,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{post},\
         Words of {name},,,MEMBER_NETWORK\n"
    );
    let shares =
        network.write(&format!("{folder}/Shares{number}.csv"), [SHARES, &share].concat());
    shares.parent().unwrap().to_owned()
}

/// An invitation that the member sent, which tells their profile.
fn invites(network: &Network, folder: &str, name: &str, slug: &str) {
    let row = format!(
        "{name},X Y,\"1/5/24, 8:00 AM\",,OUTGOING,https://www.linkedin.com/in/{slug},\
         https://www.linkedin.com/in/xy\n"
    );
    network.write(&format!("{folder}/Invitations.csv"), [INVITATIONS, &row].concat());
}

fn addressed(network: &Network, folder: &str, address: &str) {
    let row = format!("{address},Yes,Yes,1/1/24\n");
    network.write(&format!("{folder}/Email Addresses.csv"), [ADDRESSES, &row].concat());
}

/// A list of posts that says whose an activity is.
fn list(activity: &str, slug: &str, day: u8) -> String {
    format!(
        "postUrl,postContent,likeCount,commentCount,authorUrl,timestamp\n\
         https://www.linkedin.com/feed/update/urn:li:activity:{activity}/,,5,1,\
         https://www.linkedin.com/in/{slug},2025-01-0{day}T10:00:00Z\n"
    )
}

pub(crate) fn said(network: &Network) -> String {
    network.query("select subject, text from v_ambiguities order by 1, 2")
}

fn count_joined(network: &Network) -> i64 {
    network.count("select count(*) from v_ambiguities where is_joined")
}

pub(crate) const FIRST: &str = "7259504705724743680";
pub(crate) const SECOND: &str = "7259504716210503680";

#[test]
fn a_member_number_joins_no_archives_of_two_profiles() {
    let network = Network::new();
    let number = "_175294091";
    let paths = [
        archive(&network, "m1", "Ann Alpha", number, FIRST),
        archive(&network, "m2", "Bob Beta", number, SECOND),
    ];
    invites(&network, "m1", "Ann Alpha", "ann-alpha");
    invites(&network, "m2", "Bob Beta", "bob-beta");
    network.run(&paths);
    assert_eq!(network.count("select count(*) from members"), 2);
    let said = said(&network);
    assert!(
        said.contains("member number 175294091 | the archives m1, m2 have"),
        "{said}"
    );
}

#[test]
fn a_name_alone_joins_archives_unless_their_addresses_differ() {
    let network = Network::new();
    let paths = [
        archive(&network, "a", "Anna Schmidt", "", FIRST),
        archive(&network, "b", "Anna Schmidt", "", SECOND),
    ];
    network.run(&paths);
    assert_eq!(network.count("select count(*) from members"), 1);
    assert!(
        said(&network).contains("nothing but the name in common"),
        "{}",
        said(&network)
    );

    let network = Network::new();
    let paths = [
        archive(&network, "a", "Anna Schmidt", "", FIRST),
        archive(&network, "b", "Anna Schmidt", "", SECOND),
    ];
    addressed(&network, "a", "anna@firma.example");
    addressed(&network, "b", "anna@haus.example");
    network.run(&paths);
    assert_eq!(network.count("select count(*) from members"), 2);
    assert!(said(&network).contains("no address in common"), "{}", said(&network));
}

#[test]
fn an_address_of_an_office_joins_archives_of_one_name_alone() {
    for (other, members) in [("Bob Beta", 2), ("Ann Alpha", 1)] {
        let network = Network::new();
        let paths = [
            archive(&network, "a", "Ann Alpha", "", FIRST),
            archive(&network, "b", other, "", SECOND),
        ];
        addressed(&network, "a", "info@firma.example");
        addressed(&network, "b", "info@firma.example");
        network.run(&paths);
        assert_eq!(network.count("select count(*) from members"), members, "{other}");
        let expected = "info@firma.example | the archives a, b have this address, which is \
                        nobody's own; not joined by it\n";
        let expected = if members == 2 { expected } else { "" };
        assert_eq!(said(&network), expected);
    }
}

#[test]
fn a_name_joins_nothing_that_speaks_against_it_through_other_archives() {
    let network = Network::new();
    let number = "_175294091";
    let paths = [
        archive(&network, "a1", "Mira Castell", number, FIRST),
        archive(&network, "a2", "Mira Stone", "", SECOND),
        archive(&network, "a3", "Mira Castell", number, "7259504727186997248"),
        archive(&network, "a4", "Mira Castell", "", "7259504737676951552"),
    ];
    addressed(&network, "a1", "m@castell.example");
    addressed(&network, "a2", "m@castell.example");
    invites(&network, "a2", "Mira Stone", "mira-1");
    invites(&network, "a3", "Mira Castell", "mira-2");
    network.run(&paths);
    let members = "select full_name, profile from members order by 1, 2";
    let said = said(&network);
    assert_eq!(network.count("select count(*) from members"), 3, "{said}");
    assert_eq!(count_joined(&network), 0, "{said} {}", network.query(members));
    assert!(said.contains("not joined by the number"), "{said}");
}

#[test]
fn what_archives_of_one_member_say_differently_keeps_no_other_apart() {
    for (name, number) in [("Mira C", "_175294091"), ("Mira Castell", "")] {
        let network = Network::new();
        let paths = [
            archive(&network, "a1", "Mira Castell", number, FIRST),
            archive(&network, "a2", "Mira Stone", "", SECOND),
            archive(&network, "a3", name, number, "7259504727186997248"),
        ];
        for (folder, name, slug) in
            [("a1", "Mira Castell", "mira-castell"), ("a2", "Mira Stone", "mira-stone")]
        {
            addressed(&network, folder, "m@castell.example");
            invites(&network, folder, name, slug);
        }
        network.run(&paths);
        let said = said(&network);
        assert_eq!(network.count("select count(*) from members"), 1, "{said}");
        assert!(!said.contains("not joined"), "{said}");
    }
}

#[test]
fn a_name_that_joins_nothing_is_said() {
    let network = Network::new();
    let paths = [
        archive(&network, "a", "Anna Schmidt", "", FIRST),
        archive(&network, "b", "Anna Schmidt", "", SECOND),
    ];
    invites(&network, "a", "Anna Schmidt", "anna-1");
    invites(&network, "b", "Anna Schmidt", "anna-2");
    network.run(&paths);
    assert_eq!(network.count("select count(*) from members"), 2);
    let expected = "Anna Schmidt | the archives a, b have different profiles or member \
                    numbers; not joined by the name\n";
    assert_eq!(said(&network), expected);
}

#[test]
fn what_was_joined_and_is_said_is_not_left_open() {
    let network = Network::new();
    let paths = [
        archive(&network, "a", "Anna Schmidt", "", FIRST),
        archive(&network, "b", "Anna Schmidt", "", SECOND),
    ];
    check_joined(&network, &paths);
}

/// All that a run says was joined, and nothing of it is left open.
fn check_joined(network: &Network, paths: &[PathBuf]) {
    network.run(paths);
    let count = network.count("select count(*) from v_ambiguities");
    assert_eq!((count, count_joined(network)), (1, 1), "{}", said(network));
    let store = Store::open_to_read(&network.database()).unwrap();
    let input = store.report_input().unwrap();
    assert_eq!((input.counts.ambiguities, input.ambiguities.len()), (0, 0));
    assert_eq!((input.counts.joined, input.joined.len()), (1, 1));
    let summary = touchstone::report::summary(&input, None);
    assert!(summary.contains("1 join was made that may be wrong"), "{summary}");
    let loaded = store.load().unwrap();
    let resolved = touchstone::resolve::resolve(&loaded, &network.told);
    assert!(resolved.counts().contains(&("ambiguous", 0)));
}

#[test]
fn deals_that_files_state_otherwise_are_taken_as_one_says_and_not_left_open() {
    let network = Network::new();
    let row = |amount: u32| {
        format!(
            "Deal ID,Deal,Stage,Amount,Currency,Close Date,Created\n\
             D1,House,Won,{amount},AUD,2025-02-01,2025-01-10\n"
        )
    };
    let paths = [network.write("a.csv", row(1000)), network.write("b.csv", row(2000))];
    check_joined(&network, &paths);
    assert!(said(&network).contains("taken as in the first"), "{}", said(&network));
}

#[test]
fn what_counts_twice_is_left_open() {
    let network = Network::new();
    let deals = "Deal ID,Deal,Stage,Amount,Currency,Close Date,Created\n\
                 1,House,Won,1000,AUD,2025-02-01,2025-01-10\n";
    let zoho = "Record Id,Deal Name,Amount,Stage,Closing Date,Created Time,Currency\n\
                zcrm_2,House,1000,Closed Won,2025-02-01,2025-01-10 10:00:00,AUD\n";
    network.run(&[network.write("deals.csv", deals), network.write("zoho.csv", zoho)]);
    let open = "select text from v_ambiguities where not is_joined";
    assert!(network.query(open).contains("so both count"), "{}", said(&network));
}

#[test]
fn a_post_of_a_member_and_of_a_stranger_is_nobodys() {
    let list = |slug: &str, day: u8| list("7359504710757908480", slug, day);
    let network = Network::new();
    let mut paths = vec![archive(&network, "m1", "Ann Alpha", "", FIRST)];
    invites(&network, "m1", "Ann Alpha", "ann-alpha");
    paths.push(network.write("ann.csv", list("ann-alpha", 1)));
    network.run(&paths);
    let own = "select count(*) from v_posts where member = 'Ann Alpha'";
    assert_eq!(network.count(own), 2);
    paths.push(network.write("other.csv", list("somebody-else", 2)));
    network.run(&paths);
    assert_eq!(network.count(own), 1);
    let said = said(&network);
    assert!(said.contains("of Ann Alpha and of the profile somebody-else"), "{said}");
}

#[test]
fn lists_that_contradict_each_other_make_nobody_an_author() {
    let list = |slug: &str, day: u8| list("7259504710757908480", slug, day);
    let nights = |first: &str, second: &str| {
        let network = Network::new();
        let mut paths = vec![
            archive(&network, "m1", "Ann Alpha", "", FIRST),
            archive(&network, "m2", "Bob Beta", "", SECOND),
        ];
        invites(&network, "m1", "Ann Alpha", "ann-alpha");
        invites(&network, "m2", "Bob Beta", "bob-beta");
        paths.push(network.write("ann.csv", list("ann-alpha", 1)));
        paths.push(network.write("bob.csv", list("bob-beta", 2)));
        let night = |name: &str| {
            let list = paths.iter().filter(|path| path.ends_with(name));
            paths[..2].iter().chain(list).cloned().collect::<Vec<_>>()
        };
        network.run(&night(first));
        network.run(&night(second));
        let posts = network.query("select post_urn, member, reactions from v_posts");
        (posts, said(&network))
    };
    let (posts, said) = nights("ann.csv", "bob.csv");
    assert!(said.contains("lists say that it is of Ann Alpha and of Bob Beta"), "{said}");
    assert_eq!(nights("bob.csv", "ann.csv"), (posts, said));
}

#[test]
fn a_member_is_known_by_the_profiles_of_all_their_archives() {
    let activity = "7359504710757908480";
    for slugs in [&["ann-old", "ann-new"][..], &["ann-old"], &["ann-new"]] {
        let network = Network::new();
        let mut paths = vec![
            archive(&network, "m1", "Ann Alpha", "", FIRST),
            archive(&network, "m2", "Ann Alpha", "", SECOND),
        ];
        for (folder, slug) in [("m1", "ann-old"), ("m2", "ann-new")] {
            addressed(&network, folder, "ann@alpha.example");
            invites(&network, folder, "Ann Alpha", slug);
        }
        for (slug, day) in slugs.iter().zip(1..) {
            paths.push(network.write(&format!("{slug}.csv"), list(activity, slug, day)));
        }
        network.run(&paths);
        let member =
            format!("select member from v_posts where post_urn like '%{activity}'");
        assert_eq!(network.query(&member), "Ann Alpha\n", "{slugs:?}");
        assert_eq!(said(&network), "", "{slugs:?}");
    }
}

#[test]
fn lists_that_contradict_each_other_under_two_names_of_a_post_are_said() {
    let (activity, share) = ("7359504710757908480", "7359504700757908480");
    let network = Network::new();
    let mut paths = vec![archive(&network, "m1", "Ann Alpha", "", FIRST)];
    invites(&network, "m1", "Ann Alpha", "ann-alpha");
    let named_twice = format!(
        "post_url,activity_urn,full_urn,stats/total_reactions,author/profile_url\n\
         https://www.linkedin.com/feed/update/urn:li:activity:{activity}/,{activity},\
         urn:li:share:{share},5,https://www.linkedin.com/in/ann-alpha\n"
    );
    paths.push(network.write("twice.csv", named_twice));
    let member = format!("select member from v_posts where post_urn like '%{share}'");
    network.run(&paths);
    assert_eq!(network.query(&member), "Ann Alpha\n");
    paths.push(network.write("once.csv", list(activity, "stranger", 1)));
    network.run(&paths);
    assert_ne!(network.query(&member), "Ann Alpha\n");
    let expected = format!(
        "urn:li:share:{share} | lists say that it is of Ann Alpha and of the profile \
         stranger; taken as nobody's\n"
    );
    assert_eq!(said(&network), expected);
}

const CONTACTS: &str = "Contact ID,First Name,Last Name,Email,Create Date,Lifecycle Stage\n\
    C1,Mara,Quill,mara@tellur.example,2025-01-06 10:00,Lead\n";
const DEALS: &str = "Deal ID,Deal,Stage,Amount,Currency,Close Date,Created,Contact ID\n\
    D1,House,Won,1000,AUD,2025-02-01,2025-01-10,C1\n\
    D2,Boat,Won,1000,AUD,2025-02-01,2025-01-10,C9\n";

#[test]
fn an_id_of_a_table_is_looked_up_in_the_only_crm_there_is() {
    let mut network = Network::new();
    let contacts = network.write("contacts.csv", CONTACTS);
    let deals = network.write("deals.csv", DEALS);
    network.run(&[contacts.clone(), deals.clone()]);
    let systems = "select distinct source_system from v_leads";
    let joined =
        "select remote_id, basis, confidence from deal_leads join deals using (deal_id)";
    assert_eq!(network.query(systems), "hubspot\n");
    assert_eq!(network.query(joined), "D1 | contact id | 0.9\n");
    let said =
        network.query("select subject, text, is_joined from v_ambiguities order by 1, 2");
    let found = "contacts that were found by their ids in hubspot, the only CRM with leads: 1 | 1\n";
    assert!(said.contains(&format!("deals of generic | {found}")), "{said}");
    assert!(
        said.contains("which no lead has, so that they are not joined: 1 | 0\n"),
        "{said}"
    );

    // Where there is another, nothing tells whose ids they are.
    network = Network::new();
    let people = "Person - ID,Person - Name,Person - Email - Work,Person - Phone - Mobile,\
                  Person - Person created,Person - Organization\n\
                  C1,Ana Weber,ana@weber.example,,2025-01-06 10:00:00,Weber\n";
    let paths = [
        network.write("contacts.csv", CONTACTS),
        network.write("deals.csv", DEALS),
        network.write("people.csv", people),
    ];
    network.run(&paths);
    assert_eq!(network.query(joined), "");
}

#[test]
fn answers_of_one_moment_stand_in_the_order_of_their_lines() {
    let network = Network::new();
    let folder = archive(&network, "m1", "Ann Alpha", "", FIRST);
    let answer = |number: u32| {
        format!(
            ",https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{FIRST},\
             Mara Quill thank you {number}\n"
        )
    };
    let answers: Vec<String> = (0..20).map(answer).collect();
    let comments = ["Date,Link,Message\n", &answers.concat()].concat();
    network.write("m1/Comments.csv", comments);
    let contacts = network.write("contacts.csv", CONTACTS);
    network.run(&[folder, contacts]);
    let mut loaded = network.store().load().unwrap();
    let resolved = touchstone::resolve::resolve(&loaded, &network.told);
    let facts = Linkable::taken(&mut loaded.facts, &resolved);
    let exports = touchstone::resolve::Exports::new(&loaded.files);
    let linking = Linking { resolved: &resolved, facts: &facts, exports: &exports };
    let places: Vec<_> = link::inferred(&linking, &loaded.facts.identities)
        .into_iter()
        .map(|one| one.place)
        .collect();
    assert_eq!(places.len(), 20);
    assert!(places.is_sorted());
}

#[test]
fn deals_at_no_stage_are_said_to_be_at_none() {
    let network = Network::new();
    let deals =
        "Deal ID,Deal,Stage,Amount,Currency,Created\nD1,House,,1000,AUD,2025-01-10\n";
    network.run(&[network.write("deals.csv", deals)]);
    let notes = network.query("select text from notes");
    assert!(
        notes.contains("1 deal is at no stage, so that nothing tells open"),
        "{notes}"
    );
}
