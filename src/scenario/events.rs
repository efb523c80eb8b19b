//! Events in the order of their instants: names become ids, and what can't happen then is an error.

use std::collections::BTreeMap;

use super::decode::{At, Errors};
use super::event::{Event, EventKind};
use super::event_spec::{EventSpec, InviteSpec, OneEvent};
use super::known::Known;
use super::model::{Access, Group, Membership, Pack, Team, User};
use super::people::{People, access};
use super::presence::{Presence, joins};
use super::record::Field;
use super::settings::Period;
use super::supply::{default_access, product_ids};
use super::unions::AccessSpec;
use super::when::Moment;
use crate::diagnostic::{Diagnostic, Place};
use crate::ids::{ProductId, TeamId, UserId};
use crate::time::Instant;

/// The events of a scenario as written, in the order of their instants, at one instant of writing.
pub struct Written<'a> {
    events: Vec<(Instant, &'a EventSpec)>,
}

impl<'a> Written<'a> {
    /// Sorts the events; one whose time can't be read is left out.
    pub fn new(specs: &'a [At<OneEvent>], period: &Period, errors: &mut Errors) -> Self {
        let mut events = Vec::new();
        for spec in specs.iter().map(|spec| &spec.value.0) {
            let Some(on) = spec.on.given() else { continue };
            check_not_before_start(on, period, errors);
            events.push((on.value.start(period.zone), spec));
        }
        events.sort_by_key(|(at, _)| *at);
        Written { events }
    }

    /// By group: how many users join on the way.
    pub fn joins(&self) -> BTreeMap<String, At<usize>> {
        joins(self.events.iter().map(|(_, event)| *event))
    }

    /// Adds those users to `people` whom invitations alone name.
    pub fn add_invited(&self, people: &mut People<'_>) {
        let invitations = self.events.iter().filter_map(|(_, event)| event.invite.get()?.user.given());
        let mut invited: Vec<&At<String>> = invitations.collect();
        if invited.is_empty() {
            return;
        }
        let known = user_names(&people.users);
        invited.retain(|user| known.id(&user.value).is_none());
        invited.into_iter().for_each(|user| people.invited(user));
    }
}

fn user_names(users: &[User]) -> Known {
    Known::new("user", "people", users.iter().map(|user| user.name.as_str()))
}

fn check_not_before_start(on: &At<Moment>, period: &Period, errors: &mut Errors) {
    if period.start().is_some_and(|start| on.value.start(period.zone) < start) {
        let error = Diagnostic::new("an event before the start").at(&on.place).expected("expected not before `start`");
        errors.push(
            error.help(
                "what happened before is how the scenario starts: write it under `teams`, `people` or `products`",
            ),
        );
    }
}

/// What events are checked against.
pub struct Scene<'a> {
    /// The names of the products.
    pub products: &'a Known,
    /// The names of the teams.
    pub team_names: &'a Known,
    /// The teams.
    pub teams: &'a [Team],
    /// The packs.
    pub packs: &'a [Pack],
    /// The groups.
    pub groups: &'a [Group],
    /// By group: how many users join on the way.
    pub joins: &'a BTreeMap<String, At<usize>>,
}

/// The events as meant; users learn when they are away.
pub fn events(written: &Written<'_>, scene: &Scene<'_>, users: &mut [User], errors: &mut Errors) -> Vec<Event> {
    if written.events.is_empty() {
        return Vec::new();
    }
    let known = user_names(users);
    let specs: Vec<&EventSpec> = written.events.iter().map(|(_, spec)| *spec).collect();
    let mut course = Course {
        scene,
        packs: Known::new("pack", "packs", scene.packs.iter().map(|pack| pack.id.as_str())),
        holders: scene.packs.iter().map(|pack| pack.team).collect(),
        presence: Presence::new(scene.groups, users, scene.joins, &specs, &known),
        users: known,
        errors,
    };
    let mut events = Vec::new();
    for (at, spec) in &written.events {
        events.extend(course.happen(*at, spec).into_iter().map(|what| Event { at: *at, what }));
    }
    events
}

/// A scenario's course, event by event.
struct Course<'a> {
    scene: &'a Scene<'a>,
    packs: Known,
    users: Known,
    /// By pack: the team that has it by now.
    holders: Vec<TeamId>,
    presence: Presence<'a>,
    errors: &'a mut Errors,
}

