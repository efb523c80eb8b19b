//! Every event of a scenario, from the file through `meter` to the tables; the rows are worked out by hand.

mod desk;

use desk::{Desk, Row};

const SCENARIO: &str = include_str!("events/scenario.yaml");

/// What a session must give: when it opens in 2027, who opens what, and `reason`, or `reason team tokens`.
const DECISIONS: [(&str, &str, &str, &str); 34] = [
    ("01-04T09:00", "gast", "AutoCAD", "product_not_allowed"),
    // The default access serves guests too.
    ("01-11T09:00", "gast", "AutoCAD", "new_window design 7"),
    // It is another list, which counts inside a paid window too; then it is off.
    ("01-12T08:00", "gast", "AutoCAD", "product_not_allowed"),
    ("01-12T09:00", "gast", "Maya", "new_window design 6"),
    ("01-13T08:30", "gast", "Maya", "product_not_allowed"),
    // Released for a week.
    ("01-19T09:00", "architects-1", "Navisworks", "product_not_allowed"),
    ("01-20T09:00", "architects-1", "Navisworks", "new_window design 3"),
    ("01-27T09:00", "architects-1", "Navisworks", "product_not_allowed"),
    // Left open until the next day: the renewal is charged at the new rate.
    ("01-31T09:00", "architects-1", "Revit", "new_window design 10"),
    // Invited: one accepts after two days, one never, and one is known already, though the team has no tokens.
    ("02-05T09:00", "nina", "AutoCAD", "not_assigned"),
    ("02-08T09:00", "otto", "Maya", "balance_zero"),
    ("02-09T23:59", "nina", "AutoCAD", "invitation_pending"),
    ("02-10T00:00", "nina", "AutoCAD", "new_window design 7"),
    ("02-14T23:59", "nemo", "AutoCAD", "invitation_pending"),
    ("02-15T00:00", "nemo", "AutoCAD", "invitation_lapsed"),
    // Assigned at 11:00 UTC: all products of engineering; out of design the next day; all but Maya; Maya by another team.
    ("02-15T10:59", "piet", "Revit", "product_not_allowed"),
    ("02-15T11:00", "piet", "Revit", "new_window engineering 12"),
    ("02-16T09:00", "piet", "AutoCAD", "new_window engineering 7"),
    ("02-17T09:00", "piet", "Maya", "product_not_allowed"),
    ("02-17T09:30", "piet", "AutoCAD", "new_window engineering 7"),
    ("02-18T09:00", "piet", "Maya", "balance_zero"),
    // Visuals has bought tokens, and got those of engineering, which end sooner.
    ("03-01T09:00", "gast", "Maya", "new_window visuals 6"),
    ("03-05T09:00", "rita", "Maya", "not_assigned"),
    ("03-05T09:30", "architects-3", "Maya", "not_assigned"),
    ("03-08T09:00", "rita", "Maya", "new_window visuals 6"),
    ("03-08T09:30", "architects-3", "Maya", "new_window design 6"),
    // The last two leave; rita leaves with a session open, which ends at its renewal.
    ("03-15T09:00", "architects-2", "Maya", "not_assigned"),
    ("03-15T09:30", "architects-3", "Maya", "not_assigned"),
    ("03-15T10:00", "architects-1", "Maya", "new_window design 6"),
    ("03-15T12:00", "rita", "Maya", "new_window visuals 6"),
    // Merged: the list goes along, unless its user is in the new team already.
    ("03-22T09:00", "gast", "Maya", "product_not_allowed"),
    ("03-22T09:30", "piet", "Maya", "new_window design 6"),
    ("03-22T10:00", "otto", "Revit", "new_window design 12"),
    ("03-23T09:00", "architects-3", "AutoCAD", "new_window design 7"),
];

/// Sessions last an hour, but for these, which give a row more.
const RENEWALS: [(&str, &str, &str, &str, &str); 2] = [
    ("architects-1", "01-31T09:00", "02-01T10:00", "02-01T09:00", "renewal_left_open design 12"),
    ("rita", "03-15T12:00", "03-17T12:00", "03-16T12:00", "not_assigned"),
];

fn sessions() -> String {
    let mut log = String::from("user,product,opened,closed\n");
    for (opened, user, product, _) in DECISIONS {
        let late = RENEWALS.iter().find(|renewal| (renewal.0, renewal.1) == (user, opened));
        // An hour later, on the same day.
        let (day, time) = opened.split_once('T').unwrap();
        let (hour, minute) = time.split_once(':').unwrap();
        let closed = match (late, hour) {
            (Some(late), _) => late.2.to_owned(),
            (None, "23") => opened.to_owned(),
            (None, hour) => format!("{day}T{:02}:{minute}", hour.parse::<u32>().unwrap() + 1),
        };
        log += &format!("{user},{product},2027-{opened}:00Z,2027-{closed}:00Z\n");
    }
    log
}

fn metered() -> Desk {
    let desk = Desk::new(SCENARIO);
    desk.write("sessions.csv", &sessions());
    desk.done("meter scenario.yaml sessions.csv --out out");
    desk
}

