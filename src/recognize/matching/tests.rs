use super::*;
use crate::recognize::{Own, OwnKind};

/// The formats that fit a header best.
fn fitting(header: &str) -> Vec<&'static str> {
    fitting_in(&Registry::default(), header)
}

fn fitting_in(registry: &Registry, header: &str) -> Vec<&'static str> {
    let found = best(registry, &cells(header));
    found.into_iter().map(|(format, _)| format.name).collect()
}

fn cells(header: &str) -> Vec<String> {
    header.split(',').map(str::to_owned).collect()
}

fn check(header: &str, format: &str) {
    assert_eq!(fitting(header), [format], "{header}");
}

#[test]
fn a_table_of_which_nothing_would_be_taken_is_another_where_more_columns_say_so() {
    check("Deal Name,Stage,Amount,Close Date,Date,Link", "generic-deals");
    check("Name,Email,Lead Status,Date,Link", "generic-leads");
    check("Organization,Followed On,Email,Lead Status,Name", "generic-leads");
    check("Company Names,Job Titles,Name,Email,Lead Status", "generic-leads");
    check("date,post_url,impressions,engagements", "post-analytics");
    check("date,post_url,impressions,engagements,likes,comments", "post-analytics");
    // With their own columns, or columns that mean nothing else, they stay what they are.
    check("Date,Link", "linkedin-instant-reposts");
    check("Date,Impressions,Engagements", "linkedin-analytics-days");
    check("Date,Impressions,Engagements,Followers", "linkedin-analytics-days");
    check(
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "linkedin-recommendations",
    );
    check("Connection First Name,Connection Last Name,Note,Created At", "linkedin-notes");
}

#[test]
fn a_deals_id_beside_no_person_tells_deals() {
    let is_lead = |header| fitting(header).contains(&"generic-leads");
    assert!(!is_lead("deal_id,lead_id,status,close_at,final_mrr_usd"));
    assert!(!is_lead("deal_id,contact_id,stage_id,source,created_at,currency"));
    assert!(!is_lead("Opportunity ID,Contact ID,Status,Source"));
    assert!(is_lead("mql_id,first_contact_date,landing_page_id,origin"));
    assert!(is_lead("Lead ID,Deal ID,Email,Lead Status"));
    // The first id is the row's own, unless a lead's status says whose row it is.
    check("Lead ID,Opportunity ID,Lead Status,Lead Source,Created", "generic-leads");
    check("Lead ID,Lead Status,Lead Source,Created,Deal ID", "generic-leads");
    check("Lead Number,Status,Account,Deal Id", "generic-leads");
    check("Deal ID,Lead ID,Lead Status,Lead Source,Created", "generic-leads");
    assert!(!is_lead("Contact ID,Deal ID,Status,Source"));
}

#[test]
fn who_may_be_converted_is_a_lead_whatever_came_of_it() {
    check(
        "First Name,Last Name,ID,Account Name,Email Address,Status,Lead Source,Converted,\
         Opportunity Name,Opportunity Amount,Contact ID,Account ID,Opportunity ID,\
         Date Created,Date Modified",
        "generic-leads",
    );
}

#[test]
fn what_has_a_deals_stage_or_its_id_alone_is_not_taken_for_leads() {
    let person = "First Name,Last Name,Converted";
    check(
        &format!("Deal ID,{person},Deal Name,Deal Stage,Amount,Close Date"),
        "generic-deals",
    );
    check(
        &format!("Deal ID,{person},Deal Name,Status,Amount,Close Date"),
        "generic-deals",
    );
    let both = ["generic-leads", "generic-deals"];
    let alike = |header: &str| assert_eq!(fitting(header), both, "{header}");
    alike(&format!("Deal Name,{person},Stage,Amount,Close Date"));
    alike(&format!("ID,{person},Deal Name,Stage,Amount,Close Date"));
    alike(&format!("ID,{person},Email,Stage,Amount,Close Date,Deal Name"));
    check(
        "First Name,Last Name,Title,Company,Email,Lead Source,Lead Status,Is Converted,\
         Opportunity Name,Amount,Stage,Close Date",
        "salesforce-opportunity-report",
    );
}

#[test]
fn leads_in_columns_of_the_users_own_leave_hubspots_contacts_as_they_are() {
    check(
        "Record ID,First Name,Last Name,Email,Lifecycle Stage,Lead Status,Converted,\
         Create Date,Contact owner,Lead ID,Original Source,Associated Deal IDs,Company,\
         Mobile,Country,Source,Lead Channel,Converted Date,Converted On",
        "hubspot-contacts",
    );
}

