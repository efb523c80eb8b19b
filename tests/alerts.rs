//! `alerts`: what it tells where the answer is known, of a scenario, of runs up to a day and of a real log; its exit codes.

mod desk;
mod exact;

use desk::Desk;
use exact::exact;
use serde_json::Value;

/// Of 1,100 tokens 1,080 are burned on 27 days; on the 28th, 10 February, two people are refused.
fn scenario() -> String {
    exact("2027-02-28", 3, "")
}

/// What is found, and the exit code.
fn found(desk: &Desk, arguments: &str) -> (Value, i32) {
    let output = desk.run(&format!("alerts {arguments} --json"));
    let error = String::from_utf8_lossy(&output.stderr);
    let found = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments}: {error}"));
    (found, output.status.code().unwrap())
}

fn number(of: &Value, path: &str) -> f64 {
    of.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path} of {of:#}"))
}

/// The lines before the table, and the exit code.
fn lines(desk: &Desk, arguments: &str) -> (Vec<String>, i32) {
    let output = desk.run(&format!("alerts {arguments}"));
    let said = String::from_utf8(output.stdout).unwrap();
    (said.lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect(), output.status.code().unwrap())
}

#[test]
fn each_alert_is_a_line_the_worst_first() {
    let desk = Desk::new(&scenario());
    let out = "tokens run out in 100 % of the runs by 2027-04-04, 10 % by 2027-02-10, half by 2027-02-10";
    let wasted = "visuals: 300 tokens of p2 end on 2027-01-10; likely wasted: 300 (p10 300, p90 300), worth 900 EUR";
    for (arguments, expected) in [
        ("", ["Exact, as of 2027-01-04: 2 alerts.", &format!("design: order by 2027-02-10; {out}"), wasted].as_slice()),
        (
            "--lead-time 5d",
            &["Exact, as of 2027-01-04: 2 alerts.", &format!("design: order by 2027-02-05; {out}"), wasted],
        ),
        (
            "--set plan.lead_time=5d",
            &["Exact, as of 2027-01-04: 2 alerts.", &format!("design: order by 2027-02-05; {out}"), wasted],
        ),
        (
            "--within 7d --low 100% --set purchases.more.tokens=2000",
            &[
                "Exact, as of 2027-01-04: 3 alerts.",
                "design: low: 1,000 of the 1,000 tokens bought are left (100 %)",
                "visuals: low: 300 of the 300 tokens bought are left (100 %)",
                wasted,
            ],
        ),
        (
            "--as-of 2027-02-08 --lead-time 10d --within 10d",
            &[
                "Exact, as of 2027-02-08: 2 alerts.",
                "design: order now, 8 days late: 100 % of the runs run out before an order of this day arrives; tokens run out \
                 in 100 % of the runs by 2027-02-28, 10 % by 2027-02-10, half by 2027-02-10",
                "design: low: 100 of the 1,100 tokens bought are left (9.1 %)",
            ],
        ),
    ] {
        let (said, code) = lines(&desk, &format!("scenario.yaml {arguments}"));
        assert_eq!((said, code), (expected.iter().map(|line| (*line).to_owned()).collect(), 4), "{arguments}");
    }
    // A larger purchase, and no more than a few days: nothing to tell.
    let quiet = "scenario.yaml --set purchases.more.tokens=2000 --as-of 2027-01-12 --within 10d";
    assert_eq!(lines(&desk, quiet), (vec!["Exact, as of 2027-01-12: no alerts.".to_owned()], 0));
}

#[test]
fn so_few_runs_that_they_tell_nothing_are_told() {
    let desk = Desk::new(&scenario());
    for (arguments, few) in [("--replications 99", true), ("--replications 100", false), ("--service-level 50%", false)]
    {
        let said = String::from_utf8(desk.run(&format!("alerts scenario.yaml {arguments}")).stdout).unwrap();
        let told = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            told.contains("So few runs can't tell whether more than 1 % run out: --replications 100"),
            few,
            "{told}"
        );
    }
}

