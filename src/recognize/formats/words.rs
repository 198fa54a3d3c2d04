//! What tables of nobody's own call their columns, in the languages of exports.

use super::Names;

/// An e-mail address.
pub(super) const EMAIL: Names = &[
    "Email",
    "E-mail",
    "Email Address",
    "E-Mail-Adresse",
    "Mail",
    "Work Email",
    "Email 1",
    "Email 2",
    "Primary Email",
    "correo",
    "correo electrónico",
    "Courriel",
    "adresse e-mail",
    "adresse email",
    "Posta elettronica",
    "e-mailadres",
    "E-mailadresse",
    "E-postadress",
    "e-mailová adresa",
    "adres e-mail",
    "электронная почта",
    "почта",
    "メール",
    "メールアドレス",
];

/// A first name.
pub(super) const FIRST_NAME: Names = &[
    "First Name",
    "Firstname",
    "Given Name",
    "Vorname",
    "Nombre",
    "prénom",
    "Prenom",
    "Nome",
    "Voornaam",
    "jméno",
    "imię",
    "förnamn",
    "Fornavn",
    "имя",
];

/// A last name.
pub(super) const LAST_NAME: Names = &[
    "Last Name",
    "Lastname",
    "Surname",
    "Family Name",
    "Nachname",
    "Familienname",
    "Apellido",
    "Apellidos",
    "Nom",
    "Nom de famille",
    "Cognome",
    "Sobrenome",
    "Achternaam",
    "příjmení",
    "nazwisko",
    "Efternamn",
    "Etternavn",
    "фамилия",
];

/// A full name.
pub(super) const FULL_NAME: Names = &[
    "Full Name",
    "Name",
    "Contact Name",
    "Person",
    "Contact",
    "Lead Name",
    "Client",
    "Client Name",
    "Kunde",
    "Ansprechpartner",
    "Nombre completo",
    "Nom complet",
    "Nome completo",
    "celé jméno",
    "imię i nazwisko",
    "фио",
    "氏名",
    "名前",
];

/// A company.
pub(super) const COMPANY: Names = &[
    "Company",
    "Company Name",
    "Account",
    "Account Name",
    "Organization",
    "Organisation",
    "Firma",
    "Unternehmen",
    "Empresa",
    "compañía",
    "Entreprise",
    "société",
    "Azienda",
    "società",
    "Bedrijf",
    "společnost",
    "företag",
    "Virksomhed",
    "компания",
    "会社",
    "会社名",
];

/// When a record was made.
pub(super) const CREATED: Names = &[
    "Created",
    "Created At",
    "Created Date",
    "Create Date",
    "Created On",
    "Created Time",
    "Creation Date",
    "Date Created",
    "Date Added",
    "Added",
    "Added On",
    "Erstellt",
    "Erstellt am",
    "Erstelldatum",
    "Erstellungsdatum",
    "Angelegt am",
    "fecha de creación",
    "creado",
    "date de création",
    "créé le",
    "Data di creazione",
    "data de criação",
    "Criado em",
    "Aangemaakt",
    "Aanmaakdatum",
    "vytvořeno",
    "datum vytvoření",
    "Utworzono",
    "data utworzenia",
    "Skapad",
    "Oprettet",
    "Opprettet",
    "дата создания",
    "作成日",
];

/// When a record was changed.
pub(super) const CHANGED: Names = &[
    "Modified",
    "Last Modified",
    "Last Modified Date",
    "Modified Time",
    "Updated",
    "Updated At",
    "Last Updated",
    "geändert am",
    "fecha de modificación",
    "Date de modification",
    "Upraveno",
];

/// Whose record it is.
pub(super) const OWNER: Names = &[
    "Owner",
    "Sales Rep",
    "Salesperson",
    "Rep",
    "Assigned To",
    "Account Executive",
    "Besitzer",
    "eigentümer",
    "Betreuer",
    "zuständig",
    "Propietario",
    "propriétaire",
    "Responsable",
    "Proprietario",
    "Eigenaar",
    "vlastník",
    "właściciel",
    "ответственный",
    "担当者",
];

/// A LinkedIn profile.
pub(super) const PROFILE: Names =
    &["LinkedIn", "LinkedIn URL", "LinkedIn Profile", "Profile URL", "*linkedin*"];

/// A source that a rep entered.
pub(super) const ENTERED: Names = &[
    "Lead Source",
    "Source",
    "Deal Source",
    "Campaign Source",
    "Referral Source",
    "Standard Source",
    "Lead Origin",
    "Quelle",
    "Leadquelle",
    "lead-quelle",
    "Herkunft",
    "Origen",
    "Fuente",
    "origine",
    "Fonte",
    "Origem",
    "Bron",
    "zdroj",
    "źródło",
    "източник",
    "источник",
    "ソース",
];

/// A source that the person names.
pub(super) const SELF_REPORTED: Names = &[
    "How did you hear about us",
    "How did you hear about us?",
    "*hear*about*",
    "*find*us*",
    "*found*us*",
    "*auf uns aufmerksam*",
    "*von uns erfahren*",
    "*cómo nos conoci*",
    "*como nos conoci*",
    "*comment nous avez*",
    "*comment avez*connu*",
    "*come ci hai*",
    "*jak*dozv*",
    "*hoe*gevonden*",
];

/// A source that was tracked.
pub(super) const TRACKED: Names = &[
    "utm_*",
    "utm source",
    "utm campaign",
    "Traffic Source",
    "Original Source",
    "Original Traffic Source",
];
