//! `names`: trains the name recogniser, prunes and rounds it, and writes `models/names.bin`.
//! `score-names`: scores a model on a labelled file.

use crate::bio::{self, BioDoc, Counts};
use crate::names_crf::{Crf, Examples, FEATURE_BITS, Item, Plan};
use crate::names_data::{self, CORPORA, Corpus};
use crate::names_lexicon;
use anyhow::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use tidings::nlp::doc::NameKind;
use tidings::nlp::names::decode::{END, context};
use tidings::nlp::names::features::{Extractor, Words};
use tidings::nlp::names::phrases::Phrases;
use tidings::nlp::names::tags::N_SCORED;
use tidings::nlp::names::{Model, Names, NamesScratch};

/// Settings of the command.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Corpora left out, for measuring on them.
    pub(crate) without: Vec<String>,
    /// Features kept.
    pub(crate) keep: usize,
    /// A feature must occur in this many visits.
    pub(crate) least: u32,
    /// The training run.
    pub(crate) plan: Plan,
    /// Templates left out, for measuring what they add.
    pub(crate) skip: Vec<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            without: Vec::new(),
            keep: 160_000,
            least: 4,
            plan: Plan { epochs: 10, rate: 0.1, dropout: 0.2, decay: 1e-5 },
            skip: Vec::new(),
        }
    }
}

/// Templates that name the word itself, counted as in the library's extractor: hidden by dropout.
const LEXICAL: &[usize] = &[1, 2, 7, 8, 19, 23];

/// Runs the command.
///
/// # Errors
/// When a corpus cannot be read or the model not be written.
pub(crate) fn run(data: &Path, out: &Path, settings: &Settings) -> Result<()> {
    let lexicon = names_lexicon::from_facts(data)?;
    let entries = lexicon.entries();
    eprintln!("{} lexicon entries", entries.len());
    let extractor = Extractor::new(Phrases::new(&entries));
    let mut corpora: Vec<(Corpus, Vec<BioDoc>)> = Vec::new();
    for corpus in CORPORA.iter().filter(|c| !settings.without.iter().any(|w| w == c.name)) {
        corpora.push((*corpus, names_data::read(data, corpus)?));
    }
    let (examples, hashes) = examples(&corpora, &extractor, &lexicon.demonyms, settings);
    eprintln!("{} words, {} stretches, {} features", examples.items.len(), examples.stretches.len(), hashes.len());
    let mut lexical = vec![false; 256];
    for &t in LEXICAL {
        lexical[t] = true;
    }
    let crf = Crf::new(hashes.len())
        .train(&examples, settings.plan, &lexical, |epoch, loss| eprintln!("epoch {epoch}: loss {loss:.4}"));
    let model = rounded(&crf, &hashes, settings.keep, entries);
    let bytes = model.to_bytes();
    std::fs::write(out, &bytes)?;
    eprintln!("{}: {} features, {} bytes", out.display(), model.rows.len(), bytes.len());
    report(data, &Names::new(&model))
}

/// Prints the scores on the development sets.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn report(data: &Path, names: &Names) -> Result<()> {
    let sets = [
        "eval_only/ner/WorldWide/dev.bio",
        "ner/UNER-EWT/dev.bio",
        "ner/MEANTIME/train.bio",
        "ner/WikiGold/train.bio",
        "ner/BTC/dev.bio",
    ];
    for set in sets {
        score(&data.join(set), names, false)?;
    }
    Ok(())
}

/// Prints the scores of a model on a file, and its errors if wanted.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn score(path: &Path, names: &Names, errors: bool) -> Result<()> {
    let mut counts = [Counts::default(); 4];
    let mut scratch = NamesScratch::default();
    for bio_doc in bio::read(path)? {
        let mut doc = bio::to_doc(&bio_doc.sentences);
        names.run(&mut doc, &mut scratch);
        for (gold, sentence) in bio_doc.sentences.iter().zip(&doc.sentences) {
            let wanted: Vec<bio::Entity> = bio::entities(gold.iter().map(|(_, l)| l.as_str()))
                .into_iter()
                .filter_map(|(a, b, k)| Some((a, b, names_data::kind_of(&k)?.as_str().to_owned())))
                .collect();
            let offset = sentence.tokens.start as usize;
            let found: Vec<bio::Entity> = doc
                .names
                .iter()
                .filter(|n| sentence.tokens.contains(n.tokens))
                .map(|n| {
                    let span = n.tokens.range();
                    (span.start - offset, span.end - offset, n.kind.as_str().to_owned())
                })
                .collect();
            for (i, kind) in [NameKind::Per, NameKind::Loc, NameKind::Org, NameKind::Misc].iter().enumerate() {
                let of = |es: &[bio::Entity]| -> Vec<bio::Entity> {
                    es.iter().filter(|e| e.2 == kind.as_str()).cloned().collect()
                };
                counts[i].add(&of(&found), &of(&wanted));
            }
            if errors {
                show_errors(gold, &found, &wanted);
            }
        }
    }
    let mut all = Counts::default();
    for c in &counts[..3] {
        all = Counts { right: all.right + c.right, found: all.found + c.found, wanted: all.wanted + c.wanted };
    }
    let (p, r, f) = all.scores();
    let each: Vec<String> = counts.iter().map(|c| format!("{:.1}", c.scores().2)).collect();
    println!(
        "{:<36} P {p:.2} R {r:.2} F {f:.2}   PER/LOC/ORG/MISC {}",
        path.iter()
            .rev()
            .take(2)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .map(|p| p.to_string_lossy())
            .collect::<Vec<_>>()
            .join("/"),
        each.join(" ")
    );
    Ok(())
}