#[test]
fn bounds_are_met_where_they_are_reached() {
    let desk = Desk::new(&scenario());
    let low = |as_of: &str, low: &str| {
        let (found, _) = found(&desk, &format!("scenario.yaml --as-of {as_of} --low {low}"));
        found.pointer("/teams/0/low").unwrap().as_bool().unwrap()
    };
    // On 5 February 1,100 - 24 * 40 = 140 are left, on 1 February 300 of 1,100.
    assert_eq!([low("2027-02-05", "12.7%"), low("2027-02-05", "12.8%")], [false, true]);
    assert_eq!([low("2027-01-11", "81%"), low("2027-01-09", "80%"), low("2027-01-08", "80%")], [false, true, false]);
    let ending =
        |within: &str| found(&desk, &format!("scenario.yaml --within {within}")).0["teams"][1]["ending"].clone();
    assert_eq!([ending("5d").as_array().unwrap().len(), ending("6d").as_array().unwrap().len()], [0, 1]);
    // p1 ends on 10 May, long after it is used up; on the day after p2's end nothing of it is told.
    let (later, _) = found(&desk, "scenario.yaml --as-of 2027-01-10 --within 200d");
    assert_eq!(
        (later["until"].clone(), later["teams"][1]["balance"]["mean"].clone()),
        ("2027-07-29".into(), 0.0.into())
    );
    assert_eq!(number(&later, "/teams/0/ending/0/left/mean"), 800.0);
    assert_eq!(number(&later, "/teams/0/ending/0/wasted/mean"), 0.0);
}

