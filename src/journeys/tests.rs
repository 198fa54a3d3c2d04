use std::{fmt::Write, io::Read};

use super::*;

fn settings(names: &[&str], order: usize) -> Settings {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    Settings { models: models(&names, order).unwrap(), options: Options::default() }
}

fn journeys(text: &str) -> Journeys {
    read(text.as_bytes()).unwrap()
}

fn table(journeys: &Journeys, names: &[&str]) -> Vec<String> {
    let rows = attribute(journeys, &settings(names, 1)).unwrap();
    let round = |number: f64| (number * 1e6).round() / 1e6;
    rows.iter()
        .map(|row| {
            let (conversions, value) = (round(row.conversions), round(row.value));
            format!("{},{},{conversions},{value}", row.model, row.channel)
        })
        .collect()
}

#[test]
fn the_published_example_comes_out_as_published() {
    let journeys =
        journeys("path,conversions,nulls\nC1 > C2 > C3,1,0\nC1,0,1\nC2 > C3,0,1\n");
    let expected = ["markov,C1,0.2,0", "markov,C2,0.4,0", "markov,C3,0.4,0"];
    assert_eq!(table(&journeys, &["markov"]), expected);
    let effects = removal_effects(&journeys, &settings(&["markov"], 1)).unwrap();
    let effects: Vec<f64> = effects.into_iter().map(|row| row.effect).collect();
    assert_eq!(effects, [0.5, 1.0, 1.0]);
    let first = &transitions(&journeys, &settings(&["markov"], 1))[0];
    assert_eq!((first.from.as_str(), first.to.as_str()), ("(start)", "C1"));
    assert!((first.probability - 2.0 / 3.0).abs() < 1e-15);
}

#[test]
fn rules_share_out_conversions_and_value() {
    let journeys = journeys("path,conversions,value\nA > B > A,2,30\nB,1,-4.5\n");
    let check = |model: &str, expected: [&str; 2]| {
        assert_eq!(table(&journeys, &[model]), expected);
    };
    check("first-touch", ["first-touch,A,2,30", "first-touch,B,1,-4.5"]);
    check("last-touch", ["last-touch,A,2,30", "last-touch,B,1,-4.5"]);
    check("linear", ["linear,A,1.333333,20", "linear,B,1.666667,5.5"]);
    check("position-based", ["position-based,A,1.6,24", "position-based,B,1.4,1.5"]);
    check("shapley", ["shapley,A,1,15", "shapley,B,2,10.5"]);
    let week = journeys_of_a_week();
    check_share(&week, "time-decay", "old", 1.0 / 3.0);
}

#[test]
fn value_that_refunds_take_back_is_still_that_of_its_channel() {
    let journeys = journeys("path,conversions,value\na,1,10\nb,1,-10\n");
    assert_eq!(table(&journeys, &["shapley"]), ["shapley,a,1,10", "shapley,b,1,-10"]);
}

#[test]
fn no_sum_is_no_number_and_nothing_is_less_than_nothing() {
    let journeys = journeys(
        "path,conversions,value,nulls\na > b > a > b,1e100,-1e100,1e100\nb,-0,-1e100,1e-300\n\
         c,0,-0,1\n",
    );
    let chosen = settings(&[], 2);
    let rows = attribute(&journeys, &chosen).unwrap();
    for row in &rows {
        let (conversions, value) = (row.conversions, row.value);
        assert!(conversions.is_finite() && value.is_finite(), "{row:?}");
        assert!(!format!("{conversions} {value} ").contains("-0 "), "{row:?}");
    }
}

fn journeys_of_a_week() -> Journeys {
    // Seven days lie between the first touch and the last, which is one half-life.
    journeys("path,conversions\nold > x > x > x > x > x > x > new,1\n")
}

fn check_share(journeys: &Journeys, model: &str, channel: &str, expected: f64) {
    let rows = attribute(journeys, &settings(&[model], 1)).unwrap();
    let of =
        |name: &str| rows.iter().find(|row| &*row.channel == name).unwrap().conversions;
    assert!((of(channel) / (of(channel) + of("new")) - expected).abs() < 1e-12);
}

