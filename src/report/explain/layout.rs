/// So many characters a line.
const WIDTH: usize = 96;
const LABEL: usize = 10;

/// A headline, and rows with a label each, wrapped beside it.
pub(super) fn block(head: &str, rows: Vec<(&str, String)>) -> String {
    let mut text = format!("{head}\n");
    for (label, row) in rows {
        for (place, line) in wrap(&row, WIDTH - LABEL - 2).into_iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            text += &format!("  {label:LABEL$}{line}\n");
        }
    }
    text
}

/// A word longer than a line stands on its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_lines_stay_short() {
        assert_eq!(wrap("ab cd efgh", 5), ["ab cd", "efgh"]);
        assert_eq!(wrap("abcdefgh ij", 5), ["abcdefgh", "ij"]);
        assert_eq!(block("head", vec![("label", "é".repeat(3))]), "head\n  label     ééé\n");
    }
}
