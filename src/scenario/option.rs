//! A script's parameter as an option of the command line gives it.

use std::sync::Arc;

use super::given::Given;
use super::parameters::given_value;
use super::tree;
use crate::diagnostic::{Diagnostic, Place, Source};

/// Reads `key=value`, the value in YAML; errors show it behind the option's name.
pub fn parameter(option: &str, written: &str) -> Result<Given, Vec<Diagnostic>> {
    let shown = Arc::new(Source::new("the command line", format!("{option} {written}")));
    let place = |column: usize, length: usize| {
        let column = option.chars().count() + 1 + column;
        Place { source: shown.clone(), line: 1, column: column as u32, length: length.max(1) as u32 }
    };
    let Some((name, value)) = written.split_once('=') else {
        let problem = Diagnostic::new(format!("`{written}` gives no value")).at(&place(1, written.chars().count()));
        return Err(vec![problem.expected(format!("expected {option} NAME=VALUE"))]);
    };
    let length = name.chars().count();
    let value_column = length + 2;
    let moved = |at: &Place| Place {
        source: shown.clone(),
        line: at.line,
        column: if at.line == 1 { at.column + place(value_column, 1).column - 1 } else { at.column },
        length: at.length,
    };
    let moved_error = |error: Diagnostic| Diagnostic { place: error.place.as_ref().map(moved), ..error };
    let node = tree::parse(&Arc::new(Source::new("", value))).map_err(|error| vec![moved_error(error)])?;
    let mut errors = Vec::new();
    match given_value(&node, &mut errors) {
        Some(value) => Ok(Given {
            name: name.trim().to_owned(),
            name_place: place(1, length),
            value,
            value_place: moved(&node.place),
        }),
        None => Err(errors.into_iter().map(moved_error).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::GivenValue;
    use super::*;

    #[test]
    fn a_parameter_is_read_as_in_a_scenario() {
        let text = |text: &str| GivenValue::Text(text.into());
        for (written, value) in [
            ("forgets=0.1", GivenValue::Number(0.1)),
            ("arrives=\"09:00\"", text("09:00")),
            ("arrives=09:00", text("09:00")),
            ("products=[Revit, 3ds Max]", GivenValue::List(vec![text("Revit"), text("3ds Max")])),
            ("note=a=b", text("a=b")),
        ] {
            assert_eq!(parameter("--with", written).unwrap().value, value, "{written}");
        }
        let place = parameter("--with", "products=[Revit]").unwrap().value_place;
        assert_eq!((place.column, place.source.line(1)), (17, "--with products=[Revit]"));
    }

    #[test]
    fn what_cannot_be_read_is_shown_where_it_stands() {
        for (written, message, column) in
            [("products", "`products` gives no value", 8), ("products=[Revit", "not valid YAML", 0), ("a=", "", 10)]
        {
            let errors = parameter("--with", written).unwrap_err();
            let place = errors[0].place.as_ref().unwrap();
            assert!(errors[0].message.starts_with(message), "{errors:?}");
            assert!(column == 0 || place.column == column, "{errors:?}");
            assert_eq!(place.source.name, "the command line");
        }
    }
}
