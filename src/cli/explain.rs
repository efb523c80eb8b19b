use super::metered::{Metered, MeteredArgs, place};
use super::{CliError, print, values};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::explain::{Asked, explain};
use crate::ids::{ProductId, UserId};
use crate::replay::TableNames;
use crate::report::explain as words;

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
    pub(super) metered: MeteredArgs,
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
    /// Print JSON rather than words
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    args.metered.with(|Metered { names, setup, rows, until, seed, card }| {
        let asked = asked(args, &names)?;
        let answer = explain(names, setup, rows, until, seed, &asked)?;
        let zone = names.scenario.zone;
        print(&if args.json { words::explain_json(&answer, &card) } else { words::explain(&answer, zone) })
    })
}

fn asked(args: &Args, names: &TableNames<'_>) -> Result<Asked, CliError> {
    let users = names.scenario.users.iter().map(|user| &*user.name).chain(names.strangers.iter().map(String::as_str));
    let products = names.scenario.products.iter().map(|product| &*product.name);
    let user = args.user.as_deref().map(|user| names.scenario.pseudonyms.user(user));
    let (user, product) = (place("user", user.as_deref(), users), place("product", args.product.as_deref(), products));
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
