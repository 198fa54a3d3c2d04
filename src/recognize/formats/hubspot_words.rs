//! What all tables of HubSpot call the columns that they share, in the languages of its accounts.

use super::Names;

/// When a record was made.
pub(super) const CREATED: Names = &[
    "Create Date",
    "Erstellungsdatum",
    "createdate",
    "fecha de creación",
    "date de création",
    "data de criação",
    "data di creazione",
    "aanmaakdatum",
];

/// When a record was changed.
pub(super) const CHANGED: Names = &[
    "Last Modified Date",
    "lastmodifieddate",
    "hs_lastmodifieddate",
    "zuletzt geändert",
    "fecha de la última modificación",
    "date de dernière modification",
];
