mod files;
mod flexnet;
mod usage;

use std::path::Path;

use clap::Subcommand;

use super::CliError;
use crate::pseudonyms::Pseudonyms;
pub(super) use usage::tell_bad;

/// Reads what other programs log and export: licence servers' logs for `meter`, the vendor's exports of use for `report`.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  flexcast import flexnet adskflex.log --zone Europe/Amsterdam -o sessions.csv
  flexcast import usage token_usage.xlsx -o usage.csv && flexcast report --usage usage.csv"
)]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    Flexnet(flexnet::Args),
    Usage(usage::Args),
}

impl Args {
    /// What people are called in errors.
    pub(super) fn pseudonyms(&self) -> Pseudonyms {
        let names = match &self.from {
            From::Flexnet(args) => &args.names,
            From::Usage(args) => &args.names,
        };
        names.pseudonyms(Path::new("")).unwrap_or_default()
    }
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    match &args.from {
        From::Flexnet(args) => flexnet::run(args),
        From::Usage(args) => usage::run(args),
    }
}
