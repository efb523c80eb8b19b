//! What is compared, from the command line to replications.

use std::path::Path;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::Args;
use crate::cli::CliError;
use crate::cli::error::in_simulation;
use crate::cli::interpreter::InterpreterArgs;
use crate::cli::scenario_args::ScenarioArgs;
use crate::compare::{Kind, Subject, Threshold, read_stored};
use crate::diagnostic::{Diagnostic, Source};
use crate::forecast::{Fingerprint, RunCard};
use crate::scenario::{ForecastSettings, Override, ScenarioFile};
use crate::simulate::{self, Inputs, Run};

/// All that is compared, without an error; the first is what the others are compared with.
pub(super) struct Plan {
    settings: Run,
    first: Planned,
    others: Vec<Planned>,
}

/// What is compared, before it has run.
enum Planned {
    Stored(Box<Subject>, Vec<Arc<Source>>),
    Run(Box<Trial>),
}

/// A scenario to be run.
struct Trial {
    name: String,
    kind: Kind,
    inputs: Inputs,
    /// How the command line has it.
    args: ScenarioArgs,
}

/// Reads all that is compared.
pub(super) fn plan(args: &Args) -> Result<Plan, CliError> {
    let path = &args.scenario.scenario;
    let (first, mut others) = if path.is_dir() { (stored_first(args)?, Vec::new()) } else { with_variants(args)? };
    for path in &args.others {
        others.push(other(path, &args.scenario, args.interpreter)?);
    }
    if others.is_empty() {
        let nothing = Diagnostic::new(format!("there is nothing to compare `{}` with", path.display()));
        return Err(Box::new(
            nothing.help("give variants under `what_if`, or name another scenario or a stored result"),
        )
        .into());
    }
    runs_something(args, &first, &others).map_err(Box::new)?;
    for planned in [&first].into_iter().chain(&others) {
        check(planned, &args.fail_if).map_err(Box::new)?;
    }
    // Changes are against the first: what isn't known of it isn't known of any.
    let (name, has_prices) = first.prices();
    args.by.check(name, has_prices).map_err(Box::new)?;
    let settings = args.run.settings(&settings(&first, &others));
    Ok(Plan { settings, first, others })
}

/// The scenario as it is, and those of its variants that are asked for: all, where nothing else is.
fn with_variants(args: &Args) -> Result<(Planned, Vec<Planned>), CliError> {
    let file = args.scenario.open()?;
    let loaded = file.load();
    let variants: Vec<(String, Vec<Override>)> =
        loaded.what_ifs.iter().map(|variant| (variant.name.clone(), variant.overrides.clone())).collect();
    let inputs = Inputs::of(loaded)?;
    let asked: Vec<_> = args.what_if.iter().map(|name| file.pseudonyms().text(name)).collect();
    for name in &asked {
        if !variants.iter().any(|(known, _)| known == name) {
            return Err(Box::new(unknown(name, &variants)).into());
        }
    }
    let all = asked.is_empty() && args.others.is_empty();
    let chosen = variants.into_iter().filter(|(name, _)| all || asked.iter().any(|asked| asked == name));
    let planned = chosen.map(|(name, overrides)| variant(args, &file, name, &overrides)).collect::<Result<_, _>>()?;
    Ok((trial("as it is", Kind::Scenario, inputs, args.scenario.clone(), args.interpreter), planned))
}

fn unknown(name: &str, variants: &[(String, Vec<Override>)]) -> Diagnostic {
    let names = || variants.iter().map(|(name, _)| name.as_str());
    let known = names().collect::<Vec<_>>().join(", ");
    let expected =
        if known.is_empty() { "the scenario has none".to_owned() } else { format!("expected one of {known}") };
    Diagnostic::new(format!("unknown what-if `{name}`")).expected(expected).nearest(name, names())
}

fn variant(args: &Args, file: &ScenarioFile, name: String, overrides: &[Override]) -> Result<Planned, CliError> {
    let mut own = args.scenario.clone();
    own.set.extend(overrides.iter().map(|change| format!("{}={}", change.path(), change.value())));
    Ok(trial(&name, Kind::WhatIf, Inputs::of(file.load_with(overrides))?, own, args.interpreter))
}

/// A stored result that others are compared with has no variants, and can't be changed.
fn stored_first(args: &Args) -> Result<Planned, CliError> {
    let folder = &args.scenario.scenario;
    for (flag, is_given) in [("--set", !args.scenario.set.is_empty()), ("--what-if", !args.what_if.is_empty())] {
        if is_given {
            let wrong = Diagnostic::new(format!("{flag} is of no use: `{}` is a stored result", folder.display()));
            return Err(Box::new(wrong.help("name the scenario first")).into());
        }
    }
    stored(folder)
}

fn stored(folder: &Path) -> Result<Planned, CliError> {
    let (subject, files) = read_stored(folder).map_err(Box::new)?;
    Ok(Planned::Stored(Box::new(subject), files))
}

