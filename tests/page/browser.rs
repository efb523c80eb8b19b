//! A browser without a window, where there is one.

use std::process::{Command, Stdio};

use crate::desk::Desk;

/// What a browser made of a page.
pub struct Seen {
    pub dom: String,
    /// What it complained about: errors of scripts, what the policy refused.
    pub errors: Vec<String>,
}

/// The browser's command; `None`, and a word about it, where there is none.
pub fn browser() -> Option<&'static str> {
    let runs = |name: &&str| {
        let tried = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    let found = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(runs);
    if found.is_none() {
        eprintln!("skipped: there is no chromium, chromium-browser or google-chrome to look at the page with");
    }
    found
}

/// The command with what every look needs: a profile of its own, and no name that could be resolved.
pub fn command(desk: &Desk, (width, height): (u32, u32)) -> Option<Command> {
    let profile = tempfile::tempdir_in(desk.path("")).unwrap().keep();
    let mut command = Command::new(browser()?);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
    command.args([
        "--enable-logging=stderr",
        "--v=0",
        "--virtual-time-budget=4000",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display())).arg(format!("--window-size={width},{height}"));
    Some(command)
}

/// Writes the page at the desk, and opens it there.
pub fn see(desk: &Desk, name: &str, page: &str, size: (u32, u32)) -> Option<Seen> {
    desk.write(name, page);
    look(desk, &format!("file://{}", desk.path(name).display()), size)
}

/// Opens an address.
pub fn look(desk: &Desk, address: &str, size: (u32, u32)) -> Option<Seen> {
    let output = command(desk, size)?.arg("--dump-dom").arg(address).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let errors = told.lines().filter(|line| line.contains("CONSOLE") || line.contains("Page load failed"));
    let errors = errors.map(str::to_owned).collect();
    Some(Seen { dom: String::from_utf8(output.stdout).unwrap(), errors })
}
