//! The pictures' structure: what stands on them, that nothing is cut, and that they are the same each time.

mod fixture;
mod offices;

use std::path::Path;

use flexcast::chart::pictures;
use offices::offices;

#[test]
fn pictures_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    for (name, office) in offices() {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for picture in pictures(&office.forecast()).unwrap() {
            std::fs::write(folder.join(format!("{}.svg", picture.name)), &picture.svg).unwrap();
            std::fs::write(folder.join(format!("{}.png", picture.name)), picture.png().unwrap()).unwrap();
        }
    }
}
