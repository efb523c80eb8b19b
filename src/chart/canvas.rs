//! The paper: shapes and text in units of the canvas, and the SVG document around them.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::ChartError;
use super::spots::{Spots, over};
use super::text::{Font, printable};
use super::theme::{FONT_FAMILY, PAPER, UNITS_PER_PIXEL, WIDTH};

/// A point of the canvas.
pub type Point = (i32, i32);

/// plotters takes the height of a line for a font's size, and writes this part of it.
const LINE_PER_SIZE: f64 = 1.24;

/// What is drawn on.
pub struct Canvas<'a> {
    pub area: DrawingArea<SVGBackend<'a>, Shift>,
    /// What is told under the pointer.
    pub spots: Spots,
}

/// Lets `paint` draw on an empty canvas of that height, and returns the SVG document.
pub fn document<F>(title: &str, height: i32, paint: F) -> Result<String, ChartError>
where
    F: FnOnce(&Canvas) -> Result<(), ChartError>,
{
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32)).into_drawing_area();
    let canvas = Canvas { area, spots: Spots::default() };
    canvas.area.fill(&PAPER)?;
    paint(&canvas)?;
    canvas.area.present()?;
    let spots = canvas.spots.take();
    drop(canvas);
    Ok(dressed(&over(&svg, &spots), title, height))
}

/// The document with its size in pixels, and with the title that screen readers say.
fn dressed(svg: &str, title: &str, height: i32) -> String {
    let (_, body) = svg.split_once('\n').unwrap_or_default();
    let (width_px, height_px) = (WIDTH / UNITS_PER_PIXEL, height / UNITS_PER_PIXEL);
    let title = printable(title).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width_px}\" height=\"{height_px}\" \
         viewBox=\"0 0 {WIDTH} {height}\">\n<title>{title}</title>\n{body}"
    )
}

impl Canvas<'_> {
    /// Writes a text whose line is centred on the point's height.
    pub fn text(&self, text: &str, at: Point, font: Font) -> Result<(), ChartError> {
        let style = if font.bold { FontStyle::Bold } else { FontStyle::Normal };
        let size = f64::from(font.size) * LINE_PER_SIZE;
        let style = TextStyle::from((FontFamily::Name(FONT_FAMILY), size, style))
            .color(&font.colour)
            .pos(Pos::new(font.anchor, VPos::Center));
        Ok(self.area.draw(&Text::new(printable(text), at, style))?)
    }

    /// Writes a text over whatever is there.
    pub fn text_on_paper(&self, text: &str, (x, y): Point, font: Font) -> Result<(), ChartError> {
        let width = font.width(text);
        let left = match font.anchor {
            HPos::Left => x,
            HPos::Center => x - width / 2,
            HPos::Right => x - width,
        };
        let half = font.size / 2 + 1;
        self.rectangle((left - 6, y - half), (left + width + 6, y + half), PAPER)?;
        self.text(text, (x, y), font)
    }

    /// Draws a line through the points.
    pub fn line(&self, points: &[Point], colour: RGBColor, width: u32) -> Result<(), ChartError> {
        Ok(self.area.draw(&PathElement::new(points, colour.stroke_width(width)))?)
    }

    /// Draws a broken line through the points: dashes and gaps of that length.
    pub fn dashes(&self, points: &[Point], colour: RGBColor, width: u32, dash: (i32, i32)) -> Result<(), ChartError> {
        let style: ShapeStyle = colour.stroke_width(width);
        Ok(self.area.draw(&DashedPathElement::new(points.iter().copied(), dash.0, dash.1, style))?)
    }

    /// Fills a rectangle between two corners.
    pub fn rectangle(&self, from: Point, to: Point, colour: RGBColor) -> Result<(), ChartError> {
        Ok(self.area.draw(&Rectangle::new([from, to], colour.filled()))?)
    }

    /// Fills the shape that the points go around.
    pub fn polygon(&self, points: Vec<Point>, colour: RGBColor) -> Result<(), ChartError> {
        Ok(self.area.draw(&Polygon::new(points, colour.filled()))?)
    }

    /// Fills a dot.
    pub fn dot(&self, at: Point, radius: u32, colour: RGBColor) -> Result<(), ChartError> {
        Ok(self.area.draw(&Circle::new(at, radius, colour.filled()))?)
    }
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(why: DrawingAreaErrorKind<E>) -> Self {
        ChartError::Svg(why.to_string())
    }
}
