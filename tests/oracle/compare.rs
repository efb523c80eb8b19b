//! Oracle against program: where they differ, the case is made as small as it goes and shown.

use crate::case::{Log, Row, Scenario};
use crate::meter::Meter;
use crate::program::Program;
use crate::tables::Tables;

/// What the two gave, where it isn't the same.
pub struct Difference {
    oracle: Tables,
    program: Result<Tables, String>,
}

pub fn difference(program: &Program, scenario: &Scenario, log: &Log) -> Option<Difference> {
    let program = program.run(log);
    // What the program refuses may make no sense at all.
    let oracle = if program.is_ok() { Meter::run(scenario, log) } else { Tables::default() };
    (program.as_ref() != Ok(&oracle)).then_some(Difference { oracle, program })
}

/// Compares the two for logs of one scenario; gives how a difference looks, made small.
pub fn compare(scenario: &Scenario, logs: &[Log]) -> Result<(), String> {
    let program = Program::load(scenario);
    match logs.iter().find(|log| difference(&program, scenario, log).is_some()) {
        Some(log) => Err(smallest(scenario.clone(), log.clone())),
        None => Ok(()),
    }
}

/// Leaves out what isn't needed for the difference, one thing after the other, as long as anything can go.
fn smallest(mut scenario: Scenario, mut log: Log) -> String {
    let kind = kind_of(&scenario, &log).expect("they differ");
    while let Some((smaller, log_left)) = smaller(&scenario, &log).into_iter().find(|(scenario, log)| {
        // Not another kind of difference: a refused scenario is no smaller case of a wrong row.
        kind_of(scenario, log).as_ref() == Some(&kind)
    }) {
        (scenario, log) = (smaller, log_left);
    }
    let found = difference(&Program::load(&scenario), &scenario, &log).expect("they still differ");
    format!("{}\n{}\n{}", scenario.yaml(), log.csv(&scenario), found.show(&log))
}

/// Why the program gave no rows, in one line, where the two differ; nothing where it gave some.
fn kind_of(scenario: &Scenario, log: &Log) -> Option<String> {
    let refused = difference(&Program::load(scenario), scenario, log)?.program.err().unwrap_or_default();
    Some(refused.lines().next().unwrap_or_default().to_owned())
}

/// Each list with one of its elements left out.
fn without_one<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let without = |place: usize| [&list[..place], &list[place + 1..]].concat();
    (0..list.len()).map(without).collect()
}

fn smaller(scenario: &Scenario, log: &Log) -> Vec<(Scenario, Log)> {
    let mut cases = Vec::new();
    cases.extend(without_one(&log.rows).into_iter().map(|rows| (scenario.clone(), Log { rows, ..log.clone() })));
    let events = without_one(&scenario.events).into_iter();
    cases.extend(events.map(|events| (Scenario { events, ..scenario.clone() }, log.clone())));
    let purchases = without_one(&scenario.purchases).into_iter();
    cases.extend(purchases.map(|purchases| (Scenario { purchases, ..scenario.clone() }, log.clone())));
    let people = without_one(&scenario.people).into_iter();
    cases.extend(people.map(|people| (Scenario { people, ..scenario.clone() }, log.clone())));
    for place in 0..scenario.people.len() {
        for covers in without_one(&scenario.people[place].covers) {
            let mut smaller = scenario.clone();
            smaller.people[place].covers = covers;
            cases.push((smaller, log.clone()));
        }
    }
    for place in 0..scenario.teams.len() {
        for packs in without_one(&scenario.teams[place].packs) {
            let mut smaller = scenario.clone();
            smaller.teams[place].packs = packs;
            cases.push((smaller, log.clone()));
        }
    }
    if log.until.is_some() {
        cases.push((scenario.clone(), Log { until: None, ..log.clone() }));
    }
    for (place, row) in log.rows.iter().enumerate() {
        for plainer in row.plainer() {
            let mut smaller = log.clone();
            smaller.rows[place] = plainer;
            cases.push((scenario.clone(), smaller));
        }
    }
    cases
}

impl Row {
    /// The row with one of its particulars left out.
    fn plainer(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.closed.is_some() {
            rows.push(Row { closed: None, ..self.clone() });
        }
        for field in [self.version.clone(), self.device.clone(), self.platform.clone(), self.identity.clone()] {
            let clear = |text: &String| if *text == field { String::new() } else { text.clone() };
            if !field.is_empty() {
                rows.push(Row {
                    version: clear(&self.version),
                    device: clear(&self.device),
                    platform: clear(&self.platform),
                    identity: clear(&self.identity),
                    ..self.clone()
                });
            }
        }
        if !self.online {
            rows.push(Row { online: true, ..self.clone() });
        }
        rows.extend(without_one(&self.idle).into_iter().map(|idle| Row { idle, ..self.clone() }));
        if self.quantity.is_some() || self.failed_quantity.is_some() {
            rows.push(Row { quantity: None, failed_quantity: None, ..self.clone() });
        }
        if self.failed.is_some() {
            rows.push(Row { failed: None, failed_quantity: None, ..self.clone() });
        }
        rows
    }
}

impl Difference {
    fn show(&self, log: &Log) -> String {
        let until = log.until.map(crate::civil::instant_text);
        let program = match &self.program {
            Err(refused) => return format!("until {until:?}; the program gave no rows:\n{refused}"),
            Ok(program) => program,
        };
        let mut text = format!("until {until:?}; - oracle, + program:\n");
        for (name, oracle, program) in [
            ("decisions", &self.oracle.decisions, &program.decisions),
            ("ledger", &self.oracle.ledger, &program.ledger),
            ("mails", &self.oracle.mails, &program.mails),
        ] {
            text += &format!("{name}\n");
            for place in 0..oracle.len().max(program.len()) {
                let line = |rows: &[Vec<String>]| rows.get(place).map(|row| row.join(","));
                let (oracle, program) = (line(oracle), line(program));
                if oracle == program {
                    text += &format!("    {}\n", oracle.unwrap_or_default());
                } else {
                    text += &oracle.map_or(String::new(), |line| format!("  - {line}\n"));
                    text += &program.map_or(String::new(), |line| format!("  + {line}\n"));
                }
            }
        }
        text
    }
}
