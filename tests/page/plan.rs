//! A purchase plan's page: what to buy when comes first.

use crate::desk::Desk;
use crate::{browser, figures, markup};

const OFFICE: &str = "
start: 2027-01-04
end: 2027-03-31
products: {Revit: {rate: 10}}
prices: {tokens: [{from: 100, each: 3.00}], step: 100}
teams: {design: {packs: [{id: p1, bought: 2026-05-10, size: 700}]}}
people: [{group: architects, count: 2, team: design, access: all, behaviour: office_week}]
";

#[test]
fn a_plan_has_its_page_too() {
    let desk = Desk::new(OFFICE);
    desk.run("plan scenario.yaml --service-level 80% --replications 25 --seed 7 --out plan --html");
    let (page, plan) = (desk.text("plan/page.html"), desk.json("plan/plan.json"));
    assert!(figures::check(&page, &plan) > 20);
    let orders = plan["orders"].as_array().unwrap();
    assert!(!orders.is_empty());
    let answer = page.split("<p class=\"answer\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(answer.starts_with("Buy ") && desk.done("page plan --out again.html").is_empty(), "{answer}");
    assert!(desk.text("again.html") == page);
    let days: Vec<_> = markup::tags(&page).into_iter().filter(|tag| tag.name == "time").map(|tag| tag.text).collect();
    for order in orders {
        assert!(days.iter().any(|day| *day == order["order_by"]), "{order}");
    }
    if let Some(seen) = browser::see(&desk, "seen.html", &page, (1000, 800)) {
        assert_eq!(seen.errors, Vec::<String>::new());
    }
}

#[test]
fn what_has_no_page_is_refused_with_the_way_to_mend_it() {
    let desk = Desk::new(OFFICE);
    desk.write("one.json", "{}");
    for (command, told) in [("page nowhere", "can't read `nowhere`"), ("page one.json", "`one.json` is no result")] {
        let refused = desk.run(command);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said.contains(told), "{said}");
    }
}
