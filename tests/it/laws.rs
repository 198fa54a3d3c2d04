//! The laws: what holds for any exports, in any order, on any machine.

use std::path::PathBuf;

use crate::network::{Network, formats};

const SAMPLES: &[&str] = &[
    "linkedin/archive-2024",
    "linkedin/Complete_LinkedInDataExport_06-01-2026.zip",
    "linkedin/engagers",
    "linkedin/themes.csv",
    "linkedin/vintages",
    "crm/hubspot",
];

/// Views that name runs, or say how often a file was read.
const OF_RUNS: &[&str] = &["v_runs", "v_source_files"];

fn run_with(threads: usize, paths: &[PathBuf]) -> Network {
    let mut network = Network::new();
    network.threads = threads;
    network.run(paths);
    network
}

#[test]
fn the_same_files_give_the_same_tables_on_any_number_of_threads() {
    let paths = formats(SAMPLES);
    let once = run_with(1, &paths).views();
    assert_eq!(run_with(1, &paths).views(), once);
    assert_eq!(run_with(8, &paths).views(), once);
}

#[test]
fn the_order_of_the_paths_changes_nothing() {
    let mut paths = formats(SAMPLES);
    let forward = run_with(2, &paths).views();
    paths.reverse();
    assert_eq!(run_with(2, &paths).views(), forward);
    paths.swap(0, 3);
    paths.rotate_left(2);
    assert_eq!(run_with(2, &paths).views(), forward);
}

#[test]
fn two_runs_over_halves_equal_one_run_over_all() {
    let paths = formats(SAMPLES);
    let whole = run_with(2, &paths).views_but(OF_RUNS);
    for cut in 1..paths.len() {
        for (first, second) in
            [(&paths[..cut], &paths[cut..]), (&paths[cut..], &paths[..cut])]
        {
            let network = run_with(2, first);
            network.run(second);
            similar(&network.views_but(OF_RUNS), &whole, &format!("cut at {cut}"));
        }
    }
}

/// Compares line by line, so that a failure shows the line that differs.
fn similar(found: &str, expected: &str, what: &str) {
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "{what}");
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{what}");
}

#[test]
fn importing_twice_is_importing_once() {
    let paths = formats(SAMPLES);
    let network = run_with(2, &paths);
    let once = network.views();
    let again = network.run(&paths);
    assert_eq!(again.files_read, 0);
    assert_eq!(network.views(), once);
}

#[test]
fn the_same_archive_as_a_folder_and_as_a_zip_counts_once() {
    const FOLDER: &str = "linkedin/vintages/Complete_LinkedInDataExport_03-31-2026";
    let both = Network::of(&[FOLDER, &format!("{FOLDER}.zip")]);
    assert_eq!(both.count("select count(*) from v_posts"), 8);
    assert_eq!(
        both.count("select count(*) from connections where identity_id is not null"),
        3
    );
}

#[test]
fn overlapping_archives_count_a_post_once() {
    let network = Network::of(&[
        "linkedin/archive-2024",
        "linkedin/Complete_LinkedInDataExport_06-01-2026.zip",
    ]);
    assert_eq!(network.count("select count(*) from v_posts"), 7);
    assert_eq!(network.query("select distinct member from v_posts"), "Daniel Voss\n");
}

const CONTACTS: &str = "Record ID,First Name,Last Name,Email,Create Date,Last Modified \
                        Date,Lifecycle Stage\n";

#[test]
fn two_equal_rows_of_a_record_are_one_record() {
    let network = Network::new();
    let row = "7,Mira,Castellano,mira@castellano.example,2024-03-01 09:00,2024-05-01 09:00,\
               Lead\n";
    let path = network.write("hubspot.csv", format!("{CONTACTS}{row}{row}"));
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from v_leads"), 1);
}

#[test]
fn two_equal_comments_of_one_export_are_two() {
    let network = Network::new();
    let row = "2024-02-04 10:02:11,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A\
               7159821007928994259,Fair.\n";
    let header = "Date,Link,Message\n";
    let path = network.write("one/Comments.csv", format!("{header}{row}{row}"));
    network.run(&[path]);
    assert_eq!(network.count("select count(*) from own_comments"), 2);
}

#[test]
fn the_newer_export_corrects_the_older_whatever_the_order() {
    let old =
        "7,Mira,Castellano,mira@old.example,2024-03-01 09:00,2024-05-01 09:00,Lead\n";
    let new =
        "7,Mira,Castellano,mira@new.example,2024-03-01 09:00,2024-09-01 09:00,Customer\n";
    let check = |names: [&str; 2], order: [usize; 2]| {
        let network = Network::new();
        let files = [
            network.write(names[0], format!("{CONTACTS}{old}")),
            network.write(names[1], format!("{CONTACTS}{new}")),
        ];
        for at in order {
            network.run(&files[at..=at]);
        }
        assert_eq!(
            network.query("select remote_id, person, status from v_leads"),
            "7 | Mira Castellano | qualified\n",
            "{names:?} in the order {order:?}"
        );
    };
    for names in [["a.csv", "b.csv"], ["b.csv", "a.csv"]] {
        check(names, [0, 1]);
        check(names, [1, 0]);
    }
}

