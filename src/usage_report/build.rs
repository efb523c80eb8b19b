use super::balances::Balances;
use super::book::{Detail, UsageBook};
use super::model::{Left, RangeSaid, Unsaid, UsageReport};
use super::range::Range;
use super::{hours, overview, products, users};
use crate::calendar::{Day, Zone};
use crate::ids::TeamId;
use crate::scenario::ShortStarts;
use crate::tokens::Tokens;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Nothing after this day counts.
    pub as_of: Day,
    /// Only this team.
    pub team: Option<TeamId>,
    /// The days that products and users are reported of.
    pub range: Range,
    /// The zone of the days.
    pub zone: Zone,
    /// How the book counts sessions within the grace.
    pub short_starts: ShortStarts,
    /// A balance is low at this share of what was bought, or less.
    pub low: f64,
    /// Packs are flagged that end within so many days.
    pub within: i32,
}

impl Question {
    /// The days of the range up to the day.
    pub(super) fn days(&self) -> std::ops::RangeInclusive<Day> {
        self.range.from..=self.range.to.min(self.as_of)
    }

    /// A total by the months of the range.
    pub fn per_month(&self, tokens: Tokens) -> f64 {
        tokens.millionths() as f64 / 1e6 / f64::from(self.range.months)
    }
}

/// Answers it from a book. Of totals the range must be all days of the book.
pub fn usage_report(book: &UsageBook, question: &Question) -> UsageReport {
    let range = question.range;
    let short_starts = match question.short_starts {
        ShortStarts::Counted => "counted",
        ShortStarts::LeftOut => "left_out",
    };
    let of_grants = book.detail == Detail::Grants;
    UsageReport {
        as_of: question.as_of.to_string(),
        known_from: book.first_day.to_string(),
        team: question.team.map(|team| book.teams[team.index()].clone()),
        range: RangeSaid {
            from: range.from.to_string(),
            to: range.to.to_string(),
            days: range.count(),
            months: range.months,
        },
        short_starts: of_grants.then(|| short_starts.to_owned()),
        overview: overview::overview(book, question),
        products: products::products(book, question),
        users: users::users(book, question),
        hours: of_grants.then(|| hours::hours(book, question)),
        person: book.person.as_ref().map(|person| hours::person(person, question)),
        left: of_grants.then(|| left(book, question)),
        cannot_say: cannot_say(book),
    }
}

fn left(book: &UsageBook, question: &Question) -> Left {
    let balances = Balances::new(book, question);
    let teams = balances.teams();
    Left { alerts: balances.alerts(&teams), balances: teams, low: question.low, within_days: question.within }
}

/// What no row of a day or a range says.
const NOT_OF_DAYS: [Unsaid; 7] =
    [Unsaid::Packs, Unsaid::Balances, Unsaid::Denials, Unsaid::Sessions, Unsaid::Windows, Unsaid::Hours, Unsaid::Uses];

/// What the book's source didn't tell.
pub fn cannot_say(book: &UsageBook) -> Vec<Unsaid> {
    let mut unsaid = match book.detail {
        Detail::Grants => return Vec::new(),
        Detail::Days => NOT_OF_DAYS.to_vec(),
        Detail::Totals => NOT_OF_DAYS.into_iter().chain([Unsaid::Days]).collect(),
    };
    if !book.tells_versions() {
        unsaid.push(Unsaid::Versions);
    }
    if !book.tells_tokens {
        unsaid.push(Unsaid::Tokens);
    }
    unsaid
}
