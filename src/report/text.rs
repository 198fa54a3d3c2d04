//! The summary for a terminal: the answer first, then how sure one can be of it.

use super::{
    advice,
    answer::{Said, answer},
    currencies, lens, money,
    words::{columns, first_words, padded, wrapped},
};
use crate::{
    analyze::LEADS_TOUCHED,
    store::{PostLine, ReportInput, ThemeLine},
};

/// Lines of posts that fit beside everything else.
const MOST_POSTS: usize = 5;

/// Letters of a post that say which one it is: so many at most, and at least.
const TEXT_WIDTH: usize = 46;
const LEAST_WIDTH: usize = 16;

/// Letters of a theme's name.
const THEME_WIDTH: usize = 30;

/// The whole summary, ending in a line end; posts are cut and sentences broken so that they
/// fit a terminal of so many letters.
pub fn summary(input: &ReportInput, width: Option<usize>) -> String {
    let said = answer(input);
    let mut lines: Vec<String> =
        said.iter().flat_map(|said| wrapped(said.text(), "", width)).collect();
    lines.push(String::new());
    let earned = currencies::measure(input)
        .map_or("Earned most".to_owned(), |own| format!("Earned most, in {own} alone"));
    lines.extend(posts(&earned, &input.earning, input, width));
    lines.extend(posts("Brought most leads", &input.leading, input, width));
    lines.extend(posts("Got the most applause", &input.liked, input, width));
    lines.extend(themes(input, width));
    lines.push("From rows to credit".to_owned());
    for (step, reason, count) in &input.funnel {
        let rows = format!("  {:>9}  ", money::grouped(count.unsigned_abs()));
        let (step, margin) = match reason {
            // What is not touched is none of those matched to a connection alone.
            None if step == LEADS_TOUCHED => {
                (format!("{step}, of all leads"), " ".repeat(rows.len()))
            }
            None => (step.clone(), " ".repeat(rows.len())),
            Some(reason) => (format!("not: {reason}"), " ".repeat(rows.len() + 2)),
        };
        let step = match step.split_once("s ") {
            Some((one, rest)) if *count == 1 && reason.is_none() => {
                format!("{one} {rest}")
            }
            _ if *count == 1 && step == "leads" => "lead".to_owned(),
            _ => step,
        };
        let mut own = wrapped(&step, &margin, width);
        own[0].replace_range(..rows.len(), &rows);
        lines.extend(own);
    }
    let joins = [
        (input.counts.ambiguities, "left open: more than one fits, or nothing tells"),
        (input.counts.joined, "made that may be wrong"),
    ];
    for (count, done) in joins.into_iter().filter(|(count, _)| 0 < *count) {
        let joins = if count == 1 { "join was" } else { "joins were" };
        let count = money::grouped(count.unsigned_abs());
        let sentence = format!("{count} {joins} {done}; see ambiguities.csv");
        lines.extend(wrapped(&sentence, "  ", width));
    }
    lines.push(format!(
        "{} rejected{}",
        match input.counts.rejections {
            1 => "1 cell, row or file was".to_owned(),
            count => format!(
                "{} cells, rows or files were",
                money::grouped(count.unsigned_abs())
            ),
        },
        if input.counts.rejections == 0 { "" } else { "; see rejections.csv" }
    ));
    if input.is_pseudonymous {
        lines.push("Names are invented, and words of people left out.".to_owned());
    }
    let advice = advice::advice(input);
    if !advice.is_empty() {
        lines.push(String::new());
        lines.push("To know more".to_owned());
        lines.extend(advice.iter().flat_map(|sentence| wrapped(sentence, "  ", width)));
    }
    lines.join("\n") + "\n"
}

/// The same for programs: the answer's sentences and what they are made of.
pub fn summary_json(input: &ReportInput) -> serde_json::Value {
    serde_json::json!({
        "answer": answer(input).iter().map(Said::text).collect::<Vec<_>>(),
        "advice": advice::advice(input),
        "models": input.models,
        "counts": input.counts,
        "won": input.won,
        "credited_won_minor": input.credited_won_minor,
        "earning": input.earning,
        "leading": input.leading,
        "liked": input.liked,
        "themes": input.themes,
        "funnel": input
            .funnel
            .iter()
            .map(|(step, reason, rows)| {
                serde_json::json!({ "step": step, "reason": reason, "rows": rows })
            })
            .collect::<Vec<_>>(),
    })
}

