//! How the users of products spread over bands of tokens: a plot for each product.

use super::super::canvas::{Canvas, document};
use super::super::legend::{in_title, titles};
use super::super::number::{labels, short, ticks};
use super::super::panel::{Frame, Panel};
use super::super::text::counted;
use super::super::theme::{BAR, LABEL, MARGIN, NAME, NOTE, WIDTH};
use super::{ChartError, NO_TOKENS, Reported, number, tokens};
use crate::tokens::Tokens;
use crate::usage_report::{Band, ProductUse};

/// How many products have a plot.
const PLOTS: usize = 6;
/// Plots beside each other, at most.
const COLUMNS: usize = 2;
const GAP: i32 = 90;
const TOP: i32 = 170;
/// What the name of a plot takes above it, the plot itself, and its axis below.
const HEAD: i32 = 90;
const PLOT: i32 = 380;
const BELOW: i32 = 110;
/// Left of a plot, for the labels of its values.
const VALUES: i32 = 80;

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    reported.report.overview.tokens.ok_or(NO_TOKENS)?;
    let products = &reported.report.products;
    let shown = &products[..products.len().min(PLOTS)];
    let (title, range) = (title(products), reported.range()?);
    let columns = shown.len().clamp(1, COLUMNS);
    let rows = shown.len().div_ceil(columns).max(1);
    let of = match products.len() - shown.len() {
        0 => range,
        more => format!("{range} · {} not shown", counted(more, "more product")),
    };
    document(&title, TOP + rows as i32 * (HEAD + PLOT + BELOW), |canvas| {
        titles(canvas, &title, &reported.subtitle(&of))?;
        let width = (WIDTH - 2 * MARGIN - GAP * (columns as i32 - 1)) / columns as i32;
        for (place, product) in shown.iter().enumerate() {
            let (column, row) = ((place % columns) as i32, (place / columns) as i32);
            let at = (MARGIN + column * (width + GAP), TOP + row * (HEAD + PLOT + BELOW));
            plot(canvas, product, at, width)?;
        }
        Ok(())
    })
}

fn title(products: &[ProductUse]) -> String {
    let Some(first) = products.first().filter(|product| product.users > 0) else {
        return "Nobody used tokens".to_owned();
    };
    let bands = first.bands.iter().flatten();
    let Some(most) = bands.rev().max_by_key(|band| band.users) else { return "Nobody used tokens".to_owned() };
    let name = in_title(&first.product);
    format!("{name}: {} of {} used {} tokens", most.users, counted(first.users, "user"), words(most))
}

/// `0 to 100`, `101 to 500`, `more than 10k`.
fn words(band: &Band) -> String {
    let from = if band.above.is_zero() { band.above } else { band.above + Tokens::whole(1) };
    match band.up_to {
        Some(up_to) => format!("{} to {}", from, short(number(up_to))),
        None => format!("more than {}", short(number(band.above))),
    }
}

/// `≤ 100`, `> 10k`: for a narrow column.
fn sign(band: &Band) -> String {
    match band.up_to {
        Some(up_to) => format!("≤ {}", short(number(up_to))),
        None => format!("> {}", short(number(band.above))),
    }
}

fn plot(canvas: &Canvas, product: &ProductUse, (left, top): (i32, i32), width: i32) -> Result<(), ChartError> {
    let name = NAME.fit(&product.product, width - 460);
    canvas.text(&name, (left, top + 20), NAME)?;
    let said = format!("{}, {} tokens", counted(product.users, "user"), short(tokens(product)));
    canvas.text(&said, (left + NAME.width(&name) + 18, top + 20), NOTE)?;
    let frame = Frame { left: left + VALUES, top: top + HEAD, right: left + width, bottom: top + HEAD + PLOT };
    let bands = product.bands.as_deref().unwrap_or_default();
    let highest = bands.iter().map(|band| band.users).max().unwrap_or_default();
    // Users are whole.
    let ticks = ticks((highest as f64).max(5.0), 5);
    let panel = Panel::new(canvas, frame, 0.0..bands.len() as f64, 0.0..ticks[ticks.len() - 1]);
    panel.value_axis(&ticks, &labels(&ticks))?;
    let room = (width - VALUES) / bands.len().max(1) as i32 - 16;
    for (place, band) in bands.iter().enumerate() {
        column(&panel, band, place as f64, room)?;
    }
    canvas.text("tokens in the range, by how many users", (frame.left, frame.bottom + 66), NOTE)
}

fn column(panel: &Panel, band: &Band, place: f64, room: i32) -> Result<(), ChartError> {
    let ((left, top), (right, bottom)) = (panel.at(place + 0.1, band.users as f64), panel.at(place + 0.9, 0.0));
    let middle = (left + right) / 2;
    let says = [format!("{} tokens: {}", words(band), counted(band.users, "user"))];
    panel.canvas.spots.add((left, panel.frame.top), (right, bottom), &says);
    if band.users > 0 {
        panel.canvas.rectangle((left, top), (right, bottom), BAR)?;
        panel.canvas.text_on_paper(&band.users.to_string(), (middle, top - 20), LABEL.centred())?;
    }
    let words = words(band);
    let label = if LABEL.width(&words) <= room { words } else { sign(band) };
    panel.canvas.text(&label, (middle, bottom + 28), LABEL.centred())
}
