//! Tokens by product, the most first.

use super::super::canvas::document;
use super::super::legend::{in_title, titles};
use super::super::number::{percent, short, ticks};
use super::super::text::counted;
use super::rows::{AXIS, ROW, Row, axis, draw as draw_rows};
use super::{ChartError, NO_TOKENS, Reported, tokens};
use crate::usage_report::ProductUse;

/// How many bars there are at most, the others among them.
const BARS: usize = 16;
const TOP: i32 = 170;

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    reported.report.overview.tokens.ok_or(NO_TOKENS)?;
    let products = &reported.report.products;
    let total: f64 = products.iter().map(tokens).sum();
    let rows = rows(products, total);
    let highest = rows.iter().map(|row| row.value).fold(0.0, f64::max);
    let (title, range) = (title(products, total), reported.range()?);
    let height = TOP + ROW * rows.len().max(1) as i32 + AXIS;
    document(&title, height, |canvas| {
        titles(canvas, &title, &reported.subtitle(&range))?;
        let ticks = ticks(highest, 6);
        let bottom = draw_rows(canvas, TOP, &rows, &ticks)?;
        axis(canvas, bottom.max(TOP + ROW), &ticks, "tokens in the range")
    })
}

fn title(products: &[ProductUse], total: f64) -> String {
    match products.first().filter(|_| total > 0.0) {
        Some(most) => format!(
            "{}: {} of the {} tokens used",
            in_title(&most.product),
            percent(tokens(most) / total),
            short(total)
        ),
        None => "No product used tokens".to_owned(),
    }
}

fn rows(products: &[ProductUse], total: f64) -> Vec<Row> {
    let own = if products.len() > BARS { BARS - 1 } else { products.len() };
    let (own, others) = products.split_at(own);
    let said = |tokens: f64| match total > 0.0 {
        true => format!("{} ({})", short(tokens.max(0.0)), percent(tokens.max(0.0) / total)),
        false => short(tokens.max(0.0)),
    };
    let row = |product: &ProductUse| Row {
        name: product.product.clone(),
        suffix: format!(" · {}", counted(product.users, "user")),
        value: tokens(product),
        said: said(tokens(product)),
    };
    let mut rows: Vec<Row> = own.iter().map(row).collect();
    if !others.is_empty() {
        let sum = others.iter().map(tokens).sum();
        let suffix = format!(" · {}", counted(others.len(), "product"));
        rows.push(Row { name: "others".to_owned(), suffix, value: sum, said: said(sum) });
    }
    rows
}
