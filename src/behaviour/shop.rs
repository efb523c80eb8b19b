//! Where buyers look and order.

use std::collections::BTreeMap;

use super::failure::{Outcome, fail};
use super::market::{Coming, Market, Order, Stock};
use super::{kinds, limits};
use crate::calendar::{Day, Zone};
use crate::diagnostic::Diagnostic;
use crate::ids::TeamId;
use crate::scenario::{Prices, Scenario};
use crate::tokens::Tokens;

/// The market of today, and what has been ordered so far.
pub(super) struct Shop {
    teams: BTreeMap<String, TeamId>,
    /// Of all teams.
    names: Vec<String>,
    zone: Zone,
    pub prices: Prices,
    buyer: usize,
    pub today: Day,
    pub market: Market,
    /// Ordered today, by any buyer.
    pub orders: Vec<Order>,
    /// How many of them were there as the call at hand began.
    ordered_before: usize,
    /// What may still be ordered in this replication.
    pub room: Tokens,
}

impl Default for Shop {
    fn default() -> Self {
        Shop {
            teams: BTreeMap::new(),
            names: Vec::new(),
            zone: Zone::UTC,
            prices: Prices::default(),
            buyer: 0,
            today: Day::default(),
            market: Market::default(),
            orders: Vec::new(),
            ordered_before: 0,
            room: Tokens::ZERO,
        }
    }
}

impl Shop {
    pub fn new(scenario: &Scenario, names: &[String]) -> Shop {
        Shop {
            teams: names.iter().cloned().zip((0..).map(TeamId)).collect(),
            names: names.to_vec(),
            zone: scenario.zone,
            prices: scenario.prices.clone(),
            ..Shop::default()
        }
    }

    /// A buyer's day begins.
    pub fn begin(&mut self, buyer: usize, today: Day) {
        (self.buyer, self.today, self.ordered_before) = (buyer, today, self.orders.len());
    }

    /// It begins again: what was ordered in it wasn't.
    pub fn begin_again(&mut self) {
        for order in self.orders.drain(self.ordered_before..) {
            self.market.teams[order.team.index()].coming.pop();
            self.room += order.tokens;
        }
    }

    fn team(&self, name: &str) -> Outcome<TeamId> {
        match self.teams.get(name) {
            Some(team) => Ok(*team),
            None => kinds::team(name, &self.names).or_else(fail).map(|()| TeamId::default()),
        }
    }

    /// What a team has.
    pub fn stock(&self, team: &str) -> Outcome<&Stock> {
        self.team(team).map(|team| &self.market.teams[team.index()])
    }

    /// What a team burned in the last so many whole days, in whole tokens, rounded up.
    pub fn burned(&self, team: &str, days: i64) -> Outcome<i64> {
        let days = within_reach(days, "days")? as usize;
        let burned: Tokens = self.stock(team)?.burned.iter().rev().take(days).copied().sum();
        Ok(-whole(-burned))
    }

    /// How many days that is known of.
    pub fn days_known(&self) -> i64 {
        self.market.teams.first().map_or(0, |stock| stock.burned.len() as i64)
    }

    /// What is to come for a team.
    pub fn on_order(&self, team: &str) -> Outcome<i64> {
        Ok(whole(self.stock(team)?.coming.iter().map(|coming| coming.tokens).sum()))
    }

    /// Of what is to come for a team, that which arrives by the end of a day so many days ahead.
    pub fn arriving(&self, team: &str, days: i64) -> Outcome<i64> {
        let end = self.zone.start_of(self.today.plus(within_reach(days, "days")? + 1));
        let coming = self.stock(team)?.coming.iter().filter(|coming| coming.arrives < end);
        Ok(whole(coming.map(|coming| coming.tokens).sum()))
    }

    /// Orders tokens for a team, which arrive so many seconds after 00:00 of today by the clock on the wall.
    pub fn order(&mut self, team: &str, tokens: i64, lead_time: i64) -> Outcome<()> {
        let team = self.team(team)?;
        self.check_size(tokens)?;
        let days = within_reach(lead_time.div_euclid(86_400), "days of lead time")?;
        let tokens = Tokens::whole(tokens);
        if self.orders.len() == limits::ORDERS {
            return fail(Diagnostic::new(format!("more than {} orders on one day", limits::ORDERS)));
        }
        if tokens > self.room {
            let most = format!("at most {} in all packs, purchases and orders", Tokens::LARGEST);
            return fail(Diagnostic::new("too many tokens ordered").expected(most));
        }
        let arrives = self.zone.instant(self.today.plus(days), lead_time.rem_euclid(86_400));
        self.room -= tokens;
        self.market.teams[team.index()].coming.push(Coming { arrives, tokens });
        self.orders.push(Order { buyer: self.buyer, team, tokens, ordered: self.today, arrives });
        Ok(())
    }

    /// Whether so many tokens can be ordered at once.
    fn check_size(&self, tokens: i64) -> Outcome<()> {
        let (smallest, step) = (self.prices.smallest_order(), self.prices.whole_step());
        if !(1..=limits::TOKENS).contains(&tokens) {
            let problem = Diagnostic::new(format!("`{tokens}` tokens can't be ordered"));
            return fail(problem.expected(format!("a whole number from 1 to {}", limits::TOKENS)));
        }
        if tokens < smallest {
            let problem = Diagnostic::new(format!("{tokens} tokens are fewer than the smallest order"));
            return fail(problem.expected(format!("at least {smallest}, as `prices` says: `me.smallest_order()`")));
        }
        if tokens % step != 0 {
            let problem = Diagnostic::new(format!("{tokens} tokens are no multiple of the step"));
            return fail(problem.expected(format!("a multiple of {step}, as `prices` says: `me.step()`")));
        }
        Ok(())
    }

    /// What so many tokens cost, bought at once.
    pub fn price(&self, tokens: i64) -> Outcome<f64> {
        if !(0..=limits::TOKENS).contains(&tokens) {
            let problem = Diagnostic::new(format!("`{tokens}` tokens have no price"));
            return fail(problem.expected(format!("a whole number from 0 to {}", limits::TOKENS)));
        }
        match self.prices.each(Tokens::whole(tokens)) {
            Some(each) => Ok(each.0 as f64 / 1e6 * tokens as f64),
            None => fail(Diagnostic::new("the scenario names no prices").help("give it `prices: {tokens: [..]}`")),
        }
    }
}

/// Whole tokens, rounded down.
pub(super) fn whole(tokens: Tokens) -> i64 {
    tokens.millionths().div_euclid(Tokens::whole(1).millionths())
}

/// A number of days that a script may ask for.
fn within_reach(days: i64, what: &str) -> Outcome<i32> {
    if !(0..=limits::DAYS_AHEAD).contains(&days) {
        let problem = Diagnostic::new(format!("{days} {what} can't be"));
        return fail(problem.expected(format!("from 0 to {}", limits::DAYS_AHEAD)));
    }
    Ok(days as i32)
}
