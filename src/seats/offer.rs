//! The subscriptions that can be had, and the scenario in which chosen users have them.

use crate::diagnostic::Diagnostic;
use crate::ids::{ProductId, UserId};
use crate::scenario::{Cover, CoverKind, Money, Per, Scenario, User};
use crate::time::Span;

/// A product with a price for a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The product.
    pub product: ProductId,
    /// The price per user and year.
    pub year: Money,
    /// Of it, the horizon's share.
    pub horizon: Money,
}

/// Every subscription that can be had: one for each user and each product with a price. A seat is the place of such a pair.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The products, in the order of the price list.
    pub products: Vec<Offered>,
    /// Those that have a price but are charged per result.
    pub left_out: Vec<ProductId>,
    /// By `ProductId`: the place among them.
    places: Vec<Option<usize>>,
}

impl Offer {
    /// What the scenario's price list offers; an error where it has no price of a subscription, or none of tokens.
    pub fn of(scenario: &Scenario) -> Result<Offer, Diagnostic> {
        let wrong = |what: &str, help: &str| Err(Diagnostic::new(what.to_owned()).help(help));
        if scenario.prices.tokens.is_empty() {
            return wrong("no price of tokens", "write it under `prices`, such as `tokens: [{from: 100, each: 3.00}]`");
        }
        let product = |id: ProductId| &scenario.products[id.index()];
        let priced = scenario.prices.subscriptions.iter();
        let (daily, left_out): (Vec<_>, Vec<_>) = priced.partition(|(id, _)| product(*id).per == Per::Day);
        if daily.is_empty() {
            let help = "write it under `prices`, such as `subscriptions: {AutoCAD: 2030}`, per user and year";
            return wrong("no price of a subscription", help);
        }
        let length = Length::of(scenario);
        let offered = daily.iter().map(|(product, year)| {
            let horizon = length.share_of(*year);
            Offered { product: *product, year: *year, horizon }
        });
        let products: Vec<Offered> = offered.collect();
        let mut places = vec![None; scenario.products.len()];
        products.iter().enumerate().for_each(|(place, offered)| places[offered.product.index()] = Some(place));
        Ok(Offer { products, left_out: left_out.iter().map(|(product, _)| *product).collect(), places })
    }

    /// The seat of a user and a product; `None` where no subscription is offered.
    pub fn seat(&self, user: UserId, product: ProductId) -> Option<usize> {
        self.places[product.index()].map(|place| user.index() * self.products.len() + place)
    }

    /// Whose seat it is, and of which product.
    pub fn who(&self, seat: usize) -> (UserId, &Offered) {
        (UserId::from_index(seat / self.products.len()), &self.products[seat % self.products.len()])
    }

    /// The scenario in which these seats, and no others, have a subscription throughout the horizon. Trials, subscriptions to other
    /// products, and those of other sign-ins stay as they are.
    pub fn with_seats(&self, scenario: &Scenario, seats: impl IntoIterator<Item = usize>) -> Scenario {
        let mut scenario = scenario.clone();
        for user in &mut scenario.users {
            let covers = std::mem::take(&mut user.covers);
            user.covers = covers.into_iter().filter(|cover| !self.is_own(user, cover)).collect();
        }
        // None ends in the horizon, so none lapses at its end.
        let (from, until) = (scenario.start, scenario.end + Span::DAY);
        for seat in seats {
            let (user, Offered { product, .. }) = self.who(seat);
            let cover = Cover { kind: CoverKind::Subscription, product: *product, from, until, identity: None };
            scenario.users[user.index()].covers.push(cover);
        }
        scenario
    }

    /// Whether it is a subscription that this is about: of a product on offer, for the user's own sign-in.
    fn is_own(&self, user: &User, cover: &Cover) -> bool {
        let own = cover.identity.as_ref().is_none_or(|identity| *identity == user.name);
        own && cover.kind == CoverKind::Subscription && self.places[cover.product.index()].is_some()
    }

    /// By seat, ascending: which have a subscription in the scenario as it is, and for how many seconds of the horizon.
    pub fn held(&self, scenario: &Scenario) -> Vec<(usize, i64)> {
        let mut held = Vec::new();
        for (place, user) in scenario.users.iter().enumerate() {
            let mut own: Vec<(usize, i64, i64)> = Vec::new();
            for cover in user.covers.iter().filter(|cover| self.is_own(user, cover)) {
                let (from, until) = (cover.from.max(scenario.start), cover.until.min(scenario.end));
                let seat = self.seat(UserId::from_index(place), cover.product).filter(|_| from < until);
                own.extend(seat.map(|seat| (seat, from.seconds(), until.seconds())));
            }
            own.sort_unstable();
            held.extend(own.chunk_by(|one, other| one.0 == other.0).map(|same| (same[0].0, union(same))));
        }
        held
    }

    /// What these subscriptions cost in the horizon, by the time for which each is held.
    pub fn cost_of_held(&self, scenario: &Scenario, held: &[(usize, i64)]) -> Money {
        let horizon = i128::from((scenario.end - scenario.start).seconds());
        let cost = |(seat, seconds): &(usize, i64)| {
            let price = i128::from(self.who(*seat).1.horizon.0);
            (price * i128::from(*seconds) / horizon) as i64
        };
        Money(held.iter().map(cost).sum())
    }
}

/// How many seconds the spans of one seat, ascending, cover together.
fn union(spans: &[(usize, i64, i64)]) -> i64 {
    let (mut covered, mut reached) = (0, i64::MIN);
    for (_, from, until) in spans {
        covered += (until - (*from).max(reached)).max(0);
        reached = reached.max(*until);
    }
    covered
}

/// How long the horizon is, as a share of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// In days.
    pub days: i32,
    /// The days of the year that it is a share of: as many as it has where it ends the day before the date on which it began.
    pub year: i32,
}

impl Length {
    /// Of a scenario's horizon.
    pub fn of(scenario: &Scenario) -> Length {
        let (first, end) = (scenario.first_day, scenario.last_day.plus(1));
        let days = end.number() - first.number();
        Length { days, year: if first.next_year() == end { days } else { 365 } }
    }

    /// Whether it is one year.
    pub fn is_a_year(self) -> bool {
        self.days == self.year
    }

    /// The horizon's share of what a year costs.
    pub fn share_of(self, year: Money) -> Money {
        let share = i128::from(year.0) * i128::from(self.days) / i128::from(self.year);
        Money(i64::try_from(share).unwrap_or(i64::MAX / 2))
    }

    /// What is had in a year if so much is had in the horizon.
    pub fn a_year(self, horizon: f64) -> f64 {
        if self.is_a_year() { horizon } else { horizon * f64::from(self.year) / f64::from(self.days) }
    }
}
