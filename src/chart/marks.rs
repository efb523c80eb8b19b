//! Purchases, the ends of packs and the day by which tokens would have run out, as upright lines whose labels stand in lanes above the plot and never overlap.

use std::collections::BTreeMap;

use super::ChartError;
use super::dates::{parse, place};
use super::legend::Key;
use super::number::short;
use super::panel::Panel;
use super::theme::{INK, LABEL, MARGIN, PACK_END, PLOT_LEFT, PURCHASE, WIDTH};
use crate::calendar::Day;
use crate::forecast::PackForecast;

const LANE: i32 = 32;
/// Lanes at most for the labels of each kind: the ends' stand above the purchases'.
const LANES: usize = 2;
/// The widest a label may be.
const WIDEST: i32 = 420;
/// More marks than this get short lines, so that they don't hatch the plot.
const CROWD: usize = 20;
/// How far a short line reaches into the plot.
const SHORT: i32 = 40;

/// A day on which packs come, or end.
struct Mark {
    x: i32,
    label: String,
    /// The middle of the label: over the line, unless the plot's side is too near.
    middle: i32,
    /// Counted upwards; `None` where no lane has room.
    lane: Option<usize>,
}

/// All marks of one kind.
struct Row {
    key: Key,
    marks: Vec<Mark>,
}

/// All marks of a plot.
pub struct Marks {
    purchases: Row,
    ends: Row,
    /// At most one.
    out: Row,
}

/// Finds the marks of the packs between the first day and the end, and gives each label its lane.
pub fn marks(packs: &[PackForecast], first: Day, end: Day) -> Result<Marks, ChartError> {
    marks_called(packs, first, end, |pack| format!("+{}", short(pack.size)))
}

/// The same, with labels of its own for purchases.
pub fn marks_called(
    packs: &[PackForecast],
    first: Day,
    end: Day,
    label: impl Fn(&PackForecast) -> String,
) -> Result<Marks, ChartError> {
    let (mut purchases, mut ends): (BTreeMap<Day, Vec<String>>, BTreeMap<Day, Vec<String>>) = Default::default();
    for pack in packs {
        if let Some(enters) = &pack.enters {
            purchases.entry(parse(enters)?).or_default().push(label(pack));
        }
        ends.entry(parse(&pack.ends)?).or_default().push(pack.id.clone());
    }
    let row = |key, days: BTreeMap<Day, Vec<String>>| Row { key, marks: lay_out(&days, key, first, end) };
    let out = Row { key: Key::StockOut, marks: Vec::new() };
    Ok(Marks { purchases: row(Key::Purchase, purchases), ends: row(Key::PackEnd, ends), out })
}

fn lay_out(days: &BTreeMap<Day, Vec<String>>, key: Key, first: Day, end: Day) -> Vec<Mark> {
    let scale = f64::from(WIDTH - MARGIN - PLOT_LEFT) / (place(end) - place(first));
    let mut taken = [i32::MIN; LANES];
    let mut mark = |(day, names): (&Day, &Vec<String>)| {
        let x = PLOT_LEFT + ((place(*day) - place(first)) * scale) as i32;
        let label = LABEL.fit(&label(key, names), WIDEST);
        let half = LABEL.width(&label) / 2 + 1;
        let middle = x.clamp(PLOT_LEFT + half, WIDTH - MARGIN - half);
        Mark { x, label, middle, lane: free_lane(&mut taken, middle - half, middle + half) }
    };
    days.range(first..end).map(&mut mark).collect()
}

/// The lowest lane that is free at `from`; it is then taken up to `to`.
fn free_lane(taken: &mut [i32; LANES], from: i32, to: i32) -> Option<usize> {
    let lane = taken.iter().position(|up_to| *up_to < from)?;
    taken[lane] = to + 20;
    Some(lane)
}

fn label(key: Key, names: &[String]) -> String {
    match names {
        [name] if key == Key::PackEnd => format!("{name} ends"),
        _ if key == Key::PackEnd => format!("{} end", names.join(", ")),
        _ => names.join(" "),
    }
}

impl Row {
    fn height(&self) -> i32 {
        let lanes = self.marks.iter().filter_map(|mark| mark.lane).max().map_or(0, |lane| lane + 1);
        LANE * lanes as i32
    }

