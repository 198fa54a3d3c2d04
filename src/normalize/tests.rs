//! What whole small files are read as.

use super::*;
use crate::{
    discover,
    domain::{EngagementKind, EvidenceKind},
    recognize,
};

/// What a file states.
struct Found {
    batch: Batch,
    outcome: Outcome,
}

impl Found {
    fn of(lines: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        let text = lines.join("\n");
        std::fs::write(&path, &text).unwrap();
        let scan = discover::scan(&mut text.as_bytes()).unwrap();
        let verdict = recognize::file(&Registry::default(), "table.csv", &scan);
        let recognize::Verdict::Known(known) = verdict else { panic!("{verdict:?}") };
        let mut batch = Batch::default();
        let mut emit = |one: Batch| {
            assert!(batch.is_empty());
            batch = one;
        };
        let (source, limits) = (Source::Path(path), Limits::default());
        let outcome =
            file(&source, limits, &known, 1, &Settings::plain(), &mut emit).unwrap();
        Self { batch, outcome }
    }

    /// Line, column, text and reason of all that could not be used.
    fn check_rejections(&self, expected: &[&str]) {
        let found: Vec<String> = (self.batch.rejections.iter())
            .map(|one| {
                let column = one.column.as_deref().unwrap_or("-");
                format!("{} {column} \"{}\" {}", one.line, one.text, one.reason)
            })
            .collect();
        assert_eq!(found, expected);
    }

    fn has_note(&self, part: &str) -> bool {
        self.outcome.notes.iter().any(|note| note.contains(part))
    }
}

const POSTS: &str = "https://www.linkedin.com/feed/update/urn:li:activity:7315705602825936896 | \
                     https://www.linkedin.com/feed/update/urn:li:activity:7338518966606131201";

#[test]
fn a_row_may_tell_of_several_posts() {
    let header = "profileLink,fullName,postsUrl,hasLiked,hasCommented,timestamp";
    let row = |posts: &str, said: &str| {
        let url = "https://www.linkedin.com/in/yuri-v";
        format!("{url},Yuri V,{posts},{said},2025-06-16T12:27:05.233Z")
    };
    let found = Found::of(&[header, &row(POSTS, "true,")]);
    assert_eq!(found.batch.facts.engagements.len(), 2);
    assert_eq!(found.batch.facts.post_names.len(), 2);
    found.check_rejections(&[]);
    // Whatever it was, they met both.
    let found = Found::of(&[header, &row(POSTS, "true,true")]);
    assert_eq!(found.batch.facts.engagements.len(), 2);
    assert!(found.has_note("1 row names several posts, a reaction and a comment"));
    let broken = format!("{POSTS} | https://www.linkedin.com/feed/");
    let found = Found::of(&[header, &row(&broken, ",true")]);
    assert_eq!(found.batch.facts.engagements.len(), 2);
    let reason = "\"https://www.linkedin.com/feed/\" names no post";
    found.check_rejections(&[&format!("2 postsUrl \"{broken}\" {reason}")]);
    let many = format!("{POSTS}{}", " | http://b.example".repeat(500));
    let found = Found::of(&[header, &row(&many, "true,")]);
    let reason = "\"http://b.example\" names no post, nor do 499 more";
    assert_eq!(found.batch.rejections.len(), 1);
    assert_eq!(&*found.batch.rejections[0].reason, reason);
    // A row that is rejected is said once.
    let found = Found::of(&[header, &row("http://b.example http://c.example", "true,")]);
    assert_eq!((found.outcome.rows_rejected, found.batch.rejections.len()), (1, 1));
    assert_eq!(found.batch.rejections[0].column, None);
}

