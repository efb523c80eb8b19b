//! The functions of a script that flexcast calls.

use std::sync::Arc;

use rhai::AST;

use super::check::defines;
use super::failure::{first_line, place_of_function};
use super::vocabulary::{BUYING, Topic, WORDS, Word};
use crate::diagnostic::{Diagnostic, Source};

/// A function of a script that flexcast calls, known by its name and the number of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// `day(me, today)`: what a person does on one day.
    Day,
    /// `buy(me, today)`: what a buyer orders on one day.
    Buy,
}

impl Hook {
    /// Every one.
    pub const ALL: [Hook; 2] = [Hook::Day, Hook::Buy];

    /// Its name in a script.
    pub const fn name(self) -> &'static str {
        match self {
            Hook::Day => "day",
            Hook::Buy => "buy",
        }
    }

    /// Whom a script with it describes.
    const fn describes(self) -> &'static str {
        match self {
            Hook::Day => "people",
            Hook::Buy => "a buyer",
        }
    }

    /// The functions that flexcast calls, each with the names that its parameters have in this folder's scripts. The first one must
    /// be there.
    pub(super) const fn functions(self) -> &'static [(&'static str, [&'static str; 2])] {
        match self {
            Hook::Day => &[("day", ["me", "today"]), ("denied", ["me", "denial"])],
            Hook::Buy => &[("buy", ["me", "today"])],
        }
    }

    /// The words that functions of a script with this hook may say.
    pub(super) fn words(self) -> Vec<&'static Word> {
        let common = |word: &&Word| word.topic != Topic::Person;
        match self {
            Hook::Day => WORDS.iter().collect(),
            Hook::Buy => BUYING.iter().chain(WORDS.iter().filter(common)).collect(),
        }
    }

    /// Whether a script has it.
    pub(super) fn is_in(self, ast: &AST) -> bool {
        ast.iter_functions().any(|function| function.name == self.name() && function.params.len() == 2)
    }

    /// What the script calls that which its functions are given: each name with the one it has in this folder's scripts.
    pub(super) fn parameters(self, ast: &AST) -> Vec<(&str, &'static str)> {
        let roles =
            |name: &str| self.functions().iter().find(|(function, _)| *function == name).map(|(_, roles)| *roles);
        let given = ast.iter_functions().filter(|function| function.params.len() == 2).filter_map(|function| {
            roles(function.name).map(|roles| function.params.iter().copied().zip(roles).collect::<Vec<_>>())
        });
        given.flatten().collect()
    }

    /// Why a script that lacks it can't serve: it describes somebody else.
    pub(super) fn mismatch(self, ast: &AST, script: &str) -> Option<Diagnostic> {
        let other = Hook::ALL.into_iter().find(|other| *other != self && !self.is_in(ast) && other.is_in(ast))?;
        let problem = format!("`{script}` describes {}, not {}", other.describes(), self.describes());
        let expected = format!("a script with a function `{}`; this one has `{}`", self.name(), other.name());
        let shipped: Vec<String> = self.shipped().iter().map(|(name, _)| format!("`{name}`")).collect();
        let help = format!("these come with flexcast: {}", shipped.join(", "));
        Some(Diagnostic::new(problem).expected(expected).help(help))
    }

    /// Whether it is there, and every function has two parameters.
    pub(super) fn check(self, ast: &AST, source: &Arc<Source>) -> Vec<Diagnostic> {
        let form = |name: &str, [me, about]: [&str; 2]| format!("`fn {name}({me}, {about}) {{ .. }}`");
        let mut found = Vec::new();
        for (name, roles) in self.functions() {
            let other = ast.iter_functions().find(|function| function.name == *name && function.params.len() != 2);
            if let Some(other) = other {
                let problem = Diagnostic::new(format!("`{name}` takes 2 parameters, not {}", other.params.len()));
                found.push(problem.expected(form(name, *roles)).at(&place_of_function(source, name)));
            }
        }
        let (name, roles) = self.functions()[0];
        if !defines(ast, name) {
            let missing = Diagnostic::new(format!("the script has no function `{name}`")).at(&first_line(source));
            let each = match self {
                Hook::Day => "each person and day",
                Hook::Buy => "each buyer and day",
            };
            let missing = missing.expected(format!("{}, called for {each}", form(name, roles)));
            found.push(missing.nearest(name, ast.iter_functions().map(|function| function.name)));
        }
        found
    }
}
