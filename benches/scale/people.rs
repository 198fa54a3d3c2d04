//! Invented people, companies and words: each is a function of the seed and its number.

use super::chance::Chance;

const FIRST: [&str; 64] = [
    "Mara",
    "Ivo",
    "Noor",
    "Théo",
    "Sunniva",
    "Petra",
    "Daniel",
    "Zoë",
    "Tom",
    "Amara",
    "Joel",
    "Ravi",
    "Tessa",
    "Mira",
    "Ana Lucía",
    "Pavel",
    "Elena",
    "Jonas",
    "Aiko",
    "Omar",
    "Lena",
    "Marek",
    "Sofia",
    "Anders",
    "Priya",
    "Hugo",
    "Ines",
    "Yusuf",
    "Clara",
    "Luca",
    "Freya",
    "Mateo",
    "Nadia",
    "Oskar",
    "Leila",
    "Bruno",
    "Greta",
    "Idris",
    "Julia",
    "Karim",
    "Maeve",
    "Nils",
    "Olga",
    "Pedro",
    "Rosa",
    "Sven",
    "Tara",
    "Ugo",
    "Vera",
    "Wim",
    "Xenia",
    "Yara",
    "Zane",
    "Björn",
    "Céline",
    "Dario",
    "Esther",
    "Farid",
    "Gwen",
    "Henrik",
    "Isla",
    "Jasper",
    "Kira",
    "Liam",
];
const STARTS: [&str; 32] = [
    "Brand", "Quill", "Harrow", "Marche", "Vander", "Okon", "Lind", "Nov", "Castel",
    "Diall", "Menn", "Voss", "Rusk", "Alder", "Bram", "Corv", "Dun", "Elm", "Fenn",
    "Gold", "Holl", "Ingr", "Jarv", "Kest", "Lorr", "Mor", "Nether", "Ost", "Pell",
    "Rav", "Stein", "Thorn",
];
const MIDDLES: [&str; 20] = [
    "a", "e", "i", "o", "u", "ar", "el", "in", "or", "un", "am", "eth", "is", "ov", "ul",
    "and", "er", "il", "on", "ür",
];
const ENDS: [&str; 16] = [
    "berg", "feather", "gate", "bout", "sloot", "kov", "qvist", "ak", "lano", "man",
    "son", "ström", "wick", "ford", "dale", "ski",
];
const TRADES: [&str; 16] = [
    "Bakery",
    "Dental",
    "Joinery",
    "Physio",
    "Interiors",
    "Logistics",
    "Software",
    "Finance",
    "Legal",
    "Plumbing",
    "Media",
    "Energy",
    "Foods",
    "Textiles",
    "Robotics",
    "Consulting",
];
const LEGAL: [&str; 8] = ["Pty Ltd", "GmbH", "Inc.", "LLC", "Ltd", "", "", "AG"];
const ROLES: [&str; 16] = [
    "Owner",
    "Practice Manager",
    "Director",
    "Founder",
    "Head of Sales",
    "Engineer",
    "Designer",
    "Senior Broker",
    "Accountant",
    "Project Manager",
    "Dentist",
    "Nurse",
    "Managing Partner",
    "Analyst",
    "Teacher",
    "VP Operations",
];
const WORDS: [&str; 64] = [
    "client",
    "bank",
    "seminar",
    "buffer",
    "years",
    "desk",
    "keys",
    "home",
    "loan",
    "numbers",
    "lender",
    "rate",
    "first",
    "second",
    "third",
    "coffee",
    "morning",
    "team",
    "family",
    "school",
    "puppy",
    "garden",
    "patience",
    "trust",
    "file",
    "call",
    "Friday",
    "signed",
    "learned",
    "walked",
    "wrote",
    "asked",
    "answered",
    "nobody",
    "everybody",
    "the",
    "the",
    "a",
    "a",
    "and",
    "and",
    "with",
    "without",
    "because",
    "before",
    "after",
    "into",
    "from",
    "about",
    "through",
    "we",
    "they",
    "she",
    "he",
    "our",
    "their",
    "is",
    "was",
    "said",
    "had",
    "never",
    "always",
    "again",
    "Größe",
];

/// A person, whole: what every export tells of them is taken from here.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) first: &'static str,
    pub(crate) last: String,
    pub(crate) slug: String,
    pub(crate) company: String,
    pub(crate) role: &'static str,
    pub(crate) email: String,
}

impl Person {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(crate) fn url(&self) -> String {
        format!("https://www.linkedin.com/in/{}", self.slug)
    }
}

fn last_name(chance: &mut Chance) -> String {
    let (start, middle, end) =
        (chance.pick(&STARTS), chance.pick(&MIDDLES), chance.pick(&ENDS));
    format!("{start}{middle}{end}")
}

/// The `number`-th person of a world of so many companies.
pub(crate) fn person((seed, companies): (u64, u64), number: u64) -> Person {
    let mut chance = Chance::new(seed, number);
    let first = chance.pick(&FIRST);
    let last = last_name(&mut chance);
    let company = company(seed, chance.skewed(companies));
    let role = chance.pick(&ROLES);
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
    };
    let slug = format!("{}-{}-{number:x}", plain(first), plain(&last));
    let email =
        format!("{}.{}{number}@{}.example", plain(first), plain(&last), plain(&company));
    Person { first, last, slug, company, role, email }
}

fn company(seed: u64, number: u64) -> String {
    let mut chance = Chance::new(seed, (1 << 40) | number);
    let name = last_name(&mut chance);
    let (trade, legal) = (chance.pick(&TRADES), chance.pick(&LEGAL));
    format!("{name} {trade} {legal}").trim_end().to_owned()
}

/// The second half of a member's last name, each its own.
pub(crate) fn second_name(number: u64) -> String {
    let at = |number: u64, len: usize| usize::try_from(number).unwrap_or(0) % len;
    let len = STARTS.len() as u64;
    let (start, middle) = (at(number, STARTS.len()), at(number / len, MIDDLES.len()));
    format!("{}{}", STARTS[start], MIDDLES[middle])
}

/// Words of so many bytes at least, with what makes cells hard: quotes, commas, new lines.
pub(crate) fn words(chance: &mut Chance, bytes: u64) -> String {
    let mut text = String::new();
    while (text.len() as u64) < bytes {
        text.push_str(chance.pick(&WORDS));
        text.push_str(match chance.below(40) {
            0 => ".\n\n",
            1 => ", ",
            2 => " \"no\" ",
            3 => ". 🏡 ",
            _ => " ",
        });
    }
    text.truncate(text.trim_end().len());
    text
}
