use super::*;

/// What a line says, in short.
fn said(text: &str) -> String {
    let Some(line) = line(text) else { return "no line".into() };
    let who = |checkout: Checkout<'_>| {
        let handle = checkout.handle.map(|handle| format!(" #{handle}")).unwrap_or_default();
        format!("{} | {} | {}{handle}", checkout.feature, checkout.user, checkout.host)
    };
    match event(&line) {
        Event::Out(checkout) => format!("out {}", who(checkout)),
        Event::In(checkout, reason) => format!("in {} {reason}", who(checkout)).trim_end().into(),
        Event::Denied(checkout, reason) => format!("denied {}: {reason}", who(checkout)),
        Event::Starts(daemon) => format!("starts {}", daemon.unwrap_or("all")),
        Event::Other => match date(line.message) {
            Some((day, zone)) => format!("date {day} {}", zone.unwrap_or_default()).trim().into(),
            None => "other".into(),
        },
        event => format!("{event:?}").to_lowercase(),
    }
}

#[test]
fn lines_become_events() {
    for (text, expected) in [
        (r#" 6:51:39 (adskflex) OUT: "64300ACD_F" USER01@COMPUTER01  "#, "out 64300ACD_F | USER01 | COMPUTER01"),
        (
            r#"20:16:11 (adskflex) IN: "64300ACD_F" USER11@COMPUTER11  (INACTIVE)"#,
            "in 64300ACD_F | USER11 | COMPUTER11 INACTIVE",
        ),
        (r#"21:06:15 (ansyslmd) OUT: "hfsshpc" a@n1.example.org  (20 licenses) "#, "out hfsshpc | a | n1.example.org"),
        (r#"7:00:00 (adskflex) OUT: "X" LOCAL SERVICE@DESKTOP-07 [10.0.0.7]"#, "out X | LOCAL SERVICE | DESKTOP-07"),
        (r#"7:00:00 (adskflex) OUT: "X" anna@firm.example@pc7"#, "out X | anna@firm.example | pc7"),
        (r#"7:00:00 (adskflex) OUT: "X" o'neil(cad)@pc-7.é"#, "out X | o'neil(cad) | pc-7.é"),
        (
            r#"8:41:54 (demo) OUT: "f1" ADas@BLR ^^^ 1.0 ADas 127.0.0.1 29865 0x12CE 1 5 "#,
            "out f1 | ADas | BLR #0x12CE",
        ),
        (r#"8:41:54 (demo) IN: "f1" @BLR (1) ^^^ 1.0 ADas 127.0.0.1 29865 0x12CE"#, "in f1 | ADas | BLR #0x12CE 1"),
        (
            r#"13:11:55 (p) DENIED: "base" u@NCI-0  (Licensed number of users already reached. (-4,342:10054 ""))"#,
            r#"denied base | u | NCI-0: Licensed number of users already reached. (-4,342:10054 "")"#,
        ),
        (
            r#"11:46:28 (p) UNSUPPORTED: "x" (PORT_AT_HOST_PLUS   ) n@N  (License server system does not support this feature. (-18,327))"#,
            "unsupported",
        ),
        (" 7:56:05 (lmgrd) TIMESTAMP 3/30/2016", "date 2016-03-30"),
        (
            "1:56:00 (lmgrd) Server's System Date and Time: Wed Mar 30 2016 01:56:00 Romance Daylight Time",
            "date 2016-03-30 Romance Daylight Time",
        ),
        ("1:56:05 (lmgrd) (@lmgrd-SLOG@) Start-Date: Sun Jan 08 2017 17:17:45 EST", "date 2017-01-08 EST"),
        ("5:56:18 (adskflex) (@adskflex-SLOG@) Time: Wed Mar 30 2016 05:56:18 CET", "date 2016-03-30 CET"),
        (
            "1:56:05 (lmgrd) FlexNet Licensing (v11.12.0.0 build 1 x64_n6) started on S (IBM PC) (3/30/2016)",
            "starts all",
        ),
        ("1:56:05 (lmgrd) Started adskflex (internet tcp_port 37560 pid 1085)", "starts adskflex"),
        ("1:56:05 (lmgrd) REStarted adskflex (internet tcp_port 37560)", "starts adskflex"),
        ("1:56:05 (adskflex) FlexNet Licensing version v11.12.0.0 build 136775 x64_n6", "starts adskflex"),
        ("1:56:05 (adskflex) EXITING DUE TO SIGNAL 15", "exits"),
        ("1:56:05 (lmgrd) EXITING DUE TO SIGNAL 15", "other"),
        ("1:56:05 (adskflex) SLOG: Summary LOG statistics is enabled.", "other"),
        (r#"2027-03-01T09:00:00+0100 (a) OUT: "X" u@h"#, "out X | u | h"),
        (r#"2027-03-01T08:00:00Z (a) OUT: "X" u@h"#, "out X | u | h"),
        // Torn lines, and what is none.
        (r#"7:00:00 (adskflex) OUT: "643"#, "torn"),
        (r#"7:00:00 (adskflex) IN: "64300ACD_F" USER"#, "torn"),
        (r#"7:00:00 (adskflex) OUT: "" u@h"#, "torn"),
        (r#"7:00:00 (adskflex) OUT: "X" u@"#, "torn"),
        ("7:00:00 (adskflex) DENIED: 1 X to u", "torn"),
        ("7:00:00 (lmgrd) TIMESTAMP 30/3/2016", "other"),
        ("7:00:00 (lmgrd) TIMESTAMP 2/29/2015", "other"),
        ("7:00:00 (lmgrd) TIMESTAMP 3/30/99999", "other"),
        ("7:00:00 (lmgrd) Start-Date: Wed Brumaire 30 2016", "other"),
        ("7:00:00 () OUT:", "no line"),
        ("24:00:00 (a) OUT:", "no line"),
        ("7:00 (a) OUT:", "no line"),
        ("ansyslmd  ansoftd  ", "no line"),
        ("TT (a) x", "no line"),
        ("Té (a) x", "no line"),
        ("", "no line"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
    assert!(seems_torn(r#"flex) OUT: "64300ACD_F" u@h"#) && !seems_torn("ansyslmd"));
}
