//! `completions` and `man`: what other programs read about this one.

use std::process::ExitCode;

use clap::CommandFactory;

use super::{args::Args, failure::Failure, output::Output};

/// Prints completions for a shell.
pub(super) fn completions(
    shell: clap_complete::Shell,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "touchstone", &mut script);
    output.text(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the man page: the program, then each command.
pub(super) fn man(output: &mut Output) -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    let command = Args::command();
    let render = |command: clap::Command, page: &mut Vec<u8>| {
        clap_mangen::Man::new(command)
            .render(page)
            .map_err(|error| Failure::other(format!("cannot make the man page: {error}")))
    };
    render(command.clone(), &mut page)?;
    for own in command.get_subcommands() {
        render(own.clone(), &mut page)?;
    }
    output.text(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}
