//! Learns the lemmatiser's decision list.

use crate::conllu::Sentence;
use std::collections::HashMap;
use tidings::nlp::lemma::{Lemmatiser, MAX_ENDING, Script, folded, key};
use tidings::nlp::tags::{Upos, Xpos};

/// Words that a rule about an ending must be seen with; a rule about a whole word needs one.
const LEAST: usize = 2;

/// The model file.
pub(crate) fn train(train: &[Sentence]) -> Vec<u8> {
    // Distinct words with their counts: tag, form, script.
    let mut counts: HashMap<(Upos, Xpos, String, Script), usize> = HashMap::new();
    for word in train.iter().flat_map(|s| &s.words) {
        let Some(form) = folded(&word.form) else { continue };
        let Ok(form) = std::str::from_utf8(form.as_bytes()) else { continue };
        let script = script_of(&word.form, &word.lemma, word.upos);
        *counts.entry((word.upos, word.xpos, form.to_owned(), script)).or_default() += 1;
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort();
    let mut scripts: Vec<Script> = Vec::new();
    let mut numbers: HashMap<Script, u16> = HashMap::new();
    let items: Vec<(Upos, Xpos, String, u16, usize)> = words
        .into_iter()
        .map(|((u, x, form, script), n)| {
            let id = *numbers.entry(script.clone()).or_insert_with(|| {
                scripts.push(script);
                scripts.len() as u16 - 1
            });
            (u, x, form, id, n)
        })
        .collect();
    // Shortest context first; each level adds what it knows better.
    let mut rules: HashMap<u32, u16> = HashMap::new();
    let mut ordered: Vec<(u32, u16)> = Vec::new();
    let levels = std::iter::once(Some(0)).chain((1..=MAX_ENDING).map(Some)).chain(std::iter::once(None));
    for level in levels {
        let mut votes: HashMap<u32, HashMap<u16, usize>> = HashMap::new();
        for (u, x, form, id, n) in &items {
            let Some(k) = context(*u, *x, form, level) else { continue };
            // A type counts more than its frequency: endings are learnt from the lexicon, words from the text.
            let weight = if level.is_none() { *n } else { 1 };
            *votes.entry(k).or_default().entry(*id).or_default() += weight;
        }
        let mut found: Vec<(u32, u16)> = Vec::new();
        for (u, x, form, ..) in &items {
            let Some(k) = context(*u, *x, form, level) else { continue };
            let Some(vote) = votes.remove(&k) else { continue };
            let (&best, &n) = vote.iter().max_by_key(|&(id, n)| (*n, std::cmp::Reverse(*id))).expect("a vote");
            if level.is_some() && n < LEAST {
                continue;
            }
            let shorter = match level {
                None => (0..=MAX_ENDING).rev().map(Some).collect::<Vec<_>>(),
                Some(l) => (0..l).rev().map(Some).collect(),
            };
            let now = shorter.into_iter().find_map(|l| rules.get(&context(*u, *x, form, l)?));
            if now != Some(&best) {
                found.push((k, best));
            }
        }
        for (k, id) in found {
            rules.insert(k, id);
            ordered.push((k, id));
        }
    }
    eprintln!("lemma: {} scripts, {} rules", scripts.len(), ordered.len());
    Lemmatiser::write(&scripts, &ordered)
}

/// Scripts of anything but a name fold case first, so that capitals at the start of a sentence teach nothing.
fn script_of(word: &str, lemma: &str, upos: Upos) -> Script {
    let mut script = Script::between(word, lemma);
    if upos != Upos::Propn && !lemma.chars().any(char::is_uppercase) {
        script.lower = true;
    }
    script
}

fn context(upos: Upos, xpos: Xpos, form: &str, level: Option<usize>) -> Option<u32> {
    if level == Some(0) { key(upos, xpos, "", None) } else { key(upos, xpos, form, level) }
}
