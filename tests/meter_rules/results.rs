//! Results of cloud services (X4).

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn x4_rate_times_quantity_at_once_with_no_window_and_no_grace() {
    check(
        office(),
        "1 08:00 cy orders 10 Render  -> result 5 by first = p0 5
         1 08:01 cy orders 10 Render  -> result 5
         1 08:02 cy orders 0.5 Render -> result 0.25
         1 08:02 ends",
    );
}

#[test]
fn x4_all_of_a_job_are_paid_or_none() {
    check(
        bare(),
        "0 00:00 first buys 4 until 400
         1 08:00 cy orders 9 Render -> denied balance_low
         1 08:00 cy orders 8 Render -> result 4
         1 08:00 cy orders 1 Render -> denied balance_zero
         9 00:00 ends",
    );
    check(
        bare(),
        "0 00:00 first buys 3 until 400
         0 00:00 second buys 3 until 400
         1 08:00 cy orders 8 Render -> denied balance_low
         9 00:00 ends",
    );
}

#[test]
fn x4_it_is_given_back_in_part_or_whole() {
    check(
        office(),
        "1 08:00 cy orders 10 Render as j1 failing 4  -> result 5
         1 08:00 cy orders 10 Render as j2 failing 10 -> result 5
         1 09:00 j1 fails                             -> p0 refund 2 first 992
         1 10:00 j2 fails                             -> p0 refund 5 first 997
         9 00:00 ends",
    );
}

#[test]
fn x4_to_the_packs_that_paid_the_last_first() {
    let packs = "0 00:00 first buys 3 until 300\n0 00:00 first buys 100 until 400";
    check(
        bare(),
        &format!(
            "{packs}
             1 08:00 cy orders 10 Render as j1 failing 6  -> result 5 = p0 3 + p1 2
             1 09:00 j1 fails               -> p1 refund 2 first 100, p0 refund 1 first 101
             1 10:00 cy opens AutoCAD as s1     -> new_window 7 = p0 1 + p1 6
             1 11:00 s1 closes
             9 00:00 ends"
        ),
    );
    check(
        bare(),
        &format!(
            "{packs}
             1 08:00 cy orders 10 Render as j1 failing 2  -> result 5 = p0 3 + p1 2
             1 09:00 j1 fails               -> p1 refund 1 first 99
             9 00:00 ends"
        ),
    );
}

#[test]
fn x4_p5_what_expired_meanwhile_stays_expired() {
    check(
        bare(),
        "0 00:00 first buys 3 until 2
         0 00:00 first buys 100 until 400
         1 08:00 cy orders 10 Render as j1 failing 10  -> result 5 = p0 3 + p1 2
         2 00:00 j1 fails              -> p1 refund 2 first 100, p0 refund 3 first 103, p0 expire -3 first 100
         9 00:00 ends",
    );
}

#[test]
fn x4_s1_at_the_rate_that_was_paid() {
    check(
        office(),
        "1 08:00 cy orders 10 Render as j1 failing 10  -> result 5
         1 09:00 Render costs 3
         1 10:00 j1 fails              -> p0 refund 5 first 1000
         9 00:00 ends",
    );
}

#[test]
fn x4_p8_a_pack_that_moved_meanwhile_gets_it_back_in_the_team_that_paid() {
    check(
        office(),
        "1 08:00 cy orders 10 Render as j1 failing 10  -> result 5
         1 09:00 p0 moves to third          -> p0 move_out -995 first 0, p0 move_in 995 third 995
         1 10:00 j1 fails              -> p0 refund 5 first 5
         1 11:00 p0 moves to third          -> p0 move_out -5 first 0, p0 move_in 5 third 1000
         9 00:00 ends",
    );
}

#[test]
fn x4_what_fails_at_the_very_instant_of_its_order_was_paid_first() {
    check(
        bare(),
        "0 00:00 first buys 5 until 400
         1 08:00 cy orders 10 Render as j1 failing 10  -> result 5
         1 08:00 cy orders 10 Render        -> denied balance_zero
         1 08:00 j1 fails              -> p0 refund 5 first 5
         1 08:00 cy orders 10 Render        -> result 5
         9 00:00 ends",
    );
}

#[test]
fn x4_what_was_denied_or_covered_gives_nothing_back() {
    check(
        bare().cover("dee subscription of Render"),
        "1 08:00 cy orders 10 Render as j1 failing 10  -> denied balance_zero
         1 08:00 dee orders 10 Render as j2 failing 10 -> subscription 0
         9 00:00 j1 fails
         9 00:00 j2 fails",
    );
}

#[test]
fn x4_e14_cover_then_assignment_and_list_then_offline_then_balance() {
    check(
        bare().cover("dee trial of Render until 5 00:00").cover("dee subscription of Render until 3 00:00"),
        "1 08:00 dee orders 10 Render while offline     -> subscription 0
         4 08:00 dee orders 10 Render while offline     -> trial 0
         5 00:00 dee orders 10 Render while offline     -> denied not_assigned
         5 00:00 ann orders 10 Render while offline     -> denied product_not_allowed
         5 00:00 cy orders 10 Render while offline      -> denied offline
         5 00:00 cy orders 10 Render                    -> denied balance_zero
         9 00:00 ends",
    );
    check(
        office(),
        "1 00:00 eve is invited to first    -> mail invitation eve first
         1 08:00 eve orders 1 Render        -> denied invitation_pending
         8 00:00 eve orders 1 Render        -> denied invitation_lapsed
         9 00:00 ends",
    );
}

#[test]
fn x4_a_result_is_no_open_so_no_device_counts_and_no_version() {
    check(
        office(),
        "1 08:00 cy orders 1 Render on d1           -> result 0.5
         1 08:00 cy orders 1 Render on d2           -> result 0.5
         1 08:00 cy orders 1 Render on d3           -> result 0.5
         1 08:00 cy orders 1 Render on d4 in old    -> result 0.5
         9 00:00 ends",
    );
}

#[test]
fn x4_s3_a_service_can_be_withdrawn() {
    check(
        office(),
        "1 08:00 Render is withdrawn\n1 08:00 cy orders 1 Render -> denied product_not_allowed\n9 00:00 ends",
    );
}

#[test]
fn x4_p8_what_moved_away_and_expired_stays_expired_in_the_team_that_paid() {
    check(
        bare(),
        "0 00:00 first buys 10 until 2
         1 08:00 cy orders 10 Render as j1 failing 10 -> result 5
         1 09:00 p0 moves to third                    -> p0 move_out -5 first 0, p0 move_in 5 third 5
         2 00:00                                      -> p0 expire -5 third 0
         3 00:00 j1 fails                             -> p0 refund 5 first 5, p0 expire -5 first 0
         9 00:00 ends",
    );
}
