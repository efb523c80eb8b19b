//! What-ifs: changes of a scenario, made on what is written before it is read, so that every check runs on the result.

use std::sync::Arc;

use schemars::generate::SchemaGenerator;
use schemars::{Schema, json_schema};
use serde_json::json;

use super::Change;
use super::decode::{At, Decode, Errors, mistyped, unrepeated};
use super::path::{Step, steps};
use super::tree::{Kind, Node, Scalar, Value, parse, parse_text};
use crate::diagnostic::{Diagnostic, Place, Source};

/// A change of a scenario: what stands at a path, as `what_if` writes it.
#[derive(Clone, Debug)]
pub struct Override {
    path: At<String>,
    value: Node,
    by: By,
}

/// Who makes a change: it can't be the same of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// A variant.
    WhatIf,
    /// `--set` of the command line.
    Option,
}

impl Override {
    /// A change that isn't written in the scenario; the value is as YAML has it.
    pub fn written(path: &str, value: &str) -> Result<Override, Diagnostic> {
        let source = Arc::new(Source::new("<what-if>", format!("{}: {value}", key(path))));
        let wrong = || Diagnostic::new(format!("`{value}` is not a single value")).help("a text may need quotes");
        let Value::Map(entries) = parse(&source)?.value else { return Err(wrong()) };
        let mut entries = entries.into_iter();
        match (entries.next(), entries.next()) {
            (Some((key, value)), None) => {
                let path = At { value: path.to_owned(), place: key.place };
                steps(&path.value).map_err(|error| error.at(&path.place))?;
                Ok(Override { path, value, by: By::WhatIf })
            }
            _ => Err(wrong()),
        }
    }

    /// A change as `--set` of the command line has it, `PATH=VALUE`: errors show it as it was typed.
    pub fn set(written: &str) -> Result<Override, Diagnostic> {
        let nothing = Diagnostic::new(format!("`--set {written}` sets nothing"));
        let Some((before, value)) = written.split_once('=').filter(|(path, _)| !path.trim().is_empty()) else {
            return Err(nothing.expected("a path and a value, such as people.architects.count=45"));
        };
        let source = Arc::new(Source::new("--set", written));
        let path = before.trim();
        let column = (before.chars().count() - before.trim_start().chars().count()) as u32 + 1;
        let place = Place { source: source.clone(), line: 1, column, length: path.chars().count() as u32 };
        steps(path).map_err(|error| error.at(&place))?;
        // Blank up to the value, so that its places are those of what was typed.
        let blank = " ".repeat(before.chars().count() + 1);
        let node = parse_text(&format!("{blank}{value}"), &source)?;
        let in_brackets = value.trim_start().starts_with(['{', '[']);
        if matches!(node.value, Value::Map(_) | Value::List(_)) && !in_brackets {
            let wrong = Diagnostic::new(format!("`{}` is not a single value", value.trim())).at(&node.place);
            return Err(wrong.help("a text may need quotes; a map or a list needs brackets"));
        }
        Ok(Override { path: At { value: path.to_owned(), place }, value: node, by: By::Option })
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.path.value
    }

    /// What is changed, as text.
    pub fn change(&self) -> Change {
        Change { path: self.path().to_owned(), value: self.value() }
    }

    /// Whether a place is in what it was written as.
    pub fn holds(&self, place: &Place) -> bool {
        Arc::ptr_eq(&self.path.place.source, &place.source)
    }

    /// The value in one line.
    pub fn value(&self) -> String {
        shown(&self.value)
    }
}

/// A path as a key: in quotes where YAML would take it for something else.
fn key(path: &str) -> String {
    let plain = path.starts_with(char::is_alphabetic) && !path.contains([':', '#', '\n']);
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "''")) }
}

/// A value in one line.
pub(super) fn shown(node: &Node) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match &node.value {
        Value::Empty => "~".to_owned(),
        Value::Scalar(scalar) => scalar.text.clone(),
        Value::List(items) => format!("[{}]", joined(items.iter().map(shown).collect())),
        Value::Map(entries) => {
            let entry = |(key, value): &(Node, Node)| format!("{}: {}", shown(key), shown(value));
            format!("{{{}}}", joined(entries.iter().map(entry).collect()))
        }
    }
}

/// The changes that make one variant, in the order of writing.
#[derive(Clone, Debug)]
pub struct Overrides(pub Vec<Override>);

impl Decode for Overrides {
    const NAME: &'static str = "a map of changes";

    fn decode(node: &Node, errors: &mut Errors) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let example = "expected paths with values, such as `{people.architects.count: 45}`";
            errors.push(mistyped(node, Self::NAME).expected(example));
            return None;
        };
        let changes = unrepeated(entries, errors).into_iter();
        Some(Overrides(changes.map(|(path, value)| Override { path, value: value.clone(), by: By::WhatIf }).collect()))
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let values = json!({"type": ["boolean", "number", "string", "array", "object", "null"]});
        json_schema!({"type": "object", "additionalProperties": values})
    }
}