fn posts(
    title: &str,
    posts: &[PostLine],
    input: &ReportInput,
    width: Option<usize>,
) -> Vec<String> {
    let posts = &posts[..posts.len().min(MOST_POSTS)];
    let numbers = beside(
        posts.iter().map(|post| Numbers {
            before: Vec::new(),
            reactions: post.reactions,
            leads: post.leads,
            won_minor: post.won_minor,
            after: Vec::new(),
        }),
        input,
    );
    // The day, its margin, and the gaps beside the text.
    let room = |wide: &dyn Fn(&[String; 2]) -> usize| {
        let wide = numbers.iter().map(wide).max().unwrap_or(0);
        width.map_or(TEXT_WIDTH, |width| width.saturating_sub(wide + 16))
    };
    let beside = room(&|[one, next]| columns(one) + 2 + columns(next));
    // Where all numbers leave too little, half of them stand below.
    let room = if beside < LEAST_WIDTH { room(&|[one, _]| columns(one)) } else { beside };
    let room = room.clamp(LEAST_WIDTH, TEXT_WIDTH);
    let name = |post: &PostLine| {
        let day = post.posted_at.as_deref().and_then(|at| at.get(..10)).unwrap_or("");
        let words = first_words(post.text.as_deref().unwrap_or(""), room);
        let words = if words.is_empty() { first_words(&post.urn, room) } else { words };
        format!("  {day:10}  {}", padded(&words, room))
    };
    let lines: Vec<_> = posts.iter().map(name).zip(numbers.iter().cloned()).collect();
    section(title, fitting(&lines, width))
}

/// Lines of names and numbers; where one does not fit, the second half of all numbers stands
/// below the first.
fn fitting(lines: &[(String, [String; 2])], width: Option<usize>) -> Vec<String> {
    let whole = |(name, [one, next]): &(String, [String; 2])| {
        format!("{name}  {one}  {next}").trim_end().to_owned()
    };
    let whole: Vec<String> = lines.iter().map(whole).collect();
    if width.is_none_or(|width| whole.iter().all(|line| columns(line) <= width)) {
        return whole;
    }
    let halves = |(name, [one, next]): &(String, [String; 2])| {
        let below = wrapped(next.trim_end(), "      ", width);
        [vec![format!("{name}  {one}")], below].concat()
    };
    lines.iter().flat_map(halves).filter(|line| !line.trim().is_empty()).collect()
}

fn themes(input: &ReportInput, width: Option<usize>) -> Vec<String> {
    if !input.themes.iter().any(|theme| theme.theme.is_some()) {
        return Vec::new();
    }
    let name = |theme: &ThemeLine| {
        let name = theme.theme.as_deref().map(lens::shown);
        name.map_or_else(
            || "(no theme)".to_owned(),
            |name| first_words(&name, THEME_WIDTH),
        )
    };
    let names: Vec<String> = input.themes.iter().map(name).collect();
    let is_caused = input.page.incremental.iter().any(|line| line.leads.is_some());
    let wide = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let numbers = beside(
        input.themes.iter().map(|theme| Numbers {
            before: vec![money::counted(theme.posts, "post", "posts")],
            reactions: theme.reactions,
            leads: theme.leads,
            won_minor: theme.won_minor,
            after: if input.counts.leads == 0 {
                Vec::new()
            } else if is_caused {
                vec![lens::caused(input, theme), lens::verdict(input, theme)]
            } else {
                vec![lens::verdict(input, theme)]
            },
        }),
        input,
    );
    let names = names.iter().map(|name| format!("  {}", padded(name, wide)));
    let lines = fitting(&names.zip(numbers).collect::<Vec<_>>(), width);
    let has_won = money::credited_currency(input) != money::NOTHING_WON;
    let revenue = if has_won { " and revenue" } else { "" };
    let what = if is_caused {
        format!(
            ": leads{revenue} as credited, leads that posts caused, and the verdict by these"
        )
    } else {
        String::new()
    };
    let why = lens::too_little(input).unwrap_or_default();
    let title = format!("Themes{what}{why}");
    let title = wrapped(&title, "", width);
    section(&title.join("\n"), lines)
}

/// What stands beside a post or a theme.
struct Numbers {
    before: Vec<String>,
    reactions: Option<i64>,
    leads: (f64, f64),
    won_minor: (i64, i64),
    after: Vec<String>,
}

