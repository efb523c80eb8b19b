//! Parameters in compiled code: constants of the type that their kind has, lists also where they are empty.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::item::{Item, List};
use super::value::{Code, Eval};
use crate::behaviour::kinds::Value;
use crate::behaviour::knowledge::dynamic;

/// The values of a script's parameters by name.
pub(in crate::behaviour) type Given<'a> = BTreeMap<&'a str, &'a Value>;

/// The code of a parameter.
pub(super) fn constant(value: &Value) -> Code {
    let list = |item| Code::List(Eval::Const(List(Rc::new(dynamic(value).cast()))), item);
    match value {
        Value::Bool(yes) => Code::Bool(Eval::Const(*yes)),
        Value::Integer(number) => Code::Int(Eval::Const(*number)),
        Value::Number(number) => Code::Float(Eval::Const(*number)),
        Value::Text(text) => Code::Text(Eval::Const(text.into())),
        Value::List(_) => list(Item::Text),
        Value::Integers(_) => list(Item::Int),
        Value::Numbers(_) => list(Item::Float),
    }
}
