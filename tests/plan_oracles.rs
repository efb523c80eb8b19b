//! Plans for small random companies, against slow and plain answers: dynamic programming over what is left of each lot, and trying everything.

mod planning;

use std::collections::BTreeMap;

use flexcast::plan::{
    Budget, Evaluation, Lot, Plan, Problem, Purchase, Service, Triggers, best_for_budget, buy_all_at_once,
    buy_when_empty, cheapest, clairvoyant, evaluate,
};
use flexcast::scenario::Money;
use flexcast::tokens::Tokens;
use planning::*;

/// Small numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    /// One of the numbers below `sides`.
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides) as i64
    }

    fn rows(&mut self, runs: usize, days: usize, sides: u64) -> Vec<Vec<i64>> {
        (0..runs).map(|_| (0..days).map(|_| self.roll(sides)).collect()).collect()
    }
}

/// A company of one team, with a price list, and what is bought ending after a few days or never.
fn small(dice: &mut Dice, runs: usize, days: usize) -> Problem {
    let life = [2, 3, 4, 99][dice.roll(4) as usize];
    let rows = dice.rows(runs, days, 5);
    let mut problem = problem(&rows, each_day(days as u32, life, dice.roll(6)));
    problem.tiers = [vec![tier(0, 3)], vec![tier(0, 5), tier(6, 3)], vec![tier(0, 5), tier(4, 4), tier(8, 1)]]
        [dice.roll(3) as usize]
        .clone();
    (problem.step, problem.minimum) = [(1, 1), (1, 3), (2, 2), (3, 1)][dice.roll(4) as usize];
    if dice.roll(2) == 0 {
        problem.lots = vec![Lot { enters: 0, ends: 1 + dice.roll(4) as u32, tokens: Tokens::whole(dice.roll(8)) }];
        problem.lots.retain(|lot| lot.ends <= life);
    }
    problem
}

fn price(problem: &Problem, tokens: i64) -> i64 {
    let reached = problem.tiers.iter().rev().find(|tier| tier.from <= Tokens::whole(tokens)).unwrap();
    if tokens == 0 { 0 } else { tokens * reached.each.0 / MILLION + problem.dates[0].order_cost.0 / MILLION }
}

fn sizes(problem: &Problem, most: i64) -> Vec<i64> {
    (0..=most).filter(|size| *size == 0 || *size >= problem.minimum && size % problem.step == 0).collect()
}

fn whole(tokens: Tokens) -> i64 {
    tokens.millionths() / MILLION
}

/// The least cost of one run, by what is left with each end within the horizon, and beyond.
fn by_age(problem: &Problem) -> Option<i64> {
    let (life, days) = (problem.dates[0].ends, problem.demand.days() as u32);
    let needed: Vec<i64> = problem.demand.run(0).iter().map(|demand| whole(*demand)).collect();
    let mut states: BTreeMap<Vec<(u32, i64)>, i64> = BTreeMap::new();
    states.insert(problem.lots.iter().map(|lot| (lot.ends.min(days), whole(lot.tokens))).collect(), 0);
    for day in 0..days {
        let useful = needed[day as usize..].iter().sum::<i64>() + 8;
        let mut next: BTreeMap<Vec<(u32, i64)>, i64> = BTreeMap::new();
        for (lots, cost) in states {
            for size in sizes(problem, useful) {
                let ends = (day + life).min(days);
                let lots = burned(lots.iter().copied().chain([(ends, size)]), day, needed[day as usize]);
                if let Some(lots) = lots {
                    let cost = cost + price(problem, size);
                    next.entry(lots).and_modify(|least| *least = cost.min(*least)).or_insert(cost);
                }
            }
        }
        states = next;
    }
    states.into_values().min()
}

/// What is left by end after a day's demand, if it can be met.
fn burned(lots: impl Iterator<Item = (u32, i64)>, day: u32, mut demand: i64) -> Option<Vec<(u32, i64)>> {
    let mut left: BTreeMap<u32, i64> = BTreeMap::new();
    lots.filter(|lot| lot.0 > day).for_each(|(ends, tokens)| *left.entry(ends).or_default() += tokens);
    for tokens in left.values_mut() {
        let burned = demand.min(*tokens);
        (demand, *tokens) = (demand - burned, *tokens - burned);
    }
    (demand == 0).then(|| left.into_iter().filter(|lot| lot.1 > 0).collect())
}

