//! What moves a figure, and how far: a bar for each change, the longest first, around the line of the base.

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::{Canvas, document};
use super::legend::{Key, edged, header, whisker};
use super::number::{labels, percent, short, ticks_around};
use super::panel::{Frame, Panel};
use super::text::counted;
use super::theme::{AXIS, BAND_NARROW, BAR, GRID, LABEL, LINE, MARGIN, NOTE, WIDTH};
use crate::forecast::RunCard;

/// What a tornado shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The finding.
    pub title: String,
    /// Added to what it was made of; may be empty.
    pub remark: String,
    /// What the axis counts, such as `tokens burned in the horizon`.
    pub unit: String,
    /// How numbers are written.
    pub scale: Scale,
    /// The figure where nothing is changed.
    pub base: f64,
    /// What the base is called, such as `as it is`.
    pub base_name: String,
    /// What the first end of a row is, and the second where rows have two: for the legend.
    pub ends: Vec<String>,
    /// The changes; they are drawn in this order, and only the first [`ROWS`] of them.
    pub rows: Vec<TornadoRow>,
}

/// How the numbers of a tornado are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Tokens, money or counts: `12.4k`.
    Number,
    /// Shares of 1, as percentages; their changes are percentage points.
    Share,
}

/// A change, or the two ends of what a parameter may be.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// What is changed.
    pub label: String,
    /// One end or two; a row that has none says that it isn't known.
    pub ends: Vec<TornadoEnd>,
}

/// How far a figure goes from its base.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoEnd {
    /// What it is when it does, such as a parameter's value; may be empty.
    pub label: String,
    /// How much more than the base; negative for less.
    pub change: f64,
    /// The interval of the change, where it is known.
    pub interval: Option<(f64, f64)>,
}

/// How many rows are drawn at most.
pub const ROWS: usize = 20;
/// The room of the labels left of the bars.
const NAMES: i32 = 560;
const TOP: i32 = 270;
const BELOW: i32 = 130;
/// The room of a row with its white.
const ROW: i32 = 88;
/// The height of a bar that has its row alone, and of one that shares it.
const BAR_HEIGHT: i32 = 48;
/// The least rows for which there is room, so that few bars look no different.
const ROWS_LEAST: usize = 3;
/// White between a bar and its number.
const GAP: i32 = 20;
const COLOURS: [RGBColor; 2] = [BAND_NARROW, BAR];

/// Draws the picture.
pub fn draw(tornado: &Tornado, card: &RunCard) -> Result<String, ChartError> {
    let rows = &tornado.rows[..tornado.rows.len().min(ROWS)];
    let mut legend: Vec<(Key, &str)> = keys(tornado).into_iter().zip(tornado.ends.iter().map(String::as_str)).collect();
    if rows.iter().flat_map(|row| &row.ends).any(|end| end.interval.is_some_and(|(from, to)| from < to)) {
        legend.push((Key::Whisker, "95 % interval of the change"));
    }
    document(&tornado.title, TOP + ROW * rows.len().max(ROWS_LEAST) as i32 + BELOW, |canvas| {
        header(canvas, card, &tornado.title, &tornado.remark, &legend)?;
        plot(canvas, tornado, rows)
    })
}

fn keys(tornado: &Tornado) -> Vec<Key> {
    if tornado.ends.len() == 1 { vec![Key::Bar] } else { vec![Key::Narrow, Key::Bar] }
}

fn plot(canvas: &Canvas, tornado: &Tornado, rows: &[TornadoRow]) -> Result<(), ChartError> {
    let ends = || rows.iter().flat_map(|row| &row.ends);
    let room = |side: fn(&TornadoEnd) -> bool| {
        let widths = ends().filter(|end| side(end)).map(|end| LABEL.width(&tornado.quantity(end)) + GAP);
        widths.max().unwrap_or(0)
    };
    let (low, high) =
        ends().map(TornadoEnd::reach).fold((0.0_f64, 0.0_f64), |(low, high), (from, to)| (low.min(from), high.max(to)));
    let ticks = ticks_around(low, high, 6);
    let bottom = TOP + ROW * rows.len().max(ROWS_LEAST) as i32;
    let frame = Frame {
        left: MARGIN + NAMES + GAP + room(TornadoEnd::falls),
        top: TOP,
        right: WIDTH - MARGIN - room(|end| !end.falls()).max(2 * GAP),
        bottom,
    };
    let panel = Panel::new(canvas, frame, ticks[0]..ticks[ticks.len() - 1], 0.0..1.0);
    axis(&panel, tornado, &ticks)?;
    for (place, row) in rows.iter().enumerate() {
        draw_row(&panel, tornado, row, TOP + ROW * place as i32 + ROW / 2)?;
    }
    let left_out = tornado.rows.len() - rows.len();
    let more = if left_out == 0 { String::new() } else { format!(" · not shown: {}", counted(left_out, "row")) };
    let unit = format!("change in {}{more}", tornado.unit);
    canvas.text(&NOTE.fit(&unit, WIDTH - MARGIN - frame.left), (frame.left, bottom + 84), NOTE)
}