fn show_errors(gold: &[bio::Labelled], found: &[bio::Entity], wanted: &[bio::Entity]) {
    let text = |e: &bio::Entity| gold[e.0..e.1].iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ");
    let around = |e: &bio::Entity| {
        let (from, to) = (e.0.saturating_sub(4), (e.1 + 4).min(gold.len()));
        gold[from..to].iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ")
    };
    for e in wanted.iter().filter(|e| !found.contains(e) && e.2 != "MISC") {
        let other = found.iter().find(|f| f.0 < e.1 && e.0 < f.1);
        let instead = other.map_or("nothing".to_owned(), |o| format!("{}/{}", text(o), o.2));
        println!("MISSED {}/{} FOUND {instead}   … {} …", text(e), e.2, around(e));
    }
    for e in found.iter().filter(|e| e.2 != "MISC" && !wanted.iter().any(|w| w.0 < e.1 && e.0 < w.1)) {
        println!("WRONG {}/{}   … {} …", text(e), e.2, around(e));
    }
}

/// Features of all corpora, numbered; returns the hash of each number.
fn examples(
    corpora: &[(Corpus, Vec<BioDoc>)],
    extractor: &Extractor,
    demonyms: &FxHashSet<String>,
    settings: &Settings,
) -> (Examples, Vec<u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for_each_word(
        corpora,
        extractor,
        |corpus, _, _, features| {
            for f in features {
                *counts.entry(*f).or_default() += corpus.times as u32;
            }
        },
        |_, _, _| {},
    );
    let mut hashes: Vec<u32> = counts.iter().filter(|(_, n)| **n >= settings.least).map(|(h, _)| *h).collect();
    hashes.sort_unstable();
    let numbers: FxHashMap<u32, u32> = hashes.iter().enumerate().map(|(i, h)| (*h, i as u32)).collect();
    drop(counts);
    let examples = std::cell::RefCell::new(Examples::default());
    let tokens = std::cell::RefCell::new(Vec::<(usize, u8)>::new());
    for_each_word(
        corpora,
        extractor,
        |_, token, context, features| {
            let mut examples = examples.borrow_mut();
            let start = examples.features.len() as u32;
            for (template, f) in features.iter().enumerate().filter(|(t, _)| !settings.skip.contains(t)) {
                if let Some(&number) = numbers.get(f) {
                    examples.features.push(number | (template as u32) << FEATURE_BITS);
                }
            }
            let end = examples.features.len() as u32;
            examples.items.push(Item { features: (start, end), context, allowed: 0 });
            tokens.borrow_mut().push((token, context));
        },
        |corpus, sentence, active| {
            let mut allowed = names_data::allowed(sentence, corpus, demonyms);
            names_data::cut(&mut allowed, active);
            let mut examples = examples.borrow_mut();
            let mut tokens = tokens.borrow_mut();
            let first = examples.items.len() - tokens.len();
            for (n, &(token, _)) in tokens.iter().enumerate() {
                examples.items[first + n].allowed = allowed[token];
                let begins = n == 0 || tokens[n - 1].0 + 1 != token;
                let end = (first + n + 1) as u32;
                if begins {
                    examples.stretches.push((end - 1, end, corpus.times as u8));
                } else if let Some(last) = examples.stretches.last_mut() {
                    last.1 = end;
                }
            }
            tokens.clear();
        },
    );
    debug_assert!(END == 3);
    (examples.into_inner(), hashes)
}

/// Calls `word` with corpus, place in the sentence, context and features of every active word, and `sentence` after
/// each sentence.
fn for_each_word(
    corpora: &[(Corpus, Vec<BioDoc>)],
    extractor: &Extractor,
    mut word: impl FnMut(&Corpus, usize, u8, &[u32]),
    mut sentence: impl FnMut(&Corpus, &[bio::Labelled], &[bool]),
) {
    let mut words = Words::default();
    let mut features = Vec::new();
    for (corpus, docs) in corpora {
        for bio_doc in docs {
            let doc = bio::to_doc(&bio_doc.sentences);
            extractor.look(&doc, &mut words);
            for (s, labelled) in bio_doc.sentences.iter().enumerate() {
                let range = doc.sentences[s].tokens.range();
                let active: Vec<bool> = words.words[range.clone()].iter().map(|w| w.active).collect();
                for i in range.clone().filter(|i| words.words[*i].active) {
                    features.clear();
                    extractor.features(&doc, &words, s, i, &mut features);
                    word(corpus, i - range.start, context(words.words[i].case), &features);
                }
                sentence(corpus, labelled, &active);
            }
        }
    }
}

/// Keeps the features that weigh most and rounds them to bytes.
fn rounded(crf: &Crf, hashes: &[u32], keep: usize, phrases: Vec<tidings::nlp::names::phrases::Entry>) -> Model {
    let norm = |i: usize| crf.rows[i].iter().map(|w| w * w).sum::<f32>();
    let mut order: Vec<usize> = (0..hashes.len()).collect();
    order.sort_by(|&a, &b| norm(b).total_cmp(&norm(a)).then(a.cmp(&b)));
    order.truncate(keep);
    let mut sizes: Vec<f32> = order.iter().flat_map(|&i| crf.rows[i]).map(f32::abs).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len() * 9999 / 10_000).copied().unwrap_or(1.0);
    let unit = (top / 127.0).max(1e-6);
    let mut rows: Vec<(u32, [i8; N_SCORED])> = order
        .iter()
        .map(|&i| (hashes[i], crf.rows[i].map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    rows.sort_unstable();
    let steps = crf.steps.iter().map(|c| c.map(|w| (w / unit).round().clamp(-9_999.0, 9_999.0) as i16)).collect();
    Model { unit, steps, rows, phrases }
}
