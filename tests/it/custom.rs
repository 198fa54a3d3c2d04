//! The custom model counts as the configuration says.

use std::fs;

use crate::{
    binary::{Place, errors, samples},
    network::Network,
};

fn run(place: &Place, configuration: &str) -> String {
    fs::write(place.path("touchstone.toml"), configuration).unwrap();
    let samples = samples();
    let output =
        place.run(&["run", samples.to_str().unwrap(), "--models", "custom,last-touch"]);
    errors(&output)
}

/// Shares of leads in which the two models differ.
fn differences(place: &Place) -> i64 {
    let sql = "select count(*) from v_lead_credits as own left join v_lead_credits as other \
               on other.model = 'last-touch' and other.lead_id = own.lead_id and \
               other.post_urn is own.post_urn where own.model = 'custom' and \
               0 < own.share and own.share is not other.share";
    place.count(sql)
}

#[test]
fn its_weights_reach_the_credits() {
    let place = Place::new();
    run(&place, "");
    assert!(0 < differences(&place));
    run(&place, "[custom]\nfirst = 0\nmiddle = 0\n");
    assert_eq!(differences(&place), 0);
    run(&place, "[custom]\nfirst = 0\nmiddle = 0\n[custom.kinds]\nreaction = 0\n");
    assert!(0 < differences(&place));
}

#[test]
fn a_slip_in_its_section_is_told_with_the_line_and_the_nearest_name() {
    let said = run(&Place::new(), "window = 30\n\n[custom]\nlsat = 2\n");
    assert!(
        said.contains("touchstone.toml:4: custom: there is no weight \"lsat\""),
        "{said}"
    );
    assert!(said.contains("did you mean \"last\"?"), "{said}");
}

#[test]
fn two_columns_of_any_table_are_not_touchstones() {
    let network = Network::new();
    network.run(&[network.write("rates.csv", "name,value\na,1\n")]);
    assert_eq!(network.count("select count(*) from v_rejections"), 1);
    let network = Network::new();
    network.run(&[network.write("settings.csv", "name,value\na,1\n")]);
    assert_eq!(network.count("select count(*) from v_rejections"), 0);
}
