//! Credits of both lenses, and what was fitted.

use rusqlite::{Statement, ToSql, named_params};

use super::{Cell, Cells, Rows, Store, StoreError, many::RowCells, write_facts::run};
use crate::{
    analyze::IncrementalLens,
    attribute::{Credits, DealCredit, LeadCredit, incremental},
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
        credits: &[Credits],
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_model.sql"))?;
        for (id, one) in (1_i64..).zip(credits) {
            let lens = if is_credited(one) { "credited" } else { "incremental" };
            run(&mut statement, (id, one.model, lens))?;
        }
        self.insert_lead_shares(resolved, credits, is_elsewhere)?;
        self.insert_deal_parts(resolved, credits, is_elsewhere)
    }

    fn insert_lead_shares(
        &self,
        resolved: &Resolved,
        credits: &[Credits],
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let mut rests: Vec<&[LeadCredit]> =
            credits.iter().map(|one| one.leads.as_slice()).collect();
        let rows = (0..resolved.leads.len()).flat_map(|index| {
            let lead = LeadIndex::from_index(index);
            let mut own = Vec::new();
            let is_elsewhere = is_elsewhere(Owner::Lead(lead));
            for (model, rest) in rests.iter_mut().enumerate() {
                let count = rest.iter().take_while(|one| one.lead <= lead).count();
                let (of_lead, later) = rest.split_at(count);
                *rest = later;
                if of_lead.is_empty() && !(is_elsewhere && is_credited(&credits[model])) {
                    own.push((None, model, 1.0));
                }
                own.extend(of_lead.iter().map(|one| (one.post, model, one.share)));
            }
            spread((lead.row_id(), credits.len()), own)
        });
        let sql = include_str!("sql/insert_lead_share.sql");
        self.insert_and_keep(
            sql,
            rows,
            ("v_lead_credits", |row, kept| {
                let fixed = [Cell::Integer(row.id), Cell::from(row.post)];
                kept.add(fixed.into_iter().chain(row.cells(Cell::Real)));
            }),
        )
    }

    fn insert_deal_parts(
        &self,
        resolved: &Resolved,
        credits: &[Credits],
        is_elsewhere: &dyn Fn(Owner) -> bool,
    ) -> Result<(), StoreError> {
        let mut rests: Vec<&[DealCredit]> =
            credits.iter().map(|one| one.deals.as_slice()).collect();
        let rows = resolved.deals.iter().enumerate().flat_map(|(index, summary)| {
            let deal = DealIndex::from_index(index);
            let mut own = Vec::new();
            let is_elsewhere = is_elsewhere(Owner::Deal(deal));
            for (model, rest) in rests.iter_mut().enumerate() {
                let count = rest.iter().take_while(|one| one.deal <= deal).count();
                let (of_deal, later) = rest.split_at(count);
                *rest = later;
                let Some(minor) = summary.amount_minor else { continue };
                if of_deal.is_empty() && !(is_elsewhere && is_credited(&credits[model])) {
                    own.push((None, model, minor));
                }
                own.extend(of_deal.iter().map(|one| (one.post, model, one.credit_minor)));
            }
            spread((deal.row_id(), credits.len()), own)
        });
        let sql = include_str!("sql/insert_deal_part.sql");
        self.insert_and_keep(
            sql,
            rows,
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
        let mut statement =
            self.prepare(include_str!("sql/insert_incremental_theme.sql"))?;
        for (position, one) in (1_i64..).zip(&lens.themes) {
            let (told, revenue) = (one.effect.as_ref(), one.revenue);
            let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            run(
                &mut statement,
                named_params! {
                    ":position": position, ":theme": one.theme,
                    ":posts": count(one.posts),
                    ":exposures": told.map(|told| count(told.exposures)),
                    ":leads": told.map(|told| told.leads),
                    ":leads_low": told.map(|told| told.leads_low),
                    ":leads_high": told.map(|told| told.leads_high),
                    ":p_value": told.map(|told| told.p_value),
                    ":q_value": told.map(|told| told.q_value),
                    ":placebo_p": told.and_then(|told| told.placebo_p),
                    ":inclusion": told.map(|told| told.inclusion),
                    ":revenue_minor": revenue.map(|revenue| revenue.minor),
                    ":revenue_low_minor": revenue.map(|revenue| revenue.low_minor),
                    ":revenue_high_minor": revenue.map(|revenue| revenue.high_minor),
                    ":currency": revenue.as_ref().map(|revenue| revenue.measure.currency.code()),
                    ":verdict": one.verdict.word(),
                },
            )?;
        }
        let mut statement = self.prepare(include_str!("sql/insert_diagnostic.sql"))?;
        for point in &lens.points {
            run(&mut statement, (point.kind, &point.label, &point.x, point.y))?;
        }
        Ok(())
    }
}