#[test]
fn every_model_conserves_conversions_and_value() {
    let journeys = journeys(
        "conversions,Path,NULLS,Value\n3,a > b > a > c,4,10.5\n0,b,7,0\n2,\"c, \"\"d\"\" > b\",0,99\n",
    );
    let rows = attribute(&journeys, &settings(&[], 2)).unwrap();
    let chosen = settings(&[], 2).models;
    assert!(chosen.iter().any(|chosen| chosen.name() == "markov:2"));
    for chosen in chosen {
        let of_model = || rows.iter().filter(|row| row.model == chosen.name());
        let conversions: f64 = of_model().map(|row| row.conversions).sum();
        let value: f64 = of_model().map(|row| row.value).sum();
        assert!((conversions - 5.0).abs() < 1e-9, "{}: {conversions}", chosen.name());
        assert!((value - 109.5).abs() < 1e-9, "{}: {value}", chosen.name());
        assert_eq!(of_model().count(), 4);
    }
}

#[test]
fn headers_and_names_may_be_odd() {
    let check = |text: &str, channels: &[&str]| {
        let journeys = journeys(text);
        let names: Vec<&str> = journeys.channels.iter().map(|name| &**name).collect();
        assert_eq!(names, channels, "{text:?}");
        assert!(0.0 < journeys.conversions + journeys.nulls);
    };
    check("\u{feff}PATH;Conversions\r\nA>B > C, D;1\r\n", &["A>B", "C, D"]);
    check("conversions\tnote\tpath\n1\t\tÜ > 微信\n", &["Ü", "微信"]);
    check("path,conversions\n\"a\nb > \"\"c\"\"\",1\n\n\"d\",2", &["\"c\"", "a\nb", "d"]);
    check("path,conversions,nulls\n,0,3\nA,0,2\n", &["A"]);
    check(
        "{\"path\":[\"A > B\",\"C\"],\"conversions\":1}\n\n{\"Path\":\"D > A\",\"nulls\":2}",
        &["A", "A > B", "C", "D"],
    );
    check("path,conversions,value\nA,1,\n", &["A"]);
}

#[test]
fn what_cannot_be_is_refused_with_its_line() {
    let check = |text: &str, expected: &str| {
        assert_eq!(read(text.as_bytes()).unwrap_err().to_string(), expected);
    };
    check(
        "path,conversions\nA,1\n\"B\nC\",2\n,1\n",
        "line 5: conversions without a channel: the path is empty",
    );
    check("path,conversions\nA,one\n", "line 2: conversions: \"one\" is not a number");
    check("path,conversions\nA,inf\n", "line 2: conversions: \"inf\" is not a number");
    check("path,conversions\nA,-1\n", "line 2: conversions: -1 is less than 0");
    check("path,conversions\nA,1e308\n", "line 2: conversions: 1e308 is more than 1e100");
    check(
        "{\"path\":\"A\",\"value\":-2e100,\"nulls\":1}",
        "line 1: value: -2e100 is more than 1e100",
    );
    check("path,conversions\nA >  > B,1\n", "line 2: path: a channel without a name");
    check(
        "path,conversions\nA, B,1\n",
        "line 2: 3 cells where the header has 2; a name with ',' in it needs quotes",
    );
    check(
        "journey,conversions\nA,1\n",
        "line 1: the header has no column \"path\"; it has: journey, conversions",
    );
    check("path,conversions\n", "there are no journeys in it");
    check(
        "{\"path\":[],\"conversions\":1}",
        "line 1: conversions without a channel: the path is empty",
    );
    check(
        "{\"path\":\"A\",\"nulls\":1}\n{\"path\":\"A\"}",
        "line 2: it has neither \"conversions\" nor \"nulls\"",
    );
    let latin = [b"path,conversions\nA,1\nB\xfc,1\n".as_slice(), b""].concat();
    let error = read(latin.as_slice()).unwrap_err();
    assert_eq!(error.to_string(), "line 3: the text is not UTF-8");
}

