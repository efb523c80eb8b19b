//! Which features a package holds, as the server lists them when it starts.

use std::collections::{BTreeMap, BTreeSet};

use super::feature::Code;

/// `64300ACD_F (consisting of: 86295ACD_2015_0F 86063ACD_2014_0F …)`, over several lines.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    lists: BTreeMap<String, BTreeSet<String>>,
    /// The package whose list goes on in the next line of its daemon.
    open: Option<(String, String)>,
}

impl Packages {
    /// Takes in what a line of a daemon lists.
    pub fn read(&mut self, daemon: &str, message: &str) {
        if let Some((package, rest)) = message.split_once("(consisting of:") {
            let package = package.trim().to_owned();
            self.lists.entry(package.clone()).or_default();
            self.open = Some((daemon.to_owned(), package));
            self.list(rest);
        } else if self.open.as_ref().is_some_and(|(of, _)| of == daemon) {
            self.list(message);
        }
    }

    fn list(&mut self, text: &str) {
        let Some((_, package)) = &self.open else { return };
        let (features, ended) = text.split_once(')').map_or((text, false), |(features, _)| (features, true));
        let list = self.lists.entry(package.clone()).or_default();
        // A torn list ends where a line isn't one of features.
        let mut features = features.split_whitespace().peekable();
        let goes_on = !ended && features.peek().is_some_and(|feature| Code::of(feature) != Code::Plain);
        list.extend(features.filter(|feature| Code::of(feature) != Code::Plain).map(str::to_owned));
        if !goes_on && (ended || !text.trim().is_empty()) {
            self.open = None;
        }
    }

    /// Whether the server lists the version in the package or, where it lists nothing of that package, both have the same letters.
    pub fn holds(&self, package: &str, version: &str) -> bool {
        let Code::Version { letters, .. } = Code::of(version) else { return false };
        match self.lists.get(package) {
            Some(list) => list.contains(version),
            None => Code::of(package).letters() == Some(letters),
        }
    }

    /// The same, but that a package of which nothing is listed may hold any version: it may be a collection of products.
    pub fn may_hold(&self, package: &str, version: &str) -> bool {
        !self.lists.contains_key(package) || self.holds(package, version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_over_lines() {
        let mut packages = Packages::default();
        for message in [
            "Server started on SERVER01 for:",
            "64300ACD_F (consisting of:\t\t86295ACD_2015_0F",
            "86063ACD_2014_0F 85871ACD_2013_0F 85730ACD_2012_0F)",
            "65400MAP_F (consisting of:\t\t86355MAP_2015_0F",
            "EXTERNAL FILTERS are OFF",
            "86174MAP_2014_0F)",
        ] {
            packages.read("adskflex", message);
            packages.read("other", "86999ACD_2016_0F)");
        }
        for (package, version, held) in [
            ("64300ACD_F", "86295ACD_2015_0F", true),
            ("64300ACD_F", "85730ACD_2012_0F", true),
            ("64300ACD_F", "86999ACD_2016_0F", false),
            ("65400MAP_F", "86355MAP_2015_0F", true),
            ("65400MAP_F", "86174MAP_2014_0F", false),
            ("86815AECCOL_T_F", "86174MAP_2014_0F", false),
            ("64300ACD_T_F", "86295ACD_2015_0F", true),
        ] {
            assert_eq!(packages.holds(package, version), held, "{package} {version}");
            assert_eq!(
                packages.may_hold(package, version),
                held || package == "86815AECCOL_T_F",
                "{package} {version}"
            );
        }
    }
}
