use std::io;
use std::path::{Path, PathBuf};

use super::chart::stored;
use super::{CliError, note};
use crate::chart::{self, Kind, Stored};
use crate::diagnostic::Diagnostic;
use crate::output::write_file;
use crate::page::{PageError, of_forecast, of_plan};

/// Makes one page for people of a stored forecast or plan: the answer, pictures, tables, assumptions and the run card.
///
/// The page is a single HTML file that can be mailed: it asks nothing of any network. The figures come from the stored
/// file alone. `forecast --html` and `plan --html` make the same page at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast page out
  flexcast page out/forecast.json --out harbour-2027.html")]
pub struct Args {
    /// The folder that `forecast` or `plan` wrote with --out, or its forecast.json or plan.json
    result: PathBuf,
    /// The file for the page [default: page.html beside the result]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let file = if args.result.is_dir() { in_folder(&args.result) } else { args.result.clone() };
    let html = page(&file)?.map_err(io::Error::other)?;
    let out = args.out.clone().unwrap_or_else(|| file.with_file_name("page.html"));
    write_file(&out, html.as_bytes())?;
    note(&format!("wrote {}\n", out.display()));
    Ok(())
}

/// What a page is made of, in a folder.
fn in_folder(folder: &Path) -> PathBuf {
    let [forecast, plan] = [Kind::Forecast, Kind::Plan].map(|kind| folder.join(kind.file()));
    if plan.exists() && !forecast.exists() { plan } else { forecast }
}

fn page(file: &Path) -> Result<Result<String, PageError>, CliError> {
    let name = file.display().to_string();
    let remedy = format!("give what one of these wrote: `{}`, `{}`", Kind::Forecast.command(), Kind::Plan.command());
    match stored(file, &remedy)? {
        Stored::Forecast(forecast) => {
            let pictures = chart::pictures(&forecast).map_err(io::Error::other)?;
            Ok(of_forecast(&forecast, &pictures))
        }
        Stored::Plan(plan) => Ok(of_plan(&plan, &[chart::plan(&plan).map_err(io::Error::other)?])),
        other => {
            let noun = other.kind().noun();
            let unlike = format!("`{name}` is {noun}, and a page is made of a forecast or a purchase plan");
            Err(Box::new(Diagnostic::new(unlike).help(remedy)).into())
        }
    }
}
