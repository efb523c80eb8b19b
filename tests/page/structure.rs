//! How the page is built: for readers of screens, for keys, for no network.

use std::collections::BTreeSet;

use crate::markup::tags;
use crate::{page, studio};

#[test]
fn it_is_one_file_of_less_than_a_megabyte_that_names_no_other() {
    let page = page();
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!elsewhere.contains("://") && !elsewhere.contains("url(") && !elsewhere.contains("@import"));
    for tag in tags(&page) {
        for attribute in ["src", "href", "srcset", "action", "style", "onclick"] {
            let value = tag.get(attribute).unwrap_or("#");
            assert!(value.starts_with('#') || value == "data:,", "{tag:?}");
        }
    }
}

#[test]
fn its_policy_lets_in_only_its_own_style_and_script() {
    let page = page();
    let tags = tags(&page);
    let policy = tags.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy")).unwrap();
    let policy = policy.get("content").unwrap();
    for part in
        ["default-src 'none'", "style-src 'sha256-", "script-src 'sha256-", "base-uri 'none'", "form-action 'none'"]
    {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn it_has_landmarks_and_headings_in_order() {
    let tags = tags(&page());
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!(
        ["main", "nav", "header", "h1", "title"].map(|name| if name == "title" { 1 } else { count(name) }),
        [1; 5]
    );
    let levels: Vec<u32> =
        tags.iter().filter_map(|tag| tag.name.strip_prefix('h').filter(|rest| rest.len() == 1)?.parse().ok()).collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let sections: Vec<_> = tags.iter().filter(|tag| tag.name == "section").filter_map(|tag| tag.get("id")).collect();
    assert_eq!(sections, ["answer", "pictures", "tables", "assumptions", "card"]);
}

#[test]
fn ids_are_there_once_and_what_refers_to_one_finds_it() {
    let tags = tags(&page());
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len());
    for tag in &tags {
        let links = tag.get("href").and_then(|href| href.strip_prefix('#'));
        for id in links.into_iter().chain(tag.get("aria-labelledby")) {
            assert!(known.contains(id), "{id}");
        }
    }
}

#[test]
fn tables_have_captions_and_scopes_and_pictures_have_names() {
    let page = page();
    let tags = tags(&page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert!(count("table") >= 12 && count("table") == count("caption") && count("table") == count("thead"));
    assert!(tags.iter().filter(|tag| tag.name == "th").all(|tag| tag.get("scope").is_some()));
    let pictures = page.matches("<svg ").count();
    assert!(pictures >= 4);
    assert_eq!(page.matches("role=\"img\"").count(), pictures);
    for picture in page.split("<svg ").skip(1) {
        let title = picture.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(picture.find("<title>") < picture.find("<rect") && title.len() > 10, "{title}");
    }
    assert_eq!(count("figure"), pictures);
}

#[test]
fn every_picture_has_spots_with_what_lies_there() {
    let page = page();
    for picture in page.split("<svg ").skip(1) {
        let picture = picture.split("</svg>").next().unwrap();
        let spots = picture.split("<g class=\"spots\"").nth(1).unwrap_or_default();
        assert!(spots.matches("<title>").count() >= 4, "{}", &picture[..200]);
        assert!(!spots.contains("NaN") && !spots.contains("width=\"-"));
    }
}

#[test]
fn the_card_and_the_assumptions_stand_on_it() {
    let (page, forecast) = (page(), studio().json("out/forecast.json"));
    for input in forecast["card"]["inputs"].as_array().unwrap() {
        assert!(page.contains(input["sha256"].as_str().unwrap()));
    }
    for said in [
        "flexcast forecast scenario.yaml --replications 6 --seed 42 --out out",
        "earliest_end_date",
        "office_week",
        "forgets_weekend: 0.05",
        "window of 24 hours",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn the_same_forecast_gives_the_same_page_wherever_it_goes() {
    let desk = studio();
    desk.done("forecast scenario.yaml --replications 6 --threads 1 --out again --html mailed.html");
    assert!(desk.text("mailed.html") == page());
    assert!(!desk.path("again/page.html").exists());
    let nowhere = desk.run("forecast scenario.yaml --replications 2 --out third --html no/where.html");
    assert_eq!(nowhere.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("no/where.html"));
    assert!(!desk.path("third").exists());
}

#[test]
fn a_stored_forecast_gives_the_same_page() {
    let desk = studio();
    desk.done("page out/forecast.json --out stored/page.html");
    assert!(desk.text("stored/page.html") == page());
}
