//! Every word a script may say beyond the language itself, in one table: the static check reads it, and so do the help and
//! the guides.

/// A word of the scripts' language.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Under which heading it is told.
    pub topic: Topic,
    /// How it is written, parameters and all: `me.uses(product, from, until)`, `today.weekday`.
    pub form: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
    /// How it is used. One that is a comparison holds.
    pub example: &'static str,
}

/// What words are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who the script is about.
    Top,
    /// What a person does.
    Person,
    /// What they do when something is denied.
    Denied,
    /// What a buyer sees and orders.
    Buyer,
    /// Which variants are compared.
    WhatIf,
    /// What day it is.
    Calendar,
    /// Random draws.
    Chance,
    /// Numbers, times and lists.
    Numbers,
    /// What is told beside.
    Log,
}

use Topic::*;

impl Topic {
    /// In the order in which they are told.
    pub const ALL: [Topic; 9] = [Top, Person, Denied, Buyer, WhatIf, Calendar, Chance, Numbers, Log];

    /// Its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Top => "At the top of a script",
            Person => "What a person does",
            Denied => "What they do when it is denied",
            Buyer => "What a buyer sees and orders",
            WhatIf => "What is compared",
            Calendar => "What day it is",
            Chance => "Chance",
            Numbers => "Numbers, times and lists",
            Log => "The run's log",
        }
    }

    /// Its words, in the order in which they are told.
    pub fn words(self) -> impl Iterator<Item = &'static Word> {
        DECLARATIONS.iter().chain(WORDS).chain(BUYING).chain(WHAT_IF).filter(move |word| word.topic == self)
    }
}

/// The functions that flexcast calls, and what for.
pub const HOOKS: &[(&str, &str)] = &[
    ("day(me, today)", "what a person does on a local day; called for each day, before it begins"),
    ("denied(me, denial)", "what the person does when something that `day` planned is denied"),
    ("buy(me, today)", "what a buyer orders, at the start of a day; such a script has no `day`"),
    (
        "what_if(scenario)",
        "which variants of a scenario are compared, by `flexcast what-if`; such a script has no other",
    ),
];

