//! A case as its user would write it: the scenario in YAML, the log in CSV.

use crate::case::*;
use crate::civil::{date_text, instant_text};
use crate::tables::tokens_text;

impl Scenario {
    pub fn yaml(&self) -> String {
        let end = date_text(self.start + 400);
        let mut text = format!("start: {}\nend: {end}\nzone: {}\n", date_text(self.start), self.zone.name());
        text += &format!("rules: {{{}}}\n", self.rules(&self.rules));
        section(&mut text, "products", self.products.iter().map(|product| self.product(product)));
        section(&mut text, "teams", self.teams.iter().map(|team| self.team(team)));
        section(&mut text, "people", self.people.iter().map(|person| format!("- {{{}}}", self.person(person))));
        let purchases = self.purchases.iter().map(|purchase| format!("- {{{}}}", self.purchase(purchase)));
        section(&mut text, "purchases", purchases);
        section(&mut text, "events", self.events.iter().map(|event| format!("- {{{}}}", self.event(event))));
        text
    }

    fn name(&self, product: usize) -> &str {
        &self.products[product].name
    }

    fn list(&self, products: &[usize]) -> String {
        let names: Vec<&str> = products.iter().map(|product| self.name(*product)).collect();
        format!("[{}]", names.join(", "))
    }

    fn team_name(&self, team: usize) -> &str {
        &self.teams[team].name
    }

    fn access(&self, access: &Option<Access>) -> String {
        match access {
            None => String::new(),
            Some(Access::All) => ", access: all".to_owned(),
            Some(Access::List(listed)) => format!(", access: {}", self.list(listed)),
        }
    }

    fn rules(&self, rules: &Rules) -> String {
        let mut text = format!("grace: {}s", rules.grace);
        if !rules.end_session {
            text += ", renewal_shortfall: allow_until_close";
        }
        if !rules.sign_out_first {
            text += ", second_device: deny";
        }
        if !rules.charge_lapses {
            text += ", lapse_while_open: next_open";
        }
        text += match rules.team_choice {
            TeamChoice::EarliestEndDate => "",
            TeamChoice::MostTokens => ", team_choice: most_tokens",
            TeamChoice::FirstListed => ", team_choice: first_listed",
        };
        match &rules.idle {
            IdleAwareness::Off => text,
            IdleAwareness::On => text + ", idle_awareness: on",
            IdleAwareness::Some(map) => {
                let entry = |(product, versions): &(usize, Option<Vec<String>>)| match versions {
                    None => format!("{}: all", self.name(*product)),
                    Some(versions) => format!("{}: {versions:?}", self.name(*product)),
                };
                let entries: Vec<String> = map.iter().map(entry).collect();
                format!("{text}, idle_awareness: {{{}}}", entries.join(", "))
            }
        }
    }

    fn product(&self, product: &Product) -> String {
        let mut keys = Vec::new();
        keys.extend(product.rate.map(|rate| format!("rate: {}", tokens_text(rate))));
        keys.extend(product.per_result.then(|| "per: result".to_owned()));
        keys.extend(product.host.map(|host| format!("add_in_of: {}", self.name(host))));
        keys.extend(product.loads_with_host.then(|| "loads_with_host: true".to_owned()));
        keys.extend(product.released.map(|at| format!("released: {}", moment(at))));
        keys.extend(product.withdrawn.map(|at| format!("withdrawn: {}", moment(at))));
        format!("{}: {{{}}}", product.name, keys.join(", "))
    }

    fn team(&self, team: &Team) -> String {
        let pack = |pack: &PackOnHand| {
            let (size, left) = (tokens_text(pack.size), tokens_text(pack.left));
            format!("{{id: {}, bought: {}, size: {size}, left: {left}}}", pack.id, date_text(pack.bought))
        };
        let packs: Vec<String> = team.packs.iter().map(pack).collect();
        let mut keys = vec![format!("packs: [{}]", packs.join(", "))];
        if !team.default_access.is_empty() {
            keys.push(format!("default_access: {}", self.list(&team.default_access)));
        }
        if team.guest_defaults {
            keys.push("guest_defaults: true".to_owned());
        }
        format!("{}: {{{}}}", team.name, keys.join(", "))
    }

    fn person(&self, person: &Person) -> String {
        let mut text = match person.count {
            None => format!("user: {}", person.name),
            Some(count) => format!("group: {}, count: {count}", person.name),
        };
        let teams: Vec<&str> = person.teams.iter().map(|team| self.team_name(*team)).collect();
        text += &format!(", teams: [{}]{}", teams.join(", "), self.access(&person.access));
        if person.guest {
            text += ", guest: true";
        }
        for (key, trial) in [("subscriptions", false), ("trials", true)] {
            let covers: Vec<String> =
                person.covers.iter().filter(|cover| cover.trial == trial).map(|cover| self.cover(cover)).collect();
            if !covers.is_empty() {
                text += &format!(", {key}: [{}]", covers.join(", "));
            }
        }
        text
    }

