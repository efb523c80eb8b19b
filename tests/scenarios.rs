//! The scenarios that come with flexcast, and the template of `flexcast new`, are without errors, and so are the scripts
//! that they use.

use std::fs;
use std::path::Path;

use flexcast::behaviour;
use flexcast::diagnostic::Diagnostic;
use flexcast::report::diagnostics::render;
use flexcast::scenario::{Scenario, TEMPLATE, load};
use flexcast::tokens::Tokens;

fn none(diagnostics: &[Diagnostic]) {
    assert!(diagnostics.is_empty(), "{}", render(diagnostics, false));
}

fn loaded(path: &Path) -> Scenario {
    let loaded = load(path);
    none(&loaded.diagnostics);
    let (library, errors) = behaviour::load(&loaded);
    let scenario = loaded.scenario.expect("no errors");
    none(&errors);
    none(&behaviour::rehearse(&library, &scenario));
    scenario
}

#[test]
fn shipped_scenarios_are_without_errors() {
    assert_eq!(loaded(Path::new("scenarios/preview.yaml")).products.len(), 9);
    let studio = loaded(Path::new("scenarios/studio.yaml"));
    assert_eq!((studio.users.len(), studio.groups.len(), studio.packs.len()), (40, 6, 4));
    assert_eq!(studio.products[0].name, "AutoCAD");
    assert_eq!(studio.products[0].rate, Some(Tokens::whole(7)));
    assert_eq!(studio.inputs.len(), 2);
    let buyer = loaded(Path::new("scenarios/buyer.yaml"));
    assert_eq!((buyer.users.len(), buyer.buyers[0].name.as_str()), (7, "reorder_point"));
    let year = loaded(Path::new("scenarios/flex_year.yaml"));
    assert_eq!((year.users.len(), year.last_day.number() - year.first_day.number()), (1000, 364));
}

#[test]
fn the_template_is_without_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.yaml");
    fs::write(&path, TEMPLATE).unwrap();
    assert_eq!(loaded(&path).users.len(), 6);
}
