//! Who joins and who leaves: groups that grow and shrink, users who come and go.

use std::collections::{BTreeMap, BTreeSet};

use super::decode::{At, Errors};
use super::event::EventKind;
use super::event_spec::{EventSpec, JoinSpec, LeaveSpec};
use super::known::Known;
use super::model::{Group, User};
use super::record::Field;
use crate::diagnostic::{Diagnostic, Place};
use crate::ids::UserId;
use crate::time::Instant;

/// By group: how many users join on the way, at the place of the last of these counts. They are users of the group from the
/// start on, but outside until then.
pub fn joins<'a>(events: impl Iterator<Item = &'a EventSpec>) -> BTreeMap<String, At<usize>> {
    let mut joins: BTreeMap<String, At<usize>> = BTreeMap::new();
    for join in events.filter_map(|event| event.join.get()) {
        if let (Some(group), Some(count)) = (join.group.get(), join.count.given()) {
            let before = joins.get(group).map_or(0, |joins| joins.value);
            joins.insert(group.clone(), At { value: before + count.value.get() as usize, place: count.place.clone() });
        }
    }
    joins
}

/// Groups and users while events happen to them in the order of their instants.
pub struct Presence<'a> {
    groups: &'a [Group],
    users: &'a mut [User],
    group_names: Known,
    /// By group: who joins next.
    next: Vec<u32>,
}

impl<'a> Presence<'a> {
    /// As the scenario starts. Outside are users who join with their group, and those whose first event is that they join.
    pub fn new(
        groups: &'a [Group],
        users: &'a mut [User],
        joins: &BTreeMap<String, At<usize>>,
        events: &[&EventSpec],
        user_names: &Known,
    ) -> Self {
        let joiners =
            |group: &Group| joins.get(&group.name).map_or(0, |joins| joins.value.min(group.users.len()) as u32);
        let next: Vec<u32> = groups.iter().map(|group| group.users.end - joiners(group)).collect();
        let mut outside: BTreeSet<u32> =
            groups.iter().zip(&next).flat_map(|(group, next)| *next..group.users.end).collect();
        outside.extend(first_to_join(events, groups, users, user_names));
        for user in outside {
            users[user as usize].away.push(Instant::MIN..Instant::MAX);
        }
        let several = groups.iter().enumerate().filter(|(_, group)| is_group(group, users));
        let group_names = Known::some("group", "people", several.map(|(id, group)| (id, group.name.as_str())));
        Presence { groups, users, group_names, next }
    }

    fn is_there(&self, user: u32) -> bool {
        self.users[user as usize].away.last().is_none_or(|away| away.end < Instant::MAX)
    }

    /// Somebody leaves.
    pub fn leave(&mut self, at: Instant, spec: &At<LeaveSpec>, users: &Known, errors: &mut Errors) -> Vec<EventKind> {
        let LeaveSpec { user, group, count } = &spec.value;
        if !names_one(user, group, &spec.place, "leaves", errors) {
            return Vec::new();
        }
        if let (Field::Given(_), Field::Given(count)) = (user, count) {
            errors.push(count_of_a_user(&count.place));
        }
        let leaving = match (user.given(), group.given()) {
            (Some(user), _) => self.user_who_leaves(user, users, errors),
            (_, Some(group)) => self.those_who_leave(group, count, errors),
            _ => Vec::new(),
        };
        for user in &leaving {
            self.users[*user as usize].away.push(at..Instant::MAX);
        }
        leaving.into_iter().map(|user| EventKind::Leave(UserId(user))).collect()
    }

    fn user_who_leaves(&self, user: &At<String>, users: &Known, errors: &mut Errors) -> Vec<u32> {
        let Some(id) = users.find(user, errors).map(|id| id as u32) else { return Vec::new() };
        if !self.is_there(id) {
            let error = Diagnostic::new(format!("`{}` leaves without being there", user.value)).at(&user.place);
            errors.push(error.expected("they have left before, or join later").help("a `join` brings somebody back"));
        }
        vec![id]
    }

    /// The last users of a group that are still there.
    fn those_who_leave(&self, name: &At<String>, count: &Field<std::num::NonZeroU32>, errors: &mut Errors) -> Vec<u32> {
        let Some(group) = self.group_names.find(name, errors) else { return Vec::new() };
        let there = self.groups[group].users.clone().rev().filter(|user| self.is_there(*user));
        let mut leaving: Vec<u32> = match count.get() {
            Some(count) => there.take(count.get() as usize).collect(),
            None => there.collect(),
        };
        let wanted = count.get().map_or(1, |count| count.get() as usize);
        if leaving.len() < wanted {
            let place = count.given().map_or(&name.place, |count| &count.place);
            let error = Diagnostic::new(format!("more leave `{}` than are there", name.value)).at(place);
            errors.push(error.expected(match leaving.len() {
                0 => "nobody of the group is there by then".to_owned(),
                left => format!("expected at most {left}: so many are there by then"),
            }));
        }
        leaving.reverse();
        leaving
    }

