//! Each team's balance, one plot under another on the same days, with its purchases and the ends of its packs.

use std::cmp::Ordering;

use super::bands::{Span, bands, highest, middle};
use super::canvas::{Canvas, document};
use super::dates::{parse, place, words};
use super::legend::{Key, header, in_title};
use super::marks::{Marks, marks};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::{range, whole};
use super::theme::{HEIGHT, LABEL, MARGIN, NAME, PLOT_LEFT, PLOTS_TOP, TIME_AXIS, WIDTH};
use super::{ChartError, around, whole_days};
use crate::calendar::Day;
use crate::forecast::{Estimate, Forecast, RunCard, StockOut, TeamForecast};

/// How many teams have a plot of their own.
pub(super) const TEAMS: usize = 6;
/// What a plot takes above itself for its name.
const NAME_LINE: i32 = 56;
/// White between plots.
const GAP: i32 = 18;
/// The least height of a plot; more of them make the picture taller.
const PLOT_LEAST: i32 = 190;
/// Lines below the plots stand in columns.
const LIST_COLUMNS: usize = 3;
const LIST_LINE: i32 = 38;

/// A team's plot before it is placed.
pub(super) struct Facet<'a> {
    pub(super) team: &'a str,
    /// What is left when each day ends; not empty.
    pub(super) days: Vec<(Day, Estimate)>,
    pub(super) marks: Marks,
    /// What is said beside its name.
    pub(super) about: String,
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let facets = facets(forecast)?;
    plots(&forecast.card, &title(forecast), &remark(forecast), &facets, &[])
}

/// One plot under another, on the same days, and lines below them.
pub(super) fn plots(
    card: &RunCard,
    title: &str,
    remark: &str,
    facets: &[Facet],
    below: &[String],
) -> Result<String, ChartError> {
    let listed = list_height(below.len());
    let around = PLOTS_TOP - 24 + TIME_AXIS + MARGIN / 2 + listed;
    let above: i32 = facets.iter().map(|facet| NAME_LINE + facet.marks.height() + GAP).sum();
    let count = facets.len() as i32;
    let plot = ((HEIGHT - around - above) / count.max(1)).max(PLOT_LEAST);
    document(title, around + above + plot * count, |canvas| {
        header(canvas, card, title, remark, &legend(facets))?;
        stack(canvas, facets, plot)?;
        list(canvas, below, around + above + plot * count - MARGIN / 2 - listed)
    })
}

fn list_height(lines: usize) -> i32 {
    LIST_LINE * lines.div_ceil(LIST_COLUMNS) as i32
}

/// Writes lines in columns, down each of them.
fn list(canvas: &Canvas, lines: &[String], top: i32) -> Result<(), ChartError> {
    let width = (WIDTH - 2 * MARGIN) / LIST_COLUMNS as i32;
    let rows = lines.len().div_ceil(LIST_COLUMNS).max(1);
    for (place, line) in lines.iter().enumerate() {
        let (column, row) = ((place / rows) as i32, (place % rows) as i32);
        let at = (MARGIN + column * width, top + row * LIST_LINE + LIST_LINE / 2);
        canvas.text(&LABEL.fit(line, width - MARGIN / 2), at, LABEL)?;
    }
    Ok(())
}

/// The plots of the teams most likely to run out, in the scenario's order, and of all together where there are several.
fn facets(forecast: &Forecast) -> Result<Vec<Facet<'_>>, ChartError> {
    let (first, end) = whole_days(&forecast.all)?;
    let mut teams: Vec<_> = likeliest(&forecast.teams).map(|team| (team, false)).collect();
    if forecast.teams.len() != 1 {
        teams.push((&forecast.all, true));
    }
    let facet = |(team, together): (_, bool)| {
        let team: &TeamForecast = team;
        let days =
            team.days.iter().map(|day| Ok((parse(&day.day)?, day.balance))).collect::<Result<_, ChartError>>()?;
        Ok(Facet { team: &team.team, days, marks: marks(&team.packs, first, end)?, about: outlook(team, together)? })
    };
    teams.into_iter().map(facet).collect()
}

fn likeliest(teams: &[TeamForecast]) -> impl Iterator<Item = &TeamForecast> {
    let mut order: Vec<usize> = (0..teams.len()).collect();
    let risk = |i: usize| (teams[i].stock_out.chance, teams[i].burn.mean);
    order.sort_by(|a, b| risk(*b).partial_cmp(&risk(*a)).unwrap_or(Ordering::Equal));
    order.truncate(TEAMS);
    order.sort_unstable();
    order.into_iter().map(|i| &teams[i])
}

fn legend(facets: &[Facet]) -> Vec<(Key, &'static str)> {
    let mut legend = vec![
        (Key::Line, "median when the day ends"),
        (Key::Narrow, "80 % of the runs (p10 to p90)"),
        (Key::Wide, "90 % (p5 to p95)"),
    ];
    let used = |key| facets.iter().any(|facet| facet.marks.has(key));
    let marks = [(Key::Purchase, "planned purchase"), (Key::PackEnd, "a pack ends"), (Key::StockOut, "median day out")];
    legend.extend(marks.iter().filter(|mark| used(mark.0)));
    legend
}

