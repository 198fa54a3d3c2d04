//! Numbers of posts: LinkedIn's analytics, and the lists of other tools.

use jiff::Timestamp;

use super::{
    RowResult,
    context::{self, Context},
    count, link, named,
};
use crate::{
    decode::Row,
    domain::{Metric, NamePair, Numbers, PostName, PostNameId, PostNumbers},
    normalize::link::PersonKey,
    recognize::Field,
};

/// Which column holds which number.
const METRICS: [(Field, Metric); 11] = [
    (Field::Impressions, Metric::Impressions),
    (Field::MembersReached, Metric::MembersReached),
    (Field::Engagements, Metric::Engagements),
    (Field::Reactions, Metric::Reactions),
    (Field::Comments, Metric::Comments),
    (Field::Reposts, Metric::Reposts),
    (Field::Clicks, Metric::Clicks),
    (Field::Saves, Metric::Saves),
    (Field::Sends, Metric::Sends),
    (Field::ProfileViews, Metric::ProfileViews),
    (Field::FollowersGained, Metric::FollowersGained),
];

/// Said of lists with several rows of one post, such as one for every day.
const LISTED_AGAIN: &str = "{row names a post that a row before it|rows name a post \
     that a row before them} names; of each number the last one stands, and none are added up";

/// One post of a list.
pub(super) fn post(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let listed_at = context.instant(&row, Field::ListedAt);
    context.saw(listed_at);
    if is_of_other_network(context, &row) {
        context.note_counted(
            "{row is a post of another network|rows are posts of other networks}; passed \
                 over",
            1,
        );
        return Ok(());
    }
    if is_of_others(context, &row) {
        context.note_counted(
            "{row is another's post|rows are posts of others}, reposted; passed over",
            1,
        );
        return Ok(());
    }
    let text = context.value(&row, Field::PostText);
    let (post_name, name) = names(context, &row, text)?;
    // What is paired with itself was listed before.
    if !context.pairs.insert((post_name, post_name)) {
        context.note_counted(LISTED_AGAIN, 1);
    }
    let mut numbers = Numbers::default();
    for (field, metric) in METRICS {
        let Some(column) = context.column_with_value(&row, field) else { continue };
        numbers.set(metric, number(context, &row, column));
    }
    let author = context.value(&row, Field::AuthorUrl).and_then(link::person);
    let author = match author {
        Some(PersonKey::Profile(slug)) => Some(slug.into()),
        _ => None,
    };
    let posted_ms = posted_ms(context, &row);
    let post = PostNumbers {
        place: context.place(&row, 0),
        post_name,
        numbers,
        text: text.map(Into::into),
        format: context.value(&row, Field::PostFormat).map(Into::into),
        campaign: context.value(&row, Field::Campaign).map(Into::into),
        author,
        posted_ms,
    };
    add(context, post, name);
    Ok(())
}

/// The two tables of top posts, side by side: in each a post's address, and behind it one
/// number. A cell that fills a gap is the same in all columns of its table.
pub(super) fn top_posts(context: &mut Context<'_>, row: Row<'_>) {
    let urls: Vec<usize> = context.columns(Field::PostUrl);
    let numbers: Vec<(usize, Metric)> = METRICS
        .iter()
        .flat_map(|(field, metric)| {
            context.columns(*field).into_iter().map(|column| (column, *metric))
        })
        .collect();
    let mut part = 0;
    // A line has places for so many facts.
    for (at, &url) in urls.iter().enumerate().take(16) {
        let end = urls.get(at + 1).copied().unwrap_or(usize::MAX);
        let own = numbers.iter().filter(|(column, _)| url < *column && *column < end);
        let own: Vec<(usize, Metric)> = own.copied().collect();
        let cell = row.cell(url).trim();
        let is_filler = own.iter().all(|(column, _)| row.cell(*column).trim() == cell);
        if cell.is_empty() || is_filler {
            continue;
        }
        let Some(name) = link::post(cell) else {
            context.reject_cell(&row, url, "it names no post");
            continue;
        };
        let post_name = context.post_name(name);
        let mut numbers = Numbers::default();
        for (column, metric) in own {
            numbers.set(metric, number(context, &row, column));
        }
        let place = context.place(&row, part);
        part += 1;
        let post = PostNumbers {
            place,
            post_name,
            numbers,
            text: None,
            format: None,
            campaign: None,
            author: None,
            posted_ms: None,
        };
        add(context, post, name);
    }
}

/// The sheet of totals tells until when an export counts.
pub(super) fn period(context: &mut Context<'_>, row: Row<'_>) {
    let cell = context.raw(&row, Field::Period);
    match named::period_end(cell) {
        Some(end) => {
            context.saw(Some(crate::domain::Moment::Day(end).start()));
            context.note(format!("counts up to {end}"));
        }
        None => context.note(format!("\"{}\" is no period", context::shortened(cell))),
    }
}

/// Adds a post; comparisons across the month in which LinkedIn began to count reposts need
/// a word.
fn add(context: &mut Context<'_>, post: PostNumbers, name: PostName) {
    // A list is no older than the posts in it.
    context.saw(name.instant());
    if post.numbers.get(Metric::Impressions).is_some() {
        context.saw_impressions(name.instant());
    }
    context.batch.facts.post_numbers.push(post);
}

/// A number that cannot be read is rejected; an empty cell is unknown.
fn number(context: &mut Context<'_>, row: &Row<'_>, column: usize) -> Option<u64> {
    match count::read(row.cell(column)) {
        Ok(number) => number,
        Err(reason) => {
            context.reject_cell(row, column, reason);
            None
        }
    }
}

