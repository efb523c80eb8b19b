//! A comparison on the screen, and as rows of CSV.

use std::io::{self, Write};

use super::numbers::{counted, money, percent, tokens};
use super::{lines, tables};
use crate::forecast::{Estimate, Mean};
use crate::scenario::Change;
use crate::spreadsheet::Rows;
use crate::what_if::{Comparison, Row};

/// The table of a comparison, and what its script noted.
pub fn comparison(comparison: &Comparison) -> String {
    let card = &comparison.card;
    let mut text = format!("{}: {} to {}, what if?\n", card.scenario, card.first_day, card.last_day);
    if !comparison.rows.is_empty() {
        text += &format!("\n{}", table(comparison));
    }
    if !comparison.notes.is_empty() {
        text += "\n";
        comparison.notes.iter().for_each(|note| text += &lines::indented(note, 2));
    }
    text + "\n" + lines::indented(&footer(comparison), 0).as_str()
}

fn table(comparison: &Comparison) -> String {
    let has_cost = comparison.rows.iter().any(|row| row.estimates.cost.is_some());
    let mut header = vec!["variant", "burn", "more than the first", "runs that run out", "expired", "denials"];
    if has_cost {
        header.push("bought for");
    }
    let mut table = tables::figures(&header);
    for row in &comparison.rows {
        let mut cells = cells(row);
        if has_cost {
            let cost = row.estimates.cost.as_ref();
            cells.push(cost.map_or_else(none, |cost| money(cost.mean, &comparison.currency)));
        }
        table.add_row(cells);
    }
    tables::lines(&table)
}

fn cells(row: &Row) -> Vec<String> {
    let known = &row.estimates;
    let estimate = |estimate: &Option<Estimate>| estimate.as_ref().map_or_else(none, with_half_width);
    vec![
        row.label.clone(),
        with_half_width(&known.burn),
        row.difference.as_ref().map_or_else(none, |difference| more(&difference.burn)),
        known.stock_out.map_or_else(none, |out| percent(out.chance)),
        estimate(&known.waste),
        estimate(&known.denials),
    ]
}

fn none() -> String {
    "-".to_owned()
}

fn with_half_width(estimate: &Estimate) -> String {
    joined(tokens(estimate.mean), estimate.half_width)
}

fn more(mean: &Mean) -> String {
    let sign = if mean.mean > 0.0 { "+" } else { "" };
    joined(format!("{sign}{}", tokens(mean.mean)), mean.half_width)
}

fn joined(mean: String, half_width: Option<f64>) -> String {
    match half_width {
        Some(half_width) => format!("{mean} ± {}", tokens(half_width)),
        None => mean,
    }
}

fn footer(comparison: &Comparison) -> String {
    let card = &comparison.card;
    format!(
        "{}, {}, seed {}, flexcast {}. ±: 95 % interval of the mean. Every variant has the same draws for what its changes \
         aren't about, so that a difference has an interval of its own, narrower than either mean's.",
        counted(comparison.forecasts as u64, "forecast"),
        counted(card.replications.into(), "replication"),
        card.seed,
        card.version
    )
}

/// A row of `what_if.csv`: its columns and how each is read from a row.
type Column = (&'static str, fn(&Row) -> String);

const COLUMNS: [Column; 24] = [
    ("label", |row| row.label.clone()),
    ("part", |row| row.part.clone()),
    ("name", |row| row.name.clone()),
    ("changes", |row| changes(&row.changes)),
    ("replications", |row| row.replications.to_string()),
    ("burn", |row| row.estimates.burn.mean.to_string()),
    ("burn_half_width", |row| number(row.estimates.burn.half_width)),
    ("burn_p10", |row| row.estimates.burn.p10.to_string()),
    ("burn_p50", |row| row.estimates.burn.p50.to_string()),
    ("burn_p90", |row| row.estimates.burn.p90.to_string()),
    ("stock_out", |row| number(row.estimates.stock_out.map(|out| out.chance))),
    ("stock_out_low", |row| number(row.estimates.stock_out.map(|out| out.low))),
    ("stock_out_high", |row| number(row.estimates.stock_out.map(|out| out.high))),
    ("waste", |row| mean(&row.estimates.waste)),
    ("waste_half_width", |row| half_width(&row.estimates.waste)),
    ("denials", |row| mean(&row.estimates.denials)),
    ("denials_half_width", |row| half_width(&row.estimates.denials)),
    ("avoidable", |row| row.estimates.avoidable.mean.to_string()),
    ("cost", |row| mean(&row.estimates.cost)),
    ("burn_difference", |row| number(row.difference.as_ref().map(|difference| difference.burn.mean))),
    ("burn_difference_half_width", |row| {
        number(row.difference.as_ref().and_then(|difference| difference.burn.half_width))
    }),
    ("stock_out_difference", |row| {
        number(row.difference.as_ref().and_then(|difference| difference.stock_out).map(|out| out.mean))
    }),
    ("stock_out_difference_half_width", |row| {
        number(row.difference.as_ref().and_then(|difference| difference.stock_out).and_then(|out| out.half_width))
    }),
    ("cost_difference", |row| {
        number(row.difference.as_ref().and_then(|difference| difference.cost).map(|cost| cost.mean))
    }),
];

fn changes(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("{}: {}", change.path, change.value)).collect::<Vec<_>>().join("; ")
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn mean(estimate: &Option<Estimate>) -> String {
    number(estimate.map(|estimate| estimate.mean))
}

fn half_width(estimate: &Option<Estimate>) -> String {
    number(estimate.and_then(|estimate| estimate.half_width))
}

/// Writes `what_if.csv`: a row for each one shown.
pub fn write_comparison(comparison: &Comparison, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in &comparison.rows {
        rows.write_record(COLUMNS.map(|(_, cell)| cell(row)))?;
    }
    rows.flush()
}
