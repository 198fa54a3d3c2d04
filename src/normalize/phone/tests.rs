use super::*;

#[test]
fn one_number_has_one_key_however_it_is_written() {
    let check = |text: &str, country: &str, expected: Option<&str>| {
        let own = all(text, Country::of(country));
        assert!(own.len() < 2, "{text:?}");
        let own = own.first().map(String::as_str);
        assert_eq!(own, expected, "{text:?} in {country:?}");
    };
    for text in [
        "+61 412 555 018",
        "0061 412 555 018",
        "+61 (0)412 555 018",
        "+61 0412-555-018",
        "'+61412555018",
        "tel:+61412555018",
        "＋６１ ４１２ ５５５ ０１８",
    ] {
        check(text, "", Some("+61412555018"));
    }
    for text in ["0412 555 018", "(0412) 555.018", "0011 61 412 555 018"] {
        check(text, "Australia", Some("+61412555018"));
    }
    check("0412 555 018", "", Some("0412555018"));
    check("(415) 555-0132", "USA", Some("+14155550132"));
    check("1-415-555-0132 ext. 12", "us", Some("+14155550132x12"));
    check("06 1 555 0132", "Hungary", Some("+3615550132"));
    check("02 5550 1328", "Italia", Some("+390255501328"));
    // Without its area a number is many people's.
    check("555 0132", "US", Some("5550132"));
    for text in ["", "n/a", "555-CALL-NOW", "0000000000", "1234567", "12 34", "call 3"] {
        check(text, "US", None);
    }
}

