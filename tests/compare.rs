//! `compare`: what it finds where the answer is known, its bounds and exit codes, stored results, and what each mistake says.

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
forecast: {replications: 8, seed: 7}
what_if:
  a larger purchase: {purchases.more.tokens: 500}
  two more: {people.architects.count: 6}
  half of them: {people.architects.count: 2}
  some forget: {people.architects.with.forgets_weekend: 0.2}
";

fn found(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.done(&format!("compare {arguments} --json"))).unwrap()
}

fn number(of: &Value, path: &str) -> f64 {
    of.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path} of {of:#}"))
}

/// Name, mean and change of a figure, in the order shown.
fn rows<'a>(found: &'a Value, figure: &str) -> Vec<(&'a str, f64, f64)> {
    let row = |row: &'a Value| {
        let of = |path: &str| number(row, &format!("/{figure}/{path}"));
        (row["name"].as_str().unwrap(), of("mean"), of("change/mean"))
    };
    found["variants"].as_array().unwrap().iter().map(row).collect()
}

/// The bounds crossed: by what.
fn crossed(desk: &Desk, arguments: &str) -> (i32, Vec<String>) {
    let output = desk.run(&format!("compare scenario.yaml {arguments}"));
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said.lines().map(str::to_owned).collect())
}

#[test]
fn variants_are_ordered_by_what_they_change() {
    let desk = Desk::new(EXACT);
    let found = found(&desk, "scenario.yaml --out out");
    let burn = rows(&found, "burn");
    assert_eq!(burn[..2], [("half of them", 400.0, -400.0), ("two more", 1100.0, 300.0)]);
    assert_eq!((burn[2].0, burn[3]), ("some forget", ("a larger purchase", 800.0, 0.0)));
    assert!(burn[2].2 > 0.0, "who forgets burns more");
    // 800 of the pack of 1,000, at 2 each; 100 more of it, and another 100 at 3 each.
    let cost = rows(&found, "burn_cost");
    assert_eq!((cost[0].2, cost[1].2), (-800.0, 200.0 * 2.0 + 100.0 * 3.0));
    assert_eq!(number(&found, "/base/waste_cost/mean"), 900.0, "300 of the other team at 3 each");
    assert_eq!(rows(&found, "cost")[3].2, 700.0, "500 at 2 rather than 100 at 3");
    assert_eq!(rows(&found, "stock_out")[1].1, 1.0, "six need 1,200 and have 1,100");
    let effect = found.pointer("/variants/0/burn/change").unwrap();
    assert_eq!((number(effect, "/low"), number(effect, "/high"), number(effect, "/share")), (-400.0, -400.0, -0.5));
    assert_eq!(effect["beyond_chance"], true);
    assert_eq!(found.pointer("/variants/3/burn/change/beyond_chance").unwrap(), false);
    assert_eq!(found.pointer("/variants/1/teams/1/burn/change/mean").unwrap(), 0.0, "visuals burn what they burned");
    assert_eq!(found, desk.json("out/compare.json"));
    let table = desk.rows("out/compare.csv");
    let row = table.iter().find(|row| row["name"] == "two more" && row["figure"] == "burn" && row["team"] == "design");
    assert_eq!((row.unwrap()["mean"].as_str(), row.unwrap()["change"].as_str()), ("1100", "300"));
    assert_eq!(row.unwrap()["changes"], "people.architects.count: 6");
    for picture in ["out/tornado.svg", "out/tornado.png"] {
        assert!(!desk.bytes(picture).is_empty());
    }
}

#[test]
fn the_first_line_answers_the_question() {
    let desk = Desk::new(EXACT);
    for (arguments, answer) in [
        ("", "Exact: half of them changes the burn most, of 4 variants: -400 tokens (-50 %), beyond chance."),
        (
            "--by stock_out",
            "Exact: two more changes the chance of a stock-out most, of 4 variants: +100 points, beyond chance.",
        ),
        (
            "--by cost",
            "Exact: a larger purchase changes the cost of what is bought most, of 4 variants: +700 EUR (+233.3 %), beyond chance.",
        ),
        ("--by waste", "Exact: none of 4 variants changes the waste."),
    ] {
        let said = desk.done(&format!("compare scenario.yaml {arguments}"));
        assert_eq!(said.lines().next().unwrap(), answer);
    }
}

