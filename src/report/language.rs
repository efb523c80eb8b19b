//! The scripts' language on one page, from the table of its words.

use std::fmt::Write;

use super::lines::indented;
use crate::behaviour::{EXAMPLE, HOOKS, Kind, LANGUAGE, Topic};

const ABOUT: &str = "\
A script says at its top whom it describes and which parameters a scenario may set, and in functions that flexcast calls \
what is done. It sees its parameters, the day and its random draws; not the meter, files, or the machine's clock. Times \
and durations are whole seconds: a time counts from 00:00 by the clock on the wall, and beyond 24 hours means the days \
after. The language is Rhai, without maps, closures, modules, `**` and `print`.";

/// Every word, with its meaning and an example.
pub fn language() -> String {
    let mut page = format!("The language of scripts\n{}\n{}", indented(ABOUT, 2), as_it_stands(EXAMPLE));
    page += "\nThe functions that flexcast calls\n";
    for (form, meaning) in HOOKS {
        page += &indented(&format!("fn {form}: {meaning}"), 2);
    }
    page += "\nThe language itself, in short\n";
    for (what, example) in LANGUAGE {
        let _ = write!(page, "{}{}", indented(&format!("{what}:"), 2), as_it_stands(example));
    }
    for topic in Topic::ALL {
        let _ = write!(page, "\n{}\n", topic.heading());
        for word in topic.words() {
            page += &indented(&format!("{}: {}", word.form, word.meaning), 2);
            page += &as_it_stands(word.example);
        }
    }
    page += "\nKinds of parameters, and what a scenario gives for each\n";
    for kind in Kind::all() {
        page += &indented(&format!("{:<10} {}", kind.name(), kind.expects()), 2);
    }
    page.trim_end().to_owned()
}

fn as_it_stands(code: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".into() } else { format!("      {line}\n") };
    code.lines().map(line).collect()
}
