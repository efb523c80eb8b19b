//! Plans whose answers are known.

mod planning;

use flexcast::plan::{
    Budget, Date, Lot, NoPlan, Plan, Problem, Service, Triggers, best_for_budget, buy_all_at_once, buy_when_empty,
    cheapest, cheapest_within, clairvoyant, evaluate, follow_rules, reorder,
};
use flexcast::scenario::Money;
use flexcast::tokens::Tokens;
use planning::*;

/// Setup costs by period, a holding cost of 1 a unit and period, as purchases: a unit costs 1000 and a day's interest on it is 1, so a day
/// stands for a period. An order is paid with interest too, so its cost is given without. What is paid beyond each unit on its own day.
fn lot_sizes(demand: &[i64], setups: &[i64]) -> (Vec<(usize, i64)>, i64) {
    let days = demand.len() as i64;
    let dates = setups.iter().zip(0..).map(|(setup, day)| Date {
        order_cost: Money(setup * MILLION * 1000 / (1000 + days - day)),
        ..each_day(days as u32, 1000, 0)[day as usize]
    });
    let mut problem = problem(&[demand.to_vec()], dates.collect());
    (problem.tiers, problem.interest) = (vec![tier(0, 1000)], 365_000);
    let plan = cheapest(std::slice::from_ref(&problem), Service::from_millionths(ALL)).unwrap();
    let units: i64 = demand.iter().zip(0..).map(|(units, day)| units * MILLION * (1000 + days - day)).sum();
    let lots = plan.purchases[0].iter().map(|one| (one.date + 1, one.tokens.millionths() / MILLION));
    (lots.collect(), (plan.cost.total().0 - units + MILLION / 2) / MILLION)
}

/// Wagner and Whitin, "Dynamic version of the economic lot size model", Management Science 5 (1958), 89-96: the example of twelve months.
#[test]
fn wagner_and_whitins_twelve_months_cost_864() {
    let demand = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56];
    let setups = [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114];
    let lots = vec![(1, 98), (3, 97), (5, 121), (8, 112), (10, 67), (11, 135)];
    assert_eq!(lot_sizes(&demand, &setups), (lots, 864));
}

/// Hopp and Spearman, "Factory Physics", the example of the chapter on dynamic lot sizing: ten weeks, a setup is 100.
#[test]
fn the_ten_weeks_of_factory_physics_cost_580() {
    let demand = [20, 50, 10, 50, 50, 10, 20, 40, 20, 30];
    assert_eq!(lot_sizes(&demand, &[100; 10]), (vec![(1, 80), (4, 130), (8, 90)], 580));
}

/// The newsvendor's order is the quantile of the demand, rounded up to the step.
#[test]
fn the_newsvendor_orders_the_quantile() {
    let one_day = |demands: &[i64]| -> Vec<Vec<i64>> { demands.iter().map(|demand| vec![*demand]).collect() };
    let even: Vec<i64> = (1..=100).map(|place| place * 37 % 101).collect();
    for (service, order) in [(ALL, 100), (990_000, 99), (950_000, 95), (945_000, 95), (500_000, 50), (10_000, 1)] {
        let problem = problem(&one_day(&even), each_day(1, 9, 0));
        assert_eq!(bought(&problem, service), (vec![(0, order)], order), "{service}");
    }
    let in_fives = |step, minimum| Problem { step, minimum, ..problem(&one_day(&even), each_day(1, 9, 0)) };
    assert_eq!(bought(&in_fives(10, 1), 942_000).0, [(0, 100)]);
    assert_eq!(bought(&in_fives(5, 1), 942_000).0, [(0, 95)]);
    assert_eq!(bought(&in_fives(5, 98), 500_000).0, [(0, 100)]);
    // A service that no order is needed for.
    assert_eq!(bought(&problem(&one_day(&[0, 0, 5]), each_day(1, 9, 0)), 660_000), (vec![], 0));
}

