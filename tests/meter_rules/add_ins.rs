//! Add-ins (X1–X3).

use flexcast::tokens::Tokens;

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn x1_a_free_add_in_stays_free_when_a_cover_of_it_ends() {
    check(
        office().cover("cy trial of Toolbar until 1 12:00"),
        "1 08:00 cy opens Toolbar as s1 -> free_add_in 0
         1 17:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn x1_x2_add_ins_come_along_are_charged_and_close_with_their_host() {
    check(
        office(),
        "1 08:00 cy opens Revit on d1 as s1  -> new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         1 08:01 cy opens Layout on d1 as s2 -> covered_by_window 0 from 1 08:00
         1 17:00 s1 closes
         3 08:00 cy opens Revit on d1 as s3  -> within_grace 0, cy Layout within_grace 0, cy Toolbar free_add_in 0
         3 08:04 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn x1_x2_otherwise_it_opens_when_its_user_opens_it_with_a_window_of_its_own() {
    let mut by_hand = office();
    by_hand.roster.products[1].loads.clear();
    check(
        by_hand,
        "1 08:00 cy opens Revit as s1  -> new_window 10
         1 10:00 cy opens Layout as s2 -> new_window 2
         2 08:00 cy Revit              -> renewal_left_open 10
         2 10:00 cy Layout             -> renewal_left_open 2
         2 11:00 s2 closes
         2 12:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn x2_an_add_in_closed_by_itself_leaves_its_host_open() {
    check(
        office(),
        "1 08:00 cy opens Revit as s1  -> new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         1 08:01 cy opens Layout as s2 -> covered_by_window 0 from 1 08:00
         1 09:00 s2 closes
         2 08:00 cy Revit              -> renewal_left_open 10, cy Layout renewal_left_open 2
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn x2_an_add_in_closes_with_the_host_whose_renewal_fails() {
    check(
        bare(),
        "0 00:00 first buys 14 until 400
         1 08:00 cy opens Revit as s1 -> new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         2 08:00 cy Revit             -> denied balance_low
         9 00:00 ends",
    );
}

#[test]
fn x3_an_add_in_that_is_not_allowed_is_denied_by_itself() {
    check(
        office(),
        "1 08:00 ann opens Revit as s1 -> new_window 10, ann Layout denied product_not_allowed, ann Toolbar free_add_in 0
         1 17:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn x2_a_host_that_is_denied_opens_none() {
    check(bare(), "1 08:00 ann opens Revit -> denied balance_zero\n9 00:00 ends");
}

#[test]
fn x3_an_add_in_that_cannot_be_paid_is_denied_by_itself() {
    check(
        bare(),
        "0 00:00 first buys 22 until 400
         1 08:00 cy opens Revit as s1   -> new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         2 08:00 cy Revit               -> renewal_left_open 10, cy Layout denied balance_zero
         2 12:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn x2_add_ins_close_with_their_host_in_the_order_in_which_they_opened() {
    let mut charged = bare();
    charged.roster.products[3].rate = Some(Tokens::whole(3));
    charged.before = "0 00:00 first buys 20 until 2";
    check(
        charged,
        "1 23:58 cy opens Revit as s1 -> within_grace 0, cy Layout within_grace 0, cy Toolbar within_grace 0
         2 00:00                      -> p0 expire -5 first 15
         2 00:02 s1 closes            -> p0 expire -10 first 5, p0 expire -2 first 3, p0 expire -3 first 0
         9 00:00 ends",
    );
}
