//! One colour of a council, made into every colour that pages need, so that text can be read
//! whatever the colour is.
//!
//! Hue comes from the council, lightness from here: in OKLCH (Björn Ottosson, "A perceptual color
//! space for image processing", 2020) colours of one lightness look equally light whatever their
//! hue. Where a colour still misses the contrast that WCAG 2.2 asks for (4.5:1 for text, success
//! criterion 1.4.3; 3:1 for lines that mean something, 1.4.11), its lightness moves until it holds.

use std::fmt::Write as _;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, Oklch, Srgb};

use crate::content::config::Colour;
use crate::content::fields::Placed;
use crate::diagnostic::Diagnostic;

/// The contrast of text.
const TEXT: f32 = 4.5;
/// How far a lightness moves at a time.
const STEP: f32 = 0.005;

/// One tone of the colour.
struct Tone {
    /// The custom property: `accent`.
    name: &'static str,
    /// Its lightness; a light colour may be darker than this already.
    lightness: f32,
    /// Whether the colour keeps its own lightness where that is less.
    at_most: bool,
    /// The most colourful that it may be.
    chroma: f32,
    /// The colours that it is read on or under: fixed ones, and tones before it.
    with: &'static [&'static str],
}

const fn tone(
    name: &'static str,
    lightness: f32,
    chroma: f32,
    with: &'static [&'static str],
) -> Tone {
    Tone { name, lightness, at_most: false, chroma, with }
}

/// The tones of one scheme and the colours of the theme that they must be told from.
struct Scheme {
    /// Which way a tone moves to be read better: down on light paper, up on dark.
    step: f32,
    /// As in `01-tokens.css`.
    fixed: &'static [(&'static str, &'static str)],
    tones: &'static [Tone],
}

const LIGHT: Scheme = Scheme {
    step: -STEP,
    fixed: &[
        ("paper", "#fbf9f4"),
        ("surface", "#ffffff"),
        ("sunk", "#f4f0e6"),
        ("on-accent", "#ffffff"),
        ("deep-ink", "#f6f2e9"),
        ("deep-ink-2", "#cfd0c8"),
        ("line-2", "#827c6d"),
        ("focus", "#20251f"),
    ],
    tones: &[
        tone("accent-tint", 0.955, 0.012, &[]),
        tone("accent-tint-2", 0.905, 0.03, &[]),
        tone("accent-line", 0.78, 0.055, &[]),
        Tone {
            at_most: true,
            ..tone(
                "accent",
                0.45,
                0.14,
                &["paper", "surface", "sunk", "on-accent", "accent-tint", "accent-tint-2"],
            )
        },
        Tone {
            at_most: true,
            ..tone(
                "accent-2",
                0.36,
                0.12,
                &["paper", "surface", "sunk", "on-accent", "accent-tint", "accent-tint-2"],
            )
        },
        tone("deep", 0.29, 0.055, &["deep-ink", "deep-ink-2"]),
        tone("deep-2", 0.39, 0.06, &["deep-ink"]),
    ],
};

const DARK: Scheme = Scheme {
    step: STEP,
    fixed: &[
        ("paper", "#161918"),
        ("surface", "#1e2221"),
        ("sunk", "#121514"),
        ("deep-ink", "#f6f2e9"),
        ("deep-ink-2", "#cfd0c8"),
        ("line-2", "#868c84"),
        ("focus", "#ffffff"),
    ],
    tones: &[
        tone("accent-tint", 0.265, 0.03, &[]),
        tone("accent-tint-2", 0.335, 0.045, &[]),
        tone("accent-line", 0.47, 0.06, &[]),
        tone("on-accent", 0.2, 0.03, &[]),
        tone(
            "accent",
            0.83,
            0.085,
            &["paper", "surface", "sunk", "on-accent", "accent-tint", "accent-tint-2"],
        ),
        tone(
            "accent-2",
            0.9,
            0.06,
            &["paper", "surface", "sunk", "on-accent", "accent-tint", "accent-tint-2"],
        ),
        tone("deep", 0.23, 0.035, &[]),
        tone("deep-2", 0.37, 0.05, &[]),
    ],
};

