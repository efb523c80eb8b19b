use super::metered::{Metered, MeteredArgs, place};
use super::{CliError, print, values};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::TeamId;
use crate::report::usage as words;
use crate::scenario::Scenario;
use crate::usage_report::{Question, RangeAsked, UsageBook, UsageReport, gather, usage_report};

/// Shows what the vendor's usage reports show: overview, products, users, balances, and what to watch.
///
/// Of a session log it is what the log costs; without one, what one replication of the simulation does. Use is what was had with Flex, for
/// tokens: what subscriptions, trials and free add-ins cover isn't in it. A charge belongs to the day on which its window starts, in the
/// scenario's zone.
///
/// A range is 30d, the last 30 days; 3m, 6m, 9m or 12m, months as `rules: {ranges: …}` of the scenario has them (full calendar months, the
/// running one left out, or rolling); or two dates, both counted. Averages per month are divided by these months, by 1 of 30d, and by the
/// months that have begun between two dates.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast report office.yaml sessions.csv --range 3m --as-of 2027-06-10
  flexcast report office.yaml --team design --range 2027-01-01..2027-12-31 --product Revit
  flexcast report office.yaml sessions.csv --json | jq '.users[] | {user, days_used}'")]
pub struct Args {
    #[command(flatten)]
    metered: MeteredArgs,
    /// Only this team [default: all teams together]
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// The days that products and users are reported of: 30d, 3m, 6m, 9m, 12m or FROM..TO
    #[arg(long, value_name = "RANGE", default_value = "30d", value_parser = range)]
    range: RangeAsked,
    /// The day as of which it is reported, at its end [default: the last one in the log; the scenario's last]
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    as_of: Option<Day>,
    /// The detail of this product
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// The detail of this user
    #[arg(long, value_name = "NAME", conflicts_with = "product")]
    user: Option<String>,
    /// Flag tokens that end so soon, in whole days
    #[arg(long, value_name = "DAYS", default_value = "90d", value_parser = values::days)]
    within: i32,
    /// Flag balances at this share of what was bought, or less
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = values::share)]
    low: f64,
    /// Print JSON rather than tables
    #[arg(long)]
    json: bool,
}

fn range(text: &str) -> Result<RangeAsked, String> {
    let expected = "expected 30d, 3m, 6m, 9m, 12m, or two dates such as 2027-01-01..2027-03-31";
    RangeAsked::parse(text).ok_or_else(|| expected.into())
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    args.metered.with(|Metered { names, setup, rows, until, seed, card }| {
        let book = gather(names, setup, rows, until, seed)?;
        let question = question(args, names.scenario, &book)?;
        let mut report = usage_report(&book, &question);
        narrow(args, &mut report);
        print(&match (&args.product, &args.user) {
            _ if args.json => words::report_json(&report, &card),
            (Some(product), _) => words::product(&report, product),
            (None, Some(user)) => words::user(&report, user),
            (None, None) => words::report(&report, &card),
        })
    })
}

fn question(args: &Args, scenario: &Scenario, book: &UsageBook) -> Result<Question, CliError> {
    let [teams, products, users] = [&book.teams, &book.products, &book.users].map(|of| of.iter().map(String::as_str));
    let team = place("team", args.team.as_deref(), teams);
    let others = [place("product", args.product.as_deref(), products), place("user", args.user.as_deref(), users)];
    let as_of = args.as_of.unwrap_or(book.last_day);
    let known = (book.first_day..=book.last_day).contains(&as_of);
    let outside = (!known).then(|| {
        let error = Diagnostic::new(format!("nothing is known as of {as_of}"));
        error.expected(format!("expected a day from {} to {}", book.first_day, book.last_day))
    });
    let errors: Vec<Diagnostic> =
        [&team, &others[0], &others[1]].into_iter().filter_map(|place| place.clone().err()).chain(outside).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Ok(Question {
        as_of,
        team: team.expect("no errors").map(TeamId::from_index),
        range: args.range.on(as_of, scenario.reports.ranges),
        short_starts: scenario.reports.short_starts,
        low: args.low,
        within: args.within,
    })
}

/// Where a detail is asked for, the others are left out.
fn narrow(args: &Args, report: &mut UsageReport) {
    if let Some(product) = &args.product {
        report.products.retain(|row| row.product == *product);
    }
    if let Some(user) = &args.user {
        report.users.retain(|row| row.user == *user);
    }
}
