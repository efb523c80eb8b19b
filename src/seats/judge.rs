//! Mixes are judged through the core, with what is bought for them, on replications on which nothing was chosen.

use super::choose::Mix;
use super::model::{MixFigures, MixPurchase};
use super::purchase::worth;
use crate::diagnostic::Diagnostic;
use crate::forecast::{Chance, Sample};
use crate::ids::TeamId;
use crate::scenario::{Money, Purchase, Scenario};
use crate::simulate::{self, Inputs, Outcome, Run};
use crate::tokens::Tokens;

/// A mix with what its replications came to.
#[derive(Clone)]
pub(super) struct Judged {
    /// Money, by replication.
    pub cost: Sample,
    /// Tokens that expired, by replication.
    wasted: Sample,
    service: Chance,
}

/// Simulates a mix, with the scripts of these inputs.
pub(super) fn judge(mix: &Mix, inputs: &Inputs, run: Run, done: &(dyn Fn() + Sync)) -> Result<Judged, Box<Diagnostic>> {
    let (mut scenario, on_hand) = (mix.scenario.clone(), mix.scenario.packs.len());
    scenario.add_purchases(&mix.supply.purchases);
    let outcomes = simulate::run(&scenario, &scenario.setup(), &inputs.library, run, |_, _| done())?;
    let holdings = scenario.holdings();
    let parts = |outcome: &'_ Outcome| holdings.clone().into_iter().zip(outcome.packs.clone());
    // What is paid beside tokens and subscriptions.
    let bought: i64 = mix.supply.purchases.iter().map(|purchase| cost(&scenario, purchase).0).sum();
    let fixed = mix.paid().0 - bought;
    let used = |outcome: &Outcome| {
        let bought = parts(outcome).filter(|((pack, _), _)| *pack >= on_hand);
        let money = bought
            .map(|((pack, _), part)| worth(part.burned + part.expired, each(&scenario, scenario.packs[pack].size)).0);
        Money(fixed + money.sum::<i64>())
    };
    let suffices = |outcome: &&Outcome| {
        (0..scenario.teams.len()).all(|team| outcome.shortages.row(team).iter().all(|denials| *denials == 0))
    };
    Ok(Judged {
        cost: Sample::of_money(outcomes.iter().map(used)),
        wasted: Sample::of_tokens(outcomes.iter().map(|outcome| parts(outcome).map(|(_, part)| part.expired).sum())),
        service: Chance::of(outcomes.iter().filter(suffices).count() as u32, outcomes.len() as u32),
    })
}

fn each(scenario: &Scenario, size: Tokens) -> Money {
    scenario.prices.each(size).expect("tokens have a price")
}

fn cost(scenario: &Scenario, purchase: &Purchase) -> Money {
    worth(purchase.tokens, each(scenario, purchase.tokens))
}

impl Judged {
    /// As results show it, compared with another.
    pub fn figures(&self, mix: &Mix, first: &Judged) -> MixFigures {
        let number = |millionths: i64| millionths as f64 / 1e6;
        let scenario = &mix.scenario;
        let team = |team: TeamId| scenario.teams[team.index()].name.clone();
        let purchase = |purchase: &Purchase| MixPurchase {
            team: team(purchase.team),
            arrives: purchase.on.to_string(),
            tokens: number(purchase.tokens.millionths()),
            each: number(each(scenario, purchase.tokens).0),
        };
        MixFigures {
            mix: mix.name.to_owned(),
            subscriptions: mix.seats.len() as u32,
            paid_for_subscriptions: number(mix.subscriptions.0),
            purchases: mix.supply.purchases.iter().map(purchase).collect(),
            paid_for_tokens: number(mix.supply.cost.paid().0),
            paid: number(mix.paid().0),
            cost: self.cost.estimate(),
            saves: first.cost.more_than(&self.cost),
            wasted: self.wasted.estimate(),
            service: self.service,
            can_last: mix.supply.lasts,
        }
    }
}