/// The small style sheet of a site whose council has a colour.
pub fn sheet(colour: &Colour) -> String {
    let declarations = |scheme: &Scheme| {
        let mut css = String::new();
        for (name, colour) in tones(scheme, colour) {
            // Writing to a String cannot fail.
            let _ = write!(css, "--{name}:{};", hex(colour));
        }
        css
    };
    format!(
        // In the layer of the theme's own colours: what prints black goes on printing black.
        "@layer tokens{{\n:root{{{}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n}}\n",
        declarations(&LIGHT),
        declarations(&DARK),
    )
}

/// Tells if text in the colour itself could not be read, and what stands in for it: a warning if
/// it cannot be read on the page, advice if only its tinted parts ask for a darker one.
pub fn check(colour: &Placed<Colour>) -> Option<Diagnostic> {
    let tones = tones(&LIGHT, &colour.value);
    let own = parse(colour.value.as_str());
    let contrast_on = |name: &str| own.relative_contrast(find(&LIGHT, &tones, name));
    let contrast = contrast_on("paper");
    let instead = find(&LIGHT, &tones, "accent");
    let on_tints = ["accent-tint", "accent-tint-2"].map(contrast_on).into_iter();
    let on_tints = on_tints.fold(f32::INFINITY, f32::min);
    if contrast >= TEXT && on_tints >= TEXT {
        return None;
    }
    if contrast >= TEXT {
        let message = format!(
            "text in {} can be read on the page, but not on its tinted parts: its contrast there \
             is {on_tints:.1} to 1, and WCAG asks for {TEXT} to 1",
            colour.value.as_str()
        );
        let help = format!(
            "links and buttons are {} instead; nothing needs doing if that will do",
            hex(instead)
        );
        return Some(Diagnostic::advice("brand-contrast", colour.span.clone(), message).help(help));
    }
    let message = format!(
        "text in {} cannot be read: its contrast on the page is {contrast:.1} to 1, and WCAG asks \
         for {TEXT} to 1",
        colour.value.as_str()
    );
    let help = format!(
        "links and buttons are {} instead, which is as near as can be read everywhere; nothing \
         needs doing if that will do",
        hex(instead)
    );
    Some(Diagnostic::warning("brand-contrast", colour.span.clone(), message).help(help))
}

