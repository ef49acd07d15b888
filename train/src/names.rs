//! `names`: trains the name recogniser, prunes and rounds it, and writes `models/names.bin`.
//! `score-names`: scores a model on a labelled file.

use crate::bio::{self, Counts};
use crate::names_crf::{Crf, Plan};
use crate::names_examples::{self, FOLDS, Labelled};
use crate::{names_data, names_lexicon, names_raw};
use anyhow::Result;
use std::path::{Path, PathBuf};
use tidings::nlp::doc::NameKind;
use tidings::nlp::names::decode::N_CONTEXTS;
use tidings::nlp::names::features::Extractor;
use tidings::nlp::names::phrases::{Entry, Phrases};
use tidings::nlp::names::tags::{N_SCORED, N_STEPS};
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
    /// Model that labels raw news for this one.
    pub(crate) teacher: Option<PathBuf>,
    /// No second reading.
    pub(crate) once: bool,
    /// The training run of the second reading.
    pub(crate) again: Plan,
    /// Visits of UNER-EWT in an epoch, if not the usual.
    pub(crate) web: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            without: Vec::new(),
            keep: 170_000,
            least: 4,
            plan: Plan { epochs: 4, rate: 0.006, dropout: 0.3, decay: 1e-5 },
            skip: Vec::new(),
            teacher: None,
            once: false,
            again: Plan { epochs: 4, rate: 0.02, dropout: 0.0, decay: 1e-5 },
            web: 7,
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
    let mut docs = names_examples::read(data, &settings.without, settings.web, &lexicon)?;
    names_examples::cut_to_active(&mut docs, &extractor);
    if let Some(teacher) = &settings.teacher {
        docs.extend(names_raw::label(data, &Names::from_bytes(&std::fs::read(teacher)?)?)?);
    }
    let model = train(&docs, &extractor, &entries, settings);
    let bytes = model.to_bytes();
    std::fs::write(out, &bytes)?;
    eprintln!("{}: {} features, {} bytes", out.display(), model.rows.len(), bytes.len());
    report(data, &Names::new(&model))
}

/// Trains the first reading on everything and on all but each fold, then the second on what those folds found.
fn train(docs: &[Labelled], extractor: &Extractor, entries: &[Entry], settings: &Settings) -> Model {
    let (examples, hashes) = names_examples::first(docs, extractor, settings.least, &settings.skip);
    eprintln!("{} words, {} stretches, {} features", examples.items.len(), examples.stretches.len(), hashes.len());
    let mut lexical = vec![false; 256];
    for &t in LEXICAL {
        lexical[t] = true;
    }
    let fit = |left_out: Option<u8>| {
        let crf = Crf::new(hashes.len());
        let told = |epoch, loss| eprintln!("first reading without {left_out:?}, epoch {epoch}: loss {loss:.4}");
        rounded(&crf.train(&examples, settings.plan, &lexical, left_out, told), &hashes, settings.keep, entries)
    };
    if settings.once {
        return fit(None);
    }
    let mut models: Vec<Model> = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS as u8).map(|fold| scope.spawn(move || fit(Some(fold)))).collect();
        let mut models = vec![fit(None)];
        models.extend(folds.into_iter().map(|f| f.join().expect("training does not panic")));
        models
    });
    let folds: Vec<(Names, f32)> = models.drain(1..).map(|m| (Names::new(&m), m.unit)).collect();
    let mut model = models.remove(0);
    drop(examples);
    let (examples, hashes) = names_examples::second(docs, &folds, settings.least);
    let mut crf = Crf::new(hashes.len());
    for (to, from) in crf.steps.iter_mut().zip(&model.steps) {
        *to = from.map(|s| f32::from(s) * model.unit);
    }
    let crf = crf.train(&examples, settings.again, &[false; 256], None, |epoch, loss| {
        eprintln!("second reading, epoch {epoch}: loss {loss:.4}");
    });
    add_second(&mut model, &crf, &hashes);
    model
}

/// Adds the second reading's weights to the model, in its unit.
fn add_second(model: &mut Model, crf: &Crf, hashes: &[u32]) {
    let unit = model.unit;
    model.rows.extend(
        hashes
            .iter()
            .zip(&crf.rows)
            .map(|(hash, row)| (*hash, rounded_row(row, unit)))
            .filter(|(_, row)| row.iter().any(|w| *w != 0)),
    );
    model.rows.sort_unstable();
    model.rows.dedup_by_key(|r| r.0);
    model.steps.truncate(N_CONTEXTS);
    model.steps.extend(crf.steps.iter().map(|c| rounded_steps(c, unit)));
}

fn rounded_row(row: &[f32; N_SCORED], unit: f32) -> [i8; N_SCORED] {
    row.map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8)
}

fn rounded_steps(steps: &[f32; N_STEPS], unit: f32) -> [i16; N_STEPS] {
    steps.map(|w| (w / unit).round().clamp(-9_999.0, 9_999.0) as i16)
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

/// Keeps the features that weigh most and rounds them to bytes.
fn rounded(crf: &Crf, hashes: &[u32], keep: usize, phrases: &[Entry]) -> Model {
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
        .map(|&i| (hashes[i], rounded_row(&crf.rows[i], unit)))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    rows.sort_unstable();
    let steps: Vec<_> = crf.steps.iter().map(|c| rounded_steps(c, unit)).collect();
    Model { unit, steps: [steps.clone(), steps].concat(), rows, phrases: phrases.to_vec() }
}
