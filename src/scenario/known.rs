//! Names to dense ids, with the nearest name where there is none.

use std::collections::{BTreeMap, BTreeSet};

use super::decode::{At, Errors};
use crate::diagnostic::Diagnostic;

/// Up to so many errors the nearest name is looked for: thousands of errors among thousands of names would take minutes.
const SUGGESTED: usize = 200;

/// The names of one kind of thing, by id.
pub struct Known {
    kind: &'static str,
    section: &'static str,
    ids: BTreeMap<String, usize>,
}

impl Known {
    /// Names in the order of their ids, with the section that lists them.
    pub fn new<'a>(kind: &'static str, section: &'static str, names: impl IntoIterator<Item = &'a str>) -> Self {
        Known::some(kind, section, names.into_iter().enumerate())
    }

    /// Names with ids of which some aren't there.
    pub fn some<'a>(
        kind: &'static str,
        section: &'static str,
        names: impl IntoIterator<Item = (usize, &'a str)>,
    ) -> Self {
        let ids = names.into_iter().map(|(id, name)| (name.to_owned(), id)).collect();
        Known { kind, section, ids }
    }

    /// The id of a name, where there is such a one.
    pub fn id(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied()
    }

    /// The id of a name; without one, that is an error.
    pub fn find(&self, name: &At<String>, errors: &mut Errors) -> Option<usize> {
        let id = self.id(&name.value);
        if id.is_none() {
            errors.push(self.unknown(name, errors.len() < SUGGESTED));
        }
        id
    }

    /// The ids of a list of names, each of which may be there once.
    pub fn find_all(&self, names: &[At<String>], errors: &mut Errors) -> Vec<usize> {
        let (mut found, mut met) = (Vec::new(), BTreeSet::new());
        for name in names {
            match self.find(name, errors) {
                Some(id) if !met.insert(id) => errors.push(repeated(self.kind, name)),
                id => found.extend(id),
            }
        }
        found
    }

    fn unknown(&self, name: &At<String>, suggest: bool) -> Diagnostic {
        let error = Diagnostic::new(format!("unknown {} `{}`", self.kind, name.value)).at(&name.place);
        let error = error.expected(format!("`{}` has no such {}", self.section, self.kind));
        let error = if suggest { error.nearest(&name.value, self.ids.keys().map(String::as_str)) } else { error };
        let known = || self.ids.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match self.ids.len() {
            _ if error.help.is_some() => error,
            0 => error.help(format!("list it under `{}`", self.section)),
            1..=8 => error.help(format!("list it under `{}`, or name one of: {}", self.section, known())),
            _ => error,
        }
    }
}

/// The error of a name that stands twice where it may stand once.
pub fn repeated(kind: &str, name: &At<String>) -> Diagnostic {
    Diagnostic::new(format!("{kind} `{}` given twice", name.value)).at(&name.place)
}
