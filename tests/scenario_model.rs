//! What a scenario as written means: names become ids, days instants, and what is left out has its default.

use std::fs;

use flexcast::calendar::rfc3339;
use flexcast::diagnostic::Diagnostic;
use flexcast::ids::{ProductId, TeamId, UserId};
use flexcast::meter::{Rules, TeamChoice};
use flexcast::scenario::{
    Access, CoverKind, ForecastSettings, GivenValue, Loaded, Money, Per, Ranges, ReportSettings, Scenario, ShortStarts,
    load,
};
use flexcast::time::Span;
use flexcast::tokens::Tokens;

const RATES: &str = "
effective: 2025-11-01
products:
  Revit: {rate: 10, source: a page, as_of: 2021-12-01}
  AutoCAD: {rate: 7}
";

const STUDIO: &str = "
start: 2027-01-01
end: 2027-12-31
zone: Europe/Amsterdam
currency: EUR
rates: rates.yaml
products:
  Render: {rate: 0.5, per: result}
  Revit: {released: 2027-04-01, withdrawn: 2027-09-01T12:00:00Z}
  Point Layout: {add_in_of: AutoCAD, loads_with_host: true}
prices:
  tokens: [{from: 100, each: 3.00}, {from: 5000, each: 2.70}]
  step: 100
  subscriptions: {AutoCAD: 2030}
calendars:
  nl: {weekend: [fri, sat], days_off: [{from: 2027-12-30, until: 2027-12-31}, 2027-01-01, 2027-12-31]}
teams:
  design:
    plan: premium
    packs: [{id: p1, bought: 2026-05-10, size: 5000, left: 2310.5}, {bought: 2026-11-02, size: 500}]
    default_access: [AutoCAD]
  engineering: {}
people:
  - group: architects
    count: 3
    team: design
    access: all
    calendar: nl
    behaviour: office_week
    with: {attendance: 0.9, count: 3, late: true, arrives: 09:00, products: [Revit, AutoCAD]}
  - user: piet
    teams: [engineering, design]
    access: [AutoCAD]
    zone: America/New_York
    subscriptions: [{product: Revit, from: 2026-09-01, until: 2027-08-31}]
    trials: [{product: AutoCAD, from: 2027-01-10T09:00:00Z, until: 2027-02-08T09:00:00Z, identity: other}]
  - {user: guest, teams: []}
  - {user: anna, team: design}
purchases:
  - {on: 2027-03-01T23:30:00Z, team: engineering, tokens: 5000, id: p3}
  - {on: 2027-03-01, team: design, tokens: 100}
  - {on: 2027-03-01, team: design, tokens: 200}
rules: {grace: 0s, team_choice: random}
forecast: {replications: 50}
";

fn loaded(studio: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rates.yaml"), RATES).unwrap();
    fs::write(folder.path().join("studio.yaml"), studio).unwrap();
    load(&folder.path().join("studio.yaml"))
}

fn studio() -> Scenario {
    let loaded = loaded(STUDIO);
    assert_eq!(loaded.diagnostics, []);
    loaded.scenario.unwrap()
}

#[test]
fn days_begin_at_midnight_in_the_zone_and_the_end_is_exclusive() {
    let studio = studio();
    assert_eq!(
        (rfc3339(studio.start), rfc3339(studio.end)),
        ("2026-12-31T23:00:00Z".into(), "2027-12-31T23:00:00Z".into())
    );
    assert_eq!((studio.name.as_str(), studio.currency.as_str()), ("studio", "EUR"));
    assert_eq!(studio.inputs.len(), 2);
}

#[test]
fn products_of_the_sheet_come_first_and_are_overridden_key_by_key() {
    let products = studio().products;
    let shown = |index: usize| {
        let product = &products[index];
        (product.name.as_str(), product.rate.map(|rate| rate.to_string()), product.per, product.add_in_of)
    };
    assert_eq!(shown(0), ("Revit", Some("10".into()), Per::Day, None));
    assert_eq!(shown(1), ("AutoCAD", Some("7".into()), Per::Day, None));
    assert_eq!(shown(2), ("Render", Some("0.5".into()), Per::Result, None));
    assert_eq!(shown(3), ("Point Layout", None, Per::Day, Some(ProductId(1))));
    assert!(products[3].loads_with_host);
    assert_eq!(products[0].released.map(rfc3339).as_deref(), Some("2027-03-31T22:00:00Z"));
    assert_eq!(products[0].withdrawn.map(rfc3339).as_deref(), Some("2027-09-01T12:00:00Z"));
}

