//! What is saved, against two forecasts of other draws: a world with tokens alone, and one with the best mix.

use super::*;

#[test]
fn forecasts_of_both_worlds_on_another_seed_save_as_much() {
    // Packs so large that nothing is refused; a token costs 3 USD in both worlds.
    let plenty = "[{bought: 2027-01-01, size: 100000}]";
    let people = |more: &str| {
        format!(
            "  - {{group: heavy, count: 3, team: design, access: all, behaviour: occasional, \
             with: {{product: Revit, weeks: 0.9, days: 0.7}}{more}}}\n  \
             - {{group: light, count: 2, team: design, access: all, behaviour: occasional, with: {{product: AutoCAD, weeks: 0.3, days: 0.3}}}}\n"
        )
    };
    let found = found(&office(BY_THE_PIECE, LIST, &people("")), "--replications 60");
    assert_eq!((&found["to_try"][0]["group"], &found["to_try"][0]["users"]), (&"heavy".into(), &3.into()));
    let burn = |more: &str| {
        let desk = office_with(plenty, BY_THE_PIECE, LIST, &people(more));
        desk.done("forecast scenario.yaml --seed 1234 --replications 40 --out out");
        let burn = desk.json("out/forecast.json")["all"]["burn"].clone();
        (number(&burn, "/mean"), number(&burn, "/half_width"))
    };
    let (tokens, best) = (burn(""), burn(&format!(", {}", found["to_try"][0]["line"].as_str().unwrap())));
    let saved = (tokens.0 - best.0) * 3.0 - 3.0 * 3_025.0;
    let told = &mix(&found, "best mix")["saves"];
    // Twice as far as the intervals of both together reach.
    let near = 2.0 * ((tokens.1 * 3.0).powi(2) + number(told, "/half_width").powi(2)).sqrt();
    assert!((number(told, "/mean") - saved).abs() < near, "{told} {saved}");
    assert!(number(told, "/half_width") < 0.1 * number(told, "/mean"), "{told}");
}
