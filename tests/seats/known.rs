use super::*;

#[test]
fn the_line_is_between_96_and_97_windows_of_autocad_and_100_and_101_of_revit() {
    let people = [
        group("a", 1, "AutoCAD", 96, ""),
        group("b", 1, "AutoCAD", 97, ""),
        group("c", 1, "Revit", 100, ""),
        group("d", 1, "Revit", 101, ""),
    ];
    // Without the add-in that would come along.
    let desk = office(BY_THE_PIECE, LIST, &people.concat());
    let found = found(&desk, "--set products.Layout.rate=0");
    let expected = [("a-1", "tokens"), ("b-1", "subscribe"), ("c-1", "tokens"), ("d-1", "subscribe")];
    assert_eq!(advice(&found), expected);
    let windows: Vec<f64> =
        found["users"].as_array().unwrap().iter().map(|user| number(user, "/windows/mean")).collect();
    assert_eq!(windows, [96.0, 97.0, 100.0, 101.0]);
    // 97 x 21 - 2,030 and 101 x 30 - 3,025.
    assert_eq!(
        (number(mix(&found, "best mix"), "/saves/mean"), number(mix(&found, "best mix"), "/paid")),
        (12.0, 10_071.0)
    );
    let lines = found["break_even"].as_array().unwrap();
    let line = |place: usize| (number(&lines[place], "/windows"), number(&lines[place], "/days_a_month"));
    assert!((line(0).0 - 96.667).abs() < 0.001 && (line(0).1 - 8.056).abs() < 0.001, "{lines:?}");
    assert!((line(1).0 - 100.833).abs() < 0.001, "{lines:?}");
}

#[test]
fn the_best_mix_keeps_a_volume_discount_that_each_for_himself_would_lose() {
    // Heavy users burn 2,000 tokens, 4,000 USD at 2.00: each alone would subscribe for 3,025. With all four subscribed 4,200 tokens are
    // left, bought as 5,000 at 2.00: 12,100 + 10,000. With three 6,200 are left: 9,075 + 12,400, and that is the least.
    let people = [group("heavy", 4, "Revit", 200, ""), group("light", 7, "Revit", 60, "")].concat();
    let desk = office("[{from: 1, each: 3.00}, {from: 5000, each: 2.00}]", "{Revit: 3025}", &people);
    let found = found(&desk, "");
    let paid = |name| number(mix(&found, name), "/paid");
    assert_eq!((paid("tokens only"), paid("each beyond break-even")), (24_400.0, 22_100.0));
    assert_eq!((paid("best mix"), mix(&found, "best mix")["subscriptions"].as_u64()), (21_475.0, Some(3)));
    assert_eq!(paid("everybody"), 33_275.0);
    assert_eq!(number(mix(&found, "best mix"), "/saves/mean"), 2_925.0);
    let screen = desk.done("seats scenario.yaml");
    assert!(screen.starts_with("A subscription for 3 of 4 heavy (Revit): saves 2,925"), "{screen}");
}

#[test]
fn packs_on_hand_are_paid_for() {
    // 2,000 tokens are on hand, and all that is used: a subscription saves nothing this year.
    let people = group("heavy", 1, "Revit", 200, "");
    let with = |left: u32| {
        let packs = format!("[{{bought: 2026-12-31, size: 5000, left: {left}}}]");
        found(&office_with(&packs, BY_THE_PIECE, LIST, &people), "")
    };
    assert_eq!(number(mix(&with(2000), "best mix"), "/paid"), 0.0);
    // 1,500 have to be bought without it: 4,500 USD.
    assert_eq!(number(mix(&with(500), "best mix"), "/saves/mean"), 4_500.0 - 3_025.0);
}

#[test]
fn a_subscription_does_not_cover_add_ins() {
    let desk = office(BY_THE_PIECE, LIST, &group("drafters", 2, "AutoCAD", 200, "").replace("Revit]", "Layout]"));
    let found = found(&desk, "");
    // 2 x 200 windows of the add-in, 2 tokens each.
    let best = mix(&found, "best mix");
    assert_eq!((number(best, "/paid_for_subscriptions"), number(best, "/paid_for_tokens")), (4_060.0, 2_400.0));
    assert_eq!(number(mix(&found, "tokens only"), "/paid_for_tokens"), 2.0 * 200.0 * 9.0 * 3.0);
}

