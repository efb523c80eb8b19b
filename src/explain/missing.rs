//! What a denial lacked.

use super::history::Pair;
use super::{Arrival, Invitation, List, ListSource, Missing, PackName, Purse};
use crate::ids::{ProductId, TeamId};
use crate::meter::{Access, Decision, Denial, INVITATION, Membership, Roster, Short};
use crate::replay::TableNames;
use crate::time::Instant;

/// All that is known where something is denied.
pub(super) struct Lack<'a> {
    pub(super) names: TableNames<'a>,
    pub(super) decision: &'a Decision,
    /// As administration had made it then.
    pub(super) roster: &'a Roster,
    pub(super) pair: &'a Pair,
    pub(super) shorts: &'a [Short],
}

impl Lack<'_> {
    pub(super) fn missing(&self, denial: Denial) -> Missing {
        match denial {
            Denial::NotAssigned => Missing::Assignment { known: self.roster.users[self.decision.user.index()].known },
            Denial::InvitationPending | Denial::InvitationLapsed => self.acceptance(),
            Denial::ProductNotAllowed => self.product(),
            Denial::DeviceLimit => {
                let known = self.pair.devices.iter().map(|device| self.names.devices.name(device.0).to_owned());
                Missing::Device { known: known.collect() }
            }
            Denial::InUseElsewhere => self.other_device(),
            Denial::VersionNotSupported => Missing::Version,
            Denial::Offline => Missing::Internet { last_window_ended: self.pair.window.map(|window| window.end) },
            Denial::BalanceLow | Denial::BalanceZero | Denial::AllPacksExpired => self.tokens(denial),
        }
    }

    fn memberships(&self) -> &[Membership] {
        self.roster.memberships_of(self.decision.user)
    }

    fn acceptance(&self) -> Missing {
        let invited = self.memberships().iter().map(|member| {
            let team = self.names.team(member.team).to_owned();
            Invitation { team, sent: member.lapses - INVITATION, lapses: member.lapses }
        });
        Missing::Acceptance { invitations: invited.collect() }
    }

    fn product(&self) -> Missing {
        let (at, available) = (self.decision.at, &self.roster.products[self.decision.product.index()].available);
        if !available.contains(&at) {
            let known = |instant: Instant| (Instant::MIN < instant && instant < Instant::MAX).then_some(instant);
            let from = known(available.start).filter(|from| at < *from);
            return Missing::Release { from, until: known(available.end).filter(|until| *until <= at) };
        }
        let accepted = self.memberships().iter().filter(|member| member.accepted <= at);
        Missing::Product { lists: accepted.map(|member| self.list(member)).collect() }
    }

    fn list(&self, member: &Membership) -> List {
        let list = self.roster.list_of(member);
        let from = match member.access {
            Access::TeamDefault if list.is_some() => ListSource::TeamDefault,
            Access::TeamDefault if self.roster.teams[member.team.index()].default_access.is_some() => {
                ListSource::NotForGuests
            }
            Access::TeamDefault => ListSource::NoDefault,
            Access::List(_) | Access::All => ListSource::Own,
        };
        let on_it = |product: &ProductId| list.is_some_and(|list| self.roster.lists.contains(list, *product));
        let products = (0..self.names.scenario.products.len()).map(ProductId::from_index).filter(on_it);
        List {
            team: self.names.team(member.team).to_owned(),
            from,
            products: products.map(|product| self.names.product(product).to_owned()).collect(),
        }
    }

    fn other_device(&self) -> Missing {
        let elsewhere = self.pair.open.iter().find(|stay| stay.device != self.decision.device);
        Missing::OtherDevice {
            device: elsewhere.map_or(String::new(), |stay| self.names.devices.name(stay.device.0).to_owned()),
            since: elsewhere.map(|stay| stay.opened),
        }
    }

    fn tokens(&self, denial: Denial) -> Missing {
        let rate = self.shorts.first().map_or(self.decision.tokens, |short| short.asked);
        let purse = |short: &Short| Purse {
            team: self.names.team(short.team).to_owned(),
            free: short.free,
            on_hold: short.held,
            next_pack: self.next_pack(short.team),
            last_ended: (denial == Denial::AllPacksExpired).then(|| self.last_ended(short.team)).flatten(),
        };
        Missing::Tokens { rate, teams: self.shorts.iter().map(purse).collect() }
    }

    fn next_pack(&self, team: TeamId) -> Option<Arrival> {
        let packs = self.names.scenario.packs.iter();
        let later = packs.filter(|pack| pack.team == team && pack.enters > self.decision.at);
        later.min_by_key(|pack| pack.enters).map(|pack| Arrival {
            pack: pack.id.clone(),
            time: pack.enters,
            tokens: pack.left,
        })
    }

    fn last_ended(&self, team: TeamId) -> Option<PackName> {
        let packs = self.names.scenario.packs.iter();
        let ended = packs.filter(|pack| pack.team == team && pack.ends <= self.decision.at);
        ended.max_by_key(|pack| pack.ends).map(PackName::of)
    }
}
