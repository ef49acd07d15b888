//! How many were killed, injured or arrested, where the act's own words say so.
//!
//! Only a number that modifies the object (or passive subject) of the verb itself is taken: "killed 12 people",
//! "three soldiers were wounded". Needs `parse` and `lemma`.

use super::tree::Tree;
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};

/// People killed by the act at `i`, or by a participle that belongs to it (", killing 12").
pub(super) fn killed(doc: &Doc, tree: &Tree, i: usize) -> Option<u32> {
    of(doc, tree, i, &["kill", "murder", "slay", "behead", "massacre", "execute", "assassinate"])
}

/// People injured.
pub(super) fn injured(doc: &Doc, tree: &Tree, i: usize) -> Option<u32> {
    of(doc, tree, i, &["injure", "wound", "hurt"])
}

/// People arrested.
pub(super) fn arrested(doc: &Doc, tree: &Tree, i: usize) -> Option<u32> {
    of(doc, tree, i, &["arrest", "detain", "jail", "imprison"])
}

fn of(doc: &Doc, tree: &Tree, i: usize, lemmas: &[&str]) -> Option<u32> {
    let own = std::iter::once(i);
    let below = tree.children(i).filter(|&c| matches!(doc.tokens[c].rel, Rel::Advcl | Rel::Conj | Rel::Parataxis));
    own.chain(below)
        .filter(|&v| doc.tokens[v].upos == Upos::Verb && lemmas.contains(&doc.lemma(v)))
        .find_map(|v| number_of(doc, tree, tree.args(doc, v).object? as usize))
}

fn number_of(doc: &Doc, tree: &Tree, noun: usize) -> Option<u32> {
    let number = if doc.tokens[noun].upos == Upos::Num { Some(noun) } else { tree.child(doc, noun, Rel::Nummod) };
    parse_number(&doc.word(number?).to_ascii_lowercase())
}

/// `1,200`, `12`, `twelve`; "dozens" is no number.
fn parse_number(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let spelt = WORDS.iter().position(|w| *w == word).map(|n| n as u32);
    spelt.or_else(|| word.replace(',', "").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::parse_number;

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        assert_eq!(parse_number("1,200"), Some(1200));
        assert_eq!(parse_number("twelve"), Some(12));
        assert_eq!(parse_number("dozens"), None);
    }
}
