//! Compiled scripts and Rhai's evaluator give the same sessions, draws and errors: every shipped script, and programs made up at
//! random. `BOTH_SEED` and `BOTH_CASES` ask for others, and for more.

use std::fmt::Write;

use flexcast::behaviour::{Interpreter, Library, Planned, Planner, SHIPPED};
use flexcast::diagnostic::Diagnostic;
use flexcast::ids::UserId;
use flexcast::scenario::Scenario;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use crate::stage::{people, sound_stage, stage, users_of};

/// What a run of all users' days came to.
type Outcome = Result<Vec<(Planned, String, String)>, Box<Diagnostic>>;

fn run(library: &Library, scenario: &Scenario, how: Interpreter, replication: u32) -> Outcome {
    let mut library = library.clone();
    library.interpreter = how;
    let mut planner = Planner::new(&library, scenario, 7);
    let (mut planned, mut sessions) = (Vec::new(), Vec::new());
    planner.reset();
    for day in scenario.days_somewhere() {
        for user in 0..scenario.users.len() {
            sessions.clear();
            planner.plan(replication, UserId::from_index(user), day, &mut sessions)?;
            planned.extend(sessions.iter().map(|session| {
                let device = planner.device_name(session.device).to_owned();
                (session.clone(), device, planner.version_name(session.version).to_owned())
            }));
        }
    }
    Ok(planned)
}

/// Runs both ways; says how many sessions or which error it came to.
fn same(library: &Library, scenario: &Scenario, what: &str) -> Outcome {
    let compiled = run(library, scenario, Interpreter::Compiled, 1);
    let interpreted = run(library, scenario, Interpreter::Rhai, 1);
    assert!(compiled == interpreted, "{what}\n{:?}\n{:?}", brief(&compiled), brief(&interpreted));
    compiled
}

fn brief(outcome: &Outcome) -> String {
    let text = format!("{outcome:?}");
    text.chars().take(1500).collect()
}

#[test]
fn every_shipped_script_is_compiled_and_plans_the_same() {
    for (name, _) in SHIPPED {
        let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[users_of(name, 2)]);
        assert_eq!(Planner::new(&library, &scenario, 7).notes(), [], "{name}");
        let planned = same(&library, &scenario, name).unwrap();
        assert!(!planned.is_empty(), "{name}");
    }
}

#[test]
fn programs_made_up_at_random_do_the_same() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
    };
    let (seed, cases) = (number("BOTH_SEED", 1), number("BOTH_CASES", 400));
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("both-{}.rhai", std::process::id()));
    let (mut compiled, mut failed, mut refused) = (0, 0, 0);
    for case in 0..cases {
        let text = Author::new(seed.wrapping_mul(1 << 32).wrapping_add(case)).script();
        std::fs::write(&path, &text).unwrap();
        let (scenario, library, found) = stage("2027-03-25", "2027-04-02", &[people("one", 2, path.to_str().unwrap())]);
        if !found.is_empty() {
            if std::env::var("BOTH_SHOW").is_ok() {
                println!("{}\n{text}", found[0].message);
            }
            refused += 1;
            continue;
        }
        let planner = Planner::new(&library, &scenario, 7);
        compiled += u64::from(planner.notes().is_empty());
        let ended = same(&library, &scenario, &format!("case {case} of seed {seed}:\n{text}"));
        failed += u64::from(ended.is_err());
    }
    println!("{cases} programs: {compiled} compiled whole, {failed} end in an error, {refused} refused before");
    assert!(refused * 10 < cases && compiled * 3 > cases && failed > cases / 20 && failed < cases * 3 / 4);
}

/// Writes programs, mostly such as go well.
struct Author {
    dice: Pcg64,
    /// Variables in scope, by type: whole numbers, fractions, truths, texts, lists of texts.
    variables: Vec<(Kind, String)>,
    names: u32,
    /// Functions that may be called, with what they give for one whole number.
    functions: Vec<(Kind, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Int,
    Float,
    Bool,
    Text,
    List,
}

impl Author {
    fn new(seed: u64) -> Author {
        Author { dice: Pcg64::seed_from_u64(seed), variables: Vec::new(), names: 0, functions: Vec::new() }
    }

