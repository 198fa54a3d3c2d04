//! Files that only their name tells apart.

use std::path::Path;

/// Known files of LinkedIn archives of which nothing is taken, by folded name.
const IGNORED: &[&str] = &[
    "adsclicked",
    "adtargeting",
    "causesyoucareabout",
    "certifications",
    "companyfollows",
    "courses",
    "education",
    "endorsementgiveninfo",
    "endorsementreceivedinfo",
    "events",
    "hashtagfollows",
    "honors",
    "importedcontacts",
    "inferencesaboutyou",
    "instantreposts",
    "jobapplicantsavedanswers",
    "jobapplicantsavedscreeningquestionresponses",
    "jobapplications",
    "jobseekerpreferences",
    "lanadsengagement",
    "languages",
    "learning",
    "learningcoachmessages",
    "logins",
    "memberfollows",
    "patents",
    "phonenumbers",
    "privateidentityasset",
    "profilesummary",
    "projects",
    "providers",
    "publications",
    "receipts",
    "receiptsv2",
    "recommendationsgiven",
    "recommendationsreceived",
    "registration",
    "richmedia",
    "savedanswers",
    "saveditems",
    "savedjobalerts",
    "savedjobs",
    "searchqueries",
    "securitychallenges",
    "skills",
    "testscores",
    "verifications",
    "verifiedexternalcapability",
    "volunteerexperiences",
    "volunteering",
    "votes",
    "whatsappphonenumbers",
];

/// What a file of a LinkedIn archive holds of which nothing is taken, judged by its name.
pub(super) fn ignored(name: &str) -> Option<&'static str> {
    IGNORED
        .binary_search(&folded(name).as_str())
        .is_ok()
        .then_some("a part of a LinkedIn archive of which nothing is needed")
}

/// These have the header of messages, but the other side is a machine.
pub(super) fn talks_with_a_machine(name: &str) -> Option<&'static str> {
    const TALKS: [&str; 4] = [
        "guidemessages",
        "coachmessages",
        "learningcoachmessages",
        "learningroleplaymessages",
    ];
    TALKS.contains(&folded(name).as_str()).then_some("talks with a machine")
}

/// Whether it lies where an archive keeps the member's articles.
pub(super) fn is_article(name: &str) -> bool {
    name.to_lowercase().contains("articles/") && has_extension(name, "html")
}

/// The files of an archive that have the member's number at the end of their names.
const NUMBERED: [&str; 7] = [
    "comments",
    "instantreposts",
    "memberfollows",
    "reactions",
    "saveditems",
    "shares",
    "votes",
];

/// The number of the member at the end of a file's name, as in `Shares_17529409.csv`;
/// small numbers count the parts of a split file, and years and days tell when it was made.
pub fn member_number(name: &str) -> Option<u64> {
    let stem = Path::new(name).file_stem()?.to_str()?;
    let number: u64 = stem.rsplit_once('_')?.1.parse().ok()?;
    let is_number = 1000 <= number && !is_time(number);
    (is_number && NUMBERED.contains(&folded(name).as_str())).then_some(number)
}

/// Whether a number is a year, a month or a day: `2024`, `202401`, `20240131`.
fn is_time(number: u64) -> bool {
    let is_in = |from: u64, value: u64, to: u64| from <= value && value <= to;
    let is_year = |year| is_in(1990, year, 2099);
    let is_month = |month| is_year(month / 100) && is_in(1, month % 100, 12);
    is_year(number)
        || is_month(number)
        || is_month(number / 100) && is_in(1, number % 100, 31)
}

/// A file's name without folder, ending, number, blanks and case.
fn folded(name: &str) -> String {
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
    let stem = stem.split(" (").next().unwrap_or(stem);
    let stem = match stem.rsplit_once('_') {
        Some((front, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            front
        }
        _ => stem,
    };
    stem.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(IGNORED.is_sorted());
    }

    #[test]
    fn parts_of_an_archive_are_known_by_their_names() {
        for name in ["Test Scores.csv", "Causes You Care About.csv", "Honors (1).csv"] {
            assert!(ignored(name).is_some(), "{name}");
        }
        assert_eq!(ignored("Organizations.csv"), None);
    }

    #[test]
    fn names_fold() {
        let check = |name, expected| assert_eq!(folded(name), expected);
        check("x/Company Follows.csv", "companyfollows");
        check("Company_Follows (1).csv", "companyfollows");
        check("Shares_17529409.csv", "shares");
        check("Job Applications_1.csv", "jobapplications");
    }

    #[test]
    fn a_member_number_is_no_part_number() {
        assert_eq!(member_number("a/Shares_17529409.csv"), Some(17_529_409));
        assert_eq!(member_number("Job Applications_2.csv"), None);
        assert_eq!(member_number("Shares.csv"), None);
    }

    #[test]
    fn a_member_number_stands_behind_seven_names_and_is_no_time() {
        assert_eq!(member_number("Saved_Items_155814142.csv"), Some(155_814_142));
        for name in [
            "Shares_2024.csv",
            "Shares_202401.csv",
            "Shares_20240131.csv",
            "Shares_2024-01-31.csv",
            "deals_17529409.csv",
            "Shares_old_17529409.csv",
        ] {
            assert_eq!(member_number(name), None, "{name}");
        }
    }
}
