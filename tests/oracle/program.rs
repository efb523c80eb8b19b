//! The real program, run in this process on the same texts that a user would give it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use flexcast::calendar::parse_instant;
use flexcast::replay::{TableNames, Tables as Written, replay};
use flexcast::report::diagnostics::render;
use flexcast::scenario::{self, Setup};
use flexcast::usage_log::{self, Unread};

use crate::case::{Log, Scenario};
use crate::civil::instant_text;
use crate::tables::{DECISION_COLUMNS, LEDGER_COLUMNS, MAIL_COLUMNS, Tables};

/// A scenario, loaded once for many logs.
pub struct Program {
    folder: tempfile::TempDir,
    case: Scenario,
    scenario: Result<scenario::Scenario, String>,
}

impl Program {
    pub fn load(case: &Scenario) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenario.yaml");
        std::fs::write(&path, case.yaml()).unwrap();
        let loaded = scenario::load(&path);
        let scenario = loaded.scenario.ok_or_else(|| render(&loaded.diagnostics, false));
        Program { folder, case: case.clone(), scenario }
    }

    /// What the program gives for a log, or why it gives nothing.
    pub fn run(&self, log: &Log) -> Result<Tables, String> {
        let scenario = self.scenario.as_ref().map_err(Clone::clone)?;
        let path = self.folder.path().join("log.csv");
        std::fs::write(&path, log.csv(&self.case)).unwrap();
        let metered = catch_unwind(AssertUnwindSafe(|| meter(scenario, path, log)));
        metered.unwrap_or_else(|_| Err("it panicked".to_owned()))
    }
}

fn meter(scenario: &scenario::Scenario, path: PathBuf, log: &Log) -> Result<Tables, String> {
    let mut setup: Setup = scenario.setup();
    let until = log.until.map(|at| parse_instant(&instant_text(at)).unwrap());
    let log = usage_log::read(&path, scenario, &mut setup.identities, false).map_err(|unread| match unread {
        Unread::Refused(bad) => render(&bad, false),
        Unread::Disk(failed) => failed.to_string(),
    })?;
    setup.add_strangers(&log.strangers);
    let names = TableNames {
        scenario,
        strangers: &log.strangers,
        packs: &setup.packs,
        devices: &log.devices,
        versions: &log.versions,
    };
    let (mut decisions, mut ledger, mut mails) = (Vec::new(), Vec::new(), Vec::new());
    let written = Written::new(names, &mut decisions, &mut ledger, &mut mails).unwrap();
    let end = until.or(log.last).unwrap_or(scenario.start);
    replay(scenario, &setup, &log, end, 0, written).unwrap();
    Ok(Tables {
        decisions: columns(&decisions, DECISION_COLUMNS),
        ledger: columns(&ledger, LEDGER_COLUMNS),
        mails: columns(&mails, MAIL_COLUMNS),
    })
}

/// The first columns of each row.
fn columns(table: &[u8], many: usize) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table);
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| row.iter().take(many).map(str::to_owned).collect()).collect()
}