/// Makes the changes, one after the other. Gives the products that are changed though only a rate sheet can have them.
pub(super) fn apply(root: &mut Node, changes: &[Override], errors: &mut Errors) -> Vec<At<String>> {
    let mut of_sheets = Vec::new();
    for change in changes {
        match Way::of(change).and_then(|way| way.set(root, &change.value)) {
            Ok(product) => of_sheets.extend(product),
            Err(error) => errors.push(error),
        }
    }
    of_sheets
}

/// What stands at a path.
pub(super) fn find<'a>(root: &'a Node, path: &str) -> Option<&'a Node> {
    steps(path).ok()?.iter().try_fold(root, |node, step| match &node.value {
        Value::Map(entries) => entries.iter().find(|(key, _)| is_called(key, &step.name)).map(|(_, value)| value),
        Value::List(items) => place_in_list(items, &step.name).map(|place| &items[place]),
        Value::Empty | Value::Scalar(_) => None,
    })
}

/// Sections whose keys are names that others go by: such a name must be there, or come as a whole.
const NAMED: [&str; 3] = ["products", "teams", "calendars"];
/// Keys under which items stand that have names, with the key of the name.
const LISTED: [(&str, &str); 4] = [("people", "group"), ("packs", "id"), ("purchases", "id"), ("events", "")];
/// The keys that name an item of a list.
const NAMES: [&str; 3] = ["group", "user", "id"];
/// What a variant has in common with its scenario.
const SHARED: [&str; 2] = ["forecast", "what_if"];

/// The way to what a change sets.
struct Way<'a> {
    change: &'a Override,
    steps: Vec<Step>,
}