#[test]
fn packs_last_a_year_from_the_day_of_purchase_in_the_zone() {
    let packs = studio().packs;
    let shown: Vec<String> = packs
        .iter()
        .map(|pack| {
            let (enters, ends) = (rfc3339(pack.enters), rfc3339(pack.ends));
            let kind = if pack.on_hand { "on hand" } else { "planned" };
            format!("{} {} {kind} {}/{} {} {enters} {ends}", pack.id, pack.team.0, pack.left, pack.size, pack.bought)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "p1 0 on hand 2310.5/5000 2026-05-10 2026-12-31T23:00:00Z 2027-05-09T22:00:00Z",
            "design-2026-11-02 0 on hand 500/500 2026-11-02 2026-12-31T23:00:00Z 2027-11-01T23:00:00Z",
            "p3 1 planned 5000/5000 2027-03-02 2027-03-01T23:30:00Z 2028-03-01T23:00:00Z",
            "design-2027-03-01 0 planned 100/100 2027-03-01 2027-02-28T23:00:00Z 2028-02-29T23:00:00Z",
            "design-2027-03-01-2 0 planned 200/200 2027-03-01 2027-02-28T23:00:00Z 2028-02-29T23:00:00Z",
        ]
    );
}

#[test]
fn people_become_users_with_teams_access_and_covers() {
    let studio = studio();
    let names: Vec<_> = studio.users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["architects-1", "architects-2", "architects-3", "piet", "guest", "anna"]);
    let groups: Vec<_> = studio.groups.iter().map(|group| (group.users.clone(), group.calendar)).collect();
    assert_eq!(groups, [(0..3, 1), (3..4, 0), (4..5, 0), (5..6, 0)]);
    let access = |user: usize| studio.users[user].memberships.iter().map(|at| (at.team, at.access.clone()));
    assert!(access(0).eq([(TeamId(0), Access::All)]));
    let own = Access::List(vec![ProductId(1)]);
    assert!(access(3).eq([(TeamId(1), own.clone()), (TeamId(0), own)]));
    assert!(access(4).eq([]));
    assert!(access(5).eq([(TeamId(0), Access::TeamDefault)]));
    let covers = &studio.users[3].covers;
    assert_eq!((covers[0].kind, rfc3339(covers[0].until)), (CoverKind::Subscription, "2027-08-31T22:00:00Z".into()));
    assert_eq!((covers[1].kind, rfc3339(covers[1].until)), (CoverKind::Trial, "2027-02-08T09:00:00Z".into()));
    assert_eq!(covers[1].identity.as_deref(), Some("other"));
    assert_eq!((studio.groups[0].zone.name(), studio.groups[1].zone.name()), ("Europe/Amsterdam", "America/New_York"));
}

#[test]
fn a_team_keeps_its_plan() {
    let plans: Vec<_> = studio().teams.into_iter().map(|team| team.plan).collect();
    assert_eq!(plans, [Some("premium".to_owned()), None]);
}

#[test]
fn parameters_are_kept_as_written() {
    let behaviour = studio().groups[0].behaviour.clone().unwrap();
    assert_eq!(behaviour.script, "office_week");
    let values: Vec<_> = behaviour.with.into_iter().map(|given| (given.name, given.value)).collect();
    let text = |text: &str| GivenValue::Text(text.into());
    assert_eq!(
        values,
        [
            ("attendance".into(), GivenValue::Number(0.9)),
            ("count".into(), GivenValue::Integer(3)),
            ("late".into(), GivenValue::Bool(true)),
            ("arrives".into(), text("09:00")),
            ("products".into(), GivenValue::List(vec![text("Revit"), text("AutoCAD")])),
        ]
    );
}

