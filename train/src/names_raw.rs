//! Names that a trained recogniser finds again and again in the raw news, as lexicon entries for the next one.
//!
//! Only hashes of the names are kept. A name must be found in several articles, and nearly always as the same kind:
//! what the context shows where it is plain then helps where it is not.

use crate::bio;
use crate::clusters_text::{self, RawArticle};
use crate::names_lexicon::{Class, Lexicon};
use anyhow::Result;
use rustc_hash::FxHashMap;
use std::path::Path;
use tidings::nlp::doc::NameKind;
use tidings::nlp::names::{Names, NamesScratch};

/// A name must be found in this many articles.
const MIN_ARTICLES: u32 = 4;
/// Of ten articles with the name, in so many it must be of the kind.
const MIN_TENTHS: u32 = 9;
/// Surer finds only.
const MIN_CONFIDENCE: f32 = 0.6;
/// Longest name kept, in words.
const MAX_WORDS: usize = 4;
/// Articles handled at a time.
const BATCH: usize = 2_000;
/// Threads; the result does not depend on it.
const THREADS: usize = 2;

/// In how many articles a name was found as each kind.
type Found = FxHashMap<String, [u32; 4]>;

/// Adds the names found by `teacher` to the lexicon.
///
/// # Errors
/// When a raw file cannot be read.
pub(crate) fn add(data: &Path, teacher: &Names, lexicon: &mut Lexicon) -> Result<()> {
    let mut found = Found::default();
    for path in clusters_text::paths(data) {
        let mut batch: Vec<RawArticle> = Vec::new();
        clusters_text::for_each_article(&path, |article| {
            batch.push(article);
            if batch.len() == BATCH {
                read(&batch, teacher, &mut found);
                batch.clear();
            }
        })?;
        read(&batch, teacher, &mut found);
    }
    let mut kept = 0;
    let mut names: Vec<(&String, &[u32; 4])> = found.iter().collect();
    names.sort_unstable();
    for (name, counts) in names {
        let total: u32 = counts.iter().sum();
        for (class, &count) in [Class::RawPerson, Class::RawPlace, Class::RawOrganisation].into_iter().zip(counts) {
            if count >= MIN_ARTICLES && count * 10 >= total * MIN_TENTHS {
                lexicon.add(name, class);
                kept += 1;
            }
        }
    }
    eprintln!("{kept} of {} names of the raw news kept", found.len());
    Ok(())
}

fn read(batch: &[RawArticle], teacher: &Names, found: &mut Found) {
    let parts: Vec<Found> = std::thread::scope(|scope| {
        let chunks = batch.chunks(batch.len().div_ceil(THREADS).max(1));
        let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || read_some(chunk, teacher))).collect();
        workers.into_iter().map(|w| w.join().expect("reading does not panic")).collect()
    });
    for (name, counts) in parts.into_iter().flatten() {
        let sums = found.entry(name).or_default();
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
}

fn read_some(articles: &[RawArticle], teacher: &Names) -> Found {
    let mut found = Found::default();
    let mut scratch = NamesScratch::default();
    for article in articles {
        let sentences: Vec<Vec<bio::Labelled>> = clusters_text::sentences(&article.text)
            .into_iter()
            .map(|s| s.into_iter().map(|w| (w.to_owned(), String::new())).collect())
            .collect();
        let mut doc = bio::to_doc(&sentences);
        teacher.run(&mut doc, &mut scratch);
        let mut here: FxHashMap<String, [u32; 4]> = FxHashMap::default();
        for name in doc.names.iter().filter(|n| n.confidence >= MIN_CONFIDENCE && n.tokens.len() <= MAX_WORDS) {
            let text = doc.words(name.tokens);
            // Words in capitals throughout are as often headlines and datelines as names.
            if text.len() > 5 && !text.chars().any(char::is_lowercase) {
                continue;
            }
            here.entry(text.to_owned()).or_default()[name.kind as usize] += 1;
            // The first of several words of a person's name is a given name wherever it stands.
            if name.tokens.len() > 1 {
                let first = doc.word(name.tokens.start as usize);
                here.entry(first.to_owned()).or_default()[name.kind as usize] += 1;
            }
        }
        for (name, counts) in here {
            let mut top = NameKind::Per as usize;
            for kind in 1..4 {
                if counts[kind] > counts[top] {
                    top = kind;
                }
            }
            found.entry(name).or_default()[top] += 1;
        }
    }
    found
}

/// Prints how many words a second one core reads, and some of what it finds in `show` articles.
///
/// # Errors
/// When the raw file cannot be read.
pub(crate) fn bench(data: &Path, names: &Names, show: usize) -> Result<()> {
    /// Articles that are timed.
    const TIMED: usize = 4_000;
    let mut docs = Vec::new();
    let path = &clusters_text::paths(data)[1];
    let mut number = 0;
    clusters_text::for_each_article(path, |article| {
        number += 1;
        // Every sixth, so that all publishers of the file take part.
        if number % 6 == 0 && docs.len() < TIMED {
            let sentences: Vec<Vec<bio::Labelled>> = clusters_text::sentences(&article.text)
                .into_iter()
                .map(|s| s.into_iter().map(|w| (w.to_owned(), String::new())).collect())
                .collect();
            docs.push(bio::to_doc(&sentences));
        }
    })?;
    let mut scratch = NamesScratch::default();
    let words: usize = docs.iter().map(|d| d.tokens.len()).sum();
    let mut best = f64::MAX;
    for _ in 0..3 {
        let start = std::time::Instant::now();
        for doc in &mut docs {
            names.run(doc, &mut scratch);
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{words} words in {best:.2} s: {:.0} words a second on one core", words as f64 / best);
    let step = (docs.len() / show.max(1)).max(1);
    for doc in docs.iter().step_by(step).take(show) {
        let listed =
            doc.names.iter().map(|n| format!("{}/{} {:.2}", doc.words(n.tokens), n.kind.as_str(), n.confidence));
        println!("{}\n", listed.collect::<Vec<_>>().join("; "));
    }
    Ok(())
}