#[test]
fn subscriptions_that_are_there_are_kept_where_they_are_worth_it() {
    let until = |day: &str| format!(", subscriptions: [{{product: Revit, from: 2026-07-01, until: {day}}}]");
    let people = [
        group("heavy", 1, "Revit", 200, &until("2027-12-31")),
        group("light", 1, "Revit", 20, &until("2027-12-31")),
        // The lapse isn't in use: it is 09:00 to 10:00 on each day.
        group("half", 1, "Revit", 365, &until("2027-06-30")),
        group("idle", 1, "AutoCAD", 1, &until("2027-12-31")),
    ];
    let desk = office(BY_THE_PIECE, "{Revit: 3650}", &people.concat());
    let found = found(&desk, "");
    let expected = [("heavy-1", "keep"), ("light-1", "let_end"), ("half-1", "keep"), ("idle-1", "let_end")];
    assert_eq!(advice(&found), expected);
    assert_eq!(found["mixes"][0]["mix"], "as it is");
    // Three for the year and one for 181 days; tokens of half-1 for the other 184, and of the AutoCAD with its add-in nothing, as it may
    // not be opened.
    let as_it_is = &found["mixes"][0];
    assert_eq!(number(as_it_is, "/paid_for_subscriptions"), 3.0 * 3_650.0 + 1_810.0);
    assert_eq!(number(as_it_is, "/paid_for_tokens"), (1_840.0 + 7.0) * 3.0);
    let best = mix(&found, "best mix");
    assert_eq!(number(best, "/paid"), 2.0 * 3_650.0 + (200.0 + 7.0) * 3.0);
}

#[test]
fn whoever_leaves_is_judged_by_the_time_that_is_left() {
    let people =
        group("staff", 4, "Revit", 200, "") + "events:\n  - {on: 2027-02-01, leave: {group: staff, count: 3}}\n";
    let desk = office(BY_THE_PIECE, LIST, &people);
    let found = found(&desk, "");
    let mut advice = advice(&found);
    advice.sort_unstable();
    let expected = [("staff-1", "subscribe"), ("staff-2", "tokens"), ("staff-3", "tokens"), ("staff-4", "tokens")];
    assert_eq!(advice, expected);
    assert!(desk.done("seats scenario.yaml").starts_with("A subscription for 1 of 4 staff (Revit): saves 2,975"));
}

#[test]
fn a_rate_that_changes_is_charged_as_it_stands_and_has_two_lines() {
    let people =
        group("staff", 1, "Revit", 200, "") + "events:\n  - {on: 2027-02-01, rate: {product: Revit, tokens: 20}}\n";
    let found = found(&office(BY_THE_PIECE, "{Revit: 3025}", &people), "");
    // 31 windows of 10 and 169 of 20.
    assert_eq!(number(&found["users"][0], "/tokens/mean"), 3_690.0);
    let windows: Vec<f64> = found["break_even"].as_array().unwrap().iter().map(|row| number(row, "/windows")).collect();
    assert!((windows[0] - 100.833).abs() < 0.001 && (windows[1] - 50.417).abs() < 0.001, "{windows:?}");
}

#[test]
fn a_horizon_that_is_no_year_is_compared_with_its_share_of_a_subscription() {
    // 73 days are a fifth of a year: a subscription counts 605, as much as 20.2 windows.
    for (days, expected) in [(20, "tokens"), (21, "subscribe")] {
        let desk = office(BY_THE_PIECE, LIST, &group("staff", 1, "Revit", days, ""));
        let found = found(&desk, "--set end=2027-03-14");
        assert_eq!(advice(&found), [("staff-1", expected)]);
        assert_eq!(number(&found["users"][0], "/windows/mean"), f64::from(days * 5));
        assert_eq!((found["days"].as_u64(), found["is_a_year"].as_bool()), (Some(73), Some(false)));
    }
}

#[test]
fn what_was_chosen_is_judged_on_runs_that_played_no_part_and_threads_change_nothing() {
    let people = "  - {group: staff, count: 5, team: design, access: all, behaviour: occasional, with: {product: Revit, weeks: 0.9, days: 0.6}}\n";
    let desk = office("[{from: 100, each: 3.00}]", LIST, people);
    let plenty = office_with("[{bought: 2027-01-01, size: 100000}]", "[{from: 100, each: 3.00}]", LIST, people);
    let found = found(&desk, "--replications 40 --threads 1");
    assert_eq!(found["card"]["seed"], 7);
    assert_ne!(found["chosen_on_seed"], 7);
    assert_eq!((&found["card"]["replications"], &found["chosen_on_replications"]), (&20.into(), &20.into()));
    assert_eq!(found, self::found(&desk, "--replications 40 --threads 2"));
    // The runs that judge are those of a forecast of that seed, in which tokens don't run out.
    plenty.done("forecast scenario.yaml --replications 20 --out out");
    let burned = number(&plenty.json("out/forecast.json"), "/all/burn/mean");
    let sum = |path: &str| found["users"].as_array().unwrap().iter().map(|user| number(user, path)).sum::<f64>();
    assert!((sum("/tokens/mean") - burned).abs() < 0.01);
    // Those that chose are of another seed.
    assert!((sum("/expected_cost") - burned * 3.0).abs() > 0.01);
}

