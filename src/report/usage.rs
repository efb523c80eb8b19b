//! Usage reports on the screen: the overview with products, users, balances and what to watch; a product; a user.

use comfy_table::Table;
use serde::Serialize;

use super::numbers::{counted, exact, percent, tokens};
use super::{lines, tables};
use crate::forecast::RunCard;
use crate::tokens::Tokens;
use crate::usage_report::{Addition, BalanceAlert, Band, ProductUse, UsageReport, UserUse};

/// So many rows of a table at most.
const ROWS: usize = 10;
/// So many characters of a name at most.
const NAME: usize = 34;
const WIDTH: usize = 80;

/// The overview, then tables.
pub fn report(report: &UsageReport, card: &RunCard) -> String {
    let whose = report.team.as_ref().map_or("all teams".to_owned(), |team| format!("team {}", shown(team)));
    let head = format!(
        "{}, as of {}: {whose}. Days in {}, known from {}.",
        shown(&card.scenario),
        report.as_of,
        card.zone,
        report.known_from
    );
    [wrapped(&head), top(report), products(report), users(report), balances(report), alerts(report)].join("\n")
}

/// Everything, with the run's card.
pub fn report_json(report: &UsageReport, card: &RunCard) -> String {
    let document = Document { card, report };
    format!("{}\n", serde_json::to_string_pretty(&document).expect("plain numbers and names"))
}

#[derive(Serialize)]
struct Document<'a> {
    card: &'a RunCard,
    #[serde(flatten)]
    report: &'a UsageReport,
}

/// One product (rules.md U5).
pub fn product(report: &UsageReport, name: &str) -> String {
    let Some(row) = report.products.first() else {
        return format!("{}: not used {}\n", shown(name), days(report));
    };
    let head = format!(
        "{} {}: {} tokens, {} a month; {}.",
        shown(&row.product),
        days(report),
        exact(row.tokens),
        tokens(row.tokens_per_month),
        counted(row.users as u64, "user")
    );
    [wrapped(&head), bands(row), versions(row), users_of(row)].join("\n")
}

/// One user (rules.md U7).
pub fn user(report: &UsageReport, name: &str) -> String {
    let Some(row) = report.users.first() else {
        return format!("{}: used nothing {}\n", shown(name), days(report));
    };
    let head = format!(
        "{} {}: {} tokens; used on {} of {}; {}.",
        shown(&row.user),
        days(report),
        exact(row.tokens),
        row.days_used,
        counted(report.range.days.into(), "day"),
        counted(row.products.len() as u64, "product")
    );
    [wrapped(&head), products_of(row), weeks_of(row)].join("\n")
}

/// The top of the overview, and its range (rules.md U2, U3).
fn top(report: &UsageReport) -> String {
    let of = &report.overview;
    let before = match of.tokens_used_before {
        Tokens::ZERO => String::new(),
        before => format!(", {} of them before {}", exact(before), report.known_from),
    };
    let all = of.tokens_per_day.iter().map(|day| day.tokens).sum::<Tokens>();
    let since = of.tokens_per_day.first().map_or(String::new(), |day| format!(" since {}", day.day));
    let most = of.tokens_per_day.iter().max_by_key(|day| day.tokens).filter(|day| !day.tokens.is_zero());
    let most = most.map_or(String::new(), |day| format!(", {} at most on {}", exact(day.tokens), day.day));
    let mut text = [
        item("Tokens used", &format!("{} of packs bought in the last 12 months{before}", exact(of.tokens_used))),
        item("Tokens left", &exact(of.tokens_left)),
        item("Day by day", &format!("{} tokens{since}{most}", exact(all))),
        item("Last 7 days", &format!("{} added, {} removed", exact(of.added), exact(of.removed))),
    ]
    .concat();
    for Addition { day, team, pack, by, tokens } in of.added_or_removed.iter().take(ROWS) {
        let (team, pack, tokens) = (shown(team), shown(pack), exact(*tokens));
        text += &item("", &format!("{day} {team}: {tokens} by {by} of {pack}"));
    }
    text += &more(of.added_or_removed.len(), ROWS);
    text += &format!(
        "\n{}: {} tokens, {}, {}.\n",
        capitalised(&days(report)),
        exact(of.tokens),
        counted(of.products as u64, "product"),
        counted(of.users as u64, "user")
    );
    text
}

/// `from 2027-12-02 to 2027-12-31 (30 days)`.
fn days(report: &UsageReport) -> String {
    let range = &report.range;
    format!("from {} to {} ({})", range.from, range.to, counted(range.days.into(), "day"))
}

fn capitalised(text: &str) -> String {
    format!("{}{}", text[..1].to_uppercase(), &text[1..])
}

/// A line under a label, or lines.
fn item(label: &str, text: &str) -> String {
    const INDENT: usize = 16;
    let lines = lines::wrap(text, WIDTH - INDENT).into_iter().enumerate();
    let line = |(place, line)| format!("  {:width$}{line}\n", if place == 0 { label } else { "" }, width = INDENT - 2);
    lines.map(line).collect()
}

fn wrapped(text: &str) -> String {
    lines::wrap(text, WIDTH).into_iter().map(|line| format!("{line}\n")).collect()
}

