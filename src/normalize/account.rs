//! Companies of a CRM.

use super::{RowResult, contact, context::Context, crm};
use crate::{
    decode::Row,
    domain::{Account, LinkKind, Subject},
    recognize::Field,
};

/// One company, or the deletion of one.
pub(super) fn account(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    crm::refuse_subtotal(&row)?;
    let name = context.value(&row, Field::Name);
    let own = crm::own_id(context, &row)?;
    let remote_id = match (own, name) {
        (Some(id), _) => id,
        (None, Some(name)) => crm::stand_in(context, name),
        (None, None) => return Err("the company has neither id nor name".to_owned()),
    };
    if contact::is_gone(context, &row, Subject::Account, &remote_id) {
        return Ok(());
    }
    let created_at = context.moment(&row, Field::CreatedAt);
    let changed_at = context.moment(&row, Field::ChangedAt);
    context.saw(created_at.map(crate::domain::Moment::start));
    context.saw(changed_at.map(crate::domain::Moment::start));
    let parent_id = crm::ids(context, &row, Field::ParentId).into_iter().next();
    let text = |field| context.value(&row, field).map(Into::into);
    let account = Account {
        place: context.place(&row, 0),
        remote_id,
        name: name.map(Into::into),
        domain: text(Field::Domain),
        country: text(Field::Country),
        parent_id,
        changed_at,
    };
    context.batch.facts.accounts.push(account);
    contact::links(context, &row, 0, Field::MergedIds, LinkKind::MergedId);
    contact::links(context, &row, 0, Field::ContactIds, LinkKind::ContactId);
    contact::links(context, &row, 0, Field::DealIds, LinkKind::DealId);
    Ok(())
}
