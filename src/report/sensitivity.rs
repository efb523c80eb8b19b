//! Which parameters matter, for people and as CSV.

use std::io::{self, Write};

use super::figures::{counted_in, noun};
use super::numbers::{counted, percent, tokens};
use super::{lines, tables};
use crate::forecast::{Figure, Mean};
use crate::sensitivity::{End, Interval, Sensitivity, Share, Shares, Stays, Swing};
use crate::spreadsheet::Rows;

/// How many rows the screen shows; the files have all.
const ROWS: usize = 20;
/// How many names of what isn't moved it shows.
const NAMES: usize = 6;
/// So many times the runs halve the intervals.
const MORE: u64 = 4;

/// What is asked about, in a sentence.
fn asked(by: Figure, demand: bool) -> String {
    if demand { "the demand".to_owned() } else { format!("the {}", noun(by)) }
}

/// What it is counted in.
pub fn unit(by: Figure, currency: &str) -> &str {
    counted_in(by, currency)
}

/// What moving one parameter at a time does.
pub fn sensitivity(found: &Sensitivity) -> String {
    let shown = Shown::new(found.by);
    let mut text = answer(found, &shown) + "\n\n";
    let mut rows = tables::figures(&["parameter", "low", "change", "high", "change", "swing"]);
    for swing in found.parameters.iter().take(ROWS) {
        let End { value: low, change: down, .. } = &swing.low;
        let End { value: high, change: up, .. } = &swing.high;
        let name = format!("{} ({})", swing.name, swing.middle);
        let unsure = if swing.beyond_chance || swing.swing == 0.0 { "" } else { "~" };
        let swing = format!("{unsure}{}", shown.amount(swing.swing));
        rows.add_row([name, low.clone(), shown.change(*down), high.clone(), shown.change(*up), swing]);
    }
    text += &tables::lines(&rows);
    text += &left_out(found.parameters.len());
    text += &said(&found.notes);
    let runs = counted(found.card.replications.into(), "run");
    let how = match found.moved {
        None => String::new(),
        Some(share) => format!(
            " Every plain number is moved by {} of itself, whole ones by 1 at least, a chance to 1 at most.",
            percent(share)
        ),
    };
    text += &said(&[format!(
        "One at a time, all else in the middle, {runs} each.{how} Uncertain parameters go from p5 to p95 of their distribution. ± is the 95 % \
         interval of the change; every run has the same draws at either end. ~: chance alone could explain it, given how many were moved."
    )]);
    text + stays(found.moved, &found.stays).as_str()
}

fn answer(found: &Sensitivity, shown: &Shown) -> String {
    let (asked, unit) = (asked(found.by, found.demand), unit(found.by, &found.currency));
    let base = shown.amount(found.base.mean);
    let replications = found.card.replications;
    let hidden = if found.notes.is_empty() { "" } else { " Tokens run out, which hides what would burn: see below." };
    if found.parameters.iter().all(|swing| swing.swing == 0.0) {
        return format!("Nothing that was moved changes {asked}: it stays at {base} {unit}.{hidden}");
    }
    let Some(Swing { name, low, high, swing, .. }) = found.parameters.iter().find(|swing| swing.beyond_chance) else {
        return format!(
            "Nothing here stands out from chance at {} for {asked}; more runs tell more: --replications {}.{hidden}",
            counted(replications.into(), "run"),
            u64::from(replications) * MORE
        );
    };
    let of_base = if found.base.mean > 0.0 && found.by != Figure::StockOut {
        format!(", {} of {base}", percent(swing / found.base.mean))
    } else {
        String::new()
    };
    format!(
        "{name} moves {asked} most: by {} {unit} between {} and {}{of_base}.{hidden}",
        shown.amount(*swing),
        low.value,
        high.value
    )
}

/// How the variance is shared out.
pub fn shares(found: &Shares) -> String {
    let shown = Shown::new(found.by);
    let mut text = matters(found, &shown) + "\n\n";
    let mut rows =
        tables::figures(&["parameter", "distribution", "by itself", "95 % interval", "with others", "95 % interval"]);
    for Share { name, distribution, first, total } in found.parameters.iter().take(ROWS) {
        let [first, total] = [first, total].map(|share| share.map_or(Default::default(), interval));
        rows.add_row([name, distribution, &first.0, &first.1, &total.0, &total.1]);
    }
    text += &tables::lines(&rows);
    text += &left_out(found.parameters.len());
    text += &said(&found.notes);
    let moved = found.moved.map_or(String::new(), |share| {
        format!("Plain numbers are taken for uncertain by {} of themselves to either side. ", percent(share))
    });
    text += &said(&[format!(
        "{moved}By itself: by how much the variance would fall if the parameter were known. With others: what would be left if all else were \
         known; where that is the smaller of the two, it is by chance. Mean {}, standard deviation {} {}; {} in {}.",
        shown.amount(found.mean),
        shown.amount(found.sd),
        unit(found.by, &found.currency),
        counted(found.simulations, "run"),
        counted(found.simulations / u64::from(found.card.replications), "sample"),
    )]);
    text + stays(found.moved, &found.stays).as_str()
}