#[test]
fn words_and_others_may_stand_around_a_number() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(all(text, None), expected, "{text:?}");
    };
    for text in [
        "+1 415 555 0134 (mobile)",
        "Mobile: +1 (415) 555-0134",
        "TEL:+1 415 555 0134",
        "(home +1 415 555 0134)",
        "+1 415 555 0134\u{ff08}\u{624b}\u{673a}\u{ff09}",
        "ann2@b.example, +1 415 555 0134, Bob",
    ] {
        check(text, &["+14155550134"]);
    }
    check("030 9018274 (privat)", &["0309018274"]);
    check("+49 (0) 30 / 9018274", &["+49309018274"]);
    check("030/9018274", &["0309018274"]);
    check("+1 415 555 0134, ext 44", &["+14155550134x44"]);
    check("030 9018274-DW12 (work)", &["0309018274x12"]);
    check("8 (495) 183-45-27 доб. 12", &["84951834527x12"]);
    let both = ["4155550134", "4155550135"];
    for between in [" / ", "/", " or ", "; ", ", ", "\n", " (home) | "] {
        check(&format!("415-555-0134{between}415 555 0135"), &both);
    }
    check("+1 415 555 0134 +1 415 555 0135", &["+14155550134", "+14155550135"]);
    for text in [
        "4.91761234567E+11",
        "10:30:15 2024-05-01:2024",
        "user12345678",
        "12345678@b.example",
        "https://b.example/12345678",
        "3f2504e04f8911d39a0c0305e82c3301",
        "ext. 12",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_else_is_counted_beside_words_is_no_number() {
    let check = |text: &str, country: &str, expected: &[&str]| {
        let found = all(text, Country::of(country));
        assert_eq!(found, expected, "{text:?} in {country:?}");
    };
    let berlin = ["+49309018274"];
    for text in [
        "+49 30 9018274 (Mo-Fr 0900-1700)",
        "030 9018274 (9-17 Uhr)",
        "030 9018274, 09.00 - 17.30",
        "030 9018274; 0900\u{2013}1700",
        "030/9018274 8.00-12.00",
        "Termin 01.05.2024 030 9018274",
        "2024-05-01: 030 9018274",
        "9018273a (alt), 030 9018274 (neu)",
        "Tel.: 030 9018274 | Postfach 7654821",
    ] {
        check(text, "DE", &berlin);
    }
    let two = ["+491721234576", "+4930901827412"];
    check("0172 1234576 oder 030/9018274-12", "DE", &two);
    for country in ["DE", "US", "DK", ""] {
        for text in [
            "nicht anrufen vor 2024-05-01",
            "2024-05-01",
            "1/5/2024 - 31/5/2024",
            "Mo-Fr 0900-1700",
            "0900 - 1700",
            "PO Box 7654821",
            "415 555 0134 415 555 0135",
        ] {
            check(text, country, &[]);
        }
    }
    for text in [
        "+49 30 9018274 (9-17)",
        "+49 30 9018274 9-17 Uhr",
        "030 9018274 9\u{2013}17 Uhr",
        "0049 30 9018274 8-12 14-18 Uhr",
    ] {
        check(text, "DE", &berlin);
    }
    check("+1 415 558-5134 (8-5)", "", &["+14155585134"]);
    check("+45 90 18 10-12", "", &["+4590181012"]);
    // Nor does what has more digits than its country's numbers go into one.
    for text in ["+1 415 555 0134 2024", "+49 30 9018274 9 - 17 Uhr"] {
        check(text, "", &[]);
    }
    check("+52 1 55 5555 0134", "", &["+525555550134"]);
    check("+61 1300 555 018", "", &["+611300555018"]);
    check("Ticket 2024-0001234", "US", &[]);
    check("Ticket 20240012", "", &[]);
    check("Mob: 90 18 27 40", "", &["90182740"]);
    check("Mob: 90 18 27 40", "DE", &[]);
    check("Unit 5 0412 555 018", "AU", &[]);
    check("Tel. 90 18 27 40", "DK", &["+4590182740"]);
    check("555 0132 x12", "US", &["5550132x12"]);
    let paris = ["+33142685300x12", "+33614325781"];
    check("Standard : 01 42 68 53 00 poste 12, perso 06.14.32.57.81", "France", &paris);
    check("Mob: 98450 32176 / 011-23450687", "IN", &["+919845032176", "+911123450687"]);
    let both = ["+14155550134", "+14155550135"];
    for between in [" di@dole.example ", "|di@dole.example|", " https://b.example/1 "] {
        check(&format!("415 555 0134{between}415 555 0135"), "US", &both);
    }
}

#[test]
fn pairs_of_digits_are_of_the_number_that_has_room_for_them() {
    let check = |text: &str, country: &str, expected: &[&str]| {
        let found = all(text, Country::of(country));
        assert_eq!(found, expected, "{text:?} in {country:?}");
    };
    for text in
        ["+49 40 4158 10-12", "0049 40 4158 10-12", "+49 (0)40 41 58 10\u{2013}12"]
    {
        check(text, "", &["+494041581012"]);
    }
    check("(040) 41 58 10-12", "DE", &["+494041581012"]);
    check("(040) 41 58 20-15", "DE", &["+494041582015"]);
    check("+49 40 41581 10-12", "", &["+4940415811012"]);
    check("+380 44 583 01-02", "", &["+380445830102"]);
    check("+380 44 583 10-15", "", &["+380445831015"]);
    check("+48 22 583 10-20", "", &["+48225831020"]);
    check("+33 1 42 68 10-12", "", &["+33142681012"]);
    check("+1 415 555 10-12", "", &["+14155551012"]);
    // Nothing is known of these countries.
    check("+7 812 583 01-02", "", &["+78125830102"]);
    check("+375 17 258 01-02", "", &["+375172580102"]);
    check("812 583 01-02", "", &["8125830102"]);
    for text in
        ["+7 812 583 01 02 9-17", "+7 812 583-01-02 10-12", "+7 8125830102 (9-17)"]
    {
        check(text, "", &["+78125830102"]);
    }
    for text in ["040 41581 9-17", "040 41581 (10-12)", "040 41581 8.30-12.00"] {
        check(text, "DE", &["+494041581"]);
    }
    check("040 41581012 10-12", "DE", &["+494041581012"]);
    check("+33 1 42 68 53 00 10-12", "", &["+33142685300"]);
    // A company's own, which is longer than others.
    check("+353 1800 902 746", "", &["+3531800902746"]);
    check("+91 1800 902 7460", "", &["+9118009027460"]);
}

#[test]
fn a_short_number_is_whole_with_its_area_or_where_all_are_as_short() {
    let (germany, denmark) = (Country::of("DE"), Country::of("DK"));
    for text in
        ["seit 2019 / 2024", "Buro 4711 4712", "Hamburg 20095 12", "KdNr. 2840917"]
    {
        let kept = all(text, None);
        assert!(kept.iter().all(|kept| whole(kept, germany).is_none()), "{text:?}");
        assert!(all(text, germany).is_empty(), "{text:?}");
    }
    // By itself it is a number, though nobody's key.
    assert_eq!(all("2840917", germany), ["2840917"]);
    for text in ["Tel. 040 41581", "040 41581", "Tel. (040) 41-581"] {
        assert_eq!(all(text, germany), ["+494041581"], "{text:?}");
        let kept = all(text, None);
        assert_eq!(whole(&kept[0], germany).as_deref(), Some("+494041581"), "{text:?}");
    }
    for text in ["Account mgr. 90 18 27 40", "Order desk 90 18 27 40", "Tel. 90182740"] {
        assert_eq!(all(text, denmark), ["+4590182740"], "{text:?}");
    }
    let kept = all("Order desk 90 18 27 40", None);
    assert_eq!(whole(&kept[0], denmark).as_deref(), Some("+4590182740"));
}

#[test]
fn a_cell_of_many_words_is_read_once() {
    let words = "1 ".repeat(200_000);
    assert!(all(&words, None).is_empty());
    let hours = "9-17 ".repeat(100_000);
    assert!(all(&hours, Country::of("DE")).is_empty());
}

#[test]
fn a_kept_number_gets_its_country_later() {
    let country = Country::of("AU");
    assert_eq!(whole("0412555018x7", country).as_deref(), Some("+61412555018x7"));
    assert_eq!(whole("+49305550199", country).as_deref(), Some("+49305550199"));
    assert_eq!(whole("0412555018", None), None);
    assert_eq!(whole("5550132", country), None);
}
