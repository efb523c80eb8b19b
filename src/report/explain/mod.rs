//! Explanations in words: what the `explain` room found out, for a planner who doesn't know the rules.

mod charge;
mod denial;
mod layout;

use serde_json::json;

use super::numbers::counted;
use super::times::Times;
use crate::calendar::Zone;
use crate::explain::{Answer, Count, Explanation, What};
use crate::forecast::RunCard;
use crate::meter::Grant;
use crate::tokens::Tokens;
use layout::block;

/// The answer on the screen: what it adds up to, then each decision.
pub fn explain(answer: &Answer, zone: Zone) -> String {
    let times = Times { zone };
    let blocks: Vec<String> = answer.decisions.iter().map(|decision| format!("\n{}", words(decision, times))).collect();
    format!("{}{}", summary(answer, times), blocks.concat())
}

/// The same as JSON.
pub fn explain_json(answer: &Answer, card: &RunCard) -> String {
    let mut document = json!({ "card": card });
    let answer = serde_json::to_value(answer).expect("plain numbers and names");
    if let (Some(document), serde_json::Value::Object(answer)) = (document.as_object_mut(), answer) {
        document.extend(answer);
    }
    format!("{document:#}\n")
}

fn summary(answer: &Answer, times: Times) -> String {
    let (charges, Answer { explained, burned, .. }) = (counted(answer.charges as u64, "charge"), answer);
    let charges = format!("{charges}; {explained} of {} burned explained.", tokens(*burned));
    let mut rows = vec![("Charges", charges)];
    rows.extend(counts(&answer.denials, |reason| reason.word()).map(|denials| ("Denials", denials)));
    rows.extend(counts(&answer.free, |reason| reason.word()).map(|free| ("Free", free)));
    block(&format!("Times in {}.", times.zone), rows)
}

fn counts<R: Copy>(counts: &[Count<R>], word: impl Fn(R) -> &'static str) -> Option<String> {
    let each: Vec<String> = counts.iter().map(|count| format!("{} {}", count.count, word(count.reason))).collect();
    (!each.is_empty()).then(|| each.join(", ") + ".")
}

fn words(decision: &Explanation, times: Times) -> String {
    let head = |outcome: String| format!("{}  {}: {outcome}", times.full(decision.time), what(decision));
    match &decision.what {
        What::Charged(charge) => {
            let head = match charge.window {
                // Where a hold has passed, the decision is younger than the window, and the charge is dated at its start.
                Some(window) => format!("{}  {}: {}", times.full(window.start), what(decision), tokens(charge.tokens)),
                None => head(tokens(charge.tokens)),
            };
            block(&head, charge::rows(decision, charge, times))
        }
        What::Denied(refusal) => {
            let head = head(format!("denied, {}", refusal.reason.word()));
            block(&head, denial::rows(decision, refusal, times))
        }
        What::Free { reason: Grant::CoveredByWindow, until: Some(until) } => {
            head(format!("free, covered_by_window until {}", times.near(*until, decision.time))) + "\n"
        }
        What::Free { reason, .. } => head(format!("free, {}", reason.word())) + "\n",
    }
}

/// Who opened what, and where.
fn what(decision: &Explanation) -> String {
    let known = |lead: &str, name: &str| if name.is_empty() { String::new() } else { format!("{lead}{name}") };
    let (version, device) = (known(" ", &decision.version), known(" on ", &decision.device));
    format!("{}, {}{version}{device}", decision.user, decision.product)
}

fn tokens(tokens: Tokens) -> String {
    format!("{tokens} token{}", if tokens == Tokens::whole(1) { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
