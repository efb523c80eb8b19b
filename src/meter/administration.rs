//! What people who run a team, or the vendor, decide: assignments, moves, merges, rates (E1–E5, P8, S1, S3).

use super::event::Administration;
use super::journal::{Entry, Mail, MailKind};
use super::roster::{Access, Membership};
use super::{Journal, Meter, change};
use crate::ids::{ProductId, TeamId, UserId};
use crate::time::{Instant, Span};

/// An invitation that isn't accepted so long after it was sent lapses (E2).
pub const INVITATION: Span = Span::from_seconds(7 * Span::DAY.seconds());

impl Meter {
    pub(super) fn administer(&mut self, what: Administration, journal: &mut Journal) {
        self.initial.get_or_insert_with(|| self.roster.clone());
        self.altered = true;
        match what {
            Administration::Move { pack, to } => self.ledger.move_pack(pack, to, &mut change(self.now, journal)),
            Administration::Merge { from, into } => self.merge(from, into, journal),
            Administration::Rate { product, tokens } => {
                self.roster.products[product.index()].rate = Some(tokens);
            }
            Administration::Release(product) => {
                self.roster.products[product.index()].available = self.now..Instant::MAX;
            }
            Administration::Withdraw(product) => self.roster.products[product.index()].available.end = self.now,
            Administration::Invite { user, member, accepts_after } => self.invite(user, member, accepts_after, journal),
            Administration::Assign { user, member, mail } => {
                self.roster.join(user, member);
                if mail {
                    self.mail(user, member.team, MailKind::Assignment, journal);
                }
            }
            Administration::Unassign { user, team } => {
                self.roster.change_memberships(user, self.now, |member| (member.team != team).then_some(member));
            }
            Administration::Clear { user, team, products } => self.roster.clear(user, team, products, self.now),
            Administration::DefaultAccess { team, list } => {
                self.roster.teams[team.index()].default_access = list;
            }
            Administration::GuestDefaults { team, serve } => self.roster.teams[team.index()].guest_defaults = serve,
            Administration::Leave(user) => self.roster.change_memberships(user, self.now, |_| None),
        }
    }

    /// Who is or was in a team, or is known otherwise, is in at once; anybody else must accept first (E2).
    fn invite(&mut self, user: UserId, member: Membership, accepts_after: Option<Span>, journal: &mut Journal) {
        let now = self.now;
        let is_in = |member: &Membership| member.accepted <= now;
        if self.roster.users[user.index()].existing || self.roster.memberships_of(user).iter().any(is_in) {
            self.roster.join(user, member);
            self.mail(user, member.team, MailKind::Assignment, journal);
            return;
        }
        let accepts_after = accepts_after.filter(|after| *after <= INVITATION);
        let accepted = accepts_after.map_or(Instant::MAX, |after| now + after);
        self.roster.join(user, Membership { accepted, lapses: now + INVITATION, ..member });
        self.mail(user, member.team, MailKind::Invitation, journal);
    }

    fn mail(&self, user: UserId, team: TeamId, kind: MailKind, journal: &mut Journal) {
        journal.entries.push(Entry::Mail(Mail { at: self.now, user, team, kind }));
    }

    /// Packs, users, assignments and running windows go along; what is on hold stays until it is decided (P8).
    fn merge(&mut self, from: TeamId, into: TeamId, journal: &mut Journal) {
        self.ledger.merge(from, into, &mut change(self.now, journal));
        for user in (0..self.roster.users.len()).map(UserId::from_index) {
            self.roster.merge_memberships(user, from, into, self.now);
        }
        self.pairs.windows_go_along(from, into);
    }
}

impl super::Roster {
    /// Puts a user into a team, in the place of what the user had there.
    fn join(&mut self, user: UserId, member: Membership) {
        let place = self.memberships_of(user).iter().position(|known| known.team == member.team);
        match place {
            Some(place) => self.memberships_of_mut(user)[place] = member,
            None => {
                self.move_memberships_to_end(user);
                self.memberships.push(member);
                self.users[user.index()].memberships.end += 1;
            }
        }
    }

    /// Keeps, replaces or drops each of a user's memberships. Who loses one that held is an existing user from then on.
    fn change_memberships(
        &mut self,
        user: UserId,
        now: Instant,
        mut how: impl FnMut(Membership) -> Option<Membership>,
    ) {
        self.own_memberships(user);
        let range = self.users[user.index()].memberships.clone();
        let mut kept = range.start;
        for place in range {
            let member = self.memberships[place as usize];
            match how(member) {
                Some(member) => {
                    self.memberships[kept as usize] = member;
                    kept += 1;
                }
                None => self.users[user.index()].existing |= member.accepted <= now,
            }
        }
        self.users[user.index()].memberships.end = kept;
    }

