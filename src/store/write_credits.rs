//! Credits of both lenses, and what was fitted.

use rusqlite::ToSql;

use super::{
    Cell, Cells, Rows, Store, StoreError,
    many::{Binding, NewRow, row},
    write_facts::count,
};
use crate::{
    analyze::IncrementalLens,
    attribute::{Credits, Parts, PartsRow, incremental, of_owner},
    domain::{DealIndex, LeadIndex, PostIndex, Word},
    link::Owner,
    resolve::Resolved,
};

/// Columns of models that `lead_shares` and `deal_parts` have.
pub(super) const MOST_MODELS: usize = 20;

// All models and the incremental one have their column.
const _: () = assert!(crate::attribute::MODELS.len() < MOST_MODELS);

impl Store {
    /// Adds the credits of all models; what has no journey under a model goes to no post.
    pub(super) fn insert_credits(
        &self,
        resolved: &Resolved,
        credits: &Credits,
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let models = (1_i64..).zip(&credits.models).map(|(id, one)| {
            let lens = if is_credited(one.name) { "credited" } else { "incremental" };
            row! { model_id: id, name: one.name, lens: lens }
        });
        self.insert("models", models)?;
        self.insert_lead_shares(resolved, credits, is_elsewhere)?;
        self.insert_deal_parts(resolved, credits, is_elsewhere)
    }

    fn insert_lead_shares(
        &self,
        resolved: &Resolved,
        credits: &Credits,
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let mut rest = credits.leads.rows().peekable();
        let rows = (0..resolved.leads.len()).flat_map(|index| {
            let lead = LeadIndex::from_index(index);
            let is_elsewhere = is_elsewhere(Owner::Lead(lead));
            let whole = |model| stands_here(credits, model, is_elsewhere).then_some(1.0);
            let (id, models) = (lead.row_id(), credits.models.len());
            spread((id, models), &of_owner(&mut rest, lead), whole)
        });
        self.insert_and_keep(
            ("lead_shares", rows),
            |row| (SHARES, row),
            ("v_lead_credits", |row, kept| {
                let fixed = [Cell::Integer(row.id), Cell::from(row.post)];
                kept.add(fixed.into_iter().chain(row.cells(Cell::Real)));
            }),
        )
    }

    fn insert_deal_parts(
        &self,
        resolved: &Resolved,
        credits: &Credits,
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let rows = rows_of_deals(resolved, credits, is_elsewhere);
        self.insert_and_keep(
            ("deal_parts", rows),
            |row| (PARTS, row),
            ("v_deal_credits", |row, kept| {
                let (deal, post) = (Cell::Integer(row.id), Cell::from(row.post));
                kept.add([deal, post, deal].into_iter().chain(row.cells(Cell::Integer)));
            }),
        )
    }

    /// Adds what the posts of each theme bring, and what was fitted.
    pub(super) fn insert_incremental(
        &self,
        lens: &IncrementalLens,
    ) -> Result<(), StoreError> {
        let themes = (1_i64..).zip(&lens.themes).map(|(position, one)| {
            let (told, revenue) = (one.effect.as_ref(), one.revenue);
            row! {
                position: position, theme: one.theme, posts: count(one.posts),
                exposures: told.map(|told| count(told.exposures)),
                leads: told.map(|told| told.leads),
                leads_low: told.map(|told| told.leads_low),
                leads_high: told.map(|told| told.leads_high),
                p_value: told.map(|told| told.p_value),
                q_value: told.map(|told| told.q_value),
                placebo_p: told.and_then(|told| told.placebo_p),
                inclusion: told.map(|told| told.inclusion),
                revenue_minor: revenue.map(|revenue| revenue.minor),
                revenue_low_minor: revenue.map(|revenue| revenue.low_minor),
                revenue_high_minor: revenue.map(|revenue| revenue.high_minor),
                currency: revenue.as_ref().map(|revenue| revenue.measure.currency.code()),
                verdict: one.verdict.word(),
            }
        });
        self.insert("incremental_themes", themes)?;
        let points = lens.points.iter().map(|one| {
            row! { kind: one.kind, label: one.label, x: one.x, y: one.y }
        });
        self.insert("diagnostics", points)
    }
}

fn is_credited(model: &str) -> bool {
    model != incremental::NAME
}

/// Whether what a model gives to a lead or deal, which has credits elsewhere or none, stands
/// among the credits.
fn stands_here(credits: &Credits, model: usize, is_elsewhere: bool) -> bool {
    !(is_elsewhere && is_credited(credits.models[model].name))
}

/// What all models give to the posts of all deals.
fn rows_of_deals(
    resolved: &Resolved,
    credits: &Credits,
    is_elsewhere: &dyn Fn(Owner) -> bool,
) -> impl Iterator<Item = Spread<i64>> {
    let mut rest = credits.deals.rows().peekable();
    resolved.deals.iter().enumerate().flat_map(move |(index, summary)| {
        let deal = DealIndex::from_index(index);
        let is_elsewhere = is_elsewhere(Owner::Deal(deal));
        let whole = |model| {
            summary.amount_minor.filter(|_| stands_here(credits, model, is_elsewhere))
        };
        let (id, models) = (deal.row_id(), credits.models.len());
        spread((id, models), &of_owner(&mut rest, deal), whole)
    })
}

