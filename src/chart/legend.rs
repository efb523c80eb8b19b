//! What stands above the plots of every picture: the finding, what it was made of, and the legend.

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::{Canvas, Point};
use super::dates::{parse, words};
use super::text::counted;
use super::theme::{
    AVOIDABLE, BAND_NARROW, BAND_WIDE, BAR, INK, LABEL, LINE, MARGIN, PACK_END, PLAIN, PURCHASE, SUBTITLE, TITLE, WIDTH,
};
use crate::forecast::RunCard;

/// A kind of mark that a legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// p5 to p95.
    Wide,
    /// p10 to p90.
    Narrow,
    /// The middle line.
    Line,
    /// The dotted line.
    Plain,
    /// A planned purchase.
    Purchase,
    /// The end of a pack.
    PackEnd,
    /// The day by which half of the runs would have run out without a plan.
    StockOut,
    /// A bar.
    Bar,
    /// The hatched part of a bar.
    Avoidable,
    /// p10 to p90 of a bar.
    Whisker,
    /// The part of a bar that is left.
    Left,
}

/// The width of a sample.
pub const SWATCH: i32 = 52;
const TITLE_LINE: i32 = 52;
const SUBTITLE_LINE: i32 = 100;
/// Where the legend's first line stands.
pub const LEGEND_LINE: i32 = 146;

/// Writes title, subtitle and legend; `remark` is added to the subtitle.
pub fn header(
    canvas: &Canvas,
    card: &RunCard,
    title: &str,
    remark: &str,
    legend: &[(Key, &str)],
) -> Result<(), ChartError> {
    titles(canvas, title, &subtitle(card, remark)?)?;
    entries(canvas, legend)
}

/// Writes the legend.
pub fn entries(canvas: &Canvas, legend: &[(Key, &str)]) -> Result<(), ChartError> {
    let mut x = MARGIN;
    for (key, label) in legend {
        swatch(canvas, *key, (x, LEGEND_LINE))?;
        canvas.text(label, (x + SWATCH + 14, LEGEND_LINE), LABEL)?;
        x += SWATCH + 14 + LABEL.width(label) + 44;
    }
    Ok(())
}

/// Writes title and subtitle.
pub fn titles(canvas: &Canvas, title: &str, subtitle: &str) -> Result<(), ChartError> {
    let room = WIDTH - 2 * MARGIN;
    canvas.text(&TITLE.fit(title, room), (MARGIN, TITLE_LINE), TITLE)?;
    canvas.text(&SUBTITLE.fit(subtitle, room), (MARGIN, SUBTITLE_LINE), SUBTITLE)
}

/// The legend of what burns.
pub const BURN: [(Key, &str); 4] = [
    (Key::Line, "mean"),
    (Key::Narrow, "80 % of the runs (p10 to p90)"),
    (Key::Wide, "90 % (p5 to p95)"),
    (Key::Plain, "plain day-of-week mean"),
];

/// A name, shortened so that a title has room for what it says of it.
pub fn in_title(name: &str) -> String {
    TITLE.fit(name, WIDTH / 3)
}

/// Of what a picture was made; `remark` is added.
pub fn subtitle(card: &RunCard, remark: &str) -> Result<String, ChartError> {
    let (first, last) = (words(parse(&card.first_day)?), words(parse(&card.last_day)?));
    let days = if first == last { first } else { format!("{first} to {last}") };
    let runs = counted(card.replications as usize, "run");
    let name = SUBTITLE.fit(&card.scenario, WIDTH / 3);
    let made_of = format!("{name} · {days} · {runs} · seed {}", card.seed);
    Ok(if remark.is_empty() { made_of } else { format!("{made_of} · {remark}") })
}

fn swatch(canvas: &Canvas, key: Key, (x, y): Point) -> Result<(), ChartError> {
    let across = [(x, y), (x + SWATCH, y)];
    let upright = [(x + SWATCH / 2, y - 18), (x + SWATCH / 2, y + 18)];
    let filled = |colour: RGBColor| canvas.rectangle((x, y - 14), (x + SWATCH, y + 14), colour);
    match key {
        Key::Wide | Key::Left => edged(canvas, (x, y - 14), (x + SWATCH, y + 14), BAND_WIDE),
        Key::Narrow => edged(canvas, (x, y - 14), (x + SWATCH, y + 14), BAND_NARROW),
        Key::Bar => filled(BAR),
        Key::Avoidable => hatched(canvas, (x, y - 14), (x + SWATCH, y + 14)),
        Key::Line => canvas.line(&across, LINE, 5),
        Key::Plain => canvas.dashes(&across, PLAIN, 5, (6, 10)),
        Key::Purchase => canvas.line(&upright, PURCHASE, 4),
        Key::PackEnd => canvas.dashes(&upright, PACK_END, 4, (10, 6)),
        Key::StockOut => canvas.dashes(&upright, INK, 5, (5, 7)),
        Key::Whisker => whisker(canvas, x, x + SWATCH, y),
    }
}

/// A line with stops from one x to the other.
pub fn whisker(canvas: &Canvas, from: i32, to: i32, y: i32) -> Result<(), ChartError> {
    for stop in [from, to] {
        canvas.line(&[(stop, y - 9), (stop, y + 9)], INK, 3)?;
    }
    canvas.line(&[(from, y), (to, y)], INK, 3)
}

/// The same upright.
pub fn whisker_up(canvas: &Canvas, x: i32, from: i32, to: i32) -> Result<(), ChartError> {
    for stop in [from, to] {
        canvas.line(&[(x - 9, stop), (x + 9, stop)], INK, 3)?;
    }
    canvas.line(&[(x, from), (x, to)], INK, 3)
}

/// A light rectangle with an edge.
pub fn edged(canvas: &Canvas, from: Point, to: Point, colour: RGBColor) -> Result<(), ChartError> {
    canvas.rectangle(from, to, colour)?;
    canvas.line(&[from, (to.0, from.1), to, (from.0, to.1), from], BAR, 2)
}

/// A rectangle with slanted lines, for what was avoidable.
pub fn hatched(canvas: &Canvas, from: Point, to: Point) -> Result<(), ChartError> {
    const GAP: i32 = 12;
    canvas.rectangle(from, to, AVOIDABLE)?;
    let (width, height) = (to.0 - from.0, to.1 - from.1);
    // Each line rises to the right from (start, bottom), cut where it leaves the rectangle.
    let mut start = GAP - height;
    while start < width {
        let (low, high) = (start.max(0), (start + height).min(width));
        let at = |x: i32| (from.0 + x, to.1 - (x - start));
        canvas.line(&[at(low), at(high)], INK, 2)?;
        start += GAP;
    }
    Ok(())
}
