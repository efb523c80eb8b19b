//! `daily.csv`: a row for each team and day.

use std::io::{self, Write};

use crate::forecast::{Estimate, Forecast};
use crate::spreadsheet::Rows;

const HEADER: [&str; 15] = [
    "day",
    "team",
    "burn_p5",
    "burn_p10",
    "burn_p50",
    "burn_p90",
    "burn_p95",
    "burn_mean",
    "balance_p5",
    "balance_p10",
    "balance_p50",
    "balance_p90",
    "balance_p95",
    "balance_mean",
    "out_of_tokens",
];

/// Writes every day of every team: tokens at quantiles and the mean, and the share of runs out of tokens that day.
pub fn write(forecast: &Forecast, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(HEADER)?;
    for team in &forecast.teams {
        for day in &team.days {
            let mut row = vec![day.day.clone(), team.team.clone()];
            row.extend(figures(&day.burn));
            row.extend(figures(&day.balance));
            row.push(day.out_of_tokens.to_string());
            rows.write_record(row)?;
        }
    }
    rows.flush()
}

fn figures(estimate: &Estimate) -> [String; 6] {
    let Estimate { mean, p5, p10, p50, p90, p95, .. } = estimate;
    [p5, p10, p50, p90, p95, mean].map(f64::to_string)
}
