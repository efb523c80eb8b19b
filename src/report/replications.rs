//! `replications.csv`: a row for each replication and team, exact.

use std::io::{self, Write};

use crate::forecast::{Figures, Findings, Sample};

const HEADER: [&str; 12] = [
    "replication",
    "team",
    "burn",
    "burn_cost",
    "avoidable",
    "waste",
    "denials",
    "stock_out",
    "left",
    "bought",
    "bought_cost",
    "waste_cost",
];

/// Writes every replication: all teams together, then each. Columns of money are empty where no prices are given.
pub fn write(findings: &Findings, out: impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(HEADER)?;
    let teams = findings.teams.iter().map(|(name, figures)| (name.as_str(), figures));
    let parts: Vec<_> = [("all teams", &findings.all)].into_iter().chain(teams).collect();
    for replication in 0..findings.all.burn.count() {
        for (name, figures) in &parts {
            rows.write_record(
                [replication.to_string(), (*name).to_owned()].into_iter().chain(row(figures, replication)),
            )?;
        }
    }
    rows.flush()
}

fn row(figures: &Figures, replication: usize) -> Vec<String> {
    let Figures { burn, burn_cost, avoidable, team: Some(team) } = figures else { return Vec::new() };
    let exact = |sample: &Sample| sample.exact(replication);
    let money = |sample: &Option<Sample>| sample.as_ref().map_or_else(String::new, exact);
    let tokens = [exact(burn), money(burn_cost), exact(avoidable), exact(&team.waste), exact(&team.denials)];
    let costs = [money(&team.cost), money(&team.waste_cost)];
    let team = [exact(&team.stock_out), exact(&team.left), exact(&team.bought)].into_iter().chain(costs);
    tokens.into_iter().chain(team).collect()
}
