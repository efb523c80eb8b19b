use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{CliError, note};
use crate::chart::{self, Kind, Stored};
use crate::diagnostic::{Diagnostic, Source};
use crate::forecast::Forecast;
use crate::output::Output;
use crate::page::page;

/// Makes one page for people of a forecast that was stored: the answer, pictures, tables, assumptions and the run card.
///
/// The page is a single HTML file that can be mailed: it asks nothing of any network. The figures come from forecast.json alone.
/// `forecast --html` makes the same page at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast page out
  flexcast page out/forecast.json --out harbour-2027.html")]
pub struct Args {
    /// The folder that `forecast` wrote with --out, or its forecast.json
    result: PathBuf,
    /// The file for the page [default: page.html beside the result]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let is_folder = args.result.is_dir();
    let file = if is_folder { args.result.join(Kind::Forecast.file()) } else { args.result.clone() };
    let forecast = read(&file)?;
    let html = page(&forecast, &chart::pictures(&forecast).map_err(io::Error::other)?).map_err(io::Error::other)?;
    let out = args.out.clone().unwrap_or_else(|| file.with_file_name("page.html"));
    let mut output = Output::new(out.parent().unwrap_or(Path::new("")))?;
    output.write(&out.file_name().unwrap_or_default().to_string_lossy(), html.as_bytes())?;
    output.commit()?;
    note(&format!("wrote {}\n", out.display()));
    Ok(())
}

fn read(file: &Path) -> Result<Box<Forecast>, CliError> {
    let name = file.display().to_string();
    let remedy = format!("give what this wrote: `{}`", Kind::Forecast.command());
    let text = fs::read_to_string(file)
        .map_err(|why| Box::new(Diagnostic::new(format!("can't read `{name}`: {why}")).help(&remedy)))?;
    match Stored::read(&Source::new(name.clone(), text)).map_err(Box::new)? {
        Stored::Forecast(forecast) => Ok(forecast),
        other => {
            let noun = other.kind().noun();
            let unlike = format!("`{name}` is {noun}, and a page is made of a forecast");
            Err(Box::new(Diagnostic::new(unlike).help(remedy)).into())
        }
    }
}