/// A row with a network of its own, or a link that leads elsewhere.
fn is_of_other_network(context: &Context<'_>, row: &Row<'_>) -> bool {
    let network = context.value(row, Field::Network).unwrap_or("").to_lowercase();
    let url = context.value(row, Field::PostUrl).unwrap_or("");
    let is_elsewhere = url.contains("://")
        && !url.to_lowercase().contains("linkedin.com")
        && !url.to_lowercase().contains("lnkd.in");
    is_elsewhere || (!network.is_empty() && !network.contains("linkedin"))
}

/// A repost, or a row whose author is not whose list it is.
fn is_of_others(context: &Context<'_>, row: &Row<'_>) -> bool {
    let action = context.value(row, Field::Action).unwrap_or("").to_lowercase();
    let key = |field| context.value(row, field).and_then(link::person);
    let is_foreign = matches!(
        (key(Field::AuthorUrl), key(Field::ListProfileUrl)),
        (Some(author), Some(owner)) if author != owner
    );
    is_foreign || matches!(&*action, "repost" | "reshare" | "like" | "comment")
}

/// The post that a row names, by address or number; a second name beside it is kept.
fn names(
    context: &mut Context<'_>,
    row: &Row<'_>,
    text: Option<&str>,
) -> Result<(PostNameId, PostName), String> {
    let url = context.value(row, Field::PostUrl);
    let full = context.value(row, Field::FullUrn).and_then(link::post);
    let activity = match context.value(row, Field::ActivityUrn) {
        Some(cell) => Some(named::post_id(cell)?),
        None => None,
    };
    let by_id = match context.value(row, Field::PostId) {
        Some(cell) => Some(named::post_id(cell)?),
        None => None,
    };
    let by_url = url.and_then(link::post);
    let found = full.or(activity).or(by_id).or(by_url).ok_or_else(|| match url {
        Some(url) => format!("\"{}\" names no post", context::shortened(url)),
        None => "the row names no post".to_owned(),
    })?;
    if named::is_rounded(found) {
        context.note_counted(
            "{number of a post was|numbers of posts were} cut to 15 digits by a \
                 spreadsheet; the instant in {it|them} joins",
            1,
        );
    }
    let one = context.post_name(found);
    let beside =
        [activity, by_id, by_url].into_iter().flatten().find(|name| *name != found);
    if let Some(other) = beside {
        let other = context.post_name(other);
        pair(context, row, (one, other), None);
    } else if let (Some(text), Some(other)) =
        (text, url.and_then(link::highlighted).filter(|name| *name != found))
    {
        let other = context.post_name(other);
        pair(context, row, (one, other), Some(text));
    }
    Ok((one, found))
}

/// Keeps two names of one post, once a file.
pub(super) fn pair(
    context: &mut Context<'_>,
    row: &Row<'_>,
    (one, other): (PostNameId, PostNameId),
    text: Option<&str>,
) {
    if !context.pairs.insert((one, other)) {
        return;
    }
    let place = context.place(row, 0);
    let text = text.map(Into::into);
    context.batch.facts.name_pairs.push(NamePair { place, one, other, text });
}

/// When the post appeared, where the row says so in UTC and to the minute.
fn posted_ms(context: &Context<'_>, row: &Row<'_>) -> Option<i64> {
    if let Some(ms) = context.value(row, Field::PostedMs) {
        return ms.parse().ok().filter(|ms| Timestamp::from_millisecond(*ms).is_ok());
    }
    let day = context.value(row, Field::PostDay)?;
    let time = context.value(row, Field::PublishTime)?;
    let instant = context::read_instant(&format!("{day} {time}"))?;
    Some(instant.as_millisecond())
}

#[cfg(test)]
mod tests {
    use crate::{
        discover::{self, Limits, Source},
        domain,
        normalize::{Settings, file},
        recognize::{self, Registry, Verdict},
    };

    #[test]
    fn rows_of_one_post_are_said_to_be_no_sum() {
        let check = |rows: &[&str], count: Option<u64>| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("posts.csv");
            let text = format!("date,post_url,impressions\n{}\n", rows.join("\n"));
            std::fs::write(&path, &text).unwrap();
            let scan = discover::scan(&mut text.as_bytes()).unwrap();
            let verdict = recognize::file(&Registry::default(), "posts.csv", &scan);
            let Verdict::Known(known) = verdict else { panic!("{verdict:?}") };
            let (source, limits) = (Source::Path(path), Limits::default());
            let settings = Settings::plain();
            let outcome = file(&source, limits, &known, 1, &settings, &mut drop);
            let notes = outcome.unwrap().notes;
            let said = count.map(|count| {
                let rows = domain::count(
                    count,
                    "row names a post that a row before it names; ",
                    "rows name a post that a row before them names; ",
                );
                rows + "of each number the last one stands, and none are added up"
            });
            let said: Vec<String> = said.into_iter().collect();
            assert_eq!(notes, said, "{rows:?}");
        };
        let urn = "https://www.linkedin.com/feed/update/urn:li:activity:747257005252585";
        let [one, two] = ["4722", "4723"].map(|end| format!("{urn}{end}"));
        let row =
            |day: &str, url: &str, count: u32| format!("2026-06-{day},{url},{count}");
        let (first, other) = (row("16", &one, 100), row("16", &two, 9));
        let (second, third) = (row("17", &one, 50), row("18", &one, 7));
        check(&[&first, &other], None);
        check(&[&first, &other, &second, &third], Some(2));
    }
}
