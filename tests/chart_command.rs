//! `chart`: every picture again from the stored result alone, and what is said where that can't be.

mod desk;

use std::sync::LazyLock;

use desk::Desk;
use flexcast::chart::{CATALOGUE, Look, ROLES};

const OFFICE: &str = "
start: 2027-01-04
end: 2027-02-28
products: {Revit: {rate: 10}, Maya: {rate: 6}}
teams: {design: {packs: [{id: p1, bought: 2026-02-10, size: 800}]}}
people:
  - group: architects
    count: 3
    team: design
    access: all
    behaviour: office_week
    with: {attendance: {from: 0.5, to: 0.9}}
currency: EUR
prices: {tokens: [{from: 100, each: 3.00}], step: 100, subscriptions: {Revit: 3000}}
plan: {service_level: 90%}
what_if: {one more: {people.architects.count: 4}}
forecast: {replications: 50}
";

/// Each command that draws, the folder that it writes, and the file that tells its kind.
const WRITERS: [(&str, &str, &str); 8] = [
    ("forecast scenario.yaml --out forecast", "forecast", "forecast.json"),
    ("compare scenario.yaml --out compare", "compare", "compare.json"),
    ("sensitivity scenario.yaml --out sensitivity", "sensitivity", "sensitivity.json"),
    ("sensitivity scenario.yaml --full --out shares", "shares", "sensitivity.json"),
    ("plan scenario.yaml --out plan", "plan", "plan.json"),
    ("seats scenario.yaml --out seats", "seats", "seats.json"),
    ("report scenario.yaml --user architects-1 --out report", "report", "report.json"),
    ("scripts preview --scenario scenario.yaml --user architects-1 --out preview", "preview", "preview.json"),
];

/// All results of the office; they are made once for all tests.
fn desk() -> &'static Desk {
    static DESK: LazyLock<Desk> = LazyLock::new(|| {
        let desk = Desk::new(OFFICE);
        WRITERS.iter().for_each(|(command, ..)| drop(desk.done(command)));
        desk
    });
    &DESK
}

/// What a command says that must fail with that exit code.
fn refused(arguments: &str, code: i32) -> String {
    let output = desk().run(arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{arguments}: {told}");
    told
}

#[test]
fn a_stored_result_gives_the_pictures_that_its_command_drew() {
    let desk = desk();
    for entry in CATALOGUE {
        let of_entry = |(_, folder, file): &&(&str, &str, &str)| {
            entry.kinds().iter().any(|kind| kind.file() == *file) && desk.path(folder).exists()
        };
        let folders: Vec<_> = WRITERS.iter().filter(of_entry).map(|(_, folder, file)| (folder, file)).collect();
        assert!(!folders.is_empty(), "{} is drawn from nothing here", entry.name);
        for (folder, file) in folders {
            let drawn = desk.text(&format!("{folder}/{}.svg", entry.name));
            assert!(desk.done(&format!("chart {} {folder}", entry.name)) == drawn, "{} of {folder}", entry.name);
            assert!(desk.done(&format!("chart {} {folder}/{file}", entry.name)) == drawn, "{} of {file}", entry.name);
        }
    }
}

#[test]
fn every_colour_has_a_role_and_another_in_the_dark() {
    let desk = desk();
    let all = |look| ROLES.iter().map(move |role| role.hex(look)).collect::<Vec<_>>();
    for entry in CATALOGUE {
        let kind = entry.kinds()[0];
        let (_, folder, _) = WRITERS.iter().find(|(_, _, file)| *file == kind.file()).unwrap();
        let light = desk.done(&format!("chart {} {folder}", entry.name));
        let dark = desk.done(&format!("chart {} {folder} --dark", entry.name));
        for (svg, look) in [(&light, Look::Light), (&dark, Look::Dark)] {
            for colour in svg.split("=\"#").skip(1).map(|rest| format!("#{}", &rest[..6])) {
                assert!(all(look).contains(&colour), "{}: {colour} has no role in {look:?}", entry.name);
            }
        }
        assert!(dark == Look::Dark.dress(&light) && dark != light, "{}", entry.name);
    }
}

#[test]
fn a_picture_goes_to_the_file_that_is_asked_for() {
    let desk = desk();
    desk.done("chart burn forecast --out sub/burn.svg");
    assert_eq!(desk.bytes("sub/burn.svg"), desk.bytes("forecast/burn.svg"));
    desk.done("chart burn forecast --out burn.PNG");
    assert_eq!(desk.bytes("burn.PNG"), desk.bytes("forecast/burn.png"));
    desk.done("chart burn forecast --out dark.png --dark");
    let dark = desk.bytes("dark.png");
    assert!(dark.starts_with(b"\x89PNG") && dark != desk.bytes("forecast/burn.png"));
    desk.done("compare scenario.yaml --replications 3 --out night --dark");
    assert_eq!(desk.text("night/tornado.svg"), desk.done("chart tornado night --dark"));
}

#[test]
fn the_list_tells_of_every_picture() {
    let list = desk().done("chart --list");
    for entry in CATALOGUE {
        let row = list.lines().find(|line| line.split_whitespace().next() == Some(entry.name)).unwrap();
        assert!(row.contains(entry.shows) && row.contains(entry.kinds()[0].file()), "{row}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_way_to_mend_it() {
    let desk = desk();
    desk.write("broken.json", "{\"precision\": ");
    desk.write("usage.json", &desk.done("report scenario.yaml --json"));
    desk.write("other.json", "{\"tokens\": 3}");
    desk.write(
        "old.json",
        &desk
            .text("forecast/forecast.json")
            .replace("\"groups\"", "\"groups\": [], \"gropus\"")
            .replace("stock_out", "out"),
    );
    for (arguments, code, words) in [
        ("chart bern forecast", 2, &["'bern'", "'burn'"][..]),
        ("chart", 2, &["<NAME>", "<RESULT>"]),
        ("chart burn", 2, &["<RESULT>"]),
        ("chart burn forecast --out burn.pdf", 2, &["expected a file that ends in .svg or .png"]),
        (
            "chart plan forecast/forecast.json",
            1,
            &[
                "`forecast/forecast.json` is a forecast, and `plan` is drawn from a purchase plan",
                "`flexcast plan SCENARIO --out DIR` makes one; from a forecast: burn, months, balance",
            ],
        ),
        ("chart tornado plan/plan.json", 1, &["a comparison or a sensitivity", "from a purchase plan: plan"]),
        ("chart seats forecast", 1, &["there is no seats.json in `forecast`", "`flexcast seats SCENARIO --out DIR`"]),
        ("chart tornado seats", 1, &["there is no compare.json or sensitivity.json in `seats`"]),
        ("chart week usage.json", 1, &["`usage.json` doesn't hold what is drawn", "--user NAME"]),
        ("chart burn gone.json", 1, &["can't read `gone.json`", "`flexcast forecast SCENARIO --out DIR` makes one"]),
        ("chart burn broken.json", 1, &["`broken.json` isn't JSON", "--list"]),
        ("chart burn other.json", 1, &["`other.json` is no result that pictures are drawn from", "--list"]),
        ("chart burn old.json", 1, &["is a forecast, but not a whole one: missing field `stock_out`", "make it again"]),
    ] {
        let told = refused(arguments, code);
        for words in words {
            assert!(told.contains(words), "{arguments}: {words}\n{told}");
        }
    }
}
