//! An office whose figures are known to the token: everybody opens Revit at 09:00 and closes it at 17:30 on each working day. Four people
//! burn 40 tokens a day from Monday 4 January 2027 on, of a pack of 1,000 and a purchase of 100; another team's 300 tokens end unused on
//! 10 January.

/// The scenario up to a day, with so many replications, and with more below it.
pub fn exact(end: &str, replications: u32, more: &str) -> String {
    format!(
        "
name: Exact
start: 2027-01-04
end: {end}
currency: EUR
products: {{Revit: {{rate: 10}}}}
prices: {{tokens: [{{from: 100, each: 3.00}}, {{from: 500, each: 2.00}}]}}
teams:
  design: {{packs: [{{id: p1, bought: 2026-05-10, size: 1000}}]}}
  visuals: {{packs: [{{id: p2, bought: 2026-01-10, size: 300}}]}}
people:
  - group: architects
    count: 4
    team: design
    access: all
    behaviour: office_week
    with: {{attendance: 1, spread: 0s, forgets_night: 0, forgets_weekend: 0}}
  - {{user: piet@harbour.example, team: visuals, access: all}}
purchases:
  - {{on: 2027-01-11, team: design, tokens: 100, id: more}}
forecast: {{replications: {replications}, seed: 7}}
{more}"
    )
}