/// What is credited of deals, as it stands in `deal_parts`: deal, post; what each model gives.
pub fn credited_deals(
    resolved: &Resolved,
    credits: &Credits,
) -> impl Iterator<Item = ((i64, Option<i64>), impl Iterator<Item = Option<i64>>)> {
    let rows = rows_of_deals(resolved, credits, &|_| false);
    rows.map(|row| ((row.id, row.post), row.parts.into_iter().take(row.models)))
}

/// The column of a model's shares, by the model's place.
pub fn share_column(model: usize) -> String {
    format!("share_{}", model + 1)
}

/// The column of a model's parts of deals, by the model's place.
pub fn part_column(model: usize) -> String {
    format!("minor_{}", model + 1)
}

/// What a table of credits calls its columns.
#[derive(Clone, Copy)]
struct Columns {
    owner: &'static str,
    part: fn(usize) -> String,
}

const SHARES: Columns = Columns { owner: "lead_id", part: share_column };
const PARTS: Columns = Columns { owner: "deal_id", part: part_column };

impl Columns {
    fn names(self) -> impl Iterator<Item = String> {
        let fixed = [self.owner, "post_id"].map(str::to_owned);
        fixed.into_iter().chain((0..MOST_MODELS).map(self.part))
    }
}

/// The credits of some leads under all models, as rows of `lead_shares`.
pub fn lead_shares(credits: &Credits) -> Rows {
    spread_rows((SHARES, LeadIndex::row_id), &credits.leads, Cells::Reals)
}

/// The credits of some deals under all models, as rows of `deal_parts`.
pub fn deal_parts(credits: &Credits) -> Rows {
    spread_rows((PARTS, DealIndex::row_id), &credits.deals, Cells::Integers)
}

fn spread_rows<O: Copy + Ord, T: Copy>(
    (columns, number): (Columns, fn(O) -> i64),
    parts: &Parts<O, T>,
    cells: fn(Vec<Option<T>>) -> Cells,
) -> Rows {
    let (mut ids, mut posts) = (Vec::new(), Vec::new());
    let mut lists: [Vec<Option<T>>; MOST_MODELS] = std::array::from_fn(|_| Vec::new());
    let mut rest = parts.rows().peekable();
    while let Some(owner) = rest.peek().map(|row| row.owner) {
        let own = of_owner(&mut rest, owner);
        for row in spread((number(owner), MOST_MODELS), &own, |_| None) {
            ids.push(Some(row.id));
            posts.push(row.post);
            lists.iter_mut().zip(row.parts).for_each(|(list, part)| list.push(part));
        }
    }
    let fixed = [ids, posts].map(Cells::Integers).into_iter();
    let lists = fixed.chain(lists.into_iter().map(cells));
    Rows { columns: columns.names().zip(lists).collect() }
}

/// What each of some models gives a post of one lead or deal.
struct Spread<T> {
    id: i64,
    post: Option<i64>,
    models: usize,
    parts: [Option<T>; MOST_MODELS],
}

impl<T: Copy> Spread<T> {
    /// A cell a model.
    fn cells(&self, cell: fn(T) -> Cell<'static>) -> impl Iterator<Item = Cell<'static>> {
        self.parts[..self.models].iter().map(move |part| part.map_or(Cell::Null, cell))
    }
}

/// A row a post of one lead or deal. No post stands last; a model that gives nothing to any of
/// them gives it the whole.
fn spread<O, T: Copy>(
    (id, models): (i64, usize),
    own: &[PartsRow<'_, O, T>],
    whole: impl Fn(usize) -> Option<T>,
) -> Vec<Spread<T>> {
    let row = |post: Option<PostIndex>, part: &dyn Fn(usize) -> Option<T>| {
        let mut parts = [None; MOST_MODELS];
        parts[..models].iter_mut().enumerate().for_each(|(at, own)| *own = part(at));
        Spread { id, post: post.map(PostIndex::row_id), models, parts }
    };
    let (no_post, of_posts) = match own.split_first() {
        Some((first, rest)) if first.post.is_none() => (Some(first), rest),
        _ => (None, own),
    };
    let mut rows = Vec::with_capacity(of_posts.len() + 1);
    rows.extend(of_posts.iter().map(|one| row(one.post, &|model| one.of(model))));
    let no_post = row(None, &|model| match no_post.and_then(|one| one.of(model)) {
        None if own.iter().all(|one| one.of(model).is_none()) => whole(model),
        part => part,
    });
    if no_post.parts.iter().any(Option::is_some) {
        rows.push(no_post);
    }
    rows
}

impl<T: ToSql> NewRow for (Columns, Spread<T>) {
    fn columns(&self) -> String {
        self.0.names().collect::<Vec<_>>().join(", ")
    }

    fn bind(self, binding: &mut Binding<'_, '_>) -> rusqlite::Result<()> {
        let (_, row) = self;
        binding.bind(row.id)?;
        binding.bind(row.post)?;
        // What is never bound is null, as are the columns of models that there are not.
        row.parts[..row.models].iter().try_for_each(|part| binding.bind(part))
    }
}
