//! Events as written: what happens on a day or at an instant beside purchases.

use std::num::NonZeroU32;

use schemars::Schema;
use schemars::generate::SchemaGenerator;
use serde_json::json;

use super::decode::{At, Decode, Errors};
use super::record::{Field, Keys, record};
use super::schema::RecordSchema;
use super::tree::Node;
use super::unions::AccessSpec;
use super::when::Moment;
use crate::diagnostic::{Diagnostic, Place};
use crate::time::Span;
use crate::tokens::Tokens;

record! {
    /// Something that happens on a day or at an instant: `on`, and one of the others (`to` and `into` go with `move` and `merge`).
    EventSpec as "an event" {
        /// The day, which begins at 00:00 in the scenario's zone, or the instant.
        required on: Moment,
        /// A pack, all that is left of which goes to another team.
        optional r#move: String,
        /// The team that gets the pack.
        optional to: String,
        /// A team that goes up in another: its packs, users, assignments and running windows go along.
        optional merge: String,
        /// The team that gets all of that.
        optional into: String,
        /// A product's rate changes.
        optional rate: RateSpec,
        /// A product that can be had through Flex from then on.
        optional release: String,
        /// A product that can't be had through Flex any more.
        optional withdraw: String,
        /// A user is invited to a team: one who is new must accept within seven days.
        optional invite: InviteSpec,
        /// A user is assigned to a team, or gets another access in it.
        optional assign: AssignSpec,
        /// Several users are assigned to a team, without a mail to each.
        optional import: ImportSpec,
        /// A user is taken out of a team.
        optional unassign: UnassignSpec,
        /// Products are cleared from what a user may open.
        optional clear: ClearSpec,
        /// A team's default access changes.
        optional default_access: DefaultAccessSpec,
        /// Whether a team's default access serves its guests changes.
        optional guest_defaults: GuestDefaultsSpec,
        /// Users leave all their teams, and are gone.
        optional leave: LeaveSpec,
        /// Users come, or come back.
        optional join: JoinSpec,
    }
}

record! {
    /// A product's rate from an instant on.
    RateSpec as "a rate" {
        /// The product.
        required product: String,
        /// Tokens for each 24 hours, or for each result.
        required tokens: Tokens,
    }
}

record! {
    /// An invitation to a team. Who is named by invitations alone is new; people of `people` are assigned at once.
    InviteSpec as "an invitation" {
        /// Who is invited.
        required user: String,
        /// The team.
        required team: String,
        /// The products they may open: a list, or `all`. The team's `default_access` where it is left out.
        optional access: AccessSpec,
        /// Whether they are a guest of the team: `false` where it is left out.
        optional guest: bool,
        /// How long after it a new user accepts, within seven days. Never, where it is left out.
        optional accepts_after: Span,
    }
}

record! {
    /// A user's place in a team, in the stead of what they had there.
    AssignSpec as "an assignment" {
        /// Who is assigned.
        required user: String,
        /// The team.
        required team: String,
        /// The products they may open: a list, or `all`. The team's `default_access` where it is left out.
        optional access: AccessSpec,
        /// Whether they are a guest of the team: `false` where it is left out.
        optional guest: bool,
    }
}

record! {
    /// Several users' place in a team, as if each were assigned.
    ImportSpec as "an import" {
        /// The team.
        required team: String,
        /// Who is assigned.
        required users: Vec<At<String>>,
        /// The products they may open: a list, or `all`. The team's `default_access` where it is left out.
        optional access: AccessSpec,
    }
}

record! {
    /// A user, and the team that they are taken out of.
    UnassignSpec as "an unassignment" {
        /// Who is taken out.
        required user: String,
        /// The team.
        required team: String,
    }
}

record! {
    /// Products cleared: what served, less these, becomes a list of one's own. Where nothing served, nothing changes.
    ClearSpec as "a clearing" {
        /// Who may no longer open them.
        required user: String,
        /// Through which team.
        required team: String,
        /// The products cleared.
        required access: Vec<At<String>>,
    }
}

record! {
    /// A team's default access from an instant on.
    DefaultAccessSpec as "a default access" {
        /// The team.
        required team: String,
        /// The products for users without an `access` of their own. An empty list switches it off.
        required access: Vec<At<String>>,
    }
}

record! {
    /// Whether a team's default access serves its guests from an instant on.
    GuestDefaultsSpec as "the guest defaults" {
        /// The team.
        required team: String,
        /// Whether it serves them.
        required serve: bool,
    }
}

