//! What each product burns, month by month: a plot for each, one under another on one scale.

use super::ChartError;
use super::bands::Span;
use super::canvas::{Canvas, document};
use super::columns::{Month, column, month_axis, numbers};
use super::legend::{Key, header, in_title, whisker_up};
use super::number::{labels, percent, short, ticks};
use super::panel::{Frame, Panel};
use super::spots::{range, whole};
use super::text::counted;
use super::theme::{BAR, LABEL, MARGIN, NAME, PLOT_LEFT, TIME_AXIS, WIDTH};
use crate::forecast::{Estimate, Forecast, Share};

/// How many plots there are at most, the others' among them.
const PLOTS: usize = 7;
const TOP: i32 = 196;
/// What a plot takes above itself for its name.
const NAME_LINE: i32 = 84;
const PLOT: i32 = 136;

/// A product's months, or those of all that have no plot of their own.
struct Plot {
    name: String,
    burn: f64,
    months: Vec<Estimate>,
    /// Whether the quantiles are known; of a sum they aren't.
    has_interval: bool,
}

impl Plot {
    fn says(&self, place: usize, month: Month) -> Vec<String> {
        let burn = &self.months[place];
        let said = format!("{}, {} {}: {} tokens", self.name, month.name(), month.year, whole(burn.mean));
        [said].into_iter().chain(self.has_interval.then(|| range(burn))).collect()
    }
}

/// Draws the picture.
pub fn draw(forecast: &Forecast) -> Result<String, ChartError> {
    let months = forecast.all.months.iter().map(|month| Month::parse(&month.month)).collect::<Result<Vec<_>, _>>()?;
    if months.is_empty() {
        return Err(ChartError::NoDays(forecast.all.team.clone()));
    }
    let plots = plots(&forecast.products, months.len());
    let total = forecast.all.burn.mean;
    let title = title(forecast);
    let legend = [(Key::Bar, "mean burn in the month"), (Key::Whisker, "80 % of the runs (p10 to p90)")];
    let height = TOP + (NAME_LINE + PLOT) * plots.len().max(1) as i32 + TIME_AXIS + MARGIN / 2;
    document(&title, height, |canvas| {
        header(canvas, &forecast.card, &title, "", &legend)?;
        let reach = |month: &Estimate| month.p90.max(month.mean);
        let highest = plots.iter().flat_map(|plot| &plot.months).map(reach).fold(0.0, f64::max);
        for (place, plot) in plots.iter().enumerate() {
            let top = TOP + NAME_LINE + place as i32 * (NAME_LINE + PLOT);
            let panel = draw_plot(canvas, plot, top, highest, total)?;
            let spans: Vec<Span> = plot.months.iter().enumerate().map(|(place, month)| column(place, *month)).collect();
            canvas.spots.add_spans(&panel, &spans, |place| plot.says(place, months[place]));
            if place + 1 == plots.len() {
                month_axis(&panel, &months)?;
            }
        }
        Ok(())
    })
}

fn plots(products: &[Share], months: usize) -> Vec<Plot> {
    let own = if products.len() > PLOTS { PLOTS - 1 } else { products.len() };
    let plot = |share: &Share| Plot {
        name: share.name.clone(),
        burn: share.burn.mean,
        months: share.months.iter().map(|month| month.burn).collect(),
        has_interval: true,
    };
    let others = &products[own..];
    let sum = |place: usize| others.iter().filter_map(|share| Some(share.months.get(place)?.burn.mean)).sum();
    let rest = Plot {
        name: format!("others · {}", counted(others.len(), "product")),
        burn: others.iter().map(|share| share.burn.mean).sum(),
        months: (0..months).map(|place| Estimate { mean: sum(place), ..Estimate::default() }).collect(),
        has_interval: false,
    };
    products[..own].iter().map(plot).chain((!others.is_empty()).then_some(rest)).collect()
}

fn draw_plot<'c, 'a>(
    canvas: &'c Canvas<'a>,
    plot: &Plot,
    top: i32,
    highest: f64,
    total: f64,
) -> Result<Panel<'c, 'a>, ChartError> {
    let name = NAME.fit(&plot.name, WIDTH / 2);
    canvas.text(&name, (MARGIN, top - 44), NAME)?;
    let share = if total > 0.0 { format!(" ({} of all)", percent(plot.burn / total)) } else { String::new() };
    let said = format!("{} tokens{share}", short(plot.burn));
    canvas.text(&said, (MARGIN + NAME.width(&name) + 16, top - 44), LABEL)?;
    let frame = Frame { left: PLOT_LEFT, top, right: WIDTH - MARGIN, bottom: top + PLOT };
    // The numbers above the columns have room.
    let ticks = ticks(highest * 1.3, 3);
    let panel = Panel::new(canvas, frame, 0.0..plot.months.len().max(1) as f64, 0.0..ticks[ticks.len() - 1]);
    panel.value_axis(&ticks, &labels(&ticks))?;
    for (place, month) in plot.months.iter().enumerate() {
        let span = column(place, *month);
        canvas.rectangle(panel.at(span.from, month.mean), panel.at(span.to, 0.0), BAR)?;
        let (x, low) = panel.at(place as f64 + 0.5, month.p10);
        let (_, high) = panel.at(0.0, month.p90);
        if plot.has_interval && high < low {
            whisker_up(canvas, x, low, high)?;
        }
    }
    numbers(&panel, plot.months.iter().map(|month| (month.mean, month.p90.max(month.mean))))?;
    Ok(panel)
}

fn title(forecast: &Forecast) -> String {
    let total = forecast.all.burn.mean;
    match forecast.products.first().filter(|first| total > 0.0 && first.burn.mean > 0.0) {
        None => "No product burns tokens".into(),
        Some(first) => format!(
            "{} burns {} of the {} tokens",
            in_title(&first.name),
            percent(first.burn.mean / total),
            short(total)
        ),
    }
}
