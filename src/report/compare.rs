//! A comparison with variants, other scenarios and stored results: on the screen, as rows of CSV, and what it says of bounds.

use std::io::{self, Write};

use super::figures::noun;
use super::numbers::{counted, money, percent, tokens};
use super::{lines, tables};
use crate::compare::{Comparison, Crossing, Effect, FigureResult, Figures, Kind, Measure, Variant};
use crate::forecast::Figure;
use crate::scenario::Change;
use crate::spreadsheet::Rows;

/// What changes the chosen figure most, how each changes it, what else changes, and how sure that is.
pub fn comparison(comparison: &Comparison) -> String {
    let by = comparison.by;
    let mut text = format!("{}: {}.\n", comparison.card.scenario, finding(comparison, by));
    text += &format!("\n{}\n{}", heading(comparison, by), chosen(comparison, by));
    text += &format!("\nWhat else changes (~: chance alone could explain it)\n{}", others(comparison, by));
    let notes = comparison.variants.iter().flat_map(|variant| variant.notes.iter().map(move |note| (variant, note)));
    for (place, (variant, note)) in notes.enumerate() {
        text += if place == 0 { "\n" } else { "" };
        text += &lines::indented(&format!("{}: {note}", variant.name), 2);
    }
    text + "\n" + lines::indented(&footer(comparison), 0).as_str()
}

/// The answer: what changes the figure most.
pub fn finding(comparison: &Comparison, by: Figure) -> String {
    let among = counted(comparison.variants.len() as u64, "variant");
    let most = comparison.variants.iter().find_map(|variant| Some((variant, effect(variant, by)?)));
    let Some((variant, effect)) = most else {
        return format!("the change of the {} isn't known of any of the others", noun(by));
    };
    let (name, currency) = (&variant.name, &variant.currency);
    let sure = match effect.beyond_chance {
        Some(true) => "beyond chance",
        Some(false) => "which chance alone could explain",
        None => "by a single replication",
    };
    if effect.mean == 0.0 {
        return format!("none of {among} changes the {}", noun(by));
    }
    let of = if comparison.variants.len() == 1 { String::new() } else { format!(" most, of {among}") };
    format!("{name} changes the {}{of}: {}, {sure}", noun(by), change(&effect, by, currency))
}

/// The same for the title of a picture: short.
pub fn headline(comparison: &Comparison, by: Figure) -> String {
    let most = comparison.variants.iter().find_map(|variant| Some((variant, effect(variant, by)?)));
    match most.filter(|(_, effect)| effect.mean != 0.0) {
        None => finding(comparison, by),
        Some((variant, effect)) => {
            let most = if comparison.variants.len() == 1 { "" } else { " most" };
            let name = lines::wrap(&variant.name, 36);
            let name = format!("{}{}", name[0], if name.len() > 1 { " …" } else { "" });
            format!("{name} changes the {}{most}: {}", noun(by), change(&effect, by, &variant.currency))
        }
    }
}

fn heading(comparison: &Comparison, by: Figure) -> String {
    let card = &comparison.card;
    format!("{}, {} to {}", title(by, &comparison.base.currency), card.first_day, card.last_day)
}

fn chosen(comparison: &Comparison, by: Figure) -> String {
    let mut table = tables::figures(&["variant", noun(by), "change", "95 % interval", "in %", "beyond chance"]);
    for variant in all(comparison) {
        let result = variant.figures.of(by);
        let effect = result.and_then(|result| result.change);
        let of = |cell: &dyn Fn(&Effect) -> Option<String>| effect.as_ref().and_then(cell).unwrap_or_else(none);
        table.add_row([
            name(variant),
            result.map_or_else(none, |result| amount(result.mean, by)),
            of(&|effect| Some(signed(effect.mean, by))),
            of(&|effect| interval(effect, by)),
            of(&|effect| effect.share.map(signed_percent)),
            of(&|effect| effect.beyond_chance.map(|beyond| if beyond { "yes" } else { "no" }.to_owned())),
        ]);
    }
    tables::lines(&table)
}

