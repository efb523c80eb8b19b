//! Numbers as people read them.

use crate::tokens::Tokens;

/// Tokens or counts: whole, with thousands apart; one decimal under ten.
pub fn tokens(number: f64) -> String {
    if number.abs() < 10.0 && (number * 10.0).round() % 10.0 != 0.0 {
        format!("{number:.1}")
    } else {
        thousands(number)
    }
}

/// Tokens, exactly, with thousands apart.
pub fn exact(tokens: Tokens) -> String {
    let text = tokens.to_string();
    let (whole, fraction) = text.split_once('.').map_or((&*text, ""), |(whole, fraction)| (whole, fraction));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", apart(whole))
}

/// A count with its noun: `1 pack`, `2,000 packs`.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count as f64), if count == 1 { "" } else { "s" })
}

/// A share as a percentage; one decimal where it isn't whole.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let rounded = (percent * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0} %") } else { format!("{rounded:.1} %") }
}

/// Money, without cents.
pub fn money(amount: f64, currency: &str) -> String {
    format!("{} {currency}", thousands(amount))
}

fn thousands(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let text = apart(&digits);
    if number < 0.0 && digits != "0" { format!("-{text}") } else { text }
}

fn apart(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_at_a_glance() {
        let shown = [0.0, 0.04, 7.0, 9.5, 12.6, 999.6, 1234567.0, -1234.0].map(tokens);
        assert_eq!(shown, ["0", "0", "7", "9.5", "13", "1,000", "1,234,567", "-1,234"]);
        let exact_ones =
            [0, 500_000, 7_000_000, 1_234_567_250_000, -1_000_000_000].map(Tokens::from_millionths).map(exact);
        assert_eq!(exact_ones, ["0", "0.5", "7", "1,234,567.25", "-1,000"]);
        assert_eq!([counted(1, "pack"), counted(2000, "pack")], ["1 pack", "2,000 packs"]);
        assert_eq!([0.0, 0.385, 0.5, 1.0].map(percent), ["0 %", "38.5 %", "50 %", "100 %"]);
    }
}
