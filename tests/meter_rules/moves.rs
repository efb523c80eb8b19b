//! Moves (P8), and the burn order of what was moved (P4).

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn p8_a_move_takes_what_is_left_and_no_user_along() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 17:00 s1 closes
         3 00:00 p0 moves to second      -> p0 move_out -993 first 0, p0 move_in 993 second 993
         3 08:00 ann opens AutoCAD       -> denied balance_zero
         3 08:00 cy opens AutoCAD as s2  -> new_window 7 by second = p0 7
         3 17:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_a_running_window_stays_and_the_next_is_the_other_teams() {
    check(
        office(),
        "1 08:00 cy opens AutoCAD as s1 -> new_window 7 by first
         1 12:00 p0 moves to second     -> p0 move_out -993 first 0, p0 move_in 993 second 993
         1 13:00 cy opens AutoCAD as s2 -> covered_by_window 0 from 1 08:00 by first
         2 08:00 cy AutoCAD             -> renewal_left_open 7 by second
         2 09:00 s1 closes
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_what_is_on_hold_stays_until_it_is_voided() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 p0 moves to second      -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:02 ann opens Revit         -> denied balance_zero
         1 08:03 s1 closes
         1 09:00 ann opens AutoCAD as s2 -> new_window 7 by first = p0 7
         1 10:00 ann opens Revit         -> denied balance_zero
         1 11:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_or_posted() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7 by first = p0 7
         1 08:01 p0 moves to second      -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD as s2 -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD             -> denied balance_zero
         9 00:00 ends",
    );
}

#[test]
fn p8_a_second_move_takes_every_part_in_the_order_of_the_teams() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 p0 moves to second      -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:03 s1 closes
         2 00:00 p0 moves to third       -> p0 move_out -7 first 0, p0 move_in 7 third 7,
         2 00:00                         -> p0 move_out -993 second 0, p0 move_in 993 third 1000
         9 00:00 ends",
    );
}

#[test]
fn p8_moved_back_the_parts_are_one_pack_again() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 p0 moves to second      -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:03 s1 closes
         2 00:00 p0 moves to first       -> p0 move_out -993 second 0, p0 move_in 993 first 1000
         2 08:00 ann opens Revit as s2   -> new_window 10 = p0 10, ann Layout denied product_not_allowed,
         2 08:00 ann Toolbar             -> free_add_in 0
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_a_move_of_nothing_or_to_where_it_is_writes_nothing() {
    check(
        bare(),
        "0 00:00 first buys 7 until 2
         0 00:00 p0 moves to first
         1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 09:00 p0 moves to second
         1 10:00 s1 closes
         2 00:00 second buys 7 until 3
         3 00:00                         -> p1 expire -7 second 0
         4 00:00 p1 moves to first
         9 00:00 ends",
    );
}

#[test]
fn p8_p5_it_keeps_its_end_date_in_every_part() {
    check(
        bare(),
        "0 00:00 first buys 100 until 2
         1 23:58 ann opens AutoCAD as s1 -> within_grace 0
         1 23:59 p0 moves to second      -> p0 move_out -93 first 7, p0 move_in 93 second 93
         2 00:00                         -> p0 expire -93 second 0
         2 00:01 s1 closes               -> p0 expire -7 first 0
         9 00:00 ends",
    );
    check(
        bare(),
        "0 00:00 first buys 100 until 2
         1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 p0 moves to second      -> p0 move_out -93 first 7, p0 move_in 93 second 93
         1 08:02 s1 closes
         2 00:00                         -> p0 expire -7 first 0, p0 expire -93 second 0
         9 00:00 ends",
    );
}

