//! Light or dark: pictures are drawn in the light colours, and each colour has a role that is another colour in the dark.

use plotters::style::RGBColor;

use super::theme::{
    AVOIDABLE, AXIS, BAND_NARROW, BAND_WIDE, BAR, GRID, INK, LINE, MUTED, OFF, PACK_END, PAPER, PURCHASE,
};

/// How a picture looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Dark on white, as on paper.
    #[default]
    Light,
    /// Light on black, for screens.
    Dark,
}

/// What a colour stands for, and how it looks.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// Such as `ink`.
    pub name: &'static str,
    light: RGBColor,
    dark: RGBColor,
}

/// Every colour of every picture.
pub const ROLES: [Role; 13] = [
    role("paper", PAPER, RGBColor(0x15, 0x18, 0x1c)),
    role("ink", INK, RGBColor(0xf2, 0xf2, 0xf2)),
    role("muted", MUTED, RGBColor(0xb4, 0xb8, 0xbd)),
    role("grid", GRID, RGBColor(0x33, 0x38, 0x3e)),
    role("off", OFF, RGBColor(0x23, 0x27, 0x2d)),
    role("axis", AXIS, RGBColor(0x8a, 0x90, 0x97)),
    role("band-wide", BAND_WIDE, RGBColor(0x1c, 0x35, 0x47)),
    role("band-narrow", BAND_NARROW, RGBColor(0x2b, 0x5f, 0x88)),
    role("line", LINE, RGBColor(0xc2, 0xe2, 0xfb)),
    role("bar", BAR, RGBColor(0x3a, 0x7f, 0xb5)),
    role("pack-end", PACK_END, RGBColor(0xf0, 0x8a, 0x4b)),
    role("purchase", PURCHASE, RGBColor(0x3c, 0xc7, 0x9a)),
    role("avoidable", AVOIDABLE, RGBColor(0x8f, 0x6a, 0x10)),
];

const fn role(name: &'static str, light: RGBColor, dark: RGBColor) -> Role {
    Role { name, light, dark }
}

impl Role {
    /// The colour as an SVG has it, such as `#1A1A1A`.
    pub fn hex(&self, look: Look) -> String {
        let RGBColor(red, green, blue) = if look == Look::Light { self.light } else { self.dark };
        format!("#{red:02X}{green:02X}{blue:02X}")
    }
}

impl Look {
    /// A picture that was drawn in the light colours, in this look.
    pub fn dress(self, svg: &str) -> String {
        if self == Look::Light {
            return svg.to_owned();
        }
        let mut parts = svg.split(BEFORE);
        let mut dressed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let of_light = |role: &&Role| part.get(..6).is_some_and(|hex| role.hex(Look::Light)[1..] == *hex);
            dressed += BEFORE;
            match ROLES.iter().find(of_light) {
                Some(role) => dressed.extend([&role.hex(self)[1..], &part[6..]]),
                None => dressed += part,
            }
        }
        dressed
    }
}

/// What stands before a colour.
const BEFORE: &str = "=\"#";

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.04045 => part / 12.92,
            part => libm::pow((part + 0.055) / 1.055, 2.4),
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    fn of(name: &str) -> &'static Role {
        ROLES.iter().find(|role| role.name == name).unwrap()
    }

    #[test]
    fn everything_stands_out_from_what_it_lies_on() {
        const TEXT: f64 = 4.5;
        const MARK: f64 = 3.0;
        /// Fills that have an edge or hatching too.
        const FILL: f64 = 1.25;
        for (least, over, under) in [
            (TEXT, "ink muted line pack-end purchase", "paper"),
            (MARK, "axis bar line pack-end purchase ink", "paper"),
            (MARK, "line ink", "band-wide band-narrow off"),
            (MARK, "pack-end purchase", "band-wide"),
            (MARK, "ink", "bar avoidable"),
            (FILL, "band-wide band-narrow grid avoidable", "paper"),
            (FILL, "band-narrow", "band-wide"),
        ] {
            for (over, under) in over.split(' ').flat_map(|over| under.split(' ').map(move |under| (over, under))) {
                for (look, of_look) in
                    [("light", (|role| role.light) as fn(&Role) -> RGBColor), ("dark", |role| role.dark)]
                {
                    let contrast = contrast(of_look(of(over)), of_look(of(under)));
                    assert!(contrast >= least, "{look}: {over} on {under} has a contrast of {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn a_colour_has_one_role() {
        for (place, role) in ROLES.iter().enumerate() {
            let same = |other: &Role| other.hex(Look::Light) == role.hex(Look::Light) || other.name == role.name;
            assert!(!ROLES[..place].iter().any(same), "{}", role.name);
        }
    }

    #[test]
    fn only_colours_change() {
        let svg = "<rect fill=\"#FFFFFF\"/><text fill=\"#1A1A1A\">#1A1A1A é =&quot;#FFFFFF</text><path stroke=\"#12";
        let dark = "<rect fill=\"#15181C\"/><text fill=\"#F2F2F2\">#1A1A1A é =&quot;#FFFFFF</text><path stroke=\"#12";
        assert_eq!((Look::Light.dress(svg), Look::Dark.dress(svg)), (svg.to_owned(), dark.to_owned()));
    }
}
