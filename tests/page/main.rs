//! The page: what it says is what forecast.json says, nothing on it asks for anything elsewhere, and everybody can read it.

mod browser;
#[path = "../desk/mod.rs"]
mod desk;
mod figures;
mod hostile;
mod markup;
mod plan;
mod seen;
mod structure;

use std::sync::LazyLock;

use desk::Desk;

/// A desk with a forecast of the studio, and its page.
fn studio() -> &'static Desk {
    static STUDIO: LazyLock<Desk> = LazyLock::new(|| {
        let desk = Desk::studio(|text| text);
        desk.done("forecast scenario.yaml --replications 6 --out out --html");
        desk
    });
    &STUDIO
}

fn page() -> String {
    studio().text("out/page.html")
}