#[test]
fn a_newer_state_of_a_deal_wins_whatever_the_order() {
    let header = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Last \
                  Modified Date,Is Closed Won,Is closed lost\n";
    let old =
        "9,Home,Application,100.0,AUD,,2024-03-01 09:00,2024-05-01 09:00,false,false\n";
    let new = "9,Home,Settled,250.5,AUD,2024-08-01 09:00,2024-03-01 09:00,2024-09-01 09:00,\
               true,false\n";
    for order in [[0, 1], [1, 0]] {
        let network = Network::new();
        let files = [
            network.write("one.csv", format!("{header}{old}")),
            network.write("two.csv", format!("{header}{new}")),
        ];
        for at in order {
            network.run(&files[at..=at]);
        }
        assert_eq!(
            network.query("select status, amount_minor, currency from v_deals"),
            "won | 25050 | AUD\n",
            "in the order {order:?}"
        );
    }
}

#[test]
fn credits_of_a_deal_add_up_to_its_amount_under_every_model() {
    let network = run_with(2, &formats(SAMPLES));
    let wrong = network.query(
        "select models.name, deals.remote_id, deals.amount_minor, sum(credit_minor)
         from models cross join deals
         left join v_deal_credits as credits
             on credits.model = models.name and credits.deal_id = deals.deal_id
         where deals.amount_minor is not null
         group by models.name, deals.deal_id
         having sum(credit_minor) is not deals.amount_minor",
    );
    assert_eq!(wrong, "");
    let models = i64::try_from(touchstone::attribute::MODELS.len()).unwrap();
    assert_eq!(network.count("select count(distinct model) from v_deal_credits"), models);
}

#[test]
fn shares_of_a_lead_add_up_to_one_under_every_model() {
    let network = run_with(2, &formats(SAMPLES));
    let wrong = network.query(
        "select models.name, leads.remote_id, sum(share)
         from models cross join leads
         left join v_lead_credits as credits
             on credits.model = models.name and credits.lead_id = leads.lead_id
         group by models.name, leads.lead_id
         having sum(share) is null or 1e-9 < abs(sum(share) - 1)",
    );
    assert_eq!(wrong, "");
}

#[test]
fn no_credit_is_negative_for_a_deal_that_is_not() {
    let network = run_with(2, &formats(SAMPLES));
    let wrong = network.query(
        "select model, deal_remote_id, credit_minor from v_deal_credits
         join v_deals using (deal_id) where credit_minor < 0 and 0 <= amount_minor",
    );
    assert_eq!(wrong, "");
}

#[test]
fn every_row_read_is_kept_rejected_or_passed_over() {
    let network = run_with(2, &formats(SAMPLES));
    let wrong = network.query(
        "select name, rows_read, rows_kept, rows_rejected from v_source_files
         where rows_read < rows_kept + rows_rejected",
    );
    assert_eq!(wrong, "");
}

#[test]
fn a_run_that_ends_before_its_commit_leaves_the_database_as_it_was() {
    let network = Network::of(&["linkedin/archive-2024"]);
    let before = std::fs::read(network.database()).unwrap();
    drop(network.begin(&formats(&["crm/hubspot", "linkedin/engagers"])).unwrap());
    assert_eq!(network.count("select count(*) from v_leads"), 0);
    assert!(std::fs::read(network.database()).unwrap() == before);
}

#[test]
fn a_first_run_that_ends_before_its_commit_leaves_no_file() {
    let network = Network::new();
    drop(network.begin(&formats(&["linkedin/archive-2024"])).unwrap());
    let folder = network.database();
    let left: Vec<_> = std::fs::read_dir(folder.parent().unwrap()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn scorecards_of_members_months_and_formats_add_up_to_those_of_posts() {
    let network = run_with(2, &formats(SAMPLES));
    let total = |view: &str| {
        network.query(&format!(
            "select model, sum(posts), round(sum(leads), 6), sum(won_minor)
             from {view} group by model order by model"
        ))
    };
    let of_posts = network.query(
        "select model, count(*), round(sum(leads), 6), sum(won_minor)
         from v_post_scorecard group by model order by model",
    );
    assert!(!of_posts.is_empty());
    for view in ["v_member_scorecard", "v_month_scorecard", "v_format_scorecard"] {
        assert_eq!(total(view), of_posts, "{view}");
    }
}

#[test]
fn credit_by_evidence_adds_up_to_all_leads_and_deals_and_that_of_posts_to_their_scores() {
    let network = run_with(2, &formats(SAMPLES));
    let models =
        network.query("select distinct model from v_evidence_scorecard order by 1");
    assert_eq!(models, network.query("select name from models order by 1"));
    let totals = network.query(
        "select model, round(sum(leads), 6), sum(won_minor), sum(pipeline_minor)
         from v_evidence_scorecard group by model order by model",
    );
    let all = network.query(
        "select name, (select round(count(*), 6) from v_leads),
             (select coalesce(sum(amount_minor), 0) from v_deals join measures
              using (currency, amount_kind) where status = 'won'),
             (select coalesce(sum(amount_minor), 0) from v_deals join measures
              using (currency, amount_kind) where status = 'open')
         from models order by name",
    );
    assert_eq!(totals, all);
    let of = |view: &str| {
        network.query(&format!(
            "select model, round(sum(leads), 6), sum(won_minor), sum(pipeline_minor)
             from {view} group by model order by model"
        ))
    };
    assert_eq!(of("v_evidence_scorecard where is_of_post"), of("v_post_scorecard"));
    // Inferred from time is the incremental model alone, and nothing else of it.
    let mixed = "select count(*) from v_evidence_scorecard where evidence is not null
                 and (evidence = 'inferred') <> (model = 'incremental')";
    assert_eq!(network.count(mixed), 0);
}
