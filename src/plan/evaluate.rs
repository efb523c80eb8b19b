use super::price::Cost;
use super::problem::{Problem, Purchase};
use super::stock::{Fate, Stock};
use crate::tokens::Tokens;

/// What purchases come to in every run, lot by lot.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What they cost.
    pub cost: Cost,
    /// How each run ends, in order.
    pub fates: Vec<Fate>,
    /// Of each of the problem's lots, then of each purchase, as given: what it has left where it ends or the horizon does, summed over the
    /// runs. What has ended by then is waste.
    pub left: Vec<Tokens>,
}

impl Evaluation {
    /// The numbers of the runs that have a stock-out, ascending.
    pub fn failed(&self) -> impl Iterator<Item = usize> {
        self.fates.iter().enumerate().filter(|(_, fate)| fate.stock_out.is_some()).map(|(run, _)| run)
    }
}

/// Judges purchases by the plain course of every run.
pub fn evaluate(problem: &Problem, purchases: &[Purchase]) -> Evaluation {
    let bought = purchases.iter().map(|purchase| problem.lot(*purchase));
    let mut stock = Stock::new(problem.lots.iter().copied().chain(bought));
    let mut left = vec![Tokens::ZERO; problem.lots.len() + purchases.len()];
    let fates = problem.demand.each().map(|run| {
        let fate = stock.run(run, |_, _| {});
        stock.left().for_each(|(place, tokens)| left[place] += tokens);
        fate
    });
    Evaluation { fates: fates.collect(), cost: problem.cost(purchases), left }
}