/// The tones of a colour, by name.
fn tones(scheme: &Scheme, colour: &Colour) -> Vec<(&'static str, Srgb)> {
    let brand = Oklch::from_color(parse(colour.as_str()));
    let mut made: Vec<(&'static str, Srgb)> = Vec::new();
    for tone in scheme.tones {
        let mut lightness = match tone.at_most {
            true => brand.l.min(tone.lightness),
            false => tone.lightness,
        };
        let against: Vec<Srgb> = tone.with.iter().map(|name| find(scheme, &made, name)).collect();
        // The dark tones lie under light words in either scheme.
        let step = if tone.name.starts_with("deep") { -STEP } else { scheme.step };
        let made_of = |lightness| within(lightness, brand.chroma.min(tone.chroma), brand);
        let mut colour = made_of(lightness);
        while against.iter().any(|other| rounded(colour).relative_contrast(*other) < TEXT)
            && (0.0..=1.0).contains(&lightness)
        {
            lightness += step;
            colour = made_of(lightness);
        }
        made.push((tone.name, rounded(colour)));
    }
    made
}

/// A colour of a lightness and the hue of another, as colourful as a screen can show up to `chroma`.
fn within(lightness: f32, chroma: f32, hue: Oklch) -> Srgb {
    let mut chroma = chroma;
    loop {
        let colour = Srgb::from_color(Oklch::new(lightness, chroma, hue.hue));
        let again = Oklch::from_color(colour);
        // What a screen cannot show is cut off at its edge, and comes back with another hue.
        if chroma < 0.001
            || (again.l - lightness).abs() < 0.004 && (again.chroma - chroma).abs() < 0.004
        {
            return colour;
        }
        chroma *= 0.95;
    }
}

fn find(scheme: &Scheme, made: &[(&'static str, Srgb)], name: &str) -> Srgb {
    let tone = made.iter().find(|(known, _)| *known == name).map(|(_, colour)| *colour);
    tone.unwrap_or_else(|| named(scheme, name))
}

/// A colour of the theme.
fn named(scheme: &Scheme, name: &str) -> Srgb {
    let colour = scheme.fixed.iter().find(|(known, _)| *known == name);
    parse(colour.map_or("#000000", |(_, colour)| colour))
}

/// `#rrggbb`; [`Colour`] is nothing else.
fn parse(text: &str) -> Srgb {
    let bytes = u32::from_str_radix(text.trim_start_matches('#'), 16).unwrap_or_default();
    let [_, red, green, blue] = bytes.to_be_bytes();
    Srgb::new(red, green, blue).into_format()
}

/// The colour as it will be written: contrast is measured on that.
fn rounded(colour: Srgb) -> Srgb {
    colour.into_format::<u8>().into_format()
}

fn hex(colour: Srgb) -> String {
    let colour = colour.into_format::<u8>();
    format!("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    /// The contrast of lines that mean something: edges of controls, the ring of focus.
    const LINE: f32 = 3.0;
    /// What controls lie on, and the ring of focus is seen on.
    const GROUNDS: [&str; 5] = ["paper", "surface", "sunk", "accent-tint", "accent-tint-2"];
    /// The ring of focus on the dark ground of the foot, in either scheme.
    const FOCUS_BELOW: &str = "#ffffff";

    proptest! {
        /// Edges of controls and the ring of focus hold 3:1 on all that they lie on.
        #[test]
        fn controls_and_focus_can_be_seen_in_the_tones_of_any_colour(red: u8, green: u8, blue: u8) {
            let picked = colour(&format!("#{red:02x}{green:02x}{blue:02x}"));
            for scheme in [&LIGHT, &DARK] {
                let made = tones(scheme, &picked);
                let of = |name: &str| find(scheme, &made, name);
                for line in ["accent", "accent-2", "line-2", "focus"] {
                    for ground in GROUNDS {
                        let contrast = of(line).relative_contrast(of(ground));
                        prop_assert!(contrast >= LINE, "{line} on {ground}: {contrast}");
                    }
                }
                for ground in ["deep", "deep-2"] {
                    let contrast = parse(FOCUS_BELOW).relative_contrast(of(ground));
                    prop_assert!(contrast >= LINE, "focus on {ground}: {contrast}");
                }
            }
        }

        /// Text holds 4.5:1 on all that it is read on, whatever a council picks.
        #[test]
        fn text_can_be_read_in_the_tones_of_any_colour(red: u8, green: u8, blue: u8) {
            let picked = colour(&format!("#{red:02x}{green:02x}{blue:02x}"));
            for scheme in [&LIGHT, &DARK] {
                let made = tones(scheme, &picked);
                for tone in scheme.tones {
                    let own = find(scheme, &made, tone.name);
                    for other in tone.with {
                        let contrast = own.relative_contrast(find(scheme, &made, other));
                        prop_assert!(contrast >= TEXT, "{} on {other}: {contrast}", tone.name);
                    }
                }
                // Words lie on the dark tones in both schemes, and lines are told from the paper.
                let of = |name: &str| find(scheme, &made, name);
                prop_assert!(of("deep").relative_contrast(of("deep-ink-2")) >= TEXT);
                prop_assert!(of("deep-2").relative_contrast(of("deep-ink")) >= TEXT);
            }
        }
    }

    /// The theme's own sheet has the tones of its own colour, and the fixed colours that are meant here.
    #[test]
    fn the_themes_own_colours_are_the_tones_of_its_brand() {
        let tokens = include_str!("../../themes/london/assets/css/01-tokens.css");
        let (light, dark) = tokens.split_once("prefers-color-scheme: dark").unwrap();
        for (scheme, css) in [(&LIGHT, light), (&DARK, dark)] {
            let fixed = scheme.fixed.iter().map(|(name, colour)| (*name, parse(colour)));
            for (name, colour) in fixed.chain(tones(scheme, &colour("#3f4f94"))) {
                let short = hex(colour).replace("#ffffff", "#fff");
                let declared = css.contains(&format!("--{name}: {short};"))
                    || name.starts_with("deep-ink")
                        && light.contains(&format!("--{name}: {short};"));
                assert!(declared, "--{name}: {short};");
            }
        }
    }
}
