//! Figures of a result, by their keys, as the screen writes them.

use std::sync::Arc;

use minijinja::{Environment, Error, HtmlEscape, Value};

use super::unknown;
use crate::report::numbers::{percent, tokens};

/// A result as its JSON file has it. Keys are JSON pointers (RFC 6901): `/all/burn/mean`.
pub(super) struct Figures {
    result: serde_json::Value,
}

type Written = Result<Value, Error>;
/// A way to write the figure of a key.
type Way = fn(&Figures, &str) -> Written;

impl Figures {
    pub(super) fn of(result: serde_json::Value) -> Self {
        Figures { result }
    }

    /// Gives the templates a function for each way to write a figure.
    pub(super) fn teach(self: Arc<Self>, environment: &mut Environment) {
        let ways: [(&'static str, Way); 7] = [
            ("tokens", |figures, key| figures.number(key, tokens)),
            ("share", |figures, key| figures.number(key, percent)),
            ("exact", |figures, key| figures.number(key, |number| number.to_string())),
            ("money", Figures::money),
            ("mean", Figures::mean),
            ("spread", Figures::spread),
            ("day", Figures::day),
        ];
        for (name, way) in ways {
            let figures = Arc::clone(&self);
            environment.add_function(name, move |key: String| way(&figures, &key));
        }
        environment.add_function("figure", move |team: String, name: String| self.figure(&team, &name));
    }

    /// The key of a figure of a team's horizon, by its name.
    fn figure(&self, team: &str, name: &str) -> Result<String, Error> {
        let list = format!("{team}/figures");
        let figures = self.at(&list)?.as_array().ok_or_else(|| unknown(&list))?;
        let place = figures.iter().position(|figure| figure["figure"] == name);
        place.map(|place| format!("{list}/{place}")).ok_or_else(|| unknown(name))
    }

    fn at(&self, key: &str) -> Result<&serde_json::Value, Error> {
        self.result.pointer(key).ok_or_else(|| unknown(key))
    }

    /// A dash where it isn't known.
    fn number(&self, key: &str, way: fn(f64) -> String) -> Written {
        Ok(Value::from_safe_string(self.data(key, way)?.map_or("-".to_owned(), |data| data.1)))
    }

    /// The figure as it is written, by itself and marked up; `None` where it isn't known.
    fn data(&self, key: &str, way: fn(f64) -> String) -> Result<Option<(String, String)>, Error> {
        Ok(self.at(key)?.as_f64().map(|number| {
            let written = way(number);
            let data = format!("<data value=\"{number}\" data-key=\"{key}\">{written}</data>");
            (written, data)
        }))
    }

    fn money(&self, key: &str) -> Written {
        let currency = self.at("/currency")?.as_str().unwrap_or_default();
        let amount = self.data(key, tokens)?.map(|data| data.1);
        Ok(Value::from_safe_string(
            amount.map_or("-".to_owned(), |amount| format!("{amount} {}", HtmlEscape(currency))),
        ))
    }

    /// A mean with half the width of its interval.
    fn mean(&self, key: &str) -> Written {
        let mean = self.data(&format!("{key}/mean"), tokens)?;
        let half = self.data(&format!("{key}/half_width"), tokens)?;
        let half = half.map_or(String::new(), |half| format!(" ± {}", half.1));
        Ok(Value::from_safe_string(mean.map_or("-".to_owned(), |mean| format!("{}{half}", mean.1))))
    }

    /// From p10 to p90; one of them where they read alike.
    fn spread(&self, key: &str) -> Written {
        let [low, high] = ["p10", "p90"].map(|quantile| self.data(&format!("{key}/{quantile}"), tokens));
        Ok(Value::from_safe_string(match (low?, high?) {
            (Some(low), Some(high)) if low.0 != high.0 => format!("{} to {}", low.1, high.1),
            (low, high) => low.or(high).map_or("-".to_owned(), |data| data.1),
        }))
    }

    fn day(&self, key: &str) -> Written {
        let day = self.at(key)?.as_str();
        let time = |day: &str| {
            let day = HtmlEscape(day).to_string();
            format!("<time datetime=\"{day}\" data-key=\"{key}\">{day}</time>")
        };
        Ok(Value::from_safe_string(day.map_or("-".to_owned(), time)))
    }
}