#[test]
fn p8_p6_a_pack_that_was_moved_away_and_ends_elsewhere_is_no_pack_of_the_old_team() {
    check(
        bare(),
        "0 00:00 first buys 100 until 2
         1 00:00 p0 moves to second -> p0 move_out -100 first 0, p0 move_in 100 second 100
         2 00:00                    -> p0 expire -100 second 0
         2 08:00 ann opens AutoCAD  -> denied balance_zero
         9 00:00 ends",
    );
    check(
        bare(),
        "0 00:00 first buys 100 until 9
         0 00:00 first buys 3 until 2
         1 00:00 p0 moves to second      -> p0 move_out -100 first 3, p0 move_in 100 second 100
         2 00:00                         -> p1 expire -3 first 0
         2 08:00 ann opens AutoCAD       -> denied all_packs_expired
         2 09:00 p0 moves to first       -> p0 move_out -100 second 0, p0 move_in 100 first 100
         2 10:00 ann opens AutoCAD as s1 -> new_window 7
         2 11:00 s1 closes
         8 00:00 ends",
    );
}

#[test]
fn p8_what_is_purchased_is_moved_at_the_same_instant() {
    check(
        bare(),
        "1 00:00 first buys 100 until 400
         1 00:00 p0 moves to second -> p0 move_out -100 first 0, p0 move_in 100 second 100
         1 00:00 p0 moves to third  -> p0 move_out -100 second 0, p0 move_in 100 third 100
         9 00:00 ends",
    );
}

/// Two packs that end together; the first is moved to the second's team, where cy opens.
fn order(packs: &str, first: &str) {
    let packs: String = packs.split(", ").map(|pack| format!("4 00:00 {pack}\n")).collect();
    let table = format!(
        "{packs}
         5 00:00 p0 moves to second         -> p0 move_out -100 first 0, p0 move_in 100 second 200
         5 08:00 cy opens AutoCAD as s1     -> new_window 7 by second = {first} 7
         5 09:00 s1 closes"
    );
    check(bare(), &table);
}

#[test]
fn p4_p8_a_moved_pack_burns_by_its_size_when_bought_its_dates_and_its_entry() {
    order("first has 100 of 500 since 0 until 400, second has 100 of 400 since 0 until 400", "p1");
    order("first has 100 of 400 since 0 until 400, second has 100 of 500 since 0 until 400", "p0");
    order("first has 100 of 500 since 2 until 400, second has 100 of 500 since 1 until 400", "p1");
    order("first has 100 of 500 since 1 until 400, second has 100 of 500 since 2 until 400", "p0");
    order("first has 100 of 500 since 1 until 400, second has 100 of 500 since 1 until 400", "p0");
    order("first has 100 of 500 since 1 until 400, second has 100 of 100 since 1 until 401", "p0");
}

#[test]
fn p8_p6_a_pack_that_came_back_is_the_teams_own_until_it_ends() {
    check(
        bare(),
        "0 00:00 first buys 7 until 9
         0 00:00 first buys 3 until 2
         1 00:00 p0 moves to second      -> p0 move_out -7 first 3, p0 move_in 7 second 7
         1 08:00 p0 moves to first       -> p0 move_out -7 second 0, p0 move_in 7 first 10
         2 00:00                         -> p1 expire -3 first 7
         3 08:00 ann opens AutoCAD as s1 -> new_window 7
         3 09:00 ann opens Revit         -> denied balance_zero
         3 10:00 s1 closes
         8 00:00 ends",
    );
}

#[test]
fn p8_p5_a_pack_that_has_ended_moves_no_more() {
    check(
        bare(),
        "0 00:00 first buys 3 until 2
         0 00:00 second buys 3 until 2
         2 00:00                     -> p0 expire -3 first 0, p1 expire -3 second 0
         3 00:00 p1 moves to first
         3 08:00 ann opens AutoCAD   -> denied all_packs_expired
         9 00:00 ends",
    );
}

#[test]
fn p8_also_where_the_pack_was_bought_by_a_later_team() {
    check(
        bare(),
        "0 00:00 second buys 1000 until 400
         0 00:00 dee is imported to second with all
         1 08:00 dee opens AutoCAD as s1 -> within_grace 0
         1 08:01 p0 moves to first       -> p0 move_out -993 second 7, p0 move_in 993 first 993
         1 08:03 s1 closes
         2 00:00 p0 moves to third       -> p0 move_out -993 first 0, p0 move_in 993 third 993,
         2 00:00                         -> p0 move_out -7 second 0, p0 move_in 7 third 1000
         9 00:00 ends",
    );
}