impl Way<'_> {
    fn of(change: &Override) -> Result<Way<'_>, Diagnostic> {
        let steps = steps(&change.path.value).map_err(|error| error.at(&change.path.place))?;
        let way = Way { change, steps };
        if SHARED.contains(&way.steps[0].name.as_str()) {
            return Err(way.shared());
        }
        Ok(way)
    }

    /// What variants have in common isn't changed by any, and the command line has options for it.
    fn shared(&self) -> Diagnostic {
        let names: Vec<&str> = self.steps.iter().map(|step| step.name.as_str()).collect();
        if self.change.by == By::WhatIf {
            let error = Diagnostic::new(format!("a what-if can't change `{}`", names[0])).at(&self.place(0));
            return error.expected("variants are run as the scenario is, with the same seed and replications");
        }
        let instead = match names[..] {
            ["what_if", ..] => "variants stand in the scenario's file".to_owned(),
            [_, option @ ("replications" | "seed")] => format!("use the option --{option}"),
            [_, "precision"] => "use the option --precision of `forecast`".to_owned(),
            [_, "service_level"] => {
                "use --set plan.service_level=.., or --service-level of `plan` and `alerts`".to_owned()
            }
            _ => "use the options --replications, --precision and --seed".to_owned(),
        };
        let place = Place { length: self.change.path.place.length, ..self.place(0) };
        Diagnostic::new(format!("`--set` can't change `{}`", names.join("."))).at(&place).expected(instead)
    }

    /// Sets the value; gives the product that isn't there, where the way leads through one.
    fn set(&self, root: &mut Node, value: &Node) -> Result<Option<At<String>>, Diagnostic> {
        let mut node = root;
        let mut of_sheet = None;
        for place in 0..self.steps.len() {
            if matches!(node.value, Value::Empty) {
                node.value = Value::Map(Vec::new());
            }
            node = match &mut node.value {
                Value::Map(entries) => {
                    let known = entries.iter().position(|(key, _)| is_called(key, &self.steps[place].name));
                    if known.is_none() && self.is_name(place) && !self.brings_all(place) {
                        of_sheet = Some(self.product_of_sheet(place, entries)?);
                    }
                    let known = known.unwrap_or_else(|| {
                        entries.push(self.new_entry(place));
                        entries.len() - 1
                    });
                    &mut entries[known].1
                }
                Value::List(items) => {
                    let known = match place_in_list(items, &self.steps[place].name) {
                        Some(known) => known,
                        None => self.add_item(place, items)?,
                    };
                    &mut items[known]
                }
                Value::Empty | Value::Scalar(_) => return Err(self.ends_before(place)),
            };
        }
        let name = self.name_to_keep(node);
        *node = value.clone();
        if let (Value::Map(entries), Some(name)) = (&mut node.value, name)
            && !entries.iter().any(|(key, _)| NAMES.iter().any(|naming| is_called(key, naming)))
        {
            entries.push(name);
        }
        Ok(of_sheet)
    }

    /// The entry that names an item of a list: an item that is changed as a whole keeps its name.
    fn name_to_keep(&self, node: &Node) -> Option<(Node, Node)> {
        let listed = self.steps.len().checked_sub(2).is_some_and(|place| self.is_list(place));
        let Value::Map(entries) = &node.value else { return None };
        let name = entries.iter().find(|(key, _)| NAMES.iter().any(|naming| is_called(key, naming)));
        name.filter(|_| listed).cloned()
    }

    fn is_last(&self, place: usize) -> bool {
        place + 1 == self.steps.len()
    }

    /// Whether a step is a name of one of the sections that are kept by name.
    fn is_name(&self, place: usize) -> bool {
        place == 1 && NAMED.contains(&self.steps[0].name.as_str())
    }

    fn is_list(&self, place: usize) -> bool {
        LISTED.iter().any(|(list, _)| *list == self.steps[place].name)
    }

    /// Whether the value is all that a new name needs.
    fn brings_all(&self, place: usize) -> bool {
        self.is_last(place) && matches!(self.change.value.value, Value::Map(_))
    }

    /// The place of a step.
    fn place(&self, place: usize) -> Place {
        self.steps[place].place(&self.change.path.value, &self.change.path.place)
    }

    /// A text that stands where a step does.
    fn text(&self, place: usize, text: &str) -> Node {
        let scalar = Scalar { text: text.to_owned(), kind: Kind::Text };
        Node { place: self.place(place), value: Value::Scalar(scalar) }
    }

    /// A key that isn't there yet: what it is for, the reader says.
    fn new_entry(&self, place: usize) -> (Node, Node) {
        let value = if self.is_list(place) { Value::List(Vec::new()) } else { Value::Map(Vec::new()) };
        (self.text(place, &self.steps[place].name), Node { place: self.place(place), value })
    }

    /// Adds an item to a list: by the number after the last one, or by its name and all that it needs.
    fn add_item(&self, place: usize, items: &mut Vec<Node>) -> Result<usize, Diagnostic> {
        let step = &self.steps[place].name;
        let naming = LISTED.iter().find(|(list, _)| *list == self.steps[place - 1].name).map(|(_, naming)| *naming);
        let value = match naming.filter(|naming| !naming.is_empty() && self.brings_all(place)) {
            _ if self.is_last(place) && *step == (items.len() + 1).to_string() => Value::Empty,
            Some(naming) if step.parse::<usize>().is_err() => {
                Value::Map(vec![(self.text(place, naming), self.text(place, step))])
            }
            _ => {
                let names: Vec<&str> = items.iter().filter_map(name_of).collect();
                return Err(self.unknown(place, &names, items.len()));
            }
        };
        items.push(Node { place: self.place(place), value });
        Ok(items.len() - 1)
    }

    /// A product may stand in a rate sheet; nothing else can be elsewhere.
    fn product_of_sheet(&self, place: usize, entries: &[(Node, Node)]) -> Result<At<String>, Diagnostic> {
        if self.steps[0].name == "products" && !self.is_last(place) {
            return Ok(At { value: self.steps[place].name.clone(), place: self.place(place) });
        }
        let names: Vec<&str> = entries.iter().filter_map(|(key, _)| text(key)).collect();
        Err(self.unknown(place, &names, 0))
    }

    fn unknown(&self, place: usize, names: &[&str], items: usize) -> Diagnostic {
        let (within, name) = (self.up_to(place), &self.steps[place].name);
        let error = Diagnostic::new(format!("`{within}` has no `{name}`")).at(&self.place(place));
        let known = match names {
            [] if items == 0 => "nothing stands there".to_owned(),
            [] => format!("its items go by their numbers, from 1 to {items}"),
            names if names.len() > 8 => format!("expected one of its {} names", names.len()),
            names => format!("expected one of {}", names.join(", ")),
        };
        let dotted = names.iter().find(|known| known.starts_with(&format!("{name}.")));
        match dotted {
            Some(dotted) => error.expected(known).help(format!("write the name in quotes: `{within}.\"{dotted}\"`")),
            None => error.expected(known).nearest(name, names.iter().copied()),
        }
    }

    fn ends_before(&self, place: usize) -> Diagnostic {
        let error = Diagnostic::new(format!("nothing can stand under `{}`", self.up_to(place)));
        error.at(&self.place(place)).expected("a single value stands there")
    }

    /// The path up to a step, that one excluded.
    fn up_to(&self, place: usize) -> String {
        let names: Vec<&str> = self.steps[..place].iter().map(|step| step.name.as_str()).collect();
        names.join(".")
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

fn is_called(key: &Node, name: &str) -> bool {
    text(key) == Some(name)
}

/// The name of an item.
fn name_of(item: &Node) -> Option<&str> {
    let Value::Map(entries) = &item.value else { return None };
    NAMES
        .iter()
        .find_map(|naming| entries.iter().find(|(key, _)| is_called(key, naming)).and_then(|(_, name)| text(name)))
}

/// The place of an item, by its name or else by its number, from 1 on.
fn place_in_list(items: &[Node], step: &str) -> Option<usize> {
    let numbered = || step.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < items.len());
    items.iter().position(|item| name_of(item) == Some(step)).or_else(numbered)
}
