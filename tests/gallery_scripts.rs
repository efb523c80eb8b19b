//! The gallery of script errors: each folder holds a script and the text it must give. `UPDATE_GALLERY=1` rewrites the
//! texts.

#[allow(dead_code)]
#[path = "behaviour/stage.rs"]
mod stage;

use std::fs;
use std::path::{Path, PathBuf};

use flexcast::behaviour::rehearse;
use flexcast::diagnostic::Diagnostic;

use stage::{people, stage};

const GALLERY: &str = "tests/gallery_scripts";

#[test]
fn every_script_of_the_gallery_gives_its_text() {
    let entries = fs::read_dir(GALLERY).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let differing: Vec<_> = folders.iter().filter(|folder| !agrees(folder)).collect();
    assert!(differing.is_empty(), "these give other texts (UPDATE_GALLERY=1 rewrites them): {differing:?}");
}

fn agrees(folder: &Path) -> bool {
    let expected = folder.join("expected.txt");
    let text = texts_of(&folder.join("script.rhai"));
    if std::env::var_os("UPDATE_GALLERY").is_some() {
        fs::write(&expected, &text).unwrap();
    }
    fs::read_to_string(&expected).is_ok_and(|written| written == text)
}

/// What is wrong with a script, seen or, where nothing is seen, met in a fortnight.
fn texts_of(script: &Path) -> String {
    let one = [people("one", 1, script.to_str().unwrap())];
    let (scenario, library, mut found) = stage("2027-01-04", "2027-01-17", &one);
    if found.is_empty() {
        found = rehearse(&library, &scenario);
    }
    found.iter().map(plain).collect::<Vec<_>>().join("\n")
}

fn plain(problem: &Diagnostic) -> String {
    let mut text = format!("error: {}\n", problem.message);
    if let Some(place) = &problem.place {
        let line = place.source.text.lines().nth(place.line as usize - 1).unwrap_or_default();
        let marks = "^".repeat(place.length as usize);
        let indent = " ".repeat(place.column as usize - 1);
        text += &format!("  at {}:{}:{}\n", place.source.name, place.line, place.column);
        text += &format!("  | {line}\n  | {indent}{marks}\n");
    }
    for (what, said) in [("expected", &problem.expected), ("help", &problem.help)] {
        text += &said.as_ref().map(|said| format!("  {what}: {said}\n")).unwrap_or_default();
    }
    text
}
