//! Subscription or tokens: what each user's tokens cost a year against the price of a subscription, product by product.

use super::ChartError;
use super::canvas::{Canvas, Point, document};
use super::legend::{LEGEND_LINE, SWATCH, in_title, subtitle, titles, whisker};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::text::counted;
use super::theme::{GRID, INK, LABEL, LINE, MARGIN, NAME, NOTE, PAPER, PLAIN, WIDTH};
use crate::forecast::Estimate;
use crate::seats::{Advice, Seats};

/// More users than this are shown by group.
const ROWS: usize = 40;
/// The room of the names left of the plot, and of the quantities right of it.
const NAMES: i32 = 560;
const QUANTITIES: i32 = 430;
const TOP: i32 = 220;
const ROW: i32 = 46;
/// Above the rows of a product, and below them with the axis.
const HEAD: i32 = 64;
const BELOW: i32 = 120;

/// A user, or a group's users together.
struct Row {
    name: String,
    cost: Estimate,
    /// How many of how many should have a subscription.
    subscribe: (u32, u32),
    near: bool,
    /// The share of runs in which tokens cost more; of a group it isn't known.
    dearer: Option<f64>,
}

/// The rows of a product.
struct Plot {
    product: String,
    subscription: f64,
    rows: Vec<Row>,
}

/// Draws the picture.
pub fn draw(seats: &Seats) -> Result<String, ChartError> {
    let plots = plots(seats);
    let title = title(seats);
    let rows: usize = plots.iter().map(|plot| plot.rows.len()).sum();
    let height = TOP + rows as i32 * ROW + plots.len() as i32 * (HEAD + BELOW);
    document(&title, height, |canvas| {
        titles(canvas, &title, &subtitle(&seats.card, "")?)?;
        legend(canvas)?;
        let mut top = TOP;
        for plot in &plots {
            draw_plot(canvas, plot, top, &seats.currency)?;
            top += plot.rows.len() as i32 * ROW + HEAD + BELOW;
        }
        Ok(())
    })
}

fn title(seats: &Seats) -> String {
    let best = seats.mixes.iter().find(|mix| mix.mix == "best mix");
    let subscriptions = best.map_or(0, |best| best.subscriptions) as usize;
    let saves = best.map_or(0.0, |best| best.saves.mean);
    match subscriptions {
        0 => "Nobody needs a subscription".to_owned(),
        _ => format!(
            "{} instead of tokens: {} {} saved",
            counted(subscriptions, "subscription"),
            short(saves),
            seats.currency
        ),
    }
}

/// By product, in the order of the price list; the dearest users first.
fn plots(seats: &Seats) -> Vec<Plot> {
    let mut plots: Vec<Plot> = Vec::new();
    let mut add =
        |product: &str, subscription: f64, row: Row| match plots.iter_mut().find(|plot| plot.product == product) {
            Some(plot) => plot.rows.push(row),
            None => plots.push(Plot { product: product.to_owned(), subscription, rows: vec![row] }),
        };
    if seats.users.len() <= ROWS {
        for user in &seats.users {
            let subscribe = u32::from(matches!(user.advice, Advice::Subscribe | Advice::Keep));
            let (name, dearer) = (user.user.clone(), Some(user.tokens_dearer));
            let row = Row { name, cost: user.token_cost, subscribe: (subscribe, 1), near: user.near, dearer };
            add(&user.product, user.subscription, row);
        }
    } else {
        for group in &seats.groups {
            let name = match group.users {
                1 => group.group.clone(),
                users => format!("{} · {}", in_title(&group.group), counted(users as usize, "user")),
            };
            let subscribe = (group.subscribe, group.users);
            let row = Row { name, cost: group.token_cost, subscribe, near: group.near > 0, dearer: None };
            add(&group.product, group.subscription, row);
        }
    }
    plots.iter_mut().for_each(|plot| plot.rows.sort_by(|one, other| other.cost.mean.total_cmp(&one.cost.mean)));
    plots
}

