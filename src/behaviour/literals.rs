//! Times and lengths of time as people write them.

/// Seconds after 00:00 of a time of day, `00:00` to `24:00`.
pub(super) fn parse_time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let seconds = hours * 3600 + minutes * 60;
    (minutes < 60 && seconds <= 86_400).then_some(seconds)
}

fn two_digits(text: &str) -> Option<i64> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Seconds of a duration such as `90s`, `30m`, `7h30m` or `3d`.
pub(super) fn parse_duration(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut seconds: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (count, tail) = rest.split_at(digits);
        let unit = UNITS.iter().find(|(letter, _)| tail.starts_with(*letter))?.1;
        seconds = seconds.checked_add(count.parse::<i64>().ok()?.checked_mul(unit)?)?;
        rest = &tail[1..];
    }
    (!text.is_empty()).then_some(seconds)
}

/// `09:00`: a time of day as [`parse_time`] reads it.
pub(super) fn time_text(seconds: i64) -> String {
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// `7h30m`: a duration as [`parse_duration`] reads it.
pub(super) fn duration_text(seconds: i64) -> String {
    let mut rest = seconds;
    let mut text = String::new();
    for (unit, length) in UNITS.iter().rev() {
        if rest >= *length {
            text += &format!("{}{unit}", rest / length);
            rest %= length;
        }
    }
    if text.is_empty() { "0s".into() } else { text }
}

const UNITS: [(char, i64); 4] = [('s', 1), ('m', 60), ('h', 3600), ('d', 86_400)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        let check = |text, seconds: Option<i64>| assert_eq!(parse_time(text), seconds, "{text}");
        check("09:00", Some(32_400));
        check("9:05", Some(32_700));
        check("00:00", Some(0));
        check("24:00", Some(86_400));
        for text in ["24:01", "9", "09:60", "9:", ":30", "+9:00", "09:00:00", "nine", ""] {
            check(text, None);
        }
    }

    #[test]
    fn durations() {
        let check = |text, seconds: Option<i64>| assert_eq!(parse_duration(text), seconds, "{text}");
        check("30m", Some(1_800));
        check("7h30m", Some(27_000));
        check("90s", Some(90));
        check("3d", Some(259_200));
        for text in ["", "30", "m", "-5m", "1.5h", "5 m", "99999999999999999d", "é"] {
            check(text, None);
        }
    }
}
