//! A scenario as written: its records, of which decoder and schema are made. The descriptions are what editors show.

use std::num::NonZeroU32;

use schemars::Schema;
use schemars::generate::SchemaGenerator;

use super::decode::{At, Decode, Entries, Errors, Named};
use super::event_spec::OneEvent;
use super::leaf::{Bought, Currency, Precision, Share};
use super::model::{Money, Per, Platform, Ranges, ShortStarts};
use super::overrides::Overrides;
use super::parameters::Parameters;
use super::plan::PlanSpec;
use super::record::{Field, Keys, Refusal, record};
use super::schema::RecordSchema;
use super::tree::Node;
use super::unions::{AccessSpec, DaysOff, IdleSpec, PoliciesSpec, RatesSpec};
use super::when::Moment;
use crate::calendar::{Day, Weekday, Zone};
use crate::meter::{LapseWhileOpen, RenewalShortfall, SecondDevice, TeamChoice};
use crate::time::Span;
use crate::tokens::Tokens;

const LIMITS: Refusal = Refusal {
    keys: &[
        "token_limit",
        "token_limits",
        "tokens_limit",
        "limit",
        "limits",
        "max_tokens",
        "tokens_per_user",
        "daily_limit",
        "monthly_limit",
        "cap",
        "token_cap",
        "tokens_per_day",
        "tokens_per_week",
        "tokens_per_month",
        "quota",
        "budget",
    ],
    message: "can't be set: Flex has no token limit per user, group or team",
    help: "what can be limited is which products they may open: list these under `access`",
};

record! {
    /// What is simulated: products, teams with their packs, people, and the plan for the year.
    ScenarioSpec as "a scenario" {
        /// Shown on every result; the file's name where it is left out.
        optional name: String,
        /// The first day simulated.
        required start: Day,
        /// The last day simulated.
        required end: Day,
        /// The zone of the reports' days, and of people who name none. UTC where it is left out.
        optional zone: Zone,
        /// The currency of the prices: three letters. USD where it is left out.
        optional currency: Currency,
        /// A rate sheet, relative to this file, or a list of them; `products` adds to it or overrides it, key by key.
        optional rates: RatesSpec,
        /// The products by name.
        optional products: Entries<ProductSpec>,
        /// What tokens and subscriptions cost. Without it, results show no money.
        optional prices: PricesSpec,
        /// Calendars by name: which days are worked.
        optional calendars: Entries<CalendarSpec>,
        /// The teams by name: they hold the packs.
        optional teams: Entries<TeamSpec>,
        /// Groups of users, and single users.
        optional people: Vec<At<PersonSpec>>,
        /// Purchases planned after the start.
        optional purchases: Vec<At<PurchaseSpec>>,
        /// A scripted buyer, or a list of them, each of whom is called in this order at the start of each day.
        optional policy: PoliciesSpec,
        /// Everything else that happens on a day or at an instant.
        optional events: Vec<At<OneEvent>>,
        /// The settings of the metering rules.
        optional rules: RulesSpec,
        /// How a forecast is run unless the command line says otherwise.
        optional forecast: ForecastSpec,
        /// How purchases are planned unless the command line says otherwise.
        optional plan: PlanSpec,
        /// Variants by name: what is changed in each, as a path and what stands there.
        optional what_if: Named<Overrides>,
    }
    refuses LIMITS
}

record! {
    /// A rate sheet: products with their rates, and where these come from.
    RateSheetSpec as "a rate sheet" {
        /// The products by name.
        required products: Entries<ProductSpec>,
        /// Since when its rates are in force. The first sheet's hold from the start, whatever this says.
        required effective: Day,
    }
    noted {
        /// What the sheet is called.
        optional name: String,
    }
}

record! {
    /// A product, or an add-in of one.
    ProductSpec as "a product" {
        /// Tokens for each 24 hours, or for each result. An add-in without a rate is free.
        optional rate: Tokens,
        /// What the rate is for: each window of 24 hours (`day`, where it is left out), or each result of a cloud service.
        optional per: Per,
        /// The product that this is an add-in of.
        optional add_in_of: String,
        /// Whether the add-in opens whenever its host opens: `false` where it is left out.
        optional loads_with_host: bool,
        /// From when the product can be had through Flex.
        optional released: Moment,
        /// From when on it can't be had any more.
        optional withdrawn: Moment,
        /// The platforms it runs on. All where it is left out.
        optional platforms: Vec<Platform>,
    }
    noted {
        /// Where the rate comes from.
        optional source: String,
        /// When the rate was looked up.
        optional as_of: Day,
    }
}

record! {
    /// What tokens and subscriptions cost.
    PricesSpec as "a price list" {
        /// The unit price by the size of one purchase, from the smallest on.
        optional tokens: Vec<At<PriceTierSpec>>,
        /// Purchases are multiples of this. What a buyer orders is checked; packs and planned purchases aren't.
        optional step: Bought,
        /// The price of a subscription per user and year, by product.
        optional subscriptions: Entries<Money>,
    }
}

record! {
    /// The unit price of tokens from a size of one purchase on.
    PriceTierSpec as "a price tier" {
        /// The smallest purchase that gets this price.
        required from: Tokens,
        /// For each token of it.
        required each: Money,
    }
}

record! {
    /// Which days are worked.
    CalendarSpec as "a calendar" {
        /// The days of the week that aren't worked. Saturday and Sunday where it is left out.
        optional weekend: Vec<Weekday>,
        /// Holidays and other days off: dates, or spans with both ends off.
        optional days_off: Vec<At<DaysOff>>,
    }
}

