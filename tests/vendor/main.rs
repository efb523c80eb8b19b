//! `import usage` and `report --usage`: the vendor's exports, as they come, and what is reported of them.

#[path = "../desk/mod.rs"]
mod desk;
mod exports;
mod forms;
mod refused;
mod reported;
mod sheets;
