//! What options take, so that a mistake in one is told as the command line's.

use crate::calendar::Day;
use crate::scenario::{self, LEAD_TIME, duration};
use crate::time::Span;
use crate::tokens::Tokens;

pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "expected a date such as 2027-03-01".into())
}

pub(super) fn days(text: &str) -> Result<i32, String> {
    const LONGEST: i64 = 3_660;
    let days = duration(text).map(Span::seconds).filter(|seconds| seconds % Span::DAY.seconds() == 0);
    let days = days.map(|seconds| seconds / Span::DAY.seconds()).filter(|days| *days <= LONGEST);
    days.map(|days| days as i32).ok_or_else(|| "expected whole days such as 90d, of ten years at most".into())
}

pub(super) fn lead_time(text: &str) -> Result<i32, String> {
    duration(text).and_then(scenario::lead_time).ok_or_else(|| LEAD_TIME.into())
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    scenario::share(text).ok_or_else(|| "expected a share from 0 to 1, such as 0.2 or 20%".into())
}

pub(super) fn money(text: &str) -> Result<Tokens, String> {
    Tokens::parse(text)
        .ok_or_else(|| "expected a plain decimal such as 3.00; the scenario's `currency` names its unit".into())
}

/// The text as it stands, where it can be read: it is put into the scenario.
pub(super) fn written<T: 'static>(
    read: fn(&str) -> Result<T, String>,
) -> impl Fn(&str) -> Result<String, String> + Clone + Send + Sync + 'static {
    move |text| read(text).map(|_| text.to_owned())
}