/// Each size pays one price for all its units, so 90 units at 10 cost more than 100 at 8, and 79 less.
#[test]
fn an_all_units_discount_is_taken_when_it_pays() {
    for (demand, order, paid) in [(79, 79, 790), (80, 80, 800), (81, 100, 800), (99, 100, 800), (120, 120, 960)] {
        let mut problem = problem(&[vec![demand]], each_day(1, 9, 0));
        problem.tiers = vec![tier(0, 10), tier(100, 8)];
        assert_eq!(bought(&problem, ALL), (vec![(0, order)], paid), "{demand}");
    }
}

/// Two days of 60, an order costs 20: two orders of 60 at 10 cost 1240, one of 120 at 8 costs 980. With a smallest order of 70, what the
/// first has too many counts for the second day. With units that last a day, the discount's 100 are bought twice only if 60 cost more.
#[test]
fn discounts_smallest_orders_and_ends_play_together() {
    let days = vec![vec![60, 60]];
    let mut problem = problem(&days, each_day(2, 9, 20));
    problem.tiers = vec![tier(0, 10), tier(100, 8)];
    assert_eq!(bought(&problem, ALL), (vec![(0, 120)], 980));
    problem.tiers = vec![tier(0, 10)];
    problem.dates = each_day(2, 9, 0);
    problem.minimum = 70;
    assert_eq!(bought(&problem, ALL), (vec![(0, 120)], 1200));
    problem.dates = each_day(2, 1, 0);
    assert_eq!(bought(&problem, ALL), (vec![(0, 70), (1, 70)], 1400));
    problem.tiers = vec![tier(0, 10), tier(100, 5)];
    assert_eq!(bought(&problem, ALL), (vec![(0, 100), (1, 100)], 1000));
}

#[test]
fn what_is_on_hand_or_comes_is_used_before_its_end() {
    let mut problem = problem(&[vec![5, 5, 5, 5]], each_day(4, 9, 0));
    let lot = |enters, ends, tokens| Lot { enters, ends, tokens: Tokens::whole(tokens) };
    for (lots, expected) in [
        (vec![lot(0, 2, 12)], vec![(2, 5), (3, 5)]),
        (vec![lot(0, 9, 12)], vec![(2, 3), (3, 5)]),
        (vec![lot(0, 9, 5), lot(2, 9, 5)], vec![(1, 5), (3, 5)]),
        // The one that ends first burns first, whichever comes first.
        (vec![lot(0, 9, 9), lot(1, 2, 8)], vec![(2, 1), (3, 5)]),
    ] {
        problem.lots = lots;
        assert_eq!(bought(&problem, ALL).0, expected, "{:?}", problem.lots);
    }
}

#[test]
fn what_ends_with_the_horizon_is_left_and_what_ends_before_is_wasted() {
    let problem = problem(&[vec![1, 1, 1, 1]], each_day(4, 2, 0));
    let evaluation = evaluate(&problem, &[purchase(0, 4), purchase(2, 4)]);
    let fate = evaluation.fates[0];
    assert_eq!((fate.stock_out, fate.wasted, fate.left), (None, Tokens::whole(2), Tokens::whole(2)));
    assert_eq!(evaluation.left, [Tokens::whole(2), Tokens::whole(2)]);
    let late = evaluate(&problem, &[purchase(1, 4)]).fates[0];
    assert_eq!((late.stock_out, late.short), (Some(0), Tokens::whole(2)));
}

/// One run of the four may fail: the last one is the dearest for both teams, and in the second company the second one is for both together.
#[test]
fn teams_fail_in_the_same_run() {
    let team = |demands: [i64; 4]| problem(&demands.map(|demand| vec![demand]), each_day(1, 9, 0));
    let company = [team([10, 14, 10, 15]), team([20, 20, 23, 24])];
    let plan = cheapest(&company, Service::from_millionths(750_000)).unwrap();
    assert_eq!(plan.purchases, [[purchase(0, 14)], [purchase(0, 23)]]);
    assert_eq!(plan.failed, [3]);
    let company = [team([10, 18, 10, 15]), team([20, 20, 22, 21])];
    assert_eq!(cheapest(&company, Service::from_millionths(750_000)).unwrap().failed, [1]);
}

