//! The laboratory of a run: each variant is loaded, checked and forecast once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::comparison::{Comparison, Difference, Estimates, Parameter, Row};
use crate::behaviour::{Experiment, Figure, Interpreter, Laboratory, Part, Shown};
use crate::diagnostic::{Diagnostic, Source};
use crate::forecast::{Figures, Findings, Fingerprint, RunCard, findings};
use crate::scenario::{Change, GivenValue, Override, ScenarioFile};
use crate::simulate::{self, Inputs, Run};

/// Told of each variant that begins: its number from 1 on, what is changed, and how many replications it has. Gives what is
/// told of each replication that ends.
pub type Watch = Box<dyn Fn(usize, &str, u32) -> Box<dyn Fn() + Sync>>;

/// Forecasts of one run.
const FORECASTS: usize = 1_000;
/// Rows, or notes, of one run.
const ROWS: usize = 1_000;
/// Changes of one variant.
const CHANGES: usize = 100;
/// Variants built, and values asked for, in one run: each looks through the whole scenario.
const LOOKS: u32 = 10_000;

/// Forecasts the variants of a scenario.
pub struct Workbench {
    file: ScenarioFile,
    settings: Run,
    /// How the variants' scripts are run.
    interpreter: Interpreter,
    watch: Watch,
    trials: RefCell<Vec<Trial>>,
    /// By what is changed and the number of replications.
    known: RefCell<BTreeMap<(Vec<Change>, u32), usize>>,
    /// Every file that was read for a variant, in the order of its first use.
    read: RefCell<Vec<Arc<Source>>>,
    looks: Cell<u32>,
    rows: RefCell<Vec<Shown>>,
    notes: RefCell<Vec<String>>,
}

/// A variant that was forecast.
struct Trial {
    changes: Vec<Change>,
    replications: u32,
    findings: Findings,
}

/// Runs a script on a scenario that has no errors. Every variant has these settings.
pub fn what_if(
    file: ScenarioFile,
    inputs: &Inputs,
    experiment: &Experiment,
    settings: Run,
    watch: Watch,
) -> Result<Comparison, Box<Diagnostic>> {
    let workbench = Rc::new(Workbench::new(file, settings, inputs.library.interpreter, watch));
    let laboratory: Rc<dyn Laboratory> = workbench.clone();
    experiment.run(&laboratory)?;
    Ok(workbench.comparison(inputs, experiment))
}

impl Workbench {
    /// A laboratory for the variants of a scenario.
    pub fn new(file: ScenarioFile, settings: Run, interpreter: Interpreter, watch: Watch) -> Self {
        Workbench {
            file,
            settings,
            interpreter,
            watch,
            trials: RefCell::default(),
            known: RefCell::default(),
            read: RefCell::default(),
            looks: Cell::new(0),
            rows: RefCell::default(),
            notes: RefCell::default(),
        }
    }

    fn run(&self, changes: &[Change], overrides: &[Override], replications: u32) -> Result<Findings, Vec<Diagnostic>> {
        let mut inputs = Inputs::of(self.file.load_with(overrides))?;
        inputs.library.interpreter = self.interpreter;
        self.note_read(&inputs);
        let done =
            (self.watch)(self.trials.borrow().len() + 1, &self.file.pseudonyms().text(&told(changes)), replications);
        let settings = Run { replications, ..self.settings };
        let setup = inputs.scenario.setup();
        let outcomes = simulate::run(&inputs.scenario, &setup, &inputs.library, settings, |_, _| done())
            .map_err(|failure| vec![*failure])?;
        Ok(findings(&inputs.scenario, &outcomes))
    }

    fn look(&self) -> Result<(), Diagnostic> {
        if self.looks.replace(self.looks.get() + 1) < LOOKS {
            return Ok(());
        }
        Err(Diagnostic::new(format!("more than {LOOKS} variants built in one run"))
            .help("look for a loop that never ends"))
    }

    /// What else was read for a variant than for the scenario itself.
    fn note_read(&self, inputs: &Inputs) {
        let mut read = self.read.borrow_mut();
        for source in inputs.scenario.inputs.iter().cloned().chain(inputs.library.sources()) {
            if !read.contains(&source) {
                read.push(source);
            }
        }
    }

    fn comparison(&self, inputs: &Inputs, experiment: &Experiment) -> Comparison {
        let read = self.read.borrow();
        let beyond = read.iter().filter(|source| !inputs.scenario.inputs.contains(source));
        let read: Vec<_> = [experiment.source()].into_iter().chain(beyond).cloned().collect();
        let prices = &inputs.scenario.prices;
        let pseudonyms = self.file.pseudonyms();
        let parameter = |(name, value): (&str, String)| Parameter {
            name: name.to_owned(),
            value: pseudonyms.text(&value).into_owned(),
        };
        Comparison {
            card: RunCard::new(&inputs.scenario, &read, self.settings.seed, self.settings.replications),
            script: Fingerprint::of(experiment.source()).name,
            parameters: experiment.parameters().map(parameter).collect(),
            currency: if prices.tokens.is_empty() { String::new() } else { inputs.scenario.currency.clone() },
            forecasts: self.trials.borrow().len(),
            rows: self.rows(),
            notes: self.notes.borrow().iter().map(|note| pseudonyms.text(note).into_owned()).collect(),
        }
    }

