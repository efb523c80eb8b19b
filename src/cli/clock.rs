use std::sync::Mutex;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::note;
use crate::purchasing::Stage;

/// Tells how far the making of a plan is: a bar on a terminal, and once, where it takes long, for how long.
#[derive(Default)]
pub(super) struct Clock {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    began: Option<Instant>,
    ended: u32,
    expected: u32,
    told: bool,
}

/// Replications after which it is known how long one takes.
const TRIALS: u32 = 8;
/// In seconds: what takes no longer isn't told.
const LONG: f64 = 5.0;

impl Clock {
    /// The work takes so many replications, or more.
    pub(super) fn expect(&self, replications: u32) {
        self.state.lock().expect("no thread panics holding it").expected = replications;
    }

    /// A stage of so many replications begins.
    pub(super) fn begin(&self, stage: Stage, count: u32) {
        let what = match stage {
            Stage::Demand => "simulating the demand".to_owned(),
            Stage::Verification(1) => "verifying the plan".to_owned(),
            Stage::Verification(number) => format!("verifying plan {number}"),
        };
        let style = ProgressStyle::with_template("{msg}: {bar:40} {human_pos} of {human_len} runs, {eta} left");
        let bar = ProgressBar::new(u64::from(count)).with_style(style.expect("a valid template")).with_message(what);
        let mut state = self.state.lock().expect("no thread panics holding it");
        state.bar.replace(bar).inspect(ProgressBar::finish_and_clear);
        state.began.get_or_insert_with(Instant::now);
    }

    /// A replication ends.
    pub(super) fn tick(&self) {
        let mut state = self.state.lock().expect("no thread panics holding it");
        state.ended += 1;
        state.bar.iter().for_each(|bar| bar.inc(1));
        if state.ended >= TRIALS && !state.told {
            state.told = true;
            let spent = state.began.map_or(0.0, |began| began.elapsed().as_secs_f64());
            let whole = spent / f64::from(state.ended) * f64::from(state.expected);
            if whole > LONG {
                let text = format!(
                    "this takes about {}, besides the search for the orders: {} runs to plan with and to verify the plan, and \
                     more where it doesn't hold\n",
                    duration(whole),
                    state.expected
                );
                match &state.bar {
                    Some(bar) => bar.suspend(|| note(&text)),
                    None => note(&text),
                }
            }
        }
    }

    /// All is done.
    pub(super) fn end(&self) {
        let mut state = self.state.lock().expect("no thread panics holding it");
        state.bar.take().inspect(ProgressBar::finish_and_clear);
    }
}

/// `40 seconds`, `3 minutes`.
fn duration(seconds: f64) -> String {
    if seconds < 100.0 { format!("{seconds:.0} seconds") } else { format!("{:.0} minutes", seconds / 60.0) }
}
