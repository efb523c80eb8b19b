//! Scripts with `what_if`: what the shipped ones find where the answer is known, that variants share their draws, and what
//! each mistake says.

mod desk;

use desk::Desk;
use serde_json::Value;

/// Everybody opens Revit at 09:00 and closes it at 17:30 on each of the 20 working days: 200 tokens each.
const EXACT: &str = "
name: Exact
start: 2027-01-04
end: 2027-01-31
currency: EUR
products: {Revit: {rate: 10}}
prices: {tokens: [{from: 100, each: 3.00}, {from: 500, each: 2.00}]}
teams:
  design: {packs: [{id: p1, bought: 2026-05-10, size: 1000}]}
  visuals: {packs: [{id: p2, bought: 2026-01-10, size: 300}]}
people:
  - group: architects
    count: 4
    team: design
    access: all
    behaviour: office_week
    with: {attendance: 1, spread: 0s, forgets_night: 0, forgets_weekend: 0}
  - {user: piet@harbour.example, team: visuals, access: all}
purchases:
  - {on: 2027-01-11, team: design, tokens: 100, id: more}
forecast: {replications: 3, seed: 7}
";

fn desk(script: &str) -> Desk {
    let desk = Desk::new(EXACT);
    desk.write("mine.rhai", &format!("describe(\"Mine.\");\nfn what_if(scenario) {{\n{script}\n}}\n"));
    desk
}

fn found(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("what-if scenario.yaml {arguments} --json"))).unwrap()
}

/// Label, mean burn, chance of a stock-out of each row.
fn rows(found: &Value) -> Vec<(&str, f64, f64)> {
    let number = |row: &Value, path: &str| row.pointer(path).and_then(Value::as_f64).unwrap();
    found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["label"].as_str().unwrap(), number(row, "/burn/mean"), number(row, "/stock_out/chance")))
        .collect()
}

