//! Workbooks, numbers of posts, advertisements.

use super::*;

#[test]
fn top_posts_are_two_tables_side_by_side() {
    let read = read("linkedin/Content_2024-02-01_2024-04-30_DanielVoss.xlsx");
    assert_eq!(read.formats, ["linkedin-analytics-period", "linkedin-top-posts"]);
    assert!(read.places[1].ends_with("_DanielVoss.xlsx/TOP POSTS"));
    assert_eq!(read.posts(), 6);
    let lake = read.numbers("urn:li:activity:7159821008950084809");
    assert_eq!(lake.get(Metric::Engagements), Some(215));
    assert_eq!(lake.get(Metric::Impressions), Some(6120));
    let last = read.numbers("urn:li:activity:7180821293474431829");
    assert_eq!(last.get(Metric::Engagements), None);
    assert_eq!(last.get(Metric::Impressions), Some(1120));
    let line = read.facts.post_numbers.iter().map(|one| one.place.line()).max();
    assert_eq!(line, Some(9));
    assert!(read.notes.iter().any(|note| note == "counts up to 2024-04-30"));
}

#[test]
fn fillers_between_the_tables_are_no_posts() {
    let read = read("linkedin/AggregateAnalytics_Daniel Voss_2024-04-01_2024-05-31.xlsx");
    assert_eq!(read.posts(), 3);
    assert!(read.rejections.is_empty(), "{:?}", read.rejections);
    let fee = read.numbers("urn:li:share:7185205203078964997");
    assert_eq!(fee.get(Metric::Engagements), Some(278));
    assert_eq!(fee.get(Metric::Impressions), Some(7140));
    let last = read.numbers("urn:li:share:7180821291233280040");
    assert_eq!(last.get(Metric::Engagements), None);
}

#[test]
fn a_localized_workbook_is_known_by_its_columns() {
    let path = "linkedin/vintages/analytics/AggregateAnalytics_Daniel \
                Voss_2026-01-01_2026-03-31.xlsx";
    let read = read(path);
    assert_eq!(read.posts(), 3);
    let school = read.numbers("urn:li:activity:7416027387480903680");
    assert_eq!(school.get(Metric::Engagements), Some(236));
    assert_eq!(school.get(Metric::Impressions), Some(8240));
    assert_eq!(read.numbers(AMARA).get(Metric::Engagements), None);
    assert!(read.notes.iter().any(|note| note == "counts up to 2026-03-31"));
}

#[test]
fn real_dates_and_a_lying_dimension_change_nothing() {
    let read =
        read("linkedin/vintages/analytics/Content_2026-01-01_2026-02-28_DanielVoss.xlsx");
    assert_eq!(read.posts(), 3);
    let amara = read.numbers(AMARA);
    assert_eq!(amara.get(Metric::Engagements), Some(17));
    assert_eq!(amara.get(Metric::Impressions), Some(1400));
}

#[test]
fn one_posts_analytics_are_labels_with_values() {
    let single = read("linkedin/SinglePostAnalytics_DanielVoss.xlsx");
    let mira = single.numbers(MIRA);
    let expected = [
        (Metric::Impressions, Some(1630)),
        (Metric::MembersReached, Some(990)),
        (Metric::Reactions, Some(12)),
        (Metric::Comments, Some(2)),
        (Metric::Reposts, Some(1)),
        (Metric::Clicks, Some(30)),
        (Metric::Saves, Some(4)),
        (Metric::Sends, Some(3)),
        (Metric::ProfileViews, Some(12)),
        (Metric::FollowersGained, None),
    ];
    for (metric, number) in expected {
        assert_eq!(mira.get(metric), number, "{metric:?}");
    }
    let posted_ms = single.facts.post_numbers[0].posted_ms.unwrap();
    let posted_at = jiff::Timestamp::from_millisecond(posted_ms).unwrap();
    assert_eq!(iso(posted_at), "2024-03-19T22:30:00Z");
    let newer =
        read("linkedin/vintages/analytics/PostAnalytics_DanielVoss_2026-03-31.xlsx");
    let amara = newer.numbers(AMARA);
    for (metric, number) in [
        (Metric::Impressions, 1702),
        (Metric::Reactions, 14),
        (Metric::Comments, 5),
        (Metric::Reposts, 1),
        (Metric::Clicks, 22),
        (Metric::Saves, 3),
        (Metric::FollowersGained, 4),
    ] {
        assert_eq!(amara.get(metric), Some(number), "{metric:?}");
    }
    assert!(newer.rejections.is_empty());
}

