use super::cheapest::{NoPlan, may_fail};
use super::price::Cost;
use super::problem::{Problem, Purchase, Service};
use super::reorder::reorder;
use super::stock::{Fate, Stock};
use crate::tokens::Tokens;

/// A team's rule without a plan: at every date to order, as soon as what is left and on its way is no more than the date's trigger, order as
/// many lots as bring it above. Inventory theory knows it as (R, nQ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is ordered, or a multiple of it where one isn't enough.
    pub lot: Tokens,
    /// By date, in whole tokens; 0 is to buy when empty, to the letter.
    pub triggers: Vec<Tokens>,
    /// Of what ends before the next date's order arrives, so much counts as left for each day until its end: the mean demand of a day, in
    /// whole tokens below.
    pub a_day: Tokens,
}

/// How the triggers of a rule go with its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Triggers {
    /// The greatest for all of them: easy to keep, and right where the dates are about evenly apart.
    One,
    /// Each date's own.
    ByDate,
}

/// What the rules come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhenEmpty {
    /// By team.
    pub rules: Vec<Rule>,
    /// In the mean of the runs, rounded down: unlike a plan, a rule orders more in some runs than in others.
    pub cost: Cost,
    /// The runs in which some team has a stock-out, ascending.
    pub failed: Vec<usize>,
    /// What has expired, summed over teams and runs.
    pub wasted: Tokens,
    /// What is left at the horizon's end, summed over teams and runs.
    pub left: Tokens,
}

const MILLION: i64 = 1_000_000;

/// Runs that are looked at to choose a lot.
const SAMPLE: usize = 200;

/// What is done without planning by who looks at the balance at each date: the same lot again and again. The lots looked at are those that last
/// a month, a quarter, half a year and a year of the mean demand, and the smallest at each price, and the one with the least cost is taken. Less
/// than a date's trigger is what wouldn't last until the next one's order arrives, at the service level; all triggers are raised alike, by
/// as many steps as the level takes over the whole horizon. Several teams share the failures alike, as many as the company may have.
pub fn buy_when_empty(problems: &[Problem], triggers: Triggers, service: Service) -> Result<WhenEmpty, NoPlan> {
    let may_fail = may_fail(problems, service);
    let lots: Option<Vec<Tokens>> = problems.iter().map(|problem| lot(problem, triggers, service)).collect();
    let lots = lots.ok_or(NoPlan::OutOfReach { doomed: 0, may_fail })?;
    let rules = |own: usize| -> Option<Vec<Rule>> {
        problems.iter().zip(&lots).map(|(problem, lot)| rule(problem, *lot, triggers, own)).collect()
    };
    let serves =
        |own: usize| rules(own).map(|rules| follow_rules(problems, rules)).filter(|all| all.failed.len() <= may_fail);
    let (mut best, mut enough, mut fails) = (serves(may_fail), 0, may_fail);
    if best.is_none() {
        best = serves(0);
        while fails - enough > 1 && best.is_some() {
            let middle = (enough + fails) / 2;
            match serves(middle) {
                Some(outcome) => (best, enough) = (Some(outcome), middle),
                None => fails = middle,
            }
        }
    }
    let doomed = problems.iter().map(|problem| super::reach::doomed(problem).len()).max().unwrap_or(0);
    best.ok_or(NoPlan::OutOfReach { doomed, may_fail })
}

/// The lot whose rule is cheapest, as far as some of the runs show.
fn lot(problem: &Problem, triggers: Triggers, service: Service) -> Option<Tokens> {
    let runs = problem.demand.runs();
    let some: Vec<usize> = (0..runs).step_by(runs.div_ceil(SAMPLE).max(1)).collect();
    let sample = problem.of_runs(&some);
    let own = service.may_fail(some.len());
    let rules = sizes(&sample).into_iter().filter_map(|lot| rule(&sample, lot, triggers, own));
    rules.min_by_key(|rule| follow(&sample, rule).0).map(|rule| rule.lot)
}

