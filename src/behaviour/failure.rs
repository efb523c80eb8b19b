//! What went wrong in a script, as a diagnostic at its place.

use std::sync::Arc;

use rhai::{Dynamic, EvalAltResult, LexError, ParseError, ParseErrorType, Position};

use super::limits;
use super::vocabulary::{BUYING, DECLARATIONS, WORDS};
use crate::diagnostic::{Diagnostic, Place, Source};

/// What a native function gives.
pub(super) type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// What a native function found wrong; the engine hands it on untouched.
#[derive(Clone)]
struct Failure(Diagnostic);

/// Fails a native function; the engine adds the place of the call.
pub(super) fn fail<T>(diagnostic: Diagnostic) -> Outcome<T> {
    Err(fail_at(diagnostic, Position::NONE))
}

/// The failure of a native function at a place of its own.
pub(super) fn fail_at(diagnostic: Diagnostic, position: Position) -> Box<EvalAltResult> {
    EvalAltResult::ErrorRuntime(Dynamic::from(Failure(diagnostic)), position).into()
}

/// The place of a position: the word there is marked.
pub(super) fn place(source: &Arc<Source>, position: Position) -> Place {
    let line = position.line().unwrap_or(1);
    let column = position.position().unwrap_or(1);
    let text = source.text.lines().nth(line - 1).unwrap_or_default();
    let length = length_of_word(text.chars().skip(column - 1));
    Place { source: source.clone(), line: line as u32, column: column as u32, length }
}

/// Where a function of the script is defined, as far as its text shows; the first line where it doesn't.
pub(super) fn place_of_function(source: &Arc<Source>, name: &str) -> Place {
    let start = format!("fn {name}");
    for (index, line) in source.text.lines().enumerate() {
        if let Some((before, _)) = line.split_once(&start) {
            let column = before.chars().count() as u32 + 1;
            let length = start.chars().count() as u32;
            return Place { source: source.clone(), line: index as u32 + 1, column, length };
        }
    }
    first_line(source)
}

/// The start of a script.
pub(super) fn first_line(source: &Arc<Source>) -> Place {
    Place { source: source.clone(), line: 1, column: 1, length: 1 }
}

fn length_of_word(mut rest: impl Iterator<Item = char>) -> u32 {
    let length = match rest.next() {
        Some('"') => 2 + rest.take_while(|letter| *letter != '"').count(),
        Some(letter) if is_of_word(letter) => 1 + rest.take_while(|letter| is_of_word(*letter)).count(),
        _ => 1,
    };
    length as u32
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A script that the parser can't read.
pub(super) fn unreadable(error: &ParseError, source: &Arc<Source>) -> Diagnostic {
    let diagnostic = match error.err_type() {
        ParseErrorType::VariableUndefined(name) => Diagnostic::new(format!("unknown name `{name}`"))
            .expected("a variable of this function, or one of its parameters")
            .help("functions see nothing of the top of the script: declare a `parameter`, or pass it on"),
        ParseErrorType::Reserved(word)
        | ParseErrorType::UnknownOperator(word)
        | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _)) => {
            Diagnostic::new(format!("`{word}` isn't available in scripts"))
                .nearest(word, WORDS.iter().map(|known| known.name()))
        }
        ParseErrorType::PropertyExpected => Diagnostic::new("no name follows the dot")
            .expected("a name that isn't a word of the language, as `until` and `default` are")
            .help("give a parameter with such a name another one"),
        ParseErrorType::ExprTooDeep => Diagnostic::new("nested too deeply")
            .expected(format!("at most {} levels", limits::EXPRESSION_DEPTH))
            .help("name parts of it with `let`, or move them into functions"),
        other => Diagnostic::new(lowered(&other.to_string())),
    };
    diagnostic.at(&place(source, error.position()))
}

/// An error of a run, at the place where it arose; the engine doesn't always know that, then at `otherwise`.
pub(super) fn raised(error: EvalAltResult, source: &Arc<Source>, otherwise: impl Fn() -> Place) -> Diagnostic {
    let (mut error, position) = innermost(error);
    let diagnostic = match &error {
        EvalAltResult::ErrorRuntime(thrown, _) => match thrown.read_lock::<Failure>() {
            Some(failure) => failure.0.clone(),
            None => Diagnostic::new(format!("the script threw: {thrown}")),
        },
        EvalAltResult::ErrorFunctionNotFound(signature, _) => not_found(signature),
        EvalAltResult::ErrorMismatchDataType(wanted, found, _) if !wanted.is_empty() => {
            Diagnostic::new(format!("this is {}", plain_type(found))).expected(plain_type(wanted))
        }
        EvalAltResult::ErrorDotExpr(reason, _) => {
            Diagnostic::new(lowered(reason.split(" - ").next().unwrap_or_default()))
        }
        _ => match limits::exceeded(&error) {
            Some(diagnostic) => diagnostic,
            None => {
                error.clear_position();
                Diagnostic::new(lowered(&error.to_string()))
            }
        },
    };
    match diagnostic.place {
        // It arose elsewhere, as that of a variant does in the script of a person.
        Some(_) => diagnostic,
        None if position.is_none() => diagnostic.at(&otherwise()),
        None => diagnostic.at(&place(source, position)),
    }
}

/// The error that started it all, and the nearest position known.
fn innermost(mut error: EvalAltResult) -> (EvalAltResult, Position) {
    let mut known = error.position();
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        error = *inner;
        if !error.position().is_none() {
            known = error.position();
        }
    }
    (error, known)
}

/// `normal (string, i64)`: the word exists, but not for such arguments.
pub(super) fn not_found(signature: &str) -> Diagnostic {
    let (name, types) = signature.split_once(" (").unwrap_or((signature, ")"));
    let types: Vec<&str> = types.trim_end_matches(')').split(", ").map(plain_type).collect();
    let diagnostic = Diagnostic::new(format!("`{name}` doesn't take {}", types.join(", ")));
    let words: Vec<String> = WORDS
        .iter()
        .chain(BUYING)
        .chain(DECLARATIONS)
        .filter(|word| word.name() == name && word.receiver() != Some("draws"))
        .map(|word| format!("`{}`: {}", word.form, word.meaning))
        .collect();
    let diagnostic = match &words[..] {
        [] if name == "+" => return diagnostic.help("write values into a text with backticks: `laptop ${number}`"),
        [] => return diagnostic,
        words => diagnostic.expected(words.join("; or ")),
    };
    if ["uses", "leaves_open", "orders"].contains(&name) { times_are_seconds(diagnostic, &types) } else { diagnostic }
}

fn times_are_seconds(diagnostic: Diagnostic, types: &[&str]) -> Diagnostic {
    match types {
        [_, _, times @ ..] if times.contains(&"a number with a fraction") => diagnostic
            .help("times, lengths of time and numbers of tokens are whole: `round(..)` takes off the fraction"),
        [_, _, times @ ..] if times.contains(&"a text") => diagnostic.help("write a time as `time(\"09:00\")`"),
        _ => diagnostic,
    }
}

pub(super) fn plain_type(name: &str) -> &str {
    match name {
        "i64" => "a whole number",
        "f64" => "a number with a fraction",
        "string" | "&str | ImmutableString | String" | "&str" => "a text",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "a map",
        "()" | "" => "nothing",
        other => other,
    }
}

fn lowered(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
