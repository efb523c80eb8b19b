//! From the scenario to the answer: choose, judge, and say for each group and user what the best mix has for them.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::choose::{Choice, Chooser, Mix, Watch, mean_burn};
use super::judge::{Judged, judge};
use super::model::*;
use super::observed::observe;
use super::offer::{Length, Offer, Offered};
use super::purchase::worth;
use super::supply::may_fail;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::forecast::{RunCard, Sample};
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

pub(super) fn number(millionths: i64) -> f64 {
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
