//! Mixes are judged on replications on which nothing was chosen.

use super::choose::Mix;
use super::model::{MixFigures, MixPurchase};
use super::observed::Observed;
use super::purchase::worth;
use crate::forecast::{Chance, Sample};
use crate::scenario::{Money, Scenario};
use crate::tokens::Tokens;

/// A mix with what its replications came to.
pub(super) struct Judged<'a> {
    mix: &'a Mix,
    /// Money, by replication.
    cost: Sample,
    service: Chance,
}

impl Judged<'_> {
    /// Of what was seen of a mix.
    pub fn new<'a>(mix: &'a Mix, observed: &Observed) -> Judged<'a> {
        let replications = 0..observed.uses.len();
        let needs =
            |replication: usize| observed.needs.iter().map(move |needs| Tokens::from_millionths(needs[replication]));
        let cost = |replication: usize| {
            let tokens = needs(replication).zip(&mix.purchases).map(|(need, bought)| worth(need, bought.each).0);
            Money(mix.subscriptions.0 + tokens.sum::<i64>())
        };
        let suffices =
            |replication: &usize| needs(*replication).zip(&mix.purchases).all(|(need, bought)| need <= bought.tokens);
        let suffice = replications.clone().filter(suffices).count() as u32;
        Judged {
            mix,
            cost: Sample::of_money(replications.clone().map(cost)),
            service: Chance::of(suffice, replications.len() as u32),
        }
    }

    /// As results show it, compared with another.
    pub fn figures(&self, scenario: &Scenario, first: &Judged) -> MixFigures {
        let number = |millionths: i64| millionths as f64 / 1e6;
        let bought = scenario.teams.iter().zip(&self.mix.purchases).filter(|(_, bought)| !bought.tokens.is_zero());
        let purchases = bought.map(|(team, bought)| MixPurchase {
            team: team.name.clone(),
            tokens: number(bought.tokens.millionths()),
            each: number(bought.each.0),
        });
        MixFigures {
            mix: self.mix.name.to_owned(),
            subscriptions: self.mix.seats.len() as u32,
            paid_for_subscriptions: number(self.mix.subscriptions.0),
            purchases: purchases.collect(),
            paid_for_tokens: number(self.mix.paid_for_tokens().0),
            paid: number(self.mix.paid().0),
            cost: self.cost.estimate(),
            saves: first.cost.more_than(&self.cost),
            service: self.service,
        }
    }
}
