//! Tokens of each day, with the mean of each week.

use super::super::canvas::{Canvas, document};
use super::super::dates::{parse, place, words};
use super::super::legend::{Key, entries, titles};
use super::super::number::{labels, short, ticks_around};
use super::super::panel::{Frame, Panel};
use super::super::theme::{BAR, HEIGHT, LINE, MARGIN, PLOT_LEFT, PLOTS_TOP, TIME_AXIS, WIDTH};
use super::{ChartError, NO_TOKENS, Reported, number};
use crate::calendar::Day;
use crate::report::numbers::tokens as said;

/// From so many days on weeks have a mean.
const WITH_WEEKS: usize = 21;

type Tokens = (Day, f64);

/// Draws the picture.
pub fn draw(reported: &Reported) -> Result<String, ChartError> {
    const UNSAID: ChartError = ChartError::Unsaid("totals don't say how many tokens were used on which day");
    let overview = &reported.report.overview;
    overview.tokens.ok_or(NO_TOKENS)?;
    let days = overview.tokens_per_day.as_ref().ok_or(UNSAID)?;
    let days: Vec<Tokens> =
        days.iter().map(|day| Ok((parse(&day.day)?, number(day.tokens)))).collect::<Result<_, ChartError>>()?;
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
        return Err(ChartError::NoDays(reported.name().to_owned()));
    };
    let (title, of) = (title(&days), format!("{} to {}", words(*first), words(*last)));
    document(&title, HEIGHT, |canvas| {
        titles(canvas, &title, &reported.subtitle(&of))?;
        let legend = [(Key::Bar, "tokens of a day"), (Key::Line, "mean of a week's days")];
        entries(canvas, if days.len() < WITH_WEEKS { &legend[..1] } else { &legend })?;
        plot(canvas, &days, *first, last.plus(1))
    })
}

fn title(days: &[Tokens]) -> String {
    let total: f64 = days.iter().map(|(_, tokens)| tokens).sum();
    let count = days.len();
    let most = days.iter().max_by(|one, other| one.1.total_cmp(&other.1)).filter(|(_, tokens)| *tokens > 0.0);
    match most {
        None => format!("No tokens are used on {count} days"),
        Some((day, tokens)) if count > 1 => format!(
            "{} tokens on {count} days, {} a day; most on {} ({})",
            short(total),
            short(total / count as f64),
            words(*day),
            short(*tokens)
        ),
        Some((day, _)) => format!("{} tokens on {}", short(total), words(*day)),
    }
}

fn plot(canvas: &Canvas, days: &[Tokens], first: Day, end: Day) -> Result<(), ChartError> {
    let frame =
        Frame { left: PLOT_LEFT, top: PLOTS_TOP + 20, right: WIDTH - MARGIN, bottom: HEIGHT - MARGIN / 2 - TIME_AXIS };
    let tokens = || days.iter().map(|(_, tokens)| *tokens);
    // What is given back may be more than what is used on a day.
    let ticks = ticks_around(tokens().fold(0.0, f64::min), tokens().fold(0.0, f64::max), 6);
    let panel = Panel::new(canvas, frame, place(first)..place(end), ticks[0]..ticks[ticks.len() - 1]);
    panel.unit("tokens a day")?;
    panel.date_lines(first, end)?;
    panel.value_axis(&ticks, &labels(&ticks))?;
    // A few days don't fill the picture.
    let half = (0.06 * days.len() as f64).min(0.42);
    for (day, tokens) in days.iter().filter(|(_, tokens)| *tokens != 0.0) {
        let (from, to) = (panel.at(place(*day) + 0.5 - half, *tokens), panel.at(place(*day) + 0.5 + half, 0.0));
        canvas.rectangle((from.0, from.1.min(to.1)), (to.0.max(from.0 + 2), from.1.max(to.1)), BAR)?;
    }
    for (day, tokens) in days {
        let (left, right) = (panel.at(place(*day), 0.0).0, panel.at(place(*day) + 1.0, 0.0).0);
        let says = [words(*day), format!("{} tokens", said(*tokens))];
        canvas.spots.add((left, frame.top), (right, frame.bottom), &says);
    }
    if days.len() >= WITH_WEEKS {
        weeks(&panel, days)?;
    }
    panel.date_axis(first, end)
}

/// Each week's mean as a step.
fn weeks(panel: &Panel, days: &[Tokens]) -> Result<(), ChartError> {
    let mut line = Vec::new();
    for week in days.chunk_by(|one, other| one.0.week_start() == other.0.week_start()) {
        let mean = week.iter().map(|(_, tokens)| tokens).sum::<f64>() / week.len() as f64;
        line.extend([panel.at(place(week[0].0), mean), panel.at(place(week[week.len() - 1].0.plus(1)), mean)]);
    }
    panel.canvas.line(&line, LINE, 4)
}
