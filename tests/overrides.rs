//! What-ifs change what is written before it is read: where a path leads, what it may add, and what each error says.

use std::path::Path;

use flexcast::scenario::{Access, GivenValue, Loaded, Override, Per, Scenario, ScenarioFile};
use flexcast::tokens::Tokens;

const SCENARIO: &str = "
start: 2027-01-01
end: 2027-12-31
rates: rates.yaml
products:
  Point Layout: {rate: 2, add_in_of: AutoCAD}
teams:
  design:
    packs: [{id: p1, bought: 2026-05-10, size: 5000, left: 2310}, {bought: 2026-11-02, size: 500}]
  visuals: {}
people:
  - {group: architects, count: 40, team: design, access: [Revit], behaviour: office_week}
  - {user: piet@harbour.example, team: design, access: [AutoCAD]}
purchases:
  - {on: 2027-03-01, team: design, tokens: 5000, id: p3}
";

fn file() -> ScenarioFile {
    let folder = tempfile::tempdir().unwrap();
    // The rate sheet is read with each variant, so the folder stays.
    let folder = folder.keep();
    std::fs::write(
        folder.join("rates.yaml"),
        "effective: 2025-11-01\nproducts: {Revit: {rate: 10}, AutoCAD: {rate: 7}}",
    )
    .unwrap();
    std::fs::write(folder.join("scenario.yaml"), SCENARIO).unwrap();
    ScenarioFile::open(&folder.join("scenario.yaml")).unwrap()
}

fn loaded(changes: &[(&str, &str)]) -> Loaded {
    let changes: Vec<_> = changes.iter().map(|(path, value)| Override::written(path, value).unwrap()).collect();
    file().load_with(&changes)
}

fn changed(changes: &[(&str, &str)]) -> Scenario {
    let loaded = loaded(changes);
    assert_eq!(loaded.diagnostics, [], "{changes:?}");
    loaded.scenario.unwrap()
}

#[test]
fn a_change_stands_where_its_path_leads() {
    let whole = |count: u64| Tokens::parse(&count.to_string()).unwrap();
    assert_eq!(changed(&[("people.architects.count", "45")]).users.len(), 46);
    assert_eq!(changed(&[("people.1.count", "2")]).users.len(), 3);
    assert_eq!(changed(&[("teams.design.packs.p1.left", "7")]).packs[0].left, whole(7));
    assert_eq!(changed(&[("teams.design.packs.2.size", "700")]).packs[1].size, whole(700));
    assert_eq!(changed(&[("purchases.p3.tokens", "100")]).packs[2].size, whole(100));
    assert_eq!(changed(&[("start", "2027-02-01")]).first_day.to_string(), "2027-02-01");
    let piet = changed(&[("people.\"piet@harbour.example\".access", "all")]).users[40].clone();
    assert_eq!(piet.memberships[0].access, Access::All);
    let replaced = changed(&[("people.architects", "{count: 3, team: visuals}")]);
    assert_eq!((replaced.users.len(), replaced.groups[0].name.as_str()), (4, "architects"));
}

#[test]
fn keys_that_were_left_out_and_whole_items_may_be_added() {
    let with = changed(&[("people.architects.with.forgets_weekend", "0")]).groups[0].behaviour.clone().unwrap().with;
    assert_eq!((with[0].name.as_str(), &with[0].value), ("forgets_weekend", &GivenValue::Integer(0)));
    assert_eq!(changed(&[("rules.grace", "0s")]).rules.grace.seconds(), 0);
    let rate = |scenario: &Scenario, name: &str| {
        scenario.products.iter().find(|product| product.name == name).map(|product| (product.rate, product.per))
    };
    let ten = changed(&[("products.Revit.rate", "12.5"), ("products.Revit.per", "day")]);
    assert_eq!(rate(&ten, "Revit"), Some((Tokens::parse("12.5"), Per::Day)), "a product of the rate sheet");
    assert!(rate(&changed(&[("products.Maya", "{rate: 6}")]), "Maya").is_some());
    let more = changed(&[
        ("purchases.p4", "{on: 2027-05-01, team: design, tokens: 300}"),
        ("purchases.p4.tokens", "400"),
        ("teams.visuals.packs.v1", "{bought: 2026-12-01, size: 50}"),
        ("events.1", "{on: 2027-02-01, rate: {product: Revit, tokens: 12}}"),
        ("people.interns", "{count: 2, team: design, access: all}"),
    ]);
    let packs: Vec<_> = more.packs.iter().map(|pack| (pack.id.as_str(), pack.size.to_string())).collect();
    assert_eq!(packs[2..], [("v1", "50".into()), ("p3", "5000".into()), ("p4", "400".into())]);
    assert_eq!((more.users.len(), more.events.len()), (43, 1));
}

