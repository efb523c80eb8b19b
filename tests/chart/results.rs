//! The pictures of plans and of seats, on results that are made up of the offices'.

use std::path::Path;

use flexcast::chart::{Entry, Picture, Stored};
use flexcast::diagnostic::Source;
use flexcast::forecast::{Forecast, TeamForecast};
use serde_json::{Value, json};

use super::assert_readable;
use super::offices::offices;
use super::texts::texts;

/// Draws a picture of a result as a command would have stored it.
fn drawn(name: &str, result: &Value) -> Picture {
    let stored = Stored::read(&Source::new("result.json", result.to_string())).unwrap();
    Entry::of(name).unwrap().draw(&stored).unwrap().unwrap()
}

/// A plan that buys what the office buys, each order placed five days before it is there.
fn plan(forecast: &Forecast) -> Value {
    let orders = |team: &TeamForecast| {
        let order = |pack: &flexcast::forecast::PackForecast| {
            let arrives = pack.enters.clone()?;
            let order_by = flexcast::calendar::Day::parse(&arrives).unwrap().plus(-5).to_string();
            let (team, tokens) = (&team.team, pack.size);
            Some(json!({"order_by": order_by, "arrives": arrives, "ends": pack.ends, "team": team, "tokens": tokens,
                "each": 3.0, "cost": tokens * 3.0}))
        };
        team.packs.iter().filter_map(order).collect::<Vec<_>>()
    };
    let of_team = |team: &TeamForecast| {
        let days: Vec<Value> = team.days.iter().map(|day| json!({"day": day.day, "balance": day.balance})).collect();
        let out = &team.stock_out;
        let without = json!({"chance": 1.0, "day_p10": out.day_p10, "day_p50": out.day_p50, "missing": team.burn.mean});
        json!({"team": team.team, "stock_out": out, "without_plan": without, "missing": 0.0, "burn": team.burn,
            "expired": team.expired, "expired_money": null, "left": team.left, "left_ends": null, "reorder": null,
            "packs": team.packs, "days": days})
    };
    let mut all: Vec<Value> = forecast.teams.iter().flat_map(orders).collect();
    all.sort_by_key(|order| order["order_by"].to_string());
    json!({"card": forecast.card, "currency": forecast.currency, "question": "service_level", "asked": 0.99,
        "achieved": {"share": 0.992, "low": 0.98, "high": 0.997, "reached": true}, "too_dear": false,
        "unbounded_cost": null, "shared": false,
        "runs": {"demand": 100, "demand_seed": 1, "verification": 100, "verification_seed": 2, "rounds": 1},
        "terms": {"order_dates": ["month_starts"], "lead_time_days": 5, "order_cost": 0.0, "interest": 0.0, "budget": null,
            "step": 100.0, "smallest_order": 100.0},
        "orders": all, "tokens": 1e5, "cost": 3e5, "interest": null,
        "own": {"purchases": [], "cost": null, "buyers": [], "left_out": []},
        "all": of_team(&forecast.all), "teams": forecast.teams.iter().map(of_team).collect::<Vec<_>>(),
        "compared": [], "bound": null})
}

/// Groups of the office, with so many users of each product.
fn seats(forecast: &Forecast, users: u32) -> Value {
    let cost = forecast.all.burn;
    let products = || forecast.products.iter().take(3);
    let pairs = || forecast.groups.iter().take(6).flat_map(|group| products().map(move |product| (group, product)));
    let rows: Vec<Value> = pairs()
        .flat_map(|(group, product)| (1..=users).map(move |number| (group, product, number)))
        .map(|(group, product, number)| {
            json!({"user": format!("{}-{number}", group.name), "group": group.name, "product": product.name,
                "advice": if number % 2 == 0 { "subscribe" } else { "tokens" }, "near": number == 1, "windows": cost,
                "tokens": cost, "token_cost": cost, "expected_cost": cost.mean, "subscription": cost.mean * 0.9,
                "tokens_dearer": 0.4})
        })
        .collect();
    let groups: Vec<Value> = pairs()
        .map(|(group, product)| {
            json!({"group": group.name, "product": product.name, "users": users, "subscribe": 1, "have": 0, "near": 0,
                "windows": 200.0, "token_cost": cost, "subscription": cost.mean, "saves": {"mean": 1.0, "half_width": null}})
        })
        .collect();
    let nothing = json!({"mean": 0.0, "half_width": null});
    json!({"card": forecast.card, "chosen_on_seed": 1, "chosen_on_replications": 100, "currency": "EUR", "days": 365,
        "is_a_year": true, "service_level": 0.99, "too_few_runs": null, "budget": null, "token_prices": [],
        "break_even": [], "mixes": [], "groups": groups, "rest": {"shared_tokens": nothing, "as_it_is": null},
        "users": rows, "left_out": [], "to_try": []})
}

/// Each picture of each office, with its name.
fn pictures() -> Vec<(String, Picture)> {
    let of_office = |(office, made_up): (&'static str, super::fixture::Office)| {
        let forecast = made_up.forecast();
        let mut pictures = vec![("plan", plan(&forecast))];
        if !forecast.groups.is_empty() {
            pictures.extend([("seats", seats(&forecast, 1)), ("seats", seats(&forecast, 30))]);
        }
        let place = |(place, (name, result)): (usize, (&str, Value))| {
            (format!("{office}/{name}-{place}"), drawn(name, &result))
        };
        pictures.into_iter().enumerate().map(place).collect::<Vec<_>>()
    };
    offices().into_iter().flat_map(of_office).collect()
}

#[test]
fn no_text_of_a_plan_or_of_seats_is_cut_or_lies_on_another() {
    for (name, picture) in pictures() {
        assert_readable(&name, &texts(&picture.svg));
    }
}

#[test]
fn a_plan_says_what_to_order_when() {
    let (_, office) = offices().swap_remove(0);
    let said: Vec<String> =
        texts(&drawn("plan", &plan(&office.forecast())).svg).into_iter().map(|text| text.words).collect();
    for words in [
        "order 25k for design by 24 Feb 2027, there 1 Mar",
        "order 30k for design by 28 May 2027, there 2 Jun",
        "order 500 for engineering by 3 Sep 2027, there 8 Sep",
        "order +25k",
    ] {
        assert!(said.iter().any(|said| said == words), "{words}: {said:?}");
    }
    let (_, teams) = offices().swap_remove(3);
    let said = texts(&drawn("plan", &plan(&teams.forecast())).svg);
    let lines = said.iter().filter(|text| text.words.contains(" by ") && text.words.starts_with("order")).count();
    assert_eq!(lines, 35);
    assert!(said.iter().any(|text| text.words == "and 109 later orders"));
}

/// For eyes, as the forecast's pictures.
#[test]
fn plans_and_seats_can_be_looked_at() {
    if std::env::var_os("LOOK_AT_PICTURES").is_none() {
        eprintln!("skipped: LOOK_AT_PICTURES isn't set");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    for (name, picture) in pictures() {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file.with_extension("svg"), picture.svg).unwrap();
    }
}
