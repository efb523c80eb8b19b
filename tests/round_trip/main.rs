//! What one replication did, exported and metered again, and the figures of the forecast that say the same.

mod avoidable;
#[path = "../desk/mod.rs"]
mod desk;
mod figures;
mod replay;
mod totals;

use desk::Desk;

/// Hard on every rule; `rules` takes the place of its own.
fn nasty(rules: &str) -> Desk {
    let scenario = include_str!("nasty/scenario.yaml");
    let (before, _) = scenario.split_once("rules:").unwrap();
    let desk = Desk::new(&format!("{before}rules: {rules}\n"));
    desk.write("forgetful.rhai", include_str!("nasty/forgetful.rhai"));
    desk
}

fn studio() -> Desk {
    Desk::studio(|text| text)
}