#[test]
fn a_vendor_whose_ids_are_missing_leaves_a_wider_table_to_nobody() {
    let header = "Account Name,Opportunity Name,Stage,Value,Currency,Close Date";
    check(header, "salesforce-opportunity-report");
    check(&format!("{header},Status"), "generic-deals");
    check(&format!("{header},Status,Opportunity ID"), "salesforce-opportunity-report");
}

#[test]
fn names_that_any_crm_has_are_not_hubspots() {
    let contacts = "Contact ID,First Name,Last Name,Email,LinkedIn";
    check(&format!("{contacts},Created"), "generic-contacts");
    check(&format!("{contacts},Lifecycle Stage"), "hubspot-contacts");
    check("Record ID,First Name,Last Name,Email", "hubspot-contacts");
    check("ID de registro,Nombre,Apellidos,Correo", "hubspot-contacts");
    check("hs_object_id,firstname,lastname,email", "hubspot-contacts");
    let deals = "Deal ID,Deal Name,Deal Stage,Amount,Close Date";
    check(deals, "generic-deals");
    check(&format!("{deals},Associated Contact IDs"), "hubspot-deals");
    check("Record ID,Deal Name,Deal Stage", "hubspot-deals");
    check(&format!("{deals},Pipeline"), "generic-deals");
    check(&format!("{deals},Pipeline,Deal owner"), "generic-deals");
    for usual in ["Deal Owner", "Deal Probability", "Create Date"] {
        check(&format!("{deals},{usual}"), "generic-deals");
    }
    for usual in ["Contact owner", "Create Date"] {
        check(&format!("{contacts},{usual}"), "generic-contacts");
    }
    for own in ["Is Deal Closed?", "Amount in company currency"] {
        check(&format!("{deals},{own}"), "hubspot-deals");
    }
    for own in ["Became a Customer Date", "Marketing contact status"] {
        check(&format!("{contacts},{own}"), "hubspot-contacts");
    }
}

#[test]
fn headers_of_a_vendors_own_are_no_other_vendors() {
    let letters = |name: &&'static str| Spelling::of(name).letters.clone();
    for format in FORMATS.iter().filter(|format| !format.crm().own.is_empty()) {
        let vendor = format.name.split('-').next().unwrap();
        // Another vendor's ids may be called the same; more columns tell that vendor.
        let required = format.columns.iter().filter(|column| column.is_required);
        let ids: Vec<_> = required.flat_map(|column| column.names).collect();
        let own = format.crm().own.iter();
        let own = own.filter(|name| !name.contains('*') && !ids.contains(name));
        let others = FORMATS.iter().filter(|other| {
            other.record().is_some()
                && !other.crm().is_generic
                && !other.name.starts_with(vendor)
        });
        let others = others.flat_map(|other| other.columns);
        let others: Vec<_> =
            others.flat_map(|column| column.names).map(letters).collect();
        for name in own {
            assert!(!others.contains(&letters(name)), "{name} of {}", format.name);
        }
    }
}

#[test]
fn headers_that_the_user_gives_a_vendor_are_its_own() {
    let mut registry = Registry::default();
    let mut add = |format: &str, field, name: &str| {
        registry.add_names(Some(format), field, &[name.to_owned()]).unwrap();
    };
    add("hubspot-deals", Field::RemoteId, "Identyfikator rekordu");
    add("hubspot-deals", Field::Name, "Nazwa transakcji");
    add("hubspot-deals", Field::Stage, "Etap transakcji");
    add("hubspot-contacts", Field::RemoteId, "Identyfikator rekordu");
    add("hubspot-contacts", Field::FirstName, "Imię");
    add("hubspot-contacts", Field::LastName, "Nazwisko");
    let check = |header: &str, format: &str| {
        assert_eq!(fitting_in(&registry, header), [format], "{header}");
    };
    let deals = "Nazwa transakcji,Etap transakcji,Kwota";
    check(&format!("Identyfikator rekordu,{deals}"), "hubspot-deals");
    check("Identyfikator rekordu,Imię,Nazwisko,E-mail", "hubspot-contacts");
    check("Deal ID,Deal Name,Deal Stage,Amount,Close Date", "generic-deals");
}

#[test]
fn what_a_header_lacks_of_a_vendors_own_is_no_pattern() {
    let own = |format: &&Format| format.crm().own.first().copied();
    assert!(FORMATS.iter().filter_map(own).all(|name| !name.contains('*')));
    let nearest = nearest(&Registry::default(), &cells("Deal ID,Deal Name,Deal Stage"));
    assert_eq!(nearest.unwrap().lacks, ["Record ID"]);
}

