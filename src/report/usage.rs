//! Usage reports on the screen: the overview with products, users, balances and what to watch; a product; a user.

use comfy_table::Table;
use serde::Serialize;

use super::numbers::{counted, exact, percent, tokens};
use super::{lines, tables};
use crate::tokens::Tokens;
use crate::usage_report::{
    Addition, BalanceAlert, Band, DayTokens, Left, PacksOverview, ProductUse, Unsaid, UsageReport, UserUse, Week,
};

/// So many rows of a table at most.
const ROWS: usize = 10;
/// So many characters of a name at most.
const NAME: usize = 34;
const WIDTH: usize = 80;

/// The overview, then tables: of what is called `name`, by the days of a zone.
pub fn report(report: &UsageReport, name: &str, zone: &str) -> String {
    let whose = report.team.as_ref().map_or("all teams".to_owned(), |team| format!("team {}", shown(team)));
    let head =
        format!("{}, as of {}: {whose}. Days in {zone}, known from {}.", shown(name), report.as_of, report.known_from);
    let left = report.left.as_ref().map(|left| [balances(left), alerts(left)].join("\n"));
    let unsaid = (!report.cannot_say.is_empty()).then(|| cannot_say(&report.cannot_say));
    let parts = [wrapped(&head), top(report), products(report), users(report)];
    parts.into_iter().chain(left).chain(unsaid).collect::<Vec<_>>().join("\n")
}

/// Everything, with what made it.
pub fn report_json(report: &UsageReport, card: &impl Serialize) -> String {
    let document = Document { card, report };
    format!("{}\n", serde_json::to_string_pretty(&document).expect("plain numbers and names"))
}

/// What an export can't say, in a sentence.
pub fn cannot_say(unsaid: &[Unsaid]) -> String {
    let rows = if unsaid.contains(&Unsaid::Days) { "Totals of a range" } else { "Daily rows" };
    let words: Vec<&str> = unsaid.iter().map(|unsaid| word(*unsaid)).collect();
    let (last, others) = words.split_last().expect("something is unsaid");
    wrapped(&format!("{rows} can't say {} or {last}: a session log can.", others.join(", ")))
}

fn word(unsaid: Unsaid) -> &'static str {
    match unsaid {
        Unsaid::Packs => "which packs paid",
        Unsaid::Balances => "what is left",
        Unsaid::Denials => "what was denied",
        Unsaid::Sessions => "when sessions were open",
        Unsaid::Windows => "when windows began",
        Unsaid::Hours => "at which hours there was use",
        Unsaid::Uses => "how often something was opened",
        Unsaid::Days => "on which days",
        Unsaid::Versions => "in which versions",
        Unsaid::Tokens => "for how many tokens",
    }
}

#[derive(Serialize)]
struct Document<'a, C> {
    card: &'a C,
    #[serde(flatten)]
    report: &'a UsageReport,
}

