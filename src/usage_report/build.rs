use super::balances::Balances;
use super::book::UsageBook;
use super::model::{RangeSaid, UsageReport};
use super::range::Range;
use super::{overview, products, users};
use crate::calendar::Day;
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
    pub(super) fn per_month(&self, tokens: Tokens) -> f64 {
        tokens.millionths() as f64 / 1e6 / f64::from(self.range.months)
    }
}

/// Answers it from a book.
pub fn usage_report(book: &UsageBook, question: &Question) -> UsageReport {
    let balances = Balances::new(book, question);
    let teams = balances.teams();
    let range = question.range;
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
        short_starts: match question.short_starts {
            ShortStarts::Counted => "counted",
            ShortStarts::LeftOut => "left_out",
        },
        overview: overview::overview(book, question),
        products: products::products(book, question),
        users: users::users(book, question),
        alerts: balances.alerts(&teams),
        balances: teams,
        low: question.low,
        within_days: question.within,
    }
}
