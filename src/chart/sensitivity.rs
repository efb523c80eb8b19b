//! What parameters do to a figure, as a tornado.

use super::tornado::{Scale, Tornado, TornadoEnd, TornadoRow};
use crate::sensitivity::{End, Interval, Sensitivity, Share, Shares, Swing};

/// A bar for either end of each parameter. `title` is the finding, `unit` what the figure counts.
pub fn tornado_of_swings(found: &Sensitivity, title: String, unit: String) -> Tornado {
    let end = |End { value, change, .. }: &End| TornadoEnd {
        label: value.clone(),
        change: change.mean,
        interval: change.half_width.map(|half_width| (change.mean - half_width, change.mean + half_width)),
    };
    let row =
        |Swing { name, low, high, .. }: &Swing| TornadoRow { label: name.clone(), ends: vec![end(low), end(high)] };
    Tornado {
        title,
        remark: String::new(),
        unit,
        scale: if found.by == "stock_out" { Scale::Share } else { Scale::Number },
        base: found.base.mean,
        base_name: "all in the middle".to_owned(),
        ends: vec!["low end".to_owned(), "high end".to_owned()],
        rows: found.parameters.iter().map(row).collect(),
    }
}

/// Two bars for each parameter: its share of the variance by itself, and with others.
pub fn tornado_of_shares(found: &Shares, title: String) -> Tornado {
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
        title,
        remark: String::new(),
        unit: "the variance, as a share of it".to_owned(),
        scale: Scale::Share,
        base: 0.0,
        base_name: "nothing".to_owned(),
        ends: vec!["by itself".to_owned(), "with others".to_owned()],
        rows: found.parameters.iter().map(row).collect(),
    }
}
