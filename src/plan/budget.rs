use super::cheapest::{NoPlan, Plan, may_fail};
use super::company::Company;
use super::course::{NEVER, Orders};
use super::drop::{Choice, Effort, choose};
use super::price::UNIT;
use super::problem::{Problem, Service};
use crate::scenario::Money;

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
        let mut payments: Vec<(u32, i64)> = Vec::new();
        for (problem, purchases) in problems.iter().zip(&plan.purchases) {
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
    let free = super::cheapest(problems, service)?;
    if budget.allows(problems, &free) {
        return Ok(free);
    }
    let bare = without_interest(problems);
    let company = bound(Company::new(&bare, may_fail(problems, service)), problems, &free, budget);
    let limit = may_fail(problems, service) - company.lost();
    let solution = company.solve(limit).ok_or(NoPlan::TooDear)?;
    let plan = Plan::judged(problems, company.purchases(&solution.orders));
    Some(plan).filter(|plan| budget.allows(problems, plan)).ok_or(NoPlan::TooDear)
}

/// The highest service level that a budget buys, and the cheapest plan for it that was found. With nothing to spend, nothing is bought.
pub fn best_for_budget(problems: &[Problem], budget: &Budget) -> Plan {
    let bare = without_interest(problems);
    let company = Company::new(&bare, problems.first().map_or(0, |problem| problem.demand.runs()));
    let kept = company.doomed.len() - company.lost();
    let nothing = Plan::judged(problems, vec![Vec::new(); problems.len()]);
    let Some(all) = company.solve(0).map(|all| Plan::judged(problems, company.purchases(&all.orders))) else {
        return nothing;
    };
    let company = bound(company, problems, &all, budget);
    let plan = |orders: &[Orders]| {
        let plan = Plan::judged(problems, company.purchases(orders));
        Some(plan).filter(|plan| budget.allows(problems, plan))
    };
    let fits = |choice: &Choice| company.orders(choice).and_then(|orders| plan(&orders));
    let effort = Effort { width: 1, ..company.effort(kept) };
    let start = Choice::start(&company.sides, vec![false; company.doomed.len()], effort);
    let coarse = choose(&company.sides, start, kept, effort);
    let place = coarse.partition_point(|choice| fits(choice).is_none());
    let Some(enough) = coarse.get(place) else { return nothing };
    let fine = match place.checked_sub(1) {
        Some(before) => choose(&company.sides, coarse[before].clone(), enough.drops, Effort { stride: 1, ..effort }),
        None => Vec::new(),
    };
    let enough = fine.get(fine.partition_point(|choice| fits(choice).is_none())).unwrap_or(enough);
    let polished = company.finish(enough.clone(), enough.drops, Effort { stride: 1, ..effort });
    polished.and_then(|solution| plan(&solution.orders)).or_else(|| fits(enough)).unwrap_or(nothing)
}

fn without_interest(problems: &[Problem]) -> Vec<Problem> {
    problems.iter().map(|problem| Problem { interest: 0, ..problem.clone() }).collect()
}

/// Gives each team its part of every release: what it would pay without a budget, of what all would.
fn bound<'a>(mut company: Company<'a>, problems: &[Problem], free: &Plan, budget: &Budget) -> Company<'a> {
    let paid = |team: usize| i128::from(problems[team].cost(&free.purchases[team]).paid().0);
    let all: i128 = (0..problems.len()).map(paid).sum::<i128>().max(1);
    for (team, side) in company.sides.iter_mut().enumerate() {
        let own = paid(team);
        for (stage, date) in side.market.stages.iter_mut().zip(&problems[team].dates) {
            let money = i128::from(budget.until(date.ordered).0);
            stage.allowance = (money * own / all * UNIT).min(NEVER);
        }
    }
    company
}
