//! What a scenario gives a script: its parameters, some of them uncertain.

use crate::diagnostic::Place;

/// A behaviour as a scenario asks for it: which script, with which parameters. Nothing is compiled yet.
#[derive(Clone, Debug)]
pub struct BehaviourUse {
    /// The name of a shipped script, or a path relative to the scenario's file.
    pub script: String,
    /// The scenario's folder, which paths are relative to.
    pub folder: std::path::PathBuf,
    /// Where it is written.
    pub place: Place,
    /// The parameters given under `with`.
    pub with: Vec<Given>,
}

/// A parameter as given in a scenario.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_place: Place,
    /// Its value, as written.
    pub value: GivenValue,
    /// Where the value stands.
    pub value_place: Place,
}

/// A value as written: what it means depends on the kind that the script declares.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenValue {
    /// `true` or `false`.
    Bool(bool),
    /// A number without a decimal point.
    Integer(i64),
    /// A number with one.
    Number(f64),
    /// Anything else: a name, a time, a duration.
    Text(String),
    /// A list of values.
    List(Vec<GivenValue>),
    /// No value, but how it is distributed: it is drawn once for each replication.
    Uncertain(Box<Distribution>),
}

/// How an uncertain parameter is distributed, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Which values are how likely.
    pub shape: Shape,
    /// Parameters that name the same are drawn alike: each at the same share of its own distribution.
    pub alike: Option<String>,
}

/// Which values are how likely.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Those between two, both included: each as likely, or as a triangle.
    Between {
        /// The lowest.
        from: Placed,
        /// The highest.
        to: Placed,
        /// The top of the triangle.
        likely: Option<Placed>,
    },
    /// Normal, cut off at both ends.
    Normal {
        /// The mean.
        mean: Placed,
        /// The standard deviation.
        sd: Placed,
        /// The lowest.
        from: Option<Placed>,
        /// The highest.
        to: Option<Placed>,
    },
    /// Some values.
    OneOf {
        /// The values.
        values: Vec<Placed>,
        /// How likely each is against the others: as many numbers from 0 on, not all 0.
        weights: Vec<f64>,
    },
}

/// A value as written, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What is written.
    pub value: GivenValue,
    /// Where.
    pub place: Place,
}
