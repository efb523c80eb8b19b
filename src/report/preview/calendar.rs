use crate::preview::{DayOf, Preview};

const LEGEND: &str = "  1 to 9: windows charged on the day (+ more); ! one that nobody needed; r results alone; o used for free;\n  x \
                      something denied; . not used; - not used on a day off";

/// A line for each month, a mark for each of its days.
pub(super) fn calendar(preview: &Preview) -> String {
    let mut text = format!("  {:7}  {}\n", "", ruler());
    for month in preview.days.chunk_by(|a, b| a.day.ymd().1 == b.day.ymd().1) {
        let (year, number, first) = month[0].day.ymd();
        let before = " ".repeat(first as usize - 1 + (first as usize - 1) / 5);
        let marks: String = month.iter().flat_map(|day| [gap(day), Some(mark(day))]).flatten().collect();
        text +=
            &format!("  {year}-{number:02}  {before}{}\n", if first % 5 == 1 { marks.trim_start() } else { &marks });
    }
    format!("{text}\n{LEGEND}\n")
}

/// `1    6    11 ..`: the days of the month, in fives.
fn ruler() -> String {
    (0..7).map(|five| format!("{:<6}", five * 5 + 1)).collect::<String>().trim_end().to_owned()
}

/// Every fifth day is followed by a gap.
fn gap(day: &DayOf) -> Option<char> {
    let of_month = day.day.ymd().2;
    (of_month > 1 && of_month % 5 == 1).then_some(' ')
}

/// What stands for a day; the worst comes first.
fn mark(day: &DayOf) -> char {
    match day {
        DayOf { denials: 1.., .. } => 'x',
        DayOf { avoidable_windows: 1.., .. } => '!',
        DayOf { windows: windows @ 1..=9, .. } => char::from_digit(*windows, 10).expect("a digit"),
        DayOf { windows: 10.., .. } => '+',
        DayOf { tokens, .. } if !tokens.is_zero() => 'r',
        DayOf { granted: 1.., .. } => 'o',
        DayOf { working: true, .. } => '.',
        DayOf { working: false, .. } => '-',
    }
}
