//! The error gallery: each folder provokes an error, and holds the text it must give. `UPDATE_GALLERY=1` rewrites the
//! texts; read the difference before it is committed.

use std::fs;
use std::path::Path;

use flexcast::report::diagnostics::render;
use flexcast::scenario;

fn found(folder: &Path) -> String {
    let loaded = scenario::load(&folder.join("scenario.yaml"));
    assert_eq!(loaded.scenario.is_none(), !loaded.diagnostics.is_empty(), "{}", folder.display());
    render(&loaded.diagnostics, false).replace(&format!("{}/", folder.display()), "").replace('\\', "/")
}

#[test]
fn every_error_says_what_the_gallery_shows() {
    let mut folders: Vec<_> = fs::read_dir("tests/gallery").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut differ = Vec::new();
    for folder in &folders {
        let (found, expected) = (found(folder), folder.join("expected.txt"));
        if std::env::var_os("UPDATE_GALLERY").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            differ.push(format!("=== {}\n{found}", folder.display()));
        }
    }
    assert!(differ.is_empty(), "not as in expected.txt:\n{}", differ.join("\n"));
}
