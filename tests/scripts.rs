//! `flexcast scripts`: what a script's author reads and sees.

mod desk;

use std::fs;

use desk::Desk;
use flexcast::behaviour::{EXAMPLE, LANGUAGE, Subject, Topic};

fn desk() -> Desk {
    let desk = Desk::new("");
    desk.write("night.rhai", EXAMPLE);
    desk
}

#[test]
fn the_list_names_every_shipped_script_and_show_prints_it() {
    let desk = desk();
    let list = desk.done("scripts");
    let shipped: Vec<_> = Subject::ALL.into_iter().flat_map(Subject::shipped).collect();
    assert_eq!(list.lines().count(), shipped.len() + 1);
    for (name, text) in shipped {
        assert!(list.contains(&format!("\n{name} ")), "{name}: {list}");
        assert_eq!(desk.done(&format!("scripts show {name}")), *text);
        assert_eq!(*text, fs::read_to_string(format!("scripts/{name}.rhai")).unwrap());
    }
    assert_eq!(desk.done("scripts show night.rhai"), EXAMPLE);
}

#[test]
fn describe_tells_of_header_hooks_and_parameters() {
    let said = desk().done("scripts describe office_week");
    for line in [
        "office_week: Works office hours, and now and then forgets to close what is open.",
        "hooks: day(me, today)",
        "  For part-timers, give the group a calendar whose weekend holds their free days.",
        "spread           duration  30m      standard deviation of arriving and of leaving",
        "  duration: a duration such as \"30m\" or \"7h30m\"",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    let said = desk().done("scripts describe add_in_user");
    assert!(said.contains("add_ins     products  must be given  opened inside the host"), "{said}");
}

#[test]
fn a_script_that_isnt_there_is_told_with_the_nearest_name() {
    let output = desk().run("scripts show ofice_week");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("unknown behaviour `ofice_week`") && told.contains("did you mean `office_week`?"), "{told}");
}

#[test]
fn the_help_is_a_page_with_every_word_and_its_example() {
    let page = desk().done("scripts --help");
    let shown = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = shown(&page);
    for word in Topic::ALL.into_iter().flat_map(Topic::words) {
        let entry = format!("{}: {} {}", word.form, word.meaning, word.example);
        assert!(page.contains(&shown(&entry)), "{entry}");
    }
    for (what, example) in LANGUAGE {
        assert!(page.contains(&shown(&format!("{what}: {example}"))), "{what}");
    }
}
