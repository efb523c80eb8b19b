use std::path::PathBuf;

use super::{CliError, note, print};
use crate::forecast::{Fingerprint, RunCard};
use crate::output::Output;
use crate::replay::{TableNames, Tables, Totals, replay};
use crate::report::numbers::counted;
use crate::report::run_json;
use crate::scenario::{Scenario, Setup};
use crate::simulate::team_seed;
use crate::time::Instant;
use crate::usage_log::{self, UsageLog};

/// Meters a real session log through the same core as a simulation.
///
/// Writes decisions.csv (a row for each open and renewal), ledger.csv (a row for each change of a pack), mails.csv (a row for each mail
/// to a user) and run.json (the run's card and totals).
/// Packs, purchases, people and rules are the scenario's; its behaviour scripts aren't run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast meter scenarios/studio.yaml sessions.csv --out out
  flexcast meter office.yaml sessions.csv --out out --until 2027-03-31T23:59:59+02:00 --json")]
pub struct Args {
    /// The scenario (YAML)
    scenario: PathBuf,
    /// The session log (CSV), or - for standard input: user,product,opened,closed and, where known, version,device,platform,
    /// online,identity
    sessions: PathBuf,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
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
    let loaded = crate::scenario::load(&args.scenario);
    let scenario = loaded.scenario.ok_or(CliError::Input(loaded.diagnostics))?;
    super::check_until(args.until, &scenario)?;
    let mut setup = scenario.setup();
    let log = usage_log::read(&args.sessions, &scenario, &mut setup.identities, args.skip_bad_rows)?;
    for (column, known) in &log.near_columns {
        note(&format!("note: column `{column}` isn't read; is `{known}` meant?\n"));
    }
    if log.bad_rows > 0 {
        note(&crate::report::diagnostics::render(&log.bad, true));
        note(&format!("left out {}\n", counted(log.bad_rows as u64, "bad row")));
    }
    setup.add_strangers(&log.strangers);
    let seed = args.seed.unwrap_or(scenario.forecast.seed);
    let mut output = Output::new(&args.out)?;
    let totals = tables(args, &scenario, &setup, &log, seed, &mut output)?;
    let mut card = RunCard::new(&scenario, &[], seed, 0);
    card.inputs.push(Fingerprint::new(&log.name, &log.sha256));
    let json = run_json(&card, None, &totals, log.bad_rows);
    output.write("run.json", json.as_bytes())?;
    output.commit()?;
    print(&if args.json { json } else { words(&totals, &log) })?;
    note(&format!("wrote decisions.csv, ledger.csv, mails.csv, run.json to {}\n", args.out.display()));
    Ok(())
}

fn tables(
    args: &Args,
    scenario: &Scenario,
    setup: &Setup,
    log: &UsageLog,
    seed: u64,
    output: &mut Output,
) -> std::io::Result<Totals> {
    let names = TableNames {
        scenario,
        strangers: &log.strangers,
        packs: &setup.packs,
        devices: &log.devices,
        versions: &log.versions,
    };
    let tables =
        Tables::new(names, output.create("decisions.csv")?, output.create("ledger.csv")?, output.create("mails.csv")?)?;
    replay(scenario, setup, log, args.until, team_seed(seed, args.replication), tables)
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
