//! People who engaged, posts of other tools, joins of names.

use super::*;

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
        "urn:li:share:7416027387073769473|8240|236|-",
        "urn:li:ugcPost:7424567488778420224|1630|17|-",
        "urn:li:ugcPost:7429118035079901184|1740|-|-",
        "urn:li:share:7435428456625958914|2610|88|-",
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
            "file-argument-daniel-voss-7n5pe|Draft|-|1",
            "file-argument-daniel-voss-7n5pe|The file is the argument|2026-01-21|0",
        ]
    );
    // An archive that dates no article does not tell drafts.
    let undated = "linkedin/Complete_LinkedInDataExport_06-01-2026.zip";
    assert_eq!(ask(&[undated], sql), ["|Buffers|-|-"]);
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
    let inspection = inspect_paths(&[folder.path().to_path_buf()]);
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
