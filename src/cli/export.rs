use std::path::PathBuf;

use clap::ValueEnum;

use super::metered::{Metered, MeteredArgs, place};
use super::{CliError, note, values};
use crate::calendar::{Day, Zone};
use crate::diagnostic::Diagnostic;
use crate::export::{About, Columns, Table, subscriptions, usage, users, write_csv, write_json, write_xlsx};
use crate::forecast::RunCard;
use crate::ids::TeamId;
use crate::output::write_file;
use crate::scenario::Scenario;
use crate::usage_report::{Question, RangeAsked, UsageBook, gather};

/// Writes what the vendor exports, under the vendor's names of columns: subscriptions, users or usage.
///
/// `subscriptions` has a row for each pack, and for the single-user subscriptions alike; `users` is the usage report, a row for each user
/// and product of a team, with the figures of `report --team`, and one for whoever is assigned and used nothing; `usage` has a row for each day on which a user used a
/// product. Days are the scenario's, but in `usage` they are UTC days, as in the vendor's exports: what a session is charged between midnight
/// in the zone and in UTC is on the day beside. What a scenario doesn't know, such as a reseller, is an empty cell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast export usage office.yaml sessions.csv --range 3m --as-of 2027-06-10 --out usage.csv
  flexcast export users office.yaml --team design --columns title --format xlsx --out users.xlsx
  flexcast export subscriptions office.yaml --as-of 2027-06-10")]
pub struct Args {
    /// What to export
    what: What,
    #[command(flatten)]
    pub(super) metered: MeteredArgs,
    /// Only this team [default: all teams]
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// The days that users and usage are of: 30d, 3m, 6m, 9m, 12m or FROM..TO
    #[arg(long, value_name = "RANGE", default_value = "30d", value_parser = super::report::range)]
    range: RangeAsked,
    /// The day as of which it is, at its end [default: the last one in the log; the scenario's last]
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    as_of: Option<Day>,
    /// How it is written: csv, xlsx, json or, where flexcast is built with it, parquet
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Csv, hide_possible_values = true)]
    format: Format,
    /// The names of the columns: snake, the older ones (tokens_used), or title, those of 2026 (Tokens used)
    #[arg(long, value_enum, value_name = "NAMES", default_value_t = Naming::Snake, hide_possible_values = true)]
    columns: Naming,
    /// The file to write [default: standard output; xlsx and parquet need one]
    #[arg(long, value_name = "FILE", required_if_eq_any([("format", "xlsx"), ("format", "parquet")]))]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Subscriptions,
    Users,
    Usage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Json,
    Parquet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Naming {
    Snake,
    Title,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    args.metered.with(|Metered { names, setup, rows, until, seed, card }| {
        let zone = if args.what == What::Usage { Zone::UTC } else { names.scenario.zone };
        let book = gather(names, setup, rows, until, seed, zone, None)?;
        let question = question(args, names.scenario, &book)?;
        let table = table(args, names.scenario, &book, question);
        let about = about(args, &question, zone, names.scenario, &card);
        written(args, &table, &about)
    })
}

fn question(args: &Args, scenario: &Scenario, book: &UsageBook) -> Result<Question, CliError> {
    let as_of = args.as_of.unwrap_or(book.last_day);
    let asked = args.team.as_deref().map(|team| scenario.pseudonyms.text(team));
    let team = place("team", asked.as_deref(), book.teams.iter().map(String::as_str));
    let unknown = super::report::unknown_day(book, as_of);
    let errors: Vec<Diagnostic> = team.clone().err().into_iter().chain(unknown).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Ok(Question {
        as_of,
        zone: scenario.zone,
        team: team.expect("no errors").map(TeamId::from_index),
        range: args.range.on(as_of, scenario.reports.ranges),
        short_starts: scenario.reports.short_starts,
        low: 0.0,
        within: 0,
    })
}

fn table(args: &Args, scenario: &Scenario, book: &UsageBook, question: Question) -> Table {
    let columns = match args.columns {
        Naming::Snake => Columns::Snake,
        Naming::Title => Columns::Title,
    };
    let Question { as_of, team, range, .. } = question;
    match args.what {
        What::Subscriptions => subscriptions(scenario, book, as_of, team, columns),
        What::Users => users(scenario, book, question, columns),
        What::Usage => {
            let range = crate::usage_report::Range { to: range.to.min(as_of), ..range };
            usage(book, range, team, columns, scenario.pseudonyms.hide())
        }
    }
}

fn about(args: &Args, question: &Question, zone: Zone, scenario: &Scenario, card: &RunCard) -> About {
    let Question { as_of, range, .. } = question;
    let what = args.what.to_possible_value().expect("all are shown").get_name().to_owned();
    let lines = vec![
        ("Export", what),
        ("Scenario", card.scenario.clone()),
        (
            "Team",
            args.team.as_deref().map_or_else(|| "all teams".into(), |team| scenario.pseudonyms.text(team)).into_owned(),
        ),
        ("From", range.from.to_string()),
        ("To", range.to.min(*as_of).to_string()),
        ("As of", as_of.to_string()),
        ("Days in", zone.to_string()),
        ("Names", if scenario.pseudonyms.hide() { "hashed" } else { "shown" }.to_owned()),
        ("Seed", card.seed.to_string()),
        ("flexcast", card.version.clone()),
    ];
    About { lines, first: args.what == What::Users, as_of: *as_of }
}

#[cfg(feature = "parquet")]
fn columnar(table: &Table, about: &About) -> Result<Vec<u8>, CliError> {
    Ok(crate::export::write_parquet(table, about)?)
}

#[cfg(not(feature = "parquet"))]
fn columnar(_: &Table, _: &About) -> Result<Vec<u8>, CliError> {
    let error = Diagnostic::new("this flexcast is built without Parquet");
    Err(Box::new(error.help("build it with `cargo build --release --features parquet`, or ask for csv or xlsx")).into())
}

fn written(args: &Args, table: &Table, about: &About) -> Result<(), CliError> {
    let mut bytes = Vec::new();
    match args.format {
        Format::Csv => write_csv(table, &mut bytes)?,
        Format::Json => write_json(table, &mut bytes)?,
        Format::Xlsx => bytes = write_xlsx(table, about)?,
        Format::Parquet => bytes = columnar(table, about)?,
    }
    let Some(file) = &args.out else {
        return super::print(&String::from_utf8(bytes).expect("text formats are text"));
    };
    write_file(file, &bytes)?;
    note(&format!("wrote {}\n", file.display()));
    Ok(())
}
