//! Estimates over time: the two bands, the line in their middle, and a plain line beside them.

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::Point;
use super::panel::Panel;
use super::theme::{BAND_NARROW, BAND_WIDE, BAR, LINE, PLAIN};
use crate::forecast::Estimate;

/// An estimate that holds from one place of a time axis to another.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: f64,
    pub to: f64,
    pub estimate: Estimate,
}

/// The highest value that the spans' bands and means reach.
pub fn highest(spans: &[Span]) -> f64 {
    spans.iter().flat_map(|span| [span.estimate.p95, span.estimate.mean]).fold(0.0, f64::max)
}

/// Fills p5 to p95, and p10 to p90 on it, each with an edge.
pub fn bands(panel: &Panel, spans: &[Span]) -> Result<(), ChartError> {
    ribbon(panel, spans, BAND_WIDE, |e| (e.p5, e.p95))?;
    ribbon(panel, spans, BAND_NARROW, |e| (e.p10, e.p90))
}

fn ribbon<F>(panel: &Panel, spans: &[Span], colour: RGBColor, edges: F) -> Result<(), ChartError>
where
    F: Fn(&Estimate) -> (f64, f64),
{
    for run in unbroken(spans) {
        let mut around = steps(panel, run, |span| edges(&span.estimate).1);
        around.extend(steps(panel, run, |span| edges(&span.estimate).0).into_iter().rev());
        around.extend(around.first().copied());
        panel.canvas.polygon(around.clone(), colour)?;
        panel.canvas.line(&around, BAR, 2)?;
    }
    Ok(())
}

/// Draws one value of each span as a line with steps.
pub fn middle(panel: &Panel, spans: &[Span], value: fn(&Estimate) -> f64) -> Result<(), ChartError> {
    for run in unbroken(spans) {
        panel.canvas.line(&steps(panel, run, |span| value(&span.estimate)), LINE, 5)?;
    }
    Ok(())
}

/// Draws a plain value for each span as a dotted line with steps.
pub fn dotted(panel: &Panel, spans: &[Span], values: &[f64]) -> Result<(), ChartError> {
    let mut values = values.iter().copied();
    for run in unbroken(spans) {
        let points = steps(panel, run, |_| values.next().unwrap_or_default());
        panel.canvas.dashes(&points, PLAIN, 5, (6, 10))?;
    }
    Ok(())
}

/// The spans in groups in which each begins where the one before ends.
fn unbroken(spans: &[Span]) -> impl Iterator<Item = &[Span]> {
    spans.chunk_by(|a, b| a.to == b.from)
}

fn steps<F>(panel: &Panel, run: &[Span], mut value: F) -> Vec<Point>
where
    F: FnMut(&Span) -> f64,
{
    let mut points: Vec<Point> = Vec::new();
    for span in run {
        let y = value(span);
        let start = panel.at(span.from, y);
        // A level that goes on needs no point where its spans meet.
        if points.last().is_some_and(|last| last.1 == start.1) {
            points.pop();
        } else {
            points.push(start);
        }
        points.push(panel.at(span.to, y));
    }
    points
}
