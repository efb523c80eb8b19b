//! Uncertain parameters: what is drawn for them, apart from daily chance.
//!
//! Every one is drawn by inverting its distribution at one share between 0 and 1, from a stream of its own that is named by a
//! seed, the replication and the parameter. So daily draws know nothing of it, and parameters that are drawn alike share a stream.

use super::kinds::{Kind, Value};
use super::spread::Spread;
use super::streams::Drawer;

/// Where the values of uncertain parameters come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lots {
    /// For all of them.
    pub all: Lot,
    /// But for one: its place in [`super::Library::uncertain`].
    pub but: Option<(usize, Lot)>,
}

/// Where the value of one uncertain parameter comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lot {
    /// It is drawn by the seed of the run: another seed has other values.
    #[default]
    OfRun,
    /// It is drawn by this seed, whatever the run's.
    OfSeed(u64),
    /// It is the same in every replication: the value under which so many thousandths of the distribution lie.
    Quantile(u16),
    /// It is the same in every replication: the median.
    Middle,
}

/// Who draws for a replication.
#[derive(Clone, Copy, Debug)]
pub(super) struct LotDrawer {
    pub lots: Lots,
    /// That of the run.
    pub seed: u64,
    pub replication: u32,
}

impl LotDrawer {
    /// The share at which a draw falls: the place and the key of what is drawn. `None` for the middle.
    fn share(self, place: usize, key: u64) -> Option<f64> {
        let own = self.lots.but.filter(|(but, _)| *but == place);
        let seed = match own.map_or(self.lots.all, |(_, lot)| lot) {
            Lot::Middle => return None,
            Lot::Quantile(thousandths) => return Some(f64::from(thousandths) / 1000.0),
            Lot::OfRun => self.seed,
            Lot::OfSeed(seed) => seed,
        };
        Some(Drawer { seed, replication: self.replication, user: key }.always("uncertain parameter").unit())
    }
}

/// Something uncertain: one draw a replication, for one parameter or for several that are drawn alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// What it is called: `designers.forgets`, or the name that its parameters have in common.
    pub name: String,
    /// The parameters.
    pub parameters: Vec<UncertainParameter>,
    /// What its stream hangs on.
    pub(super) key: u64,
}

/// A parameter that has a distribution in place of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct UncertainParameter {
    /// The group or the buyer.
    pub of: String,
    /// The parameter.
    pub parameter: String,
    /// Its distribution in words: `0.02 to 0.1`.
    pub distribution: String,
    pub(super) unknown: Unknown,
}

/// A value that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The group or the buyer.
    pub of: String,
    /// The parameter.
    pub parameter: String,
    /// The value as a scenario writes it.
    pub value: String,
}

/// An uncertain parameter of a binding.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unknown {
    /// Its place among the script's parameters.
    pub parameter: usize,
    pub kind: Kind,
    /// The place of its draw in [`super::Library::uncertain`].
    pub draw: usize,
    pub spread: Spread,
    /// The median; of a number that is moved, the number itself.
    pub middle: Value,
}

impl Unknown {
    pub fn value(&self, drawer: LotDrawer, uncertain: &[Uncertain]) -> Value {
        let share = drawer.share(self.draw, uncertain[self.draw].key);
        share.map_or_else(|| self.middle.clone(), |share| self.spread.at(self.kind, share))
    }
}
