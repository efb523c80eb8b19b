//! Purchases and the ends of packs, as upright lines whose labels stand in lanes above the plot and never overlap.

use std::collections::BTreeMap;

use plotters::style::WHITE;

use super::ChartError;
use super::dates::{parse, place};
use super::legend::Key;
use super::number::short;
use super::panel::Panel;
use super::theme::{LABEL, MARGIN, PACK_END, PLOT_LEFT, PURCHASE, WIDTH};
use crate::calendar::Day;
use crate::forecast::PackForecast;

const LANE: i32 = 32;
const LANES: usize = 3;
/// The widest a label may be.
const WIDEST: i32 = 420;

/// A day on which packs come or end.
struct Mark {
    x: i32,
    key: Key,
    label: String,
    /// The middle of the label.
    middle: i32,
    /// Counted upwards from the plot; `None` where no lane has room.
    lane: Option<usize>,
}

/// All marks of a plot.
pub struct Marks(Vec<Mark>);

/// Finds the marks of the packs between the first day and the end, and gives each label its lane.
pub fn marks(packs: &[PackForecast], first: Day, end: Day) -> Result<Marks, ChartError> {
    let mut days: BTreeMap<(Day, bool), Vec<String>> = BTreeMap::new();
    for pack in packs {
        if let Some(enters) = &pack.enters {
            days.entry((parse(enters)?, true)).or_default().push(format!("+{}", short(pack.size)));
        }
        days.entry((parse(&pack.ends)?, false)).or_default().push(pack.id.clone());
    }
    let scale = f64::from(WIDTH - MARGIN - PLOT_LEFT) / (place(end) - place(first));
    let mut ends = [i32::MIN; LANES];
    let inside = days.into_iter().filter(|((day, _), _)| (first..end).contains(day));
    Ok(Marks(
        inside
            .map(|((day, enters), names)| {
                let x = PLOT_LEFT + ((place(day) - place(first)) * scale) as i32;
                let label = LABEL.fit(&label(enters, &names), WIDEST);
                let half = LABEL.width(&label) / 2 + 1;
                let middle = x.clamp(PLOT_LEFT + half, WIDTH - MARGIN - half);
                let lane = free_lane(&mut ends, middle - half, middle + half);
                Mark { x, key: if enters { Key::Purchase } else { Key::PackEnd }, label, middle, lane }
            })
            .collect(),
    ))
}

/// The lowest lane whose last label ends before `from`; it then ends at `to`.
fn free_lane(ends: &mut [i32; LANES], from: i32, to: i32) -> Option<usize> {
    let lane = ends.iter().position(|end| *end < from)?;
    ends[lane] = to + 20;
    Some(lane)
}

fn label(enters: bool, names: &[String]) -> String {
    match (enters, names) {
        (true, [name, others @ ..]) if !others.is_empty() && others.iter().all(|other| other == name) => {
            format!("{} × {name}", names.len())
        }
        (true, _) => names.join(" "),
        (false, [name]) => format!("{name} ends"),
        (false, _) => format!("{} end", names.join(", ")),
    }
}

impl Marks {
    /// The height of the lanes in use.
    pub fn height(&self) -> i32 {
        self.0.iter().filter_map(|mark| mark.lane).max().map_or(0, |lane| LANE * (lane as i32 + 1))
    }

    /// Whether there is a mark of this kind.
    pub fn has(&self, key: Key) -> bool {
        self.0.iter().any(|mark| mark.key == key)
    }

    /// Draws the lines, then the labels on white, so that no line crosses a label.
    pub fn draw(&self, panel: &Panel) -> Result<(), ChartError> {
        for mark in &self.0 {
            let top = mark.lane.map_or(panel.frame.top, |lane| lane_middle(panel, lane));
            let line = [(mark.x, top), (mark.x, panel.frame.bottom)];
            match mark.key {
                Key::Purchase => panel.canvas.line(&line, PURCHASE, 4)?,
                _ => panel.canvas.dashes(&line, PACK_END, 4, (10, 6))?,
            }
        }
        for mark in &self.0 {
            if let Some(lane) = mark.lane {
                draw_label(panel, mark, lane_middle(panel, lane))?;
            }
        }
        Ok(())
    }
}

fn lane_middle(panel: &Panel, lane: usize) -> i32 {
    panel.frame.top - LANE / 2 - LANE * lane as i32
}

fn draw_label(panel: &Panel, mark: &Mark, y: i32) -> Result<(), ChartError> {
    let half = LABEL.width(&mark.label) / 2 + 6;
    panel.canvas.rectangle((mark.middle - half, y - LANE / 2), (mark.middle + half, y + LANE / 2), WHITE)?;
    let colour = if mark.key == Key::Purchase { PURCHASE } else { PACK_END };
    panel.canvas.text(&mark.label, (mark.middle, y), LABEL.centred().coloured(colour))
}
