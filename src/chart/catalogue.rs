//! Every picture that there is: what it shows, and from which result it is drawn. A new picture is a line here.

use super::changes::{self, Changes};
use super::stored::{Kind, Played, Stored};
use super::usage::{self, Reported};
use super::{
    ChartError, Picture, balance, burn, burn_products, burners, months, plan, preview, seats, stock_out, waste,
};
use crate::diagnostic::Diagnostic;
use crate::forecast::Forecast;
use crate::purchasing::PurchasePlan;
use crate::seats::Seats;

type Svg = Result<String, ChartError>;

/// A picture that can be drawn.
pub struct Entry {
    /// Its name, which serves as the file's.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub shows: &'static str,
    draw: Draw,
}

/// How it is drawn, and so from what.
#[derive(Clone, Copy)]
enum Draw {
    Forecast(fn(&Forecast) -> Svg),
    Changes(fn(&Changes) -> Svg),
    Plan(fn(&PurchasePlan) -> Svg),
    Seats(fn(&Seats) -> Svg),
    Usage(fn(&Reported) -> Svg),
    Preview(fn(&Played) -> Svg),
}

/// All pictures; those of one result stand together, in the order in which they are best read.
pub const CATALOGUE: &[Entry] = &[
    entry("burn", "tokens burned per day, or per working day of each week", Draw::Forecast(burn::draw)),
    entry("months", "what each month burns, and what that costs", Draw::Forecast(months::draw)),
    entry("balance", "each team's tokens left, its purchases and the ends of its packs", Draw::Forecast(balance::draw)),
    entry("stock_out", "by when tokens run out, and in how many of the runs", Draw::Forecast(stock_out::draw)),
    entry("burners", "the groups of users and the products that burn most", Draw::Forecast(burners::draw)),
    entry("burn_products", "what each product burns, month by month", Draw::Forecast(burn_products::draw)),
    entry("waste", "what becomes of each pack, and what expires unused when it ends", Draw::Forecast(waste::draw)),
    entry("tornado", "what each change or parameter does to a figure", Draw::Changes(changes::draw)),
    entry("plan", "what to order when, and the balance that this gives", Draw::Plan(plan::draw)),
    entry("seats", "each user's tokens a year against the price of a subscription", Draw::Seats(seats::draw)),
    entry("days", "tokens used on each of the last 365 days", Draw::Usage(usage::days)),
    entry("products", "the products that used most tokens", Draw::Usage(usage::products)),
    entry("bands", "how a product's users spread over bands of tokens", Draw::Usage(usage::bands)),
    entry("versions", "how many users have which version", Draw::Usage(usage::versions)),
    entry("weeks", "on how many days of each week a user used a product", Draw::Usage(usage::weeks)),
    entry("hours", "at which hours of which weekdays products are opened", Draw::Usage(usage::hours)),
    entry("week", "one user's last week: sessions, windows and charges", Draw::Usage(usage::week)),
    entry(
        "preview",
        "one person's time, hour by hour: sessions, windows and what they cost",
        Draw::Preview(|played| preview::draw(&played.preview, &played.script, &played.card, played.replication)),
    ),
];

const fn entry(name: &'static str, shows: &'static str, draw: Draw) -> Entry {
    Entry { name, shows, draw }
}

impl Entry {
    /// The picture of that name.
    pub fn of(name: &str) -> Option<&'static Entry> {
        CATALOGUE.iter().find(|entry| entry.name == name)
    }

    /// The results that it is drawn from: one of them at a time.
    pub fn kinds(&self) -> &'static [Kind] {
        match self.draw {
            Draw::Forecast(_) => &[Kind::Forecast],
            Draw::Changes(_) => &[Kind::Comparison, Kind::Sensitivity],
            Draw::Plan(_) => &[Kind::Plan],
            Draw::Seats(_) => &[Kind::Seats],
            Draw::Usage(_) => &[Kind::Usage],
            Draw::Preview(_) => &[Kind::Preview],
        }
    }

    /// Draws it from a stored result; `None` where that is of another kind.
    pub fn draw(&self, stored: &Stored) -> Option<Result<Picture, ChartError>> {
        let svg = match (self.draw, stored) {
            (Draw::Forecast(draw), Stored::Forecast(forecast)) => draw(forecast),
            (Draw::Changes(draw), Stored::Comparison(found)) => draw(&Changes::Compared(found)),
            (Draw::Changes(draw), Stored::Swings(found)) => draw(&Changes::Swings(found)),
            (Draw::Changes(draw), Stored::Shares(found)) => draw(&Changes::Shares(found)),
            (Draw::Plan(draw), Stored::Plan(plan)) => draw(plan),
            (Draw::Seats(draw), Stored::Seats(seats)) => draw(seats),
            (Draw::Usage(draw), Stored::Usage(reported)) => draw(reported),
            (Draw::Preview(draw), Stored::Preview(played)) => draw(played),
            _ => return None,
        };
        Some(svg.map(|svg| Picture { name: self.name, svg }))
    }

    /// What is wrong with a result of another kind, and how to have the right one.
    pub fn refuse(&self, name: &str, stored: &Stored) -> Diagnostic {
        let (kind, drawn) = (stored.kind(), |entry: &&Entry| entry.kinds().contains(&stored.kind()));
        let own: Vec<&str> = CATALOGUE.iter().filter(drawn).map(|entry| entry.name).collect();
        let wanted: Vec<&str> = self.kinds().iter().map(|kind| kind.noun()).collect();
        Diagnostic::new(format!(
            "`{name}` is {}, and `{}` is drawn from {}",
            kind.noun(),
            self.name,
            wanted.join(" or ")
        ))
        .help(format!("{}; from {}: {}", self.remedy(), kind.noun(), own.join(", ")))
    }

    /// The commands that make what it is drawn from.
    pub fn remedy(&self) -> String {
        let commands: Vec<String> = self.kinds().iter().map(|kind| format!("`{}`", kind.command())).collect();
        format!("{} makes one", commands.join(" or "))
    }
}

/// All pictures of a forecast, in the order in which they are best read. The same forecast gives the same bytes.
pub fn pictures(forecast: &Forecast) -> Result<Vec<Picture>, ChartError> {
    let of_forecast = CATALOGUE.iter().filter_map(|entry| match entry.draw {
        Draw::Forecast(draw) => Some(draw(forecast).map(|svg| Picture { name: entry.name, svg })),
        _ => None,
    });
    of_forecast.collect()
}
