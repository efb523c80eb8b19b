//! The tables: mixes, groups, users, and from when on a subscription pays.

use super::super::numbers::{counted, percent, tokens};
use super::super::tables;
use super::best;
use crate::forecast::Mean;
use crate::seats::{Advice, Seats, UserFigures};

/// So many users stand on the screen; beyond that only those near the line do.
const USERS: usize = 24;
/// Autodesk's public rule of thumb: Flex for people under 7 days a month.
const RULE_OF_THUMB: f64 = 7.0;

pub(super) fn mixes(seats: &Seats) -> String {
    let less = format!("less than {}", seats.mixes[0].mix);
    let mut table =
        tables::figures(&["who", "subscriptions", "tokens bought", "cost", &less, "wasted", "runs without refusal"]);
    for mix in &seats.mixes {
        table.add_row([
            mix.mix.clone(),
            paid_for(f64::from(mix.subscriptions), mix.paid_for_subscriptions),
            paid_for(mix.purchases.iter().map(|purchase| purchase.tokens).sum(), mix.paid_for_tokens),
            plain(mix.cost.mean, mix.cost.half_width),
            plain(mix.saves.mean, mix.saves.half_width),
            tokens(mix.wasted.mean),
            percent(mix.service.chance),
        ]);
    }
    tables::lines(&table)
}

/// "15 for 41,395".
fn paid_for(count: f64, paid: f64) -> String {
    if count == 0.0 { tokens(count) } else { format!("{} for {}", tokens(count), tokens(paid)) }
}

/// A unit price, with cents at least.
pub(super) fn unit(each: f64) -> String {
    let cents = each * 100.0;
    if (cents - cents.round()).abs() < 1e-6 { format!("{each:.2}") } else { each.to_string() }
}

pub(super) fn groups(seats: &Seats) -> String {
    let header =
        ["group", "product", "users", "have", "should", "near", "windows", "tokens cost", "subscription", "saves"];
    let mut table = tables::figures(&header);
    for group in &seats.groups {
        table.add_row([
            group.group.clone(),
            group.product.clone(),
            group.users.to_string(),
            group.have.to_string(),
            group.subscribe.to_string(),
            group.near.to_string(),
            tokens(group.windows),
            tokens(group.token_cost.mean),
            tokens(group.subscription),
            plain(group.saves.mean, group.saves.half_width),
        ]);
    }
    for (what, saves) in rest(seats) {
        let mut cells = vec![String::new(); header.len()];
        (cells[0], cells[header.len() - 1]) = (what.to_owned(), plain(saves.mean, saves.half_width));
        table.add_row(cells);
    }
    tables::lines(&table)
}

/// What is saved beside the groups' savings, and all of it.
fn rest(seats: &Seats) -> Vec<(&'static str, Mean)> {
    let shared = ("tokens bought together", seats.rest.shared_tokens);
    let as_it_is = seats.rest.as_it_is.map(|saves| ("as it is, against tokens only", saves));
    [Some(shared), as_it_is, Some(("saved together", best(seats).saves))].into_iter().flatten().collect()
}

pub(super) fn users(seats: &Seats) -> String {
    let (all, near) = (seats.users.len(), seats.users.iter().filter(|user| user.near).count());
    let shown: Vec<&UserFigures> = seats.users.iter().filter(|user| all <= USERS || user.near).take(USERS).collect();
    if shown.is_empty() {
        return format!("\nNo user is near the line; seats.csv of --out has all {all}.\n");
    }
    let title = match (all <= USERS, near <= USERS) {
        (true, _) => "Users".to_owned(),
        (_, true) => format!("The {} near the line; seats.csv of --out has all {all}", counted(near as u64, "user")),
        _ => format!("{USERS} of the {near} users near the line; seats.csv of --out has all {all}"),
    };
    let header = [
        "user",
        "product",
        "windows",
        "tokens cost",
        "p10",
        "p90",
        "subscription",
        "runs in which tokens cost more",
        "should have",
    ];
    let mut table = tables::figures(&header);
    for user in shown {
        table.add_row([
            user.user.clone(),
            user.product.clone(),
            plain(user.windows.mean, user.windows.half_width),
            plain(user.token_cost.mean, user.token_cost.half_width),
            tokens(user.token_cost.p10),
            tokens(user.token_cost.p90),
            tokens(user.subscription),
            percent(user.tokens_dearer),
            advice(user),
        ]);
    }
    format!("\n{title}\n\n{}", tables::lines(&table))
}

fn advice(user: &UserFigures) -> String {
    let advice = match user.advice {
        Advice::Subscribe => "a subscription",
        Advice::Keep => "the subscription, as now",
        Advice::LetEnd => "tokens, once it ends",
        Advice::Tokens => "tokens",
    };
    if user.near { format!("{advice} (near the line)") } else { advice.to_owned() }
}

pub(super) fn break_even(seats: &Seats) -> String {
    let header =
        ["product", "subscription", "tokens a window", "each", "windows a year", "days a month", "rule of thumb"];
    let mut table = tables::figures(&header);
    for row in &seats.break_even {
        let one_decimal =
            |number: Option<f64>| number.map_or_else(|| "never".to_owned(), |number| format!("{number:.1}"));
        table.add_row([
            row.product.clone(),
            tokens(row.subscription),
            row.rate.to_string(),
            unit(row.each),
            one_decimal(row.windows),
            one_decimal(row.days_a_month),
            tokens(RULE_OF_THUMB),
        ]);
    }
    tables::lines(&table)
}

fn plain(mean: f64, half_width: Option<f64>) -> String {
    match half_width {
        Some(half_width) => format!("{} ± {}", tokens(mean), tokens(half_width)),
        None => tokens(mean),
    }
}
