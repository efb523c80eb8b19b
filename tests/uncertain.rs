//! Uncertain parameters: drawn once for each replication, apart from daily chance.

mod desk;

use desk::Desk;
use flexcast::behaviour::{Drawn, Lot, Lots};
use flexcast::simulate::{self, Inputs, Outcome, Run};

/// An office whose groups have these parameters, for two months.
fn office(people: &str, others: &str) -> String {
    format!(
        "start: 2027-01-01
end: 2027-02-28
products: {{Revit: {{rate: 10}}}}
prices: {{tokens: [{{from: 100, each: 3}}], step: 100}}
teams: {{all: {{packs: [{{bought: 2027-01-01, size: 30000}}], default_access: [Revit]}}}}
people:
  - {{group: people, team: all, count: 5, behaviour: flex_year, with: {{product: Revit, {people}}}}}
  - {{group: others, team: all, count: 5, behaviour: flex_year, with: {{product: Revit, {others}}}}}
forecast: {{replications: 20, seed: 3}}
"
    )
}

const EVEN: &str = "attendance: {from: 0.5, to: 0.9}";

fn inputs(scenario: &str) -> Inputs {
    let desk = Desk::new(scenario);
    Inputs::load(&desk.path("scenario.yaml")).unwrap()
}

fn run(inputs: &Inputs, seed: u64, lots: Lots) -> Vec<Outcome> {
    let settings = Run { first: 0, replications: 20, seed, lots, threads: 2 };
    let scenario = &inputs.scenario;
    simulate::run(scenario, &scenario.setup(), &inputs.library, settings, |_, _| {}).unwrap()
}

fn values(inputs: &Inputs, lots: Lots, replication: u32) -> Vec<String> {
    inputs.library.drawn(lots, 3, replication).into_iter().map(|Drawn { value, .. }| value).collect()
}

fn all(lot: Lot) -> Lots {
    Lots { all: lot, but: None }
}

