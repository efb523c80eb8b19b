//! Forecasts made up for pictures: a small office that burns packs, far simpler than the real core but alike in shape.

use flexcast::calendar::Day;
use flexcast::forecast::{
    Assumptions, AvoidableForecast, DayForecast, Estimate, Forecast, MonthBurn, MonthForecast, PackForecast, Precision,
    Quantile, RunCard, Share, StockOut, StockOutDay, TeamForecast, Users,
};

/// A team: so many users, each burning so much on a day at work, and its packs.
pub struct Team {
    pub name: String,
    pub users: u32,
    pub rate: f64,
    pub packs: Vec<Pack>,
}

/// A pack: on hand, or entered on a day of the horizon, counted from its first; it ends on another.
#[derive(Clone)]
pub struct Pack {
    pub id: String,
    pub enters: Option<i32>,
    pub ends: i32,
    pub size: f64,
}

/// What to make up.
pub struct Office {
    pub scenario: String,
    pub first: &'static str,
    pub days: i32,
    pub replications: u32,
    pub teams: Vec<Team>,
    pub groups: Vec<String>,
    pub products: Vec<String>,
}

/// A pack on hand.
pub fn on_hand(id: &str, ends: i32, size: f64) -> Pack {
    Pack { id: id.into(), enters: None, ends, size }
}

/// A planned purchase, dead a year later.
pub fn bought(id: &str, enters: i32, size: f64) -> Pack {
    Pack { id: id.into(), enters: Some(enters), ends: enters + 365, size }
}

/// A team of 40 architects.
pub fn team(name: &str, users: u32, packs: Vec<Pack>) -> Team {
    Team { name: name.into(), users, rate: 10.0, packs }
}

/// A deterministic stream of shares from 0 to 1.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }
}

/// One team's replications: burn and balance by replication and day, and the first day without tokens.
#[derive(Clone)]
struct Runs {
    burn: Vec<Vec<f64>>,
    balance: Vec<Vec<f64>>,
    out: Vec<Option<usize>>,
}

impl Office {
    /// The forecast.
    pub fn forecast(&self) -> Forecast {
        let runs: Vec<Runs> = self.teams.iter().enumerate().map(|(i, team)| self.simulate(team, i as u64)).collect();
        let teams: Vec<_> =
            self.teams.iter().zip(&runs).map(|(team, runs)| self.team(&team.name, &team.packs, runs)).collect();
        let all = self.team("all teams", &[], &sum(&runs));
        let (groups, products) = (self.shares(&self.groups, 7, &all.burn), self.shares(&self.products, 0, &all.burn));
        Forecast {
            card: self.card(),
            precision: precision(),
            currency: if self.is_priced() { "EUR".into() } else { String::new() },
            all,
            teams,
            buyers: Vec::new(),
            groups,
            products,
            users: Users::default(),
            assumptions: Assumptions::default(),
            uncertainty: None,
        }
    }

    fn day(&self, number: i32) -> Day {
        Day::parse(self.first).unwrap().plus(number)
    }

    fn card(&self) -> RunCard {
        RunCard {
            version: "0.1.0".into(),
            scenario: self.scenario.clone(),
            first_day: self.first.into(),
            last_day: self.day(self.days - 1).to_string(),
            zone: "Europe/Amsterdam".into(),
            seed: 42,
            replications: self.replications,
            changes: Vec::new(),
            inputs: Vec::new(),
        }
    }

    fn simulate(&self, team: &Team, stream: u64) -> Runs {
        let mut runs = Runs { burn: vec![], balance: vec![], out: vec![] };
        for replication in 0..u64::from(self.replications) {
            let mut draws = Draws(replication * 1_000_003 + stream * 7_919 + 42);
            for _ in 0..8 {
                draws.next();
            }
            let (burn, balance, out) = self.replicate(team, &mut draws);
            runs.burn.push(burn);
            runs.balance.push(balance);
            runs.out.push(out);
        }
        runs
    }

