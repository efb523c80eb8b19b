use std::io;
use std::process::ExitCode;

use super::discreet::discreet;
use super::scenario_args::ScenarioArgs;
use crate::diagnostic::{Diagnostic, Draws};
use crate::pseudonyms::Pseudonyms;
use crate::report::diagnostics::render;
use crate::usage_log::Unread;

/// Why a command doesn't end with 0. Each kind has its exit code, as `--help` says.
#[derive(Debug)]
pub enum CliError {
    /// The input is wrong: exit code 1.
    Input(Vec<Diagnostic>),
    /// Something couldn't be written: exit code 3.
    Output(io::Error),
    /// All is done, and what was asked to be told is so: exit code 4, with lines for standard error.
    Alert(String),
}

/// The input is wrong.
pub const INPUT: u8 = 1;
/// Something couldn't be written. (2 is clap's, for a wrong command line.)
pub const OUTPUT: u8 = 3;
/// All is done, and what was asked to be told is so: a bound is crossed, or there is an alert.
pub const ALERT: u8 = 4;

impl CliError {
    /// Tells standard error what is wrong, with people called so; a reader who has closed the pipe is told nothing.
    pub fn tell(&self, pseudonyms: &Pseudonyms) -> ExitCode {
        let told = |text: &str, code: u8| {
            super::note(text);
            ExitCode::from(code)
        };
        match self {
            CliError::Input(diagnostics) => told(&render(&discreet(diagnostics, pseudonyms), true), INPUT),
            CliError::Alert(lines) => told(lines, ALERT),
            CliError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            CliError::Output(error) => told(&format!("error: {error}\n"), OUTPUT),
        }
    }
}

/// The error of a run, with the command that has it again.
pub(super) fn in_simulation(scenario: &ScenarioArgs) -> impl Fn(Box<Diagnostic>) -> CliError {
    let scenario = scenario.command();
    move |mut problem| {
        if let Some(Draws { seed, replication, again }) = problem.draws.as_deref_mut() {
            let draws = format!("--seed {seed} --replication {replication}");
            *again = Some(format!("flexcast simulate {scenario} {draws} --out again"));
        }
        problem.into()
    }
}

impl From<Vec<Diagnostic>> for CliError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        CliError::Input(diagnostics)
    }
}

impl From<Box<Diagnostic>> for CliError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        CliError::Input(vec![*diagnostic])
    }
}

impl From<Unread> for CliError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Refused(diagnostics) => CliError::Input(diagnostics),
            Unread::Disk(error) => CliError::Output(error),
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        CliError::Output(error)
    }
}
