//! Buyers on a stage: what they see, and what they may order.

use flexcast::behaviour::{self, Buyers, Coming, Interpreter, Library, Market, OnHand, Order, SHIPPED_BUYERS, Stock};
use flexcast::calendar::Zone;
use flexcast::diagnostic::Diagnostic;
use flexcast::ids::TeamId;
use flexcast::scenario::*;
use flexcast::tokens::Tokens;

use crate::stage::{People, day, people, scenario};
use crate::words::script;

/// A buyer of a shipped script, or of one at a path.
pub fn buyer(name: &'static str, script: &str) -> People {
    people(name, 0, script)
}

/// A scenario with nothing but two teams, a price list and these buyers, and what is wrong with these.
fn loaded(first: &str, last: &str, buyers: &[People]) -> (Scenario, Library, Vec<Diagnostic>) {
    let teams = ["design", "visuals"];
    let tier = |from, each| PriceTier { from: Tokens::whole(from), each: Money(each) };
    let prices = Prices {
        tokens: vec![tier(100, 3_000_000), tier(5000, 2_500_000)],
        step: Some(Tokens::whole(100)),
        ..Prices::default()
    };
    let team =
        |name: &str| Team { name: name.into(), plan: None, admin: None, default_access: None, guest_defaults: false };
    let own = |people: &People| Buyer { name: people.name.into(), calendar: 0, behaviour: people.behaviour() };
    let scenario = Scenario {
        teams: teams.map(team).into(),
        prices,
        buyers: buyers.iter().map(own).collect(),
        ..scenario(first, last, &[])
    };
    let loaded = Loaded {
        buyers: buyers.iter().map(|buyer| (Behaving::named(buyer.name), buyer.behaviour())).collect(),
        teams: teams.map(str::to_owned).into(),
        ..Loaded::default()
    };
    let (library, found) = behaviour::load(&loaded);
    (scenario, library, found)
}

/// The same, where nothing is wrong.
pub fn market(first: &str, last: &str, buyers: &[People]) -> (Scenario, Library) {
    let (scenario, library, found) = loaded(first, last, buyers);
    assert_eq!(found, []);
    (scenario, library)
}

/// A market on 5 March 2027, the third day of its horizon.
fn seen() -> Market {
    let tokens = Tokens::whole;
    let coming = |on: &str, count| Coming { arrives: Zone::UTC.start_of(day(on)), tokens: tokens(count) };
    let pack =
        |left, bought: &str| OnHand { left, size: tokens(5000), bought: day(bought), ends: day(bought).next_year() };
    let design = Stock {
        balance: Tokens::from_millionths(1_234_900_000),
        packs: vec![pack(Tokens::from_millionths(234_900_000), "2026-03-10"), pack(tokens(1000), "2026-09-01")],
        burned: vec![tokens(40), Tokens::from_millionths(30_500_000)],
        coming: vec![coming("2027-03-05", 10), coming("2027-03-07", 100), coming("2027-06-01", 1000)],
    };
    Market { teams: vec![design, Stock { burned: vec![Tokens::ZERO; 2], ..Stock::default() }] }
}

/// What a buyer does on that day.
fn bought(text: &str) -> Result<Vec<Order>, Box<Diagnostic>> {
    let (scenario, library) = market("2027-03-03", "2027-12-31", &[buyer("one", &script(text))]);
    let mut buyers = Buyers::new(&library, &scenario, 1);
    buyers.begin();
    let mut orders = Vec::new();
    buyers.buy(0, day("2027-03-05"), &mut seen(), &mut orders).map(|()| orders)
}

#[test]
fn a_buyer_sees_balances_packs_prices_and_past_burn() {
    let sees = r#"
        fn expect(what, holds) { if !holds { throw what; } }
        fn buy(me, today) {
            expect("balance", me.balance("design") == 1234 && me.balance("visuals") == 0);
            expect("burned", me.burned("design", 1) == 31 && me.burned("design", 2) == 71 && me.burned("design", 90) == 71);
            expect("none", me.burned("design", 0) == 0 && me.burned("visuals", 7) == 0 && me.days_known() == 2);
            expect("on order", me.on_order("design") == 1110 && me.on_order("visuals") == 0);
            expect("arriving", me.arriving("design", 0) == 10 && me.arriving("design", 1) == 10);
            expect("later", me.arriving("design", 2) == 110 && me.arriving("design", 88) == 1110);
            let packs = me.packs("design");
            expect("packs", packs.len() == 2 && packs[0].left == 234 && packs[1].left == 1000);
            expect("ends", packs[0].ends_in == 5 && packs[0].size == 5000 && me.packs("visuals").len() == 0);
            expect("bought", packs[0].bought == date("2026-03-10"));
            expect("price", me.price(100) == 300.0 && me.price(4999) == 14997.0 && me.price(5000) == 12500.0);
            expect("step", me.step() == 100 && me.smallest_order() == 100);
            expect("today", today.weekday == "fri" && today.is_working && today.date == date("2027-03-05"));
            me.orders("visuals", 200, days(3));
            expect("ordered", me.on_order("visuals") == 200 && me.arriving("visuals", 2) == 0);
            expect("soon", me.arriving("visuals", 3) == 200);
        }"#;
    bought(sees).unwrap_or_else(|problem| panic!("{}", problem.message));
}

