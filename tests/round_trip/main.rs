//! What one replication did, exported and metered again, and the figures of the forecast that say the same.

mod avoidable;
mod buyers;
#[path = "../desk/mod.rs"]
mod desk;
mod figures;
mod parts;
mod replay;
mod totals;

use desk::Desk;

/// Hard on every rule; `rules` takes the place of its own.
fn nasty(rules: &str) -> Desk {
    let desk = with_rules(include_str!("nasty/scenario.yaml"), rules);
    desk.write("forgetful.rhai", include_str!("nasty/forgetful.rhai"));
    desk
}

/// All that scripts can say beyond sessions; `rules` takes the place of its own.
fn restless(rules: &str) -> Desk {
    let desk = with_rules(include_str!("restless/scenario.yaml"), rules);
    desk.write("restless.rhai", include_str!("restless/restless.rhai"));
    desk
}

fn with_rules(scenario: &str, rules: &str) -> Desk {
    let (before, _) = scenario.split_once("rules:").unwrap();
    Desk::new(&format!("{before}rules: {rules}\n"))
}

fn studio() -> Desk {
    Desk::studio(|text| text)
}
