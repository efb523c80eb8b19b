//! Scripts by name: those that come with flexcast, and those of the user's own by their path.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::limits::SCRIPT_BYTES;
use super::subject::Subject;
use crate::diagnostic::{Diagnostic, Source, nearest};

/// The scripts of people that come with flexcast: name and text.
pub const SHIPPED: [(&str, &str); 13] = [
    ("office_week", include_str!("../../scripts/office_week.rhai")),
    ("traveller", include_str!("../../scripts/traveller.rhai")),
    ("add_in_user", include_str!("../../scripts/add_in_user.rhai")),
    ("occasional", include_str!("../../scripts/occasional.rhai")),
    ("part_timer", include_str!("../../scripts/part_timer.rhai")),
    ("shift_worker", include_str!("../../scripts/shift_worker.rhai")),
    ("project_crunch", include_str!("../../scripts/project_crunch.rhai")),
    ("student_term", include_str!("../../scripts/student_term.rhai")),
    ("batch_renderer", include_str!("../../scripts/batch_renderer.rhai")),
    ("short_sessions", include_str!("../../scripts/short_sessions.rhai")),
    ("consultant", include_str!("../../scripts/consultant.rhai")),
    ("idle_aware", include_str!("../../scripts/idle_aware.rhai")),
    ("flex_year", include_str!("../../scripts/flex_year.rhai")),
];

/// The scripts of buyers that come with flexcast.
pub const SHIPPED_BUYERS: [(&str, &str); 3] = [
    ("reorder_point", include_str!("../../scripts/reorder_point.rhai")),
    ("fixed_calendar", include_str!("../../scripts/fixed_calendar.rhai")),
    ("as_late_as_possible", include_str!("../../scripts/as_late_as_possible.rhai")),
];

/// The scripts of what-ifs that come with flexcast.
pub const SHIPPED_WHAT_IFS: [(&str, &str); 3] = [
    ("sweep", include_str!("../../scripts/sweep.rhai")),
    ("grid", include_str!("../../scripts/grid.rhai")),
    ("threshold", include_str!("../../scripts/threshold.rhai")),
];

impl Subject {
    /// The scripts that come with flexcast and describe this.
    pub fn shipped(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Subject::People => &SHIPPED,
            Subject::Buyer => &SHIPPED_BUYERS,
            Subject::WhatIfs => &SHIPPED_WHAT_IFS,
        }
    }
}

/// The script of a name, or of a path that starts from the folder; one that describes one of these subjects is wanted.
pub(super) fn find(script: &str, folder: &Path, subjects: &[Subject]) -> Result<Arc<Source>, Diagnostic> {
    if script.contains('/') || script.ends_with(".rhai") {
        return read(&folder.join(script));
    }
    match Subject::ALL.iter().flat_map(|subject| subject.shipped()).find(|(name, _)| *name == script) {
        Some((name, text)) => Ok(Arc::new(Source::new(format!("<shipped>/{name}.rhai"), *text))),
        None => Err(unknown(script, subjects)),
    }
}

fn unknown(script: &str, subjects: &[Subject]) -> Diagnostic {
    let names: Vec<&str> = subjects.iter().flat_map(|subject| subject.shipped()).map(|(name, _)| *name).collect();
    let own = format!("for a script of your own, write its path: `./{script}.rhai`");
    let help = match nearest(script, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {own}"),
        None => own,
    };
    Diagnostic::new(format!("unknown behaviour `{script}`"))
        .expected(format!("one of {}, or the path of a script", names.join(", ")))
        .help(help)
}

fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        Diagnostic::new(format!("can't read `{name}`: {error}"))
            .help("in a scenario, the path starts from the scenario's folder")
    };
    // What isn't a file may say that it has no length, and never end.
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(SCRIPT_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > SCRIPT_BYTES {
        let limit = format!("at most {} KiB", SCRIPT_BYTES / 1024);
        return Err(Diagnostic::new(format!("`{name}` is too large for a script")).expected(limit));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Diagnostic::new(format!("can't read `{name}`: it isn't UTF-8")).help("save it as UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Arc::new(Source::new(name, text)))
}
