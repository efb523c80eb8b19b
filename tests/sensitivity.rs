//! `flexcast sensitivity`, and the forecast's split of its spread, on scenarios whose answers are known.

mod desk;

use desk::Desk;
use serde_json::Value;

/// Everyone opens the product at nine with a chance, for an hour: each time a window of its own. So what burns is 10 tokens for each
/// success of a coin that is thrown for every user and day.
const COIN: &str = r#"
describe("Opens a product at nine, with a chance.");
parameter("chance", "chance", 0.5, "opens it on a day");
fn day(me, today) {
    if chance(me.chance) {
        me.uses("Revit", hours(9), hours(10));
    }
}
"#;

/// Groups of so many users, each with a chance, for 40 days.
fn coins(groups: &[(u32, &str)]) -> Desk {
    let people = groups.iter().zip(["ants", "bees", "cats"]).map(|((count, chance), name)| {
        format!(
            "  - {{group: {name}, count: {count}, team: all, behaviour: ./coin.rhai, with: {{chance: {chance}}}}}\n"
        )
    });
    let desk = Desk::new(&format!(
        "start: 2027-01-01
end: 2027-02-09
products: {{Revit: {{rate: 10}}}}
teams: {{all: {{packs: [{{bought: 2027-01-01, size: 100000}}], default_access: [Revit]}}}}
people:
{}forecast: {{replications: 400, seed: 5}}
",
        people.collect::<String>()
    ));
    desk.write("coin.rhai", COIN);
    desk
}

const EVEN: &str = "{from: 0.4, to: 0.6}";

/// The variance of the burn in squared tokens that so many throws of an uncertain coin give: that of the coin, and that of the days.
fn variances(throws: f64, from: f64, to: f64) -> (f64, f64) {
    let (mean, of_coin) = ((from + to) / 2.0, (to - from) * (to - from) / 12.0);
    (100.0 * throws * throws * of_coin, 100.0 * throws * (mean * (1.0 - mean) - of_coin))
}

fn json(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.done(arguments)).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn twins_tell_how_much_of_the_spread_is_the_parameters() {
    let desk = coins(&[(3, EVEN)]);
    desk.done("forecast scenario.yaml --out out --replications 300");
    let uncertainty = desk.json("out/forecast.json")["uncertainty"].clone();
    let (coin, days) = variances(120.0, 0.4, 0.6);
    let known = coin / (coin + days);
    let [share, low, high] = ["share", "low", "high"].map(|key| number(&uncertainty["burn"][key]));
    assert!((share - known).abs() < 0.12 && low < known && known < high, "{share} ({low} to {high}) against {known}");
    assert_eq!(uncertainty["twins"], 200);
    assert_eq!(uncertainty["parameters"][0]["distribution"], "0.4 to 0.6");
    assert_eq!(uncertainty["waste"], Value::Null);
    // Where nothing is uncertain nothing is said of it.
    let plain = coins(&[(3, "0.5")]);
    plain.done("forecast scenario.yaml --out out --replications 5");
    assert_eq!(plain.json("out/forecast.json").get("uncertainty"), None);
}

#[test]
fn the_variance_is_shared_out_as_it_is_known_to_be() {
    let desk = coins(&[(1, EVEN), (2, EVEN), (3, "0.5")]);
    let found = json(&desk, "sensitivity scenario.yaml --full --replications 800 --json");
    let ((ants, of_ants), (bees, of_bees)) = (variances(40.0, 0.4, 0.6), variances(80.0, 0.4, 0.6));
    let (_, of_cats) = variances(120.0, 0.5, 0.5);
    let days = of_ants + of_bees + of_cats;
    let whole = ants + bees + days;
    assert!((number(&found["sd"]) / whole.sqrt() - 1.0).abs() < 0.05, "{}", found["sd"]);
    assert!((number(&found["mean"]) - 1200.0).abs() < 5.0, "{}", found["mean"]);
    assert_eq!((found["simulations"].as_u64(), found["moved"].is_null()), (Some(5 * 800), true));
    for (name, variance) in [("ants.chance", ants), ("bees.chance", bees), ("daily chance", days)] {
        let rows = found["parameters"].as_array().unwrap();
        let row = rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name}"));
        // What a day brings hangs on the chance too, but so little that both shares are nearly the same.
        for kind in ["first", "total"] {
            let [share, low, high] = ["share", "low", "high"].map(|key| number(&row[kind][key]));
            let known = variance / whole;
            assert!((share - known).abs() < 0.12, "{name}: {kind} {share} ({low} to {high}) against {known}");
            assert!(low < share && share < high && high - low < 0.5, "{name}: {kind} {low} to {high}");
        }
    }
}

