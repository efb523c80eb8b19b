//! Spots: places of a picture that tell their values to who points at them. Browsers show a spot's title; a page may tell it to keys too.

use std::cell::RefCell;

use super::bands::Span;
use super::canvas::Point;
use super::panel::Panel;
use super::text::printable;
use crate::forecast::Estimate;
use crate::report::numbers::tokens;

/// A spot that is narrower than so many units can't be pointed at.
const NARROWEST: i32 = 4;

/// The spots of a picture, in the order in which keys go through them.
#[derive(Default)]
pub struct Spots(RefCell<String>);

impl Spots {
    /// Adds a spot between two corners, in lines that say what lies there.
    pub fn add(&self, (left, top): Point, (right, bottom): Point, says: &[String]) {
        let says: Vec<String> = says.iter().map(|line| escaped(&printable(line))).collect();
        let (width, height, says) = (right - left, bottom - top, says.join("\n"));
        let spot = format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"><title>{says}</title></rect>\n"
        );
        self.0.borrow_mut().push_str(&spot);
    }

    /// Adds a spot over the height of a plot for each span that is wide enough, or for the first of several.
    pub fn add_spans(&self, panel: &Panel, spans: &[Span], says: impl Fn(usize) -> Vec<String>) {
        let frame = panel.frame;
        let mut from = 0;
        while from < spans.len() {
            let left = panel.at(spans[from].from, 0.0).0;
            let right = |to: usize| panel.at(spans[to].to, 0.0).0;
            let mut to = from;
            while right(to) - left < NARROWEST && to + 1 < spans.len() {
                to += 1;
            }
            self.add((left, frame.top), (right(to), frame.bottom), &says(from));
            from = to + 1;
        }
    }

    /// All of them, as SVG.
    pub fn take(&self) -> String {
        self.0.take()
    }
}

/// The document with the spots over all else: seen by pointers, not by eyes.
pub fn over(svg: &str, spots: &str) -> String {
    if spots.is_empty() {
        return svg.to_owned();
    }
    let body = svg.trim_end().trim_end_matches("</svg>");
    format!("{body}<g class=\"spots\" fill=\"none\" pointer-events=\"all\">\n{spots}</g>\n</svg>\n")
}

/// `200 to 230 in 80 % of the runs`.
pub fn range(estimate: &Estimate) -> String {
    format!("{} to {} in 80 % of the runs", whole(estimate.p10), whole(estimate.p90))
}

/// A quantity as the screen writes it: a spot has room for more than three digits.
pub fn whole(number: f64) -> String {
    if number.is_finite() { tokens(number) } else { "–".to_owned() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
