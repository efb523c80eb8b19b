//! Errors as people read them: the line itself, with the place marked, what was expected, and the remedy.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place};

/// How much of a long line is shown, and how much of it may stand after the place.
const WIDTH: usize = 120;
const AFTER: usize = 80;

/// Renders errors by file and line, then those without a place, with a closing count; plain, or with colours where
/// `styled`.
pub fn render(diagnostics: &[Diagnostic], styled: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let sorted = sorted(diagnostics);
    rendered(&sorted, &Level::ERROR, styled) + closing(&sorted).as_str() + "\n"
}

/// Renders what is worth knowing and no error, in the same order.
pub fn notes(diagnostics: &[Diagnostic], styled: bool) -> String {
    rendered(&sorted(diagnostics), &Level::NOTE, styled)
}

fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| match &diagnostic.place {
        Some(at) => (false, Some((&at.source.name, at.line, at.column))),
        None => (true, None),
    });
    sorted
}

fn rendered(sorted: &[&Diagnostic], level: &Level<'static>, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut text = String::new();
    for diagnostic in sorted {
        text += &renderer.render(&[group(diagnostic, level)]);
        text += "\n\n";
    }
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, level: &Level<'static>) -> Group<'a> {
    let mut group = Group::with_title(level.clone().primary_title(&diagnostic.message));
    if let Some(place) = &diagnostic.place {
        group = group.element(snippet(place, diagnostic.expected.as_deref()));
    } else if let Some(expected) = &diagnostic.expected {
        group = group.element(Level::NOTE.message(expected));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    match diagnostic.draws.as_ref().and_then(|draws| draws.again.as_ref()) {
        Some(command) => group.element(Level::NOTE.with_name("again").message(command)),
        None => group,
    }
}

/// The line with the place marked; the renderer shortens what stands long before the place.
fn snippet<'a>(place: &'a Place, expected: Option<&'a str>) -> Snippet<'a, Annotation<'a>> {
    let line = place.source.line(place.line);
    let byte = |character: usize| line.char_indices().nth(character).map_or(line.len(), |(byte, _)| byte);
    let column = place.column as usize - 1;
    let marked = byte(column)..byte(column + (place.length as usize).min(AFTER));
    let shown = &line[..byte(column + AFTER)];
    let annotation = AnnotationKind::Primary.span(marked).label(expected);
    Snippet::source(shown).path(&place.source.name).line_start(place.line as usize).annotation(annotation)
}

/// "3 errors in studio.yaml".
fn closing(sorted: &[&Diagnostic]) -> String {
    let mut files: Vec<&str> =
        sorted.iter().filter_map(|diagnostic| Some(diagnostic.place.as_ref()?.source.name.as_str())).collect();
    files.dedup();
    let count = match sorted.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    if files.is_empty() { count } else { format!("{count} in {}", files.join(" and ")) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Source;

    fn check(text: &str, line: u32, column: u32, length: u32, shown: &str) {
        let source = Arc::new(Source::new("studio.yaml", text));
        let place = Place { source, line, column, length };
        let found = render(&[Diagnostic::new("wrong").at(&place).expected("expected right")], false);
        assert!(found.lines().count() < 12 && found.lines().all(|line| line.chars().count() < 250), "{found}");
        assert!(found.contains(shown), "{found}");
    }

    #[test]
    fn odd_texts_are_shown_and_never_panic() {
        check("a: b", 1, 4, 1, "studio.yaml:1:4");
        check("a: b", 1, 4, 1, "   ^ expected right");
        check("é: ü, 👩‍👩‍👧: 家族", 1, 7, 5, "studio.yaml:1:7");
        check("a:\tb\tc", 1, 6, 1, "^ expected right");
        check("a: b\r\nc: d\r\n", 2, 4, 1, "c: d");
        check("\u{202e}a\u{0}: \u{1b}[31mb", 1, 2, 3, "expected right");
        check("", 1, 1, 1, "expected right");
        check("a", 9, 9, 9, "expected right");
        check(&"é".repeat(1_000_000), 1, 500_000, 400_000, "studio.yaml:1:500000");
        check(&"x".repeat(100_000), 1, 1, 100_000, "expected right");
    }

    #[test]
    fn the_closing_line_counts_errors_and_names_files() {
        let place = |name: &str| {
            let source = Arc::new(Source::new(name, "a"));
            Place { source, line: 1, column: 1, length: 1 }
        };
        let error = |name| Diagnostic::new("wrong").at(&place(name));
        for (errors, closing) in [
            (vec![error("b.yaml"), error("b.yaml")], "2 errors in b.yaml\n"),
            (vec![error("b.yaml"), error("a.yaml"), error("b.yaml")], "3 errors in a.yaml and b.yaml\n"),
            (vec![Diagnostic::new("can't read it").help("look again")], "= help: look again\n\n1 error\n"),
        ] {
            let found = render(&errors, false);
            assert!(found.ends_with(closing), "{found}");
        }
        assert_eq!(render(&[], false), "");
        assert!(render(&[error("b.yaml")], true).contains("\u{1b}["));
    }
}
