use crate::report::lines::{WIDTH, wrap};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_beside_their_labels() {
        assert_eq!(block("head", vec![("label", "é".repeat(3))]), "head\n  label     ééé\n");
    }
}
