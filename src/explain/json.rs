//! How the core's numbers and words stand in JSON: the core itself knows nothing of it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::rfc3339;
use crate::meter::{Denial, EndedBy, Grant};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;

/// RFC 3339, in UTC.
impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rfc3339(*self))
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

/// To the nearest millionth.
impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Ok(Tokens::from_millionths((number * 1e6).round() as i64))
    }
}

/// The word of rules.md.
impl Serialize for Grant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Its word.
impl Serialize for EndedBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// The word of rules.md.
impl Serialize for Denial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