#[test]
fn where_both_ends_are_the_same_everything_is_as_with_the_plain_value() {
    let plain = inputs(&office("attendance: 0.7, arrives: \"08:30\"", "attendance: 0.8"));
    for same in [
        "attendance: {from: 0.7, to: 0.7}, arrives: {from: \"08:30\", to: \"08:30\", likely: \"08:30\"}",
        "attendance: {mean: 0.7, sd: 0}, arrives: {one_of: [\"08:30\"]}",
    ] {
        let same = inputs(&office(same, "attendance: 0.8"));
        assert_eq!(same.library.uncertain(), []);
        assert!(run(&same, 3, Lots::default()) == run(&plain, 3, Lots::default()));
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads_and_either_way_to_run_scripts() {
    let desk = Desk::new(&office(
        "attendance: {mean: 0.7, sd: 0.1}, arrives: {from: \"08:00\", to: \"10:00\"}",
        "forgets: {one_of: [0, 0.1], weights: [3, 1]}, stays: {from: 5h, likely: 7h, to: 8h}",
    ));
    let [one, more, rhai] = ["--threads 1", "--threads 3", "--interpreter rhai"].map(|options| {
        desk.done(&format!("forecast scenario.yaml --out out {options}"));
        (desk.bytes("out/forecast.json"), desk.bytes("out/daily.csv"))
    });
    assert!(one == more && one == rhai);
}

#[test]
fn draws_of_days_know_nothing_of_what_is_uncertain_elsewhere() {
    let plain = run(&inputs(&office("attendance: 0.7", "attendance: 0.8")), 3, Lots::default());
    let uncertain = run(&inputs(&office(EVEN, "attendance: 0.8")), 3, Lots::default());
    let burned = |outcomes: &[Outcome], group: usize| -> Vec<_> {
        outcomes.iter().map(|outcome| outcome.groups[group].burned).collect()
    };
    assert_eq!(burned(&plain, 1), burned(&uncertain, 1));
    assert_ne!(burned(&plain, 0), burned(&uncertain, 0));
}

#[test]
fn a_replication_alone_draws_as_it_does_among_others() {
    let desk = Desk::new(&office(EVEN, "attendance: 0.8"));
    let inputs = Inputs::load(&desk.path("scenario.yaml")).unwrap();
    let outcomes = run(&inputs, 3, Lots::default());
    for replication in [0, 7] {
        desk.done(&format!("simulate scenario.yaml --replication {replication} --out alone"));
        let alone = desk.json("alone/run.json");
        let burned: i64 = outcomes[replication].groups.iter().map(|group| group.burned.millionths()).sum();
        assert_eq!(alone["burned"], burned as f64 / 1e6);
        let drawn = values(&inputs, Lots::default(), replication as u32);
        assert_eq!(alone["drawn"][0]["value"], *drawn[0]);
        assert_eq!(
            (&alone["drawn"][0]["of"], &alone["drawn"][0]["parameter"]),
            (&"people".into(), &"attendance".into())
        );
    }
}

#[test]
fn what_is_called_alike_is_drawn_alike() {
    let alike = |others: &str| {
        let inputs = inputs(&office("attendance: {from: 0.5, to: 0.9, as: busy}", others));
        let drawn = |replication| values(&inputs, Lots::default(), replication);
        (inputs.library.uncertain().len(), (0..20).map(drawn).collect::<Vec<_>>())
    };
    let (draws, drawn) = alike("attendance: {from: 0.5, to: 0.9, as: busy}");
    assert!(draws == 1 && drawn.iter().all(|drawn| drawn[0] == drawn[1]), "{drawn:?}");
    let (draws, drawn) = alike("attendance: {from: 0.5, to: 0.9}");
    assert!(draws == 2 && drawn.iter().all(|drawn| drawn[0] != drawn[1]), "{drawn:?}");
    // Of different distributions the shares are alike: the higher the one, the higher the other.
    let (_, mut drawn) = alike("stays: {from: 5h, to: 8h, as: busy}");
    drawn.sort();
    let hours: Vec<_> = drawn.iter().map(|drawn| drawn[1].split_once('h').unwrap().0.to_owned()).collect();
    assert!(hours.is_sorted() && hours[0] == "5" && hours[19] == "7", "{hours:?}");
}

#[test]
fn parameters_have_a_seed_of_their_own() {
    let inputs = inputs(&office(EVEN, "stays: {from: 5h, to: 8h}"));
    let own = |seed| all(Lot::OfSeed(seed));
    assert_eq!(values(&inputs, own(3), 5), values(&inputs, Lots::default(), 5));
    assert_ne!(values(&inputs, own(4), 5), values(&inputs, own(3), 5));
    // One of them alone from elsewhere.
    let [one, other] = [own(3), own(4)].map(|lots| values(&inputs, lots, 5));
    let swapped = Lots { all: Lot::OfSeed(3), but: Some((1, Lot::OfSeed(4))) };
    assert_eq!(values(&inputs, swapped, 5), [one[0].clone(), other[1].clone()]);
    for (thousandths, attendance, stays) in [(0, "0.5", "5h"), (500, "0.7", "6h30m"), (1000, "0.9", "8h")] {
        assert_eq!(values(&inputs, all(Lot::Quantile(thousandths)), 5), [attendance, stays]);
    }
    assert_eq!(values(&inputs, all(Lot::Middle), 5), ["0.7", "6h30m"]);
    // Held at a quantile, a run is that of the plain values, draw by draw.
    let plain = self::inputs(&office("attendance: 0.5", "stays: 5h"));
    assert!(run(&inputs, 3, all(Lot::Quantile(0))) == run(&plain, 3, Lots::default()));
    assert!(run(&inputs, 9, own(3)) != run(&inputs, 3, own(3)));
}

/// Errors that only one end has are found before a run.
#[test]
fn both_ends_are_rehearsed() {
    let desk = Desk::new(
        &office("attendance: 0.9", "attendance: 0.8")
            .replace("flex_year", "./own.rhai")
            .replace("product: Revit, attendance: 0.9", "parts: {from: 0, to: 9}")
            .replace("product: Revit, attendance: 0.8", "parts: 3"),
    );
    desk.write(
        "own.rhai",
        "describe(\"Divides the day.\"); parameter(\"parts\", \"count\", 1, \"into how many\");
         fn day(me, today) { me.uses(\"Revit\", hours(9), hours(9) + hours(8) / me.parts); }",
    );
    let said = String::from_utf8(desk.run("check scenario.yaml").stderr).unwrap();
    assert!(said.contains("division by zero") && said.contains("(all that is uncertain at its low end)"), "{said}");
    let sound = desk.text("scenario.yaml").replace("from: 0", "from: 1");
    desk.write("scenario.yaml", &sound);
    assert!(desk.done("check scenario.yaml").contains("1 uncertain parameter"));
}

#[test]
fn variants_changes_and_buyers_may_be_uncertain() {
    let policy = "policy: {behaviour: reorder_point, with: {team: all, below: {from: 27000, to: 29500}, buy: 2000}}";
    let what_if = "what_if: {unsure: {people.people.with.attendance: {from: 0.1, to: 0.2}}}";
    let desk = Desk::new(&format!("{}{policy}\n{what_if}\n", office("attendance: 0.9", "attendance: 0.8")));
    desk.done("check scenario.yaml");
    let inputs = Inputs::load(&desk.path("scenario.yaml")).unwrap();
    assert_eq!(inputs.library.uncertain()[0].name, "reorder_point.below");
    let bought = |outcome: &Outcome| outcome.bought.iter().map(|bought| bought.orders).sum::<u32>();
    let outcomes = run(&inputs, 3, Lots::default());
    assert!(outcomes.iter().any(|outcome| bought(outcome) != bought(&outcomes[0])));
    let set = "--set people.people.with.attendance.from=0.1";
    let error = desk.run(&format!("forecast scenario.yaml --out out {set}")).stderr;
    assert!(String::from_utf8(error).unwrap().contains("nothing can stand under"));
    let drawn = desk.run("simulate scenario.yaml --out out --set people.people.with.attendance={from:0.1,to:0.2}");
    assert_eq!(drawn.status.code(), Some(1), "YAML wants a space after the colon");
    let mut command = desk.command("simulate scenario.yaml --out out --set");
    let drawn = command.arg("people.people.with.attendance={from: 0.1, to: 0.2}").output().unwrap();
    let said = String::from_utf8(drawn.stderr).unwrap();
    assert!(said.starts_with("drawn for this run: people.attendance = 0.1"), "{said}");
    let mut command = desk.command("what-if scenario.yaml sweep --with path=people.people.count --with to=2 --with");
    let refused = String::from_utf8(command.arg("from={one_of: [1, 2]}").output().unwrap().stderr).unwrap();
    assert!(refused.contains("a script of what-ifs has no uncertain parameters"), "{refused}");
}
