//! Distributions of uncertain parameters, as the kind of the parameter has them.

use super::kinds::{Kind, Value};
use super::normal;
use crate::diagnostic::Diagnostic;
use crate::scenario::{Distribution, Placed, Shape};

/// A distribution with its numbers read: times and durations in seconds, dates as day numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spread {
    /// From the first to the last, as likely everywhere or with a top between.
    Between(f64, Option<f64>, f64),
    /// Normal, cut off.
    Normal { mean: f64, sd: f64, from: f64, to: f64 },
    /// Values, each up to its share of all draws; only those that may be drawn.
    OneOf(Vec<(Value, f64)>),
}

impl Spread {
    /// Reads a distribution for a parameter of a kind; `check` says what else is asked of a value.
    pub fn read(
        distribution: &Distribution,
        kind: Kind,
        check: &dyn Fn(&Value) -> Result<(), Diagnostic>,
    ) -> Result<Spread, Diagnostic> {
        let value = |written: &Placed| -> Result<Value, Diagnostic> {
            let read = kind.read(&written.value).and_then(|value| check(&value).map(|()| value));
            read.map_err(|problem| placed(problem, written, kind))
        };
        let number = |written: &Placed| value(written).and_then(|value| number(&value, kind, written));
        match &distribution.shape {
            Shape::Between { from, to, likely } => {
                let (low, high) = (number(from)?, number(to)?);
                let top = likely.as_ref().map(number).transpose()?;
                ordered(low, high, to, "`to` is less than `from`")?;
                if let (Some(top), Some(likely)) = (top, likely) {
                    ordered(low, top, likely, "`likely` is less than `from`")?;
                    ordered(top, high, likely, "`likely` is more than `to`")?;
                }
                Ok(Spread::Between(low, top, high))
            }
            Shape::Normal { mean, sd, from, to } => {
                let (least, most) = bounds(kind);
                let low = from.as_ref().map_or(Ok(least), number)?;
                let high = to.as_ref().map_or(Ok(most), number)?;
                let (mean_number, sd) = (mean_of(mean, kind)?, deviation(sd, kind)?);
                ordered(low, mean_number, mean, "`mean` is too small")?;
                ordered(mean_number, high, mean, "`mean` is too large")?;
                Ok(Spread::Normal { mean: mean_number, sd, from: low, to: high })
            }
            Shape::OneOf { values, weights } => {
                let values = values.iter().map(value).collect::<Result<Vec<_>, _>>()?;
                let (total, mut reached) = (weights.iter().sum::<f64>(), 0.0);
                let shares = values.into_iter().zip(weights).filter(|(_, weight)| **weight > 0.0);
                let shares = shares.map(|(value, weight)| {
                    reached += weight / total;
                    (value, reached)
                });
                Ok(Spread::OneOf(shares.collect()))
            }
        }
    }

    /// The value at a share of the distribution, from 0 to 1.
    pub fn at(&self, kind: Kind, share: f64) -> Value {
        // A whole number stands for what lies half a step around it, so that both ends are as likely as those between.
        let half = grain(kind) / 2.0;
        let (drawn, from, to) = match self {
            Spread::Between(from, None, to) => (from - half + share * (to - from + 2.0 * half), *from, *to),
            Spread::Between(from, Some(top), to) => (triangle(from - half, *top, to + half, share), *from, *to),
            Spread::Normal { mean, sd, from, to } => (cut_off(*mean, *sd, from - half, to + half, share), *from, *to),
            Spread::OneOf(values) => {
                let drawn = values.iter().find(|(_, until)| share < *until).or(values.last());
                return drawn.expect("a value can be drawn").0.clone();
            }
        };
        value_of(kind, drawn.clamp(from, to))
    }

    /// The only value, where there is no more than one.
    pub fn only(&self, kind: Kind) -> Option<Value> {
        let certain = match self {
            Spread::Between(from, _, to) => from == to,
            Spread::Normal { sd, from, to, .. } => *sd == 0.0 || from == to,
            Spread::OneOf(values) => values.iter().all(|(value, _)| *value == values[0].0),
        };
        certain.then(|| self.at(kind, 0.5))
    }

