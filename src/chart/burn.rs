//! Tokens burned per day. Up to some weeks each day has its column; beyond, days and their weekends would be a comb,
//! so each week shows the mean of its working days.

use super::bands::{Span, bands, dotted, highest, middle};
use super::canvas::{Canvas, document};
use super::dates::{WEEKDAYS as NAMES, parse, place, words};
use super::legend::{BURN, header};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::{range, whole};
use super::theme::{HEIGHT, MARGIN, PLOT_LEFT, PLOTS_TOP, TIME_AXIS, WIDTH};
use super::{ChartError, whole_days};
use crate::calendar::{Day, Weekday};
use crate::forecast::{DayForecast, Estimate, Forecast};

/// The longest horizon whose days are drawn one by one.
const DAYS_ONE_BY_ONE: usize = 70;
/// A weekday counts as worked where at least this part of the busiest weekday's burn falls on it.
const WORKED: f64 = 0.2;

/// What is drawn: the days, or the working days of each week.
struct Drawn {
    spans: Vec<Span>,
    plain: Vec<f64>,
    unit: String,
    /// What stands before the first day of a span.
    each: &'static str,
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let days = &forecast.all.days;
    let (first, end) = whole_days(&forecast.all)?;
    let worked = worked_weekdays(days)?;
    let drawn = if days.len() <= DAYS_ONE_BY_ONE { day_by_day(days)? } else { by_week(days, &worked)? };
    let title = title(forecast, &worked)?;
    document(&title, HEIGHT, |canvas| {
        header(canvas, &forecast.card, &title, &remark(forecast), &BURN)?;
        plot(canvas, &drawn, first, end)
    })
}

fn plot(canvas: &Canvas, drawn: &Drawn, first: Day, end: Day) -> Result<(), ChartError> {
    let frame =
        Frame { left: PLOT_LEFT, top: PLOTS_TOP + 20, right: WIDTH - MARGIN, bottom: HEIGHT - MARGIN / 2 - TIME_AXIS };
    let highest = drawn.plain.iter().copied().fold(highest(&drawn.spans), f64::max);
    let ticks = ticks(highest, 7);
    let panel = Panel::new(canvas, frame, place(first)..place(end), 0.0..ticks[ticks.len() - 1]);
    panel.unit(&drawn.unit)?;
    panel.date_lines(first, end)?;
    panel.value_axis(&ticks, &labels(&ticks))?;
    bands(&panel, &drawn.spans)?;
    middle(&panel, &drawn.spans, |estimate| estimate.mean)?;
    dotted(&panel, &drawn.spans, &drawn.plain)?;
    canvas.spots.add_spans(&panel, &drawn.spans, |place| says(drawn, place));
    panel.date_axis(first, end)
}

fn says(drawn: &Drawn, place: usize) -> Vec<String> {
    let Span { from, estimate, .. } = &drawn.spans[place];
    let from = words(Day::from_number(libm::floor(*from) as i32));
    vec![
        format!("{}{from}: {} tokens a day", drawn.each, whole(estimate.mean)),
        range(estimate),
        format!("plain day-of-week mean: {}", whole(drawn.plain[place])),
    ]
}

fn day_by_day(days: &[DayForecast]) -> Result<Drawn, ChartError> {
    // Columns leave white between them, and a few days don't fill the picture.
    let half = (0.06 * days.len() as f64).min(0.42);
    let column = |day: &DayForecast| {
        let middle = place(parse(&day.day)?) + 0.5;
        Ok(Span { from: middle - half, to: middle + half, estimate: day.burn })
    };
    let spans = days.iter().map(column).collect::<Result<_, ChartError>>()?;
    let plain = days.iter().map(|day| day.weekday_mean).collect();
    Ok(Drawn { spans, plain, unit: "tokens per day".into(), each: "" })
}

