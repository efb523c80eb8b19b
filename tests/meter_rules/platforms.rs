//! Versions and platforms as a log names them (E9).

use crate::desk::Desk;

const OFFICE: &str = "
start: 2027-01-01
end: 2027-01-31
products: {AutoCAD: {rate: 7}, Flame: {rate: 6}, Maya: {rate: 6}, MotionBuilder: {rate: 6}, Mudbox: {rate: 1}}
teams: {design: {packs: [{id: p1, bought: 2026-05-10, size: 100}]}}
people: [{user: ann, team: design, access: all}]
";

/// What comes of an open of a product in a version on a platform.
fn check(product: &str, version: &str, platform: &str, reason: &str) {
    let desk = Desk::new(OFFICE);
    let row = format!("ann,{product},2027-01-04T08:00:00Z,2027-01-04T17:00:00Z,{version},{platform}");
    desk.write("sessions.csv", &format!("user,product,opened,closed,version,platform\n{row}\n"));
    desk.done("meter scenario.yaml sessions.csv --out out");
    assert_eq!(desk.rows("out/decisions.csv")[0]["reason"], reason, "{product} {version} {platform}");
}

#[test]
fn e9_on_linux_four_products_need_2020_or_later() {
    for product in ["Flame", "Maya", "MotionBuilder", "Mudbox"] {
        check(product, "2019", "linux", "version_not_supported");
        check(product, "2019.3", "Linux", "version_not_supported");
        check(product, "2020", "linux", "new_window");
        check(product, "", "linux", "new_window");
    }
    check("Maya", "2019", "windows", "new_window");
    check("Maya", "2019", "", "new_window");
    check("AutoCAD", "2019", "linux", "new_window");
}
