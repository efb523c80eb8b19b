//! What a forecast takes as given, for its readers to judge.

use serde::{Deserialize, Serialize};

use crate::scenario::{Choice, Given, GivenValue, Group, IdleAwareness, Scenario};

/// What a forecast takes as given: what the vendor leaves open, what is paid, and what people do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Assumptions {
    /// The settings of the metering core, by the names that they have under `rules`, each with its value, such as `5m`.
    pub rules: Vec<AssumedRule>,
    /// The unit price by the size of one purchase, ascending; empty without prices.
    pub prices: Vec<AssumedPrice>,
    /// What is charged for each product that burns tokens, in the order of `products`.
    pub rates: Vec<AssumedRate>,
    /// Each group of users, in the order of the scenario.
    pub people: Vec<AssumedGroup>,
}

/// A setting of the metering core that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssumedRule {
    /// Its name in a scenario, such as `grace`.
    pub setting: String,
    /// Its value as a scenario writes it.
    pub value: String,
}

/// The unit price from a size of one purchase on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssumedPrice {
    /// Tokens of the smallest purchase that has it.
    pub from: f64,
    /// Money for each of its tokens.
    pub each: f64,
}

/// What is charged for a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssumedRate {
    /// The product.
    pub product: String,
    /// `day` or `result`.
    pub per: String,
    /// Tokens: each rate that it has in the horizon, the first one first.
    pub tokens: Vec<f64>,
}

/// What a group of users does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssumedGroup {
    /// The group.
    pub group: String,
    /// How many users, those who join later among them.
    pub users: u32,
    /// Their script; not there where they do nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behaviour: Option<String>,
    /// What the scenario sets of the script's parameters: `attendance: 0.9`.
    pub with: Vec<String>,
}

impl Assumptions {
    /// Those of a scenario in which these products burn tokens.
    pub(super) fn of<'a>(scenario: &Scenario, burned: impl Iterator<Item = &'a str>) -> Self {
        let tokens = scenario.prices.tokens.iter();
        Assumptions {
            rules: rules(scenario),
            prices: tokens
                .map(|tier| AssumedPrice { from: tier.from.millionths() as f64 / 1e6, each: tier.each.0 as f64 / 1e6 })
                .collect(),
            rates: rates(scenario, burned),
            people: scenario.groups.iter().map(group).collect(),
        }
    }
}

fn rules(scenario: &Scenario) -> Vec<AssumedRule> {
    let rules = &scenario.rules;
    let idle_awareness = match scenario.idle_awareness {
        IdleAwareness::Off => "off",
        IdleAwareness::On => "on",
        IdleAwareness::Of(_) => "of some products",
    };
    let grace = match rules.grace.seconds() {
        seconds if seconds % 60 == 0 && seconds > 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    };
    [
        ("grace", &*grace),
        ("renewal_shortfall", rules.renewal_shortfall.word()),
        ("second_device", rules.second_device.word()),
        ("team_choice", rules.team_choice.word()),
        ("lapse_while_open", rules.lapse_while_open.word()),
        ("idle_awareness", idle_awareness),
    ]
    .map(|(setting, value)| AssumedRule { setting: setting.to_owned(), value: value.to_owned() })
    .into()
}

fn rates<'a>(scenario: &Scenario, burned: impl Iterator<Item = &'a str>) -> Vec<AssumedRate> {
    let rates = scenario.rates();
    let rate = |name: &str| {
        let place = scenario.products.iter().position(|product| product.name == name)?;
        let tokens = rates[place].iter().map(|tokens| tokens.millionths() as f64 / 1e6).collect();
        Some(AssumedRate { product: name.to_owned(), per: scenario.products[place].per.word().to_owned(), tokens })
    };
    burned.filter_map(rate).collect()
}

fn group(group: &Group) -> AssumedGroup {
    let behaviour = group.behaviour.as_ref();
    AssumedGroup {
        group: group.name.clone(),
        users: group.users.len() as u32,
        behaviour: behaviour.map(|used| used.script.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()),
        with: behaviour.map_or(Vec::new(), |used| used.with.iter().map(setting).collect()),
    }
}

fn setting(given: &Given) -> String {
    format!("{}: {}", given.name, as_written(&given.value))
}

fn as_written(value: &GivenValue) -> String {
    match value {
        GivenValue::Bool(value) => value.to_string(),
        GivenValue::Integer(value) => value.to_string(),
        GivenValue::Number(value) => value.to_string(),
        GivenValue::Text(text) => text.clone(),
        GivenValue::List(values) => format!("[{}]", values.iter().map(as_written).collect::<Vec<_>>().join(", ")),
        GivenValue::Uncertain(_) => "uncertain".to_owned(),
    }
}
