use std::io::{self, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, alert, note, print};
use crate::chart;
use crate::compare::{Runs, Threshold};
use crate::forecast::{Forecast, Replicated, RunCard, Uncertainty, Watch, findings, forecast, replicate, uncertainty};
use crate::output::{Output, OutputFile};
use crate::page::of_forecast;
use crate::report::compare::crossing;
use crate::report::{daily, months, replications, summary, users};
use crate::scenario::{ForecastSettings, Precision};
use crate::simulate::Inputs;

/// Simulates a scenario many times and says what its teams will burn, waste and be refused.
///
/// Writes forecast.json (everything the screen shows, and more), daily.csv and months.csv (a row for each team and day or month),
/// users.csv, replications.csv (what each came to), and pictures as SVG and PNG (`chart --list` tells of them). The same
/// scenario, seed and version give the same bytes on any number of threads.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast forecast scenarios/studio.yaml --out out
  flexcast forecast office.yaml --out out --html
  flexcast forecast office.yaml --out out --precision 2%
  flexcast forecast office.yaml --out out --replications 200 --seed 7
  flexcast forecast office.yaml --out out --set people.designers.count=6
  flexcast forecast office.yaml --out out --fail-if 'stock_out>1%'
  flexcast forecast office.yaml --out out --json | jq .all.stock_out.chance")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How sure to be: run until the 95 % intervals reach no further than this share of the p90 of the burn, and so many points of
    /// the chance of a stock-out [default: the scenario's, or 1%]
    #[arg(long, value_name = "SHARE", value_parser = precision, conflicts_with = "replications")]
    precision: Option<Precision>,
    /// End with exit code 4 where this is so, such as 'stock_out>1%'; may be repeated. `compare --help` lists the figures
    #[arg(long, value_name = "BOUND", value_parser = bound)]
    fail_if: Vec<Threshold>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    #[command(flatten)]
    pictures: PictureArgs,
    /// Write one page for people too, which can be mailed: the answer, pictures, tables and assumptions [default: page.html in the
    /// folder]
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    html: Option<Option<PathBuf>>,
    /// Print forecast.json rather than the summary
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let scenario = &inputs.scenario;
    args.fail_if
        .iter()
        .try_for_each(|bound| bound.check(&scenario.name, !scenario.prices.tokens.is_empty()))
        .map_err(Box::new)?;
    let mut output = Output::new(&args.out)?;
    let replicated = simulate(args, &inputs)?;
    let settings = args.run.settings(&scenario.forecast);
    let card = RunCard::new(scenario, &inputs.library.sources(), settings.seed, replicated.outcomes.len() as u32);
    let uncertainty = twins(args, &inputs, &replicated)?;
    let forecast = Forecast { uncertainty, ..forecast(scenario, &replicated, card) };
    let found = findings(scenario, &replicated.outcomes);
    let json = serde_json::to_string_pretty(&forecast).expect("plain numbers and names") + "\n";
    output.write("forecast.json", json.as_bytes())?;
    table(&mut output, "daily.csv", |rows| daily::write(&forecast, rows))?;
    table(&mut output, "months.csv", |rows| months::write(&forecast, rows))?;
    table(&mut output, "users.csv", |rows| users::write(replicated.users.rows(scenario), rows))?;
    table(&mut output, "replications.csv", |rows| replications::write(&found, rows))?;
    let pictures = chart::pictures(&forecast).map_err(io::Error::other)?;
    if let Some(html) = &args.html {
        let page = of_forecast(&forecast, &pictures).map_err(io::Error::other)?;
        output.write_at(html.as_ref().unwrap_or(&args.out.join("page.html")), page.as_bytes())?;
    }
    for picture in pictures {
        args.pictures.write(&mut output, Ok(picture))?;
    }
    let written = output.commit()?;
    print(&if args.json { json } else { summary(&forecast) })?;
    let names: Vec<_> = written.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    note(&format!("\nwrote to {}: {}\n", args.out.display(), names.join(", ")));
    let all = Runs::of_team(&found.all);
    let crossed = args.fail_if.iter().filter_map(|bound| bound.crossing(&scenario.name, &all, None));
    alert(&crossed.map(|found| crossing(&found)).collect::<String>())
}

fn table(output: &mut Output, name: &str, write: impl FnOnce(&mut OutputFile) -> io::Result<()>) -> io::Result<()> {
    let mut rows = output.create(name)?;
    write(&mut rows)?;
    rows.flush()
}

fn simulate(args: &Args, inputs: &Inputs) -> Result<Replicated, CliError> {
    let bar = progress();
    let watch = Watch { expected: &|replications| bar.set_length(replications.into()), done: &|| bar.inc(1) };
    let settings = args.run.settings(&inputs.scenario.forecast);
    let replicated = replicate(inputs, settings, args.precision(&inputs.scenario.forecast), &watch);
    bar.finish_and_clear();
    replicated.map_err(in_simulation(&args.scenario))
}

/// How much of the spread is the uncertain parameters'; twins of some replications tell.
fn twins(args: &Args, inputs: &Inputs, replicated: &Replicated) -> Result<Option<Uncertainty>, CliError> {
    let bar = progress();
    let settings = args.run.settings(&inputs.scenario.forecast);
    let begins = |twins: u32| bar.set_length(twins.into());
    let uncertainty = uncertainty(inputs, settings, &replicated.outcomes, begins, || bar.inc(1));
    bar.finish_and_clear();
    // The command that `in_simulation` would tell draws other parameters.
    Ok(uncertainty?)
}

impl Args {
    /// As asked for, or else as the scenario has it; `None` where the number of replications is given.
    fn precision(&self, scenario: &ForecastSettings) -> Option<f64> {
        let asked = self.precision.map(|precision| precision.0);
        asked.or(scenario.precision).filter(|_| !self.run.says_how_many())
    }
}

/// On standard error, and only where that is a terminal. How many replications it takes is an estimate that gets better.
fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} replications, {eta} left");
    ProgressBar::new(0).with_style(style.expect("a valid template"))
}

/// A bound on a figure itself: a forecast is compared with nothing.
fn bound(written: &str) -> Result<Threshold, String> {
    let bound: Threshold = written.parse()?;
    if bound.is_change() {
        return Err(format!("`{written}` bounds a change: use `flexcast compare`, or leave the sign out"));
    }
    Ok(bound)
}

fn precision(written: &str) -> Result<Precision, String> {
    Precision::parse(written).ok_or_else(|| "expected a share above 0 and under 1, such as 1% or 0.01".into())
}