fn is_credited(one: &Credits) -> bool {
    one.model != incremental::NAME
}

/// The column of a model's shares, by the model's place.
pub fn share_column(model: usize) -> String {
    format!("share_{}", model + 1)
}

/// The column of a model's parts of deals, by the model's place.
pub fn part_column(model: usize) -> String {
    format!("minor_{}", model + 1)
}

/// The credits of some leads under all models, as rows of `lead_shares`.
pub fn lead_shares(credits: &[Credits]) -> Rows {
    let all = credits.iter().enumerate().flat_map(|(model, one)| {
        let leads = one.leads.iter();
        leads.map(move |one| (one.lead.row_id(), one.post, model, one.share))
    });
    spread_rows("lead_id", all.collect(), share_column, Cells::Reals)
}

/// The credits of some deals under all models, as rows of `deal_parts`.
pub fn deal_parts(credits: &[Credits]) -> Rows {
    let all = credits.iter().enumerate().flat_map(|(model, one)| {
        let deals = one.deals.iter();
        deals.map(move |one| (one.deal.row_id(), one.post, model, one.credit_minor))
    });
    spread_rows("deal_id", all.collect(), part_column, Cells::Integers)
}

fn spread_rows<T: Copy>(
    id: &str,
    mut all: Vec<(i64, Option<PostIndex>, usize, T)>,
    name: fn(usize) -> String,
    cells: fn(Vec<Option<T>>) -> Cells,
) -> Rows {
    all.sort_by_key(|(id, ..)| *id);
    let (mut ids, mut posts) = (Vec::new(), Vec::new());
    let mut columns: [Vec<Option<T>>; MOST_MODELS] = std::array::from_fn(|_| Vec::new());
    for of_one in all.chunk_by(|one, next| one.0 == next.0) {
        let own =
            of_one.iter().map(|(_, post, model, part)| (*post, *model, *part)).collect();
        for row in spread((of_one[0].0, MOST_MODELS), own) {
            ids.push(Some(row.id));
            posts.push(row.post);
            columns
                .iter_mut()
                .zip(row.parts)
                .for_each(|(column, part)| column.push(part));
        }
    }
    let fixed = [(id, ids), ("post_id", posts)];
    let fixed = fixed.map(|(name, list)| (name.to_owned(), Cells::Integers(list)));
    let parts = columns.into_iter().enumerate();
    let parts = parts.map(|(model, list)| (name(model), cells(list)));
    Rows { columns: fixed.into_iter().chain(parts).collect() }
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

/// A row a post of one lead or deal, of post, place of the model, part. No post stands last.
fn spread<T: Copy>(
    (id, models): (i64, usize),
    mut own: Vec<(Option<PostIndex>, usize, T)>,
) -> Vec<Spread<T>> {
    own.sort_unstable_by_key(|(post, model, _)| (post.is_none(), *post, *model));
    let of_posts = own.chunk_by(|one, next| one.0 == next.0);
    let row = |of_post: &[(Option<PostIndex>, usize, T)]| {
        let mut parts = [None; MOST_MODELS];
        for (_, model, part) in of_post {
            parts[*model] = Some(*part);
        }
        Spread { id, post: of_post[0].0.map(PostIndex::row_id), models, parts }
    };
    of_posts.map(row).collect()
}

impl<T: ToSql> RowCells for Spread<T> {
    const COUNT: usize = MOST_MODELS + 2;

    fn bind(&self, statement: &mut Statement<'_>, first: usize) -> rusqlite::Result<()> {
        statement.raw_bind_parameter(first, self.id)?;
        statement.raw_bind_parameter(first + 1, self.post)?;
        // What is never bound is null, as are the columns of models that there are not.
        let mut parts = (first + 2..).zip(&self.parts[..self.models]);
        parts.try_for_each(|(at, part)| statement.raw_bind_parameter(at, part))
    }
}