    fn replicate(&self, team: &Team, draws: &mut Draws) -> (Vec<f64>, Vec<f64>, Option<usize>) {
        let mut packs: Vec<(Pack, f64)> = team.packs.iter().map(|pack| (pack.clone(), pack.size)).collect();
        packs.sort_by_key(|(pack, _)| pack.ends);
        let busy = 0.85 + 0.3 * draws.next();
        let (mut burn, mut balance, mut out) = (vec![], vec![], None);
        for number in 0..self.days {
            let demand = self.demand(team, number, busy, draws);
            let alive = |pack: &Pack| pack.enters.unwrap_or(0) <= number && number < pack.ends;
            let mut owed = demand;
            for (pack, left) in packs.iter_mut().filter(|(pack, _)| alive(pack)) {
                let _ = pack;
                let taken = owed.min(*left);
                (owed, *left) = (owed - taken, *left - taken);
            }
            burn.push(demand - owed);
            balance.push(packs.iter().filter(|(pack, _)| alive(pack)).map(|(_, left)| left).sum());
            out = out.or((owed > 0.0).then_some(number as usize));
        }
        (burn, balance, out)
    }

    /// Fewer on Fridays, hardly anyone in weekends, few in August and at the end of December.
    fn demand(&self, team: &Team, number: i32, busy: f64, draws: &mut Draws) -> f64 {
        let day = self.day(number);
        let (_, month, of_month) = day.ymd();
        let weekday = [0.75, 0.8, 0.8, 0.78, 0.55, 0.02, 0.01][day.weekday() as usize];
        let season = if month == 8 {
            0.55
        } else if month == 12 && of_month > 23 {
            0.1
        } else {
            1.0
        };
        let users = f64::from(team.users);
        let noise = (draws.next() + draws.next() + draws.next() - 1.5) * (users * weekday).sqrt() * 1.2;
        (users * weekday * season * busy + noise).round().clamp(0.0, users * 1.5) * team.rate
    }

    fn team(&self, name: &str, packs: &[Pack], runs: &Runs) -> TeamForecast {
        let totals = runs.burn.iter().map(|days| days.iter().sum()).collect();
        let burn = estimate(totals);
        let tokens = Estimate { mean: burn.mean * 0.013, ..burn };
        TeamForecast {
            bought: Vec::new(),
            plan: None,
            team: name.into(),
            stock_out: self.stock_out(&runs.out),
            figures: Vec::new(),
            burn,
            months: self.months(runs),
            left: estimate(runs.balance.iter().map(|days| days[days.len() - 1]).collect()),
            expired: scaled(burn, 0.08),
            expired_money: self.is_priced().then_some(burn.mean * 0.24),
            packs: packs.iter().map(|pack| self.pack(pack)).collect(),
            denials: Vec::new(),
            reasons: Vec::new(),
            avoidable: vec![AvoidableForecast { cause: "left_open".into(), tokens, money: None }],
            days: self.days(runs),
        }
    }

    fn pack(&self, pack: &Pack) -> PackForecast {
        PackForecast {
            id: pack.id.clone(),
            enters: pack.enters.map(|day| self.day(day).to_string()),
            ends: self.day(pack.ends).to_string(),
            size: pack.size,
            left_at_entry: pack.size,
            burned: scaled(exactly(pack.size), 0.7),
            expired: Estimate {
                mean: pack.size * 0.2,
                p10: pack.size * 0.1,
                p90: pack.size * 0.35,
                ..Estimate::default()
            },
        }
    }

    /// Prices are given where there are several replications.
    fn is_priced(&self) -> bool {
        self.replications > 100
    }

    /// The first day of each month, and the day after its last, counted from the first of the horizon.
    fn month_days(&self) -> Vec<(String, std::ops::Range<usize>)> {
        let days: Vec<usize> = (0..self.days as usize).collect();
        let month = |day: usize| self.day(day as i32).to_string()[..7].to_owned();
        let months = days.chunk_by(|one, other| month(*one) == month(*other));
        months.map(|days| (month(days[0]), days[0]..days[days.len() - 1] + 1)).collect()
    }

    fn months(&self, runs: &Runs) -> Vec<MonthForecast> {
        let month = |(month, days): (String, std::ops::Range<usize>)| {
            let burn = estimate(runs.burn.iter().map(|burn| burn[days.clone()].iter().sum()).collect());
            MonthForecast {
                month,
                burn,
                burn_cost: self.is_priced().then(|| scaled(burn, 3.0)),
                balance: Estimate::default(),
                waste: Estimate::default(),
                denials: Estimate::default(),
                avoidable: Estimate::default(),
                weekday_mean: burn.mean * 0.97,
            }
        };
        self.month_days().into_iter().map(month).collect()
    }

