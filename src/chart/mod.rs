//! Pictures of results: SVG drawn by plotters, and the same SVG as PNG. Nothing outside this room knows either.

mod balance;
mod bands;
mod burn;
mod burn_products;
mod burners;
mod canvas;
mod catalogue;
mod changes;
mod columns;
mod dates;
mod legend;
mod look;
mod marks;
mod months;
mod number;
mod panel;
mod plan;
mod png;
mod preview;
mod seats;
mod spots;
mod stock_out;
mod stored;
mod text;
mod theme;
mod tornado;
mod usage;
mod waste;

use std::fmt;

use crate::calendar::Day;
use crate::forecast::{Estimate, RunCard, TeamForecast};
use crate::preview::Preview;
use crate::purchasing::PurchasePlan;
use crate::seats::Seats;

pub use catalogue::{CATALOGUE, Entry, pictures};
pub use changes::Changes;
pub use look::{Look, ROLES, Role};
pub use stored::{Kind, Played, Stored};
pub use tornado::{ROWS as TORNADO_ROWS, Scale, Tornado, TornadoEnd, TornadoRow};
pub use usage::Reported;

/// A picture, ready to be written or embedded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the [`CATALOGUE`], which serves as the file's.
    pub name: &'static str,
    /// A whole SVG document, without an XML declaration, so that a page can hold it as it stands.
    pub svg: String,
}

impl Picture {
    /// The same picture in that look; it is drawn in [`Look::Light`].
    pub fn in_look(mut self, look: Look) -> Picture {
        self.svg = look.dress(&self.svg);
        self
    }

    /// The same picture as PNG, with two pixels for each of the SVG's.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        png::encode(&self.svg)
    }
}

/// One person's time, month by month: sessions by the hour, windows and what they cost. `script` names what was played.
pub fn preview(preview: &Preview, script: &str, card: &RunCard, replication: u32) -> Result<Picture, ChartError> {
    Ok(Picture { name: "preview", svg: preview::draw(preview, script, card, replication)? })
}

/// What a result says moves a figure, and how far.
pub fn changes(changes: &Changes) -> Result<Picture, ChartError> {
    Ok(Picture { name: "tornado", svg: changes::draw(changes)? })
}

/// The same from a tornado of one's own.
pub fn tornado(tornado: &Tornado, card: &RunCard) -> Result<Picture, ChartError> {
    Ok(Picture { name: "tornado", svg: tornado::draw(tornado, card)? })
}

/// Each team's balance under a purchase plan, with its orders.
pub fn plan(plan: &PurchasePlan) -> Result<Picture, ChartError> {
    Ok(Picture { name: "plan", svg: plan::draw(plan)? })
}

/// What each user's tokens cost a year against the price of a subscription.
pub fn seats(seats: &Seats) -> Result<Picture, ChartError> {
    Ok(Picture { name: "seats", svg: seats::draw(seats)? })
}

/// The first day of a team's forecast, and the day after its last.
fn whole_days(team: &TeamForecast) -> Result<(Day, Day), ChartError> {
    let (Some(first), Some(last)) = (team.days.first(), team.days.last()) else {
        return Err(ChartError::NoDays(team.team.clone()));
    };
    Ok((dates::parse(&first.day)?, dates::parse(&last.day)?.plus(1)))
}

/// The first of the days, and the day after the last.
fn around(team: &str, days: &[(Day, Estimate)]) -> Result<(Day, Day), ChartError> {
    match (days.first(), days.last()) {
        (Some((first, _)), Some((last, _))) => Ok((*first, last.plus(1))),
        _ => Err(ChartError::NoDays(team.to_owned())),
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartError {
    /// A day of the forecast that isn't written as `2027-03-01`.
    Day(String),
    /// A team whose forecast has no days.
    NoDays(String),
    /// A result without what the picture shows: what that is, and how to have it.
    Unsaid(&'static str),
    /// The drawing failed.
    Svg(String),
    /// The SVG couldn't be turned into a PNG.
    Png(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChartError::Day(text) => write!(f, "a picture needs days such as 2027-03-01, not {text:?}"),
            ChartError::NoDays(team) => write!(f, "nothing to draw: the forecast of {team:?} has no days"),
            ChartError::Unsaid(what) => write!(f, "nothing to draw: {what}"),
            ChartError::Svg(why) => write!(f, "drawing a picture failed: {why}"),
            ChartError::Png(why) => write!(f, "writing a picture as PNG failed: {why}"),
        }
    }
}

impl std::error::Error for ChartError {}
