use super::problem::Problem;
use crate::tokens::Tokens;

/// What a team needs from one date to order until what is ordered at the next one is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reorder {
    /// The day of the date, 0 being the first of the horizon.
    pub day: u32,
    /// How many days it has to last: until the next date's order arrives, or until the horizon ends.
    pub days: u32,
    /// What lasts so long, but in as many runs as may fail.
    pub point: Tokens,
    /// The mean demand over these days, to the millionth below.
    pub mean: Tokens,
}

/// The reorder point of each of a problem's dates by itself, where so many of the runs may need more; none where there are no runs.
pub fn reorder(problem: &Problem, may_fail: usize) -> Vec<Reorder> {
    let demand = &problem.demand;
    if demand.runs() == 0 {
        return Vec::new();
    }
    let ends = problem.dates.iter().skip(1).map(|next| next.arrives).chain([demand.days() as u32]);
    let spans = problem.dates.iter().map(|date| date.ordered).zip(ends);
    let needs = spans.map(|(day, end)| {
        let sums = demand.each().map(|run| run[day as usize..end as usize].iter().copied().sum());
        let (point, mean) = quantile_and_mean(sums.collect(), may_fail);
        Reorder { day, days: end - day, point, mean }
    });
    needs.collect()
}

fn quantile_and_mean(mut sums: Vec<Tokens>, may_fail: usize) -> (Tokens, Tokens) {
    let runs = sums.len();
    let all: i128 = sums.iter().map(|sum| i128::from(sum.millionths())).sum();
    let (_, point, _) = sums.select_nth_unstable_by(may_fail.min(runs - 1), |a, b| b.cmp(a));
    (*point, Tokens::from_millionths((all / runs as i128) as i64))
}
