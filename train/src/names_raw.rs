//! Raw news, labelled by a trained recogniser for the training of the next, and read by it at full speed.
//!
//! The second reading knows more of a word than the first; what it found is what the next first reading learns, on
//! news of many places. A word keeps every state that the teacher thinks likely, so that its doubts teach nothing.

use crate::bio;
use crate::clusters_text::{self, RawArticle};
use crate::names_examples::Labelled;
use anyhow::Result;
use std::path::Path;
use tidings::nlp::doc::Doc;
use tidings::nlp::names::tags::OUTSIDE;
use tidings::nlp::names::{Names, NamesScratch};

/// Of each raw file, every so manieth article is labelled: 37,467 articles of US politics, 26,947 of the world.
const EVERY: [usize; 2] = [120, 6];
/// States at least so likely stay possible.
const LIKELY: f32 = 0.12;

/// Articles with the states that the teacher finds likely.
///
/// # Errors
/// When a raw file cannot be read.
pub(crate) fn label(data: &Path, teacher: &Names) -> Result<Vec<Labelled>> {
    let mut labelled = Vec::new();
    let mut scratch = NamesScratch::default();
    for (path, every) in clusters_text::paths(data).iter().zip(EVERY) {
        let mut number = 0;
        clusters_text::for_each_article(path, |article| {
            number += 1;
            if number % every != 0 {
                return;
            }
            let mut doc = to_doc(&article);
            teacher.run(&mut doc, &mut scratch);
            let tokens: Vec<usize> = scratch.active().collect();
            let mut allowed = vec![1 << OUTSIDE; doc.tokens.len()];
            teacher.marginals(&mut scratch, |n, p| {
                let likely = p.iter().enumerate().filter(|(_, p)| **p >= LIKELY);
                allowed[tokens[n]] = likely.fold(0, |set, (tag, _)| set | 1 << tag);
            });
            labelled.push(Labelled::new(doc, allowed, 1, labelled.len()));
        })?;
    }
    eprintln!("{} raw articles labelled", labelled.len());
    Ok(labelled)
}

fn to_doc(article: &RawArticle) -> Doc {
    let sentences: Vec<Vec<bio::Labelled>> = clusters_text::sentences(&article.text)
        .into_iter()
        .map(|s| s.into_iter().map(|w| (w.to_owned(), String::new())).collect())
        .collect();
    bio::to_doc(&sentences)
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
            docs.push(to_doc(&article));
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
