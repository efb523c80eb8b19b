//! Names hashed (rules.md U8): no name appears anywhere, and all else is as with names shown.

mod desk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use desk::Desk;
use flexcast::pseudonyms::Pseudonyms;

const KEY: &str = "a key of the tests, of 32 bytes or more";

/// Parts of every name in the scenario and the log.
const NAMES: [&str; 10] = [
    "quillfeather",
    "zebedee",
    "xanthos",
    "ottoline",
    "prax",
    "moonlighter",
    "newcomer",
    "vane",
    "wanderlust",
    "draughters-",
];
const USERS: [&str; 8] = [
    "quillfeather@harbour.example",
    "Zebedee Xanthos",
    "moonlighter@home.example",
    "newcomer.vane@harbour.example",
    "wanderlust@elsewhere.example",
    "draughters-1",
    "draughters-2",
    "draughters-3",
];
const DEVICES: [&str; 6] = ["QUILLFEATHER-PC", "XANTHOS-01", "XANTHOS-02", "XANTHOS-03", "XANTHOS-04", "VANE"];

/// Every command that reads a scenario or a log; each writes to `out` where it writes.
const COMMANDS: [&str; 25] = [
    "check scenario.yaml",
    "forecast scenario.yaml --out out",
    "simulate scenario.yaml --out out",
    "meter scenario.yaml sessions.csv --out out",
    "meter scenario.yaml sessions.csv --out out --json",
    "explain scenario.yaml sessions.csv --all",
    "explain scenario.yaml --json",
    "report scenario.yaml sessions.csv",
    "report scenario.yaml --json",
    "alerts scenario.yaml --out out",
    "alerts scenario.yaml --sessions sessions.csv --json",
    "seats scenario.yaml --out out --json",
    "plan scenario.yaml --replications 300 --service-level 90% --out out",
    "sensitivity scenario.yaml --out out",
    "sensitivity scenario.yaml --out out --full --replications 50",
    "compare scenario.yaml --out out",
    "what-if scenario.yaml sweep --with path=people.draughters.count --with from=3 --with to=4 --with steps=2 --out out",
    "import flexnet debug.log -o out/sessions.csv --denied out/denied.csv --zone UTC",
    "import usage daily.csv -o out/usage.csv",
    "report --usage daily.csv",
    "export users scenario.yaml sessions.csv",
    "export users scenario.yaml sessions.csv --columns title --format json",
    "export usage scenario.yaml --out out/usage.csv",
    "export subscriptions scenario.yaml",
    "report scenario.yaml sessions.csv --user draughters-2 --out out",
];

const FLEXNET: &str = "\
 8:00:01 (adskflex) TIMESTAMP 1/4/2027
 8:00:02 (adskflex) OUT: \"REVIT\" quillfeather@QUILLFEATHER-PC
 8:30:02 (adskflex) DENIED: \"REVIT\" wanderlust@VANE (Licensed number of users already reached. (-4,342))
 9:00:02 (adskflex) IN: \"REVIT\" quillfeather@QUILLFEATHER-PC
";

const DAILY: &str = "\
access_option,day_used,email,product_name,team_alias,tokens_used,version
Flex,2027-01-04,quillfeather@harbour.example,Revit,Harbour,10,2026
Flex,2027-01-05,Zebedee Xanthos,AutoCAD,Harbour,7,2027
";

fn harbour() -> Desk {
    // Whoever names a team or a pack after somebody names that one everywhere.
    let scenario = include_str!("names/harbour.yaml").replace("engineering", "engineering of Zebedee Xanthos");
    let desk = Desk::new(&scenario.replace("id: p2", "id: \"p2 for quillfeather@harbour.example\""));
    desk.write("roamer.rhai", include_str!("names/roamer.rhai"));
    desk.write("sessions.csv", include_str!("names/sessions.csv"));
    desk.write("debug.log", FLEXNET);
    desk.write("daily.csv", DAILY);
    desk.write("key", KEY);
    desk
}

