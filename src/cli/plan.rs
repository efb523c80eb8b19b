use std::io::{self, Write};
use std::path::PathBuf;

use super::CliError;
use super::clock::Clock;
use super::error::in_simulation;
use super::interpreter::InterpreterArgs;
use super::pictures::PictureArgs;
use super::results::ResultArgs;
use super::run_args::RunArgs;
use super::scenario_args::ScenarioArgs;
use super::values::{self, written};
use crate::chart;
use crate::output::Output;
use crate::page::of_plan;
use crate::purchasing::{PurchasePlan, Question, Request, Stage, Watch, plan, stages};
use crate::report::{orders, plan::summary};
use crate::simulate::Inputs;

/// Says when to buy how many tokens for each team, for the least cost at a service level.
///
/// The plan is made for what people would burn if tokens never ran out, and then simulated through the metering core with fresh
/// draws: the service level that was asked and the one that was achieved stand side by side. Purchases that stand in the scenario are
/// kept; the plan adds to them. Buyers under `policy` are left out, but with --own. Every option may stand under `plan` in the scenario too.
///
/// Where the asked service level isn't reached, the exit code is 4; a budget alone asks for none. Without --replications as many runs plan, and as many others verify, as
/// the service level needs: 2,000 for 99%.
///
/// --out writes plan.json, plan.csv (a row for each order), purchases.yaml (to be pasted into the scenario) and a picture.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  flexcast plan office.yaml
  flexcast plan office.yaml --service-level 99.5% --order-dates 2027-01-04,2027-04-01,2027-09-01 --lead-time 5d
  flexcast plan office.yaml --own
  flexcast plan office.yaml --budget 20000 --without-purchases --out plan")]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// The asked share of runs in which nobody is refused for want of tokens, such as 99% [default: the scenario's]
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, value_parser = written(values::share))]
    service_level: Option<String>,
    /// When orders may be placed: month_starts, any_day, or dates with commas between them [default: month_starts]
    #[arg(long, value_name = "DATES")]
    order_dates: Option<String>,
    /// How long an order takes to arrive, in whole days such as 5d [default: 0d]
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true, value_parser = written(values::lead_time))]
    lead_time: Option<String>,
    /// What each order costs beside its tokens [default: 0]
    #[arg(long, value_name = "MONEY", allow_hyphen_values = true, value_parser = written(values::money))]
    order_cost: Option<String>,
    /// Interest a year on what is paid before the horizon ends, such as 5% [default: 0%]
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, value_parser = written(values::share))]
    interest: Option<String>,
    /// What there is to spend: the best service for it is planned, or with a service level the cheapest plan within it
    #[arg(long, value_name = "MONEY", allow_hyphen_values = true, value_parser = written(values::money))]
    budget: Option<String>,
    /// A team to plan for; may be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    team: Vec<String>,
    /// Plan nothing, and say what the scenario's own purchases and buyers give
    #[arg(long, conflicts_with = "budget")]
    own: bool,
    /// Leave out the purchases that stand in the scenario
    #[arg(long)]
    without_purchases: bool,
    #[command(flatten)]
    results: ResultArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    interpreter: InterpreterArgs,
    #[command(flatten)]
    pictures: PictureArgs,
    /// Write one page for people too, which can be mailed: what to buy when, the picture, tables and the run card [default: page.html
    /// in the folder]
    #[arg(long, value_name = "FILE", num_args = 0..=1, requires = "out")]
    html: Option<Option<PathBuf>>,
}

pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let scenario = args.changed_scenario();
    let mut inputs = scenario.load()?;
    args.interpreter.apply(&mut inputs);
    if args.without_purchases {
        inputs.scenario.drop_purchases();
    }
    let results = args.results.open()?;
    let plan = planned(args, &scenario, &inputs)?;
    results.give("plan", &plan, || summary(&plan), |output| write(output, args, &plan))?;
    match plan.achieved.reached || plan.question == Question::Budget {
        true => Ok(()),
        false => Err(CliError::Alert("the asked service level isn't reached\n".to_owned())),
    }
}

impl Args {
    /// The options are changes of the scenario's `plan`, made after those of `--set`.
    fn changed_scenario(&self) -> ScenarioArgs {
        let dates =
            self.order_dates.as_ref().map(|dates| match dates.starts_with(|first: char| first.is_ascii_digit()) {
                true => format!("[{dates}]"),
                false => dates.clone(),
            });
        let teams = serde_json::to_string(&self.team).expect("plain names");
        let options = [
            ("service_level", self.service_level.clone()),
            ("order_dates", dates),
            ("lead_time", self.lead_time.clone()),
            ("order_cost", self.order_cost.clone()),
            ("interest", self.interest.clone()),
            ("budget", self.budget.clone()),
            ("teams", (!self.team.is_empty()).then_some(teams)),
        ];
        let mut scenario = self.scenario.clone();
        let set = options.into_iter().filter_map(|(key, value)| Some(format!("plan.{key}={}", value?)));
        scenario.set.extend(set);
        scenario
    }

    fn question(&self, inputs: &Inputs) -> Question {
        let settings = &inputs.scenario.plan;
        match settings.budget.is_empty() || settings.service_level.is_some() {
            _ if self.own => Question::Own,
            true => Question::ServiceLevel,
            false => Question::Budget,
        }
    }
}

fn planned(args: &Args, scenario: &ScenarioArgs, inputs: &Inputs) -> Result<PurchasePlan, CliError> {
    let run = args.run.settings(&inputs.scenario.forecast);
    let request = Request {
        question: args.question(inputs),
        replications: args.run.says_how_many().then_some(run.replications),
        seed: run.seed,
        threads: run.threads,
    };
    let clock = Clock::new(stages(&inputs.scenario), |runs| {
        format!(
            "{runs} runs to plan with, and as many to verify the plan (again where it doesn't hold, and where teams share people or packs); \
             the search for the orders comes on top: seconds mostly, \
             up to a minute with many order dates where packs end"
        )
    });
    let (begins, done) = (|stage, count| clock.begin(shown(stage), count), || clock.tick());
    let planned = plan(inputs, request, &Watch { begins: &begins, done: &done });
    clock.end();
    planned.map_err(in_simulation(scenario))
}

fn shown(stage: Stage) -> String {
    match stage {
        Stage::Demand => "simulating the demand".to_owned(),
        Stage::Trial => "trying a plan for shared people".to_owned(),
        Stage::Verification(1) => "verifying the plan".to_owned(),
        Stage::Verification(number) => format!("verifying plan {number}"),
        Stage::Ways => "comparing other ways".to_owned(),
    }
}

fn write(output: &mut Output, args: &Args, plan: &PurchasePlan) -> io::Result<()> {
    let mut rows = output.create("plan.csv")?;
    orders::write(plan, &mut rows)?;
    rows.flush()?;
    output.write("purchases.yaml", orders::yaml(plan).as_bytes())?;
    let picture = chart::plan(plan).map_err(io::Error::other)?;
    if let (Some(html), Some(folder)) = (&args.html, &args.results.out) {
        let page = of_plan(plan, std::slice::from_ref(&picture)).map_err(io::Error::other)?;
        output.write_at(html.as_ref().unwrap_or(&folder.join("page.html")), page.as_bytes())?;
    }
    args.pictures.write(output, Ok(picture))
}
