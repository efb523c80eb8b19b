//! What a plan is measured by: buying without planning, what nobody can undercut, and a rule for days without the tool.

use super::aim::Made;
use super::model::{Bound, Compared, MonthPoint, Reorder};
use super::numbers::{money, number};
use super::problem::review_days;
use super::solve::Solved;
use crate::plan::{self, Cost, Problem, Rule, Service};
use crate::scenario::Scenario;
use crate::tokens::Tokens;

/// A plan among other ways to the same service.
pub(super) struct Ways<'a> {
    scenario: &'a Scenario,
    problems: &'a [Problem],
    /// What was asked.
    asked: Service,
    /// What was planned for.
    service: Service,
    /// By team: the rule that buys when empty.
    rules: Vec<Rule>,
    pub(super) compared: Vec<Compared>,
}

impl<'a> Ways<'a> {
    /// Compares at the service level that was planned for.
    pub(super) fn new(scenario: &'a Scenario, level: i64, solved: &'a Solved) -> Self {
        let (asked, service) = (Service::from_millionths(level), solved.made.service);
        let mut ways =
            Ways { scenario, problems: &solved.problems, asked, service, rules: Vec::new(), compared: Vec::new() };
        if solved.made.is_for_a_budget() {
            return ways;
        }
        if let Ok(empty) = plan::buy_when_empty(ways.problems, ways.service) {
            ways.compared.push(Compared {
                lots: empty.rules.iter().map(|rule| number(rule.lot)).collect(),
                triggers: empty.rules.iter().map(|rule| number(rule.trigger)).collect(),
                ..ways.compare("buy_when_empty", empty.cost, empty.failed.len(), [empty.wasted, empty.left])
            });
            ways.rules = empty.rules;
        }
        if let Ok(once) = plan::buy_all_at_once(ways.problems, ways.service) {
            // The first date is the first of all of them too.
            let bought = ways.problems.iter().zip(&once.purchases);
            let fates = bought.flat_map(|(problem, bought)| plan::evaluate(problem, bought).fates);
            let sums = fates.fold([Tokens::ZERO; 2], |[wasted, left], fate| [wasted + fate.wasted, left + fate.left]);
            let lot = |bought: &Vec<plan::Purchase>| number(bought.iter().map(|purchase| purchase.tokens).sum());
            ways.compared.push(Compared {
                lots: once.purchases.iter().map(lot).collect(),
                ..ways.compare("buy_all_at_once", once.cost, once.failed.len(), sums)
            });
        }
        ways
    }

    fn compare(&self, way: &str, cost: Cost, failed: usize, [wasted, left]: [Tokens; 2]) -> Compared {
        let runs = self.problems.first().map_or(1, |problem| problem.demand.runs()).max(1) as f64;
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

    /// What nobody can undercut who just reaches what was asked; none without prices, or where there is only a budget.
    pub(super) fn bound(&self, made: &Made) -> Option<Bound> {
        if self.scenario.prices.tokens.is_empty() || made.is_for_a_budget() {
            return None;
        }
        let bound = plan::clairvoyant(self.problems, self.asked);
        let (least, paid) = (money(bound.plan), money(made.plan.cost.total()));
        let gap = (least > 0.0).then(|| paid / least - 1.0);
        Some(Bound { plan: least, gap, policy: money(bound.policy) })
    }

    /// When to order without the tool, for a team by its place.
    pub(super) fn reorder(&self, place: usize) -> Option<Reorder> {
        let days = self.scenario.plan.lead_time + review_days(self.scenario);
        let points = plan::reorder(&self.problems[place].demand, days as usize, self.asked);
        let greatest = points.iter().rev().max_by_key(|one| one.point)?;
        let day = |one: &plan::Reorder| self.scenario.first_day.plus(one.day as i32);
        let month = |one: &plan::Reorder| (day(one).ymd().0, day(one).ymd().1);
        let months = points.chunk_by(|one, next| month(one) == month(next)).map(|days| {
            let (year, number_of_month) = month(&days[0]);
            let point = days.iter().map(|one| one.point).max().unwrap_or_default();
            MonthPoint { month: format!("{year:04}-{number_of_month:02}"), point: number(point) }
        });
        Some(Reorder {
            point: number(greatest.point),
            safety_stock: number(greatest.safety_stock()),
            burn: number(greatest.mean),
            from: day(greatest).to_string(),
            days,
            lot: self.rules.get(place).map(|rule| number(rule.lot)),
            months: months.collect(),
        })
    }
}
