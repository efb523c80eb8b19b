//! What README.md shows is so: its commands run and print what stands under them, and its tables are complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flexcast::chart::{CATALOGUE, Entry, Kind, Look};
use flexcast::meter::{Denial, Grant};
use flexcast::scenario::schema;
use serde_json::Value;

fn readme() -> String {
    fs::read_to_string("README.md").unwrap()
}

/// A fenced block: what it is, what it holds, and the line of text before it.
struct Block {
    kind: String,
    text: String,
    before: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let parts: Vec<&str> = page.split("```").collect();
    let block = |pair: &[&str]| {
        let (kind, text) = pair[1].split_once('\n').unwrap();
        let before = pair[0].trim_end().lines().last().unwrap_or_default();
        Block { kind: kind.into(), text: text.into(), before: before.into() }
    };
    parts.chunks_exact(2).map(block).collect()
}

/// What a shell says, on both channels, to commands in a folder where `flexcast` is on the path.
fn shell(commands: &str, folder: &Path) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_flexcast")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let script = format!("exec 2>&1\n{commands}");
    let output = Command::new("sh").args(["-e", "-c", &script]).env("PATH", path).current_dir(folder).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{commands}\n{said}");
    said
}

/// Whether these lines were said, in this order; `…` stands for lines that are left out.
fn check_said(shown: &str, said: &str) {
    let mut said_lines = said.lines();
    for line in shown.lines().filter(|line| line.trim() != "…") {
        assert!(said_lines.any(|said| said.trim_end() == line), "not said, or not in this order: {line}\n{said}");
    }
}

/// The name of the file that a block holds: "This is `week.csv`:".
fn name_of_file(block: &Block) -> Option<&str> {
    block.before.split("This is `").nth(1)?.strip_suffix("`:")
}

#[cfg(unix)]
#[test]
fn commands_print_what_is_shown_and_results_hold_what_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = readme();
    let mut said = String::new();
    for block in blocks(&page) {
        match (&*block.kind, name_of_file(&block)) {
            (_, Some(name)) => fs::write(folder.path().join(name), &block.text).unwrap(),
            ("sh", _) => said = shell(&block.text, folder.path()),
            // The studio takes too long here: see below.
            ("text", _) if !block.text.starts_with("Harbour Studio") => check_said(&block.text, &said),
            _ => {}
        }
    }
    for file in [
        "week/decisions.csv",
        "week/ledger.csv",
        "week/mails.csv",
        "run-17/sessions.csv",
        "run-3/orders.csv",
        "out/daily.csv",
        "out/months.csv",
        "out/users.csv",
        "out/replications.csv",
        "sweep/what_if.csv",
        "plan/plan.csv",
        "compared/compare.csv",
        "unsure/sensitivity.csv",
        "seats/seats.csv",
    ] {
        check_columns(&page, &folder.path().join(file));
    }
    for file in [
        "week/run.json",
        "out/forecast.json",
        "bought/forecast.json",
        "plan/plan.json",
        "preview.json",
        "sweep/what_if.json",
        "compared/compare.json",
        "unsure/sensitivity.json",
        "alerted/alerts.json",
        "report.json",
        "seats/seats.json",
    ] {
        check_keys(&page, &folder.path().join(file));
    }
    for entry in CATALOGUE {
        let of_kind = |(kind, _): &&(Kind, &str)| entry.kinds().contains(kind);
        if let Some((_, results)) = RESULTS.iter().find(of_kind) {
            check_picture(&folder.path().join(results).join(entry.name).with_extension("svg"));
        }
    }
}

/// The gallery is made by `UPDATE_PICTURES=1 STUDIO_RUN=out cargo test --test readme`, where `out` holds the main command's results.
/// Look at what is drawn before it is committed.
fn check_picture(drawn: &Path) {
    let shown = Path::new(PICTURES).join(drawn.file_name().unwrap());
    if updates() {
        fs::write(&shown, seen(&fs::read_to_string(drawn).unwrap())).unwrap();
    }
    let (drawn, kept) = (fs::read_to_string(drawn).unwrap(), fs::read_to_string(&shown).unwrap());
    let (drawn, kept) = (structure(&drawn), structure(&kept));
    let other = drawn.iter().zip(&kept).find(|(drawn, kept)| drawn != kept);
    assert!(other.is_none(), "{} is drawn otherwise now: {other:?}", shown.display());
    assert_eq!(drawn.len(), kept.len(), "{} is drawn otherwise now", shown.display());
}

/// Where the commands of the page write what they draw.
const RESULTS: [(Kind, &str); 5] = [
    (Kind::Preview, "preview"),
    (Kind::Plan, "plan"),
    (Kind::Comparison, "compared"),
    (Kind::Seats, "seats"),
    (Kind::Usage, "report"),
];

const PICTURES: &str = "scenarios/pictures";

fn updates() -> bool {
    std::env::var_os("UPDATE_PICTURES").is_some()
}

/// One of the pictures, and the same in the dark.
fn light_and_dark() -> [PathBuf; 2] {
    ["burners", "burners-dark"].map(|name| Path::new(PICTURES).join(name).with_extension("svg"))
}

/// A picture without what it tells under the pointer, which isn't seen in the gallery.
fn seen(svg: &str) -> String {
    let seen = svg.split("<g class=\"spots\"").next().unwrap().trim_end().trim_end_matches("</svg>");
    format!("{}\n</svg>\n", seen.trim_end())
}

