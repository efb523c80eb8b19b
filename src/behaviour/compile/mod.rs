//! Scripts as trees of Rust closures.
//!
//! Rhai's parser gives the syntax tree. The part of the language in which every value's type can be seen beforehand becomes closures,
//! one for each node, with the group's parameters built in; a function beyond that part stays with Rhai's engine, and a note
//! says what kept it there and where.
//!
//! What scripts mean stays Rhai's own, because compiled code never decides what is wrong: where the engine would raise an error, or
//! might (an overflow, a limit come near), it stops without a word, and the whole call is made again by the engine. So compiled code
//! needs no messages, places or exact limits; it only must never go on where the engine would not. Random draws hang on names,
//! not on what was drawn before, so the second run draws the same.

mod calls;
mod chains;
mod compiler;
mod given;
mod item;
mod loops;
mod machine;
mod operators;
mod program;
mod statements;
mod states;
mod switch;
mod value;

pub(super) use given::Given;
pub(super) use item::{Item, List};
pub(super) use machine::{Machine, Stop};
pub(super) use program::{Compiled, Fallback, Hook, Program, compile};
pub(super) use states::State;
pub(super) use value::{Code, Eval, Memory, Type, Value};