record! {
    /// A span of days, both ends included.
    DaySpanSpec as "a span of days" {
        /// The first day.
        required from: Day,
        /// The last day.
        required until: Day,
    }
}

record! {
    /// A team: it holds packs, and lists what its users may open.
    TeamSpec as "a team" {
        /// The plan, such as `premium`: shown beside the team's name.
        optional plan: String,
        /// Who manages the team. Tokens can't be moved between teams that name different admins.
        optional admin: String,
        /// The packs on hand at the start.
        optional packs: Vec<At<PackSpec>>,
        /// The products for users without an `access` of their own. None where it is left out.
        optional default_access: Vec<At<String>>,
        /// Whether `default_access` serves guests too: `false` where it is left out.
        optional guest_defaults: bool,
    }
    refuses LIMITS
}

record! {
    /// A pack on hand at the start: it lasts a year from its purchase.
    PackSpec as "a pack" {
        /// Shown in the results. Made up of team and day where it is left out.
        optional id: String,
        /// The day of the purchase.
        required bought: Day,
        /// Tokens when bought.
        required size: Bought,
        /// Tokens at the start. All of them where it is left out.
        optional left: Tokens,
    }
}

record! {
    /// A purchase of tokens planned after the start.
    PurchaseSpec as "a purchase" {
        /// The day, or the instant.
        required on: Moment,
        /// The team that gets the pack.
        required team: String,
        /// Tokens bought.
        required tokens: Bought,
        /// Shown in the results. Made up of team and day where it is left out.
        optional id: String,
    }
}

record! {
    /// A scripted buyer, who orders tokens on the way.
    PolicySpec as "a policy" {
        /// Shown in the results, and what the buyer's draws hang on. That of the behaviour where it is left out.
        optional name: String,
        /// What the buyer does: the name of a shipped script, or a path relative to this file.
        required behaviour: String,
        /// The script's parameters. Those left out have the script's defaults.
        optional with: Parameters,
        /// Which days the buyer works. Where it is left out, all but Saturday and Sunday.
        optional calendar: String,
    }
}

record! {
    /// A group of users with one behaviour (`group` and `count`), or a single user (`user`).
    PersonSpec as "a person or group" {
        /// The name of a group: its users are called NAME-1, NAME-2 and so on.
        optional group: String,
        /// How many users the group has.
        optional count: NonZeroU32,
        /// The name of a single user.
        optional user: String,
        /// The team.
        optional team: String,
        /// The teams, for someone who is in several, or in none.
        optional teams: Vec<At<String>>,
        /// The products they may open: a list, or `all`. The team's `default_access` where it is left out.
        optional access: AccessSpec,
        /// Whether they are guests of their teams: `false` where it is left out.
        optional guest: bool,
        /// Which days they work. Where it is left out, all but Saturday and Sunday.
        optional calendar: String,
        /// Where they live. The scenario's zone where it is left out.
        optional zone: Zone,
        /// What they do: the name of a shipped script, or a path relative to this file. Nothing where it is left out.
        optional behaviour: String,
        /// The script's parameters. Those left out have the script's defaults.
        optional with: Parameters,
        /// Single-user subscriptions, which come before tokens.
        optional subscriptions: Vec<At<CoverSpec>>,
        /// Trials, which come before tokens.
        optional trials: Vec<At<CoverSpec>>,
    }
    refuses LIMITS
}

record! {
    /// A subscription or trial of one product.
    CoverSpec as "a subscription or trial" {
        /// The product.
        required product: String,
        /// The first good day, or an instant.
        required from: Moment,
        /// The last good day, or the instant of its end.
        required until: Moment,
        /// The sign-in it holds for, where it isn't the user's own.
        optional identity: String,
    }
}

record! {
    /// The settings of the metering rules, each with its default.
    RulesSpec as "the `rules` section" {
        /// A session closed this long after its open, or sooner, is free: `5m` where it is left out, `0s` switches it off.
        optional grace: Span,
        /// What a renewal does that the balance can't pay: `end_session` where it is left out.
        optional renewal_shortfall: RenewalShortfall,
        /// What opening a product on a second device does: `sign_out_first` where it is left out.
        optional second_device: SecondDevice,
        /// Which team pays for someone who is in several: `earliest_end_date` where it is left out.
        optional team_choice: TeamChoice,
        /// What a subscription or trial that ends while the product is open does: `charge` where it is left out.
        optional lapse_while_open: LapseWhileOpen,
        /// Which products' charges pause while idle: `off` where it is left out, `on`, or products with their versions that can.
        optional idle_awareness: IdleSpec,
        /// Whether reports count a session within the grace as use with 0 tokens: `counted` where it is left out.
        optional short_starts: ShortStarts,
        /// Which months `report --range 3m` and its like mean: the last full calendar months, `completed_months`, where it is left out; `rolling` goes from date to date.
        optional ranges: Ranges,
    }
    refuses LIMITS
}

record! {
    /// How a forecast is run unless the command line says otherwise.
    ForecastSpec as "the `forecast` section" {
        /// How many times the scenario is simulated. Where it is left out, a forecast goes on until it is as sure as `precision` says, and other commands have 1000. `plan` (as many as the service level needs) and `sensitivity` without `--full` (100) don't go by it.
        optional replications: NonZeroU32,
        /// How sure a forecast is to be, instead of `replications`: the 95 % intervals reach so far, as a share of the p90 of the burn and as points of the chance of a stock-out. 1% where both are left out.
        optional precision: Precision,
        /// The seed of every random draw: 1 where it is left out.
        optional seed: u64,
        /// The asked share of replications that never run out of tokens: 0.99 where it is left out. Plans are made for it.
        optional service_level: Share,
    }
}