/// What is seen of a picture wherever it stands: each element with its colour and its text.
fn structure(svg: &str) -> Vec<String> {
    let svg = seen(svg);
    let element = |element: &str| {
        let (tag, text) = element.split_once('>').unwrap();
        let name = tag.split_whitespace().next().unwrap();
        let colour = tag.split("fill=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        format!("{name} {colour} {}", text.trim())
    };
    svg.split('<').skip(1).map(element).collect()
}

/// Every picture that can be drawn is shown, with its name and what it shows, and one of them in the dark.
#[test]
fn the_gallery_shows_every_picture() {
    if updates() {
        eprintln!("skipped: other tests make the gallery now");
        return;
    }
    let page = readme();
    for Entry { name, shows, .. } in CATALOGUE {
        assert!(page.contains(&format!("`{name}`: {shows}")), "{name}: {shows}");
        assert!(page.contains(&format!("]({PICTURES}/{name}.svg)")), "{name}");
        assert!(Path::new(PICTURES).join(name).with_extension("svg").exists(), "{name}");
    }
    let [light, dark] = light_and_dark().map(|path| fs::read_to_string(path).unwrap());
    assert_eq!(structure(&Look::Dark.dress(&light)), structure(&dark));
    assert!(page.contains(&format!("]({PICTURES}/burners-dark.svg)")));
}

fn check_columns(page: &str, file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let header = text.lines().next().unwrap();
    let told = |column: &str| page.contains(&format!("`{column}`"));
    assert!(page.contains(&format!("\n{header}\n")) || header.split(',').all(told), "{}: {header}", file.display());
}

fn check_keys(page: &str, file: &Path) {
    let mut keys = BTreeSet::new();
    collect(&serde_json::from_slice(&fs::read(file).unwrap()).unwrap(), &mut keys);
    for key in keys {
        assert!(page.contains(&format!("`{key}`")), "{}: {key}", file.display());
    }
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            collect(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

/// The main command takes a minute in release, and many without: CI runs it, and hands its folder over in `STUDIO_RUN`, with
/// what the screen showed in `summary.txt`.
#[test]
fn the_studio_says_and_draws_what_is_shown() {
    let Some(folder) = std::env::var_os("STUDIO_RUN").map(std::path::PathBuf::from) else {
        eprintln!("skipped: STUDIO_RUN names no folder with the main command's results");
        return;
    };
    let said = fs::read_to_string(folder.join("summary.txt")).unwrap();
    let page = readme();
    let shown = blocks(&page).into_iter().find(|block| block.text.starts_with("Harbour Studio")).unwrap();
    check_said(&shown.text, &said);
    for Entry { name, .. } in CATALOGUE.iter().filter(|entry| entry.kinds() == [Kind::Forecast]) {
        check_picture(&folder.join(name).with_extension("svg"));
    }
    if updates() {
        let [light, dark] = light_and_dark();
        fs::write(dark, Look::Dark.dress(&fs::read_to_string(light).unwrap())).unwrap();
    }
}

#[test]
fn the_reference_tells_of_every_key() {
    let (page, schema) = (readme(), schema());
    let records = schema["definitions"].as_object().unwrap().values().chain([&schema]);
    for record in records {
        let about = record["description"].as_str().unwrap();
        let section = page.split("\n### ").find(|section| section.contains(&format!("\n\n{about}\n\n| key |")));
        let section = section.unwrap_or_else(|| panic!("no section about: {about}"));
        let told: BTreeSet<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
        let rows: Vec<String> = rows(record).collect();
        assert_eq!(told, rows.iter().map(String::as_str).collect(), "{about}");
    }
}

fn rows(record: &Value) -> impl Iterator<Item = String> {
    record["properties"].as_object().unwrap().iter().map(|(key, value)| {
        let required = record["required"].as_array().unwrap().iter().any(|required| required == key);
        let required = if required { ", required" } else { "" };
        format!("| `{key}` | {}{required} | {} |", written_as(value), value["description"].as_str().unwrap())
    })
}

/// How a value is written, in words.
fn written_as(schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        return one_of(choices);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        return ways.iter().map(written_as).collect::<Vec<_>>().join(" or ");
    }
    let text = |key: &str| schema[key].as_str().unwrap_or_default();
    match text("type") {
        "array" => format!("list: {}", written_as(&schema["items"])),
        "object" => format!("by name: {}", written_as(&schema["additionalProperties"])),
        "string" if text("format") == "date" => "date".into(),
        "string" if text("format") == "date-time" => "instant".into(),
        "string" if text("pattern").contains("A-Z") => "three letters".into(),
        "string" if text("pattern").contains('%') => "percentage".into(),
        "string" if text("pattern").contains("dhms") => "duration".into(),
        "string" => "text".into(),
        "integer" => "whole number".into(),
        "number" if schema["maximum"] == 1 => "share".into(),
        "number" => "number".into(),
        "boolean" => "`true` or `false`".into(),
        _ if schema["type"].is_array() => "value or list".into(),
        _ => "map".into(),
    }
}

/// "`day` or `result`"; there are too many zones to list.
fn one_of(choices: &[Value]) -> String {
    let words: Vec<String> = choices.iter().map(|choice| format!("`{}`", choice.as_str().unwrap())).collect();
    match words.split_last().unwrap() {
        (last, []) => last.clone(),
        (_, many) if many.len() > 20 => "zone".into(),
        (last, many) => format!("{} or {last}", many.join(", ")),
    }
}

#[test]
fn every_reason_is_told() {
    let page = readme();
    let reasons = Grant::ALL.iter().map(|grant| grant.word()).chain(Denial::ALL.iter().map(|denial| denial.word()));
    for reason in reasons {
        assert!(page.contains(&format!("\n| `{reason}` | ")), "{reason}");
    }
}
