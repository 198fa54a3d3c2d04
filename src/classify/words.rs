//! Post text → tokens: folded words, and what stands for numbers, links, tags and emoji.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use crate::normalize;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, folded: lower case, without accents.
    Word,
    /// A number, as one of a few shapes (`<percent>`, `<money>`, `<year>`, `<time>`, `<number>`).
    Number,
    /// A hashtag, without its sign.
    Tag,
    /// A link or e-mail address.
    Link,
    /// A mention of somebody.
    Mention,
    /// An emoji or dingbat.
    Emoji,
    /// The end of a sentence or line.
    Stop,
    /// A quotation mark.
    Quote,
}

/// One token of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its folded text, or the shape that stands for it.
    pub text: Cow<'a, str>,
}

/// A post's text, read once.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading<'a> {
    /// The tokens in order.
    pub tokens: Vec<Token<'a>>,
    /// The exclamation marks.
    pub exclamations: usize,
    /// The question marks.
    pub questions: usize,
    /// The lines that hold something.
    pub lines: usize,
    /// The lines that begin with a bullet or a number and a full stop.
    pub bullets: usize,
    /// The words in capitals, of three letters and more.
    pub shouted: usize,
}

impl Reading<'_> {
    /// True when there is not one word, number, link or sign to judge by.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.iter().all(|token| token.kind == Kind::Stop)
    }
}

/// Reads a post's text.
pub(super) fn read(text: &str) -> Reading<'_> {
    let mut reading = Reading::default();
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        reading.lines += 1;
        reading.bullets += usize::from(is_bullet(line));
        for chunk in line.split_whitespace() {
            read_chunk(chunk, &mut reading);
        }
        stop(&mut reading);
    }
    reading
}

/// Folds a text to lower case without accents, curly apostrophes straightened; most words
/// of a post are so already.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return text.into();
    }
    let folded = normalize::fold::fold(text);
    if folded.is_ascii() {
        folded.into()
    } else {
        folded.replace(['’', '‘', '`', '´'], "'").into()
    }
}

fn is_bullet(line: &str) -> bool {
    let mut letters = line.chars();
    match letters.next() {
        Some(
            '-' | '•' | '*' | '→' | '–' | '▪' | '✅' | '✔' | '✓' | '🔹' | '👉' | '·',
        ) => true,
        Some('0'..='9') => matches!(letters.next(), Some('.' | ')')),
        _ => false,
    }
}

fn stop(reading: &mut Reading<'_>) {
    if reading.tokens.last().is_some_and(|token| token.kind != Kind::Stop) {
        push(reading, Kind::Stop, ".");
    }
}

fn push<'a>(reading: &mut Reading<'a>, kind: Kind, text: impl Into<Cow<'a, str>>) {
    reading.tokens.push(Token { kind, text: text.into() });
}

/// Reads what stands between two blanks.
fn read_chunk<'a>(chunk: &'a str, reading: &mut Reading<'a>) {
    if is_link(chunk) {
        return push(reading, Kind::Link, "<link>");
    }
    // LinkedIn's interfaces write a tag as {hashtag|\#|word}.
    let tag = chunk.strip_prefix("{hashtag|").and_then(|rest| rest.rsplit('|').next());
    if let Some(tag) = tag.or_else(|| chunk.strip_prefix('#')) {
        let end = tag.find(|letter| !is_word(letter)).unwrap_or(tag.len());
        if tag[..end].chars().any(char::is_alphabetic) {
            return push(reading, Kind::Tag, fold(&tag[..end]));
        }
    }
    if chunk.starts_with('@') && chunk.chars().nth(1).is_some_and(char::is_alphabetic) {
        return push(reading, Kind::Mention, "<mention>");
    }
    read_pieces(chunk, reading);
}

fn is_link(chunk: &str) -> bool {
    // Every link has one of these, and hardly a word has.
    if !chunk.bytes().any(|byte| matches!(byte, b'.' | b':')) {
        return false;
    }
    let chunk = chunk.trim_start_matches(['(', '"', '<', '[']);
    if chunk.starts_with("http://")
        || chunk.starts_with("https://")
        || chunk.starts_with("www.")
    {
        return true;
    }
    let chunk = chunk.trim_end_matches(['.', ',', '!', '?', ')', ';', ':']);
    let Some((head, tail)) = chunk.split('/').next().unwrap_or(chunk).rsplit_once('.')
    else {
        return false;
    };
    let is_domain = |part: &str| {
        part.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'@' | b'_')
        })
    };
    let tail_fits = 2 <= tail.len() && tail.bytes().all(|byte| byte.is_ascii_lowercase());
    2 <= head.len()
        && is_domain(head)
        && tail_fits
        && head.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Splits a chunk into words, numbers and signs.