    /// Somebody joins: into the teams written under `people`.
    pub fn join(&mut self, at: Instant, spec: &At<JoinSpec>, users: &Known, errors: &mut Errors) -> Vec<EventKind> {
        let JoinSpec { user, group, count } = &spec.value;
        if !names_one(user, group, &spec.place, "joins", errors) {
            return Vec::new();
        }
        match (user, count) {
            (Field::Given(_), Field::Given(count)) => errors.push(count_of_a_user(&count.place)),
            (Field::Absent, Field::Absent) => {
                let error = Diagnostic::new("missing key `count`").at(&spec.place);
                errors.push(error.expected("a group that grows needs `count`: how many users join"));
            }
            _ => {}
        }
        let joining = match (user.given(), group.given(), count.get()) {
            (Some(user), ..) => self.user_who_joins(user, users, errors).into_iter().collect(),
            (_, Some(group), Some(count)) => self.those_who_join(group, count.get(), errors),
            _ => Vec::new(),
        };
        joining.into_iter().flat_map(|user| self.arrive(at, user)).collect()
    }

    fn user_who_joins(&self, user: &At<String>, users: &Known, errors: &mut Errors) -> Option<u32> {
        let id = users.find(user, errors)? as u32;
        let amiss = if !self.users[id as usize].existing {
            let error = Diagnostic::new(format!("`{}` isn't in `people`", user.value)).at(&user.place);
            error.expected("expected someone whose teams stand there").help("`assign` puts a user into a team")
        } else if self.is_there(id) {
            let error = Diagnostic::new(format!("`{}` joins while being there", user.value)).at(&user.place);
            let error = error.expected("expected someone who has left, or whose first event this is");
            error.help("`assign` puts a user into another team, or changes what they may open")
        } else {
            return Some(id);
        };
        errors.push(amiss);
        None
    }

    fn those_who_join(&mut self, name: &At<String>, count: u32, errors: &mut Errors) -> Vec<u32> {
        let Some(group) = self.group_names.find(name, errors) else { return Vec::new() };
        let first = self.next[group];
        // Fewer are left only where there are too many users, which is an error of its own.
        let end = first.saturating_add(count).min(self.groups[group].users.end);
        self.next[group] = end;
        (first..end).collect()
    }

    fn arrive(&mut self, at: Instant, user: u32) -> Vec<EventKind> {
        let known = &mut self.users[user as usize];
        if let Some(away) = known.away.last_mut() {
            away.end = at;
        }
        let members = known.memberships.iter().cloned();
        members.map(|member| EventKind::Assign { user: UserId(user), member, mail: false }).collect()
    }
}

fn is_group(group: &Group, users: &[User]) -> bool {
    users.get(group.users.start as usize).is_none_or(|user| user.name != group.name)
}

/// Users whom a `join` names, and before it no `leave`, neither of their own nor of their group.
fn first_to_join(events: &[&EventSpec], groups: &[Group], users: &[User], user_names: &Known) -> Vec<u32> {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut outside = Vec::new();
    for event in events {
        if let Some(leave) = event.leave.get() {
            met.extend(leave.user.get().or(leave.group.get()).map(String::as_str));
        }
        let Some(name) = event.join.get().and_then(|join| join.user.get()) else { continue };
        let Some(id) = user_names.id(name).filter(|id| users[*id].existing) else { continue };
        let group = &groups[users[id].group as usize].name;
        if !met.contains(group.as_str()) && met.insert(name) {
            outside.push(id as u32);
        }
    }
    outside
}

fn names_one(user: &Field<String>, group: &Field<String>, place: &Place, does: &str, errors: &mut Errors) -> bool {
    let error = match (user, group) {
        (Field::Absent, Field::Absent) => Diagnostic::new(format!("nobody {does}")).at(place),
        (Field::Given(_), Field::Given(group)) => Diagnostic::new("both `user` and `group`").at(&group.place),
        _ => return true,
    };
    errors.push(error.expected("expected one of the two: a `user`, or a `group`"));
    false
}

fn count_of_a_user(place: &Place) -> Diagnostic {
    Diagnostic::new("a single user with a count").at(place).expected("expected for a group only")
}
