//! `norp`: peoples ("Norwegian", "Latvians") found by the lexicon of demonyms, against GMB's NORP.
//!
//! Nothing is learnt here. The last fifth of the corpus is the part to report; the rest is there to look at errors in.
//! GMB is silver: it has "Nepal" and "Sudan" as peoples a hundred times each. So two scores are printed, one against
//! the labels as they are and one that sets aside the spans which are names of countries
//! in the gold.

use crate::bio::{self, Counts, Entity};
use anyhow::Result;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use tidings::extract::findings::MentionType;
use tidings::extract::{ExtractOptions, Extractor, Scratch as ExtractScratch};
use tidings::lexicon::Lexicon;
use tidings::nlp::{Annotator, Scratch};

/// Sentences taken for a document, as in training names.
const DOCUMENT: usize = 12;
/// One part in so many is held out.
const PARTS: usize = 5;

/// Prints the scores of the held-out part, or those of the rest with the commonest errors.
///
/// # Errors
/// When the corpus cannot be read.
pub(crate) fn score(data: &Path, errors: bool) -> Result<()> {
    let docs = bio::read(&data.join("ner/GMB/train.bio.gz"))?;
    let sentences: Vec<_> = docs.into_iter().flat_map(|d| d.sentences).collect();
    let (rest, held_out) = sentences.split_at(sentences.len() / PARTS * (PARTS - 1));
    let part = if errors { rest } else { held_out };
    let countries: HashSet<&str> = Lexicon::builtin().countries.all().iter().map(|row| &row.name[..]).collect();
    let extractor = Extractor::new(Lexicon::builtin(), ExtractOptions::default());
    let annotator = Annotator::builtin()?;
    let (mut nlp, mut extract) = (Scratch::default(), ExtractScratch::default());
    let (mut all, mut cleaned) = (Counts::default(), Counts::default());
    let mut wrong: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for sentences in part.chunks(DOCUMENT) {
        let mut doc = bio::to_doc(sentences);
        annotator.run_pretokenized(&mut doc, &mut nlp);
        let findings = extractor.run(&doc, &mut extract);
        for (gold, sentence) in sentences.iter().zip(&doc.sentences) {
            let range = sentence.tokens.range();
            let word = |e: &Entity| gold[e.0..e.1].iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ");
            let mut wanted = bio::entities(gold.iter().map(|(_, label)| label.as_str()));
            wanted.retain(|e| e.2 == "NORP");
            let at = |byte: u32| doc.tokens.partition_point(|t| t.span.end <= byte);
            let found: Vec<Entity> = findings
                .mentions
                .iter()
                .filter(|m| m.mention_type == MentionType::Norp)
                .map(|m| (at(m.span.start), at(m.span.end - 1) + 1))
                .filter(|(from, _)| range.contains(from))
                .map(|(from, to)| (from - range.start, to - range.start, "NORP".to_owned()))
                .collect();
            all.add(&found, &wanted);
            for e in wanted.iter().filter(|e| !found.contains(e)) {
                *wrong.entry(("missed", word(e))).or_default() += 1;
            }
            for e in found.iter().filter(|e| !wanted.contains(e)) {
                let label = gold[e.0].1.trim_start_matches(['B', 'I', '-']);
                *wrong.entry(("too much", format!("{} ({label})", word(e)))).or_default() += 1;
            }
            wanted.retain(|e| !countries.contains(&word(e)[..]));
            cleaned.add(&found, &wanted);
        }
    }
    for (what, counts) in [("as labelled", all), ("names of countries set aside", cleaned)] {
        let (p, r, f) = counts.scores();
        println!("NORP on GMB, {}: P {p:.1} R {r:.1} F1 {f:.1} ({} in the gold)", what, counts.wanted);
    }
    if errors {
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for ((what, word), n) in wrong.iter().take(80) {
            println!("{n:5} {what} {word}");
        }
    }
    Ok(())
}
