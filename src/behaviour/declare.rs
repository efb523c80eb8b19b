//! The top of a script: whom it describes, and which parameters a scenario may set.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Array, Dynamic, Engine, ImmutableString};

use super::failure::{Outcome, fail, first_line, raised};
use super::kinds::{Kind, Value};
use super::{engine, limits};
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::GivenValue;

/// What a script declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// Whom it describes.
    pub description: String,
    /// What a scenario may set, in the order of writing.
    pub parameters: Vec<Parameter>,
    /// What people carry from day to day, in the order of writing.
    pub states: Vec<State>,
}

impl Declared {
    /// The names of parameters and states: what follows `me.` in a script.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let parameters = self.parameters.iter().map(|parameter| parameter.name.as_str());
        parameters.chain(self.states.iter().map(|state| state.name.as_str()))
    }
}

/// Something that a person carries from day to day, anew in each replication.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// `me.days_left` in the script.
    pub name: String,
    /// What it begins with: a whole number, a number with a fraction, true or false, or a text; it stays of that type.
    pub initial: Value,
    /// What it means, in a few words.
    pub meaning: String,
}

/// A parameter of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `attendance`: the key under `with`, and `me.attendance` in the script.
    pub name: String,
    /// What a value must be.
    pub kind: Kind,
    /// The value unless the scenario gives one; an empty name or list of names means that it must.
    pub default: Value,
    /// What it means, in a few words.
    pub meaning: String,
}

/// Runs the top of a script.
pub(super) fn declare(ast: &AST, source: &Arc<Source>) -> Result<Declared, Diagnostic> {
    let declared = Rc::new(RefCell::new(Declared::default()));
    let engine = engine::for_declarations(|engine| register(engine, &declared));
    engine.run_ast(ast).map_err(|error| raised(*error, source, || first_line(source)))?;
    Ok(declared.take())
}

fn register(engine: &mut Engine, declared: &Rc<RefCell<Declared>>) {
    let own = declared.clone();
    engine.register_fn("describe", move |text: ImmutableString| own.borrow_mut().description = text.into());
    let own = declared.clone();
    let parameter = move |name: ImmutableString, kind: ImmutableString, default: Dynamic, meaning: ImmutableString| {
        add(&mut own.borrow_mut(), &name, &kind, &default, &meaning).or_else(fail)
    };
    engine.register_fn("parameter", move |name, kind, default, meaning| -> Outcome<()> {
        parameter(name, kind, default, meaning)
    });
    let own = declared.clone();
    engine.register_fn("state", move |name: ImmutableString, initial: Dynamic, meaning: ImmutableString| {
        add_state(&mut own.borrow_mut(), &name, &initial, &meaning).or_else(fail)
    });
}

fn check_name(declared: &Declared, name: &str, what: &str) -> Result<(), Diagnostic> {
    let starts_well = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !starts_well
        || !name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    {
        let expected = "small letters, digits and `_`, a letter first";
        return Err(Diagnostic::new(format!("`{name}` can't name a {what}")).expected(expected));
    }
    if declared.names().any(|known| known == name) {
        return Err(Diagnostic::new(format!("{what} `{name}` is declared twice")));
    }
    if engine::plain().compile(format!("fn f(me) {{ me.{name} }}")).is_err() {
        let reserved = Diagnostic::new(format!("`{name}` can't name a {what}: it is a word of the language"));
        return Err(reserved.expected("another name"));
    }
    Ok(())
}

fn add_state(declared: &mut Declared, name: &str, initial: &Dynamic, meaning: &str) -> Result<(), Diagnostic> {
    check_name(declared, name, "state")?;
    if declared.states.len() == limits::STATES {
        return Err(Diagnostic::new(format!("more than {} states", limits::STATES)));
    }
    let expected = "a whole number, a number with a fraction, true or false, or a text";
    let initial = match written(initial) {
        Some(GivenValue::Bool(yes)) => Value::Bool(yes),
        Some(GivenValue::Integer(number)) => Value::Integer(number),
        Some(GivenValue::Number(number)) => Value::Number(number),
        Some(GivenValue::Text(text)) if text.len() <= limits::STATE_TEXT => Value::Text(text),
        Some(GivenValue::Text(_)) => {
            let long = Diagnostic::new(format!("the text is too long for `{name}`"));
            return Err(long.expected(format!("at most {} bytes", limits::STATE_TEXT)));
        }
        Some(GivenValue::List(_) | GivenValue::Uncertain(_)) | None => {
            return Err(Diagnostic::new(format!("`{name}` can't carry this")).expected(expected));
        }
    };
    declared.states.push(State { name: name.into(), initial, meaning: meaning.into() });
    Ok(())
}

fn add(declared: &mut Declared, name: &str, kind: &str, default: &Dynamic, meaning: &str) -> Result<(), Diagnostic> {
    check_name(declared, name, "parameter")?;
    let kind = Kind::named(kind)?;
    let default = written(default).ok_or_else(|| Diagnostic::new("a default is a plain value or a list of them"));
    let default = kind.read(&default?).map_err(|wrong| wrong.expected(format!("a default for `{name}`")))?;
    let (name, meaning) = (name.into(), meaning.into());
    declared.parameters.push(Parameter { name, kind, default, meaning });
    Ok(())
}

/// A default in the terms of a scenario, so that both are read alike.
fn written(value: &Dynamic) -> Option<GivenValue> {
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Some(GivenValue::Text(text.to_string()));
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().map(written).collect::<Option<_>>().map(GivenValue::List);
    }
    let integer = value.as_int().map(GivenValue::Integer);
    integer.or(value.as_float().map(GivenValue::Number)).or(value.as_bool().map(GivenValue::Bool)).ok()
}
