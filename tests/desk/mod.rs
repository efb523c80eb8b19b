//! A folder of its own with a scenario in it, where the command is run as a user runs it.

// Each test takes what it needs of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use flexcast::tokens::Tokens;

/// The folder goes when the desk goes.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// A row of a table: its fields by the names of the columns.
pub type Row = BTreeMap<String, String>;

impl Desk {
    /// A desk with `scenario.yaml`.
    pub fn new(scenario: &str) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.write("scenario.yaml", scenario);
        desk
    }

    /// A desk with the shipped studio, changed, and the rate sheet it rests on.
    pub fn studio(change: impl Fn(String) -> String) -> Desk {
        Desk::with_rates(&change(fs::read_to_string("scenarios/studio.yaml").unwrap()))
    }

    /// A desk with a scenario in which packs move, teams merge, and people come and go.
    pub fn harbour() -> Desk {
        Desk::with_rates(&fs::read_to_string("tests/events/harbour.yaml").unwrap())
    }

    fn with_rates(scenario: &str) -> Desk {
        let desk = Desk::new(scenario);
        fs::create_dir(desk.path("rates")).unwrap();
        fs::copy("scenarios/rates/flex.yaml", desk.path("rates/flex.yaml")).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn rows(&self, name: &str) -> Vec<Row> {
        rows(&self.text(name))
    }

    pub fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }

    /// The command, to be run at the desk.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flexcast"));
        command.args(arguments.split_whitespace()).current_dir(self.folder.path());
        command
    }

    pub fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs what must succeed, and gives its standard output.
    pub fn done(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The rows that it writes to its standard output.
    pub fn rows_of(&self, arguments: &str) -> Vec<Row> {
        rows(&self.done(arguments))
    }
}

/// The rows of a table in CSV.
pub fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// A field that holds tokens.
pub fn tokens(row: &Row, column: &str) -> Tokens {
    let text = &row[column];
    match text.strip_prefix('-') {
        Some(taken) => -Tokens::parse(taken).unwrap(),
        None => Tokens::parse(text).unwrap(),
    }
}