#[test]
fn the_url_of_a_comment_says_on_which_of_several_posts_it_is() {
    let header =
        "profileUrl,fullName,postUrl,hasLiked,hasCommented,commentUrl,commentDate";
    let comment = "https://www.linkedin.com/feed/update/urn:li:activity:7338518966606131201?\
                   commentUrn=urn%3Ali%3Acomment%3A(activity%3A7338518966606131201%2C\
                   7338601422312345600)";
    let check = |said: &str, expected: &[(EngagementKind, bool)], is_noted: bool| {
        let url = "https://www.linkedin.com/in/yuri-v";
        let row = format!("{url},Yuri V,{POSTS},{said}");
        let found = Found::of(&[header, &row]);
        let engagements = &found.batch.facts.engagements;
        let kinds = engagements.iter().map(|one| (one.kind(), one.happened_ms.is_some()));
        assert_eq!(kinds.collect::<Vec<_>>(), expected, "{said}");
        let note = "1 row names several posts and when";
        assert_eq!(found.has_note(note), is_noted, "{said}");
        assert!(!found.has_note("all are read as reactions"));
    };
    let (liked, commented) = (EngagementKind::Reaction, EngagementKind::Comment);
    let both = [(liked, false), (liked, false), (commented, true)];
    check(&format!("true,true,\"{comment}\","), &both, false);
    let comments = [(commented, false), (commented, true)];
    check(&format!(",true,\"{comment}\","), &comments, false);
    let untold = [(commented, false), (commented, false)];
    check(",true,,2025-06-16", &untold, true);
    check(",true,,", &untold, false);
    // A line has sixteen places.
    let check = |posts: u64, said: &str, expected: [usize; 2], is_noted: bool| {
        let urn = |number: u64| format!("urn:li:activity:{number}");
        let first = 7_338_518_966_606_131_201;
        let urns: Vec<String> = (first..first + posts).map(urn).collect();
        let row =
            format!("https://www.linkedin.com/in/yuri-v,Yuri V,{}", urns.join(" | "));
        let found = Found::of(&[header, &format!("{row},{said},\"{comment}\",")]);
        let of = |kind| {
            let all = found.batch.facts.engagements.iter();
            all.filter(|one| one.kind() == kind).count()
        };
        assert_eq!([of(liked), of(commented)], expected, "{posts} posts, {said}");
        assert_eq!(found.has_note("all are read as reactions"), is_noted);
    };
    check(15, "true,true", [15, 1], false);
    check(16, "true,true", [16, 0], true);
    check(16, ",true", [0, 16], false);
}

#[test]
fn a_cell_of_a_person_that_holds_nothing_of_theirs_is_rejected() {
    let found = Found::of(&[
        "Name,Email,LinkedIn URL,Phone,Lead Status",
        "Travis W,MTG,not a url,abc,New",
        "Bea B,bea@b.example; c@@b,linkedin.com/in/bea-b,+1 415 555 0132 ext. 5,New",
        "Cy C,N/A,none,-,New",
        "Di D,unknown,https://www.linkedin.com/company/acme,000 000 000,New",
        "Ed E,ed@e,linkedin.com/ed,555-CALL-NOW,New",
        "Flo F,,,,New",
    ]);
    found.check_rejections(&[
        "6 LinkedIn URL \"linkedin.com/ed\" names no LinkedIn profile",
        "6 Email \"ed@e\" is no e-mail address",
        "6 Phone \"555-CALL-NOW\" is no telephone number",
    ]);
    assert_eq!((found.outcome.rows_kept, found.batch.facts.contacts.len()), (6, 6));
    // Words that are nobody's address are said once.
    assert!(
        found.has_note("3 cells of e-mail addresses and telephone numbers hold words")
    );
    assert!(found.has_note("2 cells of LinkedIn columns tell something else"));
}

#[test]
fn what_else_is_told_of_linkedin_is_no_profile() {
    let found = Found::of(&[
        "Name,LinkedIn URL,LinkedIn Headline,LinkedIn Message,Lead Status",
        "Ann B,https://www.linkedin.com/in/ann-b,CEO,See linkedin.com/in/cy-c,New",
        "Bea B,LinkedIn: <https://www.linkedin.com/in/bea-b>,CEO,linkedin.com/ed,New",
        "Cy C,[Cy](https://www.linkedin.com/in/cy-c),nan,,New",
        "Di D,,CEO,See linkedin.com/in/cy-c,New",
    ]);
    found.check_rejections(&[]);
    let identities = found.batch.facts.identities.iter();
    let profiles: Vec<_> = identities.map(|(_, one)| one.profile).collect();
    assert_eq!(profiles, [Some("ann-b"), Some("bea-b"), Some("cy-c"), None]);
    assert!(found.has_note("nothing is taken: LinkedIn Headline, LinkedIn Message"));
}

