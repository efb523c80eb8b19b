//! What the best mix has for each group and user.

use std::collections::{BTreeMap, BTreeSet};

use super::build::number;
use super::choose::Choice;
use super::judge::Judged;
use super::kinds::{Expected, Kind};
use super::model::*;
use super::observed::Observed;
use super::offer::{Length, Offer};
use super::purchase::worth;
use crate::forecast::{Estimate, Mean, Sample};
use crate::ids::UserId;
use crate::scenario::{Money, Scenario};
use crate::tokens::Tokens;

/// What the answer for groups and users is made of.
pub(super) struct Answer<'a> {
    scenario: &'a Scenario,
    offer: &'a Offer,
    choice: &'a Choice,
    length: Length,
    /// By seat, then by replication that judges: windows and tokens in millionths.
    used: BTreeMap<usize, Vec<(u32, i64)>>,
    chosen: BTreeSet<usize>,
    held: BTreeSet<usize>,
    replications: usize,
}

impl<'a> Answer<'a> {
    pub(super) fn new(scenario: &'a Scenario, offer: &'a Offer, choice: &'a Choice, bare: &Observed) -> Self {
        let replications = bare.uses.len();
        let mut used: BTreeMap<usize, Vec<(u32, i64)>> = BTreeMap::new();
        for (replication, uses) in bare.uses.iter().enumerate() {
            for one in uses {
                let values = used.entry(one.seat as usize).or_insert_with(|| vec![(0, 0); replications]);
                values[replication] = (one.windows, one.tokens.millionths());
            }
        }
        Answer {
            scenario,
            offer,
            choice,
            length: Length::of(scenario),
            used,
            chosen: choice.mixes[choice.best].seats.iter().copied().collect(),
            held: offer.held(scenario).iter().map(|(seat, _)| *seat).collect(),
            replications,
        }
    }

