//! When tokens run out: the share of runs that have by each day, and how many do in each day, week or month.

use super::canvas::{Canvas, document};
use super::dates::{parse, place, words};
use super::legend::{Key, header};
use super::number::{percent, ticks};
use super::panel::{Frame, Panel};
use super::theme::{BAND_WIDE, BAR, HEIGHT, INK, LABEL, LINE, MARGIN, MUTED, NAME, PLOT_LEFT, TIME_AXIS, WIDTH};
use super::{ChartError, whole_days};
use crate::calendar::Day;
use crate::forecast::{Forecast, StockOut, StockOutDay};

/// Where the plots end and the final share stands.
const RIGHT: i32 = WIDTH - MARGIN - 280;
const UPPER: Frame = Frame { left: PLOT_LEFT, top: 240, right: RIGHT, bottom: 810 };
const LOWER: Frame = Frame { left: PLOT_LEFT, top: 908, right: RIGHT, bottom: HEIGHT - MARGIN / 2 - TIME_AXIS };

/// Axes reach at least this share, so that rare stock-outs don't look frequent.
const LEAST: f64 = 0.05;

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
    let title = title(forecast)?;
    let remark = format!("{} never run out", percent(1.0 - out.chance));
    document(&title, HEIGHT, |canvas| {
        let legend = [
            (Key::Line, "have run out by the day"),
            (Key::Bar, period(&dated).1),
            (Key::Whisker, "95 % interval of the share"),
        ];
        header(canvas, &forecast.card, &title, &remark, &legend)?;
        cumulative(canvas, &dated, out)?;
        histogram(canvas, &dated)
    })
}

fn title(forecast: &Forecast) -> Result<String, ChartError> {
    let (out, several) = (&forecast.all.stock_out, forecast.teams.len() > 1);
    let Some(half) = &out.day_p50 else {
        return Ok(
            if several { "Every team's tokens last in every run" } else { "The tokens last in every run" }.into()
        );
    };
    let tokens = if several { "Some team's tokens" } else { "The tokens" };
    let half = words(parse(half)?);
    Ok(match out.chance {
        chance if chance >= 1.0 => format!("{tokens} run out in every run, in half of them by {half}"),
        chance => format!("{tokens} run out in {} of the runs, in half of these by {half}", percent(chance)),
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
    let panel = panel(canvas, UPPER, dated, out.chance_high.max(LEAST), 6)?;
    panel.unit("% of the runs that have run out (first denial for want of tokens)")?;
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
        // The line only rises: it is free above itself at the left, and below itself at the right.
        if x - 24 - LABEL.width(&label) > UPPER.left {
            panel.canvas.text(&label, (x - 24, y - 22), LABEL.right())?;
        } else {
            panel.canvas.text(&label, (x + 24, (y + 22).min(UPPER.bottom - 18)), LABEL)?;
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
    let y = at(out.chance).clamp(UPPER.top + 20, UPPER.bottom - 42);
    panel.canvas.text(&percent(out.chance), (x + 24, y), NAME)?;
    let interval = format!("{} to {}", percent(out.chance_low), percent(out.chance_high));
    panel.canvas.text(&interval, (x + 24, y + 36), LABEL.coloured(MUTED))
}

fn histogram(canvas: &Canvas, dated: &Dated) -> Result<(), ChartError> {
    let (start, name) = period(dated);
    let groups: Vec<_> = dated.days.chunk_by(|a, b| start(a.0) == start(b.0)).collect();
    let bars: Vec<(Day, f64)> =
        groups.iter().map(|days| (start(days[0].0), days.iter().map(|day| day.1).sum())).collect();
    let highest = bars.iter().map(|bar| bar.1).fold(0.0, f64::max);
    let panel = panel(canvas, LOWER, dated, highest.max(LEAST), 4)?;
    panel.unit(&format!("% of the runs that {name}"))?;
    for (from, share) in &bars {
        let to = next_start(*from, start);
        let (left, top) = panel.at(place((*from).max(dated.first)), share * 100.0);
        let (right, bottom) = panel.at(place(to.min(dated.end)), 0.0);
        let gap = ((right - left) / 10).min(4);
        canvas.rectangle((left + gap, top.min(bottom - 3)), ((right - gap).max(left + gap + 3), bottom), BAR)?;
    }
    if bars.is_empty() {
        let middle = ((LOWER.left + LOWER.right) / 2, (LOWER.top + LOWER.bottom) / 2);
        canvas.text_on_paper("no run runs out of tokens", middle, LABEL.centred())?;
    }
    spots(&panel, dated);
    panel.date_axis(dated.first, dated.end)
}

/// A spot for each period, over both plots.
fn spots(panel: &Panel, dated: &Dated) {
    let (start, name) = period(dated);
    let mut from = dated.first;
    while from < dated.end {
        let next = next_start(start(from), start).min(dated.end);
        let share = |since: Day| -> f64 {
            let counts = dated.days.iter().filter(|(day, _)| since <= *day && *day < next);
            counts.map(|(_, share)| share).sum()
        };
        let says = [
            format!("{} to {}: {} of the runs {name}", words(from), words(next.plus(-1)), percent(share(from))),
            format!("{} have run out by then", percent(share(dated.first))),
        ];
        let (left, right) = (panel.at(place(from), 0.0).0, panel.at(place(next), 0.0).0);
        panel.canvas.spots.add((left, UPPER.top), (right, LOWER.bottom), &says);
        from = next;
    }
}

/// Where the period that holds a day starts, the periods being long enough for readable bars, and the bars' name.
fn period(dated: &Dated) -> (fn(Day) -> Day, &'static str) {
    match dated.end.number() - dated.first.number() {
        ..=62 => (|day| day, "run out on the day"),
        63..=800 => (Day::week_start, "run out in the week"),
        _ => (Day::month_start, "run out in the month"),
    }
}

fn next_start(from: Day, start: fn(Day) -> Day) -> Day {
    let mut next = from.plus(1);
    while start(next) == from {
        next = next.plus(1);
    }
    next
}
