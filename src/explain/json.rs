//! How the core's numbers and words stand in JSON: the core itself knows nothing of it.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{parse_instant, rfc3339};
use crate::meter::{Denial, EndedBy, Grant};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// RFC 3339, in UTC.
impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rfc3339(*self))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_instant(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no instant")))
    }
}

/// In seconds.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.seconds())
    }
}

/// A number: exact up to a thousand million tokens, and the nearest beyond.
impl Serialize for Tokens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.millionths() as f64 / 1e6)
    }
}

/// The nearest millionth.
impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(|tokens| Tokens::from_millionths((tokens * 1e6).round() as i64))
    }
}

/// A reason stands as its word of rules.md.
macro_rules! by_word {
    ($($reason:ident)*) => {$(
        impl Serialize for $reason {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> Deserialize<'de> for $reason {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                let known = $reason::ALL.iter().copied().find(|reason| reason.word() == word);
                known.ok_or_else(|| D::Error::custom(format!("`{word}` is no reason")))
            }
        }
    )*};
}

by_word! { Grant EndedBy Denial }