#[test]
fn demand_before_the_first_arrival_is_out_of_reach() {
    let rows = [vec![0, 1], vec![1, 1], vec![1, 0]];
    let mut problem = problem(&rows, each_day(2, 9, 0));
    problem.dates.remove(0);
    let plan = |service| cheapest(std::slice::from_ref(&problem), Service::from_millionths(service));
    assert_eq!(plan(ALL), Err(NoPlan::OutOfReach { doomed: 2, may_fail: 0 }));
    assert_eq!(plan(300_000).unwrap().purchases, [[purchase(0, 1)]]);
}

#[test]
fn a_budget_is_kept_or_the_plan_is_too_dear() {
    let mut problem = problem(&[vec![5, 5, 5]], each_day(3, 9, 4));
    let team = std::slice::from_ref(&problem).to_vec();
    let budget = |releases: &[(u32, i64)]| Budget {
        releases: releases.iter().map(|(day, money)| (*day, Money(money * MILLION))).collect(),
    };
    let plan = |team: &[Problem], releases: &[(u32, i64)]| {
        cheapest_within(team, Service::from_millionths(ALL), &budget(releases))
    };
    assert_eq!(plan(&team, &[(0, 19)]).unwrap().purchases, [[purchase(0, 15)]]);
    assert_eq!(plan(&team, &[(0, 18)]), Err(NoPlan::TooDear));
    assert_eq!(plan(&team, &[(0, 15), (1, 8)]).unwrap().purchases, [[purchase(0, 5), purchase(1, 10)]]);
    assert_eq!(plan(&team, &[(0, 15), (2, 8)]).unwrap().purchases, [[purchase(0, 10), purchase(2, 5)]]);
    assert_eq!(plan(&team, &[(0, 13), (2, 100)]), Err(NoPlan::TooDear));
    // Interest would have it bought later, but for the orders' cost.
    problem.interest = 200 * MILLION;
    let dear = plan(std::slice::from_ref(&problem), &[(0, 19)]).unwrap();
    assert_eq!((dear.purchases, dear.cost.paid().0), (vec![vec![purchase(0, 15)]], 19 * MILLION));
}

#[test]
fn a_budget_buys_the_service_that_it_can() {
    let rows: Vec<Vec<i64>> = (1..=10).map(|demand| vec![demand]).collect();
    let team = [problem(&rows, each_day(1, 9, 0))];
    for (money, failures) in [(0, 10), (1, 9), (4, 6), (10, 0), (99, 0)] {
        let plan = best_for_budget(&team, &Budget::of(Money(money * MILLION)));
        assert_eq!((plan.failed.len(), plan.cost.paid().0 / MILLION), (failures, money.min(10)), "{money}");
    }
}

/// 7 of what is needed can be paid, and no run gets through: all of it is bought, at once, as it lasts until the second day then.
#[test]
fn a_budget_for_no_run_leaves_the_fewest_tokens_missing() {
    let days = |demand: i64| vec![demand; 4];
    let teams = [problem(&[days(5), days(6)], each_day(4, 99, 0)), problem(&[days(0), days(1)], each_day(4, 99, 0))];
    let spend = |teams: &[Problem], money: i64| best_for_budget(teams, &Budget::of(Money(money * MILLION))).purchases;
    assert_eq!(spend(&teams[..1], 7), [[purchase(0, 7)]]);
    // The other team misses 4 in one run of two: a token there helps half as often.
    assert_eq!(spend(&teams, 7), [vec![purchase(0, 7)], vec![]]);
    // Money that comes later, and a price for many.
    let late = Budget { releases: vec![(0, Money(7 * MILLION)), (2, Money(9 * MILLION))] };
    assert_eq!(best_for_budget(&teams[..1], &late).purchases, [[purchase(0, 7), purchase(2, 9)]]);
    let discount = Problem { tiers: vec![tier(0, 10), tier(9, 8)], ..teams[0].clone() };
    assert_eq!(spend(std::slice::from_ref(&discount), 71), [[purchase(0, 7)]]);
    assert_eq!(spend(std::slice::from_ref(&discount), 72), [[purchase(0, 9)]]);
}

