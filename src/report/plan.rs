//! A purchase plan on the screen.

use super::numbers::{counted, money, percent, tokens};
use super::{lines, tables, ways};
use crate::forecast::Estimate;
use crate::purchasing::{Order, Own, PurchasePlan, Question, TeamPlan};

/// The answer first, then what to order, whether it holds, what becomes of the tokens, and what else it could cost.
pub fn summary(plan: &PurchasePlan) -> String {
    let card = &plan.card;
    let about = format!("{}: {} to {}, days in {}\n\n", card.scenario, card.first_day, card.last_day, card.zone);
    let mut sections = vec![about + lines::paragraph(&answer(plan), 0).as_str() + orders(plan).as_str()];
    sections.extend([service(plan), rest(plan)]);
    sections.extend(own(plan));
    sections.extend(ways::compared(plan));
    sections.extend(ways::reorder(plan));
    sections.push(lines::paragraph(&footer(plan), 0));
    sections.join("\n")
}

/// What to do, in a sentence or two.
pub fn answer(plan: &PurchasePlan) -> String {
    let (last, asked) = (percent(plan.achieved.share), percent(plan.asked));
    let lasts = format!("the tokens last in {last} of the runs (asked: {asked})");
    if plan.question == Question::Own {
        return format!("Your own plan buys {}: {lasts}.{}", bought_by_own(plan), missing(plan));
    }
    let buy = match plan.orders.len() {
        0 => "Buy nothing".to_owned(),
        orders => {
            let cost = plan.cost.map_or_else(String::new, |cost| format!(" for {}", money(cost, &plan.currency)));
            let interest = plan.interest.filter(|interest| *interest >= 0.5);
            let interest =
                interest.map_or_else(String::new, |paid| format!(" and {} of interest", money(paid, &plan.currency)));
            format!("Buy {} tokens in {}{cost}{interest}", tokens(plan.tokens), counted(orders as u64, "order"))
        }
    };
    let enough = plan.unbounded_cost.filter(|_| !plan.achieved.reached);
    let enough =
        enough.map_or_else(String::new, |cost| format!(" {asked} would cost {}.", money(cost, &plan.currency)));
    let lacks =
        (plan.all.missing >= 0.5).then(|| format!(" On average {} tokens are missing.", tokens(plan.all.missing)));
    let lacks = lacks.unwrap_or_default();
    match plan.achieved.reached || plan.question == Question::Budget {
        true => format!("{buy}: {lasts}.{lacks}{enough}"),
        false if plan.too_dear => format!("The budget is too small for {asked}. {buy}: {lasts}.{lacks}{enough}"),
        false => format!("{asked} can't be reached. {buy}: {lasts}.{}", why(plan)),
    }
}

fn bought_by_own(plan: &PurchasePlan) -> String {
    let Own { purchases, cost, buyers, .. } = &plan.own;
    let planned: f64 = purchases.iter().map(|order| order.tokens).sum();
    let ordered: f64 = buyers.iter().map(|buyer| buyer.tokens.mean).sum();
    let costs = buyers.iter().map(|buyer| buyer.cost.map(|cost| cost.mean)).sum::<Option<f64>>();
    let cost = cost.zip(costs).map(|(planned, ordered)| format!(" for {}", money(planned + ordered, &plan.currency)));
    let mean = if buyers.is_empty() { "" } else { ", on average" };
    format!("{} tokens{}{mean}", tokens(planned + ordered), cost.unwrap_or_default())
}

/// What one's own plan lacks.
fn missing(plan: &PurchasePlan) -> String {
    let without = &plan.all.without_plan;
    match &without.day_p10 {
        Some(day) if without.missing > 0.0 && !plan.achieved.reached && plan.own.buyers.is_empty() => {
            format!(" Missing: {} tokens, the first of them by {day}.", tokens(without.missing))
        }
        _ => String::new(),
    }
}

/// Why a service level is out of reach.
fn why(plan: &PurchasePlan) -> String {
    let by = plan.all.stock_out.day_p50.as_ref().map_or_else(String::new, |day| format!(", half of them by {day}"));
    let doomed = plan.doomed.map(|doomed| {
        let spans: Vec<String> =
            plan.out_of_reach.iter().map(|days| format!("{} to {}", days.from, days.until)).collect();
        format!(
            " In {} of the runs tokens run out while no order is there ({}){by}. What helps: more order dates, a \
             shorter lead time ({} now), or more on hand by then.",
            percent(doomed),
            spans.join(", "),
            counted(plan.terms.lead_time_days as u64, "day")
        )
    });
    doomed.unwrap_or_else(|| format!(" The runs that run out do so{by}: more runs (--replications) may tell better."))
}

fn orders(plan: &PurchasePlan) -> String {
    if plan.orders.is_empty() {
        return String::new();
    }
    format!("\n{}", order_table(&plan.orders, "order by"))
}

