//! What stands for what on a day: told apart by shape and tone, not by colour alone.

use super::super::ChartError;
use super::super::canvas::{Canvas, Point};
use super::super::theme::{AVOIDABLE, BAND_NARROW, BAR, INK, LINE, PACK_END, PAPER, PURCHASE};
/// A bar over some hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    /// A session.
    Session,
    /// One that was planned by another zone's clock.
    Away,
    /// One that was left open.
    LeftOpen,
    /// A window that was paid.
    Window,
    /// A window that nobody needed.
    Avoidable,
}

/// A mark at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A window was opened and charged.
    NewWindow,
    /// A window was renewed and charged.
    Renewal,
    /// Closed within the grace, for free.
    Grace,
    /// Results were ordered and charged.
    Results,
    /// Denied.
    Denied,
}

impl Bar {
    /// Fills the bar between two corners.
    pub(super) fn draw(self, canvas: &Canvas, from: Point, to: Point) -> Result<(), ChartError> {
        match self {
            Bar::Session => canvas.rectangle(from, to, LINE),
            Bar::Away => canvas.rectangle(from, to, BAR),
            Bar::LeftOpen => {
                canvas.rectangle(from, to, LINE)?;
                canvas.rectangle((from.0, from.1 + 2), (to.0, to.1 - 2), PAPER)
            }
            Bar::Window => canvas.rectangle(from, to, BAND_NARROW),
            Bar::Avoidable => {
                canvas.rectangle(from, to, AVOIDABLE)?;
                let middle = (from.1 + to.1) / 2;
                canvas.dashes(&[(from.0, middle), (to.0, middle)], INK, 2, (5, 5))
            }
        }
    }
}

impl Mark {
    /// Draws the mark in a lane of that height.
    pub(super) fn draw(self, canvas: &Canvas, (x, y): Point, lane: i32) -> Result<(), ChartError> {
        let r = (lane * 2 / 5).clamp(5, 8);
        let diamond = |r: i32| vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
        match self {
            Mark::NewWindow => {
                canvas.dot((x, y), r as u32 + 2, PAPER)?;
                canvas.dot((x, y), r as u32, INK)
            }
            Mark::Renewal => {
                canvas.polygon(diamond(r + 2), INK)?;
                canvas.polygon(diamond(r - 1), PAPER)
            }
            Mark::Grace => {
                canvas.dot((x, y), r as u32, INK)?;
                canvas.dot((x, y), r as u32 - 2, PAPER)
            }
            Mark::Results => {
                canvas.rectangle((x - r - 1, y - r - 1), (x + r + 1, y + r + 1), PAPER)?;
                canvas.rectangle((x - r + 1, y - r + 1), (x + r - 1, y + r - 1), PURCHASE)
            }
            Mark::Denied => {
                canvas.line(&[(x - r, y - r), (x + r, y + r)], PACK_END, 4)?;
                canvas.line(&[(x - r, y + r), (x + r, y - r)], PACK_END, 4)
            }
        }
    }
}
