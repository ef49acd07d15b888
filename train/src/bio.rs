//! Names in two-column files: a word, a tab, its label; a blank line after a sentence; `-DOCSTART-` before a document.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use tidings::article::{Article, BlockKind};
use tidings::nlp::doc::{Doc, Sentence, Token};
use tidings::text::Span;

/// One word with its label: `O`, or `B-` or `I-` and a kind.
pub(crate) type Labelled = (String, String);

/// A document: sentences of labelled words.
#[derive(Debug, Default, Clone)]
pub(crate) struct BioDoc {
    /// Its sentences.
    pub(crate) sentences: Vec<Vec<Labelled>>,
}

/// Reads a file, unpacking `.gz`.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<BioDoc>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut docs: Vec<BioDoc> = Vec::new();
    let mut sentence = Vec::new();
    for line in BufReader::new(reader).lines() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        let mut fields = line.split('\t');
        let word = fields.next().unwrap_or_default().trim();
        let label = fields.next().unwrap_or_default();
        if word == "-DOCSTART-" {
            finish(&mut docs, &mut sentence);
            docs.push(BioDoc::default());
        } else if word.is_empty() {
            finish(&mut docs, &mut sentence);
        } else {
            split_hyphens(word, label, &mut sentence);
        }
    }
    finish(&mut docs, &mut sentence);
    Ok(docs)
}

fn finish(docs: &mut Vec<BioDoc>, sentence: &mut Vec<Labelled>) {
    if sentence.is_empty() {
        return;
    }
    if docs.is_empty() {
        docs.push(BioDoc::default());
    }
    if let Some(doc) = docs.last_mut() {
        doc.sentences.push(std::mem::take(sentence));
    }
}

/// Older corpora keep "Saudi-led" whole; the treebanks, and so our tokenizer, make three words of it.
fn split_hyphens(word: &str, label: &str, sentence: &mut Vec<Labelled>) {
    let splits = word.len() > 2
        && word.contains('-')
        && !word.contains("://")
        && !word.contains('@')
        && word.chars().any(char::is_alphabetic)
        && word.split('-').all(|part| !part.is_empty());
    if !splits {
        sentence.push((word.to_owned(), label.to_owned()));
        return;
    }
    let inner = label.strip_prefix("B-").map_or_else(|| label.to_owned(), |kind| format!("I-{kind}"));
    for (n, part) in word.split('-').enumerate() {
        if n > 0 {
            sentence.push(("-".to_owned(), inner.clone()));
        }
        sentence.push((part.to_owned(), if n == 0 { label.to_owned() } else { inner.clone() }));
    }
}

/// A name: first word, after the last word, kind.
pub(crate) type Entity = (usize, usize, String);

/// Names of a sentence. As conlleval does, a stray `I-` begins a name.
pub(crate) fn entities<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    let mut open = false;
    for (i, label) in labels.enumerate() {
        if let Some(kind) = label.strip_prefix("I-")
            && open
            && let Some(last) = found.last_mut()
            && last.2 == kind
        {
            last.1 = i + 1;
        } else if let Some(kind) = label.strip_prefix("B-").or(label.strip_prefix("I-")) {
            found.push((i, i + 1, kind.to_owned()));
            open = true;
        } else {
            open = false;
        }
    }
    found
}

/// The document as the passes of tidings take it, with one space between words.
pub(crate) fn to_doc(sentences: &[Vec<Labelled>]) -> Doc {
    let mut article = Article::default();
    let mut doc_tokens = Vec::new();
    let mut doc_sentences = Vec::new();
    for (block, sentence) in sentences.iter().enumerate() {
        let first = doc_tokens.len();
        let mut text = String::new();
        let offset = if article.text.is_empty() { 0 } else { article.text.len() + 1 };
        for (word, _) in sentence {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = offset + text.len();
            text.push_str(word);
            doc_tokens.push(Token::new(Span::of(start, offset + text.len()), true, doc_tokens.len() as u32));
        }
        article.push_block(BlockKind::Paragraph, &text);
        let tokens = Span::of(first, doc_tokens.len());
        doc_sentences.push(Sentence { tokens, block: block as u32, kind: BlockKind::Paragraph });
    }
    let mut doc = Doc::new(article);
    doc.tokens = doc_tokens;
    doc.sentences = doc_sentences;
    doc
}

/// Counts of right, found and wanted names of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Found with exact span and kind.
    pub(crate) right: usize,
    /// Found.
    pub(crate) found: usize,
    /// In the gold.
    pub(crate) wanted: usize,
}

impl Counts {
    /// Precision, recall and F1 in percent.
    pub(crate) fn scores(self) -> (f64, f64, f64) {
        let percent = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
        let (p, r) = (percent(self.right, self.found), percent(self.right, self.wanted));
        (p, r, percent(2 * self.right, self.found + self.wanted))
    }

    /// Adds the names of one sentence.
    pub(crate) fn add(&mut self, found: &[Entity], wanted: &[Entity]) {
        self.found += found.len();
        self.wanted += wanted.len();
        self.right += found.iter().filter(|e| wanted.contains(e)).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_out_as_conlleval_does() {
        let labels = ["B-PER", "I-PER", "O", "I-LOC", "B-LOC", "I-ORG"];
        let found = entities(labels.into_iter());
        let spans: Vec<_> = found.iter().map(|(a, b, k)| (*a, *b, k.as_str())).collect();
        assert_eq!(spans, [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC"), (5, 6, "ORG")]);
    }

    #[test]
    fn hyphens_stand_alone() {
        let mut sentence = Vec::new();
        split_hyphens("Bosnia-Herzegovina", "B-LOC", &mut sentence);
        let labels: Vec<_> = sentence.iter().map(|(w, l)| format!("{w}/{l}")).collect();
        assert_eq!(labels, ["Bosnia/B-LOC", "-/I-LOC", "Herzegovina/I-LOC"]);
        let doc = to_doc(&[sentence]);
        assert_eq!((doc.word(0), doc.word(2)), ("Bosnia", "Herzegovina"));
    }
}
