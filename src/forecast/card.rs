use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Fingerprint, RunCard};
use crate::diagnostic::Source;
use crate::pseudonyms::Pseudonyms;
use crate::scenario::Scenario;

impl RunCard {
    /// The card of a run of a scenario, with what else was read: its scripts, or a log. A metered log has no replications.
    pub fn new(scenario: &Scenario, others: &[Arc<Source>], seed: u64, replications: u32) -> Self {
        let inputs = scenario.inputs.iter().chain(others);
        let inputs = inputs.map(|source| Fingerprint::of(source).told(&scenario.pseudonyms));
        RunCard {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.name.clone(),
            first_day: scenario.first_day.to_string(),
            last_day: scenario.last_day.to_string(),
            zone: scenario.zone.to_string(),
            seed,
            replications,
            changes: scenario.changes.clone(),
            inputs: inputs.collect(),
        }
    }
}

impl Fingerprint {
    /// The same, with no name of a person in the file's that isn't to be told.
    pub fn told(self, pseudonyms: &Pseudonyms) -> Self {
        Fingerprint { name: pseudonyms.text(&self.name).into_owned(), ..self }
    }

    /// The fingerprint of a text that was read.
    pub fn of(source: &Source) -> Self {
        Fingerprint::new(&source.name, &Sha256::digest(source.text.as_bytes()).into())
    }

    /// The fingerprint of what is too large to be kept, by its path and its SHA-256.
    pub fn new(path: &str, sha256: &[u8; 32]) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        Fingerprint { name: name.to_owned(), sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect() }
    }
}
