//! The command as its users meet it: exit codes, what goes to which stream, what is written and what isn't.

mod desk;

use std::fs;
use std::process::{Output, Stdio};

use desk::Desk;
use serde_json::Value;

const OFFICE: &str = "
start: 2027-01-04
end: 2027-01-17
products: {Revit: {rate: 10}}
teams: {design: {packs: [{id: p1, bought: 2026-05-10, size: 500}]}}
people: [{group: architects, count: 3, team: design, access: all, behaviour: office_week}]
forecast: {replications: 5}
";

const WRONG: &str = "
start: 2027-01-04
end: 2027-01-17
produts: {Revit: {rate: 10}}
";

const LOG: &str = "user,product,opened,closed\narchitects-1,Revit,2027-01-04T08:00:00Z,2027-01-04T17:00:00Z\n";

/// Each command that writes a folder, and the files that appear there.
const WRITERS: [(&str, &str); 3] = [
    ("forecast scenario.yaml --out out", "forecast.json"),
    ("simulate scenario.yaml --out out", "sessions.csv"),
    ("meter scenario.yaml log.csv --out out", "decisions.csv"),
];

const COMMANDS: [&str; 20] = [
    "export",
    "forecast",
    "what-if",
    "compare",
    "sensitivity",
    "plan",
    "seats",
    "alerts",
    "simulate",
    "meter",
    "import",
    "explain",
    "chart",
    "page",
    "check",
    "new",
    "scripts",
    "schema",
    "completions",
    "man",
];

fn office() -> Desk {
    let desk = Desk::new(OFFICE);
    desk.write("log.csv", LOG);
    desk
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The names of all that is at the desk, folders and what is in them.
fn files(desk: &Desk) -> Vec<String> {
    let list = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(desk.path(folder)).into_iter().flatten().map(|entry| entry.unwrap().file_name());
        entries.map(|name| format!("{folder}{}", name.into_string().unwrap())).collect()
    };
    let mut files = [list(""), list("out/")].concat();
    files.sort();
    files
}

#[test]
fn exit_codes_are_those_that_help_names() {
    let desk = office();
    desk.write("wrong.yaml", WRONG);
    for (arguments, expected) in [
        ("check scenario.yaml", 0),
        ("forecast scenario.yaml --out out", 0),
        ("simulate scenario.yaml --out out", 0),
        ("meter scenario.yaml log.csv --out out", 0),
        ("--version", 0),
        ("check wrong.yaml", 1),
        ("forecast wrong.yaml --out out", 1),
        ("simulate wrong.yaml --out out", 1),
        ("meter wrong.yaml log.csv --out out", 1),
        ("meter scenario.yaml scenario.yaml --out out", 1),
        ("", 2),
        ("forcast scenario.yaml", 2),
        ("forecast scenario.yaml", 2),
        ("forecast scenario.yaml --out out --replications 0", 2),
        ("forecast scenario.yaml --out out --threads 0", 2),
        ("meter scenario.yaml log.csv --out out --until tomorrow", 2),
        ("completions tcsh", 2),
        ("forecast scenario.yaml --out scenario.yaml", 3),
        ("new scenario.yaml", 3),
    ] {
        let output = desk.run(arguments);
        assert_eq!(code(&output), expected, "{arguments}: {}", error(&output));
    }
}

#[test]
fn a_missing_file_is_named_and_nothing_appears() {
    let desk = office();
    let before = files(&desk);
    for (arguments, missing) in [
        ("check gone.yaml", "gone.yaml"),
        ("forecast gone.yaml --out out", "gone.yaml"),
        ("simulate gone.yaml --out out", "gone.yaml"),
        ("meter gone.yaml log.csv --out out", "gone.yaml"),
        ("meter scenario.yaml gone.csv --out out", "gone.csv"),
    ] {
        let output = desk.run(arguments);
        assert_eq!((code(&output), output.stdout.len()), (1, 0), "{arguments}");
        assert!(error(&output).contains(missing), "{arguments}: {}", error(&output));
        assert_eq!(files(&desk), before, "{arguments}");
    }
}

#[test]
fn where_a_result_cant_be_written_the_old_ones_stay_and_nothing_new_appears() {
    for (arguments, file) in WRITERS {
        let desk = office();
        desk.done(arguments);
        let old = desk.bytes(&format!("out/{file}"));
        // A folder stands where another of the files is to go.
        let last = if file == "forecast.json" { "out/burners.png" } else { "out/ledger.csv" };
        fs::remove_file(desk.path(last)).unwrap();
        fs::create_dir(desk.path(last)).unwrap();
        let before = files(&desk);
        desk.write("scenario.yaml", &OFFICE.replace("count: 3", "count: 2"));
        let output = desk.run(arguments);
        assert_eq!((code(&output), output.stdout.len()), (3, 0), "{arguments}: {}", error(&output));
        assert!(error(&output).contains(last.trim_start_matches("out/")), "{}", error(&output));
        assert_eq!((files(&desk), desk.bytes(&format!("out/{file}"))), (before, old), "{arguments}");
    }
}