fn legend(canvas: &Canvas) -> Result<(), ChartError> {
    let mut x = MARGIN;
    let mut entry = |label: &str, swatch: &dyn Fn(Point) -> Result<(), ChartError>| {
        swatch((x, LEGEND_LINE))?;
        canvas.text(label, (x + SWATCH + 14, LEGEND_LINE), LABEL)?;
        x += SWATCH + 14 + LABEL.width(label) + 44;
        Ok::<(), ChartError>(())
    };
    entry("tokens a year, should have a subscription", &|(x, y)| dot(canvas, (x + SWATCH / 2, y), true))?;
    entry("should have tokens", &|(x, y)| dot(canvas, (x + SWATCH / 2, y), false))?;
    entry("80 % of the runs (p10 to p90)", &|(x, y)| whisker(canvas, x, x + SWATCH, y))?;
    entry("price of a subscription", &|(x, y)| {
        canvas.dashes(&[(x + SWATCH / 2, y - 18), (x + SWATCH / 2, y + 18)], PLAIN, 5, (10, 6))
    })
}

/// Full for a subscription, open for tokens.
fn dot(canvas: &Canvas, at: Point, full: bool) -> Result<(), ChartError> {
    canvas.dot(at, 12, LINE)?;
    if full { Ok(()) } else { canvas.dot(at, 7, PAPER) }
}

fn draw_plot(canvas: &Canvas, plot: &Plot, top: i32, currency: &str) -> Result<(), ChartError> {
    let head =
        format!("{}: a subscription costs {} {currency} a year", in_title(&plot.product), short(plot.subscription));
    canvas.text(&head, (MARGIN, top), NAME)?;
    let top = top + HEAD - ROW / 2;
    let bottom = top + plot.rows.len() as i32 * ROW;
    let frame = Frame { left: MARGIN + NAMES, top, right: WIDTH - MARGIN - QUANTITIES, bottom };
    let highest = plot.rows.iter().map(|row| row.cost.p90.max(row.cost.mean)).fold(plot.subscription, f64::max);
    let ticks = ticks(highest, 6);
    let panel = Panel::new(canvas, frame, 0.0..ticks[ticks.len() - 1], 0.0..1.0);
    for (tick, label) in ticks.iter().zip(labels(&ticks)) {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.line(&[(x, top), (x, bottom)], GRID, 2)?;
        canvas.text(&label, (x, bottom + 24), LABEL.centred())?;
    }
    canvas.text(&format!("{currency} a year for tokens"), (frame.left, bottom + 58), NOTE)?;
    let (price, _) = panel.at(plot.subscription, 0.0);
    canvas.dashes(&[(price, top), (price, bottom)], PLAIN, 5, (10, 6))?;
    for (place, row) in plot.rows.iter().enumerate() {
        draw_row(&panel, row, top + place as i32 * ROW + ROW / 2)?;
    }
    Ok(())
}

fn draw_row(panel: &Panel, row: &Row, y: i32) -> Result<(), ChartError> {
    let (canvas, frame) = (panel.canvas, panel.frame);
    canvas.text(&LABEL.fit(&row.name, NAMES - 20), (frame.left - 16, y), LABEL.right())?;
    let x = |money: f64| panel.at(money, 0.0).0;
    let (low, high) = (x(row.cost.p10), x(row.cost.p90));
    if low < high {
        whisker(canvas, low, high, y)?;
    } else {
        canvas.line(&[(low - 1, y), (low + 1, y)], INK, 3)?;
    }
    dot(canvas, (x(row.cost.mean), y), row.subscribe.0 > 0)?;
    canvas.text(&said(row), (frame.right + 20, y), LABEL)
}

/// "6.7k, dearer in 98 % of the runs", "6.7k, 9 of 12 subscribe".
fn said(row: &Row) -> String {
    let near = if row.near { " · near" } else { "" };
    match (row.dearer, row.subscribe) {
        (Some(share), _) => format!("{} · dearer: {}{near}", short(row.cost.mean), percent(share)),
        (None, (some, all)) => format!("{} · {some} of {all} subscribe{near}", short(row.cost.mean)),
    }
}
