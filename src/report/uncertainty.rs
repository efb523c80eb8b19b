//! Where the spread comes from, for people.

use super::numbers::percent;
use super::tables::words;
use crate::forecast::{Split, Uncertainty};

/// One plain sentence for each figure that spreads, and what is uncertain.
pub(super) fn uncertainty(uncertainty: &Uncertainty) -> String {
    let mut text = "Where does the spread come from?".to_owned();
    for (figure, split) in [
        ("what burns", uncertainty.burn),
        ("what expires", uncertainty.waste),
        ("whether tokens run out", uncertainty.stock_out),
    ] {
        text += &split.map_or(String::new(), |split| format!("\n  {}", sentence(figure, split)));
    }
    let mut rows = words(&["  uncertain", "distribution", "drawn alike as"]);
    for parameter in &uncertainty.parameters {
        let name = format!("{}.{}", parameter.of, parameter.parameter);
        let alike = if parameter.draw == name { "" } else { &parameter.draw };
        rows.add_row([&format!("  {name}"), &parameter.distribution, alike]);
    }
    for line in rows.lines() {
        text += &format!("\n{}", line.trim_end());
    }
    text += &format!("\n  Seen in {} pairs of runs with the same parameters and other days.", uncertainty.twins);
    text
}

fn sentence(figure: &str, split: Split) -> String {
    let interval = split.low.zip(split.high).filter(|(low, high)| low < high);
    let interval = interval.map_or(String::new(), |(low, high)| format!(" ({} to {})", percent(low), percent(high)));
    let (share, rest) = (percent(split.share), percent(1.0 - split.share));
    format!("Of the variance of {figure}, {share}{interval} is the uncertain parameters', {rest} daily chance.")
}
