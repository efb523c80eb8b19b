//! Lists, and what is in them.

use std::rc::Rc;

use rhai::{Array, Dynamic};

use super::machine::{Machine, Stop};
use super::value::{Code, Eval, Type, Value};
use crate::behaviour::buyer::Pack;

/// A list in compiled code: shared until it is changed.
#[derive(Clone, Debug)]
pub(in crate::behaviour) struct List(pub Rc<Array>);

/// The type of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::behaviour) enum Item {
    Bool,
    Int,
    Float,
    Text,
    Pack,
    Any,
}

/// Applies one expression to the type of an item.
macro_rules! each_item {
    ($item:expr, $of:ident => $then:expr) => {
        match $item {
            $crate::behaviour::compile::item::Item::Bool => {
                type $of = bool;
                $then
            }
            $crate::behaviour::compile::item::Item::Int => {
                type $of = i64;
                $then
            }
            $crate::behaviour::compile::item::Item::Float => {
                type $of = f64;
                $then
            }
            $crate::behaviour::compile::item::Item::Text => {
                type $of = rhai::ImmutableString;
                $then
            }
            $crate::behaviour::compile::item::Item::Pack => {
                type $of = $crate::behaviour::buyer::Pack;
                $then
            }
            $crate::behaviour::compile::item::Item::Any => {
                type $of = rhai::Dynamic;
                $then
            }
        }
    };
}
pub(super) use each_item;

impl Item {
    pub fn of(of: Type) -> Item {
        match of {
            Type::Bool => Item::Bool,
            Type::Int => Item::Int,
            Type::Float => Item::Float,
            Type::Text => Item::Text,
            Type::Pack => Item::Pack,
            _ => Item::Any,
        }
    }

    /// Of what is in a list: one type, or any.
    pub fn of_all(items: &[Dynamic]) -> Item {
        let of_one = |item: &Dynamic| match () {
            () if item.is_bool() => Item::Bool,
            () if item.is_int() => Item::Int,
            () if item.is_float() => Item::Float,
            () if item.is_string() => Item::Text,
            () if item.is::<Pack>() => Item::Pack,
            () => Item::Any,
        };
        let mut types = items.iter().map(of_one);
        let first = types.next().unwrap_or(Item::Any);
        if types.all(|other| other == first) { first } else { Item::Any }
    }

    /// Code that takes the item out of what code gives.
    pub fn unpack(self, item: Eval<Dynamic>) -> Code {
        each_item!(self, T => T::code(T::unpacked(item)))
    }

    /// The type of a variable that holds one.
    pub(super) fn held(self) -> Type {
        each_item!(self, T => T::TYPE)
    }

    /// What sets a variable that holds one, if it is of this type.
    pub(super) fn setter(self) -> fn(&mut Machine<'_>, usize, &Dynamic) -> Result<(), Stop> {
        fn set<T: Value>(machine: &mut Machine<'_>, slot: usize, item: &Dynamic) -> Result<(), Stop> {
            let value = T::item(item).ok_or_else(|| machine.trap())?;
            T::slots(machine)[slot] = value;
            Ok(())
        }
        each_item!(self, T => set::<T>)
    }

    /// The code of an item of a list; a negative index counts from the end.
    pub(super) fn at(self, list: Eval<List>, index: Eval<i64>) -> Code {
        fn place<T>(list: &[T], index: i64) -> Option<&T> {
            let index = if index < 0 { index.saturating_add(list.len() as i64) } else { index };
            usize::try_from(index).ok().and_then(|index| list.get(index))
        }
        fn known<T: Value>(list: &List, index: Eval<i64>) -> Eval<T> {
            let items: Vec<T> = list.0.iter().filter_map(T::item).collect();
            Eval::run(move |machine| {
                let index = index.get(machine)?;
                place(&items, index).cloned().ok_or_else(|| machine.trap())
            })
        }
        fn looked_up<T: Value>(list: Eval<List>, index: Eval<i64>) -> Eval<T> {
            Eval::run(move |machine| {
                let item = list.lend(machine, &index, |list, index| place(list, index).and_then(T::item))?;
                item.ok_or_else(|| machine.trap())
            })
        }
        each_item!(self, T => T::code(match list {
            Eval::Const(list) => known::<T>(&list, index),
            list => looked_up::<T>(list, index),
        }))
    }
}

impl Eval<List> {
    /// Looks at the list, which stays where it is, with something that is asked for after what makes a list.
    pub(super) fn lend<A: Value, R>(
        &self,
        machine: &mut Machine<'_>,
        with: &Eval<A>,
        look: impl FnOnce(&Array, A) -> R,
    ) -> Result<R, Stop> {
        match self {
            Eval::Const(list) => Ok(look(&list.0, with.get(machine)?)),
            Eval::Local(slot) => {
                let with = with.get(machine)?;
                Ok(look(&machine.memory.lists[*slot].0, with))
            }
            Eval::Run(run) => {
                let list = run(machine)?;
                Ok(look(&list.0, with.get(machine)?))
            }
        }
    }
}

impl Value for List {
    const TYPE: Type = Type::List(Item::Any);
    type Raw = Array;
    fn from_raw(raw: Array) -> Self {
        List(Rc::new(raw))
    }
    fn into_raw(self) -> Array {
        Rc::unwrap_or_clone(self.0)
    }
    fn code(eval: Eval<Self>) -> Code {
        Code::List(eval, Item::Any)
    }
    fn of(code: Code) -> Option<Eval<Self>> {
        match code {
            Code::List(eval, _) => Some(eval),
            Code::Any(any) => Some(Self::unpacked(any)),
            _ => None,
        }
    }
    fn slots<'m>(machine: &'m mut Machine<'_>) -> &'m mut Vec<Self> {
        &mut machine.memory.lists
    }
}