    fn merge_memberships(&mut self, user: UserId, from: TeamId, into: TeamId, now: Instant) {
        let member_of = |team| self.memberships_of(user).iter().find(|member| member.team == team).copied();
        let Some(comes) = member_of(from) else { return };
        // Who is in the new team stays as there. Who is only invited to it isn't in it: the place that comes along replaces the
        // invitation, as does an invitation that was sent later.
        let stays = member_of(into)
            .is_some_and(|there| there.accepted <= now || (comes.accepted > now && there.lapses >= comes.lapses));
        // The list that served goes along as a list of the user's own; where none did, the new team's default serves.
        let access = match comes.access {
            Access::TeamDefault => self.list_of(&comes).map_or(Access::TeamDefault, Access::List),
            own => own,
        };
        self.change_memberships(user, now, |member| {
            if member.team == from {
                (!stays).then_some(Membership { team: into, access, ..member })
            } else if member.team == into {
                stays.then_some(member)
            } else {
                Some(member)
            }
        });
    }

    /// What served, less what is cleared, becomes a list of the user's own (E3).
    fn clear(&mut self, user: UserId, team: TeamId, products: super::ListId, now: Instant) {
        let Some(place) = self.memberships_of(user).iter().position(|member| member.team == team) else { return };
        let member = self.memberships_of(user)[place];
        let served = match member.access {
            Access::All => {
                let there = (0..self.products.len()).map(ProductId::from_index);
                let there = there.filter(|id| self.products[id.index()].available.contains(&now));
                self.lists.add(there)
            }
            _ => match self.list_of(&member) {
                Some(list) => list,
                None => return,
            },
        };
        let list = self.lists.add_difference(served, products);
        self.memberships_of_mut(user)[place].access = Access::List(list);
    }

    fn memberships_of_mut(&mut self, user: UserId) -> &mut [Membership] {
        self.own_memberships(user);
        let range = &self.users[user.index()].memberships;
        &mut self.memberships[range.start as usize..range.end as usize]
    }

    /// Makes a user's memberships nobody else's, so that they can be changed.
    fn own_memberships(&mut self, user: UserId) {
        let range = &self.users[user.index()].memberships;
        if range.start < self.shared_memberships && !range.is_empty() {
            self.copy_memberships(user);
        }
    }

    /// Moves a user's memberships to the end of their table, where one more can be added.
    fn move_memberships_to_end(&mut self, user: UserId) {
        let range = &self.users[user.index()].memberships;
        if range.start < self.shared_memberships || range.end as usize != self.memberships.len() {
            self.copy_memberships(user);
        }
    }

    fn copy_memberships(&mut self, user: UserId) {
        let range = &mut self.users[user.index()].memberships;
        let start = self.memberships.len() as u32;
        self.memberships.extend_from_within(range.start as usize..range.end as usize);
        *range = start..self.memberships.len() as u32;
    }

    /// Makes this roster what another is, and keeps the memory.
    pub(super) fn restore(&mut self, from: &Self) {
        for (product, initial) in self.products.iter_mut().zip(&from.products) {
            product.rate = initial.rate;
            product.available = initial.available.clone();
        }
        self.users.clone_from(&from.users);
        self.memberships.clone_from(&from.memberships);
        self.lists.restore(&from.lists);
        self.teams.clone_from(&from.teams);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Roster, UserTerms};
    use super::*;

    const TEAMS: [TeamId; 2] = [TeamId(0), TeamId(1)];

    fn members(roster: &Roster) -> Vec<Vec<TeamId>> {
        let of = |user| roster.memberships_of(UserId(user)).iter().map(|member| member.team).collect();
        (0..roster.users.len() as u32).map(of).collect()
    }

    /// Three users who have the same place in the table.
    fn roster() -> Roster {
        let user = UserTerms { memberships: 0..1, ..UserTerms::default() };
        let memberships = vec![Membership::new(TEAMS[0], Access::All)];
        Roster { users: vec![user; 3], memberships, shared_memberships: 1, ..Roster::default() }
    }

    #[test]
    fn what_changes_for_one_user_stays_for_those_who_had_the_same() {
        let mut roster = roster();
        roster.join(UserId(1), Membership::new(TEAMS[1], Access::All));
        assert_eq!(members(&roster), [vec![TEAMS[0]], TEAMS.to_vec(), vec![TEAMS[0]]]);
        roster.join(UserId(0), Membership::new(TEAMS[0], Access::TeamDefault));
        let access = |user| roster.memberships_of(UserId(user))[0].access;
        assert_eq!([access(0), access(1), access(2)], [Access::TeamDefault, Access::All, Access::All]);
        roster.change_memberships(UserId(1), Instant::MIN, |_| None);
        assert_eq!(members(&roster), [vec![TEAMS[0]], vec![], vec![TEAMS[0]]]);
        roster.merge_memberships(UserId(2), TEAMS[0], TEAMS[1], Instant::MIN);
        assert_eq!(members(&roster), [vec![TEAMS[0]], vec![], vec![TEAMS[1]]]);
    }
}
