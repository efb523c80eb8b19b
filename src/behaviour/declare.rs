//! The top of a script: whom it describes, and which parameters a scenario may set.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Array, Dynamic, Engine, ImmutableString};

use super::engine;
use super::failure::{Outcome, fail, first_line, raised};
use super::kinds::{Kind, Value};
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::GivenValue;

/// What a script declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// Whom it describes.
    pub description: String,
    /// What a scenario may set, in the order of writing.
    pub parameters: Vec<Parameter>,
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
}

fn add(declared: &mut Declared, name: &str, kind: &str, default: &Dynamic, meaning: &str) -> Result<(), Diagnostic> {
    let starts_well = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !starts_well
        || !name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    {
        let expected = "small letters, digits and `_`, a letter first";
        return Err(Diagnostic::new(format!("`{name}` can't name a parameter")).expected(expected));
    }
    if declared.parameters.iter().any(|parameter| parameter.name == name) {
        return Err(Diagnostic::new(format!("parameter `{name}` is declared twice")));
    }
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
