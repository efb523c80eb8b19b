use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, FromArgMatches};
use serde::Serialize;

use super::import::tell_bad;
use super::metered::{Metered, MeteredArgs, place};
use super::names::NamesArgs;
use super::pictures::PictureArgs;
use super::{CliError, note, print, values};
use crate::calendar::{Day, Zone};
use crate::chart::{CATALOGUE, ChartError, Kind, Stored};
use crate::diagnostic::{Diagnostic, Source};
use crate::forecast::Fingerprint;
use crate::ids::TeamId;
use crate::output::Output;
use crate::pseudonyms::Pseudonyms;
use crate::report::usage as words;
use crate::scenario::{ReportSettings, Scenario};
use crate::usage_report::{Detail, Question, RangeAsked, UsageBook, UsageReport, gather, usage_report};
use crate::vendor;

/// Shows what the vendor's usage reports show: overview, products, users, balances, and what to watch.
///
/// Of a session log it is what the log costs; without one, what one replication of the simulation does; with --usage, what the vendor's
/// own exports tell, which know nothing of packs, sessions and denials. Use is what was had with Flex, for
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
  flexcast report office.yaml --range 12m --user designers-2 --out usage
  flexcast report --usage usage.csv --range 3m
  flexcast report office.yaml sessions.csv --json | jq '.users[] | {user, days_used}'")]
pub struct Args {
    #[command(flatten)]
    subject: Subject,
    /// Only this team [default: all teams together]
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// The days that products and users are reported of: 30d, 3m, 6m, 9m, 12m or FROM..TO [default: 30d; of totals all their days]
    #[arg(long, value_name = "RANGE", value_parser = range)]
    range: Option<RangeAsked>,
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
    /// The folder for report.json and its pictures, as SVG and PNG
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: PictureArgs,
}

pub(super) fn range(text: &str) -> Result<RangeAsked, String> {
    let expected = "expected 30d, 3m, 6m, 9m, 12m, or two dates such as 2027-01-01..2027-03-31";
    RangeAsked::parse(text).ok_or_else(|| expected.into())
}

/// What is reported of.
#[derive(Debug)]
enum Subject {
    Metered(MeteredArgs),
    /// Records of use.
    Usage {
        records: PathBuf,
        skip_bad_rows: bool,
        names: NamesArgs,
    },
}

/// What bad rows are to do.
const SKIP_BAD_ROWS: &str = "skip_bad_rows";
/// What of a metered log goes with records of use as well.
const WITH_RECORDS: [&str; 3] = [SKIP_BAD_ROWS, "names", "names_key"];

impl clap::Args for Subject {
    fn augment_args(command: Command) -> Command {
        let records = Arg::new("usage").long("usage").value_name("FILE").value_parser(clap::value_parser!(PathBuf));
        let metered = MeteredArgs::augment_args(Command::new("metered"));
        let others =
            metered.get_arguments().map(Arg::get_id).filter(|id| !WITH_RECORDS.contains(&id.as_str())).cloned();
        let help = "Report records of use, as `import usage` writes them; - is standard input";
        MeteredArgs::augment_args(command)
            .mut_arg("scenario", |scenario| scenario.required(false).required_unless_present("usage").index(1))
            .mut_arg("sessions", |sessions| sessions.index(2))
            .arg(records.help(help).conflicts_with_all(others))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Subject::augment_args(command)
    }
}

impl FromArgMatches for Subject {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        match matches.get_one::<PathBuf>("usage").cloned() {
            Some(records) => Ok(Subject::Usage {
                records,
                skip_bad_rows: matches.get_flag(SKIP_BAD_ROWS),
                names: NamesArgs::from_arg_matches(matches)?,
            }),
            None => MeteredArgs::from_arg_matches(matches).map(Subject::Metered),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Subject::from_arg_matches(matches)?;
        Ok(())
    }
}

/// What made a report of records of use.
#[derive(Serialize)]
struct UsageCard {
    /// flexcast's version.
    version: &'static str,
    /// The zone of the days.
    zone: &'static str,
    /// The file that was read.
    inputs: Vec<Fingerprint>,
}

impl Args {
    /// What people are called in errors.
    pub(super) fn pseudonyms(&self) -> Pseudonyms {
        let pseudonyms = match &self.subject {
            Subject::Metered(metered) => metered.scenario.pseudonyms(),
            Subject::Usage { names, .. } => names.pseudonyms(Path::new("")),
        };
        pseudonyms.unwrap_or_default()
    }
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    match &args.subject {
        Subject::Usage { records, skip_bad_rows, names } => {
            of_records(args, records, *skip_bad_rows, &names.pseudonyms(Path::new(""))?)
        }
        Subject::Metered(metered) => metered.with(|Metered { names, setup, rows, until, seed, card }| {
            let follow = args.user.as_deref().map(|user| names.scenario.pseudonyms.user(user));
            let follow = follow.and_then(|user| names.user_called(&user));
            let Scenario { reports, zone, pseudonyms, .. } = names.scenario;
            let book = gather(names, setup, rows, until, seed, *zone, follow)?;
            let source = Named { rules: (*reports, *zone), pseudonyms, name: &card.scenario, zone: &card.zone };
            show(args, &book, &source, &card)
        }),
    }
}

