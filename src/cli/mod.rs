//! The command line: types, progress, exit codes.

mod alerts;
mod chart;
mod check;
mod clock;
mod compare;
mod discreet;
mod error;
mod explain;
mod export;
mod forecast;
mod given;
mod import;
mod interpreter;
mod log;
mod meter;
mod metered;
mod names;
mod new;
mod notes;
mod orders;
mod page;
mod pictures;
mod plan;
mod report;
mod results;
mod run_args;
mod scenario_args;
mod schema;
mod scripts;
mod seats;
mod sensitivity;
mod shell;
mod simulate;
mod values;
mod what_if;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use error::CliError;

use crate::calendar::{parse_instant, rfc3339};
use crate::diagnostic::Diagnostic;
use crate::forecast::Figure;
use crate::pseudonyms::Pseudonyms;
use crate::scenario::Scenario;
use crate::time::Instant;

/// Forecasts the burn, denials and waste of Autodesk Flex tokens.
///
/// A scenario (YAML) says who works with what and which tokens are there; behaviour scripts (Rhai) say what people do; the metering
/// core charges what they open, as the vendor does.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  flexcast new office.yaml && flexcast check office.yaml
  flexcast forecast office.yaml --out out

Exit codes:
  0  done
  1  the scenario, a script or a log is wrong; standard error says where, and how to mend it
  2  the command line is wrong
  3  a result couldn't be written, to a file or to standard output
  4  done, and what was asked to be told is so: a bound of --fail-if is crossed, there is an alert, or a plan
     doesn't reach its service level";

#[derive(Debug, Subcommand)]
enum Command {
    Forecast(forecast::Args),
    Simulate(simulate::Args),
    WhatIf(what_if::Args),
    Compare(compare::Args),
    Sensitivity(sensitivity::Args),
    Plan(plan::Args),
    Alerts(alerts::Args),
    Seats(seats::Args),
    Meter(meter::Args),
    Import(import::Args),
    Explain(explain::Args),
    Report(report::Args),
    Export(export::Args),
    Chart(chart::Args),
    Page(page::Args),
    Check(check::Args),
    New(new::Args),
    Scripts(scripts::Args),
    Schema(schema::Args),
    Completions(shell::CompletionArgs),
    Man(shell::ManArgs),
}

impl Command {
    /// What people are called in its errors. A key that can't be read is an error itself, in which there is no name.
    fn pseudonyms(&self) -> Pseudonyms {
        let scenario = match self {
            Command::Forecast(args) => &args.scenario,
            Command::Simulate(args) => &args.scenario,
            Command::WhatIf(args) => &args.scenario,
            Command::Compare(args) => &args.scenario,
            Command::Sensitivity(args) => &args.scenario,
            Command::Plan(args) => &args.scenario,
            Command::Alerts(args) => &args.scenario,
            Command::Seats(args) => &args.scenario,
            Command::Meter(args) => &args.scenario,
            Command::Check(args) => &args.scenario,
            Command::Explain(args) => &args.metered.scenario,
            Command::Export(args) => &args.metered.scenario,
            Command::Report(args) => return args.pseudonyms(),
            Command::Import(args) => return args.pseudonyms(),
            Command::Scripts(args) => return args.pseudonyms(),
            Command::Chart(_)
            | Command::Page(_)
            | Command::New(_)
            | Command::Schema(_)
            | Command::Completions(_)
            | Command::Man(_) => {
                return Pseudonyms::default();
            }
        };
        scenario.pseudonyms().unwrap_or_default()
    }
}

/// Runs the command of this process, and says how it ended.
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    let done = match &command {
        Command::Forecast(args) => forecast::run(args),
        Command::Simulate(args) => simulate::run(args),
        Command::WhatIf(args) => what_if::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Sensitivity(args) => sensitivity::run(args),
        Command::Plan(args) => plan::run(args),
        Command::Alerts(args) => alerts::run(args),
        Command::Seats(args) => seats::run(args),
        Command::Meter(args) => meter::run(args),
        Command::Import(args) => import::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Report(args) => report::run(args),
        Command::Export(args) => export::run(args),
        Command::Chart(args) => chart::run(args),
        Command::Page(args) => page::run(args),
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        Command::Scripts(args) => scripts::run(args),
        Command::Schema(_) => schema::run(),
        Command::Completions(args) => shell::completions(args),
        Command::Man(_) => shell::man(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.tell(&command.pseudonyms()),
    }
}

fn instant(text: &str) -> Result<Instant, String> {
    parse_instant(text).ok_or_else(|| "expected RFC 3339 with an offset, such as 2027-03-01T09:00:00+01:00".into())
}

/// A figure that can be asked about.
fn figure(word: &str) -> Result<Figure, String> {
    Figure::of_word(word).ok_or_else(|| format!("expected one of {}", Figure::ALL.map(Figure::word).join(", ")))
}

/// Nothing can be metered up to an instant before the start.
fn check_until(until: Option<Instant>, scenario: &Scenario) -> Result<(), CliError> {
    if until.is_none_or(|until| until >= scenario.start) {
        return Ok(());
    }
    let error = Diagnostic::new("`--until` is before the scenario starts");
    Err(vec![error.expected(format!("the scenario starts at {}", rfc3339(scenario.start)))].into())
}

/// Results go to standard output.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match printed {
        // Who has closed the pipe has read enough; what is told otherwise, such as the exit code, still counts.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed
            .map_err(|error| std::io::Error::new(error.kind(), format!("can't write to standard output: {error}")))?),
    }
}

/// What isn't a result goes to standard error; where nobody listens, the run goes on.
fn note(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Ends with the exit code of an alert where there are lines.
fn alert(lines: &str) -> Result<(), CliError> {
    if lines.is_empty() { Ok(()) } else { Err(CliError::Alert(lines.to_owned())) }
}
