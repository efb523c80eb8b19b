//! What only running shows, found by a rehearsal.

use flexcast::behaviour::{REASONS, rehearse};
use flexcast::meter::Denial;

use crate::stage::{people, sound_stage};
use crate::words::script;

fn found(text: &str) -> Vec<String> {
    let (scenario, library) = sound_stage("2027-01-04", "2027-01-31", &[people("one", 2, &script(text))]);
    rehearse(&library, &scenario).into_iter().map(|problem| problem.message).collect()
}

#[test]
fn every_reason_of_the_meter_is_rehearsed() {
    let mut reasons = REASONS.to_vec();
    reasons.sort_unstable();
    let mut words: Vec<&str> = Denial::ALL.iter().map(|denial| denial.word()).collect();
    words.sort_unstable();
    assert_eq!(reasons, words);
    for reason in REASONS {
        let text = format!(
            r#"
            fn day(me, today) {{ me.uses("Revit", hours(9), hours(17)); }}
            fn denied(me, denial) {{ if denial.reason == "{reason}" {{ me.uses("Revit", denial.time, 1 / 0); }} }}"#
        );
        let found = found(&text);
        assert!(found.len() == 1 && found[0].ends_with(&format!(", with a made-up denial: {reason}")), "{found:?}");
    }
}

#[test]
fn what_is_tried_again_is_denied_again() {
    let third = r#"
        fn day(me, today) { me.orders("Rendering", hours(18), 3); }
        fn denied(me, denial) {
            if denial.attempt == 3 { me.is_in("Nowhere/At_All" + ""); }
            me.orders(denial.product, denial.time + hours(1), 1);
        }"#;
    let told = found(third);
    assert!(told.len() == 1 && told[0].starts_with("unknown zone `Nowhere/At_All`"), "{told:?}");
    let gives_up = third.replace("== 3", "== 4").replace("me.is_in(\"Nowhere/At_All\" + \"\")", "return");
    assert_eq!(found(&gives_up), [""; 0]);
}

/// What denials carry on doesn't hide what `day` does without them.
#[test]
fn a_rehearsal_without_denials_comes_first() {
    let told = found(
        r#"
        state("denials", 0, "how many");
        fn day(me, today) {
            if me.denials == 0 && today.day_of_month == 20 { me.uses("Revit", 0, 1 / 0); }
            me.uses("Revit", hours(9), hours(17));
        }
        fn denied(me, denial) { me.denials += 1; }"#,
    );
    assert!(told.len() == 1 && told[0].contains("on 2027-01-20"), "{told:?}");
}
