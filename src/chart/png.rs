//! The same SVG as PNG, with DejaVu inside the binary: no font is asked of the machine.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::ChartError;
use super::theme::UNITS_PER_PIXEL;

/// Encodes the SVG, two pixels for each of its own.
pub fn encode(svg: &str) -> Result<Vec<u8>, ChartError> {
    let failed = |why: &dyn ToString| ChartError::Png(why.to_string());
    let options = Options { fontdb: Arc::new(fonts()), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|why| failed(&why))?;
    let scale = UNITS_PER_PIXEL as f32;
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| failed(&"it has no size"))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed(&"it is too large"))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| failed(&why))
}

fn fonts() -> Database {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::bold())));
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts
}
