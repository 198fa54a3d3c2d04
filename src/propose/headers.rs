//! What a header may mean: by the names that formats know, and by the words in it.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    normalize::stage_key,
    recognize::{
        FORMATS, Field, OwnKind, Record, fold_header, header_currency, loose_header,
        squeeze_header, word_fits,
    },
};

/// Words that hint at a field where no name fits, in the languages of exports, folded.
const WORDS: &[(Field, &[&str])] = &[
    (
        Field::RemoteId,
        &[
            "id",
            "nr",
            "no",
            "number",
            "nummer",
            "numero",
            "key",
            "code",
            "ref",
            "reference",
        ],
    ),
    (
        Field::Amount,
        &[
            "amount",
            "value",
            "revenue",
            "price",
            "total",
            "betrag",
            "wert",
            "summe",
            "umsatz",
            "erlos",
            "honorar",
            "importe",
            "monto",
            "valor",
            "montant",
            "prix",
            "preis",
            "fee",
            "receita",
            "faturamento",
            "volumen",
            "gmv",
        ],
    ),
    (
        Field::Stage,
        &["stage", "phase", "etapa", "etape", "fase", "stand", "milestone", "schritt"],
    ),
    (
        Field::Status,
        &[
            "status", "state", "outcome", "result", "estado", "statut", "situacao",
            "ergebnis",
        ],
    ),
    (
        Field::LeadStatus,
        &["status", "stage", "quality", "lifecycle", "estado", "etapa", "situacao"],
    ),
    (
        Field::CreatedAt,
        &[
            "created", "creation", "opened", "start", "begin", "engage", "erstellt",
            "angelegt", "anlage", "eingang", "entry", "added", "received", "inquiry",
            "creado", "cree", "criado", "apertura", "contact",
        ],
    ),
    (
        Field::ClosedAt,
        &[
            "close",
            "closed",
            "closing",
            "completed",
            "signed",
            "end",
            "abschluss",
            "notar",
            "cierre",
            "cloture",
            "fechamento",
            "vertrag",
            "won",
        ],
    ),
    (
        Field::Owner,
        &[
            "owner",
            "agent",
            "rep",
            "seller",
            "salesperson",
            "manager",
            "advisor",
            "broker",
            "berater",
            "betreuer",
            "verkaufer",
            "vendedor",
            "vendeur",
            "responsable",
            "zustandig",
            "zustandigkeit",
            "consultor",
            "sdr",
            "sr",
        ],
    ),
    (
        Field::AccountNames,
        &[
            "company",
            "account",
            "firma",
            "client",
            "customer",
            "kunde",
            "cliente",
            "empresa",
            "entreprise",
            "organization",
            "buyer",
            "kaufer",
        ],
    ),
    (
        Field::Company,
        &["company", "account", "firma", "empresa", "entreprise", "organization"],
    ),
    (
        Field::Name,
        &[
            "deal",
            "opportunity",
            "title",
            "project",
            "objekt",
            "projekt",
            "subject",
            "bezeichnung",
            "asunto",
            "object",
            "property",
            "immobilie",
        ],
    ),
    (
        Field::FullName,
        &["name", "person", "prospect", "lead", "contact", "nombre", "nom"],
    ),
    (Field::Phone, &["phone", "mobile", "telefon", "telefono", "telephone", "handy"]),
    (
        Field::RepEnteredSource,
        &[
            "source", "origin", "channel", "quelle", "herkunft", "origen", "canal",
            "kanal", "origem", "fonte",
        ],
    ),
    (Field::Impressions, &["impressions", "views", "aufrufe", "vues", "reach"]),
    (Field::Reactions, &["likes", "reactions", "reaktionen", "hearts"]),
    (Field::Comments, &["comments", "kommentare", "comentarios", "commentaires"]),
    (Field::Reposts, &["reposts", "shares", "reshares"]),
    (Field::Clicks, &["clicks", "klicks", "clics"]),
];