    /// The kinds, and one for each subscription that is held without any use.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = self.choice.kinds.clone();
        for seat in &self.held {
            let (user, offered) = self.offer.who(*seat);
            let group = self.scenario.users[user.index()].group as usize;
            if kinds.iter().any(|kind| (kind.group, kind.product) == (group, offered.product)) {
                continue;
            }
            let users = self.scenario.groups[group].users.clone().map(UserId);
            let unused = |seat| Expected { seat, tokens: 0.0, error: 0.0 };
            kinds.push(Kind {
                group,
                product: offered.product,
                team: self.scenario.first_team(user).unwrap_or_default(),
                price: offered.horizon,
                seats: users.filter_map(|user| self.offer.seat(user, offered.product)).map(unused).collect(),
            });
        }
        kinds.sort_by_key(|kind| (kind.group, kind.product));
        kinds
    }

    fn each(&self, kind: &Kind) -> Money {
        self.choice.each[kind.team.index()]
    }

    /// In a replication that judges.
    fn tokens(&self, seat: usize, replication: usize) -> Tokens {
        Tokens::from_millionths(self.used.get(&seat).map_or(0, |values| values[replication].1))
    }

    pub(super) fn groups(&self) -> Vec<GroupFigures> {
        let mut groups: Vec<GroupFigures> = self.kinds().iter().map(|kind| self.group(kind)).collect();
        groups.sort_by(|one, other| other.saves.mean.total_cmp(&one.saves.mean));
        groups
    }

    fn group(&self, kind: &Kind) -> GroupFigures {
        let each = self.each(kind);
        let seats: Vec<usize> = kind.seats.iter().map(|expected| expected.seat).collect();
        let count = |of: &BTreeSet<usize>| seats.iter().filter(|seat| of.contains(seat)).count() as u32;
        let near = kind.seats.iter().filter(|expected| expected.is_near(kind.price, each)).count() as u32;
        let saved = Sample::of_money((0..self.replications).map(|place| self.saved(kind, place))).estimate();
        let values = || seats.iter().filter_map(|seat| self.used.get(seat)).flatten();
        let costs =
            seats.iter().flat_map(|seat| (0..self.replications).map(|place| worth(self.tokens(*seat, place), each)));
        let mean = |sum: i128| self.length.a_year(sum as f64 / (self.replications * seats.len()) as f64);
        GroupFigures {
            group: self.scenario.groups[kind.group].name.clone(),
            product: self.scenario.products[kind.product.index()].name.clone(),
            users: seats.len() as u32,
            subscribe: count(&self.chosen),
            have: count(&self.held),
            near,
            windows: mean(values().map(|(windows, _)| i128::from(*windows)).sum()),
            token_cost: self.a_year(Sample::of_money(costs).estimate()),
            subscription: number(self.offer.who(seats[0]).1.year.0),
            saves: Mean { mean: saved.mean, half_width: saved.half_width },
        }
    }

    /// What the subscriptions of a kind save in a replication that judges.
    fn saved(&self, kind: &Kind, replication: usize) -> Money {
        let each = self.each(kind);
        let chosen = kind.seats.iter().map(|expected| expected.seat).filter(|seat| self.chosen.contains(seat));
        Money(chosen.map(|seat| worth(self.tokens(seat, replication), each).0 - kind.price.0).sum())
    }

    /// What the mixes came to, in their order, beside what the groups save.
    pub(super) fn rest(&self, judged: &[Judged]) -> Rest {
        let kinds = self.kinds();
        let costs = |place: usize| judged[place].cost.values();
        let tokens_only = usize::from(self.choice.mixes[0].name == "as it is");
        let shared = |replication: usize| {
            let saved = costs(tokens_only)[replication] - costs(self.choice.best)[replication];
            Money(saved - kinds.iter().map(|kind| self.saved(kind, replication).0).sum::<i64>())
        };
        let shared = Sample::of_money((0..self.replications).map(shared)).estimate();
        Rest {
            shared_tokens: Mean { mean: shared.mean, half_width: shared.half_width },
            as_it_is: (tokens_only == 1).then(|| judged[0].cost.more_than(&judged[1].cost)),
        }
    }

    pub(super) fn users(&self) -> Vec<UserFigures> {
        let kinds = self.kinds();
        kinds.iter().flat_map(|kind| kind.seats.iter().map(|expected| self.user(kind, expected))).collect()
    }

    fn user(&self, kind: &Kind, expected: &Expected) -> UserFigures {
        let (seat, each) = (expected.seat, self.each(kind));
        let (user, offered) = self.offer.who(seat);
        let windows = |replication: usize| self.used.get(&seat).map_or(0, |values| values[replication].0);
        let tokens = || (0..self.replications).map(|replication| self.tokens(seat, replication));
        let dearer = tokens().filter(|tokens| worth(*tokens, each) > offered.horizon).count();
        let a_year = |sample: Sample| self.a_year(sample.estimate());
        UserFigures {
            user: self.scenario.users[user.index()].name.clone(),
            group: self.scenario.groups[kind.group].name.clone(),
            product: self.scenario.products[kind.product.index()].name.clone(),
            advice: match (self.chosen.contains(&seat), self.held.contains(&seat)) {
                (true, false) => Advice::Subscribe,
                (true, true) => Advice::Keep,
                (false, true) => Advice::LetEnd,
                (false, false) => Advice::Tokens,
            },
            near: expected.is_near(kind.price, each),
            windows: a_year(Sample::of_counts((0..self.replications).map(windows))),
            tokens: a_year(Sample::of_tokens(tokens())),
            token_cost: a_year(Sample::of_money(tokens().map(|tokens| worth(tokens, each)))),
            expected_cost: self.length.a_year(expected.tokens * number(each.0)),
            subscription: number(offered.year.0),
            tokens_dearer: dearer as f64 / self.replications as f64,
        }
    }

    fn a_year(&self, horizon: Estimate) -> Estimate {
        let a_year = |number| self.length.a_year(number);
        Estimate {
            mean: a_year(horizon.mean),
            half_width: horizon.half_width.map(a_year),
            p5: a_year(horizon.p5),
            p10: a_year(horizon.p10),
            p50: a_year(horizon.p50),
            p90: a_year(horizon.p90),
            p95: a_year(horizon.p95),
        }
    }
}