/// A record with one cell for its profile.
fn of_profile(cell: &str) -> Found {
    let cell = cell.replace('"', "\"\"");
    Found::of(&["Name,LinkedIn URL,Lead Status", &format!("Ann B,\"{cell}\",New")])
}

#[test]
fn a_profile_whose_name_may_go_on_is_not_taken() {
    let web = "https://www.linkedin.com";
    for behind in [
        "John Smith",
        "John\u{a0}Smith",
        "John Smith/",
        "Smith, John",
        "John A. Smith",
        "o'neil",
        "ann(b)",
        "ann-b Ann B",
        "\"ann\"b",
        "ann[b]",
        "John Smith linkedin.com/in/x",
        "John (Jack) Smith",
        "John 'Jack' Smith",
        "John \u{201c}Jack\u{201d} Smith",
        "John & Smith",
        "John .Smith",
        "John J.R. Smith",
        "John Na",
        "John J.Smith",
        "John J.R.smith",
        "John j.smith",
        "John St.Clair",
        "John M.Weber/CEO",
        "John Smith: CEO",
        "John (Jack) St.Clair",
    ] {
        let found = of_profile(&format!("{web}/in/{behind}"));
        let reasons = found.batch.rejections.iter().map(|one| &*one.reason);
        assert_eq!(
            reasons.collect::<Vec<_>>(),
            ["names no LinkedIn profile"],
            "{behind}"
        );
        let mut identities = found.batch.facts.identities.iter();
        assert!(identities.all(|(_, one)| one.profile.is_none()), "{behind}");
    }
}

#[test]
fn a_profile_is_taken_with_what_is_no_part_of_its_name_behind_it() {
    let web = "https://www.linkedin.com";
    for cell in [
        format!("{web}/in/ann-b/ Ann B"),
        format!("{web}/in/ann-b?trk=a;b&x=1 Ann B"),
        format!("{web}/in/ann-b (Ann B)"),
        format!("{web}/in/ann-b - CEO"),
        format!("{web}/in/ann-b https://acme.example/ann"),
        format!("{web}/in/ann-b, acme.example/ann"),
        format!("{web}/in/ann-b ann@acme.example"),
        format!("{web}/in/ann-b; linkedin.com/in/ann-bee"),
        format!("{web}/in/ann-b | Ann B"),
        format!("'{web}/in/ann-b', (\"{web}/in/ann-b\")"),
        format!("{web}/in/ann-b<{web}/in/ann-b>"),
        format!("<a href=\"{web}/in/ann-b\">Ann</a>"),
        format!("Ann B {web}/in/ann%2Db"),
        format!("LinkedIn: {web}/in/ann-b, Twitter: https://twitter.example/annb"),
        format!("{web}/in/ann-b\nTwitter: https://twitter.example/annb"),
        format!("{web}/in/ann-b\r\nAnn B"),
        format!("{web}/in/ann-b, www.annb.example"),
        format!("{web}/in/ann-b, annb.example, Berlin"),
        format!("{web}/in/ann-b, n/a"),
        format!("{web}/in/ann-b and {web}/in/bob-c"),
        format!("{web}/in/ann-b & {web}/in/bob-c"),
        format!("{web}/in/ann-b (Ann), CEO"),
        format!("{web}/in/ann-b (2nd) Berlin"),
        format!("{web}/in/ann-b <ann@b.example> Berlin"),
        format!("{web}/in/ann-b ({web}/in/ann-b) Berlin"),
        format!("{web}/in/ann-b, Twitter: annb"),
        format!("{web}/in/ann-b, n.a."),
        format!("{web}/in/ann-b x.example/ann"),
    ] {
        let found = of_profile(&cell);
        found.check_rejections(&[]);
        let identities = found.batch.facts.identities.iter();
        let profiles: Vec<_> = identities.map(|(_, one)| one.profile).collect();
        assert_eq!(profiles, [Some("ann-b")], "{cell}");
    }
    let found = of_profile(&format!("{web}/sales/lead/ACwAAB1cD2eFgHiJ,NAME_SEARCH,x1"));
    found.check_rejections(&[]);
    assert!(found.batch.facts.identities.iter().any(|(_, one)| one.member_id.is_some()));
}

