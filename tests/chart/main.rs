//! The pictures' structure: what stands on them, that nothing is cut or overlaps, and that they are the same each time.

mod fixture;
mod offices;
mod texts;

use std::path::Path;

use flexcast::chart::{ChartError, Picture, pictures};
use flexcast::forecast::Forecast;
use offices::offices;
use resvg::tiny_skia::Pixmap;
use texts::texts;

/// Runs a check on every picture of every office, whose names it gets for its messages.
fn check(each: impl Fn(&str, &Forecast, &Picture)) {
    for (office, forecast) in offices().into_iter().map(|(name, office)| (name, office.forecast())) {
        for picture in pictures(&forecast).unwrap() {
            each(&format!("{office}/{}", picture.name), &forecast, &picture);
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
        _ => ["mean burn", "of it, avoidable", "80 % of the runs (p10 to p90)", "Groups of users", "Products"],
    };
    check(|name, forecast, picture| {
        let texts = texts(&picture.svg);
        let stands = |words: &str| assert!(texts.iter().any(|text| text.words.contains(words)), "{name}: {words}");
        entries(picture.name).into_iter().for_each(stands);
        stands(&format!("{} replications · seed 42", forecast.card.replications));
        assert!(picture.svg.starts_with("<svg xmlns=") && picture.svg.contains("<title>"), "{name}");
        for word in ["NaN", "\"inf", "\"-inf"] {
            assert!(!picture.svg.contains(word), "{name}: {word}");
        }
    });
}

#[test]
fn no_text_is_cut_or_lies_on_another() {
    check(|name, _, picture| {
        let texts = texts(&picture.svg);
        for (i, text) in texts.iter().enumerate() {
            assert!(text.is_inside(), "{name}: {:?} is cut", text.words);
            for other in &texts[..i] {
                assert!(!text.overlaps(other), "{name}: {:?} lies on {:?}", text.words, other.words);
            }
        }
    });
}

#[test]
fn balances_have_a_plot_for_each_of_six_teams_and_for_all() {
    check(|name, forecast, picture| {
        let plots = texts(&picture.svg).iter().filter(|text| text.words.contains("tokens left ·")).count();
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
    check(|name, forecast, picture| {
        let bars = texts(&picture.svg).iter().filter(|text| text.words.ends_with(" %)")).count();
        if picture.name == "burners" {
            let burns = forecast.all.burn.mean > 0.0;
            let expected = forecast.groups.len().min(12) + forecast.products.len().min(12);
            assert_eq!(bars, if burns { expected } else { 0 }, "{name}");
        }
    });
}

#[test]
fn titles_state_the_finding() {
    for (office, titles) in [
        ("lasting", ["tokens burn on a working day", "The tokens last in every run", "The tokens last in every run"]),
        (
            "dry",
            [
                "tokens burn on a working day",
                "run out in every run",
                "The tokens run out in every run, in half of them",
            ],
        ),
        (
            "teams",
            ["tokens burn on", "run out for 8 of 9 teams, likeliest for", "Some team's tokens run out in every run"],
        ),
        ("day", ["tokens burn (", "The tokens last in every run", "The tokens last in every run"]),
        ("idle", ["No tokens burn", "The tokens last in every run", "The tokens last in every run"]),
    ] {
        let (_, made_up) = offices().into_iter().find(|(name, _)| *name == office).unwrap();
        for (picture, title) in pictures(&made_up.forecast()).unwrap().iter().zip(titles) {
            let shown = &texts(&picture.svg)[0].words;
            assert!(shown.contains(title), "{office}/{}: {shown}", picture.name);
        }
    }
}

#[test]
fn the_same_forecast_gives_the_same_bytes_and_two_png_pixels_for_one() {
    let (_, office) = offices().swap_remove(0);
    let forecast = office.forecast();
    let drawn = pictures(&forecast).unwrap();
    assert_eq!(drawn, pictures(&forecast).unwrap());
    let names: Vec<_> = drawn.iter().map(|picture| picture.name).collect();
    assert_eq!(names, ["burn", "balance", "stock_out", "burners"]);
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
fn what_cannot_be_drawn_is_an_error() {
    let forecast = || offices().swap_remove(5).1.forecast();
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

#[test]
#[ignore = "for eyes: writes every picture of every office to the temporary folder of the tests"]
fn pictures_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    check(|name, _, picture| {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file.with_extension("svg"), &picture.svg).unwrap();
        std::fs::write(file.with_extension("png"), picture.png().unwrap()).unwrap();
    });
}
