//! `report`: its figures are those that a second calculation makes of decisions.csv and ledger.csv alone.

#[path = "../desk/mod.rs"]
mod desk;
mod real;
mod second;
mod shown;
mod told;
mod worlds;