    /// In words: `0.02 to 0.1`.
    pub fn words(&self, kind: Kind) -> String {
        let shown = |number: f64| kind.written(&value_of(kind, number));
        match self {
            Spread::Between(from, None, to) => format!("{} to {}", shown(*from), shown(*to)),
            Spread::Between(from, Some(top), to) => {
                format!("{} to {}, likeliest {}", shown(*from), shown(*to), shown(*top))
            }
            Spread::Normal { .. } => {
                let [low, middle, high] = [0.05, 0.5, 0.95].map(|share| kind.written(&rounded(self.at(kind, share))));
                format!("about {middle}, mostly {low} to {high}")
            }
            Spread::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|(value, _)| kind.written(value)).collect();
                format!("one of {}", values.join(", "))
            }
        }
    }
}

/// To four digits, for words.
pub(super) fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(format!("{number:.3e}").parse().unwrap_or(number)),
        other => other,
    }
}

/// A number of a kind, whole where the kind is.
fn value_of(kind: Kind, number: f64) -> Value {
    match grain(kind) {
        0.0 => Value::Number(number),
        grain => Value::Integer(((number / grain).round() * grain) as i64),
    }
}

/// How far a value of a kind is from the next: a time is written to the minute. 0 where nothing lies between two.
pub(super) fn grain(kind: Kind) -> f64 {
    match kind {
        Kind::Count | Kind::Duration | Kind::Date => 1.0,
        Kind::Time => 60.0,
        _ => 0.0,
    }
}