record! {
    /// Who leaves: a `user`, or a `group`.
    LeaveSpec as "who leaves" {
        /// A single user.
        optional user: String,
        /// A group.
        optional group: String,
        /// How many of the group: the last ones still there. All where it is left out.
        optional count: NonZeroU32,
    }
}

record! {
    /// Who comes: a `user`, or more users of a `group`.
    JoinSpec as "who joins" {
        /// Someone of `people`, who is outside until then, or has left: back into the teams written there.
        optional user: String,
        /// A group: its new users are numbered on, and are in its teams from then on.
        optional group: String,
        /// How many.
        optional count: NonZeroU32,
    }
}

/// An event with one verb.
#[derive(Clone, Debug)]
pub struct OneEvent(pub EventSpec);

/// What can happen, each with the key that must go with it.
const VERBS: [(&str, Option<&str>); 14] = [
    ("move", Some("to")),
    ("merge", Some("into")),
    ("rate", None),
    ("release", None),
    ("withdraw", None),
    ("invite", None),
    ("assign", None),
    ("import", None),
    ("unassign", None),
    ("clear", None),
    ("default_access", None),
    ("guest_defaults", None),
    ("leave", None),
    ("join", None),
];

impl Decode for OneEvent {
    const NAME: &'static str = EventSpec::NAME;
    const DEFINITION: Option<&'static str> = EventSpec::DEFINITION;

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        let spec = EventSpec::decode(node, errors)?;
        if errors.len() == before {
            errors.extend(spec.amiss(&node.place));
        }
        Some(OneEvent(spec))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = EventSpec::schema(generator);
        let required = |(verb, with): &(&'static str, Option<&'static str>)| json!({"required": std::iter::once(*verb).chain(*with).collect::<Vec<_>>()});
        schema.insert("oneOf".to_owned(), VERBS.iter().map(required).collect());
        schema
    }
}

impl EventSpec {
    /// What is wrong with the keys of an event, each of which by itself is right.
    fn amiss(&self, place: &Place) -> Option<Diagnostic> {
        let names = VERBS.map(|(verb, _)| format!("`{verb}`")).join(", ");
        let mut given = self.given();
        given.sort_by_key(|(_, place)| (place.line, place.column));
        match given.as_slice() {
            [] => {
                let error = Diagnostic::new("an event in which nothing happens").at(place);
                Some(error.expected("expected one verb beside `on`").help(format!("its verbs: {names}")))
            }
            [(verb, place)] => self.unpaired(verb, place),
            [(first, _), (verb, place), ..] => {
                let error = Diagnostic::new(format!("both `{first}` and `{verb}` in one event")).at(place);
                Some(
                    error
                        .expected("expected one of the two")
                        .help("write an event for each: they may be `on` the same day"),
                )
            }
        }
    }

    /// The error of a `move` without `to`, of a `to` without `move`, and so on.
    fn unpaired(&self, verb: &str, place: &Place) -> Option<Diagnostic> {
        for (owner, key, field) in [("move", "to", &self.to), ("merge", "into", &self.into)] {
            if owner == verb && field.is_absent() {
                let error = Diagnostic::new(format!("missing key `{key}`")).at(place);
                return Some(error.expected(format!("`{owner}` needs `{key}`: the name of a team")));
            }
            if let Some(at) = field.given().filter(|_| owner != verb) {
                let error = Diagnostic::new(format!("`{key}` without `{owner}`")).at(&at.place);
                return Some(error.expected(format!("it goes with `{owner}`, not with `{verb}`")));
            }
        }
        None
    }

    /// The verbs given, with their places.
    fn given(&self) -> Vec<(&'static str, &Place)> {
        fn place<T>(field: &Field<T>) -> Option<&Place> {
            field.given().map(|at| &at.place)
        }
        let places = [
            place(&self.r#move),
            place(&self.merge),
            place(&self.rate),
            place(&self.release),
            place(&self.withdraw),
            place(&self.invite),
            place(&self.assign),
            place(&self.import),
            place(&self.unassign),
            place(&self.clear),
            place(&self.default_access),
            place(&self.guest_defaults),
            place(&self.leave),
            place(&self.join),
        ];
        VERBS.iter().zip(places).filter_map(|((verb, _), place)| Some((*verb, place?))).collect()
    }
}