#[test]
fn settings_have_their_defaults() {
    let studio = studio();
    let rules = Rules { grace: Span::default(), team_choice: TeamChoice::Random, ..Rules::default() };
    assert_eq!(studio.rules, rules);
    assert_eq!(studio.reports, ReportSettings { short_starts: ShortStarts::Counted, ranges: Ranges::CompletedMonths });
    assert_eq!(studio.forecast, ForecastSettings { replications: 50, precision: None, ..ForecastSettings::default() });
    assert_eq!(studio.prices.tokens[1].each, Money(2_700_000));
    assert_eq!((studio.prices.step, studio.prices.subscriptions.len()), (Some(Tokens::whole(100)), 1));
    assert_eq!(studio.calendars[0].weekend, [false, false, false, false, false, true, true]);
    assert_eq!(studio.calendars[1].weekend, [false, false, false, false, true, true, false]);
    let off: Vec<_> = studio.calendars[1].days_off.iter().map(ToString::to_string).collect();
    assert_eq!(off, ["2027-01-01", "2027-12-30", "2027-12-31"]);
}

/// Where a fact of one office is asked for: an event or two, put under these people.
fn office(events: &str) -> Scenario {
    let loaded = loaded(&format!(
        "
start: 2027-01-01
end: 2027-12-31
zone: Europe/Amsterdam
products: {{Revit: {{rate: 10}}, AutoCAD: {{rate: 7}}}}
teams: {{design: {{packs: [{{id: p1, bought: 2026-05-10, size: 500}}]}}, visuals: {{guest_defaults: true}}}}
people:
  - {{group: architects, count: 2, teams: [design, visuals], access: all, guest: true}}
  - {{user: piet, team: design}}
purchases: [{{on: 2027-03-01, team: visuals, tokens: 100, id: p2}}]
events:
{events}"
    ));
    assert_eq!(loaded.diagnostics, []);
    loaded.scenario.unwrap()
}

fn happened(office: &Scenario) -> Vec<String> {
    office.events.iter().map(|event| format!("{} {:?}", rfc3339(event.at), event.what)).collect()
}

#[test]
fn events_are_in_the_order_of_instants_and_then_of_writing() {
    let office = office(
        "  - {on: 2027-07-01, merge: design, into: visuals}
  - {on: 2027-02-01T12:00:00Z, move: p1, to: visuals}
  - {on: 2027-02-01, withdraw: Revit}
  - {on: 2027-07-01, release: Revit}
  - {on: 2028-02-01, rate: {product: AutoCAD, tokens: 7.5}}
  - {on: 2027-08-01, default_access: {team: design, access: []}}
",
    );
    assert_eq!(
        happened(&office),
        [
            "2027-01-31T23:00:00Z Withdraw(ProductId(0))",
            "2027-02-01T12:00:00Z Move { pack: 0, to: TeamId(1) }",
            "2027-06-30T22:00:00Z Merge { from: TeamId(0), into: TeamId(1) }",
            "2027-06-30T22:00:00Z Release(ProductId(0))",
            "2027-07-31T22:00:00Z DefaultAccess { team: TeamId(0), products: None }",
            "2028-01-31T23:00:00Z Rate { product: ProductId(1), tokens: Tokens(7500000) }",
        ]
    );
    assert_eq!(office.holdings(), [(0, TeamId(0)), (1, TeamId(1)), (0, TeamId(1))]);
}

