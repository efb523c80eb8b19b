//! Who is in which team with which products (E1–E5): every membership and invitation in plain lists.

use crate::case::{Access, Assignment, Cover, DAY, Instant, Person, Scenario, What, Who};
use crate::tables::Mail;

#[derive(Clone)]
pub struct Member {
    pub team: usize,
    /// None for who has no list of their own.
    pub access: Option<Access>,
    pub guest: bool,
    /// Its place among the user's teams: that of the assignment, or of the invitation.
    place: usize,
}

/// To a new user, who isn't in the team until it is accepted (E2).
struct Invitation {
    /// The event that sent it.
    event: usize,
    sent: Instant,
    member: Member,
}

pub struct User {
    pub name: String,
    group: String,
    /// As under `people`.
    written: Vec<Member>,
    pub members: Vec<Member>,
    invitations: Vec<Invitation>,
    /// E2: such a user is assigned at once.
    existing: bool,
    left: bool,
    /// Whether they will join their group later.
    to_come: bool,
    pub covers: Vec<Cover>,
}

pub struct Roster {
    pub users: Vec<User>,
    pub available: Vec<bool>,
    default_access: Vec<Vec<usize>>,
    guest_defaults: Vec<bool>,
    pub mails: Vec<Mail>,
}

const WEEK: i64 = 7 * DAY;

impl Roster {
    /// The users before anything happens: of `people`, then those who are invited or will join a group.
    pub fn new(scenario: &Scenario) -> Self {
        let mut roster = Roster {
            users: Vec::new(),
            available: scenario.products.iter().map(|_| true).collect(),
            default_access: scenario.teams.iter().map(|team| team.default_access.clone()).collect(),
            guest_defaults: scenario.teams.iter().map(|team| team.guest_defaults).collect(),
            mails: Vec::new(),
        };
        for person in &scenario.people {
            match person.count {
                None => roster.users.push(User::of(person, person.name.clone())),
                Some(count) => roster.add_group(scenario, person, count),
            }
        }
        roster.keep_outside(scenario);
        for event in &scenario.events {
            if let What::Invite { who, .. } = &event.what
                && roster.find(&who.user).is_none()
            {
                roster.users.push(User::invited(&who.user));
            }
        }
        roster
    }

    /// Who will join a group later is a user of it already, though in no team.
    fn add_group(&mut self, scenario: &Scenario, person: &Person, count: usize) {
        let joins = scenario.events.iter().map(|event| match &event.what {
            What::Join(Who::Group(group, Some(more))) if *group == person.name => *more,
            _ => 0,
        });
        for number in 1..=count + joins.sum::<usize>() {
            let mut user = User::of(person, format!("{}-{number}", person.name));
            if number > count {
                user.members.clear();
                (user.left, user.to_come) = (true, true);
            }
            self.users.push(user);
        }
    }

    /// Someone whose first coming or going is a `join` is outside until then.
    fn keep_outside(&mut self, scenario: &Scenario) {
        let mut events: Vec<_> = scenario.events.iter().collect();
        events.sort_by_key(|event| scenario.from(event.on));
        for user in &mut self.users {
            let first = events.iter().find_map(|event| match &event.what {
                What::Join(Who::User(name)) if *name == user.name => Some(true),
                What::Leave(Who::User(name)) if *name == user.name => Some(false),
                What::Leave(Who::Group(name, _)) if *name == user.group => Some(false),
                _ => None,
            });
            if first == Some(true) {
                user.members.clear();
                user.left = true;
            }
        }
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.users.iter().position(|user| user.name == name)
    }

    fn user(&mut self, name: &str) -> &mut User {
        self.users.iter_mut().find(|user| user.name == name).expect("a user of the scenario")
    }

    /// The products that serve a member now (E3, E4).
    fn served(&self, member: &Member) -> Vec<usize> {
        match &member.access {
            Some(Access::All) => (0..self.available.len()).filter(|product| self.available[*product]).collect(),
            Some(Access::List(listed)) => listed.clone(),
            None if member.guest && !self.guest_defaults[member.team] => Vec::new(),
            None => self.default_access[member.team].clone(),
        }
    }

