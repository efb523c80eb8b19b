//! How purchases are planned: when orders may be placed, what they cost beside their tokens, what there is to spend.

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};

use super::decode::{At, Decode, Errors, Leaf, mistyped};
use super::known::Known;
use super::leaf::Share;
use super::model::Money;
use super::record::{Field, Keys, record};
use super::schema::{RecordSchema, subschema};
use super::tree::{Node, Value};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, nearest};
use crate::ids::TeamId;
use crate::time::Span;

/// How purchases are planned unless the command line says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanSettings {
    /// The asked share of replications without a stock-out, in millionths; that of the forecast where it is left out.
    pub service_level: Option<i64>,
    /// When orders may be placed.
    pub order_dates: OrderDates,
    /// Days from an order to its arrival.
    pub lead_time: i32,
    /// What each order costs beside its tokens.
    pub order_cost: Money,
    /// Interest a year on what is paid before the horizon ends, in millionths.
    pub interest: i64,
    /// What there is to spend, the earliest first; no bound where it is empty.
    pub budget: Vec<BudgetPart>,
    /// The teams that are planned for, ascending; all where it is empty.
    pub teams: Vec<TeamId>,
}

/// When orders may be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OrderDates {
    /// On every day.
    AnyDay,
    /// On the first day of each month.
    #[default]
    MonthStarts,
    /// On these days, ascending.
    On(Vec<Day>),
}

/// An amount that can be spent from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetPart {
    /// The day; from the start, where `None`.
    pub from: Option<Day>,
    /// The amount: it adds to what is left of those before.
    pub amount: Money,
}

record! {
    /// How purchases are planned unless the command line says otherwise.
    PlanSpec as "the `plan` section" {
        /// The asked share of runs that never run out of tokens, such as `99%`: that of `forecast` where it is left out.
        optional service_level: Share,
        /// When orders may be placed: `month_starts` (where it is left out), `any_day`, or a list of dates.
        optional order_dates: OrderDates,
        /// How long an order takes to arrive, in whole days: `0d` where it is left out.
        optional lead_time: Span,
        /// What each order costs beside its tokens: 0 where it is left out.
        optional order_cost: Money,
        /// Interest a year on what is paid before the horizon ends, such as `5%`: none where it is left out.
        optional interest: Share,
        /// What there is to spend: an amount, or a list of amounts with the days from which they are there.
        optional budget: BudgetSpec,
        /// The teams that are planned for: all where it is left out.
        optional teams: Vec<At<String>>,
    }
}

record! {
    /// An amount that can be spent from a day on.
    BudgetPartSpec as "a part of a budget" {
        /// The first day on which it is there: the scenario's first where it is left out.
        optional from: Day,
        /// The amount: it adds to what is left of those before.
        required amount: Money,
    }
}

/// An amount, or several with their days.
#[derive(Clone, Debug)]
pub struct BudgetSpec(Vec<At<BudgetPartSpec>>);

impl Decode for BudgetSpec {
    const NAME: &'static str = "a budget";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::List(_) => Decode::decode(node, errors).map(BudgetSpec),
            _ => {
                let amount = Field::Given(At::<Money>::decode(node, errors)?);
                let part = BudgetPartSpec { from: Field::Absent, amount };
                Some(BudgetSpec(vec![At { value: part, place: node.place.clone() }]))
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [<Money as Leaf>::schema(), subschema::<Vec<BudgetPartSpec>>(generator)]})
    }
}

const WORDS: [&str; 2] = ["month_starts", "any_day"];

impl Decode for OrderDates {
    const NAME: &'static str = "a choice of order dates";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        match &node.value {
            Value::List(items) if !items.is_empty() => {
                let mut days = Vec::<Day>::decode(node, errors)?;
                days.sort_unstable();
                days.dedup();
                Some(OrderDates::On(days))
            }
            Value::Scalar(scalar) if scalar.text == WORDS[0] => Some(OrderDates::MonthStarts),
            Value::Scalar(scalar) if scalar.text == WORDS[1] => Some(OrderDates::AnyDay),
            value => {
                let error =
                    mistyped(node, Self::NAME).expected("expected `month_starts`, `any_day` or a list of dates");
                let meant = if let Value::Scalar(scalar) = value { nearest(&scalar.text, WORDS) } else { None };
                errors.push(match meant {
                    Some(meant) => error.help(format!("did you mean `{meant}`?")),
                    None => error,
                });
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"enum": WORDS}, subschema::<Vec<Day>>(generator)]})
    }
}

/// How purchases are planned.
pub fn plan(spec: Option<&PlanSpec>, teams: &Known, errors: &mut Errors) -> PlanSettings {
    let Some(spec) = spec else { return PlanSettings::default() };
    let mut planned: Vec<TeamId> = teams
        .find_all(spec.teams.get().map_or(&[], Vec::as_slice), errors)
        .into_iter()
        .map(TeamId::from_index)
        .collect();
    planned.sort_unstable();
    planned.dedup();
    PlanSettings {
        service_level: spec.service_level.get().copied().map(millionths),
        order_dates: spec.order_dates.get().cloned().unwrap_or_default(),
        lead_time: spec.lead_time.given().map_or(0, |span| days(span, errors)),
        order_cost: spec.order_cost.get().copied().unwrap_or_default(),
        interest: spec.interest.get().copied().map_or(0, millionths),
        budget: spec.budget.get().map(parts).unwrap_or_default(),
        teams: planned,
    }
}

fn millionths(share: Share) -> i64 {
    (share.0 * 1e6).round() as i64
}

/// A lead time in days: an order is there for the whole of the day it is counted on.
fn days(span: &At<Span>, errors: &mut Errors) -> i32 {
    let found = lead_time(span.value);
    if found.is_none() {
        errors.push(Diagnostic::new("this is no lead time").at(&span.place).expected(LEAD_TIME));
    }
    found.unwrap_or(0)
}

/// What a lead time is.
pub const LEAD_TIME: &str = "expected whole days such as 5d, up to 366d";

/// A lead time in days, where it is one; see [`LEAD_TIME`].
pub fn lead_time(span: Span) -> Option<i32> {
    let (days, part) = (span.seconds() / Span::DAY.seconds(), span.seconds() % Span::DAY.seconds());
    (part == 0 && days <= 366).then_some(days as i32)
}

fn parts(budget: &BudgetSpec) -> Vec<BudgetPart> {
    let part = |part: &At<BudgetPartSpec>| {
        let BudgetPartSpec { from, amount } = &part.value;
        Some(BudgetPart { from: from.get().copied(), amount: *amount.get()? })
    };
    let mut parts: Vec<BudgetPart> = budget.0.iter().filter_map(part).collect();
    parts.sort_by_key(|part| part.from);
    parts
}
