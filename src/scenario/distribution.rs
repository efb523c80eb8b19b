//! Uncertain parameters: in place of a value, how the value is distributed.

use schemars::Schema;
use schemars::generate::SchemaGenerator;
use serde_json::json;

use super::decode::{At, Decode, Errors, Leaf};
use super::given::{Distribution, GivenValue, Placed, Shape};
use super::parameters::plain_value;
use super::record::{Field, Keys, record};
use super::schema::RecordSchema;
use super::tree::{Kind, Node, Scalar};
use crate::diagnostic::Diagnostic;

/// A value, or a list of values, of a kind that the script declares.
#[derive(Clone, Debug)]
pub struct PlainSpec(GivenValue);

impl Decode for PlainSpec {
    const NAME: &'static str = "a parameter's value";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        plain_value(node, errors).map(PlainSpec)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json!({"type": ["boolean", "number", "string", "array"]}).try_into().expect("an object")
    }
}

/// How much likelier than others something is.
#[derive(Clone, Copy, Debug)]
pub struct Weight(f64);

impl Leaf for Weight {
    const NAME: &'static str = "a weight";
    const EXPECTED: &'static str = "a number from 0 on";

    fn read(scalar: &Scalar) -> Option<Self> {
        let number = if scalar.kind == Kind::Text { None } else { scalar.text.parse().ok() };
        number.filter(|weight: &f64| weight.is_finite() && *weight >= 0.0).map(Weight)
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number", "minimum": 0})
    }
}

record! {
    /// How an uncertain parameter is distributed: its value is drawn once for each run. `from` and `to` (each value between as
    /// likely; with `likely` a triangle), `mean` and `sd` (normal, cut off at `from` and `to`), or `one_of` some values.
    DistributionSpec as "a distribution" {
        /// The lowest value.
        optional from: PlainSpec,
        /// The highest value.
        optional to: PlainSpec,
        /// The likeliest value between `from` and `to`.
        optional likely: PlainSpec,
        /// The mean of a normal distribution.
        optional mean: PlainSpec,
        /// Its standard deviation: of a time or a date a duration.
        optional sd: PlainSpec,
        /// The values that are possible.
        optional one_of: Vec<At<PlainSpec>>,
        /// How likely each of `one_of` is against the others: as many numbers. Alike where it is left out.
        optional weights: Vec<At<Weight>>,
        /// A name: parameters with the same name are drawn alike, all high or all low at once.
        optional r#as: String,
    }
}

const SHAPES: &str = "expected `{from, to}`, `{from, to, likely}`, `{mean, sd}` or `{one_of: [..]}`";

/// Reads a distribution; which values may stand in it, the kind of the parameter says.
pub fn distribution(node: &Node, errors: &mut Errors) -> Option<Distribution> {
    let before = errors.len();
    let spec = DistributionSpec::decode(node, errors)?;
    if errors.len() > before {
        return None;
    }
    let alike = spec.r#as.get().cloned();
    match spec.shape() {
        Ok(shape) => Some(Distribution { shape, alike }),
        Err(problem) => {
            errors.push(if problem.place.is_some() { problem } else { problem.at(&node.place).expected(SHAPES) });
            None
        }
    }
}

impl DistributionSpec {
    fn shape(&self) -> Result<Shape, Diagnostic> {
        let value = |field: &Field<PlainSpec>| {
            field.given().map(|At { value, place }| Placed { value: value.0.clone(), place: place.clone() })
        };
        let [from, to, likely, mean, sd] = [&self.from, &self.to, &self.likely, &self.mean, &self.sd].map(value);
        let weighed = !self.weights.is_absent();
        match (from, to, likely, mean, sd, self.one_of.get()) {
            (None, None, None, None, None, Some(values)) => self.choice(values),
            (Some(from), Some(to), likely, None, None, None) if !weighed => Ok(Shape::Between { from, to, likely }),
            (from, to, None, Some(mean), Some(sd), None) if !weighed => Ok(Shape::Normal { mean, sd, from, to }),
            _ => Err(Diagnostic::new("these keys make no distribution")),
        }
    }

    fn choice(&self, values: &[At<PlainSpec>]) -> Result<Shape, Diagnostic> {
        let placed = |At { value, place }: &At<PlainSpec>| Placed { value: value.0.clone(), place: place.clone() };
        let values: Vec<Placed> = values.iter().map(placed).collect();
        if values.is_empty() {
            return Err(Diagnostic::new("`one_of` has no values"));
        }
        let Some(given) = self.weights.given() else {
            let weights = vec![1.0; values.len()];
            return Ok(Shape::OneOf { values, weights });
        };
        let weights: Vec<f64> = given.value.iter().map(|weight| weight.value.0).collect();
        if weights.len() != values.len() || weights.iter().sum::<f64>() <= 0.0 {
            let wrong = Diagnostic::new("the weights don't fit the values of `one_of`").at(&given.place);
            return Err(wrong.expected(format!("{} numbers, one for each value, and not all 0", values.len())));
        }
        Ok(Shape::OneOf { values, weights })
    }
}
