//! What moves a figure, from whichever result tells it, as a tornado.

use super::ChartError;
use super::tornado::{self, Scale, Tornado, TornadoEnd, TornadoRow};
use crate::compare::{Comparison, Variant};
use crate::forecast::{Figure, RunCard};
use crate::report::{compare as compare_words, sensitivity as words};
use crate::sensitivity::{End, Interval, Sensitivity, Share, Shares, Swing};

/// A result that says what moves a figure.
#[derive(Clone, Copy, Debug)]
pub enum Changes<'a> {
    /// Variants against a base.
    Compared(&'a Comparison),
    /// Parameters, each moved to either end.
    Swings(&'a Sensitivity),
    /// Parameters' shares of the variance.
    Shares(&'a Shares),
}

/// Draws the picture.
pub fn draw(changes: &Changes) -> Result<String, ChartError> {
    let (tornado, card): (Tornado, &RunCard) = match changes {
        Changes::Compared(found) => (of_variants(found), &found.card),
        Changes::Swings(found) => (of_swings(found), &found.card),
        Changes::Shares(found) => (of_shares(found), &found.card),
    };
    tornado::draw(&tornado, card)
}

fn scale(figure: Figure) -> Scale {
    if figure == Figure::StockOut { Scale::Share } else { Scale::Number }
}

/// The variants' changes of the figure by which they are ordered.
fn of_variants(found: &Comparison) -> Tornado {
    let (figure, base) = (found.by, &found.base);
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
        title: compare_words::headline(found, figure),
        remark: String::new(),
        unit: compare_words::unit(figure, &base.currency),
        scale: scale(figure),
        base: base.figures.of(figure).map_or(f64::NAN, |result| result.mean),
        base_name: base.name.clone(),
        ends: vec!["change".to_owned()],
        rows: found.variants.iter().map(row).collect(),
    }
}

/// A bar for either end of each parameter.
fn of_swings(found: &Sensitivity) -> Tornado {
    let end = |End { value, change, .. }: &End| TornadoEnd {
        label: value.clone(),
        change: change.mean,
        interval: change.half_width.map(|half_width| (change.mean - half_width, change.mean + half_width)),
    };
    let row =
        |Swing { name, low, high, .. }: &Swing| TornadoRow { label: name.clone(), ends: vec![end(low), end(high)] };
    Tornado {
        title: words::headline(found),
        remark: String::new(),
        unit: words::unit(found.by, &found.currency).to_owned(),
        scale: scale(found.by),
        base: found.base.mean,
        base_name: "all in the middle".to_owned(),
        ends: vec!["low end".to_owned(), "high end".to_owned()],
        rows: found.parameters.iter().map(row).collect(),
    }
}

/// Two bars for each parameter: its share of the variance by itself, and with others.
fn of_shares(found: &Shares) -> Tornado {
    let end = |share: &Option<Interval>| {
        share.map(|Interval { share, low, high }| TornadoEnd {
            label: String::new(),
            change: share.clamp(0.0, 1.0),
            interval: Some((low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))),
        })
    };
    let row = |Share { name, first, total, .. }: &Share| TornadoRow {
        label: name.clone(),
        ends: [first, total].into_iter().filter_map(end).collect(),
    };
    Tornado {
        title: words::headline_of_shares(found),
        remark: String::new(),
        unit: "the variance, as a share of it".to_owned(),
        scale: Scale::Share,
        base: 0.0,
        base_name: "nothing".to_owned(),
        ends: vec!["by itself".to_owned(), "with others".to_owned()],
        rows: found.parameters.iter().map(row).collect(),
    }
}
