//! What single fields say.

use super::columns::Column;
use crate::calendar::parse_instant;
use crate::diagnostic::Diagnostic;
use crate::scenario::Platform;
use crate::time::Instant;
use crate::tokens::Tokens;

/// 9999-01-01: from here on an instant means "never".
pub(super) const NEVER: Instant = Instant::from_seconds(253_370_764_800);

/// Products of which, on Linux, only version 2020 and later are supported (rules.md E9).
const LINUX_FROM_2020: [&str; 4] = ["Flame", "Maya", "MotionBuilder", "Mudbox"];

pub(super) fn instant(column: Column, text: &str) -> Result<Instant, Diagnostic> {
    let name = column.name();
    let at = parse_instant(text).ok_or_else(|| {
        Diagnostic::new(format!("`{text}` in column `{name}` isn't an instant"))
            .expected("expected RFC 3339 with an offset, such as 2027-03-01T09:00:00+01:00")
    })?;
    // Some systems write the last day of their calendar for "never", and every window up to then would be charged.
    if at >= NEVER {
        let far = Diagnostic::new(format!("`{text}` in column `{name}` is too far ahead"));
        return Err(far.help("a session that is still open has an empty `closed`"));
    }
    Ok(at)
}

/// An instant, where the field isn't empty.
pub(super) fn optional_instant(column: Column, text: &str) -> Result<Option<Instant>, Diagnostic> {
    if text.is_empty() { Ok(None) } else { instant(column, text).map(Some) }
}

pub(super) fn flag(column: Column, text: &str) -> Result<bool, Diagnostic> {
    match text.to_ascii_lowercase().as_str() {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Diagnostic::new(format!("`{text}` in column `{}` is neither true nor false", column.name()))),
    }
}

/// A quantity of results, where the field isn't empty.
pub(super) fn quantity(column: Column, text: &str) -> Result<Option<Tokens>, Diagnostic> {
    if text.is_empty() {
        return Ok(None);
    }
    let quantity = Tokens::parse(text).filter(|quantity| !quantity.is_zero());
    quantity.map(Some).ok_or_else(|| {
        Diagnostic::new(format!("`{text}` in column `{}` isn't a quantity", column.name()))
            .expected("expected a decimal above 0 with at most six decimals, such as 3 or 0.5")
    })
}

/// Spans without meaningful use (rules.md T7), as they are written.
pub(super) fn idle(text: &str) -> Result<Vec<(Instant, Instant)>, Diagnostic> {
    text.split(';').map(str::trim).filter(|written| !written.is_empty()).map(span).collect()
}

fn span(text: &str) -> Result<(Instant, Instant), Diagnostic> {
    let Some((start, end)) = text.split_once('/') else {
        return Err(Diagnostic::new(format!("`{text}` in column `idle` isn't a span"))
            .expected("expected START/END, several separated by `;`"));
    };
    let (start, end) = (instant(Column::Idle, start.trim())?, instant(Column::Idle, end.trim())?);
    if end < start {
        return Err(Diagnostic::new(format!("the idle span `{text}` ends before it starts")));
    }
    Ok((start, end))
}

/// The platform is one that the product runs on; an empty one isn't known.
pub(super) fn check_platform(product: &str, listed: Option<&[Platform]>, text: &str) -> Result<(), Diagnostic> {
    let Some(listed) = listed.filter(|_| !text.is_empty()) else { return Ok(()) };
    let words = || listed.iter().map(|platform| platform.word());
    if words().any(|word| word.eq_ignore_ascii_case(text)) {
        return Ok(());
    }
    let error = Diagnostic::new(format!("`{product}` doesn't run on `{text}`"));
    Err(error.expected(format!("the scenario lists {}", words().collect::<Vec<_>>().join(", "))))
}

/// Whether Flex supports the version on the platform (E9); a version that doesn't begin with a year isn't judged.
pub(super) fn supported(product: &str, platform: &str, version: &str) -> bool {
    let year: Option<u32> = version.get(..4).and_then(|year| year.parse().ok());
    let linux = platform.eq_ignore_ascii_case("linux");
    !(linux && LINUX_FROM_2020.contains(&product) && year.is_some_and(|year| year < 2020))
}
