//! The look that all pictures share: sizes, fonts and colours.
//!
//! The colours are Okabe and Ito's, which people who are colour-blind tell apart, taken lighter or darker so that
//! their tones differ on a black-and-white print too. They are those of the light look; `look` has a dark one for each.

use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::text::Font;

/// Units of the canvas for a pixel of the SVG: the backend rounds to whole units, and half pixels look smoother.
pub const UNITS_PER_PIXEL: i32 = 2;
/// The canvas' width, in units as all that follows.
pub const WIDTH: i32 = 2400;
/// The canvas' usual height.
pub const HEIGHT: i32 = 1350;
/// White around everything.
pub const MARGIN: i32 = 48;
/// Where plots begin, right of the value labels.
pub const PLOT_LEFT: i32 = 150;
/// Where the space below title, subtitle and legend begins.
pub const PLOTS_TOP: i32 = 214;
/// What a time axis takes below a plot.
pub const TIME_AXIS: i32 = 84;

/// The families, for browsers too; the PNG has the first inside.
pub const FONT_FAMILY: &str = "DejaVu Sans, sans-serif";

/// The finding.
pub const TITLE: Font = Font { size: 42, bold: true, colour: INK, anchor: HPos::Left };
/// What the picture was made of.
pub const SUBTITLE: Font = Font { size: 27, bold: false, colour: MUTED, anchor: HPos::Left };
/// The name of a panel.
pub const NAME: Font = Font { size: 28, bold: true, colour: INK, anchor: HPos::Left };
/// Everything else.
pub const LABEL: Font = Font { size: 26, bold: false, colour: INK, anchor: HPos::Left };
/// Units and remarks.
pub const NOTE: Font = Font { size: 25, bold: false, colour: MUTED, anchor: HPos::Left };

/// What all lies on.
pub const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Text and outlines.
pub const INK: RGBColor = RGBColor(0x1a, 0x1a, 0x1a);
/// Text that stands back.
pub const MUTED: RGBColor = RGBColor(0x55, 0x55, 0x55);
/// Lines of the grid.
pub const GRID: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);
/// Days off.
pub const OFF: RGBColor = RGBColor(0xee, 0xee, 0xee);
/// The axis line itself.
pub const AXIS: RGBColor = RGBColor(0x80, 0x80, 0x80);
/// p5 to p95.
pub const BAND_WIDE: RGBColor = RGBColor(0xcd, 0xe3, 0xf2);
/// p10 to p90.
pub const BAND_NARROW: RGBColor = RGBColor(0x86, 0xbb, 0xde);
/// The middle of the bands.
pub const LINE: RGBColor = RGBColor(0x00, 0x3a, 0x66);
/// Bars.
pub const BAR: RGBColor = RGBColor(0x3d, 0x8f, 0xc4);
/// A planned purchase.
pub const PURCHASE: RGBColor = RGBColor(0x00, 0x6b, 0x4e);
/// The end of a pack.
pub const PACK_END: RGBColor = RGBColor(0xa8, 0x45, 0x00);
/// The plain day-of-week mean, and the price of a subscription.
pub const PLAIN: RGBColor = PACK_END;
/// What needn't have been burned.
pub const AVOIDABLE: RGBColor = RGBColor(0xf2, 0xc1, 0x4e);
