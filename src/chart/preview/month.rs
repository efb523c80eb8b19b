use super::super::ChartError;
use super::super::canvas::{Canvas, Point};
use super::super::dates::MONTHS;
use super::super::text::counted;
use super::super::theme::{AXIS, GRID, LABEL, MUTED, NAME, NOTE, OFF};
use super::Scale;
use super::marks::{Bar, Mark};
use super::spans::parts;
use crate::calendar::{Day, Weekday};
use crate::meter::Grant;
use crate::preview::{Charge, DayOf, Month, Preview, Session};
use crate::time::Instant;

/// What the month's name takes.
const NAME_LINE: i32 = 48;
/// What the hours take.
const HOURS_LINE: i32 = 40;
/// What the days' names take.
const DAYS: i32 = 96;

/// One month's days.
pub(super) struct Panel<'p, 'c> {
    canvas: &'p Canvas<'c>,
    scale: &'p Scale,
    preview: &'p Preview,
    days: &'p [DayOf],
    month: &'p Month,
    top: i32,
    left: i32,
    right: i32,
}

impl<'p, 'c> Panel<'p, 'c> {
    /// The height of any panel.
    pub(super) fn height(scale: &Scale) -> i32 {
        let (first, last) = scale.rows;
        NAME_LINE + (last - first + 1) * scale.row() + HOURS_LINE
    }

    pub(super) fn new(
        canvas: &'p Canvas<'c>,
        scale: &'p Scale,
        preview: &'p Preview,
        days: &'p [DayOf],
        month: &'p Month,
        (x, y): Point,
        width: i32,
    ) -> Self {
        Panel { canvas, scale, preview, days, month, top: y + NAME_LINE, left: x + DAYS, right: x + width }
    }

    pub(super) fn draw(&self) -> Result<(), ChartError> {
        self.name()?;
        self.frame()?;
        self.windows()?;
        self.sessions()?;
        self.marks()
    }

    fn name(&self) -> Result<(), ChartError> {
        let (year, month, _) = self.month.first_day.ymd();
        let name = format!("{} {year}", MONTHS[month as usize - 1]);
        let at = (self.left - DAYS, self.top - NAME_LINE / 2);
        self.canvas.text(&name, at, NAME)?;
        let sum = format!("{} tokens, {}", self.month.tokens, counted(self.month.windows as usize, "window"));
        self.canvas.text(&sum, (at.0 + NAME.width(&name) + 16, at.1), LABEL.coloured(MUTED))
    }

    /// Days off, hours, and the names of the Mondays.
    fn frame(&self) -> Result<(), ChartError> {
        let (first, last) = (self.row_of(self.days[0].day), self.row_of(self.days[self.days.len() - 1].day));
        let bottom = last + self.scale.row();
        for day in self.days {
            let y = self.row_of(day.day);
            if !day.working {
                self.canvas.rectangle((self.left, y), (self.right, y + self.scale.row()), OFF)?;
            }
            if day.day.weekday() == Weekday::Monday || self.scale.lanes() > 1 {
                self.canvas.line(&[(self.left, y), (self.right, y)], GRID, 2)?;
            }
            if day.day.weekday() == Weekday::Monday {
                let label = format!("Mon {}", day.day.ymd().2);
                self.canvas.text(&label, (self.left - 12, y + self.scale.row() / 2), NOTE.right())?;
            }
        }
        for hour in [0, 6, 12, 18, 24] {
            let x = self.x(f64::from(hour));
            self.canvas.line(&[(x, first), (x, bottom)], if hour % 24 == 0 { AXIS } else { GRID }, 2)?;
            let font = if hour == 24 { NOTE.right() } else { NOTE.centred() };
            self.canvas.text(&format!("{hour}"), (x, bottom + HOURS_LINE / 2), font)?;
        }
        Ok(())
    }

