//! What a scenario as written means: names become ids, days instants, and what is left out has its default.

use std::fs;

use flexcast::calendar::rfc3339;
use flexcast::diagnostic::Diagnostic;
use flexcast::ids::{ProductId, TeamId};
use flexcast::meter::{Rules, TeamChoice};
use flexcast::scenario::{Access, CoverKind, ForecastSettings, GivenValue, Loaded, Money, Per, Scenario, load};
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
    assert_eq!(studio.forecast, ForecastSettings { replications: 50, ..ForecastSettings::default() });
    assert_eq!(studio.prices.tokens[1].each, Money(2_700_000));
    assert_eq!((studio.prices.step, studio.prices.subscriptions.len()), (Some(Tokens::whole(100)), 1));
    assert_eq!(studio.calendars[0].weekend, [false, false, false, false, false, true, true]);
    assert_eq!(studio.calendars[1].weekend, [false, false, false, false, true, true, false]);
    let off: Vec<_> = studio.calendars[1].days_off.iter().map(ToString::to_string).collect();
    assert_eq!(off, ["2027-01-01", "2027-12-30", "2027-12-31"]);
}

#[test]
fn scripts_can_be_checked_although_there_are_errors() {
    let loaded = loaded(&STUDIO.replace("2027-12-31\nzone", "2026-12-31\nzone"));
    assert!(loaded.scenario.is_none());
    assert_eq!(
        loaded.diagnostics.iter().map(|error| &error.message).collect::<Vec<_>>(),
        ["the end is before the start"]
    );
    assert_eq!(loaded.behaviours.iter().map(|(group, _)| group.as_str()).collect::<Vec<_>>(), ["architects"]);
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