fn interval(effect: &Effect, figure: Figure) -> Option<String> {
    let low = signed(effect.low?, figure);
    Some(format!("{} to {}", low.trim_end_matches(" points"), signed(effect.high?, figure)))
}

/// A name in lines, so that a long one leaves room for the figures.
fn name(variant: &Variant) -> String {
    lines::wrap(&variant.name, 44).join("\n")
}

/// The changes of all other figures that are known of anything.
fn others(comparison: &Comparison, by: Figure) -> String {
    let known = |figure: &Figure| all(comparison).any(|variant| variant.figures.of(*figure).is_some());
    let figures: Vec<Figure> = Figure::ALL.into_iter().filter(|figure| *figure != by && known(figure)).collect();
    let header: Vec<String> = figures.iter().map(|figure| column(*figure, &comparison.base.currency)).collect();
    let header: Vec<&str> = ["variant"].into_iter().chain(header.iter().map(String::as_str)).collect();
    let mut table = tables::figures(&header);
    for variant in all(comparison) {
        let cell = |figure: &Figure| match (variant.figures.of(*figure), effect(variant, *figure)) {
            (None, _) => none(),
            (Some(result), None) if variant.paired.is_none() => amount(result.mean, *figure),
            (Some(_), None) => none(),
            (_, Some(effect)) => {
                let unsure = if effect.beyond_chance == Some(false) && effect.mean != 0.0 { "~" } else { "" };
                format!("{unsure}{}", signed(effect.mean, *figure))
            }
        };
        table.add_row([name(variant)].into_iter().chain(figures.iter().map(cell)));
    }
    tables::lines(&table)
}

fn all(comparison: &Comparison) -> impl Iterator<Item = &Variant> {
    [&comparison.base].into_iter().chain(&comparison.variants)
}

fn effect(variant: &Variant, figure: Figure) -> Option<Effect> {
    variant.figures.of(figure).and_then(|result| result.change)
}

fn none() -> String {
    "-".to_owned()
}

fn footer(comparison: &Comparison) -> String {
    let card = &comparison.card;
    let paired = comparison.variants.iter().filter(|variant| variant.paired == Some(true)).count();
    let how = match paired {
        0 => "",
        _ => {
            " Each run is compared with that of the same number, which has the same draws for what isn't changed: so a \
              difference has an interval of its own, narrower than either mean's."
        }
    };
    format!(
        "{}, seed {}, flexcast {}. Changes are against the first row, {}; 95 % of such intervals hold the true change.{how}",
        counted(card.replications.into(), "run"),
        card.seed,
        card.version,
        comparison.base.name,
    )
}

/// A bound that is crossed, in a line.
pub fn crossing(crossing: &Crossing) -> String {
    let sure = match crossing.could_be_chance {
        Some(true) => "chance alone could explain it",
        Some(false) => "chance alone doesn't explain it",
        None => "of a single replication",
    };
    let figure = crossing.figure;
    let value = match crossing.measure {
        Measure::Mean => amount(crossing.value, figure),
        Measure::Change => signed(crossing.value, figure),
        Measure::ChangeShare if crossing.value.is_finite() => signed_percent(crossing.value),
        Measure::ChangeShare => "some where there was none".to_owned(),
    };
    format!("crossed: {}: {}: {value} ({sure})\n", crossing.threshold, crossing.name)
}

/// What it counts, as an axis says it.
pub fn unit(figure: Figure, currency: &str) -> String {
    match figure {
        Figure::StockOut => "percentage points of the runs that run out".to_owned(),
        Figure::Denials => "denials".to_owned(),
        _ if figure.is_money() => format!("{} in {currency}", noun(figure)),
        _ => format!("{} in tokens", noun(figure)),
    }
}

