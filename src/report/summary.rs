//! The forecast on the screen: the buyer's questions, in order.

use comfy_table::Table;

use super::numbers::{counted, money, percent, tokens};
use super::tables::figures;
use super::uncertainty::uncertainty;
use super::{burners, sureness};
use crate::forecast::{DenialForecast, Estimate, Forecast, StockOut};

/// The summary of a forecast: will we run out, when, how sure is that; what burns; what expires; what is refused; what was
/// avoidable.
pub fn summary(forecast: &Forecast) -> String {
    let card = &forecast.card;
    let about = format!("{}: {} to {}, days in {}", card.scenario, card.first_day, card.last_day, card.zone);
    let runs = format!(
        "{}, seed {}, flexcast {}. p10, p50, p90: 10, 50, 90 % of the runs are at or under it;
\
         ±: 95 % interval of the mean.",
        counted(card.replications.into(), "replication"),
        card.seed,
        card.version
    );
    let mut sections = vec![about, run_out(forecast), burn(forecast)];
    sections.extend(forecast.uncertainty.as_ref().map(uncertainty));
    sections.extend(purchases(forecast));
    sections.extend([expiry(forecast), refusals(forecast), avoidable(forecast), burners::section(forecast)]);
    sections.extend([sureness::section(forecast), runs]);
    sections.join("\n\n") + "\n"
}

fn run_out(forecast: &Forecast) -> String {
    let answer = chance(&forecast.all.stock_out);
    let mut rows = figures(&[
        "team",
        "runs that run out",
        "95 % interval",
        "first ones by",
        "half by",
        "most by",
        "left at the end",
    ]);
    for team in &forecast.teams {
        let out = &team.stock_out;
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".to_owned());
        rows.add_row([
            team.plan.as_ref().map_or_else(|| team.team.clone(), |plan| format!("{} ({plan})", team.team)),
            percent(out.chance),
            format!("{} to {}", percent(out.chance_low), percent(out.chance_high)),
            day(&out.day_p10),
            day(&out.day_p50),
            day(&out.day_p90),
            range(&team.left),
        ]);
    }
    let note = "Running out is the first refusal for want of tokens; the days are those by which 10, 50 and 90 % of the \
                runs\nthat run out have done so.";
    section("Will the tokens run out?", &answer, &rows, note)
}

/// Whether, when, and how sure that is.
fn chance(out: &StockOut) -> String {
    let (low, high) = (percent(out.chance_low), percent(out.chance_high));
    match (&out.day_p50, &out.day_p90) {
        (Some(half), Some(most)) => format!(
            "In {} of the runs (95 % interval {low} to {high});\n  half of these by {half}, nine tenths by {most}.",
            percent(out.chance)
        ),
        _ => format!("In none of the runs (95 % interval {low} to {high})."),
    }
}

fn burn(forecast: &Forecast) -> String {
    let all = &forecast.all;
    let answer = format!("{} tokens in the horizon (p10 to p90), {} on average.", range(&all.burn), mean(&all.burn));
    let cost = format!("cost, {}", forecast.currency);
    let has_prices = !forecast.currency.is_empty();
    let own = ["month", "p10", "p50", "p90", "mean", "weekday mean"];
    let others = ["left", "expired", "refused", "avoidable"];
    let header: Vec<&str> = own.into_iter().chain(has_prices.then_some(&*cost)).chain(others).collect();
    let mut rows = figures(&header);
    for month in &all.months {
        let Estimate { p10, p50, p90, mean, .. } = month.burn;
        let means = [month.balance, month.waste, month.denials, month.avoidable].map(|estimate| estimate.mean);
        let cost = month.burn_cost.map(|cost| cost.mean);
        let figures = [p10, p50, p90, mean, month.weekday_mean].into_iter().chain(cost).chain(means);
        rows.add_row([month.month.clone()].into_iter().chain(figures.map(tokens)));
    }
    let charged: Vec<_> = all
        .reasons
        .iter()
        .map(|reason| format!("{} for {}", tokens(reason.tokens.mean), words(&reason.reason)))
        .collect();
    let charged = if charged.is_empty() { "nothing".to_owned() } else { charged.join(";\n") };
    let note = format!(
        "Weekday mean: what the mean burn of each weekday, over the whole horizon, gives for the month. What follows is the\n\
         month's mean: the balance when it ends, tokens that expired, opens and renewals refused, avoidable tokens.\n\
         Charged, on average: {charged}.",
    );
    section("What burns, in tokens a month?", &answer, &rows, &note)
}