/// The fields of a row that aren't empty, instants without year and seconds.
fn told(row: &Row, columns: &[&str]) -> String {
    let fields = columns.iter().map(|column| row[*column].as_str()).filter(|field| !field.is_empty());
    let short = |field: &str| field.strip_prefix("2027-").map_or(field.to_owned(), |rest| rest.replace(":00Z", ""));
    fields.map(short).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_event_changes_what_is_decided() {
    let rows = metered().rows("out/decisions.csv");
    let found: Vec<String> =
        rows.iter().map(|row| told(row, &["time", "user", "product", "reason", "team", "tokens"])).collect();
    let mut expected: Vec<(&str, String)> = Vec::new();
    for (at, user, product, given) in DECISIONS {
        expected.push((at, format!("{at} {user} {product} {given}")));
        for late in RENEWALS.iter().filter(|late| (late.0, late.1) == (user, at)) {
            expected.push((late.3, format!("{} {user} {product} {}", late.3, late.4)));
        }
    }
    expected.sort_by_key(|(at, _)| *at);
    // A denial costs nothing.
    let expected: Vec<String> = expected
        .into_iter()
        .map(|(_, row)| if row.ends_with(|last: char| last.is_ascii_digit()) { row } else { row + " 0" })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_ledger_shows_moves_and_merges() {
    let rows = metered().rows("out/ledger.csv");
    let columns = ["time", "team", "pack", "entry", "tokens", "user", "balance"];
    let found: Vec<String> = rows.iter().map(|row| told(row, &columns)).collect();
    assert_eq!(
        found,
        [
            "01-01T00:00 design p1 opening 100 100",
            "01-01T00:00 engineering p2 opening 200 200",
            "01-11T09:00 design p1 burn -7 gast 93",
            "01-12T09:00 design p1 burn -6 gast 87",
            "01-20T09:00 design p1 burn -3 architects-1 84",
            "01-31T09:00 design p1 burn -10 architects-1 74",
            "02-01T09:00 design p1 burn -12 architects-1 62",
            "02-10T00:00 design p1 burn -7 nina 55",
            "02-15T11:00 engineering p2 burn -12 piet 188",
            "02-16T09:00 engineering p2 burn -7 piet 181",
            "02-17T09:30 engineering p2 burn -7 piet 174",
            "03-01T00:00 visuals p3 purchase 100 100",
            "03-01T00:00 engineering p2 move_out -174 0",
            "03-01T00:00 visuals p2 move_in 174 274",
            "03-01T09:00 visuals p2 burn -6 gast 268",
            "03-08T09:00 visuals p2 burn -6 rita 262",
            "03-08T09:30 design p1 burn -6 architects-3 49",
            "03-15T10:00 design p1 burn -6 architects-1 43",
            "03-15T12:00 visuals p2 burn -6 rita 256",
            "03-22T00:00 visuals p2 move_out -156 100",
            "03-22T00:00 design p2 move_in 156 199",
            "03-22T00:00 visuals p3 move_out -100 0",
            "03-22T00:00 design p3 move_in 100 299",
            "03-22T09:30 design p1 burn -6 piet 293",
            "03-22T10:00 design p1 burn -12 otto 281",
            "03-23T09:00 design p1 burn -7 architects-3 274",
        ]
    );
}

#[test]
fn invitations_and_assignments_are_told_by_mail_imports_and_joins_arent() {
    assert_eq!(
        metered().text("out/mails.csv"),
        "time,user,team,mail\n\
         2027-02-08T00:00:00Z,nina,design,invitation\n\
         2027-02-08T00:00:00Z,nemo,design,invitation\n\
         2027-02-08T00:00:00Z,otto,visuals,assignment\n\
         2027-02-15T11:00:00Z,piet,engineering,assignment\n"
    );
}

/// In a simulation too: who is outside opens nothing, so that nobody is refused.
#[test]
fn whoever_is_away_opens_nothing_in_a_simulation() {
    let desk = Desk::new(
        "
start: 2027-01-01
end: 2027-03-31
products: {Revit: {rate: 10}}
teams: {design: {packs: [{id: p1, bought: 2026-12-01, size: 9000}]}}
people:
  - {group: architects, count: 2, team: design, access: all, behaviour: office_week, with: {forgets_night: 0, forgets_weekend: 0}}
events:
  - {on: 2027-02-01, join: {group: architects, count: 1}}
  - {on: 2027-03-01, leave: {group: architects, count: 2}}
",
    );
    desk.done("simulate scenario.yaml --out out");
    assert!(desk.rows("out/decisions.csv").iter().all(|row| row["outcome"] == "granted"));
    let opened = |user: &str| {
        let rows = desk.rows("out/sessions.csv").into_iter().filter(|row| row["user"] == user);
        let days: Vec<String> = rows.map(|row| row["opened"][..7].to_owned()).collect();
        ["2027-01", "2027-02", "2027-03"].map(|month| days.iter().any(|day| day == month))
    };
    assert_eq!(opened("architects-1"), [true, true, true]);
    assert_eq!(opened("architects-2"), [true, true, false]);
    assert_eq!(opened("architects-3"), [false, true, false]);
}

/// What expires is the loss of the team that has it by then.
#[test]
fn a_forecast_follows_a_pack_that_moves() {
    let desk = Desk::new(
        "
start: 2027-01-01
end: 2027-12-31
products: {Revit: {rate: 10}}
teams:
  design: {plan: premium, packs: [{id: p1, bought: 2026-05-10, size: 100}, {id: p2, bought: 2026-06-10, size: 20}]}
  visuals: {}
people: [{user: ann, team: design, access: all}]
events: [{on: 2027-02-01, move: p1, to: visuals}]
",
    );
    let summary = desk.done("forecast scenario.yaml --out out --replications 2");
    assert!(summary.contains("\n  design (premium) "), "{summary}");
    let forecast = desk.json("out/forecast.json");
    let team = |place: usize| &forecast["teams"][place];
    assert_eq!([0, 1].map(|place| team(place)["expired"]["mean"].as_f64()), [Some(20.0), Some(100.0)]);
    assert_eq!(team(0)["packs"][0]["expired"]["mean"], 100.0);
    assert_eq!((&team(0)["plan"], team(1).get("plan")), (&"premium".into(), None));
}
