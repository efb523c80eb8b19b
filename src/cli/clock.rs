use std::sync::Mutex;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::note;

/// Tells how far long work is: a bar on a terminal, and once, where it takes long, for how long. It goes in stages that simulate as many
/// replications each.
pub(super) struct Clock {
    /// How many stages there are, as far as that is known beforehand.
    stages: u32,
    /// What they are, told of the replications of one.
    what: fn(u32) -> String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    began: Option<Instant>,
    ended: u32,
    count: u32,
    told: bool,
}

/// Replications after which it is known how long one takes.
const TRIALS: u32 = 8;
/// In seconds: what takes no longer isn't told.
const LONG: f64 = 5.0;

impl Clock {
    /// For so many stages.
    pub(super) fn new(stages: u32, what: fn(u32) -> String) -> Clock {
        Clock { stages, what, state: Mutex::default() }
    }

    /// A stage of so many replications begins.
    pub(super) fn begin(&self, stage: String, count: u32) {
        let style = ProgressStyle::with_template("{msg}: {bar:40} {human_pos} of {human_len} runs, {eta} left");
        let bar = ProgressBar::new(u64::from(count)).with_style(style.expect("a valid template")).with_message(stage);
        let mut state = self.state.lock().expect("no thread panics holding it");
        state.bar.replace(bar).inspect(ProgressBar::finish_and_clear);
        state.began.get_or_insert_with(Instant::now);
        state.count = count;
    }

    /// A replication ends.
    pub(super) fn tick(&self) {
        let mut state = self.state.lock().expect("no thread panics holding it");
        state.ended += 1;
        state.bar.iter().for_each(|bar| bar.inc(1));
        if state.ended >= TRIALS && !state.told {
            state.told = true;
            let spent = state.began.map_or(0.0, |began| began.elapsed().as_secs_f64());
            if let Some(text) = self.told(spent / f64::from(state.ended), state.count) {
                match &state.bar {
                    Some(bar) => bar.suspend(|| note(&text)),
                    None => note(&text),
                }
            }
        }
    }

    /// What is told of stages of so many replications that take so many seconds each.
    fn told(&self, seconds: f64, count: u32) -> Option<String> {
        let whole = seconds * f64::from(self.stages) * f64::from(count);
        (whole > LONG).then(|| format!("this takes about {}: {}\n", duration(whole), (self.what)(count)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_it_takes_is_told_where_it_is_long() {
        let clock = Clock::new(10, |runs| format!("ten times {runs} runs"));
        assert_eq!(clock.told(0.001, 500), None);
        let told = |seconds| clock.told(seconds, 500).unwrap();
        assert_eq!(told(0.002), "this takes about 10 seconds: ten times 500 runs\n");
        assert_eq!(told(0.05), "this takes about 4 minutes: ten times 500 runs\n");
    }
}
