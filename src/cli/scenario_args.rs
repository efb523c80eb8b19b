use std::path::{Path, PathBuf};

use super::CliError;
use super::names::NamesArgs;
use crate::pseudonyms::Pseudonyms;
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
    #[command(flatten)]
    pub(super) names: NamesArgs,
}

impl ScenarioArgs {
    /// The file with its changes.
    pub(super) fn open(&self) -> Result<ScenarioFile, CliError> {
        let pseudonyms = self.key()?;
        let mut file = ScenarioFile::open(&self.scenario).map_err(Box::new)?;
        let changes: Vec<_> =
            self.set.iter().map(|written| Override::set(written)).collect::<Result<_, _>>().map_err(Box::new)?;
        file.change(&changes)?;
        Ok(file.calling(pseudonyms))
    }

    /// What people are called, with every name known that the file has, changed or not.
    pub(super) fn pseudonyms(&self) -> Result<Pseudonyms, CliError> {
        let pseudonyms = self.key()?;
        if !pseudonyms.hide() {
            return Ok(pseudonyms);
        }
        Ok(match ScenarioFile::open(&self.scenario) {
            Ok(mut file) => {
                let changes: Vec<_> = self.set.iter().filter_map(|written| Override::set(written).ok()).collect();
                // What is wrong with them is told by whoever opens the file for good.
                let _ = file.change(&changes);
                file.calling(pseudonyms).pseudonyms().clone()
            }
            Err(_) => pseudonyms,
        })
    }

    fn key(&self) -> Result<Pseudonyms, CliError> {
        self.names.pseudonyms(self.folder())
    }

    /// Where the scenario lies.
    pub(super) fn folder(&self) -> &Path {
        self.scenario.parent().unwrap_or(Path::new(""))
    }

    /// How a command names it.
    pub(super) fn command(&self) -> String {
        let mut command = quoted(&self.scenario.display().to_string());
        self.set.iter().for_each(|set| command += &format!(" --set {}", quoted(set)));
        self.names.command().iter().for_each(|word| command += &format!(" {}", quoted(word)));
        command
    }

    /// What is read of it.
    pub(super) fn load(&self) -> Result<Inputs, CliError> {
        Ok(Inputs::of(self.open()?.load())?)
    }
}
