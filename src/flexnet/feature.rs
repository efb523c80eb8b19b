//! Which product a feature stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Letters of the vendor's feature codes, and the product. ACD is the example on the vendor's own page "Feature codes"; the others
/// stand in a public script that turns such logs into a table, and of 3DSMAX also in a public list of codes.
const KNOWN: [(&str, &str); 5] = [
    ("ACD", "AutoCAD"),
    ("3DSMAX", "3ds Max"),
    ("ARDES", "AutoCAD Raster Design"),
    ("CIV3D", "Civil 3D"),
    ("MAP", "AutoCAD Map 3D"),
];

/// How a feature's code is built, by the vendor's page "Feature codes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code<'a> {
    /// `64300ACD_F`, `64300ACD_T_F`: any version of a product, or a collection of products.
    Package {
        /// `ACD`.
        letters: &'a str,
    },
    /// `87393ACD_2021_0F`: one version of a product.
    Version {
        /// `ACD`.
        letters: &'a str,
        /// `2021`.
        version: &'a str,
    },
    /// Any other name.
    Plain,
}

impl<'a> Code<'a> {
    /// Takes a feature's name apart.
    pub fn of(feature: &'a str) -> Code<'a> {
        let Some((number, rest)) = feature.split_at_checked(5) else { return Code::Plain };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let Some((letters, kind)) = rest.split_once('_') else { return Code::Plain };
        let named = letters.bytes().any(|byte| byte.is_ascii_alphabetic());
        match kind.split_once('_') {
            _ if !digits(number) || !named => Code::Plain,
            None if kind == "F" => Code::Package { letters },
            Some(("T", "F")) => Code::Package { letters },
            Some((version, end)) if digits(version) && end.strip_suffix('F').is_some_and(digits) => {
                Code::Version { letters, version }
            }
            _ => Code::Plain,
        }
    }

    /// `ACD`, where the name is a code.
    pub fn letters(self) -> Option<&'a str> {
        match self {
            Code::Package { letters } | Code::Version { letters, .. } => Some(letters),
            Code::Plain => None,
        }
    }
}

/// A product and its version; the version is empty where nothing tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As the scenario names it.
    pub product: String,
    /// The year of the release, or what the user's table says.
    pub version: String,
    /// Whether a table names the product; otherwise the letters of the code, or the feature itself, stand for it.
    pub known: bool,
}

/// The products by the features or the letters in their codes.
#[derive(Clone, Debug)]
pub struct Products {
    given: BTreeMap<String, (String, String)>,
}

impl Products {
    /// The products of the few codes that have a public source.
    pub fn known() -> Self {
        let known = KNOWN.map(|(letters, product)| (letters.to_owned(), (product.to_owned(), String::new())));
        Products { given: known.into() }
    }

    /// Adds a user's table, `feature,product` and where wanted `version`: a feature is its whole name, or the letters in its code.
    pub fn read(mut self, path: &Path) -> Result<Self, Box<Diagnostic>> {
        let refused = |why: String| {
            let error = Diagnostic::new(format!("can't read the table of products {}: {why}", path.display()));
            Box::new(error.expected(
                "expected CSV such as\n    feature,product,version\n    REVIT,Revit,\n    86604ACD_2017_0F,AutoCAD,2017",
            ))
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_path(path)
            .map_err(|error| refused(error.to_string()))?;
        let header = reader.headers().map_err(|error| refused(error.to_string()))?.clone();
        let column = |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
        let (feature, product) = match (column("feature"), column("product")) {
            (Some(feature), Some(product)) => (feature, product),
            _ => return Err(refused("it has no columns `feature` and `product`".into())),
        };
        let mut named = BTreeSet::new();
        for record in reader.records() {
            let record = record.map_err(|error| refused(error.to_string()))?;
            let get = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned();
            let (feature, product) = (get(Some(feature)), get(Some(product)));
            let line = record.position().map_or(0, csv::Position::line);
            if feature.is_empty() || product.is_empty() {
                return Err(refused(format!("line {line} names no feature or no product")));
            }
            if !named.insert(feature.clone()) {
                return Err(refused(format!("line {line} names the feature {feature} once more")));
            }
            self.given.insert(feature, (product, get(column("version"))));
        }
        Ok(self)
    }

    /// What a feature stands for.
    pub fn name(&self, feature: &str) -> Named {
        let code = Code::of(feature);
        let given = self.given.get(feature).or_else(|| self.given.get(code.letters()?));
        let of_code = if let Code::Version { version, .. } = code { version } else { "" };
        let (product, version) = match given {
            Some((product, version)) => (product.as_str(), version.as_str()),
            None => (code.letters().unwrap_or(feature), ""),
        };
        let version = if version.is_empty() { of_code } else { version };
        Named { product: product.into(), version: version.into(), known: given.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_package_and_version() {
        let version = |letters, version| Code::Version { letters, version };
        for (feature, code) in [
            ("64300ACD_F", Code::Package { letters: "ACD" }),
            ("64300ACD_T_F", Code::Package { letters: "ACD" }),
            ("86815AECCOL_T_F", Code::Package { letters: "AECCOL" }),
            ("87393ACD_2021_0F", version("ACD", "2021")),
            ("866333DSMAX_2017_0F", version("3DSMAX", "2017")),
            ("hfss_solve", Code::Plain),
            ("MATLAB", Code::Plain),
            ("64300_F", Code::Plain),
            ("64300ACD", Code::Plain),
            ("64300ACD_2021_0G", Code::Plain),
            ("6430éACD_F", Code::Plain),
            ("", Code::Plain),
        ] {
            assert_eq!(Code::of(feature), code, "{feature}");
        }
    }
}
