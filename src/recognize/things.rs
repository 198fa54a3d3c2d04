//! What tables are about, as the words of their headers say it: data. All are squeezed.

/// What tables of deals are about, as their headers say it.
pub(super) const DEALS: &[&str] = &[
    "deal",
    "deals",
    "opportunity",
    "opp",
    "project",
    "projekt",
    "verkaufschance",
    "geschaft",
    "geschafts",
    "negocio",
    "oportunidad",
    "trato",
    "proyecto",
    "oportunidade",
    "projeto",
    "transaction",
    "affaire",
    "opportunite",
    "projet",
    "trattativa",
    "opportunita",
    "affare",
    "kans",
    "obchod",
    "szansa",
    "szansy",
    "сделка",
    "сделки",
];

/// What is written for a sale to somebody who has bought or may, as headers say it.
pub(super) const DOCUMENTS: &[&str] = &[
    "invoice",
    "quote",
    "quotation",
    "estimate",
    "order",
    "payment",
    "receipt",
    "transaction",
    "ticket",
    "rechnung",
    "rechnungs",
    "angebot",
    "angebots",
    "bestell",
    "bestellung",
    "bestellungs",
    "auftrag",
    "auftrags",
    "zahlung",
    "zahlungs",
    "beleg",
    "quittung",
    "quittungs",
    "transaktion",
    "transaktions",
    "facture",
    "devis",
    "commande",
    "paiement",
    "factura",
    "presupusto",
    "pedido",
    "pago",
    "transaccion",
    "fattura",
    "preventivo",
    "ordine",
    "pagamento",
    "transazione",
    "factuur",
    "offerte",
    "bestelling",
    "betaling",
    "transactie",
    "fatura",
    "orcamento",
    "encomenda",
    "transacao",
    "faktura",
    "faktury",
];

/// What headers call numbers of something.
pub(super) const NUMBERS: &[&str] = &[
    "id",
    "no",
    "nr",
    "num",
    "number",
    "nummer",
    "numero",
    "numer",
    "ref",
    "reference",
    "referencia",
    "code",
    "codigo",
    "codice",
];

/// What headers call what invoices refer to, several of them perhaps to one.
pub(super) const REFERENCES: &[&str] =
    &["reference", "referencenumber", "ref", "referenz", "referencia", "kenmerk"];

/// What headers call days of something.
pub(super) const DAYS: &[&str] = &["date", "datum", "fecha", "data"];

/// What headers call the day by which something must be paid.
pub(super) const DUE: &[&str] = &[
    "du",
    "dudate",
    "duon",
    "duby",
    "paymentdu",
    "fallig",
    "falligam",
    "falligkeit",
    "falligkeitsdatum",
    "echeance",
    "dateecheance",
    "datedecheance",
    "vencimiento",
    "fechadevencimiento",
    "fechavencimiento",
    "scadenza",
    "datascadenza",
    "datadiscadenza",
    "vervaldatum",
    "vencimento",
    "datadevencimento",
];

/// What headers call amounts that stand on bills alone.
pub(super) const BILLED: &[&str] = &[
    "total",
    "subtotal",
    "net",
    "gross",
    "balance",
    "openbalance",
    "amountdu",
    "balancedu",
    "totaldu",
    "tax",
    "vat",
    "netto",
    "brutto",
    "nettobetrag",
    "bruttobetrag",
    "gesamtbetrag",
    "rechnungsbetrag",
    "restbetrag",
    "saldo",
    "mwst",
    "ust",
    "montantttc",
    "montantht",
    "totalttc",
    "totalht",
    "tva",
    "importetotal",
    "totalfactura",
    "bruto",
    "neto",
    "iva",
    "totale",
    "lordo",
    "imponibile",
    "totaal",
    "btw",
];

/// What headers of tickets call what somebody wrote about.
pub(super) const SUBJECTS: &[&str] = &[
    "subject",
    "betreff",
    "asunto",
    "sujet",
    "objet",
    "oggetto",
    "onderwerp",
    "assunto",
    "temat",
];

/// What headers of tickets and tasks call how urgent they are.
pub(super) const PRIORITIES: &[&str] = &[
    "priority",
    "prioritat",
    "prioridad",
    "priorite",
    "priorita",
    "prioriteit",
    "prioridade",
    "priorytet",
];

/// What headers say of persons and of nothing else; products have a gender and a lifecycle, too,
/// and an issue has its newsletter.
pub(super) const PERSONAL: &[&str] = &[
    "jobtitle",
    "berufsbezeichnung",
    "birthday",
    "birthdate",
    "dateofbirth",
    "dob",
    "geburtstag",
    "geburtsdatum",
    "cumpleanos",
    "fechadenacimiento",
    "datedenaissance",
    "compleanno",
    "datadinascita",
    "geboortedatum",
    "verjaardag",
    "datadenascimento",
    "dataurodzenia",
    "salutation",
    "anrede",
    "civilite",
    "aanhef",
    "lifecyclestage",
    "lifecyclephase",
    "etapadelciclodevida",
    "etapadociclodevida",
    "phaseducycledevie",
    "fasedelciclodivita",
    "contacttype",
    "customertype",
];

/// What tables of persons are about, as their headers say it.
pub(super) const PERSONS: &[&str] = &[
    "contact",
    "lead",
    "person",
    "prospect",
    "client",
    "customer",
    "kontakt",
    "kontakts",
    "leads",
    "kunde",
    "kunden",
    "interessent",
    "interessenten",
    "contacto",
    "cliente",
    "persona",
    "prospecto",
    "contato",
    "pessoa",
    "personne",
    "contatto",
    "klant",
    "osoba",
    "klient",
    "ansprechpartner",
];

/// Of these those whom somebody would like to have as customers.
pub(super) const LEADS: &[&str] =
    &["lead", "leads", "prospect", "prospecto", "interessent", "interessenten"];

/// Of these those who are named wherever something is for somebody.
pub(super) const ROLES: &[&str] = &[
    "contact",
    "client",
    "customer",
    "kontakt",
    "kontakts",
    "kunde",
    "kunden",
    "contacto",
    "cliente",
    "contato",
    "contatto",
    "klant",
    "klient",
    "ansprechpartner",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::header;

    #[test]
    fn things_are_squeezed() {
        let things = [
            DEALS, PERSONS, DOCUMENTS, NUMBERS, DAYS, DUE, BILLED, SUBJECTS, PRIORITIES,
            PERSONAL, REFERENCES,
        ];
        for thing in things.into_iter().flatten() {
            assert_eq!(header::squeezed(thing), *thing);
        }
        assert!(LEADS.iter().chain(ROLES).all(|word| PERSONS.contains(word)));
    }
}