fn order_table(orders: &[Order], first: &str) -> String {
    let has_prices = orders.iter().any(|order| order.each.is_some());
    let mut header = vec![first, "arrives", "team", "tokens"];
    header.extend(["each", "cost"].iter().filter(|_| has_prices));
    let mut rows = tables::figures(&header);
    for order in orders {
        let mut cells = vec![order.order_by.clone(), order.arrives.clone(), order.team.clone(), tokens(order.tokens)];
        cells.extend(order.each.map(price));
        cells.extend(order.cost.map(tokens));
        rows.add_row(cells);
    }
    tables::lines(&rows)
}

/// A unit price: two decimals, or as many as it has.
pub(super) fn price(each: f64) -> String {
    let exact = each.to_string();
    let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    format!("{each:.*}", decimals.max(2))
}

fn service(plan: &PurchasePlan) -> String {
    let achieved = &plan.achieved;
    let verdict = format!(
        "Does it last? Asked {}, achieved {} (95 % interval {} to {}), in {} of the plan \
         through the metering core.",
        percent(plan.asked),
        percent(achieved.share),
        percent(achieved.low),
        percent(achieved.high),
        counted(plan.runs.verification.into(), "fresh run"),
    );
    let is_own = plan.question == Question::Own;
    let chance = achieved.low < plan.asked && plan.asked <= achieved.high;
    let chance = if chance {
        " What was asked lies within that, so other runs may come out a little above it or under."
    } else {
        ""
    };
    let shared = match (plan.shared, &plan.joined[..]) {
        (false, _) => String::new(),
        (true, []) => " Some people may draw on several teams, each of which buys for itself: that is on the safe side, mostly by a few \
                       percent. Less can be tried with --own.".to_owned(),
        (true, joined) => format!(" Some people may draw on several teams: {} buys for all of these.", joined.join(", ")),
    };
    let mut header = vec!["team", "runs that last", "half of the others run out by"];
    if !is_own {
        header.extend(["without the plan", "half run out by", "missing"]);
    }
    let mut rows = tables::figures(&header);
    for team in shown(plan) {
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".to_owned());
        let mut cells = vec![team.team.clone(), percent(1.0 - team.stock_out.chance), day(&team.stock_out.day_p50)];
        if !is_own {
            let without = &team.without_plan;
            cells.extend([percent(1.0 - without.chance), day(&without.day_p50), tokens(without.missing)]);
        }
        rows.add_row(cells);
    }
    lines::paragraph(&(verdict + chance + shared.as_str()), 0) + tables::lines(&rows).as_str()
}

/// The teams, and all of them together where there are several.
fn shown(plan: &PurchasePlan) -> impl Iterator<Item = &TeamPlan> {
    plan.teams.iter().chain((plan.teams.len() > 1).then_some(&plan.all))
}

fn rest(plan: &PurchasePlan) -> String {
    let worth = plan.all.expired_money.filter(|worth| *worth > 0.0);
    let worth = worth.map_or_else(String::new, |worth| format!(", worth {}", money(worth, &plan.currency)));
    let waste =
        format!("What is left over? {} tokens expire unused, on average{worth}.", tokens(plan.all.expired.mean));
    let mut rows = tables::figures(&["team", "burned", "expire unused", "left at the end", "which end from"]);
    for team in shown(plan) {
        rows.add_row([
            team.team.clone(),
            range(&team.burn),
            range(&team.expired),
            range(&team.left),
            team.left_ends.clone().unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    lines::paragraph(&waste, 0) + tables::lines(&rows).as_str() + "  (p10 to p90)\n"
}

fn range(estimate: &Estimate) -> String {
    let (low, high) = (tokens(estimate.p10), tokens(estimate.p90));
    if low == high { low } else { format!("{low} to {high}") }
}

/// What stands in the scenario already.
fn own(plan: &PurchasePlan) -> Option<String> {
    let mut text = String::new();
    if !plan.own.purchases.is_empty() {
        let cost = plan.own.cost.map_or_else(String::new, |cost| format!(", {} together", money(cost, &plan.currency)));
        let stand = if plan.question == Question::Own { "It buys" } else { "Kept as they stand in the scenario" };
        text += &format!("{stand}{cost}:\n{}", order_table(&plan.own.purchases, "on"));
    }
    if !plan.own.left_out.is_empty() {
        let names = plan.own.left_out.join(", ");
        text += &lines::paragraph(&format!("Left out: the scripted buyers ({names}). --own says what they give."), 0);
    }
    if plan.cost.is_none() {
        let unknown = "No prices are given, so money isn't known, and the fewest tokens are planned.";
        text += &lines::indented(unknown, 0);
    }
    (!text.is_empty()).then_some(text)
}

fn footer(plan: &PurchasePlan) -> String {
    let runs = &plan.runs;
    format!(
        "Planned for the demand of {}, verified in {} others{}; seed {}, flexcast {}. A run lasts if nobody is refused for want \
         of tokens in it.",
        counted(runs.demand.into(), "run"),
        tokens(runs.verification.into()),
        if runs.rounds > 1 { format!(" (of {} plans the last)", runs.rounds) } else { String::new() },
        plan.card.seed,
        plan.card.version
    )
}
