//! What single cells say.

use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::tokens::Tokens;
use crate::usage_report::Access;

/// A column's name without what differs between the generations: `Day used` and `day_used` are the same.
pub(super) fn plain(name: &str) -> String {
    name.trim().replace(['_', '-'], " ").to_lowercase()
}

/// A cell that names something; empty where it is hidden behind asterisks.
pub(super) fn shown(cell: &str) -> &str {
    let cell = cell.trim();
    if cell.bytes().all(|byte| byte == b'*') { "" } else { cell }
}

/// A day: a date, with or without the midnight at which it begins.
pub(super) fn day(name: &str, cell: &str) -> Result<Day, Diagnostic> {
    let date = cell.get(..10).and_then(Day::parse);
    let midnight = ["", " 00:00", " 00:00:00", "T00:00:00", "T00:00:00Z", "T00:00:00.000Z", " 00:00:00 UTC"];
    date.filter(|_| midnight.contains(&&cell[10..])).ok_or_else(|| {
        Diagnostic::new(format!("`{cell}` in column `{name}` isn't a day"))
            .expected("expected a date such as 2027-03-01, or 2027-03-01 00:00")
    })
}

/// A number of days; 0 where the cell is empty.
pub(super) fn days(name: &str, cell: &str) -> Result<u64, Diagnostic> {
    if cell.is_empty() {
        return Ok(0);
    }
    let days = amount(cell).filter(|days| days.millionths() >= 0 && days.millionths() % 1_000_000 == 0);
    days.map(|days| (days.millionths() / 1_000_000) as u64).ok_or_else(|| {
        Diagnostic::new(format!("`{cell}` in column `{name}` isn't a number of days"))
            .expected("expected a whole number such as 12")
    })
}

/// Tokens, negative where they are given back; none where the cell is empty.
pub(super) fn tokens(name: &str, cell: &str) -> Result<Tokens, Diagnostic> {
    if cell.is_empty() {
        return Ok(Tokens::ZERO);
    }
    amount(cell).ok_or_else(|| {
        Diagnostic::new(format!("`{cell}` in column `{name}` isn't a number of tokens"))
            .expected("expected a decimal with at most six decimals, such as 7, 0.5 or 1,250")
    })
}

/// How it was used, by the vendor's words or those of a record; with Flex where nothing is said.
pub(super) fn access(cell: &str) -> Access {
    let words = cell.to_lowercase();
    match () {
        () if words.is_empty() || words.contains("flex") || words.contains("token") => Access::Flex,
        () if words.contains("trial") => Access::Trial,
        () if words.contains("free") => Access::Free,
        () => Access::Subscription,
    }
}

/// A decimal, perhaps negative, perhaps with commas between thousands.
fn amount(cell: &str) -> Option<Tokens> {
    let (taken, number) = cell.strip_prefix('-').map_or((false, cell), |number| (true, number));
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let apart =
        groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3);
    if whole.contains(',') && !apart {
        return None;
    }
    let amount = Tokens::parse(&format!("{}{}", whole.replace(',', ""), &number[whole.len()..]))?;
    Some(if taken { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates_and_nothing_less_sure() {
        for cell in ["2027-03-01", "2027-03-01 00:00", "2027-03-01 00:00:00", "2027-03-01T00:00:00Z"] {
            assert_eq!(day("Day used", cell).unwrap().to_string(), "2027-03-01", "{cell}");
        }
        for cell in ["", "01/03/2027", "2027-02-29", "2027-03-01 09:00", "46000", "2027-03-01x", "é027-03-01"] {
            assert!(day("Day used", cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn amounts_may_have_their_thousands_apart() {
        let read = |cell| tokens("tokens_used", cell).ok().map(|tokens| tokens.to_string());
        for (cell, amount) in
            [("", "0"), ("7", "7"), ("0.50", "0.5"), ("1,250", "1250"), ("12,345,678.5", "12345678.5"), ("-3", "-3")]
        {
            assert_eq!(read(cell).as_deref(), Some(amount), "{cell}");
        }
        for cell in ["1,25", ",250", "1234,567", "1,250,", "7 tokens", "1e3", "--3", "0,5", "n/a", "1.2,3"] {
            assert_eq!(read(cell), None, "{cell}");
        }
        assert_eq!((days("days_used", "12").ok(), days("days_used", "1.5").ok()), (Some(12), None));
    }

    #[test]
    fn names_behind_asterisks_are_none() {
        assert_eq!(["*****", " ann ", "", "a*"].map(shown), ["", "ann", "", "a*"]);
    }

    #[test]
    fn access_is_told_in_many_words() {
        use Access::*;
        for (cell, is) in [
            ("", Flex),
            ("Flex", Flex),
            ("Autodesk Flex tokens", Flex),
            ("Subscription", Subscription),
            ("Single-user", Subscription),
            ("Trial", Trial),
            ("free", Free),
        ] {
            assert_eq!(access(cell), is, "{cell}");
        }
    }
}
