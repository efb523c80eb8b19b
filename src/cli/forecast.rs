use std::io::Write;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, print};
use crate::chart;
use crate::forecast::{Forecast, RunCard, forecast};
use crate::output::Output;
use crate::report::{daily, summary};
use crate::simulate::{self, Inputs};

/// Simulates a scenario many times and says what its teams will burn, waste and be refused.
///
/// Writes forecast.json (everything the screen shows, and more), daily.csv (a row for each team and day), and pictures as SVG and
/// PNG: burn, balance, stock_out, burners. The same scenario, seed and version give the same bytes on any number of threads.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast forecast scenarios/studio.yaml --out out
  flexcast forecast office.yaml --out out --replications 200 --seed 7
  flexcast forecast office.yaml --out out --set people.designers.count=6
  flexcast forecast office.yaml --out out --json | jq .all.stock_out.chance")]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    /// Print forecast.json rather than the summary
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let mut output = Output::new(&args.out)?;
    let forecast = simulate(args, &inputs)?;
    let json = serde_json::to_string_pretty(&forecast).expect("plain numbers and names") + "\n";
    output.write("forecast.json", json.as_bytes())?;
    let mut days = output.create("daily.csv")?;
    daily::write(&forecast, &mut days)?;
    days.flush()?;
    for picture in chart::pictures(&forecast).map_err(std::io::Error::other)? {
        output.write(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        output.write(&format!("{}.png", picture.name), &picture.png().map_err(std::io::Error::other)?)?;
    }
    let written = output.commit()?;
    print(&if args.json { json } else { summary(&forecast) })?;
    let names: Vec<_> = written.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    note(&format!("\nwrote to {}: {}\n", args.out.display(), names.join(", ")));
    Ok(())
}

fn simulate(args: &Args, inputs: &Inputs) -> Result<Forecast, CliError> {
    let scenario = &inputs.scenario;
    let settings = args.run.settings(&scenario.forecast);
    let bar = progress(settings.replications);
    let outcomes = simulate::run(scenario, &scenario.setup(), &inputs.library, settings, |_, _| bar.inc(1));
    bar.finish_and_clear();
    let card = RunCard::new(scenario, &inputs.library.sources(), settings.seed, settings.replications);
    Ok(forecast(scenario, &outcomes.map_err(in_simulation(&args.scenario))?, card))
}

/// On standard error, and only where that is a terminal.
fn progress(replications: u32) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} replications, {eta} left");
    ProgressBar::new(u64::from(replications)).with_style(style.expect("a valid template"))
}
