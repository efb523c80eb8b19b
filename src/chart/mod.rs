//! Pictures of a forecast: SVG drawn by plotters, and the same SVG as PNG.
