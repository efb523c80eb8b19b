//! Products: the rate sheet's with the scenario's over them, and what add-ins need of their hosts.

use super::decode::{At, Entries, Errors};
use super::known::Known;
use super::model::{Per, Product};
use super::spec::ProductSpec;
use crate::calendar::Zone;
use crate::diagnostic::Diagnostic;
use crate::ids::ProductId;

/// The products as written: those of the sheet, overridden key by key, then those that the scenario adds.
pub fn overlay(sheet: Entries<ProductSpec>, own: Entries<ProductSpec>) -> Entries<ProductSpec> {
    let mut products = sheet;
    for (name, spec) in own.0 {
        match products.0.iter_mut().find(|(known, _)| known.value == name.value) {
            Some((_, base)) => base.value = over(spec.value, base.value.clone()),
            None => products.0.push((name, spec)),
        }
    }
    products
}

/// What a product's own keys say, and where they don't, those of another.
pub fn over(own: ProductSpec, base: ProductSpec) -> ProductSpec {
    ProductSpec {
        rate: own.rate.or(base.rate),
        per: own.per.or(base.per),
        add_in_of: own.add_in_of.or(base.add_in_of),
        loads_with_host: own.loads_with_host.or(base.loads_with_host),
        released: own.released.or(base.released),
        withdrawn: own.withdrawn.or(base.withdrawn),
        platforms: own.platforms.or(base.platforms),
    }
}

/// The products as meant.
pub fn products(specs: &Entries<ProductSpec>, names: &Known, zone: Zone, errors: &mut Errors) -> Vec<Product> {
    let products: Vec<Product> =
        specs.0.iter().map(|(name, spec)| product(name, &spec.value, names, zone, errors)).collect();
    for (id, (name, spec)) in specs.0.iter().enumerate() {
        check_host(ProductId::from_index(id), &name.value, &spec.value, &products, errors);
    }
    products
}

fn product(name: &At<String>, spec: &ProductSpec, names: &Known, zone: Zone, errors: &mut Errors) -> Product {
    if spec.rate.is_absent() && spec.add_in_of.is_absent() {
        let error = Diagnostic::new(format!("product `{}` has no rate", name.value)).at(&name.place);
        errors.push(
            error
                .expected("a product needs `rate`: tokens for each 24 hours")
                .help("add `rate`, as the vendor's rate sheet has it; `rate: 0` is metered and free"),
        );
    }
    let host = spec.add_in_of.given().and_then(|host| names.find(host, errors));
    let (released, withdrawn) = (&spec.released, &spec.withdrawn);
    let [from, until] = [released, withdrawn].map(|moment| moment.get().map(|moment| moment.start(zone)));
    if let (Some(from), Some(until), Some(at)) = (from, until, withdrawn.given())
        && until <= from
    {
        errors.push(
            Diagnostic::new("withdrawn before it is released").at(&at.place).expected("expected after `released`"),
        );
    }
    Product {
        name: name.value.clone(),
        rate: spec.rate.get().copied(),
        per: spec.per.get().copied().unwrap_or_default(),
        add_in_of: host.map(ProductId::from_index),
        loads_with_host: spec.loads_with_host.get().copied().unwrap_or_default(),
        released: from,
        withdrawn: until,
        platforms: spec.platforms.get().cloned(),
    }
}

fn check_host(id: ProductId, name: &str, spec: &ProductSpec, products: &[Product], errors: &mut Errors) {
    let product = &products[id.index()];
    if let Some(loads) = spec.loads_with_host.given().filter(|loads| loads.value) {
        let error = Diagnostic::new(format!("`{name}` can't load with its host")).at(&loads.place);
        if spec.add_in_of.is_absent() {
            errors.push(error.expected("it has no host").help("name the host under `add_in_of`"));
        } else if product.per == Per::Result {
            errors.push(error.expected("it is charged per result, so it never opens"));
        }
    }
    let (Some(host), Some(written)) = (product.add_in_of, spec.add_in_of.given()) else { return };
    let error = Diagnostic::new(format!("`{name}` is an add-in of itself")).at(&written.place);
    if host == id {
        errors.push(error.expected("expected another product"));
    } else if cycle_of(id, products).is_some_and(|cycle| cycle.iter().min() == Some(&id)) {
        errors.push(error.expected("this host is, in the end, an add-in of it"));
    } else if products[host.index()].per == Per::Result {
        let error = Diagnostic::new(format!("`{}` can't have add-ins", written.value)).at(&written.place);
        errors.push(error.expected("it is charged per result, so it never opens"));
    }
}

/// The products on the way from one to its host, to that one's host and so on, back to itself.
fn cycle_of(id: ProductId, products: &[Product]) -> Option<Vec<ProductId>> {
    let mut way = vec![id];
    while let Some(host) = products[way[way.len() - 1].index()].add_in_of {
        if host == id {
            return Some(way);
        }
        if way.contains(&host) {
            return None;
        }
        way.push(host);
    }
    None
}
