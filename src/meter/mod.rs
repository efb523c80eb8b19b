//! The rules of Flex: one pure door, `apply`.

mod rules;

pub use rules::{LapseWhileOpen, RenewalShortfall, Rules, SecondDevice, TeamChoice};