    /// The same each month.
    fn months_of(&self, burn: Estimate) -> Vec<MonthBurn> {
        let months = self.month_days();
        let part = 1.0 / months.len() as f64;
        months.into_iter().map(|(month, _)| MonthBurn { month, burn: scaled(burn, part) }).collect()
    }

    fn days(&self, runs: &Runs) -> Vec<DayForecast> {
        let of = |values: &Vec<Vec<f64>>, day: usize| estimate(values.iter().map(|days| days[day]).collect());
        let burns: Vec<_> = (0..self.days as usize).map(|day| of(&runs.burn, day)).collect();
        let weekday_mean = |day: usize| {
            let same: Vec<f64> = burns.iter().skip(day % 7).step_by(7).map(|burn| burn.mean).collect();
            same.iter().sum::<f64>() / same.len() as f64
        };
        (0..self.days as usize)
            .map(|day| DayForecast {
                day: self.day(day as i32).to_string(),
                burn: burns[day],
                balance: of(&runs.balance, day),
                out_of_tokens: 0.0,
                weekday_mean: weekday_mean(day),
            })
            .collect()
    }

    fn stock_out(&self, out: &[Option<usize>]) -> StockOut {
        let mut days: Vec<usize> = out.iter().copied().flatten().collect();
        days.sort_unstable();
        let n = out.len() as f64;
        let (chance, z) = (days.len() as f64 / n, 1.96);
        let middle = (chance + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (chance * (1.0 - chance) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        let named = |day: usize| self.day(day as i32).to_string();
        let at = |share: f64| {
            days.get(((days.len() as f64 * share).ceil() as usize).saturating_sub(1)).map(|day| named(*day))
        };
        let counted = |days: &[usize]| StockOutDay { day: named(days[0]), replications: days.len() as u32 };
        StockOut {
            replications: days.len() as u32,
            chance,
            chance_low: (middle - half).max(0.0),
            chance_high: (middle + half).min(1.0),
            day_p10: at(0.1),
            day_p50: at(0.5),
            day_p90: at(0.9),
            days: days.chunk_by(|a, b| a == b).map(counted).collect(),
        }
    }

    /// Each name has two thirds of what the one before has.
    fn shares(&self, names: &[String], users: u32, all: &Estimate) -> Vec<Share> {
        let mut part = 0.36;
        let mut shares = Vec::new();
        for name in names {
            let of = |value: f64| value * part;
            let burn = Estimate { mean: of(all.mean), p10: of(all.p10) * 0.95, p90: of(all.p90) * 1.05, ..*all };
            let avoidable = Estimate { mean: burn.mean * 0.06, ..burn };
            let denials = Estimate::default();
            let months = if users == 0 { self.months_of(burn) } else { Vec::new() };
            shares.push(Share { name: name.clone(), users, burn, cost: None, denials, avoidable, months });
            part *= 0.66;
        }
        shares
    }
}

fn sum(runs: &[Runs]) -> Runs {
    let mut all = runs[0].clone();
    for team in &runs[1..] {
        let add = |sums: &mut Vec<Vec<f64>>, more: &Vec<Vec<f64>>| {
            sums.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(sum, more)| *sum += more);
        };
        add(&mut all.burn, &team.burn);
        add(&mut all.balance, &team.balance);
        all.out.iter_mut().zip(&team.out).for_each(|(first, other)| {
            *first = [*first, *other].into_iter().flatten().min();
        });
    }
    all
}

/// No picture shows it.
fn precision() -> Precision {
    let burn_p90 = Quantile { share: 0.9, value: 0.0, low: None, high: None };
    Precision { asked: None, reached: None, burn_p90, burn_half_width: None, chance_half_width: 0.0 }
}

fn exactly(value: f64) -> Estimate {
    estimate(vec![value])
}

fn scaled(of: Estimate, times: f64) -> Estimate {
    let Estimate { mean, half_width, p5, p10, p50, p90, p95 } = of;
    let [mean, p5, p10, p50, p90, p95] = [mean, p5, p10, p50, p90, p95].map(|value| value * times);
    Estimate { mean, half_width, p5, p10, p50, p90, p95 }
}

fn estimate(mut values: Vec<f64>) -> Estimate {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let at = |percent: usize| values[((n * percent).div_ceil(100)).max(1) - 1];
    let mean = values.iter().sum::<f64>() / n as f64;
    Estimate { mean, half_width: Some(0.0), p5: at(5), p10: at(10), p50: at(50), p90: at(90), p95: at(95) }
}
