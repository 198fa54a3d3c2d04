//! What was found, each kind once, with all models and themes beside each other.

use super::{
    overview::probability,
    scale::{percent, short},
};
use crate::{
    analyze::TOO_LITTLE,
    report::{
        lens::shown,
        money, named,
        words::{capitalized, signed},
    },
    store::FindingLine,
};

/// A kind of finding.
pub(super) struct Group {
    pub(super) title: String,
    /// What it says in sentences.
    pub(super) sentences: Vec<String>,
    /// Sentences of the single rows, where these are many.
    pub(super) folded: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// What the pictures of the rows run from and to; none where there are none.
    pub(super) ends: Option<(&'static str, &'static str)>,
}

/// A number with its interval.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) text: String,
    /// Low, value, high and where zero is, in percent.
    pub(super) interval: Option<[String; 4]>,
}

/// What a statistic is measured in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// From -1 to 1.
    Signed,
    /// A share of a whole.
    Share,
    /// Anything else.
    Plain,
}

impl Scale {
    fn of(statistic: &str) -> Self {
        if statistic.contains("rho") || statistic.contains("minus") {
            Self::Signed
        } else if statistic.starts_with("share") {
            Self::Share
        } else {
            Self::Plain
        }
    }

    /// Where a value stands, in percent.
    fn place(self, value: f64) -> f64 {
        match self {
            Self::Signed => percent(value + 1.0, 2.0),
            Self::Share | Self::Plain => percent(value, 1.0),
        }
    }

    fn told(self, value: f64) -> String {
        match self {
            Self::Signed => signed(value),
            Self::Share => format!("{:.0} %", value * 100.0),
            Self::Plain => short(value).replace('-', "−"),
        }
    }
}

/// More rows than these have their sentences folded.
const MOST_SENTENCES: usize = 3;

/// A question that the data cannot answer yet, and what it would take.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) title: String,
    pub(super) why: String,
}

/// The kinds that say something, in their order, and those that cannot.
pub(super) fn groups(lines: &[FindingLine]) -> (Vec<Group>, Vec<Open>) {
    let mut names: Vec<&str> = Vec::new();
    for line in lines {
        if !names.contains(&line.name.as_str()) {
            names.push(&line.name);
        }
    }
    let (mut groups, mut open) = (Vec::new(), Vec::new());
    for name in names {
        let own: Vec<&FindingLine> =
            lines.iter().filter(|line| line.name == name).collect();
        let group = group(name, &own);
        if own.iter().all(|line| is_open(line)) {
            open.push(Open { title: group.title, why: why(&group.sentences) });
        } else {
            groups.push(group);
        }
    }
    (groups, open)
}

/// Whether a line says no more than that there is too little data.
fn is_open(line: &FindingLine) -> bool {
    line.value.is_none() && line.sentence.starts_with(TOO_LITTLE)
}

/// What it would take, once the title has said that there is too little data.
fn why(sentences: &[String]) -> String {
    let start = |sentence: &String| {
        let rest = sentence.strip_prefix(TOO_LITTLE).unwrap_or(sentence);
        capitalized(rest.trim_start_matches([':', ' ']))
    };
    let mut told: Vec<String> = sentences.iter().map(start).collect();
    told.dedup();
    told.join(" ")
}

fn group(name: &str, lines: &[&FindingLine]) -> Group {
    let is_by_model = lines.iter().any(|line| line.model.is_some());
    let (sentences, folded): (Vec<String>, Vec<String>) = if is_by_model {
        let wanted = |line: &&&FindingLine| line.model.as_deref() == Some("linear");
        let first = lines.iter().find(wanted).or(lines.first());
        (first.map(|line| line.sentence.clone()).into_iter().collect(), Vec::new())
    } else {
        let all: Vec<String> = lines.iter().map(|line| line.sentence.clone()).collect();
        if MOST_SENTENCES < all.len() {
            (extremes(lines), all)
        } else {
            (all, Vec::new())
        }
    };
    let scale = lines.first().map_or(Scale::Plain, |line| Scale::of(&line.statistic));
    let is_pictured =
        scale != Scale::Plain && lines.iter().any(|line| line.low.is_some());
    Group {
        title: named::finding(name),
        sentences,
        folded,
        rows: alike(lines.iter().map(|line| row(line)).collect(), is_by_model),
        ends: is_pictured.then_some(match scale {
            Scale::Signed => ("−1", "+1"),
            Scale::Share | Scale::Plain => ("0 %", "100 %"),
        }),
    }
}

