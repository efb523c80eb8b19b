//! Scripted buyers.

use std::collections::BTreeSet;
use std::path::Path;

use super::decode::{At, Errors};
use super::given::BehaviourUse;
use super::known::{Known, repeated};
use super::model::Buyer;
use super::parameters::behaviour_use;
use super::spec::PolicySpec;
use super::unions::PoliciesSpec;

/// The buyers as meant.
pub fn buyers(policies: Option<&PoliciesSpec>, folder: &Path, calendars: &Known, errors: &mut Errors) -> Vec<Buyer> {
    let policies = policies.map_or(&[][..], |policies| &policies.0);
    let mut names = written_names(policies, errors);
    let mut buyer = |policy: &At<PolicySpec>| {
        let spec = &policy.value;
        let calendar = spec.calendar.given().and_then(|name| calendars.find(name, errors)).unwrap_or_default();
        let behaviour = behaviour_use(spec.behaviour.given()?, spec.with.given(), folder);
        let name = spec.name.get().cloned().unwrap_or_else(|| made_up(&behaviour, &mut names));
        Some(Buyer { name, calendar, behaviour })
    };
    policies.iter().filter_map(&mut buyer).collect()
}

fn written_names(policies: &[At<PolicySpec>], errors: &mut Errors) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for name in policies.iter().filter_map(|policy| policy.value.name.given()) {
        if !names.insert(name.value.clone()) {
            errors.push(repeated("buyer", name).expected("expected a name of its own"));
        }
    }
    names
}

/// The name of the script, with a number where another buyer has it already.
fn made_up(behaviour: &BehaviourUse, names: &mut BTreeSet<String>) -> String {
    let script = Path::new(&behaviour.script).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let numbered = (2..).map(|number| format!("{script}-{number}"));
    let name = std::iter::once(script.clone()).chain(numbered).find(|name| !names.contains(name));
    let name = name.expect("numbers don't run out");
    names.insert(name.clone());
    name
}
