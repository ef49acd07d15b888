//! A map of the world, darker where more events have a party from the country.
//!
//! Outlines: Natural Earth (public domain) by way of `data/shapes.csv`, Equal Earth projection.

use super::html::{escape, grouped};
use super::survey::Survey;
use crate::lexicon::{Country, Lexicon};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const SHAPES: &str = include_str!("../../data/shapes.csv");
/// Width and height of the picture that the outlines are drawn in.
const SIZE: (u32, u32) = (9600, 4672);
/// Shades from one event to the most, by powers: counts of countries differ by factors, not by sums.
const SHADES: u32 = 5;

pub(super) fn map(survey: &Survey, lexicon: &Lexicon) -> String {
    let count = |code: &str| survey.countries.get(code).map_or(0, |quads| quads.iter().sum::<u64>());
    let most = survey.countries.values().map(|quads| quads.iter().sum::<u64>()).max().unwrap_or(0);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Events by country of a party\" class=\"map\">",
        SIZE.0, SIZE.1
    );
    let mut drawn = BTreeSet::new();
    for (code, path) in SHAPES.lines().skip(1).filter_map(|line| line.split_once(',')) {
        drawn.insert(code);
        let n = count(code);
        let title = if code.is_empty() {
            String::new()
        } else {
            format!("<title>{}: {}</title>", name(code, lexicon), grouped(n))
        };
        let _ = write!(svg, "<path class=\"s{}\" d=\"{path}\">{title}</path>", shade(n, most));
    }
    svg.push_str("</svg>");
    let missing: Vec<String> = survey
        .countries
        .keys()
        .filter(|code| !drawn.contains(code.as_str()))
        .map(|code| format!("{} {}", name(code, lexicon), grouped(count(code))))
        .collect();
    if !missing.is_empty() {
        let _ = write!(svg, "<p class=\"note\">Too small for the map, or gone: {}.</p>", missing.join(", "));
    }
    svg
}

fn name(code: &str, lexicon: &Lexicon) -> String {
    let row = Country::parse(code).ok().and_then(|code| lexicon.countries.get(code));
    escape(row.map_or(code, |row| row.name.as_str()))
}

/// 0 for none, 1 for the least, [`SHADES`] for the most.
fn shade(n: u64, most: u64) -> u32 {
    if n == 0 {
        return 0;
    }
    let share = (n as f64).ln_1p() / (most.max(1) as f64).ln_1p();
    ((share * f64::from(SHADES)).ceil() as u32).clamp(1, SHADES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_grow_by_factors() {
        assert_eq!([0, 1, 1000].map(|n| shade(n, 1000)), [0, 1, 5]);
        assert!(shade(30, 1000) < shade(300, 1000));
        assert_eq!(shade(1, 1), 5);
    }
}
