//! Bars from left to right, each with its name before it and its quantity behind it.

use super::super::ChartError;
use super::super::canvas::Canvas;
use super::super::number::labels;
use super::super::panel::{Frame, Panel};
use super::super::theme::{BAR, GRID, LABEL, MARGIN, NOTE, WIDTH};

/// The room of the names left of the bars, and of the quantities right of them.
const NAMES: i32 = 620;
const QUANTITIES: i32 = 260;
/// The room of a bar with its white.
pub(super) const ROW: i32 = 62;
/// What the axis takes below the bars.
pub(super) const AXIS: i32 = 100;

/// A bar.
pub(super) struct Row {
    pub(super) name: String,
    /// Written after the name, and never shortened.
    pub(super) suffix: String,
    pub(super) value: f64,
    /// What stands behind the bar.
    pub(super) said: String,
}

/// Draws bars below `top`, all on the scale of the ticks; returns where they end.
pub(super) fn draw(canvas: &Canvas, top: i32, rows: &[Row], ticks: &[f64]) -> Result<i32, ChartError> {
    let panel = panel(canvas, top, rows.len(), ticks);
    for tick in ticks {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.line(&[(x, top), (x, panel.frame.bottom)], GRID, 2)?;
    }
    for (place, row) in rows.iter().enumerate() {
        let y = top + ROW * place as i32 + ROW / 2;
        let room = NAMES - 20 - LABEL.width(&row.suffix);
        let name = format!("{}{}", LABEL.fit(&row.name, room), row.suffix);
        canvas.text(&name, (panel.frame.left - 16, y), LABEL.right())?;
        let (x, _) = panel.at(row.value.max(0.0), 0.0);
        canvas.rectangle((panel.frame.left, y - 20), (x.max(panel.frame.left + 2), y + 20), BAR)?;
        let says = [format!("{}{}: {}", row.name, row.suffix, row.said)];
        canvas.spots.add((MARGIN, y - ROW / 2), (WIDTH - MARGIN, y + ROW / 2), &says);
        canvas.text_on_paper(&row.said, (x + 20, y), LABEL)?;
    }
    Ok(panel.frame.bottom)
}

/// Writes the axis below bars that end at `bottom`, and what it counts.
pub(super) fn axis(canvas: &Canvas, bottom: i32, ticks: &[f64], unit: &str) -> Result<(), ChartError> {
    let panel = panel(canvas, bottom, 0, ticks);
    for (tick, label) in ticks.iter().zip(labels(ticks)) {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.text(&label, (x, bottom + 26), LABEL.centred())?;
    }
    canvas.text(unit, (panel.frame.left, bottom + 62), NOTE)
}

fn panel<'c, 'a>(canvas: &'c Canvas<'a>, top: i32, rows: usize, ticks: &[f64]) -> Panel<'c, 'a> {
    let bottom = top + ROW * rows as i32;
    let frame = Frame { left: MARGIN + NAMES, top, right: WIDTH - MARGIN - QUANTITIES, bottom };
    Panel::new(canvas, frame, 0.0..ticks[ticks.len() - 1], 0.0..1.0)
}
