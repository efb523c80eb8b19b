//! Native words: each is written once, and both Rhai's engine and compiled code call it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rhai::{Dynamic, Engine};

use super::compile::{Code, Eval, Item, List, Machine, Stop, Type, Value};
use super::draft::Desk;
use super::failure::Outcome;
use super::streams::Stream;

/// The desk as Rhai's engine sees it: it lies there while the engine runs, and with compiled code while that does.
pub(super) type Shared = Rc<RefCell<Box<Desk>>>;

/// What a word does beside giving a value, so that the compiler knows what may change places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effects {
    /// It takes a random number.
    pub draws: bool,
    /// It adds to the plan, or changes it.
    pub acts: bool,
    /// It sets a variable.
    pub assigns: bool,
}

impl Effects {
    pub const NONE: Effects = Effects { draws: false, acts: false, assigns: false };
    pub const DRAWS: Effects = Effects { draws: true, acts: false, assigns: false };
    pub const ACTS: Effects = Effects { draws: false, acts: true, assigns: false };
    pub const ASSIGNS: Effects = Effects { draws: false, acts: false, assigns: true };

    pub fn and(self, other: Effects) -> Effects {
        Effects {
            draws: self.draws || other.draws,
            acts: self.acts || other.acts,
            assigns: self.assigns || other.assigns,
        }
    }

    /// Whether two pieces of code give the same in either order.
    pub fn commute(self, other: Effects) -> bool {
        !(self.draws && other.draws || self.acts && other.acts || self.assigns || other.assigns)
    }
}

/// A word for arguments of certain types.
#[derive(Clone)]
pub(super) struct Native {
    /// The receiver among them.
    pub takes: Vec<Type>,
    pub effects: Effects,
    /// From the code of the arguments, of these types, to that of the call.
    pub compile: Rc<dyn Fn(Vec<Code>) -> Code>,
}

/// All words, by name and number of arguments, the receiver counted; properties by name.
#[derive(Default)]
pub(super) struct Table {
    pub calls: BTreeMap<(&'static str, usize), Vec<Native>>,
    pub properties: BTreeMap<&'static str, Vec<Native>>,
}

/// Registers words with an engine and in a table.
pub(super) struct Natives<'e> {
    pub engine: &'e mut Engine,
    pub shared: Shared,
    pub table: Table,
}

impl Natives<'_> {
    /// A word that gives the same for the same arguments.
    pub fn pure<A>(&mut self, name: &'static str, word: impl Pure<A>) {
        word.register(self, name);
    }

    /// A word that asks or changes the desk; with its first argument as receiver.
    pub fn method<A>(&mut self, name: &'static str, effects: Effects, word: impl OnDesk<A>) {
        word.register(self, name, effects);
    }

    /// A property, of what the word takes first.
    pub fn property<A>(&mut self, name: &'static str, word: impl Property<A>) {
        word.register(self, name);
    }

    /// A word that takes a random number, of the day's draws or of others.
    pub fn draw<A>(&mut self, name: &'static str, word: impl Draw<A>) {
        word.register(self, name);
    }

    /// A word that asks the desk, without a receiver.
    pub fn asks<A>(&mut self, name: &'static str, word: impl Asks<A>) {
        word.register(self, name);
    }

    /// A draw from a list, which gives what the list's items are.
    pub fn draw_from_list(&mut self, name: &'static str, word: fn(&mut Stream, &[Dynamic]) -> Outcome<Dynamic>) {
        let shared = self.shared.clone();
        self.engine.register_fn(name, move |list: &mut rhai::Array| word(shared.borrow_mut().draft.draws(), list));
        self.engine.register_fn(name, move |draws: &mut Stream, list: rhai::Array| word(draws, &list));
        self.enter(name, vec![List::TYPE], Effects::DRAWS, move |mut args| {
            let (list, item) = taken_list(args.pop());
            item.unpack(Eval::run(move |machine| {
                let list = list.get(machine)?;
                word(machine.desk.draft.draws(), &list.0).map_err(|_| machine.trap())
            }))
        });
        self.enter(name, vec![Type::Stream, List::TYPE], Effects::DRAWS, move |mut args| {
            let (list, item) = taken_list(args.pop());
            let draws = taken(args.pop());
            item.unpack(drawing(draws, move |machine| list.get(machine), move |draws, list: List| word(draws, &list.0)))
        });
    }

    /// A draw from a list by the weights of its items, which gives what they are.
    pub fn weighted_draw(&mut self, name: &'static str, word: Weighted) {
        let shared = self.shared.clone();
        self.engine.register_fn(name, move |list: &mut rhai::Array, weights: rhai::Array| {
            word(shared.borrow_mut().draft.draws(), list, &weights)
        });
        self.engine.register_fn(name, move |draws: &mut Stream, list: rhai::Array, weights: rhai::Array| {
            word(draws, &list, &weights)
        });
        self.enter(name, vec![List::TYPE; 2], Effects::DRAWS, move |mut args| {
            let weights: Eval<List> = taken(args.pop());
            let (list, item) = taken_list(args.pop());
            item.unpack(Eval::run(move |machine| {
                let (list, weights) = (list.get(machine)?, weights.get(machine)?);
                word(machine.desk.draft.draws(), &list.0, &weights.0).map_err(|_| machine.trap())
            }))
        });
        self.enter(name, vec![Type::Stream, List::TYPE, List::TYPE], Effects::DRAWS, move |mut args| {
            let weights: Eval<List> = taken(args.pop());
            let (list, item) = taken_list(args.pop());
            let lists = move |machine: &mut Machine<'_>| Ok((list.get(machine)?, weights.get(machine)?));
            let draw = move |draws: &mut Stream, (list, weights): (List, List)| word(draws, &list.0, &weights.0);
            item.unpack(drawing(taken(args.pop()), lists, draw))
        });
    }

    /// Adds a word to the table.
    pub fn enter(
        &mut self,
        name: &'static str,
        takes: Vec<Type>,
        effects: Effects,
        compile: impl Fn(Vec<Code>) -> Code + 'static,
    ) {
        let key = (name, takes.len());
        self.table.calls.entry(key).or_default().push(Native { takes, effects, compile: Rc::new(compile) });
    }
}

