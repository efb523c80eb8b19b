//! Months side by side: columns of equal width, and the axis below them.

use super::ChartError;
use super::bands::Span;
use super::dates::{MONTHS, parse};
use super::number::short;
use super::panel::Panel;
use super::theme::{AXIS, LABEL, LINE};
use crate::forecast::Estimate;

/// White at either side of a column, as a share of its room.
const WHITE: f64 = 0.12;
/// From the top of a column to the middle of its number.
const ABOVE: i32 = 22;

/// A month of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its year.
    pub year: i32,
    /// From 1.
    pub number: u32,
}

impl Month {
    /// Reads a month of the forecast, `2027-03`.
    pub fn parse(text: &str) -> Result<Month, ChartError> {
        let (year, number, _) = parse(&format!("{text}-01"))?.ymd();
        Ok(Month { year, number })
    }

    /// `Mar`.
    pub fn name(self) -> &'static str {
        MONTHS[self.number as usize - 1]
    }
}

/// The column of the month at a place.
pub fn column(place: usize, estimate: Estimate) -> Span {
    Span { from: place as f64 + WHITE, to: place as f64 + 1.0 - WHITE, estimate }
}

/// Writes each column's number above what it reaches, where all of them have room.
pub fn numbers(panel: &Panel, columns: impl Iterator<Item = (f64, f64)>) -> Result<(), ChartError> {
    let columns: Vec<(String, f64)> = columns.map(|(number, reach)| (short(number), reach)).collect();
    if columns.iter().any(|(text, _)| LABEL.width(text) + 12 > room(panel)) {
        return Ok(());
    }
    for (place, (text, reach)) in columns.iter().enumerate() {
        let (x, y) = panel.at(place as f64 + 0.5, *reach);
        panel.canvas.text_on_paper(text, (x, y - ABOVE), LABEL.centred().coloured(LINE))?;
    }
    Ok(())
}

/// Writes the months below a plot whose x counts them, and the years under them: as many as have room.
pub fn month_axis(panel: &Panel, months: &[Month]) -> Result<(), ChartError> {
    let bottom = panel.frame.bottom;
    let step = step(panel);
    let mut year = None;
    for (place, month) in months.iter().enumerate() {
        let is_new = year.replace(month.year) != Some(month.year);
        let (left, middle) = (panel.at(place as f64, 0.0).0, panel.at(place as f64 + 0.5, 0.0).0);
        if (month.number as usize - 1).is_multiple_of(step) {
            panel.canvas.text(month.name(), (middle, bottom + 22), LABEL.centred())?;
        }
        let next =
            months[place..].iter().position(|other| other.year != month.year).map_or(months.len(), |to| place + to);
        let (text, room) = (month.year.to_string(), panel.at(next as f64, 0.0).0 - left);
        if is_new && LABEL.width(&text) + 16 <= room {
            panel.canvas.line(&[(left, bottom), (left, bottom + 68)], AXIS, 2)?;
            panel.canvas.text(&text, (left + 8, bottom + 56), LABEL)?;
        }
    }
    Ok(())
}

/// Every how many months there is room for a name.
fn step(panel: &Panel) -> usize {
    [1, 3, 6].into_iter().find(|step| room(panel) * *step as i32 >= 64).unwrap_or(12)
}

/// The width of a month.
fn room(panel: &Panel) -> i32 {
    panel.at(1.0, 0.0).0 - panel.at(0.0, 0.0).0
}
