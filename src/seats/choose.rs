//! Mixes are made on the replications that choose.

use super::kinds::{Kind, kinds};
use super::observed::{Observed, observe};
use super::offer::Offer;
use super::purchase::Purchase;
use super::search::{Counts, Search, beyond_break_even, enough};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Money, Scenario};
use crate::simulate::{Inputs, Run};
use crate::tokens::Tokens;

/// Told of each mix that is simulated, and for how many replications; gives what is told of each one that ends.
pub type Watch<'a> = dyn Fn(&str, u32) -> Box<dyn Fn() + Sync> + 'a;

/// A mix, with what is bought for it.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    pub name: &'static str,
    /// The seats that have a subscription.
    pub seats: Vec<usize>,
    /// The scenario in which they have.
    pub scenario: Scenario,
    /// What the subscriptions cost in the horizon.
    pub subscriptions: Money,
    /// By team.
    pub purchases: Vec<Purchase>,
}

impl Mix {
    pub fn paid_for_tokens(&self) -> Money {
        Money(self.purchases.iter().map(|purchase| purchase.cost().0).sum())
    }

    pub fn paid(&self) -> Money {
        Money(self.subscriptions.0 + self.paid_for_tokens().0)
    }
}

/// What choosing came to.
pub(super) struct Choice {
    /// The mixes, the one that others are compared with first.
    pub mixes: Vec<Mix>,
    /// The place of the best among them.
    pub best: usize,
    pub kinds: Vec<Kind>,
    /// With tokens alone.
    pub bare: Observed,
    /// By team: what a token counts as where one user is judged alone.
    pub each: Vec<Money>,
}

/// How often the search starts again from what its last mix came to when simulated.
const ROUNDS: usize = 4;

/// Makes mixes on their own replications.
pub(super) struct Chooser<'a> {
    pub inputs: &'a Inputs,
    pub offer: &'a Offer,
    pub run: Run,
    pub watch: &'a Watch<'a>,
    /// In so many of the replications what is bought for a team may fall short.
    pub may_fail: usize,
}

impl Chooser<'_> {
    pub fn choose(&self) -> Result<Choice, Box<Diagnostic>> {
        let scenario = &self.inputs.scenario;
        let (tokens_only, bare) = self.mix("tokens only", Vec::new())?;
        let kinds = kinds(scenario, self.offer, &bare);
        let each: Vec<Money> = bare.burns.iter().map(|burns| each_of(scenario, burns)).collect();
        let all: Counts = kinds.iter().map(|kind| kind.seats.len()).collect();
        let alone = beyond_break_even(&kinds, &each);
        let (everybody, _) = self.mix("everybody", seats(&kinds, &all))?;
        let (own, _) = self.mix("each beyond break-even", seats(&kinds, &alone))?;
        let found = self.best(&kinds, &bare, &[&tokens_only, &own, &everybody], &[vec![0; kinds.len()], alone, all])?;
        let mut mixes = vec![tokens_only, own, found, everybody];
        let held = self.offer.held(scenario);
        if !held.is_empty() {
            mixes.insert(0, self.as_it_is(&held)?);
        }
        let best = mixes.iter().position(|mix| mix.name == "best mix").expect("it was put there");
        Ok(Choice { mixes, best, kinds, bare, each })
    }

    /// Searches, simulates what was found, and searches again from there: what is left of packs on hand shows only then.
    fn best(
        &self,
        kinds: &[Kind],
        bare: &Observed,
        known: &[&Mix],
        counted: &[Counts],
    ) -> Result<Mix, Box<Diagnostic>> {
        let prices = &self.inputs.scenario.prices;
        let mut starts = counted.to_vec();
        let teams = self.inputs.scenario.teams.len();
        starts.extend(prices.tokens.iter().map(|tier| beyond_break_even(kinds, &vec![tier.each; teams])));
        let cheapest = known.iter().min_by_key(|mix| (mix.paid(), mix.seats.len())).expect("there is one");
        let mut best = Mix { name: "best mix", ..(*cheapest).clone() };
        let (mut needs, mut base) = (bare.needs.clone(), vec![0; kinds.len()]);
        let mut tried: Vec<Counts> = counted.to_vec();
        for _ in 0..ROUNDS {
            let search = Search { kinds, prices, needs: &needs, base, may_fail: self.may_fail };
            let counts = search.cheapest(&starts);
            if tried.contains(&counts) {
                break;
            }
            let (mix, observed) = self.mix("best mix", seats(kinds, &counts))?;
            if (mix.paid(), mix.seats.len()) < (best.paid(), best.seats.len()) {
                best = mix;
            }
            needs = observed.needs;
            base = counts.clone();
            starts.push(counts.clone());
            tried.push(counts);
        }
        Ok(best)
    }

    fn mix(&self, name: &'static str, seats: Vec<usize>) -> Result<(Mix, Observed), Box<Diagnostic>> {
        let scenario = self.offer.with_seats(&self.inputs.scenario, seats.iter().copied());
        let subscriptions = Money(seats.iter().map(|seat| self.offer.who(*seat).1.horizon.0).sum());
        self.bought(Mix { name, seats, scenario, subscriptions, purchases: Vec::new() })
    }

    fn as_it_is(&self, held: &[(usize, i64)]) -> Result<Mix, Box<Diagnostic>> {
        let scenario = self.inputs.scenario.clone();
        let subscriptions = self.offer.cost_of_held(&scenario, held);
        let seats = held.iter().map(|(seat, _)| *seat).collect();
        let (mix, _) = self.bought(Mix { name: "as it is", seats, scenario, subscriptions, purchases: Vec::new() })?;
        Ok(mix)
    }

    fn bought(&self, mut mix: Mix) -> Result<(Mix, Observed), Box<Diagnostic>> {
        let done = (self.watch)(mix.name, self.run.replications);
        let observed = observe(&mix.scenario, self.offer, &self.inputs.library, self.run, &*done)?;
        let prices = &self.inputs.scenario.prices;
        let needed = |needs: &Vec<i64>| Tokens::from_millionths(enough(&mut needs.clone(), self.may_fail));
        mix.purchases = observed.needs.iter().map(|needs| Purchase::of(prices, needed(needs))).collect();
        Ok((mix, observed))
    }
}

/// The seats of a mix, ascending.
fn seats(kinds: &[Kind], counts: &[usize]) -> Vec<usize> {
    let first =
        |(kind, count): (&Kind, &usize)| kind.seats[..*count].iter().map(|expected| expected.seat).collect::<Vec<_>>();
    let mut seats: Vec<usize> = kinds.iter().zip(counts).flat_map(first).collect();
    seats.sort_unstable();
    seats
}

/// The unit price of a purchase as large as a team's mean burn.
fn each_of(scenario: &Scenario, burns: &[i64]) -> Money {
    scenario.prices.each(mean_burn(burns)).expect("tokens have a price")
}

/// A team's mean burn, in whole millionths.
pub(super) fn mean_burn(burns: &[i64]) -> Tokens {
    let sum: i128 = burns.iter().map(|burn| i128::from(*burn)).sum();
    Tokens::from_millionths((sum / burns.len() as i128) as i64)
}
