use flexcast::behaviour::{Details, Results, What};
use flexcast::ids::ProductId;
use flexcast::tokens::Tokens;

use super::today::Today;
use super::{DAY, HOUR, MINUTE, People, RENDERING};

pub struct BatchRenderer {
    service: ProductId,
    nights: f64,
    results: f64,
    variety: f64,
    sends: i64,
    fails: f64,
    takes: i64,
}

impl Default for BatchRenderer {
    fn default() -> Self {
        BatchRenderer {
            service: RENDERING,
            nights: 0.6,
            results: 25.0,
            variety: 0.8,
            sends: 19 * HOUR,
            fails: 0.05,
            takes: 6 * MINUTE,
        }
    }
}

impl BatchRenderer {
    fn orders(&self, today: &mut Today<'_>, at: i64, quantity: i64, failed: Option<(i64, i64)>) {
        let ordered = today.instant(at);
        let failed = failed.map(|(at, quantity)| (today.instant(at).max(ordered), Tokens::whole(quantity)));
        let results = Results { quantity: Tokens::whole(quantity), failed };
        let details = Details { results, ..Details::default() };
        today.push(self.service, ordered, What::Results, Some(Box::new(details)));
    }
}

impl People for BatchRenderer {
    fn day<'a>(&'a mut self, mut today: Today<'a>) {
        if !today.is_working() {
            return;
        }
        let mut draws = today.draws();
        if !draws.chance(self.nights) {
            return;
        }
        let start = draws.normal_whole(self.sends, (40 * MINUTE) as f64);
        let batch = (draws.log_normal(self.results, self.variety).round() as i64).max(1);
        let failing = draws.poisson((batch as f64 * self.fails).min(500.0)).min(batch);
        let longer = 0.8 + draws.unit() * (1.2 - 0.8);
        let done = start + ((batch * self.takes) as f64 * longer).round() as i64;
        if failing == 0 {
            return self.orders(&mut today, start, batch, None);
        }
        self.orders(&mut today, start, batch, Some((done, failing)));
        self.orders(&mut today, DAY + 9 * HOUR, failing, None);
    }
}
