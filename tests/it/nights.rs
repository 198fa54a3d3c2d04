//! Night after night over the same exports: what would be the same is not made again.

use std::fs;

use crate::binary::{Place, errors, samples};

/// Whether a run made the results, as its stages tell.
fn makes_results(place: &Place, words: &[&str]) -> bool {
    let output = place.run(words);
    assert!(output.status.success(), "{}", errors(&output));
    errors(&output).contains("attribute: ")
}

#[test]
fn a_night_with_nothing_new_leaves_what_it_would_make_again() {
    let place = Place::new();
    let samples = samples();
    let run = ["run", samples.to_str().unwrap()];
    assert!(makes_results(&place, &run));
    let (views, report) = (place.views(), place.report());
    assert!(!makes_results(&place, &run));
    assert_eq!(place.views(), views);
    assert!(place.report() == report);
    assert!(makes_results(&place, &["attribute"]));
    assert!(!makes_results(&place, &["report"]));
    assert_eq!(place.views(), views);
    assert!(place.report() == report);
}

#[test]
fn tables_that_others_changed_are_written_again() {
    let place = Place::new();
    let samples = samples();
    let run = ["run", samples.to_str().unwrap()];
    assert!(makes_results(&place, &run));
    let report = place.report();
    let table = |name: &str| place.path("touchstone-report").join(name);
    fs::write(table("posts.csv"), "post_urn\n").unwrap();
    fs::remove_file(table("touches.csv")).unwrap();
    fs::write(table("report.html"), "").unwrap();
    assert!(!makes_results(&place, &run));
    assert!(place.report() == report);
    let other = place.run(&["run", samples.to_str().unwrap(), "--out", "elsewhere"]);
    assert!(other.status.success());
    assert!(crate::binary::files(&place.path("elsewhere")).len() == report.len() + 1);
}

#[test]
#[cfg(unix)]
fn a_page_that_would_be_the_same_is_left_and_one_that_shows_other_rejections_is_not() {
    use std::os::unix::fs::MetadataExt;

    let place = Place::new();
    let folder = place.path("exports");
    fs::create_dir(&folder).unwrap();
    for name in ["leads.csv", "broken.csv"] {
        let text = "id,name,email,created\n1,Ada Byron,ada@example.com,2026-01-05\n";
        let text = if name == "leads.csv" { text } else { "no,format,has,these\n" };
        fs::write(folder.join(name), text).unwrap();
    }
    let run = ["run", folder.to_str().unwrap()];
    assert!(makes_results(&place, &run));
    let page = place.path("touchstone-report").join("report.html");
    let read = || fs::read_to_string(&page).unwrap();
    let file = || page.metadata().unwrap().ino();
    let (first, with_broken) = (file(), read());
    assert!(with_broken.contains("broken.csv"));
    assert!(!makes_results(&place, &run));
    assert!(file() == first && read() == with_broken);
    fs::write(folder.join("other.csv"), "nor,has,it,these\n").unwrap();
    assert!(!makes_results(&place, &run));
    assert!(read().contains("other.csv"));
    fs::remove_file(&page).unwrap();
    assert!(!makes_results(&place, &run));
    assert!(read().contains("other.csv"));
}

#[test]
fn a_night_with_invented_names_leaves_no_table_with_real_ones() {
    let place = Place::new();
    let samples = samples();
    let run = ["run", samples.to_str().unwrap()];
    assert!(makes_results(&place, &run));
    let real = place.report();
    assert!(!makes_results(&place, &["run", run[1], "--pseudonymize"]));
    let leads = |files: &[(String, Vec<u8>)]| {
        files.iter().find(|(name, _)| name == "leads.csv").unwrap().1.clone()
    };
    assert!(leads(&place.report()) != leads(&real));
    assert!(!makes_results(&place, &run));
    assert!(place.report() == real);
}

#[test]
fn other_settings_and_other_files_make_results_anew() {
    let place = Place::new();
    let samples = samples();
    let run = ["run", samples.to_str().unwrap()];
    assert!(makes_results(&place, &run));
    let report = place.report();
    assert!(makes_results(&place, &["run", run[1], "--window", "30"]));
    assert!(place.report() != report);
    assert!(makes_results(&place, &run));
    let labels = place.path("more.csv");
    let text = fs::read_to_string(table_of_posts(&place)).unwrap();
    let urn = text.lines().nth(1).and_then(|line| line.split(',').next()).unwrap();
    fs::write(&labels, format!("post,theme\n{urn},inspiration\n")).unwrap();
    let labels = labels.to_str().unwrap();
    // Read by itself, it waits for the next run.
    assert!(place.run(&["import", labels]).status.success());
    assert!(makes_results(&place, &run));
    assert!(!makes_results(&place, &["run", run[1], labels]));
    fs::write(labels, format!("post,theme\n{urn},promotion\n")).unwrap();
    assert!(makes_results(&place, &["run", run[1], labels]));
}

fn table_of_posts(place: &Place) -> std::path::PathBuf {
    place.path("touchstone-report").join("posts.csv")
}

/// What the table of posts says after some runs over the samples and one list more, each with
/// or without a rule for a theme.
fn posts_after(runs: &[(bool, bool)]) -> String {
    let place = Place::new();
    let samples = samples();
    let (rule, more) = (place.path("rule.toml"), place.path("more.csv"));
    fs::write(&rule, "[[theme]]\nname = \"time\"\nwords = [\"year*\", \"week*\"]\n")
        .unwrap();
    fs::write(&more, "id,name,email,created\n1,Ada Byron,a@example.com,2026-01-05\n")
        .unwrap();
    for (has_more, has_rule) in runs {
        let mut words = vec!["run", samples.to_str().unwrap()];
        words.extend(has_more.then(|| more.to_str().unwrap()));
        words.extend(
            has_rule
                .then_some(["--config", rule.to_str().unwrap()])
                .into_iter()
                .flatten(),
        );
        assert!(makes_results(&place, &words));
    }
    fs::read_to_string(table_of_posts(&place)).unwrap()
}

#[test]
fn a_night_tells_the_themes_that_a_first_run_would() {
    let (plain, by_rule) = (posts_after(&[(true, false)]), posts_after(&[(true, true)]));
    assert!(plain != by_rule && by_rule.contains(",time,"));
    assert_eq!(posts_after(&[(false, false), (true, false)]), plain);
    assert_eq!(posts_after(&[(false, false), (true, true)]), by_rule);
    assert_eq!(posts_after(&[(false, true), (true, false)]), plain);
}

/// Two strict runs over the folder in which database, report and exports lie.
#[test]
fn what_a_run_left_in_the_folder_that_is_read_is_its_own() {
    let place = Place::new();
    let deals = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date,Email\n\
                 1,Haus,Won,10.00,EUR,2024-04-15,bob@ray.example\n";
    fs::write(place.path("deals.csv"), deals).unwrap();
    let run = |words: &[&str]| {
        let output = place.run(words);
        assert!(output.status.success(), "{words:?}: {}", errors(&output));
    };
    run(&["run", ".", "--strict"]);
    let views = place.views();
    run(&["run", ".", "--strict"]);
    assert_eq!(place.views(), views);
    for format in ["json", "parquet", "xlsx"] {
        run(&["export", "--format", format]);
        run(&["run", ".", "--strict"]);
        assert_eq!(place.views(), views, "{format}");
    }
}
