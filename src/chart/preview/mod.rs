//! One person's time: a panel for each month, in it a row for each day from hour 0 to 24, and in that a lane for each product.

mod legend;
pub(super) mod marks;
mod month;
pub(super) mod spans;

use super::ChartError;
use super::canvas::document;
use super::dates::words;
use super::legend::{in_title, titles};
use super::number::percent;
use super::text::counted;
use super::theme::{MARGIN, WIDTH};
use crate::calendar::Zone;
use crate::forecast::RunCard;
use crate::preview::{DayOf, Month, Preview};
use crate::tokens::Tokens;
use legend::{draw_legend, legend};
use month::Panel;

/// Panels beside each other, at most.
const COLUMNS: usize = 4;
/// White between them.
const GAP: i32 = 40;
/// Products with a lane of their own; all others share the last.
const LANES: usize = 4;

/// What all panels share.
struct Scale {
    zone: Zone,
    /// By lane, from the top.
    products: Vec<String>,
    /// The height of a lane.
    lane: i32,
    /// The days of the month that any panel shows, both ends included.
    rows: (i32, i32),
}

impl Scale {
    fn of(preview: &Preview) -> Scale {
        let charges = preview.sessions.iter().flat_map(|session| &session.charges).map(|charge| &charge.product);
        let mut products: Vec<String> = Vec::new();
        for product in preview.sessions.iter().map(|session| &session.product).chain(charges) {
            if !products.contains(product) {
                products.push(product.clone());
            }
        }
        let lane = match (preview.months.len(), products.len()) {
            (..=2, ..=2) => 24,
            (..=2, _) | (_, ..=1) => 20,
            _ => 14,
        };
        let of_month = |day: &DayOf| day.day.ymd().2 as i32;
        let first = if preview.months.len() == 1 { of_month(&preview.days[0]) } else { 1 };
        let last = preview.days.iter().map(of_month).max().unwrap_or(first);
        Scale { zone: Zone::parse(&preview.zone).unwrap_or(Zone::UTC), products, lane, rows: (first, last) }
    }

    fn lanes(&self) -> usize {
        self.products.len().clamp(1, LANES)
    }

    fn lane_of(&self, product: &str) -> i32 {
        let place = self.products.iter().position(|known| known == product).unwrap_or_default();
        place.min(LANES - 1) as i32
    }

    /// The height of a day's row.
    fn row(&self) -> i32 {
        self.lane * self.lanes() as i32 + 2
    }
}

/// Draws the picture.
pub fn draw(preview: &Preview, script: &str, card: &RunCard, replication: u32) -> Result<String, ChartError> {
    let scale = Scale::of(preview);
    let entries = legend(preview);
    let top = legend::bottom(&entries);
    let months: Vec<_> = preview.days.chunk_by(|a, b| a.day.ymd().1 == b.day.ymd().1).collect();
    let columns = months.len().clamp(1, COLUMNS);
    let rows = months.len().div_ceil(columns);
    let width = (WIDTH - 2 * MARGIN - GAP * (columns as i32 - 1)) / columns as i32;
    let height = Panel::height(&scale) + GAP;
    let title = title(preview, script);
    document(&title, top + height * rows as i32 + MARGIN / 2, |canvas| {
        titles(canvas, &title, &subtitle(preview, card, replication, &scale))?;
        draw_legend(canvas, &entries)?;
        for (place, days) in months.iter().enumerate() {
            let (column, row) = ((place % columns) as i32, (place / columns) as i32);
            let at = (MARGIN + column * (width + GAP), top + row * height);
            Panel::new(canvas, &scale, preview, days, &preview.months[place], at, width).draw()?;
        }
        Ok(())
    })
}

fn title(preview: &Preview, script: &str) -> String {
    let total = Month::total(&preview.months);
    let tokens = |tokens: Tokens| tokens.millionths() as f64 / 1e6;
    let avoidable = match tokens(total.avoidable) / tokens(total.tokens) {
        share if share > 0.0 => format!(", {} of it avoidable", percent(share)),
        _ => String::new(),
    };
    let denied = if total.denials > 0 { format!(", {} denied", total.denials) } else { String::new() };
    // Results are charged without a window.
    let windows = match total.windows {
        0 => String::new(),
        windows => format!(" for {}", counted(windows as usize, "window")),
    };
    let days = counted(total.days_used as usize, "day");
    format!("{}: {} tokens{windows} on {days} of use{avoidable}{denied}", in_title(script), total.tokens)
}

fn subtitle(preview: &Preview, card: &RunCard, replication: u32, scale: &Scale) -> String {
    let lanes = match &scale.products[..] {
        [] => String::new(),
        [product] => format!(" · {product}"),
        products if products.len() <= LANES => format!(" · lanes of a day from the top: {}", products.join(", ")),
        products => {
            let (own, shared) = products.split_at(LANES - 1);
            format!(" · lanes of a day from the top: {}, and one for {}", own.join(", "), shared.join(", "))
        }
    };
    format!(
        "{} · {} to {} · seed {}, replication {replication} · hours in {}{lanes}",
        preview.user,
        words(preview.first_day),
        words(preview.last_day),
        card.seed,
        preview.zone,
    )
}
