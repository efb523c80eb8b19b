//! `note(text)`: what scripts say into the run's log.

use rhai::ImmutableString;

use super::compile::{Code, Eval, Type, Value};
use super::draft::Desk;
use super::failure::{Outcome, fail};
use super::limits;
use super::natives::{Effects, Natives};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::UserId;

/// What a script noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The local day that it is about.
    pub day: Day,
    /// Whose script it was.
    pub author: Author,
    /// What it said.
    pub text: String,
}

/// Whose script notes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person's.
    User(UserId),
    /// A buyer's, by place in the scenario.
    Buyer(usize),
}

/// What the call at hand has noted.
#[derive(Default)]
pub(super) struct Notes {
    /// Whether anybody will read them; they are counted otherwise too, as what runs must not hang on that.
    pub are_kept: bool,
    count: usize,
    kept: Vec<ImmutableString>,
}

/// Registers `note(text)`.
pub(super) fn register(natives: &mut Natives<'_>) {
    let shared = natives.shared.clone();
    natives.engine.register_fn("note", move |text: ImmutableString| shared.borrow_mut().draft.notes.add(text));
    natives.enter("note", vec![Type::Text], Effects::ACTS, |mut args| {
        let text = args.pop().and_then(ImmutableString::of).expect("the compiler checked the types of the arguments");
        Code::Unit(Eval::run(move |machine| {
            let text = text.get(machine)?;
            machine.desk.draft.notes.add(text).map_err(|_| machine.trap())
        }))
    });
}

impl Notes {
    /// A call begins.
    pub fn begin(&mut self) {
        if self.count > 0 {
            self.count = 0;
            self.kept.clear();
        }
    }

    fn add(&mut self, text: ImmutableString) -> Outcome<()> {
        if text.len() > limits::TEXT {
            let long = Diagnostic::new(format!("a note of {} bytes", text.len()));
            return fail(long.expected(format!("at most {} bytes", limits::TEXT)));
        }
        if self.count == limits::NOTES {
            return fail(Diagnostic::new(format!("more than {} notes on one day", limits::NOTES)));
        }
        self.count += 1;
        if self.are_kept {
            self.kept.push(text);
        }
        Ok(())
    }
}

impl Desk {
    /// Adds what the call at hand has noted.
    #[inline]
    pub fn take_notes(&mut self, author: Author, notes: &mut Vec<Note>) {
        if !self.draft.notes.are_kept {
            return;
        }
        let day = self.draft.day;
        notes.extend(self.draft.notes.kept.drain(..).map(|text| Note { day, author, text: text.into() }));
    }
}