#[test]
fn people_whom_a_search_found_are_no_engagers() {
    let header = "profileUrl,fullName,companyName,title,location,query,timestamp";
    check(header, "phantombuster-search");
    check("profileUrl,fullName,title,degree", "phantombuster-short");
    check("profileUrl,fullName,title,postUrl,query", "phantombuster-engagers");
    let found = "profileUrl,fullName,query,Email";
    check(&format!("{found},Phone,Company,Country"), "phantombuster-search");
    check(&format!("{found},Lead Status"), "generic-leads");
    check("profileUrl,fullName,title,Email,Status,Source", "generic-leads");
}

#[test]
fn a_format_of_the_users_own_comes_before_a_wider_one_of_nobodys() {
    let mut own = Own::new("acme-deals", OwnKind::of("deal").unwrap());
    own.columns.push((Field::Name, vec!["Deal Name".to_owned()]));
    own.columns.push((Field::Stage, vec!["Stage".to_owned()]));
    let mut registry = Registry::default();
    registry.add(&own).unwrap();
    let cells = ["Deal Name", "Stage", "Status", "Amount", "Close Date"];
    let found = best(&registry, &cells.map(str::to_owned));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0.name, "acme-deals");
}

#[test]
fn what_is_worth_something_and_closed_is_a_deal_of_whomever_it_names() {
    let is_known = |header| !fitting(header).is_empty();
    check(
        "Deal No,Deal Title,Customer Name,Email,Stage,Amount,Close Date",
        "generic-deals",
    );
    check(
        "ID szansy,Nazwa szansy,Klient,E-mail,Etap,Wartość,Waluta,Data zamknięcia",
        "generic-deals",
    );
    // Where nothing is known that tells how it stands, it is nothing else.
    assert!(!is_known("Deal No,Deal Title,Customer Name,Email,Progress,Amount,Created"));
    assert!(!is_known("Opportunity,Email,Company,Progress,Value,Created"));
    assert!(!is_known("Client,Email,Progress,Fee,Signed On,Created"));
    assert!(!is_known("Full Name,Email,Sales Phase,Amount,Created"));
    // An order names its buyer.
    assert!(!is_known(
        "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Id"
    ));
    assert!(!is_known("Name,Email,Source,Currency,Total,Created at"));
    assert!(!is_known("Order#,Date,Customer Name,Email,Status,Currency,Tax,Total"));
    assert!(!is_known(
        "Name,Email,Currency,Total,Created at,Billing City,Billing Country,Id,Phone,Source"
    ));
}

#[test]
fn what_a_person_is_worth_makes_no_deal_of_them() {
    check("First Name,Last Name,Email,Status,Revenue,Created", "generic-leads");
    check("Lead Name,Email,Lead Status,Deal Value,Closed,Created", "generic-leads");
    check("Name,Email,Status,Source,Estimated Value,Created", "generic-leads");
    check("Contact ID,Full Name,Email,Title,Revenue,Created", "generic-contacts");
    check("Customer ID,Name,Email,Deal ID,Total,Created", "generic-contacts");
    check("First Name,Last Name,Email,Total,Currency,Created", "generic-contacts");
    check("Lead Name,Email,Lead Status,Amount,Currency", "generic-leads");
}

#[test]
fn whom_something_is_for_is_no_person_without_more() {
    let is_known = |header| !fitting(header).is_empty();
    for header in [
        "Invoice Number,Customer Name,Invoice Date,Due Date,Amount,Currency,Status",
        "Invoice No,Client,Date,Amount due,Status",
        "Ticket ID,Customer,Subject,Status,Priority,Created",
        "Task,Assigned To,Status,Due,Contact",
        "Candidate,Client,Job,Stage,Source,Date Added",
        "Rechnungsnummer,Kunde,Datum,Fällig am,Status",
        "Numéro,Nom du client,Date,Échéance,Montant TTC,Statut",
        "Case,Contact,Owner,Created",
    ] {
        assert!(!is_known(header), "{header}");
    }
    check("Client,Email,Status", "generic-leads");
    check("Customer Number,Customer,Status", "generic-leads");
    check("Contact,Lead Status", "generic-leads");
    check("Prospect,Status,Source", "generic-leads");
    check("Name,Status", "generic-leads");
    check("Contact,Phone,Owner", "generic-contacts");
}

