//! What scripted people do, what they may, and what holds them back.

mod both_ways;
mod distributions;
mod examples;
mod library;
mod limits;
mod lists;
mod market;
mod planning;
mod rehearsal;
mod shipped;
mod stage;
mod state;
mod words;