fn read_pieces<'a>(chunk: &'a str, reading: &mut Reading<'a>) {
    let mut rest = chunk;
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii_digit() || is_currency(first) {
            number_end(rest)
        } else if first.is_alphabetic() {
            word_end(rest)
        } else {
            first.len_utf8()
        };
        let (piece, tail) = rest.split_at(end);
        read_piece(first, piece, reading);
        rest = tail;
    }
}

fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '€' | '£' | '¥' | '₹')
}

fn number_end(text: &str) -> usize {
    let inside = |letter: char| {
        letter.is_ascii_digit()
            || is_currency(letter)
            || matches!(letter, '.' | ',' | ':' | '%' | '\u{a0}')
    };
    let end = text.find(|letter| !inside(letter)).unwrap_or(text.len());
    let end = text[..end].trim_end_matches(['.', ',', ':']).len().max(1);
    let end = if text.is_char_boundary(end) {
        end
    } else {
        text.chars().next().map_or(1, char::len_utf8)
    };
    // Units that are written on: 20k, 3bn, 25bps, 4th, 11am.
    let tail = &text[end..];
    let letters =
        tail.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(tail.len());
    if letters <= 3 { end + letters } else { end }
}

fn word_end(text: &str) -> usize {
    let mut end = text.len();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let apostrophe = matches!(letter, '\'' | '’' | '-')
            && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !(is_word(letter) || apostrophe || is_combining_mark(letter)) {
            end = at;
            break;
        }
    }
    end
}

fn read_piece<'a>(first: char, piece: &'a str, reading: &mut Reading<'a>) {
    if first.is_ascii_digit() || (is_currency(first) && 1 < piece.chars().count()) {
        return push(reading, Kind::Number, number_shape(piece));
    }
    if first.is_alphabetic() {
        let capitals = piece.chars().all(char::is_uppercase);
        reading.shouted += usize::from(capitals && 3 <= piece.chars().count());
        return match fold(piece) {
            Cow::Borrowed(word) => push_word(word, reading, Cow::Borrowed),
            Cow::Owned(word) => push_word(&word, reading, |part| part.to_owned().into()),
        };
    }
    match first {
        '.' | ';' | ':' | '…' => stop(reading),
        '!' => {
            reading.exclamations += 1;
            stop(reading);
        }
        '?' => {
            reading.questions += 1;
            stop(reading);
        }
        '"' | '“' | '”' | '„' | '«' | '»' => push(reading, Kind::Quote, "\""),
        '%' | '€' | '$' | '£' => mark_number(first, reading),
        _ if is_emoji(first) => {
            push(reading, Kind::Emoji, piece);
        }
        _ => {}
    }
}

/// Splits French elisions (`l'équipe`) and hyphenated words, which hide the word itself.
fn push_word<'a, 'word>(
    word: &'word str,
    reading: &mut Reading<'a>,
    kept: impl Fn(&'word str) -> Cow<'a, str>,
) {
    if let Some((head, tail)) = word.split_once('\'')
        && matches!(
            head,
            "l" | "d" | "j" | "m" | "n" | "s" | "c" | "qu" | "t" | "aujourd"
        )
        && 2 < tail.len()
    {
        push(reading, Kind::Word, kept(head));
        return push_word(tail, reading, kept);
    }
    for part in word.split('-').filter(|part| !part.is_empty()) {
        push(reading, Kind::Word, kept(part));
    }
}

/// Gives the last number the unit that follows it apart: `3,2 %`, `800 €`.
fn mark_number(sign: char, reading: &mut Reading<'_>) {
    if let Some(last) = reading.tokens.last_mut()
        && last.kind == Kind::Number
    {
        last.text = if sign == '%' { "<percent>".into() } else { "<money>".into() };
    }
}

fn number_shape(piece: &str) -> &'static str {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    if piece.contains('%') {
        "<percent>"
    } else if piece.contains(is_currency) {
        "<money>"
    } else if piece.ends_with("am")
        || piece.ends_with("pm")
        || (piece.contains(':') && digits <= 4)
    {
        "<time>"
    } else if piece.ends_with("bps") || piece.ends_with("bp") {
        "<points>"
    } else if piece.len() == 4
        && digits == 4
        && (piece.starts_with("19") || piece.starts_with("20"))
    {
        "<year>"
    } else if piece.ends_with("st")
        || piece.ends_with("nd")
        || piece.ends_with("rd")
        || piece.ends_with("th")
    {
        "<ordinal>"
    } else {
        "<number>"
    }
}

fn is_emoji(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF | 0x2190..=0x21FF | 0x203C)
}