#[test]
fn results_are_written_and_shown() {
    let people = [group("a", 1, "AutoCAD", 96, ""), group("d", 2, "Revit", 150, "")].concat();
    let desk = office(BY_THE_PIECE, LIST, &people);
    let screen = desk.done("seats scenario.yaml --out out");
    assert!(screen.contains("96.7") && screen.contains("100.8"), "{screen}");
    assert!(
        screen.contains("  d\n    subscriptions: [{product: Revit, from: 2027-01-01, until: 2027-12-31}]\n"),
        "{screen}"
    );
    assert_eq!(found(&desk, ""), desk.json("out/seats.json"));
    let rows = desk.rows("out/seats.csv");
    let row = |place: usize| (&*rows[place]["user"], &*rows[place]["advice"], &*rows[place]["token_cost"]);
    assert_eq!((rows.len(), row(0), row(1)), (3, ("a-1", "tokens", "2016"), ("d-1", "subscribe", "4500")));
}

#[test]
fn nobody_needs_one_where_tokens_cost_less() {
    let desk = office(BY_THE_PIECE, LIST, &group("a", 3, "AutoCAD", 20, ""));
    let screen = desk.done("seats scenario.yaml");
    assert!(
        screen.starts_with("Nobody needs a subscription: with tokens alone it costs 1,260 USD a year."),
        "{screen}"
    );
}

#[test]
fn prices_that_are_missing_are_asked_for() {
    for (tokens, subscriptions, told) in
        [("[]", LIST, "no price of tokens"), (BY_THE_PIECE, "{}", "no price of a subscription")]
    {
        let output = office(tokens, subscriptions, &group("a", 1, "AutoCAD", 1, "")).run("seats scenario.yaml");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains(told) && said.contains("`prices`"), "{said}");
    }
}

#[test]
fn what_is_to_be_pasted_comes_to_what_was_judged() {
    let others = group("a", 3, "AutoCAD", 50, "");
    let desk = office(BY_THE_PIECE, LIST, &(group("d", 2, "Revit", 150, "") + others.as_str()));
    let found = found(&desk, "");
    let line = found["to_try"][0]["line"].as_str().unwrap();
    let packs = "[{bought: 2027-01-01, size: 10000}]";
    let tried =
        office_with(packs, BY_THE_PIECE, LIST, &(group("d", 2, "Revit", 150, &format!(", {line}")) + others.as_str()));
    tried.done("forecast scenario.yaml --out out");
    let burned = number(&tried.json("out/forecast.json"), "/all/burn/mean");
    assert_eq!(burned, 3.0 * 50.0 * 7.0);
    assert_eq!(number(mix(&found, "best mix"), "/cost/mean"), burned * 3.0 + 2.0 * 3025.0);
}

#[test]
fn tokens_are_bought_when_and_as_the_plan_says() {
    // An order costs 50 beside its tokens, and is 31 days under way: the first arrives on 1 February, as 300 tokens on hand run out.
    let people = group("light", 1, "Revit", 60, "");
    let packs = "[{bought: 2026-12-31, size: 5000, left: 300}]";
    let desk = office_with(packs, BY_THE_PIECE, LIST, &people);
    let found = found(&desk, "--set plan.order_cost=50 --set plan.lead_time=31d");
    let only = mix(&found, "tokens only");
    let purchases = serde_json::json!([{"team": "design", "arrives": "2027-02-01", "tokens": 290.0, "each": 3.0}]);
    assert_eq!(only["purchases"], purchases);
    // The window of 31 January is refused; of the other 59, 29 are left to pay.
    assert_eq!((number(only, "/paid"), number(only, "/service/chance")), (920.0, 0.0));
    let screen = desk.done("seats scenario.yaml --set plan.order_cost=50 --set plan.lead_time=31d").replace('\n', " ");
    assert!(
        screen.contains("some mixes don't reach that: tokens only 0 %, each beyond break-even 0 %, best mix 0 %."),
        "{screen}"
    );
    assert!(!desk.done("seats scenario.yaml").contains("don't reach that"));
}
