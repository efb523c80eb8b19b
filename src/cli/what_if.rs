use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressStyle};

use super::CliError;
use super::given::behaviour_use;
use super::interpreter::InterpreterArgs;
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use crate::behaviour::Experiment;
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::report::command::quoted;
use crate::report::what_if::{comparison, write_comparison};
use crate::simulate::{Inputs, Run};
use crate::what_if::{Comparison, Watch, what_if};

/// Lets a script forecast variants of a scenario, and shows how they compare.
///
/// The script's `what_if` changes what stands at a path of the scenario, such as people.architects.count, and forecasts what
/// comes of it. Every variant has the same draws for what its changes aren't about. --out writes what_if.json (everything the
/// screen shows, and more) and what_if.csv (a row for each one shown).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast what-if office.yaml sweep --with path=people.designers.count --with from=4 --with to=6 --with steps=3
  flexcast what-if office.yaml threshold --with path=people.designers.count --with from=1 --with to=20
  flexcast what-if office.yaml ./mine.rhai --out out --replications 200")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The name of a shipped script (sweep, grid, threshold), or the path of one's own
    script: String,
    /// A parameter of the script, with a value as in a scenario; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    with: Vec<String>,
    #[command(flatten)]
    results: ResultArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let file = args.scenario.open()?;
    let mut inputs = Inputs::of(file.load())?;
    args.interpreter.apply(&mut inputs);
    let experiment = Experiment::load(&behaviour_use(&args.script, &args.with)?, &inputs.library)?;
    let results = args.results.open()?;
    let settings = args.run.settings(&inputs.scenario.forecast);
    let bar = progress();
    let found = what_if(file, &inputs, &experiment, settings, watch(&bar));
    bar.finish_and_clear();
    let found = found.map_err(|failure| again(args, settings, failure))?;
    results.give("what_if", &found, || comparison(&found), |output| write(output, &found))
}

/// The error of a variant's run, with the command that has it again.
fn again(args: &Args, settings: Run, mut failure: Box<Diagnostic>) -> CliError {
    if let Some(draws) = failure.draws.as_deref_mut() {
        let Run { seed, replications, .. } = settings;
        let mut command = format!("flexcast what-if {}", args.scenario.command());
        command += &format!(" {}", quoted(&args.script));
        args.with.iter().for_each(|given| command += &format!(" --with {}", quoted(given)));
        draws.again = Some(format!("{command} --seed {seed} --replications {replications}"));
    }
    failure.into()
}

fn write(output: &mut Output, found: &Comparison) -> io::Result<()> {
    let mut rows = output.create("what_if.csv")?;
    write_comparison(found, &mut rows)?;
    rows.flush()
}

/// On standard error, and only where that is a terminal.
fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:30} {human_pos} of {human_len} replications  {wide_msg}");
    ProgressBar::new(0).with_style(style.expect("a valid template"))
}

/// Shows which variant is run, and how far it is.
fn watch(bar: &ProgressBar) -> Watch {
    let bar = bar.clone();
    Box::new(move |number, changes, replications| {
        bar.set_prefix(format!("forecast {number}"));
        bar.set_message(if changes.is_empty() { "as it is".to_owned() } else { changes.to_owned() });
        bar.set_length(replications.into());
        bar.set_position(0);
        let bar = bar.clone();
        Box::new(move || bar.inc(1))
    })
}