/// All that a command said and wrote, by where.
fn all(desk: &Desk, output: &Output) -> BTreeMap<String, String> {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut all = BTreeMap::from([
        ("standard output".to_owned(), lossy(&output.stdout)),
        ("standard error".to_owned(), lossy(&output.stderr)),
    ]);
    if desk.path("out").exists() {
        for entry in fs::read_dir(desk.path("out")).unwrap() {
            let path = entry.unwrap().path();
            all.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), lossy(&fs::read(&path).unwrap()));
        }
        fs::remove_dir_all(desk.path("out")).unwrap();
    }
    all
}

fn assert_no_name(command: &str, desk: &Desk, output: &Output) {
    for (place, text) in all(desk, output) {
        let text = text.to_lowercase();
        let found: Vec<_> = NAMES.iter().filter(|name| text.contains(*name) || place.contains(*name)).collect();
        assert!(found.is_empty(), "{command}: {found:?} in {place}: {text}");
    }
}

#[test]
fn hashed_names_appear_in_nothing_that_is_shown_or_written() {
    let desk = harbour();
    for command in COMMANDS {
        let output = desk.run(&format!("{command} --names hashed --names-key key"));
        let code = output.status.code();
        assert!(code == Some(0) || code == Some(4), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert_no_name(command, &desk, &output);
    }
}

#[test]
fn a_user_can_be_asked_for_by_name_and_by_hash() {
    let desk = harbour();
    let hash = Pseudonyms::under(KEY.as_bytes()).user("Zebedee Xanthos").into_owned();
    for command in
        ["report scenario.yaml sessions.csv --range 2027-01-01..2027-01-31", "explain scenario.yaml sessions.csv"]
    {
        let asked = |user: &str| {
            let mut asked = desk.command(&format!("{command} --names hashed --names-key key"));
            let output = asked.args(["--user", user]).output().unwrap();
            assert!(output.status.success(), "{command}");
            assert_no_name(command, &desk, &output);
            String::from_utf8(output.stdout).unwrap()
        };
        assert!(asked("Zebedee Xanthos").contains(&hash));
        assert_eq!(asked("Zebedee Xanthos"), asked(&hash));
    }
    let preview =
        "scripts preview --scenario scenario.yaml --user quillfeather@harbour.example --sessions all --out out";
    for json in ["", " --json"] {
        let output = desk.run(&format!("{preview}{json} --names hashed --names-key key"));
        assert!(output.status.success());
        assert_no_name(preview, &desk, &output);
    }
}

/// The rows come in the core's order, in which names have no part.
#[test]
fn all_else_is_as_with_names_shown() {
    let desk = harbour();
    let pseudonyms = Pseudonyms::under(KEY.as_bytes());
    let hashed = |text: &str| {
        let users = USERS.iter().fold(text.to_owned(), |text, user| text.replace(user, &pseudonyms.user(user)));
        DEVICES.iter().fold(users, |text, device| text.replace(device, &pseudonyms.device(device)))
    };
    for command in ["simulate scenario.yaml --out out", "meter scenario.yaml sessions.csv --out out"] {
        let shown = all(&desk, &desk.run(command));
        let found = all(&desk, &desk.run(&format!("{command} --names hashed --names-key key")));
        assert!(shown["decisions.csv"].lines().count() > 10, "{command}");
        for file in ["decisions.csv", "ledger.csv", "mails.csv", "sessions.csv", "notes.csv", "standard output"] {
            assert_eq!(shown.get(file).map(|text| hashed(text)), found.get(file).cloned(), "{command}: {file}");
        }
    }
    for command in [
        "forecast scenario.yaml --out out",
        "sensitivity scenario.yaml --out out",
        "sensitivity scenario.yaml --full --replications 50 --out out",
        "seats scenario.yaml --out out",
    ] {
        let shown = all(&desk, &desk.run(command));
        let found = all(&desk, &desk.run(&format!("{command} --names hashed --names-key key")));
        for (file, text) in shown.iter().filter(|(file, _)| file.ends_with(".csv")) {
            assert_eq!(sorted(&hashed(text)), sorted(&found[file]), "{command}: {file}");
        }
    }
}

/// Where rows are equal but for their names, these decide about the order.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn what_was_written_with_hashes_is_metered_again() {
    let desk = harbour();
    let names = "--names hashed --names-key key";
    let output = desk.run(&format!("simulate scenario.yaml --out first {names}"));
    let told = String::from_utf8(output.stderr).unwrap();
    let again = told.lines().find_map(|line| line.trim().strip_prefix("flexcast ")).unwrap();
    desk.done(again);
    for file in ["decisions.csv", "ledger.csv"] {
        assert_eq!(desk.text(&format!("first/{file}")), desk.text(&format!("first/again/{file}")), "{file}");
    }
}

