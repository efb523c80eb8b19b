//! YAML as written, checked and turned into the model: every diagnostic at once, with its place and a hint.
//!
//! `tree` reads YAML into nodes with places; `decode`, `record` and the leaves in `leaf`, `when`, `choice`
//! say how values are written, for the decoder and the schema alike; `spec` is the scenario as written; `load` and the rest check it and say what is meant.

mod choice;
mod decode;
mod distribution;
mod endless;
mod event;
mod event_spec;
mod events;
mod given;
mod hidden;
mod idle;
mod known;
mod leaf;
mod load;
mod model;
mod option;
mod orders;
mod overrides;
mod parameters;
mod path;
mod people;
mod plan;
mod policy;
mod presence;
mod prices;
mod products;
mod purchases;
mod read;
mod record;
mod roster;
mod schema;
mod settings;
mod sheets;
mod spec;
mod supply;
mod syntax;
mod timeline;
mod tree;
mod unions;
mod when;

pub use choice::Choice;
pub use event::{Event, EventKind};
pub use given::{BehaviourUse, Distribution, Given, GivenValue, Placed, Shape};
pub use idle::IdleAwareness;
pub use leaf::{Precision, share};
pub use load::{Behaving, Loaded, ScenarioFile, WhatIf, load, load_with};
pub use model::*;
pub use option::parameter;
pub use orders::{Line, Ordered};
pub use overrides::Override;
pub use plan::{BudgetPart, LEAD_TIME, OrderDates, PlanSettings, lead_time};
pub use purchases::Purchase;
pub use roster::{Names, Setup, identity};
pub use schema::schema;
pub use settings::MOST_REPLICATIONS;
pub use when::duration;

/// A commented scenario to start from.
pub const TEMPLATE: &str = include_str!("template.yaml");

/// The path of the scenario that scripts are previewed in unless another is given.
pub const PREVIEW: &str = "<shipped>/preview.yaml";
