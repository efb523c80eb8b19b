use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::log::{LogArgs, LogInputs};
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, values};
use crate::alerts::{self, Ahead, Alerts, Known, Question};
use crate::calendar::{Day, rfc3339};
use crate::diagnostic::Diagnostic;
use crate::forecast::{Fingerprint, RunCard};
use crate::report;
use crate::scenario::Scenario;
use crate::simulate::{self, Inputs, Outcome, Run, team_seed};
use crate::time::Span;

/// Tells as of a day which tokens end soon, which balances are low, when tokens run out, and by when to order.
///
/// Prints a line for each alert, the worst first: a team whose tokens run out in more of the runs than --service-level
/// allows, with the last day to order; a balance at or under --low of what was bought, which is the sizes of the packs that haven't
/// ended; tokens that end within --within, with how many will likely be wasted. The exit code is 4 where there is an alert, and 0
/// where there is none.
///
/// What is left on the day is what the scenario says, where it begins on it, or what runs up to the day leave. With --sessions it is what
/// the real log up to the day leaves, metered by the same rules; people are simulated from the day on. The runs go on to the
/// scenario's end, or to the end of --within where that is later.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast alerts office.yaml
  flexcast alerts office.yaml --as-of 2027-03-01 --lead-time 10d --replications 200
  flexcast alerts office.yaml --sessions sessions.csv --within 60d --low 10% --json

Exit codes:
  0  there is no alert
  4  there is an alert")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The day, from its start on [default: the scenario's first; with --sessions the day after the log's last]
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    as_of: Option<Day>,
    /// The real session log up to the day (CSV), as `meter` takes it
    #[arg(long, value_name = "LOG")]
    sessions: Option<PathBuf>,
    /// Tell of tokens that end so soon, in whole days
    #[arg(long, value_name = "DAYS", default_value = "90d", value_parser = values::days)]
    within: i32,
    /// Tell of balances at this share of what was bought, or less
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = values::share)]
    low: f64,
    /// From an order to its arrival, in whole days such as 5d [default: that under plan in the scenario, or 0d]
    #[arg(long, value_name = "DAYS", value_parser = values::lead_time)]
    lead_time: Option<i32>,
    /// The share of the runs that mustn't run out before an order arrives [default: the scenario's]
    #[arg(long, value_name = "SHARE", value_parser = values::share)]
    service_level: Option<f64>,
    #[command(flatten)]
    results: ResultArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let results = args.results.open()?;
    let settings = args.run.settings(&inputs.scenario.forecast);
    let (as_of, known, log) = begin(args, &mut inputs, settings.seed)?;
    let last = inputs.scenario.last_day.max(as_of.plus(args.within));
    inputs.scenario = alerts::until(&inputs.scenario, last);
    let plan = &inputs.scenario.plan;
    let planned = plan.service_level.map_or(inputs.scenario.forecast.service_level, |level| level as f64 / 1e6);
    let service_level = args.service_level.unwrap_or(planned);
    let lead_time = args.lead_time.unwrap_or(plan.lead_time);
    let Args { within, low, .. } = *args;
    let question = Question { as_of, known, within, low, lead_time, service_level };
    let found = look(args, &inputs, &question, settings, log)?;
    results.give("alerts", &found, || report::alerts::alerts(&found), |_| Ok(()))?;
    if found.alerts.is_empty() { Ok(()) } else { Err(CliError::Alert(String::new())) }
}

/// The day; the scenario begins on it or before. With a log the scenario is that from the day on.
fn begin(args: &Args, inputs: &mut Inputs, seed: u64) -> Result<(Day, Known, Option<Fingerprint>), CliError> {
    let scenario = &inputs.scenario;
    if let Some(as_of) = args.as_of.filter(|as_of| *as_of < scenario.first_day) {
        return Err(outside(as_of, scenario));
    }
    let Some(sessions) = &args.sessions else {
        let as_of = args.as_of.unwrap_or(scenario.first_day);
        let known = if as_of == scenario.first_day { Known::Scenario } else { Known::Simulated };
        return if as_of <= scenario.last_day { Ok((as_of, known, None)) } else { Err(outside(as_of, scenario)) };
    };
    if !scenario.buyers.is_empty() {
        note(
            "note: the scenario's buyers order from the day on; what they ordered before it isn't known from the log\n",
        );
    }
    let log = LogInputs::load(&args.scenario, sessions, &LogArgs::default())?;
    let day_after = |last| scenario.zone.day_of(last).plus(1);
    let as_of = args.as_of.unwrap_or_else(|| log.log.last.map_or(scenario.first_day, day_after));
    let start = scenario.zone.start_of(as_of);
    if let Some(last) = log.log.last.filter(|last| *last < start - Span::DAY) {
        note(&format!("note: the log ends at {}: what is used until {as_of} isn't in what is left\n", rfc3339(last)));
    }
    let until = start - Span::from_seconds(1);
    let held = alerts::held(&log.scenario, &log.setup, &log.log, until, team_seed(seed, 0))?;
    inputs.scenario = alerts::carry_on(scenario, as_of, &held);
    Ok((as_of, Known::Log, Some(Fingerprint::new(&log.log.name, &log.log.sha256).told(&log.scenario.pseudonyms))))
}

fn outside(as_of: Day, scenario: &Scenario) -> CliError {
    let error = Diagnostic::new(format!("`--as-of {as_of}` is outside the scenario"));
    Box::new(error.expected(format!("expected a day from {} to {}", scenario.first_day, scenario.last_day))).into()
}

fn look(
    args: &Args,
    inputs: &Inputs,
    question: &Question,
    settings: Run,
    log: Option<Fingerprint>,
) -> Result<Alerts, CliError> {
    let scenario = &inputs.scenario;
    let bar = progress();
    let before = match question.known {
        Known::Simulated => {
            let before = alerts::until(scenario, question.as_of.plus(-1));
            replicate(args, inputs, &before, settings, &bar)?
        }
        Known::Scenario | Known::Log => Vec::new(),
    };
    let outcomes = replicate(args, inputs, scenario, settings, &bar)?;
    bar.finish_and_clear();
    let mut card = RunCard::new(scenario, &inputs.library.sources(), settings.seed, settings.replications);
    card.inputs.extend(log);
    Ok(alerts::alerts(card, question, Ahead { scenario, before: &before, outcomes: &outcomes }))
}

fn replicate(
    args: &Args,
    inputs: &Inputs,
    scenario: &Scenario,
    settings: Run,
    bar: &ProgressBar,
) -> Result<Vec<Outcome>, CliError> {
    bar.inc_length(settings.replications.into());
    let outcomes = simulate::run(scenario, &scenario.setup(), &inputs.library, settings, |_, _| bar.inc(1));
    outcomes.map_err(in_simulation(&args.scenario))
}

/// On standard error, and only where that is a terminal.
fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} replications, {eta} left");
    ProgressBar::new(0).with_style(style.expect("a valid template"))
}
