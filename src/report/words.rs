//! Words of people on a terminal: harmless, cut, padded and wrapped by what they are wide.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// A text in one line, without what would steer a terminal or turn the direction.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !steers(*c))
        .collect()
}

/// A text whose first letter is a capital.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What it may mean that no touch of a deal, lead or post is known.
pub(super) fn without_touch(is_joined: bool) -> &'static str {
    if is_joined {
        "a silent reader, or no reader"
    } else {
        "nobody is joined to the deal"
    }
}

/// A rank correlation with its sign, to a hundredth; nothing has none.
pub(super) fn signed(correlation: f64) -> String {
    let text = format!("{correlation:+.2}");
    if text.ends_with("0.00") { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What orders names as people do: numbers in them by size.
pub(super) fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0_u64)];
    let mut was_digit = false;
    for letter in name.chars().flat_map(char::to_lowercase) {
        let digit = letter.to_digit(10);
        if was_digit && digit.is_none() {
            parts.push((String::new(), 0));
        }
        was_digit = digit.is_some();
        let Some((text, number)) = parts.last_mut() else { continue };
        match digit {
            Some(digit) => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            None => text.push(letter),
        }
    }
    parts
}

/// The first words of a text in one line, without control and direction characters.
pub fn first_words(text: &str, width: usize) -> String {
    let words = harmless(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if columns(&words) <= width {
        return words;
    }
    let mut kept = String::new();
    let mut room = width.saturating_sub(1);
    for letter in words.chars() {
        let Some(left) = room.checked_sub(columns_of(letter)) else { break };
        room = left;
        kept.push(letter);
    }
    format!("{kept}…")
}

/// How many columns of a terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// Marks that stand on other letters take none, letters of East Asia and most pictures two.
fn columns_of(letter: char) -> usize {
    match letter {
        '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        letter if is_combining_mark(letter) => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// A text with spaces behind it, up to a number of columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// A sentence in lines that fit a terminal, broken between words; one line where there is no
/// terminal.
pub(super) fn wrapped(sentence: &str, margin: &str, width: Option<usize>) -> Vec<String> {
    let room = width.unwrap_or(usize::MAX).max(40);
    let mut lines = vec![margin.to_owned()];
    for word in sentence.split(' ') {
        let line = lines.last().map_or("", String::as_str);
        let is_first = line.trim().is_empty();
        let joint = if is_first { "" } else { " " };
        if !is_first && room < columns(line) + 1 + columns(word) {
            lines.push([margin, "  ", word].concat());
        } else if let Some(line) = lines.last_mut() {
            line.push_str(joint);
            line.push_str(word);
        }
    }
    lines
}

/// Whether a character steers a terminal, or turns the direction of what stands behind it.
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text in which nothing steers a terminal or overrides the direction of what follows; marks
/// that texts in Arabic and Hebrew need are kept, and so are tabs and line ends.
pub(super) fn unsteered(text: &str) -> Cow<'_, str> {
    // The bytes with which such characters begin: few texts have any.
    let may_begin = |byte: u8| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let is_kept = |c: char| {
        !steers(c)
            || matches!(c, '\t' | '\n' | '\r' | '\u{061c}' | '\u{200e}' | '\u{200f}')
    };
    if !text.bytes().any(may_begin) || text.chars().all(is_kept) {
        return text.into();
    }
    let kept = |c| if is_kept(c) { c } else { char::REPLACEMENT_CHARACTER };
    text.chars().map(kept).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_many_lines_shows_its_first_words() {
        assert_eq!(first_words("Two\n lines", 20), "Two lines");
        assert_eq!(first_words("12345 7890", 6), "12345…");
        assert_eq!(first_words("\u{1b}[31mred\u{202e}", 20), "[31mred");
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        let check = |names: &[&str], expected| {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(listed(&names), expected);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b", "c"], "a, b and c");
        assert_eq!(capitalized("größe"), "Größe");
    }

    #[test]
    fn wide_letters_take_two_columns_and_marks_none() {
        let check = |text, expected| assert_eq!(columns(text), expected, "{text}");
        check("Größe", 5);
        check("住宅ローン", 10);
        check("e\u{301}", 1);
        assert_eq!(first_words("住宅ローンについて", 7), "住宅ロ…");
        assert_eq!(padded("住宅", 6), "住宅  ");
    }

    #[test]
    fn sentences_break_between_words_where_the_terminal_ends() {
        let sentence = "Credit goes only to touches that the data shows; silent readers.";
        assert_eq!(wrapped(sentence, "", None), [sentence]);
        assert_eq!(
            wrapped(sentence, "", Some(50)),
            ["Credit goes only to touches that the data shows;", "  silent readers."]
        );
    }

    #[test]
    fn nothing_in_a_table_steers_a_terminal() {
        assert_eq!(unsteered("Zoë\u{200f}\t\r\n“a”"), "Zoë\u{200f}\t\r\n“a”");
        assert_eq!(
            unsteered("a\u{1b}[2J\u{202e}b\u{9b}\u{7f}"),
            "a\u{fffd}[2J\u{fffd}b\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn numbers_in_names_stand_by_size() {
        let mut names = ["theme 10", "Theme 2", "other", "theme 2 b", "theme"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["other", "theme", "Theme 2", "theme 2 b", "theme 10"]);
    }

    #[test]
    fn nothing_has_no_sign() {
        let check = |value, expected| assert_eq!(signed(value), expected);
        check(-0.0047, "0.00");
        check(0.0047, "0.00");
        check(-0.0051, "−0.01");
        check(0.2, "+0.20");
    }
}
