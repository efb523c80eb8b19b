//! The page as a browser shows it. Skipped, with a word, where there is none.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use crate::desk::Desk;
use crate::{browser, figures, page, studio};

/// Acts on a copy of the page as its reader would, and tells what came of it. The copy has no policy, or this couldn't run.
const READER: &str = include_str!("reader.js");

/// What the reader found, in a window of that size.
fn read(desk: &Desk, size: (u32, u32)) -> Option<Value> {
    let page = page();
    let (head, rest) = page.split_once("<meta http-equiv").unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    let copy = format!("{head}{}", rest.replace("</body>", &format!("<script>{READER}</script></body>")));
    // Windows have a least width; frames haven't.
    let (inside, (width, height)) = (serde_json::to_string(&copy).unwrap().replace("</", "<\\/"), size);
    let framed = format!(
        "<!DOCTYPE html><body><iframe width={width} height={height} style='border: 0'></iframe><script>
         const frame = document.querySelector('iframe');
         frame.onload = () => document.body.append(frame.contentDocument.getElementById('report'));
         frame.srcdoc = {inside};</script>"
    );
    let seen = browser::see(desk, &format!("framed-{width}.html"), &framed, (1700, 1000))?;
    assert_eq!(seen.errors, Vec::<String>::new());
    let report = seen
        .dom
        .split("<pre id=\"report\" hidden=\"\">")
        .nth(1)
        .expect("the reader's report")
        .split("</pre>")
        .next()
        .unwrap();
    let report = report.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Some(serde_json::from_str(&report).unwrap())
}

#[test]
fn it_loads_without_an_error_and_its_figures_stay() {
    let desk = studio();
    let Some(seen) = browser::see(desk, "seen.html", &page(), (1600, 1000)) else { return };
    assert_eq!(seen.errors, Vec::<String>::new());
    let forecast = desk.json("out/forecast.json");
    assert_eq!(figures::check(&seen.dom, &forecast), figures::check(&page(), &forecast));
    assert!(seen.dom.contains("<body class=\"live\">"), "the script hasn't run");
}

/// A server that counts what it is asked for.
#[test]
fn it_asks_for_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/page.html", listener.local_addr().unwrap());
    let (asked, asks) = mpsc::channel();
    let page = page();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let line = String::from_utf8_lossy(&request[..length]).lines().next().unwrap_or_default().to_owned();
            // A connection that asks for nothing is the browser's way to save time.
            if !line.is_empty() && asked.send(line).is_err() {
                return;
            }
            let header = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n";
            let _ = write!(stream, "{header}Content-Length: {}\r\n\r\n{page}", page.len());
        }
    });
    let Some(seen) = browser::look(studio(), &address, (800, 600)) else { return };
    assert_eq!(seen.errors, Vec::<String>::new());
    assert_eq!(asks.try_iter().collect::<Vec<_>>(), ["GET /page.html HTTP/1.1"]);
}

#[test]
fn nothing_is_without_a_name() {
    let Some(report) = read(studio(), (1000, 800)) else { return };
    assert_eq!(report["unnamed"], serde_json::json!([]));
    assert!(report["named"].as_u64().unwrap() > 50);
}

#[test]
fn tables_are_sorted_by_numbers_and_filtered_by_words() {
    let Some(report) = read(studio(), (1001, 800)) else { return };
    let numbers = |key: &str| -> Vec<f64> {
        report[key].as_array().unwrap().iter().map(|number| number.as_str().unwrap().parse().unwrap()).collect()
    };
    let (down, up) = (numbers("down"), numbers("up"));
    assert!(down.len() > 30 && down.is_sorted_by(|one, other| one >= other) && up.is_sorted(), "{down:?} {up:?}");
    assert_eq!(
        (&report["sorts"], &report["button"]),
        (&serde_json::json!(["descending", "ascending"]), &"BUTTON".into())
    );
    let left = report["filtered"].as_array().unwrap();
    assert!(!left.is_empty() && left.iter().all(|row| row.as_str().unwrap().contains("visualisers")), "{left:?}");
    assert_eq!(report["told"].as_str().unwrap(), format!("{} of {} rows", left.len(), down.len()));
    assert_eq!(report["cleared"].as_u64().unwrap() as usize, down.len());
}

#[test]
fn keys_go_through_a_picture_and_its_values_are_told() {
    let Some(report) = read(studio(), (1002, 800)) else { return };
    let told: Vec<&str> = report["spots"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    assert!(told[0].contains("tokens a day") && told[0].contains("in 80 % of the runs"), "{told:?}");
    assert!(told[0] != told[1] && told[2] == told[0] && told[3] != told[0], "{told:?}");
    assert_eq!((told[4], &report["status"]), ("", &"status".into()), "Escape");
    assert_eq!(report["stops"], report["pictures"], "one stop of the Tab key for each picture");
}

#[test]
fn it_fits_a_telephone_and_a_wide_screen() {
    for width in [360, 1600] {
        let Some(report) = read(studio(), (width, 900)) else { return };
        let (wide, seen) = (report["wide"].as_u64().unwrap(), report["seen"].as_u64().unwrap());
        assert!(seen <= u64::from(width) && wide <= seen, "{width}: {wide} of {seen}");
    }
}

#[test]
fn it_can_be_printed() {
    let desk = studio();
    let Some(mut command) = browser::command(desk, (800, 600)) else { return };
    desk.write("printed.html", &page());
    command.arg(format!("--print-to-pdf={}", desk.path("page.pdf").display()));
    assert!(command.arg(desk.path("printed.html")).output().unwrap().status.success());
    let pdf = desk.bytes("page.pdf");
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 50_000, "{}", pdf.len());
}
