//! What compiled code computes with: the types of values, and pieces of code that give one.

use std::rc::Rc;

use rhai::{Array, Dynamic, ImmutableString, Variant};

use super::machine::{Machine, Stop};
use crate::behaviour::denial::Refused;
use crate::behaviour::person::{Me, Session};
use crate::behaviour::services::Job;
use crate::behaviour::streams::Stream;
use crate::behaviour::today::Today;

/// What the compiler knows of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::behaviour) enum Type {
    /// None: the code leaves before it gives a value.
    Never,
    Unit,
    Bool,
    Int,
    Float,
    Text,
    /// A list, by the type of its items.
    List(Item),
    Stream,
    Me,
    Today,
    Session,
    Job,
    Denial,
    /// Known only when the code runs.
    Any,
}

/// The type of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::behaviour) enum Item {
    Bool,
    Int,
    Float,
    Text,
    Any,
}

impl Item {
    pub fn of(of: Type) -> Item {
        match of {
            Type::Bool => Item::Bool,
            Type::Int => Item::Int,
            Type::Float => Item::Float,
            Type::Text => Item::Text,
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
            () => Item::Any,
        };
        let mut types = items.iter().map(of_one);
        let first = types.next().unwrap_or(Item::Any);
        if types.all(|other| other == first) { first } else { Item::Any }
    }

    /// Code that takes the item out of what code gives.
    pub fn unpack(self, item: Eval<Dynamic>) -> Code {
        match self {
            Item::Bool => Code::Bool(bool::unpacked(item)),
            Item::Int => Code::Int(i64::unpacked(item)),
            Item::Float => Code::Float(f64::unpacked(item)),
            Item::Text => Code::Text(ImmutableString::unpacked(item)),
            Item::Any => Code::Any(item),
        }
    }
}

impl Type {
    /// As Rhai's errors name it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Never | Type::Unit => "()",
            Type::Bool => "bool",
            Type::Int => "i64",
            Type::Float => "f64",
            Type::Text => "string",
            Type::List(_) => "array",
            Type::Stream => "draws",
            Type::Me => "`me`",
            Type::Today => "`today`",
            Type::Session => "a session",
            Type::Job => "a job",
            Type::Denial => "`denial`",
            Type::Any => "a value",
        }
    }

    /// Whether a value of this type can be handed over where `other` is wanted, at least in some runs.
    pub fn fits(self, other: Type) -> bool {
        self == other || self == Type::Any || matches!((self, other), (Type::List(_), Type::List(Item::Any)))
    }
}

/// A list in compiled code: shared until it is changed.
#[derive(Clone, Debug)]
pub(in crate::behaviour) struct List(pub Rc<Array>);

/// A piece of code that gives a value.
pub(in crate::behaviour) enum Eval<T> {
    /// Always the same.
    Const(T),
    /// What a variable holds.
    Local(usize),
    /// What a closure gives.
    Run(Run<T>),
}

