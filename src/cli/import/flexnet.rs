use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::names::NamesArgs;
use super::super::{CliError, note, print};
use super::files::{Files, Sink, same, spare};
use crate::calendar::{Day, Zone};
use crate::diagnostic::{Diagnostic, nearest};
use crate::flexnet::{self, Failure, Options, Products, Summary, Tables};
use crate::report::numbers::{counted, tokens};

/// Turns FlexNet (FlexLM) debug logs of a licence server into a session log.
///
/// A licence that goes out opens a session, and closes it when it comes back. The log of a server that was restarted may be several
/// files: give all, in any order.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast import flexnet adskflex.log --zone Europe/Amsterdam -o sessions.csv
  flexcast import flexnet logs/*.log --zone America/Detroit --products products.csv --denied denied.csv -o sessions.csv

The table of products is CSV: `feature,product` and, where wanted, `version`. A feature is a whole name, or the letters in the
vendor's codes:
  feature,product,version
  REVIT,Revit,
  86604ACD_2017_0F,AutoCAD,2017")]
pub(super) struct Args {
    /// The debug logs of one server
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// The session log (CSV) to write; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Where the server's clock hangs: an IANA zone [default: UTC]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// Which products the features stand for (CSV)
    #[arg(long, value_name = "FILE")]
    products: Option<PathBuf>,
    /// The day on which a log begins that names no date
    #[arg(long, value_name = "DATE", value_parser = super::super::values::day)]
    start: Option<Day>,
    /// A table (CSV) of the requests that the server denied
    #[arg(long, value_name = "FILE")]
    denied: Option<PathBuf>,
    /// Leave users and devices as written; without it they are in lower case
    #[arg(long)]
    keep_case: bool,
    #[command(flatten)]
    pub(super) names: NamesArgs,
    /// Print the counts as JSON rather than a line of them
    #[arg(long)]
    json: bool,
}

fn zone(text: &str) -> Result<Zone, String> {
    Zone::parse(text).ok_or_else(|| match nearest(text, Zone::names()) {
        Some(near) => format!("there is no such zone; did you mean `{near}`?"),
        None => "expected an IANA zone, such as Europe/Amsterdam".into(),
    })
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    spare_inputs(args)?;
    let products = match &args.products {
        Some(path) => Products::known().read(path)?,
        None => Products::known(),
    };
    let options = Options {
        zone: args.zone.unwrap_or(Zone::UTC),
        start: args.start,
        products,
        keep_case: args.keep_case,
        pseudonyms: args.names.pseudonyms(Path::new(""))?,
    };
    let mut files = Files::default();
    let to_screen = args.output == Path::new("-");
    let sessions = files.sink(&args.output)?;
    let denied = args.denied.as_deref().map(|path| files.create(path)).transpose()?.map(Sink::File);
    let summary = flexnet::import(&args.logs, &options, Tables::new(sessions, denied)?)?;
    files.commit()?;
    let said = if args.json { json_of(&summary) } else { words(&summary) };
    if to_screen {
        note(&said)
    } else {
        print(&said)?
    }
    remarks(args, &summary);
    Ok(())
}

/// Refuses to write over a log, or one table over the other.
fn spare_inputs(args: &Args) -> Result<(), CliError> {
    let inputs: Vec<&Path> = args.logs.iter().chain(&args.products).map(PathBuf::as_path).collect();
    for path in [Some(&args.output), args.denied.as_ref()].into_iter().flatten() {
        spare(&inputs, path)?;
    }
    match &args.denied {
        Some(denied) if same(denied, &args.output) => {
            Err(Box::new(Diagnostic::new(format!("{} can't hold both tables", denied.display()))).into())
        }
        _ => Ok(()),
    }
}

fn json_of(summary: &Summary) -> String {
    format!("{:#}\n", json!(summary))
}

fn words(summary: &Summary) -> String {
    let products = summary.products.iter();
    let products: Vec<String> =
        products.map(|(name, sessions)| format!("{name} {}", tokens(*sessions as f64))).collect();
    format!(
        "{} of {}: {}\n",
        counted(summary.sessions, "session"),
        counted(summary.users.len() as u64, "user"),
        if products.is_empty() { "none".into() } else { products.join(", ") },
    )
}

/// What whoever meters these sessions should know.
fn remarks(args: &Args, summary: &Summary) {
    let say = |said: bool, text: &dyn Fn() -> String| {
        if said {
            note(&format!("note: {}\n", text()));
        }
    };
    say(args.zone.is_none() && summary.local_times, &|| {
        let server = summary.server_zone.as_ref().map(|zone| format!("; the server calls its zone `{zone}`"));
        format!("times are read as UTC{}: --zone names another zone", server.unwrap_or_default())
    });
    say(!summary.unmapped.is_empty(), &|| unmapped(summary));
    say(summary.returns == 0 && summary.checkouts > 0, &|| {
        "no licence comes back in this log, so that every session seems open: does the server's options file say NOLOG IN?".into()
    });
    say(summary.still_open > 0, &|| format!("{} open at the end of the log", were(summary.still_open, "session")));
    say(summary.ended_by_server > 0, &|| {
        format!("{} open when the server ended, and end there", were(summary.ended_by_server, "session"))
    });
    say(summary.inactive > 0, &|| {
        let ended = counted(summary.inactive, "session");
        format!("{ended} ended when the server took an idle licence back: the product may have stayed open")
    });
    say(summary.returned_only > 0, &|| {
        format!("{} returned that didn't go out in this log: left out", were(summary.returned_only, "licence"))
    });
    say(summary.denied > 0, &|| {
        let more = if args.denied.is_none() { "; --denied lists them" } else { "" };
        let users = counted(summary.denied_users.len() as u64, "user");
        format!("{} denied, from {users}: no session comes of that{more}", were(summary.denied, "request"))
    });
    say(summary.torn > 0, &|| {
        format!("{} torn and left out: {}", were(summary.torn, "line"), some(&summary.torn_at, summary.torn))
    });
    say(summary.set_back > 0, &|| format!("the clock was set back {}", counted(summary.set_back, "time")));
}

fn were(count: u64, noun: &str) -> String {
    format!("{} {}", counted(count, noun), if count == 1 { "was" } else { "were" })
}

fn unmapped(summary: &Summary) -> String {
    let features = summary.unmapped.iter().take(20).map(|(feature, unmapped)| {
        let product = if *feature == unmapped.product { String::new() } else { format!(" as {}", unmapped.product) };
        format!("{feature}{product} ({})", counted(unmapped.sessions, "session"))
    });
    let shown: Vec<String> = features.collect();
    format!(
        "features without a product's name stand for themselves: {}; --products FILE names products",
        some(&shown, summary.unmapped.len() as u64)
    )
}

/// The first of many.
fn some(shown: &[String], count: u64) -> String {
    let rest = count - shown.len() as u64;
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

impl From<Failure> for CliError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Log(diagnostic) => diagnostic.into(),
            Failure::Table(error) => error.into(),
        }
    }
}