#[test]
fn what_is_compared_can_be_chosen() {
    let desk = Desk::new(EXACT);
    desk.write("bigger.yaml", &EXACT.replace("count: 4", "count: 5").replace("name: Exact", "name: Bigger"));
    let names = |arguments: &str| {
        let mut found = desk.command(arguments);
        found.args(["--what-if", "two more", "--json"]);
        let found: Value = serde_json::from_slice(&found.output().unwrap().stdout).unwrap();
        rows(&found, "burn").iter().map(|(name, _, change)| format!("{name} {change}")).collect::<Vec<_>>()
    };
    assert_eq!(names("compare scenario.yaml"), ["two more 300"]);
    assert_eq!(names("compare scenario.yaml bigger.yaml"), ["two more 300", "bigger.yaml 200"]);
    assert_eq!(rows(&found(&desk, "scenario.yaml bigger.yaml"), "burn"), [("bigger.yaml", 1000.0, 200.0)]);
    // A change of the scenario is one of its variants too.
    let fewer = found(&desk, "scenario.yaml --set people.architects.with.attendance=0");
    assert_eq!(rows(&fewer, "burn").iter().map(|row| row.1).sum::<f64>(), 0.0);
}

#[test]
fn bounds_end_with_exit_code_4() {
    let desk = Desk::new(EXACT);
    let more = "two more";
    for (bound, expected) in [
        ("stock_out>1%", vec![format!("crossed: stock_out>1%: {more}: 100 % (chance alone doesn't explain it)")]),
        ("burn>+20%", vec![format!("crossed: burn>+20%: {more}: +37.5 % (chance alone doesn't explain it)")]),
        ("burn>+300", vec![]),
        ("burn>=+300", vec![format!("crossed: burn>=+300: {more}: +300 (chance alone doesn't explain it)")]),
        ("burn<500", vec!["crossed: burn<500: half of them: 400 (chance alone doesn't explain it)".to_owned()]),
        ("cost>300", vec!["crossed: cost>300: a larger purchase: 1,000 (chance alone doesn't explain it)".to_owned()]),
        ("stock_out>+100%", vec![]),
    ] {
        let (code, said) = crossed(&desk, &format!("--fail-if {bound}"));
        assert_eq!((code, said), (if expected.is_empty() { 0 } else { 4 }, expected), "{bound}");
    }
    // A value bounds what the others are compared with too.
    let (code, said) = crossed(&desk, "--fail-if waste>=300 --fail-if stock_out>1%");
    assert_eq!((code, said.len()), (4, 6), "{said:?}");
    // The results are there before.
    let (_, said) = crossed(&desk, "--fail-if stock_out>1% --out out --json");
    assert_eq!(said[1], "wrote to out: compare.json, compare.csv, tornado.svg, tornado.png");
    assert_eq!(desk.json("out/compare.json")["crossed"][0]["name"], more);
}

#[test]
fn results_hang_on_no_number_of_threads() {
    let desk = Desk::new(EXACT);
    let run = |threads: &str| desk.done(&format!("compare scenario.yaml --json --threads {threads}"));
    assert_eq!(run("1"), run("3"));
}

/// A folder as `forecast --out` leaves it: one team's burn in each replication, where the tokens run out beyond 900.
fn store(desk: &Desk, folder: &str, seed: u64, burned: &[&str]) {
    let card = format!(
        r#"{{"card": {{"version": "{}", "scenario": "Exact", "first_day": "2027-01-04", "last_day": "2027-01-31",
             "zone": "UTC", "seed": {seed}, "replications": {}}}, "currency": "EUR", "more": 1}}"#,
        env!("CARGO_PKG_VERSION"),
        burned.len()
    );
    let mut table =
        "replication,team,burn,burn_cost,avoidable,waste,denials,stock_out,left,bought,bought_cost\n".to_owned();
    for (number, burn) in burned.iter().enumerate() {
        let out = u8::from(burn.parse::<f64>().unwrap() > 900.0);
        for team in ["all teams", "design"] {
            table += &format!("{number},{team},{burn},1600,0,0.5,{out},{out},300,100,300\n");
        }
    }
    std::fs::create_dir_all(desk.path(folder)).unwrap();
    desk.write(&format!("{folder}/forecast.json"), &card);
    desk.write(&format!("{folder}/replications.csv"), &table);
}