#[test]
fn groups_grow_and_shrink_and_users_come_and_go() {
    let office = office(
        "  - {on: 2027-02-01, join: {group: architects, count: 2}}
  - {on: 2027-03-01, leave: {group: architects, count: 2}}
  - {on: 2027-04-01, join: {group: architects, count: 1}}
  - {on: 2027-05-01, leave: {user: architects-1}}
  - {on: 2027-06-01, leave: {group: architects}}
  - {on: 2027-07-01, join: {user: architects-3}}
  - {on: 2027-02-01, join: {user: piet}}
  - {on: 2027-02-01, invite: {user: nina, team: design, accepts_after: 3d}}
",
    );
    let names: Vec<_> = office.users.iter().map(|user| (user.name.as_str(), user.existing)).collect();
    let architects = ["architects-1", "architects-2", "architects-3", "architects-4", "architects-5"];
    assert_eq!(names[..5], architects.map(|name| (name, true)));
    assert_eq!(names[5..], [("piet", true), ("nina", false)]);
    assert_eq!(office.groups[0].users, 0..5);
    let there = |user: usize| {
        let first_of = |month: i64| office.start + Span::from_seconds((month * 31 - 10) * 86_400);
        (1..=7).map(|month| if office.users[user].is_there(first_of(month)) { 'x' } else { '.' }).collect::<String>()
    };
    // From 22 January to 26 July, month by month.
    let spans = ["xxxx...", "xxxxx..", ".x....x", ".x.....", "...xx..", ".xxxxxx", "xxxxxxx"];
    assert_eq!([0, 1, 2, 3, 4, 5, 6].map(there), spans);
    assert!(office.users[1].is_there_from_the_start() && !office.users[4].is_there_from_the_start());
    let joined = happened(&office).into_iter().filter(|event| event.contains("UserId(4)")).collect::<Vec<_>>();
    assert_eq!(joined.len(), 3, "two teams, and out of them again: {joined:?}");
    assert!(joined[0].contains("access: All, guest: true }, mail: false"), "{}", joined[0]);
    assert_eq!([5, 6].map(|user| office.first_team(UserId(user))), [Some(TeamId(0)); 2]);
}

/// Who is out of the group, but joins by name before any leave, wasn't there before.
#[test]
fn whoever_joins_first_is_outside_until_then() {
    let before = office("  - {on: 2027-03-01, join: {user: architects-2}}\n");
    assert!(!before.users[1].is_there_from_the_start());
    let back =
        office("  - {on: 2027-02-01, leave: {group: architects}}\n  - {on: 2027-03-01, join: {user: architects-2}}\n");
    assert!(back.users[1].is_there_from_the_start());
}

/// The availability with which the meter starts, in a scenario with these keys of Revit and these events.
fn available(keys: &str, events: &str) -> [bool; 2] {
    let text =
        format!("{{start: 2027-01-01, end: 2027-12-31, products: {{Revit: {{rate: 10{keys}}}}}, events: [{events}]}}");
    let loaded = loaded(&text);
    assert_eq!(loaded.diagnostics, []);
    let scenario = loaded.scenario.unwrap();
    let setup = scenario.setup();
    [setup.roster.products[0].available.contains(&scenario.start), !setup.timeline.is_empty()]
}

#[test]
fn a_product_that_an_event_releases_first_isnt_there_before() {
    let (release, withdraw) = ("{on: 2027-03-01, release: Revit}", "{on: 2027-06-01, withdraw: Revit}");
    assert_eq!(available("", ""), [true, false]);
    assert_eq!(available("", release), [false, true]);
    assert_eq!(available("", withdraw), [true, true]);
    assert_eq!(available("", &format!("{release}, {withdraw}")), [false, true]);
    assert_eq!(available(", released: 2027-02-01", ""), [false, false]);
    assert_eq!(available(", released: 2027-02-01", withdraw), [false, true]);
    assert_eq!(available(", withdrawn: 2027-02-01", release), [true, true]);
}

#[test]
fn of_several_sheets_the_last_in_force_holds_at_the_start_and_later_ones_follow() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.yaml", "effective: 2026-01-01\nproducts: {Revit: {rate: 8}, AutoCAD: {rate: 6}}");
    write("b.yaml", "effective: 2026-09-01\nproducts: {Revit: {rate: 9}}");
    write("c.yaml", "effective: 2027-09-01\nproducts: {Revit: {rate: 10}, AutoCAD: {rate: 7}, Maya: {rate: 6}}");
    write(
        "office.yaml",
        "{start: 2027-01-01, end: 2027-12-31, rates: [a.yaml, b.yaml, c.yaml], products: {AutoCAD: {rate: 5}}}",
    );
    let loaded = load(&folder.path().join("office.yaml"));
    assert_eq!(loaded.diagnostics, []);
    let office = loaded.scenario.unwrap();
    let shown = office
        .products
        .iter()
        .map(|product| format!("{} {} {:?}", product.name, product.rate.unwrap(), product.released.map(rfc3339)));
    let expected = ["Revit 9 None", "AutoCAD 5 None", "Maya 6 Some(\"2027-09-01T00:00:00Z\")"];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert_eq!(happened(&office), ["2027-09-01T00:00:00Z Rate { product: ProductId(0), tokens: Tokens(10000000) }"]);
}