fn by_week(days: &[DayForecast], worked: &[bool; 7]) -> Result<Drawn, ChartError> {
    let mut dated = days.iter().map(|day| Ok((parse(&day.day)?, day))).collect::<Result<Vec<_>, ChartError>>()?;
    let horizon = (dated[0].0, dated[dated.len() - 1].0.plus(1));
    dated.retain(|(day, _)| worked[day.weekday() as usize]);
    let weeks: Vec<_> = dated.chunk_by(|a, b| a.0.week_start() == b.0.week_start()).collect();
    let spans = weeks.iter().map(|week| week_span(week, horizon)).collect();
    let plain = weeks.iter().map(|week| mean(week, |day| day.weekday_mean)).collect();
    Ok(Drawn { spans, plain, unit: weekly_unit(days, worked)?, each: "week of " })
}

fn week_span(week: &[(Day, &DayForecast)], (first, end): (Day, Day)) -> Span {
    let start = week[0].0.week_start();
    let of = |value: fn(&Estimate) -> f64| mean(week, |day| value(&day.burn));
    let estimate = Estimate {
        mean: of(|burn| burn.mean),
        p5: of(|burn| burn.p5),
        p10: of(|burn| burn.p10),
        p90: of(|burn| burn.p90),
        p95: of(|burn| burn.p95),
        ..Estimate::default()
    };
    Span { from: place(start.max(first)), to: place(start.plus(7).min(end)), estimate }
}

fn mean<F>(week: &[(Day, &DayForecast)], value: F) -> f64
where
    F: Fn(&DayForecast) -> f64,
{
    week.iter().map(|(_, day)| value(day)).sum::<f64>() / week.len() as f64
}

/// Which weekdays are worked, from Monday; all where nothing burns.
fn worked_weekdays(days: &[DayForecast]) -> Result<[bool; 7], ChartError> {
    let mut means = [0.0; 7];
    for day in days {
        means[parse(&day.day)?.weekday() as usize] = day.weekday_mean;
    }
    let busiest = means.iter().copied().fold(0.0, f64::max);
    Ok(means.map(|mean| mean >= busiest * WORKED))
}

fn weekly_unit(days: &[DayForecast], worked: &[bool; 7]) -> Result<String, ChartError> {
    let left_out: Vec<&str> =
        Weekday::ALL.iter().filter(|day| !worked[**day as usize]).map(|day| NAMES[*day as usize]).collect();
    if left_out.is_empty() {
        return Ok("tokens per day; line and bands are means over each week's days".into());
    }
    let (mut outside, mut all) = (0.0, 0.0);
    for day in days {
        all += day.burn.mean;
        outside += if worked[parse(&day.day)?.weekday() as usize] { 0.0 } else { day.burn.mean };
    }
    let share = percent(outside / all);
    let left_out = left_out.join(", ");
    Ok(format!(
        "tokens per working day; line and bands are means over each week's working days \
         (without {left_out}: {share} of the burn)"
    ))
}

/// Says why the burn may break off.
fn remark(forecast: &Forecast) -> String {
    match forecast.all.stock_out.chance {
        chance if chance > 0.0 => format!("tokens run out in {} of the runs", percent(chance)),
        _ => String::new(),
    }
}

fn title(forecast: &Forecast, worked: &[bool; 7]) -> Result<String, ChartError> {
    let burn = &forecast.all.burn;
    if burn.p95 <= 0.0 && burn.mean <= 0.0 {
        return Ok("No tokens burn".into());
    }
    let (mut tokens, mut days) = (0.0, 0.0);
    for day in &forecast.all.days {
        if worked[parse(&day.day)?.weekday() as usize] {
            tokens += day.burn.mean;
            days += 1.0;
        }
    }
    let (total, low, high) = (short(burn.mean), short(burn.p10), short(burn.p90));
    if days <= 1.0 {
        return Ok(format!("{total} tokens burn ({low} to {high} in 80 % of the runs)"));
    }
    Ok(format!(
        "{} tokens burn on a working day, {total} in all ({low} to {high} in 80 % of the runs)",
        short(tokens / days)
    ))
}
