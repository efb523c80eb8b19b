//! Groups and users: who may open what through which team, what is covered without tokens, and what they do.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::Path;

use super::decode::{At, Errors};
use super::given::BehaviourUse;
use super::known::{Known, repeated};
use super::model::{Access, Cover, CoverKind, Group, Membership, User};
use super::parameters::behaviour_use;
use super::record::Field;
use super::settings::Period;
use super::spec::{CoverSpec, PersonSpec};
use super::supply::product_ids;
use super::unions::AccessSpec;
use crate::calendar::Zone;
use crate::diagnostic::Diagnostic;
use crate::ids::{ProductId, TeamId};
use crate::keys::name_key;

/// More users than any customer has; each takes memory in every thread.
const MOST_USERS: usize = 1_000_000;

/// What people are checked against, and the groups and users so far.
pub struct People<'a> {
    /// When and where.
    pub period: &'a Period,
    /// The scenario's folder.
    pub folder: &'a Path,
    /// The products.
    pub products: &'a Known,
    /// The teams.
    pub teams: &'a Known,
    /// The calendars.
    pub calendars: &'a Known,
    /// By group: how many more users join on the way.
    pub joins: BTreeMap<String, At<usize>>,
    /// The groups as meant.
    pub groups: Vec<Group>,
    /// The users as meant.
    pub users: Vec<User>,
    /// The names of groups and users.
    pub taken: BTreeSet<String>,
}

impl People<'_> {
    /// Adds a group or a single user.
    pub fn add(&mut self, person: &At<PersonSpec>, errors: &mut Errors) {
        let spec = &person.value;
        let names = self.names(person, errors);
        let group = self.group(spec, errors);
        let memberships = self.memberships(person, errors);
        let mut covers = self.covers(&spec.subscriptions, CoverKind::Subscription, errors);
        covers.extend(self.covers(&spec.trials, CoverKind::Trial, errors));
        let model = User { existing: true, memberships, covers, ..User::default() };
        self.enter(group, names, model);
    }

    /// Adds someone whom invitations alone name: new, in no team before, and without a behaviour.
    pub fn invited(&mut self, name: &At<String>) {
        // A group's name is no user's: whoever looks the user up says so.
        if !self.taken.insert(name.value.clone()) {
            return;
        }
        let group = Group {
            name: name.value.clone(),
            key: name_key(&name.value),
            users: 0..0,
            zone: self.period.zone,
            calendar: 0,
            behaviour: None,
        };
        self.enter(group, vec![name.value.clone()], User::default());
    }

    /// Enters a group and its users, who are like the model but for their names.
    fn enter(&mut self, group: Group, names: Vec<String>, model: User) {
        let first = self.users.len() as u32;
        let index = self.groups.len() as u32;
        self.users.extend(names.into_iter().map(|name| User {
            key: name_key(&name),
            name,
            group: index,
            ..model.clone()
        }));
        self.groups.push(Group { users: first..self.users.len() as u32, ..group });
    }

    /// The names of the users.
    fn names(&mut self, person: &At<PersonSpec>, errors: &mut Errors) -> Vec<String> {
        let spec = &person.value;
        check_who(person, errors);
        let names = match (spec.user.given(), spec.group.given(), spec.count.given()) {
            (Some(user), ..) => vec![user.value.clone()],
            (None, Some(group), Some(count)) => self.group_names(group, count, errors),
            _ => Vec::new(),
        };
        if let Some(written) = spec.user.given().or(spec.group.given()) {
            self.take_names(written, &names, errors);
        }
        names
    }

    /// The names of a group's users, and of those who join on the way.
    fn group_names(&mut self, group: &At<String>, count: &At<NonZeroU32>, errors: &mut Errors) -> Vec<String> {
        let (count, place) = (count.value.get() as usize, &count.place);
        let joins = self.joins.get(&group.value).map(|joins| (joins.value, &joins.place));
        let too_many = Diagnostic::new("too many users").expected("expected at most a million in all");
        let room = MOST_USERS - self.users.len();
        let names = match joins {
            _ if count > room => {
                errors.push(too_many.at(place));
                0
            }
            Some((joins, place)) if joins > room - count => {
                errors.push(too_many.at(place));
                self.joins.remove(&group.value);
                count
            }
            Some((joins, _)) => count + joins,
            None => count,
        };
        (1..=names).map(|number| format!("{}-{number}", group.value)).collect()
    }

    fn take_names(&mut self, written: &At<String>, names: &[String], errors: &mut Errors) {
        let group = !names.contains(&written.value);
        let fresh = |name: &String| self.taken.insert(name.clone());
        let mut own = vec![written.value.clone()];
        if group {
            own.extend_from_slice(names);
        }
        if let Some(taken) = own.iter().map(fresh).zip(&own).find_map(|(fresh, name)| (!fresh).then_some(name)) {
            let error = repeated(if group { "group" } else { "user" }, written);
            errors.push(error.expected(format!("`{taken}` is there already")));
        }
    }

    fn group(&self, spec: &PersonSpec, errors: &mut Errors) -> Group {
        let calendar = spec.calendar.given().and_then(|name| self.calendars.find(name, errors));
        let name = spec.user.get().or(spec.group.get()).cloned().unwrap_or_default();
        Group {
            key: name_key(&name),
            name,
            users: 0..0,
            zone: spec.zone.get().copied().unwrap_or(self.period.zone),
            calendar: calendar.unwrap_or_default(),
            behaviour: self.behaviour(spec, errors),
        }
    }

    fn behaviour(&self, spec: &PersonSpec, errors: &mut Errors) -> Option<BehaviourUse> {
        let with = spec.with.given();
        if let Some(with) = with.filter(|_| spec.behaviour.is_absent()) {
            let error = Diagnostic::new("parameters without a behaviour").at(&with.place);
            errors.push(error.expected("expected beside a `behaviour` only").help("name the script under `behaviour`"));
        }
        spec.behaviour.given().map(|behaviour| behaviour_use(behaviour, with, self.folder))
    }

    fn memberships(&self, person: &At<PersonSpec>, errors: &mut Errors) -> Vec<Membership> {
        let spec = &person.value;
        let teams = match (&spec.team, &spec.teams) {
            (Field::Absent, Field::Absent) => {
                let error =
                    Diagnostic::new("no team").at(&person.place).expected("a person needs `team`: the name of a team");
                errors.push(error.help("someone who isn't assigned to Flex has `teams: []`"));
                Vec::new()
            }
            (Field::Given(team), Field::Given(_)) => {
                errors.push(
                    Diagnostic::new("both `team` and `teams`").at(&team.place).expected("expected one of the two"),
                );
                Vec::new()
            }
            (Field::Given(team), _) => self.teams.find(team, errors).into_iter().collect(),
            (_, teams) => self.teams.find_all(teams.get().map_or(&[], Vec::as_slice), errors),
        };
        let access = access(spec.access.get(), self.products, errors);
        let guest = spec.guest.get().copied().unwrap_or_default();
        let member = |team| Membership { team: TeamId::from_index(team), access: access.clone(), guest };
        teams.into_iter().map(member).collect()
    }

    fn covers(&self, covers: &Field<Vec<At<CoverSpec>>>, kind: CoverKind, errors: &mut Errors) -> Vec<Cover> {
        let covers = covers.get().map_or(&[][..], Vec::as_slice);
        covers.iter().filter_map(|cover| self.cover(&cover.value, kind, errors)).collect()
    }

    fn cover(&self, spec: &CoverSpec, kind: CoverKind, errors: &mut Errors) -> Option<Cover> {
        let zone: Zone = self.period.zone;
        let product = spec.product.given().and_then(|product| self.products.find(product, errors));
        let (from, until) = (spec.from.get()?.start(zone), spec.until.given()?);
        let end = until.value.end(zone);
        if end <= from {
            let error = Diagnostic::new("it ends before it begins").at(&until.place).expected("expected after `from`");
            errors.push(error.help("`until` names the last good day"));
        }
        let product = ProductId::from_index(product?);
        Some(Cover { kind, product, from, until: end, identity: spec.identity.get().cloned() })
    }
}