fn other(path: &Path, first: &ScenarioArgs, interpreter: InterpreterArgs) -> Result<Planned, CliError> {
    if path.is_dir() {
        return stored(path);
    }
    let names = first.names.at(first.folder());
    let args = ScenarioArgs { scenario: path.to_owned(), set: Vec::new(), names };
    Ok(trial(&path.display().to_string(), Kind::Scenario, args.load()?, args, interpreter))
}

fn trial(name: &str, kind: Kind, mut inputs: Inputs, args: ScenarioArgs, interpreter: InterpreterArgs) -> Planned {
    interpreter.apply(&mut inputs);
    Planned::Run(Box::new(Trial { name: name.to_owned(), kind, inputs, args }))
}

/// Where nothing is run, an option about runs would be passed over.
fn runs_something(args: &Args, first: &Planned, others: &[Planned]) -> Result<(), Diagnostic> {
    let mut stored = Vec::new();
    for planned in [first].into_iter().chain(others) {
        match planned {
            Planned::Stored(subject, _) => stored.push(format!("`{}`", subject.name)),
            Planned::Run(_) => return Ok(()),
        }
    }
    let Some(option) = args.run.given().or(args.interpreter.given()) else { return Ok(()) };
    let useless = Diagnostic::new(format!(
        "{option} is of no use: nothing is run, as {} are stored results",
        stored.join(" and ")
    ));
    Err(useless.help("leave it out, or name a scenario beside the stored results: it is run so"))
}

/// A bound on money is only judged of what has prices.
fn check(planned: &Planned, thresholds: &[Threshold]) -> Result<(), Diagnostic> {
    let (name, has_prices) = planned.prices();
    thresholds.iter().try_for_each(|threshold| threshold.check(name, has_prices))
}

/// How it is run unless the command line says otherwise: as the first stored result was, or as the scenario asks.
fn settings(first: &Planned, others: &[Planned]) -> ForecastSettings {
    let own = match first {
        Planned::Run(trial) => trial.inputs.scenario.forecast,
        Planned::Stored(..) => ForecastSettings::default(),
    };
    let stored = [first].into_iter().chain(others).find_map(|planned| match planned {
        Planned::Stored(subject, _) => Some(&subject.made),
        Planned::Run(_) => None,
    });
    stored.map_or(own, |made| ForecastSettings { replications: made.replications, seed: made.seed, ..own })
}

impl Planned {
    /// What it is called, and whether it has prices.
    fn prices(&self) -> (&str, bool) {
        match self {
            Planned::Stored(subject, _) => (&subject.name, !subject.currency.is_empty()),
            Planned::Run(trial) => (&trial.name, !trial.inputs.scenario.prices.tokens.is_empty()),
        }
    }

    /// Every file that was read for it.
    fn files(&self) -> Vec<Arc<Source>> {
        match self {
            Planned::Stored(_, files) => files.clone(),
            Planned::Run(trial) => {
                let Inputs { scenario, library } = &trial.inputs;
                scenario.inputs.iter().cloned().chain(library.sources()).collect()
            }
        }
    }

    fn run(self, settings: Run, bar: &ProgressBar) -> Result<Subject, CliError> {
        let Trial { name, kind, inputs, args } = match self {
            Planned::Stored(subject, _) => return Ok(*subject),
            Planned::Run(trial) => *trial,
        };
        bar.set_message(name.clone());
        let (scenario, library) = (&inputs.scenario, &inputs.library);
        let outcomes = simulate::run(scenario, &scenario.setup(), library, settings, |_, _| bar.inc(1));
        let outcomes = outcomes.map_err(in_simulation(&args))?;
        Ok(Subject::of(&name, kind, scenario, settings.seed, &outcomes))
    }
}

impl Plan {
    /// Runs what isn't stored. The card is that of the first, with every file that was read.
    pub(super) fn run(self) -> Result<(RunCard, Subject, Vec<Subject>), CliError> {
        let card = self.card();
        let runs = [&self.first].into_iter().chain(&self.others).filter(|planned| matches!(planned, Planned::Run(_)));
        let bar = progress(runs.count() as u64 * u64::from(self.settings.replications));
        let first = self.first.run(self.settings, &bar)?;
        let others = self.others.into_iter().map(|other| other.run(self.settings, &bar)).collect::<Result<_, _>>()?;
        bar.finish_and_clear();
        Ok((card, first, others))
    }

    fn card(&self) -> RunCard {
        let Run { seed, replications, .. } = self.settings;
        let mut card = match &self.first {
            Planned::Stored(subject, files) => subject.made.card(files),
            Planned::Run(trial) => {
                RunCard::new(&trial.inputs.scenario, &trial.inputs.library.sources(), seed, replications)
            }
        };
        for file in self.others.iter().flat_map(Planned::files) {
            let fingerprint = Fingerprint::of(&file);
            if !card.inputs.contains(&fingerprint) {
                card.inputs.push(fingerprint);
            }
        }
        card
    }
}

/// On standard error, and only where that is a terminal.
fn progress(replications: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} replications, {eta} left  {wide_msg}");
    ProgressBar::new(replications).with_style(style.expect("a valid template"))
}
