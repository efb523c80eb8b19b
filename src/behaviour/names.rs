//! Names of devices and versions.

use rhai::ImmutableString;

use super::limits;
use crate::diagnostic::Diagnostic;

/// Names in the order in which they were met, after the unnamed one.
#[derive(Default)]
pub(super) struct Names(Vec<ImmutableString>);

impl Names {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn index(&mut self, name: &Option<ImmutableString>) -> Result<usize, Diagnostic> {
        let Some(name) = name.as_ref().filter(|name| !name.is_empty()) else { return Ok(0) };
        if let Some(index) = self.0.iter().position(|known| known.ptr_eq(name) || known == name) {
            return Ok(index + 1);
        }
        if self.0.len() == limits::NAMES {
            let problem = format!("more than {} different devices or versions", limits::NAMES);
            return Err(Diagnostic::new(problem).help("name a device after what it is, not after the day"));
        }
        self.0.push(name.clone());
        Ok(self.0.len())
    }

    pub fn name(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| &self.0[index])
    }
}
