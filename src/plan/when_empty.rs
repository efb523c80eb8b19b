use super::cheapest::{NoPlan, may_fail};
use super::price::Cost;
use super::problem::{Problem, Purchase, Service};
use super::stock::{Fate, Stock};
use crate::tokens::Tokens;

/// A team's rule without a plan: at every date to order, as soon as what is left and on its way is no more than the trigger, order as many
/// lots as bring it above. Inventory theory knows it as (R, nQ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is ordered, or a multiple of it where one isn't enough.
    pub lot: Tokens,
    /// Whole steps; 0 is to buy when empty, to the letter.
    pub trigger: Tokens,
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

/// Runs that are looked at to choose a lot.
const SAMPLE: usize = 200;

/// What is done without planning by who watches the balance each day: the same lot again and again. The lots looked at are those that last a
/// month, a quarter, half a year and a year of the mean demand, and the smallest at each price; for each, the trigger is the smallest that
/// reaches the service level, and the lot with the least cost is taken. Several teams share the failures alike, as many as the company may have.
pub fn buy_when_empty(problems: &[Problem], service: Service) -> Result<WhenEmpty, NoPlan> {
    let may_fail = may_fail(problems, service);
    let lots: Option<Vec<Tokens>> = problems.iter().map(|problem| lot(problem, service)).collect();
    let lots = lots.ok_or(NoPlan::OutOfReach { doomed: 0, may_fail })?;
    let rules = |own: usize| -> Option<Vec<Rule>> {
        let teams = problems.iter().zip(&lots);
        teams.map(|(problem, lot)| trigger(problem, *lot, own).map(|trigger| Rule { lot: *lot, trigger })).collect()
    };
    let serves =
        |own: usize| rules(own).map(|rules| outcome(problems, rules)).filter(|all| all.failed.len() <= may_fail);
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
    let doomed = problems.iter().map(|problem| super::needs::doomed(problem).len()).max().unwrap_or(0);
    best.ok_or(NoPlan::OutOfReach { doomed, may_fail })
}

/// The lot whose rule is cheapest, as far as some of the runs show.
fn lot(problem: &Problem, service: Service) -> Option<Tokens> {
    let runs = problem.demand.runs();
    let some: Vec<usize> = (0..runs).step_by(runs.div_ceil(SAMPLE).max(1)).collect();
    let sample = problem.of_runs(&some);
    let own = service.may_fail(some.len());
    let rules =
        sizes(&sample).into_iter().filter_map(|lot| trigger(&sample, lot, own).map(|trigger| Rule { lot, trigger }));
    rules.min_by_key(|rule| follow(&sample, *rule).0).map(|rule| rule.lot)
}

fn sizes(problem: &Problem) -> Vec<Tokens> {
    let all: i128 = problem.demand.each().flatten().map(|tokens| i128::from(tokens.millionths())).sum();
    let days = (problem.demand.runs() * problem.demand.days()).max(1) as i128;
    let horizon = problem.demand.days() as i128;
    let lasting = |span: i128| Tokens::from_millionths((all * span.min(horizon) / days) as i64);
    let tariff = |tokens: Tokens| problem.steps_up(tokens).max(problem.steps_up(Tokens::whole(problem.minimum))).max(1);
    let sizes = [30, 91, 182, 365].map(lasting).into_iter().chain(problem.tiers.iter().map(|tier| tier.from));
    let mut sizes: Vec<Tokens> = sizes.map(|size| problem.tokens(tariff(size))).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The smallest trigger with which no more than so many runs fail.
fn trigger(problem: &Problem, lot: Tokens, may_fail: usize) -> Option<Tokens> {
    let most = problem.demand.each().map(|run| run.iter().copied().sum::<Tokens>()).max()?;
    let serves = |steps: i64| {
        let rule = Rule { lot, trigger: problem.tokens(steps) };
        let (_, fates) = follow(problem, rule);
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
    Some(problem.tokens(enough))
}

fn outcome(problems: &[Problem], rules: Vec<Rule>) -> WhenEmpty {
    let runs = problems.first().map_or(0, |problem| problem.demand.runs());
    let mut all = WhenEmpty {
        cost: Cost::default(),
        failed: Vec::new(),
        wasted: Tokens::ZERO,
        left: Tokens::ZERO,
        rules: rules.clone(),
    };
    for (problem, rule) in problems.iter().zip(rules) {
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
fn follow(problem: &Problem, rule: Rule) -> (Cost, Vec<Fate>) {
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
                let position = stock.position(day, at.arrives);
                if at.ordered == day && position <= rule.trigger {
                    let lots = (rule.trigger - position).millionths() / rule.lot.millionths() + 1;
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
