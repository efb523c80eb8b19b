use crate::scenario::{Money, PriceTier};
use crate::tokens::Tokens;

/// What one team needs and what it can buy. Days are counted from the first of the horizon, which is 0; a day's arrivals and ends are
/// at its start, before its demand.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What the team would burn if tokens never ran out.
    pub demand: Demand,
    /// What it has without buying: packs on hand and planned purchases, in any order.
    pub lots: Vec<Lot>,
    /// When it may buy, ascending by arrival and by end.
    pub dates: Vec<Date>,
    /// The unit price by the size of one purchase, all units alike, ascending by `from`; a smaller purchase pays the first price.
    pub tiers: Vec<PriceTier>,
    /// Purchases are multiples of so many whole tokens; at least 1.
    pub step: i64,
    /// The fewest whole tokens of one purchase.
    pub minimum: i64,
    /// What money costs, in millionths a year of 365 days: a payment counts `1 + interest x (days to the horizon's end) / 365` times.
    pub interest: i64,
}

/// The demand of each run on each day of the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    days: usize,
    cells: Vec<Tokens>,
}

/// Tokens that come by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The day from which they can be burned; 0 for what is on hand.
    pub enters: u32,
    /// The day at whose start what is left of them expires; beyond the horizon, they don't.
    pub ends: u32,
    /// How many.
    pub tokens: Tokens,
}

/// A day on which can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The day of the order, on which it is paid.
    pub ordered: u32,
    /// The day from which the tokens can be burned.
    pub arrives: u32,
    /// The day at whose start what is left of them expires.
    pub ends: u32,
    /// What an order costs beside its tokens.
    pub order_cost: Money,
}

/// Tokens bought at one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// The place among the problem's dates.
    pub date: usize,
    /// How many.
    pub tokens: Tokens,
}

/// A service level: the least share of the runs that have no stock-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service(i64);

impl Service {
    /// A share in millionths, 0 to 1,000,000.
    pub fn from_millionths(share: i64) -> Service {
        assert!((0..=1_000_000).contains(&share), "a share is between nothing and all");
        Service(share)
    }

    /// How many of so many runs may have a stock-out.
    pub fn may_fail(self, runs: usize) -> usize {
        let runs = runs as i64;
        let kept = (runs * self.0 + 999_999) / 1_000_000;
        (runs - kept) as usize
    }
}

impl Demand {
    /// Of a horizon of so many days, as yet without runs.
    pub fn new(days: usize) -> Demand {
        Demand { days, cells: Vec::new() }
    }

    /// Adds a run: its demand of each day, none negative. Panics where the days are too many or too few.
    pub fn push(&mut self, run: &[Tokens]) {
        assert_eq!(run.len(), self.days, "a run has each day of the horizon");
        self.cells.extend_from_slice(run);
    }

    /// Puts another demand in the place of a run's.
    pub fn replace(&mut self, place: usize, run: &[Tokens]) {
        self.cells[place * self.days..(place + 1) * self.days].copy_from_slice(run);
    }

    /// The length of the horizon.
    pub fn days(&self) -> usize {
        self.days
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.cells.len().checked_div(self.days).unwrap_or(0)
    }

    /// A run's demand of each day.
    pub fn run(&self, run: usize) -> &[Tokens] {
        &self.cells[run * self.days..(run + 1) * self.days]
    }

    /// Every run, in order.
    pub fn each(&self) -> impl Iterator<Item = &[Tokens]> {
        self.cells.chunks_exact(self.days.max(1))
    }
}

impl Problem {
    /// What a purchase would add.
    pub fn lot(&self, purchase: Purchase) -> Lot {
        let date = self.dates[purchase.date];
        Lot { enters: date.arrives, ends: date.ends, tokens: purchase.tokens }
    }

    /// Teams with the same runs, dates and prices as one that has and needs all of it.
    pub fn joined(problems: &[&Problem]) -> Problem {
        let first = problems[0];
        let mut demand = Demand::new(first.demand.days());
        for run in 0..first.demand.runs() {
            let needed = |day: usize| problems.iter().map(|problem| problem.demand.run(run)[day]).sum();
            demand.push(&(0..first.demand.days()).map(needed).collect::<Vec<Tokens>>());
        }
        let lots = problems.iter().flat_map(|problem| &problem.lots).copied().collect();
        Problem { demand, lots, ..first.clone() }
    }

    /// The same with nothing needed, and nothing there.
    pub fn emptied(&self) -> Problem {
        let cells = vec![Tokens::ZERO; self.demand.cells.len()];
        Problem { demand: Demand { cells, ..self.demand.clone() }, lots: Vec::new(), ..self.clone() }
    }

    /// The same where everything is bought at the first date.
    pub(super) fn at_first_date(&self) -> Problem {
        Problem { dates: self.dates.iter().take(1).copied().collect(), ..self.clone() }
    }

    /// The same with the days together from each on which something may come or end until the next: which runs have a stock-out is the same,
    /// as between these the lots are. Not for what is paid, which counts days.
    pub(super) fn brief(&self) -> Problem {
        let days = self.demand.days() as u32;
        let lots = self.lots.iter().flat_map(|lot| [lot.enters, lot.ends]);
        let dates = self.dates.iter().flat_map(|date| [date.arrives, date.ends]);
        let mut starts: Vec<u32> = lots.chain(dates).chain([0]).filter(|day| *day < days).collect();
        starts.sort_unstable();
        starts.dedup();
        let place = |day: u32| starts.partition_point(|start| *start < day) as u32;
        let mut demand = Demand::new(starts.len());
        let until = |place: usize| starts.get(place + 1).map_or(days, |next| *next) as usize;
        for run in self.demand.each() {
            let sum = |(place, start): (usize, &u32)| run[*start as usize..until(place)].iter().copied().sum();
            demand.push(&starts.iter().enumerate().map(sum).collect::<Vec<Tokens>>());
        }
        let lot = |lot: &Lot| Lot { enters: place(lot.enters), ends: place(lot.ends), ..*lot };
        let date = |date: &Date| Date { arrives: place(date.arrives), ends: place(date.ends), ..*date };
        Problem {
            demand,
            lots: self.lots.iter().map(lot).collect(),
            dates: self.dates.iter().map(date).collect(),
            ..self.clone()
        }
    }

    /// The same for a part of the runs, by their numbers.
    pub fn of_runs(&self, runs: &[usize]) -> Problem {
        let mut demand = Demand::new(self.demand.days);
        runs.iter().for_each(|run| demand.push(self.demand.run(*run)));
        Problem { demand, ..self.clone() }
    }
}