#[test]
fn a_pages_posts_read_from_old_workbooks_and_from_text() {
    let old = read("linkedin/harbour-lane_content_1711000000000.xls");
    assert_eq!(old.posts(), 1);
    let hiring = old.numbers("urn:li:activity:7173241307139973892");
    for (metric, number) in [
        (Metric::Impressions, 812),
        (Metric::Clicks, 21),
        (Metric::Reactions, 14),
        (Metric::Comments, 2),
        (Metric::Reposts, 1),
    ] {
        assert_eq!(hiring.get(metric), Some(number), "{metric:?}");
    }
    assert_eq!(old.facts.post_numbers[0].text.as_deref(), Some("We are hiring"));
    for path in ["xls", "csv"] {
        let page = read(&format!(
            "linkedin/vintages/page/harbour-lane_content_1774915200000.{path}"
        ));
        assert_eq!(page.posts(), 2, "{path}");
        let march = page.numbers("urn:li:ugcPost:7431895647885758464");
        assert_eq!(march.get(Metric::Impressions), Some(20110));
        assert_eq!(page.facts.post_numbers[1].campaign.as_deref(), Some("March review"));
        assert!(page.rejections.is_empty(), "{:?}", page.rejections);
    }
}

#[test]
fn followers_and_visitors_of_a_page_are_known_and_ignored() {
    for name in ["followers", "visitors"] {
        let path =
            format!("linkedin/vintages/page/harbour-lane_{name}_1774915200000.xls");
        let inspection = inspect(&[&path]);
        assert!(inspection.unreadable.is_empty());
        for one in inspection.files {
            assert!(matches!(one.verdict, Verdict::Ignored(_)), "{}", one.file.name);
        }
    }
}

