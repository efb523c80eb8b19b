//! Bounds that a figure, or its change, must not cross: `stock_out>1%`, `burn>+5%`, `waste>+500`, `cost>60000`.

use std::fmt;
use std::str::FromStr;

use super::interval::{self, Difference};
use super::model::{Crossing, Measure};
use super::runs::Runs;
use crate::diagnostic::{Diagnostic, nearest};
use crate::forecast::{Figure, wilson};
use crate::tokens::Tokens;

/// A bound: a figure, `>`, `>=`, `<` or `<=`, and a value. A value with a sign is a change against what is compared with, of the
/// figure's own unit or as a share of it; of a chance, both are points.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    written: String,
    /// Which figure.
    pub figure: Figure,
    operator: Operator,
    bound: Bound,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operator {
    AtLeast,
    AtMost,
    More,
    Less,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Value(f64),
    Change(f64),
    /// A share of the base's mean.
    Share(f64),
}

const OPERATORS: [(&str, Operator); 4] =
    [(">=", Operator::AtLeast), ("<=", Operator::AtMost), (">", Operator::More), ("<", Operator::Less)];

/// What another is compared with, and whether in pairs.
pub type Against<'a> = (&'a Runs, bool);

impl Threshold {
    /// Whether it is about a change, which only something that is compared has.
    pub fn is_change(&self) -> bool {
        !matches!(self.bound, Bound::Value(_))
    }

    /// An error where the figure isn't known of what is judged: of money, where no prices are given.
    pub fn check(&self, name: &str, has_prices: bool) -> Result<(), Diagnostic> {
        if !self.figure.is_money() || has_prices {
            return Ok(());
        }
        let unknown = Diagnostic::new(format!("`{self}` can't be judged: {name} has no prices"));
        Err(unknown.help("give `prices` in the scenario, or a bound in tokens"))
    }

    /// What is found where it is crossed. A change needs something to be compared with, and the figure known of both.
    pub fn crossing(&self, name: &str, runs: &Runs, against: Option<Against>) -> Option<Crossing> {
        let own = runs.of(self.figure)?;
        let base = || Some((against?.0.of(self.figure)?, against?.1));
        let unit = self.figure.unit();
        let mean = interval::mean(own);
        // Each is what it comes to, and how far it is beyond the bound.
        let (measure, value, beyond) = match self.bound {
            Bound::Value(bound) => (Measure::Mean, mean / unit, minus(of_value(own, self.figure), bound * unit)),
            Bound::Change(bound) => {
                let (base, paired) = base()?;
                let change = change(own, base, self.figure, paired);
                (Measure::Change, change.change / unit, minus(change, bound * unit))
            }
            Bound::Share(share) => {
                let (base, paired) = base()?;
                let of = interval::mean(base);
                (Measure::ChangeShare, (mean - of) / of, interval::of_means(own, base, 1.0 + share, paired))
            }
        };
        let is_crossed = |value: f64| match self.operator {
            Operator::More => value > 0.0,
            Operator::AtLeast => value >= 0.0,
            Operator::Less => value < 0.0,
            Operator::AtMost => value <= 0.0,
        };
        is_crossed(beyond.change).then(|| Crossing {
            threshold: self.written.clone(),
            name: name.to_owned(),
            figure: self.figure,
            measure,
            value,
            could_be_chance: beyond.interval.map(|(low, high)| !(is_crossed(low) && is_crossed(high))),
        })
    }
}

/// The change of a figure.
pub(super) fn change(own: &[i64], base: &[i64], figure: Figure, paired: bool) -> Difference {
    match figure {
        Figure::StockOut => interval::of_chances(own, base, paired),
        _ => interval::of_means(own, base, 1.0, paired),
    }
}

/// The mean of a figure, as a difference from nothing.
pub(super) fn of_value(own: &[i64], figure: Figure) -> Difference {
    match figure {
        Figure::StockOut => {
            let interval = wilson(own.iter().sum::<i64>() as u32, own.len() as u32);
            Difference { change: interval::mean(own), interval: Some(interval) }
        }
        _ => interval::of_means(own, &vec![0; own.len()], 1.0, true),
    }
}

fn minus(difference: Difference, bound: f64) -> Difference {
    let interval = difference.interval.map(|(low, high)| (low - bound, high - bound));
    Difference { change: difference.change - bound, interval }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let found = written.find(['<', '>']).and_then(|place| {
            let (figure, rest) = written.split_at(place);
            let (sign, operator) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign))?;
            Some((figure.trim(), *operator, rest[sign.len()..].trim()))
        });
        let (figure, operator, value) =
            found.ok_or("expected a figure, > or <, and a value, such as stock_out>1% or burn>+5%")?;
        let figure = Figure::of_word(figure).ok_or_else(|| unknown(figure))?;
        let written = written.to_owned();
        Ok(Threshold { written, figure, operator, bound: bound(figure, value)? })
    }
}

fn unknown(figure: &str) -> String {
    let words = Figure::ALL.map(Figure::word);
    let near = nearest(figure, words).map_or_else(String::new, |near| format!("; did you mean {near}?"));
    format!("unknown figure `{figure}`: expected one of {}{near}", words.join(", "))
}

