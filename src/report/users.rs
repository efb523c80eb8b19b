//! `users.csv`: a row for each user.

use std::io::{self, Write};

use crate::forecast::{Mean, UserForecast};
use crate::spreadsheet::Rows;

const HEADER: [&str; 12] = [
    "user",
    "group",
    "burn_p10",
    "burn_p90",
    "burn_mean",
    "burn_half_width",
    "cost_mean",
    "cost_half_width",
    "denials_mean",
    "denials_half_width",
    "avoidable_mean",
    "avoidable_half_width",
];

/// Writes users as they come. Columns of money are empty where no prices are given.
pub fn write(users: impl Iterator<Item = UserForecast>, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(HEADER)?;
    for user in users {
        let quantiles = [user.burn.p10, user.burn.p90].map(|quantile| quantile.to_string());
        let burn = Mean { mean: user.burn.mean, half_width: user.burn.half_width };
        let means = [Some(burn), user.cost, Some(user.denials), Some(user.avoidable)];
        let row = [user.user, user.group].into_iter().chain(quantiles).chain(means.into_iter().flat_map(figures));
        rows.write_record(row)?;
    }
    rows.flush()
}

fn figures(mean: Option<Mean>) -> [String; 2] {
    let figures = [mean.map(|mean| mean.mean), mean.and_then(|mean| mean.half_width)];
    figures.map(|figure| figure.map_or(String::new(), |number| number.to_string()))
}
