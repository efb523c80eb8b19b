//! What people are called on results: by their names, or by hashes of them under a key (rules.md U8).
//!
//! A hash is the first 64 bits of an HMAC-SHA-256, so nobody without the key can try names, and a user has the same one in every
//! command with the same key. What is such a hash already stays as it is: what was written with hashes can be read again.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const USER: &str = "user-";
const DEVICE: &str = "device-";
/// Hexadecimal digits of a hash: among a million names two meet with a chance of 1 to 37 million.
const DIGITS: usize = 16;

/// Names as they are, or what stands in their place.
#[derive(Clone, Default)]
pub struct Pseudonyms(Option<Arc<Keyed>>);

#[derive(Clone)]
struct Keyed {
    hash: Hmac<Sha256>,
    /// The names that are looked for in texts.
    known: BTreeSet<String>,
    /// The length of the longest of these, in bytes.
    longest: usize,
}

impl Pseudonyms {
    /// Hashes under a key.
    pub fn under(key: &[u8]) -> Self {
        let hash = Hmac::new_from_slice(key).expect("a key of any length serves");
        Pseudonyms(Some(Arc::new(Keyed { hash, known: BTreeSet::new(), longest: 0 })))
    }

    /// Whether names are hashed.
    pub fn hide(&self) -> bool {
        self.0.is_some()
    }

    /// The same, and these names are looked for in texts.
    pub fn knowing(mut self, names: impl IntoIterator<Item = String>) -> Self {
        if let Some(keyed) = &mut self.0 {
            let keyed = Arc::make_mut(keyed);
            keyed.known.extend(names.into_iter().filter(|name| !name.is_empty()));
            keyed.longest = keyed.known.iter().map(String::len).max().unwrap_or_default();
        }
        self
    }

    /// What a user is called, or a sign-in.
    pub fn user<'n>(&self, name: &'n str) -> Cow<'n, str> {
        self.of(name, USER)
    }

    /// What a device is called; the unnamed one has no name.
    pub fn device<'n>(&self, name: &'n str) -> Cow<'n, str> {
        self.of(name, DEVICE)
    }

    /// A text with every known name in it that stands by itself hashed.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(keyed) = &self.0 else { return text.into() };
        let (mut hidden, mut done) = (String::new(), 0);
        while let Some((from, until)) = keyed.first_known(text, done) {
            hidden += &text[done..from];
            hidden += &keyed.hash(&text[from..until], USER);
            done = until;
        }
        if done == 0 { text.into() } else { (hidden + &text[done..]).into() }
    }

    fn of<'n>(&self, name: &'n str, kind: &str) -> Cow<'n, str> {
        match &self.0 {
            Some(keyed) if !name.is_empty() && !is_hash(name, kind) => keyed.hash(name, kind).into(),
            _ => name.into(),
        }
    }
}

/// The key is told to nobody.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.hide() { "hashed" } else { "shown" })
    }
}

impl Keyed {
    fn hash(&self, name: &str, kind: &str) -> String {
        let hash = self.hash.clone().chain_update(kind).chain_update(name).finalize().into_bytes();
        let digits = hash.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}"));
        std::iter::once(kind.to_owned()).chain(digits).collect()
    }

    /// The first known name from a place on, and the longest of those that begin there.
    fn first_known(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let in_a_word = |letter: char| letter.is_alphanumeric();
        let begins = |place: &usize| !text[..*place].ends_with(in_a_word);
        let places = text[from..].char_indices().map(|(place, _)| from + place).filter(begins);
        let name_at = |begin: usize| {
            let ends = text[begin..].char_indices().map(|(place, letter)| begin + place + letter.len_utf8());
            let near = ends.take_while(|end| end - begin <= self.longest);
            let whole = near.filter(|end| !text[*end..].starts_with(in_a_word));
            whole.filter(|end| self.known.contains(&text[begin..*end])).last().map(|end| (begin, end))
        };
        places.into_iter().find_map(name_at)
    }
}

fn is_hash(name: &str, kind: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    name.strip_prefix(kind).is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(is_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed() -> Pseudonyms {
        Pseudonyms::under(b"a key of the tests")
            .knowing(["ann", "ann@a.example", "Ann Lee", "zo\u{e9}"].map(String::from))
    }

    #[test]
    fn names_are_the_same_under_one_key_and_others_under_another() {
        let (one, other) = (hashed(), Pseudonyms::under(b"another key"));
        assert_eq!(one.user("ann"), hashed().user("ann"));
        assert_ne!(one.user("ann"), other.user("ann"));
        assert_ne!(one.user("ann"), one.user("bob"));
        assert_eq!(Pseudonyms::default().user("ann"), "ann");
        assert_eq!((one.user(""), one.device("")), ("".into(), "".into()));
    }

    /// By `printf 'user-ann' | openssl dgst -sha256 -hmac 'a key of the tests'`.
    #[test]
    fn the_hash_is_pinned() {
        assert_eq!(hashed().user("ann"), "user-73cb92fee49214ca");
    }

    #[test]
    fn a_hash_is_hashed_no_further() {
        let (names, hash) = (hashed(), hashed().user("ann").into_owned());
        assert_eq!(names.user(&hash), hash);
        assert_ne!(names.device(&hash), hash);
        for name in ["user-1", "user-0123456789abcdeg", "user-0123456789ABCDEF", "user-0123456789abcdef0"] {
            assert_ne!(names.user(name), name);
        }
    }

    #[test]
    fn known_names_are_found_in_texts_where_they_stand_by_themselves() {
        let names = hashed();
        let [ann, mail, lee, zoe] =
            ["ann", "ann@a.example", "Ann Lee", "zo\u{e9}"].map(|name| names.user(name).into_owned());
        for (text, hidden) in [
            ("", String::new()),
            ("planning", "planning".into()),
            ("Ann", "Ann".into()),
            ("ann", ann.clone()),
            ("ann, annie and joann; ann", format!("{ann}, annie and joann; {ann}")),
            ("people.\"ann@a.example\".with.x: 3", format!("people.\"{mail}\".with.x: 3")),
            ("mail ann@a.example.", format!("mail {mail}.")),
            ("Ann Lee leaves, zo\u{e9} stays", format!("{lee} leaves, {zoe} stays")),
            ("zo\u{e9}\u{e9}", "zo\u{e9}\u{e9}".into()),
        ] {
            assert_eq!(names.text(text), hidden);
            assert_eq!(Pseudonyms::default().text(text), text);
        }
    }
}
