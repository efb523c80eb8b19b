//! How many users have used which version of each product.

use super::super::canvas::document;
use super::super::legend::{in_title, titles};
use super::super::number::{percent, ticks};
use super::super::text::counted;
use super::super::theme::{MARGIN, NAME};
use super::rows::{AXIS, ROW, Row, axis, draw as draw_rows};
use super::{ChartError, Reported};
use crate::usage_report::{ProductUse, VersionUsers};

/// How many products have their versions shown.
const PRODUCTS: usize = 8;
/// How many versions of each.
const VERSIONS: usize = 8;
const TOP: i32 = 170;
const HEAD: i32 = 64;

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    let known = || reported.report.products.iter().filter(|product| product.versions.is_some());
    if known().next().is_none() && !reported.report.products.is_empty() {
        return Err(ChartError::Unsaid("the export has no column of versions"));
    }
    let plots: Vec<(&ProductUse, Vec<Row>)> = known().take(PRODUCTS).map(|product| (product, rows(product))).collect();
    let rows = plots.iter().flat_map(|(_, rows)| rows);
    let (count, highest) = (rows.clone().count() as i32, rows.map(|row| row.value).fold(0.0, f64::max));
    let (title, range) = (title(reported.report.products.first()), reported.range()?);
    let height = TOP + plots.len() as i32 * (HEAD + 20) + count.max(1) * ROW + AXIS;
    document(&title, height, |canvas| {
        titles(canvas, &title, &reported.subtitle(&range))?;
        let ticks = ticks(highest.max(5.0), 5);
        let mut top = TOP;
        for (product, rows) in &plots {
            let head = format!("{} · {}", in_title(&product.product), counted(product.users, "user"));
            canvas.text(&head, (MARGIN, top + HEAD / 2), NAME)?;
            top = draw_rows(canvas, top + HEAD, rows, &ticks)? + 20;
        }
        axis(canvas, top, &ticks, "users; who used two versions counts with both")
    })
}

fn title(most: Option<&ProductUse>) -> String {
    let versions = most.and_then(|product| Some((product, by_users(product.versions.as_deref()?))));
    match versions.as_ref().and_then(|(product, versions)| Some((product, versions, versions.first()?))) {
        Some((product, versions, first)) => {
            let (name, users) = (in_title(&product.product), counted(product.users, "user"));
            let used = match versions.iter().filter(|version| version.users == first.users).count() {
                1 if first.version.is_empty() => "a version that isn't known".to_owned(),
                1 => first.version.clone(),
                several => format!("each of {several} versions"),
            };
            format!("{name}: {} of {users} used {used}", first.users)
        }
        None => "Nobody used any version".to_owned(),
    }
}

/// The most users first.
fn by_users(versions: &[VersionUsers]) -> Vec<&VersionUsers> {
    let mut versions: Vec<&VersionUsers> = versions.iter().collect();
    versions.sort_by(|one, other| other.users.cmp(&one.users).then_with(|| other.version.cmp(&one.version)));
    versions
}

fn rows(product: &ProductUse) -> Vec<Row> {
    let versions = by_users(product.versions.as_deref().unwrap_or_default());
    let row = |version: &&VersionUsers| Row {
        name: if version.version.is_empty() { "not known".to_owned() } else { version.version.clone() },
        suffix: String::new(),
        value: version.users as f64,
        said: format!("{} ({})", version.users, percent(version.users as f64 / product.users.max(1) as f64)),
    };
    let more = versions.len().saturating_sub(VERSIONS);
    let mut rows: Vec<Row> = versions.iter().take(VERSIONS).map(row).collect();
    if let Some(last) = rows.last_mut().filter(|_| more > 0) {
        last.said += &format!(", and {}", counted(more, "more version"));
    }
    rows
}
