//! Times the attribution of a network's touches beside reading them from a database:
//! `cargo run --release --example touches_speed [TOUCHES]`.

#![expect(clippy::print_stdout, reason = "an example shows its figures")]

use std::{error::Error, time::Instant};

use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, params};
use touchstone::{
    attribute::{self, Block, Cases, Channels, KindWeights, Options},
    domain::{
        Lead, LeadIndex, LeadStatus, Moment, PersonIndex, Place, Post, PostIndex,
        PostKind, PostName, Touch, TouchKind, Word,
    },
    link,
};

/// Touches of one lead.
const OF_A_LEAD: usize = 50;
const POSTS: usize = 10_000;
/// From the post of a touch to that of the next: a lead meets none of them twice.
const STRIDE: usize = 7_919;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(10_000_000), |text| text.parse())?;
    let end: Timestamp = "2026-06-30T12:00:00Z".parse()?;
    let touches = touches(count, end)?;
    let leads: Vec<Lead> = (0..count / OF_A_LEAD).map(|at| lead(at, end)).collect();
    let posts: Vec<Post> = (0..POSTS as u64).map(post).collect();

    let file = tempfile::NamedTempFile::new()?;
    write(&touches, file.path())?;
    let began = Instant::now();
    let sum = read(file.path())?;
    let reading = began.elapsed().as_secs_f64();

    let began = Instant::now();
    let lead_journeys = link::lead_journeys(&leads, &touches, 90);
    let cases = Cases {
        channels: &Channels::of_posts(&posts),
        lead_journeys: &lead_journeys,
        lead_nulls: &Block::default(),
        deal_journeys: &[],
        deal_nulls: &Block::default(),
        deals: &[],
        kinds: &KindWeights::default(),
    };
    let learn = ["markov", "shapley", "shapley-rate"];
    let models =
        attribute::MODELS.iter().filter(|model| !learn.contains(&model.name)).copied();
    let models: Vec<_> = models.collect();
    let (credits, _) = attribute::credits(&models, &Options::default(), &cases);
    let attributing = began.elapsed().as_secs_f64();
    let credited: usize =
        (0..models.len()).map(|model| credits.leads.of(model).count()).sum();
    println!(
        "{count} touches, {} models, {credited} credits, check {sum}: read in {reading:.2} s, \
         attributed in {attributing:.2} s, {:.2} of it",
        models.len(),
        attributing / reading
    );
    Ok(())
}

/// Touches of leads, each lead's in the order of time, over half a year.
fn touches(count: usize, end: Timestamp) -> Result<Vec<Touch>, Box<dyn Error>> {
    let kinds = [TouchKind::Reaction, TouchKind::Comment, TouchKind::Message];
    let mut touches = Vec::with_capacity(count);
    for at in 0..count {
        let hours_before = i64::try_from(OF_A_LEAD - at % OF_A_LEAD)? * 40;
        touches.push(Touch {
            lead: LeadIndex::from_index(at / OF_A_LEAD),
            post: Some(PostIndex::from_index(at * STRIDE % POSTS)),
            kind: kinds[at % kinds.len()],
            touched_ms: (end - hours_before.hours()).into(),
            evidence: "listed as one who reacted".into(),
            place: Place::new(1, u64::try_from(at)?, 0),
        });
    }
    Ok(touches)
}

fn lead(at: usize, end: Timestamp) -> Lead {
    Lead {
        source_system: "hubspot".into(),
        remote_id: at.to_string().into(),
        person: PersonIndex::from_index(at),
        full_name: None,
        profile: None,
        company: None,
        created_at: Some(Moment::Instant(end)),
        status: LeadStatus::Open,
        lead_source: None,
        self_reported: None,
        member: None,
        matched: None,
        place: Place::new(2, 1, 0),
    }
}

fn post(number: u64) -> Post {
    let name = PostName { kind: PostKind::Share, group: 0, number };
    Post { theme: Some(format!("theme {}", number % 8).into()), ..Post::named(name) }
}

/// Writes touches as a run does, with neither index nor sync.
fn write(touches: &[Touch], path: &std::path::Path) -> Result<(), rusqlite::Error> {
    let database = Connection::open(path)?;
    database.execute_batch(
        "pragma synchronous = off; pragma page_size = 16384;
        create table touches (
            touch_id integer primary key, lead_id integer, post_id integer, kind text,
            touched_at text, weight real, evidence text, place integer
        ) strict; begin",
    )?;
    let mut insert =
        database.prepare("insert into touches values (null, ?, ?, ?, ?, ?, ?, ?)")?;
    for touch in touches {
        insert.execute(params![
            touch.lead.row_id(),
            touch.post.map(PostIndex::row_id),
            touch.kind.word(),
            touch.touched_at().to_string(),
            1.0,
            touch.evidence.to_string(),
            touch.place.row_id(),
        ])?;
    }
    drop(insert);
    database.execute_batch("commit")
}

/// Reads every cell, and adds them up so that none is left out.
fn read(path: &std::path::Path) -> Result<i64, rusqlite::Error> {
    let database = Connection::open(path)?;
    let mut select = database.prepare("select * from touches order by touch_id")?;
    let mut rows = select.query([])?;
    let mut sum = 0_i64;
    while let Some(row) = rows.next()? {
        let text =
            |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?.len());
        let texts = text(3)? + text(4)? + text(6)?;
        let numbers =
            row.get::<_, i64>(1)? ^ row.get::<_, i64>(2)? ^ row.get::<_, i64>(7)?;
        let weight = row.get::<_, f64>(5)?.to_bits();
        sum ^= numbers.wrapping_add(texts.try_into().unwrap_or(0)) ^ weight.cast_signed();
    }
    Ok(sum)
}