/// The sentences of the highest and the lowest value.
fn extremes(lines: &[&FindingLine]) -> Vec<String> {
    let known = || lines.iter().filter_map(|line| Some((line.value?, line)));
    let most = known().max_by(|one, other| one.0.total_cmp(&other.0));
    let least = known().min_by(|one, other| one.0.total_cmp(&other.0));
    let mut told: Vec<String> = [most, least]
        .into_iter()
        .flatten()
        .map(|(_, line)| line.sentence.clone())
        .collect();
    told.dedup();
    told
}

/// Models that say the same stand in one row.
fn alike(rows: Vec<Row>, is_by_model: bool) -> Vec<Row> {
    let mut told: Vec<(Row, Vec<String>)> = Vec::new();
    for row in rows {
        let same = told.iter_mut().find(|(own, _)| is_by_model && own.text == row.text);
        if let Some((_, labels)) = same {
            labels.push(row.label);
        } else {
            let labels = vec![row.label.clone()];
            told.push((row, labels));
        }
    }
    told.into_iter()
        .map(|(row, labels)| Row { label: labels.join(", "), ..row })
        .collect()
}

fn row(line: &FindingLine) -> Row {
    let scale = Scale::of(&line.statistic);
    let label = match (&line.model, &line.subject) {
        (Some(model), _) => model.clone(),
        (None, Some(subject)) => shown(subject),
        (None, None) => line.statistic.clone(),
    };
    let mut text = match line.value {
        Some(value) => scale.told(value),
        None if is_open(line) => "too little data".to_owned(),
        // What half of all never do has no median.
        None => "never reached".to_owned(),
    };
    if let (Some(low), Some(high)) = (line.low, line.high) {
        text.push_str(&[" (", &scale.told(low), " to ", &scale.told(high), ")"].concat());
    }
    if let Some(p) = line.p_value {
        text.push_str(", ");
        text.push_str(&probability(p));
    }
    let count = money::grouped(line.n.unsigned_abs());
    text.push_str(&[", n = ", &count].concat());
    let interval = match (line.low, line.value, line.high) {
        (Some(low), Some(value), Some(high)) if scale != Scale::Plain => {
            Some([low, value, high, 0.0].map(|at| short(scale.place(at))))
        }
        _ => None,
    };
    Row { label, text, interval }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, model: &str, value: Option<f64>) -> FindingLine {
        FindingLine {
            name: name.to_owned(),
            statistic: "Spearman's rho".to_owned(),
            value,
            low: value.map(|value| value - 0.1),
            high: value.map(|value| value + 0.1),
            p_value: None,
            n: if value.is_some() { 71 } else { 0 },
            sentence: match value {
                Some(_) => format!("Something under {model}."),
                None => format!("{TOO_LITTLE}: 12 posts; it takes 20."),
            },
            model: Some(model.to_owned()),
            subject: None,
        }
    }

    #[test]
    fn each_kind_stands_once_and_what_cannot_be_told_apart() {
        let (groups, open) = groups(&[
            line("likes-vs-revenue", "first-touch", Some(-0.4)),
            line("likes-vs-revenue", "linear", Some(-0.3)),
            line("likes-vs-revenue", "markov", Some(-0.3)),
            line("impressions-vs-leads", "linear", None),
        ]);
        let expected = Open {
            title: "Does reach tell which posts bring leads?".to_owned(),
            why: "12 posts; it takes 20.".to_owned(),
        };
        assert_eq!(open, [expected]);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].sentences, ["Something under linear."]);
        let labels: Vec<_> =
            groups[0].rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["first-touch", "linear, markov"]);
        assert_eq!(groups[0].rows[0].text, "−0.40 (−0.50 to −0.30), n = 71");
        let interval = groups[0].rows[0].interval.as_ref().unwrap();
        assert_eq!(interval, &["25", "30", "35", "50"]);
    }
}