/// The words at the top of a script, which say what it is about.
#[rustfmt::skip]
pub const DECLARATIONS: &[Word] = &[
    word(Top, "describe(text)", "whom the script describes", r#"describe("Works nights.");"#),
    word(Top, "parameter(name, kind, default, meaning)", "what a scenario may set under `with`; `me.NAME` in `day`", r#"parameter("starts", "time", "22:00", "on average");"#),
    word(Top, "state(name, initial, meaning)", "what a person carries from day to day; `me.NAME` and `me.NAME = value` in `day`", r#"state("days_away", 0, "of the trip under way");"#),
];

/// The words inside functions, which say what a person does on one day.
///
/// A new one is a line here, and `UPDATE_WORDS=1 cargo test --test behaviour guides` tells the guides of it.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word(Person, "me.uses(product, from, until)", "opens a product and closes it again", r#"me.uses("AutoCAD", hours(9), hours(17));"#),
    word(Person, "me.leaves_open(product, from)", "opens a product and leaves it open until this person next opens it", r#"me.leaves_open("Revit", time("08:30"));"#),
    word(Person, "session.on(device)", "says on which of the person's devices; the unnamed one otherwise", r#"me.uses("AutoCAD", hours(9), hours(17)).on("laptop");"#),
    word(Person, "session.version(version)", "says in which version of the product; the unnamed one otherwise", r#"me.uses("AutoCAD", hours(9), hours(17)).version("2027");"#),
    word(Person, "session.idle(from, until)", "says that it isn't used between these times, where its version pauses charges", r#"me.leaves_open("Revit", hours(9)).idle(hours(17), days(1) + hours(9));"#),
    word(Person, "session.offline()", "says that there is no connection: opened only inside a running window, closed when that ends", r#"me.uses("AutoCAD", hours(9), hours(17)).on("laptop").offline();"#),
    word(Person, "session.identity(name)", "says under which sign-in; the person's own otherwise", r#"me.uses("AutoCAD", hours(9), hours(17)).identity("piet@home.example");"#),
    word(Person, "me.orders(product, at, quantity)", "orders results of a cloud service, which are paid at once; of 0 none", r#"me.orders("Rendering", hours(18), 12);"#),
    word(Person, "job.fails(at)", "says that all results fail then, and are given back", r#"me.orders("Rendering", hours(18), 12).fails(hours(20));"#),
    word(Person, "job.fails(at, quantity)", "says that so many of the results fail then, and are given back", r#"me.orders("Rendering", hours(18), 12).fails(hours(20), 3);"#),
    word(Person, "me.leaves(at)", "is away from then on: nothing is opened, what is open is closed, until `me.joins`", r#"if today.date == date("2027-07-01") { me.leaves(hours(12)); }"#),
    word(Person, "me.joins(at)", "is there again", r#"if today.date == date("2027-08-01") { me.joins(hours(9)); }"#),
    word(Person, "me.is_in(zone)", "the clock times that follow, on this day, are those of this zone", r#"me.is_in("Asia/Singapore");"#),
    word(Denied, "denial.product", "the product that was denied", r#"if denial.attempt < 4 { me.uses(denial.product, denial.time + hours(1), denial.closes); }"#),
    word(Denied, "denial.reason", "why, as in decisions: \"balance_zero\"", r#"if denial.reason == "balance_low" { return; }"#),
    word(Denied, "denial.time", "when, in seconds after 00:00 of the day for which it was planned", r#"let again = denial.time + minutes(30);"#),
    word(Denied, "denial.closes", "when it was to be closed; the end of the day where it was to be left open", r#"let left = denial.closes - denial.time;"#),
    word(Denied, "denial.attempt", "1 for the first denial, one more for that of what `denied` planned", r#"if denial.attempt == 3 { return; }"#),
    word(Denied, "me.goes_home()", "drops what is planned for the day and not opened yet, and closes what is open", r#"if denial.attempt == 2 { me.goes_home(); }"#),
    word(Calendar, "today.weekday", "\"mon\" to \"sun\"", r#"if today.weekday == "fri" { return; }"#),
    word(Calendar, "today.is_working", "neither weekend nor day off, by the person's calendar", r#"if !today.is_working { return; }"#),
    word(Calendar, "today.is_weekend", "weekend by the person's calendar", r#"if today.is_weekend { return; }"#),
    word(Calendar, "today.is_day_off", "listed as a day off in the person's calendar", r#"if today.is_day_off { return; }"#),
    word(Calendar, "today.is_before_weekend", "a working day, and the next day isn't: weekend or days off follow", r#"let likely = if today.is_before_weekend { 0.05 } else { 0.02 };"#),
    word(Calendar, "today.is_before_day_off", "a working day, and the next day is a day off, and no weekend day", r#"let likely = if today.is_before_day_off { 0.1 } else { 0.02 };"#),
    word(Calendar, "today.next_working_in", "days until the next working day after today; 1 where it is tomorrow", r#"let back = days(today.next_working_in) + hours(9);"#),
    word(Calendar, "today.date", "the day as a number, to compare with `date(..)` and to count days by subtraction", r#"if today.date < date("2027-03-01") { return; }"#),
    word(Calendar, "today.week", "the week, Monday to Sunday, as a running number", r#"if today.week % 2 == 0 { return; }"#),
    word(Calendar, "today.year", "the year", r#"if today.year > 2027 { return; }"#),
    word(Calendar, "today.month", "the month, 1 to 12", r#"if today.month in [7, 8] { return; }"#),
    word(Calendar, "today.day_of_month", "the day of the month, 1 to 31", r#"if today.day_of_month == 1 { return; }"#),
    word(Calendar, "today.days_in_month", "how many days the month has", r#"if today.day_of_month == today.days_in_month { return; }"#),
    word(Calendar, "today.is_first_working_of_month", "the first day of the month that is worked", r#"if today.is_first_working_of_month { return; }"#),
    word(Calendar, "today.is_last_working_of_month", "the last day of the month that is worked", r#"if today.is_last_working_of_month { return; }"#),
    word(Calendar, "today.working_days_until(date)", "working days after today, up to and including that date", r#"let crunch = today.working_days_until(today.date + 14) <= 5;"#),
    word(Chance, "chance(probability)", "true with this probability", r#"if !chance(0.9) { return; }"#),
    word(Chance, "uniform(a, b)", "evenly between a and b; of whole numbers a whole one, both ends included", r#"let start = uniform(hours(8), hours(10));"#),
    word(Chance, "normal(mean, deviation)", "normally distributed; whole where the mean is whole", r#"let start = normal(hours(9), minutes(30));"#),
    word(Chance, "pick(list)", "one of a list, each as likely", r#"let product = pick(["AutoCAD", "Revit"]);"#),
    word(Chance, "pick(list, weights)", "one of a list, each as likely as its weight says", r#"let product = pick(["AutoCAD", "Revit"], [3, 1]);"#),
    word(Chance, "log_normal(median, spread)", "most near the median, some far above: `spread` is the standard deviation of the logarithm; whole where the median is", r#"let stay = log_normal(minutes(12), 1.2);"#),
    word(Chance, "exponential(mean)", "how long until what may happen at any moment; whole where the mean is whole", r#"let pause = exponential(minutes(40));"#),
    word(Chance, "poisson(mean)", "how many of what is rare, and independent: a whole number; the mean at most 500", r#"for number in 0..poisson(2.3) { let start = uniform(hours(9), hours(17)); }"#),
    word(Chance, "empirical(values)", "as in a list of what was measured, least to greatest, and in between; whole where all are", r#"let stay = empirical([minutes(2), minutes(9), hours(1), hours(8)]);"#),
    word(Chance, "this_week(purpose)", "draws on which all days of this week agree: `this_week(\"trip\").chance(0.3)`", r#"let away = this_week("trip").chance(0.3);"#),
    word(Chance, "this_month(purpose)", "draws on which all days of this month agree", r#"let busy = this_month("deadline").chance(0.5);"#),
    word(Chance, "always(purpose)", "draws that never change for this person", r#"let early = always("early bird").chance(0.4);"#),
    word(Chance, "draws.chance(probability)", "as `chance`, from such draws", r#"let busy = this_week("work").chance(0.4);"#),
    word(Chance, "draws.uniform(a, b)", "as `uniform`, from such draws", r#"let lunch = always("lunch").uniform(hours(12), hours(13));"#),
    word(Chance, "draws.normal(mean, deviation)", "as `normal`, from such draws", r#"let starts = always("starts").normal(hours(9), minutes(45));"#),
    word(Chance, "draws.pick(list)", "as `pick`, from such draws", r#"let place = this_week("trip").pick(["Asia/Tokyo", "Asia/Singapore"]);"#),
    word(Chance, "draws.pick(list, weights)", "as `pick`, from such draws", r#"let place = always("home").pick(["Asia/Tokyo", "Asia/Seoul"], [2, 1]);"#),
    word(Chance, "draws.log_normal(median, spread)", "as `log_normal`, from such draws", r#"let pace = always("pace").log_normal(1.0, 0.3);"#),
    word(Chance, "draws.exponential(mean)", "as `exponential`, from such draws", r#"let idle = this_month("lull").exponential(days(3));"#),
    word(Chance, "draws.poisson(mean)", "as `poisson`, from such draws", r#"let deadlines = this_month("deadlines").poisson(0.7);"#),
    word(Chance, "draws.empirical(values)", "as `empirical`, from such draws", r#"let load = always("load").empirical([0.2, 0.5, 0.9]);"#),
    word(Numbers, "time(text)", "seconds after 00:00 of a time such as \"09:00\"", r#"time("09:30") == hours(9) + minutes(30)"#),
    word(Numbers, "duration(text)", "seconds of a duration such as \"7h30m\"", r#"duration("7h30m") == hours(7.5)"#),
    word(Numbers, "date(text)", "the number of a day such as \"2027-03-01\"", r#"date("2027-03-01") - date("2027-02-01") == 28"#),
    word(Numbers, "minutes(count)", "seconds of so many minutes", r#"minutes(1.5) == 90"#),
    word(Numbers, "hours(count)", "seconds of so many hours", r#"hours(2) == 7200"#),
    word(Numbers, "days(count)", "seconds of so many days", r#"let tomorrow_at_nine = days(1) + hours(9);"#),
    word(Numbers, "min(a, b)", "the smaller of two numbers", r#"min(3, 5) == 3"#),
    word(Numbers, "max(a, b)", "the larger of two numbers", r#"max(2, 2.5) == 2.5"#),
    word(Numbers, "abs(number)", "the number without its sign", r#"abs(-3) == 3"#),
    word(Numbers, "round(number)", "the nearest whole number", r#"round(2.5) == 3"#),
    word(Numbers, "floor(number)", "the whole number at or below", r#"floor(2.9) == 2"#),
    word(Numbers, "ceiling(number)", "the whole number at or above", r#"ceiling(2.1) == 3"#),
    word(Numbers, "list.len()", "how many items a list has", r#"["AutoCAD", "Revit"].len() == 2"#),
    word(Numbers, "list.push(item)", "adds an item at the end of a list", r#"let list = ["AutoCAD"]; list.push("Revit");"#),
    word(Numbers, "list.contains(item)", "whether an item is in a list or range; also written `item in list`", r#"["mon", "tue"].contains("tue") && "tue" in ["mon", "tue"]"#),
    word(Log, "note(text)", "says something into the run's log: `scripts preview` shows it, `simulate` writes it to `notes.csv`; elsewhere it is dropped", r#"note("comes in late on a " + today.weekday);"#),
];

/// A whole script.
pub const EXAMPLE: &str = r#"describe("Works nights, and sometimes on a laptop.");

parameter("products", "products", ["Revit"], "opened at the start of the shift");
parameter("attendance", "chance", 0.9, "comes in on a working day");
parameter("starts", "time", "22:00", "on average");
parameter("shift", "duration", "8h", "how long it lasts");

fn day(me, today) {
    if !today.is_working || !chance(me.attendance) { return; }

    let start = normal(me.starts, minutes(20));
    let device = if chance(0.2) { "laptop" } else { "workstation" };
    for product in me.products {
        me.uses(product, start, start + me.shift).on(device);
    }
}
"#;

/// The words inside functions of a buyer's script: these, and those of [`WORDS`] that aren't about a person.
#[rustfmt::skip]
pub const BUYING: &[Word] = &[
    word(Buyer, "me.balance(team)", "whole tokens that the team has, those on hold among them", r#"if me.balance("design") > 1500 { return; }"#),
    word(Buyer, "me.burned(team, days)", "tokens burned in the last so many whole days before today; of those before the start nothing is known", r#"let weekly = me.burned("design", 28) / 4;"#),
    word(Buyer, "me.days_known()", "how many whole days before today `me.burned` knows of: 0 on the first day", r#"let daily = me.burned("design", 28) / max(1, min(28, me.days_known()));"#),
    word(Buyer, "me.on_order(team)", "tokens that any buyer has ordered for the team, or the scenario's `purchases` plan, and that haven't arrived yet", r#"let stock = me.balance("design") + me.on_order("design");"#),
    word(Buyer, "me.arriving(team, days)", "of these, what arrives by the end of the day so many days ahead", r#"let soon = me.balance("design") + me.arriving("design", 14);"#),
    word(Buyer, "me.packs(team)", "the team's packs with tokens, the one that burns first first", r#"for pack in me.packs("design") { if pack.ends_in < 30 { return; } }"#),
    word(Buyer, "pack.left", "tokens it has, those on hold among them", r#"let soonest = 0; for pack in me.packs("design") { soonest += pack.left; }"#),
    word(Buyer, "pack.size", "tokens when bought", r#"for pack in me.packs("design") { if pack.left < pack.size / 2 { return; } }"#),
    word(Buyer, "pack.ends_in", "days until it expires", r#"let lost = 0; for pack in me.packs("design") { if pack.ends_in <= 7 { lost += pack.left; } }"#),
    word(Buyer, "pack.bought", "the day of its purchase as a number, as `today.date`", r#"for pack in me.packs("design") { if today.date - pack.bought < 14 { return; } }"#),
    word(Buyer, "me.price(tokens)", "what one purchase of so many tokens costs, by `prices`", r#"let cheaper = me.price(5000) / 5000 < me.price(100) / 100;"#),
    word(Buyer, "me.step()", "purchases are multiples of this, by `prices`; 1 otherwise", r#"let tokens = (1234 + me.step() - 1) / me.step() * me.step();"#),
    word(Buyer, "me.smallest_order()", "the fewest tokens that can be ordered, by `prices`; 1 otherwise", r#"let tokens = max(1000, me.smallest_order());"#),
    word(Buyer, "me.orders(team, tokens, lead_time)", "orders tokens, which arrive so long after 00:00 of today", r#"me.orders("design", 5000, days(5));"#),
];

/// The words inside functions of a script with `what_if`: these, and those about numbers.
#[rustfmt::skip]
pub const WHAT_IF: &[Word] = &[
    word(WhatIf, "scenario.having(path, value)", "a variant in which something else stands at a path; of a variant, one with that change too", r#"let more = scenario.having("people.architects.count", 45);"#),
    word(WhatIf, "scenario.value(path)", "what stands at a path of the scenario's file, or of a variant", r#"let count = scenario.value("people.architects.count");"#),
    word(WhatIf, "variant.named(text)", "says what its results are called; what is changed, otherwise", r#"let none = scenario.having("people.architects.count", 1).named("nearly none");"#),
    word(WhatIf, "variant.forecast()", "runs it, with the run's seed and replications", r#"let result = scenario.forecast();"#),
    word(WhatIf, "variant.forecast(replications)", "runs so many replications", r#"let rough = scenario.forecast(2);"#),
    word(WhatIf, "result.burn", "mean tokens burned", r#"scenario.forecast().burn >= 0.0"#),
    word(WhatIf, "result.burn(share)", "the tokens that this share of the replications doesn't exceed", r#"let p90 = scenario.forecast().burn(0.9);"#),
    word(WhatIf, "result.burn_half_width", "half the width of the mean's 95 % interval", r#"scenario.forecast(2).burn_half_width >= 0.0"#),
    word(WhatIf, "result.avoidable", "mean tokens that were avoidable", r#"let avoidable = scenario.forecast().avoidable;"#),
    word(WhatIf, "result.stock_out", "the chance that tokens run out, 0 to 1", r#"if scenario.forecast().stock_out > 0.05 { note("too often"); }"#),
    word(WhatIf, "result.stock_out_low", "the lower end of that chance's 95 % interval", r#"let surely = scenario.forecast().stock_out_low > 0.05;"#),
    word(WhatIf, "result.stock_out_high", "its upper end", r#"let never = scenario.forecast().stock_out_high < 0.01;"#),
    word(WhatIf, "result.waste", "mean tokens that expire unused", r#"let wasted = scenario.forecast().waste;"#),
    word(WhatIf, "result.denials", "mean number of denials", r#"let denied = scenario.forecast().denials;"#),
    word(WhatIf, "result.cost", "mean cost of what is bought in the horizon, by `prices`", r#"let cost = scenario.forecast().cost;"#),
    word(WhatIf, "result.of(team)", "the same for one team", r#"let wasted = scenario.forecast().of("design").waste;"#),
    word(WhatIf, "result.of_group(group)", "the same for one group of users: only burn and what was avoidable", r#"let burn = scenario.forecast().of_group("architects").burn;"#),
    word(WhatIf, "result.of_product(product)", "the same for one product: only burn and what was avoidable", r#"let burn = scenario.forecast().of_product("Revit").burn;"#),
    word(WhatIf, "show(result)", "adds a row to the table", r#"show(scenario.forecast());"#),
    word(WhatIf, "show(result, label)", "adds a row with a label of its own", r#"show(scenario.forecast().of("design"), "design alone");"#),
    word(WhatIf, "note(text)", "adds a line under the table", r#"note(`${scenario.forecast().burn} tokens burn`);"#),
    word(WhatIf, "numbers(from, to, count)", "so many numbers, evenly from one to another, both included", r#"for share in numbers(0.5, 0.9, 5) { scenario.having("people.architects.with.attendance", share); }"#),
];

/// The language itself, in short: what is meant, and an example that runs as a line of a function (or, beginning with `fn`, of
/// the script).
#[rustfmt::skip]
pub const LANGUAGE: &[(&str, &str)] = &[
    ("a variable, and a new value", "let start = hours(9); start += minutes(30);"),
    ("whole numbers and fractions", "7 / 2 == 3 && 7.0 / 2 == 3.5 && 7 % 2 == 1"),
    ("comparisons, joined by and, or, not", r#"let quiet = today.is_weekend || !(today.month == 7 && today.weekday != "fri");"#),
    ("if", r#"if today.is_weekend { return; } else if today.month == 8 { me.uses("Revit", 0, 60); }"#),
    ("if, as a value", "let start = if chance(0.5) { hours(8) } else { hours(10) };"),
    ("switch, as a value", r#"let stay = switch today.weekday { "fri" => 4, "mon" | "tue" => 6, _ => 8 };"#),
    ("for each of a list", r#"for product in ["AutoCAD", "Revit"] { me.uses(product, hours(9), hours(17)); }"#),
    ("for each number from 0 to 2", r#"for number in 0..3 { me.uses("Revit", hours(9 + number), hours(10 + number)); }"#),
    ("while, and break", "let tries = 0; while tries < 3 { tries += 1; if chance(0.1) { break; } }"),
    ("a function; what comes last is its value", "fn later(start) { start + minutes(30) }"),
    ("a list, and its first item", r#"let zones = ["Asia/Tokyo", "Asia/Seoul"]; let first = zones[0];"#),
    ("a text with values in it", "let device = `laptop ${1 + 1}`;"),
    ("stop the run with an error", r#"if today.year < 2020 { throw "no figures before 2020"; }"#),
];

const fn word(topic: Topic, form: &'static str, meaning: &'static str, example: &'static str) -> Word {
    Word { topic, form, meaning, example }
}

impl Word {
    /// Its name: `uses`, `weekday`.
    pub fn name(&self) -> &'static str {
        let call = self.form.split('(').next().unwrap_or_default();
        call.rsplit('.').next().unwrap_or_default()
    }

    /// What it is said of, where it is said of something: `me`, `today`, `list`.
    pub fn receiver(&self) -> Option<&'static str> {
        self.form.split('(').next()?.split_once('.').map(|(receiver, _)| receiver)
    }

    /// How many arguments it takes, the receiver not counted; `None` for a property such as `today.weekday`.
    pub(super) fn arguments(&self) -> Option<usize> {
        let arguments = self.form.split_once('(')?.1.trim_end_matches(')');
        Some(arguments.split(',').filter(|argument| !argument.is_empty()).count())
    }
}

/// The properties of `today` or `denial`.
pub(super) fn properties_of(receiver: &str) -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().filter(move |word| word.receiver() == Some(receiver) && word.arguments().is_none());
    words.map(Word::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_name_receiver_and_arguments() {
        let check = |form, name, receiver, arguments| {
            let word = word(Person, form, "", "");
            assert_eq!((word.name(), word.receiver(), word.arguments()), (name, receiver, arguments));
        };
        check("me.uses(product, from, until)", "uses", Some("me"), Some(3));
        check("today.weekday", "weekday", Some("today"), None);
        check("list.len()", "len", Some("list"), Some(0));
        check("pick(list)", "pick", None, Some(1));
    }
}
