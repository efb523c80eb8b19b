//! Exact tokens: fixed-point integers in millionths (rules.md P9), never floating point.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount of tokens, counted in millionths; signed, so that a ledger can show what is taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens(i64);

const PER_TOKEN: i64 = 1_000_000;

impl Tokens {
    /// No tokens.
    pub const ZERO: Tokens = Tokens(0);
    /// The largest amount a scenario may name, and the most that its packs may hold together: a million million tokens.
    /// So sums don't overflow; where one would, arithmetic panics rather than wraps.
    pub const LARGEST: Tokens = Tokens(1_000_000_000_000 * PER_TOKEN);

    /// A whole number of tokens.
    pub const fn whole(tokens: i64) -> Self {
        Tokens(tokens * PER_TOKEN)
    }

    /// An amount given in millionths of a token.
    pub const fn from_millionths(millionths: i64) -> Self {
        Tokens(millionths)
    }

    /// The amount in millionths of a token.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Whether there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// A rate times a quantity (rules.md X4), exactly; `None` where it is finer than a millionth or beyond [`Tokens::LARGEST`].
    pub fn times(self, quantity: Tokens) -> Option<Tokens> {
        let product = i128::from(self.0) * i128::from(quantity.0);
        let amount = i64::try_from(product / i128::from(PER_TOKEN)).ok()?;
        (product % i128::from(PER_TOKEN) == 0 && amount <= Tokens::LARGEST.0).then_some(Tokens(amount))
    }

    /// Reads a plain decimal such as `7`, `0.5` or `0.000004`: not negative, at most six decimals, at most
    /// [`Tokens::LARGEST`]. Anything else is `None`.
    pub fn parse(text: &str) -> Option<Tokens> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || text.ends_with('.') {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 6 {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
        let amount = Tokens(whole.checked_mul(PER_TOKEN)?.checked_add(fraction)?);
        (amount <= Tokens::LARGEST).then_some(amount)
    }
}

/// Decimal, without trailing zeros: `7`, `0.5`, `-3.25`.
impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let (whole, fraction) = (magnitude / PER_TOKEN as u64, magnitude % PER_TOKEN as u64);
        if fraction == 0 {
            return f.pad(&format!("{sign}{whole}"));
        }
        let fraction = format!("{fraction:06}");
        f.pad(&format!("{sign}{whole}.{}", fraction.trim_end_matches('0')))
    }
}

impl Add for Tokens {
    type Output = Tokens;
    fn add(self, other: Tokens) -> Tokens {
        Tokens(self.0 + other.0)
    }
}

impl Sub for Tokens {
    type Output = Tokens;
    fn sub(self, other: Tokens) -> Tokens {
        Tokens(self.0 - other.0)
    }
}

impl Neg for Tokens {
    type Output = Tokens;
    fn neg(self) -> Tokens {
        Tokens(-self.0)
    }
}

impl AddAssign for Tokens {
    fn add_assign(&mut self, other: Tokens) {
        self.0 += other.0;
    }
}

impl SubAssign for Tokens {
    fn sub_assign(&mut self, other: Tokens) {
        self.0 -= other.0;
    }
}

impl Sum for Tokens {
    fn sum<I: Iterator<Item = Tokens>>(amounts: I) -> Tokens {
        amounts.fold(Tokens::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_read_and_write_plain_decimals() {
        for (text, millionths, shown) in [
            ("7", 7_000_000, "7"),
            ("0.5", 500_000, "0.5"),
            ("0.000004", 4, "0.000004"),
            ("10.250000", 10_250_000, "10.25"),
            ("0", 0, "0"),
            ("1000000000000", 1_000_000_000_000_000_000, "1000000000000"),
        ] {
            let tokens = Tokens::parse(text).unwrap();
            assert_eq!((tokens.millionths(), tokens.to_string().as_str()), (millionths, shown));
        }
        for text in
            ["", ".", "7.", ".5", "-1", "1e3", "0.0000001", "1000000000001", "99999999999999999999", "+1", "1_0"]
        {
            assert_eq!(Tokens::parse(text), None, "{text}");
        }
        assert_eq!((-Tokens::from_millionths(3_250_000)).to_string(), "-3.25");
    }

    #[test]
    fn a_rate_times_a_quantity_is_exact_or_nothing() {
        for (rate, quantity, product) in [
            ("0.5", "3", Some("1.5")),
            ("0.000004", "0.25", Some("0.000001")),
            ("0.000004", "0.1", None),
            ("0.333333", "3", Some("0.999999")),
            ("0", "0.000001", Some("0")),
            ("1000000", "1000000", Some("1000000000000")),
            ("1000000", "1000000.000001", None),
            ("1000000000000", "1000000000000", None),
        ] {
            let [rate, quantity] = [rate, quantity].map(|text| Tokens::parse(text).unwrap());
            assert_eq!(rate.times(quantity), product.and_then(Tokens::parse), "{rate} × {quantity}");
        }
    }
}