/// A header that fits a name of a format's as it stands.
pub(super) const EXACT: u32 = 100;

/// Words that say of a day that it is none yet, in the languages of exports, folded.
const FORESEEN: &[&str] = &[
    "expected",
    "estimated",
    "est",
    "forecast",
    "forecasted",
    "planned",
    "target",
    "anticipated",
    "projected",
    "erwartet",
    "erwartetes",
    "erwarteter",
    "voraussichtlich",
    "voraussichtliches",
    "geplant",
    "geplantes",
    "geplanter",
    "prevista",
    "previsto",
    "prevu",
    "prevue",
    "estimada",
    "estimado",
    "estimee",
];

/// A header in the spellings that tell what it may mean.
pub(super) struct Header {
    folded: String,
    letters: String,
    words: Vec<String>,
}

impl Header {
    pub(super) fn of(header: &str) -> Self {
        // A currency behind the name of an amount says nothing of what it is.
        let loose = header_currency(header)
            .map_or_else(|| loose_header(header), |(words, _)| words);
        Self {
            folded: fold_header(header),
            letters: squeeze_header(&loose),
            words: words_of(&loose),
        }
    }

    /// Whether it speaks of a day that is none yet.
    pub(super) fn is_foreseen(&self) -> bool {
        self.words.iter().any(|word| FORESEEN.contains(&word.as_str()))
    }
}

/// A name that formats know, in the spellings that headers are compared with.
struct Name {
    text: &'static str,
    letters: String,
    words: Vec<String>,
}

/// The names of fields by kind of record; spelled once, as each column meets all of them.
static NAMES: LazyLock<BTreeMap<(Record, Field), Vec<Name>>> = LazyLock::new(|| {
    let mut names: BTreeMap<_, Vec<Name>> = BTreeMap::new();
    for format in FORMATS {
        let Some(record) = format.record() else { continue };
        for column in format.columns {
            let of_field = names.entry((record, column.field)).or_default();
            of_field.extend(column.names.iter().map(|text| Name {
                text,
                letters: squeeze_header(text),
                words: words_of(text),
            }));
        }
    }
    names
});

/// How well a header fits a field of a kind, from 0 to [`EXACT`].
pub(super) fn fit(kind: &OwnKind, field: Field, header: &Header) -> u32 {
    // Persons are called alike, with deals or without.
    let record = match (kind.record, field) {
        (Record::ContactWithDeal, Field::FirstName | Field::LastName) => Record::Contact,
        (record, _) => record,
    };
    let names = NAMES.get(&(record, field)).into_iter().flatten();
    let mut best = 0;
    for name in names {
        if word_fits(&header.folded, name.text)
            || word_fits(&header.letters, &name.letters)
        {
            return EXACT;
        }
        best = best.max(partly(&header.words, name));
    }
    // Companies are what the companies of other records are.
    let hinting = match (kind.record, field) {
        (Record::Account, Field::Name) => Field::Company,
        _ => field,
    };
    let hint = WORDS.iter().find(|(own, _)| *own == hinting).map_or(0, |(_, hints)| {
        hints.iter().map(|hint| hinted(&header.words, hint)).max().unwrap_or(0)
    });
    best.max(hint)
}

/// Whether a word of a header hints at a field.
pub(super) fn says(field: Field, header: &str) -> bool {
    let words = words_of(&loose_header(header));
    let hints = WORDS.iter().filter(|(own, _)| *own == field);
    hints.flat_map(|(_, hints)| *hints).any(|hint| 0 < hinted(&words, hint))
}

/// Whether a header says that it is of leads.
pub(super) fn is_of_lead(header: &str) -> bool {
    let words = words_of(&loose_header(header));
    words.iter().any(|word| ["lead", "leads", "prospect", "mql"].contains(&word.as_str()))
}

/// Whether a header says what persons are called, and nothing else is.
pub(super) fn names_persons(header: &str) -> bool {
    fits("contact", Field::FullName, header) && !fits("deal", Field::Name, header)
}

