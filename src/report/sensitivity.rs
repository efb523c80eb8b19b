//! Which parameters matter, for people and as CSV.

use std::io::{self, Write};

use super::numbers::{counted, percent, tokens};
use super::tables::{figures, lines};
use crate::forecast::Mean;
use crate::sensitivity::{End, Interval, Sensitivity, Share, Shares, Swing};

/// How many rows the screen shows; the files have all.
const ROWS: usize = 20;

/// What a figure is called in a sentence, and what it is counted in.
pub fn figure_words(by: &str, currency: &str) -> (&'static str, String) {
    match by {
        "burn" => ("the burn", "tokens".to_owned()),
        "avoidable" => ("the avoidable burn", "tokens".to_owned()),
        "waste" => ("the waste", "tokens".to_owned()),
        "stock_out" => ("the chance of a stock-out", "points".to_owned()),
        "denials" => ("the denials", "denials".to_owned()),
        _ => ("the cost", currency.to_owned()),
    }
}

/// What moving one parameter at a time does.
pub fn sensitivity(found: &Sensitivity) -> String {
    let shown = Shown::new(found.by);
    let mut text = answer(found, &shown) + "\n\n";
    let mut rows = figures(&["parameter", "low", "change", "high", "change", "swing"]);
    for swing in found.parameters.iter().take(ROWS) {
        let End { value: low, change: down } = &swing.low;
        let End { value: high, change: up } = &swing.high;
        let name = format!("{} ({})", swing.name, swing.middle);
        let swing = shown.amount(swing.swing);
        rows.add_row([name, low.clone(), shown.change(*down), high.clone(), shown.change(*up), swing]);
    }
    text += &lines(&rows);
    text += &left_out(found.parameters.len());
    let ends = "Uncertain parameters go from p5 to p95 of their distribution";
    let all_else = format!("all else in the middle, {} each", counted(found.card.replications.into(), "run"));
    text += &match found.moved {
        None => format!("  {ends}, one at a time, {all_else}.\n"),
        Some(share) => format!(
            "  One at a time, {all_else}: every plain number is moved by {} of itself, whole ones by 1 at least, a chance to 1 at most; times\n  \
             of day and dates stay. {ends}.\n",
            percent(share)
        ),
    };
    text + "  ± is the 95 % interval of the change; every run has the same draws at either end.\n"
}

fn answer(found: &Sensitivity, shown: &Shown) -> String {
    let (figure, unit) = figure_words(found.by, &found.currency);
    let base = shown.amount(found.base.mean);
    match found.parameters.first().filter(|first| first.swing > 0.0) {
        Some(Swing { name, low, high, swing, .. }) => {
            let of_base = if found.base.mean > 0.0 && found.by != "stock_out" {
                format!(", {} of {base}", percent(swing / found.base.mean))
            } else {
                String::new()
            };
            format!(
                "{name} moves {figure} most: by {} {unit} between {} and {}{of_base}.",
                shown.amount(*swing),
                low.value,
                high.value
            )
        }
        None => format!("Nothing that was moved changes {figure}: it stays at {base} {unit}."),
    }
}

/// How the variance is shared out.
pub fn shares(found: &Shares) -> String {
    let shown = Shown::new(found.by);
    let (figure, unit) = figure_words(found.by, &found.currency);
    let first = found.parameters.first().and_then(|share| Some((share, share.total?, share.first?)));
    let mut text = match first {
        Some((share, total, first)) => format!(
            "{} matters most for {figure}: {} of its variance by itself, {} with what it does together with others.\n\n",
            share.name,
            percent(first.share.clamp(0.0, 1.0)),
            percent(total.share.clamp(0.0, 1.0)),
        ),
        None => format!("Nothing varies: {figure} is {} {unit} in every run.\n\n", shown.amount(found.mean)),
    };
    let mut rows =
        figures(&["parameter", "distribution", "by itself", "95 % interval", "with others", "95 % interval"]);
    for Share { name, distribution, first, total } in found.parameters.iter().take(ROWS) {
        let [first, total] = [first, total].map(|share| share.map_or(Default::default(), interval));
        rows.add_row([name, distribution, &first.0, &first.1, &total.0, &total.1]);
    }
    text += &lines(&rows);
    text += &left_out(found.parameters.len());
    let moved = found.moved.map_or(String::new(), |share| {
        format!("  Plain numbers are taken for uncertain by {} of themselves to either side.\n", percent(share))
    });
    text += &format!(
        "{moved}  By itself: by how much the variance would fall if the parameter were known. With others: what would be left if all \
         else were\n  known. Mean {}, standard deviation {} {unit}; {} in {}.\n",
        shown.amount(found.mean),
        shown.amount(found.sd),
        counted(found.simulations, "run"),
        counted(found.parameters.len() as u64 + 2, "sample"),
    );
    text
}

fn left_out(rows: usize) -> String {
    match rows.saturating_sub(ROWS) {
        0 => String::new(),
        more => format!("  and {}, all with less; --out writes them\n", counted(more as u64, "parameter")),
    }
}

fn interval(Interval { share, low, high }: Interval) -> (String, String) {
    let [share, low, high] = [share, low, high].map(|share| percent(share.clamp(0.0, 1.0)));
    (share, format!("{low} to {high}"))
}

/// How the numbers of a figure are written.
struct Shown {
    /// 100 for shares, which are shown as points.
    times: f64,
}

impl Shown {
    fn new(by: &str) -> Self {
        Shown { times: if by == "stock_out" { 100.0 } else { 1.0 } }
    }

    fn amount(&self, number: f64) -> String {
        tokens(number * self.times)
    }

    fn change(&self, Mean { mean, half_width }: Mean) -> String {
        let sign = if mean > 0.0 { "+" } else { "" };
        let half_width = half_width.map_or(String::new(), |half_width| format!(" ± {}", self.amount(half_width)));
        format!("{sign}{}{half_width}", self.amount(mean))
    }
}

/// A row for each parameter.
pub fn write_sensitivity(found: &Sensitivity, out: impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "parameter",
        "middle",
        "low",
        "low_change",
        "low_half_width",
        "high",
        "high_change",
        "high_half_width",
        "swing",
    ])?;
    let number = |half_width: Option<f64>| half_width.map_or(String::new(), |number| number.to_string());
    for Swing { name, middle, low, high, swing } in &found.parameters {
        let [low, high] =
            [low, high].map(|end| [end.value.clone(), end.change.mean.to_string(), number(end.change.half_width)]);
        let ends = low.into_iter().chain(high);
        let row = [name.clone(), middle.clone()].into_iter().chain(ends).chain([swing.to_string()]);
        rows.write_record(row)?;
    }
    rows.flush()
}

/// A row for each parameter, and one for daily chance.
pub fn write_shares(found: &Shares, out: impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "parameter",
        "distribution",
        "first",
        "first_low",
        "first_high",
        "total",
        "total_low",
        "total_high",
    ])?;
    let numbers = |share: &Option<Interval>| {
        share.map_or([const { String::new() }; 3], |Interval { share, low, high }| {
            [share, low, high].map(|number| number.to_string())
        })
    };
    for Share { name, distribution, first, total } in &found.parameters {
        let shares = numbers(first).into_iter().chain(numbers(total));
        rows.write_record([name.clone(), distribution.clone()].into_iter().chain(shares))?;
    }
    rows.flush()
}
