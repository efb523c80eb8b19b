//! What is wrong with a script can mostly be seen without running it: calls of what doesn't exist, misspelt
//! parameters, products, zones and times.

use std::sync::Arc;

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position, Stmt};

use super::basics::{read_date, read_duration, read_time};
use super::declare::Declared;
use super::failure::{place, place_of_function};
use super::kinds::{self, Names};
use super::subject::Subject;
use super::vocabulary::{BUYING, DECLARATIONS, Word, properties_of};
use crate::diagnostic::{Diagnostic, Source};

/// Everything wrong with the calls in a script, and whether it has the hooks of its subject.
pub(super) fn check_calls(ast: &AST, source: &Arc<Source>, names: &Names, subject: Subject) -> Vec<Diagnostic> {
    let (top, functions) = (ast.clone_statements_only(), ast.clone_functions_only());
    let mut found = Vec::new();
    let (words, elsewhere) = (DECLARATIONS.iter().collect(), subject.words());
    let mut checker = Checker { source, names, own: own_functions(ast), subject, words, elsewhere };
    checker.walk(&top, &mut found);
    std::mem::swap(&mut checker.words, &mut checker.elsewhere);
    checker.walk(&functions, &mut found);
    found.extend(subject.check(ast, source));
    found.extend(ast.iter_functions().filter_map(|function| hides_a_word(subject, function.name, source)));
    found
}

/// Misspelt properties of what the hooks are given, and attempts to set what can't be set.
pub(super) fn check_properties(
    ast: &AST,
    source: &Arc<Source>,
    declared: &Declared,
    subject: Subject,
) -> Vec<Diagnostic> {
    let given = subject.parameters(ast);
    let names: Vec<&str> = declared.names().collect();
    let is_state = |name: &str| declared.states.iter().any(|state| state.name == name);
    let mut found = Vec::new();
    ast.walk(&mut |path: &[ASTNode]| {
        let Some(PropertyRead { variable, property, position }) = property_read(path) else { return true };
        let Some((_, role)) = given.iter().find(|(name, _)| *name == variable) else { return true };
        let (what, known) = match *role {
            "scenario" => ("parameter", names.clone()),
            "me" if declared.states.is_empty() => ("parameter", names.clone()),
            "me" => ("parameter or state", names.clone()),
            role => ("property", properties_of(role).collect()),
        };
        let place = place(source, position);
        if !known.contains(&property) {
            let unknown = Diagnostic::new(format!("no {what} `{property}`")).at(&place);
            found.push(unknown.expected(listed(&known)).nearest(property, known));
        } else if is_assigned(path) && !(*role == "me" && is_state(property)) {
            let problem = Diagnostic::new(format!("`{variable}.{property}` can't be set")).at(&place);
            let help = format!("keep what changes in a variable: `let {property} = ..`");
            let carried = "or declare what lasts beyond the day: `state(name, initial, meaning)`";
            found.push(problem.help(if *role == "me" { format!("{help}, {carried}") } else { help }));
        }
        true
    });
    found
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => "none: the script declares no parameters".into(),
        names => format!("one of {}", names.join(", ")),
    }
}

/// `variable.property`, at the start of a chain.
struct PropertyRead<'a> {
    variable: &'a str,
    property: &'a str,
    /// Where the property stands.
    position: Position,
}

/// The property that a node of the syntax tree reads.
fn property_read<'a>(path: &[ASTNode<'a>]) -> Option<PropertyRead<'a>> {
    let ASTNode::Expr(Expr::Dot(dot, ..)) = path.last()? else { return None };
    let Expr::Variable(variable, ..) = &dot.lhs else { return None };
    let next = match &dot.rhs {
        Expr::Dot(chain, ..) | Expr::Index(chain, ..) => &chain.lhs,
        next => next,
    };
    let Expr::Property(property, position) = next else { return None };
    let (variable, property) = (variable.1.as_str(), property.2.as_str());
    Some(PropertyRead { variable, property, position: *position })
}

/// Whether the last node of a path is what an assignment sets.
fn is_assigned(path: &[ASTNode]) -> bool {
    match path {
        [.., ASTNode::Stmt(Stmt::Assignment(assignment)), ASTNode::Expr(last)] => {
            std::ptr::eq(&raw const assignment.1.lhs, *last)
        }
        _ => false,
    }
}

/// Whether a function of this name is called anywhere.
pub(super) fn calls(ast: &AST, name: &str) -> bool {
    let mut found = false;
    ast.walk(&mut |path: &[ASTNode]| {
        found |= match path.last() {
            Some(
                ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)),
            ) => call.name == name,
            _ => false,
        };
        !found
    });
    found
}

/// The script's own functions, with the numbers of their parameters.
fn own_functions(ast: &AST) -> Vec<(String, usize)> {
    ast.iter_functions().map(|function| (function.name.to_string(), function.params.len())).collect()
}

/// Whether a function of this name is defined.
pub(super) fn defines(ast: &AST, name: &str) -> bool {
    ast.iter_functions().any(|function| function.name == name)
}

/// A function of the script's own would stand in for the word of its name wherever that is said.
fn hides_a_word(subject: Subject, name: &str, source: &Arc<Source>) -> Option<Diagnostic> {
    let word = subject.words().into_iter().find(|word| word.name() == name && word.arguments().is_some())?;
    let hides = Diagnostic::new(format!("`{name}` is a word of the scripts already"));
    Some(
        hides
            .at(&place_of_function(source, name))
            .expected(format!("another name: `{}` is {}", word.form, word.meaning)),
    )
}

