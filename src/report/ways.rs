//! What a plan is measured by, and how to go on without the tool.

use super::numbers::{counted, money, percent, tokens};
use super::plan::price;
use super::{lines, tables};
use crate::purchasing::{Bound, Compared, Point, PurchasePlan, Reorder, TeamPlan, Terms};

/// The plan beside the same service without planning, and beside what nobody can undercut.
pub(super) fn compared(plan: &PurchasePlan) -> Option<String> {
    if plan.compared.is_empty() {
        return None;
    }
    let has_prices = plan.cost.is_some();
    let mut header = vec!["way"];
    header.extend(["costs", "more"].iter().filter(|_| has_prices));
    header.extend(["expire unused", "left at the end", "runs that last"]);
    let mut rows = tables::figures(&header);
    let planned = Compared {
        way: "this plan".to_owned(),
        cost: plan.cost,
        interest: plan.interest,
        expired: plan.all.expired.mean,
        left: plan.all.left.mean,
        service: plan.achieved.share,
        lots: Vec::new(),
        triggers: Vec::new(),
    };
    for way in [&planned].into_iter().chain(&plan.compared) {
        let mut cells = vec![described(plan, way)];
        cells.extend(whole(way).map(|cost| money(cost, &plan.currency)));
        cells.extend(whole(way).zip(whole(&planned)).map(|(cost, planned)| more(cost - planned)));
        cells.extend([tokens(way.expired), tokens(way.left), percent(way.service)]);
        rows.add_row(cells);
    }
    let about = "What would the same service cost without planning? On average:\n";
    let held = plan.cost.map_or_else(String::new, |_| held(plan));
    let least = plan.bound.map_or_else(String::new, |bound| least(plan, bound));
    let as_it_goes =
        if plan.compared.iter().any(|way| way.way == "buy_when_empty") { as_it_goes(plan) } else { String::new() };
    Some(format!("{about}{}{as_it_goes}{held}{least}", tables::lines(&rows)))
}

/// With the interest.
fn whole(way: &Compared) -> Option<f64> {
    way.cost.zip(way.interest).map(|(cost, interest)| cost + interest)
}

/// What a cost holds.
fn held(plan: &PurchasePlan) -> String {
    let Terms { order_cost, interest, .. } = &plan.terms;
    let order = (*order_cost > 0.0).then(|| format!(", {} {} for each order", price(*order_cost), plan.currency));
    let interest =
        (*interest > 0.0).then(|| format!(", {} interest a year until {}", percent(*interest), plan.card.last_day));
    let parts: Vec<String> = order.into_iter().chain(interest).collect();
    let text =
        parts.split_last().map(|(last, rest)| format!("Costs hold the tokens{} and{}.", rest.concat(), &last[1..]));
    text.map_or_else(String::new, |text| lines::paragraph(&text, 2))
}

fn more(difference: f64) -> String {
    let sign = if difference >= 0.5 { "+" } else { "" };
    format!("{sign}{}", tokens(difference))
}

/// With one team the sizes have room.
fn described(plan: &PurchasePlan, way: &Compared) -> String {
    let only = |list: &[f64]| list.first().filter(|_| plan.teams.len() == 1).map(|number| tokens(*number));
    match (&*way.way, only(&way.lots), only(&way.triggers)) {
        ("buy_when_empty", Some(lot), Some(trigger)) => format!("buy {lot} whenever {trigger} or fewer are left"),
        ("buy_when_empty", ..) => "buy the same lot whenever little is left".to_owned(),
        ("buy_all_at_once", Some(lot), _) => format!("buy {lot} at once, at the start"),
        ("buy_all_at_once", ..) => "buy all at once, at the start".to_owned(),
        _ => way.way.replace('_', " "),
    }
}

/// Why a rule may cost less than the cheapest plan.
fn as_it_goes(plan: &PurchasePlan) -> String {
    let text = format!(
        "Who buys whenever little is left has to look {} and orders as each run goes, by the rule below: what that costs differs from \
         run to run, and may be less on average than orders that are fixed beforehand.",
        looks(plan)
    );
    lines::paragraph(&text, 2)
}

fn least(plan: &PurchasePlan, bound: Bound) -> String {
    let over = bound.gap.map_or_else(String::new, |gap| format!("; this one costs {} more", percent(gap)));
    let given =
        if plan.shared && plan.joined.is_empty() { ", and as long as each team pays for whom it pays now" } else { "" };
    let text = format!(
        "In the runs that were planned for{given}, no plan that is fixed beforehand gives this service for less than \
         {}{over}. Who saw each run's demand beforehand would pay {} on average, nothing in the {} of the runs that may run out.",
        money(bound.plan, &plan.currency),
        money(bound.policy, &plan.currency),
        percent(1.0 - plan.asked)
    );
    lines::paragraph(&text, 2)
}

/// For someone who can't run flexcast each day.
pub(super) fn reorder(plan: &PurchasePlan) -> Option<String> {
    let rules: Vec<String> = plan.teams.iter().filter_map(|team| rule(plan, team, team.reorder.as_ref()?)).collect();
    let about = "And whoever can't run flexcast each day?\n";
    (!rules.is_empty()).then(|| format!("{about}{}", rules.concat()))
}

fn rule(plan: &PurchasePlan, team: &TeamPlan, rule: &Reorder) -> Option<String> {
    if rule.greatest.point <= 0.0 {
        return None;
    }
    let ending = rule.a_day.map_or_else(String::new, |a_day| {
        format!(
            "Of tokens that end before the next order can be there, {} a day count as left until their end. ",
            tokens(a_day)
        )
    });
    let holds = format!(
        "{ending}Kept to from {} to {}, this rule lasts in {} of the fresh runs.",
        plan.card.first_day,
        plan.card.last_day,
        percent(rule.service)
    );
    let lots = format!("order lots of {} until there are more", tokens(rule.lot));
    let look = looks(plan);
    if rule.dates.len() > 1 {
        let text = format!(
            "{}: Look at the balance {look}. When no more than its point is left and on its way, {lots}. {holds}",
            team.team
        );
        return Some(lines::paragraph(&text, 2) + points(&rule.dates).as_str());
    }
    let Point { point, safety_stock, burn, from, until, days } = &rule.greatest;
    let end = if *until == plan.card.last_day { "the horizon ends" } else { "the next order can be there" };
    let text = format!(
        "{}: Look at the balance {look}. When {} tokens or fewer are left and on their way, {lots}: so many last the {} until {end}, \
         from {from} on, where most burns ({} on average); {} of them are safety stock. {holds}",
        team.team,
        tokens(*point),
        counted(*days as u64, "day"),
        tokens(*burn),
        tokens(safety_stock.max(0.0)),
    );
    Some(lines::paragraph(&text, 2))
}

/// When who has no plan looks at the balance.
fn looks(plan: &PurchasePlan) -> &'static str {
    match plan.terms.order_dates.first().map(String::as_str) {
        Some("any_day") => "once a week",
        Some("month_starts") => "on the first of each month",
        _ => "on each order date",
    }
}

fn points(dates: &[Point]) -> String {
    let mut rows = tables::figures(&["order date", "point", "lasts until", "burned by then", "safety stock"]);
    for date in dates {
        let (burn, safety_stock) = (tokens(date.burn), tokens(date.safety_stock.max(0.0)));
        rows.add_row([date.from.clone(), tokens(date.point), date.until.clone(), burn, safety_stock]);
    }
    tables::lines(&rows)
}
