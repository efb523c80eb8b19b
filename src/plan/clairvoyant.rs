use std::cmp::Reverse;

use super::cheapest::may_fail;
use super::company::{Company, WORK};
use super::course::{Course, HELD, Market};
use super::drop::Side;
use super::exact;
use super::needs::Needs;
use super::price::UNIT;
use super::problem::{Lot, Problem, Service};
use crate::scenario::Money;
use crate::tokens::Tokens;

/// What no plan and no policy can undercut, interest included, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Of plans: a plan that is fixed beforehand costs the same in every run, so at least as much as the clairvoyant pays in the dearest run
    /// that it serves; and of the runs that it may fail in, the dearest are the best to fail in.
    pub plan: Money,
    /// Of policies, who may watch each run and order as it goes, in the mean: in each run that is served they pay at least what the
    /// clairvoyant does, and in the others nothing at least; at most so many runs fail, be it the dearest.
    pub policy: Money,
}

/// The clairvoyant sees each run's demand beforehand and buys for it alone, at the least cost.
///
/// Runs may be looked at in groups of similar ones, each by what all of its runs need: that is less, so a bound still.
pub fn clairvoyant(problems: &[Problem], service: Service) -> Bound {
    let company = Company::new(problems, 0);
    let runs = company.doomed.len();
    let limit = may_fail(problems, service).saturating_sub(company.lost());
    let mut order: Vec<u32> = (0..runs as u32).filter(|run| !company.doomed[*run as usize]).collect();
    order.sort_by_key(|run| Reverse(company.sides.iter().map(|side| side.needs.total(*run)).sum::<Tokens>()));
    let groups = (50 * WORK / company.work(true)).clamp(2, runs.max(2) as i128) as usize;
    let size = order.len().div_ceil(groups).max(1);
    let dearest = (limit + 1).min(order.len());
    let (top, rest) = order.split_at(dearest);
    let chunks = top.chunks(size.min(dearest.div_ceil(8)).max(1)).chain(rest.chunks(size));
    let relaxed: Vec<Relaxed> = problems.iter().map(Relaxed::new).collect();
    let mut least: Vec<i128> = Vec::with_capacity(order.len());
    for group in chunks {
        let teams = company.sides.iter().zip(&relaxed);
        let cost: i128 = teams.map(|(side, relaxed)| bound(side, relaxed, group)).sum();
        least.extend(group.iter().map(|_| cost));
    }
    least.sort_unstable();
    let money = |weighed: i128| Money((weighed / UNIT) as i64);
    let served = least.len().saturating_sub(limit);
    Bound {
        plan: money(served.checked_sub(1).map_or(0, |dearest| least[dearest])),
        policy: money(least[..served].iter().sum::<i128>() / runs.max(1) as i128),
    }
}

/// Needs that are no more than a team's, whatever the order in which what is bought and what comes by itself burn: what comes by itself and
/// ends after something that is bought never ends for what must be bought, and isn't there for what an order can reach.
struct Relaxed {
    needs: Needs,
    reach: Needs,
}

impl Relaxed {
    fn new(problem: &Problem) -> Relaxed {
        let first_end = problem.dates.iter().map(|date| date.ends).min().unwrap_or(u32::MAX);
        let (early, late): (Vec<Lot>, Vec<Lot>) = problem.lots.iter().partition(|lot| lot.ends <= first_end);
        let endless = late.into_iter().map(|lot| Lot { ends: u32::MAX, ..lot });
        let needs = |lots| Needs::new(&Problem { lots, ..problem.clone() }, &[], 0);
        Relaxed { needs: needs(early.iter().copied().chain(endless).collect()), reach: needs(early) }
    }

    fn course(&self, problem: &Problem, group: &[u32]) -> Course {
        let parts = self.needs.parts;
        let reach = self.reach.least(problem, group, parts).reach;
        Course { reach, ..self.needs.least(problem, group, parts) }
    }
}

/// At least what any run of a group costs a team.
fn bound(side: &Side, relaxed: &Relaxed, group: &[u32]) -> i128 {
    let course = relaxed.course(side.problem, group);
    if exact::factor(&course) > 1 {
        return by_the_token(&side.market, &course);
    }
    let solved = exact::cheapest(&side.market, &course);
    solved.map_or(0, |(_, rank)| rank / HELD)
}

/// Every step at the lowest price of any date until it is needed, orders for nothing: for courses too long to solve.
fn by_the_token(market: &Market, course: &Course) -> i128 {
    let mut lowest = i128::MAX;
    let mut covered = 0;
    let steps = market.stages.iter().zip(&course.needs).map(|(stage, need)| {
        let each = stage.tariff.bands.iter().map(|band| band.each).min();
        lowest = lowest.min(each.expect("a tariff has bands"));
        let more = need - covered;
        covered = *need;
        lowest * i128::from(more)
    });
    steps.sum()
}
