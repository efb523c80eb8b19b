//! A group's values written into the text of its script, so that reading a parameter costs no call: that saves about a
//! third of a day's time. Only where the value is no longer than `me.NAME`, spaces making up the rest, so that every
//! place in the script stays where it is. What isn't written in is read as before.

use rhai::{AST, ASTNode, Position};

use super::check::{person, property_read};
use super::declare::Parameter;
use super::kinds::Value;

/// The text with the values of its parameters.
pub(super) fn inline(ast: &AST, text: &str, parameters: &[Parameter], values: &[Value]) -> String {
    let Some(me) = person(ast) else { return text.into() };
    let mut lines: Vec<Vec<char>> = text.split('\n').map(|line| line.chars().collect()).collect();
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(read) = property_read(path).filter(|read| read.variable == me) {
            let index = parameters.iter().position(|parameter| parameter.name == read.property);
            if let Some(value) = index.and_then(|index| literal(&values[index])) {
                replace(&mut lines, read.start, &format!("{me}.{}", read.property), &value);
            }
        }
        true
    });
    lines.iter().map(|line| line.iter().collect()).collect::<Vec<String>>().join("\n")
}

/// A value as it is written in a script, where that is beyond doubt.
fn literal(value: &Value) -> Option<String> {
    let is_plain = |letter: char| letter.is_alphanumeric() || " _-".contains(letter);
    match value {
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Number(number) => Some(format!("{number:?}")).filter(|text| !text.contains('e')),
        Value::Text(text) => text.chars().all(is_plain).then(|| format!("\"{text}\"")),
        Value::List(_) => None,
    }
    .filter(|text| !text.starts_with('-'))
}

/// Puts `new` in the place of `old`, if that stands there and is long enough.
fn replace(lines: &mut [Vec<char>], start: Position, old: &str, new: &str) {
    let (Some(line), Some(column)) = (start.line(), start.position()) else { return };
    let length = old.chars().count();
    let place = lines.get_mut(line - 1).and_then(|line| line.get_mut(column - 1..column - 1 + length));
    if let Some(place) = place.filter(|place| place.iter().copied().eq(old.chars())) {
        let padded = format!("{new:length$}");
        if padded.chars().count() == length {
            place.iter_mut().zip(padded.chars()).for_each(|(letter, new)| *letter = new);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::engine::parse;
    use super::super::kinds::Kind;
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn short_values_are_written_in_and_places_stay() {
        let check = |value: Value, body: &str, inlined: &str| {
            let text = |body: &str| format!("fn day(me, today) {{ {body} }}\n// me.part\n");
            let source = Arc::new(Source { name: String::new(), text: text(body) });
            let (name, meaning) = ("part".into(), String::new());
            let parameter = Parameter { name, kind: Kind::Text, default: Value::Bool(false), meaning };
            let ast = parse(&source).unwrap();
            assert_eq!(inline(&ast, &source.text, &[parameter], &[value]), text(inlined));
        };
        check(Value::Number(0.92), "chance(me.part);", "chance(0.92   );");
        check(Value::Integer(1800), "normal(0, me.part / 3);", "normal(0, 1800    / 3);");
        check(Value::Text("Maya".into()), "me.uses(me.part, 0, 1);", "me.uses(\"Maya\" , 0, 1);");
        check(Value::Bool(true), "if me.part && f(me) { g(\"me.part\"); }", "if true    && f(me) { g(\"me.part\"); }");
        check(Value::Integer(1), "let e = `é ${me.part} me.part`;", "let e = `é ${1      } me.part`;");
        for long in [Value::Number(0.123456789), Value::Number(1e-7), Value::Integer(-1), Value::Text("a\"b".into())] {
            check(long, "chance(me.part);", "chance(me.part);");
        }
    }
}
