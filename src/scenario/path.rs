//! Paths into a scenario: `people.architects.with.forgets_weekend`.

use crate::diagnostic::{Diagnostic, Place};

/// A step of a path: a key, the name of an item, or the number of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Without its quotes.
    pub name: String,
    /// Where it stands in the path, in characters.
    from: usize,
    /// Quotes included, in characters.
    length: usize,
}

impl Step {
    /// The place of the step, where the path stands there as it is.
    pub fn place(&self, path: &str, place: &Place) -> Place {
        if place.length as usize != path.chars().count() {
            return place.clone();
        }
        Place { column: place.column + self.from as u32, length: self.length as u32, ..place.clone() }
    }
}

/// The steps of a path. A name with a dot in it stands in quotes: `people."piet@harbour.example".access`.
pub fn steps(path: &str) -> Result<Vec<Step>, Diagnostic> {
    let letters: Vec<char> = path.chars().collect();
    let mut steps = Vec::new();
    let mut from = 0;
    loop {
        let end = end_of_step(&letters, from).ok_or_else(|| not_a_path(path))?;
        let quotes = usize::from(is_quote(letters[from]));
        let name = letters[from + quotes..end - quotes].iter().collect();
        steps.push(Step { name, from, length: end - from });
        match letters.get(end) {
            None => return Ok(steps),
            Some(_) => from = end + 1,
        }
    }
}

/// Where the step that begins at `from` ends: at a dot, or with the path.
fn end_of_step(letters: &[char], from: usize) -> Option<usize> {
    let first = *letters.get(from)?;
    let find = |what: char, from: usize| letters[from..].iter().position(|letter| *letter == what).map(|at| from + at);
    let end = if is_quote(first) { find(first, from + 1)? + 1 } else { find('.', from).unwrap_or(letters.len()) };
    let is_named = end - from > if is_quote(first) { 2 } else { 0 };
    (is_named && letters.get(end).is_none_or(|next| *next == '.')).then_some(end)
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'')
}

fn not_a_path(path: &str) -> Diagnostic {
    Diagnostic::new(format!("`{path}` is not a path"))
        .expected("expected names with dots between them, such as people.architects.count")
        .help("a name with a dot in it stands in quotes: people.\"piet@harbour.example\".access")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_names_with_dots_between_them() {
        let check = |path: &str, expected: Option<&[&str]>| {
            let steps = steps(path).ok();
            let names: Option<Vec<_>> = steps.map(|steps| steps.into_iter().map(|step| step.name).collect());
            assert_eq!(names.as_ref().map(|names| names.iter().map(String::as_str).collect()), expected.map(Vec::from));
        };
        check("start", Some(&["start"]));
        check("products.Point Layout.rate", Some(&["products", "Point Layout", "rate"]));
        check("people.\"piet@harbour.example\".access", Some(&["people", "piet@harbour.example", "access"]));
        check("people.'a.b'", Some(&["people", "a.b"]));
        for path in ["", ".", "a.", ".a", "a..b", "a.\"b", "a.\"\".c", "a.\"b\"c"] {
            check(path, None);
        }
    }
}
