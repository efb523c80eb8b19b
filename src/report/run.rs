//! `run.json`: the card and the totals of one run through the meter.

use serde_json::json;

use crate::behaviour::Drawn;
use crate::forecast::RunCard;
use crate::replay::Totals;
use crate::tokens::Tokens;

/// A run's card and what it came to, as JSON. `replication` is `None` for a real log; `drawn` are the values of what is uncertain in
/// it.
pub fn run_json(card: &RunCard, replication: Option<u32>, drawn: &[Drawn], totals: &Totals, bad_rows: usize) -> String {
    let number = |tokens: Tokens| tokens.millionths() as f64 / 1e6;
    let mut run = json!({
        "card": card,
        "replication": replication,
        "granted": totals.granted,
        "denied": totals.denied,
        "windows": totals.windows,
        "burned": number(totals.burned),
        "expired": number(totals.expired),
        "bad_rows_left_out": bad_rows,
    });
    if !drawn.is_empty() {
        let shown = |Drawn { of, parameter, value }: &Drawn| json!({"of": of, "parameter": parameter, "value": value});
        run["drawn"] = drawn.iter().map(shown).collect();
    }
    format!("{run:#}\n")
}
