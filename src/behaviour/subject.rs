//! Whom a script describes, and so which of its functions flexcast calls.

use std::sync::Arc;

use rhai::AST;

use super::check::defines;
use super::failure::{first_line, place_of_function};
use super::vocabulary::{BUYING, Topic, WORDS, Word};
use crate::diagnostic::{Diagnostic, Source};

/// Whom a script describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// People: `day(me, today)` says what one of them does on one day, `denied(me, denial)` what they do after a denial.
    People,
    /// A buyer: `buy(me, today)` says what is ordered on one day.
    Buyer,
}

impl Subject {
    /// Every one.
    pub const ALL: [Subject; 2] = [Subject::People, Subject::Buyer];

    const fn word(self) -> &'static str {
        match self {
            Subject::People => "people",
            Subject::Buyer => "a buyer",
        }
    }

    /// The function that such a script must have.
    pub const fn hook(self) -> &'static str {
        self.hooks()[0].0
    }

    /// The functions that flexcast calls, each with the names that its parameters have in the shipped scripts.
    pub(super) const fn hooks(self) -> &'static [(&'static str, [&'static str; 2])] {
        match self {
            Subject::People => &[("day", ["me", "today"]), ("denied", ["me", "denial"])],
            Subject::Buyer => &[("buy", ["me", "today"])],
        }
    }

    /// The words that functions of such a script may say.
    pub(super) fn words(self) -> Vec<&'static Word> {
        let common = |word: &&Word| ![Topic::Person, Topic::Denied].contains(&word.topic);
        match self {
            Subject::People => WORDS.iter().collect(),
            Subject::Buyer => BUYING.iter().chain(WORDS.iter().filter(common)).collect(),
        }
    }

    /// What a script calls that which its hooks are given: each name with the one that it has in the shipped scripts.
    pub(super) fn parameters(self, ast: &AST) -> Vec<(&str, &'static str)> {
        let roles = |name: &str| self.hooks().iter().find(|(hook, _)| *hook == name).map(|(_, roles)| *roles);
        let given = ast.iter_functions().filter(|function| function.params.len() == 2).filter_map(|function| {
            roles(function.name).map(|roles| function.params.iter().copied().zip(roles).collect::<Vec<_>>())
        });
        given.flatten().collect()
    }

    /// What is wrong where a script describes somebody else.
    pub(super) fn mismatch(self, ast: &AST, script: &str) -> Option<Diagnostic> {
        let is_of = |subject: Subject| defines(ast, subject.hook());
        let other = Subject::ALL.into_iter().find(|other| is_of(*other) && !is_of(self))?;
        let problem = format!("`{script}` describes {}, not {}", other.word(), self.word());
        let expected = format!("a script with a function `{}`; this one has `{}`", self.hook(), other.hook());
        let shipped: Vec<String> = self.shipped().iter().map(|(name, _)| format!("`{name}`")).collect();
        let help = format!("these come with flexcast: {}", shipped.join(", "));
        Some(Diagnostic::new(problem).expected(expected).help(help))
    }

    /// Whether the hook is there that must be, and every hook has two parameters.
    pub(super) fn check(self, ast: &AST, source: &Arc<Source>) -> Vec<Diagnostic> {
        let form = |name: &str, [me, about]: [&str; 2]| format!("`fn {name}({me}, {about}) {{ .. }}`");
        let mut found = Vec::new();
        for (name, roles) in self.hooks() {
            let other = ast.iter_functions().find(|function| function.name == *name && function.params.len() != 2);
            if let Some(other) = other {
                let problem = Diagnostic::new(format!("`{name}` takes 2 parameters, not {}", other.params.len()));
                found.push(problem.expected(form(name, *roles)).at(&place_of_function(source, name)));
            }
        }
        let (name, roles) = self.hooks()[0];
        if !defines(ast, name) {
            let missing = Diagnostic::new(format!("the script has no function `{name}`")).at(&first_line(source));
            let each = match self {
                Subject::People => "each person and day",
                Subject::Buyer => "each buyer and day",
            };
            let missing = missing.expected(format!("{}, called for {each}", form(name, roles)));
            found.push(missing.nearest(name, ast.iter_functions().map(|function| function.name)));
        }
        found
    }
}
