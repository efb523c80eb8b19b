//! The tornado's structure, on made-up changes.

use std::path::Path;

use flexcast::chart::{Picture, Scale, TORNADO_ROWS, Tornado, TornadoEnd, TornadoRow, tornado};
use flexcast::forecast::RunCard;

use super::assert_readable;
use super::texts::{Text, texts};

fn card() -> RunCard {
    RunCard {
        version: "0.1.0".into(),
        scenario: "Harbour Studio 2027".into(),
        first_day: "2027-01-01".into(),
        last_day: "2027-12-31".into(),
        zone: "Europe/Amsterdam".into(),
        seed: 42,
        replications: 200,
        changes: Vec::new(),
        inputs: Vec::new(),
    }
}

fn end(label: &str, change: f64, half_width: f64) -> TornadoEnd {
    let interval = (half_width > 0.0).then_some((change - half_width, change + half_width));
    TornadoEnd { label: label.into(), change, interval }
}

fn made_up(base: f64, scale: Scale, ends: &[&str], rows: &[(&str, Vec<TornadoEnd>)]) -> Tornado {
    let row = |(label, ends): &(&str, Vec<TornadoEnd>)| TornadoRow { label: (*label).into(), ends: ends.clone() };
    Tornado {
        title: "Everyone closes before the weekend changes the burn most".into(),
        remark: "common random numbers".into(),
        unit: "tokens burned".into(),
        scale,
        base,
        base_name: "as it is".into(),
        ends: ends.iter().map(|end| (*end).into()).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

fn tornados() -> Vec<(&'static str, Tornado)> {
    let long = "five more architects who come in the spring and stay for the whole of the year, and then some more";
    let changes = [
        (long, vec![end("", 3_410.0, 120.0)]),
        ("everyone closes before the weekend", vec![end("", -1_222.0, 310.0)]),
        ("a-name-without-a-single-space-that-is-longer-than-its-room-by-far", vec![end("", 24.0, 90.0)]),
        ("the same <again> & \"again\"", vec![end("", 0.0, 0.0)]),
        ("not known", vec![]),
    ];
    let parameters = [
        ("architects: attendance", vec![end("0.5", -5_200.0, 200.0), end("1", 1_400.0, 150.0)]),
        ("draughters: forgets_weekend", vec![end("0.02", -300.0, 40.0), end("0.1", 700.0, 60.0)]),
        ("both on one side", vec![end("low", 200.0, 40.0), end("high", 300.0, 60.0)]),
    ];
    let many: Vec<_> = (0..30).map(|place| ("one of many", vec![end("", f64::from(30 - place) * 1e5, 5e4)])).collect();
    let shares = [("more", vec![end("", 0.31, 0.04)]), ("fewer", vec![end("", -0.025, 0.01)])];
    vec![
        ("changes", made_up(28_934.0, Scale::Number, &["change"], &changes)),
        ("parameters", made_up(28_934.0, Scale::Number, &["at its lowest", "at its highest"], &parameters)),
        ("many", made_up(1e7, Scale::Number, &["change"], &many)),
        ("shares", made_up(0.034, Scale::Share, &["change"], &shares)),
        ("one_way", made_up(28_934.0, Scale::Number, &["change"], &changes[1..2])),
        ("nothing", made_up(0.0, Scale::Number, &["change"], &[])),
        ("unknown", made_up(f64::NAN, Scale::Number, &["change"], &[("odd", vec![end("", f64::NAN, 1.0)])])),
    ]
}

fn drawn() -> Vec<(&'static str, Tornado, Picture, Vec<Text>)> {
    let draw = |(name, made_up): (&'static str, Tornado)| {
        let picture = tornado(&made_up, &card()).unwrap();
        let texts = texts(&picture.svg);
        (name, made_up, picture, texts)
    };
    tornados().into_iter().map(draw).collect()
}

#[test]
fn a_tornado_says_what_each_change_comes_to() {
    let said: [(&str, &[&str]); 7] = [
        (
            "changes",
            &["as it is: 28.9k", "+3410 (+12 %)", "−1222 (−4.2 %)", "no change", "not known", "+24", "−2000", "+4000"],
        ),
        ("parameters", &["0.5: −5200 (−18 %)", "1: +1400 (+4.8 %)", "at its lowest", "at its highest"]),
        ("many", &["+3M (+30 %)", "change in tokens burned · not shown: 10 rows"]),
        ("shares", &["as it is: 3.4 %", "+31 points", "−2.5 points", "+40"]),
        ("one_way", &["−1222 (−4.2 %)"]),
        ("nothing", &["as it is: 0"]),
        ("unknown", &["as it is: –"]),
    ];
    for ((name, made_up, picture, texts), (_, said)) in drawn().into_iter().zip(said) {
        for words in said {
            assert!(texts.iter().any(|text| text.words == *words), "{name}: {words}");
        }
        assert!(!picture.svg.contains("NaN"), "{name}");
        let rows = made_up.rows.len().min(TORNADO_ROWS);
        assert!(
            texts.iter().filter(|text| text.words == "one of many").count() == if name == "many" { rows } else { 0 }
        );
    }
}

#[test]
fn no_text_of_a_tornado_is_cut_or_lies_on_another() {
    for (name, _, _, texts) in drawn() {
        assert_readable(name, &texts);
    }
}

/// For eyes, as the forecast's pictures.
#[test]
fn tornados_can_be_looked_at() {
    if std::env::var_os("LOOK_AT_PICTURES").is_none() {
        eprintln!("skipped: LOOK_AT_PICTURES isn't set");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures/tornado");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, _, picture, _) in drawn() {
        std::fs::write(folder.join(format!("{name}.png")), picture.png().unwrap()).unwrap();
    }
}
