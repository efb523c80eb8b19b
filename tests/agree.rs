//! One figure, wherever it is read: the screen, the JSON, the exports as CSV and XLSX, and the picture tell the same tokens.

mod desk;
#[path = "chart/texts.rs"]
#[allow(dead_code)]
mod texts;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use desk::{Desk, tokens};
use flexcast::tokens::Tokens;
use texts::texts;

const OPTIONS: &str = "scenario.yaml --range 2027-03-01..2027-03-31 --as-of 2027-03-31";

type Products = BTreeMap<String, Tokens>;

/// "  Revit            19   1,990    1,990".
fn of_screen(desk: &Desk, known: &Products) -> Products {
    let screen = desk.done(&format!("report {OPTIONS}"));
    let rows = screen.lines().filter_map(|line| {
        let product = known.keys().find(|name| line.trim_start().starts_with(&format!("{name}  ")))?;
        let cells: Vec<&str> = line.trim_start()[product.len()..].split_whitespace().collect();
        Some((product.clone(), Tokens::parse(&cells[1].replace(',', "")).unwrap()))
    });
    rows.collect()
}

fn of_csv(desk: &Desk) -> Products {
    let mut products = Products::new();
    for row in desk.rows_of(&format!("export users {OPTIONS}")).iter().filter(|row| row["offering_name"] != "Flex") {
        *products.entry(row["offering_name"].clone()).or_default() += tokens(row, "tokens_used");
    }
    products
}

fn of_workbook(desk: &Desk) -> Products {
    desk.done(&format!("export users {OPTIONS} --columns title --format xlsx --out users.xlsx"));
    let mut workbook = Xlsx::new(Cursor::new(desk.bytes("users.xlsx"))).unwrap();
    let sheet = workbook.worksheet_range_at(1).unwrap().unwrap();
    let mut rows = sheet.rows();
    let header = rows.next().unwrap();
    let place = |name: &str| header.iter().position(|cell| *cell == *name).unwrap();
    let (product, used) = (place("Product"), place("Tokens used"));
    let mut products = Products::new();
    for row in rows.filter(|row| row[product] != *"Flex") {
        let Data::Float(number) = row[used] else { panic!("tokens are numbers: {row:?}") };
        *products.entry(row[product].to_string()).or_default() +=
            Tokens::from_millionths((number * 1e6).round() as i64);
    }
    products
}

/// "1990 (52 %)" behind the bar of each product.
fn of_picture(desk: &Desk, known: &Products) -> Vec<Tokens> {
    desk.done("chart products report --out products.svg");
    let texts = texts(&desk.text("products.svg"));
    let quantities = texts.iter().filter_map(|text| text.words.split_once(" (")).map(|(number, _)| number.to_owned());
    let mut quantities: Vec<Tokens> = quantities.filter_map(|number| Tokens::parse(&number)).collect();
    quantities.truncate(known.len());
    quantities.sort_unstable();
    quantities
}

#[test]
fn the_tokens_of_products_are_the_same_wherever_they_are_read() {
    let desk = Desk::studio(|scenario| scenario);
    desk.done(&format!("report {OPTIONS} --out report"));
    let products: Products = desk.json("report/report.json")["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let tokens = Tokens::from_millionths((row["tokens"].as_f64().unwrap() * 1e6).round() as i64);
            (row["product"].as_str().unwrap().to_owned(), tokens)
        })
        .collect();
    assert!(products.len() == 5 && products.values().all(|tokens| *tokens > Tokens::ZERO), "{products:?}");
    assert_eq!(of_screen(&desk, &products), products);
    assert_eq!(of_csv(&desk), products);
    assert_eq!(of_workbook(&desk), products);
    let mut drawn: Vec<Tokens> = products.values().copied().collect();
    drawn.sort_unstable();
    assert_eq!(of_picture(&desk, &products), drawn);
}