    fn windows(&self) -> Result<(), ChartError> {
        for charge in self.charges() {
            if let Some(end) = charge.end {
                self.bar(Bar::of(charge), &charge.product, charge.start, end.min(self.preview.end))?;
            }
        }
        Ok(())
    }

    fn sessions(&self) -> Result<(), ChartError> {
        for session in &self.preview.sessions {
            if let Some(bar) = bar_of(session, self.preview) {
                self.bar(bar, &session.product, session.opened, session.closed.unwrap_or(self.preview.end))?;
            }
        }
        Ok(())
    }

    fn marks(&self) -> Result<(), ChartError> {
        for charge in self.charges() {
            self.mark(mark_of(charge), &charge.product, charge.start)?;
        }
        for session in &self.preview.sessions {
            if is_within_grace(session) {
                self.mark(Mark::Grace, &session.product, session.opened)?;
            }
            for refused in &session.denials {
                self.mark(Mark::Denied, &refused.product, refused.at)?;
            }
        }
        Ok(())
    }

    fn charges(&self) -> impl Iterator<Item = &'p Charge> {
        self.preview.sessions.iter().flat_map(|session| &session.charges)
    }

    /// A bar's part in this month: sessions above, windows in a strip below them.
    fn bar(&self, bar: Bar, product: &str, from: Instant, until: Instant) -> Result<(), ChartError> {
        let lane = self.scale.lane_of(product) * self.scale.lane;
        let split = self.scale.lane * 2 / 3;
        let (above, below) = match bar {
            Bar::Window | Bar::Avoidable => (split, self.scale.lane - 1),
            _ => (1, split - 1),
        };
        for (day, start, end) in parts(self.scale.zone, from, until) {
            if self.has(day) {
                let (y, x) = (self.row_of(day) + lane + 1, self.x(start));
                bar.draw(self.canvas, (x, y + above), (self.x(end).max(x + 3), y + below))?;
            }
        }
        Ok(())
    }

    fn mark(&self, mark: Mark, product: &str, at: Instant) -> Result<(), ChartError> {
        let local = self.scale.zone.local(at);
        if !self.has(local.day) {
            return Ok(());
        }
        let lane = self.scale.lane_of(product) * self.scale.lane;
        let y = self.row_of(local.day) + lane + self.scale.lane / 2;
        mark.draw(self.canvas, (self.x(local.seconds as f64 / 3600.0), y), self.scale.lane)
    }

    fn has(&self, day: Day) -> bool {
        (self.days[0].day..=self.days[self.days.len() - 1].day).contains(&day)
    }

    fn row_of(&self, day: Day) -> i32 {
        self.top + (day.ymd().2 as i32 - self.scale.rows.0) * self.scale.row()
    }

    fn x(&self, hour: f64) -> i32 {
        self.left + (hour / 24.0 * f64::from(self.right - self.left)).round() as i32
    }
}

impl Bar {
    pub(super) fn of(charge: &Charge) -> Bar {
        if charge.avoidable.is_zero() { Bar::Window } else { Bar::Avoidable }
    }
}

/// The bar of a session; none where nothing was open for longer than a mark can say.
pub(super) fn bar_of(session: &Session, preview: &Preview) -> Option<Bar> {
    match session {
        _ if !session.is_granted() || session.results.is_some() || is_within_grace(session) => None,
        Session { left_open: true, .. } => Some(Bar::LeftOpen),
        _ if session.zone != preview.zone => Some(Bar::Away),
        _ => Some(Bar::Session),
    }
}

pub(super) fn mark_of(charge: &Charge) -> Mark {
    match charge.reason {
        Grant::Result => Mark::Results,
        Grant::NewWindow | Grant::AddInWithHost => Mark::NewWindow,
        _ => Mark::Renewal,
    }
}

pub(super) fn is_within_grace(session: &Session) -> bool {
    session.granted == Some(Grant::WithinGrace) && session.charges.is_empty()
}
