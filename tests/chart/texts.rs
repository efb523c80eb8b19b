//! The texts of a picture and where they are, as the PNG's renderer lays them out.

use std::sync::Arc;

use resvg::tiny_skia::{Rect, Size};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, Node, Options, Tree};

/// A text, with the box of its letters.
pub struct Text {
    pub words: String,
    place: Rect,
    picture: Size,
}

impl Text {
    /// Whether all of it is on the picture.
    pub fn is_inside(&self) -> bool {
        let (place, picture) = (self.place, self.picture);
        place.left() >= 0.0
            && place.top() >= 0.0
            && place.right() <= picture.width()
            && place.bottom() <= picture.height()
    }

    /// Whether the boxes have more in common than letters that go under the line need.
    pub fn overlaps(&self, other: &Text) -> bool {
        const SLACK: f32 = 3.0;
        let (a, b) = (self.place, other.place);
        a.left() + SLACK < b.right()
            && b.left() + SLACK < a.right()
            && a.top() + SLACK < b.bottom()
            && b.top() + SLACK < a.bottom()
    }
}

/// All texts of an SVG, in the order in which they are drawn.
pub fn texts(svg: &str) -> Vec<Text> {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::bold())));
    let tree = Tree::from_str(svg, &Options { fontdb: Arc::new(fonts), ..Options::default() }).unwrap();
    let mut texts = Vec::new();
    collect(tree.root(), tree.size(), &mut texts);
    texts
}

fn collect(group: &Group, picture: Size, texts: &mut Vec<Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, picture, texts),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                texts.push(Text { words, place: text.abs_bounding_box(), picture });
            }
            _ => {}
        }
    }
}