/// A draw from a list by weights.
type Weighted = fn(&mut Stream, &[Dynamic], &[Dynamic]) -> Outcome<Dynamic>;

/// The code of an argument whose type was checked.
fn taken<T: Value>(code: Option<Code>) -> Eval<T> {
    code.and_then(T::of).expect("the compiler checked the types of the arguments")
}

/// The code of a list, and of what.
fn taken_list(code: Option<Code>) -> (Eval<List>, Item) {
    match code {
        Some(Code::List(list, item)) => (list, item),
        other => (taken(other), Item::Any),
    }
}

/// Draws from a stream that a variable holds, or from one that is then let go.
fn drawing<A: 'static, R: Value>(
    draws: Eval<Stream>,
    arguments: impl Fn(&mut Machine<'_>) -> Result<A, Stop> + 'static,
    draw: impl Fn(&mut Stream, A) -> Outcome<R> + 'static,
) -> Eval<R> {
    match draws {
        Eval::Local(slot) => Eval::run(move |machine| {
            let arguments = arguments(machine)?;
            draw(&mut machine.memory.streams[slot], arguments).map_err(|_| machine.trap())
        }),
        draws => Eval::run(move |machine| {
            let mut draws = draws.get(machine)?;
            let arguments = arguments(machine)?;
            draw(&mut draws, arguments).map_err(|_| machine.trap())
        }),
    }
}

/// A function for [`Natives::pure`].
pub(super) trait Pure<A>: Copy + 'static {
    fn register(self, natives: &mut Natives<'_>, name: &'static str);
}

/// A function for [`Natives::method`].
pub(super) trait OnDesk<A>: Copy + 'static {
    fn register(self, natives: &mut Natives<'_>, name: &'static str, effects: Effects);
}

/// A function for [`Natives::asks`].
pub(super) trait Asks<A>: Copy + 'static {
    fn register(self, natives: &mut Natives<'_>, name: &'static str);
}

/// A function for [`Natives::property`].
pub(super) trait Property<A>: Copy + 'static {
    fn register(self, natives: &mut Natives<'_>, name: &'static str);
}

/// A function for [`Natives::draw`].
pub(super) trait Draw<A>: Copy + 'static {
    fn register(self, natives: &mut Natives<'_>, name: &'static str);
}

