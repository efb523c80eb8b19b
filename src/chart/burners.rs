//! Who and what burns: groups of users at the left, products at the right, on one scale.

use std::ops::RangeInclusive;

use super::ChartError;
use super::canvas::{Canvas, document};
use super::legend::{Key, hatched, header, in_title, whisker};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::whole;
use super::text::counted;
use super::theme::{BAR, GRID, LABEL, MARGIN, NAME, NOTE, WIDTH};
use crate::forecast::{Forecast, Share};

/// How many bars a plot has at most, the others among them.
const BARS: usize = 12;
/// The room of the names left of the bars, and of the quantities right of them.
const NAMES: RangeInclusive<i32> = 200..=520;
const QUANTITIES: i32 = 210;
const TOP: i32 = 270;
const BELOW: i32 = 100;
/// The room of a bar with its white.
const ROW: i32 = 80;
/// The least rows for which there is room, so that few bars look no different.
const ROWS_LEAST: usize = 4;

/// A bar: a share, or those that have no bar of their own.
struct Bar {
    name: String,
    /// Written after the name, and never shortened.
    suffix: String,
    mean: f64,
    avoidable: f64,
    /// p10 and p90; unknown for a sum of shares.
    interval: Option<(f64, f64)>,
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let (groups, products) = (bars(&forecast.groups, "group"), bars(&forecast.products, "product"));
    let reach = |bar: &Bar| bar.interval.map_or(bar.mean, |(_, high)| high.max(bar.mean));
    let highest = groups.iter().chain(&products).map(reach).fold(0.0, f64::max);
    let total = forecast.all.burn.mean;
    let names = groups.iter().chain(&products).map(|bar| LABEL.width(&bar.name) + LABEL.width(&bar.suffix)).max();
    let names = (names.unwrap_or_default() + 40).clamp(*NAMES.start(), *NAMES.end());
    let title = title(forecast);
    let legend = [
        (Key::Bar, "mean burn"),
        (Key::Avoidable, "of it, avoidable"),
        (Key::Whisker, "80 % of the runs (p10 to p90)"),
    ];
    let rows = groups.len().max(products.len()).max(ROWS_LEAST);
    document(&title, TOP + ROW * rows as i32 + BELOW, |canvas| {
        header(canvas, &forecast.card, &title, "", &legend)?;
        plot(canvas, (MARGIN, names), "Groups of users", &groups, highest, total)?;
        plot(canvas, (WIDTH / 2 + MARGIN / 2, names), "Products", &products, highest, total)
    })
}

fn bars(shares: &[Share], noun: &str) -> Vec<Bar> {
    let shares = &shares[..shares.partition_point(|share| share.burn.mean > 0.0)];
    let own = if shares.len() > BARS { BARS - 1 } else { shares.len() };
    let mut bars: Vec<Bar> = shares[..own].iter().map(bar).collect();
    if own < shares.len() {
        bars.push(others(&shares[own..], noun));
    }
    bars
}

fn bar(share: &Share) -> Bar {
    Bar {
        name: share.name.clone(),
        suffix: if share.users < 2 { String::new() } else { format!(" · {}", counted(share.users as usize, "user")) },
        mean: share.burn.mean,
        avoidable: share.avoidable.mean,
        interval: Some((share.burn.p10, share.burn.p90)),
    }
}

fn others(shares: &[Share], noun: &str) -> Bar {
    Bar {
        name: "others".into(),
        suffix: format!(" · {}", counted(shares.len(), noun)),
        mean: shares.iter().map(|share| share.burn.mean).sum(),
        avoidable: shares.iter().map(|share| share.avoidable.mean).sum(),
        interval: None,
    }
}

fn plot(
    canvas: &Canvas,
    (left, names): (i32, i32),
    name: &str,
    bars: &[Bar],
    highest: f64,
    total: f64,
) -> Result<(), ChartError> {
    canvas.text(name, (left, TOP - 60), NAME)?;
    let bottom = TOP + ROW * bars.len().max(1) as i32;
    let right = left + (WIDTH - 3 * MARGIN) / 2;
    let frame = Frame { left: left + names, top: TOP, right: right - QUANTITIES, bottom };
    let ticks = ticks(highest, 4);
    let panel = Panel::new(canvas, frame, 0.0..ticks[ticks.len() - 1], 0.0..1.0);
    for (tick, label) in ticks.iter().zip(labels(&ticks)) {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.line(&[(x, TOP), (x, bottom)], GRID, 2)?;
        canvas.text(&label, (x, bottom + 26), LABEL.centred())?;
    }
    canvas.text("tokens in the horizon", (frame.left, bottom + 62), NOTE)?;
    if bars.is_empty() {
        canvas.text("none", (frame.left - 16, TOP + ROW / 2), LABEL.right())?;
    }
    for (i, bar) in bars.iter().enumerate() {
        draw_bar(&panel, names, bar, TOP + ROW * i as i32 + ROW / 2, total)?;
    }
    Ok(())
}

fn draw_bar(panel: &Panel, names: i32, bar: &Bar, y: i32, total: f64) -> Result<(), ChartError> {
    let (canvas, frame) = (panel.canvas, panel.frame);
    let room = names - 20 - LABEL.width(&bar.suffix);
    let name = format!("{}{}", LABEL.fit(&bar.name, room), bar.suffix);
    canvas.text(&name, (frame.left - 16, y), LABEL.right())?;
    let x = |burned: f64| panel.at(burned, 0.0).0;
    let half = ROW * 3 / 10;
    canvas.rectangle((frame.left, y - half), (x(bar.mean), y + half), BAR)?;
    let kept = x((bar.mean - bar.avoidable).max(0.0));
    if kept < x(bar.mean) {
        hatched(canvas, (kept, y - half), (x(bar.mean), y + half))?;
    }
    let (low, high) = bar.interval.unwrap_or((bar.mean, bar.mean));
    if x(low) < x(high) {
        whisker(canvas, x(low), x(high), y)?;
    }
    canvas.spots.add((frame.left - names, y - ROW / 2), (frame.right + QUANTITIES, y + ROW / 2), &says(bar, total));
    canvas.text_on_paper(&quantity(bar.mean, total), (x(high.max(bar.mean)) + 20, y), LABEL)
}

fn says(bar: &Bar, total: f64) -> Vec<String> {
    let share = if total > 0.0 { format!(", {} of all", percent(bar.mean / total)) } else { String::new() };
    let mut says = vec![format!("{}{}: {} tokens{share}", bar.name, bar.suffix, whole(bar.mean))];
    says.extend(bar.interval.map(|(low, high)| format!("{} to {} in 80 % of the runs", whole(low), whole(high))));
    says.push(format!("avoidable: {}", whole(bar.avoidable)));
    says
}

/// A bar's tokens and their share of all.
fn quantity(burned: f64, total: f64) -> String {
    if total > 0.0 { format!("{} ({})", short(burned), percent(burned / total)) } else { short(burned) }
}

fn title(forecast: &Forecast) -> String {
    let total = forecast.all.burn.mean;
    let Some(most) = forecast.groups.first().filter(|_| total > 0.0) else {
        return "Nobody burns tokens".into();
    };
    let avoidable: f64 = forecast.all.avoidable.iter().map(|cause| cause.tokens.mean).sum();
    let head =
        format!("{}: {} of the {} tokens burned", in_title(&most.name), percent(most.burn.mean / total), short(total));
    match avoidable > 0.0 {
        true => format!("{head}; {} ({}) avoidable", short(avoidable), percent(avoidable / total)),
        false => format!("{head}; none avoidable"),
    }
}