/// A hundred runs known beforehand, with prices, smallest orders, steps, order costs, tokens on hand and tokens that end: the plan costs what
/// the age-by-age answer costs, and the clairvoyant's bound is the same.
#[test]
fn the_plan_for_one_run_costs_what_dynamic_programming_over_ages_says() {
    let mut dice = Dice(1);
    for case in 0..100 {
        let problem = small(&mut dice, 1, 5);
        let least = by_age(&problem);
        let (purchases, paid) = bought(&problem, ALL);
        assert_eq!(Some(paid), least, "case {case}: {purchases:?} {problem:?}");
        let bound = clairvoyant(std::slice::from_ref(&problem), Service::from_millionths(ALL));
        assert_eq!((bound.plan, bound.policy), (Money(paid * MILLION), Money(paid * MILLION)), "case {case}");
    }
}

/// The least cost with which at most so many runs fail, of all plans of so many tokens a date that cost no more than this.
fn by_trying(problem: &Problem, most: i64, may_fail: usize, dearest: i64) -> i64 {
    let sizes: Vec<(i64, i64)> = sizes(problem, most).into_iter().map(|size| (size, price(problem, size))).collect();
    let mut least = dearest + 1;
    try_from(problem, &sizes, may_fail, &mut Vec::new(), &mut least);
    least
}

fn try_from(problem: &Problem, sizes: &[(i64, i64)], may_fail: usize, bought: &mut Vec<(i64, i64)>, least: &mut i64) {
    let paid = bought.iter().map(|(_, price)| price).sum::<i64>();
    if paid >= *least {
        return;
    }
    if bought.len() < problem.dates.len() {
        for size in sizes {
            bought.push(*size);
            try_from(problem, sizes, may_fail, bought, least);
            bought.pop();
        }
    } else if serves(problem, bought.iter().map(|(size, _)| *size), may_fail) {
        *least = paid;
    }
}

fn serves(problem: &Problem, bought: impl Iterator<Item = i64>, may_fail: usize) -> bool {
    let purchases: Vec<Purchase> = bought.enumerate().map(|(date, tokens)| purchase(date, tokens)).collect();
    evaluate(problem, &purchases).failed().count() <= may_fail
}

/// Several runs, some of which may fail, where nothing that is bought ends: the best of all plans, by trying.
#[test]
fn no_plan_is_cheaper_where_nothing_bought_ends() {
    let mut dice = Dice(2);
    for case in 0..40 {
        let mut problem = small(&mut dice, 5, 3);
        problem.dates = each_day(3, 99, dice.roll(6));
        let may_fail = dice.roll(3);
        let (purchases, paid) = bought(&problem, ALL - may_fail * 200_000);
        assert_eq!(paid, by_trying(&problem, 12, may_fail as usize, paid), "case {case}: {purchases:?} {problem:?}");
    }
}

/// The same where it ends: not always the best, but never below it, and dearer only in a few cases, by little.
#[test]
fn plans_whose_tokens_end_are_nearly_the_cheapest() {
    let mut dice = Dice(3);
    let (mut dearer, mut paid_in_all, mut least_in_all) = (Vec::new(), 0, 0);
    for case in 0..40 {
        let mut problem = small(&mut dice, 5, 4);
        problem.dates = each_day(4, 2, dice.roll(6));
        let may_fail = dice.roll(3);
        let (_, paid) = bought(&problem, ALL - may_fail * 200_000);
        let least = by_trying(&problem, 9, may_fail as usize, i64::MAX - 1);
        assert!(paid >= least, "case {case}: {paid} {least} {problem:?}");
        if paid > least {
            dearer.push((case, paid, least));
        }
        (paid_in_all, least_in_all) = (paid_in_all + paid, least_in_all + least);
    }
    assert!(dearer.len() <= 6 && paid_in_all * 100 <= least_in_all * 101, "{dearer:?} {paid_in_all} {least_in_all}");
}

