//! Comparing events by the words of their parties, for gold without actor codes.

use super::Tally;
use super::record::Coded;
use std::collections::BTreeSet;

/// Levels by phrase: name, source, target, quad class, type.
pub const SPAN_LEVELS: &[(&str, [bool; 4])] = &[
    ("S~", [true, false, false, false]),
    ("T~", [false, true, false, false]),
    ("S~T~", [true, true, false, false]),
    ("S~T~+quad", [true, true, true, false]),
    ("S~T~+root", [true, true, false, true]),
];

/// Words that say nothing about who is meant.
const EMPTY: &str = " the a an of in on at to and or for by with from its his her their said has have had was were is are be been that this ";

type Words = BTreeSet<String>;

fn words(text: &str) -> Words {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| w.chars().count() > 1 && !EMPTY.contains(&format!(" {w} ")))
        .collect()
}

fn phrases(text: &str) -> Vec<Words> {
    text.split(" | ").map(words).filter(|w| !w.is_empty()).collect()
}

/// Lenient: some phrases share a word; strict: their word F1 is at least one half. Nobody on both sides agrees.
fn agree(gold: &[Words], own: &[Words], strict: bool) -> bool {
    let close = |a: &Words, b: &Words| {
        let shared = a.intersection(b).count();
        shared > 0 && (!strict || 4 * shared >= a.len() + b.len())
    };
    gold.is_empty() && own.is_empty() || gold.iter().any(|a| own.iter().any(|b| close(a, b)))
}

/// Compares one record at the level with these `keys`.
pub(super) fn tally(keys: [bool; 4], gold: &[Coded], own: &[Coded], strict: bool) -> Tally {
    let of = |events: &[Coded]| -> Vec<_> {
        events.iter().map(|e| (phrases(&e.source_text), phrases(&e.target_text))).collect()
    };
    let (gold_words, own_words) = (of(gold), of(own));
    let mut used = vec![false; own.len()];
    let mut hits = 0.0;
    for (i, a) in gold.iter().enumerate() {
        let fits = |j: usize| {
            let b = &own[j];
            (!keys[0] || agree(&gold_words[i].0, &own_words[j].0, strict))
                && (!keys[1] || agree(&gold_words[i].1, &own_words[j].1, strict))
                && (!keys[2] || a.quad == b.quad)
                && (!keys[3] || a.root == b.root)
        };
        if let Some(j) = (0..own.len()).find(|&j| !used[j] && fits(j)) {
            used[j] = true;
            hits += 1.0;
        }
    }
    Tally {
        found: hits,
        right: hits,
        gold: gold.len() as f64,
        system: own.len() as f64,
        hits: f64::from(u8::from(hits > 0.0)),
        records: f64::from(u8::from(!gold.is_empty())),
    }
}
