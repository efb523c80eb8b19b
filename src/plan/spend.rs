//! What money does where it can't raise the service level: it leaves as few tokens missing as it can.

use std::cmp::Reverse;

use super::budget::Budget;
use super::cheapest::Plan;
use super::course::Orders;
use super::evaluate::evaluate;
use super::price::Tariff;
use super::problem::Problem;
use super::stock::Fate;

/// Money is spent in so many parts, each where it leaves the fewest tokens missing.
const PARTS: i64 = 16;
/// Dates that are looked at where what is bought first may end first.
const DATES: usize = 24;

/// What orders give, the better the less: runs that fail, tokens missing in all runs, and how late runs fail, summed over them.
type Merit = (usize, i128, Reverse<u64>);

/// A plan within the budget in which no more runs fail than in this one, and among such, fewer tokens are missing, or as many later: money that
/// is left is spent, and what is bought is bought as early as that helps.
pub(super) fn spent(problems: &[Problem], budget: &Budget, plan: Plan) -> Plan {
    if plan.failed.is_empty() {
        return plan;
    }
    let spending = Spending::new(problems, budget);
    let nothing: Vec<Orders> = problems.iter().map(|problem| vec![0; problem.dates.len()]).collect();
    let planned = problems.iter().zip(&plan.purchases).map(|(problem, purchases)| problem.orders(purchases)).collect();
    let spent = [planned, nothing].map(|orders| spending.more(spending.earlier(spending.look(orders))));
    let best = spending.later(spent.into_iter().min_by_key(|look| look.merit).expect("there are two"));
    Plan::judged(problems, spending.purchases(&best.orders))
}

struct Spending<'a> {
    problems: &'a [Problem],
    budget: &'a Budget,
    /// By team: the dates at which to buy more, and their tariffs.
    dates: Vec<Vec<(usize, Tariff)>>,
}

/// Orders of every team, with what they give.
#[derive(Clone)]
struct Look {
    orders: Vec<Orders>,
    /// By team and run.
    fates: Vec<Vec<Fate>>,
    merit: Merit,
    /// In millionths of the currency's unit, without interest.
    paid: i64,
}

impl<'a> Spending<'a> {
    fn new(problems: &'a [Problem], budget: &'a Budget) -> Self {
        Spending { problems, budget, dates: problems.iter().map(|problem| dates(problem, budget)).collect() }
    }

    fn purchases(&self, orders: &[Orders]) -> Vec<Vec<super::Purchase>> {
        self.problems.iter().zip(orders).map(|(problem, orders)| problem.purchases(orders)).collect()
    }

    fn look(&self, orders: Vec<Orders>) -> Look {
        let judged = |(problem, orders): (&Problem, &Orders)| evaluate(problem, &problem.purchases(orders)).fates;
        let fates: Vec<Vec<Fate>> = self.problems.iter().zip(&orders).map(judged).collect();
        self.seen(orders, fates)
    }

    /// The same with another order of one team; `None` where the budget doesn't allow it.
    fn changed(&self, look: &Look, team: usize, changes: &[(usize, i64)]) -> Option<Look> {
        let mut orders = look.orders.clone();
        changes.iter().for_each(|(date, steps)| orders[team][*date] = *steps);
        if !self.budget.keeps(self.problems, &self.purchases(&orders)) {
            return None;
        }
        let mut fates = look.fates.clone();
        fates[team] = evaluate(&self.problems[team], &self.problems[team].purchases(&orders[team])).fates;
        Some(self.seen(orders, fates))
    }

    fn seen(&self, orders: Vec<Orders>, fates: Vec<Vec<Fate>>) -> Look {
        let bought = self.problems.iter().zip(&orders);
        let paid = bought.map(|(problem, orders)| problem.cost(&problem.purchases(orders)).paid().0).sum();
        Look { merit: merit(&fates), orders, fates, paid }
    }

    /// With orders moved to the earlier dates where that helps.
    fn earlier(&self, mut best: Look) -> Look {
        for (team, dates) in self.dates.iter().enumerate() {
            for date in 0..best.orders[team].len() {
                let steps = best.orders[team][date];
                let before = dates.iter().map(|(place, _)| *place).take_while(|place| steps > 0 && *place < date);
                let moved = |to| self.changed(&best, team, &[(date, 0), (to, best.orders[team][to] + steps)]);
                let moved = before.filter_map(moved).min_by_key(|look| look.merit);
                best = moved.filter(|moved| moved.merit < best.merit).unwrap_or(best);
            }
        }
        best
    }