fn bound(figure: Figure, value: &str) -> Result<Bound, String> {
    let (number, is_percent) = value.strip_suffix('%').map_or((value, false), |number| (number.trim_end(), true));
    let sign = number.chars().next().filter(|sign| ['+', '-'].contains(sign));
    let plain = Tokens::parse(&number[sign.map_or(0, char::len_utf8)..]);
    let plain = plain.ok_or_else(|| format!("`{value}` is no number: expected one such as 500, +500, 1% or +5%"))?;
    let size = plain.millionths() as f64 / if is_percent { 1e8 } else { 1e6 };
    let size = if sign == Some('-') { -size } else { size };
    match (figure, sign, is_percent) {
        (Figure::StockOut, _, _) if !(-1.0..=1.0).contains(&size) => {
            Err(format!("`{value}` is no chance: expected a share such as 1% or 0.01"))
        }
        (Figure::StockOut, _, false) if size.abs() == 1.0 => {
            Err(format!("`{value}` would be every run: write 1% or 100%"))
        }
        (Figure::StockOut, Some(_), _) | (_, Some(_), false) => Ok(Bound::Change(size)),
        (Figure::StockOut, None, _) | (_, None, false) => Ok(Bound::Value(size)),
        (_, Some(_), true) => Ok(Bound::Share(size)),
        (_, None, true) => {
            Err(format!("`{value}` of what? write a change with its sign, such as {}>+{value}", figure.word()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(figure: Figure, numbers: &[i64]) -> Runs {
        let mut runs = Runs::default();
        runs.0[figure as usize] = Some(numbers.to_vec());
        runs
    }

    #[test]
    fn bounds_are_values_changes_or_shares_of_the_base() {
        let tokens = |numbers: [i64; 3]| runs(Figure::Burn, &numbers.map(|number| number * 1_000_000));
        let (own, base) = (tokens([107, 217, 327]), tokens([100, 200, 310]));
        for (written, found) in [
            ("burn>200", Some((217.0, true))),
            ("burn > 217", None),
            ("burn>=217", Some((217.0, true))),
            ("burn<218.5", Some((217.0, true))),
            ("burn<=217", Some((217.0, true))),
            ("burn>+5", Some((13.666_666_7, false))),
            ("burn>+10", Some((13.666_666_7, true))),
            ("burn>+14", None),
            ("burn<-1", None),
            ("burn>+5%", Some((0.067_213_114_75, false))),
            ("burn>+6%", Some((0.067_213_114_75, true))),
            ("burn>+7%", None),
            ("burn>-3%", Some((0.067_213_114_75, false))),
            ("waste>+1", None),
        ] {
            let threshold: Threshold = written.parse().unwrap();
            let crossing = threshold.crossing("it", &own, Some((&base, true)));
            let crossing = crossing.map(|crossing| (crossing.value, crossing.could_be_chance.unwrap()));
            let alike = match (crossing, found) {
                (Some((value, chance)), Some((known, known_chance))) => {
                    (value - known).abs() < 1e-6 && chance == known_chance
                }
                (crossing, found) => crossing.is_none() && found.is_none(),
            };
            assert!(alike, "{written}: {crossing:?}");
            assert!(!threshold.is_change() || threshold.crossing("it", &own, None).is_none(), "{written}");
        }
    }

    #[test]
    fn a_chance_is_bounded_by_points() {
        let of = |ones: usize| runs(Figure::StockOut, &[vec![1; ones], vec![0; 100 - ones]].concat());
        for (written, ones, found) in [
            ("stock_out>1%", 1, None),
            ("stock_out>0.01", 2, Some(true)),
            ("stock_out>1%", 20, Some(false)),
            ("stock_out>+10%", 20, None),
            ("stock_out>+0.1", 60, Some(false)),
            ("stock_out<50%", 20, Some(false)),
        ] {
            let threshold: Threshold = written.parse().unwrap();
            let crossing = threshold.crossing("it", &of(ones), Some((&of(10), true)));
            assert_eq!(crossing.map(|crossing| crossing.could_be_chance.unwrap()), found, "{written} {ones}");
        }
    }

    #[test]
    fn what_is_no_bound_says_how_to_write_one() {
        for (written, said) in [
            ("burn", "expected a figure, > or <, and a value"),
            ("burn=5", "expected a figure"),
            ("brun>5", "did you mean burn?"),
            ("burn>5%", "burn>+5%"),
            ("burn>", "is no number"),
            ("burn>+", "is no number"),
            ("burn>1e3", "is no number"),
            ("burn>5 %%", "is no number"),
            ("stock_out>5", "is no chance"),
            ("stock_out>101%", "is no chance"),
            ("stock_out>1", "would be every run: write 1% or 100%"),
            ("stock_out>+1", "would be every run: write 1% or 100%"),
            (">5", "unknown figure ``"),
        ] {
            let error = written.parse::<Threshold>().unwrap_err();
            assert!(error.contains(said), "{written}: {error}");
        }
    }
}
