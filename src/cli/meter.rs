use std::path::PathBuf;

use super::log::{LogArgs, LogInputs};
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, print};
use crate::output::Output;
use crate::replay::{Tables, Totals, replay};
use crate::report::numbers::counted;
use crate::report::run_json;
use crate::simulate::team_seed;
use crate::usage_log::UsageLog;

/// Meters a real session log through the same core as a simulation.
///
/// Writes decisions.csv (a row for each open, renewal and result), ledger.csv (a row for each change of a pack), mails.csv (a row for each mail
/// to a user) and run.json (the run's card and totals).
/// Packs, purchases, people and rules are the scenario's; its behaviour scripts aren't run, those of buyers neither.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast meter scenarios/studio.yaml sessions.csv --out out
  flexcast meter office.yaml sessions.csv --out out --until 2027-03-31T23:59:59+02:00 --json")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The session log (CSV), or - for standard input: columns user, product, opened, closed and, where known, version, device,
    /// platform, online, identity, idle, quantity, failed, failed_quantity
    sessions: PathBuf,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    log: LogArgs,
    /// Print run.json rather than a line of totals
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let inputs = LogInputs::load(&args.scenario, &args.sessions, &args.log)?;
    if args.log.orders.is_none() && !inputs.scenario.buyers.is_empty() {
        note("the scenario's buyers order nothing here: --orders gives what they ordered\n");
    }
    let seed = args.log.seed.unwrap_or(inputs.scenario.forecast.seed);
    let mut output = Output::new(&args.out)?;
    let totals = tables(args, &inputs, seed, &mut output)?;
    let json = run_json(&inputs.card(seed), None, &[], &totals, inputs.log.bad_rows);
    output.write("run.json", json.as_bytes())?;
    output.commit()?;
    print(&if args.json { json } else { words(&totals, &inputs.log) })?;
    note(&format!("wrote decisions.csv, ledger.csv, mails.csv, run.json to {}\n", args.out.display()));
    Ok(())
}

fn tables(args: &Args, inputs: &LogInputs, seed: u64, output: &mut Output) -> std::io::Result<Totals> {
    let [decisions, ledger, mails] =
        [output.create("decisions.csv")?, output.create("ledger.csv")?, output.create("mails.csv")?];
    let tables = Tables::new(inputs.names(), decisions, ledger, mails)?;
    let LogInputs { scenario, setup, log, until, .. } = inputs;
    replay(scenario, setup, log, *until, team_seed(seed, args.log.replication), tables)
}

fn words(totals: &Totals, log: &UsageLog) -> String {
    format!(
        "{}: {} granted, {} denied; {}; {} tokens burned, {} expired\n",
        counted(log.rows.len(), "session"),
        counted(totals.granted, "decision"),
        totals.denied,
        counted(totals.windows, "window"),
        totals.burned,
        totals.expired
    )
}
