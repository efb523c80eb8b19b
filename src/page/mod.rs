//! One page for people who look at no files: a forecast or a plan as a single HTML file that asks nothing of any network.
//!
//! What stands on it is a template; every figure in it is looked up in the result as its JSON file has it, and names its key there, so
//! that the page can say nothing that the file doesn't.

mod figures;
mod seal;

use std::fmt;
use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context};
use serde::Serialize;

use crate::chart::{Look, Picture, ROLES, Role};
use crate::forecast::Forecast;
use crate::purchasing::PurchasePlan;
use crate::report::command::again;
use crate::report::plan::answer;
use figures::Figures;
use seal::policy;

const TEMPLATES: [(&str, &str); 8] = [
    ("page.html", include_str!("page.html")),
    ("parts.html", include_str!("parts.html")),
    ("forecast.html", include_str!("forecast.html")),
    ("plan.html", include_str!("plan.html")),
    ("answer.html", include_str!("answer.html")),
    ("pictures.html", include_str!("pictures.html")),
    ("tables.html", include_str!("tables.html")),
    ("assumptions.html", include_str!("assumptions.html")),
];
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A forecast with its pictures as one HTML document: the answer, the pictures, the tables, what is assumed, the run card. The same
/// forecast gives the same bytes.
pub fn of_forecast(forecast: &Forecast, pictures: &[Picture]) -> Result<String, PageError> {
    let more = context! { forecast => Value::from(Serde(forecast)), again => again(&forecast.card) };
    page("forecast.html", forecast, pictures, more)
}

/// A purchase plan with its pictures, likewise: what to buy when comes first.
pub fn of_plan(plan: &PurchasePlan, pictures: &[Picture]) -> Result<String, PageError> {
    page("plan.html", plan, pictures, context! { plan => Value::from(Serde(plan)), answer => answer(plan) })
}

/// The template's page of a result, which has a run card.
fn page(name: &str, result: &impl Serialize, pictures: &[Picture], more: Value) -> Result<String, PageError> {
    let result = serde_json::to_value(result).map_err(|error| PageError(error.to_string()))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for (name, template) in TEMPLATES {
        environment.add_template(name, template)?;
    }
    let card = Value::from(Serde(&result["card"]));
    Arc::new(Figures::of(result)).teach(&mut environment);
    let style = format!("{STYLE}{}", dark());
    let pictures = pictures.iter().map(|picture| (picture.name, Value::from_safe_string(picture.svg.clone())));
    Ok(environment.get_template(name)?.render(context! {
        card,
        pictures => pictures.map(|(name, svg)| context! { name, svg }).collect::<Vec<_>>(),
        policy => policy(&style, SCRIPT),
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        ..more
    })?)
}

/// The pictures' colours on dark screens, in place of those that they are drawn in.
fn dark() -> String {
    let rule = |role: &Role| {
        let (light, dark) = (role.hex(Look::Light), role.hex(Look::Dark));
        format!(".picture [fill=\"{light}\"] {{ fill: {dark} }}\n.picture [stroke=\"{light}\"] {{ stroke: {dark} }}\n")
    };
    format!("@media screen and (prefers-color-scheme: dark) {{\n{}}}\n", ROLES.iter().map(rule).collect::<String>())
}

/// Why there is no page: the templates ask for what the result doesn't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError(String);

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "making the page failed: {}", self.0)
    }
}

impl std::error::Error for PageError {}

impl From<minijinja::Error> for PageError {
    fn from(error: minijinja::Error) -> Self {
        PageError(whole(&error))
    }
}

/// A key that the result doesn't have.
fn unknown(key: &str) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, format!("the result has no {key}"))
}

/// An error with all that it comes from.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}
