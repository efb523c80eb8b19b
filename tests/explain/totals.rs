//! What is explained adds up to what burned, as a whole and in parts.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use flexcast::calendar::Day;
use flexcast::explain::{Answer, Asked, What};
use flexcast::ids::{ProductId, UserId};
use flexcast::tokens::Tokens;

use crate::desk::Desk;
use crate::truth::Office;

const LOGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

/// A real log that stands beside the project; where it isn't there, the test says so and passes.
fn real(name: &str) -> Option<Office> {
    let log = Path::new(LOGS).join(name).join("sessions.csv");
    if !log.is_file() {
        std::io::stderr().write_all(format!("skipped: the log {name} isn't beside the project\n").as_bytes()).unwrap();
        return None;
    }
    let rows: Vec<Vec<String>> = csv::Reader::from_path(&log).unwrap().deserialize().map(Result::unwrap).collect();
    let column = |place: usize| rows.iter().map(|row| row[place].clone()).collect::<BTreeSet<String>>();
    let first = column(2).first().unwrap()[..10].to_owned();
    let products: Vec<String> = column(1).iter().map(|name| format!("  {name}: {{rate: 1}}\n")).collect();
    let people: Vec<String> =
        column(0).iter().map(|name| format!("  - {{user: {name}, team: all, access: all}}\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("scenario.yaml");
    let text = format!(
        "start: {first}\nend: {first}\nproducts:\n{}\
         teams: {{all: {{packs: [{{id: huge, bought: {first}, size: 1000000000}}]}}}}\npeople:\n{}",
        products.concat(),
        people.concat(),
    );
    fs::write(&scenario, text).unwrap();
    Some(Office::new(&scenario, &log))
}

/// What packs paid for each charge is the charge, and the charges are what burned.
fn check(answer: &Answer) {
    let mut explained = Tokens::ZERO;
    for decision in &answer.decisions {
        if let What::Charged(charge) = &decision.what {
            assert_eq!(charge.paid.iter().map(|paid| paid.tokens).sum::<Tokens>(), charge.tokens, "{decision:?}");
            explained += charge.tokens - charge.given_back.iter().map(|back| back.tokens).sum();
        }
    }
    assert_eq!((answer.burned, answer.explained), (explained, explained));
}

/// Whether parts of what can be asked are the whole.
fn check_parts(office: &Office, whole: &Answer, parts: impl Iterator<Item = Asked>) {
    let mut decisions = Vec::new();
    for asked in parts {
        let part = office.explain(&office.rows, &asked);
        check(&part);
        decisions.extend(part.decisions);
    }
    decisions.sort_by_key(|decision| decision.number);
    assert!(decisions == whole.decisions, "the parts aren't the whole");
}

/// From the first day of opening to some weeks after the last: what is left open is charged then.
fn by_day(office: &Office) -> impl Iterator<Item = Asked> {
    let zone = office.scenario.zone;
    let [first, last] = [office.rows.first(), office.rows.last()].map(|row| zone.day_of(row.unwrap().opened).number());
    (first..=last + 21).map(Day::from_number).map(move |day| {
        let day = zone.start_of(day)..zone.start_of(day.plus(1));
        Asked { day: Some(day), ..Asked::default() }
    })
}

fn by_user(office: &Office) -> impl Iterator<Item = Asked> {
    let users = (0..office.scenario.users.len()).map(UserId::from_index);
    users.map(|user| Asked { user: Some(user), ..Asked::default() })
}

fn by_product(office: &Office) -> impl Iterator<Item = Asked> {
    let products = (0..office.scenario.products.len()).map(ProductId::from_index);
    products.map(|product| Asked { product: Some(product), ..Asked::default() })
}

#[test]
fn every_token_of_the_autocad_log_is_explained() {
    let Some(office) = real("elk_autocad") else { return };
    let whole = office.explain(&office.rows, &Asked::default());
    check(&whole);
    assert_eq!(whole.charges, 308);
    check_parts(&office, &whole, by_day(&office));
    check_parts(&office, &whole, by_user(&office));
    check_parts(&office, &whole, by_product(&office));
}

#[test]
fn every_token_of_the_ansys_log_is_explained() {
    let Some(office) = real("umich_ansys") else { return };
    let whole = office.explain(&office.rows, &Asked::default());
    check(&whole);
    assert_eq!(whole.charges, 951);
    check_parts(&office, &whole, by_user(&office));
    check_parts(&office, &whole, by_product(&office));
}

#[test]
fn advice_on_real_charges_would_have_helped() {
    if let Some(office) = real("elk_autocad") {
        let followed = office.follow_each_advice();
        assert!(followed > 50, "{followed}");
    }
}

/// The first months of a shipped scenario.
fn check_shipped(desk: &Desk) {
    desk.done("simulate scenario.yaml --replication 3 --out run");
    let said = desk.done("explain scenario.yaml --replication 3 --json");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let run = desk.json("run/run.json");
    assert_eq!(said["burned"], run["burned"]);
    assert_eq!(said["explained"], run["burned"]);
    assert_eq!(said["charges"], run["windows"]);
    assert_eq!(said["card"], run["card"]);
    let denied = said["denials"].as_array().unwrap().iter().map(|denial| denial["count"].as_u64().unwrap());
    assert_eq!(denied.sum::<u64>(), run["denied"].as_u64().unwrap());
}

#[test]
fn a_replication_of_a_shipped_scenario_is_explained_to_the_last_token() {
    check_shipped(&Desk::studio(|text| text.replace("end: 2027-12-31", "end: 2027-03-31")));
    let flex_year = fs::read_to_string("scenarios/flex_year.yaml").unwrap();
    check_shipped(&Desk::new(&flex_year.replace("end: 2027-12-31", "end: 2027-01-08")));
}

#[test]
fn names_that_are_unknown_are_told_with_the_nearest() {
    let desk = Desk::studio(|text| text);
    let output = desk.run("explain scenario.yaml --user architect-1 --product Revitt");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    for line in ["unknown user `architect-1`", "did you mean `architects-1`?", "unknown product `Revitt`"] {
        assert!(said.contains(line), "{said}");
    }
}
