//! Learns the sentence splitter: an averaged perceptron over the gaps where a sentence could end.

use crate::rng::Rng;
use crate::score::GoldDoc;
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::io::Read;
use std::path::Path;
use tidings::article::{Article, BlockKind};
use tidings::nlp::sentences::{Before, FEATURES, Splitter, WEIGHTS, gap, is_candidate};
use tidings::nlp::tokenize;
use tidings::nlp::{Doc, Sentence, Token};
use tidings::text::Span;

const EPOCHS: usize = 12;

/// Sentences a paragraph, when news sentences without documents are put back together.
const PARAGRAPH: usize = 5;

/// News sentences of a BIO file (`word TAB label`, blank lines between), joined into paragraphs as they were printed.
pub(crate) fn paragraphs(path: &Path) -> Result<Vec<GoldDoc>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    let sentences: Vec<Vec<&str>> = text
        .split("\n\n")
        .map(|s| {
            s.lines().filter_map(|l| l.split('\t').next()).filter(|w| !w.is_empty() && *w != "-DOCSTART-").collect()
        })
        .filter(|s: &Vec<&str>| !s.is_empty())
        .collect();
    Ok(sentences.chunks(PARAGRAPH).map(|chunk| printed(chunk)).collect())
}

/// The paragraph as it was printed: no space before closing signs and after opening ones.
fn printed(sentences: &[Vec<&str>]) -> GoldDoc {
    let mut text = String::new();
    let mut ends = Vec::new();
    for words in sentences {
        let mut glue = true;
        let mut quoted = false;
        for (i, &word) in words.iter().enumerate() {
            let closing = matches!(word, "." | "," | ";" | ":" | "?" | "!" | "%" | ")" | "]" | "..." | "n't")
                || word.starts_with('\'') && word.len() > 1
                || word == "\"" && quoted
                || word == "'" && i > 0 && words[i - 1].ends_with('s');
            if i > 0 && !glue && !closing {
                text.push(' ');
            }
            text.push_str(word);
            glue = matches!(word, "(" | "[" | "$") || word == "\"" && !quoted;
            quoted ^= word == "\"";
        }
        ends.push(text.len());
        text.push(' ');
    }
    let mut article = Article::default();
    article.push_block(BlockKind::Paragraph, &text);
    let mut doc = Doc::new(article);
    let mut start = 0;
    for (i, end) in ends.into_iter().enumerate() {
        doc.tokens.push(Token::new(Span::of(start, end), true, i as u32));
        let tokens = Span::of(i, i + 1);
        doc.sentences.push(Sentence { tokens, block: 0, kind: BlockKind::Paragraph });
        start = end + 1;
    }
    GoldDoc { name: "news".to_owned(), doc, lemmas: Vec::new(), joined: Vec::new() }
}

/// The model file. Gold sentence ends, our own tokens.
pub(crate) fn train(docs: &[GoldDoc]) -> Vec<u8> {
    let mut examples: Vec<([u32; FEATURES], bool)> = Vec::new();
    let mut missed = 0;
    for gold in docs {
        let ends: HashSet<u32> = gold.doc.sentences.iter().map(|s| gold.doc.bytes(s.tokens).end).collect();
        let mut doc: Doc = gold.doc.clone();
        tokenize::run(&mut doc);
        let mut start = 0;
        for block in doc.article.blocks.iter().filter(|b| b.kind.is_analysed()) {
            let end = start + doc.tokens[start..].partition_point(|t| t.span.end <= block.span.end);
            let mut before = Before::default();
            for i in start..end.saturating_sub(1) {
                before.pass(doc.word(i));
                let ends = ends.contains(&doc.tokens[i].span.end);
                if is_candidate(doc.text(), &doc.tokens, i) {
                    examples.push((gap(doc.text(), &doc.tokens, start, end, i, before), ends));
                } else {
                    missed += usize::from(ends);
                }
                if ends {
                    before.cut();
                }
            }
            start = end;
        }
    }
    let mut rng = Rng::new(5);
    let mut w = vec![0.0_f64; WEIGHTS];
    let mut sum = vec![0.0_f64; WEIGHTS];
    let mut t = 0.0;
    for _ in 0..EPOCHS {
        rng.shuffle(&mut examples);
        for (f, ends) in &examples {
            t += 1.0;
            let score: f64 = f.iter().map(|&i| w[i as usize]).sum();
            let target = if *ends { 1.0 } else { -1.0 };
            // A margin, so that frequent cases end up far from the line.
            if score * target <= 1.0 {
                for &i in f {
                    w[i as usize] += target;
                    sum[i as usize] += target * t;
                }
            }
        }
    }
    let average: Vec<f64> = w.iter().zip(&sum).map(|(w, s)| w - s / t).collect();
    let top = average.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let weights: Vec<i16> = average.iter().map(|v| (v / top * 2000.0).round() as i16).collect();
    eprintln!("sentences: {} gaps, {missed} ends that are no gap", examples.len());
    Splitter::write(&weights)
}
