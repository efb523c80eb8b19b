//! What is said beside the answer: where it isn't sure, where money doesn't suffice, and what the savings add up to.

use super::*;

/// Everybody uses so much that a subscription pays.
fn heavy() -> Desk {
    office(BY_THE_PIECE, LIST, &group("heavy", 2, "Revit", 150, ""))
}

#[test]
fn too_few_runs_are_told_as_the_plan_tells_them() {
    let desk = heavy();
    let refused = desk.run("plan scenario.yaml --service-level 90% --replications 45");
    let refused = String::from_utf8(refused.stderr).unwrap();
    let screen = |arguments: &str| desk.done(&format!("seats scenario.yaml {arguments}")).replace('\n', " ");
    let told = screen("--set plan.service_level=90% --replications 90");
    for part in ["45 runs can't tell a service level of 90%", "at least 50 runs: then 5 of them may fail"] {
        assert!(refused.contains(part) && told.contains(part), "{refused}{told}");
    }
    assert!(screen("--set plan.service_level=100%").contains("no number of runs can tell"));
    let sentence = |arguments: &str| found(&desk, arguments)["too_few_runs"].clone();
    assert_eq!(sentence(""), "2 runs can't tell a service level of 99% (at least 500 runs: then 5 of them may fail)");
    assert_eq!(sentence("--set plan.service_level=90% --replications 100"), Value::Null);
}

#[test]
fn one_run_has_no_halves() {
    let refused = heavy().run("seats scenario.yaml --replications 1");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--replications 2 is the least"));
}

#[test]
fn a_budget_is_set_against_what_the_best_mix_takes() {
    // One user uses 150 windows, 4,500 USD, and has a subscription for 3,025; another 20, 600 USD in tokens.
    let people = [group("heavy", 1, "Revit", 150, ""), group("light", 1, "Revit", 20, "")].concat();
    let desk = office(BY_THE_PIECE, LIST, &people);
    for (budget, said) in [
        ("3625", "The budget of 3,625 USD under `plan` pays for the best mix, 3,625 USD."),
        (
            "3624",
            "The budget of 3,624 USD under `plan` pays for the tokens of the best mix, 600 USD, and not for its \
             subscriptions too: 3,625 USD together.",
        ),
        (
            "[{amount: 300},{from: 2027-07-01,amount: 299}]",
            "The budget of 599 USD under `plan` doesn't even pay for the tokens of the best mix: 600 USD, and 3,625 USD \
             with its subscriptions.",
        ),
    ] {
        let mut command = desk.command("seats scenario.yaml --set");
        let output = command.arg(format!("plan.budget={budget}")).output().unwrap();
        let screen = String::from_utf8(output.stdout).unwrap().replace('\n', " ");
        assert!(screen.contains(said), "{screen}");
    }
    assert!(!desk.done("seats scenario.yaml").contains("budget"));
    assert_eq!(found(&desk, "--set plan.budget=3624")["budget"], 3624.0);
}

#[test]
fn the_savings_of_the_groups_and_the_rest_are_what_is_saved() {
    // Packs are on hand, and with fewer tokens to buy the discount goes.
    let people = [group("heavy", 4, "Revit", 200, ""), group("light", 7, "Revit", 60, "")].concat();
    let packs = "[{bought: 2026-12-31, size: 5000, left: 1000}]";
    let desk = office_with(packs, "[{from: 1, each: 3.00}, {from: 9000, each: 2.00}]", LIST, &people);
    check_sum(&found(&desk, ""), &["shared_tokens"]);
    let screen = desk.done("seats scenario.yaml");
    assert!(screen.contains("tokens bought together") && screen.contains("saved together"), "{screen}");
    // What is there already is compared as it is.
    let until = ", subscriptions: [{product: Revit, from: 2026-07-01, until: 2027-12-31}]";
    let people = [group("heavy", 2, "Revit", 200, until), group("light", 2, "Revit", 20, until)].concat();
    let desk = office(BY_THE_PIECE, LIST, &people);
    check_sum(&found(&desk, ""), &["shared_tokens", "as_it_is"]);
    // Two too many, for 3,025 each, of which 600 would be tokens.
    let rest = found(&desk, "")["rest"].clone();
    let as_it_is = 4.0 * 3_025.0 - (2.0 * 6_000.0 + 2.0 * 600.0);
    assert_eq!((number(&rest, "/as_it_is/mean"), number(&rest, "/shared_tokens/mean")), (as_it_is, 0.0));
    assert!(desk.done("seats scenario.yaml").contains("as it is, against tokens only"));
}

/// The groups and these parts of the rest, together, are what the best mix saves.
fn check_sum(found: &Value, parts: &[&str]) {
    let groups = found["groups"].as_array().unwrap().iter().map(|group| number(group, "/saves/mean"));
    let rest: f64 = parts.iter().map(|part| number(&found["rest"], &format!("/{part}/mean"))).sum();
    let saved = number(mix(found, "best mix"), "/saves/mean");
    assert!((groups.sum::<f64>() + rest - saved).abs() < 1e-6, "{:#}", found["rest"]);
    assert_eq!(found["rest"]["as_it_is"].is_null(), !parts.contains(&"as_it_is"));
}

#[test]
fn no_answer_where_no_order_can_arrive() {
    let desk = heavy();
    for command in ["plan", "seats"] {
        let mut command =
            desk.command(&format!("{command} scenario.yaml --replications 100 --set plan.service_level=90% --set"));
        let output = command.arg("plan.order_dates=[2028-01-01]").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("no order can arrive within the horizon"), "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn whoever_needs_none_is_told_why() {
    let alone = |packs: &str, more: &str| {
        let desk = office_with(packs, BY_THE_PIECE, LIST, &group("staff", 2, "Revit", 150, more));
        desk.done("seats scenario.yaml").replace('\n', " ")
    };
    let screen = alone("[{bought: 2026-12-31, size: 3000}]", "");
    assert!(screen.starts_with("Nobody needs a subscription: what is on hand is enough. 2 runs"), "{screen}");
    assert!(screen.contains("Looked at alone, 2 users more would have a subscription"), "{screen}");
    // Both have one that isn't used.
    let until = ", subscriptions: [{product: AutoCAD, from: 2026-07-01, until: 2027-12-31}]";
    let screen = alone("[{bought: 2026-12-31, size: 3000}]", until);
    let said =
        "Nobody needs a subscription: without those that are there it costs 4,060 ± 0 USD less a year, of 4,060 USD.";
    assert!(screen.starts_with(said), "{screen}");
}

#[test]
fn all_teams_are_bought_for() {
    let people =
        [group("heavy", 2, "Revit", 150, ""), group("others", 2, "Revit", 150, "").replace("design", "visuals")];
    let teams = "teams: {design: {packs: []}, visuals: {}}";
    let desk = office(BY_THE_PIECE, LIST, &people.concat());
    desk.write("scenario.yaml", &desk.text("scenario.yaml").replace("teams: {design: {packs: []}}", teams));
    assert_eq!(mix(&found(&desk, "--set plan.teams=[visuals]"), "best mix")["subscriptions"], 4);
}
