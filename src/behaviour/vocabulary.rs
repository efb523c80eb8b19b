//! Every word a script may say beyond the language itself, in one table: the static check reads it, and so can a help.

/// A word of the scripts' language.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// How it is written, parameters and all: `me.uses(product, from, until)`, `today.weekday`.
    pub form: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
}

/// The words at the top of a script, which say what it is about.
pub const DECLARATIONS: &[Word] = &[
    word("describe(text)", "whom the script describes"),
    word("parameter(name, kind, default, meaning)", "what a scenario may set under `with`; `me.NAME` in `day`"),
    word(
        "state(name, initial, meaning)",
        "what a person carries from day to day; `me.NAME` and `me.NAME = value` in `day`",
    ),
];

/// The words inside functions, which say what a person does on one day.
pub const WORDS: &[Word] = &[
    word("me.uses(product, from, until)", "opens a product and closes it again"),
    word("me.leaves_open(product, from)", "opens a product and leaves it open until this person next opens it"),
    word("session.on(device)", "says on which of the person's devices; the unnamed one otherwise"),
    word("session.version(version)", "says in which version of the product; the unnamed one otherwise"),
    word("session.idle(from, until)", "says that it isn't used between these times, where its version pauses charges"),
    word(
        "session.offline()",
        "says that there is no connection: opened only inside a running window, closed when that ends",
    ),
    word("session.identity(name)", "says under which sign-in; the person's own otherwise"),
    word("me.orders(product, at, quantity)", "orders results of a cloud service, which are paid at once; of 0 none"),
    word("job.fails(at)", "says that all results fail then, and are given back"),
    word("job.fails(at, quantity)", "says that so many of the results fail then, and are given back"),
    word("me.leaves(at)", "is away from then on: nothing is opened, what is open is closed, until `me.joins`"),
    word("me.joins(at)", "is there again"),
    word("me.is_in(zone)", "the clock times that follow, on this day, are those of this zone"),
    word(
        "me.goes_home()",
        "in `denied`: drops what is planned for the day and not opened yet, and closes what is open",
    ),
    word("denial.product", "the product that was denied"),
    word("denial.reason", "why, as in decisions: \"balance_zero\""),
    word("denial.time", "when, in seconds after 00:00 of the day for which it was planned"),
    word("denial.closes", "when it was to be closed; the end of the day where it was to be left open"),
    word("denial.attempt", "1 for the first denial, one more for that of what `denied` planned"),
    word("today.weekday", "\"mon\" to \"sun\""),
    word("today.is_working", "neither weekend nor day off, by the person's calendar"),
    word("today.is_weekend", "weekend by the person's calendar"),
    word("today.is_day_off", "listed as a day off in the person's calendar"),
    word("today.is_before_weekend", "a working day, and the next day isn't: weekend or days off follow"),
    word("today.next_working_in", "days until the next working day after today; 1 where it is tomorrow"),
    word("today.date", "the day as a number, to compare with `date(..)` and to count days by subtraction"),
    word("today.week", "the week, Monday to Sunday, as a running number"),
    word("today.year", "the year"),
    word("today.month", "the month, 1 to 12"),
    word("today.day_of_month", "the day of the month, 1 to 31"),
    word("chance(probability)", "true with this probability"),
    word("uniform(a, b)", "evenly between a and b; of whole numbers a whole one, both ends included"),
    word("normal(mean, deviation)", "normally distributed; whole where the mean is whole"),
    word("pick(list)", "one of a list, each as likely"),
    word("this_week(purpose)", "draws on which all days of this week agree: `this_week(\"trip\").chance(0.3)`"),
    word("this_month(purpose)", "draws on which all days of this month agree"),
    word("always(purpose)", "draws that never change for this person"),
    word("draws.chance(probability)", "as `chance`, from such draws"),
    word("draws.uniform(a, b)", "as `uniform`, from such draws"),
    word("draws.normal(mean, deviation)", "as `normal`, from such draws"),
    word("draws.pick(list)", "as `pick`, from such draws"),
    word("time(text)", "seconds after 00:00 of a time such as \"09:00\""),
    word("duration(text)", "seconds of a duration such as \"7h30m\""),
    word("date(text)", "the number of a day such as \"2027-03-01\""),
    word("minutes(count)", "seconds of so many minutes"),
    word("hours(count)", "seconds of so many hours"),
    word("days(count)", "seconds of so many days"),
    word("min(a, b)", "the smaller of two numbers"),
    word("max(a, b)", "the larger of two numbers"),
    word("abs(number)", "the number without its sign"),
    word("round(number)", "the nearest whole number"),
    word("floor(number)", "the whole number at or below"),
    word("ceiling(number)", "the whole number at or above"),
    word("list.len()", "how many items a list has"),
    word("list.push(item)", "adds an item at the end of a list"),
    word("list.contains(item)", "whether an item is in a list or range; also written `item in list`"),
];

const fn word(form: &'static str, meaning: &'static str) -> Word {
    Word { form, meaning }
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
            let word = word(form, "");
            assert_eq!((word.name(), word.receiver(), word.arguments()), (name, receiver, arguments));
        };
        check("me.uses(product, from, until)", "uses", Some("me"), Some(3));
        check("today.weekday", "weekday", Some("today"), None);
        check("list.len()", "len", Some("list"), Some(0));
        check("pick(list)", "pick", None, Some(1));
    }
}
