use super::super::ChartError;
use super::super::canvas::Canvas;
use super::super::legend::{LEGEND_LINE, SWATCH};
use super::super::theme::{LABEL, MARGIN, OFF, WIDTH};
use super::marks::{Bar, Mark};
use super::month::{bar_of, is_within_grace, mark_of};
use crate::preview::Preview;

/// What an entry shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sample {
    Bar(Bar),
    Mark(Mark),
    Off,
}

/// An entry with its place.
pub(super) struct Entry {
    sample: Sample,
    label: &'static str,
    at: (i32, i32),
}

const LINE: i32 = 42;
const BARS: [(Bar, &str); 5] = [
    (Bar::Session, "session"),
    (Bar::Away, "session by another zone's clock"),
    (Bar::LeftOpen, "left open"),
    (Bar::Window, "paid window"),
    (Bar::Avoidable, "window that nobody needed"),
];
const MARKS: [(Mark, &str); 5] = [
    (Mark::NewWindow, "charge for a new window"),
    (Mark::Renewal, "charge for a renewal"),
    (Mark::Grace, "closed within the grace: free"),
    (Mark::Results, "charge for results"),
    (Mark::Denied, "denied"),
];

/// The entries that a preview needs, in lines.
pub(super) fn legend(preview: &Preview) -> Vec<Entry> {
    let charges = || preview.sessions.iter().flat_map(|session| &session.charges);
    let has_bar = |bar: Bar| {
        preview.sessions.iter().any(|session| bar_of(session, preview) == Some(bar))
            || charges().any(|charge| charge.end.is_some() && Bar::of(charge) == bar)
    };
    let has_mark = |mark: Mark| {
        charges().any(|charge| mark_of(charge) == mark)
            || preview.sessions.iter().any(|session| match mark {
                Mark::Grace => is_within_grace(session),
                Mark::Denied => !session.denials.is_empty(),
                _ => false,
            })
    };
    let bars = BARS.into_iter().filter(|(bar, _)| has_bar(*bar)).map(|(bar, label)| (Sample::Bar(bar), label));
    let marks = MARKS.into_iter().filter(|(mark, _)| has_mark(*mark)).map(|(mark, label)| (Sample::Mark(mark), label));
    let samples = bars.chain(marks).chain([(Sample::Off, "day off")]);
    let mut entries: Vec<Entry> = Vec::new();
    let (mut x, mut y) = (MARGIN, LEGEND_LINE);
    for (sample, label) in samples {
        let width = SWATCH + 14 + LABEL.width(label);
        if x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        entries.push(Entry { sample, label, at: (x, y) });
        x += width + 44;
    }
    entries
}

/// Where the panels may begin.
pub(super) fn bottom(entries: &[Entry]) -> i32 {
    entries.last().map_or(LEGEND_LINE, |entry| entry.at.1) + LINE
}

pub(super) fn draw_legend(canvas: &Canvas, entries: &[Entry]) -> Result<(), ChartError> {
    for Entry { sample, label, at: (x, y) } in entries {
        match sample {
            Sample::Bar(bar) => {
                let half = if matches!(bar, Bar::Window | Bar::Avoidable) { 4 } else { 7 };
                bar.draw(canvas, (*x, y - half), (x + SWATCH, y + half))?;
            }
            Sample::Mark(mark) => mark.draw(canvas, (x + SWATCH / 2, *y), 20)?,
            Sample::Off => canvas.rectangle((*x, y - 14), (x + SWATCH, y + 14), OFF)?,
        }
        canvas.text(label, (x + SWATCH + 14, *y), LABEL)?;
    }
    Ok(())
}
