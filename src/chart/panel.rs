//! A plot: a frame on the canvas, quantities from left to right and upwards, and the axes around it.

use std::ops::Range;

use plotters::backend::SVGBackend;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;

use super::ChartError;
use super::canvas::{Canvas, Point};
use super::dates::{Step, WEEKDAYS, place};
use super::theme::{AXIS, GRID, LABEL, NOTE};
use crate::calendar::Day;

/// Where a plot is on the canvas.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// A plot.
pub struct Panel<'c, 'a> {
    pub canvas: &'c Canvas<'a>,
    pub frame: Frame,
    area: DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

impl<'c, 'a> Panel<'c, 'a> {
    /// A plot of `x` and `y` in the frame; neither range may be empty.
    pub fn new(canvas: &'c Canvas<'a>, frame: Frame, x: Range<f64>, y: Range<f64>) -> Self {
        let actual = (frame.left..frame.right, frame.bottom..frame.top);
        let area = canvas.area.apply_coord_spec(Cartesian2d::new(x, y, actual));
        Panel { canvas, frame, area }
    }

    /// The point of the canvas that shows these quantities.
    pub fn at(&self, x: f64, y: f64) -> Point {
        self.area.map_coordinate(&(x, y))
    }

    /// Draws a line across the plot at each tick, with its label at the left; the lowest is the axis.
    pub fn value_axis(&self, ticks: &[f64], labels: &[String]) -> Result<(), ChartError> {
        for (tick, label) in ticks.iter().zip(labels) {
            let (_, y) = self.at(0.0, *tick);
            let colour = if *tick == 0.0 { AXIS } else { GRID };
            self.canvas.line(&[(self.frame.left, y), (self.frame.right, y)], colour, 2)?;
            self.canvas.text(label, (self.frame.left - 14, y), LABEL.right())?;
        }
        Ok(())
    }

    /// Draws the lines where a time axis has its marks.
    pub fn date_lines(&self, first: Day, end: Day) -> Result<(), ChartError> {
        let step = self.date_step(first, end);
        for day in step.marks(first, end).into_iter().skip(1).filter(|_| step != Step::Day) {
            let (x, _) = self.at(place(day), 0.0);
            self.canvas.line(&[(x, self.frame.top), (x, self.frame.bottom)], GRID, 2)?;
        }
        Ok(())
    }

    /// Writes a time axis below the plot: weeks or months, each right of where it begins, and the years under them; or
    /// days, each in its middle, and the weekdays under them.
    pub fn date_axis(&self, first: Day, end: Day) -> Result<(), ChartError> {
        let step = self.date_step(first, end);
        let marks = step.marks(first, end);
        if step == Step::Day {
            self.date_labels(&marks, end, 22, true, |day| step.label(day))?;
            return self.date_labels(&marks, end, 56, true, |day| WEEKDAYS[day.weekday() as usize].to_owned());
        }
        let years: Vec<Day> = marks.iter().copied().filter(|day| *day == first || day.ymd().1 == 1).collect();
        let years: Vec<Day> = years.chunk_by(|a, b| a.ymd().0 == b.ymd().0).map(|days| days[0]).collect();
        for day in &marks {
            let (x, _) = self.at(place(*day), 0.0);
            self.canvas.line(&[(x, self.frame.bottom), (x, self.frame.bottom + 34)], AXIS, 2)?;
        }
        self.date_labels(&marks, end, 22, false, |day| step.label(day))?;
        self.date_labels(&years, end, 56, false, |day| day.ymd().0.to_string())
    }

    /// Writes the label of each day that has room before the next.
    fn date_labels<F>(&self, days: &[Day], end: Day, below: i32, in_middle: bool, label: F) -> Result<(), ChartError>
    where
        F: Fn(Day) -> String,
    {
        let y = self.frame.bottom + below;
        for (i, day) in days.iter().enumerate() {
            let label = label(*day);
            let next = days.get(i + 1).copied().unwrap_or(end);
            let (from, to) = (self.at(place(*day), 0.0).0, self.at(place(next), 0.0).0);
            if in_middle {
                self.canvas.text(&label, ((from + to) / 2, y), LABEL.centred())?;
            } else if LABEL.width(&label) + 16 <= to - from {
                self.canvas.text(&label, (from + 8, y), LABEL)?;
            }
        }
        Ok(())
    }

    fn date_step(&self, first: Day, end: Day) -> Step {
        Step::finest(f64::from(self.frame.right - self.frame.left) / f64::from(end.number() - first.number()))
    }

    /// Says above the plot what its values count.
    pub fn unit(&self, text: &str) -> Result<(), ChartError> {
        self.canvas.text(text, (self.frame.left, self.frame.top - 24), NOTE)
    }
}
