//! On how many days of each week one user used a product: a plot for each product.

use super::super::canvas::{Canvas, document};
use super::super::dates::{parse, place, words};
use super::super::legend::{in_title, titles};
use super::super::number::short;
use super::super::panel::{Frame, Panel};
use super::super::text::counted;
use super::super::theme::{BAR, LABEL, MARGIN, NAME, NOTE, PLOT_LEFT, TIME_AXIS, WIDTH};
use super::{ChartError, Reported, number};
use crate::calendar::Day;
use crate::usage_report::{ProductOfUser, UserUse, Week};

/// How many products have a plot.
const PLOTS: usize = 5;
const TOP: i32 = 160;
const HEAD: i32 = 92;
const PLOT: i32 = 260;
const GAP: i32 = 20;

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    let user = reported.user()?;
    let UserUse { products, days_used: Some(days), .. } = user else {
        return Err(ChartError::Unsaid("a usage report of totals doesn't say what was used in which week"));
    };
    let shown = &products[..products.len().min(PLOTS)];
    let (first, end) = reported.days_of_range()?;
    let per_week = *days as f64 * 7.0 / f64::from(reported.report.range.days);
    let of_days = counted(reported.report.range.days as usize, "day");
    let title = format!("{}: used on {days} of {of_days}, {} a week", in_title(&user.user), short(per_week));
    let of = match products.len() - shown.len() {
        0 => reported.range()?,
        more => format!("{} · {} not shown", reported.range()?, counted(more, "more product")),
    };
    document(&title, TOP + shown.len() as i32 * (HEAD + PLOT + GAP) + TIME_AXIS, |canvas| {
        titles(canvas, &title, &reported.subtitle(&of))?;
        let mut top = TOP;
        for (at, product) in shown.iter().enumerate() {
            plot(canvas, product, top, (first, end), at + 1 == shown.len())?;
            top += HEAD + PLOT + GAP;
        }
        Ok(())
    })
}

fn plot(
    canvas: &Canvas,
    product: &ProductOfUser,
    top: i32,
    (first, end): (Day, Day),
    is_last: bool,
) -> Result<(), ChartError> {
    let name = NAME.fit(&product.product, WIDTH / 2);
    canvas.text(&name, (PLOT_LEFT, top + 28), NAME)?;
    let days = product.days_used.unwrap_or_default();
    let tokens = product.tokens.map_or(String::new(), |tokens| format!(", {} tokens", short(number(tokens))));
    let said = format!("{}{tokens}; days used in each week", counted(days, "day"));
    canvas.text(&said, (PLOT_LEFT + NAME.width(&name) + 18, top + 28), NOTE)?;
    let frame = Frame { left: PLOT_LEFT, top: top + HEAD, right: WIDTH - MARGIN, bottom: top + HEAD + PLOT };
    let panel = Panel::new(canvas, frame, place(first)..place(end), 0.0..7.0);
    panel.date_lines(first, end)?;
    panel.value_axis(&[0.0, 2.0, 4.0, 6.0], &["0", "2", "4", "6"].map(str::to_owned))?;
    for week in product.weeks.iter().flatten() {
        column(&panel, week, (first, end))?;
    }
    if is_last { panel.date_axis(first, end) } else { Ok(()) }
}

/// A week's days, as far as it is in the range.
fn column(panel: &Panel, week: &Week, (first, end): (Day, Day)) -> Result<(), ChartError> {
    let monday = parse(&week.monday)?;
    let (from, to) = (place(monday.max(first)), place(monday.plus(7).min(end)));
    let ((left, top), (right, bottom)) = (panel.at(from, week.days_used as f64), panel.at(to, 0.0));
    panel.canvas.rectangle((left + 2, top), ((right - 2).max(left + 4), bottom), BAR)?;
    let says = [format!("week of {}: {}", words(monday), counted(week.days_used, "day"))];
    panel.canvas.spots.add((left, panel.frame.top), (right, bottom), &says);
    let label = week.days_used.to_string();
    if LABEL.width(&label) + 12 <= right - left {
        panel.canvas.text(&label, ((left + right) / 2, top - 18), LABEL.centred())?;
    }
    Ok(())
}
