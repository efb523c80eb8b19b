//! Calls: of native words, and of the script's own functions.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rhai::{Dynamic, Expr, FnCallExpr, ImmutableString, Position};

use super::compiler::{Compiler, Compiles, Function, Refusal, fitted, slow, store, unified};
use super::item::{Item, List};
use super::loops::range_of;
use super::machine::{Leave, Machine};
use super::value::{Code, Eval, Run, Type, Value};
use crate::behaviour::basics::{is_fraction, is_text, is_whole};
use crate::behaviour::failure;
use crate::behaviour::limits;
use crate::behaviour::natives::{Effects, Native};

impl Compiler<'_> {
    /// A call in the style of a function, operators among them.
    pub fn call(&mut self, call: &FnCallExpr, position: Position) -> Compiles<Code> {
        // Inside of `!in`, the parser calls it an operator.
        if call.is_operator_call() && call.name != "contains" {
            return self.operator(call, position);
        }
        if let ("contains", [list, item]) = (call.name.as_str(), &call.args[..])
            && let Some((from, until, inclusive)) = range_of(list)
        {
            return self.in_range(&from, &until, inclusive, item);
        }
        let (args, effects) = self.arguments(&call.args)?;
        // A variable that comes first is asked for last.
        if matches!(call.args.first(), Some(Expr::Variable(..))) && effects.assigns {
            return slow("arguments that set variables", position);
        }
        if self.functions.contains_key(&(call.name.to_string(), args.len())) {
            return self.own(&call.name, args);
        }
        self.word(&call.name, args, position)
    }

    /// The code of arguments, from left to right.
    pub fn arguments(&mut self, args: &[Expr]) -> Compiles<(Vec<Code>, Effects)> {
        let before = std::mem::take(&mut self.effects);
        let codes = args.iter().map(|arg| self.value(arg)).collect::<Compiles<_>>()?;
        let effects = self.effects;
        self.effects = effects.and(before);
        Ok((codes, effects))
    }

    /// A call of a word, of whatever style; the receiver comes first.
    pub fn word(&mut self, name: &str, args: Vec<Code>, position: Position) -> Compiles<Code> {
        match (name, args.len()) {
            ("contains", 2) => return contains(args, position),
            ("len", 1) if matches!(args[0], Code::List(..)) => return Ok(length(args)),
            ("push", 2) if matches!(args[0], Code::List(..)) => return self.push(args, position),
            _ => {}
        }
        let types: Vec<Type> = args.iter().map(Code::gives).collect();
        let Some(native) = self.native(name, &types, position)? else {
            let listed: Vec<&str> = types.iter().map(|of| of.name()).collect();
            let signature = format!("{name} ({})", listed.join(", "));
            return Err(Refusal::Wrong(failure::not_found(&signature), position));
        };
        self.does(native.effects);
        Ok((native.compile)(args))
    }

    /// The word of a name for such arguments; none where there surely is none.
    fn native(&self, name: &str, types: &[Type], position: Position) -> Compiles<Option<Native>> {
        let calls: &BTreeMap<(&str, usize), Vec<Native>> = &self.table.calls;
        let Some(natives) = calls.get(&(name, types.len())) else { return slow(format!("`{name}`"), position) };
        let exact = natives.iter().rev().find(|native| native.takes.iter().zip(types).all(|(takes, of)| takes == of));
        if let Some(native) = exact {
            return Ok(Some(native.clone()));
        }
        let fits = |native: &&Native| native.takes.iter().zip(types).all(|(takes, of)| of.fits(*takes));
        let mut fitting = natives.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(native), None) => Ok(Some(native.clone())),
            (Some(_), Some(_)) => {
                slow(format!("`{name}` of a value whose type is known only when the script runs"), position)
            }
            (None, _) => Ok(None),
        }
    }

    fn push(&mut self, args: Vec<Code>, position: Position) -> Compiles<Code> {
        self.does(Effects::ASSIGNS);
        let mut args = args.into_iter();
        let (Some(Code::List(Eval::Local(slot), item)), Some(pushed)) = (args.next(), args.next()) else {
            return slow("`push` to what isn't a variable", position);
        };
        let pushed = match item {
            Item::Any => pushed.packed(),
            item if Item::of(pushed.gives()) == item => pushed.packed(),
            _ => return slow("a list of values of different types", position),
        };
        Ok(Code::Unit(Eval::run(move |machine| {
            let pushed = pushed.get(machine)?;
            let list = Rc::make_mut(&mut machine.memory.lists[slot].0);
            list.push(pushed);
            if limits::is_too_large(list) { Err(machine.trap()) } else { Ok(()) }
        })))
    }

    fn in_range(&mut self, from: &Expr, until: &Expr, inclusive: bool, item: &Expr) -> Compiles<Code> {
        let (from, until, item) = (self.value(from)?, self.value(until)?, self.value(item)?);
        match (from, until, item) {
            (Code::Int(from), Code::Int(until), Code::Int(item)) => Ok(Code::Bool(Eval::run(move |machine| {
                let (from, until, item) = (from.get(machine)?, until.get(machine)?, item.get(machine)?);
                Ok(from <= item && if inclusive { item <= until } else { item < until })
            }))),
            _ => slow("a range of other than whole numbers", Position::NONE),
        }
    }

    /// A call of one of the script's functions.
    fn own(&mut self, name: &str, args: Vec<Code>) -> Compiles<Code> {
        let key = (name.to_owned(), args.len());
        if !self.slow.contains_key(&key) {
            match self.function(&key, args.iter().map(Code::gives).collect()) {
                Ok(function) => return Ok(self.invoke(&function, args)),
                Err(Refusal::Slow(what, place)) => {
                    self.slow.insert(key.clone(), (what, place));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(self.fall_back(name, args))
    }

    fn invoke(&mut self, function: &Rc<Function>, args: Vec<Code>) -> Code {
        let function = function.clone();
        // The variables that it sets are its own.
        self.does(Effects { assigns: false, ..function.effects });
        // Arguments are set aside first: one of them may call the same function.
        let set_aside = args.len() > 1;
        let mut set: Vec<Run<()>> = Vec::new();
        let mut moved: Vec<Run<()>> = Vec::new();
        for (arg, (of, slot)) in args.into_iter().zip(&function.parameters) {
            if set_aside && !arg.is_const() {
                let aside = self.sizes.one_more(*of);
                set.push(store(arg, aside));
                moved.push(store(Code::local(*of, aside), *slot));
            } else {
                moved.push(store(arg, *slot));
            }
        }
        set.extend(moved);
        let result = function.result;
        let run: Run<()> = Box::new(move |machine: &mut Machine<'_>| {
            for set in &set {
                set(machine)?;
            }
            machine.burn(function.steps)?;
            match (function.body)(machine) {
                Err(_) if machine.leave == Leave::Return => Ok(()),
                done => done,
            }
        });
        // Where nothing comes back there may be no slot for it.
        let then = if result.0 == Type::Unit { Code::Unit(Eval::Const(())) } else { Code::local(result.0, result.1) };
        followed(run, then)
    }

    /// A call that Rhai's engine makes.
    fn fall_back(&mut self, name: &str, args: Vec<Code>) -> Code {
        let args: Vec<Eval<Dynamic>> = args.into_iter().map(Code::packed).collect();
        let (fallback, name) = (self.fallback.clone(), name.to_owned());
        fallback.used();
        self.does(Effects::DRAWS.and(Effects::ACTS));
        Code::Any(Eval::run(move |machine| {
            let args = args.iter().map(|arg| arg.get(machine)).collect::<Result<Vec<Dynamic>, _>>()?;
            fallback.call(machine, &name, args)
        }))
    }
}

/// Code that runs something first.
pub(super) fn followed(first: Run<()>, then: Code) -> Code {
    fn chained<T: Value>(first: Run<()>, then: Eval<T>) -> Eval<T> {
        Eval::run(move |machine| {
            first(machine)?;
            then.get(machine)
        })
    }
    match then {
        Code::Never(run) => Code::Never(Box::new(move |machine| {
            first(machine)?;
            run(machine)
        })),
        Code::List(list, item) => Code::List(chained(first, list), item),
        code => super::value::each_code!(code, eval => Value::code(chained(first, eval))),
    }
}

fn length(args: Vec<Code>) -> Code {
    let list = args.into_iter().next().and_then(List::of).expect("the type was checked");
    Code::Int(match list {
        Eval::Const(list) => Eval::Const(list.0.len() as i64),
        list => Eval::run(move |machine| list.lend(machine, &Eval::Const(()), |list, ()| list.len() as i64)),
    })
}

fn contains(args: Vec<Code>, position: Position) -> Compiles<Code> {
    let mut args = args.into_iter();
    let (Some(Code::List(list, held)), Some(item)) = (args.next(), args.next()) else {
        return slow("`in` of other than a list or a range", position);
    };
    match item {
        Code::Text(item) => Ok(match list {
            Eval::Const(list) if held == Item::Text => one_of(&list, item),
            list => among(list, item, is_text),
        }),
        Code::Int(item) => Ok(among(list, item, is_whole)),
        Code::Float(item) => Ok(among(list, item, is_fraction)),
        _ => slow("looking for such a value in a list", position),
    }
}

fn among<T: Value>(list: Eval<List>, item: Eval<T>, is: fn(&Dynamic, &T) -> bool) -> Code {
    let holds = move |list: &rhai::Array, item: T| list.iter().any(|other| is(other, &item));
    Code::Bool(Eval::run(move |machine| list.lend(machine, &item, holds)))
}

/// Whether it is one of texts that never change.
fn one_of(list: &List, item: Eval<ImmutableString>) -> Code {
    let texts = list.0.iter().filter_map(|text| text.as_immutable_string_ref().ok().map(|text| text.as_str().into()));
    let texts: Vec<Box<str>> = texts.collect();
    // The day's weekday is asked for by one user after the other, and is the same object.
    let last = RefCell::new((ImmutableString::default(), texts.iter().any(|text| text.is_empty())));
    Code::Bool(Eval::run(move |machine| {
        let item = item.get(machine)?;
        let (asked, answer) = &mut *last.borrow_mut();
        if !asked.ptr_eq(&item) {
            let letters = item.as_str();
            *answer = texts.iter().any(|text| **text == *letters);
            *asked = item;
        }
        Ok(*answer)
    }))
}

impl Compiler<'_> {
    /// A function of the script for arguments of these types.
    pub fn function(&mut self, key: &(String, usize), types: Vec<Type>) -> Compiles<Rc<Function>> {
        let named = (key.0.clone(), types.iter().map(|of| format!("{of:?}")).collect());
        if let Some(function) = self.compiled.get(&named) {
            return Ok(function.clone());
        }
        let before = (self.returns, self.learnt);
        // What it gives is known once it is compiled: the first time only to learn that.
        let learnt = self.body(key, &types, None).and_then(|(function, gives)| match gives {
            Type::Unit | Type::Never => Ok(function),
            gives => self.body(key, &types, Some(gives)).map(|(function, _)| function),
        });
        (self.returns, self.learnt) = before;
        let function = Rc::new(learnt?);
        self.compiled.insert(named, function.clone());
        Ok(function)
    }

    /// Compiles a function's body; `gives` is what its value must be, where one is wanted. Says what it could give.
    pub fn body(&mut self, key: &(String, usize), types: &[Type], gives: Option<Type>) -> Compiles<(Function, Type)> {
        let functions = self.functions;
        let source = &functions[key];
        let result = gives.map(|of| (of, self.sizes.one_more(of)));
        (self.returns, self.learnt) = (result, Type::Never);
        let ((parameters, body, last), steps, effects) = self.apart(|apart| {
            apart.outside(|inner| {
                let declared = source.parameters.iter().zip(types);
                let parameters = declared.map(|(name, of)| Ok((*of, inner.declare(name, *of, false)?)));
                let parameters = parameters.collect::<Compiles<Vec<_>>>()?;
                let last = inner.block(&source.body, true)?;
                let gives = last.gives();
                let body = match (result, gives) {
                    (Some((of, slot)), gives) if gives != Type::Never => store(fitted(last, of), slot),
                    _ => last.for_effect(),
                };
                Ok((parameters, body, gives))
            })
        })?;
        let learnt = unified(last, self.learnt);
        let result = result.unwrap_or_else(|| (Type::Unit, self.sizes.one_more(Type::Unit)));
        Ok((Function { parameters, body, result, steps, effects }, learnt))
    }
}
