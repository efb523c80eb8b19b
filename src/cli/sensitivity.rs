use std::io::{self, Write};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, figure, note};
use crate::chart::{self, Changes};
use crate::forecast::Figure;
use crate::output::Output;
use crate::report::numbers::counted;
use crate::report::sensitivity as words;
use crate::sensitivity::{Full, Knobs, Question, Sensitivity, Shares, enough};
use crate::simulate::{self, Inputs, Run};

/// Says which parameters matter: what each does to the burn, or to another figure.
///
/// Without --full, one at a time: every uncertain parameter goes from its p5 to its p95, all else in the middle. Where nothing is uncertain,
/// every plain number (parameters, how many users a group has, rates) is moved by 20 % of itself. With --full, the variance is shared out
/// (Sobol's shares, by Saltelli's sampling) over the uncertain parameters, or the moved ones, and daily chance. --out writes sensitivity.json,
/// sensitivity.csv and a picture, tornado.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast sensitivity office.yaml
  flexcast sensitivity office.yaml --by stock_out --move 10% --out out
  flexcast sensitivity office.yaml --set 'people.designers.with.attendance={from: 0.6, to: 0.95}'
  flexcast sensitivity office.yaml --full --replications 500")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The figure: burn, avoidable, waste, stock_out, denials, burn_cost, waste_cost or cost
    #[arg(long, value_name = "FIGURE", default_value = "burn", value_parser = figure)]
    by: Figure,
    /// Ask about the demand: what would burn if tokens never ran out
    #[arg(long, conflicts_with = "by")]
    demand: bool,
    /// Move plain numbers too, by this share of themselves [default: 20 % where nothing is uncertain]
    #[arg(long = "move", value_name = "SHARE", value_parser = share)]
    moved: Option<f64>,
    /// Share out the variance, rather than moving one parameter at a time
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    results: ResultArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    #[command(flatten)]
    pictures: PictureArgs,
}

/// By how much plain numbers are moved unless it is said.
const MOVED: f64 = 0.2;
/// Replications at each end: with the same draws at either, few tell much.
const QUICK: u32 = 100;
/// Replications that are timed before a long run.
const PROBE: u32 = 4;

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let file = args.scenario.open()?;
    let mut inputs = Inputs::of(file.load())?;
    args.interpreter.apply(&mut inputs);
    args.by.check("the scenario", !inputs.scenario.prices.tokens.is_empty()).map_err(Box::new)?;
    let results = args.results.open()?;
    let certain = inputs.library.uncertain().is_empty();
    let moved = args.moved.or(certain.then_some(MOVED));
    let question = Question { figure: args.by, demand: args.demand, moved };
    let mut settings = args.run.settings(&inputs.scenario.forecast);
    if !args.full {
        settings.replications = args.run.replications_or(QUICK);
    }
    enough(args.full, settings.replications).map_err(Box::new)?;
    let probed = inputs.clone();
    let found = if args.full {
        let full = Full::new(&file, inputs, question);
        let bar = announced(&probed, settings, full.simulations(settings))?;
        let found = full.share(settings, || bar.inc(1));
        bar.finish_and_clear();
        Found::Shares(found?)
    } else {
        let knobs = Knobs::new(file, inputs, question).map_err(Box::new)?;
        let bar = announced(&probed, settings, knobs.simulations(settings))?;
        let found = knobs.turn(settings, || bar.inc(1));
        bar.finish_and_clear();
        Found::Swings(found?)
    };
    results.give("sensitivity", &found, || found.words(), |output| write(output, args.pictures, &found))
}

/// Says how many runs there are, and how long they will take by a few that are timed; gives the bar for them.
fn announced(inputs: &Inputs, settings: Run, simulations: u64) -> Result<ProgressBar, CliError> {
    let begun = Instant::now();
    let probe = Run { replications: PROBE.min(settings.replications), ..settings };
    simulate::run(&inputs.scenario, &inputs.scenario.setup(), &inputs.library, probe, |_, _| {})?;
    let seconds = begun.elapsed().as_secs_f64() / f64::from(probe.replications) * simulations as f64;
    let long = match seconds {
        seconds if seconds < 90.0 => counted(seconds.ceil() as u64, "second"),
        seconds => counted((seconds / 60.0).ceil() as u64, "minute"),
    };
    note(&format!("{}, about {long}\n", counted(simulations, "run")));
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} runs, {eta} left");
    Ok(ProgressBar::new(simulations).with_style(style.expect("a valid template")))
}

/// What is found, either way.
#[derive(Serialize)]
#[serde(untagged)]
enum Found {
    Swings(Sensitivity),
    Shares(Shares),
}

impl Found {
    fn words(&self) -> String {
        match self {
            Found::Swings(found) => words::sensitivity(found),
            Found::Shares(found) => words::shares(found),
        }
    }

    fn changes(&self) -> Changes<'_> {
        match self {
            Found::Swings(found) => Changes::Swings(found),
            Found::Shares(found) => Changes::Shares(found),
        }
    }
}

fn write(output: &mut Output, pictures: PictureArgs, found: &Found) -> io::Result<()> {
    let mut rows = output.create("sensitivity.csv")?;
    match found {
        Found::Swings(found) => words::write_sensitivity(found, &mut rows)?,
        Found::Shares(found) => words::write_shares(found, &mut rows)?,
    }
    rows.flush()?;
    pictures.write(output, chart::changes(&found.changes()))
}

/// `20%` or `0.2`.
fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number.trim_end(), 100.0));
    let share = number.parse::<f64>().ok().map(|number| number / unit);
    share.filter(|share| *share > 0.0 && *share < 1.0).ok_or_else(|| "expected a share such as 20% or 0.2".to_owned())
}