#[test]
fn a_file_in_the_way_of_the_folder_stays_as_it_is() {
    for (arguments, _) in WRITERS {
        let desk = office();
        desk.write("out", "mine");
        let output = desk.run(arguments);
        assert_eq!((code(&output), output.stdout.len()), (3, 0), "{arguments}");
        assert!(error(&output).contains("out"), "{}", error(&output));
        assert_eq!(desk.text("out"), "mine");
    }
}

#[test]
fn a_script_that_fails_on_the_way_leaves_no_results() {
    let desk = office();
    desk.write("scenario.yaml", &OFFICE.replace("office_week", "late.rhai"));
    desk.write("late.rhai", "fn day(me, today) { if today.day_of_month == 15 { throw \"no\"; } }");
    let before = files(&desk);
    for arguments in ["forecast scenario.yaml --out out", "simulate scenario.yaml --out out/in/out"] {
        let output = desk.run(arguments);
        assert_eq!((code(&output), output.stdout.len()), (1, 0), "{}", error(&output));
        assert!(error(&output).contains("2027-01-15"), "{}", error(&output));
        assert_eq!(files(&desk), before);
    }
}

#[test]
fn a_reader_who_leaves_is_told_nothing_and_the_exit_code_stays() {
    let desk = office();
    // Stands for a pack that is as good as gone: nobody is granted anything.
    desk.write("dry.yaml", &OFFICE.replace("size: 500", "size: 500, left: 0"));
    desk.write("wrong.yaml", WRONG);
    for (arguments, code) in [
        ("forecast scenario.yaml --out out --json", 0),
        ("schema", 0),
        ("man", 0),
        ("completions bash", 0),
        ("new", 0),
        ("forecast dry.yaml --out out --fail-if stock_out>1%", 4),
        ("forecast dry.yaml --out out --json --fail-if stock_out>1%", 4),
        ("alerts dry.yaml", 4),
        ("plan dry.yaml --service-level 50% --replications 20 --order-dates 2027-01-15", 4),
        ("forecast wrong.yaml --out out", 1),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut running = desk.command(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        drop(reader);
        let mut said = String::new();
        std::io::Read::read_to_string(running.stderr.as_mut().unwrap(), &mut said).unwrap();
        assert_eq!(running.wait().unwrap().code(), Some(code), "{arguments}: {said}");
        assert!(!said.contains("panicked") && !said.contains("pipe") && !said.contains("standard output"), "{said}");
        assert!(code == 1 || !said.contains("error"), "{arguments}: {said}");
    }
}

#[test]
fn no_colours_and_no_progress_where_there_is_no_terminal() {
    let desk = office();
    desk.write("wrong.yaml", WRONG);
    for arguments in ["check wrong.yaml", "forecast scenario.yaml --out out", "forecast --help", "forcast"] {
        for no_colour in [false, true] {
            let mut command = desk.command(arguments);
            command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "xterm-256color");
            if no_colour {
                command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
            }
            let output = command.output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            assert!(!said.contains(&0x1b) && !said.contains(&b'\r'), "{arguments}");
            assert!(!String::from_utf8(said).unwrap().contains("of 5 replications"), "{arguments}");
        }
    }
}

#[test]
fn json_is_all_that_stands_on_standard_output() {
    let desk = office();
    let forecast = desk.done("forecast scenario.yaml --out out --json");
    assert_eq!(forecast, desk.text("out/forecast.json"));
    assert_eq!(serde_json::from_str::<Value>(&forecast).unwrap()["card"]["replications"], 5);
    let totals: Value = serde_json::from_str(&desk.done("meter scenario.yaml log.csv --out out --json")).unwrap();
    assert_eq!((&totals["burned"], &totals["denied"]), (&Value::from(10.0), &Value::from(0)));
}

/// Neither packs, nor prices, nor anything that burns.
#[test]
fn the_plainest_scenario_is_forecast_without_empty_phrases() {
    let desk = Desk::new(
        "start: 2027-01-04\nend: 2027-01-04\nproducts: {Revit: {rate: 10}}\nteams: {design: {}}\n\
         people: [{user: ann, team: design, access: all, behaviour: office_week, with: {attendance: 0}}]\n",
    );
    let summary = desk.done("forecast scenario.yaml --out out --replications 3");
    for phrase in [
        "In none of the runs (95 % interval 0 % to 56.1 %).",
        "Charged, on average: nothing.",
        "0 tokens (p10 to p90), 0 ± 0 on average.\n",
    ] {
        assert!(summary.contains(phrase), "{phrase}: {summary}");
    }
    assert!(!summary.contains("worth 0") && !summary.contains("NaN"), "{summary}");
    assert_eq!(desk.json("out/forecast.json")["all"]["expired_money"], Value::Null);
}