/// Between which numbers values of a kind lie.
pub(super) fn bounds(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Chance => (0.0, 1.0),
        Kind::Count | Kind::Duration => (0.0, f64::INFINITY),
        Kind::Time => (0.0, 86_400.0),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

fn placed(problem: Diagnostic, written: &Placed, kind: Kind) -> Diagnostic {
    let expected = problem.expected.clone().unwrap_or_else(|| kind.expects().to_owned());
    problem.at(&written.place).expected(expected)
}

fn number(value: &Value, kind: Kind, written: &Placed) -> Result<f64, Diagnostic> {
    match value {
        Value::Integer(number) => Ok(*number as f64),
        Value::Number(number) => Ok(*number),
        _ => {
            let problem = Diagnostic::new(format!("no range lies between values such as {}", kind.expects()));
            Err(problem.at(&written.place).expected("`{one_of: [..]}` lists the possible values"))
        }
    }
}

/// The mean: of a count it may have a fraction.
fn mean_of(written: &Placed, kind: Kind) -> Result<f64, Diagnostic> {
    let mean_kind = if kind == Kind::Count { Kind::Number } else { kind };
    let value = mean_kind.read(&written.value).map_err(|problem| placed(problem, written, mean_kind))?;
    number(&value, kind, written)
}

/// The standard deviation: of a time or a duration in seconds, of a date in days.
fn deviation(written: &Placed, kind: Kind) -> Result<f64, Diagnostic> {
    let (sd_kind, unit) = match kind {
        Kind::Time | Kind::Duration => (Kind::Duration, 1.0),
        Kind::Date => (Kind::Duration, 86_400.0),
        _ => (Kind::Number, 1.0),
    };
    let value = sd_kind.read(&written.value).map_err(|problem| placed(problem, written, sd_kind))?;
    let sd = number(&value, kind, written)? / unit;
    if sd < 0.0 {
        return Err(Diagnostic::new("`sd` is less than 0")
            .at(&written.place)
            .expected("a standard deviation, 0 or more"));
    }
    Ok(sd)
}

fn ordered(low: f64, high: f64, written: &Placed, wrong: &str) -> Result<(), Diagnostic> {
    if low <= high {
        return Ok(());
    }
    Err(Diagnostic::new(wrong).at(&written.place).expected("`likely` or `mean` lies between `from` and `to`"))
}

/// The inverse of a triangle's distribution function.
fn triangle(from: f64, top: f64, to: f64, share: f64) -> f64 {
    let (rise, whole) = (top - from, to - from);
    if share * whole < rise {
        from + (share * whole * rise).sqrt()
    } else {
        to - ((1.0 - share) * whole * (to - top)).sqrt()
    }
}

/// The inverse of a cut-off normal distribution's function. The cuts lie on either side of the mean.
fn cut_off(mean: f64, sd: f64, from: f64, to: f64, share: f64) -> f64 {
    if sd == 0.0 {
        return mean;
    }
    let under = |number: f64| libm::erfc((mean - number) / sd / std::f64::consts::SQRT_2) / 2.0;
    let (low, high) = (under(from), under(to));
    let at = low + share * (high - low);
    if at <= 0.0 {
        from
    } else if at >= 1.0 {
        to
    } else {
        mean + sd * normal::quantile(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares in even steps, as dense as any draw needs.
    fn shares() -> impl Iterator<Item = f64> {
        (0..20_000).map(|step| (f64::from(step) + 0.5) / 20_000.0)
    }

    fn drawn(spread: &Spread, kind: Kind) -> Vec<f64> {
        let number = |value| match value {
            Value::Integer(number) => number as f64,
            Value::Number(number) => number,
            _ => panic!("no number"),
        };
        shares().map(|share| number(spread.at(kind, share))).collect()
    }

    fn mean_and_sd(values: &[f64]) -> (f64, f64) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        (mean, (square / values.len() as f64).sqrt())
    }

    #[test]
    fn every_distribution_has_its_moments_and_stays_within_its_ends() {
        let infinite = f64::INFINITY;
        let normal = |mean, sd, from, to| Spread::Normal { mean, sd, from, to };
        for (kind, spread, (mean, sd), (low, high)) in [
            // (b - a)^2 / 12.
            (Kind::Chance, Spread::Between(0.2, None, 0.8), (0.5, 0.6 / 12f64.sqrt()), (0.2, 0.8)),
            // (a² + b² + c² - ab - ac - bc) / 18.
            (Kind::Number, Spread::Between(0.0, Some(3.0), 6.0), (3.0, 1.5f64.sqrt()), (0.0, 6.0)),
            (Kind::Number, Spread::Between(0.0, Some(0.0), 6.0), (2.0, 2f64.sqrt()), (0.0, 6.0)),
            (Kind::Number, normal(5.0, 2.0, -infinite, infinite), (5.0, 2.0), (-5.0, 15.0)),
            // Half of a normal distribution: its mean is sd · √(2/π), its variance sd² · (1 - 2/π).
            (Kind::Number, normal(0.0, 1.0, 0.0, infinite), (0.797_884_6, 0.602_810_3), (0.0, 5.0)),
            // A dice: 35/12.
            (Kind::Count, Spread::Between(1.0, None, 6.0), (3.5, (35.0f64 / 12.0).sqrt()), (1.0, 6.0)),
            (
                Kind::Time,
                Spread::Between(28_800.0, None, 32_400.0),
                (30_600.0, 60.0 * 310f64.sqrt()),
                (28_800.0, 32_400.0),
            ),
        ] {
            let drawn = drawn(&spread, kind);
            let (seen_mean, seen_sd) = mean_and_sd(&drawn);
            let near = |seen: f64, known: f64| (seen - known).abs() < 0.002 * (1.0 + known);
            assert!(near(seen_mean, mean) && near(seen_sd, sd), "{spread:?}: {seen_mean} {seen_sd}");
            assert!(drawn.is_sorted() && drawn[0] >= low && drawn[drawn.len() - 1] <= high, "{spread:?}");
        }
    }

    #[test]
    fn whole_numbers_are_alike_and_weights_are_kept() {
        let dice = drawn(&Spread::Between(1.0, None, 6.0), Kind::Count);
        for face in 1..=6 {
            let seen = dice.iter().filter(|drawn| **drawn == f64::from(face)).count();
            assert!((3_333..=3_334).contains(&seen), "{face}: {seen}");
        }
        let times = drawn(&Spread::Between(28_800.0, None, 32_400.0), Kind::Time);
        assert!(times.iter().all(|time| time % 60.0 == 0.0));
        let text = |text: &str| Value::Text(text.into());
        let choice = Spread::OneOf(vec![(text("Revit"), 0.75), (text("Maya"), 1.0)]);
        let revit = shares().filter(|share| choice.at(Kind::Product, *share) == text("Revit")).count();
        assert_eq!((revit, choice.only(Kind::Product)), (15_000, None));
    }

    #[test]
    fn where_only_one_value_is_left_nothing_is_uncertain() {
        for (spread, kind, value) in [
            (Spread::Between(0.3, None, 0.3), Kind::Chance, Value::Number(0.3)),
            (Spread::Between(7.0, Some(7.0), 7.0), Kind::Count, Value::Integer(7)),
            (Spread::Normal { mean: 3_600.0, sd: 0.0, from: 0.0, to: 9e9 }, Kind::Duration, Value::Integer(3_600)),
            (Spread::OneOf(vec![(Value::Bool(true), 1.0)]), Kind::YesNo, Value::Bool(true)),
        ] {
            assert_eq!(spread.only(kind), Some(value), "{spread:?}");
        }
        assert_eq!(Spread::Between(0.3, None, 0.4).only(Kind::Chance), None);
    }
}
