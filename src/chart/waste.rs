//! What becomes of each pack: how much of it burns, how much expires unused on the day it ends, and how much is left.

use super::ChartError;
use super::canvas::{Canvas, document};
use super::dates::{parse, words};
use super::legend::{Key, edged, hatched, header, in_title, whisker};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::{range, whole};
use super::text::counted;
use super::theme::{BAND_WIDE, BAR, GRID, LABEL, MARGIN, NOTE, WIDTH};
use crate::forecast::{BoughtForecast, Estimate, Forecast, PackForecast};

/// How many rows are drawn at most: those that waste most.
const ROWS: usize = 20;
/// The least rows for which there is room, so that few bars look no different.
const ROWS_LEAST: usize = 3;
/// The room of the names left of the bars, and of what is said right of them.
const NAMES: i32 = 440;
const SAID: i32 = 740;
const TOP: i32 = 230;
const ROW: i32 = 72;
const BELOW: i32 = 100;

/// A pack, or all that a buyer bought for a team.
struct Row {
    name: String,
    /// The first day on which it is dead; what buyers bought ends a year after each order.
    ends: Option<String>,
    size: f64,
    burned: f64,
    expired: Estimate,
}

impl Row {
    fn left(&self) -> f64 {
        (self.size - self.burned - self.expired.mean).max(0.0)
    }

    /// "1220 expire (20 %) · ends 30 Dec 2027".
    fn said(&self, last_day: &str) -> Result<String, ChartError> {
        let waste = match self.expired.mean {
            mean if mean > 0.0 => format!("{} expire ({})", short(mean), percent(mean / self.size)),
            _ => "none expires".to_owned(),
        };
        let Some(day) = &self.ends else { return Ok(format!("{waste} · each ends a year later")) };
        let ends = if day.as_str() > last_day { "ends later, on" } else { "ends" };
        Ok(format!("{waste} · {ends} {}", words(parse(day)?)))
    }
}

impl Row {
    fn says(&self) -> Vec<String> {
        let (burned, left, expired) = (whole(self.burned), whole(self.left()), whole(self.expired.mean));
        vec![
            format!("{}: {} tokens", self.name, whole(self.size)),
            format!("{burned} burned, {left} left, {expired} expired unused"),
            format!("expired: {}", range(&self.expired)),
        ]
    }
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let all = rows(forecast);
    let shown = most_wasted(&all);
    let (title, remark) = (title(forecast), remark(&all, shown.len()));
    let legend = [
        (Key::Bar, "burned"),
        (Key::Left, "left when the horizon ends"),
        (Key::Avoidable, "expired unused"),
        (Key::Whisker, "how much expires in 80 % of the runs (p10 to p90)"),
    ];
    document(&title, TOP + ROW * shown.len().max(ROWS_LEAST) as i32 + BELOW, |canvas| {
        header(canvas, &forecast.card, &title, &remark, &legend)?;
        plot(canvas, &shown, &forecast.card.last_day)
    })
}

/// Packs by the day they end, and then what buyers bought.
fn rows(forecast: &Forecast) -> Vec<Row> {
    let (mut packs, mut bought) = (Vec::new(), Vec::new());
    for team in &forecast.teams {
        let of_team = |name: &str| match forecast.teams.len() {
            1 => name.to_owned(),
            _ => format!("{} · {}", LABEL.fit(name, NAMES / 2), team.team),
        };
        let pack = |PackForecast { id, ends, left_at_entry, burned, expired, .. }: &PackForecast| Row {
            name: of_team(id),
            ends: Some(ends.clone()),
            size: *left_at_entry,
            burned: burned.mean,
            expired: *expired,
        };
        let by_buyer = |BoughtForecast { buyer, arrived, burned, expired }: &BoughtForecast| Row {
            name: of_team(&format!("by {buyer}")),
            ends: None,
            size: arrived.mean,
            burned: burned.mean,
            expired: *expired,
        };
        packs.extend(team.packs.iter().map(pack));
        bought.extend(team.bought.iter().map(by_buyer));
    }
    packs.sort_by(|one, other| one.ends.cmp(&other.ends));
    packs.into_iter().chain(bought).collect()
}

