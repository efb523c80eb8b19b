mod subjects;

use std::io::{self, Write};
use std::path::PathBuf;

use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, alert, figure};
use crate::chart::{self, Changes};
use crate::compare::{Comparison, Threshold, compare};
use crate::forecast::Figure;
use crate::output::Output;
use crate::report::compare::{comparison, crossing, write_comparison};

/// Compares a scenario with its variants under what_if, with other scenarios, or with stored results.
///
/// All are run with the same seed and replications, so that each difference has its own, narrow interval. A stored result is a folder that
/// `forecast --out` wrote; what is run has its seed and replications,
/// unless --seed or --replications say otherwise; where these or the version are others, it is compared as an independent result. What stands
/// first is what the others are compared with: put the stored result first to see what has changed since. --out writes compare.json
/// (everything the screen shows, and more), compare.csv (a row for each variant, team and figure) and a picture, tornado, as SVG and
/// PNG.
///
/// Figures: burn, avoidable, waste, denials; stock_out, the chance that tokens run out; and, where prices are given, burn_cost and
/// waste_cost, at what the packs cost, and cost, of what is bought. --fail-if takes one of them, >, >=, < or <=, and a value. A
/// value without a sign bounds the figure itself, of all that is compared; with a sign it bounds the change, of all but the first:
/// burn>+5% means 5 % more, waste>+500 means 500 tokens more, stock_out>+1% one percentage point more. Where a bound is crossed, by
/// the mean, standard error says by what, and whether chance alone could explain it, and the exit code is 4.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast compare office.yaml
  flexcast compare office.yaml --what-if 'two more designers' --by stock_out --out out
  flexcast compare office.yaml bigger.yaml --fail-if 'stock_out>1%'
  flexcast compare last_month/ office.yaml --fail-if 'burn>+5%' --fail-if 'cost>60000'")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// What else to compare it with: scenarios, or folders of `forecast --out` [default: all variants under what_if]
    #[arg(value_name = "OTHER")]
    others: Vec<PathBuf>,
    /// Compare with this variant under what_if; may be repeated
    #[arg(long, value_name = "NAME")]
    what_if: Vec<String>,
    /// The figure whose changes are shown first, and by which the variants are ordered
    #[arg(long, value_name = "FIGURE", default_value = "burn", value_parser = figure)]
    by: Figure,
    /// End with exit code 4 where this is so, such as 'stock_out>1%' or 'burn>+5%'; may be repeated
    #[arg(long, value_name = "BOUND")]
    fail_if: Vec<Threshold>,
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
    let plan = subjects::plan(args)?;
    let results = args.results.open()?;
    let (card, base, others) = plan.run()?;
    let found = compare(card, &base, &others, args.by, &args.fail_if);
    results.give("compare", &found, || comparison(&found), |output| write(output, args.pictures, &found))?;
    alert(&found.crossed.iter().map(crossing).collect::<String>())
}

fn write(output: &mut Output, pictures: PictureArgs, found: &Comparison) -> io::Result<()> {
    let mut rows = output.create("compare.csv")?;
    write_comparison(found, &mut rows)?;
    rows.flush()?;
    pictures.write(output, chart::changes(&Changes::Compared(found)))
}
