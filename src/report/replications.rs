//! `replications.csv`: a row for each replication and team, exact.

use std::io::{self, Write};

use crate::forecast::{Findings, Sample};
use crate::spreadsheet::Rows;

/// Writes every replication: all teams together, then each. Columns of money are empty where no prices are given.
pub fn write(findings: &Findings, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    let teams = findings.teams.iter().map(|(name, figures)| (name.as_str(), figures.named()));
    let parts: Vec<_> = [("all teams", findings.all.named())].into_iter().chain(teams).collect();
    rows.write_record(["replication", "team"].into_iter().chain(parts[0].1.iter().map(|(name, _)| *name)))?;
    for replication in 0..findings.all.burn.count() {
        let exact = |sample: &Sample| sample.exact(replication);
        for (team, figures) in &parts {
            let figures = figures.iter().map(|(_, sample)| sample.map_or_else(String::new, exact));
            rows.write_record([replication.to_string(), (*team).to_owned()].into_iter().chain(figures))?;
        }
    }
    rows.flush()
}
