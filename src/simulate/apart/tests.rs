//! A replication comes to the same, be its users apart or not.

use std::fs;

use super::super::{Days, Inputs, Outcome, Replication, Usage, Used};
use crate::ids::UserId;
use crate::keys::mix;

/// Opens at few hours, so that many users' fall together, those planned on one day with those of the next. From March on there is
/// more of it than anybody could guess before. Packs have prices of their own, so that it shows who paid with which.
const CROWD: &str = r#"
parameter("products", "products", [], "opened in turn");

fn day(me, today) {
    let busy = if today.month > 2 { 0.8 } else { 0.3 };
    if chance(0.02) { me.leaves(hours(uniform(0, 24))); }
    if chance(0.4) { me.joins(hours(uniform(0, 24))); }
    for product in me.products {
        if !chance(busy) { continue; }
        let device = pick(["desk", "desk", "laptop"]);
        let start = hours(pick([8, 9, 9, 9, 17, 33]));
        if chance(0.2) {
            me.leaves_open(product, start).on(device);
        } else {
            me.uses(product, start, start + pick([minutes(2), minutes(5), hours(3), hours(24), hours(50)])).on(device);
        }
        if chance(0.3) { me.uses(product, start + minutes(2), start + hours(2)).on("desk"); }
    }
    if chance(busy / 2) {
        let at = hours(uniform(6, 22));
        me.orders("Render", at, uniform(1, 20) * 0.5).fails(at + hours(uniform(0, 40)), 0.5);
    }
}
"#;

/// The scenario of a number: rules, sizes of packs and what else happens hang on it.
fn scenario(number: u64) -> String {
    let of = |what: u64, count: u64| mix(&[number, what]) % count;
    let choice = ["earliest_end_date", "first_listed", "random", "most_tokens"][of(1, 4) as usize];
    let shortfall = ["end_session", "allow_until_close"][of(2, 2) as usize];
    let size = |what: u64| [300, 2_000, 9_000, 40_000, 900_000][of(what, 5) as usize];
    let (a, b, c, d) = (size(3), size(4), size(5), size(6));
    let change = "{on: 2027-03-10, rate: {product: Revit, tokens: 12}}, {on: 2027-04-02T13:00:00Z, move: c, to: one}";
    let events = ["", change][of(7, 2) as usize];
    format!(
        r#"
start: 2027-01-01
end: 2027-05-31
products:
  AutoCAD: {{rate: 7}}
  Revit: {{rate: 10}}
  Layout: {{rate: 0.3, add_in_of: AutoCAD, loads_with_host: true}}
  Viewer: {{rate: 0}}
  Render: {{rate: 0.5, per: result}}
prices: {{tokens: [{{from: 100, each: 3.00}}, {{from: 2000, each: 2.50}}, {{from: 9000, each: 2.00}}]}}
teams:
  one: {{packs: [{{id: a, bought: 2026-03-15, size: {a}}}, {{id: b, bought: 2026-04-20, size: {b}}}]}}
  two: {{packs: [{{id: c, bought: 2026-12-01, size: {c}}}], default_access: [AutoCAD, Layout, Revit, Render]}}
purchases:
  - {{on: 2027-04-10T12:30:00Z, team: two, tokens: {d}, id: d}}
people:
  - {{group: crew, count: 9, teams: [one, two], access: all, behaviour: crowd.rhai, with: {{products: [AutoCAD, Revit]}}}}
  - {{group: guests, count: 6, team: two, zone: Asia/Tokyo, behaviour: crowd.rhai, with: {{products: [Revit, Viewer]}}}}
  - {{group: ones, count: 4, team: one, access: all, behaviour: crowd.rhai, with: {{products: [AutoCAD]}}}}
  - {{user: stranger, teams: [], behaviour: crowd.rhai, with: {{products: [AutoCAD]}}}}
  - user: owner
    teams: [two, one]
    access: [AutoCAD, Revit, Layout]
    behaviour: crowd.rhai
    with: {{products: [AutoCAD, Revit]}}
    subscriptions: [{{product: Revit, from: 2026-09-01, until: 2027-03-17}}]
rules: {{team_choice: {choice}, renewal_shortfall: {shortfall}}}
events: [{events}]
"#
    )
}

fn used(usage: &Usage) -> Vec<Vec<Used>> {
    (0..usage.users()).map(|user| usage.of(UserId::from_index(user)).copied().collect()).collect()
}

/// By how many replications what was tried.
#[derive(Default)]
struct Tried {
    apart: u32,
    again: u32,
    refused: u32,
}

fn check(number: u64, tried: &mut Tried) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scenario.yaml");
    fs::write(&path, scenario(number)).unwrap();
    fs::write(folder.path().join("crowd.rhai"), CROWD).unwrap();
    let inputs = Inputs::load(&path).unwrap_or_else(|errors| panic!("{errors:?}"));
    let (setup, days) = (inputs.scenario.setup(), Days::of(&inputs.scenario));
    let new = || Replication::new(&inputs.scenario, &setup, &inputs.library, &days, number);
    let (mut apart, mut together) = (new(), new());
    apart.apart.users = 1 + number as usize % 5;
    for replication in 0..3 {
        let (mut usage, caution) = (Usage::new(inputs.scenario.users.len()), apart.apart.caution);
        let outcome = apart.play_apart(replication, &mut usage);
        let expected: Outcome = together.run(replication, None).unwrap();
        let lived_apart = !apart.apart.planned.is_empty();
        tried.again += u32::from(apart.apart.caution > caution);
        let Some(outcome) = outcome else { continue };
        tried.apart += u32::from(lived_apart);
        tried.refused += u32::from(lived_apart && expected.shortages.cells().iter().any(|count| *count > 0));
        assert!(outcome == expected, "scenario {number}, replication {replication}");
        assert!(used(&usage) == used(together.usage()), "scenario {number}, replication {replication}");
    }
}

#[test]
fn it_comes_to_the_same_as_in_the_order_of_the_clock() {
    let mut tried = Tried::default();
    (0..40).for_each(|number| check(number, &mut tried));
    let Tried { apart, again, refused } = tried;
    assert!(
        apart > 20 && again > 5 && refused > 5,
        "{apart} lived apart, {again} played again, {refused} with denials"
    );
}
