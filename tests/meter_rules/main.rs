//! The rules as tables: a line for each event, with what must come of it (`check`). `src/meter/mod.rs` lists each rule with its
//! tests.

mod add_ins;
mod check;
mod covers;
#[path = "../desk/mod.rs"]
mod desk;
mod devices;
mod entitlement;
mod grace;
mod history;
mod idle;
mod invitations;
mod merges;
mod moves;
mod office;
mod offline;
mod order;
mod packs;
mod phases;
mod platforms;
mod properties;
mod rates;
mod results;
mod run;
mod said;
mod table;
mod teams;
mod windows;
mod zones;
