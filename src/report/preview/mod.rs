//! A preview on the terminal: what was played, a calendar with a mark for each day, the months, and the first sessions.

mod calendar;
mod sessions;

use serde_json::json;

use super::numbers::{counted, percent};
use super::tables::{figures, lines, words};
use crate::forecast::RunCard;
use crate::preview::{Month, Preview};
use crate::tokens::Tokens;

/// Which script was played, how, and with which draws.
pub struct Played<'a> {
    /// Its name or path.
    pub script: &'a str,
    /// Whom it describes.
    pub describes: &'a str,
    /// Its parameters in force, each as a scenario writes it.
    pub parameters: Vec<(&'a str, String)>,
    /// The run, with its seed.
    pub card: &'a RunCard,
    /// Counted from 0.
    pub replication: u32,
}

/// The preview on the screen, with so many sessions and notes at most.
pub fn preview(preview: &Preview, played: &Played<'_>, most: usize) -> String {
    let sections = [
        head(preview, played),
        calendar::calendar(preview),
        months(preview),
        sessions::sessions(preview, most),
        notes(preview, most),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The same as JSON.
pub fn preview_json(preview: &Preview, played: &Played<'_>) -> String {
    let parameters: Vec<_> =
        played.parameters.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let document = json!({
        "card": played.card,
        "script": played.script,
        "describes": played.describes,
        "parameters": parameters,
        "replication": played.replication,
        "preview": preview,
    });
    format!("{document:#}\n")
}

/// What it comes to, in one line.
pub fn finding(preview: &Preview) -> String {
    let total = Month::total(&preview.months);
    let cost = format!(
        "{} on {}; {} charged, {} tokens",
        counted(total.sessions.into(), "session"),
        counted(total.days_used.into(), "day"),
        counted(total.windows.into(), "window"),
        amount(total.tokens),
    );
    let avoidable = match total.avoidable {
        Tokens::ZERO => String::new(),
        tokens => {
            format!(", {} of them avoidable ({})", amount(tokens), percent(number(tokens) / number(total.tokens)))
        }
    };
    let denied = match total.denials {
        0 => String::new(),
        denials => format!("; {}", counted(denials.into(), "denial")),
    };
    format!("{cost}{avoidable}{denied}")
}

fn head(preview: &Preview, played: &Played<'_>) -> String {
    let Played { script, describes, parameters, card, replication } = played;
    let given: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let mut text = format!("{script}: {describes}\n");
    if !given.is_empty() {
        text += &super::lines::indented(&format!("with {{{}}}", given.join(", ")), 2);
    }
    format!(
        "{text}  {} from {} to {} in {}; seed {}, replication {replication}\n\n{}\n",
        preview.user,
        preview.first_day,
        preview.last_day,
        preview.zone,
        card.seed,
        finding(preview),
    )
}

fn months(preview: &Preview) -> String {
    let mut rows =
        figures(&["month", "days used", "sessions", "hours open", "windows", "tokens", "avoidable", "denials"]);
    for month in &preview.months {
        let (year, number, _) = month.first_day.ymd();
        rows.add_row(row(format!("{year}-{number:02}"), month));
    }
    rows.add_row(row("all".to_owned(), &Month::total(&preview.months)));
    lines(&rows)
}

fn row(name: String, month: &Month) -> [String; 8] {
    [
        name,
        month.days_used.to_string(),
        month.sessions.to_string(),
        format!("{:.0}", month.hours),
        month.windows.to_string(),
        amount(month.tokens),
        amount(month.avoidable),
        month.denials.to_string(),
    ]
}

/// What the script noted.
fn notes(preview: &Preview, most: usize) -> String {
    let shown = &preview.notes[..most.min(preview.notes.len())];
    if shown.is_empty() {
        return String::new();
    }
    let mut rows = words(&["day", "note"]);
    for noted in shown {
        // Some control characters would drive the terminal.
        rows.add_row([noted.day.to_string(), noted.note.replace(char::is_control, " ")]);
    }
    let more = match preview.notes.len() - shown.len() {
        0 => String::new(),
        more => format!("and {more} more notes: --sessions all shows them\n"),
    };
    format!("{}{more}", lines(&rows))
}

/// Tokens, exactly.
fn amount(tokens: Tokens) -> String {
    tokens.to_string()
}

fn number(tokens: Tokens) -> f64 {
    tokens.millionths() as f64 / 1e6
}
