//! A script that fails names the command that has the error again, and that command has it.

#![cfg(unix)]

mod desk;

use std::process::Command;

use desk::Desk;

/// Fails on some day of some replication only.
const RARE: &str = r#"describe("Fails rarely.");
parameter("tool", "product", "Revit", "opened");
fn day(me, today) {
    if chance(0.003) { throw "unlucky"; }
    me.uses(me.tool, hours(9), hours(17));
}
"#;

const SCENARIO: &str = "
start: 2027-01-01
end: 2027-01-31
products: {Revit: {rate: 10}, 3ds Max: {rate: 6}}
teams: {design: {packs: [{id: p, bought: 2026-05-10, size: 500}]}}
people: [{group: unlucky, count: 2, team: design, access: all, behaviour: ./rare.rhai}]
forecast: {seed: 3}
";

fn desk() -> Desk {
    let desk = Desk::new(SCENARIO);
    desk.write("rare.rhai", RARE);
    desk.write("with a space.yaml", SCENARIO);
    desk
}

/// What a command says that must fail with exit code 1.
fn told(mut command: Command) -> String {
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    told
}

/// Runs the command that an error names, as a shell does.
fn again(desk: &Desk, error: &str) -> String {
    let line = error.lines().find_map(|line| line.trim().strip_prefix("= again: flexcast ")).expect(error);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{} {line}", env!("CARGO_BIN_EXE_flexcast"))).current_dir(desk.path(""));
    told(shell)
}

fn message(error: &str) -> &str {
    error.lines().next().unwrap()
}

#[test]
fn the_error_of_a_run_can_be_had_again() {
    let desk = desk();
    let failed = told(desk.command("forecast scenario.yaml --out out --replications 40"));
    for said in ["the script threw: unlucky (unlucky-", "seed 3, replication ", "./rare.rhai:4:", "chance(0.003)"] {
        assert!(failed.contains(said), "{said}: {failed}");
    }
    assert_eq!(again(&desk, &failed), failed);
    let mut command = desk.command("forecast --out out --replications 40");
    command.arg("with a space.yaml");
    let failed = told(command);
    assert_eq!(again(&desk, &failed), failed);
}

#[test]
fn the_error_of_a_what_if_can_be_had_again() {
    let desk = desk();
    let mut command = desk.command("what-if --replications 40");
    let sweep = ["--with", "path=people.unlucky.count", "--with", "from=3", "--with", "to=4", "--with", "steps=2"];
    command.args(["with a space.yaml", "sweep"]).args(sweep);
    let failed = told(command);
    assert!(failed.contains("(in the variant `as it is`)"), "{failed}");
    assert_eq!(again(&desk, &failed), failed);
}

#[test]
fn the_error_of_a_preview_can_be_had_again() {
    let desk = desk();
    let mut command =
        desk.command("scripts preview ./rare.rhai --days 800 --zone Europe/Amsterdam --seed 6 --replication 2");
    command.args(["--scenario", "with a space.yaml", "--with", "tool=3ds Max"]);
    let failed = told(command);
    assert!(message(&failed).contains("the script threw: unlucky (person on 20"), "{failed}");
    assert_eq!(again(&desk, &failed), failed);
    let forecast = told(desk.command("forecast scenario.yaml --out out --replications 40"));
    let (_, rest) = forecast.split_once("--replication ").unwrap();
    let number = rest.split(' ').next().unwrap();
    let user = format!("scripts preview --scenario scenario.yaml --user unlucky-1 --replication {number}");
    let failed = told(desk.command(&user));
    assert_eq!(again(&desk, &failed), failed);
}
