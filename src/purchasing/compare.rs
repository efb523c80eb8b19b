//! What a plan is measured by: buying without planning, what nobody can undercut, and a rule for days without the tool.

use super::aim::{Made, level};
use super::model::{Bound, Compared, Point, Reorder};
use super::numbers::{money, number};
use super::problem::{at_looks, looks};
use super::solve::Solved;
use crate::calendar::Day;
use crate::plan::{self, Cost, Problem, Rule, Service, Triggers, WhenEmpty};
use crate::scenario::{OrderDates, Scenario};
use crate::tokens::Tokens;

/// A plan among other ways to the same service: made for the runs that it was made for, and judged on those that verified it.
pub(super) struct Ways<'a> {
    scenario: &'a Scenario,
    problems: &'a [Problem],
    fresh: &'a [Problem],
    /// What was asked.
    asked: Service,
    /// By team: the rule without a plan, and the share of the runs in which it lasts.
    rules: Vec<(Rule, f64)>,
    pub(super) compared: Vec<Compared>,
}

impl<'a> Ways<'a> {
    /// Compares at the service level that was planned for.
    pub(super) fn new(scenario: &'a Scenario, level: i64, solved: &'a Solved) -> Self {
        let Solved { problems, fresh, made, .. } = solved;
        let asked = Service::from_millionths(level);
        let mut ways = Ways { scenario, problems, fresh, asked, rules: Vec::new(), compared: Vec::new() };
        let by_rule = ways.follow_rules(made);
        if made.is_for_a_budget() {
            return ways;
        }
        if let Some(empty) = by_rule.filter(|_| made.doomed.is_none()) {
            let greatest = |rule: &Rule| number(rule.triggers.iter().copied().max().unwrap_or_default());
            ways.compared.push(Compared {
                lots: empty.rules.iter().map(|rule| number(rule.lot)).collect(),
                triggers: empty.rules.iter().map(greatest).collect(),
                ..ways.compare("buy_when_empty", empty.cost, empty.failed.len(), [empty.wasted, empty.left])
            });
        }
        if let Ok(once) = plan::buy_all_at_once(problems, made.service) {
            // The first date is the first of all of them too.
            let bought = fresh.iter().zip(&once.purchases);
            let fates = bought.flat_map(|(problem, bought)| plan::evaluate(problem, bought).fates);
            let sums = fates.fold([Tokens::ZERO; 2], |[wasted, left], fate| [wasted + fate.wasted, left + fate.left]);
            let failed = plan::Plan::judged(fresh, once.purchases.clone()).failed.len();
            let lot = |bought: &Vec<plan::Purchase>| number(bought.iter().map(|purchase| purchase.tokens).sum());
            ways.compared.push(Compared {
                lots: once.purchases.iter().map(lot).collect(),
                ..ways.compare("buy_all_at_once", once.cost, failed, sums)
            });
        }
        ways
    }

    /// Finds the rules, and what they come to on the fresh runs; none where nothing ordered helps.
    fn follow_rules(&mut self, made: &Made) -> Option<WhenEmpty> {
        let at_looks = |problems: &[Problem]| -> Vec<Problem> {
            problems.iter().map(|problem| at_looks(self.scenario, problem)).collect()
        };
        let triggers = match self.scenario.plan.order_dates {
            OrderDates::On(_) => Triggers::ByDate,
            OrderDates::AnyDay | OrderDates::MonthStarts => Triggers::One,
        };
        // What can't be helped isn't asked of a rule either.
        let runs = self.problems.first().map_or(0, |problem| problem.demand.runs());
        let service = made.doomed.map_or(made.service.max(self.asked), |doomed| level(runs, doomed));
        let rules = plan::buy_when_empty(&at_looks(self.problems), triggers, service).ok()?.rules;
        let fresh = at_looks(self.fresh);
        let shares = fresh.iter().zip(&rules).map(|(problem, rule)| {
            let failed = plan::follow_rules(std::slice::from_ref(problem), vec![rule.clone()]).failed.len();
            (rule.clone(), 1.0 - failed as f64 / problem.demand.runs().max(1) as f64)
        });
        self.rules = shares.collect();
        Some(plan::follow_rules(&fresh, rules))
    }

    fn compare(&self, way: &str, cost: Cost, failed: usize, [wasted, left]: [Tokens; 2]) -> Compared {
        let runs = self.fresh.first().map_or(1, |problem| problem.demand.runs()).max(1) as f64;
        let has_prices = !self.scenario.prices.tokens.is_empty();
        Compared {
            way: way.to_owned(),
            cost: has_prices.then(|| money(cost.paid())),
            interest: has_prices.then(|| money(cost.interest())),
            expired: number(wasted) / runs,
            left: number(left) / runs,
            service: 1.0 - failed as f64 / runs,
            lots: Vec::new(),
            triggers: Vec::new(),
        }
    }

    /// What nobody can undercut who just reaches what was asked, with the demand that each team has under the plan; none without prices, or
    /// where that isn't reached.
    pub(super) fn bound(&self, made: &Made) -> Option<Bound> {
        if self.scenario.prices.tokens.is_empty() || made.is_bound() {
            return None;
        }
        let bound = plan::clairvoyant(self.problems, self.asked);
        let (least, paid) = (money(bound.plan), money(made.plan.cost.total()));
        let gap = (least > 0.0).then(|| paid / least - 1.0);
        Some(Bound { plan: least, gap, policy: money(bound.policy) })
    }

    /// When to order without the tool, for a team by its place.
    pub(super) fn reorder(&self, place: usize) -> Option<Reorder> {
        let (rule, service) = self.rules.get(place)?;
        let problem = at_looks(self.scenario, &self.problems[place]);
        let needs = plan::reorder(&problem, self.asked.may_fail(problem.demand.runs()));
        let looks = looks(self.scenario);
        let dates = rule.triggers.iter().zip(&needs).zip(&looks);
        let greatest = dates.clone().rev().max_by_key(|((trigger, need), _)| (**trigger, need.point))?;
        let point = |((trigger, need), look): ((&Tokens, &plan::Reorder), &Day)| Point {
            point: number(*trigger),
            safety_stock: number(*trigger - need.mean),
            burn: number(need.mean),
            from: look.to_string(),
            until: self.scenario.first_day.plus((need.day + need.days) as i32 - 1).to_string(),
            days: need.days as i32,
        };
        let has_own = matches!(self.scenario.plan.order_dates, OrderDates::On(_));
        Some(Reorder {
            greatest: point(greatest),
            lot: number(rule.lot),
            a_day: ends_something(&problem).then(|| number(rule.a_day)),
            service: *service,
            dates: dates.filter(|_| has_own).map(point).collect(),
        })
    }
}

/// Whether any tokens may end in the horizon.
fn ends_something(problem: &Problem) -> bool {
    let lots = problem.lots.iter().map(|lot| lot.ends).chain(problem.dates.iter().map(|date| date.ends));
    lots.into_iter().any(|ends| (ends as usize) < problem.demand.days())
}
