use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::discreet::discreet;
use super::super::names::NamesArgs;
use super::super::{CliError, note, print};
use super::files::{Files, spare};
use crate::calendar::Day;
use crate::pseudonyms::Pseudonyms;
use crate::report::diagnostics::render;
use crate::report::numbers::{counted, exact};
use crate::report::usage::cannot_say;
use crate::tokens::Tokens;
use crate::usage_report::{Detail, RangeAsked};
use crate::vendor::{self, Imported};

/// Turns the vendor's exports of use into records of use, which `report --usage` reports.
///
/// These are the daily usage and token usage, a row for each day, or the usage report, which has totals of a range; in CSV or XLSX, with
/// the old names of columns (day_used) or the new ones (Day used). Of a workbook the sheet is taken that has the columns. Days are the
/// vendor's: UTC days. A record tells of the days `from` to `to` who used what, on how many days, for how many tokens.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast import usage january.csv february.csv -o usage.csv
  flexcast import usage usage_report.xlsx --range 2027-01-01..2027-03-31 -o quarter.csv
  flexcast import usage token_usage.xlsx | flexcast report --usage - --range 3m")]
pub(super) struct Args {
    /// The exports, all of daily rows or all usage reports of one range; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The records of use (CSV) to write; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    /// The days for which a usage report was exported: it doesn't say so itself
    #[arg(long, value_name = "FROM..TO", value_parser = dates)]
    range: Option<(Day, Day)>,
    /// Leave bad rows out, and say how many, rather than stop
    #[arg(long)]
    skip_bad_rows: bool,
    #[command(flatten)]
    pub(super) names: NamesArgs,
    /// Print the counts as JSON rather than a line of them
    #[arg(long)]
    json: bool,
}

fn dates(text: &str) -> Result<(Day, Day), String> {
    match RangeAsked::parse(text) {
        Some(RangeAsked::Dates(from, to)) => Ok((from, to)),
        _ => Err("expected two dates, both counted, such as 2027-01-01..2027-03-31".into()),
    }
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let inputs: Vec<&Path> = args.files.iter().map(PathBuf::as_path).collect();
    spare(&inputs, &args.out)?;
    let pseudonyms = args.names.pseudonyms(Path::new(""))?;
    let imported = vendor::read(&args.files, args.range, args.skip_bad_rows, &pseudonyms)?;
    tell_bad(&imported, &pseudonyms);
    let mut files = Files::default();
    vendor::write(&imported.book, files.sink(&args.out)?)?;
    files.commit()?;
    let said = if args.json { json_of(&imported) } else { words(&imported) };
    if args.out == Path::new("-") {
        note(&said)
    } else {
        print(&said)?
    }
    if imported.unused > 0 {
        note(&format!("note: {} of no use left out\n", counted(imported.unused, "row")));
    }
    note(&format!("note: {}", cannot_say(&crate::usage_report::cannot_say(&imported.book))));
    Ok(())
}

/// Says which bad rows were left out.
pub(in crate::cli) fn tell_bad(imported: &Imported, pseudonyms: &Pseudonyms) {
    if imported.bad_rows > 0 {
        note(&render(&discreet(&imported.bad, pseudonyms), true));
        note(&format!("left out {}\n", counted(imported.bad_rows as u64, "bad row")));
    }
}

fn words(imported: &Imported) -> String {
    let book = &imported.book;
    format!(
        "{} of {} and {}, {} to {}{}\n",
        counted(book.uses.len() as u64, "record"),
        counted(book.users.len() as u64, "user"),
        counted(book.products.len() as u64, "product"),
        book.first_day,
        book.last_day,
        total(imported).map_or(String::new(), |tokens| format!(": {} tokens", exact(tokens))),
    )
}

fn json_of(imported: &Imported) -> String {
    let book = &imported.book;
    let counts = json!({
        "records": book.uses.len(),
        "detail": if book.detail == Detail::Totals { "totals" } else { "days" },
        "from": book.first_day.to_string(),
        "to": book.last_day.to_string(),
        "teams": book.teams.len(),
        "users": book.users.len(),
        "products": book.products.len(),
        "tokens": total(imported),
        "unused_rows": imported.unused,
        "bad_rows": imported.bad_rows,
        "cannot_say": crate::usage_report::cannot_say(book),
    });
    format!("{counts:#}\n")
}

fn total(imported: &Imported) -> Option<Tokens> {
    let book = &imported.book;
    book.tells_tokens.then(|| book.uses.iter().map(|used| used.tokens).sum())
}