#[test]
fn every_command_shows_examples() {
    let desk = office();
    for command in COMMANDS {
        let help = desk.done(&format!("{command} --help"));
        let (_, examples) = help.split_once("\nExample").unwrap_or_else(|| panic!("{command}"));
        assert!(examples.contains(&format!("  flexcast {command}")), "{command}");
    }
    let help = desk.done("--help");
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    assert!(help.contains("Examples:") && help.contains("Exit codes:"));
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    let desk = office();
    for page in ["completions bash", "completions zsh", "completions fish", "completions powershell", "man"] {
        let page = desk.done(page);
        for word in COMMANDS.into_iter().chain(["replications"]) {
            assert!(page.contains(word), "{word}");
        }
    }
}

#[test]
fn new_writes_a_scenario_without_errors_and_overwrites_nothing() {
    let desk = office();
    let printed = desk.done("new");
    desk.done("new fresh.yaml");
    assert_eq!(desk.text("fresh.yaml"), printed);
    desk.done("check fresh.yaml");
    let output = desk.run("new scenario.yaml");
    assert!(error(&output).contains("scenario.yaml"), "{}", error(&output));
    assert_eq!(desk.text("scenario.yaml"), OFFICE);
}

#[test]
fn check_tells_the_errors_of_the_scenario_and_of_its_scripts_together() {
    let desk = office();
    desk.write("scenario.yaml", &OFFICE.replace("rate: 10", "rat: 10").replace("office_week", "own.rhai"));
    desk.write("own.rhai", "fn day(me, today) { me.usses(\"Revit\", 0, 1); }");
    let said = error(&desk.run("check scenario.yaml"));
    for part in ["`rat`", "scenario.yaml:4", "`usses`", "own.rhai:1", "2 errors in own.rhai and scenario.yaml"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_is_set_on_the_command_line_is_as_if_it_stood_in_the_file() {
    let desk = office();
    let totals = |arguments: &str, out: &str| {
        desk.done(&format!("{arguments} --out {out}"));
        desk.text(&format!("{out}/daily.csv"))
    };
    let set = totals("forecast scenario.yaml --replications 2 --set people.architects.count=2", "set");
    assert_ne!(set, totals("forecast scenario.yaml --replications 2", "as-it-is"));
    assert!(desk.text("set/forecast.json").contains("people.architects.count"));
    desk.write("scenario.yaml", &OFFICE.replace("count: 3", "count: 2"));
    assert_eq!(set, totals("forecast scenario.yaml --replications 2", "written"));
    for (wrong, named) in
        [("people.architect.count=2", "architects"), ("people", "people.architects.count=45"), ("start=", "start")]
    {
        let output = desk.run(&format!("forecast scenario.yaml --out out --set {wrong}"));
        assert_eq!(code(&output), 1);
        assert!(error(&output).contains(named), "{}", error(&output));
    }
}

#[test]
fn a_change_of_the_command_line_is_shown_as_it_was_typed() {
    let desk = office();
    for (set, shown) in [
        (
            "forecast.replications=5",
            &[
                "`--set` can't change `forecast.replications`",
                "--> --set:1:1",
                "1 | forecast.replications=5",
                "--replications",
            ][..],
        ),
        ("forecast.seed=5", &["`--set` can't change `forecast.seed`", "--seed"]),
        ("forecast.precision=5%", &["`--set` can't change `forecast.precision`", "--precision"]),
        ("forecast.service_level=5%", &["`--set` can't change `forecast.service_level`", "--set plan.service_level="]),
        ("forecast={seed: 5}", &["`--set` can't change `forecast`", "--replications, --precision and --seed"]),
        ("what_if.more=1", &["`--set` can't change `what_if.more`", "stand in the scenario"]),
        ("people.architcts.count=5", &["--> --set:1:8", "1 | people.architcts.count=5", "architects"]),
        (
            " people.architects.count = many",
            &["--> --set:1:28", "1 |  people.architects.count = many", "^^^^ expected a whole number"],
        ),
        ("people.architects={count: 1, tem: x}", &["--> --set:1:30", "unknown key `tem`"]),
        ("people..count=1", &["`people..count` is not a path", "--> --set:1:1"]),
        ("start=[", &["--> --set:1:7"]),
        ("start=a: b", &["`a: b` is not a single value"]),
        ("start", &["`--set start` sets nothing"]),
    ] {
        let output = desk.command("forecast scenario.yaml --out out").args(["--set", set]).output().unwrap();
        let said = error(&output);
        assert_eq!(code(&output), 1, "{set}: {said}");
        for shown in shown {
            assert!(said.contains(shown), "{set}: {shown}: {said}");
        }
        assert!(!said.contains("what-if>"), "{said}");
    }
}

#[test]
fn a_scenario_is_checked_with_changes_too() {
    let desk = office();
    assert!(desk.done("check scenario.yaml --set people.architects.count=4").contains("4 users"));
    let wrong = desk.run("check scenario.yaml --set people.architects.behaviour=ofice_week");
    assert!(code(&wrong) == 1 && error(&wrong).contains("did you mean"), "{}", error(&wrong));
}
