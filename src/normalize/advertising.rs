//! Campaign Manager and the leads of its forms; articles.

use jiff::civil::Date;

use super::{
    RowResult, contact,
    context::{self, Context},
    count, crm, link, name,
};
use crate::{
    decode::Row,
    domain::{AdDay, Article, Contact, Currency, LeadForm, LeadStatus, Moment},
    recognize::Field,
};

/// What an advertisement did on a day.
pub(super) fn ad_day(context: &mut Context<'_>, row: Row<'_>) {
    let Some(campaign_id) = context.value(&row, Field::CampaignId) else {
        context.note_counted("{row names|rows name} no campaign; passed over", 1);
        return;
    };
    let currency = context.value(&row, Field::Currency).and_then(Currency::from_code);
    let spent = context.minor(&row, Field::Spent, currency);
    let day = context.day(&row, Field::Day);
    let fallback = currency.unwrap_or(Currency::UNKNOWN);
    let (impressions, clicks, leads) = (
        number(context, &row, Field::Impressions),
        number(context, &row, Field::Clicks),
        number(context, &row, Field::Leads),
    );
    let place = context.place(&row, 0);
    context.saw(day.map(|day| Moment::Day(day).start()));
    context.batch.facts.ad_days.push(AdDay {
        place,
        day,
        campaign_id: campaign_id.into(),
        campaign: context.value(&row, Field::Campaign).map(Into::into),
        creative_id: context.value(&row, Field::CreativeId).map(Into::into),
        impressions,
        clicks,
        leads,
        spent_minor: spent.map(|(minor, _)| minor),
        currency: spent.map_or(fallback, |(_, currency)| currency),
    });
}

fn number(context: &mut Context<'_>, row: &Row<'_>, field: Field) -> Option<u64> {
    let column = context.column_with_value(row, field)?;
    match count::read(row.cell(column)) {
        Ok(number) => number,
        Err(reason) => {
            context.reject_cell(row, column, reason);
            None
        }
    }
}

/// A person who sent a form. Test leads are listed and never counted.
pub(super) fn form_lead(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let words = context.value(&row, Field::LeadType).unwrap_or("");
    if context.flag(&row, Field::IsTest) == Some(true)
        || words.eq_ignore_ascii_case("test")
    {
        return Err("a test of the form: listed, and no lead".to_owned());
    }
    let url = contact::person_url(context, &row);
    let cell = context.value(&row, Field::Email).unwrap_or("");
    let address = contact::addresses(context, &row, Field::Email).into_iter().next();
    let company = context.value(&row, Field::Company).unwrap_or("");
    let full_name = full_name(context, &row);
    let identity = context
        .identity([url, cell, &full_name, company], || {
            context::person(url, address.clone(), &full_name, Some(company))
        })
        .ok_or("the row names nobody")?;
    let created_at = context.moment(&row, Field::CreatedAt);
    context.saw(created_at.map(Moment::start));
    let remote_id = if let Some(id) = crm::own_id(context, &row)? {
        id
    } else {
        // Without an id of its own, who sent it and when tells one form from another.
        let other = if url.is_empty() { &full_name } else { url };
        let who = address.as_deref().unwrap_or(other);
        let when = created_at.map(Moment::text).unwrap_or_default();
        format!("{who} {when}").trim().into()
    };
    let post_name =
        context.value(&row, Field::PostUrl).and_then(|url| context.post_url(url));
    let place = context.place(&row, 0);
    context.batch.facts.contacts.push(Contact {
        place,
        remote_id,
        identity,
        created_at,
        changed_at: None,
        status: LeadStatus::Open,
        owner: None,
        is_converted: false,
        converted_at: None,
    });
    context.batch.facts.lead_forms.push(LeadForm {
        place,
        form: context.value(&row, Field::FormName).map(Into::into),
        campaign_id: context.value(&row, Field::CampaignId).map(Into::into),
        campaign: context.value(&row, Field::Campaign).map(Into::into),
        creative_id: context.value(&row, Field::CreativeId).map(Into::into),
        post_name,
    });
    contact::phones(context, &row);
    contact::evidence(context, &row);
    Ok(())
}

fn full_name(context: &Context<'_>, row: &Row<'_>) -> String {
    let joined = name::join(
        context.value(row, Field::FirstName).unwrap_or(""),
        context.value(row, Field::LastName).unwrap_or(""),
    );
    if joined.is_empty() {
        context.value(row, Field::FullName).unwrap_or("").to_owned()
    } else {
        joined
    }
}

/// An article: its page, title and day.
pub(super) fn article(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let url = context.raw(&row, Field::ArticleUrl);
    let slug = match link::target(url) {
        Some(link::LinkTarget::Article(slug)) => slug,
        _ => String::new(),
    };
    let title = context.raw(&row, Field::Title).trim();
    let published_on: Option<Date> = context.day(&row, Field::PublishedOn);
    if slug.is_empty() && title.is_empty() {
        return Err("the page is no article: it has neither address nor title".to_owned());
    }
    context.saw(published_on.map(|day| Moment::Day(day).start()));
    let place = context.place(&row, 0);
    context.batch.facts.articles.push(Article {
        place,
        slug: slug.into(),
        title: title.into(),
        published_on,
    });
    Ok(())
}
