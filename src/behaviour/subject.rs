//! Whom a script describes, and so which of its functions flexcast calls.

use std::sync::Arc;

use rhai::AST;

use super::check::defines;
use super::failure::{first_line, place_of_function};
use super::vocabulary::{BUYING, Topic, WHAT_IF, WORDS, Word};
use crate::diagnostic::{Diagnostic, Source};

/// Whom a script describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// People: `day(me, today)` says what one of them does on one day, `denied(me, denial)` what they do after a denial.
    People,
    /// A buyer: `buy(me, today)` says what is ordered on one day.
    Buyer,
    /// What-ifs: `what_if(scenario)` says which variants of a scenario are compared.
    WhatIfs,
}

impl Subject {
    /// Every one.
    pub const ALL: [Subject; 3] = [Subject::People, Subject::Buyer, Subject::WhatIfs];

    const fn word(self) -> &'static str {
        match self {
            Subject::People => "people",
            Subject::Buyer => "a buyer",
            Subject::WhatIfs => "what-ifs",
        }
    }

    /// The function that such a script must have.
    pub const fn hook(self) -> &'static str {
        self.hooks()[0].0
    }

    /// The functions that flexcast calls, each with the names that its parameters have in the shipped scripts.
    pub(super) const fn hooks(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Subject::People => &[("day", &["me", "today"]), ("denied", &["me", "denial"])],
            Subject::Buyer => &[("buy", &["me", "today"])],
            Subject::WhatIfs => &[("what_if", &["scenario"])],
        }
    }

    /// The words that functions of such a script may say.
    pub(super) fn words(self) -> Vec<&'static Word> {
        let common = |word: &&Word| ![Topic::Person, Topic::Denied].contains(&word.topic);
        match self {
            Subject::People => WORDS.iter().collect(),
            Subject::Buyer => BUYING.iter().chain(WORDS.iter().filter(common)).collect(),
            Subject::WhatIfs => WHAT_IF.iter().chain(Topic::Numbers.words()).collect(),
        }
    }

    /// How a parameter of such a script is given.
    pub(super) fn giving(self, name: &str) -> String {
        match self {
            Subject::People | Subject::Buyer => format!("give it here under `with: {{{name}: ..}}`"),
            Subject::WhatIfs => format!("give it as `--with {name}=..`"),
        }
    }

    /// What a script calls that which its hooks are given: each name with the one that it has in the shipped scripts.
    pub(super) fn parameters(self, ast: &AST) -> Vec<(&str, &'static str)> {
        let roles = |name: &str| self.hooks().iter().find(|(hook, _)| *hook == name).map(|(_, roles)| *roles);
        let given = ast.iter_functions().filter_map(|function| {
            let roles = roles(function.name).filter(|roles| roles.len() == function.params.len())?;
            Some(function.params.iter().copied().zip(roles.iter().copied()).collect::<Vec<_>>())
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

    /// Whether the hook is there that must be, and every hook has the parameters that it must have.
    pub(super) fn check(self, ast: &AST, source: &Arc<Source>) -> Vec<Diagnostic> {
        let form = |name: &str, roles: &[&str]| format!("`fn {name}({}) {{ .. }}`", roles.join(", "));
        let mut found = Vec::new();
        for (name, roles) in self.hooks() {
            let takes = roles.len();
            let other = ast.iter_functions().find(|function| function.name == *name && function.params.len() != takes);
            if let Some(other) = other {
                let plural = if takes == 1 { "" } else { "s" };
                let given = other.params.len();
                let problem = Diagnostic::new(format!("`{name}` takes {takes} parameter{plural}, not {given}"));
                found.push(problem.expected(form(name, roles)).at(&place_of_function(source, name)));
            }
        }
        let (name, roles) = self.hooks()[0];
        if !defines(ast, name) {
            let missing = Diagnostic::new(format!("the script has no function `{name}`")).at(&first_line(source));
            let called = match self {
                Subject::People => "called for each person and day",
                Subject::Buyer => "called for each buyer and day",
                Subject::WhatIfs => "called once by `flexcast what-if`",
            };
            let missing = missing.expected(format!("{}, {called}", form(name, roles)));
            found.push(missing.nearest(name, ast.iter_functions().map(|function| function.name)));
        }
        found
    }
}