/// Two dozen runs of which a few may fail, bought for at up to four dates of a dozen days, so that what is bought ends within them or not.
fn permitting(dice: &mut Dice) -> Problem {
    let rows: Vec<Vec<i64>> =
        (0..24).map(|_| (0..12).map(|_| (0..4).filter(|_| dice.roll(100) < 15).count() as i64 * 7).collect()).collect();
    let life = [8, 99][dice.roll(2) as usize];
    let dates = each_day(12, life, 0).into_iter().step_by(3);
    let tiers = [vec![tier(0, 30), tier(40, 26), tier(120, 22)], vec![tier(0, 30), tier(60, 20)]];
    Problem { tiers: tiers[dice.roll(2) as usize].clone(), step: 10, minimum: 10, ..problem(&rows, dates.collect()) }
}

/// Some runs may fail, so which ones these are is chosen with the orders. In most cases nothing is cheaper of all orders and all choices of runs,
/// and in the others little is; and who may order at fewer dates pays no less.
#[test]
fn plans_that_may_fail_in_some_runs_are_nearly_always_the_cheapest() {
    let mut dice = Dice(8);
    let mut dearer = Vec::new();
    for case in 0..40 {
        let problem = permitting(&mut dice);
        let may_fail = 1 + dice.roll(4);
        let service = (24 - may_fail) * MILLION / 24;
        let (_, paid) = bought(&problem, service);
        let least = by_trying(&problem, 200, may_fail as usize, paid);
        assert!(least <= paid && paid * 100 <= least * 101, "case {case}: {paid} {least} {problem:?}");
        if least < paid {
            dearer.push((case, paid, least));
        }
        for left_out in 1..problem.dates.len() {
            let mut fewer = problem.clone();
            fewer.dates.remove(left_out);
            let (_, paid_for_fewer) = bought(&fewer, service);
            assert!(paid <= paid_for_fewer, "case {case}: {paid}, and {paid_for_fewer} without {left_out}");
        }
    }
    assert!(dearer.len() <= 1, "{dearer:?}");
}

/// Token by token: each demanded token takes the one that ends first of those that are there.
fn token_by_token(problem: &Problem, purchases: &[Purchase], run: usize) -> (Option<u32>, i64, i64) {
    let lots = problem.lots.iter().copied().chain(purchases.iter().map(|one| problem.lot(*one)));
    let mut tokens: Vec<(u32, u32)> =
        lots.flat_map(|lot| vec![(lot.ends, lot.enters); whole(lot.tokens) as usize]).collect();
    tokens.sort_unstable();
    let (mut stock_out, mut wasted) = (None, 0);
    for (day, demand) in (0..).zip(problem.demand.run(run)) {
        let before = tokens.len();
        tokens.retain(|(ends, _)| *ends > day);
        wasted += (before - tokens.len()) as i64;
        for _ in 0..whole(*demand) {
            match tokens.iter().position(|(_, enters)| *enters <= day) {
                Some(place) => drop(tokens.remove(place)),
                None => stock_out = stock_out.or(Some(day)),
            }
        }
    }
    let last = tokens.iter().filter(|(ends, _)| (*ends as usize) < problem.demand.days()).count() as i64;
    (stock_out, wasted + last, tokens.len() as i64 - last)
}

#[test]
fn runs_are_judged_as_token_by_token() {
    let mut dice = Dice(4);
    for _ in 0..300 {
        let mut problem = small(&mut dice, 3, 8);
        for _ in 0..dice.roll(4) {
            let enters = dice.roll(8) as u32;
            problem.lots.push(Lot {
                enters,
                ends: enters + 1 + dice.roll(8) as u32,
                tokens: Tokens::whole(dice.roll(9)),
            });
        }
        let purchases: Vec<Purchase> = (0..8).map(|date| purchase(date, dice.roll(6))).collect();
        let Evaluation { fates, left, .. } = evaluate(&problem, &purchases);
        let plain: Vec<_> = (0..3).map(|run| token_by_token(&problem, &purchases, run)).collect();
        let fates: Vec<_> = fates.iter().map(|fate| (fate.stock_out, whole(fate.wasted), whole(fate.left))).collect();
        assert_eq!(fates, plain);
        assert_eq!(
            left.into_iter().map(whole).sum::<i64>(),
            plain.iter().map(|(_, wasted, left)| wasted + left).sum::<i64>()
        );
    }
}