/// With 2 there and 2 bought, tokens last until the fifth day, whenever they are bought before the third.
#[test]
fn a_budget_for_no_run_is_spent_as_late_as_that_gives_the_same() {
    let there = Lot { enters: 0, ends: 99, tokens: Tokens::whole(2) };
    let team = [Problem { lots: vec![there], ..problem(&[vec![1; 6]], each_day(6, 99, 0)) }];
    assert_eq!(best_for_budget(&team, &Budget::of(Money(2 * MILLION))).purchases, [[purchase(2, 2)]]);
}

/// Two tokens end after two days each: what is bought must last.
#[test]
fn a_budget_for_no_run_is_not_spent_on_what_ends_unused() {
    let team = [problem(&[vec![1, 1, 1, 1, 1]], each_day(5, 2, 0))];
    let plan = best_for_budget(&team, &Budget::of(Money(4 * MILLION)));
    assert_eq!(evaluate(&team[0], &plan.purchases[0]).fates[0].short, Tokens::whole(1), "{plan:?}");
}

#[test]
fn without_a_plan_all_is_bought_at_once_or_when_the_balance_is_empty() {
    let team = [problem(&[vec![2, 2, 2, 2], vec![2, 2, 2, 6]], each_day(4, 9, 0))];
    let all = Service::from_millionths(ALL);
    assert_eq!(buy_all_at_once(&team, all).unwrap().purchases, [[purchase(0, 12)]]);
    let when_empty = buy_when_empty(&team, Triggers::One, all).unwrap();
    assert_eq!(when_empty.failed, Vec::<usize>::new());
    // Orders arrive at once, so 6, what a day may need, must be there each day.
    let tokens =
        |rule: &flexcast::plan::Rule| (rule.lot.millionths() / MILLION, rule.triggers[0].millionths() / MILLION);
    assert_eq!(when_empty.rules.iter().map(tokens).collect::<Vec<_>>(), [(1, 5)]);
}

/// Of ten runs one may exceed the point; orders come at once on the first day and on the third, and two days' demand of run r is 2r, but at
/// the end 4r.
#[test]
fn the_reorder_point_is_the_quantile_of_the_demand_until_the_next_order_comes_or_the_horizon_ends() {
    let rows: Vec<Vec<i64>> = (1..=10).map(|run| vec![run, run, run, 3 * run]).collect();
    let whole = |tokens: Tokens| tokens.millionths() / MILLION;
    let points = |places: &[usize]| -> Vec<_> {
        let dates = places.iter().map(|place| each_day(4, 9, 0)[*place]).collect();
        let points = reorder(&problem(&rows, dates), 1);
        points.iter().map(|at| (at.day, at.days, whole(at.point), whole(at.mean))).collect()
    };
    assert_eq!(points(&[0, 2]), [(0, 2, 18, 11), (2, 2, 36, 22)]);
    assert_eq!(points(&[0, 3]), [(0, 3, 27, 16), (3, 1, 27, 16)]);
    assert_eq!(points(&[0]), [(0, 4, 54, 33)]);
}

/// Each gap by itself lasts in nine of ten runs, and another run fails in each: all four together have to.
#[test]
fn a_rule_holds_over_the_whole_horizon() {
    let rows: Vec<Vec<i64>> = (0..10).map(|run| (0..4).map(|day| if day == run { 9 } else { 1 }).collect()).collect();
    let team = [problem(&rows, each_day(4, 9, 0))];
    assert!(reorder(&team[0], 1).iter().all(|at| at.point == Tokens::whole(1)));
    for triggers in [Triggers::One, Triggers::ByDate] {
        let rules = buy_when_empty(&team, triggers, Service::from_millionths(900_000)).unwrap();
        assert_eq!((&rules.rules[0].triggers[..], rules.failed.len()), (&[Tokens::whole(8); 4][..], 0));
        assert_eq!(follow_rules(&team, rules.rules.clone()), rules);
    }
}

