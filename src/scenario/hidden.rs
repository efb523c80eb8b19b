//! Names taken out of a scenario that is read and checked (rules.md U8): nobody who gets it can tell them.

use super::load::ScenarioFile;
use super::model::{Change, Group, Scenario};
use super::tree::{Node, Value};
use crate::pseudonyms::Pseudonyms;

/// The keys whose values name people.
const NAMING: [&str; 5] = ["user", "users", "identity", "admin", "people"];

impl Scenario {
    /// Calls everyone as these pseudonyms have it.
    pub(super) fn call(&mut self, pseudonyms: &Pseudonyms) {
        if !pseudonyms.hide() {
            return;
        }
        let pseudonyms = pseudonyms.clone().knowing(self.users.iter().map(|user| user.name.clone()));
        let hidden = |name: &mut String| *name = pseudonyms.user(name).into_owned();
        for group in self.groups.iter_mut().filter(|group| is_one_user(group, &self.users)) {
            hidden(&mut group.name);
        }
        for user in &mut self.users {
            hidden(&mut user.name);
            user.covers.iter_mut().filter_map(|cover| cover.identity.as_mut()).for_each(hidden);
        }
        self.teams.iter_mut().filter_map(|team| team.admin.as_mut()).for_each(hidden);
        let teams = self.teams.iter_mut().map(|team| &mut team.name);
        let (packs, groups) = (self.packs.iter_mut().map(|pack| &mut pack.id), self.groups.iter_mut());
        for name in teams.chain(packs).chain(groups.map(|group| &mut group.name)) {
            *name = pseudonyms.text(name).into_owned();
        }
        self.name = pseudonyms.text(&self.name).into_owned();
        self.changes.iter_mut().for_each(|change| *change = change.told(&pseudonyms));
        self.pseudonyms = pseudonyms;
    }
}

/// A single user is a group of one, with the user's name.
fn is_one_user(group: &Group, users: &[super::User]) -> bool {
    users.get(group.users.start as usize).is_some_and(|user| user.name == group.name)
}

impl Change {
    /// The same, with no name in it that isn't to be told.
    pub fn told(&self, pseudonyms: &Pseudonyms) -> Change {
        let [path, value] = [&self.path, &self.value].map(|text| pseudonyms.text(text).into_owned());
        Change { path, value }
    }
}

impl ScenarioFile {
    /// Every name of a person that is written in it.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        named("", &self.root, &mut names);
        names
    }
}

fn named(key: &str, node: &Node, names: &mut Vec<String>) {
    // The key may be a path of a what-if.
    let key = key.rsplit('.').next().unwrap_or_default();
    match &node.value {
        Value::Scalar(scalar) if NAMING.contains(&key) => names.push(scalar.text.clone()),
        Value::Scalar(_) | Value::Empty => {}
        Value::List(items) => items.iter().for_each(|item| named(key, item, names)),
        Value::Map(entries) => {
            for (key, value) in entries {
                let key = if let Value::Scalar(scalar) = &key.value { &*scalar.text } else { "" };
                named(key, value, names);
            }
        }
    }
}