#[test]
fn one_at_a_time_gives_the_known_effects_on_common_draws() {
    let desk = coins(&[(1, EVEN), (3, "{from: 0.2, to: 0.7}"), (2, "0.5")]);
    let found = json(&desk, "sensitivity scenario.yaml --replications 200 --json --out out");
    let names: Vec<_> = found["parameters"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["bees.chance", "ants.chance"]);
    let bees = &found["parameters"][0];
    assert_eq!(
        (&bees["middle"], &bees["low"]["value"], &bees["high"]["value"]),
        (&"0.45".into(), &"0.225".into(), &"0.675".into())
    );
    // 120 throws, 0.225 to either side.
    for (end, sign) in [("low", -1.0), ("high", 1.0)] {
        let change = &bees[end]["change"];
        let (mean, half_width) = (number(&change["mean"]), number(&change["half_width"]));
        assert!((mean - sign * 270.0).abs() < 1.5 * half_width && half_width < 8.0, "{mean} ± {half_width}");
    }
    assert_eq!(
        number(&bees["swing"]),
        number(&bees["high"]["change"]["mean"]) - number(&bees["low"]["change"]["mean"])
    );
    let rows = desk.rows("out/sensitivity.csv");
    assert_eq!((rows.len(), rows[0]["parameter"].as_str()), (2, "bees.chance"));
    assert_eq!(desk.json("out/sensitivity.json"), found);
    assert!(desk.text("out/tornado.svg").contains("bees.chance"));
    let said = desk.done("sensitivity scenario.yaml --replications 20");
    assert!(said.starts_with("bees.chance moves the burn most: by "), "{said}");
}

#[test]
fn where_nothing_is_uncertain_every_plain_number_is_moved() {
    let desk = coins(&[(5, "0.9"), (10, "0.5")]);
    let found = json(&desk, "sensitivity scenario.yaml --replications 50 --json");
    assert_eq!(found["moved"], 0.2);
    let ends: Vec<_> = found["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            [&row["name"], &row["low"]["value"], &row["middle"], &row["high"]["value"]]
                .map(|text| text.as_str().unwrap())
        })
        .collect();
    // The rate moves everything; of the bees there are more to lose; a chance can't be more than 1; of five people a fifth is one.
    assert_eq!(ends[0], ["products.Revit.rate", "8", "10", "12"]);
    for known in [
        ["people.bees.count", "8", "10", "12"],
        ["people.ants.count", "4", "5", "6"],
        ["bees.chance", "0.4", "0.5", "0.6"],
        ["ants.chance", "0.72", "0.9", "1"],
    ] {
        assert!(ends.contains(&known), "{known:?} in {ends:?}");
    }
    let rate = &found["parameters"][0];
    let base = number(&found["base"]["mean"]);
    assert!((number(&rate["high"]["change"]["mean"]) - 0.2 * base).abs() < 1e-6 * base);
    let said = desk.done("sensitivity scenario.yaml --replications 5 --move 10% --by waste");
    assert!(said.contains("moved by 10 % of itself"), "{said}");
    let said = desk.done("sensitivity scenario.yaml --full --replications 50 --move 0.3");
    assert!(
        said.contains("taken for uncertain by 30 % of themselves") && said.contains("250 runs in 5 samples"),
        "{said}"
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let desk = coins(&[(2, EVEN), (2, "{one_of: [0.1, 0.9]}")]);
    for way in ["", "--full"] {
        let [one, more] = [1, 3].map(|threads| {
            desk.done(&format!("sensitivity scenario.yaml {way} --replications 30 --threads {threads} --out out"));
            ["sensitivity.json", "sensitivity.csv", "tornado.svg"].map(|name| desk.bytes(&format!("out/{name}")))
        });
        assert!(one == more, "{way}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let desk = coins(&[(2, EVEN)]);
    for (arguments, code, told) in [
        ("--by burns", 2, "expected one of burn, avoidable, waste"),
        ("--move 120%", 2, "expected a share such as 20% or 0.2"),
        ("--by cost", 1, "no cost is known"),
    ] {
        let output = desk.run(&format!("sensitivity scenario.yaml {arguments}"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(code) && said.contains(told), "{said}");
    }
}