#[test]
fn what_is_wrong_says_so_at_the_change() {
    let check = |path: &str, value: &str, message: &str, marked: &str, hint: &str| {
        let found = loaded(&[(path, value)]).diagnostics;
        let [error] = &found[..] else { panic!("{path}: {found:?}") };
        assert_eq!(error.message, message);
        let place = error.place.as_ref().unwrap();
        assert_eq!((place.source.name.as_str(), place.line), ("<what-if>", 1), "{path}");
        let at: String =
            place.source.line(1).chars().skip(place.column as usize - 1).take(place.length as usize).collect();
        assert_eq!(at, marked, "{path}");
        let hints = [&error.expected, &error.help].map(|hint| hint.clone().unwrap_or_default()).join("; ");
        assert!(hints.contains(hint), "{path}: {hints}");
    };
    check("peple.architects.count", "45", "unknown key `peple`", "peple", "did you mean `people`?");
    check("people.architcts.count", "45", "`people` has no `architcts`", "architcts", "did you mean `architects`?");
    check("people.architects.cuont", "45", "unknown key `cuont`", "cuont", "did you mean `count`?");
    check("people.architects.count", "many", "`many` is not a count", "many", "a whole number from 1 on");
    check("people.architects.count.x", "1", "nothing can stand under `people.architects.count`", "x", "a single value");
    let piet = "people.piet@harbour.example.access";
    let quoted = "people.\"piet@harbour.example\"";
    check(piet, "all", "`people` has no `piet@harbour`", "piet@harbour", quoted);
    check("teams.desgn.packs.p1.left", "1", "`teams` has no `desgn`", "desgn", "did you mean `design`?");
    check("teams.design.packs.p2.left", "1", "`teams.design.packs` has no `p2`", "p2", "did you mean `p1`?");
    check("teams.visuals.packs.p1.left", "1", "`teams.visuals.packs` has no `p1`", "p1", "nothing stands there");
    check("teams.design.packs.p1.left", "5001", "a pack with more left than its size", "5001", "at most 5000");
    check("products.Revti.rate", "1", "unknown product `Revti`", "Revti", "did you mean `Revit`?");
    check("products.Point Layot", "{rate: 3, rat: 1}", "unknown key `rat`", "rat", "did you mean `rate`?");
    check("products.Point Layot", "{rate:3}", "unknown key `rate:3`", "rate:3", "a space after the colon: `rate: 3`");
    check("purchases.p9.tokens", "1", "`purchases` has no `p9`", "p9", "did you mean `p3`?");
    check("forecast.seed", "1", "a what-if can't change `forecast`", "forecast", "same seed");
}

#[test]
fn a_path_must_be_one_and_a_value_one_value() {
    for (path, value) in [("people..count", "1"), ("", "1"), ("start", "1\nend: 2"), ("start", "a: b"), ("start", "[")]
    {
        assert!(Override::written(path, value).is_err(), "{path}: {value}");
    }
    let change = Override::written("people.architects", "{count: 3, access: [Revit, \"AutoCAD\"]}").unwrap();
    assert_eq!((change.path(), &*change.value()), ("people.architects", "{count: 3, access: [Revit, AutoCAD]}"));
}

#[test]
fn what_stands_at_a_path_can_be_asked() {
    let file = file();
    let change = [Override::written("people.architects.count", "45").unwrap()];
    assert_eq!(file.value(&[], "people.architects.count"), Ok(GivenValue::Integer(40)));
    assert_eq!(file.value(&change, "people.architects.count"), Ok(GivenValue::Integer(45)));
    let why = file.value(&[], "people.architects.access.2").unwrap_err();
    assert_eq!(why.message, "no value stands at `people.architects.access.2`");
    assert!(ScenarioFile::open(Path::new("no such file")).is_err());
}