    /// With orders moved to the latest dates that give the same.
    fn later(&self, mut best: Look) -> Look {
        for team in 0..self.problems.len() {
            for date in (0..best.orders[team].len()).rev() {
                let steps = best.orders[team][date];
                let moved = |to: &usize| {
                    let moved = self.changed(&best, team, &[(date, 0), (*to, best.orders[team][*to] + steps)]);
                    moved.filter(|moved| moved.merit == best.merit && moved.paid <= best.paid)
                };
                let dates: Vec<usize> = (date + 1..best.orders[team].len()).filter(|_| steps > 0).collect();
                let last = dates.partition_point(|to| moved(to).is_some());
                best = last.checked_sub(1).and_then(|place| moved(&dates[place])).unwrap_or(best);
            }
        }
        best
    }

    /// With more bought, each time where it leaves the fewest tokens missing for its money, until nothing more helps or can be paid.
    fn more(&self, mut best: Look) -> Look {
        loop {
            let mut next: Option<Look> = None;
            for (team, dates) in self.dates.iter().enumerate() {
                for (date, tariff) in dates {
                    let looks = self.larger(&best, team, *date, tariff).filter(|look| look.merit < best.merit);
                    next = next.into_iter().chain(looks).reduce(|one, other| best.better_of(one, other));
                }
            }
            match next {
                Some(look) => best = look,
                None => return best,
            }
        }
    }

    /// With a part more at a date, or the most of it that can be paid, or as much as the next prices want.
    fn larger<'b>(
        &'b self,
        look: &'b Look,
        team: usize,
        date: usize,
        tariff: &'b Tariff,
    ) -> impl Iterator<Item = Look> + 'b {
        let has = look.orders[team][date];
        let part = (tariff.within(self.budget.until(u32::MAX)) / PARTS).max(1);
        let parts = std::iter::successors(Some(part), |part| (*part > 1).then(|| part / 2));
        let allowed = move |steps: i64| self.changed(look, team, &[(date, steps)]);
        let mut sizes = parts.map(move |part| (has + part).max(tariff.minimum()));
        let prices = tariff.bands.iter().map(|band| band.from).filter(move |from| *from > has);
        sizes.find_map(allowed).into_iter().chain(prices.filter_map(allowed))
    }
}

impl Look {
    /// Of two looks with more bought, the one that leaves fewer tokens missing for the money.
    fn better_of(&self, one: Look, other: Look) -> Look {
        let saved = |look: &Look| self.merit.1 - look.merit.1;
        let cost = |look: &Look| i128::from((look.paid - self.paid).max(1));
        if saved(&other) * cost(&one) > saved(&one) * cost(&other) { other } else { one }
    }
}

fn merit(fates: &[Vec<Fate>]) -> Merit {
    let runs = fates.first().map_or(0, Vec::len);
    let outs = (0..runs).filter_map(|run| fates.iter().filter_map(|fates| fates[run].stock_out).min());
    let (failed, days) = outs.fold((0, 0), |(failed, days), day| (failed + 1, days + u64::from(day)));
    let short = fates.iter().flatten().map(|fate| i128::from(fate.short.millionths())).sum();
    (failed, short, Reverse(days))
}

/// Where nothing that is bought ends within the horizon, the first date at which some money is there: buying later gives no more. Else some
/// dates besides.
fn dates(problem: &Problem, budget: &Budget) -> Vec<(usize, Tariff)> {
    let all = &problem.dates;
    let paid = |from: &u32| all.iter().position(|date| date.ordered >= *from);
    let mut places: Vec<usize> = budget.releases.iter().filter_map(|(from, _)| paid(from)).collect();
    if all.iter().any(|date| (date.ends as usize) < problem.demand.days()) {
        places.extend((0..all.len()).step_by(all.len().div_ceil(DATES)));
    }
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| (place, problem.tariff(&all[place]))).collect()
}
