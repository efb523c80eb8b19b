//! Alerts on the screen: a line each, the worst first, and how each team stands.

use super::numbers::{counted, money, percent, tokens};
use super::{lines, tables};
use crate::alerts::{Alert, Alerts, Ending, Known, StockOutAhead, TeamState};
use crate::forecast::Estimate;

/// How many alerts there are, each in a line, and how the teams stand.
pub fn alerts(alerts: &Alerts) -> String {
    let many = match alerts.alerts.len() {
        0 => "no alerts".to_owned(),
        count => counted(count as u64, "alert"),
    };
    let mut text = format!("{}, as of {}: {many}.\n", alerts.card.scenario, alerts.as_of);
    alerts.alerts.iter().for_each(|alert| text += &format!("{}\n", line(alert, alerts)));
    text += &format!("\n{}\n", teams(alerts));
    text + lines::indented(&footer(alerts), 0).as_str()
}

fn line(alert: &Alert, of: &Alerts) -> String {
    match alert {
        Alert::StockOut { team, ahead } => format!("{team}: {}", stock_out(ahead, of)),
        Alert::Low { team, balance, bought } => {
            let (left, share) = (tokens(*balance), percent(balance / bought));
            format!("{team}: low: {left} of the {} tokens bought are left ({share})", tokens(*bought))
        }
        Alert::Ending { team, ending } => format!("{team}: {}", ends(ending, &of.currency)),
    }
}

fn stock_out(ahead: &StockOutAhead, of: &Alerts) -> String {
    let order_by = ahead.order_by.as_deref().unwrap_or_default();
    let when = match ahead.days_late {
        0 => format!("order by {order_by}"),
        late => format!(
            "order now, {} late: {} of the runs run out before an order of this day arrives",
            counted(late as u64, "day"),
            percent(ahead.before_arrival)
        ),
    };
    let days = [("10 %", &ahead.day_p10), ("half", &ahead.day_p50)];
    let days = days.into_iter().filter_map(|(share, day)| Some(format!(", {share} by {}", day.as_ref()?)));
    let days: String = days.collect();
    format!("{when}; tokens run out in {} of the runs by {}{days}", percent(ahead.chance), of.until)
}

fn ends(ending: &Ending, currency: &str) -> String {
    let Ending { pack, ends, left, wasted, wasted_money } = ending;
    let worth = wasted_money.filter(|_| wasted.mean > 0.0).map(|worth| format!(", worth {}", money(worth, currency)));
    format!(
        "{} tokens of {pack} end on {ends}; likely wasted: {} (p10 {}, p90 {}){}",
        with_band(left),
        tokens(wasted.mean),
        tokens(wasted.p10),
        tokens(wasted.p90),
        worth.unwrap_or_default()
    )
}

/// The median, with its band where it isn't known for sure.
fn with_band(estimate: &Estimate) -> String {
    match estimate.p10 == estimate.p90 {
        true => tokens(estimate.p50),
        false => format!("{} ({} to {})", tokens(estimate.p50), tokens(estimate.p10), tokens(estimate.p90)),
    }
}

fn teams(alerts: &Alerts) -> String {
    let mut table =
        tables::figures(&["team", "left", "of bought", "runs that run out", "10 % by", "half by", "order by"]);
    for TeamState { team, balance, bought, stock_out, .. } in &alerts.teams {
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".to_owned());
        let share = if bought.p50 > 0.0 { percent(balance.p50 / bought.p50) } else { "-".to_owned() };
        table.add_row([
            team.clone(),
            with_band(balance),
            share,
            percent(stock_out.chance),
            day(&stock_out.day_p10),
            day(&stock_out.day_p50),
            day(&stock_out.order_by),
        ]);
    }
    tables::lines(&table)
}

fn footer(alerts: &Alerts) -> String {
    let card = &alerts.card;
    let known = match alerts.known {
        Known::Scenario => "as the scenario says",
        Known::Simulated => "as the runs up to the day leave it (median, p10 to p90)",
        Known::Log => "as the log leaves it",
    };
    let rare = 1.0 - alerts.service_level;
    // Fewer than one of so many runs out of them all: none that is seen says nothing.
    let few = match (1.0 / rare - 1e-9).ceil() {
        least if f64::from(card.replications) < least && least.is_finite() => format!(
            " So few runs can't tell whether more than {} run out: --replications {least} are the least.",
            percent(rare)
        ),
        _ => String::new(),
    };
    format!(
        "Left: {known}. Order by: with a lead time of {}, an order of that day arrives before more than {} of the runs have \
         run out. {}, seed {}, to {}, flexcast {}.{few}",
        counted(alerts.lead_time_days as u64, "day"),
        percent(rare),
        counted(card.replications.into(), "run"),
        card.seed,
        alerts.until,
        card.version
    )
}
