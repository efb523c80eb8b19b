//! The pictures' structure: what stands on them, that nothing is cut or overlaps, and that they are the same each time.

mod fixture;
mod offices;
mod results;
mod texts;
mod tornado;
mod usage;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use fixture::Office;
use flexcast::chart::{ChartError, Picture, pictures};
use flexcast::forecast::{Estimate, Forecast};
use offices::offices;
use resvg::tiny_skia::Pixmap;
use texts::{Text, texts};

/// A picture of an office, with the texts on it.
struct Drawn {
    office: &'static str,
    forecast: Arc<Forecast>,
    picture: Picture,
    texts: Vec<Text>,
}

/// Runs a check on every picture of every office; they are drawn once for all checks.
fn check(each: impl Fn(&str, &Drawn)) {
    static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| offices().into_iter().flat_map(draw).collect());
    for drawn in DRAWN.iter() {
        each(&format!("{}/{}", drawn.office, drawn.picture.name), drawn);
    }
}

fn draw((office, made_up): (&'static str, Office)) -> Vec<Drawn> {
    let forecast = Arc::new(made_up.forecast());
    let drawn = |picture: Picture| {
        let texts = texts(&picture.svg);
        Drawn { office, forecast: Arc::clone(&forecast), picture, texts }
    };
    pictures(&forecast).unwrap().into_iter().map(drawn).collect()
}

/// Every text is whole, and none lies on another.
fn assert_readable(name: &str, texts: &[Text]) {
    for (place, text) in texts.iter().enumerate() {
        assert!(text.is_inside(), "{name}: {:?} is cut", text.words);
        for other in &texts[..place] {
            assert!(!text.overlaps(other), "{name}: {:?} lies on {:?}", text.words, other.words);
        }
    }
}

#[test]
fn every_picture_says_what_it_shows_and_of_what_it_was_made() {
    let entries = |name: &str| match name {
        "burn" => ["mean", "80 % of the runs (p10 to p90)", "90 % (p5 to p95)", "plain day-of-week mean", "tokens per"],
        "balance" => [
            "median when the day ends",
            "80 % of the runs (p10 to p90)",
            "90 % (p5 to p95)",
            "tokens left",
            "at the end",
        ],
        "stock_out" => {
            ["have run out by the day", "run out", "95 % interval of the share", "% of the runs", "never run out"]
        }
        "months" => {
            ["mean", "80 % of the runs (p10 to p90)", "90 % (p5 to p95)", "plain day-of-week mean", "tokens a month"]
        }
        "burn_products" => ["mean burn in the month", "80 % of the runs (p10 to p90)", "0", "2", "run"],
        "waste" => [
            "burned",
            "left when the horizon ends",
            "expired unused",
            "80 % of the runs (p10 to p90)",
            "tokens on hand",
        ],
        _ => ["mean burn", "of it, avoidable", "80 % of the runs (p10 to p90)", "Groups of users", "Products"],
    };
    check(|name, Drawn { forecast, picture, texts, .. }| {
        let stands = |words: &str| assert!(texts.iter().any(|text| text.words.contains(words)), "{name}: {words}");
        entries(picture.name).into_iter().for_each(stands);
        stands(&format!("{} runs · seed 42", forecast.card.replications));
        assert!(picture.svg.starts_with("<svg xmlns=") && picture.svg.contains("<title>"), "{name}");
        for word in ["NaN", "\"inf", "\"-inf"] {
            assert!(!picture.svg.contains(word), "{name}: {word}");
        }
    });
}

#[test]
fn no_text_is_cut_or_lies_on_another() {
    check(|name, Drawn { texts, .. }| assert_readable(name, texts));
}

#[test]
fn balances_have_a_plot_for_each_of_six_teams_and_for_all() {
    check(|name, Drawn { forecast, picture, texts, .. }| {
        let plots = texts.iter().filter(|text| text.words.contains("tokens left ·")).count();
        let expected = match forecast.teams.len() {
            _ if picture.name != "balance" => 0,
            1 => 1,
            teams => teams.min(6) + 1,
        };
        assert_eq!(plots, expected, "{name}");
    });
}

#[test]
fn burners_have_at_most_twelve_bars_a_plot() {
    check(|name, Drawn { forecast, picture, texts, .. }| {
        let bars = texts.iter().filter(|text| text.words.ends_with(" %)")).count();
        if picture.name == "burners" {
            let burns = forecast.all.burn.mean > 0.0;
            let expected = forecast.groups.len().min(12) + forecast.products.len().min(12);
            assert_eq!(bars, if burns { expected } else { 0 }, "{name}");
        }
    });
}

#[test]
fn titles_state_the_finding() {
    for (picture, title) in [
        ("year/burn", "tokens burn on a working day, "),
        ("day/burn", "tokens burn ("),
        ("idle/burn", "No tokens burn"),
        ("lasting/balance", "The tokens last in every run"),
        ("dry/balance", "The tokens run out in every run"),
        ("teams/balance", "of 12 teams, likeliest for team "),
        ("lasting/stock_out", "The tokens last in every run"),
        ("dry/stock_out", "The tokens run out in every run, in half of them by "),
        ("teams/stock_out", "Some team's tokens run out in every run, in half of them by "),
        ("year/burners", "architects: 36 % of the "),
        ("idle/burners", "Nobody burns tokens"),
    ] {
        check(|name, Drawn { texts, .. }| {
            assert!(name != picture || texts[0].words.contains(title), "{name}: {}", texts[0].words);
        });
    }
}

#[test]
fn the_same_forecast_gives_the_same_bytes_and_two_png_pixels_for_one() {
    let (_, office) = offices().swap_remove(0);
    let forecast = office.forecast();
    let drawn = pictures(&forecast).unwrap();
    assert_eq!(drawn, pictures(&forecast).unwrap());
    let names: Vec<_> = drawn.iter().map(|picture| picture.name).collect();
    assert_eq!(names, ["burn", "months", "balance", "stock_out", "burners", "burn_products", "waste"]);
    for picture in [&drawn[0], &drawn[3]] {
        let png = picture.png().unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        let size = format!("viewBox=\"0 0 {} {}\"", pixels.width(), pixels.height());
        assert!(picture.svg.contains(&size), "{}: {size}", picture.name);
        assert!(pixels.pixels().iter().all(|pixel| pixel.alpha() == 255), "{}", picture.name);
        assert_eq!(png, picture.png().unwrap());
    }
}

#[test]
fn unknown_numbers_are_drawn_as_none() {
    let mut forecast = offices().swap_remove(6).1.forecast();
    let unknown = Estimate { mean: f64::NAN, half_width: Some(f64::NAN), p5: f64::NAN, ..Estimate::default() };
    (forecast.all.burn, forecast.all.left, forecast.groups[0].burn) = (unknown, unknown, unknown);
    (forecast.all.days[0].burn, forecast.all.days[0].balance) = (unknown, unknown);
    forecast.all.stock_out.chance = f64::NAN;
    for picture in pictures(&forecast).unwrap() {
        assert!(!picture.svg.contains("NaN"), "{}", picture.name);
    }
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let forecast = || offices().swap_remove(6).1.forecast();
    let (mut dayless, mut misdated) = (forecast(), forecast());
    dayless.all.days.clear();
    misdated.all.days[0].day = "soon".into();
    for (forecast, error) in
        [(dayless, ChartError::NoDays("all teams".into())), (misdated, ChartError::Day("soon".into()))]
    {
        assert_eq!(pictures(&forecast).unwrap_err(), error);
    }
    let broken = Picture { name: "burn", svg: "<svg".into() };
    assert!(matches!(broken.png(), Err(ChartError::Png(_))));
}

/// For eyes: with `LOOK_AT_PICTURES=1` every picture of every office is written to the temporary folder of the tests.
#[test]
fn pictures_can_be_looked_at() {
    if std::env::var_os("LOOK_AT_PICTURES").is_none() {
        eprintln!("skipped: LOOK_AT_PICTURES isn't set");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    check(|name, Drawn { picture, .. }| {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file.with_extension("svg"), &picture.svg).unwrap();
        std::fs::write(file.with_extension("png"), picture.png().unwrap()).unwrap();
    });
}
