//! Plain numbers as if they were uncertain, to see what each moves.

use super::kinds::{Kind, Value};
use super::library::{Binding, Library};
use super::lots::{Lot, LotDrawer, Lots, Uncertain, UncertainParameter, Unknown};
use super::spread::{Spread, bounds, grain, rounded};
use crate::keys::{mix, name_key};

impl Library {
    /// The same scripts, where every parameter that is a number other than 0, a chance or a length of time is uncertain by so large
    /// a share of itself to either side; a whole number by 1 at least. What is uncertain already stays as it is, and first.
    pub fn moved(&self, share: f64) -> Library {
        let mut moved = self.clone();
        let Library { scripts, bindings, buyers, uncertain, .. } = &mut moved;
        for (subject, (name, binding)) in
            bindings.iter_mut().map(|named| ("group", named)).chain(buyers.iter_mut().map(|named| ("buyer", named)))
        {
            for (place, parameter) in scripts[binding.script].declared.parameters.iter().enumerate() {
                let Some(spread) = around(&binding.values[place], parameter.kind, share) else { continue };
                if binding.unknowns.iter().any(|unknown| unknown.parameter == place) {
                    continue;
                }
                let key = mix(&[name_key("moved"), name_key(subject), name_key(name), name_key(&parameter.name)]);
                let unknown = unknown(binding, place, parameter.kind, uncertain.len(), spread);
                uncertain.push(Uncertain {
                    name: format!("{name}.{}", parameter.name),
                    parameters: vec![UncertainParameter {
                        of: name.clone(),
                        parameter: parameter.name.clone(),
                        distribution: unknown.spread.words(parameter.kind),
                        unknown: unknown.clone(),
                    }],
                    key,
                });
                binding.unknowns.push(unknown);
            }
        }
        moved
    }

    /// What an uncertain parameter is under a lot that is the same in every replication, as a scenario writes it: numbers to four
    /// digits. Several that are drawn alike are each told where they differ.
    pub fn value_at(&self, place: usize, lot: Lot) -> String {
        let drawer = LotDrawer { lots: Lots { all: lot, but: None }, seed: 0, replication: 0 };
        let unknowns = self.uncertain[place].parameters.iter().map(|parameter| &parameter.unknown);
        let mut values: Vec<String> =
            unknowns.map(|unknown| unknown.kind.written(&rounded(unknown.value(drawer, &self.uncertain)))).collect();
        values.dedup();
        values.join(" / ")
    }
}

fn unknown(binding: &Binding, parameter: usize, kind: Kind, draw: usize, spread: Spread) -> Unknown {
    Unknown { parameter, kind, draw, spread, middle: binding.values[parameter].clone() }
}

fn around(value: &Value, kind: Kind, share: f64) -> Option<Spread> {
    let number = match value {
        Value::Integer(number) if kind != Kind::Time && kind != Kind::Date => *number as f64,
        Value::Number(number) => *number,
        _ => return None,
    };
    let (least, most) = bounds(kind);
    let apart = (number * share).abs();
    let (low, high) = match grain(kind) {
        0.0 => (number - apart, number + apart),
        _ => ((number - apart).floor(), (number + apart).ceil()),
    };
    (number != 0.0).then(|| Spread::Between(low.max(least), None, high.min(most)))
}
