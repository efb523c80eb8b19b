//! The vendor's two worked examples (rules.md, after T9), from a log to the tables.

mod desk;

use desk::Desk;

const OFFICE: &str = "
start: 2027-01-01
end: 2027-01-31
products: {AutoCAD: {rate: 7}}
teams: {design: {packs: [{id: p1, bought: 2026-05-10, size: 100}]}}
people: [{user: ann, team: design, access: all}]
";

/// 4 January 2027 is a Monday.
fn check(sessions: &str, decisions: &str, ledger: &str) {
    let desk = Desk::new(OFFICE);
    desk.write("sessions.csv", &format!("user,product,opened,closed\n{sessions}"));
    desk.done("meter scenario.yaml sessions.csv --out out");
    let head = "time,user,product,version,device,outcome,reason,team,tokens,window_start,window_end\n";
    assert_eq!(desk.text("out/decisions.csv"), format!("{head}{decisions}"));
    let head = "time,team,pack,entry,tokens,user,product,balance,posted\n\
                2027-01-01T00:00:00Z,design,p1,opening,100,,,100,2027-01-01T00:00:00Z\n";
    assert_eq!(desk.text("out/ledger.csv"), format!("{head}{ledger}"));
}

#[test]
fn still_open_when_the_first_window_ends_is_charged_at_that_instant() {
    check(
        "ann,AutoCAD,2027-01-04T08:00:00Z,2027-01-04T17:00:00Z\n\
         ann,AutoCAD,2027-01-05T07:00:00Z,2027-01-05T17:00:00Z\n",
        "2027-01-04T08:00:00Z,ann,AutoCAD,,,granted,new_window,design,7,2027-01-04T08:00:00Z,2027-01-05T08:00:00Z\n\
         2027-01-05T07:00:00Z,ann,AutoCAD,,,granted,covered_by_window,design,0,2027-01-04T08:00:00Z,2027-01-05T08:00:00Z\n\
         2027-01-05T08:00:00Z,ann,AutoCAD,,,granted,renewal_left_open,design,7,2027-01-05T08:00:00Z,2027-01-06T08:00:00Z\n",
        "2027-01-04T08:00:00Z,design,p1,burn,-7,ann,AutoCAD,93,2027-01-04T08:05:00Z\n\
         2027-01-05T08:00:00Z,design,p1,burn,-7,ann,AutoCAD,86,2027-01-05T08:00:00Z\n",
    );
}

#[test]
fn from_one_day_into_the_next_is_one_charge_of_the_first() {
    check(
        "ann,AutoCAD,2027-01-04T19:00:00Z,2027-01-05T17:00:00Z\n",
        "2027-01-04T19:00:00Z,ann,AutoCAD,,,granted,new_window,design,7,2027-01-04T19:00:00Z,2027-01-05T19:00:00Z\n",
        "2027-01-04T19:00:00Z,design,p1,burn,-7,ann,AutoCAD,93,2027-01-04T19:05:00Z\n",
    );
}
