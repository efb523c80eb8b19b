//! One week of one user: a row for each day from hour 0 to 24, and in that a lane for each product.

use std::ops::RangeInclusive;

use super::super::canvas::{Canvas, document};
use super::super::dates::{WEEKDAYS, parse, words};
use super::super::legend::{LEGEND_LINE, SWATCH, in_title, titles};
use super::super::number::short;
use super::super::preview::marks::{Bar, Mark};
use super::super::preview::spans::parts;
use super::super::text::counted;
use super::super::theme::{AXIS, GRID, LABEL, MARGIN, NOTE, PLOTS_TOP, WIDTH};
use super::{ChartError, Reported, number};
use crate::calendar::{Day, Zone, parse_instant};
use crate::time::Instant;
use crate::usage_report::{Person, PersonCharge};

/// The height of a lane: the session above, the window in a strip below.
const LANE: i32 = 56;
/// Products with a lane of their own; all others share the last.
const LANES: usize = 4;
/// Left of the hours, for the days, and right of them, for their tokens.
const DAYS: i32 = 170;
const TOKENS: i32 = 190;
const BELOW: i32 = 70;

/// What is drawn of a person.
struct Week<'p> {
    person: &'p Person,
    zone: Zone,
    monday: Day,
    /// The days that the report is of, from the first to the last.
    known: RangeInclusive<Day>,
    /// Where what is still open ends.
    end: Instant,
    products: Vec<&'p str>,
}

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    const UNSAID: ChartError =
        ChartError::Unsaid("the report is of nobody's sessions; `flexcast report … --user NAME` follows one user");
    let person = reported.report.person.as_ref().ok_or(UNSAID)?;
    let zone = Zone::parse(&reported.card.zone).unwrap_or(Zone::UTC);
    let (from, known_from) = (parse(&reported.report.range.from)?, parse(&reported.report.known_from)?);
    let last = parse(&reported.report.range.to)?.min(parse(&reported.report.as_of)?);
    let week = Week {
        person,
        zone,
        monday: last_used(person, zone, last).unwrap_or(last).week_start(),
        known: from.max(known_from)..=last,
        end: zone.start_of(last.plus(1)),
        products: products(person),
    };
    let title = week.title();
    document(&title, PLOTS_TOP + 7 * week.row() + BELOW, |canvas| {
        titles(canvas, &title, &reported.subtitle(&week.lanes_said()))?;
        legend(canvas)?;
        week.frame(canvas)?;
        week.draw(canvas)
    })
}

fn at(text: &str) -> Option<Instant> {
    parse_instant(text)
}

/// The last day up to `last` on which something was opened or charged.
fn last_used(person: &Person, zone: Zone, last: Day) -> Option<Day> {
    let opened = person.sessions.iter().map(|session| &session.opened);
    let begun = opened.chain(person.charges.iter().map(|charge| &charge.start));
    begun.filter_map(|text| at(text)).map(|at| zone.day_of(at)).filter(|day| *day <= last).max()
}

/// In the order in which they were opened.
fn products(person: &Person) -> Vec<&str> {
    let mut products: Vec<&str> = Vec::new();
    let sessions = person.sessions.iter().map(|session| session.product.as_str());
    for product in sessions.chain(person.charges.iter().map(|charge| charge.product.as_str())) {
        if !products.contains(&product) {
            products.push(product);
        }
    }
    products
}

fn legend(canvas: &Canvas) -> Result<(), ChartError> {
    let mut x = MARGIN;
    let mut entry = |label: &str, bar: Option<Bar>, mark: Option<Mark>| {
        if let Some(bar) = bar {
            let half = if bar == Bar::Window { 6 } else { 12 };
            bar.draw(canvas, (x, LEGEND_LINE - half), (x + SWATCH, LEGEND_LINE + half))?;
        }
        if let Some(mark) = mark {
            mark.draw(canvas, (x + SWATCH / 2, LEGEND_LINE), LANE)?;
        }
        canvas.text(label, (x + SWATCH + 14, LEGEND_LINE), LABEL)?;
        x += SWATCH + 14 + LABEL.width(label) + 44;
        Ok::<(), ChartError>(())
    };
    entry("session", Some(Bar::Session), None)?;
    entry("paid window", Some(Bar::Window), None)?;
    entry("charge for a window", None, Some(Mark::NewWindow))?;
    entry("charge for results", None, Some(Mark::Results))?;
    entry("denied", None, Some(Mark::Denied))
}

