//! The commands by what they are for, each with an example; and the one that was meant.

use std::fmt::Write as _;

use clap::{
    CommandFactory,
    builder::StyledStr,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::args::Args;

/// All commands, by what they are for.
const GROUPS: &[(&str, &[&str])] = &[
    ("Find out what earns", &["run", "inspect", "demo", "journeys"]),
    ("Look into the results", &["explain", "changes", "report", "export"]),
    ("One step at a time", &["import", "attribute"]),
    ("Look after the database", &["check", "forget"]),
    ("About the program", &["formats", "models", "config", "completions", "man"]),
];

/// The command line with help that shows groups instead of one long list.
pub(super) fn grouped(command: clap::Command) -> clap::Command {
    let styles = command.get_styles();
    let (header, literal) = (*styles.get_header(), *styles.get_literal());
    let mut text = String::new();
    for (title, names) in GROUPS {
        writeln!(text, "{header}{title}:{header:#}").expect("a string takes everything");
        for own in names.iter().filter_map(|name| command.find_subcommand(name)) {
            let name = own.get_name();
            let about = own.get_about().map(ToString::to_string).unwrap_or_default();
            let lines = format!("  {literal}{name:11}{literal:#}  {about}\n");
            text.push_str(&lines);
            if let Some(example) = example(own) {
                writeln!(text, "               $ {example}")
                    .expect("a string takes everything");
            }
        }
        text.push('\n');
    }
    let head = "{about-with-newline}\n{usage-heading} {usage}\n\n";
    let options = format!("{header}Options:{header:#}\n{{options}}{{after-help}}");
    command.help_template(format!("{head}{text}{options}"))
}

/// The example of a command, as it would be typed.
fn example(command: &clap::Command) -> Option<String> {
    let text = command.get_after_help()?.to_string();
    text.strip_prefix("Example: ").map(str::to_owned)
}

/// Adds the example of the command where it lacks an argument.
pub(super) fn with_example(mut error: clap::Error, typed: &[String]) -> clap::Error {
    if error.kind() != ErrorKind::MissingRequiredArgument {
        return error;
    }
    let command = Args::command();
    let own = typed.iter().find_map(|word| command.find_subcommand(word));
    if let Some(example) = own.and_then(example) {
        let tip = StyledStr::from(format!("for example: {example}"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}

/// Adds the command that was probably meant, where a slip of the finger hides it.
pub(super) fn with_nearest(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand)
    else {
        return error;
    };
    let command = Args::command();
    let near = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .map(|name| (strsim::osa_distance(typed, name), name))
        .filter(|(slips, name)| *slips <= 2 && slips * 2 < name.len())
        .min();
    if let Some((_, near)) = near {
        let near = ContextValue::Strings(vec![near.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, near);
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group_with_an_example() {
        let command = Args::command();
        let mut grouped: Vec<&str> =
            GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut all: Vec<&str> =
            command.get_subcommands().map(clap::Command::get_name).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
        for own in command.get_subcommands() {
            let begins = format!("touchstone {}", own.get_name());
            assert!(example(own).unwrap().starts_with(&begins), "{begins}");
        }
    }

    #[test]
    fn examples_are_what_can_be_typed() {
        for own in Args::command().get_subcommands() {
            let example = example(own).unwrap();
            let words = example.split(" > ").next().unwrap().split_whitespace();
            let read = Args::command().try_get_matches_from(words);
            assert!(read.is_ok(), "{example}: {:?}", read.err());
        }
    }

    #[test]
    fn a_command_that_lacks_an_argument_shows_its_example() {
        let typed = ["touchstone", "explain", "deal"].map(str::to_owned);
        let error = Args::command().try_get_matches_from(&typed).unwrap_err();
        let said = with_example(error, &typed).to_string();
        assert!(said.contains("for example: touchstone explain deal 40301"), "{said}");
    }

    #[test]
    fn the_command_that_was_meant_is_named() {
        let check = |typed, expected: &str| {
            let read = Args::command().try_get_matches_from(["touchstone", typed]);
            let said = with_nearest(read.unwrap_err()).to_string();
            assert!(said.contains(expected), "{said}");
        };
        check("rnu", "'run'");
        check("exprot", "'export'");
        check("inspekt", "'inspect'");
        check("rn", "'run'");
        check("model", "'models'");
        check("xyz", "unrecognized subcommand 'xyz'\n\nUsage");
    }
}
