//! What compiled code runs in.

use super::value::Memory;
use crate::behaviour::draft::Desk;

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