    fn cover(&self, cover: &Cover) -> String {
        let (from, until) = (moment(cover.from), moment(cover.until));
        let identity = cover.identity.as_ref().map_or(String::new(), |identity| format!(", identity: {identity}"));
        format!("{{product: {}, from: {from}, until: {until}{identity}}}", self.name(cover.product))
    }

    fn purchase(&self, purchase: &Purchase) -> String {
        let (on, team) = (moment(purchase.on), self.team_name(purchase.team));
        format!("on: {on}, team: {team}, tokens: {}, id: {}", tokens_text(purchase.tokens), purchase.id)
    }

    fn event(&self, event: &Event) -> String {
        let team = |team: &usize| self.team_name(*team);
        let what = match &event.what {
            What::Move { pack, to } => format!("move: {pack}, to: {}", team(to)),
            What::Merge { team: old, into } => format!("merge: {}, into: {}", team(old), team(into)),
            What::Rate { product, tokens } => {
                format!("rate: {{product: {}, tokens: {}}}", self.name(*product), tokens_text(*tokens))
            }
            What::Release(product) => format!("release: {}", self.name(*product)),
            What::Withdraw(product) => format!("withdraw: {}", self.name(*product)),
            What::Invite { who, accepts_after } => {
                let accepts = accepts_after.map_or(String::new(), |after| format!(", accepts_after: {after}s"));
                format!("invite: {{{}{accepts}}}", self.assignment(who))
            }
            What::Assign(who) => format!("assign: {{{}}}", self.assignment(who)),
            What::Import { team: to, users, access } => {
                format!("import: {{team: {}, users: [{}]{}}}", team(to), users.join(", "), self.access(access))
            }
            What::Unassign { user, team: from } => format!("unassign: {{user: {user}, team: {}}}", team(from)),
            What::Clear { user, team: of, access } => {
                format!("clear: {{user: {user}, team: {}, access: {}}}", team(of), self.list(access))
            }
            What::DefaultAccess { team: of, access } => {
                format!("default_access: {{team: {}, access: {}}}", team(of), self.list(access))
            }
            What::GuestDefaults { team: of, serve } => {
                format!("guest_defaults: {{team: {}, serve: {serve}}}", team(of))
            }
            What::Leave(who) => format!("leave: {}", who.keys()),
            What::Join(who) => format!("join: {}", who.keys()),
        };
        format!("on: {}, {what}", moment(event.on))
    }

    fn assignment(&self, who: &Assignment) -> String {
        let guest = if who.guest { ", guest: true" } else { "" };
        format!("user: {}, team: {}{}{guest}", who.user, self.team_name(who.team), self.access(&who.access))
    }
}

impl Who {
    fn keys(&self) -> String {
        match self {
            Who::User(user) => format!("{{user: {user}}}"),
            Who::Group(group, None) => format!("{{group: {group}}}"),
            Who::Group(group, Some(count)) => format!("{{group: {group}, count: {count}}}"),
        }
    }
}

fn section(text: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.map(|line| format!("  {line}\n")).collect();
    if !lines.is_empty() {
        *text += &format!("{name}:\n{}", lines.concat());
    }
}

fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => date_text(day),
        Moment::At(at) => instant_text(at),
    }
}

const HEADER: &str =
    "user,product,opened,closed,version,device,platform,online,identity,idle,quantity,failed,failed_quantity\n";

impl Log {
    pub fn csv(&self, scenario: &Scenario) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| row.csv(scenario)).collect();
        format!("{HEADER}{}", rows.concat())
    }
}

impl Row {
    fn csv(&self, scenario: &Scenario) -> String {
        let instant = |at: Option<Instant>| at.map_or(String::new(), instant_text);
        let tokens = |tokens: Option<Tokens>| tokens.map_or(String::new(), tokens_text);
        let span = |(start, end): &(Instant, Instant)| format!("{}/{}", instant_text(*start), instant_text(*end));
        let idle: Vec<String> = self.idle.iter().map(span).collect();
        let fields = [
            self.user.clone(),
            scenario.products[self.product].name.clone(),
            instant_text(self.opened),
            instant(self.closed),
            self.version.clone(),
            self.device.clone(),
            self.platform.clone(),
            if self.online { "" } else { "false" }.to_owned(),
            self.identity.clone(),
            idle.join(";"),
            tokens(self.quantity),
            instant(self.failed),
            tokens(self.failed_quantity),
        ];
        fields.join(",") + "\n"
    }
}