macro_rules! words {
    ($($A:ident $a:ident),*) => {
        #[allow(unused_mut, unused_variables, non_snake_case)]
        impl<F, R: Value, $($A: Value),*> Pure<($($A,)*)> for F
        where
            F: Fn($($A),*) -> Outcome<R> + Copy + 'static,
        {
            fn register(self, natives: &mut Natives<'_>, name: &'static str) {
                natives.engine.register_fn(name, move |$($a: $A::Raw),*| -> Outcome<R::Raw> {
                    self($($A::from_raw($a)),*).map(R::into_raw)
                });
                natives.enter(name, vec![$($A::TYPE),*], Effects::NONE, move |args| {
                    let fixed = args.iter().all(Code::is_const);
                    let mut args = args.into_iter();
                    $(let $a: Eval<$A> = taken(args.next());)*
                    if let (true, $(Eval::Const($A)),*) = (fixed, $(&$a),*) && let Ok(value) = self($($A.clone()),*) {
                        return R::code(Eval::Const(value));
                    }
                    R::code(Eval::run(move |machine| self($($a.get(machine)?),*).map_err(|_| machine.trap())))
                });
            }
        }

        #[allow(unused_mut, unused_variables)]
        impl<F, R: Value, $($A: Value),*> Asks<($($A,)*)> for F
        where
            F: Fn(&mut Desk, $($A),*) -> Outcome<R> + Copy + 'static,
        {
            fn register(self, natives: &mut Natives<'_>, name: &'static str) {
                let shared = natives.shared.clone();
                natives.engine.register_fn(name, move |$($a: $A::Raw),*| -> Outcome<R::Raw> {
                    self(&mut shared.borrow_mut(), $($A::from_raw($a)),*).map(R::into_raw)
                });
                natives.enter(name, vec![$($A::TYPE),*], Effects::NONE, move |args| {
                    let mut args = args.into_iter();
                    $(let $a: Eval<$A> = taken(args.next());)*
                    R::code(Eval::run(move |machine| {
                        $(let $a = $a.get(machine)?;)*
                        self(machine.desk, $($a),*).map_err(|_| machine.trap())
                    }))
                });
            }
        }

        #[allow(unused_mut, unused_variables)]
        impl<F, R: Value, H: Value<Raw = H> + Copy, $($A: Value),*> OnDesk<(H, $($A,)*)> for F
        where
            H: rhai::Variant,
            F: Fn(&mut Desk, H, $($A),*) -> Outcome<R> + Copy + 'static,
        {
            fn register(self, natives: &mut Natives<'_>, name: &'static str, effects: Effects) {
                let shared = natives.shared.clone();
                natives.engine.register_fn(name, move |of: &mut H, $($a: $A::Raw),*| -> Outcome<R::Raw> {
                    self(&mut shared.borrow_mut(), *of, $($A::from_raw($a)),*).map(R::into_raw)
                });
                natives.enter(name, vec![H::TYPE, $($A::TYPE),*], effects, move |args| {
                    let mut args = args.into_iter();
                    let of: Eval<H> = taken(args.next());
                    $(let $a: Eval<$A> = taken(args.next());)*
                    R::code(Eval::run(move |machine| {
                        let of = of.get(machine)?;
                        $(let $a = $a.get(machine)?;)*
                        self(machine.desk, of, $($a),*).map_err(|_| machine.trap())
                    }))
                });
            }
        }

        #[allow(unused_mut, unused_variables)]
        impl<F, R: Value, $($A: Value),*> Draw<($($A,)*)> for F
        where
            F: Fn(&mut Stream, $($A),*) -> Outcome<R> + Copy + 'static,
        {
            fn register(self, natives: &mut Natives<'_>, name: &'static str) {
                let shared = natives.shared.clone();
                natives.engine.register_fn(name, move |$($a: $A::Raw),*| -> Outcome<R::Raw> {
                    self(shared.borrow_mut().draft.draws(), $($A::from_raw($a)),*).map(R::into_raw)
                });
                natives.engine.register_fn(name, move |draws: &mut Stream, $($a: $A::Raw),*| -> Outcome<R::Raw> {
                    self(draws, $($A::from_raw($a)),*).map(R::into_raw)
                });
                natives.enter(name, vec![$($A::TYPE),*], Effects::DRAWS, move |args| {
                    let mut args = args.into_iter();
                    $(let $a: Eval<$A> = taken(args.next());)*
                    R::code(Eval::run(move |machine| {
                        $(let $a = $a.get(machine)?;)*
                        self(machine.desk.draft.draws(), $($a),*).map_err(|_| machine.trap())
                    }))
                });
                natives.enter(name, vec![Type::Stream, $($A::TYPE),*], Effects::DRAWS, move |args| {
                    let mut args = args.into_iter();
                    let draws: Eval<Stream> = taken(args.next());
                    $(let $a: Eval<$A> = taken(args.next());)*
                    R::code(drawing(
                        draws,
                        move |machine| Ok(($($a.get(machine)?,)*)),
                        move |draws, ($($a,)*): ($($A,)*)| self(draws, $($a),*),
                    ))
                });
            }
        }
    };
}

words!();
words!(A a);
words!(A a, B b);
words!(A a, B b, C c);

impl<F, R: Value, H: Value<Raw = H> + Copy + rhai::Variant> Property<(H,)> for F
where
    F: Fn(&mut Desk, H) -> Outcome<R> + Copy + 'static,
{
    fn register(self, natives: &mut Natives<'_>, name: &'static str) {
        let shared = natives.shared.clone();
        natives.engine.register_get(name, move |of: &mut H| -> Outcome<R::Raw> {
            self(&mut shared.borrow_mut(), *of).map(R::into_raw)
        });
        let compile = move |args: Vec<Code>| {
            let of: Eval<H> = taken(args.into_iter().next());
            R::code(Eval::run(move |machine| {
                let of = of.get(machine)?;
                self(machine.desk, of).map_err(|_| machine.trap())
            }))
        };
        let native = Native { takes: vec![H::TYPE], effects: Effects::NONE, compile: Rc::new(compile) };
        natives.table.properties.entry(name).or_default().push(native);
    }
}
