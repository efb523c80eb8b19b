//! A little reading of HTML: enough for pages whose tags are written out.

use std::collections::BTreeMap;

/// An element's start: its name, its attributes, and the text up to the next tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
}

impl Tag {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// The starts of all elements, without what is in style and script.
pub fn tags(html: &str) -> Vec<Tag> {
    let html = without(&without(html, "style"), "script");
    html.split('<').skip(1).filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())).map(tag).collect()
}

fn without(html: &str, element: &str) -> String {
    let mut left = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&format!("<{element}>")) {
        left += &rest[..at];
        rest = rest[at..].split_once(&format!("</{element}>")).unwrap().1;
    }
    left + rest
}

fn tag(part: &str) -> Tag {
    let end = end_of_tag(part);
    let (inside, text) = (part[..end].trim_end_matches('/'), &part[end + 1..]);
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap();
        attributes.insert(attribute.trim().to_owned(), unescaped(value));
        rest = after;
    }
    Tag { name: name.to_lowercase(), attributes, text: unescaped(text) }
}

/// Where the tag ends: a `>` within an attribute doesn't end it.
fn end_of_tag(part: &str) -> usize {
    let mut within = false;
    for (place, letter) in part.char_indices() {
        match letter {
            '"' => within = !within,
            '>' if !within => return place,
            _ => {}
        }
    }
    panic!("a tag without end: {part}")
}

fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}
