//! Every figure on the page is forecast.json's, and reads as the screen writes it.

use serde_json::Value;

use crate::markup::tags;
use crate::{page, studio};

/// A figure as people read it: whole, with thousands apart; one decimal under ten. A share is a percentage. Rates and prices are exact.
fn ways(number: f64) -> Vec<String> {
    let fixed = format!("{:.0}", number.abs());
    let mut whole = String::new();
    for (place, digit) in fixed.chars().enumerate() {
        if place > 0 && (fixed.len() - place) % 3 == 0 {
            whole.push(',');
        }
        whole.push(digit);
    }
    let tenth = format!("{number:.1}");
    let percent = format!("{:.1}", number * 100.0);
    vec![
        number.to_string(),
        if number < 0.0 && fixed != "0" { format!("-{whole}") } else { whole },
        tenth,
        format!("{} %", percent.trim_end_matches(".0")),
    ]
}

/// How many figures were compared.
pub fn check(html: &str, forecast: &Value) -> usize {
    let mut count = 0;
    for tag in tags(html).iter().filter(|tag| tag.name == "data" || tag.name == "time") {
        let key = tag.get("data-key").unwrap();
        let stored = forecast.pointer(key).unwrap_or_else(|| panic!("forecast.json has no {key}"));
        match tag.get("datetime") {
            Some(day) => assert_eq!((day, &*tag.text), (stored.as_str().unwrap(), stored.as_str().unwrap()), "{key}"),
            None => {
                let number = stored.as_f64().unwrap();
                assert_eq!(tag.get("value").unwrap().parse::<f64>(), Ok(number), "{key}");
                assert!(ways(number).contains(&tag.text), "{key}: {number} reads {:?}", tag.text);
            }
        }
        count += 1;
    }
    count
}

#[test]
fn figures_are_those_of_the_forecast() {
    let forecast = studio().json("out/forecast.json");
    assert!(check(&page(), &forecast) > 500);
}

/// What stands there for want of a figure is a dash, and no digit stands outside a figure in a table of figures.
#[test]
fn every_number_in_a_table_is_a_figure() {
    for cell in tags(&page()).iter().filter(|tag| tag.name == "td" && tag.get("class").is_none()) {
        assert!(["", "-"].contains(&cell.text.trim()), "{:?}", cell.text);
    }
}

#[test]
fn the_answer_is_the_chance_the_day_the_burn_and_the_waste() {
    let page = page();
    let answer = page.split("<p class=\"answer\">").nth(1).unwrap().split("</p>").next().unwrap();
    for key in ["/all/burn/mean", "/all/expired/mean", "/all/expired_money"] {
        assert!(answer.contains(&format!("data-key=\"{key}\"")), "{key}: {answer}");
    }
    let ends = page.find("id=\"pictures\"").unwrap();
    assert!(page.find(answer).unwrap() < ends);
}

#[test]
fn every_team_group_product_user_month_and_pack_has_its_row() {
    let (forecast, page) = (studio().json("out/forecast.json"), page());
    let names: Vec<String> =
        tags(&page).into_iter().filter(|tag| tag.name == "th").map(|tag| tag.text.trim().to_owned()).collect();
    let list = |key: &str| forecast.pointer(key).unwrap().as_array().unwrap().clone();
    let mut expected = Vec::new();
    for (key, name) in
        [("/groups", "name"), ("/products", "name"), ("/users/largest", "user"), ("/teams/0/packs", "id")]
    {
        expected.extend(list(key).into_iter().map(|row| row[name].as_str().unwrap().to_owned()));
    }
    assert!(expected.len() > 45, "{expected:?}");
    for name in expected {
        assert!(names.contains(&name), "{name}");
    }
    let months = tags(&page).iter().filter(|tag| tag.name == "td" && tag.text.trim() == "2027-03").count();
    assert_eq!(months, 3, "all teams, and each of two");
}