/// A day until the second order, and nine after it.
#[test]
fn dates_far_apart_have_triggers_of_their_own() {
    let dates: Vec<Date> = [0, 1].map(|place| each_day(10, 99, 0)[place]).to_vec();
    let team = [problem(&[vec![2; 10]], dates)];
    let triggers = |kind| {
        let rules = buy_when_empty(&team, kind, Service::from_millionths(ALL)).unwrap().rules;
        rules[0].triggers.iter().map(|trigger| trigger.millionths() / MILLION).collect::<Vec<_>>()
    };
    assert_eq!((triggers(Triggers::One), triggers(Triggers::ByDate)), (vec![17, 17], vec![1, 17]));
}

/// A hundred tokens end after the first day: two of them, a day's mean demand, help until the second date's order is there.
#[test]
fn a_rule_does_not_count_on_tokens_that_end_before_the_next_order() {
    let dates: Vec<Date> = [0, 2].map(|place| each_day(4, 9, 0)[place]).to_vec();
    let lot = Lot { enters: 0, ends: 1, tokens: Tokens::whole(100) };
    let team = [Problem { lots: vec![lot], ..problem(&[vec![2; 4]], dates) }];
    let rules = buy_when_empty(&team, Triggers::One, Service::from_millionths(ALL)).unwrap();
    assert_eq!((rules.rules[0].a_day, &rules.rules[0].triggers[..]), (Tokens::whole(2), &[Tokens::whole(3); 2][..]));
    assert_eq!((rules.wasted, rules.failed.len()), (Tokens::whole(98), 0));
}

/// The clairvoyant buys 1 to 10 in ten runs: a plan for nine of them has to have 9, a policy 4.5 in the mean.
#[test]
fn the_clairvoyant_pays_for_what_each_run_needs() {
    let rows: Vec<Vec<i64>> = (1..=10).map(|demand| vec![demand]).collect();
    let bound = clairvoyant(&[problem(&rows, each_day(1, 9, 0))], Service::from_millionths(900_000));
    assert_eq!((bound.plan, bound.policy), (Money(9 * MILLION), Money(4_500_000)));
}

#[test]
fn of_plans_with_one_cost_the_one_that_buys_last_is_taken() {
    let plan: Plan =
        cheapest(&[problem(&[vec![0, 3, 0, 4]], each_day(4, 9, 0))], Service::from_millionths(ALL)).unwrap();
    assert_eq!(plan.purchases, [[purchase(1, 3), purchase(3, 4)]]);
}

/// Steps make the choice of the runs to serve a choice among bundles of them: looked at one by one, the wrong ones may be dropped.
#[test]
fn no_plan_is_worse_than_buying_all_at_once() {
    let mut state = 7u64;
    let mut draw = |chance: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % 100 < chance
    };
    for case in 0..8 {
        let chance = 20 + case % 3 * 25;
        let rows: Vec<Vec<i64>> =
            (0..200).map(|_| (0..12).map(|_| 10 * (0..4).filter(|_| draw(chance)).count() as i64).collect()).collect();
        let dates = each_day(12, 99, 0).into_iter().step_by(4).collect();
        let teams = [Problem { step: 20 + case as i64 % 2 * 10, minimum: 60, ..problem(&rows, dates) }];
        let firsts = [Problem { dates: teams[0].dates[..1].to_vec(), ..teams[0].clone() }];
        for service in [500_000, 800_000, 900_000, 950_000].map(Service::from_millionths) {
            let once = buy_all_at_once(&teams, service).unwrap().cost.paid();
            let cost = cheapest(&teams, service).unwrap().cost.paid();
            assert!(cost <= once, "case {case}: {cost:?} against {once:?} at once");
            let budget = Budget::of(once);
            let (plan, at_once) = (best_for_budget(&teams, &budget), best_for_budget(&firsts, &budget));
            assert!(plan.failed.len() <= at_once.failed.len(), "case {case}: {} failed", plan.failed.len());
            assert!(budget.allows(&teams, &plan));
        }
    }
}