/// The one whose share is the largest, where that is sure; otherwise those that may have it.
fn matters(found: &Shares, shown: &Shown) -> String {
    let asked = asked(found.by, found.demand);
    let Some(Share { name, first: Some(first), total: Some(total), .. }) = found.parameters.first() else {
        let unit = unit(found.by, &found.currency);
        return format!("Nothing varies: {asked} is {} {unit} in every run.", shown.amount(found.mean));
    };
    let rivals = rivals(found);
    let Some((last, rest)) = rivals.split_last() else {
        let [(own, _), (total, ends)] = [*first, *total].map(interval);
        return format!(
            "{name} matters most for {asked}: {own} of its variance by itself, {total} ({ends}) with what it does together with others."
        );
    };
    let few = rest.len() < 4;
    let others = if few { [&[name.as_str()], rest].concat().join(", ") } else { name.clone() };
    let last = if few { (*last).to_owned() } else { format!("one of {} others", rivals.len()) };
    let replications = found.card.replications;
    format!(
        "{} don't tell which matters most for {asked}: it may be {others} or {last}; more tell more: --replications {}.",
        counted(replications.into(), "run"),
        u64::from(replications) * MORE
    )
}

/// The answer as a picture's title.
pub fn headline(found: &Sensitivity) -> String {
    let asked = asked(found.by, found.demand);
    match found.parameters.iter().find(|swing| swing.beyond_chance) {
        Some(first) => format!("{} does most to {asked}", first.name),
        None if found.parameters.is_empty() => "Nothing was moved".to_owned(),
        None => format!("Nothing stands out from chance for {asked}"),
    }
}

/// The same of the shares of the variance.
pub fn headline_of_shares(found: &Shares) -> String {
    let asked = asked(found.by, found.demand);
    let first = found.parameters.first().filter(|first| first.total.is_some());
    match first.filter(|_| rivals(found).is_empty()) {
        Some(first) => format!("{} gives most of the variance of {asked}", first.name),
        None => format!("What the variance of {asked} comes from"),
    }
}

/// Those whose share may be as large as the first's.
fn rivals(found: &Shares) -> Vec<&str> {
    let Some((first, others)) = found.parameters.split_first() else { return Vec::new() };
    let least = first.total.map_or(0.0, |total| total.low);
    let rivals = others.iter().filter(|share| share.total.is_some_and(|other| other.high > least));
    rivals.map(|share| share.name.as_str()).collect()
}

/// Lines below a table.
fn said(texts: &[String]) -> String {
    texts.iter().map(|text| lines::paragraph(text, 2)).collect()
}

/// What isn't moved, and why.
fn stays(moved: Option<f64>, stays: &[Stays]) -> String {
    if moved.is_none() {
        return said(&["Plain numbers stay as they are; --move 20% moves them too.".to_owned()]);
    }
    let told = stays.iter().map(|Stays { names, why }| {
        let more = names.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more (--json has all)") } else { String::new() };
        format!("Not moved: {}{more}: {why}.", names[..names.len().min(NAMES)].join(", "))
    });
    let yours = "Packs, purchases, prices and rules stay too: `compare` tells what another choice of them does.";
    said(&told.chain([yours.to_owned()]).collect::<Vec<_>>())
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
    fn new(by: Figure) -> Self {
        Shown { times: if by == Figure::StockOut { 100.0 } else { 1.0 } }
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
    let mut rows = Rows::new(out);
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
        "beyond_chance",
    ])?;
    let number = |half_width: Option<f64>| half_width.map_or(String::new(), |number| number.to_string());
    for Swing { name, middle, low, high, swing, beyond_chance } in &found.parameters {
        let [low, high] =
            [low, high].map(|end| [end.value.clone(), end.change.mean.to_string(), number(end.change.half_width)]);
        let ends = low.into_iter().chain(high);
        let row = [name.clone(), middle.clone()]
            .into_iter()
            .chain(ends)
            .chain([swing.to_string(), beyond_chance.to_string()]);
        rows.write_record(row)?;
    }
    rows.flush()
}

/// A row for each parameter, and one for daily chance.
pub fn write_shares(found: &Shares, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
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