/// The numbers of each line in two halves, one column under the other; what there is none of at
/// all, or cannot be known (leads, won revenue), has no column.
fn beside(lines: impl Iterator<Item = Numbers>, input: &ReportInput) -> Vec<[String; 2]> {
    let currency = money::credited_currency(input);
    let rows: Vec<(Vec<String>, Vec<String>)> = lines
        .map(|line| {
            let mut right = line.before;
            right.push(line.reactions.map_or_else(
                || "– likes".to_owned(),
                |count| money::counted(count, "like", "likes"),
            ));
            if 0 < input.counts.leads {
                let leads = money::leads(line.leads);
                let noun = if leads == "1.0" { "lead" } else { "leads" };
                right.push(format!("{leads} {noun}"));
            }
            let mut left = Vec::new();
            if currency != money::NOTHING_WON {
                left.push(money::range(line.won_minor, currency));
            }
            left.extend(line.after);
            (right, left)
        })
        .collect();
    let aligned = |cells: Vec<&[String]>, is_right: bool| -> Vec<String> {
        let count = cells.first().map_or(0, |row| row.len());
        let widest = |at: usize| cells.iter().map(|row| columns(&row[at])).max();
        let widths: Vec<usize> = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
        let cell = |(cell, width): (&String, &usize)| {
            let gap = " ".repeat(width - columns(cell));
            if is_right { gap + cell } else { cell.clone() + &gap }
        };
        let line =
            |row: &&[String]| row.iter().zip(&widths).map(cell).collect::<Vec<_>>();
        cells.iter().map(|row| line(row).join("  ")).collect()
    };
    let right = aligned(rows.iter().map(|row| row.0.as_slice()).collect(), true);
    let left = aligned(rows.iter().map(|row| row.1.as_slice()).collect(), false);
    right.into_iter().zip(left).map(|(right, left)| [right, left]).collect()
}

/// A title with its lines and an empty one; nothing without lines.
fn section(title: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    [vec![title.to_owned()], lines, vec![String::new()]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::WonTotal;

    fn won(deals: i64) -> WonTotal {
        WonTotal {
            currency: "EUR".to_owned(),
            amount_kind: "revenue".to_owned(),
            deals,
            won_minor: 1_234_500,
            ..WonTotal::default()
        }
    }

    #[test]
    fn one_row_of_a_step_is_singular() {
        let mut input = ReportInput {
            funnel: vec![
                ("leads".to_owned(), None, 1),
                (LEADS_TOUCHED.to_owned(), None, 1),
                ("rows kept".to_owned(), None, 2),
            ],
            ..ReportInput::default()
        };
        let steps = "          1  lead\n          1  lead touched, of all leads\n          \
                     2  rows kept\n";
        assert!(summary(&input, None).contains(steps), "{}", summary(&input, None));
        input.funnel = vec![("leads".to_owned(), Some("no creation date".to_owned()), 1)];
        assert!(summary(&input, None).contains("1    not: no creation date\n"));
    }

    #[test]
    fn revenue_that_cannot_be_credited_is_not_shown_as_none() {
        let post =
            PostLine { reactions: Some(5), leads: (1.0, 2.5), ..PostLine::default() };
        let mut input = ReportInput { liked: vec![post], ..ReportInput::default() };
        input.counts.posts = 1;
        input.won = vec![WonTotal { followed: 4, ..won(4) }];
        assert!(summary(&input, None).contains("5 likes  EUR 0.00\n"));
        input.won = vec![WonTotal { unjoined: 4, ..won(4) }];
        assert!(summary(&input, None).contains("5 likes\n"));
    }

    #[test]
    fn lines_of_posts_fit_the_terminal() {
        let post = PostLine {
            posted_at: Some("2024-03-12T09:14:55Z".to_owned()),
            text: Some("word ".repeat(30)),
            reactions: Some(5),
            leads: (1.0, 2.5),
            won_minor: (0, 1_234_500),
            ..PostLine::default()
        };
        let mut input = ReportInput { earning: vec![post], ..ReportInput::default() };
        input.counts.leads = 3;
        input.won = vec![won(500)];
        input.credited_won_minor = (0, 1_234_500);
        let width = |terminal| {
            let text = summary(&input, terminal);
            let line = text.lines().find(|line| line.contains("word")).unwrap();
            line.chars().count()
        };
        assert_eq!(width(Some(90)), 90);
        assert_eq!(width(Some(1000)), width(None));
        assert!(width(Some(20)) < width(Some(90)));
        // What does not fit beside its name stands below it.
        let fits = |terminal| {
            summary(&input, Some(terminal)).lines().all(|line| columns(line) <= terminal)
        };
        assert!(fits(90) && fits(72) && fits(60));
        let narrow = summary(&input, Some(60));
        assert!(narrow.contains("1.0 to 2.5 leads\n      EUR 0.00 to EUR 12,345.00\n"));
    }
}
