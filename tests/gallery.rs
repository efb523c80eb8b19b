//! The error gallery: each folder provokes errors, and holds the text that `flexcast check` must give. `UPDATE_GALLERY=1`
//! rewrites the texts; read the difference before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Errors of the scenario and its rate sheet, and errors of its scripts and their parameters.
const WINGS: [&str; 2] = ["tests/gallery/scenarios", "tests/gallery/scripts"];

fn folders(wing: &str) -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(wing).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "{wing}");
    folders
}

fn check(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flexcast"));
    let output = command.args(["check", "scenario.yaml"]).current_dir(folder).output().unwrap();
    assert_eq!((output.status.code(), &*output.stdout), (Some(1), &b""[..]), "{}", folder.display());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn every_error_says_what_the_gallery_shows() {
    let mut differ = Vec::new();
    for folder in WINGS.into_iter().flat_map(folders) {
        let (found, expected) = (check(&folder), folder.join("expected.txt"));
        if std::env::var_os("UPDATE_GALLERY").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            differ.push(format!("=== {}\n{found}", folder.display()));
        }
    }
    assert!(differ.is_empty(), "not as in expected.txt:\n{}", differ.join("\n"));
}
