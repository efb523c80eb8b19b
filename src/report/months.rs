//! `months.csv`: a row for each team and month.

use std::io::{self, Write};

use crate::forecast::{Estimate, Forecast, MonthForecast, TeamForecast};
use crate::spreadsheet::Rows;

const FIGURES: [&str; 6] = ["burn", "burn_cost", "balance", "waste", "denials", "avoidable"];
const OF_EACH: [&str; 5] = ["p10", "p50", "p90", "mean", "half_width"];

/// Writes every month of all teams together, then of each. Columns of money are empty where no prices are given.
pub fn write(forecast: &Forecast, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    let columns = FIGURES.iter().flat_map(|figure| OF_EACH.map(|of| format!("{figure}_{of}")));
    rows.write_record(["month", "team"].map(str::to_owned).into_iter().chain(columns))?;
    for team in [&forecast.all].into_iter().chain(&forecast.teams) {
        for month in &team.months {
            rows.write_record(row(team, month))?;
        }
    }
    rows.flush()
}

fn row(team: &TeamForecast, month: &MonthForecast) -> Vec<String> {
    let MonthForecast { burn, burn_cost, balance, waste, denials, avoidable, .. } = month;
    let estimates = [Some(*burn), *burn_cost, Some(*balance), Some(*waste), Some(*denials), Some(*avoidable)];
    let mut row = vec![month.month.clone(), team.team.clone()];
    row.extend(estimates.into_iter().flat_map(figures));
    row
}

fn figures(estimate: Option<Estimate>) -> [String; 5] {
    let Some(Estimate { mean, half_width, p10, p50, p90, .. }) = estimate else { return Default::default() };
    [Some(p10), Some(p50), Some(p90), Some(mean), half_width]
        .map(|figure| figure.map_or(String::new(), |n| n.to_string()))
}