fn expiry(forecast: &Forecast) -> String {
    let all = &forecast.all;
    let worth =
        all.expired_money.map_or(String::new(), |worth| format!(", worth {}", money(worth, &forecast.currency)));
    let answer = format!("{} tokens (p10 to p90), {} on average{worth}.", range(&all.expired), mean(&all.expired));
    let mut rows = figures(&["pack", "team", "tokens", "ends", "burned in the horizon", "expires unused (p10 to p90)"]);
    for team in &forecast.teams {
        for pack in &team.packs {
            rows.add_row([
                pack.id.clone(),
                team.team.clone(),
                tokens(pack.left_at_entry),
                pack.ends.clone(),
                tokens(pack.burned.mean),
                range(&pack.expired),
            ]);
        }
        for bought in &team.bought {
            rows.add_row([
                format!("bought by {}", bought.buyer),
                team.team.clone(),
                tokens(bought.arrived.mean),
                "-".to_owned(),
                tokens(bought.burned.mean),
                range(&bought.expired),
            ]);
        }
    }
    section("What expires unused?", &answer, &rows, "")
}

/// Not there where nobody buys.
fn purchases(forecast: &Forecast) -> Option<String> {
    let total: f64 = forecast.buyers.iter().map(|buyer| buyer.tokens.mean).sum();
    let mut rows = figures(&[
        "buyer",
        "orders a run",
        "tokens a run",
        "p10 to p90",
        "cost a run",
        "cost, p10 to p90",
        "still to come",
    ]);
    for buyer in &forecast.buyers {
        let cost = buyer.cost.as_ref();
        rows.add_row([
            buyer.buyer.clone(),
            tokens(buyer.orders.mean),
            tokens(buyer.tokens.mean),
            range(&buyer.tokens),
            cost.map_or("-".to_owned(), |cost| money(cost.mean, &forecast.currency)),
            cost.map_or("-".to_owned(), range),
            tokens(buyer.outstanding.mean),
        ]);
    }
    let answer = format!("{} tokens a run, on average.", tokens(total));
    let note = "Still to come: of these tokens, those that haven't arrived when the horizon ends.";
    (!forecast.buyers.is_empty()).then(|| section("What do the buyers order?", &answer, &rows, note))
}

fn refusals(forecast: &Forecast) -> String {
    let mut rows = figures(&["team", "reason", "a run, on average", "p10 to p90"]);
    let mut refused = |team: &str, denial: &DenialForecast| {
        rows.add_row([team, &denial.reason, &tokens(denial.count.mean), &range(&denial.count)]);
    };
    for team in &forecast.teams {
        team.denials.iter().for_each(|denial| refused(&team.team, denial));
    }
    // For this reason only those are refused who are in no team.
    let in_no_team = forecast.all.denials.iter().filter(|denial| denial.reason == "not_assigned");
    in_no_team.for_each(|denial| refused("none", denial));
    let total: f64 = forecast.all.denials.iter().map(|denial| denial.count.mean).sum();
    let answer = match total {
        0.0 => "None.".to_owned(),
        total => format!("{} a run, on average.", tokens(total)),
    };
    section("How many opens and renewals are refused?", &answer, &rows, "")
}

fn avoidable(forecast: &Forecast) -> String {
    let mut rows = figures(&["tokens for", "a run, on average", "p10 to p90", "worth"]);
    for avoidable in &forecast.all.avoidable {
        rows.add_row([
            words(&avoidable.cause).to_owned(),
            tokens(avoidable.tokens.mean),
            range(&avoidable.tokens),
            avoidable.money.map_or("-".to_owned(), |worth| money(worth, &forecast.currency)),
        ]);
    }
    let total: f64 = forecast.all.avoidable.iter().map(|avoidable| avoidable.tokens.mean).sum();
    let share = if forecast.all.burn.mean > 0.0 { total / forecast.all.burn.mean } else { 0.0 };
    let answer = format!("{} tokens a run, {} of what burns.", tokens(total), percent(share));
    let note = "Windows that nobody needed: what was left open and not opened again in the 24 hours of its renewal, and \
                add-ins\nthat their host opened and their user didn't.";
    section("Which tokens were avoidable?", &answer, &rows, note)
}

fn words(reason: &str) -> &str {
    match reason {
        "left_open" => "renewals of what was left open",
        "came_along" => "add-ins that came along with their host",
        "new_window" => "new windows",
        "renewal_left_open" => "renewals of what was open when its window ended",
        "add_in_with_host" => "add-ins opened by their host",
        "lapsed_while_open" => "ends of subscriptions and trials",
        other => other,
    }
}

fn mean(estimate: &Estimate) -> String {
    match estimate.half_width {
        Some(half_width) => format!("{} ± {}", tokens(estimate.mean), tokens(half_width)),
        None => tokens(estimate.mean),
    }
}

pub(super) fn range(estimate: &Estimate) -> String {
    let (low, high) = (tokens(estimate.p10), tokens(estimate.p90));
    if low == high { low } else { format!("{low} to {high}") }
}

pub(super) fn section(question: &str, answer: &str, rows: &Table, note: &str) -> String {
    let mut text = if answer.is_empty() { question.to_owned() } else { format!("{question} {answer}") };
    if !rows.is_empty() {
        for line in rows.lines() {
            text += &format!("\n{}", line.trim_end());
        }
        if !note.is_empty() {
            text += &format!("\n  {}", note.replace('\n', "\n  "));
        }
    }
    text
}