/// A company of teams with dozens of runs.
fn larger(dice: &mut Dice, runs: usize) -> Vec<Problem> {
    let teams = 1 + dice.roll(2);
    (0..teams).map(|_| Problem { interest: 100_000 * dice.roll(3), ..small(dice, runs, 12) }).collect()
}

fn pays(plan: &Plan) -> i64 {
    plan.cost.total().0
}

#[test]
fn bounds_hold_and_plans_have_nothing_to_spare() {
    let mut dice = Dice(5);
    for case in 0..12 {
        let company = larger(&mut dice, 40);
        let service = Service::from_millionths([ALL, 950_000, 900_000][dice.roll(3) as usize]);
        let plan = cheapest(&company, service).unwrap();
        assert!(plan.failed.len() <= service.may_fail(40), "case {case}");
        let bound = clairvoyant(&company, service);
        assert!(bound.policy <= bound.plan && bound.plan.0 <= pays(&plan), "case {case}: {bound:?} {plan:?}");
        nothing_to_spare(&company, &plan, service.may_fail(40));
        if let Ok(at_once) = buy_all_at_once(&company, service) {
            assert!(pays(&plan) <= pays(&at_once), "case {case}");
        }
        let when_empty = buy_when_empty(&company, Triggers::One, service).unwrap();
        assert!(when_empty.failed.len() <= service.may_fail(40), "case {case}");
        assert!(bound.policy <= when_empty.cost.total(), "case {case}: {bound:?} {when_empty:?}");
    }
}

/// A step less of any purchase isn't for sale, costs no less, or fails in too many runs.
fn nothing_to_spare(company: &[Problem], plan: &Plan, may_fail: usize) {
    for (team, problem) in company.iter().enumerate() {
        for place in 0..plan.purchases[team].len() {
            let mut purchases = plan.purchases.clone();
            let less = purchases[team][place].tokens - Tokens::whole(problem.step);
            purchases[team][place].tokens = less;
            if less.is_zero() {
                purchases[team].remove(place);
            }
            let worse = Plan::judged(company, purchases);
            let for_sale = less.is_zero() || whole(less) >= problem.minimum;
            assert!(!for_sale || pays(&worse) >= pays(plan) || worse.failed.len() > may_fail, "{plan:?} {worse:?}");
        }
    }
}

/// One team whose purchases don't end: whatever the prices, more money serves no fewer runs, and leaves no more tokens missing.
#[test]
fn more_money_leaves_no_more_tokens_missing() {
    let mut dice = Dice(7);
    for case in 0..12 {
        let mut team = small(&mut dice, 20, 8);
        team.dates = each_day(8, 99, dice.roll(6));
        let team = [team];
        let most = pays(&cheapest(&team, Service::from_millionths(ALL)).unwrap());
        let given = |part: i64| {
            let budget = Budget::of(Money(most * part / 30));
            let plan = best_for_budget(&team, &budget);
            assert!(budget.allows(&team, &plan));
            let short: Tokens = evaluate(&team[0], &plan.purchases[0]).fates.iter().map(|fate| fate.short).sum();
            (plan.failed.len(), short)
        };
        let given: Vec<(usize, Tokens)> = (0..=30).map(given).collect();
        let is_less = |pair: &[(usize, Tokens)]| pair[1].0 > pair[0].0 || pair[1].1 > pair[0].1;
        assert!(!given.windows(2).any(is_less), "case {case}: {given:?} {team:?}");
        assert!(given[24].1 < given[0].1, "case {case}: {given:?}");
    }
}

#[test]
fn more_money_buys_no_less_service() {
    let mut dice = Dice(6);
    for case in 0..3 {
        let company = larger(&mut dice, 12);
        let most = pays(&cheapest(&company, Service::from_millionths(ALL)).unwrap());
        let mut before = usize::MAX;
        for part in 0..=4 {
            let budget = Budget::of(Money(most * part / 4));
            let plan = best_for_budget(&company, &budget);
            assert!(budget.allows(&company, &plan));
            assert!(plan.failed.len() <= before, "case {case}: part {part}: {} after {before}", plan.failed.len());
            before = plan.failed.len();
        }
        assert_eq!(before, 0, "case {case}");
    }
}