impl Course<'_> {
    fn happen(&mut self, at: Instant, spec: &EventSpec) -> Vec<EventKind> {
        if let Some(leave) = spec.leave.given() {
            return self.presence.leave(at, leave, &self.users, self.errors);
        }
        if let Some(join) = spec.join.given() {
            return self.presence.join(at, join, &self.users, self.errors);
        }
        if let Some(import) = spec.import.get() {
            let users = self.users.find_all(import.users.get().map_or(&[], Vec::as_slice), self.errors);
            let member = self.member(&import.team, &import.access, &Field::Absent);
            let assign = |(user, member)| EventKind::Assign { user: UserId::from_index(user), member, mail: false };
            return member
                .map_or(Vec::new(), |member| users.into_iter().map(|user| assign((user, member.clone()))).collect());
        }
        self.of_supply(at, spec).or_else(|| self.of_access(spec)).into_iter().collect()
    }

    /// What happens to packs and products.
    fn of_supply(&mut self, at: Instant, spec: &EventSpec) -> Option<EventKind> {
        if let Some(pack) = spec.r#move.given() {
            return self.moves(at, pack, &spec.to);
        }
        if let Some(from) = spec.merge.given() {
            return self.merges(at, from, &spec.into);
        }
        if let Some(rate) = spec.rate.get() {
            let product = self.product(&rate.product)?;
            return Some(EventKind::Rate { product, tokens: *rate.tokens.get()? });
        }
        if !spec.release.is_absent() {
            return self.product(&spec.release).map(EventKind::Release);
        }
        self.product(&spec.withdraw).map(EventKind::Withdraw)
    }

    /// What happens to users' access.
    fn of_access(&mut self, spec: &EventSpec) -> Option<EventKind> {
        if let Some(invite) = spec.invite.get() {
            return self.invites(invite);
        }
        if let Some(assign) = spec.assign.get() {
            let (user, member) = (self.user(&assign.user), self.member(&assign.team, &assign.access, &assign.guest));
            return Some(EventKind::Assign { user: user?, member: member?, mail: true });
        }
        if let Some(unassign) = spec.unassign.get() {
            let (user, team) = (self.user(&unassign.user), self.team(&unassign.team));
            return Some(EventKind::Unassign { user: user?, team: team? });
        }
        if let Some(clear) = spec.clear.get() {
            let (user, team) = (self.user(&clear.user), self.team(&clear.team));
            let products = product_ids(clear.access.get()?, self.scene.products, self.errors);
            return Some(EventKind::Clear { user: user?, team: team?, products });
        }
        if let Some(defaults) = spec.default_access.get() {
            let team = self.team(&defaults.team);
            let products = default_access(defaults.access.get()?, self.scene.products, self.errors);
            return Some(EventKind::DefaultAccess { team: team?, products });
        }
        let defaults = spec.guest_defaults.get()?;
        Some(EventKind::GuestDefaults { team: self.team(&defaults.team)?, serve: *defaults.serve.get()? })
    }

    fn moves(&mut self, at: Instant, name: &At<String>, to: &Field<String>) -> Option<EventKind> {
        let (pack, to) = (self.packs.find(name, self.errors), self.team(to));
        let (pack, to) = (pack?, to?);
        let written = &self.scene.packs[pack];
        if at < written.enters && !written.on_hand {
            let error = Diagnostic::new(format!("`{}` is moved before it is bought", name.value)).at(&name.place);
            self.errors.push(error.expected(format!("it is bought on {}", written.bought)));
        }
        self.check_admins(self.holders[pack], to, &name.place);
        self.holders[pack] = to;
        Some(EventKind::Move { pack, to })
    }

    /// Tokens are moved between teams that one admin manages (rules.md P8).
    fn check_admins(&mut self, from: TeamId, to: TeamId, place: &Place) {
        let [from, to] = [from, to].map(|team| &self.scene.teams[team.index()]);
        if let (Some(one), Some(other)) = (&from.admin, &to.admin)
            && one != other
        {
            let message = format!("tokens can't be moved from `{}` to `{}`", from.name, to.name);
            let error = Diagnostic::new(message).at(place);
            let error = error.expected("expected a pack of a team that the same admin manages");
            self.errors.push(error.help(format!("`{one}` manages `{}`, `{other}` manages `{}`", from.name, to.name)));
        }
    }

    fn merges(&mut self, at: Instant, name: &At<String>, into: &Field<String>) -> Option<EventKind> {
        let (from, into) = (self.find_team(name), self.team(into));
        let (from, into) = (from?, into?);
        if from == into {
            let error = Diagnostic::new(format!("`{}` is merged into itself", name.value)).at(&name.place);
            self.errors.push(error.expected("expected another team than `into`"));
        }
        for (holder, pack) in self.holders.iter_mut().zip(self.scene.packs) {
            if *holder == from && pack.enters <= at {
                *holder = into;
            }
        }
        Some(EventKind::Merge { from, into })
    }

    fn invites(&mut self, invite: &InviteSpec) -> Option<EventKind> {
        let (user, member) = (self.user(&invite.user), self.member(&invite.team, &invite.access, &invite.guest));
        Some(EventKind::Invite { user: user?, member: member?, accepts_after: invite.accepts_after.get().copied() })
    }

    fn member(&mut self, team: &Field<String>, spec: &Field<AccessSpec>, guest: &Field<bool>) -> Option<Membership> {
        let team = self.team(team);
        let access: Access = access(spec.get(), self.scene.products, self.errors);
        Some(Membership { team: team?, access, guest: guest.get().copied().unwrap_or_default() })
    }

    fn user(&mut self, name: &Field<String>) -> Option<UserId> {
        self.users.find(name.given()?, self.errors).map(UserId::from_index)
    }

    fn team(&mut self, name: &Field<String>) -> Option<TeamId> {
        self.find_team(name.given()?)
    }

    fn find_team(&mut self, name: &At<String>) -> Option<TeamId> {
        self.scene.team_names.find(name, self.errors).map(TeamId::from_index)
    }

    fn product(&mut self, name: &Field<String>) -> Option<ProductId> {
        self.scene.products.find(name.given()?, self.errors).map(ProductId::from_index)
    }
}
