use super::cheapest::{NoPlan, Plan, may_fail, of_failures};
use super::company::Company;
use super::course::{HELD, Orders};
use super::drop::{Choice, Effort, choose};
use super::exact;
use super::polish::{mended, polish};
use super::price::UNIT;
use super::problem::{Date, Problem, Purchase, Service};
use super::rearrange::rearranged;
use super::spend::spent;
use crate::scenario::Money;

/// So many times at most is one failure fewer tried from the start, where purchases end within the horizon.
const SOLUTIONS: usize = 3;

/// Money for purchases: so much more from a day on. What isn't spent stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// By day of payment, 0 being the first of the horizon, in any order.
    pub releases: Vec<(u32, Money)>,
}

impl Budget {
    /// One sum for the whole horizon.
    pub fn of(money: Money) -> Budget {
        Budget { releases: vec![(0, money)] }
    }

    /// What may have been paid by a day's end.
    pub fn until(&self, day: u32) -> Money {
        Money(self.releases.iter().filter(|(from, _)| *from <= day).map(|(_, money)| money.0).sum())
    }

    /// Whether purchases keep to it on every day; interest isn't counted.
    pub fn allows(&self, problems: &[Problem], plan: &Plan) -> bool {
        self.keeps(problems, &plan.purchases)
    }

    pub(super) fn keeps(&self, problems: &[Problem], purchases: &[Vec<Purchase>]) -> bool {
        let mut payments: Vec<(u32, i64)> = Vec::new();
        for (problem, purchases) in problems.iter().zip(purchases) {
            let paid = |purchase: &_| problem.cost(std::slice::from_ref(purchase)).paid().0;
            payments.extend(purchases.iter().map(|purchase| (problem.dates[purchase.date].ordered, paid(purchase))));
        }
        payments.sort_unstable();
        let mut sum = 0;
        payments.chunk_by(|one, other| one.0 == other.0).all(|day| {
            sum += day.iter().map(|(_, paid)| paid).sum::<i64>();
            sum <= self.until(day[0].0).0
        })
    }
}

/// As [`cheapest`](super::cheapest()), with purchases that a budget allows.
///
/// Where the cheapest plan isn't allowed, what is paid is minimised instead, without interest: so whether one team can keep to its budget
/// is decided exactly for the runs served. Several teams then share each release as their purchases without a budget would.
pub fn cheapest_within(problems: &[Problem], service: Service, budget: &Budget) -> Result<Plan, NoPlan> {
    within(problems, may_fail(problems, service), budget)
}

fn within(problems: &[Problem], may_fail: usize, budget: &Budget) -> Result<Plan, NoPlan> {
    let free = of_failures(problems, may_fail)?;
    if budget.allows(problems, &free) {
        return Ok(free);
    }
    let bare = without_interest(problems);
    let mut company = Company::new(&bare, may_fail);
    for (side, allowances) in company.sides.iter_mut().zip(allowances(problems, &free, budget)) {
        side.market = side.market.within(&allowances);
    }
    let limit = may_fail - company.lost();
    let solution = company.solve(limit).ok_or(NoPlan::TooDear)?;
    let plan = Plan::judged(problems, company.purchases(&solution.orders));
    Some(plan).filter(|plan| budget.allows(problems, plan)).ok_or(NoPlan::TooDear)
}

/// The highest service level that a budget buys, by what is paid, without interest; where some runs fail even so, the fewest missing tokens
/// over all runs at that level, and of such plans one that lasts long in the runs that fail.
///
/// Runs are dropped one after the other, always the dearest, until the rest is within the budget: so more money never buys less.
pub fn best_for_budget(problems: &[Problem], budget: &Budget) -> Plan {
    spent(problems, budget, most_served(problems, budget))
}

fn most_served(problems: &[Problem], budget: &Budget) -> Plan {
    let bare = without_interest(problems);
    let company = Company::new(&bare, problems.first().map_or(0, |problem| problem.demand.runs()));
    let kept = company.doomed.len() - company.lost();
    let effort = Effort { width: 1, ..company.effort(kept) };
    let one_by_one = Effort { stride: 1, ..effort };
    let plan = |orders: &[Orders]| {
        let plan = Plan::judged(problems, company.purchases(orders));
        Some(plan).filter(|plan| budget.allows(problems, plan))
    };
    let fits = |choice: &Choice| {
        let limited = company.limited(choice, problems, budget)?;
        if company.decided() {
            return plan(&limited);
        }
        let mended = mended(&company, limited.clone(), choice.drops);
        // A look around saves a few percent, and takes long.
        let is_near = mended.rank / HELD <= i128::from(budget.until(u32::MAX).0) * UNIT / 10 * 11;
        let polished = is_near.then(|| polish(&company, mended.orders, choice.drops).orders);
        polished.and_then(|orders| plan(&orders)).or_else(|| plan(&limited))
    };
    let first = |path: &[Choice]| path.partition_point(|choice| fits(choice).is_none());
    let start = Choice::start(&company.sides, vec![false; company.doomed.len()], effort);
    let path = choose(&company.sides, start, kept, effort);
    let place = first(&path);
    let Some(enough) = path.get(place) else { return Plan::judged(problems, vec![Vec::new(); problems.len()]) };
    let before = place.checked_sub(1).filter(|_| effort.stride > 1).map(|before| path[before].clone());
    let fine = before.map_or(Vec::new(), |before| choose(&company.sides, before, enough.drops, one_by_one));
    let enough = fine.get(first(&fine)).unwrap_or(enough);
    let finished = company.finish(enough.clone(), enough.drops, one_by_one);
    let plan = finished.and_then(|solution| plan(&solution.orders)).or_else(|| fits(enough));
    let found = or_at_once(&company, problems, budget, plan.expect("what is enough fits"));
    fewer_failures(&company, problems, budget, found)
}

