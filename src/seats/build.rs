//! From the scenario to the answer: choose, judge, and say for each group and user what the best mix has for them.

use std::collections::{BTreeMap, BTreeSet};

use super::choose::{Choice, Chooser, Mix, Watch, mean_burn};
use super::judge::{Judged, judge};
use super::kinds::{Expected, Kind};
use super::model::*;
use super::observed::{Observed, observe};
use super::offer::{Length, Offer, Offered};
use super::purchase::worth;
use super::supply::may_fail;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::forecast::{Estimate, Mean, RunCard, Sample};
use crate::keys::{mix, name_key};
use crate::purchasing::{service_level, too_few};
use crate::scenario::{Money, Scenario};
use crate::simulate::{Inputs, Run};
use crate::tokens::Tokens;

/// Chooses on one half of the replications, with a seed of their own, and judges on the other half, with the seed that is given.
///
/// An error where the scenario has no price of tokens or of a subscription, or where a script fails.
pub fn seats(inputs: &Inputs, run: Run, watch: &Watch) -> Result<Seats, Box<Diagnostic>> {
    let scenario = &inputs.scenario;
    let offer = Offer::of(scenario)?;
    if run.replications < 2 {
        let one = Diagnostic::new("one half of the runs chooses, the other judges: 1 run has no halves");
        return Err(Box::new(one.help("--replications 2 is the least; hundreds tell more")));
    }
    let judging = Run { replications: run.replications / 2, ..run };
    let choosing = Run { replications: run.replications.div_ceil(2), seed: mix(&[run.seed, name_key("seats")]), ..run };
    let may_fail = may_fail(scenario, choosing.replications);
    let mut chooser = Chooser { inputs, offer: &offer, run: choosing, watch, may_fail, known: BTreeMap::new() };
    let choice = chooser.choose()?;
    (watch.begins)("use", judging.replications);
    let bare = observe(inputs, &offer, judging, watch.done)?;
    let mut judged: Vec<Judged> = Vec::new();
    for (place, mix) in choice.mixes.iter().enumerate() {
        let same = |other: &&Mix| other.seats == mix.seats && (other.name == "as it is") == (mix.name == "as it is");
        let known = choice.mixes[..place].iter().find(same).map(|other| other.name);
        let known = choice.mixes.iter().position(|other| Some(other.name) == known);
        judged.push(match known {
            Some(known) => judged[known].clone(),
            None => {
                (watch.begins)(mix.name, judging.replications);
                judge(mix, inputs, judging, watch.done)?
            }
        });
    }
    let answer = Answer::new(scenario, &offer, &choice, &bare);
    let (length, first) = (Length::of(scenario), &judged[0]);
    let level = service_level(scenario);
    Ok(Seats {
        card: RunCard::new(scenario, &inputs.library.sources(), judging.seed, judging.replications),
        chosen_on_seed: choosing.seed,
        chosen_on_replications: choosing.replications,
        currency: scenario.currency.clone(),
        days: length.days as u32,
        is_a_year: length.is_a_year(),
        service_level: level as f64 / 1e6,
        too_few_runs: too_few(level, judging.replications).map(in_a_sentence),
        budget: budget(scenario),
        token_prices: token_prices(scenario, &choice),
        break_even: break_even(scenario, &offer, &choice),
        mixes: choice.mixes.iter().zip(&judged).map(|(mix, judged)| judged.figures(mix, first)).collect(),
        groups: answer.groups(),
        rest: answer.rest(&judged),
        users: answer.users(),
        left_out: offer.left_out.iter().map(|product| scenario.products[product.index()].name.clone()).collect(),
        to_try: to_try(scenario, &offer, &choice.mixes[choice.best]),
    })
}

/// What is wrong, and what was expected.
fn in_a_sentence(told: Diagnostic) -> String {
    let expected = told.expected.map_or_else(String::new, |expected| format!(" ({expected})"));
    told.message + expected.as_str()
}