/// One product (rules.md U5).
pub fn product(report: &UsageReport, name: &str) -> String {
    let Some(row) = report.products.first() else {
        return format!("{}: not used {}\n", shown(name), days(report));
    };
    let head = format!(
        "{} {}: {}{}.",
        shown(&row.product),
        days(report),
        row.tokens.map_or(String::new(), |used| format!(
            "{} tokens, {} a month; ",
            exact(used),
            month(row.tokens_per_month)
        )),
        counted(row.users as u64, "user")
    );
    let parts = [wrapped(&head), bands(row), versions(row), users_of(row)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// One user (rules.md U7).
pub fn user(report: &UsageReport, name: &str) -> String {
    let Some(row) = report.users.first() else {
        return format!("{}: used nothing {}\n", shown(name), days(report));
    };
    let head = format!(
        "{} {}: {}{}{}.",
        shown(&row.user),
        days(report),
        row.tokens.map_or(String::new(), |used| format!("{} tokens; ", exact(used))),
        row.days_used.map_or(String::new(), |used| {
            format!("used on {used} of {}; ", counted(report.range.days.into(), "day"))
        }),
        counted(row.products.len() as u64, "product")
    );
    let parts = [wrapped(&head), products_of(row), weeks_of(row)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The top of the overview, and its range (rules.md U2, U3).
fn top(report: &UsageReport) -> String {
    let of = &report.overview;
    let (used, changed) = of.packs.as_ref().map(|packs| packs_of(packs, report)).unwrap_or_default();
    let day_by_day = of.tokens_per_day.as_ref().map(|days| day_by_day(days)).unwrap_or_default();
    let top = [used, day_by_day, changed].concat();
    format!(
        "{top}{}{}: {}{}, {}.\n",
        if top.is_empty() { "" } else { "\n" },
        capitalised(&days(report)),
        of.tokens.map_or(String::new(), |used| format!("{} tokens, ", exact(used))),
        counted(of.products as u64, "product"),
        counted(of.users as u64, "user")
    )
}

/// What was used and is left of packs, and what was added and removed.
fn packs_of(of: &PacksOverview, report: &UsageReport) -> (String, String) {
    let before = match of.tokens_used_before {
        Tokens::ZERO => String::new(),
        before => format!(", {} of them before {}", exact(before), report.known_from),
    };
    let used = [
        item("Tokens used", &format!("{} of packs bought in the last 12 months{before}", exact(of.tokens_used))),
        item("Tokens left", &exact(of.tokens_left)),
    ];
    let mut changed = item("Last 7 days", &format!("{} added, {} removed", exact(of.added), exact(of.removed)));
    for Addition { day, team, pack, by, tokens } in of.added_or_removed.iter().take(ROWS) {
        let (team, pack, tokens) = (shown(team), shown(pack), exact(*tokens));
        changed += &item("", &format!("{day} {team}: {tokens} by {by} of {pack}"));
    }
    changed += &more(of.added_or_removed.len(), ROWS);
    (used.concat(), changed)
}

fn day_by_day(days: &[DayTokens]) -> String {
    let all = days.iter().map(|day| day.tokens).sum::<Tokens>();
    let since = days.first().map_or(String::new(), |day| format!(" since {}", day.day));
    let most = days.iter().max_by_key(|day| day.tokens).filter(|day| !day.tokens.is_zero());
    let most = most.map_or(String::new(), |day| format!(", {} at most on {}", exact(day.tokens), day.day));
    item("Day by day", &format!("{} tokens{since}{most}", exact(all)))
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
        table.add_row([shown(&row.product), row.users.to_string(), amount(row.tokens), month(row.tokens_per_month)]);
    }
    cut(&table, report.products.len(), ROWS)
}

fn users(report: &UsageReport) -> String {
    let mut table = tables::figures(&["user", "products", "tokens", "days used"]);
    for row in report.users.iter().take(ROWS) {
        table.add_row([shown(&row.user), row.products.len().to_string(), amount(row.tokens), count(row.days_used)]);
    }
    cut(&table, report.users.len(), ROWS)
}

/// A count, where it is known.
fn count(count: Option<usize>) -> String {
    count.map_or("-".to_owned(), |count| count.to_string())
}

/// Tokens, where they are known.
fn amount(tokens: Option<Tokens>) -> String {
    tokens.map_or("-".to_owned(), exact)
}

/// Tokens a month, where they are known.
fn month(mean: Option<f64>) -> String {
    mean.map_or("-".to_owned(), tokens)
}

fn balances(left: &Left) -> String {
    let mut table = tables::figures(&["team", "left", "bought", "share"]);
    for row in left.balances.iter().take(ROWS) {
        let plan = row.plan.as_ref().map_or(String::new(), |plan| format!(" ({})", shown(plan)));
        let share = match row.bought {
            Tokens::ZERO => "-".to_owned(),
            bought => percent(row.balance.millionths() as f64 / bought.millionths() as f64),
        };
        table.add_row([format!("{}{plan}", shown(&row.team)), exact(row.balance), exact(row.bought), share]);
    }
    cut(&table, left.balances.len(), ROWS)
}

fn alerts(left: &Left) -> String {
    if left.alerts.is_empty() {
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
    let text: String = left.alerts.iter().take(ROWS).map(|alert| format!("{}\n", line(alert))).collect();
    [text, more(left.alerts.len(), ROWS)].concat()
}

fn bands(row: &ProductUse) -> String {
    let Some(bands) = &row.bands else { return String::new() };
    let mut table = tables::figures(&["tokens in the range", "users"]);
    for Band { above, up_to, users } in bands {
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
    let Some(versions) = &row.versions else { return String::new() };
    for version in versions.iter().take(ROWS) {
        table.add_row([shown_version(&version.version), version.users.to_string()]);
    }
    cut(&table, versions.len(), ROWS)
}

fn users_of(row: &ProductUse) -> String {
    let mut table = tables::figures(&["user", "tokens", "a month"]);
    for user in row.by_user.iter().take(2 * ROWS) {
        table.add_row([shown(&user.user), amount(user.tokens), month(user.tokens_per_month)]);
    }
    cut(&table, row.by_user.len(), 2 * ROWS)
}

fn products_of(row: &UserUse) -> String {
    let mut table = tables::figures(&["product", "tokens", "days used", "version", "uses"]);
    for product in &row.products {
        let mut name = [shown(&product.product), amount(product.tokens), count(product.days_used)];
        let Some(versions) = &product.versions else {
            let [product, tokens, days] = name;
            table.add_row([product, tokens, days, count(None), count(None)]);
            continue;
        };
        for version in versions {
            let [product, tokens, days] = std::mem::take(&mut name);
            let uses = version.uses.map(|uses| uses as usize);
            table.add_row([product, tokens, days, shown_version(&version.version), count(uses)]);
        }
    }
    tables::lines(&table)
}

fn weeks_of(row: &UserUse) -> String {
    let known = row.products.iter().filter_map(|product| Some((&product.product, product.weeks.as_ref()?)));
    let line = |(product, weeks): (&String, &Vec<Week>)| {
        let weeks: Vec<String> = weeks.iter().map(|week| format!("{}:\u{a0}{}", week.monday, week.days_used)).collect();
        let wrapped = lines::wrap(&format!("{}: {}", shown(product), weeks.join(", ")), WIDTH - 2);
        wrapped.iter().map(|line| format!("  {}\n", line.replace('\u{a0}', " "))).collect::<String>()
    };
    let text: String = known.map(line).collect();
    if text.is_empty() { text } else { format!("Days used in each week, by its Monday:\n{text}") }
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