/// Plans in which fewer runs fail, made from this one and rearranged until the budget allows them, in steps that become smaller; and then
/// the cheapest ones with one failure fewer.
fn fewer_failures(company: &Company, problems: &[Problem], budget: &Budget, mut best: Plan) -> Plan {
    let mut looks = company.rearrangements() / 10;
    let mut fewer = best.failed.len() - company.lost();
    while fewer > 0 && looks > 0 {
        let limit = (best.failed.len() - company.lost()).saturating_sub(fewer);
        let orders = problems.iter().zip(&best.purchases).map(|(problem, own)| problem.orders(own)).collect();
        let start = mended(company, orders, limit);
        let plan = Plan::judged(problems, company.purchases(&rearranged(company, start, limit, &mut looks).orders));
        if plan.failed.len() < best.failed.len() && budget.allows(problems, &plan) {
            best = plan;
        } else {
            fewer /= 2;
        }
        fewer = fewer.min(best.failed.len() - company.lost());
    }
    for _ in 0..if company.decided() { 0 } else { SOLUTIONS } {
        let Some(limit) = best.failed.len().checked_sub(1) else { break };
        let Ok(plan) = within(problems, limit, budget) else { break };
        best = plan;
    }
    best
}

/// A plan that serves as many as buying all at once does, where that is more: dropping runs one after the other mostly keeps those that need
/// little early, and money is the same early and late.
fn or_at_once(company: &Company, problems: &[Problem], budget: &Budget, found: Plan) -> Plan {
    if problems.iter().all(|problem| problem.dates.len() < 2) {
        return found;
    }
    let firsts: Vec<Problem> = problems.iter().map(Problem::at_first_date).collect();
    let once = Plan::judged(problems, most_served(&firsts, budget).purchases);
    if once.failed.len() >= found.failed.len() {
        return found;
    }
    let mut dropped = vec![false; company.doomed.len()];
    once.failed.iter().filter(|run| !company.doomed[**run]).for_each(|run| dropped[*run] = true);
    let effort = Effort { width: 1, stride: 1, exact: false };
    let later = company.limited(&Choice::start(&company.sides, dropped, effort), problems, budget);
    let later = later.map(|orders| Plan::judged(problems, company.purchases(&orders)));
    later.filter(|plan| plan.failed.len() <= once.failed.len() && budget.allows(problems, plan)).unwrap_or(once)
}

impl Company<'_> {
    /// The cheapest orders for a choice, and where the budget doesn't allow these, those within each team's part of it.
    fn limited(&self, choice: &Choice, problems: &[Problem], budget: &Budget) -> Option<Vec<Orders>> {
        let orders = self.orders(choice)?;
        let free = Plan::judged(problems, self.purchases(&orders));
        if budget.allows(problems, &free) || budget.releases.len() == 1 {
            return Some(orders);
        }
        let teams = self.sides.iter().zip(choice.courses()).zip(allowances(problems, &free, budget));
        teams.map(|((side, course), allowances)| exact::orders(&side.market.within(&allowances), course)).collect()
    }
}

fn without_interest(problems: &[Problem]) -> Vec<Problem> {
    problems.iter().map(|problem| Problem { interest: 0, ..problem.clone() }).collect()
}

/// By team and date: its part of the budget, which is what it would pay without one, of what all would. Weighed, as payments are without
/// interest.
fn allowances(problems: &[Problem], free: &Plan, budget: &Budget) -> Vec<Vec<i128>> {
    let paid: Vec<i128> =
        problems.iter().zip(&free.purchases).map(|(problem, own)| problem.cost(own).paid().0.into()).collect();
    let all: i128 = paid.iter().sum::<i128>().max(1);
    let of_a_team = |(problem, own): (&Problem, &i128)| {
        let money = |date: &Date| i128::from(budget.until(date.ordered).0) * own / all * UNIT;
        problem.dates.iter().map(money).collect()
    };
    problems.iter().zip(&paid).map(of_a_team).collect()
}
