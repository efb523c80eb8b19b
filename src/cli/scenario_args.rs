use std::path::PathBuf;

use super::CliError;
use crate::report::command::quoted;
use crate::scenario::{Override, ScenarioFile};
use crate::simulate::Inputs;

/// Which scenario.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ScenarioArgs {
    /// The scenario (YAML)
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    /// Put a value at a path of the scenario, such as people.architects.count=45; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
}

impl ScenarioArgs {
    /// The file with its changes.
    pub(super) fn open(&self) -> Result<ScenarioFile, CliError> {
        let mut file = ScenarioFile::open(&self.scenario).map_err(Box::new)?;
        let changes: Vec<_> =
            self.set.iter().map(|written| Override::set(written)).collect::<Result<_, _>>().map_err(Box::new)?;
        file.change(&changes)?;
        Ok(file)
    }

    /// How a command names it.
    pub(super) fn command(&self) -> String {
        let mut command = quoted(&self.scenario.display().to_string());
        self.set.iter().for_each(|set| command += &format!(" --set {}", quoted(set)));
        command
    }

    /// What is read of it.
    pub(super) fn load(&self) -> Result<Inputs, CliError> {
        Ok(Inputs::of(self.open()?.load())?)
    }
}
