//! Replications in, a comparison out.

use super::interval::Difference;
use super::model::{Comparison, Effect, FigureResult, Figures, TeamFigures, Variant};
use super::runs::{Runs, Subject};
use super::threshold::{Threshold, change, of_value};
use crate::forecast::{Figure, RunCard};

/// Compares what has at least one replication each. Bounds without a sign are judged for all of them, changes for the others.
pub fn compare(card: RunCard, base: &Subject, others: &[Subject], by: Figure, thresholds: &[Threshold]) -> Comparison {
    let mut variants: Vec<(Variant, &Subject)> = others.iter().map(|other| (against(base, other), other)).collect();
    let size = |variant: &Variant| effect(variant, by).map_or(-1.0, |effect| effect.mean.abs());
    variants.sort_by(|(one, _), (other, _)| size(other).total_cmp(&size(one)));
    let mut crossed: Vec<_> =
        thresholds.iter().filter_map(|bound| bound.crossing(&base.name, &base.all, None)).collect();
    for (variant, subject) in &variants {
        let same_money =
            |bound: &&Threshold| !(bound.is_change() && bound.figure.is_money()) || subject.currency == base.currency;
        let against = Some((&base.all, variant.paired == Some(true)));
        let bounds = thresholds.iter().filter(same_money);
        crossed.extend(bounds.filter_map(|bound| bound.crossing(&subject.name, &subject.all, against)));
    }
    let teams =
        base.teams.iter().map(|(team, runs)| TeamFigures { team: team.clone(), figures: figures(runs, None, "") });
    Comparison {
        card,
        by,
        base: variant(base, None, Vec::new(), figures(&base.all, None, ""), teams.collect()),
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
        crossed,
    }
}

/// How a variant changes a figure.
fn effect(variant: &Variant, figure: Figure) -> Option<Effect> {
    variant.figures.of(figure).and_then(|result| result.change)
}

fn variant(
    subject: &Subject,
    paired: Option<bool>,
    notes: Vec<String>,
    figures: Figures,
    teams: Vec<TeamFigures>,
) -> Variant {
    Variant {
        name: subject.name.clone(),
        kind: subject.kind,
        changes: subject.changes.clone(),
        made: subject.made.clone(),
        currency: subject.currency.clone(),
        paired,
        notes,
        figures,
        teams,
    }
}

fn against(base: &Subject, other: &Subject) -> Variant {
    let unpaired = why_unpaired(base, other);
    let paired = unpaired.is_none();
    let of = |own: &Runs, others: &Runs| figures(own, Some((others, paired)), money_apart(base, other));
    let both = other.teams.iter().filter_map(|(team, own)| {
        let (_, others) = base.teams.iter().find(|(name, _)| name == team)?;
        Some(TeamFigures { team: team.clone(), figures: of(own, others) })
    });
    let mut notes: Vec<String> = unpaired.into_iter().collect();
    notes.extend(unlike(base, other));
    variant(other, Some(paired), notes, of(&other.all, &base.all), both.collect())
}

/// Why replications of the same number aren't alike.
fn why_unpaired(base: &Subject, other: &Subject) -> Option<String> {
    let (own, its) = (&base.made, &other.made);
    let why = if own.version != its.version {
        format!("it was made by flexcast {}, not {}, whose draws may differ", its.version, own.version)
    } else if own.seed != its.seed {
        format!("its seed is {}, not {}", its.seed, own.seed)
    } else if base.numbers != other.numbers {
        format!("it has {} replications, not {}", other.numbers.len(), base.numbers.len())
    } else {
        return None;
    };
    Some(format!("compared as an independent result, which widens the intervals: {why}"))
}

/// What can't be compared.
fn unlike(base: &Subject, other: &Subject) -> Vec<String> {
    let mut notes = Vec::new();
    let horizon = |subject: &Subject| format!("{} to {}", subject.made.first_day, subject.made.last_day);
    if horizon(base) != horizon(other) {
        notes.push(format!(
            "its horizon is {}, not {}: what they add up to isn't alike",
            horizon(other),
            horizon(base)
        ));
    }
    if !money_apart(base, other).is_empty() {
        notes.push(money_apart(base, other).to_owned());
    }
    let missing = |one: &Subject, other: &Subject| {
        let has = |name: &str| other.teams.iter().any(|(team, _)| team == name);
        let missing = one.teams.iter().filter(|(name, _)| !has(name)).map(|(name, _)| name.clone());
        missing.collect::<Vec<_>>().join(", ")
    };
    for (teams, only) in [(missing(base, other), "it lacks"), (missing(other, base), "it alone has")] {
        if !teams.is_empty() {
            notes.push(format!("teams compared only in the sum, as {only} them: {teams}"));
        }
    }
    notes
}

/// Why money isn't compared; empty where it is.
fn money_apart(base: &Subject, other: &Subject) -> &'static str {
    match (base.currency.as_str(), other.currency.as_str()) {
        (own, its) if own == its => "",
        ("", _) | (_, "") => "money isn't compared: only one of them has prices",
        _ => "money isn't compared: it is in another currency",
    }
}

/// What is known of each figure; money only where nothing says why it isn't compared.
fn figures(own: &Runs, base: Option<(&Runs, bool)>, money_apart: &str) -> Figures {
    Figures(Figure::ALL.map(|figure| {
        let numbers = own.of(figure)?;
        let comparable = !figure.is_money() || money_apart.is_empty();
        let base = base.filter(|_| comparable).and_then(|(base, paired)| Some((base.of(figure)?, paired)));
        let unit = figure.unit();
        let value = of_value(numbers, figure);
        let (low, high) = ends(&value, unit);
        let change = base.map(|(base, paired)| {
            let of_base = super::interval::mean(base);
            of_difference(change(numbers, base, figure, paired), unit, (figure, of_base))
        });
        Some(FigureResult { mean: value.change / unit, low, high, change })
    }))
}

fn of_difference(difference: Difference, unit: f64, (figure, base): (Figure, f64)) -> Effect {
    let (low, high) = ends(&difference, unit);
    let has_share = figure != Figure::StockOut && base != 0.0;
    Effect {
        mean: difference.change / unit,
        low,
        high,
        share: has_share.then(|| difference.change / base),
        beyond_chance: difference.interval.map(|(low, high)| low > 0.0 || high < 0.0),
    }
}

fn ends(difference: &Difference, unit: f64) -> (Option<f64>, Option<f64>) {
    difference.interval.map(|(low, high)| (low / unit, high / unit)).unzip()
}