fn products(report: &UsageReport) -> String {
    let mut table = tables::figures(&["product", "users", "tokens", "a month"]);
    for row in report.products.iter().take(ROWS) {
        table.add_row([shown(&row.product), row.users.to_string(), exact(row.tokens), tokens(row.tokens_per_month)]);
    }
    cut(&table, report.products.len(), ROWS)
}

fn users(report: &UsageReport) -> String {
    let mut table = tables::figures(&["user", "products", "tokens", "days used"]);
    for row in report.users.iter().take(ROWS) {
        table.add_row([shown(&row.user), row.products.len().to_string(), exact(row.tokens), row.days_used.to_string()]);
    }
    cut(&table, report.users.len(), ROWS)
}

fn balances(report: &UsageReport) -> String {
    let mut table = tables::figures(&["team", "left", "bought", "share"]);
    for row in report.balances.iter().take(ROWS) {
        let plan = row.plan.as_ref().map_or(String::new(), |plan| format!(" ({})", shown(plan)));
        let share = match row.bought {
            Tokens::ZERO => "-".to_owned(),
            bought => percent(row.balance.millionths() as f64 / bought.millionths() as f64),
        };
        table.add_row([format!("{}{plan}", shown(&row.team)), exact(row.balance), exact(row.bought), share]);
    }
    cut(&table, report.balances.len(), ROWS)
}

fn alerts(report: &UsageReport) -> String {
    if report.alerts.is_empty() {
        return "Nothing to watch: no balance is low, and no tokens end soon.\n".to_owned();
    }
    let line = |alert: &BalanceAlert| match alert {
        BalanceAlert::Low { team, balance, bought } => {
            format!("{}: low: {} of the {} tokens bought are left", shown(team), exact(*balance), exact(*bought))
        }
        BalanceAlert::Ending { team, pack, ends, left } => {
            format!("{}: {} tokens of {} end on {ends}", shown(team), exact(*left), shown(pack))
        }
    };
    let text: String = report.alerts.iter().take(ROWS).map(|alert| format!("{}\n", line(alert))).collect();
    [text, more(report.alerts.len(), ROWS)].concat()
}

fn bands(row: &ProductUse) -> String {
    let mut table = tables::figures(&["tokens in the range", "users"]);
    for Band { above, up_to, users } in &row.bands {
        let from = if above.is_zero() { "0".to_owned() } else { exact(*above + Tokens::whole(1)) };
        let band = match up_to {
            Some(up_to) => format!("{from} to {}", exact(*up_to)),
            None => format!("{from} and more"),
        };
        table.add_row([band, users.to_string()]);
    }
    tables::lines(&table)
}

fn versions(row: &ProductUse) -> String {
    let mut table = tables::figures(&["version", "users"]);
    for version in row.versions.iter().take(ROWS) {
        table.add_row([shown_version(&version.version), version.users.to_string()]);
    }
    cut(&table, row.versions.len(), ROWS)
}

fn users_of(row: &ProductUse) -> String {
    let mut table = tables::figures(&["user", "tokens", "a month"]);
    for user in row.by_user.iter().take(2 * ROWS) {
        table.add_row([shown(&user.user), exact(user.tokens), tokens(user.tokens_per_month)]);
    }
    cut(&table, row.by_user.len(), 2 * ROWS)
}

fn products_of(row: &UserUse) -> String {
    let mut table = tables::figures(&["product", "tokens", "days used", "version", "uses"]);
    for product in &row.products {
        let mut name = [shown(&product.product), exact(product.tokens), product.days_used.to_string()];
        for version in &product.versions {
            let [product, tokens, days] = std::mem::take(&mut name);
            table.add_row([product, tokens, days, shown_version(&version.version), version.uses.to_string()]);
        }
    }
    tables::lines(&table)
}

fn weeks_of(row: &UserUse) -> String {
    let mut text = "Days used in each week, by its Monday:\n".to_owned();
    for product in &row.products {
        let weeks: Vec<String> =
            product.weeks.iter().map(|week| format!("{}:\u{a0}{}", week.monday, week.days_used)).collect();
        let wrapped = lines::wrap(&format!("{}: {}", shown(&product.product), weeks.join(", ")), WIDTH - 2);
        wrapped.iter().for_each(|line| text += &format!("  {}\n", line.replace('\u{a0}', " ")));
    }
    text
}

/// A table's lines, and how many more rows there are.
fn cut(table: &Table, count: usize, most: usize) -> String {
    [tables::lines(table), more(count, most)].concat()
}

fn more(count: usize, most: usize) -> String {
    match count.saturating_sub(most) {
        0 => String::new(),
        more => format!("  … {more} more, --json has all\n"),
    }
}

fn shown_version(version: &str) -> String {
    if version.is_empty() { "not said".to_owned() } else { shown(version) }
}

/// A name that fits, without what would drive the terminal.
fn shown(name: &str) -> String {
    let name = name.replace(char::is_control, " ");
    match name.chars().count() {
        count if count > NAME => name.chars().take(NAME - 1).chain(['…']).collect(),
        _ => name,
    }
}
