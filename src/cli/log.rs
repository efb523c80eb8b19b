use std::path::{Path, PathBuf};

use super::discreet::discreet;
use super::scenario_args::ScenarioArgs;
use super::{CliError, check_until, note};
use crate::forecast::{Fingerprint, RunCard};
use crate::replay::TableNames;
use crate::report::numbers::counted;
use crate::scenario::{Scenario, Setup};
use crate::time::Instant;
use crate::usage_log::{self, UsageLog};

/// How a log is metered, or what is simulated in its place.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct LogArgs {
    /// What buyers ordered (CSV), as `simulate` writes it beside a log: columns ordered, team, tokens, arrives, id, buyer
    #[arg(long, value_name = "FILE", requires = "sessions")]
    pub(super) orders: Option<PathBuf>,
    /// The end: what happens at this instant still counts [default: the last instant in the log; without one the scenario's end]
    #[arg(long, value_name = "INSTANT", value_parser = super::instant)]
    pub(super) until: Option<Instant>,
    /// Leave bad rows of the log out, and say how many, rather than stop
    #[arg(long)]
    pub(super) skip_bad_rows: bool,
    /// The seed of every draw; of a log, what `team_choice: random` draws from [default: the scenario's]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Which of a forecast's replications, counted from 0; of a log, the one that it was exported from
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) replication: u32,
}

/// A scenario and a session log of it, ready to be metered.
pub(super) struct LogInputs {
    pub(super) scenario: Scenario,
    pub(super) setup: Setup,
    pub(super) log: UsageLog,
    /// The file of what buyers ordered, where there is one.
    orders: Option<Fingerprint>,
    /// The log's end, as asked for or as the log has it.
    pub(super) until: Instant,
}

impl LogInputs {
    /// Reads both; says what isn't read of the log.
    pub(super) fn load(
        scenario: &ScenarioArgs,
        sessions: &Path,
        LogArgs { orders, until, skip_bad_rows, .. }: &LogArgs,
    ) -> Result<Self, CliError> {
        let loaded = scenario.open()?.load();
        let mut scenario = loaded.scenario.ok_or(CliError::Input(loaded.diagnostics))?;
        check_until(*until, &scenario)?;
        let orders = orders.as_deref().map(|orders| usage_log::read_orders(orders, &scenario)).transpose()?;
        scenario.add_orders(orders.as_ref().map_or(&[], |orders| &orders.orders));
        let mut setup = scenario.setup();
        let log = usage_log::read(sessions, &scenario, &mut setup.identities, *skip_bad_rows)?;
        for (column, known) in &log.near_columns {
            let column = scenario.pseudonyms.text(column);
            note(&format!("note: column `{column}` isn't read; is `{known}` meant?\n"));
        }
        if log.bad_rows > 0 {
            note(&crate::report::diagnostics::render(&discreet(&log.bad, &scenario.pseudonyms), true));
            note(&format!("left out {}\n", counted(log.bad_rows as u64, "bad row")));
        }
        setup.add_strangers(&log.strangers);
        let until = until.or(log.last).unwrap_or(scenario.start);
        let orders = orders.map(|orders| Fingerprint::new(&orders.name, &orders.sha256).told(&scenario.pseudonyms));
        Ok(LogInputs { scenario, setup, log, orders, until })
    }

    pub(super) fn names(&self) -> TableNames<'_> {
        TableNames {
            scenario: &self.scenario,
            strangers: &self.log.strangers,
            packs: &self.setup.packs,
            devices: &self.log.devices,
            versions: &self.log.versions,
        }
    }

    pub(super) fn card(&self, seed: u64) -> RunCard {
        let mut card = RunCard::new(&self.scenario, &[], seed, 0);
        let log = Fingerprint::new(&self.log.name, &self.log.sha256);
        card.inputs.push(log.told(&self.scenario.pseudonyms));
        card.inputs.extend(self.orders.clone());
        card
    }
}
