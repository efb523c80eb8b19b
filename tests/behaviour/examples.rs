//! The table of words has an example of each: they run, and the guides show the table.

use flexcast::behaviour::{HOOKS, LANGUAGE, Topic, Word, rehearse};

use crate::market::{buyer, market};
use crate::stage::{people, sound_stage};
use crate::words::script;

/// An example as a statement: a comparison must hold.
fn statement(example: &str) -> String {
    match example.contains([';', '{']) {
        true => example.to_owned(),
        false => format!("if !({example}) {{ throw `not so`; }}"),
    }
}

/// A script whose `day` runs all examples but a buyer's.
fn example_script() -> String {
    let top = Topic::Top.words().map(|word| word.example);
    let functions = LANGUAGE.iter().map(|(_, example)| *example).filter(|example| example.starts_with("fn "));
    let lines = LANGUAGE.iter().map(|(_, example)| *example).filter(|example| !example.starts_with("fn "));
    let in_day = |topic: &Topic| ![Topic::Top, Topic::Denied, Topic::Buyer, Topic::WhatIf].contains(topic);
    let words = Topic::ALL.into_iter().filter(in_day).flat_map(Topic::words);
    let lines: Vec<&str> = lines.chain(words.map(|word| word.example)).collect();
    let top: String = top.chain(functions).map(|text| format!("{text}\n")).collect();
    let denied: String = Topic::Denied.words().map(|word| format!("    {}\n", word.example)).collect();
    // Some of them order results, which are no sessions.
    let denied = format!("    if denial.product == \"Rendering\" {{ return; }}\n{denied}");
    format!("{top}{}fn denied(me, denial) {{\n{denied}}}\n", hook("day", "me, today", &lines))
}

/// A hook that runs lines, each in a function of its own.
fn hook(name: &str, parameters: &str, lines: &[&str]) -> String {
    let mut script = String::new();
    for (number, line) in lines.iter().enumerate() {
        script += &format!("fn example_{number}({parameters}) {{ {} }}\n", statement(line));
    }
    let calls: String = (0..lines.len()).map(|number| format!("    example_{number}({parameters});\n")).collect();
    format!("{script}fn {name}({parameters}) {{\n{calls}}}\n")
}

#[test]
fn every_example_runs_and_says_its_word() {
    for word in Topic::ALL.into_iter().flat_map(Topic::words) {
        assert!(word.example.contains(word.name()), "{}: {}", word.form, word.example);
    }
    let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[people("one", 1, &script(&example_script()))]);
    assert_eq!(rehearse(&library, &scenario), []);
}

/// A buyer's examples, and those that aren't about people.
#[test]
fn every_example_of_a_buyer_runs() {
    let topics = [Topic::Buyer, Topic::Calendar, Topic::Chance, Topic::Numbers];
    let lines: Vec<&str> = topics.into_iter().flat_map(Topic::words).map(|word| word.example).collect();
    let (scenario, library) =
        market("2027-01-01", "2027-12-31", &[buyer("one", &script(&hook("buy", "me, today", &lines)))]);
    assert_eq!(rehearse(&library, &scenario), []);
}

/// The examples of what-ifs, and those about numbers, on a small scenario.
#[test]
fn every_example_of_a_what_if_runs() {
    let lines: Vec<&str> =
        [Topic::WhatIf, Topic::Numbers].into_iter().flat_map(Topic::words).map(|word| word.example).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("scenario.yaml"), SMALL).unwrap();
    std::fs::write(folder.path().join("words.rhai"), hook("what_if", "scenario", &lines)).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_flexcast"));
    let output =
        command.args(["what-if", "scenario.yaml", "./words.rhai"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const SMALL: &str = "
start: 2027-01-04
end: 2027-01-08
products: {Revit: {rate: 10}}
prices: {tokens: [{from: 100, each: 3}]}
teams: {design: {packs: [{bought: 2026-05-10, size: 1000}]}}
people: [{group: architects, count: 2, team: design, access: all, behaviour: office_week}]
forecast: {replications: 2}
";

/// The words as the guides show them.
fn told() -> String {
    let mut text = String::from("### The functions that flexcast calls\n\n| function | called for |\n| --- | --- |\n");
    for (form, meaning) in HOOKS {
        text += &format!("| `fn {form}` | {meaning} |\n");
    }
    text += "\n### The language in short\n\n```rhai\n";
    for (what, example) in LANGUAGE {
        text += &format!("// {what}\n{example}\n");
    }
    text += "```\n";
    for topic in Topic::ALL {
        text += &format!("\n### {}\n\n| word | meaning | example |\n| --- | --- | --- |\n", topic.heading());
        for Word { form, meaning, example, .. } in topic.words() {
            text += &format!("| `{form}` | {meaning} | `{}` |\n", example.replace('|', "\\|"));
        }
    }
    text
}

/// `UPDATE_WORDS=1` writes the table into the guides.
#[test]
fn the_guides_show_the_table_of_words() {
    for guide in ["README.md", "scripts/README.md"] {
        let page = std::fs::read_to_string(guide).unwrap();
        let (before, rest) = page.split_once("<!-- words -->\n").expect(guide);
        let (_, after) = rest.split_once("<!-- end of words -->").expect(guide);
        let new = format!("{before}<!-- words -->\n{}<!-- end of words -->{after}", told());
        if std::env::var_os("UPDATE_WORDS").is_some() {
            std::fs::write(guide, &new).unwrap();
        } else {
            assert!(page == new, "{guide} shows other words: UPDATE_WORDS=1 cargo test --test behaviour guides");
        }
    }
}