/// What may be opened; the team's default access where nothing is written.
pub fn access(spec: Option<&AccessSpec>, products: &Known, errors: &mut Errors) -> Access {
    match spec {
        Some(AccessSpec::All) => Access::All,
        Some(AccessSpec::List(listed)) => Access::List(product_ids(listed, products, errors)),
        None => Access::TeamDefault,
    }
}

/// A person is a `user`, or a `group` with its `count`.
fn check_who(person: &At<PersonSpec>, errors: &mut Errors) {
    let PersonSpec { user, group, count, .. } = &person.value;
    if let (Field::Given(_), Field::Given(group)) = (user, group) {
        let error = Diagnostic::new("both `user` and `group`").at(&group.place);
        errors.push(error.expected("expected one of the two: a user is one person, a group has a `count`"));
    } else if user.is_absent() && group.is_absent() {
        let error = Diagnostic::new("neither `user` nor `group`").at(&person.place);
        errors.push(error.expected("a person needs `user`, a group needs `group` and `count`"));
    } else if let (Field::Given(_), Field::Given(count)) = (user, count) {
        let error =
            Diagnostic::new("a single user with a count").at(&count.place).expected("expected for a group only");
        errors.push(error.help("several users alike are a `group`"));
    } else if let (Field::Given(group), true) = (group, count.is_absent()) {
        let error = Diagnostic::new("missing key `count`").at(&group.place);
        errors.push(error.expected("a group needs `count`: how many users it has"));
    }
}
