//! Each planned team's balance under a plan: its orders, the ends of its packs, and the day by which it would run out without.

use super::balance::{Facet, TEAMS, at_the_end, plots};
use super::dates::{day_and_month, parse, words};
use super::marks::marks_called;
use super::number::{percent, short};
use super::text::counted;
use super::theme::LABEL;
use super::{ChartError, around};
use crate::forecast::PackForecast;
use crate::purchasing::{Order, PurchasePlan, Question, TeamPlan};

/// How many lines tell of orders at most.
const ORDERS: usize = 36;

/// Draws the picture.
pub fn draw(plan: &PurchasePlan) -> Result<String, ChartError> {
    let mut neediest: Vec<usize> = (0..plan.teams.len()).collect();
    neediest.sort_by(|a, b| {
        let missing = |place: &usize| plan.teams[*place].without_plan.missing;
        missing(b).total_cmp(&missing(a))
    });
    neediest.truncate(TEAMS);
    neediest.sort_unstable();
    let facets = neediest.iter().map(|place| facet(plan, &plan.teams[*place])).collect::<Result<Vec<_>, _>>()?;
    let remark = remark(plan);
    plots(&plan.card, &title(plan), &remark, &facets, &orders(plan)?)
}

fn facet<'a>(plan: &PurchasePlan, team: &'a TeamPlan) -> Result<Facet<'a>, ChartError> {
    let days =
        team.days.iter().map(|day| Ok((parse(&day.day)?, day.balance))).collect::<Result<Vec<_>, ChartError>>()?;
    let (first, end) = around(&team.team, &days)?;
    let is_order = |pack: &PackForecast| {
        let same = |order: &Order| order.team == team.team && Some(&order.arrives) == pack.enters.as_ref();
        plan.orders.iter().any(|order| same(order) && order.tokens == pack.size)
    };
    let mut marks = marks_called(&team.packs, first, end, |pack| {
        format!("{}+{}", if is_order(pack) { "order " } else { "" }, short(pack.size))
    })?;
    if let (Some(day), Question::ServiceLevel | Question::Budget) = (&team.without_plan.day_p50, plan.question) {
        marks = marks.and_out(parse(day)?, "out without the plan", first, end);
    }
    Ok(Facet { team: &team.team, days, marks, about: about(team)? })
}

/// What to order when, a line each, in the order of days.
fn orders(plan: &PurchasePlan) -> Result<Vec<String>, ChartError> {
    let shown = if plan.orders.len() > ORDERS { ORDERS - 1 } else { plan.orders.len() };
    let line = |order: &Order| {
        let (by, there) = (parse(&order.order_by)?, parse(&order.arrives)?);
        let team = if plan.teams.len() == 1 { String::new() } else { format!(" for {}", LABEL.fit(&order.team, 170)) };
        let there = if by == there { String::new() } else { format!(", there {}", day_and_month(there)) };
        Ok(format!("order {}{team} by {}{there}", short(order.tokens), words(by)))
    };
    let left_out = plan.orders.len() - shown;
    let more = (left_out > 0).then(|| Ok(format!("and {}", counted(left_out, "later order"))));
    plan.orders[..shown].iter().map(line).chain(more).collect()
}

/// What the orders cost, and which teams are shown.
fn remark(plan: &PurchasePlan) -> String {
    let cost = plan.cost.filter(|_| !plan.orders.is_empty());
    let cost = cost.map(|cost| format!("the orders cost {} {}", short(cost), plan.currency));
    let all = plan.teams.len();
    let some = (all > TEAMS).then(|| format!("the {TEAMS} of {all} teams that need most"));
    cost.into_iter().chain(some).collect::<Vec<_>>().join(" · ")
}

fn about(team: &TeamPlan) -> Result<String, ChartError> {
    let lasts = format!("last in {} of the runs", percent(1.0 - team.stock_out.chance));
    let without = match &team.without_plan.day_p50 {
        Some(_) => format!(", {} without the plan", percent(1.0 - team.without_plan.chance)),
        None => String::new(),
    };
    let out = match &team.stock_out.day_p50 {
        Some(day) => format!(", half of the others run out by {}", words(parse(day)?)),
        None => String::new(),
    };
    Ok(format!("{lasts}{without}{out} · {}", at_the_end(&team.left)))
}

fn title(plan: &PurchasePlan) -> String {
    let lasts = format!("the tokens last in {} of the runs", percent(plan.achieved.share));
    match (plan.question, plan.orders.len()) {
        (Question::Own, _) => format!("As it is planned, {lasts}"),
        (_, 0) => format!("With nothing more bought, {lasts}"),
        (_, 1) => format!("With one order of {} tokens, {lasts}", short(plan.tokens)),
        (_, orders) => format!("With {orders} orders of {} tokens in all, {lasts}", short(plan.tokens)),
    }
}
