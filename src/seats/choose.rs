//! Mixes are made on the replications that choose.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Kind, kinds};
use super::observed::{Observed, observe};
use super::offer::Offer;
use super::ranking::{Ranking, rankings};
use super::search::{Counts, Search, beyond_break_even};
use super::supply::{Supply, supply};
use crate::diagnostic::Diagnostic;
use crate::ids::{TeamId, UserId};
use crate::purchasing::{nothing_arrives, order_days};
use crate::scenario::{Money, Scenario};
use crate::simulate::{Inputs, Run};
use crate::tokens::Tokens;

/// What is told of the work: the name of each mix that is simulated with its number of replications, and each of these as it ends.
pub struct Watch<'a> {
    /// The replications of a mix begin.
    pub begins: &'a dyn Fn(&str, u32),
    /// A replication ends; called from any thread.
    pub done: &'a (dyn Fn() + Sync),
}

/// A mix, with what is bought for it.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    pub name: &'static str,
    /// The seats that have a subscription, ascending.
    pub seats: Vec<usize>,
    /// The scenario in which they have, without its planned purchases.
    pub scenario: Scenario,
    /// What the subscriptions cost in the horizon.
    pub subscriptions: Money,
    pub supply: Supply,
}

impl Mix {
    pub fn paid(&self) -> Money {
        Money(self.subscriptions.0 + self.supply.cost.paid().0)
    }

    /// The cheapest first; of those that cost the same, the one with fewer subscriptions.
    fn rank(&self) -> Rank {
        (self.subscriptions.0 + self.supply.cost.total().0, self.seats.len())
    }
}

/// What a mix costs, and how many subscriptions it has.
type Rank = (i64, usize);

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

/// As many neighbours of the best mix as are simulated: the search reckons with what seats use, not with what packs on hand would waste.
const NEIGHBOURS: usize = 24;

/// About how often as many replications are simulated as choose or judge: what everybody uses, mixes that are tried, and mixes that are
/// judged. Of the neighbours some two are tried for each team and product.
pub fn stages(scenario: &Scenario) -> u32 {
    let teams: BTreeSet<TeamId> =
        (0..scenario.users.len()).filter_map(|user| scenario.first_team(UserId::from_index(user))).collect();
    let neighbours = (2 * teams.len() * scenario.prices.subscriptions.len()).min(NEIGHBOURS);
    let (uses, ways) = (2, 4);
    uses + 2 * ways + neighbours as u32
}

/// Makes mixes on their own replications.
pub(super) struct Chooser<'a> {
    pub inputs: &'a Inputs,
    pub offer: &'a Offer,
    pub run: Run,
    pub watch: &'a Watch<'a>,
    /// In so many of the replications the tokens may run out.
    pub may_fail: usize,
    /// By its seats: every mix that was simulated.
    pub known: BTreeMap<Vec<usize>, Mix>,
}

