//! `explain` in small cases: each folder has a scenario, a log, and what the command on the first line of `expected.txt` must say.
//! `UPDATE_GALLERY=1` rewrites what is said; read the difference before it is committed.

#[path = "../desk/mod.rs"]
mod desk;
mod totals;
mod truth;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/explain").unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// What a command line such as `$ flexcast explain …` says.
fn said(folder: &Path, command_line: &str) -> String {
    let arguments = command_line.strip_prefix("$ flexcast ").unwrap().split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_flexcast")).args(arguments).current_dir(folder).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}: {errors}", folder.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_case_is_explained_as_shown() {
    let mut differ = Vec::new();
    for folder in folders() {
        let path = folder.join("expected.txt");
        let expected = fs::read_to_string(&path).unwrap();
        let command_line = expected.lines().next().unwrap();
        let found = format!("{command_line}\n{}", said(&folder, command_line));
        assert!(found.lines().all(|line| line.chars().count() < 100), "{}: a line is too wide", folder.display());
        if std::env::var_os("UPDATE_GALLERY").is_some() {
            fs::write(&path, &found).unwrap();
        } else if found != expected {
            differ.push(format!("=== {}\n{found}", folder.display()));
        }
    }
    assert!(differ.is_empty(), "not as in expected.txt:\n{}", differ.join("\n"));
}
