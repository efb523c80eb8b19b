//! What each calendar month burns, and what that costs where prices are given.

use super::ChartError;
use super::bands::{Span, bands, dotted, highest, middle};
use super::canvas::{Canvas, document};
use super::columns::{Month, column, month_axis, numbers};
use super::legend::{BURN, header};
use super::number::{labels, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::{range, whole};
use super::theme::{HEIGHT, MARGIN, PLOT_LEFT, PLOTS_TOP, TIME_AXIS, WIDTH};
use crate::forecast::{Estimate, Forecast, MonthForecast};

/// Between the plots: the unit of the lower one.
const BETWEEN: i32 = 76;

/// A plot of the months.
struct Plot {
    unit: String,
    /// What is counted.
    noun: String,
    spans: Vec<Span>,
    plain: Vec<f64>,
}

impl Plot {
    fn says(&self, place: usize, month: Month) -> Vec<String> {
        let estimate = &self.spans[place].estimate;
        let mut says = vec![format!("{} {}: {} {}", month.name(), month.year, whole(estimate.mean), self.noun)];
        says.push(range(estimate));
        says.extend(self.plain.get(place).map(|plain| format!("plain day-of-week mean: {}", whole(*plain))));
        says
    }
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let months = &forecast.all.months;
    let named = months.iter().map(|month| Month::parse(&month.month)).collect::<Result<Vec<_>, _>>()?;
    if named.is_empty() {
        return Err(ChartError::NoDays(forecast.all.team.clone()));
    }
    let plots = plots(months, &forecast.currency);
    let title = title(forecast, &named);
    document(&title, HEIGHT, |canvas| {
        header(canvas, &forecast.card, &title, "", &BURN)?;
        let height = (HEIGHT - PLOTS_TOP - 20 - TIME_AXIS - MARGIN / 2 - BETWEEN * (plots.len() as i32 - 1))
            / plots.len() as i32;
        for (place, plot) in plots.iter().enumerate() {
            let top = PLOTS_TOP + 20 + place as i32 * (height + BETWEEN);
            let frame = Frame { left: PLOT_LEFT, top, right: WIDTH - MARGIN, bottom: top + height };
            let panel = draw_plot(canvas, plot, frame)?;
            canvas.spots.add_spans(&panel, &plot.spans, |place| plot.says(place, named[place]));
            if place + 1 == plots.len() {
                month_axis(&panel, &named)?;
            }
        }
        Ok(())
    })
}

fn plots(months: &[MonthForecast], currency: &str) -> Vec<Plot> {
    let spans = |of: &dyn Fn(&MonthForecast) -> Option<Estimate>| -> Option<Vec<Span>> {
        months.iter().enumerate().map(|(place, month)| Some(column(place, of(month)?))).collect()
    };
    let plain = months.iter().map(|month| month.weekday_mean).collect();
    let burn = spans(&|month| Some(month.burn)).map(|spans| Plot {
        unit: "tokens a month".into(),
        noun: "tokens".into(),
        spans,
        plain,
    });
    let unit = format!("what these cost, in {currency}, at the unit price of the packs that pay");
    let cost =
        spans(&|month| month.burn_cost).map(|spans| Plot { unit, noun: currency.into(), spans, plain: Vec::new() });
    burn.into_iter().chain(cost).collect()
}

fn draw_plot<'c, 'a>(canvas: &'c Canvas<'a>, plot: &Plot, frame: Frame) -> Result<Panel<'c, 'a>, ChartError> {
    let highest = plot.plain.iter().copied().fold(highest(&plot.spans), f64::max);
    // The numbers above the columns have room.
    let ticks = ticks(highest * 1.08, 5);
    let panel = Panel::new(canvas, frame, 0.0..plot.spans.len() as f64, 0.0..ticks[ticks.len() - 1]);
    panel.unit(&plot.unit)?;
    panel.value_axis(&ticks, &labels(&ticks))?;
    bands(&panel, &plot.spans)?;
    middle(&panel, &plot.spans, |estimate| estimate.mean)?;
    if !plot.plain.is_empty() {
        dotted(&panel, &plot.spans, &plot.plain)?;
    }
    let tops: Vec<f64> = plot.spans.iter().map(|span| span.estimate.p95.max(span.estimate.mean)).collect();
    let tops = tops.iter().enumerate().map(|(place, top)| top.max(plot.plain.get(place).copied().unwrap_or_default()));
    numbers(&panel, plot.spans.iter().map(|span| span.estimate.mean).zip(tops))?;
    Ok(panel)
}

fn title(forecast: &Forecast, named: &[Month]) -> String {
    let all = &forecast.all;
    let most = named.iter().zip(&all.months).max_by(|one, other| one.1.burn.mean.total_cmp(&other.1.burn.mean));
    let Some((month, most)) = most.filter(|(_, most)| most.burn.mean > 0.0) else {
        return "No tokens burn".into();
    };
    let cost = all.months.iter().map(|month| Some(month.burn_cost?.mean)).sum::<Option<f64>>();
    let cost = cost.map_or(String::new(), |cost| format!(", worth {} {}", short(cost), forecast.currency));
    match all.months.len() {
        1 => format!("{} tokens burn in {} {}{cost}", short(all.burn.mean), month.name(), month.year),
        _ => format!(
            "{} {} burns most, {} tokens; all months together {}{cost}",
            month.name(),
            month.year,
            short(most.burn.mean),
            short(all.burn.mean)
        ),
    }
}
