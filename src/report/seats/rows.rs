use std::io::{self, Write};

use crate::forecast::Estimate;
use crate::seats::{Seats, UserFigures};
use crate::spreadsheet::Rows;

/// A column of `seats.csv`, and how it is read from a user's figures.
type Column = (&'static str, fn(&UserFigures) -> String);

const COLUMNS: [Column; 17] = [
    ("user", |user| user.user.clone()),
    ("group", |user| user.group.clone()),
    ("product", |user| user.product.clone()),
    ("advice", |user| user.advice.word().to_owned()),
    ("near", |user| user.near.to_string()),
    ("windows", |user| user.windows.mean.to_string()),
    ("windows_half_width", |user| half_width(&user.windows)),
    ("windows_p10", |user| user.windows.p10.to_string()),
    ("windows_p90", |user| user.windows.p90.to_string()),
    ("tokens", |user| user.tokens.mean.to_string()),
    ("token_cost", |user| user.token_cost.mean.to_string()),
    ("token_cost_half_width", |user| half_width(&user.token_cost)),
    ("token_cost_p10", |user| user.token_cost.p10.to_string()),
    ("token_cost_p90", |user| user.token_cost.p90.to_string()),
    ("expected_cost", |user| user.expected_cost.to_string()),
    ("subscription", |user| user.subscription.to_string()),
    ("tokens_dearer", |user| user.tokens_dearer.to_string()),
];

fn half_width(estimate: &Estimate) -> String {
    estimate.half_width.map_or_else(String::new, |half_width| half_width.to_string())
}

/// Writes `seats.csv`: a row for each user and product.
pub fn write_seats(seats: &Seats, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(COLUMNS.map(|(name, _)| name))?;
    for user in &seats.users {
        rows.write_record(COLUMNS.map(|(_, cell)| cell(user)))?;
    }
    rows.flush()
}
