//! Themes that people gave to posts, in files that are changed, copied or contradict each other.

use std::path::PathBuf;

use crate::{
    joins::{FIRST, SECOND, archive, said},
    network::Network,
};

/// A file of labels, by post.
fn labels(network: &Network, name: &str, rows: &[(&str, &str)]) -> PathBuf {
    let row = |(post, theme): &(&str, &str)| format!("urn:li:share:{post},{theme}\n");
    let rows: String = rows.iter().map(row).collect();
    network.write(name, format!("post,theme\n{rows}"))
}

#[test]
fn labels_that_nothing_tells_apart_are_said_and_left() {
    let check = |files: &[(&str, &[&str])], theme: Option<&str>, said_so: &str| {
        let network = Network::new();
        let mut paths = vec![archive(&network, "a", "Ann Alpha", "", FIRST)];
        for (name, themes) in files {
            let rows: Vec<_> = themes.iter().map(|theme| (FIRST, *theme)).collect();
            paths.push(labels(&network, name, &rows));
        }
        network.run(&paths);
        let found = network.query("select theme from v_posts");
        let found = Some(found.trim()).filter(|one| ["zebra", "mango"].contains(one));
        assert_eq!(found, theme, "{files:?}");
        let said = said(&network);
        assert_eq!(said.is_empty(), said_so.is_empty(), "{said}");
        assert!(said.contains(said_so), "{said}");
    };
    for [one, other] in [["zebra", "mango"], ["mango", "zebra"]] {
        let in_one =
            format!("labelled \"{one}\" in line 2 and \"{other}\" in line 3 of a.csv");
        check(&[("a.csv", &[one, other])], Some(other), &in_one);
        for more in ["b.csv", "c.csv", "d.csv", "e.csv"] {
            check(&[("a.csv", &[one, other]), (more, &[other])], Some(other), &in_one);
        }
        let open = "nothing tells which is newer, so that neither is taken";
        check(&[("a.csv", &[one]), ("b.csv", &[other])], None, open);
        check(&[("a.csv", &[one]), ("b-2024-05-01.csv", &[other])], Some(other), "");
        check(&[("a.csv", &[one]), ("b.csv", &[one, one])], Some(one), "");
    }
}

#[test]
fn labels_that_are_changed_where_they_lie_take_the_place_of_what_they_were() {
    let run = |network: &Network, rows: &[(&str, &str)]| {
        let one = archive(network, "a", "Ann Alpha", "_175294091", FIRST);
        let other = archive(network, "b", "Ann Alpha", "_175294091", SECOND);
        network.run(&[one, other, labels(network, "themes.csv", rows)]);
        network.query("select post_urn, theme from v_posts order by 1") + &said(network)
    };
    let network = Network::new();
    for rows in [
        &[(FIRST, "zebra"), (SECOND, "zebra")][..],
        &[(FIRST, "mango"), (SECOND, "zebra")],
        &[(FIRST, "zebra")],
        &[(FIRST, "zebra"), (SECOND, "zebra")],
    ] {
        assert_eq!(run(&network, rows), run(&Network::new(), rows), "{rows:?}");
        let files = "select count(*) from v_source_files where format = 'post-labels'";
        assert_eq!(network.count(files), 1);
    }
    let notes = "select count(*) from notes where text like '%take the place%'";
    assert_eq!(network.count(notes), 1);
}

#[test]
fn labels_that_lie_in_another_folder_stay() {
    let network = Network::new();
    let team =
        labels(&network, "team/ann/themes.csv", &[(FIRST, "zebra"), (SECOND, "kiwi")]);
    let team = team.ancestors().nth(2).unwrap().to_owned();
    let office = labels(&network, "office/themes.csv", &[(FIRST, "zebra")]);
    let paths = [
        archive(&network, "a", "Ann Alpha", "_175294091", FIRST),
        archive(&network, "b", "Ann Alpha", "_175294091", SECOND),
        team,
    ];
    network.run(&paths);
    network.run(&[office]);
    let of_labels = "select count(*) from labels";
    assert_eq!(network.count(of_labels), 3);
    // Wherever it is named from, it is the file that it was.
    network.run(&[labels(&network, "team/ann/themes.csv", &[(FIRST, "mango")])]);
    assert_eq!(network.count(of_labels), 2);
    assert!(said(&network).contains("neither is taken"), "{}", said(&network));
}

#[test]
fn labels_of_one_name_that_another_file_has_or_that_are_of_other_posts_stay() {
    let network = Network::new();
    let first = labels(&network, "themes.csv", &[(FIRST, "zebra")]);
    let archive = archive(&network, "a", "Ann Alpha", "", FIRST);
    network.run(&[archive, first]);
    let of_labels = "select count(*) from labels";
    network.run(&[labels(&network, "other/themes.csv", &[(SECOND, "zebra")])]);
    assert_eq!(network.count(of_labels), 2);
    // The folder in front of a name is what was typed.
    labels(&network, "other/themes.csv", &[(SECOND, "mango")]);
    let notes = network.write("notes.csv", "a,b,c\n");
    network.run(&[notes.parent().unwrap().join("other"), notes]);
    assert_eq!(network.count(of_labels), 2);
    let copy = labels(&network, "copy.csv", &[(FIRST, "zebra")]);
    network.run(&[copy, labels(&network, "themes.csv", &[(FIRST, "mango")])]);
    assert_eq!(network.count(of_labels), 3);
    assert!(said(&network).contains("neither is taken"), "{}", said(&network));
}
