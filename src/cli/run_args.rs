use crate::behaviour::Lots;
use crate::scenario::{ForecastSettings, MOST_REPLICATIONS};
use crate::simulate::Run;

/// How much is run.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct RunArgs {
    /// How many replications a forecast has [default: the scenario's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_REPLICATIONS)))]
    replications: Option<u32>,
    /// The seed of every draw [default: the scenario's]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How many replications run at a time [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

impl RunArgs {
    /// Whether the number of replications is asked for.
    pub(super) fn says_how_many(self) -> bool {
        self.replications.is_some()
    }

    /// The first of the options that is given.
    pub(super) fn given(self) -> Option<&'static str> {
        let given = [
            ("--replications", self.replications.is_some()),
            ("--seed", self.seed.is_some()),
            ("--threads", self.threads.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// How many replications are asked for, or else so many.
    pub(super) fn replications_or(self, otherwise: u32) -> u32 {
        self.replications.unwrap_or(otherwise)
    }

    /// As asked for, or else as the scenario has it.
    pub(super) fn settings(self, scenario: &ForecastSettings) -> Run {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Run {
            first: 0,
            replications: self.replications.unwrap_or(scenario.replications),
            seed: self.seed.unwrap_or(scenario.seed),
            lots: Lots::default(),
            threads: self.threads.map_or_else(cores, usize::from),
        }
    }
}