    /// Draws the lines from their labels down.
    fn draw_lines(&self, panel: &Panel, floor: i32, bottom: i32) -> Result<(), ChartError> {
        for mark in &self.marks {
            let line = [(mark.x, mark.lane.map_or(panel.frame.top, |lane| lane_middle(floor, lane))), (mark.x, bottom)];
            match self.key {
                Key::PackEnd => panel.canvas.dashes(&line, PACK_END, 4, (10, 6))?,
                Key::StockOut => panel.canvas.dashes(&line, INK, 5, (5, 7))?,
                _ => panel.canvas.line(&line, PURCHASE, 4)?,
            }
        }
        Ok(())
    }

    fn draw_labels(&self, panel: &Panel, floor: i32) -> Result<(), ChartError> {
        let font = LABEL.centred().coloured(match self.key {
            Key::PackEnd => PACK_END,
            Key::StockOut => INK,
            _ => PURCHASE,
        });
        for mark in &self.marks {
            if let Some(lane) = mark.lane {
                panel.canvas.text_on_paper(&mark.label, (mark.middle, lane_middle(floor, lane)), font)?;
            }
        }
        Ok(())
    }
}

fn lane_middle(floor: i32, lane: usize) -> i32 {
    floor - LANE / 2 - LANE * lane as i32
}

impl Marks {
    /// Also marks the day by which tokens would have run out.
    pub fn and_out(mut self, day: Day, label: &str, first: Day, end: Day) -> Self {
        self.out.marks = lay_out(&BTreeMap::from([(day, vec![label.to_owned()])]), Key::StockOut, first, end);
        self
    }

    fn rows(&self) -> [&Row; 3] {
        [&self.purchases, &self.ends, &self.out]
    }

    /// The height of the lanes in use, or else of the white that keeps the axis' highest label free.
    pub fn height(&self) -> i32 {
        (self.rows().iter().map(|row| row.height()).sum::<i32>() + 4).max(18)
    }

    /// Whether there is a mark of this kind.
    pub fn has(&self, key: Key) -> bool {
        self.rows().into_iter().any(|row| row.key == key && !row.marks.is_empty())
    }

    /// Draws all lines, then the labels on white, so that no line crosses a label.
    pub fn draw(&self, panel: &Panel) -> Result<(), ChartError> {
        let frame = panel.frame;
        let crowded = self.purchases.marks.len() + self.ends.marks.len() > CROWD;
        let bottom = if crowded { frame.top + SHORT } else { frame.bottom };
        let low = frame.top - 4;
        let middle = low - self.purchases.height();
        let high = middle - self.ends.height();
        self.out.draw_lines(panel, high, frame.bottom)?;
        self.ends.draw_lines(panel, middle, bottom)?;
        self.purchases.draw_lines(panel, low, bottom)?;
        self.out.draw_labels(panel, high)?;
        self.ends.draw_labels(panel, middle)?;
        self.purchases.draw_labels(panel, low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(id: &str, enters: Option<&str>, ends: &str) -> PackForecast {
        let (enters, ends) = (enters.map(str::to_owned), ends.to_owned());
        PackForecast {
            id: id.into(),
            enters,
            ends,
            size: 5000.0,
            left_at_entry: 5000.0,
            burned: Default::default(),
            expired: Default::default(),
        }
    }

    #[test]
    fn marks_of_one_day_share_a_label_and_close_ones_take_another_lane() {
        let far = "2099-01-01";
        for (packs, labels) in [
            (vec![pack("p1", None, "2027-03-01")], "p1 ends@0"),
            (vec![pack("p1", None, "2027-03-01"), pack("p2", None, "2027-03-01")], "p1, p2 end@0"),
            (vec![pack("p1", Some("2027-03-01"), far), pack("p2", Some("2027-03-01"), far)], "+5000 +5000@0"),
            (
                vec![pack("a", Some("2027-03-01"), far), pack("b", Some("2027-03-03"), "2027-03-03")],
                "+5000@0 +5000@1 b ends@0",
            ),
            (
                vec![pack("a", None, "2027-03-01"), pack("b", None, "2027-03-02"), pack("c", None, "2027-03-03")],
                "a ends@0 b ends@1 c ends@-",
            ),
            (vec![pack("before", Some("2026-01-01"), "2026-12-31"), pack("after", Some("2028-01-01"), far)], ""),
        ] {
            let marks = marks(&packs, Day::parse("2027-01-01").unwrap(), Day::parse("2028-01-01").unwrap()).unwrap();
            let shown =
                |mark: &Mark| format!("{}@{}", mark.label, mark.lane.map_or("-".into(), |lane| lane.to_string()));
            let shown: Vec<_> = marks.purchases.marks.iter().chain(&marks.ends.marks).map(shown).collect();
            assert_eq!(shown.join(" "), labels);
        }
    }
}
