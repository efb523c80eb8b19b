//! What a script says of itself, whoever uses it.

use std::path::Path;
use std::sync::Arc;

use rhai::AST;

use super::declare::{Declared, declare};
use super::engine::parse;
use super::find::find;
use super::subject::Subject;
use super::vocabulary::HOOKS;
use crate::diagnostic::{Diagnostic, Source};

/// A script's own account.
#[derive(Clone, Debug)]
pub struct Manual {
    /// Its text.
    pub source: Arc<Source>,
    /// The functions that flexcast calls: `day(me, today)`.
    pub hooks: Vec<String>,
    /// What its top says.
    pub declared: Declared,
}

impl Manual {
    /// That of a shipped script by its name, or of one's own by its path.
    pub fn of(script: &str) -> Result<Manual, Box<Diagnostic>> {
        let source = find(script, Path::new(""), &Subject::ALL)?;
        let ast = parse(&source)?;
        let declared = declare(&ast, &source)?;
        Ok(Manual { source, hooks: hooks(&ast), declared })
    }

    /// Those of the shipped scripts, each with its name.
    pub fn shipped() -> impl Iterator<Item = (&'static str, Manual)> {
        let names = Subject::ALL.into_iter().flat_map(Subject::shipped);
        names.map(|(name, _)| (*name, Manual::of(name).expect("a shipped script is sound")))
    }

    /// The comment at its beginning, in lines.
    pub fn header(&self) -> Vec<&str> {
        let comments = self.source.text.lines().map_while(|line| line.strip_prefix("//"));
        comments.map(str::trim).collect()
    }
}

fn hooks(ast: &AST) -> Vec<String> {
    let functions = || ast.iter_functions();
    let hook = |(form, _): &(&str, &str)| {
        let (name, parameters) = form.split_once('(')?;
        let count = parameters.split(',').count();
        let found = functions().find(|function| function.name == name && function.params.len() == count)?;
        Some(format!("{name}({})", found.params.join(", ")))
    };
    HOOKS.iter().filter_map(hook).collect()
}