    fn below(&mut self, bound: u32) -> u32 {
        (self.dice.next_u64() % u64::from(bound)) as u32
    }

    fn one_in(&mut self, chances: u32) -> bool {
        self.below(chances) == 0
    }

    fn pick<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len() as u32) as usize]
    }

    fn kind(&mut self) -> Kind {
        let kinds = [Kind::Int, Kind::Int, Kind::Int, Kind::Float, Kind::Float, Kind::Bool, Kind::Text, Kind::List];
        kinds[self.below(8) as usize]
    }

    fn script(mut self) -> String {
        let mut text =
            String::from("state(\"carried\", 0, \"a number\");\nparameter(\"part\", \"number\", 0.3, \"a share\");\n");
        for _ in 0..self.below(3) {
            let (kind, name) = (self.kind(), self.name("f"));
            self.variables = vec![(Kind::Int, "n".into())];
            let body = self.block(2, 1);
            let value = self.expression(kind, 2);
            let early = if self.one_in(3) {
                format!("if n > 3 {{ return {}; }}", self.expression(kind, 1))
            } else {
                String::new()
            };
            let _ = writeln!(text, "fn {name}(me, today, n) {{ {early} {body} {value} }}");
            self.functions.push((kind, name));
        }
        self.variables.clear();
        let body = self.block(4, 3);
        let _ = writeln!(text, "fn day(me, today) {{\n{body}\n}}");
        text
    }

    fn name(&mut self, start: &str) -> String {
        self.names += 1;
        format!("{start}{}", self.names)
    }

    fn block(&mut self, statements: u32, depth: u32) -> String {
        let scope = self.variables.len();
        let count = 1 + self.below(statements);
        let lines: Vec<String> = (0..count).map(|_| self.statement(depth)).collect();
        self.variables.truncate(scope);
        lines.join("\n")
    }

    fn variable(&mut self, kind: Kind) -> Option<String> {
        let of_kind: Vec<String> =
            self.variables.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.clone()).collect();
        if of_kind.is_empty() { None } else { Some(of_kind[self.below(of_kind.len() as u32) as usize].clone()) }
    }

    fn statement(&mut self, depth: u32) -> String {
        match self.below(if depth == 0 { 8 } else { 16 }) {
            0..=2 => {
                let kind = self.kind();
                let value = self.expression(kind, 3);
                let name = if self.one_in(6) {
                    self.variables.last().map_or_else(|| "v0".into(), |(_, name)| name.clone())
                } else {
                    self.name("v")
                };
                self.variables.retain(|(_, known)| *known != name);
                self.variables.push((kind, name.clone()));
                format!("let {name} = {value};")
            }
            3 | 4 => {
                let kind = self.kind();
                let Some(name) = self.variable(kind).filter(|name| name != "me") else { return self.session() };
                let operator = match kind {
                    Kind::Int => self.pick(&["=", "+=", "-=", "*=", "/=", "%="]),
                    Kind::Float => self.pick(&["=", "+=", "-=", "*=", "/="]),
                    Kind::Text => self.pick(&["=", "+="]),
                    Kind::Bool | Kind::List => "=",
                };
                // Now and then a value of another type.
                let kind = if self.one_in(12) { self.kind() } else { kind };
                format!("{name} {operator} {};", self.expression(kind, 2))
            }
            5 => match self.variable(Kind::List) {
                Some(list) => format!("{list}.push({});", self.expression(Kind::Text, 1)),
                None => self.session(),
            },
            6 if depth > 2 => {
                format!("me.carried {} {};", self.pick(&["=", "+="]), self.expression(Kind::Int, 2))
            }
            6 | 7 => self.session(),
            8 | 9 => {
                let condition = self.expression(Kind::Bool, 2);
                let (yes, no) = (self.block(2, depth - 1), self.block(2, depth - 1));
                if self.one_in(2) {
                    format!("if {condition} {{ {yes} }}")
                } else {
                    format!("if {condition} {{ {yes} }} else {{ {no} }}")
                }
            }
            10 => {
                let (variable, most) = (self.name("i"), self.pick(&["3", "4", "40", "3000"]));
                self.variables.push((Kind::Int, variable.clone()));
                let body = self.block(2, if most == "3000" { 0 } else { depth - 1 });
                let leave = if self.one_in(3) {
                    format!("if {} {{ {}; }}", self.expression(Kind::Bool, 1), self.pick(&["break", "continue"]))
                } else {
                    String::new()
                };
                self.variables.pop();
                format!("for {variable} in 0..{}{most} {{ {leave} {body} }}", self.pick(&["", "="]))
            }
            11 => {
                let list = self.expression(Kind::List, 1);
                let variable = self.name("p");
                self.variables.push((Kind::Text, variable.clone()));
                let body = self.block(2, depth - 1);
                self.variables.pop();
                format!("for {variable} in {list} {{ {body} }}")
            }
            12 => {
                let variable = self.name("w");
                let body = self.block(2, depth - 1);
                let bound = self.pick(&["5", "50", "30000"]);
                format!("let {variable} = 0; while {variable} < {bound} {{ {variable} += 1; {body} }}")
            }
            13 => {
                let on = self.pick(&["today.weekday", "today.day_of_month % 4", "today.is_working"]);
                let (one, two, other) = (self.block(1, 0), self.block(1, 0), self.block(1, 0));
                match on {
                    "today.weekday" => format!(
                        "switch {on} {{ \"mon\" | \"tue\" => {{ {one} }}, \"fri\" if chance(0.5) => {{ {two} }}, _ => {{ {other} }} }}"
                    ),
                    "today.is_working" => format!("switch {on} {{ true => {{ {one} }}, false => {{ {two} }} }}"),
                    _ => format!("switch {on} {{ 0 => {{ {one} }}, 1..3 => {{ {two} }}, _ => {{ {other} }} }}"),
                }
            }
            14 if self.one_in(4) => {
                let caught = self.block(1, 0);
                format!("try {{ {caught} throw \"out\"; }} catch {{ {} }}", self.session())
            }
            15 if self.one_in(6) => format!("if {} {{ throw \"never mind\"; }}", self.expression(Kind::Bool, 1)),
            15 if self.one_in(3) => format!("if {} {{ return; }}", self.expression(Kind::Bool, 1)),
            _ => self.session(),
        }
    }

    fn session(&mut self) -> String {
        let product = match self.below(3) {
            0 => self.pick(&["\"Revit\"", "\"AutoCAD\"", "\"Maya\""]).to_owned(),
            1 => format!("pick({})", self.expression(Kind::List, 0)),
            _ => self.expression(Kind::Text, 0),
        };
        // What is written out is looked at before the run.
        let known = !product.starts_with('"') || ["\"Revit\"", "\"AutoCAD\"", "\"Maya\""].contains(&product.as_str());
        let product = if self.one_in(2) || !known { "\"Revit\"".into() } else { product };
        let (from, until) = (self.expression(Kind::Int, 2), self.expression(Kind::Int, 2));
        let on = match self.below(6) {
            0 => format!(".on({})", self.expression(Kind::Text, 1)),
            1 => format!(".on(`laptop ${{{}}}`)", self.expression(Kind::Int, 1)),
            2 => ".offline().version(2027)".into(),
            _ => String::new(),
        };
        match self.below(8) {
            0 => format!("me.leaves_open({product}, {from});"),
            1 => "me.is_in(pick([\"Asia/Tokyo\", \"America/New_York\"]));".into(),
            _ => format!("me.uses({product}, {from}, {until}){on};"),
        }
    }

    fn expression(&mut self, kind: Kind, depth: u32) -> String {
        if self.one_in(3)
            && let Some(name) = self.variable(kind)
        {
            return name;
        }
        if depth > 0 && self.one_in(8) {
            let of_kind: Vec<String> =
                self.functions.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.clone()).collect();
            if !of_kind.is_empty() {
                let name = of_kind[self.below(of_kind.len() as u32) as usize].clone();
                return format!("{name}(me, today, {})", self.expression(Kind::Int, depth - 1));
            }
        }
        if depth > 0 && self.one_in(8) {
            let condition = self.expression(Kind::Bool, depth - 1);
            let (yes, no) = (self.expression(kind, depth - 1), self.expression(kind, depth - 1));
            return format!("(if {condition} {{ {yes} }} else {{ {no} }})");
        }
        match kind {
            Kind::Int => self.whole(depth),
            Kind::Float => self.fraction(depth),
            Kind::Bool => self.truth(depth),
            Kind::Text => self.text(depth),
            Kind::List => match self.below(4) {
                0 => "[]".into(),
                1 if depth > 0 => format!("[{}, {}]", self.expression(Kind::Text, 0), self.expression(Kind::Text, 0)),
                _ => "[\"Revit\", \"AutoCAD\", \"Maya\"]".into(),
            },
        }
    }

    fn whole(&mut self, depth: u32) -> String {
        if depth == 0 {
            return match self.below(12) {
                0 => "9223372036854775807".into(),
                1 => "0".into(),
                2 => "-3".into(),
                3 => "hours(9)".into(),
                _ => self.below(40_000).to_string(),
            };
        }
        let depth = depth - 1;
        let (a, b) = (self.expression(Kind::Int, depth), self.expression(Kind::Int, depth));
        match self.below(14) {
            0..=2 => format!("({a} {} {b})", self.pick(&["+", "-"])),
            3 => format!("({a} {} {b})", self.pick(&["*", "/", "%", "&", "|", "^"])),
            4 => format!("uniform({a}, {b})"),
            5 => format!("normal({a}, abs({}))", self.expression(Kind::Float, depth)),
            6 => format!("round({})", self.expression(Kind::Float, depth)),
            7 => format!("min({a}, {b})"),
            8 => format!("hours({} % 20)", a),
            9 => format!("{}.len()", self.expression(Kind::List, 0)),
            10 => format!("-({a})"),
            11 => self.pick(&["time(\"09:30\")", "duration(\"7h30m\")", "days(1)"]).into(),
            12 => format!("this_week(\"w\").uniform({a}, {b})"),
            _ => a,
        }
    }

    fn fraction(&mut self, depth: u32) -> String {
        if depth == 0 {
            return self.pick(&["0.5", "0.1", "0.30000000000000004", "1e300", "0.0", "-2.5", "3.0"]).into();
        }
        let depth = depth - 1;
        let (a, b) = (self.expression(Kind::Float, depth), self.expression(Kind::Float, depth));
        match self.below(8) {
            0..=2 => format!("({a} {} {b})", self.pick(&["+", "-", "*", "/", "%"])),
            3 => format!("({a} {} {})", self.pick(&["+", "-", "*", "/"]), self.expression(Kind::Int, depth)),
            4 => format!("uniform({a}, {b})"),
            5 => format!("normal({a}, abs({b}))"),
            6 => format!("max({a}, {b})"),
            _ => a,
        }
    }

    fn truth(&mut self, depth: u32) -> String {
        if depth == 0 {
            return self.pick(&["true", "false", "chance(0.5)", "(1 == 1)"]).into();
        }
        let depth = depth - 1;
        let compared = self.pick(&["==", "!=", "<", "<=", ">", ">="]);
        match self.below(10) {
            0 | 1 => {
                format!("({} {compared} {})", self.expression(Kind::Int, depth), self.expression(Kind::Int, depth))
            }
            2 => {
                format!("({} {compared} {})", self.expression(Kind::Float, depth), self.expression(Kind::Float, depth))
            }
            3 => format!("({} {compared} {})", self.expression(Kind::Text, depth), self.expression(Kind::Text, depth)),
            4 => format!("({} && {})", self.expression(Kind::Bool, depth), self.expression(Kind::Bool, depth)),
            5 => format!("({} || {})", self.expression(Kind::Bool, depth), self.expression(Kind::Bool, depth)),
            6 => format!("!{}", self.expression(Kind::Bool, 0)),
            7 => format!("({} in {})", self.expression(Kind::Text, 0), self.expression(Kind::List, 0)),
            8 => format!("({} in 3..20)", self.expression(Kind::Int, depth)),
            _ => format!("({} {compared} {})", self.expression(Kind::Int, depth), self.expression(Kind::Float, depth)),
        }
    }

    fn text(&mut self, depth: u32) -> String {
        if depth == 0 {
            return self.pick(&["\"Revit\"", "\"AutoCAD\"", "\"laptop\"", "\"\""]).into();
        }
        let depth = depth - 1;
        match self.below(6) {
            0 => format!("({} + {})", self.expression(Kind::Text, depth), self.expression(Kind::Text, depth)),
            1 => format!("`{} ${{{}}}`", self.pick(&["a", "b"]), self.expression(Kind::Int, depth)),
            2 => format!("`${{{}}}`", self.expression(Kind::Float, depth)),
            3 => format!("{}[{}]", "[\"Revit\", \"AutoCAD\"]", self.pick(&["0", "1", "-1", "2"])),
            4 => format!("pick({})", self.expression(Kind::List, depth)),
            _ => self.pick(&["\"Revit\"", "\"AutoCAD\"", "\"Maya\""]).into(),
        }
    }
}

