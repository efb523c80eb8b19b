//! What is wrong with an input, and where: data here, words and colours in `report`.

use std::sync::Arc;

/// A text that was read, with the name it is shown under (its path as the user gave it, or `<shipped>/NAME`).
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Shown before line and column.
    pub name: String,
    /// The whole text, or an excerpt.
    pub text: String,
    /// The number of the text's first line: 1, unless it is an excerpt.
    pub first_line: u32,
}

impl Source {
    /// A whole text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source::excerpt(name, 1, text)
    }

    /// Lines of a text that is too large to be kept.
    pub fn excerpt(name: impl Into<String>, first_line: u32, text: impl Into<String>) -> Self {
        Source { name: name.into(), text: text.into(), first_line }
    }

    /// A line by its number, without its end; empty where there is none.
    pub fn line(&self, number: u32) -> &str {
        let place = number.checked_sub(self.first_line);
        place.and_then(|place| self.text.lines().nth(place as usize)).unwrap_or_default()
    }
}

/// A place in a source: line and column count from 1, in characters; `length` characters are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text the place is in.
    pub source: Arc<Source>,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// In characters; at least 1.
    pub length: u32,
}

impl Place {
    /// Whether both begin at the same character.
    pub fn starts_as(&self, other: &Place) -> bool {
        (self.line, self.column) == (other.line, other.column) && Arc::ptr_eq(&self.source, &other.source)
    }
}

/// One error: what is wrong, where, what was expected there, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// One line, no full stop: "unknown key `coutn`".
    pub message: String,
    /// Where, unless the input can't be read at all.
    pub place: Option<Place>,
    /// What stands at the place or was expected there: "expected a date such as 2027-03-01".
    pub expected: Option<String>,
    /// How to mend it: "did you mean `count`?".
    pub help: Option<String>,
    /// Which draws it arose with, where it hangs on them.
    pub draws: Option<Box<Draws>>,
}

/// What the random draws of a run hang on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The seed.
    pub seed: u64,
    /// The replication, counted from 0.
    pub replication: u32,
    /// The command that makes the same again, where it is known.
    pub again: Option<String>,
}

impl Diagnostic {
    /// An error that says no more yet.
    pub fn new(message: impl Into<String>) -> Self {
        Diagnostic { message: message.into(), place: None, expected: None, help: None, draws: None }
    }

    /// Says where.
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Says what was expected.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest of `names` to `given`, where one is near.
    pub fn nearest<'a>(self, given: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(given, names) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The name nearest to `given`, if it is near enough to be meant.
pub fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let length = given.chars().count();
    let near = length.div_ceil(3);
    let distance = |name: &str| {
        let name = name.to_lowercase();
        // Names of a hostile file may be very long: what can't be near isn't compared.
        let comparable = name.chars().count().abs_diff(length) <= near;
        comparable.then(|| strsim::damerau_levenshtein(&given, &name)).filter(|distance| *distance <= near)
    };
    names.into_iter().filter_map(|name| Some((distance(name)?, name))).min().map(|(_, name)| name)
}
