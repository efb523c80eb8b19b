//! What verified a plan also tells the demand of its runs: simulated anew are only those whose tokens ran out.

use std::path::Path;

use flexcast::purchasing::{Draws, completed, demand, planned_teams, verify};
use flexcast::simulate::Inputs;

#[test]
fn the_demand_known_from_verification_is_the_one_that_endless_tokens_show() {
    let inputs = Inputs::load(Path::new("scenarios/studio.yaml")).unwrap();
    let draws = Draws { seed: 5, replications: 60, threads: 2 };
    let verified = verify(&inputs, &[], &planned_teams(&inputs.scenario), draws, &|| {}).unwrap();
    let short = verified.failed();
    assert!(0 < short && short < 60, "{short} of the runs run out: some are simulated anew, and some aren't");
    let simulated = std::sync::atomic::AtomicUsize::new(0);
    let count = || _ = simulated.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let known = completed(&inputs, &[], draws, &verified.burned, &count).unwrap();
    assert_eq!(simulated.into_inner(), short);
    assert_ne!(known.teams, verified.burned.as_demand.teams);
    assert_eq!(known.teams, demand(&inputs, &[], draws, &|| {}).unwrap().teams);
}