fn budget(scenario: &Scenario) -> Option<f64> {
    let parts = &scenario.plan.budget;
    (!parts.is_empty()).then(|| number(parts.iter().map(|part| part.amount.0).sum()))
}

fn number(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

fn token_prices(scenario: &Scenario, choice: &Choice) -> Vec<TokenPrice> {
    let teams =
        scenario.teams.iter().enumerate().filter(|(place, _)| choice.bare.burns[*place].iter().any(|burn| *burn > 0));
    let price = |(place, team): (usize, &crate::scenario::Team)| {
        let burns = &choice.bare.burns[place];
        let tier = scenario.prices.tier(mean_burn(burns)).expect("tokens have a price");
        TokenPrice {
            team: team.name.clone(),
            each: number(choice.each[place].0),
            from: number(scenario.prices.tokens[tier].from.millionths()),
            burn: Sample::of_tokens(burns.iter().map(|burn| Tokens::from_millionths(*burn))).estimate(),
        }
    };
    teams.map(price).collect()
}

/// A row for each product, rate and unit price that occurs.
fn break_even(scenario: &Scenario, offer: &Offer, choice: &Choice) -> Vec<BreakEven> {
    let rates = scenario.rates();
    let each: BTreeSet<Money> = choice
        .each
        .iter()
        .zip(&choice.bare.burns)
        .filter(|(_, burns)| burns.iter().any(|burn| *burn > 0))
        .map(|(each, _)| *each)
        .collect();
    let mut rows = Vec::new();
    for Offered { product, year, .. } in &offer.products {
        let own: BTreeSet<Tokens> = rates[product.index()].iter().copied().collect();
        for (rate, each) in own.iter().flat_map(|rate| each.iter().map(move |each| (rate, each))) {
            let window = worth(*rate, *each);
            let windows = (window > Money(0)).then(|| year.0 as f64 / window.0 as f64);
            rows.push(BreakEven {
                product: scenario.products[product.index()].name.clone(),
                rate: number(rate.millionths()),
                each: number(each.0),
                subscription: number(year.0),
                windows,
                days_a_month: windows.map(|windows| windows / 12.0),
            });
        }
    }
    rows
}

/// What the answer for groups and users is made of.
struct Answer<'a> {
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
    fn new(scenario: &'a Scenario, offer: &'a Offer, choice: &'a Choice, bare: &Observed) -> Self {
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
            let users = self.scenario.groups[group].users.clone().map(crate::ids::UserId);
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

    fn groups(&self) -> Vec<GroupFigures> {
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
    fn rest(&self, judged: &[Judged]) -> Rest {
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

    fn users(&self) -> Vec<UserFigures> {
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

/// For each group and number of its users the subscriptions that they have in a mix.
fn to_try(scenario: &Scenario, offer: &Offer, mix: &Mix) -> Vec<ToTry> {
    let mut groups: BTreeMap<(u32, Vec<usize>), Vec<&str>> = BTreeMap::new();
    let mut by_product: BTreeMap<(u32, usize), Vec<usize>> = BTreeMap::new();
    for seat in &mix.seats {
        let (user, offered) = offer.who(*seat);
        let group = scenario.users[user.index()].group;
        by_product.entry((group, offered.product.index())).or_default().push(user.index());
    }
    for ((group, product), users) in by_product {
        groups.entry((group, users)).or_default().push(&scenario.products[product].name);
    }
    let (from, until): (Day, Day) = (scenario.first_day, scenario.last_day);
    let line = |((group, users), products): (&(u32, Vec<usize>), &Vec<&str>)| {
        let cover = |product: &&str| format!("{{product: {product}, from: {from}, until: {until}}}");
        let covers: Vec<String> = products.iter().map(cover).collect();
        ToTry {
            group: scenario.groups[*group as usize].name.clone(),
            users: users.len() as u32,
            line: format!("subscriptions: [{}]", covers.join(", ")),
        }
    };
    groups.iter().map(line).collect()
}
