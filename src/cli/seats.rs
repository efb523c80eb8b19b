use std::io::Write;
use std::path::PathBuf;

use super::clock::Clock;
use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, print};
use crate::chart;
use crate::output::Output;
use crate::report::seats::{seats as shown, write_seats};
use crate::seats::{Seats, Watch, seats, stages};

/// Says who should have a subscription instead of tokens, and what that saves.
///
/// Everybody's use is simulated as if they had no subscription; who costs more in tokens than a subscription does is found together
/// with the tokens that are then bought, as fewer tokens may cost more each. One half of the replications chooses, the other judges.
/// The scenario needs prices of tokens and of subscriptions. --out writes seats.json (everything the screen shows, and more),
/// seats.csv (a row for each user and product), and a picture, seats.svg and seats.png.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast seats scenarios/studio.yaml
  flexcast seats office.yaml --set prices.subscriptions.AutoCAD=1827 --out out
  flexcast seats office.yaml --json | jq '.groups[] | {group, product, subscribe}'")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The folder for the results [default: none are written]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    #[command(flatten)]
    pictures: PictureArgs,
    /// Print seats.json rather than the tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let output = args.out.as_deref().map(Output::new).transpose()?;
    let clock = Clock::new(stages(&inputs.scenario), |runs| {
        format!("{runs} runs for each way to have subscriptions that is tried, and as many to judge the best")
    });
    let (begins, done) = (|mix: &str, runs| clock.begin(mix.to_owned(), runs), || clock.tick());
    let watch = Watch { begins: &begins, done: &done };
    let found = seats(&inputs, args.run.settings(&inputs.scenario.forecast), &watch);
    clock.end();
    let found = found.map_err(in_simulation(&args.scenario))?;
    let json = serde_json::to_string_pretty(&found).expect("plain numbers and names") + "\n";
    let written = output.map(|output| write(output, args.pictures, &found, &json)).transpose()?;
    print(&if args.json { json } else { shown(&found) })?;
    if let (Some(names), Some(out)) = (written, &args.out) {
        note(&format!("\nwrote to {}: {names}\n", out.display()));
    }
    Ok(())
}

fn write(mut output: Output, pictures: PictureArgs, found: &Seats, json: &str) -> std::io::Result<&'static str> {
    output.write("seats.json", json.as_bytes())?;
    let mut rows = output.create("seats.csv")?;
    write_seats(found, &mut rows)?;
    rows.flush()?;
    pictures.write(&mut output, chart::seats(found))?;
    output.commit()?;
    Ok("seats.json, seats.csv, seats.svg, seats.png")
}