    /// The user's teams that allow a product, in their order, or why none does (E1–E4, S3).
    pub fn teams_for(&self, user: usize, product: usize, at: Instant) -> Result<Vec<usize>, &'static str> {
        let user = &self.users[user];
        if user.members.is_empty() {
            return Err(match &user.invitations[..] {
                [] => "not_assigned",
                sent if sent.iter().any(|invitation| at < invitation.sent + WEEK) => "invitation_pending",
                _ => "invitation_lapsed",
            });
        }
        let allows = |member: &&Member| self.available[product] && self.served(member).contains(&product);
        let teams: Vec<usize> = user.members.iter().filter(allows).map(|member| member.team).collect();
        if teams.is_empty() { Err("product_not_allowed") } else { Ok(teams) }
    }

    fn mail(&mut self, at: Instant, who: &Assignment, mail: &'static str) {
        self.mails.push(Mail { time: at, user: who.user.clone(), team: who.team, mail });
    }

    pub fn invite(&mut self, at: Instant, who: &Assignment, event: usize) {
        if self.user(&who.user).existing {
            return self.assign(at, who);
        }
        self.mail(at, who, "invitation");
        let user = self.user(&who.user);
        let place = user.place_of(who.team);
        user.invitations.retain(|invitation| invitation.member.team != who.team);
        user.invitations.push(Invitation { event, sent: at, member: Member { place, ..Member::of(who) } });
    }

    /// Acceptance counts up to and at exactly seven days.
    pub fn accept(&mut self, at: Instant, name: &str, event: usize) {
        let user = self.user(name);
        let Some(place) = user.invitations.iter().position(|sent| sent.event == event) else { return };
        if at <= user.invitations[place].sent + WEEK {
            let member = user.invitations[place].member.clone();
            user.put(member);
        }
    }

    pub fn assign(&mut self, at: Instant, who: &Assignment) {
        self.user(&who.user).put(Member::of(who));
        self.mail(at, who, "assignment");
    }

    pub fn import(&mut self, users: &[String], team: usize, access: &Option<Access>) {
        for user in users {
            self.user(user).put(Member { team, access: access.clone(), guest: false, place: 0 });
        }
    }

    /// Withdraws an invitation too.
    pub fn unassign(&mut self, user: &str, team: usize) {
        let user = self.user(user);
        user.members.retain(|member| member.team != team);
        user.invitations.retain(|invitation| invitation.member.team != team);
    }

    /// What served, less the cleared products, becomes a list of one's own (E3); what an invitation promises too.
    pub fn clear(&mut self, name: &str, team: usize, cleared: &[usize]) {
        let place = self.find(name).expect("a user of the scenario");
        let mut user = std::mem::replace(&mut self.users[place], User::invited(name));
        let invited = user.invitations.iter_mut().map(|invitation| &mut invitation.member);
        for member in user.members.iter_mut().chain(invited).filter(|member| member.team == team) {
            let mut rest = self.served(member);
            // Where nothing served, there is nothing to clear.
            if rest.is_empty() && member.access.is_none() {
                continue;
            }
            rest.retain(|product| !cleared.contains(product));
            member.access = Some(Access::List(rest));
        }
        self.users[place] = user;
    }

    pub fn set_default_access(&mut self, team: usize, access: &[usize]) {
        self.default_access[team] = access.to_vec();
    }

    pub fn set_guest_defaults(&mut self, team: usize, serve: bool) {
        self.guest_defaults[team] = serve;
    }

    pub fn leave(&mut self, who: &Who) {
        let names: Vec<String> = match who {
            Who::User(name) => vec![name.clone()],
            Who::Group(group, count) => {
                let there = self.users.iter().rev().filter(|user| user.group == *group && !user.left);
                there.take(count.unwrap_or(usize::MAX)).map(|user| user.name.clone()).collect()
            }
        };
        for name in names {
            let user = self.user(&name);
            user.members.clear();
            user.left = true;
        }
    }

    pub fn join(&mut self, who: &Who) {
        match who {
            Who::User(name) => {
                let user = self.user(name);
                user.left = false;
                for member in user.written.clone() {
                    user.put(member);
                }
            }
            Who::Group(group, count) => {
                let to_come = self.users.iter_mut().filter(|user| user.group == *group && user.to_come);
                for user in to_come.take(count.unwrap_or(0)) {
                    user.members = user.written.clone();
                    (user.left, user.to_come) = (false, false);
                }
            }
        }
    }

    /// P8: memberships are replaced in place, dropped where the user is in the new team already; of two invitations the later one
    /// counts.
    pub fn merge(&mut self, team: usize, into: usize) {
        for place in 0..self.users.len() {
            let mut user = std::mem::replace(&mut self.users[place], User::invited(""));
            if user.is_in(into) {
                user.members.retain(|member| member.team != team);
                user.invitations.retain(|invitation| invitation.member.team != team);
            }
            user.members.iter_mut().for_each(|member| self.take_along(member, team, into));
            let sent = |to: usize| user.invitations.iter().find(|sent| sent.member.team == to).map(|sent| sent.sent);
            if let (Some(old), Some(new)) = (sent(team), sent(into)) {
                let goes = if old > new { into } else { team };
                user.invitations.retain(|invitation| invitation.member.team != goes);
            }
            user.invitations.iter_mut().for_each(|invitation| self.take_along(&mut invitation.member, team, into));
            self.users[place] = user;
        }
    }

    /// The product list that served through the old team's defaults becomes one of the user's own.
    fn take_along(&self, member: &mut Member, team: usize, into: usize) {
        if member.team == team {
            let served = self.served(member);
            member.team = into;
            if member.access.is_none() && !served.is_empty() {
                member.access = Some(Access::List(served));
            }
        }
    }
}

