//! A comparison as a tornado.

use super::tornado::{Scale, Tornado, TornadoEnd, TornadoRow};
use crate::compare::{Comparison, Variant};
use crate::forecast::Figure;

/// The variants' changes of a figure. `title` is the finding, `unit` what the figure counts.
pub fn tornado_of(comparison: &Comparison, figure: Figure, title: String, unit: String) -> Tornado {
    let base = &comparison.base;
    let row = |variant: &Variant| {
        let change = variant.figures.of(figure).and_then(|result| result.change);
        let end = change.map(|change| TornadoEnd {
            label: String::new(),
            change: change.mean,
            interval: change.low.zip(change.high),
        });
        TornadoRow { label: variant.name.clone(), ends: end.into_iter().collect() }
    };
    Tornado {
        title,
        remark: String::new(),
        unit,
        scale: if figure == Figure::StockOut { Scale::Share } else { Scale::Number },
        base: base.figures.of(figure).map_or(f64::NAN, |result| result.mean),
        base_name: base.name.clone(),
        ends: vec!["change".to_owned()],
        rows: comparison.variants.iter().map(row).collect(),
    }
}
