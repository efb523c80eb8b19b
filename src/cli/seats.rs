use std::io::{self, Write};

use super::CliError;
use super::clock::Clock;
use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
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
    #[command(flatten)]
    results: ResultArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    #[command(flatten)]
    pictures: PictureArgs,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let results = args.results.open()?;
    let clock = Clock::new(stages(&inputs.scenario), |runs| {
        format!("{runs} runs for each way to have subscriptions that is tried, and as many to judge the best")
    });
    let (begins, done) = (|mix: &str, runs| clock.begin(mix.to_owned(), runs), || clock.tick());
    let watch = Watch { begins: &begins, done: &done };
    let found = seats(&inputs, args.run.settings(&inputs.scenario.forecast), &watch);
    clock.end();
    let found = found.map_err(in_simulation(&args.scenario))?;
    results.give("seats", &found, || shown(&found), |output| write(output, args.pictures, &found))
}

fn write(output: &mut Output, pictures: PictureArgs, found: &Seats) -> io::Result<()> {
    let mut rows = output.create("seats.csv")?;
    write_seats(found, &mut rows)?;
    rows.flush()?;
    pictures.write(output, chart::seats(found))
}
