//! Numbers as people read them on a picture, and the round values that an axis shows.

/// A power of a thousand with its sign. Below the first limit numbers are written out.
struct Unit {
    from: f64,
    size: f64,
    sign: &'static str,
}

const UNITS: [Unit; 5] = [
    Unit { from: 1e12, size: 1e12, sign: "tn" },
    Unit { from: 1e9, size: 1e9, sign: "bn" },
    Unit { from: 1e6, size: 1e6, sign: "M" },
    Unit { from: 1e4, size: 1e3, sign: "k" },
    Unit { from: 0.0, size: 1.0, sign: "" },
];

fn unit_of(value: f64) -> &'static Unit {
    // What rounds up to a unit is written in it: 999 999 is 1M, not 1000k.
    UNITS.iter().find(|unit| value >= unit.from * 0.9995).unwrap_or(&UNITS[UNITS.len() - 1])
}

/// A quantity in about three digits: `0.5`, `9300`, `12.4k`, `1.2M`.
pub fn short(value: f64) -> String {
    in_unit(value, unit_of(value))
}

fn in_unit(value: f64, unit: &Unit) -> String {
    // Adding 0 takes the sign from -0.
    format!("{}{}", digits(value / unit.size + 0.0), if value == 0.0 { "" } else { unit.sign })
}

fn digits(value: f64) -> String {
    let decimals = match value {
        v if !v.is_finite() => return "–".to_owned(),
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        v if v >= 0.0995 => 2,
        _ => 6,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share as a percentage that never turns a few into none, nor most into all.
pub fn percent(share: f64) -> String {
    // What isn't 0 or 1 only by rounding counts as 0 or 1.
    let percent = match share {
        share if !share.is_finite() => return "–".to_owned(),
        share if share < 1e-9 => 0.0,
        share if share > 1.0 - 1e-9 => 100.0,
        share => share * 100.0,
    };
    if percent > 0.0 && percent < 0.1 {
        return "<0.1 %".to_owned();
    }
    if percent > 99.9 && percent < 100.0 {
        return ">99.9 %".to_owned();
    }
    let decimals = usize::from((percent > 0.0 && percent < 9.95) || (99.0..100.0).contains(&percent));
    let text = format!("{percent:.decimals$}");
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// Round values from 0 to the first at or above `max`, in at most `steps` steps of 1, 2 or 5 times a power of ten.
pub fn ticks(max: f64, steps: u32) -> Vec<f64> {
    let max = if max.is_finite() && max > 0.0 { max } else { 1.0 };
    let step = round_up(max / f64::from(steps));
    let mut ticks = vec![0.0];
    while ticks[ticks.len() - 1] < max * (1.0 - 1e-9) {
        ticks.push(step * ticks.len() as f64);
    }
    ticks
}

/// Round values around 0, from the first at or below `low` to the first at or above `high`, in about `steps` steps.
pub fn ticks_around(low: f64, high: f64, steps: u32) -> Vec<f64> {
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let (low, high) = (finite(low).min(0.0), finite(high).max(0.0));
    let span = if high > low { high - low } else { 1.0 };
    let step = round_up(span / f64::from(steps));
    let below = (-low / step * (1.0 - 1e-9)).ceil() as i32;
    let above = (high / step * (1.0 - 1e-9)).ceil() as i32;
    let (below, above) = if below + above == 0 { (1, 1) } else { (below, above) };
    (-below..=above).map(|place| f64::from(place) * step).collect()
}

fn round_up(value: f64) -> f64 {
    let mut power = 1.0;
    while power > value {
        power /= 10.0;
    }
    while power * 10.0 <= value {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|digit| digit * power).find(|step| *step >= value).unwrap_or(power * 10.0)
}

/// The ticks' labels, all in the unit of the largest.
pub fn labels(ticks: &[f64]) -> Vec<String> {
    let unit = unit_of(ticks.iter().copied().fold(0.0, f64::max));
    ticks.iter().map(|tick| in_unit(*tick, unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (0.000004, "0.000004"),
            (7.25, "7.25"),
            (310.4, "310"),
            (9300.0, "9300"),
            (12_400.0, "12.4k"),
            (999_999.0, "1M"),
            (1_234_567.0, "1.23M"),
            (5e9, "5bn"),
            (1e12, "1tn"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn shares_keep_their_edges() {
        for (share, text) in [
            (0.0, "0 %"),
            (1e-17, "0 %"),
            (0.9999999999999999, "100 %"),
            (0.0004, "<0.1 %"),
            (0.034, "3.4 %"),
            (0.05, "5 %"),
            (0.37, "37 %"),
            (0.997, "99.7 %"),
            (0.9999, ">99.9 %"),
            (1.0, "100 %"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(percent(share), text);
        }
    }

    #[test]
    fn axes_have_round_values_in_one_unit() {
        for (max, steps, expected) in [
            (0.0, 5, "0 0.2 0.4 0.6 0.8 1"),
            (93.0, 5, "0 20 40 60 80 100"),
            (100.0, 5, "0 20 40 60 80 100"),
            (11_500.0, 6, "0 2k 4k 6k 8k 10k 12k"),
            (1_200_000.0, 3, "0 0.5M 1M 1.5M"),
            (0.003, 3, "0 0.001 0.002 0.003"),
            (f64::NAN, 1, "0 1"),
        ] {
            assert_eq!(labels(&ticks(max, steps)).join(" "), expected);
        }
    }

    #[test]
    fn axes_around_nothing_have_it_among_their_values() {
        for (low, high, expected) in [
            (-130.0, 60.0, &[-150.0, -100.0, -50.0, 0.0, 50.0, 100.0][..]),
            (0.0, 5.0, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            (-4.0, 0.0, &[-4.0, -3.0, -2.0, -1.0, 0.0]),
            (0.0, 0.0, &[-0.2, 0.0, 0.2]),
            (f64::NAN, f64::INFINITY, &[-0.2, 0.0, 0.2]),
        ] {
            assert_eq!(ticks_around(low, high, 5), expected);
        }
    }
}
