//! When products are opened: hours from left to right, weekdays downwards. The number stands in each field, so that tones aren't all
//! there is to read.

use plotters::style::RGBColor;

use super::super::canvas::{Canvas, document};
use super::super::dates::WEEKDAYS;
use super::super::legend::{LEGEND_LINE, SWATCH, titles};
use super::super::number::short;
use super::super::theme::{
    AXIS, BAND_NARROW, BAND_WIDE, BAR, INK, LABEL, LINE, MARGIN, MUTED, NOTE, OFF, PAPER, PLOTS_TOP, WIDTH,
};
use super::{ChartError, Reported};
use crate::calendar::Weekday;
use crate::usage_report::OpensOfWeekday;

/// From nothing to most: apart in tone.
const TONES: [RGBColor; 5] = [OFF, BAND_WIDE, BAND_NARROW, BAR, LINE];
const ROW: i32 = 84;
/// Left of the fields, for the weekdays, and right of them, for the sums.
const DAYS: i32 = 90;
const SUMS: i32 = 130;
const BELOW: i32 = 110;

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    const UNSAID: ChartError = ChartError::Unsaid("an export of use doesn't say at which hours there was use");
    let weekdays = reported.report.hours.as_ref().ok_or(UNSAID)?;
    let (title, range) = (title(weekdays), reported.range()?);
    let most = opens(weekdays).into_iter().map(|(.., opens)| opens).max().unwrap_or_default();
    document(&title, PLOTS_TOP + ROW * 7 + BELOW, |canvas| {
        titles(canvas, &title, &reported.subtitle(&range))?;
        legend(canvas, most)?;
        for (place, weekday) in weekdays.iter().enumerate() {
            let y = PLOTS_TOP + ROW * place as i32;
            canvas.text(WEEKDAYS[place % 7], (MARGIN + DAYS - 20, y + ROW / 2), LABEL.right())?;
            for (hour, opens) in weekday.opens.iter().enumerate() {
                let says = [format!("{} from {hour}:00 to {}:00: opened {opens} times", WEEKDAYS[place % 7], hour + 1)];
                canvas.spots.add((x(hour), y), (x(hour + 1), y + ROW), &says);
                field(canvas, (x(hour), y), *opens, most)?;
            }
            let sum: u64 = weekday.opens.iter().sum();
            canvas.text(&short(sum as f64), (x(24) + 20, y + ROW / 2), LABEL)?;
        }
        hours(canvas)
    })
}

/// Weekday, hour and how often.
fn opens(weekdays: &[OpensOfWeekday]) -> Vec<(usize, usize, u64)> {
    let of = |(day, weekday): (usize, &OpensOfWeekday)| -> Vec<_> {
        weekday.opens.iter().enumerate().map(|(hour, opens)| (day, hour, *opens)).collect()
    };
    weekdays.iter().enumerate().flat_map(of).collect()
}

fn title(weekdays: &[OpensOfWeekday]) -> String {
    let opens = opens(weekdays);
    let all: u64 = opens.iter().map(|(.., opens)| opens).sum();
    let most = opens.iter().rev().max_by_key(|(.., opens)| *opens).filter(|(.., opens)| *opens > 0);
    match most {
        None => "Nothing was opened".to_owned(),
        Some((day, hour, most)) => format!(
            "Most is opened on {:?}s from {hour}:00 to {}:00: {} of {} times",
            Weekday::ALL[day % 7],
            hour + 1,
            short(*most as f64),
            short(all as f64)
        ),
    }
}

/// The tone of a number: none, or the quarter of the highest that it is in.
fn tone(opens: u64, most: u64) -> usize {
    if opens == 0 { 0 } else { (opens * 4).div_ceil(most) as usize }
}

fn legend(canvas: &Canvas, most: u64) -> Result<(), ChartError> {
    let mut x = MARGIN;
    for (place, colour) in TONES.into_iter().enumerate() {
        let quarter = place as u64;
        let (low, high) = if place == 0 { (0, 0) } else { ((quarter - 1) * most / 4 + 1, quarter * most / 4) };
        // Where few numbers occur, some tones have none of their own.
        if low > high {
            continue;
        }
        let label = match (low, high) {
            (_, 0) => "never opened".to_owned(),
            (low, high) if low == high => low.to_string(),
            (low, high) => format!("{low} to {high}"),
        };
        canvas.rectangle((x, LEGEND_LINE - 14), (x + SWATCH, LEGEND_LINE + 14), colour)?;
        canvas.text(&label, (x + SWATCH + 14, LEGEND_LINE), LABEL)?;
        x += SWATCH + 14 + LABEL.width(&label) + 44;
    }
    Ok(())
}

fn field(canvas: &Canvas, (x, y): (i32, i32), opens: u64, most: u64) -> Result<(), ChartError> {
    let tone = tone(opens, most);
    let right = x + width();
    canvas.rectangle((x + 1, y + 1), (right - 1, y + ROW - 1), TONES[tone])?;
    let font = LABEL.centred().coloured(if tone + 1 == TONES.len() { PAPER } else { INK });
    let label = short(opens as f64);
    if opens > 0 { canvas.text(&label, ((x + right) / 2, y + ROW / 2), font) } else { Ok(()) }
}

fn hours(canvas: &Canvas) -> Result<(), ChartError> {
    let bottom = PLOTS_TOP + ROW * 7;
    for hour in (0..=24).step_by(3) {
        canvas.line(&[(x(hour), bottom), (x(hour), bottom + 12)], AXIS, 2)?;
        canvas.text(&format!("{hour}:00"), (x(hour), bottom + 34), LABEL.centred())?;
    }
    let said = "hour of the day in which something was opened; how often, and at the right the sum of each weekday";
    canvas.text(said, (x(0), bottom + 76), NOTE.coloured(MUTED))
}

fn width() -> i32 {
    (WIDTH - 2 * MARGIN - DAYS - SUMS) / 24
}

fn x(hour: usize) -> i32 {
    MARGIN + DAYS + width() * hour as i32
}
