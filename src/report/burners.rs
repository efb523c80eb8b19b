//! Who and what burns: teams, groups, products, users.

use comfy_table::Table;

use super::numbers::{counted, percent, tokens};
use super::summary;
use super::tables::figures;
use crate::forecast::{Estimate, Forecast, Share, TeamForecast, UserForecast, Users};

/// A row of the table.
struct Row<'a> {
    name: &'a str,
    /// How many users; 0 where that says nothing.
    users: u32,
    mean: f64,
    range: (f64, f64),
    /// `None` without prices.
    cost: Option<f64>,
    refused: f64,
    avoidable: f64,
}

/// All of them, with what they cost and are refused.
pub(super) fn section(forecast: &Forecast) -> String {
    let cost = format!("cost, {}", forecast.currency);
    let has_prices = !forecast.currency.is_empty();
    let own = ["who and what", "users", "tokens a run", "of all", "p10 to p90"];
    let header: Vec<&str> =
        own.into_iter().chain(has_prices.then_some(&*cost)).chain(["refused", "avoidable"]).collect();
    let mut table = figures(&header);
    let total = forecast.all.burn.mean;
    let teams: Vec<Row> = forecast.teams.iter().filter(|team| team.burn.mean > 0.0).map(of_team).collect();
    for (title, rows) in [
        ("teams", if teams.len() > 1 { teams } else { Vec::new() }),
        ("groups", forecast.groups.iter().map(of_share).collect()),
        ("products", forecast.products.iter().map(of_share).collect()),
        ("users", shown(&forecast.users).map(of_user).collect()),
    ] {
        add(&mut table, title, &rows, total);
    }
    let answer = if total > 0.0 { "" } else { "Nobody and nothing." };
    summary::section("Who and what burns?", answer, &table, &note(forecast))
}

fn add(table: &mut Table, title: &str, rows: &[Row], total: f64) {
    if !rows.is_empty() {
        table.add_row([title]);
    }
    for row in rows {
        let (low, high) = (tokens(row.range.0), tokens(row.range.1));
        let mut cells = vec![
            format!("  {}", row.name),
            if row.users == 0 { String::new() } else { row.users.to_string() },
            tokens(row.mean),
            percent(if total > 0.0 { row.mean / total } else { 0.0 }),
            if low == high { low } else { format!("{low} to {high}") },
        ];
        cells.extend(row.cost.map(tokens));
        cells.extend([tokens(row.refused), tokens(row.avoidable)]);
        table.add_row(cells);
    }
}

/// Those who burn most: the screen has room for a few.
fn shown(users: &Users) -> impl Iterator<Item = &UserForecast> {
    users.largest.iter().take(20)
}

fn note(forecast: &Forecast) -> String {
    let users = &forecast.users;
    let mut notes = Vec::new();
    let shown = shown(users).count();
    if 0 < shown && (shown as u32) < users.count {
        notes.push(format!("The {shown} users who burn most, of {}; users.csv has all.", users.count));
    }
    if users.quantiles_of < forecast.card.replications {
        notes.push(format!(
            "The users' p10 and p90 are those of the first {}.",
            counted(users.quantiles_of.into(), "run")
        ));
    }
    notes.push("Balances, and what expires, are known of teams only: packs are nobody else's.".to_owned());
    notes.join("\n")
}

fn of_team(team: &TeamForecast) -> Row<'_> {
    let mean = |name: &str| team.figures.iter().find(|figure| figure.figure == name).map(|figure| figure.mean);
    Row {
        name: &team.team,
        users: 0,
        mean: team.burn.mean,
        range: range(&team.burn),
        cost: mean("burn_cost"),
        refused: mean("denials").unwrap_or_default(),
        avoidable: mean("avoidable").unwrap_or_default(),
    }
}

fn of_share(share: &Share) -> Row<'_> {
    Row {
        name: &share.name,
        users: share.users,
        mean: share.burn.mean,
        range: range(&share.burn),
        cost: share.cost.map(|cost| cost.mean),
        refused: share.denials.mean,
        avoidable: share.avoidable.mean,
    }
}

fn of_user(user: &UserForecast) -> Row<'_> {
    Row {
        name: &user.user,
        users: 0,
        mean: user.burn.mean,
        range: (user.burn.p10, user.burn.p90),
        cost: user.cost.map(|cost| cost.mean),
        refused: user.denials.mean,
        avoidable: user.avoidable.mean,
    }
}

fn range(estimate: &Estimate) -> (f64, f64) {
    (estimate.p10, estimate.p90)
}
