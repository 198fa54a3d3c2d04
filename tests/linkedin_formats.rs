//! What LinkedIn and the tools around it export reads as it says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use touchstone::{
    attribute,
    discover::Limits,
    domain::{Facts, Metric, Numbers, PostName, PostNameId, Rejection, iso},
    normalize::{self, Settings},
    pipeline::{self, Attribution, Import, Inspection},
    recognize::Verdict,
    store::Store,
};

/// All that one file states.
#[derive(Default)]
struct Read {
    facts: Facts,
    rejections: Vec<Rejection>,
    notes: Vec<String>,
    rows: u64,
    formats: Vec<String>,
    places: Vec<String>,
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(path)
}

fn settings() -> Settings {
    Settings { zone: TimeZone::UTC, date_order: None, currency: None }
}

fn inspect(paths: &[&str]) -> Inspection {
    let paths: Vec<PathBuf> = paths.iter().map(|path| data(path)).collect();
    pipeline::inspect(&paths, Limits::default(), &|_| {}).unwrap()
}

/// Reads the tables of one file that are known.
fn read(path: &str) -> Read {
    let mut read = Read::default();
    for one in inspect(&[path]).files {
        let known = match &one.verdict {
            Verdict::Known(known) => known,
            Verdict::Ignored(_) => continue,
            other => panic!("{}: {other:?}", one.file.name),
        };
        read.formats.push(known.format.name.to_owned());
        read.places.push(one.file.name.clone());
        let mut emit = |mut batch: normalize::Batch| {
            read.facts.identities.append(&mut batch.facts.identities);
            read.facts.post_names.append(&mut batch.facts.post_names);
            read.facts.engagements.append(&mut batch.facts.engagements);
            read.facts.contacts.append(&mut batch.facts.contacts);
            read.facts.post_numbers.append(&mut batch.facts.post_numbers);
            read.facts.name_pairs.append(&mut batch.facts.name_pairs);
            read.facts.ad_days.append(&mut batch.facts.ad_days);
            read.facts.lead_forms.append(&mut batch.facts.lead_forms);
            read.facts.articles.append(&mut batch.facts.articles);
            read.facts.shares.append(&mut batch.facts.shares);
            read.rejections.append(&mut batch.rejections);
        };
        let id = u32::try_from(read.formats.len()).unwrap();
        let limits = Limits::default();
        let outcome =
            normalize::file(&one.file.source, limits, known, id, &settings(), &mut emit);
        let outcome = outcome.unwrap();
        read.rows += outcome.rows_read;
        read.notes.extend(outcome.notes);
    }
    read
}

impl Read {
    fn name(&self, id: PostNameId) -> String {
        let (_, name) = self.facts.post_names.iter().find(|(one, _)| *one == id).unwrap();
        name.to_string()
    }

    /// The numbers of a post under the name that the file uses.
    fn numbers(&self, name: &str) -> Numbers {
        let mut numbers = Numbers::default();
        for one in &self.facts.post_numbers {
            if self.name(one.post_name) == name {
                numbers.update(&one.numbers);
            }
        }
        assert!(!numbers.is_empty(), "nothing is known of {name}");
        numbers
    }

    fn posts(&self) -> usize {
        let mut names: Vec<String> =
            self.facts.post_numbers.iter().map(|one| self.name(one.post_name)).collect();
        names.sort();
        names.dedup();
        names.len()
    }
}

/// Runs the pipeline over paths and asks one view.
fn ask(paths: &[&str], sql: &str) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| data(path)).collect();
    ask_paths(&paths, sql)
}

