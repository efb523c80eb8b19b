use std::io::Write;
use std::path::PathBuf;

use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::scenario_args::ScenarioArgs;
use super::{CliError, note, notes, orders, print};
use crate::behaviour::{Drawn, Lots, Planner};
use crate::calendar::rfc3339;
use crate::forecast::RunCard;
use crate::ids::{DeviceId, VersionId};
use crate::output::Output;
use crate::replay::{TableNames, Tables, Totals};
use crate::report::numbers::counted;
use crate::report::run_json;
use crate::scenario::{Names, Scenario, Setup};
use crate::simulate::{Days, Replication, Trace};
use crate::spreadsheet::Rows;
use crate::time::Span;
use crate::usage_log::Use;

/// Simulates one replication and exports it: the sessions as a log, every decision, every change of a pack.
///
/// Writes sessions.csv, decisions.csv, ledger.csv, mails.csv and run.json (the run's card and totals), where the scenario has a
/// `policy` orders.csv, and where scripts note anything notes.csv. `flexcast meter` makes the same decisions and ledger of the sessions and the orders; the command to do so is
/// printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  flexcast simulate scenarios/studio.yaml --replication 17 --out run-17")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Which of a forecast's replications, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// The seed of every draw [default: the scenario's]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    interpreter: InterpreterArgs,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let mut inputs = args.scenario.load()?;
    args.interpreter.apply(&mut inputs);
    let scenario = &inputs.scenario;
    let seed = args.seed.unwrap_or(scenario.forecast.seed);
    let mut output = Output::new(&args.out)?;
    let (setup, days) = (scenario.setup(), Days::of(scenario));
    let mut replication = Replication::new(scenario, &setup, &inputs.library, &days, seed);
    let mut trace = Trace::default();
    replication.run(args.replication, Some(&mut trace)).map_err(in_simulation(&args.scenario))?;
    let names = Interned::of(scenario, replication.planner(), &trace);
    let (known, ordered) = orders::with_orders(scenario, &trace.orders);
    let buys = !scenario.buyers.is_empty();
    if buys {
        orders::write(scenario, &ordered, output.create("orders.csv")?)?;
    }
    if !trace.notes.is_empty() {
        notes::write(scenario, &trace.notes, output.create("notes.csv")?)?;
    }
    sessions(scenario, &names, replication.identities(), &trace, output.create("sessions.csv")?)?;
    let totals = tables(&known, &known.setup(), &names, &trace, &mut output)?;
    let card = RunCard::new(scenario, &inputs.library.sources(), seed, 1);
    let drawn = inputs.library.drawn(Lots::default(), seed, args.replication);
    output.write("run.json", run_json(&card, Some(args.replication), &drawn, &totals, 0).as_bytes())?;
    output.commit()?;
    if !drawn.is_empty() {
        let shown = |Drawn { of, parameter, value }: &Drawn| format!("{of}.{parameter} = {value}");
        note(&format!("drawn for this run: {}\n", drawn.iter().map(shown).collect::<Vec<_>>().join(", ")));
    }
    let until = rfc3339(scenario.end - Span::from_seconds(1));
    print(&format!(
        "{}: {}, {}, {} tokens burned, {} expired\n",
        counted(trace.sessions.len() as u64, "session"),
        counted(totals.windows, "window"),
        counted(totals.denied, "denial"),
        totals.burned,
        totals.expired,
    ))?;
    let (wrote, alone, with_orders) = match buys {
        true => ("orders.csv, ", "the sessions and the orders", format!(" --orders {}/orders.csv", args.out.display())),
        false => ("", "the sessions alone", String::new()),
    };
    let noted = if trace.notes.is_empty() { "" } else { "notes.csv, " };
    note(&format!(
        "wrote sessions.csv, {wrote}{noted}decisions.csv, ledger.csv, mails.csv, run.json to {out}; the same again from {alone}:\n  \
         flexcast meter {scenario} {out}/sessions.csv{with_orders} --until {until} --seed {seed} --replication {number} --out {out}/again\n",
        out = args.out.display(),
        scenario = scenario.pseudonyms.text(&args.scenario.command()),
        number = args.replication,
    ));
    Ok(())
}

/// The names of the devices and versions of a trace.
pub(super) struct Interned {
    pub(super) devices: Names,
    pub(super) versions: Names,
}

impl Interned {
    pub(super) fn of(scenario: &Scenario, planner: &Planner<'_>, trace: &Trace) -> Self {
        let mut names = Interned { devices: Names::default(), versions: Names::default() };
        let open = |place: usize| &trace.sessions[place].open;
        let devices = (0..trace.sessions.len()).map(|place| open(place).device).max().unwrap_or_default();
        let versions = (0..trace.sessions.len()).map(|place| open(place).version).max().unwrap_or_default();
        for id in 0..=devices.0 {
            names.devices.id(&scenario.pseudonyms.device(planner.device_name(DeviceId(id))));
        }
        for id in 0..=versions.0 {
            names.versions.id(planner.version_name(VersionId(id)));
        }
        names
    }
}

const SESSIONS: [&str; 12] = [
    "user",
    "product",
    "opened",
    "closed",
    "version",
    "device",
    "idle",
    "online",
    "identity",
    "quantity",
    "failed",
    "failed_quantity",
];

/// The sessions as a log. Fields that say what is so anyway stay empty.
pub(super) fn sessions(
    scenario: &Scenario,
    names: &Interned,
    identities: &Names,
    trace: &Trace,
    out: impl Write,
) -> std::io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(SESSIONS)?;
    for session in &trace.sessions {
        let open = &session.open;
        let [quantity, failed, failed_quantity] = results(&session.what);
        rows.write_record([
            scenario.users[open.user.index()].name.as_str(),
            &scenario.products[open.product.index()].name,
            &rfc3339(session.opened),
            &session.what.closed().map_or(String::new(), rfc3339),
            names.versions.name(open.version.0),
            names.devices.name(open.device.0),
            &idle(&session.what),
            if open.online { "" } else { "false" },
            identities.name(open.identity.0),
            &quantity,
            &failed,
            &failed_quantity,
        ])?;
    }
    rows.flush()
}

/// How many were ordered, and when so many failed, as a log writes it.
fn results(what: &Use) -> [String; 3] {
    let Use::Results { quantity, failed } = what else { return Default::default() };
    let (at, failed) = failed.map_or_else(Default::default, |failed| (rfc3339(failed.at), failed.quantity.to_string()));
    [quantity.to_string(), at, failed]
}

/// Idle spans as a log writes them.
fn idle(what: &Use) -> String {
    let spans: Vec<String> =
        what.idle().iter().map(|(from, until)| format!("{}/{}", rfc3339(*from), rfc3339(*until))).collect();
    spans.join(";")
}

fn tables(
    scenario: &Scenario,
    setup: &Setup,
    names: &Interned,
    trace: &Trace,
    output: &mut Output,
) -> std::io::Result<Totals> {
    let names = TableNames {
        scenario,
        strangers: &[],
        packs: &setup.packs,
        devices: &names.devices,
        versions: &names.versions,
    };
    let mut tables =
        Tables::new(names, output.create("decisions.csv")?, output.create("ledger.csv")?, output.create("mails.csv")?)?;
    tables.read(&trace.entries)?;
    tables.finish()
}
