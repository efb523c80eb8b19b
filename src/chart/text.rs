//! How wide text is, so that none is cut and none overlaps: SVG doesn't tell, so DejaVu Sans' own advances do.

use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

/// Hundredths of the font's size that each character from space to `~` takes in DejaVu Sans.
#[rustfmt::skip]
const ADVANCES: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62,
    69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
    82, 60, 60, 53, 64, 34, 64, 84,
];
/// Bold is at most about this much wider, over a word.
const BOLD_PERCENT: i32 = 114;

/// How a text is written. It stands on the middle of its line.
#[derive(Clone, Copy)]
pub struct Font {
    pub size: i32,
    pub bold: bool,
    pub colour: RGBColor,
    pub anchor: HPos,
}

impl Font {
    /// The same, ending at its place.
    pub const fn right(self) -> Font {
        Font { anchor: HPos::Right, ..self }
    }

    /// The same, centred on its place.
    pub const fn centred(self) -> Font {
        Font { anchor: HPos::Center, ..self }
    }

    /// The same in another colour.
    pub const fn coloured(self, colour: RGBColor) -> Font {
        Font { colour, ..self }
    }

    /// The width of a text in this font, rather too wide than too narrow.
    pub fn width(self, text: &str) -> i32 {
        let hundredths: i32 = text.chars().map(advance).sum();
        let percent = if self.bold { BOLD_PERCENT } else { 100 };
        (hundredths * self.size * percent + 9_999) / 10_000
    }

    /// The text, or as much of it as the room holds, with `…` for the rest.
    pub fn fit(self, text: &str, room: i32) -> String {
        if self.width(text) <= room {
            return text.to_owned();
        }
        let mut shortened = text.to_owned();
        while shortened.pop().is_some() {
            let candidate = format!("{}…", shortened.trim_end());
            if self.width(&candidate) <= room {
                return candidate;
            }
        }
        String::new()
    }

    /// The text in lines of that room, broken between words; the last of at most so many lines is shortened as `fit` does.
    pub fn lines(self, text: &str, room: i32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let is_last = lines.len() == most;
            match lines.last_mut() {
                Some(line) if is_last || self.width(&format!("{line} {word}")) <= room => *line += &format!(" {word}"),
                _ => lines.push(word.to_owned()),
            }
        }
        lines.iter().map(|line| self.fit(line, room)).collect()
    }
}

fn advance(c: char) -> i32 {
    match c {
        ' '..='~' => i32::from(ADVANCES[c as usize - ' ' as usize]),
        '\u{a0}'..='\u{17f}' => 80,
        _ => 110,
    }
}

/// The text without characters that XML forbids or that would break the line.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c }).collect()
}

/// `1 run`, `40 users`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::theme::{LABEL, TITLE};
    use super::*;

    #[test]
    fn text_is_shortened_to_its_room() {
        for (text, room, fitted) in [
            ("architects", 400, "architects"),
            ("architects of the harbour", 200, "architects of…"),
            ("architects", 10, ""),
            ("", 0, ""),
        ] {
            assert_eq!(LABEL.fit(text, room), fitted);
        }
        assert!(TITLE.width("tokens") > LABEL.width("tokens"));
    }

    #[test]
    fn text_is_broken_between_words() {
        for (text, room, lines) in [
            ("", 100, &[][..]),
            ("architects", 400, &["architects"]),
            ("architects of the harbour", 200, &["architects of", "the harbour"]),
            ("architects of the harbour and the town", 200, &["architects of", "the harbour…"]),
            ("architects-of-the-harbour", 200, &["architects-of…"]),
        ] {
            assert_eq!(LABEL.lines(text, room, 2), lines);
        }
    }

    #[test]
    fn characters_that_xml_forbids_are_replaced() {
        assert_eq!(printable("a\u{0}b\nc é <&>"), "a\u{fffd}b\u{fffd}c é <&>");
    }
}