#[test]
fn what_is_written_for_a_sale_is_no_list_of_persons() {
    let is_of_persons = |header: &str| {
        fitting(header)
            .iter()
            .any(|name| ["generic-leads", "generic-contacts"].contains(name))
    };
    for header in [
        "Invoice No,Customer,Email,Invoice Date,Due Date,Total,Status",
        "Rechnungsnummer,Kunde,E-Mail,Rechnungsdatum,Bruttobetrag,Status",
        "N° facture,Client,Courriel,Date de facture,Date d'échéance,Total TTC,Statut",
        "Nº factura,Cliente,Correo,Fecha de factura,Vencimiento,Total,Estado",
        "Factuurnummer,Klant,E-mail,Factuurdatum,Vervaldatum,Totaal,Status",
        "Nº da fatura,Cliente,E-mail,Data da fatura,Vencimento,Total,Estado",
        "Devis,Client,Courriel,Montant HT,Statut",
        "Numéro,Objet,Statut,Total TTC,Date,E-mail du client",
        "Order ID,Customer Name,Customer Email,Status,Net,Date",
        "Order No,Name,Email,Status,Created",
        "Date,Customer,Email,Total,Due Date,Status",
        "Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,\
         Absender E-Mail-Adresse,Empfänger E-Mail-Adresse,Transaktionscode",
    ] {
        assert!(!is_of_persons(header), "{header}");
    }
    // A list of persons may say what was written for them, or sent to them.
    check("Contact ID,First Name,Last Name,Email,Invoice No,Status", "generic-leads");
    check("Name,Email,Source,Status,Order ID", "generic-leads");
    check("Lead ID,Name,Email,Status,Invoice No", "generic-leads");
    check("Lead Name,Email,Status,Quote sent,Value,Created", "generic-leads");
    check("First Name,Last Name,Email,Total Spent,Total Orders,Status", "generic-leads");
    check("Name,Email,Status,Due Date", "generic-leads");
}

#[test]
fn what_has_a_bare_name_may_be_anything() {
    for header in [
        "id,name",
        "id,name,price",
        "id,name,url,lists,cards",
        "SKU,Name,Created",
        "Artikel,Name,Status",
        "Ticket ID,Name,Status,Created",
        "Ticket ID,Name,Customer,Status",
        "Id,Name,Status,Created",
        "Name,Status,Due date",
        "ID,Nombre,Estado,Vencimiento",
        "ID,Nom,Statut,Couleur",
    ] {
        assert_eq!(fitting(header), [""; 0], "{header}");
    }
    check("Name,Status,Created", "generic-leads");
    check("Name,Company,Status,Notes", "generic-leads");
    check("Name,Phone,Status,Notes", "generic-leads");
    check("Name,Source,Status,Notes", "generic-leads");
    check("Name,LinkedIn,Status,Notes", "generic-leads");
    check("Kundennummer,Name,Angelegt am,Ort", "generic-contacts");
    check("ID,Nombre,Apellidos,Estado", "generic-leads");
    check("Nom,Prénom,Statut,Remarques", "generic-leads");
    check("Id,Full Name,Created,City", "generic-contacts");
}

#[test]
fn what_only_persons_have_tells_persons() {
    check("Name,Status,Job title", "generic-leads");
    check("Name,Status,Geburtstag,Notes", "generic-leads");
    check("Customer,Birthday,Status", "generic-leads");
    check("Name,Email,Lifecycle,Position,Comments,Tags", "generic-contacts");
    check("First name,Last name,Lifecycle stage,Job title", "generic-contacts");
    check("First name,Last name,Phone,Birthday,Newsletter", "generic-contacts");
    check("Name,Lifecycle stage,Notes", "generic-contacts");
    // These are anything's.
    for header in [
        "Name,Status,Position,Notes,Tags",
        "ID,Name,Status,Newsletter",
        "ID,Name,Status,Gender,Size",
        "ID,Name,Status,Lifecycle",
    ] {
        assert_eq!(fitting(header), [""; 0], "{header}");
    }
}