/// Whether a header says a part of a person's name, and nothing else.
pub(super) fn is_persons_name(header: &str) -> bool {
    may_be_part(header) && !fits("deal", Field::Name, header)
}

/// Whether a header may say a part of a person's name, as `Nom` does beside `Prénom`.
pub(super) fn may_be_part(header: &str) -> bool {
    let parts = [Field::FirstName, Field::LastName];
    parts.into_iter().any(|field| fits("contact", field, header))
}

fn fits(kind: &str, field: Field, header: &str) -> bool {
    OwnKind::of(kind).is_some_and(|kind| fit(kind, field, &Header::of(header)) == EXACT)
}

/// Whether a header says something of a company that is not its name.
pub(super) fn is_of_part(header: &str) -> bool {
    const PARTS: [&str; 8] =
        ["size", "title", "type", "industry", "department", "phone", "city", "email"];
    words_of(&loose_header(header)).last().is_some_and(|it| PARTS.contains(&it.as_str()))
}

/// Whether a header says who gave work to whom.
pub(super) fn is_assigned(header: &str) -> bool {
    const GIVEN: [&str; 6] =
        ["assignee", "assigned", "creator", "zustandig", "bearbeiter", "asignado"];
    words_of(&loose_header(header)).iter().any(|word| GIVEN.contains(&word.as_str()))
}

/// Whether a header says how long somebody worked.
pub(super) fn is_of_hours(header: &str) -> bool {
    const HOURS: [&str; 9] = [
        "hours", "duration", "stunden", "dauer", "heures", "duree", "horas", "ore",
        "uren",
    ];
    words_of(&loose_header(header)).iter().any(|word| HOURS.contains(&word.as_str()))
}

fn words_of(text: &str) -> Vec<String> {
    let key = stage_key(text);
    key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a column holds what stands in one thing of a list, as `items/0/id` does.
pub(super) fn is_of_list(header: &str) -> bool {
    let mut parts = header.split('/').rev();
    parts.next();
    parts.any(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A name of several words, all of which the header has beside others.
fn partly(words: &[String], name: &Name) -> u32 {
    let parts = &name.words;
    if parts.len() < 2 || name.text.contains('*') {
        return 0;
    }
    let is_there = parts.iter().all(|part| words.contains(part));
    let others = words.len().saturating_sub(parts.len());
    let others = u32::try_from(others).unwrap_or(u32::MAX).min(4);
    if is_there { 80 - others * 10 } else { 0 }
}

/// A word of the header that is, or ends or begins with, a hint; the last word weighs most.
fn hinted(words: &[String], hint: &str) -> u32 {
    let weight = |(at, word): (usize, &String)| {
        let is_last = at + 1 == words.len();
        if word == hint {
            if is_last { 60 } else { 50 }
        } else if 4 < hint.len() && (word.ends_with(hint) || word.starts_with(hint)) {
            40
        } else {
            0
        }
    };
    words.iter().enumerate().map(weight).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, field: Field, header: &str, least: u32) {
        let fit = fit(OwnKind::of(kind).unwrap(), field, &Header::of(header));
        assert!(least <= fit && (least != 0 || fit == 0), "{header}: {fit}");
    }

    #[test]
    fn headers_mean_fields_by_name_or_by_their_words() {
        check("deal", Field::Amount, "closeValue", EXACT);
        check("deal", Field::Amount, "Opportunity Amount USD", 50);
        check("deal", Field::RemoteId, "Vorgangs-Nr", 50);
        check("deal", Field::ClosedAt, "Abschlusstermin", 40);
        check("deal", Field::Owner, "Zuständigkeit", 40);
        check("contact", Field::Email, "E-Mail-Adresse", EXACT);
        check("deal", Field::Amount, "Region", 0);
        check("lead", Field::FullName, "Deal Title", 0);
    }
}
