//! The search for the cheapest mix against every subset of the users.

use flexcast::ids::TeamId;
use flexcast::scenario::{Money, PriceTier, Prices};
use flexcast::seats::{Expected, Purchase, Ranking, Search};
use flexcast::tokens::Tokens;

/// Numbers that look random (the generator is that of Numerical Recipes).
struct Numbers(u64);

impl Numbers {
    fn up_to(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((self.0 >> 16) % (bound as u64 + 1)) as i64
    }
}

/// Seats that use so many tokens in the only run there is.
fn ranking(team: u32, price: i64, mut uses: Vec<i64>) -> Ranking {
    uses.sort_by_key(|tokens| -tokens);
    let seats = uses.iter().enumerate().map(|(seat, tokens)| Expected { seat, tokens: *tokens as f64, error: 0.0 });
    let sums = std::iter::once(0).chain(uses.iter().scan(0, |sum, tokens| {
        *sum += tokens * 1_000_000;
        Some(*sum)
    }));
    Ranking { team: TeamId(team), price: Money(price * 1_000_000), used: vec![sums.collect()], seats: seats.collect() }
}

/// What the cheapest of all subsets costs.
fn cheapest(rankings: &[Ranking], prices: &Prices, beside: &[i64]) -> Money {
    let seats: Vec<(usize, usize)> = (0..rankings.len())
        .flat_map(|ranking| (0..rankings[ranking].seats.len()).map(move |seat| (ranking, seat)))
        .collect();
    let cost = |subset: u32| {
        let (mut cost, mut needs) = (0, beside.to_vec());
        for (place, (ranking, seat)) in seats.iter().enumerate() {
            let ranking = &rankings[*ranking];
            match subset >> place & 1 {
                1 => cost += ranking.price.0,
                _ => needs[ranking.team.index()] += ranking.seats[*seat].tokens as i64,
            }
        }
        let tokens = needs.iter().map(|need| Purchase::of(prices, Tokens::whole(*need)).cost().0);
        Money(cost + tokens.sum::<i64>())
    };
    (0..1_u32 << seats.len()).map(cost).min().unwrap()
}

#[test]
fn no_subset_is_cheaper_than_what_is_found() {
    let mut numbers = Numbers(42);
    for case in 0..150 {
        let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
        let second = 2_000 + numbers.up_to(4_000);
        let tokens = vec![
            tier(100, 3_000_000),
            tier(second, 3_000_000 - 10_000 * numbers.up_to(120)),
            tier(second + 3_000, 1_500_000 + 10_000 * numbers.up_to(30)),
        ];
        let step = [1, 100][numbers.up_to(1) as usize];
        let prices = Prices { tokens, step: Some(Tokens::whole(step)), ..Prices::default() };
        let teams = 1 + numbers.up_to(1) as u32;
        let count = 2 + numbers.up_to(2) as usize;
        let rankings: Vec<Ranking> = (0..count)
            .map(|_| {
                let price = 1_000 + numbers.up_to(3_000);
                let uses = (0..1 + numbers.up_to(2)).map(|_| 100 + numbers.up_to(2_000)).collect();
                ranking(numbers.up_to(i64::from(teams) - 1) as u32, price, uses)
            })
            .collect();
        let beside: Vec<i64> = (0..teams).map(|_| numbers.up_to(3_000)).collect();
        let needs: Vec<Vec<i64>> = (0..teams as usize)
            .map(|team| {
                let own = rankings.iter().filter(|ranking| ranking.team.index() == team);
                vec![beside[team] * 1_000_000 + own.map(|ranking| *ranking.used[0].last().unwrap()).sum::<i64>()]
            })
            .collect();
        let search = Search { rankings: &rankings, prices: &prices, needs: &needs, base: vec![0; count], may_fail: 0 };
        let all = rankings.iter().map(|ranking| ranking.seats.len()).collect();
        let found = search.cheapest(&[vec![0; count], all]);
        assert_eq!(search.cost(&found), cheapest(&rankings, &prices, &beside), "case {case}: {found:?}");
    }
}
