//! Commands as a shell takes them.

use crate::forecast::RunCard;

/// The command that makes a forecast again, in the folder of its scenario.
pub fn again(card: &RunCard) -> String {
    let scenario = card.inputs.first().map_or("SCENARIO", |input| &input.name);
    let changes = card.changes.iter().map(|change| quoted(&format!("{}={}", change.path, change.value)));
    let changes: String = changes.map(|change| format!(" --set {change}")).collect();
    let (replications, seed) = (card.replications, card.seed);
    format!("flexcast forecast {}{changes} --replications {replications} --seed {seed} --out out", quoted(scenario))
}

/// A word of a command as a shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./=:@,+%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        for (word, shown) in
            [("office.yaml", "office.yaml"), ("my office.yaml", "'my office.yaml'"), ("it's", r"'it'\''s'"), ("", "''")]
        {
            assert_eq!(quoted(word), shown);
        }
    }
}
