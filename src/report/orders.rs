//! The orders of a plan as a table, and as purchases to be pasted into a scenario.

use std::io;

use crate::purchasing::PurchasePlan;
use crate::spreadsheet::Rows;

const COLUMNS: [&str; 7] = ["order_by", "arrives", "ends", "team", "tokens", "each", "cost"];

/// Writes `plan.csv`: a row for each order; money is empty where no prices are given.
pub fn write(plan: &PurchasePlan, out: impl io::Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(COLUMNS)?;
    for order in &plan.orders {
        let money = |amount: Option<f64>| amount.map_or_else(String::new, |amount| amount.to_string());
        rows.write_record([
            &order.order_by,
            &order.arrives,
            &order.ends,
            &order.team,
            &order.tokens.to_string(),
            &money(order.each),
            &money(order.cost),
        ])?;
    }
    rows.flush()
}

/// The orders as they are pasted under `purchases`.
pub fn yaml(plan: &PurchasePlan) -> String {
    let mut text =
        format!("# Planned by flexcast {}: paste these lines under `purchases:` in the scenario.\n", plan.card.version);
    for order in &plan.orders {
        let team = serde_json::to_string(&order.team).expect("a plain name");
        text += &format!("  - {{on: {}, team: {team}, tokens: {}}}", order.arrives, order.tokens);
        text +=
            &if order.order_by == order.arrives { "\n".into() } else { format!("  # order by {}\n", order.order_by) };
    }
    text
}