fn axis(panel: &Panel, tornado: &Tornado, ticks: &[f64]) -> Result<(), ChartError> {
    let (canvas, frame) = (panel.canvas, panel.frame);
    let written = tornado.ticks(ticks);
    for (tick, label) in ticks.iter().zip(&written) {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.line(&[(x, frame.top), (x, frame.bottom)], GRID, 2)?;
        canvas.text(label, (x, frame.bottom + 30), LABEL.centred())?;
    }
    let (x, _) = panel.at(0.0, 0.0);
    canvas.line(&[(x, frame.top - 16), (x, frame.bottom + 10)], AXIS, 4)?;
    let base = format!("{}: {}", tornado.base_name, tornado.amount(tornado.base));
    let base = LABEL.fit(&base, WIDTH / 3);
    let half = LABEL.width(&base) / 2 + 1;
    let middle = x.clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text(&base, (middle, frame.top - 40), LABEL.centred().coloured(LINE))
}

fn draw_row(panel: &Panel, tornado: &Tornado, row: &TornadoRow, y: i32) -> Result<(), ChartError> {
    let name = LABEL.lines(&row.label, NAMES, 2);
    let line = LABEL.size + 8;
    for (place, text) in name.iter().enumerate() {
        let up = line * (2 * place as i32 + 1 - name.len() as i32) / 2;
        panel.canvas.text(text, (MARGIN, y + up), LABEL)?;
    }
    match &row.ends[..] {
        [] => panel.canvas.text("not known", (panel.at(0.0, 0.0).0 + GAP, y), NOTE),
        [end] => draw_end(panel, tornado, end, (y, BAR_HEIGHT / 2), BAR),
        ends => {
            let half = LABEL.size / 2 + 2;
            let places = [y - half - 2, y + half + 2];
            let mut drawn = ends.iter().zip(places).zip(COLOURS);
            drawn.try_for_each(|((end, y), colour)| draw_end(panel, tornado, end, (y, half), colour))
        }
    }
}

/// Draws a bar of half that height around its middle.
fn draw_end(
    panel: &Panel,
    tornado: &Tornado,
    end: &TornadoEnd,
    (y, half): (i32, i32),
    colour: RGBColor,
) -> Result<(), ChartError> {
    let x = |change: f64| panel.at(change, 0.0).0;
    let (from, to) = (x(end.change.min(0.0)), x(end.change.max(0.0)));
    edged(panel.canvas, (from, y - half), (to, y + half), colour)?;
    let (low, high) = end.reach();
    if let Some((from, to)) = end.interval.filter(|(from, to)| x(*from) < x(*to)) {
        whisker(panel.canvas, x(from), x(to), y)?;
    }
    let quantity = tornado.quantity(end);
    match end.falls() {
        true => panel.canvas.text_on_paper(&quantity, (x(low) - GAP, y), LABEL.right()),
        false => panel.canvas.text_on_paper(&quantity, (x(high) + GAP, y), LABEL),
    }
}

impl TornadoEnd {
    /// From the least to the most of what is drawn.
    fn reach(&self) -> (f64, f64) {
        let (low, high) = self.interval.unwrap_or((self.change, self.change));
        (low.min(self.change).min(0.0), high.max(self.change).max(0.0))
    }

    fn falls(&self) -> bool {
        self.change < 0.0
    }
}

impl Tornado {
    fn amount(&self, value: f64) -> String {
        match self.scale {
            Scale::Number if value < 0.0 => format!("−{}", short(-value)),
            Scale::Number => short(value),
            Scale::Share => percent(value),
        }
    }

    /// A change with its sign.
    fn change(&self, change: f64) -> String {
        let size = match self.scale {
            Scale::Number => short(change.abs()),
            Scale::Share => format!("{} points", short(change.abs() * 100.0)),
        };
        match change {
            0.0 => "no change".to_owned(),
            change if change < 0.0 => format!("−{size}"),
            _ => format!("+{size}"),
        }
    }

    /// What stands at the end of a bar.
    fn quantity(&self, end: &TornadoEnd) -> String {
        let change = self.change(end.change);
        let of_base = match self.scale {
            Scale::Number if self.base > 0.0 && end.change.abs() >= self.base / 1000.0 => {
                format!(" ({}{})", if end.change < 0.0 { "−" } else { "+" }, percent(end.change.abs() / self.base))
            }
            _ => String::new(),
        };
        match end.label.is_empty() {
            true => format!("{change}{of_base}"),
            false => format!("{}: {change}{of_base}", LABEL.fit(&end.label, 200)),
        }
    }

    fn ticks(&self, ticks: &[f64]) -> Vec<String> {
        let times = if self.scale == Scale::Share { 100.0 } else { 1.0 };
        let sizes: Vec<f64> = ticks.iter().map(|tick| tick.abs() * times).collect();
        let sign = |tick: f64| match tick {
            0.0 => "",
            tick if tick < 0.0 => "−",
            _ => "+",
        };
        ticks.iter().zip(labels(&sizes)).map(|(tick, size)| format!("{}{size}", sign(*tick))).collect()
    }
}