fn notes(found: &Value) -> Vec<&str> {
    found["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect()
}

#[test]
fn sweep_shows_one_value_after_another() {
    let desk = Desk::new(EXACT);
    let sweep = "sweep --with path=people.architects.count --with from=2 --with to=6 --with steps=3 --out out";
    let found = found(&desk, sweep);
    let count = |count: &str| format!("people.architects.count: {count}");
    assert_eq!(
        rows(&found),
        [
            ("as it is", 800.0, 0.0),
            (count("2").as_str(), 400.0, 0.0),
            (count("4").as_str(), 800.0, 0.0),
            // Six need 1,200 and have 1,100.
            (count("6").as_str(), 1100.0, 1.0)
        ]
    );
    assert_eq!(found["rows"][1]["difference"]["burn"], serde_json::json!({"mean": -400.0, "half_width": 0.0}));
    assert_eq!(found["rows"][0]["difference"], Value::Null);
    assert_eq!(found["rows"][0]["cost"]["mean"], 300.0, "100 tokens of 3 each");
    // The pack of the other team ends on 10 January.
    assert_eq!(found["rows"][0]["waste"]["mean"], 300.0);
    assert_eq!(found, desk.json("out/what_if.json"));
    let table = desk.rows("out/what_if.csv");
    assert_eq!((table.len(), &*table[3]["burn"], &*table[3]["burn_difference"]), (4, "1100", "300"));
}

#[test]
fn grid_shows_every_combination() {
    let desk = Desk::new(EXACT);
    let grid = "grid --with path=people.architects.count --with from=5 --with to=7 --with path2=purchases.more.tokens \
                --with from2=100 --with to2=500 --with steps2=2";
    let found = found(&desk, grid);
    let burned: Vec<_> = rows(&found).iter().map(|(_, burn, out)| (*burn, *out)).collect();
    let of_grid = [(1000.0, 0.0), (1000.0, 0.0), (1100.0, 1.0), (1200.0, 0.0), (1100.0, 1.0), (1400.0, 0.0)];
    assert_eq!((burned[0], &burned[1..]), ((800.0, 0.0), &of_grid[..]));
    assert_eq!(found["rows"][2]["cost"]["mean"], 1000.0, "500 tokens of 2 each");
}

#[test]
fn threshold_finds_the_last_value_that_is_good_enough() {
    let desk = Desk::new(EXACT);
    let people = found(&desk, "threshold --with path=people.architects.count --with from=1 --with to=40");
    assert_eq!(notes(&people), ["The largest value that is good enough: 5. Tokens run out in 0.0 % of the runs."]);
    let size = "threshold --with path=teams.design.packs.p1.size --with from=200 --with to=2000 --with step=50";
    assert_eq!(
        notes(&found(&desk, size)),
        ["The smallest value that is good enough: 700. Tokens run out in 0.0 % of the runs."]
    );
    let never = found(&desk, "threshold --with path=people.architects.count --with from=1 --with to=3");
    assert!(notes(&never)[0].contains("is at or under the bound"), "{:?}", notes(&never));
}

#[test]
fn a_variant_is_forecast_once_and_tells_its_figures() {
    let desk = desk(
        r#"
        let five = scenario.having("people.architects.count", 5).named("five");
        let result = five.forecast();
        let again = scenario.having("people.architects.count", 5).forecast(3);
        if result.burn != 1000.0 || again.burn(0.5) != 1000.0 || result.burn_half_width != 0.0 { throw "burn"; }
        if result.of("design").burn != 1000.0 || result.of("visuals").waste != 300.0 { throw "teams"; }
        if result.of_group("architects").burn != 1000.0 || result.of_product("Revit").avoidable != 0.0 { throw "parts"; }
        if result.stock_out != 0.0 || result.stock_out_low != 0.0 || result.stock_out_high < 0.5 { throw "chance"; }
        if result.denials != 0.0 || result.cost != 300.0 || result.of("visuals").cost != 0.0 { throw "rest"; }
        if five.value("people.architects.count") != 5 || scenario.value("name") != "Exact" { throw "values"; }
        if scenario.having("name", "Other").value("name") != "Other" { throw "changed"; }
        if numbers(0.1, 0.5, 5)[2] != 0.3 || numbers(1, 3, 3).len() != 3 { throw "numbers"; }
        show(result);
        show(again, "again");
        show(result.of("design"), "design alone");
        show(scenario.forecast(1));
        note(`burned ${result.burn}`);
        "#,
    );
    let found = found(&desk, "./mine.rhai");
    let labels: Vec<_> = rows(&found).iter().map(|row| row.0).collect();
    assert_eq!(labels, ["five", "again", "design alone", "as it is"]);
    assert_eq!((&found["forecasts"], notes(&found)), (&Value::from(2), vec!["burned 1000.0"]));
    assert_eq!(found["rows"][2]["difference"], Value::Null, "nothing else about the same part is shown before it");
    let one = &found["rows"][3];
    assert_eq!((&one["replications"], &one["burn"]["half_width"]), (&Value::from(1), &Value::Null));
    let screen = desk.done("what-if scenario.yaml ./mine.rhai");
    for said in ["Exact: 2027-01-04 to 2027-01-31, what if?", "  five ", "design alone", "burned 1000.0", "2 forecasts"]
    {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
}

/// Draws hang on seed, replication, user and day: what one group does leaves the other as it was.
#[test]
fn variants_share_their_draws_on_any_number_of_threads() {
    let noisy =
        EXACT.replace("attendance: 1, spread: 0s", "attendance: 0.8, spread: 30m").replace("size: 1000", "size: 5000");
    let desk = Desk::new(&noisy);
    let sweep = "sweep --with path=people.architects.count --with from=4 --with to=5 --with steps=2 --replications 60";
    let found = found(&desk, &format!("{sweep} --threads 1"));
    let half_width = |at: &Value| at["half_width"].as_f64().unwrap();
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows[1]["difference"]["burn"], serde_json::json!({"mean": 0.0, "half_width": 0.0}));
    let (own, paired) = (half_width(&rows[2]["burn"]), half_width(&rows[2]["difference"]["burn"]));
    assert!(paired < own * 0.6 && paired > 0.0, "the fifth alone: {paired} of {own}");
    let again = desk.done(&format!("what-if scenario.yaml {sweep} --threads 3 --json"));
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), found);
    let other = desk.done(&format!("what-if scenario.yaml {sweep} --seed 8 --json"));
    assert_ne!(serde_json::from_str::<Value>(&other).unwrap()["rows"], found["rows"]);
}

