//! Pictures of a forecast, and of one person's time: SVG drawn by plotters, and the same SVG as PNG. Nothing outside this room knows either.

mod balance;
mod bands;
mod burn;
mod burners;
mod canvas;
mod compare;
mod dates;
mod legend;
mod marks;
mod number;
mod panel;
mod plan;
mod png;
mod preview;
mod seats;
mod sensitivity;
mod stock_out;
mod text;
mod theme;
mod tornado;

use std::fmt;

use crate::calendar::Day;
use crate::forecast::{Forecast, RunCard, TeamForecast};
use crate::preview::Preview;
use crate::purchasing::PurchasePlan;
use crate::seats::Seats;

pub use compare::tornado_of;
pub use sensitivity::{tornado_of_shares, tornado_of_swings};
pub use tornado::{ROWS as TORNADO_ROWS, Scale, Tornado, TornadoEnd, TornadoRow};

/// A picture, ready to be written or embedded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name, which serves as the file's: `burn`, `balance`, `stock_out`, `burners`, `preview`, `tornado`, `plan` or `seats`.
    pub name: &'static str,
    /// A whole SVG document, without an XML declaration, so that a page can hold it as it stands.
    pub svg: String,
}

impl Picture {
    /// The same picture as PNG on white, with two pixels for each of the SVG's.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        png::encode(&self.svg)
    }
}

/// All pictures of a forecast, in the order in which they are best read. The same forecast gives the same bytes.
pub fn pictures(forecast: &Forecast) -> Result<Vec<Picture>, ChartError> {
    Ok(vec![
        Picture { name: "burn", svg: burn::draw(forecast)? },
        Picture { name: "balance", svg: balance::draw(forecast)? },
        Picture { name: "stock_out", svg: stock_out::draw(forecast)? },
        Picture { name: "burners", svg: burners::draw(forecast)? },
    ])
}

/// One person's time, month by month: sessions by the hour, windows and what they cost. `script` names what was played.
pub fn preview(preview: &Preview, script: &str, card: &RunCard, replication: u32) -> Result<Picture, ChartError> {
    Ok(Picture { name: "preview", svg: preview::draw(preview, script, card, replication)? })
}

/// What moves a figure, and how far.
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

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartError {
    /// A day of the forecast that isn't written as `2027-03-01`.
    Day(String),
    /// A team whose forecast has no days.
    NoDays(String),
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
            ChartError::Svg(why) => write!(f, "drawing a picture failed: {why}"),
            ChartError::Png(why) => write!(f, "writing a picture as PNG failed: {why}"),
        }
    }
}

impl std::error::Error for ChartError {}
