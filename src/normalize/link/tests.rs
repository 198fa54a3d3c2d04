use proptest::prelude::*;

use super::*;
use crate::domain::{PostKind, iso};

#[test]
fn every_case_of_the_tables_holds() {
    let tables = [
        include_str!("../../../tests/data/url_cases.tsv"),
        include_str!("../../../tests/data/url_cases_more.tsv"),
    ];
    let mut failures = Vec::new();
    for line in tables.iter().flat_map(|table| table.lines().skip(1)) {
        let cells: Vec<&str> = line.split('\t').collect();
        let input = cells[0].replace("\\t", "\t");
        let (kind, value, instant) = match target(&input) {
            Some(LinkTarget::Post(name)) => {
                let instant = name.instant().map_or("none".to_owned(), iso);
                ("post", name.to_string(), instant)
            }
            Some(LinkTarget::Article(slug)) => ("article", slug, String::new()),
            Some(LinkTarget::Profile(slug)) => ("profile", slug, String::new()),
            Some(LinkTarget::MemberId(id)) => ("member_id", id, String::new()),
            Some(LinkTarget::Organization(slug)) => ("organization", slug, String::new()),
            Some(LinkTarget::Short(slug)) => ("short", slug, String::new()),
            None => ("none", "none".to_owned(), String::new()),
        };
        if (kind, value.as_str(), instant.as_str()) != (cells[1], cells[2], cells[3]) {
            failures.push(format!("{input:?}: {kind} {value} {instant}, not {cells:?}"));
        }
        let expected = (kind == "post").then(|| value.clone());
        assert_eq!(post(&input).map(|name| name.to_string()), expected, "{input:?}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

proptest! {
    #[test]
    fn a_plain_url_names_what_any_other_spelling_of_it_names(
        last in "(urn:li:(share|activity|ugcPost|groupPost|comment|fsd_profile):)?\
                 ([0-9]{1,20}|ACoAA[A-Za-z0-9]{3,9}|acoaa[a-z0-9]{3,9}|[-:a-zA-Z0-9]{0,12})",
        page in prop::sample::select(vec!["in/", "feed/update/"]),
    ) {
        let plain = format!("https://www.linkedin.com/{page}{last}");
        for other in [plain.replace("https", "HTTPS"), format!("{plain}/?trk=x")] {
            prop_assert_eq!(target(&plain), target(&other));
            prop_assert_eq!(post(&plain), post(&other));
        }
    }
}

#[test]
fn posts_are_found_in_running_text() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<String> = posts_in(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check(
        "I read https://www.linkedin.com/posts/danielvoss_home-activity-7175981868172295581-Qx1a?utm_source=share - could you?",
        &["urn:li:activity:7175981868172295581"],
    );
    check(
        "(see linkedin.com/feed/update/urn:li:share:7159821007928994259).",
        &["urn:li:share:7159821007928994259"],
    );
    check(
        "https://x.example/?utm_campaign=urn%3Ali%3Ashare%3A7203000000000000001&a=b",
        &["urn:li:share:7203000000000000001"],
    );
    check("https://evil.example/posts/x-activity-7175981868172295581-Qx1a", &[]);
    check("my turn, Linda", &[]);
    check("", &[]);
}

#[test]
fn a_comment_holds_its_instant() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(comment_instant(text).map(iso).as_deref(), expected, "{text:?}");
    };
    check(
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:1?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7424567489747591168%2C7424615520403947520%29",
        Some("2026-02-04T00:51:22.750Z"),
    );
    check(
        "urn:li:fsd_comment:(7424615520403947520,urn:li:activity:7424567489747591168)",
        Some("2026-02-04T00:51:22.750Z"),
    );
    check("urn:li:activity:7424567489747591168", None);
    check("", None);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        drop((target(&text), posts_in(&text), comment_instant(&text)));
    }

    #[test]
    fn no_path_makes_it_panic(path in "[a-zA-Z0-9%/:?=_()-]*") {
        drop(target(&format!("https://www.linkedin.com/{path}")));
        drop(target(&format!("urn:li:{path}")));
    }

    #[test]
    fn a_urn_names_its_post(kind in 0_usize..4, group in 1_u64..1_000_000, number in 1_u64..=i64::MAX as u64) {
        let kinds = [PostKind::Share, PostKind::UgcPost, PostKind::Activity, PostKind::GroupPost];
        let kind = kinds[kind];
        let group = if kind == PostKind::GroupPost { group } else { 0 };
        let name = PostName { kind, group, number };
        let urn = name.to_string();
        prop_assert_eq!(post(&urn), Some(name));
        prop_assert_eq!(post(&urn.to_uppercase()), Some(name));
        let encoded = urn.replace(':', "%3A");
        prop_assert_eq!(post(&format!("https://www.linkedin.com/feed/update/{encoded}/?x=y")), Some(name));
        prop_assert_eq!(posts_in(&format!("see {urn}, please")), vec![name]);
    }
}
