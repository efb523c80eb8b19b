//! Text in lines of some width.

/// So many characters a line.
pub(super) const WIDTH: usize = 96;

/// The lines of a text; a word longer than a line stands on its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("never empty");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// The text in lines that all begin with the indent.
pub(super) fn indented(text: &str, indent: usize) -> String {
    let line = |line: String| format!("{:indent$}{line}\n", "");
    wrap(text, WIDTH - indent).into_iter().map(line).collect()
}

/// The same, and a percent sign stays beside its number.
pub(super) fn paragraph(text: &str, indent: usize) -> String {
    indented(&text.replace(" %", "\u{a0}%"), indent).replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_lines_stay_short() {
        assert_eq!(wrap("ab cd efgh", 5), ["ab cd", "efgh"]);
        assert_eq!(wrap("abcdefgh ij", 5), ["abcdefgh", "ij"]);
        assert_eq!(indented("ab cd", 2), "  ab cd\n");
        assert_eq!(paragraph(&format!("{} 95 %", "a".repeat(92)), 0), format!("{}\n95 %\n", "a".repeat(92)));
    }
}
