use std::path::{Path, PathBuf};

use super::error::in_simulation;
use super::log::{LogArgs, LogInputs};
use super::scenario_args::ScenarioArgs;
use super::simulate::Interned;
use super::{CliError, orders};
use crate::diagnostic::Diagnostic;
use crate::forecast::RunCard;
use crate::replay::TableNames;
use crate::scenario::Setup;
use crate::simulate::{Days, Replication, Trace, team_seed};
use crate::time::{Instant, Span};
use crate::usage_log::Logged;

/// What is metered and looked at: a real log, or one replication.
#[derive(Debug, clap::Args)]
pub(super) struct MeteredArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The session log (CSV), or - for standard input; one replication is simulated where it is left out
    sessions: Option<PathBuf>,
    #[command(flatten)]
    log: LogArgs,
}

/// Sessions in the order of their instants, ready to be metered.
pub(super) struct Metered<'a> {
    /// The names in them, and the scenario with what buyers ordered.
    pub(super) names: TableNames<'a>,
    pub(super) setup: &'a Setup,
    pub(super) rows: Box<dyn Iterator<Item = std::io::Result<Logged>> + 'a>,
    pub(super) until: Instant,
    /// What `team_choice: random` draws from.
    pub(super) seed: u64,
    pub(super) card: RunCard,
}

impl MeteredArgs {
    /// Reads or simulates, and hands over what there is to be metered.
    pub(super) fn with<T>(&self, look: impl FnOnce(Metered<'_>) -> Result<T, CliError>) -> Result<T, CliError> {
        match &self.sessions {
            Some(sessions) => self.real_log(sessions, look),
            None => self.simulated(look),
        }
    }

    fn real_log<T>(
        &self,
        sessions: &Path,
        look: impl FnOnce(Metered<'_>) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let inputs = LogInputs::load(&self.scenario, sessions, &self.log)?;
        let seed = self.log.seed.unwrap_or(inputs.scenario.forecast.seed);
        look(Metered {
            names: inputs.names(),
            setup: &inputs.setup,
            rows: Box::new(inputs.log.rows.iter()?),
            until: inputs.until,
            seed: team_seed(seed, self.log.replication),
            card: inputs.card(seed),
        })
    }

    fn simulated<T>(&self, look: impl FnOnce(Metered<'_>) -> Result<T, CliError>) -> Result<T, CliError> {
        let inputs = self.scenario.load()?;
        let scenario = &inputs.scenario;
        super::check_until(self.log.until, scenario)?;
        let seed = self.log.seed.unwrap_or(scenario.forecast.seed);
        let (setup, days) = (scenario.setup(), Days::of(scenario));
        let mut replication = Replication::new(scenario, &setup, &inputs.library, &days, seed);
        let mut trace = Trace::default();
        replication.run(self.log.replication, Some(&mut trace)).map_err(in_simulation(&self.scenario))?;
        let interned = Interned::of(scenario, replication.planner(), &trace);
        let (known, _) = orders::with_orders(scenario, &trace.orders);
        let setup = known.setup();
        let names = TableNames {
            scenario: &known,
            strangers: &[],
            packs: &setup.packs,
            devices: &interned.devices,
            versions: &interned.versions,
        };
        look(Metered {
            names,
            setup: &setup,
            rows: Box::new(trace.sessions.into_iter().map(Ok)),
            until: self.log.until.unwrap_or(scenario.end - Span::from_seconds(1)),
            seed: team_seed(seed, self.log.replication),
            card: RunCard::new(scenario, &inputs.library.sources(), seed, 1),
        })
    }
}

/// The place of a name that is asked for.
pub(super) fn place<'n>(
    what: &str,
    asked: Option<&str>,
    mut names: impl Iterator<Item = &'n str> + Clone,
) -> Result<Option<usize>, Diagnostic> {
    let Some(asked) = asked else { return Ok(None) };
    let unknown = Diagnostic::new(format!("unknown {what} `{asked}`"));
    let all = names.clone();
    names.position(|name| name == asked).map(Some).ok_or_else(|| unknown.nearest(asked, all))
}
