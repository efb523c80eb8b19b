//! A scenario's teams as problems of `plan`: what each has, when it may buy, and at which prices.

use super::demand::Demand;
use crate::calendar::Day;
use crate::ids::TeamId;
use crate::plan::{self, Date, Problem};
use crate::scenario::{Money, OrderDates, PlanSettings, PriceTier, Prices, Purchase, Scenario};
use crate::tokens::Tokens;

/// Tokens of the smallest order, and of the step, where no price list says otherwise: the vendor's.
const VENDORS_STEP: i64 = 100;

/// The teams that are planned for, ascending.
pub fn planned_teams(scenario: &Scenario) -> Vec<TeamId> {
    match &scenario.plan.teams[..] {
        [] => (0..scenario.teams.len()).map(TeamId::from_index).collect(),
        teams => teams.to_vec(),
    }
}

/// The days on which an order may be placed whose tokens arrive within the horizon.
pub fn order_days(scenario: &Scenario) -> Vec<Day> {
    let PlanSettings { order_dates, lead_time, .. } = &scenario.plan;
    let (first, last) = (scenario.first_day, scenario.last_day);
    let horizon = || (first.number()..=last.number()).map(Day::from_number);
    let mut days: Vec<Day> = match order_dates {
        OrderDates::AnyDay => horizon().collect(),
        OrderDates::MonthStarts => horizon().filter(|day| day.ymd().2 == 1).collect(),
        OrderDates::On(days) => days.clone(),
    };
    days.retain(|day| (first..=last).contains(&day.plus(*lead_time)));
    days
}

/// A week: how often the balance is looked at by who may order on any day, and can't be asked to look each day.
const WEEK: usize = 7;

/// The days on which who has no plan looks at the balance: the order dates, or one a week where any day is one.
pub fn looks(scenario: &Scenario) -> Vec<Day> {
    let every = if scenario.plan.order_dates == OrderDates::AnyDay { WEEK } else { 1 };
    order_days(scenario).into_iter().step_by(every).collect()
}

/// The same problem for who orders on the days of a look only.
pub fn at_looks(scenario: &Scenario, problem: &Problem) -> Problem {
    Problem { dates: looks(scenario).into_iter().map(|day| date(scenario, day)).collect(), ..problem.clone() }
}

/// The problem of a team.
pub fn problem(scenario: &Scenario, team: TeamId, demand: &Demand) -> Problem {
    let step = step(&scenario.prices);
    Problem {
        demand: demand.teams[team.index()].clone(),
        lots: demand.holders.lots(scenario, team),
        dates: order_days(scenario).into_iter().map(|day| date(scenario, day)).collect(),
        tiers: tiers(&scenario.prices),
        step,
        minimum: smallest_order(&scenario.prices),
        interest: scenario.plan.interest,
    }
}

/// Whole tokens of which every purchase is a multiple.
pub fn step(prices: &Prices) -> i64 {
    if prices.tokens.is_empty() && prices.step.is_none() { VENDORS_STEP } else { prices.whole_step() }
}

/// The fewest whole tokens of a purchase.
pub fn smallest_order(prices: &Prices) -> i64 {
    prices.smallest_order().max(step(prices))
}

/// Without prices the fewest tokens are planned: each costs one.
fn tiers(prices: &Prices) -> Vec<PriceTier> {
    match &prices.tokens[..] {
        [] => vec![PriceTier { from: Tokens::whole(1), each: Money(1_000_000) }],
        tiers => tiers.to_vec(),
    }
}

fn date(scenario: &Scenario, ordered: Day) -> Date {
    let arrives = ordered.plus(scenario.plan.lead_time);
    Date {
        ordered: place(scenario, ordered),
        arrives: place(scenario, arrives),
        ends: place(scenario, arrives.next_year()),
        order_cost: scenario.plan.order_cost,
    }
}

/// Days after the first of the horizon; 0 for those before it.
fn place(scenario: &Scenario, day: Day) -> u32 {
    (day.number() - scenario.first_day.number()).max(0) as u32
}

/// A purchase of a team's plan as the scenario has it.
pub fn purchase(scenario: &Scenario, team: TeamId, problem: &Problem, planned: plan::Purchase) -> Purchase {
    let on = scenario.first_day.plus(problem.dates[planned.date].arrives as i32);
    Purchase { on, team, tokens: planned.tokens }
}
