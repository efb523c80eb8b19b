//! Behaviour scripts in Rhai: what people plan. The only place where random draws happen; it knows nothing of the meter.

mod literals;
pub mod mixing;
mod normal;
mod streams;