#[test]
fn a_deleted_record_is_asked_nothing_else() {
    let found = Found::of(&[
        "Id,IsDeleted,FirstName,LastName,Email,Company,Status,Phone,CreatedDate",
        "00Q1000000000AA,true,A,B,a@b,Acme,Open,1,2024-01-01T00:00:00Z",
    ]);
    found.check_rejections(&[]);
    assert_eq!(found.batch.facts.statements.len(), 1);
}

#[test]
fn what_people_say_of_their_source_is_kept_beside_much_that_was_tracked() {
    let tracked = |columns: usize, make: &dyn Fn(usize) -> String| -> String {
        (0..columns).map(make).collect()
    };
    let check = |columns, kept: usize, left_out: usize| {
        let names = tracked(columns, &|at| format!(",utm_{at}"));
        let values = tracked(columns, &|at| format!(",v{at}"));
        let found = Found::of(&[
            &format!(
                "Id,AccountId,IsDeleted,LastName,Email,CreatedDate,LeadSource,\
                 How did you hear about us?{names}"
            ),
            &format!(
                "003A,,false,Smith,s@b.example,2024-05-01T00:00:00Z,Trade show,\
                 A friend told me{values}"
            ),
        ]);
        let evidence = &found.batch.facts.evidence;
        let of = |kind| evidence.iter().filter(|one| one.kind == kind).count();
        assert_eq!(of(EvidenceKind::SelfReported), 1);
        assert_eq!(of(EvidenceKind::RepEntered), 1);
        assert_eq!(of(EvidenceKind::Tracked), kept);
        let note = format!("{left_out} cells say where a record came from beyond the 14");
        assert_eq!(found.has_note(&note), 0 < left_out);
    };
    check(12, 12, 0);
    check(14, 12, 2);
}

#[test]
fn a_reference_that_a_spreadsheet_has_cut_is_rejected() {
    let found = Found::of(&[
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,\
         Associated Contact IDs,Associated Contact",
        "1,Kitchen,Closed Won,100,2024-03-01 10:00,2024-02-01 10:00,\
         512345678902;5.12346E+11,",
    ]);
    found.check_rejections(&["2 Associated Contact IDs \"512345678902;5.12346E+11\" a \
                              spreadsheet has cut the digits of the id \"5.12346E+11\""]);
    assert_eq!((found.batch.facts.deals.len(), found.batch.facts.links.len()), (1, 1));
}

#[test]
fn pairs_for_which_a_line_has_no_place_are_said() {
    let check = |persons: usize, kept: usize, left_out: usize| {
        let ids: Vec<String> = (10..10 + persons).map(|at| format!("003{at}")).collect();
        let found = Found::of(&[
            "Id,WhoId,WhatId,Subject,ActivityDate,CreatedDate,IsDeleted",
            &format!("00T1,{},0061,Call,2024-05-01,2024-05-01,false", ids.join(";")),
        ]);
        assert_eq!(found.batch.facts.statements.len(), kept);
        let note = format!("{left_out} persons of campaigns or deals stand in one row");
        assert_eq!(found.has_note(&note), 0 < left_out);
    };
    check(16, 16, 0);
    check(18, 16, 2);
}

#[test]
fn a_null_of_a_database_is_no_value() {
    let found = Found::of(&[
        "Deal ID,Deal Name,Stage,Amount,Close Date",
        "1,Kitchen,Won,100,2024-03-01",
        "2,\\N,Open,\\N,\\N",
    ]);
    found.check_rejections(&[]);
    assert_eq!(found.batch.facts.deals.len(), 2);
    assert_eq!(found.batch.facts.deals[1].name, None);
}
