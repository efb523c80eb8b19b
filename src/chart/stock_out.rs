//! When tokens run out: the share of runs that have by each day, and how many do in each day, week or month.

use super::canvas::{Canvas, document};
use super::dates::{month_start, parse, place, week_start, words};
use super::legend::header;
use super::number::{percent, ticks};
use super::panel::{Frame, Panel};
use super::theme::{BAND_WIDE, BAR, HEIGHT, INK, LABEL, LINE, MARGIN, MUTED, NAME, PLOT_LEFT, TIME_AXIS, WIDTH};
use super::{ChartError, whole_days};
use crate::calendar::Day;
use crate::forecast::{Forecast, StockOut, StockOutDay};

/// Where the plots end and the final share stands.
const RIGHT: i32 = WIDTH - MARGIN - 240;
const UPPER: Frame = Frame { left: PLOT_LEFT, top: 216, right: RIGHT, bottom: 800 };
const LOWER: Frame = Frame { left: PLOT_LEFT, top: 900, right: RIGHT, bottom: HEIGHT - MARGIN / 2 - TIME_AXIS };

/// The runs that run out, by day.
struct Dated {
    first: Day,
    end: Day,
    /// The day and the share of all runs, ascending.
    days: Vec<(Day, f64)>,
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let out = &forecast.all.stock_out;
    let (first, end) = whole_days(&forecast.all)?;
    let runs = f64::from(forecast.card.replications.max(1));
    let share = |day: &StockOutDay| Ok((parse(&day.day)?, f64::from(day.replications) / runs));
    let days = out.days.iter().map(share).collect::<Result<_, ChartError>>()?;
    let dated = Dated { first, end, days };
    let title = title(out)?;
    let remark = format!("{} never run out", percent(1.0 - out.chance));
    document(&title, HEIGHT, |canvas| {
        header(canvas, &forecast.card, &title, &remark, &[])?;
        cumulative(canvas, &dated, out)?;
        histogram(canvas, &dated)
    })
}

fn title(out: &StockOut) -> Result<String, ChartError> {
    let Some(half) = &out.day_p50 else {
        return Ok("The tokens last in every run".into());
    };
    let half = words(parse(half)?);
    Ok(match out.chance {
        chance if chance >= 1.0 => format!("Tokens run out in every run, in half of them by {half}"),
        chance => format!("Tokens run out in {} of the runs, in half of these by {half}", percent(chance)),
    })
}

fn panel<'c, 'a>(
    canvas: &'c Canvas<'a>,
    frame: Frame,
    dated: &Dated,
    highest: f64,
    steps: u32,
) -> Result<Panel<'c, 'a>, ChartError> {
    let ticks = ticks(highest * 100.0, steps);
    let labels: Vec<_> = ticks.iter().map(|tick| percent(tick / 100.0)).collect();
    let panel = Panel::new(canvas, frame, place(dated.first)..place(dated.end), 0.0..ticks[ticks.len() - 1]);
    panel.date_lines(dated.first, dated.end)?;
    panel.value_axis(&ticks, &labels)?;
    Ok(panel)
}

fn cumulative(canvas: &Canvas, dated: &Dated, out: &StockOut) -> Result<(), ChartError> {
    let panel = panel(canvas, UPPER, dated, out.chance_high, 6)?;
    panel.unit("% of the runs that have run out by the day (first denial for want of tokens)")?;
    let mut points = vec![panel.at(place(dated.first), 0.0)];
    let mut share = 0.0;
    for (day, more) in &dated.days {
        points.push(panel.at(place(*day), share * 100.0));
        share += more;
        points.push(panel.at(place(*day), share * 100.0));
    }
    points.push(panel.at(place(dated.end), share * 100.0));
    let mut below = points.clone();
    below.push((UPPER.right, UPPER.bottom));
    canvas.polygon(below, BAND_WIDE)?;
    canvas.line(&points, LINE, 5)?;
    quantiles(&panel, out)?;
    final_share(&panel, out)
}

/// Dots where a tenth, half and nine tenths of the runs that run out have done so.
fn quantiles(panel: &Panel, out: &StockOut) -> Result<(), ChartError> {
    for (day, of_these, name) in
        [(&out.day_p10, 0.1, "a tenth"), (&out.day_p50, 0.5, "half"), (&out.day_p90, 0.9, "nine tenths")]
    {
        let Some(day) = day else { continue };
        let day = parse(day)?;
        let (x, y) = panel.at(place(day), out.chance * of_these * 100.0);
        panel.canvas.dot((x, y), 10, LINE)?;
        let label = format!("{name} of these by {}", words(day));
        if x - 24 - LABEL.width(&label) > UPPER.left {
            panel.canvas.text(&label, (x - 24, y), LABEL.right())?;
        } else {
            panel.canvas.text(&label, (x + 24, y), LABEL)?;
        }
    }
    Ok(())
}

/// The share at the end with its 95 % interval, right of the plot.
fn final_share(panel: &Panel, out: &StockOut) -> Result<(), ChartError> {
    let at = |share: f64| panel.at(0.0, share * 100.0).1;
    let x = RIGHT + 26;
    for share in [out.chance_low, out.chance_high] {
        panel.canvas.line(&[(x - 9, at(share)), (x + 9, at(share))], INK, 3)?;
    }
    panel.canvas.line(&[(x, at(out.chance_low)), (x, at(out.chance_high))], INK, 3)?;
    panel.canvas.dot((x, at(out.chance)), 10, LINE)?;
    let y = at(out.chance).clamp(UPPER.top + 20, UPPER.bottom - 76);
    panel.canvas.text(&percent(out.chance), (x + 24, y), NAME)?;
    panel.canvas.text("95 % interval", (x + 24, y + 36), LABEL.coloured(MUTED))?;
    let interval = format!("{} to {}", percent(out.chance_low), percent(out.chance_high));
    panel.canvas.text(&interval, (x + 24, y + 70), LABEL.coloured(MUTED))
}

fn histogram(canvas: &Canvas, dated: &Dated) -> Result<(), ChartError> {
    let (period, start) = period(dated);
    let groups: Vec<_> = dated.days.chunk_by(|a, b| start(a.0) == start(b.0)).collect();
    let bars: Vec<(Day, f64)> =
        groups.iter().map(|days| (start(days[0].0), days.iter().map(|day| day.1).sum())).collect();
    let highest = bars.iter().map(|bar| bar.1).fold(0.0, f64::max);
    let panel = panel(canvas, LOWER, dated, if bars.is_empty() { 0.01 } else { highest }, 4)?;
    panel.unit(&format!("% of the runs that run out in the {period}"))?;
    for (from, share) in &bars {
        let to = next_start(*from, start);
        let (left, top) = panel.at(place((*from).max(dated.first)), share * 100.0);
        let (right, bottom) = panel.at(place(to.min(dated.end)), 0.0);
        let gap = ((right - left) / 10).min(4);
        canvas.rectangle((left + gap, top.min(bottom - 3)), ((right - gap).max(left + gap + 3), bottom), BAR)?;
    }
    panel.date_axis(dated.first, dated.end)
}

/// The period that gives a readable number of bars, and where the one that holds a day starts.
fn period(dated: &Dated) -> (&'static str, fn(Day) -> Day) {
    match dated.end.number() - dated.first.number() {
        ..=62 => ("day", |day| day),
        63..=800 => ("week", week_start),
        _ => ("month", month_start),
    }
}

fn next_start(from: Day, start: fn(Day) -> Day) -> Day {
    let mut next = from.plus(1);
    while start(next) == from {
        next = next.plus(1);
    }
    next
}