/// Looks at the calls in a part of a script.
struct Checker<'a> {
    source: &'a Arc<Source>,
    names: &'a Names,
    own: Vec<(String, usize)>,
    subject: Subject,
    /// What this part may say.
    words: Vec<&'static Word>,
    /// What only the other part may say.
    elsewhere: Vec<&'static Word>,
}

impl Checker<'_> {
    fn walk(&self, part: &AST, found: &mut Vec<Diagnostic>) {
        part.walk(&mut |path: &[ASTNode]| {
            let problem = match path.last() {
                Some(ASTNode::Expr(Expr::FnCall(call, position)) | ASTNode::Stmt(Stmt::FnCall(call, position))) => {
                    self.check(call, false, *position)
                }
                Some(ASTNode::Expr(Expr::MethodCall(call, position))) => self.check(call, true, *position),
                _ => None,
            };
            found.extend(problem);
            true
        });
    }

    fn check(&self, call: &FnCallExpr, is_method: bool, position: Position) -> Option<Diagnostic> {
        if call.is_operator_call() || call.name == "contains" || !call.name.starts_with(char::is_alphabetic) {
            return None;
        }
        let problem = self.check_name(call, is_method);
        let problem = problem.map(|problem| problem.at(&place(self.source, position)));
        problem.or_else(|| self.check_literal(call, is_method))
    }

    /// Whether there is such a function with so many arguments.
    fn check_name(&self, call: &FnCallExpr, is_method: bool) -> Option<Diagnostic> {
        let (name, given) = (call.name.as_str(), call.args.len());
        let named: Vec<&Word> = self.words.iter().copied().filter(|word| word.name() == name).collect();
        let own: Vec<usize> = self.own.iter().filter(|(own, _)| own == name).map(|(_, takes)| *takes).collect();
        if named.is_empty() && own.is_empty() {
            return Some(self.unknown(name));
        }
        // The receiver may also be written as the first argument.
        let takes = |word: &&Word| match (word.receiver(), word.arguments()) {
            (_, None) => false,
            (Some(_), Some(takes)) => given == takes + usize::from(!is_method),
            (None, Some(takes)) => given + usize::from(is_method) == takes,
        };
        if named.iter().any(takes) || own.contains(&given) {
            return None;
        }
        let problem =
            Diagnostic::new(format!("`{name}` doesn't take {given} argument{}", if given == 1 { "" } else { "s" }));
        let forms: Vec<String> = named.iter().map(|word| format!("`{}`", word.form)).collect();
        Some(if forms.is_empty() { problem } else { problem.expected(forms.join(" or ")) })
    }

    fn unknown(&self, name: &str) -> Diagnostic {
        if let Some(word) = self.elsewhere.iter().find(|word| word.name() == name) {
            let inside = format!("inside `{}`", self.subject.hook());
            let (here, there) = match self.words.first().map(|word| word.name()) {
                Some("describe") => ("at the top of a script", &*inside),
                _ => ("inside a function", "at the top of a script"),
            };
            return Diagnostic::new(format!("`{name}` has no meaning {here}"))
                .expected(format!("`{}` stands {there}", word.form));
        }
        if let Some((other, word)) = self.of_another_subject(name) {
            let problem = Diagnostic::new(format!("`{name}` has no meaning inside `{}`", self.subject.hook()));
            return problem.expected(format!("`{}` stands inside `{}`", word.form, other.hook()));
        }
        let mut known: Vec<&str> = self.own.iter().map(|(name, _)| name.as_str()).collect();
        known.retain(|name| self.subject.hooks().iter().all(|(hook, _)| hook != name));
        known.extend(self.words.iter().filter(|word| word.arguments().is_some()).map(|word| -> &str { word.name() }));
        known.sort_unstable();
        known.dedup();
        Diagnostic::new(format!("unknown function `{name}`")).expected(listed(&known)).nearest(name, known)
    }

    /// A word that only scripts about somebody else may say.
    fn of_another_subject(&self, name: &str) -> Option<(Subject, &'static Word)> {
        Subject::ALL
            .into_iter()
            .find_map(|other| Some((other, other.words().into_iter().find(|word| word.name() == name)?)))
    }

    /// Whether a product, team, zone, time, duration or date that is written out is one.
    fn check_literal(&self, call: &FnCallExpr, is_method: bool) -> Option<Diagnostic> {
        let Some(Expr::StringConstant(text, position)) = call.args.get(usize::from(!is_method && call.args.len() > 1))
        else {
            return None;
        };
        let read = match call.name.as_str() {
            name if self.subject == Subject::Buyer && takes_a_team(name) => kinds::team(text, &self.names.teams),
            "uses" | "leaves_open" | "orders" => kinds::product(text, &self.names.products),
            "is_in" => kinds::zone(text).map(drop),
            "time" => read_time(text).map(drop),
            "duration" => read_duration(text).map(drop),
            "date" => read_date(text).map(drop),
            _ => Ok(()),
        };
        read.err().map(|problem| problem.at(&place(self.source, *position)))
    }
}

/// Whether a buyer's word is about a team.
fn takes_a_team(name: &str) -> bool {
    BUYING.iter().any(|word| word.name() == name && word.form.contains("(team"))
}
