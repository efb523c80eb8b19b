//! Errors that tell no names. What is wrong with an input is told by quoting it, and what isn't read yet may be a name anywhere: so
//! where names are hashed, only the format's own words are quoted.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Draws, Place, Source};
use crate::pseudonyms::Pseudonyms;
use crate::scenario::schema;
use crate::usage_log::{ORDER_COLUMNS, log_columns};

const HIDDEN: &str = "…";

/// The same errors without a name; as they are where names are shown.
pub(super) fn discreet(errors: &[Diagnostic], pseudonyms: &Pseudonyms) -> Vec<Diagnostic> {
    if !pseudonyms.hide() || errors.is_empty() {
        return errors.to_vec();
    }
    let speech = Discreet { pseudonyms, words: words() };
    let mut told: Vec<Diagnostic> = errors.iter().map(|error| speech.of(error)).collect();
    if let Some(last) = told.iter_mut().rev().find(|error| error.place.is_some()) {
        let remedy = "names are hashed, so what is written there isn't shown: `--names shown` shows it";
        last.help = Some(last.help.take().map_or_else(|| remedy.to_owned(), |help| format!("{help}; {remedy}")));
    }
    told
}

struct Discreet<'a> {
    pseudonyms: &'a Pseudonyms,
    /// What may be quoted.
    words: BTreeSet<String>,
}

impl Discreet<'_> {
    /// What isn't about a place in an input was typed on the command line, or has its names from the model.
    fn of(&self, error: &Diagnostic) -> Diagnostic {
        let Diagnostic { message, place, expected, help, draws } = error;
        let quotes = place.is_some();
        let text = |text: &str| {
            let hidden = self.pseudonyms.text(text);
            if quotes { self.quoted(&hidden) } else { hidden.into_owned() }
        };
        Diagnostic {
            message: text(message),
            place: place.as_ref().map(blank),
            expected: expected.as_deref().map(text),
            help: help.as_deref().map(text),
            draws: draws.as_deref().map(|draws| Box::new(self.again(draws))),
        }
    }

    fn again(&self, draws: &Draws) -> Draws {
        let again = draws.again.as_ref().map(|command| self.pseudonyms.text(command).into_owned());
        Draws { again, ..draws.clone() }
    }

    /// What stands in backticks in a text, unless it may be told.
    fn quoted(&self, text: &str) -> String {
        let told = |(place, part): (usize, &str)| {
            let within = place % 2 == 1;
            if within && !self.may_be_told(part) { HIDDEN.to_owned() } else { part.to_owned() }
        };
        text.split('`').enumerate().map(told).collect::<Vec<_>>().join("`")
    }

    /// A word of the format, an option, a hash, or what has no letters and so is no name.
    fn may_be_told(&self, part: &str) -> bool {
        let word = part.trim_end_matches(':');
        !part.contains(char::is_alphabetic)
            || self.words.contains(word)
            || part.starts_with("--")
            || self.pseudonyms.user(part) == part
    }
}

/// The place, in a line of which nothing is told.
fn blank(place: &Place) -> Place {
    let line = place.source.line(place.line).chars().map(|_| ' ').collect::<String>();
    Place { source: Arc::new(Source::excerpt(&place.source.name, place.line, line)), ..place.clone() }
}

/// The keys of a scenario, the words that stand for themselves in it, and the columns of logs.
fn words() -> BTreeSet<String> {
    fn gather(schema: &Value, words: &mut BTreeSet<String>) {
        let Value::Object(entries) = schema else {
            return schema.as_array().into_iter().flatten().for_each(|item| gather(item, words));
        };
        if let Some(Value::Object(properties)) = entries.get("properties") {
            words.extend(properties.keys().cloned());
        }
        let listed = entries.get("enum").and_then(Value::as_array).into_iter().flatten();
        words.extend(listed.filter_map(Value::as_str).map(str::to_owned));
        entries.values().for_each(|value| gather(value, words));
    }
    let mut words: BTreeSet<String> = log_columns().chain(ORDER_COLUMNS).map(str::to_owned).collect();
    gather(&schema(), &mut words);
    words
}
