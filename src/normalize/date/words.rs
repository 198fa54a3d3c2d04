//! The names of months and weekdays in the languages of exports.

use crate::normalize::fold::fold;

/// Names by month, folded; the first three letters or more are enough where no other month
/// of any language begins so.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "janvier", "enero", "ene", "gennaio", "gen", "janeiro",
        "januari", "ledna", "leden", "stycznia", "styczen", "sty", "jan", "janv", "led",
    ],
    &[
        "february",
        "februar",
        "fevrier",
        "fevr",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
        "februari",
        "unora",
        "unor",
        "uno",
        "lutego",
        "luty",
        "lut",
        "feb",
    ],
    &[
        "march", "marz", "maerz", "mrz", "mars", "marzo", "marco", "maart", "mrt",
        "brezna", "brezen", "bre", "marca", "marzec", "marts", "mar",
    ],
    &[
        "april", "avril", "avr", "abril", "abr", "aprile", "dubna", "duben", "dub",
        "kwietnia", "kwiecien", "kwi", "apr",
    ],
    &[
        "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "kvetna", "kveten", "kve",
        "maja", "maj",
    ],
    &[
        "june", "juni", "juin", "junio", "giugno", "giu", "junho", "cervna", "cerven",
        "cvn", "czerwca", "czerwiec", "cze", "jun",
    ],
    &[
        "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "cervence",
        "cervenec", "cvc", "lipca", "lipiec", "lip", "jul",
    ],
    &[
        "august", "aout", "agosto", "ago", "augustus", "srpna", "srpen", "srp",
        "sierpnia", "sierpien", "sie", "augusti", "aug",
    ],
    &[
        "september",
        "septembre",
        "septiembre",
        "settembre",
        "set",
        "setembro",
        "zari",
        "zar",
        "wrzesnia",
        "wrzesien",
        "wrz",
        "sept",
        "sep",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
        "ott",
        "outubro",
        "out",
        "rijna",
        "rijen",
        "rij",
        "pazdziernika",
        "pazdziernik",
        "paz",
        "okt",
        "oct",
    ],
    &[
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "listopadu",
        "listopad",
        "lis",
        "listopada",
        "nov",
    ],
    &[
        "december",
        "dezember",
        "dez",
        "decembre",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
        "prosince",
        "prosinec",
        "pro",
        "grudnia",
        "grudzien",
        "gru",
        "desember",
        "des",
        "dec",
    ],
];

/// Weekdays from Monday, folded.
const WEEKDAYS: [&[&str]; 7] = [
    &[
        "monday", "mon", "montag", "mo", "lundi", "lun", "lunes", "lunedi", "segunda",
        "maandag",
    ],
    &[
        "tuesday", "tue", "tues", "dienstag", "di", "mardi", "martes", "martedi",
        "terca", "dinsdag",
    ],
    &[
        "wednesday",
        "wed",
        "mittwoch",
        "mi",
        "mercredi",
        "mer",
        "miercoles",
        "mie",
        "mercoledi",
        "quarta",
        "woensdag",
    ],
    &[
        "thursday",
        "thu",
        "thur",
        "thurs",
        "donnerstag",
        "do",
        "jeudi",
        "jeu",
        "jueves",
        "jue",
        "giovedi",
        "gio",
        "quinta",
        "donderdag",
    ],
    &[
        "friday", "fri", "freitag", "fr", "vendredi", "ven", "viernes", "vie", "venerdi",
        "sexta", "vrijdag",
    ],
    &[
        "saturday",
        "sat",
        "samstag",
        "sa",
        "sonnabend",
        "samedi",
        "sam",
        "sabado",
        "sab",
        "sabato",
        "zaterdag",
    ],
    &[
        "sunday", "sun", "sonntag", "so", "dimanche", "dim", "domingo", "dom",
        "domenica", "zondag",
    ],
];

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    position(&MONTHS, word)
}

/// The weekday that a word names, from 1 for Monday.
pub(super) fn weekday(word: &str) -> Option<i8> {
    position(&WEEKDAYS, word)
}

fn position(names: &[&[&str]], word: &str) -> Option<i8> {
    let folded = fold(word);
    let at = names.iter().position(|names| names.contains(&folded.as_str()))?;
    i8::try_from(at + 1).ok()
}