fn stack(canvas: &Canvas, facets: &[Facet], plot: i32) -> Result<(), ChartError> {
    let mut top = PLOTS_TOP - 24;
    for (i, facet) in facets.iter().enumerate() {
        let name_at = top + NAME_LINE / 2;
        top += NAME_LINE + facet.marks.height();
        let frame = Frame { left: PLOT_LEFT, top, right: WIDTH - MARGIN, bottom: top + plot };
        let (first, end) = around(facet.team, &facet.days)?;
        let panel = draw_facet(canvas, facet, frame, first, end)?;
        name(canvas, facet, name_at)?;
        if i + 1 == facets.len() {
            panel.date_axis(first, end)?;
        }
        top += plot + GAP;
    }
    Ok(())
}

fn draw_facet<'c, 'a>(
    canvas: &'c Canvas<'a>,
    facet: &Facet,
    frame: Frame,
    first: Day,
    end: Day,
) -> Result<Panel<'c, 'a>, ChartError> {
    let span = |(day, left): &(Day, Estimate)| Span { from: place(*day), to: place(*day) + 1.0, estimate: *left };
    let spans: Vec<Span> = facet.days.iter().map(span).collect();
    let ticks = ticks(highest(&spans), ((frame.bottom - frame.top) / 60).clamp(2, 8) as u32);
    let panel = Panel::new(canvas, frame, place(first)..place(end), 0.0..ticks[ticks.len() - 1]);
    panel.date_lines(first, end)?;
    bands(&panel, &spans)?;
    panel.value_axis(&ticks, &labels(&ticks))?;
    middle(&panel, &spans, |estimate| estimate.p50)?;
    facet.marks.draw(&panel)?;
    canvas.spots.add_spans(&panel, &spans, |place| {
        let (day, left) = &facet.days[place];
        vec![format!("{}, {}: {} tokens left (median)", facet.team, words(*day), whole(left.p50)), range(left)]
    });
    Ok(panel)
}

fn name(canvas: &Canvas, facet: &Facet, y: i32) -> Result<(), ChartError> {
    let name = NAME.fit(facet.team, WIDTH / 4);
    canvas.text(&name, (MARGIN, y), NAME)?;
    let after = MARGIN + NAME.width(&name) + 16;
    let text = format!("tokens left · {}", facet.about);
    canvas.text(&LABEL.fit(&text, WIDTH - MARGIN - after), (after, y), LABEL)
}

/// Whether and when the team runs out, and what it has left.
fn outlook(team: &TeamForecast, together: bool) -> Result<String, ChartError> {
    let StockOut { chance, day_p50, .. } = &team.stock_out;
    let who = if together { "some team " } else { "" };
    let out = match day_p50 {
        Some(day) if *chance > 0.0 => {
            format!("{who}runs out in {} of the runs, half of these by {}", percent(*chance), words(parse(day)?))
        }
        _ => format!("{who}runs out in none of the runs"),
    };
    Ok(format!("{out} · {}", at_the_end(&team.left)))
}

/// What a team has left.
pub(super) fn at_the_end(left: &Estimate) -> String {
    format!("at the end {} ({} to {} in 80 % of the runs)", short(left.p50), short(left.p10), short(left.p90))
}

fn title(forecast: &Forecast) -> String {
    let at_risk: Vec<_> = forecast.teams.iter().filter(|team| team.stock_out.chance > 0.0).collect();
    let likeliest = at_risk.iter().max_by(|a, b| a.stock_out.chance.total_cmp(&b.stock_out.chance));
    match (likeliest, at_risk.len(), forecast.teams.len()) {
        (None, _, 1) => "The tokens last in every run".into(),
        (None, ..) => "Every team's tokens last in every run".into(),
        (Some(team), 1, 1) if team.stock_out.chance >= 1.0 => "The tokens run out in every run".into(),
        (Some(team), 1, 1) => format!("The tokens run out in {} of the runs", percent(team.stock_out.chance)),
        (Some(team), some @ 2.., all)
            if at_risk.iter().all(|other| other.stock_out.chance == team.stock_out.chance) =>
        {
            let chance = percent(team.stock_out.chance);
            format!("Tokens can run out for {some} of {all} teams, for each in {chance} of the runs")
        }
        (Some(team), some, all) => {
            let chance = percent(team.stock_out.chance);
            format!(
                "Tokens can run out for {some} of {all} teams, likeliest for {} ({chance} of the runs)",
                in_title(&team.team)
            )
        }
    }
}

fn remark(forecast: &Forecast) -> String {
    match forecast.teams.len() {
        all if all > TEAMS => format!("the {TEAMS} of {all} teams likeliest to run out"),
        _ => String::new(),
    }
}