#[test]
fn orders_arrive_after_their_lead_time() {
    let orders = bought(
        r#"fn buy(me, today) {
            me.orders("visuals", 5000, days(30));
            me.orders("design", 100, 0);
            me.orders("design", 300, hours(36));
        }"#,
    );
    let orders = orders.unwrap();
    let told = orders.iter().map(|order| {
        assert_eq!((order.buyer, order.ordered), (0, day("2027-03-05")));
        let hours = (order.arrives - Zone::UTC.start_of(order.ordered)).seconds() / 3600;
        (order.team, order.tokens.millionths() / 1_000_000, hours)
    });
    let expected = [(TeamId(1), 5000, 720), (TeamId(0), 100, 0), (TeamId(0), 300, 36)];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn a_buyer_carries_a_state_and_begins_anew_with_each_replication() {
    let text =
        r#"state("calls", 0, "so far"); fn buy(me, today) { me.calls += 1; me.orders("design", me.calls * 100, 0); }"#;
    let (scenario, library) =
        market("2027-03-03", "2027-12-31", &[buyer("one", &script(text)), buyer("two", &script(text))]);
    let mut buyers = Buyers::new(&library, &scenario, 1);
    for replication in 0..2 {
        buyers.begin();
        let mut orders = Vec::new();
        for on in ["2027-03-05", "2027-03-06"] {
            buyers.buy(replication, day(on), &mut seen(), &mut orders).unwrap();
        }
        let told = orders.iter().map(|order| (order.buyer, order.tokens.millionths() / 1_000_000));
        assert_eq!(told.collect::<Vec<_>>(), [(0, 100), (1, 100), (0, 200), (1, 200)]);
    }
}

#[test]
fn what_cant_be_ordered_is_said() {
    let check = |order: &str, message: &str, expected: &str| {
        let problem = bought(&format!("fn buy(me, today) {{ {order}; }}")).unwrap_err();
        let (said, rest) = problem.message.split_once(" (").unwrap();
        assert_eq!((said, rest), (message, "one on 2027-03-05, seed 1, replication 0)"));
        assert_eq!(problem.expected.as_deref(), Some(expected));
    };
    let whole = "a whole number from 1 to 1000000000";
    check(r#"me.orders("design", 0, 0)"#, "`0` tokens can't be ordered", whole);
    check(r#"me.orders("design", 2000000000, 0)"#, "`2000000000` tokens can't be ordered", whole);
    let smallest = "at least 100, as `prices` says: `me.smallest_order()`";
    check(r#"me.orders("design", 50, 0)"#, "50 tokens are fewer than the smallest order", smallest);
    let step = "a multiple of 100, as `prices` says: `me.step()`";
    check(r#"me.orders("design", 250, 0)"#, "250 tokens are no multiple of the step", step);
    check(r#"me.orders("design", 100, -1)"#, "-1 days of lead time can't be", "from 0 to 366");
    check(
        r#"me.orders("desing".trimmed(), 100, 1)"#.replace(".trimmed()", " + \"\"").as_str(),
        "unknown team `desing`",
        "one of design, visuals",
    );
    let many = "for number in 0..1001 { me.orders(\"design\", 100, 0); }";
    let problem = bought(&format!("fn buy(me, today) {{ {many} }}")).unwrap_err();
    assert!(problem.message.starts_with("more than 1000 orders on one day"));
}

#[test]
fn a_script_serves_those_it_describes() {
    let mismatch = |script: &str| {
        let (.., found) = loaded("2027-01-01", "2027-01-31", &[buyer("one", script)]);
        found.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(mismatch("office_week"), ["`office_week` describes people, not a buyer"]);
    assert_eq!(mismatch(&script("fn by(me, today) { }")), ["the script has no function `buy`"]);
    assert_eq!(mismatch(&script("fn buy(me) { }")), ["`buy` takes 2 parameters, not 1"]);
    let words = mismatch(&script(
        "fn buy(me, today) { me.uses(\"Revit\", 0, 1); me.balance(\"desing\"); me.belance(\"design\"); }",
    ));
    assert_eq!(words, ["`uses` has no meaning inside `buy`", "unknown team `desing`", "unknown function `belance`"]);
}

#[test]
fn shipped_buyers_are_compiled_and_order_the_same_by_rhais_evaluator() {
    for (name, _) in SHIPPED_BUYERS {
        let own = buyer("one", name).with("team", GivenValue::Text("design".into()));
        let (scenario, mut library) = market("2027-01-01", "2028-12-31", &[own]);
        let [compiled, interpreted] = [Interpreter::Compiled, Interpreter::Rhai].map(|interpreter| {
            library.interpreter = interpreter;
            let mut buyers = Buyers::new(&library, &scenario, 1);
            assert_eq!((buyers.notes(), buyers.mistakes()), (&[][..], &[][..]), "{name}");
            buyers.begin();
            let mut orders = Vec::new();
            let burned: Vec<Tokens> = (0..731).map(|day| Tokens::whole(10 + day % 30)).collect();
            for place in 7..731 {
                let today = scenario.first_day.plus(place as i32);
                let left = Tokens::whole(40 * place as i64 % 3000);
                let pack = OnHand { left, size: left, bought: today.plus(-300), ends: today.plus(65) };
                let (packs, burned) = (vec![pack], burned[..place].to_vec());
                let mut market = seen();
                market.teams[0] = Stock { balance: left, packs, burned, coming: Vec::new() };
                buyers.buy(0, today, &mut market, &mut orders).unwrap();
            }
            orders
        });
        assert!(compiled.len() > 5 && compiled == interpreted, "{name}: {compiled:?}");
    }
}
