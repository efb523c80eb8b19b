//! flexcast forecasts the burn of Autodesk Flex tokens: it simulates people through the real metering core, the same code that
//! meters real session logs.
//!
//! # The way data flows
//!
//! ```text
//!                                                                                  FlexNet log ─► flexnet ─► session log
//!  scenario.yaml ─► scenario::load ─► Scenario ─► setup: roster, timeline ────┐        session log ─► usage_log
//!                                        │                                    │                          │
//!  in each replication                   ▼                                    ▼                          ▼
//!  behaviour script ─► Planner: the day's sessions ─► Queue ─► Meter::apply ─► Journal ◄─── replay: Queue ─► Meter::apply
//!  buyer's script ───► Buyers: orders, packs to come ───┘        │ pure           │
//!                                                             Ledger             ├─ simulate: Outcome ─► forecast: Forecast
//!                                                                                ├─ explain: Answer
//!                                                                                ├─ preview: Preview (of a traced replication)
//!                                                                                ├─ usage_report: UsageBook ─► UsageReport
//!                                                                                └─ replay: decisions.csv, ledger.csv (of logs
//!                                                                                   and of single replications)
//!                               Forecast, Comparison, Sensitivity, Answer, Preview, UsageReport ─► report: screen, daily.csv; serde: forecast.json; chart: SVG, PNG
//!                               forecast.json, plan.json, … ─► chart: SVG, PNG
//! ```
//!
//! One direction, and no call back up: what a buyer sees at the start of a day is a plain [`behaviour::Market`] that the replication
//! fills. From `main` to a charge it is five hops between rooms: [`cli`] →
//! [`simulate::Replication::run`] → [`queue::Queue::open`] → [`meter::Meter::apply`] → [`ledger::Ledger::burn`], the last one where the
//! grace is over. Simulation, real logs, tests and benches all enter at [`meter::Meter::apply`] ([`meter::Meter::advance`] only lets time
//! pass): a run's exported sessions, metered again, give the same decisions and ledger byte for byte.
//!
//! # The rooms
//!
//! | room | holds | knows nothing of |
//! | --- | --- | --- |
//! | [`time`] [`tokens`] [`ids`] [`keys`] | whole UTC seconds; exact tokens in millionths; dense ids; stable keys of names | everything else |
//! | [`ledger`] | packs, burn order, holds, expiry, moves: the only place where tokens change | users, rules |
//! | [`meter`] | the rules behind one pure door; every decision with its reason, as data | files, clocks, randomness, floats, names |
//! | [`spreadsheet`] | CSV that spreadsheets open without running anything | what is in it |
//! | [`pseudonyms`] | names, or keyed hashes in their place | whose names, and where they are shown |
//! | [`calendar`] | civil days, zones, clock changes | tokens |
//! | [`diagnostic`] | what is wrong with an input, where, and how to mend it | how it is shown |
//! | [`scenario`] | YAML as written → checked → as meant; every error at once | what happens later |
//! | [`behaviour`] | Rhai scripts: what people plan and buyers order; the only place where random draws happen | the meter |
//! | [`wheel`] | things by the instants at which they happen | what they are |
//! | [`queue`] | what is yet to happen, in the order of moments: the way into the meter | who plans it |
//! | [`simulate`] | one replication; many, over threads, in the order of their numbers | how results look |
//! | [`usage_log`] [`replay`] | real logs into the same meter; the tables of decisions and ledger | behaviour |
//! | [`flexnet`] | debug logs of licence servers into sessions | the meter, the scenario |
//! | [`explain`] | why each charge was due and each denial was made, as data | the words for it |
//! | [`forecast`] | estimates with intervals, and the run card | how they are shown |
//! | [`plan`] | what to buy when: demand of runs in, purchases and bounds out | simulation, dates, files, words |
//! | [`preview`] | one person's time as a script plays it, as data | the words and pictures for it |
//! | [`purchasing`] | a scenario's demand, the plan for it, and what verifying that through the core finds | how it is shown |
//! | [`seats`] | who should have a subscription instead of tokens | how that is shown |
//! | [`what_if`] | variants of a scenario, forecast and compared | how they are shown |
//! | [`compare`] | a scenario against others, replication by replication, and the bounds that are crossed | how they are shown |
//! | [`sensitivity`] | which parameters matter: moved one at a time, or as shares of the variance | how that is shown |
//! | [`alerts`] | what is left on a day, what becomes of it, by when to order | the words for it |
//! | [`usage_report`] | daily use and packs by day, and the vendor's usage reports of them | the words for it |
//! | [`vendor`] | the vendor's exports of use, as a book of daily use | the meter, the scenario |
//! | [`export`] | the tables that the vendor exports, of the usage report's book | how a log is metered |
//! | [`report`] | words and tables for people | how results come about |
//! | [`chart`] | pictures for people, of a result at hand or stored | how results come about |
//! | [`page`] | a forecast as one HTML file, from templates | where its words and pictures come from |
//! | [`output`] | files that appear whole, together | what is in them |
//! | [`cli`] | commands, progress, exit codes | |
//!
//! # What always holds
//!
//! Each of these is kept by a test.
//!
//! - Tokens change only in [`ledger`]; what is owed is decided only in [`meter`]; the order within an instant is defined once, in
//!   [`meter::Phase`].
//! - `ledger`, `meter`, `time`, `tokens`, `ids` and `keys` have no files, clock, randomness, floats or hash maps.
//! - Compiled scripts and Rhai's evaluator give the same plans and errors.
//! - Rhai is named only in [`behaviour`], and all draws are made there, but for `team_choice: random`, where the meter mixes the seed
//!   that it is handed.
//! - The same scenario, seed and version give the same bytes on any number of threads ([`simulate`] holds the contract).
//! - What was entered and moved in = left + held + burned + expired + moved out, for every pack, after every event.
//! - Every burned token is explained by a decision.
//! - A slow oracle, written from the rules alone, gives every row that the meter gives.
//! - A replication comes to the same, be blocks of users played one after the other or all in the order of the clock.
//! - A warm replication allocates nothing in `queue`, `meter` and `ledger`.

pub mod alerts;
pub mod behaviour;
pub mod calendar;
pub mod chart;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod explain;
pub mod export;
pub mod flexnet;
pub mod forecast;
pub mod ids;
pub mod keys;
pub mod ledger;
pub mod meter;
pub mod output;
pub mod page;
pub mod plan;
pub mod preview;
pub mod pseudonyms;
pub mod purchasing;
pub mod queue;
pub mod replay;
pub mod report;
pub mod scenario;
pub mod seats;
pub mod sensitivity;
pub mod simulate;
pub mod spreadsheet;
pub mod time;
pub mod tokens;
pub mod usage_log;
pub mod usage_report;
pub mod vendor;
pub mod what_if;
pub mod wheel;
