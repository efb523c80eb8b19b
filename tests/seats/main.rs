//! Who should have a subscription: known answers, with people who use exactly so many windows.

#[path = "../desk/mod.rs"]
mod desk;

mod climb;
mod known;
mod search;
mod told;
mod worlds;

use desk::Desk;
use serde_json::Value;

const BY_THE_PIECE: &str = "[{from: 1, each: 3.00}]";
const LIST: &str = "{AutoCAD: 2030, Revit: 3025}";

/// Opens a product on the first so many days of the year, for an hour.
const DAILY: &str = r#"
describe("Uses a product on the first days of the year.");
parameter("product", "product", "AutoCAD", "opened");
parameter("days", "count", 10, "how many days");
fn day(me, today) {
    let place = today.date - date("2027-01-01");
    if place >= 0 && place < me.days { me.uses(me.product, hours(9), hours(10)); }
}
"#;

/// A year without a token on hand; `rest` is the rest of the scenario.
fn office(tokens: &str, subscriptions: &str, rest: &str) -> Desk {
    office_with("[]", tokens, subscriptions, rest)
}

/// The same with packs on hand.
fn office_with(packs: &str, tokens: &str, subscriptions: &str, rest: &str) -> Desk {
    let desk = Desk::new(&format!(
        "
name: Office
start: 2027-01-01
end: 2027-12-31
products:
  AutoCAD: {{rate: 7}}
  Revit: {{rate: 10}}
  Layout: {{rate: 2, add_in_of: AutoCAD, loads_with_host: true}}
prices: {{tokens: {tokens}, subscriptions: {subscriptions}}}
teams: {{design: {{packs: {packs}}}}}
forecast: {{replications: 4, seed: 7}}
people:
{rest}
"
    ));
    desk.write("daily.rhai", DAILY);
    desk
}

/// A group whose users each have so many windows.
fn group(name: &str, count: u32, product: &str, days: u32, more: &str) -> String {
    format!(
        "  - {{group: {name}, count: {count}, team: design, access: [AutoCAD, Revit], behaviour: ./daily.rhai, \
         with: {{product: {product}, days: {days}}}{more}}}\n"
    )
}

fn found(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("seats scenario.yaml --json {arguments}"))).unwrap()
}

/// The figures of a mix.
fn mix<'a>(found: &'a Value, name: &str) -> &'a Value {
    let mixes = found["mixes"].as_array().unwrap();
    mixes.iter().find(|mix| mix["mix"] == name).unwrap_or_else(|| panic!("{name}: {mixes:#?}"))
}

fn number(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path}: {value:#}"))
}

/// User and advice, in order.
fn advice(found: &Value) -> Vec<(&str, &str)> {
    let users = found["users"].as_array().unwrap();
    users.iter().map(|user| (user["user"].as_str().unwrap(), user["advice"].as_str().unwrap())).collect()
}