#[test]
fn the_service_level_says_how_many_may_run_out() {
    // Whether the one user comes is a toss-up on each day: tokens for three days, so that the day they run out differs.
    let desk = Desk::new(
        &scenario()
            .replace("count: 4", "count: 1")
            .replace("attendance: 1", "attendance: 0.5")
            .replace("size: 1000}", "size: 30}"),
    );
    let set = "--set purchases.more.tokens=10 --within 0d --replications 200";
    let day_of = |service_level: &str| {
        let (found, _) = found(&desk, &format!("scenario.yaml {set} --service-level {service_level}"));
        found["teams"][0]["stock_out"].clone()
    };
    let (all, half) = (day_of("1"), day_of("0.5"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    // The first to run out do so on the fourth working day.
    assert_eq!(text(&all["order_by"]), "2027-01-07");
    assert!(text(&half["order_by"]) >= text(&half["day_p50"]), "{half}");
    assert!(text(&half["order_by"]) > text(&half["day_p10"]), "{half}");
    let late = found(&desk, &format!("scenario.yaml {set} --lead-time 7d")).0;
    let before = number(&late, "/teams/0/stock_out/before_arrival");
    assert!(before > 0.1 && before < 0.3, "{before}: those who came on four of the first five days or more");
}

#[test]
fn a_real_log_tells_what_is_left() {
    let desk = Desk::new(&scenario());
    desk.done("simulate scenario.yaml --out run");
    let of_log = found(&desk, "scenario.yaml --sessions run/sessions.csv --as-of 2027-02-08 --replications 1");
    let (simulated, code) = found(&desk, "scenario.yaml --as-of 2027-02-08 --replications 1");
    assert_eq!((of_log.0["known"].clone(), simulated["known"].clone()), ("log".into(), "simulated".into()));
    assert_eq!((of_log.1, of_log.0["teams"].clone(), code), (4, simulated["teams"].clone(), 4));
    // Half of what was simulated was used: 16 of 24 days more.
    let log = desk.text("run/sessions.csv");
    let mut half = log.lines().filter(|line| !line.starts_with("architects-1,") && !line.starts_with("architects-2,"));
    desk.write("half.csv", &half.by_ref().map(|line| format!("{line}\n")).collect::<String>());
    let (fewer, _) = found(&desk, "scenario.yaml --sessions half.csv --as-of 2027-02-08");
    assert_eq!(number(&fewer, "/teams/0/balance/mean"), 600.0);
    // 15 more days of 40.
    assert_eq!(fewer.pointer("/teams/0/stock_out/order_by").unwrap(), "2027-03-01");
    assert_eq!(fewer["card"]["inputs"][2]["name"], "half.csv");
}

#[test]
fn a_log_is_followed_to_the_day_after_its_end() {
    let desk = Desk::new(&scenario());
    let log = "user,product,opened,closed\narchitects-1,Revit,2027-01-04T08:00:00Z,2027-01-04T17:00:00Z\n\
               architects-2,Revit,2027-01-12T08:00:00Z,2027-01-12T17:00:00Z\n";
    desk.write("log.csv", log);
    let (next_day, _) = found(&desk, "scenario.yaml --sessions log.csv");
    assert_eq!((next_day["as_of"].clone(), number(&next_day, "/teams/0/balance/mean")), ("2027-01-13".into(), 1080.0));
    assert_eq!(next_day["card"]["first_day"], "2027-01-13");
    let later = desk.run("alerts scenario.yaml --sessions log.csv --as-of 2027-01-20");
    assert!(
        String::from_utf8_lossy(&later.stderr).contains("the log ends at 2027-01-12T17:00:00Z: what is used until")
    );
}

#[test]
fn packs_that_moved_are_told_where_they_are() {
    // Packs move and teams merge in it, people come and go.
    let (desk, fewer) = (Desk::harbour(), "--seed 3 --set people.architects.count=6");
    desk.done(&format!("simulate scenario.yaml --out run {fewer}"));
    desk.done(&format!("forecast scenario.yaml --out out --replications 1 {fewer}"));
    let days = desk.rows("out/daily.csv");
    for (day, next) in [
        ("2027-01-19", "2027-01-20"),
        ("2027-02-09", "2027-02-10"),
        ("2027-04-14", "2027-04-15"),
        ("2027-06-09", "2027-06-10"),
    ] {
        let options = format!("scenario.yaml --as-of {next} --replications 1 {fewer}");
        let simulated = found(&desk, &options).0;
        let of_log = found(&desk, &format!("{options} --sessions run/sessions.csv")).0;
        for (place, team) in simulated["teams"].as_array().unwrap().iter().enumerate() {
            let row =
                days.iter().find(|row| row["day"] == day && row["team"] == team["team"].as_str().unwrap()).unwrap();
            assert_eq!(number(team, "/balance/mean"), row["balance_mean"].parse::<f64>().unwrap(), "{day} {team}");
            let logged = &of_log["teams"][place];
            assert_eq!((&logged["balance"], &logged["bought"]), (&team["balance"], &team["bought"]), "{day}");
        }
    }
}

#[test]
fn results_hang_on_no_number_of_threads_and_are_written() {
    let desk = Desk::new(&scenario().replace("attendance: 1", "attendance: 0.8"));
    let run =
        |threads: &str| found(&desk, &format!("scenario.yaml --as-of 2027-01-20 --threads {threads} --out out")).0;
    let (one, three) = (run("1"), run("3"));
    assert_eq!(one, three);
    assert_eq!(one, desk.json("out/alerts.json"));
}

/// Clocks go forward on 28 March: a lead time of days is counted on the calendar. 200 tokens and 100 last to 30 March.
#[test]
fn a_lead_time_is_counted_on_the_calendar() {
    let april = exact("2027-04-30", 3, "").replace("2027-01-04", "2027-03-22");
    let desk = Desk::new(&april.replace("2027-01-11", "2027-03-24").replace("size: 1000}", "size: 200}"));
    let (found, _) = found(&desk, "scenario.yaml --set zone=Europe/Amsterdam --lead-time 5d");
    let out = &found["teams"][0]["stock_out"];
    assert_eq!((&out["day_p50"], &out["order_by"]), (&"2027-03-31".into(), &"2027-03-26".into()));
}

#[test]
fn each_mistake_names_the_remedy() {
    let desk = Desk::new(&scenario());
    desk.write("bad.csv", "user,product,opened,closed\narchitects-1,Revti,2027-01-04T08:00:00Z,\n");
    for (arguments, code, said) in [
        ("--as-of 2027-03-01", 1, "expected a day from 2027-01-04 to 2027-02-28"),
        ("--as-of 2026-12-31", 1, "`--as-of 2026-12-31` is outside the scenario"),
        ("--as-of soon", 2, "expected a date such as 2027-03-01"),
        ("--within 1h", 2, "expected whole days such as 90d"),
        ("--within 90", 2, "expected whole days such as 90d"),
        ("--low 120%", 2, "expected a share from 0 to 1, such as 0.2 or 20%"),
        ("--lead-time soon", 2, "expected whole days such as 5d"),
        ("--lead-time 36h", 2, "expected whole days such as 5d"),
        ("--set plan.lead_time=5m", 1, "expected whole days such as 5d"),
        ("--sessions missing.csv", 1, "missing.csv"),
        ("--sessions bad.csv", 1, "Revti"),
    ] {
        let output = desk.run(&format!("alerts scenario.yaml {arguments}"));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(said) && output.stdout.is_empty(), "{arguments}: {error}");
        assert_eq!(output.status.code(), Some(code), "{arguments}");
    }
}