impl Week<'_> {
    fn title(&self) -> String {
        let charges = || self.person.charges.iter().filter(|charge| self.begins(charge).is_some());
        let tokens: f64 = charges().map(|charge| number(charge.tokens)).sum();
        let windows = charges().filter(|charge| charge.end.is_some()).count();
        let (user, windows) = (in_title(&self.person.user), counted(windows, "window"));
        format!("{user}: {} tokens for {windows} {}", short(tokens), self.span())
    }

    /// Of which days the figures are: where the report is of a part of the week, of that part.
    fn span(&self) -> String {
        let (first, last) = (self.monday.max(*self.known.start()), self.monday.plus(6).min(*self.known.end()));
        match first {
            first if first == last => format!("on {}", words(first)),
            first if first.plus(6) == last => format!("in the week of {}", words(first)),
            first => format!("from {} to {}", words(first), words(last)),
        }
    }

    fn lanes_said(&self) -> String {
        match &self.products[..] {
            [] => "nothing opened".to_owned(),
            [product] => (*product).to_owned(),
            products if products.len() <= LANES => format!("lanes from the top: {}", products.join(", ")),
            products => {
                let (own, shared) = products.split_at(LANES - 1);
                format!("lanes from the top: {}, and one for {}", own.join(", "), counted(shared.len(), "other"))
            }
        }
    }

    /// The day of the week on which a charge belongs.
    fn begins(&self, charge: &PersonCharge) -> Option<Day> {
        let day = self.zone.day_of(at(&charge.start)?);
        (self.days().contains(&day) && self.known.contains(&day)).then_some(day)
    }

    fn days(&self) -> std::ops::Range<Day> {
        self.monday..self.monday.plus(7)
    }

    fn row(&self) -> i32 {
        LANE * self.products.len().clamp(1, LANES) as i32 + 14
    }

    fn top_of(&self, day: Day) -> i32 {
        PLOTS_TOP + (day.number() - self.monday.number()) * self.row()
    }

    fn lane_of(&self, product: &str) -> i32 {
        let place = self.products.iter().position(|known| *known == product).unwrap_or_default();
        place.min(LANES - 1) as i32 * LANE + 8
    }

    /// Days, hours, and what each day cost.
    fn frame(&self, canvas: &Canvas) -> Result<(), ChartError> {
        for place in 0..7 {
            let day = self.monday.plus(place);
            let (y, middle) = (self.top_of(day), self.top_of(day) + self.row() / 2);
            canvas.line(&[(MARGIN, y), (WIDTH - MARGIN, y)], GRID, 2)?;
            let label = format!("{} {}", WEEKDAYS[place as usize], day.ymd().2);
            canvas.text(&label, (MARGIN + DAYS - 24, middle), LABEL.right())?;
            let of_day = self.person.charges.iter().filter(|charge| self.begins(charge) == Some(day));
            let tokens: f64 = of_day.map(|charge| number(charge.tokens)).sum();
            let said = match self.known.contains(&day) {
                true => format!("{} tokens", short(tokens)),
                false => "not told".to_owned(),
            };
            canvas.text(&said, (x(24.0) + 20, middle), NOTE)?;
        }
        let bottom = PLOTS_TOP + 7 * self.row();
        for hour in (0..=24).step_by(3) {
            let (x, colour) = (x(f64::from(hour)), if hour % 24 == 0 { AXIS } else { GRID });
            canvas.line(&[(x, PLOTS_TOP), (x, bottom)], colour, 2)?;
            canvas.text(&format!("{hour}:00"), (x, bottom + 30), LABEL.centred())?;
        }
        Ok(())
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        for charge in &self.person.charges {
            if let (Some(start), Some(end)) = (at(&charge.start), charge.end.as_deref().and_then(at)) {
                let says = format!("{}: window of {} tokens", charge.product, charge.tokens);
                self.bar(canvas, Bar::Window, &charge.product, (start, end), &says)?;
            }
        }
        for session in self.person.sessions.iter().filter(|session| session.denied.is_none()) {
            let closed = session.closed.as_deref().and_then(at).unwrap_or(self.end);
            if let Some(opened) = at(&session.opened) {
                self.bar(canvas, Bar::Session, &session.product, (opened, closed), &session.product)?;
            }
        }
        for charge in &self.person.charges {
            let mark = if charge.end.is_some() { Mark::NewWindow } else { Mark::Results };
            self.mark(canvas, mark, &charge.product, &charge.start)?;
        }
        for session in self.person.sessions.iter().filter(|session| session.denied.is_some()) {
            self.mark(canvas, Mark::Denied, &session.product, &session.opened)?;
        }
        Ok(())
    }

    /// A bar, and what it says of itself before its times.
    fn bar(
        &self,
        canvas: &Canvas,
        bar: Bar,
        product: &str,
        (from, until): (Instant, Instant),
        says: &str,
    ) -> Result<(), ChartError> {
        let (above, below) = if bar == Bar::Window { (LANE * 2 / 3, LANE - 6) } else { (4, LANE * 2 / 3 - 3) };
        let parts = parts(self.zone, from, until.max(from)).into_iter();
        for (day, start, end) in parts.filter(|(day, ..)| self.days().contains(day)) {
            let y = self.top_of(day) + self.lane_of(product);
            let (low, high) = ((x(start), y + above), (x(end).max(x(start) + 3), y + below));
            bar.draw(canvas, low, high)?;
            let says = [says.to_owned(), format!("{} to {}", self.clock(from), self.clock(until))];
            canvas.spots.add(low, high, &says);
        }
        Ok(())
    }

    /// `4 Jan 2027 9:05`.
    fn clock(&self, at: Instant) -> String {
        let local = self.zone.local(at);
        format!("{} {}:{:02}", words(local.day), local.seconds / 3600, local.seconds / 60 % 60)
    }

    fn mark(&self, canvas: &Canvas, mark: Mark, product: &str, when: &str) -> Result<(), ChartError> {
        let Some(at) = at(when) else { return Ok(()) };
        let local = self.zone.local(at);
        if !self.days().contains(&local.day) {
            return Ok(());
        }
        let y = self.top_of(local.day) + self.lane_of(product) + LANE / 2;
        mark.draw(canvas, (x(local.seconds as f64 / 3600.0), y), LANE)
    }
}

fn x(hour: f64) -> i32 {
    let width = WIDTH - 2 * MARGIN - DAYS - TOKENS;
    MARGIN + DAYS + (hour / 24.0 * f64::from(width)).round() as i32
}
