//! Plain numbers as if they were uncertain, to see what each moves.

use super::declare::Parameter;
use super::kinds::{Kind, Value};
use super::library::{Binding, Library};
use super::lots::{Lot, LotDrawer, Lots, Uncertain, UncertainParameter, Unknown};
use super::spread::{Spread, bounds, grain, rounded};
use crate::keys::{mix, name_key};

impl Library {
    /// The same scripts, where every parameter that is a number, a chance or a length of time is uncertain by so large a share of itself to
    /// either side; a whole number by 1 at least. What is uncertain already stays as it is, and first. Beside it the names of the numbers
    /// that stay, each with the reason.
    pub fn moved(&self, share: f64) -> (Library, Vec<(String, &'static str)>) {
        let (mut moved, mut stays) = (self.clone(), Vec::new());
        let Library { scripts, bindings, buyers, uncertain, .. } = &mut moved;
        for (subject, (name, binding)) in
            bindings.iter_mut().map(|named| ("group", named)).chain(buyers.iter_mut().map(|named| ("buyer", named)))
        {
            for (place, parameter) in scripts[binding.script].declared.parameters.iter().enumerate() {
                if binding.unknowns.iter().any(|unknown| unknown.parameter == place) {
                    continue;
                }
                let own_name = format!("{name}.{}", parameter.name);
                let spread = match around(&binding.values[place], parameter, share) {
                    Around::NoNumber => continue,
                    Around::Stays(why) => {
                        stays.push((own_name, why));
                        continue;
                    }
                    Around::Spread(spread) => spread,
                };
                let key = mix(&[name_key("moved"), name_key(subject), binding.key, name_key(&parameter.name)]);
                let unknown = unknown(binding, place, parameter.kind, uncertain.len(), spread);
                uncertain.push(Uncertain {
                    name: own_name,
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
        (moved, stays)
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

/// What becomes of a value that is to be moved.
enum Around {
    NoNumber,
    /// Why it isn't.
    Stays(&'static str),
    Spread(Spread),
}

fn around(value: &Value, parameter: &Parameter, share: f64) -> Around {
    let kind = parameter.kind;
    let number = match (value, kind) {
        (Value::Integer(_), Kind::Time | Kind::Date) | (Value::Integers(_) | Value::Numbers(_), _) => {
            return Around::Stays("times of day, dates and lists have no share of themselves");
        }
        (Value::Integer(number), _) => *number as f64,
        (Value::Number(number), _) => *number,
        _ => return Around::NoNumber,
    };
    if number == 0.0 {
        return Around::Stays("they are 0, and so is every share of them");
    }
    // Scripts say so that something isn't given, as `forgets_holiday` of `office_week` does.
    if number < 0.0 && *value == parameter.default {
        return Around::Stays("their default is below 0, which stands for a rule of the script");
    }
    let (least, most) = bounds(kind);
    let apart = (number * share).abs();
    let (low, high) = match grain(kind) {
        0.0 => (plain(number - apart), plain(number + apart)),
        _ => ((number - apart).floor(), (number + apart).ceil()),
    };
    Around::Spread(Spread::Between(low.max(least), None, high.min(most)))
}

/// A number as people write it: 0.28 where binary fractions give 0.27999999999999997.
fn plain(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_number_has_no_more_digits_than_its_factors() {
        let chance = |default| Parameter {
            name: "forgets".into(),
            kind: Kind::Number,
            default: Value::Number(default),
            meaning: String::new(),
        };
        let digits = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        for thousandths in 1..=1_200 {
            for percent in 1..100 {
                let value = Value::Number(f64::from(thousandths) / 1000.0);
                let Around::Spread(spread) = around(&value, &chance(0.0), f64::from(percent) / 100.0) else { panic!() };
                let words = spread.words(Kind::Number);
                assert!(words.split(" to ").all(|end| digits(end) <= 5), "{thousandths} by {percent} %: {words}");
            }
        }
    }

    #[test]
    fn numbers_that_stand_for_something_else_stay() {
        let stays = |kind: Kind, default: Value, value: Value| {
            let parameter = Parameter { name: "n".into(), kind, default, meaning: String::new() };
            matches!(around(&value, &parameter, 0.1), Around::Stays(_))
        };
        let number = Value::Number;
        assert!(stays(Kind::Number, number(-1.0), number(-1.0)));
        assert!(!stays(Kind::Number, number(-1.0), number(-3.0)), "it is given");
        assert!(!stays(Kind::Number, number(-1.0), number(0.3)));
        assert!(
            stays(Kind::Chance, number(0.5), number(0.0)) && stays(Kind::Count, Value::Integer(3), Value::Integer(0))
        );
        assert!(stays(Kind::Time, Value::Integer(1), Value::Integer(2)));
        assert!(!stays(Kind::Duration, Value::Integer(1), Value::Integer(2)));
        assert!(stays(Kind::Numbers, Value::Numbers(vec![]), Value::Numbers(vec![1.0])));
    }
}