#[test]
fn errors_tell_no_names_and_still_where_and_what() {
    let scenario = include_str!("names/harbour.yaml");
    let wrong = |from: &str, to: &str| {
        assert!(scenario.contains(from), "{from}");
        scenario.replacen(from, to, 1)
    };
    for (broken, said) in [
        (wrong("- user: quill", "- usr: quill"), "unknown key"),
        (wrong("leave: {user: Zebedee", "leave: {user: Zebedeo"), "unknown user"),
        (wrong("team: design, access: all, behaviour", "team: Ottoline Prax, access: all, behaviour"), "unknown team"),
        (wrong("{group: draughters, count: 3", "{group: Zebedee Xanthos, count: 3"), "given twice"),
        (wrong("people:\n", "people:\n  - wanderlust\n"), "is not a"),
        (wrong("count: 3", "count: quillfeather"), "is not a"),
        (wrong("  - user: quill", "  - user: [quill"), "not valid YAML"),
        (wrong("  - user: quill", "  user: quill"), "not valid YAML"),
        (wrong("people.Zebedee Xanthos.with", "people.Zebedee Xantos.with"), "people"),
        (wrong("with: {attendance: {from: 0.8, to: 1}}", "with: {attendance: Ottoline Prax}"), "isn't"),
        (wrong("with: {attendance: {from: 0.8, to: 1}}", "with: {ottoline: 1}"), "has no parameter"),
        (wrong("behaviour: office_week, with", "behaviour: ottoline_week, with"), ""),
        (wrong("zone: Europe/Amsterdam", "zone: Europe/Wanderlust"), "scenario.yaml:4:7"),
    ] {
        let desk = harbour();
        desk.write("scenario.yaml", &broken);
        let output = desk.run("check scenario.yaml --names hashed --names-key key");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(said) && told.contains("scenario.yaml:") && told.contains("--names shown"), "{told}");
        assert_no_name(&broken, &desk, &output);
    }
}

