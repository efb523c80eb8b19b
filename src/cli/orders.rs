use std::io::Write;

use crate::behaviour::Order;
use crate::calendar::rfc3339;
use crate::scenario::{Ordered, Scenario};
use crate::simulate::ordered;
use crate::spreadsheet::Rows;
use crate::usage_log::ORDER_COLUMNS;

/// What a scenario becomes when a replication has told what its buyers order.
pub(super) fn with_orders(scenario: &Scenario, orders: &[Order]) -> (Scenario, Vec<Ordered>) {
    let (mut scenario, orders) = (scenario.clone(), ordered(scenario, orders));
    scenario.add_orders(&orders);
    (scenario, orders)
}

/// Writes orders.csv.
pub(super) fn write(scenario: &Scenario, orders: &[Ordered], out: impl Write) -> std::io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(ORDER_COLUMNS)?;
    for order in orders {
        rows.write_record([
            rfc3339(order.ordered).as_str(),
            &scenario.teams[order.team.index()].name,
            &order.tokens.to_string(),
            &rfc3339(order.arrives),
            &order.id,
            &order.buyer,
        ])?;
    }
    rows.flush()
}
