//! Who plays with uncertain parameters gets their values anew as a replication begins.

use super::draft::Desk;
use super::kinds::Value;
use super::knowledge::{dynamic, names};
use super::library::{Binding, Library};
use super::lots::{LotDrawer, Lots};
use super::troupe::Troupe;

/// Those of a troupe who have uncertain parameters; mostly none.
pub(super) struct Redraw<'a> {
    library: &'a Library,
    pub lots: Lots,
    players: Vec<Player<'a>>,
}

struct Player<'a> {
    binding: &'a Binding,
    /// The index of the group or the buyer.
    role: usize,
    /// The index in the troupe.
    member: usize,
    /// The values at hand.
    values: Vec<Value>,
}

impl<'a> Redraw<'a> {
    /// Those among bindings, each with the index of its group or buyer, in the order of the troupe.
    pub fn new(library: &'a Library, bindings: impl Iterator<Item = (usize, &'a Binding)>) -> Self {
        let players = bindings.enumerate().filter(|(_, (_, binding))| !binding.unknowns.is_empty());
        let players =
            players.map(|(member, (role, binding))| Player { binding, role, member, values: binding.values.clone() });
        Redraw { library, lots: Lots::default(), players: players.collect() }
    }

    /// Gives everyone their values for a replication of a run with this seed.
    pub fn draw(&mut self, seed: u64, replication: u32, desk: &mut Desk, troupe: &mut Troupe<'a>) {
        let drawer = LotDrawer { lots: self.lots, seed, replication };
        for player in &mut self.players {
            let values = player.binding.drawn(drawer, &self.library.uncertain);
            if values == player.values {
                continue;
            }
            let names = names(self.library);
            let declared = &self.library.scripts[player.binding.script].declared.parameters;
            for unknown in &player.binding.unknowns {
                let place = names.binary_search(&declared[unknown.parameter].name.as_str());
                let place = place.expect("every name has an index");
                desk.roles[player.role].parameters[place] = Some(dynamic(&values[unknown.parameter]));
            }
            troupe.recast(player.member, &values);
            player.values = values;
        }
    }
}