#[test]
fn a_stored_result_is_compared_in_pairs_where_its_draws_are_the_same() {
    let desk = Desk::new(EXACT);
    store(&desk, "same", 7, &["700", "700.5", "700", "700.5", "700", "700.5", "700", "1000"]);
    store(&desk, "seed", 8, &["700"; 8]);
    store(&desk, "fewer", 7, &["700", "701"]);
    let all = found(&desk, "scenario.yaml same seed fewer");
    let variant = |name: &str| {
        let variants = all["variants"].as_array().unwrap();
        variants.iter().find(|variant| variant["name"] == name).unwrap()
    };
    let why = |name: &str| variant(name)["notes"][0].as_str().unwrap().rsplit(": ").next().unwrap().to_owned();
    assert_eq!(variant("same")["paired"], true);
    assert_eq!(number(variant("same"), "/burn/change/mean"), -62.3125);
    assert_eq!(number(variant("same"), "/stock_out/change/mean"), 0.125);
    assert_eq!((variant("seed")["paired"].clone(), why("seed")), (false.into(), "its seed is 8, not 7".to_owned()));
    assert_eq!(why("fewer"), "it has 2 replications, not 8");
    assert_eq!(number(variant("fewer"), "/burn/change/mean"), -99.5);
    let lacks = variant("same")["notes"].to_string();
    assert!(lacks.contains("as it lacks them: visuals"), "{lacks}");
    let alone = found(&desk, "scenario.yaml seed");
    assert_eq!(alone.pointer("/variants/0/paired").unwrap(), true, "run with its seed");
    // The stored result first: the scenario is run as it was, and what has changed since is bounded.
    let since = desk.run("compare same scenario.yaml --fail-if burn>+5% --json");
    let found: Value = serde_json::from_slice(&since.stdout).unwrap();
    assert_eq!((since.status.code(), found["variants"][0]["paired"].clone()), (Some(4), true.into()));
    assert_eq!(number(&found, "/variants/0/burn/change/mean"), 62.3125);
}

#[test]
fn a_forecast_is_stored_as_compare_reads_it() {
    let desk = Desk::new(EXACT);
    desk.done("forecast scenario.yaml --out stored --replications 5 --seed 3");
    let since = found(&desk, "stored scenario.yaml");
    assert_eq!(since.pointer("/variants/0/paired").unwrap(), true, "the scenario is run as the stored result was");
    assert_eq!(since["card"]["replications"], 5);
    for figure in ["burn", "avoidable", "waste", "stock_out", "denials", "burn_cost", "waste_cost", "cost"] {
        let change = since.pointer(&format!("/variants/0/{figure}/change/mean"));
        assert_eq!(change.and_then(Value::as_f64), Some(0.0), "{figure}");
    }
    let other_seed = found(&desk, "stored scenario.yaml --seed 4");
    assert_eq!(other_seed.pointer("/variants/0/paired").unwrap(), false);
}

#[test]
fn a_forecast_has_bounds_too() {
    let desk = Desk::new(EXACT);
    for (bound, code, said) in [
        ("waste>300", 0, ""),
        ("waste>=300", 4, "crossed: waste>=300: Exact: 300 (chance alone doesn't explain it)"),
        ("burn>+5%", 2, "use `flexcast compare`"),
        ("stock_out>1", 2, "`1` would be every run: write 1% or 100%"),
    ] {
        let output = desk.run(&format!("forecast scenario.yaml --out out --fail-if {bound}"));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(said) && output.status.code() == Some(code), "{bound}: {error}");
    }
}

