//! What compiled code computes with: the types of values, and pieces of code that give one.

use std::rc::Rc;

use rhai::{Dynamic, ImmutableString, Variant};

use super::item::{Item, List};
use super::machine::{Machine, Stop};
use crate::behaviour::buyer::Pack;
use crate::behaviour::denial::Refused;
use crate::behaviour::person::{Me, Session};
use crate::behaviour::services::Job;
use crate::behaviour::streams::Stream;
use crate::behaviour::today::Today;

/// Every type of value but lists: how the compiler names it, the type itself, its variables in memory, what an unused one holds, and
/// how errors name it. A new type is a line here.
macro_rules! each_type {
    ($then:ident) => {
        $then! {
            Unit: (), units, (), "()";
            Bool: bool, bools, false, "bool";
            Int: i64, ints, 0, "i64";
            Float: f64, floats, 0.0, "f64";
            Text: ImmutableString, texts, ImmutableString::default(), "string";
            Stream: Stream, streams, Stream::unused(), "draws";
            Me: Me, mes, Me, "`me`";
            Today: Today, todays, Today, "`today`";
            Session: Session, sessions, Session::default(), "a session";
            Job: Job, jobs, Job::default(), "a job";
            Pack: Pack, packs, Pack::default(), "a pack";
            Denial: Refused, denials, Refused, "`denial`";
        }
    };
}

macro_rules! types {
    ($($name:ident: $type:ty, $slots:ident, $unused:expr, $words:literal;)*) => {
        /// What the compiler knows of a value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::behaviour) enum Type {
            /// None: the code leaves before it gives a value.
            Never,
            /// Known only when the code runs.
            Any,
            /// A list, by the type of its items.
            List(Item),
            $($name,)*
        }

        impl Type {
            /// As Rhai's errors name it.
            pub fn name(self) -> &'static str {
                match self {
                    Type::Never => "()",
                    Type::Any => "a value",
                    Type::List(_) => "array",
                    $(Type::$name => $words,)*
                }
            }
        }

        /// A piece of code with the type of what it gives.
        pub(in crate::behaviour) enum Code {
            Never(Run<()>),
            Any(Eval<Dynamic>),
            List(Eval<List>, Item),
            $($name(Eval<$type>),)*
        }

        impl Code {
            /// The type of what it gives.
            pub fn gives(&self) -> Type {
                match self {
                    Code::Never(_) => Type::Never,
                    Code::Any(_) => Type::Any,
                    Code::List(_, item) => Type::List(*item),
                    $(Code::$name(_) => Type::$name,)*
                }
            }

            /// The code that reads a variable.
            pub fn local(of: Type, slot: usize) -> Code {
                match of {
                    Type::Never => Code::Unit(Eval::Const(())),
                    Type::Any => Code::Any(Eval::Local(slot)),
                    Type::List(item) => Code::List(Eval::Local(slot), item),
                    $(Type::$name => Code::$name(Eval::Local(slot)),)*
                }
            }

            /// Code that never gives a value, where a value of a type would stand.
            pub fn never(run: Run<()>, wanted: Type) -> Code {
                match wanted {
                    Type::Never => Code::Never(run),
                    Type::Any => Code::Any(Eval::never(run)),
                    Type::List(item) => Code::List(Eval::never(run), item),
                    $(Type::$name => Code::$name(Eval::never(run)),)*
                }
            }
        }

        /// Variables by type, each in a place of its own: compiled functions don't call themselves.
        #[derive(Default)]
        pub(in crate::behaviour) struct Memory {
            pub anys: Vec<Dynamic>,
            pub lists: Vec<List>,
            $(pub $slots: Vec<$type>,)*
        }

        /// How many variables of each type there are.
        #[derive(Clone, Copy, Debug, Default)]
        pub(in crate::behaviour) struct Sizes {
            anys: usize,
            lists: usize,
            $($slots: usize,)*
        }

        impl Sizes {
            /// The place of another variable.
            pub fn one_more(&mut self, of: Type) -> usize {
                let size = match of {
                    Type::Never => &mut self.units,
                    Type::Any => &mut self.anys,
                    Type::List(_) => &mut self.lists,
                    $(Type::$name => &mut self.$slots,)*
                };
                *size += 1;
                *size - 1
            }
        }

        impl Memory {
            /// Makes room for so many variables.
            pub fn grow(&mut self, sizes: Sizes) {
                self.anys.resize_with(self.anys.len().max(sizes.anys), || Dynamic::UNIT);
                self.lists.resize_with(self.lists.len().max(sizes.lists), || List(Rc::default()));
                $(self.$slots.resize_with(self.$slots.len().max(sizes.$slots), || $unused);)*
            }
        }

        $(impl Value for $type {
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
        })*
    };
}
each_type!(types);

macro_rules! visitor {
    ($($name:ident: $type:ty, $slots:ident, $unused:expr, $words:literal;)*) => {
        /// Applies one expression to what any code that gives a value evaluates.
        macro_rules! each_code {
            ($code:expr, $eval:ident => $then:expr) => {
                match $code {
                    Code::Never(_) => unreachable!("code that never gives a value"),
                    Code::Any($eval) => $then,
                    Code::List($eval, _) => $then,
                    $(Code::$name($eval) => $then,)*
                }
            };
        }
    };
}
each_type!(visitor);
pub(in crate::behaviour) use each_code;

impl Type {
    /// Whether a value of this type can be handed over where `other` is wanted, at least in some runs.
    pub fn fits(self, other: Type) -> bool {
        self == other || self == Type::Any || matches!((self, other), (Type::List(_), Type::List(Item::Any)))
    }
}

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

    /// Code that never gives a value.
    fn never(run: Run<()>) -> Self {
        Eval::run(move |machine| {
            run(machine)?;
            Err(machine.trap())
        })
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

impl Code {
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

    /// What is in a list, where it is of this type.
    fn item(item: &Dynamic) -> Option<Self> {
        item.read_lock::<Self::Raw>().map(|raw| Self::from_raw(raw.clone()))
    }

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
    fn item(item: &Dynamic) -> Option<Self> {
        Some(item.clone())
    }
    fn unpacked(any: Eval<Dynamic>) -> Eval<Self> {
        any
    }
    fn packed(eval: Eval<Self>) -> Eval<Dynamic> {
        eval
    }
}
