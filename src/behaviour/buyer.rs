//! `me` in a buyer's script: what its teams have, and what it orders.

use rhai::{Array, Dynamic, ImmutableString};

use super::compile::{Code, Eval, Item, List, Type, Value};
use super::draft::Desk;
use super::failure::Outcome;
use super::market::OnHand;
use super::natives::{Effects, Natives};
use super::person::Me;
use super::shop::{Shop, whole};
use crate::calendar::Day;

/// A pack as a script sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Pack {
    pack: OnHand,
    today: Day,
}

/// Registers what a buyer's `me` can do.
pub(super) fn register(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Me>("`me`");
    natives.method("balance", Effects::NONE, |desk: &mut Desk, _: Me, team: ImmutableString| {
        desk.shop.stock(&team).map(|stock| whole(stock.balance))
    });
    natives.method("burned", Effects::NONE, |desk: &mut Desk, _: Me, team: ImmutableString, days: i64| {
        desk.shop.burned(&team, days)
    });
    natives.method("days_known", Effects::NONE, |desk: &mut Desk, _: Me| Ok(desk.shop.days_known()));
    // What has been ordered before in the same call counts: these and an order don't change places.
    natives
        .method("on_order", Effects::ACTS, |desk: &mut Desk, _: Me, team: ImmutableString| desk.shop.on_order(&team));
    natives.method("arriving", Effects::ACTS, |desk: &mut Desk, _: Me, team: ImmutableString, days: i64| {
        desk.shop.arriving(&team, days)
    });
    natives.method("price", Effects::NONE, |desk: &mut Desk, _: Me, tokens: i64| desk.shop.price(tokens));
    natives.method("step", Effects::NONE, |desk: &mut Desk, _: Me| Ok(desk.shop.prices.whole_step()));
    natives.method("smallest_order", Effects::NONE, |desk: &mut Desk, _: Me| Ok(desk.shop.prices.smallest_order()));
    natives.method(
        "orders",
        Effects::ACTS,
        |desk: &mut Desk, _: Me, team: ImmutableString, tokens: i64, lead_time: i64| {
            desk.shop.order(&team, tokens, lead_time)
        },
    );
    packs(natives);
}

fn packs(natives: &mut Natives<'_>) {
    natives.engine.register_type_with_name::<Pack>("a pack");
    let shared = natives.shared.clone();
    natives.engine.register_fn("packs", move |_: &mut Me, team: ImmutableString| -> Outcome<Array> {
        packs_of(&shared.borrow().shop, &team)
    });
    natives.enter("packs", vec![Type::Me, Type::Text], Effects::NONE, |mut args| {
        let team = args.pop().and_then(ImmutableString::of).expect("the compiler checked the types of the arguments");
        let packs = Eval::run(move |machine| {
            let team = team.get(machine)?;
            packs_of(&machine.desk.shop, &team).map(|packs| List(packs.into())).map_err(|_| machine.trap())
        });
        Code::List(packs, Item::Pack)
    });
    natives.property("left", |_: &mut Desk, pack: Pack| Ok(whole(pack.pack.left)));
    natives.property("size", |_: &mut Desk, pack: Pack| Ok(whole(pack.pack.size)));
    natives.property("ends_in", |_: &mut Desk, pack: Pack| Ok(days(pack.pack.ends) - days(pack.today)));
    natives.property("bought", |_: &mut Desk, pack: Pack| Ok(days(pack.pack.bought)));
}

fn packs_of(shop: &Shop, team: &str) -> Outcome<Array> {
    let packs = shop.stock(team)?.packs.iter();
    Ok(packs.map(|pack| Dynamic::from(Pack { pack: *pack, today: shop.today })).collect())
}

fn days(day: Day) -> i64 {
    day.number().into()
}