fn title(figure: Figure, currency: &str) -> String {
    match figure {
        Figure::Burn => "Burn in tokens".to_owned(),
        Figure::Avoidable => "Avoidable burn in tokens".to_owned(),
        Figure::Waste => "Waste (tokens that expired)".to_owned(),
        Figure::StockOut => "Chance of a stock-out".to_owned(),
        Figure::Denials => "Denials".to_owned(),
        Figure::BurnCost => format!("Cost of the burn in {currency}, at what the packs cost"),
        Figure::WasteCost => format!("Cost of the waste in {currency}, at what the packs cost"),
        Figure::Cost => format!("Cost of what is bought in {currency}"),
    }
}

fn column(figure: Figure, currency: &str) -> String {
    match figure {
        Figure::Burn => "burn".to_owned(),
        Figure::Avoidable => "avoidable".to_owned(),
        Figure::Waste => "waste".to_owned(),
        Figure::StockOut => "stock-out".to_owned(),
        Figure::Denials => "denials".to_owned(),
        Figure::BurnCost => format!("burn {currency}"),
        Figure::WasteCost => format!("waste {currency}"),
        Figure::Cost => format!("bought {currency}"),
    }
}

fn amount(value: f64, figure: Figure) -> String {
    if figure == Figure::StockOut { percent(value) } else { tokens(value) }
}

fn signed(value: f64, figure: Figure) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    match figure {
        Figure::StockOut => format!("{sign}{}", percent(value).replace(" %", " points")),
        _ => format!("{sign}{}", tokens(value)),
    }
}

fn signed_percent(share: f64) -> String {
    format!("{}{}", if share > 0.0 { "+" } else { "" }, percent(share))
}

/// A change with its unit, and what share of the base it is.
fn change(effect: &Effect, figure: Figure, currency: &str) -> String {
    let sign = if effect.mean > 0.0 { "+" } else { "" };
    let size = match figure {
        Figure::StockOut => signed(effect.mean, figure),
        Figure::Denials => signed(effect.mean, figure),
        _ if figure.is_money() => format!("{sign}{}", money(effect.mean, currency)),
        _ => format!("{} tokens", signed(effect.mean, figure)),
    };
    effect.share.map_or_else(|| size.clone(), |share| format!("{size} ({})", signed_percent(share)))
}

const COLUMNS: [&str; 14] = [
    "name",
    "kind",
    "team",
    "figure",
    "mean",
    "low",
    "high",
    "change",
    "change_low",
    "change_high",
    "change_share",
    "beyond_chance",
    "paired",
    "changes",
];

/// Writes `compare.csv`: a row for each thing compared, team and figure.
pub fn write_comparison(comparison: &Comparison, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(COLUMNS)?;
    for variant in all(comparison) {
        let teams = variant.teams.iter().map(|team| (&*team.team, &team.figures));
        for (team, figures) in [("all teams", &variant.figures)].into_iter().chain(teams) {
            write_figures(&mut rows, variant, team, figures)?;
        }
    }
    rows.flush()
}

fn write_figures(rows: &mut Rows<impl Write>, variant: &Variant, team: &str, figures: &Figures) -> io::Result<()> {
    for figure in Figure::ALL {
        let Some(FigureResult { mean, low, high, change }) = figures.of(figure) else { continue };
        let of = |number: fn(&Effect) -> Option<f64>| cell(change.as_ref().and_then(number));
        let beyond = change.and_then(|change| change.beyond_chance);
        rows.write_record([
            &variant.name,
            kind(variant.kind),
            team,
            figure.word(),
            &mean.to_string(),
            &cell(*low),
            &cell(*high),
            &of(|change| Some(change.mean)),
            &of(|change| change.low),
            &of(|change| change.high),
            &of(|change| change.share),
            &cell(beyond),
            &cell(variant.paired),
            &changes(&variant.changes),
        ])?;
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scenario => "scenario",
        Kind::WhatIf => "what_if",
        Kind::Stored => "stored",
    }
}

fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn changes(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("{}: {}", change.path, change.value)).collect::<Vec<_>>().join("; ")
}
