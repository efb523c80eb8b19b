//! Which runs a plan need not serve.

use super::course::{Course, Market, Rank};
use super::exact;
use super::needs::Needs;
use super::quick;

/// One team's side of the choice.
pub(super) struct Side {
    pub(super) needs: Needs,
    pub(super) market: Market,
}

/// Runs that are dropped, and what serving the others costs.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Ascending.
    pub(super) dropped: Vec<u32>,
    pub(super) rank: Rank,
    courses: Vec<Course>,
    ranks: Vec<Rank>,
}

/// How hard to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Choices that are followed at a time. With enough of them the search is exhaustive: only a run with the greatest need at some date
    /// stands in the way of a cheaper plan, so the best choice is found by dropping such runs one after the other.
    pub(super) width: usize,
    /// Runs dropped at a time.
    pub(super) stride: usize,
    /// Whether courses are solved exactly.
    pub(super) exact: bool,
}

/// The best choice that drops at most so many runs in each of `limits`, ascending; all from one search.
pub(super) fn choose(sides: &[Side], limits: usize, effort: Effort) -> Vec<Choice> {
    let mut beam = vec![Choice::start(sides, effort)];
    let mut path = vec![beam[0].clone()];
    while let Some(best) = beam.first().filter(|best| best.dropped.len() < limits && best.rank > 0) {
        let stride = effort.stride.min(limits - best.dropped.len());
        let mut next: Vec<Choice> = beam.iter().flat_map(|choice| choice.children(sides, stride, effort)).collect();
        next.sort_by(|a, b| (a.rank, &a.dropped).cmp(&(b.rank, &b.dropped)));
        next.dedup_by(|a, b| a.dropped == b.dropped);
        next.truncate(effort.width);
        path.extend(next.first().cloned());
        beam = next;
    }
    path
}

impl Choice {
    fn start(sides: &[Side], effort: Effort) -> Choice {
        let courses: Vec<Course> = sides.iter().map(|side| side.course(&[])).collect();
        let ranks: Vec<Rank> = sides.iter().zip(&courses).map(|(side, course)| side.rank(course, effort)).collect();
        Choice { dropped: Vec::new(), rank: ranks.iter().sum(), courses, ranks }
    }

    /// Each with one more of the runs that have the greatest need at some date; or with the best of these together, where many are to go.
    fn children(&self, sides: &[Side], stride: usize, effort: Effort) -> Vec<Choice> {
        let mut neediest: Vec<u32> = sides.iter().flat_map(|side| side.neediest(&self.dropped)).collect();
        neediest.sort_unstable();
        neediest.dedup();
        let mut children: Vec<Choice> = neediest.iter().map(|run| self.without(sides, &[*run], effort)).collect();
        if stride > 1 {
            children.sort_by_key(|child| child.rank);
            let mut runs = neediest;
            runs.sort_by_key(|run| children.iter().position(|child| child.dropped.contains(run)));
            runs.truncate(stride);
            return vec![self.without(sides, &runs, effort)];
        }
        children
    }

    fn without(&self, sides: &[Side], runs: &[u32], effort: Effort) -> Choice {
        let mut child = self.clone();
        child.dropped.extend_from_slice(runs);
        child.dropped.sort_unstable();
        for (team, side) in sides.iter().enumerate() {
            let course = side.course(&child.dropped);
            if course != child.courses[team] {
                child.ranks[team] = side.rank(&course, effort);
                child.courses[team] = course;
            }
        }
        child.rank = child.ranks.iter().sum();
        child
    }
}

impl Side {
    /// What the runs need that aren't dropped.
    pub(super) fn course(&self, dropped: &[u32]) -> Course {
        let dates = self.market.stages.len();
        let first = |date: usize| self.needs.ranked(date).iter().find(|run| dropped.binary_search(run).is_err());
        let need = |date| first(date).map_or(0, |run| self.needs.of(*run as usize)[date]);
        Course { needs: (0..dates).map(need).collect(), reach: vec![i64::MAX; dates] }
    }

    /// The kept runs that have the greatest need at some date.
    fn neediest(&self, dropped: &[u32]) -> Vec<u32> {
        let mut neediest = Vec::new();
        for date in 0..self.market.stages.len() {
            let kept = self.needs.ranked(date).iter().filter(|run| dropped.binary_search(run).is_err());
            let need = |run: u32| self.needs.of(run as usize)[date];
            let greatest = kept.clone().next().map_or(0, |run| need(*run));
            neediest.extend(kept.take_while(|run| greatest > 0 && need(**run) == greatest));
        }
        neediest
    }

    fn rank(&self, course: &Course, effort: Effort) -> Rank {
        if !effort.exact {
            return quick::rank(&self.market, course);
        }
        exact::cheapest(&self.market, course).map_or(super::course::NEVER, |(_, rank)| rank)
    }
}