fn sizes(problem: &Problem) -> Vec<Tokens> {
    let tariff = |tokens: Tokens| problem.steps_up(tokens).max(problem.steps_up(Tokens::whole(problem.minimum))).max(1);
    let sizes = [30, 91, 182, 365]
        .map(|span| lasting(problem, span))
        .into_iter()
        .chain(problem.tiers.iter().map(|tier| tier.from));
    let mut sizes: Vec<Tokens> = sizes.map(|size| problem.tokens(tariff(size))).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The mean demand of so many days, or of the horizon where that is shorter.
fn lasting(problem: &Problem, days: usize) -> Tokens {
    let demand = &problem.demand;
    let all: i128 = demand.each().flatten().map(|tokens| i128::from(tokens.millionths())).sum();
    let counted = (demand.runs() * demand.days()).max(1) as i128;
    Tokens::from_millionths((all * days.min(demand.days()) as i128 / counted) as i64)
}

/// The rule with the smallest triggers with which no more than so many runs fail.
fn rule(problem: &Problem, lot: Tokens, triggers: Triggers, may_fail: usize) -> Option<Rule> {
    let most = problem.demand.each().map(|run| run.iter().copied().sum::<Tokens>()).max()?;
    let a_day = Tokens::whole(lasting(problem, 1).millionths() / MILLION);
    let mut least: Vec<Tokens> = reorder(problem, may_fail).iter().map(|date| just_below(date.point)).collect();
    if let (Triggers::One, Some(greatest)) = (triggers, least.iter().copied().max()) {
        least.fill(greatest);
    }
    let with = |more: i64| {
        let triggers = least.iter().map(|trigger| *trigger + problem.tokens(more)).collect();
        Rule { lot, triggers, a_day }
    };
    let serves = |more: i64| {
        let (_, fates) = follow(problem, &with(more));
        fates.iter().filter(|fate| fate.stock_out.is_some()).count() <= may_fail
    };
    let (mut fails, mut enough) = (-1, problem.steps_up(most));
    if !serves(enough) {
        return None;
    }
    while enough - fails > 1 {
        let middle = (enough + fails).div_euclid(2);
        if serves(middle) { enough = middle } else { fails = middle }
    }
    Some(with(enough))
}

/// The most whole tokens that aren't enough.
fn just_below(needed: Tokens) -> Tokens {
    Tokens::whole((needed.millionths() - 1).div_euclid(MILLION).max(0))
}

/// What rules come to, one for each problem: on the runs that they were made for, or on others.
pub fn follow_rules(problems: &[Problem], rules: Vec<Rule>) -> WhenEmpty {
    let runs = problems.first().map_or(0, |problem| problem.demand.runs());
    let mut all =
        WhenEmpty { cost: Cost::default(), failed: Vec::new(), wasted: Tokens::ZERO, left: Tokens::ZERO, rules };
    for (problem, rule) in problems.iter().zip(&all.rules) {
        let (cost, fates) = follow(problem, rule);
        all.cost = all.cost + cost;
        all.failed.extend(fates.iter().enumerate().filter(|(_, fate)| fate.stock_out.is_some()).map(|(run, _)| run));
        all.wasted += fates.iter().map(|fate| fate.wasted).sum();
        all.left += fates.iter().map(|fate| fate.left).sum();
    }
    all.failed.sort_unstable();
    all.failed.dedup();
    all.cost = all.cost.over(runs);
    all
}

/// What a rule costs in all runs together, and how each ends.
fn follow(problem: &Problem, rule: &Rule) -> (Cost, Vec<Fate>) {
    let full = Stock::new(problem.lots.iter().copied());
    let mut cost = Cost::default();
    let fates = problem.demand.each().map(|run| {
        let mut stock = full.clone();
        stock.refill();
        let mut fate = Fate::default();
        let mut dates = problem.dates.iter().enumerate().peekable();
        for (day, demand) in run.iter().enumerate() {
            let day = day as u32;
            while let Some((date, at)) = dates.next_if(|(_, date)| date.ordered <= day) {
                let next = dates.peek().map_or(run.len() as u32, |(_, next)| next.arrives);
                let (position, trigger) = (stock.position(day, at.arrives, next, rule.a_day), rule.triggers[date]);
                if at.ordered == day && position <= trigger {
                    let lots = (trigger - position).millionths() / rule.lot.millionths() + 1;
                    let tokens = Tokens::from_millionths(rule.lot.millionths() * lots);
                    let purchase = Purchase { date, tokens };
                    stock.add(problem.lot(purchase));
                    cost = cost + problem.cost_of(purchase);
                }
            }
            stock.day(day, *demand, &mut fate);
        }
        stock.end(run.len() as u32, fate)
    });
    let fates = fates.collect();
    (cost, fates)
}
