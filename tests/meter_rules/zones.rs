//! A window is elapsed time (T3): zones, clock changes and travel move nothing.

use crate::desk::Desk;

/// Every instant is given in UTC, so the zone only says what days the reports have.
const OFFICE: &str = "
start: 2027-03-01
end: 2027-04-30
zone: ZONE
products: {AutoCAD: {rate: 7}, Revit: {rate: 10, released: 2027-03-27T12:00:00Z}}
teams: {design: {}, engineering: {}}
people:
  - {user: ann, team: design, access: all}
  - user: bob
    teams: [design, engineering]
    access: all
    trials: [{product: AutoCAD, from: 2027-03-20T00:00:00Z, until: 2027-03-28T00:30:00Z}]
purchases:
  - {on: 2027-03-10T00:00:00Z, team: design, tokens: 60, id: p1}
  - {on: 2027-03-11T00:00:00Z, team: engineering, tokens: 60, id: p2}
events:
  - {on: 2027-03-28T20:00:00Z, rate: {product: AutoCAD, tokens: 8}}
  - {on: 2027-03-29T22:30:00Z, move: p2, to: design}
  - {on: 2027-03-24T23:00:00Z, invite: {user: cy, team: design, access: [Revit], accepts_after: 7d}}
";

/// From the night before clocks change in Europe (28 March, 01:00 UTC) to the days after.
const SESSIONS: [[&str; 4]; 9] = [
    ["ann", "Revit", "2027-03-27T11:59:59Z", "2027-03-27T13:00:00Z"],
    ["ann", "AutoCAD", "2027-03-27T20:00:00Z", "2027-03-28T20:30:00Z"],
    ["bob", "AutoCAD", "2027-03-27T22:00:00Z", "2027-03-28T08:00:00Z"],
    ["bob", "Revit", "2027-03-28T00:59:59Z", "2027-03-29T01:00:00Z"],
    ["ann", "AutoCAD", "2027-03-29T19:59:59Z", "2027-03-29T20:00:01Z"],
    ["ann", "AutoCAD", "2027-03-30T08:00:00Z", "2027-04-02T08:00:00Z"],
    ["bob", "AutoCAD", "2027-04-01T08:00:00Z", ""],
    ["cy", "Revit", "2027-03-31T22:59:59Z", "2027-03-31T23:00:00Z"],
    ["cy", "Revit", "2027-03-31T23:00:00Z", "2027-04-01T08:00:00Z"],
];

fn metered(zone: &str, sessions: &str) -> [String; 2] {
    let desk = Desk::new(&OFFICE.replace("ZONE", zone));
    desk.write("sessions.csv", &format!("user,product,opened,closed\n{sessions}"));
    desk.done("meter scenario.yaml sessions.csv --out out --until 2027-04-10T00:00:00Z");
    ["out/decisions.csv", "out/ledger.csv"].map(|name| desk.text(name))
}

fn sessions(written: impl Fn(&str) -> String) -> String {
    let row = |[user, product, opened, closed]: &[&str; 4]| {
        format!("{user},{product},{},{}\n", written(opened), written(closed))
    };
    SESSIONS.iter().map(row).collect()
}

#[test]
fn t3_another_zone_with_the_same_instants_gives_the_same_rows() {
    let utc = metered("UTC", &sessions(str::to_owned));
    for row in
        ["28T20:00:00Z,ann,AutoCAD,,,granted,renewal_left_open,design,8", "31T23:00:00Z,cy,Revit,,,granted,new_window"]
    {
        assert!(utc[0].contains(&format!("2027-03-{row}")), "{}", utc[0]);
    }
    for zone in ["Europe/Amsterdam", "America/New_York", "Pacific/Kiritimati"] {
        assert_eq!(metered(zone, &sessions(str::to_owned)), utc, "{zone}");
    }
}

#[test]
fn t3_who_travels_has_the_same_windows() {
    // The same instants, as a clock ten hours ahead shows them: only the days change.
    let far = |at: &str| match at.split_once('T') {
        Some((day, time)) => {
            let hour: u32 = time[..2].parse().unwrap();
            let next = |day: &str| format!("{}{:02}", &day[..8], day[8..].parse::<u32>().unwrap() + 1);
            let day = match (hour >= 14, day) {
                (true, "2027-03-31") => "2027-04-01".to_owned(),
                (true, day) => next(day),
                (false, day) => day.to_owned(),
            };
            format!("{day}T{:02}{}+10:00", (hour + 10) % 24, &time[2..8])
        }
        None => String::new(),
    };
    assert_eq!(metered("UTC", &sessions(far)), metered("UTC", &sessions(str::to_owned)));
}
