//! How sure a forecast is.

use super::numbers::{counted, percent, tokens};
use super::summary;
use super::tables::figures;
use crate::forecast::{FigureForecast, Forecast, Precision, Quantile};

/// How many runs there are, what was asked of them, and how far off the figures may be.
pub(super) fn section(forecast: &Forecast) -> String {
    let mut rows = figures(&["all teams", "mean", "p10", "p50", "p90"]);
    for figure in &forecast.all.figures {
        let mut row = vec![words(figure, &forecast.currency), mean(figure)];
        row.extend(figure.quantiles.iter().map(quantile));
        rows.add_row(row);
    }
    let note = "In brackets, and ±: where the true figure lies with 95 % certainty, if the scenario is right. The brackets are order\n\
                statistics, which assume nothing of the distribution; a dash where there are too few runs for them.";
    summary::section("How sure is this?", &answer(forecast), &rows, note)
}

fn answer(forecast: &Forecast) -> String {
    let Precision { asked, reached, burn_half_width, chance_half_width, .. } = forecast.precision;
    let runs = counted(forecast.card.replications.into(), "run");
    let asked = asked.map(fine).unwrap_or_default();
    let how = match reached {
        None => runs,
        Some(true) => format!("{runs}, as many as ± {asked} took"),
        Some(false) => format!("{runs}, the most there are, and not as sure as ± {asked}"),
    };
    let burn = burn_half_width.map_or("too few to tell".to_owned(), |half| format!("± {}", fine(half)));
    format!("{how}: p90 of the burn {burn}, chance of running out ± {} points.", points(chance_half_width))
}

/// A percentage, with two decimals where it is small.
fn fine(share: f64) -> String {
    if share < 0.01 { format!("{:.2} %", share * 100.0) } else { percent(share) }
}

fn points(share: f64) -> String {
    if share < 0.01 { format!("{:.2}", share * 100.0) } else { format!("{:.1}", share * 100.0) }
}

fn words(figure: &FigureForecast, currency: &str) -> String {
    match figure.figure.as_str() {
        "burn_cost" => format!("burn, in {currency}"),
        "waste" => "expired".to_owned(),
        "left" => "left at the end".to_owned(),
        "waste_cost" => format!("expired, in {currency}"),
        "bought_cost" => format!("bought, in {currency}"),
        other => other.to_owned(),
    }
}

fn mean(figure: &FigureForecast) -> String {
    match figure.half_width {
        Some(half_width) => format!("{} ± {}", tokens(figure.mean), tokens(half_width)),
        None => tokens(figure.mean),
    }
}

fn quantile(quantile: &Quantile) -> String {
    let bound = |bound: Option<f64>| bound.map_or("-".to_owned(), tokens);
    match (quantile.low, quantile.high) {
        (Some(low), Some(high)) if low == high => tokens(quantile.value),
        (low, high) => format!("{} ({} to {})", tokens(quantile.value), bound(low), bound(high)),
    }
}