#[test]
fn numbers_of_orders_and_tickets_beside_persons_are_not_read_as_persons() {
    let is_of_persons = |header: &str| {
        let is_such = |name: &&str| name.contains("lead") || name.contains("contact");
        fitting(header).iter().any(is_such)
    };
    for header in [
        "Order ID,First Name,Last Name,Email,Status",
        "Order Number,Order Date,First Name,Last Name,Email,Shipping Method,Status",
        "Bestellnummer,Vorname,Nachname,E-Mail,Telefon,Versandart",
        "Ticket ID,Name,Email,Phone,Checked in",
        "Order ID,First Name,Last Name,Email,Phone,Status,Total",
        "Order ID,First Name,Last Name,Email,Phone,Status,Currency",
        "Invoice No,First Name,Last Name,Email,Phone,Status,Due date",
        "Invoice No,Customer,Email,Phone,Status,Sent",
        "Ticket ID,Name,Email,Phone,Status,Created",
        "Ticket ID,First Name,Last Name,Email,Phone,Subject,Status,Created",
        "Ticket ID,Subject,Status,Priority,Source,Agent,Full name,Email,Work phone",
        "Id,Name,Email,Subject,Status,Priority,Created at",
        "Name,Person,Status,Date",
    ] {
        assert!(!is_of_persons(header), "{header}");
    }
    // A form that persons filled in has no id.
    check("Name,Email,Company,Priority,Status,Subject", "generic-leads");
    check("First Name,Last Name,Email,Subject,Priority,Created", "generic-contacts");
    check("Person,Status,Date", "generic-leads");
}

#[test]
fn a_reference_of_several_invoices_is_no_id() {
    for (header, at) in [
        ("Contact Name,Email,Invoice Number,Reference,Due Date,Total,Status", 2),
        ("Reference,Payment ID,Customer Email,Amount,Status", 1),
        ("Reference,Deal Name,Amount,Stage,Invoice Number", 0),
        ("Reference,Order ID,Amount,Stage,Invoice Number", 1),
    ] {
        check(header, "generic-deals");
        let found = best(&Registry::default(), &cells(header));
        assert_eq!(found[0].1.first(Field::RemoteId), Some(at), "{header}");
    }
}

#[test]
fn what_is_due_is_an_invoice_beside_what_else_tells_one() {
    check("First Name,Last Name,Email,Status,Revenue,Due", "generic-leads");
    check("Vorname,Nachname,E-Mail,Status,Umsatz,Fällig", "generic-leads");
    let is_lead = |header: &str| fitting(header).contains(&"generic-leads");
    for header in [
        "First Name,Last Name,Email,Status,Revenue,Due,Invoice",
        "First Name,Last Name,Email,Status,Total,Due date",
        "Customer,Email,Status,Revenue,Due date,Created",
        "Customer,Email,Amount due,Due date,Status",
        "Kunde,E-Mail,Restbetrag,Fällig am,Status",
    ] {
        assert!(!is_lead(header), "{header}");
    }
}

#[test]
fn what_is_taken_of_a_payment_is_not_its_amount() {
    for (header, at) in [
        ("Date,Name,Type,Status,Currency,Fee,Gross,Net,Transaction ID", 6),
        ("Datum,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,Transaktionscode", 5),
        ("Fecha,Nombre,Tipo,Estado,Divisa,Bruto,Comisión,Neto,Id. de transacción", 5),
        ("Date,Nom,Type,État,Devise,Avant commission,Commission,Net", 5),
    ] {
        let found = best(&Registry::default(), &cells(header));
        let (format, columns) = &found[0];
        assert_eq!(format.name, "generic-deals", "{header}");
        assert_eq!(columns.first(Field::Amount), Some(at), "{header}");
    }
}

#[test]
fn an_id_of_anybodys_makes_no_table_a_vendors() {
    let header = "Opportunity Name,Stage,Status,Amount,Currency,Created,Closed On,Email";
    check(&format!("Opportunity Number,{header}"), "generic-deals");
    check(&format!("Opportunity ID,{header}"), "salesforce-opportunity-report");
}

#[test]
fn one_name_that_only_reads_alike_tells_no_vendor() {
    let header =
        "First Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Value";
    assert!(fitting(header).is_empty());
    check("Organization - Name,People", "pipedrive-organizations");
    check("Organization Name,Organization ID", "pipedrive-organizations");
}

#[test]
fn whose_a_deal_is_has_the_names_that_ids_of_persons_have() {
    let ids = |header: &str| {
        let found = best(&Registry::default(), &cells(header));
        let (format, columns) = &found[0];
        assert_eq!(format.name, "generic-deals", "{header}");
        columns.first(Field::ContactIds)
    };
    for name in ["Customer Number", "Kunden-ID", "Kundennummer", "Numéro client"] {
        let header = format!("Deal Number,Deal Name,{name},Stage,Amount,Close Date");
        assert_eq!(ids(&header), Some(2), "{header}");
    }
    assert_eq!(ids("Deal Number,Deal Name,Code,Stage,Amount,Close Date"), None);
}