fn refused(script: &str) -> String {
    let output = desk(script).run("what-if scenario.yaml ./mine.rhai --replications 1");
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true), "{script}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_wrong_says_where() {
    let check = |script: &str, said: &[&str]| {
        let told = refused(script);
        for said in said {
            assert!(told.contains(said), "{script}: no {said} in\n{told}");
        }
    };
    let misspelt = r#"scenario.having("people.architcts.count", 5);"#;
    check(misspelt, &["`people` has no `architcts`", "./mine.rhai:3:10", "did you mean `architects`?"]);
    let late =
        "let many = scenario.having(\"people.architects.count\", \"many\")\n    .named(\"x\");\nshow(many.forecast());";
    check(late, &["`many` is not a count", "./mine.rhai:3:21", "a whole number from 1 on"]);
    let consequence = r#"scenario.having("teams.design.packs", []).having("teams.visuals.packs", 3).forecast();"#;
    check(consequence, &["`3` is not a list", "./mine.rhai:3:"]);
    let elsewhere = r#"scenario.having("products", "{AutoCAD: {rate: 7}}").named("no Revit").forecast();"#;
    check(
        elsewhere,
        &["unknown product `Revit`, the default of `products`", "in the variant `no Revit`", "scenario.yaml:"],
    );
    check(r#"show(scenario.forecast().of("desgn"));"#, &["unknown team `desgn`", "did you mean `design`?"]);
    check(
        r#"scenario.forecast().of_group("architects").waste;"#,
        &["the group `architects` has no `waste` of its own"],
    );
    check("scenario.forecast().burn_half_width;", &["one replication has no interval"]);
    check("scenario.forecast().burn(90);", &["`90` isn't a share"]);
    check("scenario.forecast(0);", &["`0` replications can't be run"]);
    check("scenario.having(\"name\", scenario);", &["this can't stand in a scenario"]);
    check("scenario.having(\"start\", \"a: b\");", &["mapping values are not allowed", "./mine.rhai:3:10"]);
    check("while true { }", &["not done after 10 million steps", "look for a loop that never ends"]);
    check("for n in 0..2000 { note(`${n}`); }", &["more than 1000 notes in one run"]);
    check(
        "for n in 1..2000 { scenario.having(\"name\", `n${n}`).forecast(1); }",
        &["more than 1000 forecasts in one run"],
    );
    check(
        "let v = scenario; for n in 0..200 { v = v.having(\"name\", `n${n}`); }",
        &["more than 100 changes in one variant"],
    );
    check(
        "while true { scenario.having(\"name\", \"x\"); }",
        &["more than 10000 variants built in one run", "look for a loop that never ends"],
    );
    check("scenario.forecst();", &["unknown function `forecst`", "did you mean `forecast`?"]);
    check("let x = scenario.forecast().brun;", &["no property `brun`"]);
    check("chance(0.5);", &["`chance` has no meaning inside `what_if`"]);
}

#[test]
fn a_script_serves_only_where_its_hook_is_called() {
    let refused = |desk: &Desk, arguments: &str, said: &[&str]| {
        let output = desk.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        said.iter().for_each(|said| assert!(told.contains(said), "no {said} in\n{told}"));
    };
    let person = Desk::new(&EXACT.replace("behaviour: office_week", "behaviour: sweep"));
    refused(&person, "check scenario.yaml", &["`sweep` describes what-ifs, not people", "scenario.yaml:16:"]);
    let desk = Desk::new(EXACT);
    refused(&desk, "what-if scenario.yaml office_week", &["`office_week` describes people, not what-ifs", "`sweep`"]);
    refused(&desk, "what-if scenario.yaml swep", &["unknown", "`swep`", "did you mean `sweep`?"]);
    refused(
        &desk,
        "what-if scenario.yaml sweep --with pth=x",
        &["`sweep` has no parameter `pth`", "did you mean `path`?"],
    );
    refused(&desk, "what-if scenario.yaml sweep --with path=a --with steps=1.5", &["`1.5` isn't a whole number"]);
    refused(&desk, "what-if scenario.yaml sweep", &["`sweep` needs a parameter `path`"]);
}

#[test]
fn a_script_has_no_other_files_read() {
    for change in [
        r#""people.architects.behaviour", "/etc/passwd""#,
        r#""people.architects.behaviour", "./secret.rhai""#,
        r#""people.architects", "{group: architects, team: design, behaviour: ./secret.rhai}""#,
        r#""rates", "./secret.txt""#,
    ] {
        let told = refused(&format!("show(scenario.having({change}).forecast(1));"));
        assert!(told.contains("a script can't have another file read"), "{told}");
    }
}