#[test]
fn errors_of_logs_scripts_and_options_tell_no_names() {
    let desk = harbour();
    let log = include_str!("names/sessions.csv");
    for (broken, said) in [
        (log.replace("2027-01-04T08:00:00Z", "wanderlust"), "in column `opened`"),
        (log.replace("Zebedee Xanthos,AutoCAD", "AutoCAD,Zebedee Xanthos"), "unknown product"),
        (log.replace(",2027-01-05T09:00:00Z,,,", ""), "ends before its column"),
        (log.replace("user,", "quillfeather,"), "user"),
        (log.replace("Zebedee Xanthos,", "\"Zebedee Xanthos,"), "bad.csv"),
    ] {
        desk.write("bad.csv", &broken);
        for skip in ["", " --skip-bad-rows"] {
            let command = format!("meter scenario.yaml bad.csv --out out{skip} --names hashed --names-key key");
            let output = desk.run(&command);
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(told.contains(said), "{told}");
            assert_no_name(&command, &desk, &output);
        }
    }
    for broken in [DAILY.replace(",10,", ",wanderlust,"), DAILY.replace("2027-01-05", "Zebedee")] {
        desk.write("daily.csv", &broken);
        for command in ["import usage daily.csv", "import usage daily.csv --skip-bad-rows", "report --usage daily.csv"]
        {
            assert_no_name(command, &desk, &desk.run(&format!("{command} --names hashed --names-key key")));
        }
    }
    let script = include_str!("names/roamer.rhai");
    for broken in [
        script.replace("note(", "throw(").replace("throw(", "throw ("),
        script.replace("me.uses(\"Revit\"", "me.uses(\"moonlighter@home.example\""),
        script.replace("note(\"quill", "noote(\"quill"),
    ] {
        desk.write("roamer.rhai", &broken);
        let output = desk.run("simulate scenario.yaml --out out --names hashed --names-key key");
        assert_eq!(output.status.code(), Some(1));
        assert_no_name(&broken, &desk, &output);
    }
    let desk = harbour();
    for command in [
        "check scenario.yaml --set people.quillfeather.count=3",
        "check scenario.yaml --set people.\"quillfeather@harbour.example\".acess=all",
        "compare scenario.yaml --what-if moonlighter@home.example",
    ] {
        let output = desk.run(&format!("{command} --names hashed --names-key key"));
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert!(!told.contains("@") && !told.contains("zebedee"), "{told}");
    }
}

#[test]
fn the_key_is_made_once_for_its_owner_alone_and_never_told() {
    let desk = harbour();
    let meter = "meter scenario.yaml sessions.csv --out out --names hashed";
    let first = desk.run(meter);
    assert!(String::from_utf8_lossy(&first.stderr).contains("made flexcast-names.key"));
    let (key, decisions) = (desk.text("flexcast-names.key"), desk.text("out/decisions.csv"));
    assert_eq!(key.trim_end().len(), 64);
    assert!(key.trim_end().bytes().all(|byte| byte.is_ascii_hexdigit()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path("flexcast-names.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let second = desk.run(meter);
    assert!(!String::from_utf8_lossy(&second.stderr).contains("flexcast-names.key"));
    assert_eq!((desk.text("flexcast-names.key"), desk.text("out/decisions.csv")), (key.clone(), decisions.clone()));
    for (place, text) in all(&desk, &second) {
        assert!(!text.contains(key.trim_end()), "{place}");
    }
    // Beside the scenario, wherever one stands.
    let root = desk.path("");
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = desk.command("");
    let at = |name: &str| root.join(name).display().to_string();
    command.args(["meter", &at("scenario.yaml"), &at("sessions.csv"), "--out", &at("out"), "--names", "hashed"]);
    assert!(command.current_dir(elsewhere.path()).output().unwrap().status.success());
    assert_eq!(desk.text("out/decisions.csv"), decisions);
    assert!(is_empty(elsewhere.path()));
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn a_key_that_serves_for_nothing_is_refused() {
    let desk = harbour();
    desk.write("short", "hunter2\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", desk.path("dangling")).unwrap();
    for (options, code, said) in [
        ("--names hashed --names-key short", 1, "too short"),
        ("--names hashed --names-key .", 1, "can't read the key"),
        ("--names hashed --names-key nowhere/key", 3, "can't write"),
        #[cfg(unix)]
        ("--names hashed --names-key dangling", 1, "can't read the key"),
        #[cfg(unix)]
        ("--names hashed --names-key /dev/zero", 1, "no plain file"),
        ("--names-key key", 1, "of no use"),
        ("--names hidden", 2, "shown, hashed"),
    ] {
        let output = desk.run(&format!("check scenario.yaml {options}"));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(code) && told.contains(said), "{options}: {told}");
        assert!(!told.contains("hunter2"));
    }
}