#[test]
fn idle_awareness_and_platforms_are_asked_by_name() {
    let office = |rules: &str| {
        let text = format!(
            "{{start: 2027-01-01, end: 2027-12-31, rules: {rules}, \
             products: {{Revit: {{rate: 10, platforms: [windows, linux]}}, AutoCAD: {{rate: 7}}}}}}"
        );
        loaded(&text).scenario.unwrap()
    };
    let aware = |rules: &str| {
        let office = office(rules);
        [(0, "2027"), (1, "2027"), (1, "2026"), (1, "")].map(|(id, version)| office.idle_aware(ProductId(id), version))
    };
    assert_eq!(aware("{}"), [false; 4]);
    assert_eq!(aware("{idle_awareness: off}"), [false; 4]);
    assert_eq!(aware("{idle_awareness: on}"), [true; 4]);
    assert_eq!(aware("{idle_awareness: {AutoCAD: [\"2027\", \"2026.1\"]}}"), [false, true, false, false]);
    assert_eq!(aware("{idle_awareness: {Revit: all}}"), [true, false, false, false]);
    let products = office("{}").products;
    let runs = |product: usize| ["Windows", "linux", "macos", "", "amiga"].map(|on| products[product].runs_on(on));
    assert_eq!([runs(0), runs(1)], [[true, true, false, true, false], [true; 5]]);
}

/// The example of formats.md, but for what isn't there yet.
#[test]
fn the_whole_example_loads() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("rates")).unwrap();
    fs::copy("scenarios/rates/flex.yaml", folder.path().join("rates/flex.yaml")).unwrap();
    fs::copy("tests/events/harbour.yaml", folder.path().join("harbour.yaml")).unwrap();
    let loaded = load(&folder.path().join("harbour.yaml"));
    assert_eq!(loaded.diagnostics, []);
    let scenario = loaded.scenario.unwrap();
    assert_eq!((scenario.users.len(), scenario.events.len()), (42, 12));
    assert_eq!(scenario.teams[0].plan.as_deref(), Some("premium"));
}

#[test]
fn scripts_can_be_checked_although_there_are_errors() {
    let loaded = loaded(&STUDIO.replace("2027-12-31\nzone", "2026-12-31\nzone"));
    assert!(loaded.scenario.is_none());
    assert_eq!(
        loaded.diagnostics.iter().map(|error| &error.message).collect::<Vec<_>>(),
        ["the end is before the start"]
    );
    assert_eq!(loaded.behaviours.iter().map(|(group, _)| group.name.as_str()).collect::<Vec<_>>(), ["architects"]);
    assert_eq!(loaded.products, ["Revit", "AutoCAD", "Render", "Point Layout"]);
}

#[test]
fn the_same_value_may_stand_in_many_places_by_anchors_and_merges() {
    let text = "
start: 2027-01-01
end: 2027-12-31
teams: {design: {}}
people:
  - &anna {user: anna, team: design, access: all}
  - {<<: *anna, user: bob}
";
    let loaded = loaded(text);
    assert_eq!(loaded.diagnostics, Vec::<Diagnostic>::new());
    assert_eq!(loaded.scenario.unwrap().users[1].memberships[0].access, Access::All);
}

#[test]
fn of_thousands_of_unknown_names_the_first_get_a_suggestion() {
    let products: String = (0..2000).map(|n| format!("  Product number {n} of the sheet: {{rate: 7}}\n")).collect();
    let access: String = (0..4000).map(|n| format!("Product numbre {n} of the sheet, ")).collect();
    let text = format!(
        "start: 2027-01-01\nend: 2027-01-31\nproducts:\n{products}teams: {{design: {{}}}}\npeople: [{{user: anna, team: design, access: [{access}]}}]\n"
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let found = flexcast::scenario::load(file.path()).diagnostics;
    assert_eq!(found.len(), 4000);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `Product number 0 of the sheet`?"));
    assert_eq!(found[3999].help, None, "looking for each would take minutes");
}