impl Chooser<'_> {
    pub fn choose(&mut self) -> Result<Choice, Box<Diagnostic>> {
        let scenario = &self.inputs.scenario;
        (self.watch.begins)("use", self.run.replications);
        let bare = observe(self.inputs, self.offer, self.run, self.watch.done)?;
        let kinds = kinds(scenario, self.offer, &bare);
        let each: Vec<Money> = bare.burns.iter().map(|burns| each_of(scenario, burns)).collect();
        let rankings = rankings(&kinds, &bare);
        let all: Counts = rankings.iter().map(|ranking| ranking.seats.len()).collect();
        let alone = beyond_break_even(&rankings, &each);
        let tokens_only = self.mix("tokens only", Vec::new())?;
        if order_days(scenario).is_empty() && tokens_only.supply.short() > self.may_fail {
            return Err(Box::new(nothing_arrives(scenario)));
        }
        let own = self.mix("each beyond break-even", seats(&rankings, &alone))?;
        let everybody = self.mix("everybody", seats(&rankings, &all))?;
        let found = self.best(&rankings, &tokens_only.supply.needs, &[vec![0; rankings.len()], alone, all])?;
        let mut mixes = vec![tokens_only, own, found, everybody];
        let held = self.offer.held(scenario);
        if !held.is_empty() {
            let now = self.as_it_is(&held)?;
            if now.rank() < mixes[2].rank() {
                mixes[2] = Mix { name: "best mix", ..now.clone() };
            }
            mixes.insert(0, now);
        }
        let best = mixes.iter().position(|mix| mix.name == "best mix").expect("it was put there");
        Ok(Choice { mixes, best, kinds, bare, each })
    }

    /// Searches, simulates what was found, and searches again from there: what is left of packs on hand shows only then.
    fn best(&mut self, rankings: &[Ranking], bare: &[Vec<i64>], starts: &[Counts]) -> Result<Mix, Box<Diagnostic>> {
        let prices = &self.inputs.scenario.prices;
        let (mut starts, mut tried) = (starts.to_vec(), starts.to_vec());
        let teams = self.inputs.scenario.teams.len();
        starts.extend(prices.tokens.iter().map(|tier| beyond_break_even(rankings, &vec![tier.each; teams])));
        let (mut needs, mut base) = (bare.to_vec(), vec![0; rankings.len()]);
        for _ in 0..ROUNDS {
            let may_fail = self.may_fail / teams.max(1);
            let counts = Search { rankings, prices, needs: &needs, base, may_fail }.cheapest(&starts);
            if tried.contains(&counts) {
                break;
            }
            needs = self.mix("best mix", seats(rankings, &counts))?.supply.needs;
            base = counts.clone();
            starts.push(counts.clone());
            tried.push(counts);
        }
        let counted = tried.into_iter().map(|counts| (self.known[&seats(rankings, &counts)].rank(), counts));
        let (rank, counts) = counted.min().expect("the starts were tried");
        self.climb(rankings, counts, rank)
    }

    /// Goes to cheaper neighbours as long as there are any: a few seats of one ranking more or fewer.
    fn climb(&mut self, rankings: &[Ranking], mut best: Counts, mut rank: Rank) -> Result<Mix, Box<Diagnostic>> {
        let mut left = NEIGHBOURS;
        while let Some((cheaper, counts)) = self.cheaper_neighbour(rankings, &best, rank, &mut left)? {
            (rank, best) = (cheaper, counts);
        }
        Ok(Mix { name: "best mix", ..self.known[&seats(rankings, &best)].clone() })
    }

    fn cheaper_neighbour(
        &mut self,
        rankings: &[Ranking],
        best: &Counts,
        rank: Rank,
        left: &mut usize,
    ) -> Result<Option<(Rank, Counts)>, Box<Diagnostic>> {
        for (place, ranking) in rankings.iter().enumerate() {
            let most = ranking.seats.len();
            let far = (most / 8).max(1);
            for count in [
                best[place].checked_sub(1),
                Some(best[place] + 1),
                best[place].checked_sub(far),
                Some(best[place] + far),
            ] {
                let Some(count) = count.filter(|count| *count <= most && *left > 0) else { continue };
                let mut counts = best.clone();
                counts[place] = count;
                *left -= usize::from(!self.known.contains_key(&seats(rankings, &counts)));
                let found = self.mix("best mix", seats(rankings, &counts))?.rank();
                if found < rank {
                    return Ok(Some((found, counts)));
                }
            }
        }
        Ok(None)
    }

    fn mix(&mut self, name: &'static str, seats: Vec<usize>) -> Result<Mix, Box<Diagnostic>> {
        if let Some(known) = self.known.get(&seats) {
            return Ok(Mix { name, ..known.clone() });
        }
        let scenario = self.offer.with_seats(&self.inputs.scenario, seats.iter().copied());
        let subscriptions = Money(seats.iter().map(|seat| self.offer.who(*seat).1.horizon.0).sum());
        let mix = self.supplied(name, seats, scenario, subscriptions)?;
        self.known.insert(mix.seats.clone(), mix.clone());
        Ok(mix)
    }

    fn as_it_is(&self, held: &[(usize, i64)]) -> Result<Mix, Box<Diagnostic>> {
        let scenario = self.inputs.scenario.clone();
        let subscriptions = self.offer.cost_of_held(&scenario, held);
        self.supplied("as it is", held.iter().map(|(seat, _)| *seat).collect(), scenario, subscriptions)
    }

    fn supplied(
        &self,
        name: &'static str,
        seats: Vec<usize>,
        mut scenario: Scenario,
        subscriptions: Money,
    ) -> Result<Mix, Box<Diagnostic>> {
        scenario.drop_purchases();
        scenario.buyers.clear();
        scenario.plan.teams.clear();
        let inputs = Inputs { scenario, library: self.inputs.library.clone() };
        (self.watch.begins)(name, self.run.replications);
        let supply = supply(&inputs, self.run, self.may_fail, self.watch.done)?;
        Ok(Mix { name, seats, scenario: inputs.scenario, subscriptions, supply })
    }
}

/// The seats of a mix, ascending.
fn seats(rankings: &[Ranking], counts: &[usize]) -> Vec<usize> {
    let first = |(ranking, count): (&Ranking, &usize)| {
        ranking.seats[..*count].iter().map(|expected| expected.seat).collect::<Vec<_>>()
    };
    let mut seats: Vec<usize> = rankings.iter().zip(counts).flat_map(first).collect();
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