#[test]
fn campaign_manager_reads_in_its_encodings_and_languages() {
    let check = |path: &str, expected: &[(&str, &str, u64, u64, i64, u64)]| {
        let read = read(path);
        let days: Vec<_> = read
            .facts
            .ad_days
            .iter()
            .map(|one| {
                assert_eq!(one.currency.code(), "AUD");
                (
                    one.day.unwrap().to_string(),
                    one.campaign_id.to_string(),
                    one.impressions.unwrap(),
                    one.clicks.unwrap(),
                    one.spent_minor.unwrap(),
                    one.leads.unwrap(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(day, id, impressions, clicks, spent, leads)| {
                (
                    (*day).to_owned(),
                    (*id).to_owned(),
                    *impressions,
                    *clicks,
                    *spent,
                    *leads,
                )
            })
            .collect();
        assert_eq!(days, expected, "{path}");
        assert!(read.rejections.is_empty(), "{:?}", read.rejections);
    };
    check(
        "linkedin/account_campaign_performance_report.csv",
        &[("2024-04-01", "301122", 10210, 88, 31055, 4)],
    );
    check(
        "linkedin/vintages/ads/account_507112233_creative_performance_report.csv",
        &[
            ("2026-02-25", "301377", 9870, 41, 21240, 2),
            ("2026-02-26", "301377", 10240, 47, 19815, 1),
        ],
    );
    check(
        "linkedin/vintages/ads/desempenho_campanhas.csv",
        &[("2026-02-25", "301377", 9870, 41, 21240, 2)],
    );
}

#[test]
fn a_test_of_a_lead_form_is_listed_and_no_lead() {
    let read = read("linkedin/vintages/ads/leads_March_form.csv");
    assert_eq!(read.facts.contacts.len(), 1);
    assert_eq!(read.rejections.len(), 1);
    assert!(read.rejections[0].reason.contains("test"));
    assert_eq!(read.facts.lead_forms[0].campaign_id.as_deref(), Some("301377"));
    assert_eq!(
        read.facts.contacts[0].created_at.unwrap().day().to_string(),
        "2026-02-26"
    );
    let noor = read.facts.identities.at(0);
    assert_eq!(noor.profile, Some("noor-haddad"));
    assert_eq!(noor.email, Some("noor@haddad.example"));
}

#[test]
fn a_lead_form_is_a_touch_of_the_post_that_its_campaign_paid_for() {
    let touches = ask(
        &[
            "linkedin/vintages/ads/leads_March_form.csv",
            "linkedin/vintages/page/harbour-lane_content_1774915200000.xls",
        ],
        "select source_system, kind, post_urn, touched_at from v_touches \
         join v_leads using (lead_id)",
    );
    assert_eq!(
        touches,
        [
            "linkedin-leadgen|lead_gen_form|urn:li:ugcPost:7431895647885758464|2026-02-26T01:14:00Z"
        ]
    );
    let alone = ask(
        &["linkedin/leadgen_April_form_leads.csv"],
        "select kind, post_urn, profile from v_touches join v_leads using (lead_id)",
    );
    assert_eq!(alone, ["lead_gen_form|-|petranovak"]);
}

#[test]
fn lists_of_posts_read_by_what_their_columns_mean() {
    let school = "urn:li:activity:7416027387480903680";
    let shield = read("linkedin/vintages/posts/shield-like.csv");
    assert_eq!(shield.posts(), 2);
    let numbers = shield.numbers(school);
    assert_eq!(numbers.get(Metric::Impressions), Some(8120));
    assert_eq!(numbers.get(Metric::Reactions), Some(214));
    assert_eq!(numbers.get(Metric::Comments), Some(18));
    assert_eq!(numbers.get(Metric::Reposts), Some(0));
    assert_eq!(numbers.get(Metric::Clicks), None);
    let metricool = read("linkedin/vintages/posts/metricool-like.csv");
    assert_eq!(metricool.numbers(school).get(Metric::Impressions), Some(8120));
    assert_eq!(metricool.numbers(AMARA).get(Metric::Clicks), Some(20));
    let buffer = read("linkedin/vintages/posts/buffer-like.csv");
    assert_eq!((buffer.posts(), buffer.rows), (1, 2));
    assert!(buffer.notes.iter().any(|note| note.contains("another network")));
    let activity = read("linkedin/vintages/posts/phantombuster-activity.csv");
    assert_eq!((activity.posts(), activity.rows), (2, 3));
    assert_eq!(activity.numbers(school).get(Metric::Reactions), Some(214));
    assert_eq!(activity.numbers(AMARA).get(Metric::Reactions), Some(14));
    assert!(activity.notes.iter().any(|note| note.contains("another's post, reposted")));
}

#[test]
fn a_number_cut_by_a_spreadsheet_joins_by_its_instant() {
    let path = "linkedin/vintages/posts/ids-through-a-spreadsheet.csv";
    let cut = read(path);
    assert_eq!(cut.rejections.len(), 1);
    assert_eq!(&*cut.rejections[0].text, "7.42E+18,3,90");
    assert!(cut.notes.iter().any(|note| note.contains("15 digits")));
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let sql = "select impressions from v_posts \
               where post_urn = 'urn:li:ugcPost:7424567488778420224'";
    assert_eq!(ask(&[archive, path], sql), ["1702"]);
    let posts = ask(&[path], "select count(*) from v_posts");
    assert_eq!(posts, ["0"]);
}

#[test]
fn json_and_its_flattened_form_are_the_same_touches() {
    let json = read("linkedin/vintages/engagers/apify-reactions.json");
    let text = read("linkedin/vintages/engagers/apify-reactions.csv");
    for read in [&json, &text] {
        assert_eq!((read.rows, read.facts.engagements.len()), (4, 4));
        assert_eq!(read.facts.name_pairs.len(), 2);
        let ids: Vec<_> =
            read.facts.identities.iter().map(|(_, one)| one.member_id).collect();
        assert!(ids.contains(&Some("ACoAAD9zPetraNovakAbCdEfGhIjKlMnOpQrStU")));
    }
    let lines: Vec<u64> =
        json.facts.engagements.iter().map(|one| one.place.line()).collect();
    assert_eq!(lines[0], 2);
    assert!(lines.is_sorted());
}

#[test]
fn comments_know_their_instant_and_the_slug_of_an_opaque_id() {
    let read = read("linkedin/vintages/engagers/apify-comments.json");
    assert_eq!((read.rows, read.facts.engagements.len()), (3, 2));
    assert!(read.notes.iter().any(|note| note.contains("author's own")));
    let happened = read.facts.engagements.iter().map(|one| one.happened_ms);
    let at = |ms: Option<UnixMs>| iso(ms.unwrap().timestamp().unwrap());
    let happened: Vec<_> = happened.map(at).collect();
    assert_eq!(happened, ["2026-02-04T00:51:22.750Z", "2026-02-05T05:20:10.015Z"]);
    let tom = read.facts.identities.at(0);
    assert_eq!(tom.profile, Some("tom-ohara-99"));
    assert_eq!(tom.member_id, Some("ACoAAC8yTomOHara99AbCdEfGhIjKlMnOpQrStU"));
}

#[test]
fn names_that_a_record_states_together_are_one_post() {
    let reactions = "linkedin/vintages/engagers/apify-reactions.json";
    let sql = "select post_aliases.urn, posts.urn, basis from post_aliases \
               join posts using (post_id) where basis = 'named together' order by 1";
    assert_eq!(
        ask(&[reactions], sql),
        [
            "urn:li:activity:7416027387480903680|urn:li:share:7416027387073769473|named together",
            "urn:li:activity:7424567489747591168|urn:li:ugcPost:7424567488778420224|named together",
        ]
    );
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let posts = "linkedin/vintages/posts/apify-posts.json";
    let sql = "select post_urn, posted_at, reactions, comments from v_posts \
               where post_urn = 'urn:li:ugcPost:7429118035079901184'";
    assert_eq!(
        ask(&[archive, posts], sql),
        ["urn:li:ugcPost:7429118035079901184|2026-02-17T06:30:00.377Z|22|3"]
    );
}
