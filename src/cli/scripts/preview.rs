use std::path::{Path, PathBuf};

use super::stage::{self, Stage};
use crate::calendar::{Day, Zone};
use crate::chart;
use crate::cli::names::NamesArgs;
use crate::cli::pictures::PictureArgs;
use crate::cli::scenario_args::ScenarioArgs;
use crate::cli::simulate::{Interned, sessions};
use crate::cli::{CliError, note, print};
use crate::diagnostic::Diagnostic;
use crate::forecast::RunCard;
use crate::output::Output;
use crate::preview::{Spoken, preview};
use crate::report::command::quoted;
use crate::report::preview::{self as words, Played, preview_json};
use crate::scenario::PREVIEW;
use crate::simulate::{Days, Replication, Trace};

/// A year.
const DAYS: u16 = 365;

/// Plays one person's year, and shows it: a calendar, the months, the first sessions with what they cost.
///
/// The sessions go through the real meter, as in `simulate`. Without --scenario the shipped rates hold and there are tokens plenty, and a
/// scenario lends its products, rates, calendars, zone and rules; with --user, that user is shown among all others, as the scenario has it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast scripts preview office_week
  flexcast scripts preview office_week --with products='[Revit, AutoCAD]' --with forgets_weekend=0.3
  flexcast scripts preview ./night_shift.rhai --zone Europe/Amsterdam --start 2027-03-01 --days 28 --sessions all
  flexcast scripts preview --scenario scenarios/studio.yaml --user architects-3 --out preview")]
pub struct Args {
    /// The name of a shipped script, or the path of one's own
    #[arg(required_unless_present = "user")]
    pub(super) script: Option<String>,
    /// A parameter of the script, with a value as in a scenario; may be repeated
    #[arg(long, value_name = "NAME=VALUE", conflicts_with = "user")]
    pub(super) with: Vec<String>,
    /// The scenario (YAML) that lends its products, rates, calendars, zone and rules
    #[arg(long, value_name = "FILE")]
    pub(super) scenario: Option<PathBuf>,
    /// A user of the scenario, shown as it has them
    #[arg(long, value_name = "NAME", requires = "scenario", conflicts_with = "script")]
    pub(super) user: Option<String>,
    /// Where the person lives [default: the scenario's zone, or else UTC]
    #[arg(long, value_name = "ZONE", value_parser = stage::zone, conflicts_with = "user")]
    pub(super) zone: Option<Zone>,
    /// The person's calendar in the scenario [default: weekends off, no holidays]
    #[arg(long, value_name = "NAME", conflicts_with = "user")]
    pub(super) calendar: Option<String>,
    /// The first day [default: the scenario's, or else 2027-01-01]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::values::day, conflicts_with = "user")]
    pub(super) start: Option<Day>,
    /// How many days
    #[arg(long, value_name = "N", default_value_t = DAYS, value_parser = clap::value_parser!(u16).range(1..=1_100), conflicts_with = "user")]
    pub(super) days: u16,
    /// The seed of every draw [default: the scenario's, or else 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Which replication, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// How many sessions, and notes, to list, or `all`
    #[arg(long, value_name = "N", default_value = "15", value_parser = count)]
    sessions: usize,
    /// A folder for preview.json, preview.svg, preview.png and sessions.csv
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: PictureArgs,
    #[command(flatten)]
    names: NamesArgs,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// The scenario that is lent from.
    pub(super) fn scenario_args(&self) -> ScenarioArgs {
        let folder = self.scenario.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let scenario = self.scenario.clone().unwrap_or_else(|| PREVIEW.into());
        ScenarioArgs { scenario, set: Vec::new(), names: self.names.at(folder) }
    }
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let Stage { scenario, library, user, script } = Stage::set(args)?;
    let seed = args.seed.unwrap_or(scenario.forecast.seed);
    let (setup, days) = (scenario.setup(), Days::of(&scenario));
    let mut replication = Replication::new(&scenario, &setup, &library, &days, seed);
    let mut trace = Trace::default();
    replication.run(args.replication, Some(&mut trace)).map_err(|problem| in_preview(args, seed, problem))?;
    let names = Spoken { planner: replication.planner(), identities: replication.identities() };
    let shown = preview(&scenario, names, &trace, user);
    let card = RunCard::new(&scenario, &library.sources(), seed, 1);
    let group = &scenario.groups[scenario.users[user.index()].group as usize];
    let in_force = library.in_force(&group.name, seed, args.replication).expect("who is shown has a behaviour");
    let played = Played {
        script: &script,
        describes: in_force.describes,
        parameters: in_force.parameters,
        card: &card,
        replication: args.replication,
    };
    let json = preview_json(&shown, &played);
    let written = match &args.out {
        Some(folder) => {
            trace.sessions.retain(|session| session.open.user == user);
            let mut output = Output::new(folder)?;
            output.write("preview.json", json.as_bytes())?;
            args.pictures.write(&mut output, chart::preview(&shown, &script, &card, args.replication))?;
            let names = Interned::of(&scenario, replication.planner(), &trace);
            sessions(&scenario, &names, replication.identities(), &trace, output.create("sessions.csv")?)?;
            output.commit()?;
            format!("wrote preview.json, preview.svg, preview.png, sessions.csv to {}\n", folder.display())
        }
        None => String::new(),
    };
    print(&if args.json { json } else { words::preview(&shown, &played, args.sessions) })?;
    note(&written);
    Ok(())
}

/// The error of a script, with the command that has it again.
fn in_preview(args: &Args, seed: u64, mut problem: Box<Diagnostic>) -> Box<Diagnostic> {
    let mut words = vec!["flexcast scripts preview".to_owned()];
    words.extend(args.script.as_deref().map(quoted));
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("--{name} {}", quoted(&value))));
    };
    args.with.iter().for_each(|with| option("with", Some(with.clone())));
    option("scenario", args.scenario.as_ref().map(|path| path.display().to_string()));
    option("user", args.user.clone());

    option("zone", args.zone.map(|zone| zone.to_string()));
    option("calendar", args.calendar.clone());
    option("start", args.start.map(|day| day.to_string()));
    option("days", (args.days != DAYS).then(|| args.days.to_string()));
    option("seed", Some(seed.to_string()));
    option("replication", Some(args.replication.to_string()));
    words.extend(args.names.command());
    if let Some(draws) = &mut problem.draws {
        draws.again = Some(words.join(" "));
    }
    problem
}

fn count(text: &str) -> Result<usize, String> {
    match text {
        "all" => Ok(usize::MAX),
        _ => text.parse().map_err(|_| "expected a number, or `all`".into()),
    }
}
