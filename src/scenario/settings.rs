//! The period, the calendars, the rules and the forecast's settings.

use super::decode::{At, Entries, Errors};
use super::model::{ForecastSettings, ReportSettings};
use super::spec::{CalendarSpec, DaySpanSpec, ForecastSpec, RulesSpec, ScenarioSpec};
use super::unions::DaysOff;
use crate::calendar::{Calendar, Day, Zone};
use crate::diagnostic::Diagnostic;
use crate::meter::Rules;
use crate::time::{Instant, Span};

/// When and where a scenario plays, as far as it could be read.
pub struct Period {
    /// The scenario's zone.
    pub zone: Zone,
    /// The first day.
    pub first_day: Option<Day>,
    /// The last day.
    pub last_day: Option<Day>,
}

impl Period {
    /// Reads the period.
    pub fn of(spec: &ScenarioSpec, errors: &mut Errors) -> Self {
        let (first, last) = (spec.start.get().copied(), spec.end.given());
        if let (Some(first), Some(last)) = (first, last)
            && last.value < first
        {
            let error = Diagnostic::new("the end is before the start").at(&last.place);
            errors.push(error.expected(format!("expected not before `start`, {first}")));
        }
        let zone = spec.zone.get().copied().unwrap_or(Zone::UTC);
        Period { zone, first_day: first, last_day: last.map(|last| last.value) }
    }

    /// 00:00 of the first day.
    pub fn start(&self) -> Option<Instant> {
        self.first_day.map(|day| self.zone.start_of(day))
    }
}

/// The name that people's calendar has where they name none.
const DEFAULT: &str = "default";

/// The calendars as meant, after the default one.
pub fn calendars(specs: &Entries<CalendarSpec>, errors: &mut Errors) -> Vec<Calendar> {
    let mut calendars = vec![Calendar::default()];
    for (name, spec) in &specs.0 {
        if name.value == DEFAULT {
            let error = Diagnostic::new("a calendar can't be called `default`").at(&name.place);
            errors.push(error.expected("people who name no calendar have that one").help("give it another name"));
        }
        calendars.push(calendar(&name.value, &spec.value, errors));
    }
    calendars
}

fn calendar(name: &str, spec: &CalendarSpec, errors: &mut Errors) -> Calendar {
    let mut weekend = Calendar::default().weekend;
    if let Some(days) = spec.weekend.get() {
        weekend = [false; 7];
        days.iter().for_each(|day| weekend[*day as usize] = true);
    }
    let mut days_off = Vec::new();
    for off in spec.days_off.get().into_iter().flatten() {
        match &off.value {
            DaysOff::Day(day) => days_off.push(*day),
            DaysOff::Span(span) => days_off.extend(days_of(span, errors)),
        }
    }
    days_off.sort_unstable();
    days_off.dedup();
    Calendar { name: name.to_owned(), weekend, days_off }
}

/// The days of a span: at most a year of them, so that a slip can't fill the memory.
fn days_of(span: &DaySpanSpec, errors: &mut Errors) -> Vec<Day> {
    let (Some(from), Some(until)) = (span.from.get(), span.until.given()) else { return Vec::new() };
    let days = until.value.number() - from.number();
    if !(0..=366).contains(&days) {
        let message = if days < 0 { "a span that ends before it begins" } else { "a span of more than a year off" };
        let error = Diagnostic::new(message).at(&until.place);
        errors.push(error.expected(format!("expected from {from} to a year later")));
        return Vec::new();
    }
    (0..=days).map(|day| from.plus(day)).collect()
}

/// The settings of the meter.
pub fn rules(spec: &RulesSpec, errors: &mut Errors) -> Rules {
    let rules = Rules::default();
    if let Some(grace) = spec.grace.given().filter(|grace| grace.value >= Span::DAY) {
        let error = Diagnostic::new("a grace as long as a window").at(&grace.place);
        errors.push(error.expected("expected less than 24h").help("the vendor's grace is `5m`"));
    }
    Rules {
        grace: spec.grace.get().copied().unwrap_or(rules.grace),
        renewal_shortfall: spec.renewal_shortfall.get().copied().unwrap_or_default(),
        second_device: spec.second_device.get().copied().unwrap_or_default(),
        team_choice: spec.team_choice.get().copied().unwrap_or_default(),
        lapse_while_open: spec.lapse_while_open.get().copied().unwrap_or_default(),
    }
}

/// How reports count.
pub fn reports(spec: &RulesSpec) -> ReportSettings {
    ReportSettings {
        short_starts: spec.short_starts.get().copied().unwrap_or_default(),
        ranges: spec.ranges.get().copied().unwrap_or_default(),
    }
}

/// The outcome of each replication is kept until all are there.
pub const MOST_REPLICATIONS: u32 = 1_000_000;

/// How a forecast is run.
pub fn forecast(spec: Option<&At<ForecastSpec>>, errors: &mut Errors) -> ForecastSettings {
    let mut settings = ForecastSettings::default();
    if let Some(At { value: spec, .. }) = spec {
        if let (Some(_), Some(precision)) = (spec.replications.given(), spec.precision.given()) {
            let error = Diagnostic::new("both `replications` and `precision`").at(&precision.place);
            let help = "`replications` fixes how many there are; `precision` has as many as it takes";
            errors.push(error.expected("expected one of the two").help(help));
        }
        if let Some(many) = spec.replications.given().filter(|count| count.value.get() > MOST_REPLICATIONS) {
            errors
                .push(Diagnostic::new("too many replications").at(&many.place).expected("expected at most a million"));
        }
        let precision = spec.precision.get().map(|precision| precision.0);
        settings.precision = precision.or(settings.precision).filter(|_| spec.replications.given().is_none());
        settings.replications = spec.replications.get().map_or(settings.replications, |count| count.get());
        settings.seed = spec.seed.get().copied().unwrap_or(settings.seed);
        settings.service_level = spec.service_level.get().map_or(settings.service_level, |share| share.0);
    }
    settings
}
