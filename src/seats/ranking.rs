//! Everybody of a team who uses a product, by use: whoever uses most is the first to have a subscription.

use std::collections::BTreeMap;

use super::kinds::{Expected, Kind};
use super::observed::{Observed, Use};
use crate::ids::{ProductId, TeamId};
use crate::scenario::Money;

/// The seats of one team and one product, of all groups.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The team that pays.
    pub team: TeamId,
    /// What one subscription costs in the horizon.
    pub price: Money,
    /// Who is expected to use most stands first.
    pub seats: Vec<Expected>,
    /// By replication: what the first so many seats burned together, in millionths; `used[r][0]` is 0.
    pub used: Vec<Vec<i64>>,
}

/// The rankings of some kinds, in the order of teams and products.
pub fn rankings(kinds: &[Kind], observed: &Observed) -> Vec<Ranking> {
    let mut alike: BTreeMap<(TeamId, ProductId), Vec<&Kind>> = BTreeMap::new();
    kinds.iter().for_each(|kind| alike.entry((kind.team, kind.product)).or_default().push(kind));
    alike.into_values().map(|kinds| ranking(&kinds, observed)).collect()
}

fn ranking(kinds: &[&Kind], observed: &Observed) -> Ranking {
    let mut seats: Vec<Expected> = kinds.iter().flat_map(|kind| kind.seats.iter().copied()).collect();
    seats.sort_by(|one, other| other.tokens.total_cmp(&one.tokens));
    let places: BTreeMap<usize, usize> = seats.iter().enumerate().map(|(place, seat)| (seat.seat, place)).collect();
    let sums = |uses: &Vec<Use>| {
        let mut sums = vec![0; seats.len() + 1];
        for one in uses {
            if let Some(place) = places.get(&(one.seat as usize)) {
                sums[place + 1] = one.tokens.millionths();
            }
        }
        (0..seats.len()).for_each(|place| sums[place + 1] += sums[place]);
        sums
    };
    let used = observed.uses.iter().map(sums).collect();
    Ranking { team: kinds[0].team, price: kinds[0].price, seats, used }
}