#[test]
fn all_bad_rows_are_told_and_no_others() {
    let check = |text: &[u8], expected: &str| {
        assert_eq!(read(text).unwrap_err().to_string(), expected);
    };
    check(
        b"path,conversions\n,1\nA,x,9\n\"A\nB\",2\n\"C > \nD\",-1\nA,1\n > B,1\n",
        "4 rows cannot be used\n  line 2: conversions without a channel: the path is empty\n  \
         line 3: 3 cells where the header has 2; a name with ',' in it needs quotes\n  \
         line 6: conversions: -1 is less than 0\n  line 9: path: a channel without a name",
    );
    check(
        b"path,conversions\nB\xfc,1\nA,1\nA,one\n\xfc,1",
        "3 rows cannot be used\n  line 2: the text is not UTF-8\n  line 4: conversions: \
         \"one\" is not a number\n  line 5: the text is not UTF-8",
    );
    check(
        b"{\"path\":\"A\"}\n{\"path\":\"A\",\"nulls\":1}\n{\"path\":1,\"nulls\":1}\n",
        "2 rows cannot be used\n  line 1: it has neither \"conversions\" nor \"nulls\"\n  \
         line 3: path: it is neither text nor a list",
    );
}

#[test]
fn of_many_bad_rows_twenty_are_listed_on_any_number_of_threads() {
    let mut text = String::from("path,conversions\n");
    for row in 0..300_000 {
        writeln!(text, "channel {},{}", row % 7, if row % 3 == 0 { "x" } else { "1" })
            .unwrap();
    }
    assert!(2 << 20 < text.len());
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| read(Slow(text.as_bytes())).unwrap_err().to_string())
    };
    let told = on(1);
    assert!(told.starts_with("100000 rows cannot be used\n  line 2: "), "{told}");
    assert!(told.ends_with("\n  and 99980 more"), "{told}");
    assert_eq!(told.lines().count(), 22);
    assert_eq!(told, on(8));
}

#[test]
fn models_are_chosen_by_name_and_order() {
    let names =
        |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let chosen = models(&names(&["linear", "markov", "markov:3", "linear"]), 1).unwrap();
    let found: Vec<String> = chosen.iter().map(Chosen::name).collect();
    assert_eq!(found, ["linear", "markov", "markov:3"]);
    let error = |list: &[&str]| models(&names(list), 1).unwrap_err().to_string();
    assert_eq!(error(&["markow"]), "there is no model \"markow\"");
    assert_eq!(error(&["markov:0"]), "\"0\" is no order: it is a whole number from 1");
    assert!(error(&["w-shaped"]).starts_with("\"w-shaped\" needs to know"));
    assert!(
        models(&names(&["all"]), 1).unwrap().iter().any(|one| one.name() == "shapley")
    );
}

/// Gives a few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(self.0.len()).min(7);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

#[test]
fn many_parts_and_threads_give_what_one_row_at_a_time_gives() {
    let mut text = String::from("path,conversions,value,nulls\n");
    for row in 0..150_000_u32 {
        let (a, b, c) = (row % 13, row * 7 % 11, row % 3);
        writeln!(text, "c{a} > c{b} > \"x\",{c},{row}.25,1").unwrap();
    }
    assert!(3 << 20 < text.len());
    let chosen = settings(&["linear", "markov", "shapley", "shapley-rate"], 2);
    let on = |threads: usize, text: &[u8]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| attribute(&read(Slow(text)).unwrap(), &chosen).unwrap())
    };
    let one = on(1, text.as_bytes());
    assert_eq!(one, on(8, text.as_bytes()));
    // A name in quotes is the name that it stands for.
    let quoted =
        text.replacen("nulls\nc0 > c0 > \"x\"", "nulls\n\"c0 > c0 > \"\"x\"\"\"", 1);
    assert_eq!(one, on(2, quoted.as_bytes()));
}
