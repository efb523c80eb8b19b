use std::path::PathBuf;

use super::log::LogInputs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, print};
use crate::output::Output;
use crate::replay::{Tables, Totals, replay};
use crate::report::numbers::counted;
use crate::report::run_json;
use crate::simulate::team_seed;
use crate::time::Instant;
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
    /// What buyers ordered (CSV), as `simulate` writes it: columns ordered, team, tokens, arrives, id, buyer
    #[arg(long, value_name = "FILE")]
    orders: Option<PathBuf>,
    /// The log's end: what happens at this instant still counts [default: the last instant in the log]
    #[arg(long, value_name = "INSTANT", value_parser = super::instant)]
    until: Option<Instant>,
    /// Leave bad rows out, and say how many, rather than stop
    #[arg(long)]
    skip_bad_rows: bool,
    /// What `team_choice: random` draws from [default: the scenario's seed]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The replication that a log was exported from: it draws for `team_choice: random` too
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// Print run.json rather than a line of totals
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let inputs =
        LogInputs::load(&args.scenario, &args.sessions, args.orders.as_deref(), args.until, args.skip_bad_rows)?;
    if args.orders.is_none() && !inputs.scenario.buyers.is_empty() {
        note("the scenario's buyers order nothing here: --orders gives what they ordered\n");
    }
    let seed = args.seed.unwrap_or(inputs.scenario.forecast.seed);
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
    replay(scenario, setup, log, *until, team_seed(seed, args.replication), tables)
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
