//! Which draws a plan is made with, and which it is judged with: none is used for both, and none is a forecast's.

use crate::behaviour::Lots;
use crate::diagnostic::Diagnostic;
use crate::keys::{mix, name_key};
use crate::simulate::Run;

/// What the draws of some replications hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The seed of every draw.
    pub seed: u64,
    /// How many replications.
    pub replications: u32,
    /// How many run at a time.
    pub threads: usize,
}

const DEMAND: u64 = name_key("flexcast plan: demand");
const VERIFICATION: u64 = name_key("flexcast plan: verification");

impl Draws {
    /// Those that a plan is made with: the seed is mixed with a constant, so that a forecast of the same seed has others.
    pub fn of_demand(self) -> Draws {
        Draws { seed: mix(&[DEMAND, self.seed]), ..self }
    }

    /// Those of one verification: used for nothing else.
    pub fn of_verification(self, round: u32) -> Draws {
        Draws { seed: mix(&[VERIFICATION, self.seed, round.into()]), ..self }
    }
}

impl Draws {
    /// A part of the replications.
    pub(super) fn run(self, first: u32, replications: u32) -> Run {
        Run { first, replications, seed: self.seed, lots: Lots::default(), threads: self.threads }
    }
}

/// Failures that are expected among the replications of a plan: with so many, the share of those that fail is known to a
/// quarter of itself.
const EXPECTED_FAILURES: i64 = 20;
/// The same for a company of many users: what it burns spreads by a smaller share, and each replication takes longer.
const FAILURES_OF_MANY: i64 = 10;
const MANY: usize = 300;
/// With fewer, a level can't be told from the next.
const FEWEST_FAILURES: i64 = 5;
const FEWEST: u32 = 1_000;
const MOST: u32 = 20_000;
const WHOLE: i64 = 1_000_000;

/// How many replications tell whether a service level, in millionths, holds: those that were asked for, or as many as it needs.
pub fn replications(level: i64, asked: Option<u32>, users: usize) -> Result<u32, Diagnostic> {
    if level == 0 {
        return Err(Diagnostic::new("a service level of 0% asks for nothing")
            .expected("the share of the runs in which nobody may be refused, such as 99%"));
    }
    let expected = if users > MANY { FAILURES_OF_MANY } else { EXPECTED_FAILURES };
    let known = asked.unwrap_or_else(|| needed(level, expected).max(FEWEST));
    if let Some(error) = too_few(level, known) {
        return Err(error);
    }
    if known > MOST && asked.is_none() {
        let error = Diagnostic::new(format!("a service level of {} takes more than {MOST} runs", percentage(level)));
        return Err(error.expected(format!("{known} runs, in which {expected} may fail")).help(format!(
            "ask for a lower level, or for a number of runs: --replications {}",
            needed(level, FEWEST_FAILURES)
        )));
    }
    Ok(known)
}

/// Why so many runs can't tell whether a service level, in millionths, holds; `None` where they can.
pub fn too_few(level: i64, runs: u32) -> Option<Diagnostic> {
    if level >= WHOLE {
        let error = Diagnostic::new("no number of runs can tell that nobody is ever refused");
        return Some(error.expected("a service level under 100%, such as 99.9%"));
    }
    let needed = needed(level, FEWEST_FAILURES);
    (runs < needed).then(|| {
        Diagnostic::new(format!("{runs} runs can't tell a service level of {}", percentage(level)))
            .expected(format!("at least {needed} runs: then {FEWEST_FAILURES} of them may fail"))
    })
}

/// The fewest runs of which so many may fail at a level under 1.
fn needed(level: i64, failures: i64) -> u32 {
    let may_fail = (WHOLE - level).max(1);
    u32::try_from((failures * WHOLE + may_fail - 1) / may_fail).unwrap_or(u32::MAX)
}

/// A share in millionths as a percentage: `99.5%`.
pub(super) fn percentage(millionths: i64) -> String {
    let percent = format!("{}.{:04}", millionths / 10_000, millionths % 10_000);
    format!("{}%", percent.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_near_one_takes_more_runs_or_is_refused() {
        let known = |level, asked| replications(level, asked, 40).ok();
        assert_eq!(known(500_000, None), Some(1_000));
        assert_eq!(known(990_000, None), Some(2_000));
        assert_eq!(known(999_000, None), Some(20_000));
        assert_eq!(known(990_000, Some(500)), Some(500));
        assert_eq!(known(990_000, Some(499)), None);
        assert_eq!(known(999_900, None), None);
        assert_eq!(known(999_900, Some(50_000)), Some(50_000));
        assert_eq!(known(999_500, None), None);
        assert_eq!(known(1_000_000, Some(1_000_000)), None);
        assert_eq!(replications(990_000, None, 1_000).ok(), Some(1_000));
        assert_eq!(percentage(999_500), "99.95%");
    }

    #[test]
    fn no_draws_serve_two_ends() {
        let draws = Draws { seed: 42, replications: 10, threads: 1 };
        let seeds = [draws, draws.of_demand(), draws.of_verification(0), draws.of_verification(1)].map(|one| one.seed);
        assert!((0..4).all(|place| !seeds[..place].contains(&seeds[place])), "{seeds:?}");
    }
}
