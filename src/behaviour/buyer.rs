//! `me` in a buyer's script: what its teams have, and what it orders.

use rhai::{Dynamic, ImmutableString};

use super::draft::Desk;
use super::failure::Outcome;
use super::market::OnHand;
use super::natives::{Effects, Natives};
use super::person::Me;
use super::shop::whole;
use crate::calendar::Day;

/// A pack as a script sees it.
#[derive(Clone)]
struct Pack {
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
    let shared = natives.shared.clone();
    natives.engine.register_type_with_name::<Pack>("a pack");
    natives.engine.register_fn("packs", move |_: &mut Me, team: ImmutableString| -> Outcome<Dynamic> {
        let shop = &shared.borrow().shop;
        let packs = shop.stock(&team)?.packs.iter();
        Ok(packs.map(|pack| Dynamic::from(Pack { pack: *pack, today: shop.today })).collect())
    });
    natives.engine.register_get("left", |pack: &mut Pack| whole(pack.pack.left));
    natives.engine.register_get("size", |pack: &mut Pack| whole(pack.pack.size));
    natives.engine.register_get("ends_in", |pack: &mut Pack| i64::from(pack.pack.ends.number() - pack.today.number()));
    natives.engine.register_get("bought", |pack: &mut Pack| i64::from(pack.pack.bought.number()));
}