fn of_records(args: &Args, records: &Path, skip_bad_rows: bool, pseudonyms: &Pseudonyms) -> Result<(), CliError> {
    let imported = vendor::read(&[records.to_owned()], None, skip_bad_rows, pseudonyms)?;
    tell_bad(&imported, pseudonyms);
    let inputs: Vec<Fingerprint> =
        imported.inputs.iter().map(|(name, sha256)| Fingerprint::new(name, sha256)).collect();
    let name = inputs[0].name.clone();
    let card = UsageCard { version: env!("CARGO_PKG_VERSION"), zone: "UTC", inputs };
    let rules = (ReportSettings::default(), Zone::UTC);
    show(args, &imported.book, &Named { rules, pseudonyms, name: &name, zone: card.zone }, &card)
}

/// What is reported, beside its use: how it counts, and what it and its people are called.
struct Named<'a> {
    rules: (ReportSettings, Zone),
    pseudonyms: &'a Pseudonyms,
    name: &'a str,
    zone: &'a str,
}

fn show(
    args: &Args,
    book: &UsageBook,
    Named { rules, pseudonyms, name, zone }: &Named<'_>,
    card: &impl Serialize,
) -> Result<(), CliError> {
    let user = args.user.as_deref().map(|user| pseudonyms.user(user));
    let user = user.as_deref();
    let team = args.team.as_deref().map(|team| pseudonyms.text(team));
    let question = question(args, (team.as_deref(), user), *rules, book)?;
    let mut report = usage_report(book, &question);
    narrow(args, user, &mut report);
    let json = words::report_json(&report, card);
    if let Some(folder) = &args.out {
        store(args, folder, &json)?;
    }
    print(&match (&args.product, user) {
        _ if args.json => json,
        (Some(product), _) => words::product(&report, product),
        (None, Some(user)) => words::user(&report, user),
        (None, None) => words::report(&report, name, zone),
    })
}

/// Writes the report with every picture that it has the figures for.
fn store(args: &Args, folder: &Path, json: &str) -> Result<(), CliError> {
    let file = Kind::Usage.file();
    let mut output = Output::new(folder)?;
    output.write(file, json.as_bytes())?;
    let stored = Stored::read(&Source::new(file, json)).map_err(Box::new)?;
    let drawn = CATALOGUE.iter().filter_map(|entry| entry.draw(&stored));
    for picture in drawn.filter(|picture| !matches!(picture, Err(ChartError::Unsaid(_)))) {
        args.pictures.write(&mut output, picture)?;
    }
    let written = output.commit()?;
    let names = written.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy());
    note(&format!("\nwrote to {}: {}\n", folder.display(), names.collect::<Vec<_>>().join(", ")));
    Ok(())
}

fn question(
    args: &Args,
    (team, user): (Option<&str>, Option<&str>),
    (rules, zone): (ReportSettings, Zone),
    book: &UsageBook,
) -> Result<Question, CliError> {
    let [teams, products, users] = [&book.teams, &book.products, &book.users].map(|of| of.iter().map(String::as_str));
    let team = place("team", team, teams);
    let others = [place("product", args.product.as_deref(), products), place("user", user, users)];
    let as_of = args.as_of.unwrap_or(book.last_day);
    let all = RangeAsked::Dates(book.first_day, book.last_day);
    let of_totals = book.detail == Detail::Totals;
    let asked = args.range.unwrap_or(if of_totals { all } else { RangeAsked::Days });
    let range = asked.on(as_of, rules.ranges);
    let cuts = of_totals && range != all.on(as_of, rules.ranges);
    let errors = [&team, &others[0], &others[1]].into_iter().filter_map(|place| place.clone().err());
    let errors: Vec<Diagnostic> =
        errors.chain(unknown_day(book, as_of)).chain(cuts.then(|| only_together(book))).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Ok(Question {
        as_of,
        team: team.expect("no errors").map(TeamId::from_index),
        range,
        zone,
        short_starts: rules.short_starts,
        low: args.low,
        within: args.within,
    })
}

/// Totals are as of their last day; after the last of daily rows there was no use.
pub(super) fn unknown_day(book: &UsageBook, as_of: Day) -> Option<Diagnostic> {
    let (first, last) = (book.first_day, book.last_day);
    let (known, expected) = match book.detail {
        Detail::Grants => ((first..=last).contains(&as_of), format!("expected a day from {first} to {last}")),
        Detail::Days => (as_of >= first, format!("expected {first}, or a day after it")),
        Detail::Totals => (as_of == last, format!("expected {last}, the last day of the totals")),
    };
    (!known).then(|| Diagnostic::new(format!("nothing is known as of {as_of}")).expected(expected))
}

fn only_together(book: &UsageBook) -> Diagnostic {
    let error = Diagnostic::new("totals can't be reported of some of their days");
    error.help(format!("leave `--range` out: they are of {} to {}", book.first_day, book.last_day))
}

/// Where a detail is asked for, the others are left out.
fn narrow(args: &Args, user: Option<&str>, report: &mut UsageReport) {
    if let Some(product) = &args.product {
        report.products.retain(|row| row.product == *product);
    }
    if let Some(user) = user {
        report.users.retain(|row| row.user == user);
    }
}
