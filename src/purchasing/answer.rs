//! From a plan to what results show of it.

use std::collections::BTreeSet;

use super::compare::Ways;
use super::draws::Draws;
use super::model::{Achieved, Buyer, DayLeft, Days, Order, Own, PurchasePlan, Question, Runs, TeamPlan, Terms};
use super::numbers::{money, number, share};
use super::outlook::Outlook;
use super::problem::{order_days, smallest_order, step};
use super::solve::Solved;
use crate::forecast::{BuyerForecast, DayForecast, RunCard, wilson};
use crate::plan::{self, Problem};
use crate::scenario::{Money, OrderDates, Purchase, Scenario};
use crate::simulate::Inputs;

/// What was asked, and with which draws.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    /// The service level in millionths.
    pub(super) level: i64,
    pub(super) draws: Draws,
}

/// All that results show of a plan.
pub(super) fn answer(inputs: &Inputs, asked: Asked, solved: &Solved) -> PurchasePlan {
    let Solved {
        teams, problems, made, purchases, verified, draws: [demand, fresh], rounds, circles, is_joined, ..
    } = solved;
    let scenario = &inputs.scenario;
    let has_prices = !scenario.prices.tokens.is_empty();
    let outlook = Outlook { scenario, level: asked.level, problems, bought: &made.plan.purchases };
    let has_ways = asked.question != Question::Own && !order_days(scenario).is_empty();
    let ways = has_ways.then(|| Ways::new(scenario, asked.level, solved));
    let all = match &teams[..] {
        [only] => &verified.forecast.teams[only.index()],
        _ => &verified.forecast.all,
    };
    let of_team = |(place, team): (usize, &crate::ids::TeamId)| {
        let forecast = &verified.forecast.teams[team.index()];
        let left = |day: &DayForecast| DayLeft { day: day.day.clone(), balance: day.balance };
        TeamPlan {
            reorder: ways.as_ref().and_then(|ways| ways.reorder(place)),
            packs: forecast.packs.clone(),
            days: forecast.days.iter().map(left).collect(),
            ..outlook.only(place).of(forecast)
        }
    };
    PurchasePlan {
        card: RunCard::new(scenario, &inputs.library.sources(), asked.draws.seed, fresh.replications),
        currency: if has_prices { scenario.currency.clone() } else { String::new() },
        question: asked.question,
        asked: share(asked.level),
        achieved: achieved(verified.failed() as u32, verified.replications, asked.level),
        doomed: made.doomed.map(|doomed| doomed as f64 / f64::from(demand.replications)),
        out_of_reach: if made.doomed.is_some() { out_of_reach(scenario, problems) } else { Vec::new() },
        too_dear: made.too_dear,
        unbounded_cost: made.unbounded.filter(|_| has_prices).map(|cost| money(cost.paid())),
        runs: Runs {
            demand: demand.replications,
            demand_seed: demand.seed,
            verification: fresh.replications,
            verification_seed: fresh.seed,
            rounds: *rounds,
        },
        shared: !circles.is_empty(),
        joined: if *is_joined { common_teams(scenario, solved) } else { Vec::new() },
        terms: terms(scenario),
        orders: purchases.iter().map(|purchase| order(scenario, purchase, scenario.plan.lead_time)).collect(),
        tokens: number(purchases.iter().map(|purchase| purchase.tokens).sum()),
        cost: has_prices.then(|| money(made.plan.cost.paid())),
        interest: has_prices.then(|| money(made.plan.cost.interest())),
        own: own(scenario, &verified.forecast.buyers),
        all: TeamPlan { team: "all teams".to_owned(), ..outlook.of(all) },
        teams: teams.iter().enumerate().map(of_team).collect(),
        bound: ways.as_ref().and_then(|ways| ways.bound(made)),
        compared: ways.map_or_else(Vec::new, |ways| ways.compared),
    }
}

fn achieved(failed: u32, runs: u32, level: i64) -> Achieved {
    let (low, high) = wilson(failed, runs);
    let reached = i64::from(runs - failed) * 1_000_000 >= level * i64::from(runs);
    Achieved { share: f64::from(runs - failed) / f64::from(runs), low: 1.0 - high, high: 1.0 - low, reached }
}

/// The names of the teams that buy for all who share them with others.
fn common_teams(scenario: &Scenario, solved: &Solved) -> Vec<String> {
    let places = solved.circles.iter().filter_map(|circle| circle.common);
    places.map(|place| scenario.teams[solved.teams[place].index()].name.clone()).collect()
}

/// Of all teams together.
fn out_of_reach(scenario: &Scenario, problems: &[Problem]) -> Vec<Days> {
    let spans: BTreeSet<(u32, u32)> = problems.iter().flat_map(plan::out_of_reach).collect();
    let day = |place: u32| scenario.first_day.plus(place as i32).to_string();
    spans.into_iter().map(|(from, until)| Days { from: day(from), until: day(until) }).collect()
}

fn terms(scenario: &Scenario) -> Terms {
    let settings = &scenario.plan;
    let order_dates = match &settings.order_dates {
        OrderDates::AnyDay => vec!["any_day".to_owned()],
        OrderDates::MonthStarts => vec!["month_starts".to_owned()],
        OrderDates::On(_) => order_days(scenario).iter().map(ToString::to_string).collect(),
    };
    let budget: i64 = settings.budget.iter().map(|part| part.amount.0).sum();
    Terms {
        order_dates,
        lead_time_days: settings.lead_time,
        order_cost: money(settings.order_cost),
        interest: share(settings.interest),
        budget: (!settings.budget.is_empty()).then(|| money(Money(budget))),
        step: step(&scenario.prices) as f64,
        smallest_order: smallest_order(&scenario.prices) as f64,
    }
}

/// A purchase that is ordered so many days before it arrives.
fn order(scenario: &Scenario, purchase: &Purchase, lead_time: i32) -> Order {
    let prices = &scenario.prices;
    Order {
        order_by: purchase.on.plus(-lead_time).to_string(),
        arrives: purchase.on.to_string(),
        ends: purchase.on.next_year().to_string(),
        team: scenario.teams[purchase.team.index()].name.clone(),
        tokens: number(purchase.tokens),
        each: prices.each(purchase.tokens).map(money),
        cost: prices.cost(purchase.tokens).map(money),
    }
}

/// What the scenario itself buys; buyers took part if the replications know of them.
fn own(scenario: &Scenario, buyers: &[BuyerForecast]) -> Own {
    let planned: Vec<Purchase> = scenario.planned_purchases().collect();
    let cost = planned.iter().map(|purchase| Some(scenario.prices.cost(purchase.tokens)?.0)).sum::<Option<i64>>();
    let buyer = |buyer: &BuyerForecast| Buyer { buyer: buyer.buyer.clone(), tokens: buyer.tokens, cost: buyer.cost };
    let left_out = scenario.buyers.iter().filter(|_| buyers.is_empty());
    Own {
        purchases: planned.iter().map(|purchase| order(scenario, purchase, 0)).collect(),
        cost: cost.map(|cost| money(Money(cost))).filter(|_| !scenario.prices.tokens.is_empty()),
        buyers: buyers.iter().map(buyer).collect(),
        left_out: left_out.map(|buyer| buyer.name.clone()).collect(),
    }
}