#[test]
fn what_differs_in_more_than_draws_is_said() {
    let desk = Desk::new(EXACT);
    let other = EXACT.replace("end: 2027-01-31", "end: 2027-01-24").replace("currency: EUR", "currency: USD");
    desk.write("other.yaml", &other);
    desk.write("free.yaml", &EXACT.replace("prices:", "# prices:").replace("visuals", "views"));
    let found = found(&desk, "scenario.yaml other.yaml free.yaml");
    let [other, free] = ["other.yaml", "free.yaml"].map(|name| {
        let variants = found["variants"].as_array().unwrap();
        variants.iter().find(|variant| variant["name"] == name).unwrap()
    });
    for (variant, notes) in [
        (other, &["its horizon is 2027-01-04 to 2027-01-24, not 2027-01-04 to 2027-01-31", "another currency"][..]),
        (free, &["only one of them has prices", "it lacks them: visuals", "it alone has them: views"]),
    ] {
        let said = variant["notes"].to_string();
        notes.iter().for_each(|note| assert!(said.contains(note), "{note}: {said}"));
    }
    assert_eq!(other.pointer("/burn_cost/change").unwrap(), &Value::Null);
    assert_eq!(number(other, "/burn/change/mean"), -200.0);
}

#[test]
fn each_mistake_names_the_remedy() {
    let desk = Desk::new(EXACT);
    desk.write("plain.yaml", EXACT.split("what_if:").next().unwrap());
    desk.write("free.yaml", &EXACT.replace("prices:", "# prices:"));
    store(&desk, "good", 7, &["1"]);
    let broken = |folder: &str, file: &str, change: fn(String) -> String| {
        store(&desk, folder, 7, &["1", "2"]);
        let path = format!("{folder}/{file}");
        desk.write(&path, &change(desk.text(&path)));
    };
    broken("no_card", "forecast.json", |text| text.replace("seed", "sed"));
    broken("more", "forecast.json", |text| text.replace("\"replications\": 2", "\"replications\": 3"));
    broken("no_column", "replications.csv", |text| text.replace(",burn,", ",brun,"));
    broken("no_number", "replications.csv", |text| text.replace("2,1600", "two,1600"));
    broken("twice", "replications.csv", |text| text.replace("1,design", "0,design"));
    broken("cut", "replications.csv", |text| text.lines().take(4).map(|line| format!("{line}\n")).collect());
    broken("some", "replications.csv", |text| text.replacen(",1600,", ",,", 1));
    std::fs::create_dir(desk.path("empty")).unwrap();
    for (arguments, code, said) in [
        ("plain.yaml", 1, "there is nothing to compare `plain.yaml` with"),
        ("scenario.yaml --what-if halv", 1, "unknown what-if `halv`"),
        ("good scenario.yaml --set name=x", 1, "--set is of no use: `good` is a stored result"),
        ("good scenario.yaml --what-if x", 1, "--what-if is of no use"),
        ("good", 1, "there is nothing to compare `good` with"),
        ("scenario.yaml empty", 1, "can't read `empty/forecast.json`"),
        ("scenario.yaml no_card", 1, "`no_card/forecast.json` is no stored forecast: missing field `seed`"),
        ("scenario.yaml more", 1, "has 2 replications, and the forecast.json beside it tells of 3"),
        ("scenario.yaml no_column", 1, "column `burn` is missing"),
        ("scenario.yaml no_number", 1, "`two` in column `burn` can't be read"),
        ("scenario.yaml twice", 1, "replication 0 of `design` isn't in its place"),
        ("scenario.yaml cut", 1, "team `design` hasn't the same replications as all teams"),
        ("scenario.yaml some", 1, "`burn_cost` is given for some replications only"),
        ("scenario.yaml missing.yaml", 1, "can't read `missing.yaml`"),
        ("free.yaml --fail-if cost>5", 1, "`cost>5` can't be judged: as it is has no prices"),
        ("scenario.yaml --fail-if brun>5", 2, "did you mean burn?"),
        ("scenario.yaml --by brun", 2, "expected one of burn, avoidable"),
    ] {
        let output = desk.run(&format!("compare {arguments}"));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(said), "{arguments}: {error}");
        assert_eq!(output.status.code(), Some(code), "{arguments}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}
