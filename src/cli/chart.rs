use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::pictures::PictureArgs;
use super::{CliError, note, print};
use crate::chart::{CATALOGUE, ChartError, Entry, Kind, Picture, Stored};
use crate::diagnostic::{Diagnostic, Source};
use crate::output::write_file;
use crate::report::pictures::list;

/// Draws a picture of a result that another command has stored.
///
/// The numbers come from the stored file alone. Without --out, the SVG goes to standard output.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast chart --list
  flexcast chart burn out > burn.svg
  flexcast chart balance out/forecast.json --out balance.png --dark
  flexcast plan office.yaml --json > plan.json; flexcast chart plan plan.json --out plan.svg")]
pub struct Args {
    /// Which picture; --list tells what each shows
    #[arg(value_name = "NAME", required_unless_present = "list", hide_possible_values = true,
          value_parser = PossibleValuesParser::new(CATALOGUE.iter().map(|entry| entry.name)))]
    name: Option<String>,
    /// The folder that a command wrote with --out, or the JSON that it wrote or printed
    #[arg(required_unless_present = "list")]
    result: Option<PathBuf>,
    /// The file for the picture: NAME.svg or NAME.png
    #[arg(long, value_name = "FILE", value_parser = picture_file)]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: PictureArgs,
    /// List the pictures, what each shows, and what it is drawn from
    #[arg(long, exclusive = true)]
    list: bool,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let (Some(entry), Some(result)) = (args.name.as_deref().and_then(Entry::of), &args.result) else {
        return print(&list(CATALOGUE.iter().map(row)));
    };
    let picture = drawn(entry, result)?.in_look(args.pictures.look());
    let Some(file) = &args.out else { return print(&picture.svg) };
    let is_png = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("png"));
    let bytes = if is_png { picture.png().map_err(io::Error::other)? } else { picture.svg.into_bytes() };
    write_file(file, &bytes)?;
    note(&format!("wrote {}\n", file.display()));
    Ok(())
}

fn row(entry: &Entry) -> [String; 3] {
    let files: Vec<&str> = entry.kinds().iter().map(|kind| kind.file()).collect();
    [entry.name.to_owned(), files.join(", "), entry.shows.to_owned()]
}

fn drawn(entry: &Entry, result: &Path) -> Result<Picture, CliError> {
    let file = if result.is_dir() { in_folder(entry, result)? } else { result.to_owned() };
    let name = file.display().to_string();
    let stored = stored(&file, &entry.remedy())?;
    let picture = entry.draw(&stored).ok_or_else(|| Box::new(entry.refuse(&name, &stored)))?;
    picture.map_err(|error| undrawn(&name, error))
}

/// Reads a stored result.
pub(super) fn stored(file: &Path, remedy: &str) -> Result<Stored, CliError> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file)
        .map_err(|why| Box::new(Diagnostic::new(format!("can't read `{name}`: {why}")).help(remedy)))?;
    Ok(Stored::read(&Source::new(name, text)).map_err(Box::new)?)
}

/// What a result doesn't hold is no fault of the drawing.
fn undrawn(name: &str, error: ChartError) -> CliError {
    match error {
        ChartError::Unsaid(what) => {
            Box::new(Diagnostic::new(format!("`{name}` doesn't hold what is drawn")).help(what)).into()
        }
        error => io::Error::other(error).into(),
    }
}

/// The file in the folder that the picture is drawn from.
fn in_folder(entry: &Entry, folder: &Path) -> Result<PathBuf, CliError> {
    let mut files = entry.kinds().iter().map(|kind| folder.join(Kind::file(*kind)));
    let there = files.find(|file| file.exists());
    let names: Vec<&str> = entry.kinds().iter().map(|kind| kind.file()).collect();
    let missing = || Diagnostic::new(format!("there is no {} in `{}`", names.join(" or "), folder.display()));
    Ok(there.ok_or_else(|| Box::new(missing().help(entry.remedy())))?)
}

fn picture_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let kind = path.extension().map(|kind| kind.to_ascii_lowercase());
    match kind.is_some_and(|kind| kind == "svg" || kind == "png") {
        true => Ok(path),
        false => Err("expected a file that ends in .svg or .png".into()),
    }
}