#[test]
fn lists_whose_type_shows_only_in_the_run_are_drawn_from_alike() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lists-{}.rhai", std::process::id()));
    for draw in ["pick(list)", "pick(list, [1.0, 2.0])", "always(\"x\").pick(list)", "always(\"x\").pick(list, [1, 2])"]
    {
        let text = format!(
            "fn day(me, today) {{ let list = if chance(1) {{ [\"Revit\", \"Maya\"] }} else {{ 0 }}; \
             me.uses({draw}, hours(9), hours(17)); }}"
        );
        std::fs::write(&path, &text).unwrap();
        let (scenario, library) = sound_stage("2027-03-25", "2027-04-02", &[people("one", 2, path.to_str().unwrap())]);
        assert!(!same(&library, &scenario, &text).unwrap().is_empty());
    }
}

#[test]
fn the_limit_of_variables_is_the_same_for_those_of_loops() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("many-{}.rhai", std::process::id()));
    for (lets, fails) in [(96, false), (97, false), (98, true)] {
        let lets: String = (0..lets).map(|number| format!("let v{number} = {number}; ")).collect();
        let text = format!("fn day(me, today) {{ {lets} for i in 0..3 {{ me.uses(\"Revit\", i, 9); }} }}");
        std::fs::write(&path, &text).unwrap();
        let (scenario, library) = sound_stage("2027-03-25", "2027-03-26", &[people("one", 1, path.to_str().unwrap())]);
        assert_eq!(same(&library, &scenario, &text).is_err(), fails);
    }
}

#[test]
fn draws_in_the_arguments_of_a_chain_are_compiled() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chain-{}.rhai", std::process::id()));
    let text = "fn day(me, today) { me.uses(\"Revit\", uniform(0, 9), hours(9)).on(pick([\"a\", \"b\"])).version(uniform(1, 9)); }";
    std::fs::write(&path, text).unwrap();
    let (scenario, library) = sound_stage("2027-03-25", "2027-04-25", &[people("one", 2, path.to_str().unwrap())]);
    assert_eq!(Planner::new(&library, &scenario, 7).notes(), []);
    same(&library, &scenario, text).unwrap();
}