/// In their order.
fn most_wasted(rows: &[Row]) -> Vec<&Row> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by(|one, other| rows[*other].expired.mean.total_cmp(&rows[*one].expired.mean));
    places.truncate(ROWS);
    places.sort_unstable();
    places.into_iter().map(|place| &rows[place]).collect()
}

fn plot(canvas: &Canvas, rows: &[&Row], last_day: &str) -> Result<(), ChartError> {
    let bottom = TOP + ROW * rows.len().max(1) as i32;
    let frame = Frame { left: MARGIN + NAMES, top: TOP, right: WIDTH - MARGIN - SAID, bottom };
    let ticks = ticks(rows.iter().map(|row| row.size).fold(0.0, f64::max), 5);
    let panel = Panel::new(canvas, frame, 0.0..ticks[ticks.len() - 1], 0.0..1.0);
    for (tick, label) in ticks.iter().zip(labels(&ticks)) {
        let (x, _) = panel.at(*tick, 0.0);
        canvas.line(&[(x, TOP), (x, bottom)], GRID, 2)?;
        canvas.text(&label, (x, bottom + 26), LABEL.centred())?;
    }
    canvas.text("tokens on hand at the start, or when the pack is entered", (frame.left, bottom + 62), NOTE)?;
    if rows.is_empty() {
        canvas.text("no packs", (frame.left - 16, TOP + ROW / 2), LABEL.right())?;
    }
    for (place, row) in rows.iter().enumerate() {
        draw_row(&panel, row, TOP + ROW * place as i32 + ROW / 2, last_day)?;
    }
    Ok(())
}

fn draw_row(panel: &Panel, row: &Row, y: i32, last_day: &str) -> Result<(), ChartError> {
    let (canvas, frame, half) = (panel.canvas, panel.frame, ROW * 3 / 10);
    canvas.text(&LABEL.fit(&row.name, NAMES - 20), (frame.left - 16, y), LABEL.right())?;
    let x = |tokens: f64| panel.at(tokens.clamp(0.0, row.size), 0.0).0;
    let (burned, kept, end) = (x(row.burned), x(row.burned + row.left()), x(row.size));
    if frame.left < burned {
        canvas.rectangle((frame.left, y - half), (burned, y + half), BAR)?;
    }
    if burned < kept {
        edged(canvas, (burned, y - half), (kept, y + half), BAND_WIDE)?;
    }
    if kept < end {
        hatched(canvas, (kept, y - half), (end, y + half))?;
    }
    // What expires is the end of the bar: more of it reaches further back.
    let (most, least) = (x(row.size - row.expired.p90), x(row.size - row.expired.p10));
    if most < least {
        whisker(canvas, most, least, y)?;
    }
    canvas.spots.add((MARGIN, y - ROW / 2), (WIDTH - MARGIN, y + ROW / 2), &row.says());
    canvas.text(&LABEL.fit(&row.said(last_day)?, SAID - 24), (frame.right + 24, y), LABEL)
}

fn title(forecast: &Forecast) -> String {
    let expired = &forecast.all.expired;
    if expired.mean <= 0.0 {
        return "No tokens expire unused".into();
    }
    let worth = forecast.all.expired_money;
    let worth = worth.map_or(String::new(), |money| format!(", worth {} {}", short(money), forecast.currency));
    let (mean, low, high) = (short(expired.mean), short(expired.p10), short(expired.p90));
    format!("{mean} tokens expire unused ({low} to {high} in 80 % of the runs){worth}")
}

/// Of what most expires, and what isn't shown.
fn remark(rows: &[Row], shown: usize) -> String {
    let most = rows.iter().max_by(|one, other| one.expired.mean.total_cmp(&other.expired.mean));
    let most = most.filter(|most| most.expired.mean > 0.0).map(|most| format!("most of {}", in_title(&most.name)));
    let left_out = rows.len() - shown;
    let left_out = (left_out > 0).then(|| format!("not shown: {} that waste less", counted(left_out, "pack")));
    most.into_iter().chain(left_out).collect::<Vec<_>>().join(" · ")
}
