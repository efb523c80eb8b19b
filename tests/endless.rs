//! Demand: what is burned where tokens never run out.

mod desk;

use desk::Desk;
use flexcast::behaviour::Lots;
use flexcast::ids::TeamId;
use flexcast::simulate::{Inputs, Outcome, Run, run};
use flexcast::tokens::Tokens;

/// Everybody opens Revit on each of the 20 working days: 200 tokens each. Who is in both teams is paid for by the one whose pack ends
/// first. The buyer would buy on the first day.
const SCENARIO: &str = "
name: Demand
start: 2027-01-04
end: 2027-01-31
products: {Revit: {rate: 10}}
prices: {tokens: [{from: 100, each: 3.00}]}
teams:
  design: {packs: [{id: p1, bought: 2026-05-10, size: 100}]}
  visuals: {packs: [{id: p2, bought: 2026-03-10, size: 300}, {id: ends-soon, bought: 2026-01-10, size: 50}]}
people:
  - {group: architects, count: 3, team: design, access: all, behaviour: office_week, with: &exact {attendance: 1, spread: 0s, forgets_night: 0, forgets_weekend: 0}}
  - {user: piet@harbour.example, teams: [design, visuals], access: all, behaviour: office_week, with: *exact}
purchases:
  - {on: 2027-01-11, team: design, tokens: 100, id: more}
policy: {behaviour: reorder_point, with: {team: design, below: 5000, buy: 1000, lead_time: 0s}}
";

fn outcome(inputs: &Inputs) -> Outcome {
    let settings = Run { first: 0, replications: 1, seed: 7, lots: Lots::default(), threads: 1 };
    run(&inputs.scenario, &inputs.scenario.setup(), &inputs.library, settings, |_, _| {}).unwrap().remove(0)
}

#[test]
fn tokens_never_run_out_and_written_packs_burn_as_they_would() {
    let desk = Desk::new(SCENARIO);
    let mut inputs = Inputs::load(&desk.path("scenario.yaml")).unwrap();
    inputs.scenario = inputs.scenario.with_endless_tokens();
    let outcome = outcome(&inputs);
    let burn = |team: u32| outcome.burn.row(TeamId(team).index()).iter().copied().sum::<Tokens>();
    assert_eq!([burn(0), burn(1)], [600, 200].map(Tokens::whole));
    assert_eq!([0, 1, 2].map(|team| outcome.denials.row(team).iter().sum::<u32>()), [0, 0, 0]);
    // p1, p2, the one that ends in the first week, the purchase, and the teams' endless ones.
    let burned: Vec<Tokens> = outcome.packs.iter().map(|pack| pack.burned).collect();
    assert_eq!(burned, [100, 150, 50, 100, 400, 0].map(Tokens::whole));
    assert!(outcome.bought.is_empty(), "nobody buys on the way");
}