impl Member {
    fn of(who: &Assignment) -> Self {
        Member { team: who.team, access: who.access.clone(), guest: who.guest, place: 0 }
    }
}

impl User {
    fn of(person: &Person, name: String) -> Self {
        let member =
            |team: &usize| Member { team: *team, access: person.access.clone(), guest: person.guest, place: 0 };
        let mut written: Vec<Member> = person.teams.iter().map(member).collect();
        written.iter_mut().enumerate().for_each(|(place, member)| member.place = place);
        User {
            group: if person.count.is_some() { person.name.clone() } else { String::new() },
            members: written.clone(),
            written,
            existing: true,
            covers: person.covers.clone(),
            ..User::invited(&name)
        }
    }

    fn invited(name: &str) -> Self {
        User {
            name: name.to_owned(),
            group: String::new(),
            written: Vec::new(),
            members: Vec::new(),
            invitations: Vec::new(),
            existing: false,
            left: false,
            to_come: false,
            covers: Vec::new(),
        }
    }

    fn is_in(&self, team: usize) -> bool {
        self.members.iter().any(|member| member.team == team)
    }

    /// Where a team stands, or would stand.
    fn place_of(&self, team: usize) -> usize {
        let all = || self.members.iter().chain(self.invitations.iter().map(|invitation| &invitation.member));
        let own = all().find(|member| member.team == team).map(|member| member.place);
        own.unwrap_or_else(|| all().map(|member| member.place + 1).max().unwrap_or(0))
    }

    /// Into a team, or with other products in it; no invitation to it is open any more.
    fn put(&mut self, member: Member) {
        self.existing = true;
        let member = Member { place: self.place_of(member.team), ..member };
        self.invitations.retain(|invitation| invitation.member.team != member.team);
        self.members.retain(|old| old.team != member.team);
        self.members.push(member);
        self.members.sort_by_key(|member| member.place);
    }
}
