//! Results as commands stored them: which kind a JSON file is, told by what stands in it, and the result itself.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::usage::Reported;
use crate::compare::Comparison;
use crate::diagnostic::{Diagnostic, Source};
use crate::forecast::{Forecast, RunCard};
use crate::preview::Preview;
use crate::purchasing::PurchasePlan;
use crate::seats::Seats;
use crate::sensitivity::{Sensitivity, Shares};

/// A kind of result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of `forecast`.
    Forecast,
    /// Of `compare`.
    Comparison,
    /// Of `sensitivity`, with or without `--full`.
    Sensitivity,
    /// Of `plan`.
    Plan,
    /// Of `seats`.
    Seats,
    /// Of `report`.
    Usage,
    /// Of `scripts preview`.
    Preview,
}

/// A result, read back.
#[derive(Debug)]
pub enum Stored {
    /// Of `forecast`.
    Forecast(Box<Forecast>),
    /// Of `compare`.
    Comparison(Box<Comparison>),
    /// Of `sensitivity`.
    Swings(Box<Sensitivity>),
    /// Of `sensitivity --full`.
    Shares(Box<Shares>),
    /// Of `plan`.
    Plan(Box<PurchasePlan>),
    /// Of `seats`.
    Seats(Box<Seats>),
    /// Of `report`.
    Usage(Box<Reported>),
    /// Of `scripts preview`.
    Preview(Box<Played>),
}

/// One person's time, and what played it.
#[derive(Debug, Deserialize)]
pub struct Played {
    /// What made it.
    pub card: RunCard,
    /// The script's name.
    pub script: String,
    /// Which replication it is.
    pub replication: u32,
    /// The person's time.
    pub preview: Preview,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] =
        [Kind::Forecast, Kind::Comparison, Kind::Sensitivity, Kind::Plan, Kind::Seats, Kind::Usage, Kind::Preview];

    /// With its article, as a sentence has it.
    pub const fn noun(self) -> &'static str {
        match self {
            Kind::Forecast => "a forecast",
            Kind::Comparison => "a comparison",
            Kind::Sensitivity => "a sensitivity",
            Kind::Plan => "a purchase plan",
            Kind::Seats => "an advice on seats",
            Kind::Usage => "a usage report",
            Kind::Preview => "a preview",
        }
    }

    /// The name of its file in the folder of `--out`.
    pub const fn file(self) -> &'static str {
        match self {
            Kind::Forecast => "forecast.json",
            Kind::Comparison => "compare.json",
            Kind::Sensitivity => "sensitivity.json",
            Kind::Plan => "plan.json",
            Kind::Seats => "seats.json",
            Kind::Usage => "report.json",
            Kind::Preview => "preview.json",
        }
    }

    /// The command that makes it.
    pub const fn command(self) -> &'static str {
        match self {
            Kind::Forecast => "flexcast forecast SCENARIO --out DIR",
            Kind::Comparison => "flexcast compare SCENARIO --out DIR",
            Kind::Sensitivity => "flexcast sensitivity SCENARIO --out DIR",
            Kind::Plan => "flexcast plan SCENARIO --out DIR",
            Kind::Seats => "flexcast seats SCENARIO --out DIR",
            Kind::Usage => "flexcast report SCENARIO --out DIR",
            Kind::Preview => "flexcast scripts preview SCRIPT --out DIR",
        }
    }

    /// Keys of its JSON that no other kind has all of.
    const fn marks(self) -> &'static [&'static str] {
        match self {
            Kind::Forecast => &["precision", "all", "groups"],
            Kind::Comparison => &["base", "variants", "crossed"],
            Kind::Sensitivity => &["stays", "parameters"],
            Kind::Plan => &["achieved", "orders"],
            Kind::Seats => &["break_even", "mixes"],
            Kind::Usage => &["known_from", "overview"],
            Kind::Preview => &["script", "preview"],
        }
    }

    fn of(json: &Value) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.marks().iter().all(|key| json.get(key).is_some()))
    }
}

impl Stored {
    /// Reads a JSON file that a command wrote.
    pub fn read(source: &Source) -> Result<Stored, Diagnostic> {
        let name = &source.name;
        let json: Value = serde_json::from_str(&source.text)
            .map_err(|why| Diagnostic::new(format!("`{name}` isn't JSON: {why}")).help(REMEDY))?;
        let kind = Kind::of(&json).ok_or_else(|| {
            Diagnostic::new(format!("`{name}` is no result that pictures are drawn from")).help(REMEDY)
        })?;
        let read = match kind {
            Kind::Forecast => whole(json).map(Stored::Forecast),
            Kind::Comparison => whole(json).map(Stored::Comparison),
            Kind::Sensitivity if json.get("sd").is_some() => whole(json).map(Stored::Shares),
            Kind::Sensitivity => whole(json).map(Stored::Swings),
            Kind::Plan => whole(json).map(Stored::Plan),
            Kind::Seats => whole(json).map(Stored::Seats),
            Kind::Usage => whole(json).map(Stored::Usage),
            Kind::Preview => whole(json).map(Stored::Preview),
        };
        read.map_err(|why| {
            let again = format!("another version may have made it; make it again: `{}`", kind.command());
            Diagnostic::new(format!("`{name}` is {}, but not a whole one: {why}", kind.noun())).help(again)
        })
    }

    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Stored::Forecast(_) => Kind::Forecast,
            Stored::Comparison(_) => Kind::Comparison,
            Stored::Swings(_) | Stored::Shares(_) => Kind::Sensitivity,
            Stored::Plan(_) => Kind::Plan,
            Stored::Seats(_) => Kind::Seats,
            Stored::Usage(_) => Kind::Usage,
            Stored::Preview(_) => Kind::Preview,
        }
    }
}

const REMEDY: &str =
    "give a JSON file that a command wrote, or its folder; `flexcast chart --list` says of which command";

fn whole<T: DeserializeOwned>(json: Value) -> Result<Box<T>, serde_json::Error> {
    serde_json::from_value(json).map(Box::new)
}
