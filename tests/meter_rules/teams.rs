//! Users in several teams (E12).

use flexcast::ids::TeamId;
use flexcast::meter::TeamChoice;
use flexcast::tokens::Tokens;

use crate::check::{check, play};
use crate::office::{bare, office};

#[test]
fn e12_the_team_whose_tokens_end_first_pays_unless_the_rules_say_otherwise() {
    for (choice, paid) in [
        (TeamChoice::EarliestEndDate, "by second = p1 7"),
        (TeamChoice::MostTokens, "by first = p0 7"),
        (TeamChoice::FirstListed, "by first = p0 7"),
    ] {
        let table = format!(
            "0 00:00 second buys 500 until 300
             1 08:00 cy opens AutoCAD as s1 -> new_window 7 {paid}
             1 09:00 s1 closes"
        );
        check(office().rules(|rules| rules.team_choice = choice), &table);
    }
}

#[test]
fn e12_of_equal_teams_the_first_listed_pays() {
    for choice in [TeamChoice::EarliestEndDate, TeamChoice::MostTokens, TeamChoice::FirstListed] {
        check(
            bare().rules(|rules| rules.team_choice = choice),
            "0 00:00 second buys 500 until 300
             0 00:00 first buys 500 until 300
             1 08:00 cy opens AutoCAD as s1 -> new_window 7 by first = p1 7
             1 09:00 s1 closes",
        );
    }
}

#[test]
fn e12_the_first_listed_is_passed_over_where_it_has_too_few() {
    check(
        bare().rules(|rules| rules.team_choice = TeamChoice::FirstListed),
        "0 00:00 first buys 6 until 300
         0 00:00 second buys 500 until 300
         1 08:00 cy opens AutoCAD as s1 -> new_window 7 by second
         1 09:00 s1 closes",
    );
}

#[test]
fn e12_most_tokens_are_those_that_are_free() {
    check(
        bare().rules(|rules| rules.team_choice = TeamChoice::MostTokens),
        "0 00:00 first buys 20 until 300
         0 00:00 second buys 15 until 300
         1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 cy opens AutoCAD as s2  -> new_window 7 by second
         1 08:02 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e12_a_team_that_cannot_pay_is_passed_over() {
    check(
        bare(),
        "0 00:00 first buys 3 until 300
         0 00:00 second buys 14 until 400
         1 08:00 cy opens AutoCAD as s1 -> new_window 7 by second
         1 09:00 cy opens Revit as s2   -> denied balance_low
         1 10:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e12_e14_each_window_chooses_its_team_anew() {
    check(
        bare(),
        "0 00:00 first buys 10 until 300
         0 00:00 second buys 10 until 400
         1 08:00 cy opens AutoCAD as s1 -> new_window 7 by first
         2 08:00 cy AutoCAD             -> renewal_left_open 7 by second
         3 08:00 cy AutoCAD             -> denied balance_low
         9 00:00 ends",
    );
}

#[test]
fn e12_a_team_that_does_not_allow_the_product_pays_nothing() {
    check(
        bare(),
        "0 00:00 first buys 100 until 300
         0 00:00 second buys 100 until 400
         0 00:00 cy is assigned to first with AutoCAD -> mail assignment cy first
         1 08:00 cy opens Viewer as s1                -> new_window 0 by second
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e12_random_hangs_on_the_seed_alone() {
    let office = office().rules(|rules| rules.team_choice = TeamChoice::Random);
    let table = "0 00:00 second buys 500 until 300\n1 08:00 cy opens AutoCAD\n1 09:00 ends";
    let paid_by_first = |seed: u64| {
        let (run, _) = play(&office, seed, table);
        run.meter.ledger().free(TeamId(0)) < Tokens::whole(1000)
    };
    let count = (0..1000).filter(|seed| paid_by_first(*seed)).count();
    assert!((440..560).contains(&count), "{count} of 1000");
    assert_eq!(paid_by_first(7), paid_by_first(7));
}