/// A closure of compiled code.
pub(in crate::behaviour) type Run<T> = Box<dyn Fn(&mut Machine<'_>) -> Result<T, Stop>>;

impl<T: Value> Eval<T> {
    pub fn run(run: impl Fn(&mut Machine<'_>) -> Result<T, Stop> + 'static) -> Self {
        Eval::Run(Box::new(run))
    }

    #[inline(always)]
    pub fn get(&self, machine: &mut Machine<'_>) -> Result<T, Stop> {
        match self {
            Eval::Const(value) => Ok(value.clone()),
            Eval::Local(slot) => Ok(T::slots(machine)[*slot].clone()),
            Eval::Run(run) => run(machine),
        }
    }
}

/// A piece of code with the type of what it gives.
pub(in crate::behaviour) enum Code {
    Never(Run<()>),
    Unit(Eval<()>),
    Bool(Eval<bool>),
    Int(Eval<i64>),
    Float(Eval<f64>),
    Text(Eval<ImmutableString>),
    List(Eval<List>, Item),
    Stream(Eval<Stream>),
    Me(Eval<Me>),
    Today(Eval<Today>),
    Session(Eval<Session>),
    Job(Eval<Job>),
    Denial(Eval<Refused>),
    Any(Eval<Dynamic>),
}

/// Applies one expression to what any code evaluates.
macro_rules! each_code {
    ($code:expr, $eval:ident => $then:expr) => {
        match $code {
            Code::Never(_) => unreachable!("code that never gives a value"),
            Code::Unit($eval) => $then,
            Code::Bool($eval) => $then,
            Code::Int($eval) => $then,
            Code::Float($eval) => $then,
            Code::Text($eval) => $then,
            Code::List($eval, _) => $then,
            Code::Stream($eval) => $then,
            Code::Me($eval) => $then,
            Code::Today($eval) => $then,
            Code::Session($eval) => $then,
            Code::Job($eval) => $then,
            Code::Denial($eval) => $then,
            Code::Any($eval) => $then,
        }
    };
}
pub(in crate::behaviour) use each_code;

impl Code {
    /// The type of what it gives.
    pub fn gives(&self) -> Type {
        match self {
            Code::Never(_) => Type::Never,
            Code::Unit(_) => Type::Unit,
            Code::Bool(_) => Type::Bool,
            Code::Int(_) => Type::Int,
            Code::Float(_) => Type::Float,
            Code::Text(_) => Type::Text,
            Code::List(_, item) => Type::List(*item),
            Code::Stream(_) => Type::Stream,
            Code::Me(_) => Type::Me,
            Code::Today(_) => Type::Today,
            Code::Session(_) => Type::Session,
            Code::Job(_) => Type::Job,
            Code::Denial(_) => Type::Denial,
            Code::Any(_) => Type::Any,
        }
    }

    /// Whether it always gives the same.
    pub fn is_const(&self) -> bool {
        match self {
            Code::Never(_) => false,
            code => each_code!(code, eval => matches!(eval, Eval::Const(_))),
        }
    }

    /// Runs it for what it does.
    pub fn for_effect(self) -> Run<()> {
        match self {
            Code::Never(run) => run,
            Code::Unit(Eval::Run(run)) => run,
            code => each_code!(code, eval => match eval {
                Eval::Run(run) => Box::new(move |machine| run(machine).map(drop)),
                _ => Box::new(|_| Ok(())),
            }),
        }
    }

    /// As a value whose type is known only when the code runs.
    pub fn packed(self) -> Eval<Dynamic> {
        match self {
            Code::Never(run) => Eval::run(move |machine| run(machine).map(|()| Dynamic::UNIT)),
            code => each_code!(code, eval => Value::packed(eval)),
        }
    }
}

/// A type that compiled code has values of.
pub(in crate::behaviour) trait Value: Clone + 'static {
    /// How the compiler names it.
    const TYPE: Type;
    /// How Rhai's engine hands it over.
    type Raw: Variant + Clone;
    /// From the engine's form.
    fn from_raw(raw: Self::Raw) -> Self;
    /// To the engine's form.
    fn into_raw(self) -> Self::Raw;
    /// Names the type of code.
    fn code(eval: Eval<Self>) -> Code;
    /// The code of a value of this type; `None` where the code gives another.
    fn of(code: Code) -> Option<Eval<Self>>;
    /// The variables of this type.
    fn slots<'m>(machine: &'m mut Machine<'_>) -> &'m mut Vec<Self>;

    /// Code that takes it from the engine's form, and stops where that is something else.
    fn unpacked(any: Eval<Dynamic>) -> Eval<Self> {
        match any {
            Eval::Const(value) if value.is::<Self::Raw>() => Eval::Const(Self::from_raw(value.cast())),
            any => Eval::run(move |machine| {
                let value = any.get(machine)?.try_cast::<Self::Raw>();
                value.map(Self::from_raw).ok_or_else(|| machine.trap())
            }),
        }
    }

    /// Code that gives the engine's form.
    fn packed(eval: Eval<Self>) -> Eval<Dynamic> {
        Eval::run(move |machine| Ok(Dynamic::from(eval.get(machine)?.into_raw())))
    }
}

macro_rules! value {
    ($name:ident, $type:ty, $slots:ident) => {
        impl Value for $type {
            const TYPE: Type = Type::$name;
            type Raw = $type;
            fn from_raw(raw: $type) -> Self {
                raw
            }
            fn into_raw(self) -> $type {
                self
            }
            fn code(eval: Eval<Self>) -> Code {
                Code::$name(eval)
            }
            fn of(code: Code) -> Option<Eval<Self>> {
                match code {
                    Code::$name(eval) => Some(eval),
                    Code::Any(any) => Some(Self::unpacked(any)),
                    _ => None,
                }
            }
            fn slots<'m>(machine: &'m mut Machine<'_>) -> &'m mut Vec<Self> {
                &mut machine.memory.$slots
            }
        }
    };
}

value!(Unit, (), units);
value!(Bool, bool, bools);
value!(Int, i64, ints);
value!(Float, f64, floats);
value!(Text, ImmutableString, texts);
value!(Stream, Stream, streams);
value!(Me, Me, mes);
value!(Today, Today, todays);
value!(Session, Session, sessions);
value!(Job, Job, jobs);
value!(Denial, Refused, denials);

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

impl Value for Dynamic {
    const TYPE: Type = Type::Any;
    type Raw = Dynamic;
    fn from_raw(raw: Dynamic) -> Self {
        raw
    }
    fn into_raw(self) -> Dynamic {
        self
    }
    fn code(eval: Eval<Self>) -> Code {
        Code::Any(eval)
    }
    fn of(code: Code) -> Option<Eval<Self>> {
        Some(code.packed())
    }
    fn slots<'m>(machine: &'m mut Machine<'_>) -> &'m mut Vec<Self> {
        &mut machine.memory.anys
    }
    fn unpacked(any: Eval<Dynamic>) -> Eval<Self> {
        any
    }
    fn packed(eval: Eval<Self>) -> Eval<Dynamic> {
        eval
    }
}
