//! What compiled code runs in.

use std::rc::Rc;

use rhai::{Dynamic, ImmutableString};

use super::value::{List, Type};
use crate::behaviour::denial::Refused;
use crate::behaviour::draft::Desk;
use crate::behaviour::person::{Me, Session};
use crate::behaviour::services::Job;
use crate::behaviour::streams::Stream;
use crate::behaviour::today::Today;

/// Code that has left the way it was on; where to, the machine knows.
#[derive(Debug)]
pub(in crate::behaviour) struct Stop;

/// Where code that has left is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// Out of the loop.
    Break,
    /// To the loop's next round.
    Continue,
    /// Out of the function.
    Return,
    /// Out of compiled code: what to make of it, Rhai's engine says.
    Trap,
}

/// One run of compiled code.
pub(in crate::behaviour) struct Machine<'a> {
    /// What the script plans with.
    pub desk: &'a mut Box<Desk>,
    /// The variables.
    pub memory: &'a mut Memory,
    /// Steps left; counted so that never fewer are taken off than Rhai's engine counts.
    pub fuel: i64,
    pub(super) leave: Leave,
}

/// Variables by type, each in a place of its own: compiled functions don't call themselves.
#[derive(Default)]
pub(in crate::behaviour) struct Memory {
    pub units: Vec<()>,
    pub bools: Vec<bool>,
    pub ints: Vec<i64>,
    pub floats: Vec<f64>,
    pub texts: Vec<ImmutableString>,
    pub lists: Vec<List>,
    pub streams: Vec<Stream>,
    pub mes: Vec<Me>,
    pub todays: Vec<Today>,
    pub sessions: Vec<Session>,
    pub jobs: Vec<Job>,
    pub denials: Vec<Refused>,
    pub anys: Vec<Dynamic>,
}

/// How many variables of each type there are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes(pub [usize; 13]);

impl Sizes {
    pub fn one_more(&mut self, of: Type) -> usize {
        let size = &mut self.0[Sizes::place(of)];
        *size += 1;
        *size - 1
    }

    fn place(of: Type) -> usize {
        match of {
            Type::Never | Type::Unit => 0,
            Type::Bool => 1,
            Type::Int => 2,
            Type::Float => 3,
            Type::Text => 4,
            Type::List(_) => 5,
            Type::Stream => 6,
            Type::Me => 7,
            Type::Today => 8,
            Type::Session => 9,
            Type::Job => 10,
            Type::Denial => 11,
            Type::Any => 12,
        }
    }
}

impl Memory {
    /// Makes room for so many variables.
    pub(super) fn grow(&mut self, sizes: Sizes) {
        fn to<T>(list: &mut Vec<T>, size: usize, value: impl Fn() -> T) {
            list.resize_with(list.len().max(size), value);
        }
        let [units, bools, ints, floats, texts, lists, streams, mes, todays, sessions, jobs, denials, anys] = sizes.0;
        to(&mut self.units, units, || ());
        to(&mut self.bools, bools, || false);
        to(&mut self.ints, ints, || 0);
        to(&mut self.floats, floats, || 0.0);
        to(&mut self.texts, texts, ImmutableString::default);
        to(&mut self.lists, lists, || List(Rc::default()));
        to(&mut self.streams, streams, Stream::unused);
        to(&mut self.mes, mes, || Me);
        to(&mut self.todays, todays, || Today);
        to(&mut self.sessions, sessions, Default::default);
        to(&mut self.jobs, jobs, Default::default);
        to(&mut self.denials, denials, || Refused);
        to(&mut self.anys, anys, || Dynamic::UNIT);
    }
}

impl<'a> Machine<'a> {
    pub fn new(desk: &'a mut Box<Desk>, memory: &'a mut Memory, fuel: i64) -> Self {
        Machine { desk, memory, fuel, leave: Leave::Trap }
    }

    #[cold]
    pub fn trap(&mut self) -> Stop {
        self.leave = Leave::Trap;
        Stop
    }

    pub(super) fn returned(&self) -> bool {
        self.leave == Leave::Return
    }

    pub(super) fn leaves(&mut self, how: Leave) -> Stop {
        self.leave = how;
        Stop
    }

    /// Takes steps off.
    #[inline(always)]
    pub(super) fn burn(&mut self, steps: i64) -> Result<(), Stop> {
        self.fuel -= steps;
        if self.fuel < 0 { Err(self.trap()) } else { Ok(()) }
    }
}
