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

/// What is said, however its lines are broken.
fn flat(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
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
    let said = flat(&desk.done("sensitivity scenario.yaml --replications 20"));
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
    let said = flat(&desk.done("sensitivity scenario.yaml --replications 10 --move 10% --by waste"));
    assert!(said.contains("moved by 10 % of itself"), "{said}");
    let said = flat(&desk.done("sensitivity scenario.yaml --full --replications 50 --move 0.3"));
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
            desk.done(&format!("sensitivity scenario.yaml {way} --replications 50 --threads {threads} --out out"));
            ["sensitivity.json", "sensitivity.csv", "tornado.svg"].map(|name| desk.bytes(&format!("out/{name}")))
        });
        assert!(one == more, "{way}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let desk = coins(&[(2, EVEN)]);
    for (arguments, code, told) in [
        ("--by burns", 2, "expected one of burn, avoidable, waste, stock_out, denials, burn_cost, waste_cost, cost"),
        ("--move 120%", 2, "expected a share such as 20% or 0.2"),
        ("--by cost", 1, "`cost` isn't known: the scenario has no prices"),
        ("--by waste_cost", 1, "`waste_cost` isn't known: the scenario has no prices"),
        ("--replications 9", 1, "9 runs are too few to tell an effect from chance"),
        ("--full --replications 49", 1, "49 runs are too few to share the variance out"),
        ("--demand --by waste", 2, "cannot be used with"),
    ] {
        let output = desk.run(&format!("sensitivity scenario.yaml {arguments}"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(code) && said.contains(told), "{arguments}: {said}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn where_tokens_run_out_it_says_that_the_burn_is_capped() {
    let desk = coins(&[(2, EVEN)]);
    // Of 80 throws 40 succeed, at 10 tokens each, and 200 are there.
    let short = "scenario.yaml --set teams.all.packs.1.size=200 --replications 50";
    let said = flat(&desk.done(&format!("sensitivity {short}")));
    assert!(said.contains("Tokens run out in 100 % of the runs"), "{said}");
    assert!(said.contains("--by denials") && said.contains("--demand"), "{said}");
    assert!(
        said.starts_with("Nothing that was moved changes the burn: it stays at 200 tokens. Tokens run out"),
        "{said}"
    );
    let found = json(&desk, &format!("sensitivity {short} --json"));
    let notes = found["notes"].to_string();
    assert!(notes.contains("Tokens run out"), "{notes}");
    assert_eq!((&found["stock_out"], &found["parameters"][0]["high"]["stock_out"]), (&1.0.into(), &1.0.into()));
    assert_eq!(number(&found["parameters"][0]["swing"]), 0.0);
    // What moves demand isn't capped: 80 throws, 0.09 to either side.
    let demand = json(&desk, &format!("sensitivity {short} --demand --json"));
    assert_eq!((&demand["demand"], &demand["stock_out"]), (&true.into(), &0.0.into()));
    assert!((number(&demand["parameters"][0]["swing"]) - 2.0 * 0.09 * 800.0).abs() < 30.0, "{demand}");
    assert!(desk.done(&format!("sensitivity {short} --demand")).starts_with("ants.chance moves the demand most: by "));
    // Denials and the chance of a stock-out aren't capped, and where there are tokens enough there is nothing to say.
    for arguments in [&format!("{short} --by denials"), "scenario.yaml --replications 50"] {
        let said = flat(&desk.done(&format!("sensitivity {arguments}")));
        assert!(!said.contains("run out"), "{said}");
    }
    // The full answer says so too.
    let said = flat(&desk.done(&format!("sensitivity {short} --full")));
    assert!(said.contains("Tokens run out in ") && said.contains("--demand"), "{said}");
}

/// Throws two coins a day; the parameter chooses which of them counts. Nothing hangs on it but chance.
const EITHER: &str = r#"
describe("Opens a product at nine, by one coin or the other.");
parameter("other", "chance", 0.5, "the other coin counts from a half on");
fn day(me, today) {
    let one = chance(0.5);
    let other = chance(0.5);
    let counts = if me.other < 0.5 { one } else { other };
    if counts {
        me.uses("Revit", hours(9), hours(10));
    }
}
"#;

#[test]
fn what_chance_alone_explains_is_no_winner() {
    let desk = coins(&[(2, "0.5")]);
    desk.write("coin.rhai", EITHER);
    let scenario = desk.text("scenario.yaml").replace("chance: 0.5", "other: {from: 0, to: 0.9}");
    desk.write("scenario.yaml", &scenario);
    for seed in 1..=5 {
        let said = flat(&desk.done(&format!("sensitivity scenario.yaml --replications 40 --seed {seed}")));
        let answer =
            "Nothing here stands out from chance at 40 runs for the burn; more runs tell more: --replications 160.";
        assert!(said.starts_with(answer), "{said}");
        assert!(said.contains("± ") && said.contains("~"), "{said}");
    }
    let found = json(&desk, "sensitivity scenario.yaml --replications 40 --seed 1 --json");
    assert_eq!(found["parameters"][0]["beyond_chance"], false);
    assert!(!desk.done("sensitivity scenario.yaml --replications 40 --out out").contains("moves the burn most"));
    assert!(desk.text("out/tornado.svg").contains("Nothing stands out from chance"));
    // A parameter that matters does stand out, and what it moves has no mark.
    let coins = coins(&[(2, EVEN)]);
    let found = json(&coins, "sensitivity scenario.yaml --replications 40 --json");
    assert_eq!(found["parameters"][0]["beyond_chance"], true);
}

#[test]
fn the_full_answer_names_a_winner_only_where_it_is_sure() {
    let desk = coins(&[(2, EVEN), (2, EVEN)]);
    let said = flat(&desk.done("sensitivity scenario.yaml --full --replications 60"));
    assert!(said.starts_with("60 runs don't tell which matters most for the burn: "), "{said}");
    let desk = coins(&[(20, "{from: 0.1, to: 0.9}"), (2, "0.5")]);
    let said = flat(&desk.done("sensitivity scenario.yaml --full --replications 200"));
    assert!(said.starts_with("ants.chance matters most for the burn: "), "{said}");
}

#[test]
fn what_stays_as_it_is_is_said() {
    let scenario = "start: 2027-01-01
end: 2027-03-31
products: {Revit: {rate: 10}}
teams: {all: {packs: [{bought: 2027-01-01, size: 100000}], default_access: [Revit]}}
people:
  - {group: ants, count: 3, team: all, behaviour: office_week, with: {forgets_night: 0}}
";
    let desk = Desk::new(scenario);
    let stays = |arguments: &str| {
        let found = json(&desk, &format!("sensitivity scenario.yaml {arguments} --by denials --json"));
        let moved = found["parameters"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned());
        let moved: Vec<String> = moved.collect();
        let stays = found["stays"].as_array().unwrap().iter().map(|row| {
            let names = row["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            (row["why"].as_str().unwrap().to_owned(), names.collect::<Vec<_>>().join(" "))
        });
        (moved, stays.collect::<Vec<_>>())
    };
    let (moved, quick) = stays("--replications 10");
    // A default below 0 is a way to say "not given".
    assert!(!moved.contains(&"ants.forgets_holiday".to_owned()), "{moved:?}");
    assert!(moved.contains(&"people.ants.count".to_owned()) && moved.contains(&"ants.attendance".to_owned()));
    let of = |stays: &[(String, String)], word: &str| {
        stays.iter().find(|(why, _)| why.contains(word)).map(|(_, names)| names.clone()).unwrap_or_default()
    };
    assert_eq!(of(&quick, "below 0"), "ants.forgets_holiday");
    assert_eq!(of(&quick, "are 0"), "ants.forgets_night");
    assert_eq!(of(&quick, "times of day"), "ants.arrives ants.leaves");
    assert_eq!(quick.len(), 3);
    let (_, full) = stays("--full --replications 50");
    assert_eq!(of(&full, "without --full"), "people.ants.count products.Revit.rate");
    assert_eq!(full.len(), 4);
    let said = flat(&desk.done("sensitivity scenario.yaml --full --replications 50"));
    assert!(said.contains("Not moved: people.ants.count, products.Revit.rate"), "{said}");
    // One that is given is a number like others.
    desk.write("scenario.yaml", &scenario.replace("forgets_night: 0", "forgets_holiday: 0.3"));
    assert!(stays("--replications 10").0.contains(&"ants.forgets_holiday".to_owned()));
    // With something uncertain plain numbers stay, and it says how they are moved.
    desk.write("scenario.yaml", &scenario.replace("forgets_night: 0", "attendance: {from: 0.5, to: 0.9}"));
    let said = flat(&desk.done("sensitivity scenario.yaml --replications 10"));
    assert!(said.contains("Plain numbers stay as they are; --move 20% moves them too"), "{said}");
}

#[test]
fn moved_numbers_are_written_as_people_write_them() {
    let desk = coins(&[(2, "0.35"), (2, "0.05")]);
    let found = json(&desk, "sensitivity scenario.yaml --full --replications 50 --json");
    let rows = found["parameters"].as_array().unwrap();
    let mut words: Vec<_> = rows.iter().map(|row| row["distribution"].as_str().unwrap()).collect();
    words.sort_unstable();
    assert_eq!(words, ["", "0.04 to 0.06", "0.28 to 0.42"]);
}
