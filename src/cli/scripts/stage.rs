//! Where a preview plays: a scenario with one person, and plenty of tokens.

use super::preview::Args;
use crate::behaviour::{self, Library};
use crate::calendar::Zone;
use crate::cli::CliError;
use crate::cli::given::behaviour_use;
use crate::diagnostic::{Diagnostic, nearest};
use crate::ids::{TeamId, UserId};
use crate::keys::name_key;
use crate::scenario::{Access, Behaving, BehaviourUse, EventKind, Group, Membership, Pack, Scenario, Team, User};
use crate::simulate::Inputs;
use crate::tokens::Tokens;

/// What is played, and whose day is looked at.
pub(super) struct Stage {
    pub(super) scenario: Scenario,
    pub(super) library: Library,
    pub(super) user: UserId,
    /// As it was named.
    pub(super) script: String,
}

/// More than anyone burns, and far from what overflows.
const PLENTY: i64 = 1_000_000_000;
const NAME: &str = "person";
const KEY: u64 = name_key(NAME);

impl Stage {
    pub(super) fn set(args: &Args) -> Result<Stage, CliError> {
        match (&args.user, &args.script, &args.scenario) {
            (Some(user), _, Some(_)) => Stage::of_user(args.scenario_args().load()?, user),
            (_, Some(script), _) => Stage::of_script(args, script),
            _ => Err(vec![Diagnostic::new("name a script, or a user of a scenario")].into()),
        }
    }

    /// A user as the scenario has them, among all others.
    fn of_user(Inputs { scenario, library }: Inputs, name: &str) -> Result<Stage, CliError> {
        let names = || scenario.users.iter().map(|user| user.name.as_str());
        let name = &*scenario.pseudonyms.user(name);
        let Some(place) = names().position(|known| known == name) else {
            let unknown = Diagnostic::new(format!("the scenario has no user `{name}`"));
            return Err(vec![unknown.nearest(name, names())].into());
        };
        let group = &scenario.groups[scenario.users[place].group as usize];
        let Some(behaviour) = &group.behaviour else {
            let idle = Diagnostic::new(format!("`{name}` has no behaviour, and opens nothing"));
            return Err(vec![idle.expected("a user with a `behaviour`")].into());
        };
        let script = behaviour.script.clone();
        Ok(Stage { user: UserId::from_index(place), script, scenario, library })
    }

    /// Someone who does what the script says.
    fn of_script(args: &Args, script: &str) -> Result<Stage, CliError> {
        let mut loaded = args.scenario_args().open()?.load();
        let Some(scenario) = loaded.scenario.take() else { return Err(loaded.diagnostics.into()) };
        let behaviour = behaviour_use(script, &args.with)?;
        loaded.behaviours = vec![(Behaving::named(NAME), behaviour.clone())];
        loaded.buyers.clear();
        let (library, errors) = behaviour::load(&loaded);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let scenario = with_one_person(scenario, args, behaviour)?;
        Ok(Stage { scenario, library, user: UserId(0), script: script.to_owned() })
    }
}

fn with_one_person(scenario: Scenario, args: &Args, behaviour: BehaviourUse) -> Result<Scenario, CliError> {
    let zone = args.zone.unwrap_or(scenario.zone);
    let calendar = calendar(&scenario, args.calendar.as_deref())?;
    let first_day = args.start.unwrap_or(scenario.first_day);
    let last_day = first_day.plus(args.days as i32 - 1);
    // What rates were before its start, a scenario doesn't say.
    if args.scenario.is_some() && first_day < scenario.first_day {
        let early = Diagnostic::new("`--start` is before the scenario starts");
        return Err(vec![early.expected(format!("the scenario starts on {}", scenario.first_day))].into());
    }
    let (start, end) = (zone.start_of(first_day), zone.start_of(last_day.plus(1)));
    let member = Membership { team: TeamId(0), access: Access::All, guest: false };
    let user = User { name: NAME.into(), key: KEY, existing: true, memberships: vec![member], ..User::default() };
    let of_products =
        |kind: &EventKind| matches!(kind, EventKind::Rate { .. } | EventKind::Release(_) | EventKind::Withdraw(_));
    let tokens = Tokens::whole(PLENTY);
    Ok(Scenario {
        zone,
        first_day,
        last_day,
        start,
        end,
        teams: vec![Team { name: NAME.into(), plan: None, admin: None, default_access: None, guest_defaults: false }],
        groups: vec![Group { name: NAME.into(), key: KEY, users: 0..1, zone, calendar, behaviour: Some(behaviour) }],
        users: vec![user],
        packs: vec![Pack {
            id: "plenty".into(),
            team: TeamId(0),
            bought: first_day,
            enters: start,
            ends: zone.start_of(last_day.plus(366)),
            size: tokens,
            left: tokens,
            on_hand: true,
            ordered: false,
        }],
        buyers: Vec::new(),
        events: scenario.events.into_iter().filter(|event| of_products(&event.what)).collect(),
        ..scenario
    })
}

fn calendar(scenario: &Scenario, name: Option<&str>) -> Result<usize, CliError> {
    let Some(name) = name else { return Ok(0) };
    let names = || scenario.calendars.iter().map(|calendar| calendar.name.as_str());
    names().position(|known| known == name).ok_or_else(|| {
        let unknown = Diagnostic::new(format!("unknown calendar `{name}`"));
        let listed = names().collect::<Vec<_>>().join(", ");
        vec![unknown.expected(format!("one of {listed}")).nearest(name, names())].into()
    })
}

pub(super) fn zone(text: &str) -> Result<Zone, String> {
    Zone::parse(text).ok_or_else(|| match nearest(text, Zone::names()) {
        Some(near) => format!("unknown zone; did you mean {near}?"),
        None => "unknown zone; expected an IANA name such as Europe/Amsterdam".into(),
    })
}
