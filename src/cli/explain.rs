use std::path::{Path, PathBuf};

use super::error::in_simulation;
use super::log::LogInputs;
use super::scenario_args::ScenarioArgs;
use super::simulate::Interned;
use super::{CliError, orders, print, values};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::explain::{Answer, Asked, explain};
use crate::forecast::RunCard;
use crate::ids::{ProductId, UserId};
use crate::replay::TableNames;
use crate::report::explain as words;
use crate::scenario::{Scenario, Setup};
use crate::simulate::{Days, Replication, Trace, team_seed};
use crate::time::{Instant, Span};
use crate::usage_log::Logged;

/// Explains each charge and each denial in words.
///
/// For a charge: why it was due, which packs paid and why these first, when its window ends, what would have avoided it. For a denial:
/// what was missing. With a session log it is what the log costs; without one, what one replication of the simulation does. User,
/// product and day narrow it down; a charge belongs to the day on which its window starts, in the scenario's zone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast explain office.yaml sessions.csv --user ann@example.com --day 2027-03-01
  flexcast explain office.yaml --replication 17 --product Revit
  flexcast explain office.yaml sessions.csv --json | jq '.decisions[] | select(.outcome == \"denied\")'")]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The session log (CSV), or - for standard input; one replication is simulated where it is left out
    sessions: Option<PathBuf>,
    /// What buyers ordered, beside a log that `simulate` wrote (CSV)
    #[arg(long, value_name = "FILE", requires = "sessions")]
    orders: Option<PathBuf>,
    /// Only this user
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only this product
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Only this day, in the scenario's zone
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    day: Option<Day>,
    /// What cost nothing too
    #[arg(long)]
    all: bool,
    /// The end: what happens at this instant still counts [default: the last instant in the log; the scenario's end]
    #[arg(long, value_name = "INSTANT", value_parser = super::instant)]
    until: Option<Instant>,
    /// Leave bad rows of the log out, and say how many, rather than stop
    #[arg(long)]
    skip_bad_rows: bool,
    /// The seed of every draw [default: the scenario's]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Which of a forecast's replications, counted from 0; of a log, the one that it was exported from
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// Print JSON rather than words
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    match &args.sessions {
        Some(sessions) => real_log(args, sessions),
        None => simulated(args),
    }
}

fn real_log(args: &Args, sessions: &Path) -> Result<(), CliError> {
    let inputs = LogInputs::load(&args.scenario, sessions, args.orders.as_deref(), args.until, args.skip_bad_rows)?;
    let seed = args.seed.unwrap_or(inputs.scenario.forecast.seed);
    let answer = answer(args, inputs.names(), &inputs.setup, inputs.log.rows.iter()?, inputs.until)?;
    tell(args, &answer, &inputs.card(seed), &inputs.scenario)
}

fn simulated(args: &Args) -> Result<(), CliError> {
    let inputs = args.scenario.load()?;
    let scenario = &inputs.scenario;
    super::check_until(args.until, scenario)?;
    let seed = args.seed.unwrap_or(scenario.forecast.seed);
    let (setup, days) = (scenario.setup(), Days::of(scenario));
    let mut replication = Replication::new(scenario, &setup, &inputs.library, &days, seed);
    let mut trace = Trace::default();
    replication.run(args.replication, Some(&mut trace)).map_err(in_simulation(&args.scenario))?;
    let interned = Interned::of(replication.planner(), &trace);
    let (known, _) = orders::with_orders(scenario, &trace.orders);
    let setup = known.setup();
    let names = TableNames {
        scenario: &known,
        strangers: &[],
        packs: &setup.packs,
        devices: &interned.devices,
        versions: &interned.versions,
    };
    let card = RunCard::new(scenario, &inputs.library.sources(), seed, 1);
    let until = args.until.unwrap_or(scenario.end - Span::from_seconds(1));
    let answer = answer(args, names, &setup, trace.sessions.into_iter().map(Ok), until)?;
    tell(args, &answer, &card, scenario)
}

fn answer(
    args: &Args,
    names: TableNames<'_>,
    setup: &Setup,
    rows: impl IntoIterator<Item = std::io::Result<Logged>>,
    until: Instant,
) -> Result<Answer, CliError> {
    let asked = asked(args, &names)?;
    let seed = args.seed.unwrap_or(names.scenario.forecast.seed);
    Ok(explain(names, setup, rows, until, team_seed(seed, args.replication), &asked)?)
}

fn asked(args: &Args, names: &TableNames<'_>) -> Result<Asked, CliError> {
    let users = names.scenario.users.iter().map(|user| &*user.name).chain(names.strangers.iter().map(String::as_str));
    let products = names.scenario.products.iter().map(|product| &*product.name);
    let (user, product) =
        (place("user", args.user.as_deref(), users), place("product", args.product.as_deref(), products));
    let errors: Vec<Diagnostic> = [&user, &product].into_iter().filter_map(|place| place.clone().err()).collect();
    let (Ok(user), Ok(product)) = (user, product) else { return Err(errors.into()) };
    let zone = names.scenario.zone;
    Ok(Asked {
        user: user.map(UserId::from_index),
        product: product.map(ProductId::from_index),
        day: args.day.map(|day| zone.start_of(day)..zone.start_of(day.plus(1))),
        free: args.all,
    })
}

/// The place of a name that is asked for.
fn place<'n>(
    what: &str,
    asked: Option<&str>,
    mut names: impl Iterator<Item = &'n str> + Clone,
) -> Result<Option<usize>, Diagnostic> {
    let Some(asked) = asked else { return Ok(None) };
    let unknown = Diagnostic::new(format!("unknown {what} `{asked}`"));
    let all = names.clone();
    names.position(|name| name == asked).map(Some).ok_or_else(|| unknown.nearest(asked, all))
}

fn tell(args: &Args, answer: &Answer, card: &RunCard, scenario: &Scenario) -> Result<(), CliError> {
    print(&if args.json { words::explain_json(answer, card) } else { words::explain(answer, scenario.zone) })
}
