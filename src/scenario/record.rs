//! Records: a struct as written, its decoder and its schema from one definition.

use super::decode::{At, Decode, Errors, mistyped, unrepeated};
use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Place, nearest};

/// What stands at a key of a record.
#[derive(Clone, Debug)]
pub enum Field<T> {
    /// The key isn't there.
    Absent,
    /// Something is there that can't be read; the error is recorded.
    Bad,
    /// The value with its place.
    Given(At<T>),
}

impl<T> Field<T> {
    /// The value with its place.
    pub fn given(&self) -> Option<&At<T>> {
        match self {
            Field::Given(at) => Some(at),
            _ => None,
        }
    }

    /// The value.
    pub fn get(&self) -> Option<&T> {
        self.given().map(|at| &at.value)
    }

    /// Whether the key isn't there at all.
    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    /// This, or another in its absence.
    pub fn or(self, other: Self) -> Self {
        if self.is_absent() { other } else { self }
    }
}

/// Keys that a user may well think of, but that can't be had: they get more than "unknown key".
pub struct Refusal {
    /// The keys.
    pub keys: &'static [&'static str],
    /// What follows the key in the message.
    pub message: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

/// The keys of a record while it is read.
pub struct Keys<'a> {
    record: &'static str,
    place: &'a Place,
    entries: Vec<(At<String>, &'a Node)>,
    misspelt: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// Opens a record that knows these keys and refuses those.
    pub fn open(
        node: &'a Node,
        record: &'static str,
        known: &'static [&'static str],
        refusals: &[&Refusal],
        errors: &mut Errors,
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            errors.push(mistyped(node, record).expected(format!("expected {record}, with keys: {}", known.join(", "))));
            return None;
        };
        let entries = unrepeated(entries, errors);
        let mut keys = Keys { record, place: &node.place, entries, misspelt: Vec::new() };
        keys.refuse_unknown(known, refusals, errors);
        Some(keys)
    }

    fn refuse_unknown(&mut self, known: &'static [&'static str], refusals: &[&Refusal], errors: &mut Errors) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            let name = key.value.as_str();
            if let Some(refusal) = refusals.iter().find(|refusal| refusal.keys.contains(&name)) {
                let error = Diagnostic::new(format!("`{name}` {}", refusal.message));
                errors.push(error.at(&key.place).help(refusal.help));
                continue;
            }
            let joined = name.split_once(':').filter(|(key, _)| known.contains(key));
            let meant = joined.map(|(key, _)| key).or_else(|| nearest(name, known.iter().copied()));
            let error = Diagnostic::new(format!("unknown key `{name}`")).at(&key.place);
            let error = error.expected(format!("{} has no such key", self.record));
            errors.push(match (joined, meant) {
                (Some((key, value)), _) => error.help(format!("write a space after the colon: `{key}: {value}`")),
                (None, Some(meant)) => error.help(format!("did you mean `{meant}`?")),
                (None, None) => error.help(format!("its keys: {}", known.join(", "))),
            });
            self.misspelt.extend(known.iter().filter(|key| Some(**key) == meant));
        }
    }

    /// Reads a key that may be left out.
    pub fn optional<T: Decode>(&self, name: &str, errors: &mut Errors) -> Field<T> {
        let Some((_, node)) = self.entries.iter().find(|(key, _)| key.value == name) else {
            let misspelt = self.misspelt.contains(&name);
            return if misspelt { Field::Bad } else { Field::Absent };
        };
        match T::decode(node, errors) {
            Some(value) => Field::Given(At { value, place: node.place.clone() }),
            None => Field::Bad,
        }
    }

    /// Reads a key that must be there.
    pub fn required<T: Decode>(&self, name: &str, errors: &mut Errors) -> Field<T> {
        let field = self.optional(name, errors);
        if !field.is_absent() {
            return field;
        }
        let expected = format!("{} needs `{name}`: {}", self.record, T::NAME);
        errors.push(Diagnostic::new(format!("missing key `{name}`")).at(self.place).expected(expected));
        Field::Bad
    }
}

/// The name of a key: a word that Rust has taken is written `r#move` in a definition.
pub const fn key_name(written: &'static str) -> &'static str {
    match written.as_bytes() {
        [b'r', b'#', ..] => written.split_at(2).1,
        _ => written,
    }
}

/// Defines a record: keys are `required` or `optional`; those `noted` are checked, and not used any further.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $record:ident as $name:literal {
            $($(#[doc = $key_doc:literal])* $kind:ident $key:ident: $type:ty,)*
        }
        $(noted { $($(#[doc = $noted_doc:literal])* $noted_kind:ident $noted:ident: $noted_type:ty,)* })?
        $(refuses $($refusal:ident),+)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $record {
            $($(#[doc = $key_doc])* pub $key: Field<$type>,)*
        }

        impl Decode for $record {
            const NAME: &'static str = $name;
            const DEFINITION: Option<&'static str> = Some(stringify!($record));

            fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
                const KEYS: &[&str] = &[$($crate::scenario::record::key_name(stringify!($key)),)* $($(stringify!($noted),)*)?];
                let keys = Keys::open(node, $name, KEYS, &[$($(&$refusal),+)?], errors)?;
                $($(keys.$noted_kind::<$noted_type>(stringify!($noted), errors);)*)?
                Some($record { $($key: keys.$kind($crate::scenario::record::key_name(stringify!($key)), errors),)* })
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                let mut record = RecordSchema::new(generator);
                $(record.$kind::<$type>($crate::scenario::record::key_name(stringify!($key)), &[$($key_doc),*]);)*
                $($(record.$noted_kind::<$noted_type>(stringify!($noted), &[$($noted_doc),*]);)*)?
                record.finish(&[$($doc),*])
            }
        }
    };
}

pub(super) use record;