    fn rows(&self) -> Vec<Row> {
        let (trials, shown, pseudonyms) = (self.trials.borrow(), self.rows.borrow(), self.file.pseudonyms());
        let told = |text: &str| pseudonyms.text(text).into_owned();
        let figures = |row: &Shown| of_part(&trials[row.result].findings, &row.part).expect("the part was found");
        let row = |(place, row): (usize, &Shown)| {
            let Trial { changes, replications, .. } = &trials[row.result];
            let changes: Vec<Change> = changes.iter().map(|change| change.told(pseudonyms)).collect();
            let first = shown[..place].iter().find(|first| first.part == row.part);
            Row {
                label: if row.label.is_empty() { label(&changes, &row.part) } else { told(&row.label) },
                part: row.part.kind().to_owned(),
                name: row.part.name().to_owned(),
                changes,
                replications: *replications,
                estimates: Estimates::of(figures(row)),
                difference: first.map(|first| Difference::of(figures(row), figures(first))),
            }
        };
        shown.iter().enumerate().map(row).collect()
    }
}

/// What a row is called that has no label of its own.
fn label(changes: &[Change], part: &Part) -> String {
    let changed = if changes.is_empty() { "as it is".to_owned() } else { told(changes) };
    match part {
        Part::All => changed,
        part => format!("{changed}, {}", part.name()),
    }
}

fn told(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("{}: {}", change.path, change.value)).collect::<Vec<_>>().join(", ")
}

fn of_part<'a>(findings: &'a Findings, part: &Part) -> Option<&'a Figures> {
    let find = |named: &'a [(String, Figures)]| named.iter().find(|(name, _)| name == part.name());
    let found = match part {
        Part::All => return Some(&findings.all),
        Part::Team(_) => find(&findings.teams),
        Part::Group(_) => find(&findings.groups),
        Part::Product(_) => find(&findings.products),
    };
    found.map(|(_, figures)| figures)
}

impl Laboratory for Workbench {
    fn value(&self, changes: &[Override], path: &str) -> Result<GivenValue, Diagnostic> {
        self.look()?;
        self.file.value(changes, path)
    }

    fn check(&self, changes: &[Override]) -> Result<(), Diagnostic> {
        self.look()?;
        if changes.len() > CHANGES {
            return Err(Diagnostic::new(format!("more than {CHANGES} changes in one variant")));
        }
        if let Some(wrong) = self.file.check(changes).into_iter().next() {
            return Err(wrong);
        }
        match self.file.new_file(changes) {
            None => Ok(()),
            Some(file) => Err(Diagnostic::new(format!("a script can't have another file read: `{file}`"))
                .expected("a shipped script, or a file that the scenario names")),
        }
    }

    fn forecast(&self, overrides: &[Override], replications: Option<u32>) -> Result<usize, Vec<Diagnostic>> {
        let replications = replications.unwrap_or(self.settings.replications);
        let key = (overrides.iter().map(Override::change).collect::<Vec<_>>(), replications);
        if let Some(result) = self.known.borrow().get(&key) {
            return Ok(*result);
        }
        let result = self.trials.borrow().len();
        if result == FORECASTS {
            let problem = Diagnostic::new(format!("more than {FORECASTS} forecasts in one run"));
            return Err(vec![problem.help("look for a loop that never ends, or take larger steps")]);
        }
        let findings = self.run(&key.0, overrides, replications)?;
        self.trials.borrow_mut().push(Trial { changes: key.0.clone(), replications, findings });
        self.known.borrow_mut().insert(key, result);
        Ok(result)
    }

    fn figure(&self, result: usize, part: &Part, figure: Figure) -> Option<f64> {
        let trials = self.trials.borrow();
        let figures = of_part(&trials[result].findings, part)?;
        let team = figures.team.as_ref();
        Some(match figure {
            Figure::Burn => figures.burn.estimate().mean,
            Figure::BurnHalfWidth => figures.burn.estimate().half_width?,
            Figure::BurnAt(share) => figures.burn.quantile(share),
            Figure::Avoidable => figures.avoidable.estimate().mean,
            Figure::StockOut => team?.chance().chance,
            Figure::StockOutLow => team?.chance().low,
            Figure::StockOutHigh => team?.chance().high,
            Figure::Waste => team?.waste.estimate().mean,
            Figure::Denials => team?.denials.estimate().mean,
            Figure::Cost => team?.cost.as_ref()?.estimate().mean,
        })
    }

    fn names(&self, result: usize, part: &Part) -> Vec<String> {
        let findings = &self.trials.borrow()[result].findings;
        let named = match part {
            Part::All => return Vec::new(),
            Part::Team(_) => &findings.teams,
            Part::Group(_) => &findings.groups,
            Part::Product(_) => &findings.products,
        };
        named.iter().map(|(name, _)| name.clone()).collect()
    }

    fn show(&self, row: Shown) -> Result<(), Diagnostic> {
        pushed(&self.rows, row, "rows")
    }

    fn note(&self, text: &str) -> Result<(), Diagnostic> {
        pushed(&self.notes, text.to_owned(), "notes")
    }
}

fn pushed<T>(list: &RefCell<Vec<T>>, item: T, what: &str) -> Result<(), Diagnostic> {
    let mut list = list.borrow_mut();
    if list.len() == ROWS {
        return Err(Diagnostic::new(format!("more than {ROWS} {what} in one run")));
    }
    list.push(item);
    Ok(())
}
