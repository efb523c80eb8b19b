//! Which runs a plan need not serve.

use super::course::{Course, Market, NEVER, Rank};
use super::needs::Needs;
use super::problem::Problem;
use super::{exact, quick};

/// One team's side of the choice.
pub(super) struct Side<'a> {
    pub(super) problem: &'a Problem,
    /// The same with all days together on which nothing comes or ends: as many runs last with the same orders.
    pub(super) brief: Problem,
    pub(super) needs: Needs,
    pub(super) market: Market,
}

/// Runs that are dropped, and what serving the others costs.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// By run.
    pub(super) dropped: Vec<bool>,
    pub(super) drops: usize,
    pub(super) rank: Rank,
    teams: Vec<(Course, Rank)>,
}

/// How hard to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Choices that are followed at a time. With enough of them the search is exhaustive: only a run with the greatest need somewhere stands
    /// in the way of a cheaper plan, so the best choice is found by dropping such runs one after the other.
    pub(super) width: usize,
    /// Runs dropped at a time.
    pub(super) stride: usize,
    /// Whether each course is solved exactly.
    pub(super) exact: bool,
}

/// The best choices found by dropping one run after the other, or a stride of them, up to `limit` and as long as it helps; from `start`, first.
pub(super) fn choose(sides: &[Side], start: Choice, limit: usize, effort: Effort) -> Vec<Choice> {
    let mut path = vec![start.clone()];
    let mut beam = vec![start];
    while beam.first().is_some_and(|best| best.drops < limit && best.rank > 0) {
        let mut next: Vec<Choice> = beam.iter().flat_map(|choice| choice.children(sides, limit, effort)).collect();
        next.sort_by(|a, b| (a.rank, &b.dropped).cmp(&(b.rank, &a.dropped)));
        next.dedup_by(|a, b| a.dropped == b.dropped);
        next.truncate(effort.width);
        path.extend(next.first().cloned());
        beam = next;
    }
    path
}

/// Takes one dropped run back and drops another for it, as long as that is cheaper, and for so many choices at most.
pub(super) fn swap(sides: &[Side], mut best: Choice, effort: Effort, mut looks: usize) -> Choice {
    let mut place = 0;
    let mut tried = 0;
    let runs = best.dropped.len();
    while tried < runs && looks > 0 {
        if best.dropped[place] {
            let back = best.changed(sides, &[place as u32], false, effort);
            let others = back.children(sides, best.drops, Effort { stride: 1, ..effort });
            looks = looks.saturating_sub(others.len() + 1);
            if let Some(other) =
                others.into_iter().min_by_key(|other| other.rank).filter(|other| other.rank < best.rank)
            {
                (best, tried) = (other, 0);
            }
        }
        place = (place + 1) % runs;
        tried += 1;
    }
    best
}

impl Choice {
    /// Drops these runs.
    pub(super) fn start(sides: &[Side], dropped: Vec<bool>, effort: Effort) -> Choice {
        let solved = |side: &Side| {
            let course = side.needs.course(side.problem, &dropped);
            let rank = side.rank(&course, effort);
            (course, rank)
        };
        let teams: Vec<(Course, Rank)> = sides.iter().map(solved).collect();
        let drops = dropped.iter().filter(|dropped| **dropped).count();
        Choice { rank: sum(&teams), drops, dropped, teams }
    }

    /// Each with one more of the runs that have the greatest need somewhere; or with the best of these together, where many are to go.
    fn children(&self, sides: &[Side], limit: usize, effort: Effort) -> Vec<Choice> {
        let mut neediest: Vec<u32> = sides.iter().flat_map(|side| side.needs.neediest(&self.dropped)).collect();
        neediest.sort_unstable();
        neediest.dedup();
        let children = neediest.iter().map(|run| self.changed(sides, &[*run], true, effort));
        if effort.stride == 1 {
            return children.collect();
        }
        let mut ranked: Vec<(Rank, u32)> = children.map(|child| child.rank).zip(neediest.iter().copied()).collect();
        ranked.sort_unstable();
        ranked.truncate(effort.stride.min(limit - self.drops));
        let runs: Vec<u32> = ranked.into_iter().map(|(_, run)| run).collect();
        (!runs.is_empty()).then(|| self.changed(sides, &runs, true, effort)).into_iter().collect()
    }

    fn changed(&self, sides: &[Side], runs: &[u32], dropped: bool, effort: Effort) -> Choice {
        let mut changed = self.clone();
        runs.iter().for_each(|run| changed.dropped[*run as usize] = dropped);
        changed.drops = if dropped { self.drops + runs.len() } else { self.drops - runs.len() };
        for (side, (course, rank)) in sides.iter().zip(&mut changed.teams) {
            let now = side.needs.course(side.problem, &changed.dropped);
            if now != *course {
                *rank = side.rank(&now, effort);
                *course = now;
            }
        }
        changed.rank = sum(&changed.teams);
        changed
    }

    pub(super) fn courses(&self) -> impl Iterator<Item = &Course> {
        self.teams.iter().map(|(course, _)| course)
    }
}

fn sum(teams: &[(Course, Rank)]) -> Rank {
    teams.iter().fold(0, |sum, (_, rank)| (sum + rank).min(NEVER))
}

impl Side<'_> {
    fn rank(&self, course: &Course, effort: Effort) -> Rank {
        if effort.exact {
            exact::cheapest(&self.market, course).map_or(NEVER, |(_, rank)| rank)
        } else {
            quick::rank(&self.market, course)
        }
    }
}
