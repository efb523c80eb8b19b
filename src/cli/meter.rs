use std::path::PathBuf;

use super::{CliError, print};
use crate::calendar::parse_instant;
use crate::output::Output;
use crate::replay::{TableNames, Tables, Totals, replay};
use crate::scenario::Scenario;
use crate::simulate::team_seed;
use crate::time::Instant;
use crate::usage_log::{self, UsageLog};

/// Meters a real session log through the same core as a simulation.
///
/// Writes decisions.csv (a row for each open, renewal and result) and ledger.csv (a row for each change of a pack).
/// Packs, purchases, people and rules are the scenario's; its behaviour scripts aren't run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast meter scenarios/studio.yaml sessions.csv --out out
  flexcast meter office.yaml sessions.csv --out out --until 2027-03-31T23:59:59+02:00 --json")]
pub struct Args {
    /// The scenario (YAML)
    scenario: PathBuf,
    /// The session log (CSV): user,product,opened,closed and, where known, version,device,platform,online,identity
    sessions: PathBuf,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The log's end: what happens at this instant still counts [default: the last instant in the log]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
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
    /// Print the totals as JSON
    #[arg(long)]
    json: bool,
}

fn instant(text: &str) -> Result<Instant, String> {
    parse_instant(text).ok_or_else(|| "expected RFC 3339 with an offset, such as 2027-03-01T09:00:00+01:00".into())
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let loaded = crate::scenario::load(&args.scenario);
    let scenario = loaded.scenario.ok_or(CliError::Input(loaded.diagnostics))?;
    let mut setup = scenario.setup(&[]);
    let (log, skipped) = usage_log::read(&args.sessions, &scenario, &mut setup.identities, args.skip_bad_rows)?;
    if !skipped.is_empty() {
        anstream::eprint!("{}", crate::report::diagnostics::render(&skipped, true));
        anstream::eprintln!("left out {} bad rows", skipped.len());
    }
    let setup = scenario.setup(&log.strangers);
    let totals = write(args, &scenario, &setup, &log)?;
    print(&if args.json { json(&totals, skipped.len()) } else { words(&totals, &log) })
}

fn write(args: &Args, scenario: &Scenario, setup: &crate::scenario::Setup, log: &UsageLog) -> Result<Totals, CliError> {
    let names = TableNames {
        scenario,
        strangers: &log.strangers,
        packs: &setup.packs,
        devices: &log.devices,
        versions: &log.versions,
    };
    let seed = team_seed(args.seed.unwrap_or(scenario.forecast.seed), args.replication);
    let mut output = Output::new(&args.out)?;
    let tables = Tables::new(names, output.create("decisions.csv")?, output.create("ledger.csv")?)?;
    let totals = replay(scenario, setup, log, args.until, seed, tables)?;
    for path in output.commit()? {
        anstream::eprintln!("wrote {}", path.display());
    }
    Ok(totals)
}

fn words(totals: &Totals, log: &UsageLog) -> String {
    format!(
        "{} sessions: {} decisions granted, {} denied; {} windows; {} tokens burned, {} expired\n",
        log.sessions.len(),
        totals.granted,
        totals.denied,
        totals.windows,
        totals.burned,
        totals.expired
    )
}

fn json(totals: &Totals, skipped: usize) -> String {
    let number = |tokens: crate::tokens::Tokens| tokens.millionths() as f64 / 1e6;
    let value = serde_json::json!({
        "granted": totals.granted,
        "denied": totals.denied,
        "windows": totals.windows,
        "burned": number(totals.burned),
        "expired": number(totals.expired),
        "bad_rows_left_out": skipped,
    });
    format!("{value}\n")
}
