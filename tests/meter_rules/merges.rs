//! Merges (P8): packs, users, assignments and running windows go along.

use flexcast::meter::TeamChoice;

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn p8_a_running_window_is_the_new_teams_and_so_is_its_renewal() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1  -> new_window 7 by first
         1 12:00 first merges into second -> p0 move_out -993 first 0, p0 move_in 993 second 993
         1 13:00 ann opens AutoCAD as s2  -> covered_by_window 0 from 1 08:00 by second
         2 08:00 ann AutoCAD              -> renewal_left_open 7 by second = p0 7
         2 09:00 s1 closes
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_packs_go_along_in_the_order_of_their_entry() {
    check(
        bare(),
        "0 00:00 first buys 100 until 400
         0 00:00 second buys 200 until 400
         0 00:00 first buys 300 until 300
         1 00:00 first merges into second -> p0 move_out -100 first 300, p0 move_in 100 second 300,
         1 00:00                          -> p2 move_out -300 first 0, p2 move_in 300 second 600
         1 08:00 ann opens AutoCAD as s1  -> new_window 7 by second = p2 7
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_tokens_on_hold_stay_until_they_are_posted() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1  -> new_window 7 = p0 7
         1 08:01 first merges into second -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 09:00 s1 closes
         1 10:00 first merges into second
         9 00:00 ends",
    );
}

#[test]
fn p8_or_voided_and_then_a_merge_brings_them_along() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1  -> within_grace 0
         1 08:01 first merges into second -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:02 s1 closes
         1 10:00 first merges into second -> p0 move_out -7 first 0, p0 move_in 7 second 1000
         9 00:00 ends",
    );
}

#[test]
fn p8_a_user_in_both_teams_keeps_the_place_in_the_new_one() {
    check(
        office(),
        "0 00:00 dee is imported to first with all
         0 00:00 dee is imported to second with Viewer
         1 00:00 first merges into second -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         1 08:00 dee opens Viewer as s1   -> new_window 0 by second
         1 08:00 dee opens AutoCAD        -> denied product_not_allowed
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_a_default_list_that_served_becomes_a_list_of_ones_own() {
    check(
        office().default_access("first", "AutoCAD").default_access("second", "Viewer"),
        "1 00:00 first merges into second -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         1 08:00 bob opens AutoCAD as s1  -> new_window 7 by second
         1 08:00 bob opens Viewer         -> denied product_not_allowed
         1 09:00 s1 closes
         2 00:00 second defaults to nothing
         2 00:00 first defaults to nothing
         2 08:00 bob opens AutoCAD as s2  -> new_window 7
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_where_none_served_the_new_teams_default_does() {
    check(
        office().default_access("second", "Viewer"),
        "1 00:00 first merges into second -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         1 08:00 bob opens Viewer as s1   -> new_window 0 by second
         1 08:00 bob opens AutoCAD        -> denied product_not_allowed
         1 09:00 s1 closes
         9 00:00 ends",
    );
    check(
        office().default_access("first", "AutoCAD").default_access("second", "Viewer"),
        "0 00:00 dee is imported to first as guest
         0 00:00 second serves guests
         1 00:00 first merges into second -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         1 08:00 dee opens Viewer as s1   -> new_window 0 by second
         1 08:00 dee opens AutoCAD        -> denied product_not_allowed
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_lists_of_ones_own_and_everything_go_along_as_they_are() {
    check(
        office().default_access("second", "Viewer"),
        "0 00:00 dee is imported to first with all
         1 00:00 first merges into third -> p0 move_out -1000 first 0, p0 move_in 1000 third 1000
         1 08:00 ann opens AutoCAD as s1 -> new_window 7 by third
         1 08:00 ann opens Viewer        -> denied product_not_allowed
         1 08:00 dee opens Viewer as s2  -> new_window 0 by third
         1 09:00 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_e2_an_invitation_goes_along() {
    check(
        office(),
        "0 00:00 eve is invited to first with AutoCAD accepts_after 3d -> mail invitation eve first
         1 00:00 first merges into second                              -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         1 08:00 eve opens AutoCAD                                     -> denied invitation_pending
         3 00:00 eve opens AutoCAD as s1                               -> new_window 7 by second
         3 09:00 s1 closes
         8 00:00 ends",
    );
    check(
        office(),
        "0 00:00 eve is invited to first with AutoCAD -> mail invitation eve first
         1 00:00 first merges into second             -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         6 23:59:59 eve opens AutoCAD                 -> denied invitation_pending
         7 00:00 eve opens AutoCAD                    -> denied invitation_lapsed
         8 00:00 ends",
    );
}

#[test]
fn p8_e2_who_is_only_invited_to_the_new_team_is_not_in_it_already() {
    check(
        office(),
        "1 00:00 eve is invited to second with Viewer                  -> mail invitation eve second
         1 00:00 eve is invited to first with AutoCAD accepts_after 1d -> mail invitation eve first
         3 00:00 first merges into second     -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         3 08:00 eve opens AutoCAD as s1      -> new_window 7 by second
         3 09:00 eve opens Viewer             -> denied product_not_allowed
         3 10:00 s1 closes
         9 00:00 ends",
    );
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD                  -> mail invitation eve first
         1 00:00 eve is invited to second with Viewer accepts_after 1d -> mail invitation eve second
         3 00:00 first merges into second     -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         3 08:00 eve opens Viewer as s1       -> new_window 0 by second
         3 09:00 eve opens AutoCAD            -> denied product_not_allowed
         3 10:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_e2_of_two_invitations_the_later_one_counts() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD                  -> mail invitation eve first
         1 08:00 eve is invited to second with Viewer accepts_after 1d -> mail invitation eve second
         2 00:00 first merges into second     -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         2 07:59:59 eve opens Viewer          -> denied invitation_pending
         2 08:00 eve opens Viewer as s1       -> new_window 0 by second
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_e12_memberships_are_replaced_in_place() {
    check(
        bare().rules(|rules| rules.team_choice = TeamChoice::FirstListed),
        "0 00:00 second buys 100 until 400
         0 00:00 third buys 100 until 400
         0 00:00 dee is imported to first with all
         0 00:00 dee is imported to third with all
         1 00:00 first merges into second
         1 08:00 dee opens AutoCAD as s1  -> new_window 7 by second
         1 09:00 s1 closes
         2 00:00 second merges into third -> p0 move_out -93 second 0, p0 move_in 93 third 193
         2 08:00 dee opens AutoCAD as s2  -> new_window 7 by third
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn p8_t6a_a_hold_passes_also_after_a_merge_and_burns_where_it_is() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1  -> within_grace 0
         1 08:01 first merges into second -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:02 ann opens AutoCAD as s2  -> new_window 7 from 1 08:00 by second = p0 7
         1 08:03 s1 closes
         1 09:00 s2 closes
         2 08:00 ann opens Revit as s3    -> new_window 10 by second, ann Layout denied product_not_allowed,
         2 08:00 ann Toolbar              -> free_add_in 0
         2 09:00 s3 closes
         3 00:00 first merges into second
         9 00:00 ends",
    );
}

#[test]
fn p8_windows_of_other_teams_stay_theirs() {
    check(
        bare(),
        "0 00:00 third buys 100 until 400
         0 00:00 dee is imported to third with all
         1 08:00 dee opens AutoCAD as s1  -> new_window 7 by third
         1 09:00 first merges into second
         1 10:00 dee opens AutoCAD as s2  -> covered_by_window 0 from 1 08:00 by third
         1 11:00 s1 closes
         1 11:00 s2 closes
         9 00:00 ends",
    );
}
