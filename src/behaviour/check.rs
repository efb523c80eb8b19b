//! What is wrong with a script can mostly be seen without running it: calls of what doesn't exist, misspelt
//! parameters, products, zones and times.

use std::sync::Arc;

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position, Stmt};

use super::basics::{read_date, read_duration, read_time};
use super::declare::Declared;
use super::failure::{first_line, place, place_of_function};
use super::kinds;
use super::vocabulary::{DECLARATIONS, WORDS, Word, properties_of};
use crate::diagnostic::{Diagnostic, Source};

/// Everything wrong with the calls in a script, and whether it has a `day`.
pub(super) fn check_calls(ast: &AST, source: &Arc<Source>, products: &[String]) -> Vec<Diagnostic> {
    let (top, functions) = (ast.clone_statements_only(), ast.clone_functions_only());
    let mut found = Vec::new();
    let mut checker = Checker { source, products, own: own_functions(ast), words: DECLARATIONS, elsewhere: WORDS };
    checker.walk(&top, &mut found);
    (checker.words, checker.elsewhere) = (WORDS, DECLARATIONS);
    checker.walk(&functions, &mut found);
    found.extend(check_hooks(ast, source));
    found
}

/// The functions that flexcast calls, each with the names that its parameters have in this folder's scripts.
const HOOKS: [(&str, [&str; 2]); 2] = [("day", ["me", "today"]), ("denied", ["me", "denial"])];

/// Misspelt properties of what the hooks are given, and attempts to set what can't be set.
pub(super) fn check_properties(ast: &AST, source: &Arc<Source>, declared: &Declared) -> Vec<Diagnostic> {
    let given = parameters_of_hooks(ast);
    let names: Vec<&str> = declared.names().collect();
    let is_state = |name: &str| declared.states.iter().any(|state| state.name == name);
    let mut found = Vec::new();
    ast.walk(&mut |path: &[ASTNode]| {
        let Some(PropertyRead { variable, property, position }) = property_read(path) else { return true };
        let Some((_, role)) = given.iter().find(|(name, _)| *name == variable) else { return true };
        let (what, known) = match *role {
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

/// What the script calls that which the hooks are given: each name with the one it has in [`HOOKS`].
fn parameters_of_hooks(ast: &AST) -> Vec<(&str, &'static str)> {
    let hook = |name: &str| HOOKS.iter().find(|(hook, _)| *hook == name).map(|(_, roles)| *roles);
    let given = ast.iter_functions().filter(|function| function.params.len() == 2).filter_map(|function| {
        hook(function.name).map(|roles| function.params.iter().copied().zip(roles).collect::<Vec<_>>())
    });
    given.flatten().collect()
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

/// Whether there is a `day`, and every hook has two parameters.
fn check_hooks(ast: &AST, source: &Arc<Source>) -> Vec<Diagnostic> {
    let form = |hook: &str, [me, about]: [&str; 2]| format!("`fn {hook}({me}, {about}) {{ .. }}`");
    let functions = own_functions(ast);
    let mut found = Vec::new();
    for (hook, roles) in HOOKS {
        let other = functions.iter().find(|(name, parameters)| name == hook && *parameters != roles.len());
        if let Some((_, parameters)) = other {
            let problem = Diagnostic::new(format!("`{hook}` takes 2 parameters, not {parameters}"));
            found.push(problem.expected(form(hook, roles)).at(&place_of_function(source, hook)));
        }
    }
    if !defines(ast, "day") {
        let missing = Diagnostic::new("the script has no function `day`").at(&first_line(source));
        let missing = missing.expected(format!("{}, called for each person and day", form("day", ["me", "today"])));
        found.push(missing.nearest("day", functions.iter().map(|(name, _)| name.as_str())));
    }
    found
}

/// Looks at the calls in a part of a script.
struct Checker<'a> {
    source: &'a Arc<Source>,
    products: &'a [String],
    own: Vec<(String, usize)>,
    /// What this part may say.
    words: &'static [Word],
    /// What only the other part may say.
    elsewhere: &'static [Word],
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
        let named: Vec<&Word> = self.words.iter().filter(|word| word.name() == name).collect();
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
            let (here, there) = match self.words.first().map(|word| word.name()) {
                Some("describe") => ("at the top of a script", "inside `day`"),
                _ => ("inside a function", "at the top of a script"),
            };
            return Diagnostic::new(format!("`{name}` has no meaning {here}"))
                .expected(format!("`{}` stands {there}", word.form));
        }
        let mut known: Vec<&str> = self.own.iter().map(|(name, _)| name.as_str()).collect();
        known.retain(|name| HOOKS.iter().all(|(hook, _)| hook != name));
        known.extend(self.words.iter().filter(|word| word.arguments().is_some()).map(|word| -> &str { word.name() }));
        known.sort_unstable();
        known.dedup();
        Diagnostic::new(format!("unknown function `{name}`")).expected(listed(&known)).nearest(name, known)
    }

    /// Whether a product, zone, time, duration or date that is written out is one.
    fn check_literal(&self, call: &FnCallExpr, is_method: bool) -> Option<Diagnostic> {
        let Some(Expr::StringConstant(text, position)) = call.args.get(usize::from(!is_method && call.args.len() > 1))
        else {
            return None;
        };
        let read = match call.name.as_str() {
            "uses" | "leaves_open" | "orders" => kinds::product(text, self.products),
            "is_in" => kinds::zone(text).map(drop),
            "time" => read_time(text).map(drop),
            "duration" => read_duration(text).map(drop),
            "date" => read_date(text).map(drop),
            _ => Ok(()),
        };
        read.err().map(|problem| problem.at(&place(self.source, *position)))
    }
}