fn ask_paths(paths: &[PathBuf], sql: &str) -> Vec<String> {
    let inspection = pipeline::inspect(paths, Limits::default(), &|_| {}).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    let store = Store::open(&path).unwrap();
    let run_id = store.begin_run(jiff::Timestamp::UNIX_EPOCH, "0").unwrap();
    let settings = settings();
    let limits = Limits::default();
    let import =
        Import { store: &store, run_id, settings: &settings, limits, threads: 2 };
    pipeline::import(&import, &inspection, &|_| {}).unwrap();
    let attribution = Attribution {
        window_days: 90,
        models: attribute::MODELS.to_vec(),
        options: attribute::Options::default(),
        as_of: None,
    };
    pipeline::attribute(&store, &attribution, &|_| {}).unwrap();
    store.commit().unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cell = |at| {
            let value: rusqlite::types::Value = row.get(at).unwrap();
            match value {
                rusqlite::types::Value::Null => "null".to_owned(),
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Real(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Blob(_) => "blob".to_owned(),
            }
        };
        Ok((0..width).map(cell).collect::<Vec<_>>().join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

const MIRA: &str = "urn:li:activity:7175981868172295581";
const AMARA: &str = "urn:li:activity:7424567489747591168";

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
    let noor = &read.facts.identities[0].1;
    assert_eq!(noor.profile.as_deref(), Some("noor-haddad"));
    assert_eq!(noor.email.as_deref(), Some("noor@haddad.example"));
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
    assert_eq!(alone, ["lead_gen_form|null|petranovak"]);
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
    assert!(buffer.notes.iter().any(|note| note.contains("other networks")));
    let activity = read("linkedin/vintages/posts/phantombuster-activity.csv");
    assert_eq!((activity.posts(), activity.rows), (2, 3));
    assert_eq!(activity.numbers(school).get(Metric::Reactions), Some(214));
    assert_eq!(activity.numbers(AMARA).get(Metric::Reactions), Some(14));
    assert!(activity.notes.iter().any(|note| note.contains("posts of others")));
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
        let ids: Vec<_> = read
            .facts
            .identities
            .iter()
            .map(|(_, one)| one.member_id.as_deref())
            .collect();
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
    let at =
        |ms: Option<i64>| iso(jiff::Timestamp::from_millisecond(ms.unwrap()).unwrap());
    assert_eq!(at(read.facts.engagements[0].happened_ms), "2026-02-04T00:51:22.750Z");
    assert_eq!(at(read.facts.engagements[1].happened_ms), "2026-02-05T05:20:10.015Z");
    let (_, tom) = &read.facts.identities[0];
    assert_eq!(tom.profile.as_deref(), Some("tom-ohara-99"));
    assert_eq!(tom.member_id.as_deref(), Some("ACoAAC8yTomOHara99AbCdEfGhIjKlMnOpQrStU"));
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

#[test]
fn a_posts_own_words_join_what_instants_cannot() {
    const WORDS: &str = "One line from today's seminar: a valuation is an opinion, the file \
                         is the argument.";
    let archive = data("linkedin/vintages/Complete_LinkedInDataExport_03-31-2026");
    // Made three hours after the post, as for one that was scheduled.
    let later = "urn:li:activity:7429457080000123457";
    let sql = format!("select basis from post_aliases where urn = '{later}'");
    let check = |link: &str, words: &str, expected: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("posts.csv");
        let text = format!("Post URL,Content,Impressions\n{link},\"{words}\",77\n");
        std::fs::write(&path, text).unwrap();
        assert_eq!(ask_paths(&[archive.clone(), path], &sql), expected, "{link}");
    };
    let shown =
        "https://www.linkedin.com/posts/danielvoss_x-ugcPost-7429118035079901184-Ab1c";
    let both = format!("{shown}?highlightedUpdateUrn={later}");
    check(&both, WORDS, &["named together"]);
    check(&both, "Something else that a reposter wrote", &[]);
    let alone = format!("https://www.linkedin.com/feed/update/{later}");
    check(&alone, WORDS, &["same text"]);
    check(&alone, "Something else that a reposter wrote", &["same name"]);
}

#[test]
fn the_newer_exports_number_wins_and_is_never_added() {
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let older =
        "linkedin/vintages/analytics/Content_2026-01-01_2026-02-28_DanielVoss.xlsx";
    let newer = "linkedin/vintages/analytics/AggregateAnalytics_Daniel \
                 Voss_2026-01-01_2026-03-31.xlsx";
    let sql = "select post_urn, impressions, engagements, clicks from v_posts \
               where impressions is not null";
    let expected = [
        "urn:li:share:7416027387073769473|8240|236|null",
        "urn:li:ugcPost:7424567488778420224|1630|17|null",
        "urn:li:ugcPost:7429118035079901184|1740|null|null",
        "urn:li:share:7435428456625958914|2610|88|null",
    ];
    assert_eq!(ask(&[archive, older, newer], sql), expected);
    assert_eq!(ask(&[newer, archive, older], sql), expected);
    let posts = ask(&[archive, older, newer], "select count(*) from v_posts");
    assert_eq!(posts, ["8"]);
}

#[test]
fn all_files_of_a_messy_folder_meet_in_the_same_posts() {
    let sql = "select post_urn from v_posts where member = 'Daniel Voss' order by 1";
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let own = ask(&[archive], sql);
    assert_eq!(own.len(), 8);
    let all = ask(&["linkedin/vintages"], sql);
    assert_eq!(all, own);
    let zipped = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026.zip";
    assert_eq!(ask(&[zipped, archive], sql), own);
}

#[test]
fn an_article_is_listed_and_its_draft_is_none() {
    let sql = "select slug, title, published_on, is_draft from v_articles order by title";
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    assert_eq!(
        ask(&[archive], sql),
        [
            "file-argument-daniel-voss-7n5pe|Draft|null|1",
            "file-argument-daniel-voss-7n5pe|The file is the argument|2026-01-21|0",
        ]
    );
    // An archive that dates no article does not tell drafts.
    let undated = "linkedin/Complete_LinkedInDataExport_06-01-2026.zip";
    assert_eq!(ask(&[undated], sql), ["|Buffers|null|null"]);
}

#[test]
fn an_answer_tells_who_commented_and_is_no_touch() {
    let archive = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let comments = "linkedin/vintages/engagers/apify-comments.json";
    let sql = "select post_urn, person from v_inferred_comments";
    let post = "urn:li:ugcPost:7424567488778420224";
    let expected = [format!("{post}|Amara Diallo"), format!("{post}|Tom O'Hara")];
    assert_eq!(ask(&[archive, comments], sql), expected);
    assert_eq!(ask(&[archive], "select count(*) from touches"), ["0"]);
}

#[test]
fn a_workbook_is_known_by_its_content() {
    let inspection = inspect(&["workbooks"]);
    let headers: Vec<(String, Vec<String>)> = inspection
        .files
        .iter()
        .filter(|one| one.workbook.is_some())
        .filter_map(|one| match &one.verdict {
            Verdict::Known(known) => {
                Some((one.file.name.clone(), known.layout.header.clone()))
            }
            Verdict::Unknown(unknown) => {
                Some((one.file.name.clone(), unknown.header.clone()))
            }
            _ => None,
        })
        .collect();
    assert!(headers[0].0.ends_with("9-12-00 AM.xlsx/Opportunities"), "{headers:?}");
    assert!(headers[0].1.contains(&"Est. Revenue".to_owned()));
    assert_eq!(headers[1].0, "workbooks/workbook-named.csv/Sheet");
    assert_eq!(headers[1].1, ["Deal", "Stage", "Amount", "Closed"]);
    assert!(inspection.files.iter().any(|one| {
        matches!(one.verdict, Verdict::Ignored("a sheet that the workbook hides"))
    }));
}

#[test]
fn records_on_one_line_of_json_are_facts_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        std::fs::read_to_string(data("linkedin/vintages/engagers/apify-reactions.json"))
            .unwrap();
    let records: serde_json::Value = serde_json::from_str(&text).unwrap();
    let path = folder.path().join("minified.json");
    std::fs::write(&path, records.to_string()).unwrap();
    let sql = "select reactions from v_posts order by post_urn";
    assert_eq!(ask_paths(&[path], sql), ["3", "1"]);
}

#[test]
fn a_broken_workbook_breaks_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let whole =
        std::fs::read(data("linkedin/SinglePostAnalytics_DanielVoss.xlsx")).unwrap();
    let old =
        std::fs::read(data("linkedin/harbour-lane_content_1711000000000.xls")).unwrap();
    std::fs::write(folder.path().join("cut.xlsx"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(folder.path().join("cut.xls"), &old[..old.len() / 3]).unwrap();
    std::fs::write(folder.path().join("whole.xlsx"), &whole).unwrap();
    let paths = [folder.path().to_path_buf()];
    let inspection = pipeline::inspect(&paths, Limits::default(), &|_| {}).unwrap();
    let refused = |one: &&pipeline::Inspected| matches!(one.verdict, Verdict::Refused(_));
    assert_eq!(inspection.files.iter().filter(refused).count(), 1);
    assert_eq!(inspection.unreadable.len(), 1);
    let known = |one: &&pipeline::Inspected| matches!(one.verdict, Verdict::Known(_));
    assert_eq!(inspection.files.iter().filter(known).count(), 1);
}

#[test]
fn an_archive_called_workbook_is_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let zip = data("linkedin/Complete_LinkedInDataExport_06-01-2026.zip");
    let path = folder.path().join("download.xlsx");
    std::fs::copy(zip, &path).unwrap();
    assert_eq!(ask_paths(&[path], "select count(*) from shares"), ["5"]);
}

#[test]
fn archives_before_2019_read_too() {
    let shares = read("linkedin/older/Shares-2018.csv");
    assert_eq!((shares.rows, shares.facts.shares.len()), (1, 1));
    let vintages = read("linkedin/vintages/Complete_LinkedInDataExport_03-31-2026");
    assert_eq!(vintages.facts.shares.len(), 8);
    let name = PostName::from_urn("urn:li:share:248163270").unwrap();
    assert!(vintages.facts.shares.iter().any(|one| one.name == name));
}

/// How many facts of a kind the files under a path state, over the whole pipeline.
fn count(path: &str, sql: &str) -> String {
    ask(&[path], sql).join(";")
}

#[test]
fn archives_of_every_vintage_read() {
    let vintages = "linkedin/vintages";
    let connections = "select count(*), count(identity_id) from connections";
    let messages = "select kind, count(*) from messages group by 1 order by 1";
    let check = |path: &str, sql: &str, expected: &str| {
        assert_eq!(count(&format!("{vintages}/{path}"), sql), expected, "{path}: {sql}");
    };
    check("Basic_LinkedInDataExport_05-14-2021", connections, "3|3");
    check("Basic_LinkedInDataExport_05-14-2021", messages, "contact|4");
    check("Complete_LinkedInDataExport_09-18-2022", connections, "4|2");
    check("Basic_LinkedInDataExport_10-21-2023", connections, "2|1");
    check(
        "Basic_LinkedInDataExport_10-21-2023",
        messages,
        "contact|3;spam|1;sponsored|1",
    );
    check("Basic_LinkedInDataExport_08-15-2025", messages, "contact|2;draft|1");
    let latest = "Complete_LinkedInDataExport_03-31-2026";
    check(latest, connections, "4|3");
    check(latest, messages, "contact|2;draft|1;sponsored|1");
    check(latest, "select count(*) from message_posts", "1");
    check(latest, "select count(*), count(commented_ms) from own_comments", "4|3");
    check(latest, "select count(*) from given_reactions", "6");
    check(
        latest,
        "select exported_on, member_number from exports",
        "2026-03-31|17529409",
    );
    check(
        latest,
        "select count(*) from own_comments join post_names using (post_name_id) \
         join post_aliases using (urn) join posts using (post_id) \
         where posts.member_id is not null",
        "2",
    );
    check(
        &format!("{latest}.zip"),
        "select count(*), count(identity_id) from connections",
        "4|3",
    );
    check(
        latest,
        "select post_urn, posted_at from v_posts where posted_at < '2026-01-01' \
         or post_urn like '%7429118035079901184'",
        "urn:li:share:248163270|2013-06-01T07:20:00Z;\
         urn:li:ugcPost:7429118035079901184|2026-02-17T06:30:00Z",
    );
}

#[test]
fn the_core_archives_read() {
    let folder = "linkedin/archive-2024";
    let check = |path: &str, sql: &str, expected: &str| {
        assert_eq!(count(path, sql), expected, "{path}: {sql}");
    };
    check(folder, "select count(*), count(identity_id) from connections", "7|6");
    check(folder, "select count(*) from posts", "6");
    check(folder, "select count(*) from own_comments", "3");
    check(
        folder,
        "select kind, count(*) from messages group by 1 order by 1",
        "contact|2;draft|1;spam|1",
    );
    check(folder, "select full_name from members", "Daniel Voss");
    let zip = "linkedin/Complete_LinkedInDataExport_06-01-2026.zip";
    check(zip, "select exported_on, member_number from exports", "2026-06-01|17529409");
    check(zip, "select count(*), count(identity_id) from connections", "7|6");
    check(zip, "select count(*) from posts", "5");
    assert_eq!(ask(&[folder, zip], "select count(*) from posts"), ["7"]);
}

#[test]
fn two_lists_of_the_same_reactions_count_once() {
    let json = "linkedin/vintages/engagers/apify-reactions.json";
    let text = "linkedin/vintages/engagers/apify-reactions.csv";
    let sql = "select reactions from v_posts order by post_urn";
    assert_eq!(ask(&[json], sql), ["3", "1"]);
    assert_eq!(ask(&[json, text], sql), ["3", "1"]);
    let comments = "linkedin/vintages/engagers/apify-comments.json";
    let posts = "linkedin/vintages/posts/apify-posts.json";
    let sql = "select reactions, comments from v_posts \
               where post_urn = 'urn:li:ugcPost:7424567488778420224'";
    assert_eq!(ask(&[json, comments], sql), ["1|2"]);
    assert_eq!(ask(&[json, comments, posts], sql), ["14|5"]);
}

#[test]
fn a_list_without_posts_is_refused_with_the_reason() {
    let inspection =
        inspect(&["linkedin/vintages/engagers/phantombuster-likers-short.csv"]);
    let reason = pipeline::why_not(&inspection.files[0].verdict).unwrap();
    assert!(reason.contains("no column names the post"), "{reason}");
}
