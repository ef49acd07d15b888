//! Scores what ships, as users run it: on gold tokens, and from raw text aligned by position as the shared tasks do.

use crate::conllu::Sentence;
use std::collections::{HashMap, HashSet};
use tidings::article::{Article, BlockKind};
use tidings::nlp::tokenize::is_second_part;
use tidings::nlp::{Annotator, Doc, Scratch, Token};
use tidings::text::Span;

/// A document of a treebank: its text in paragraphs, and its gold words in place.
pub(crate) struct GoldDoc {
    pub(crate) name: String,
    pub(crate) doc: Doc,
    /// Gold lemma of each token.
    pub(crate) lemmas: Vec<String>,
    /// Whether each token is written as one with the one before it.
    pub(crate) joined: Vec<bool>,
}

/// Rebuilds the documents of a treebank. Paragraphs are blocks, as in the raw text that the treebanks publish.
pub(crate) fn documents(sentences: &[Sentence]) -> Vec<GoldDoc> {
    let mut out = Vec::new();
    for sentences in sentences.chunk_by(|a, b| a.doc == b.doc) {
        let mut article = Article::default();
        let (mut tokens, mut lemmas, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        let mut joined = Vec::new();
        let mut block = String::new();
        let mut pending: Vec<(usize, usize, bool)> = Vec::new();
        for (k, sentence) in sentences.iter().enumerate() {
            let first = pending.len() + tokens.len();
            for word in &sentence.words {
                let start = block.len();
                block.push_str(&word.form);
                pending.push((start, block.len(), word.space_after));
                if word.space_after {
                    block.push(' ');
                }
                lemmas.push(word.lemma.clone());
                joined.push(word.joined);
            }
            lengths.push((first, sentence.words.len(), article.blocks.len()));
            if sentences.get(k + 1).is_none_or(|next| next.newpar) {
                article.push_block(BlockKind::Paragraph, &block);
                let at = article.blocks.last().map_or(0, |b| b.span.start as usize);
                for (start, end, space) in pending.drain(..) {
                    let index = tokens.len() as u32;
                    tokens.push(Token::new(Span::of(at + start, at + end), space, index));
                }
                block.clear();
            }
        }
        let mut doc = Doc::new(article);
        doc.tokens = tokens;
        for (sentence, &(first, len, block)) in sentences.iter().zip(&lengths) {
            for (i, word) in sentence.words.iter().enumerate() {
                let t = &mut doc.tokens[first + i];
                t.upos = word.upos;
                t.xpos = word.xpos;
                t.rel = word.rel;
                t.head = (first + word.head) as u32;
            }
            let tokens = Span::of(first, first + len);
            doc.sentences.push(tidings::nlp::Sentence { tokens, block: block as u32, kind: BlockKind::Paragraph });
        }
        out.push(GoldDoc { name: sentences[0].doc.clone(), doc, lemmas, joined });
    }
    out
}

/// Right answers out of so many.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) right: [usize; 7],
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, o: Self) {
        self.gold += o.gold;
        self.found += o.found;
        for (a, b) in self.right.iter_mut().zip(o.right) {
            *a += b;
        }
    }
}

/// What [`Counts::right`] counts.
pub(crate) const MEASURES: [&str; 7] = ["words", "upos", "xpos", "lemma", "uas", "las", "las+subtype"];

impl Counts {
    /// F1 of measure `i`, in percent; accuracy when the words are given.
    pub(crate) fn f1(&self, i: usize) -> f64 {
        200.0 * self.right[i] as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Compares the words of `found` with gold words at the same place.
pub(crate) fn compare(gold: &GoldDoc, found: &Doc) -> Counts {
    let at: HashMap<(u32, u32), usize> =
        found.tokens.iter().enumerate().map(|(i, t)| ((t.span.start, t.span.end), i)).collect();
    let mut counts = Counts { gold: gold.doc.tokens.len(), found: found.tokens.len(), right: [0; 7] };
    for (g, want) in gold.doc.tokens.iter().enumerate() {
        let Some(&f) = at.get(&(want.span.start, want.span.end)) else { continue };
        let got = &found.tokens[f];
        let head = &gold.doc.tokens[want.head as usize];
        let same_head = if want.head as usize == g {
            got.head as usize == f
        } else {
            got.head as usize != f && at.get(&(head.span.start, head.span.end)).is_some_and(|&h| h == got.head as usize)
        };
        let lemma = found.lemma(f) == gold.lemmas[g];
        let las = same_head && got.rel.universal() == want.rel.universal();
        let all =
            [true, got.upos == want.upos, got.xpos == want.xpos, lemma, same_head, las, las && got.rel == want.rel];
        for (n, ok) in counts.right.iter_mut().zip(all) {
            *n += usize::from(ok);
        }
    }
    counts
}

/// Sentences with the same first and last byte.
pub(crate) fn compare_sentences(gold: &Doc, found: &Doc) -> Counts {
    let spans = |doc: &Doc| -> Vec<_> { doc.sentences.iter().map(|s| doc.bytes(s.tokens)).collect() };
    let (g, f) = (spans(gold), spans(found));
    let known: HashSet<_> = g.iter().collect();
    let right = f.iter().filter(|s| known.contains(s)).count();
    Counts { gold: g.len(), found: f.len(), right: [right, 0, 0, 0, 0, 0, 0] }
}

/// Surface tokens, as CoNLL-U's ranges make them: words written as one are one.
fn compare_surface(gold: &GoldDoc, found: &Doc) -> Counts {
    let spans = |doc: &Doc, joined: &dyn Fn(usize) -> bool| -> HashSet<(u32, u32)> {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for (i, t) in doc.tokens.iter().enumerate() {
            match spans.last_mut() {
                Some(last) if joined(i) => last.1 = t.span.end,
                _ => spans.push((t.span.start, t.span.end)),
            }
        }
        spans.into_iter().collect()
    };
    let g = spans(&gold.doc, &|i| gold.joined[i]);
    let f = spans(found, &|i| {
        i > 0 && !found.tokens[i - 1].space_after && is_second_part(found.word(i - 1), found.word(i))
    });
    Counts { gold: g.len(), found: f.len(), right: [g.intersection(&f).count(), 0, 0, 0, 0, 0, 0] }
}

/// Scores of a treebank: with gold tokens, from raw text, its surface tokens, its sentences.
pub(crate) struct Scores {
    pub(crate) on_gold: Counts,
    pub(crate) on_raw: Counts,
    pub(crate) tokens: Counts,
    pub(crate) sentences: Counts,
}

/// Scores the documents whose name contains `only`.
pub(crate) fn score(sentences: &[Sentence], annotator: &Annotator, only: &str) -> Scores {
    let mut scratch = Scratch::default();
    let [mut on_gold, mut on_raw, mut tokens, mut split] = [Counts::default(); 4];
    for gold in documents(sentences).iter().filter(|d| d.name.contains(only)) {
        let mut doc = gold.doc.clone();
        annotator.run_pretokenized(&mut doc, &mut scratch);
        on_gold += compare(gold, &doc);
        annotator.run(&mut doc, &mut scratch);
        on_raw += compare(gold, &doc);
        tokens += compare_surface(gold, &doc);
        split += compare_sentences(&gold.doc, &doc);
    }
    Scores { on_gold, on_raw, tokens, sentences: split }
}

/// Prints a line for gold tokens and one for raw text.
pub(crate) fn print(name: &str, sentences: &[Sentence], annotator: &Annotator, only: &str) {
    let s = score(sentences, annotator, only);
    let line = |c: &Counts| (0..7).map(|i| format!("{} {:.2}", MEASURES[i], c.f1(i))).collect::<Vec<_>>().join("  ");
    println!("{name:9} gold  {}", line(&s.on_gold));
    println!("{name:9} raw   {}  tokens {:.2}  sentences {:.2}", line(&s.on_raw), s.tokens.f1(0), s.sentences.f1(0));
}

/// Prints where the tokenizer and the sentence splitter leave the treebank, for people to read.
pub(crate) fn print_differences(sentences: &[Sentence], annotator: &Annotator) {
    let mut scratch = Scratch::default();
    for gold in documents(sentences) {
        let mut doc = gold.doc.clone();
        annotator.run(&mut doc, &mut scratch);
        let spans = |d: &Doc| -> std::collections::BTreeSet<_> { d.tokens.iter().map(|t| t.span).collect() };
        let (g, f) = (spans(&gold.doc), spans(&doc));
        let show = |s: &Span<_>| s.slice(doc.text()).to_owned();
        let missed: Vec<String> = g.difference(&f).map(show).collect();
        let made: Vec<String> = f.difference(&g).map(show).collect();
        if !missed.is_empty() {
            println!("T\t{}\tgold {}\tours {}", gold.name, missed.join(" "), made.join(" "));
        }
        let ends = |d: &Doc| -> std::collections::BTreeSet<u32> {
            d.sentences.iter().map(|s| d.bytes(s.tokens).end).collect()
        };
        let (g, f) = (ends(&gold.doc), ends(&doc));
        let around = |at: u32| {
            let text = doc.text();
            let cut = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            let at = at as usize;
            format!("{} ⏎ {}", &text[cut(at.saturating_sub(30))..at], &text[at..cut(at + 30)]).replace('\n', "¶")
        };
        g.difference(&f).for_each(|&e| println!("S missed\t{}", around(e)));
        f.difference(&g).for_each(|&e| println!("S made\t{}", around(e)));
    }
}

/// Prints the analysis of every `step`-th article, one sentence a line, for people to read.
pub(crate) fn show(path: &std::path::Path, annotator: &Annotator, step: usize) -> anyhow::Result<()> {
    let mut scratch = Scratch::default();
    let mut number = 0;
    crate::raw::for_each(path, |article| {
        number += 1;
        if number % step != 0 {
            return true;
        }
        let mut doc = Doc::new(article);
        annotator.run(&mut doc, &mut scratch);
        for s in &doc.sentences {
            println!("{}", doc.words(s.tokens).replace('\n', " "));
            for i in s.tokens.range() {
                let t = doc.tokens[i];
                let n = i - s.tokens.start as usize + 1;
                let head = if doc.is_root(i) { 0 } else { t.head as usize - s.tokens.start as usize + 1 };
                print!("{n}:{}/{}/{}>{head}:{} ", doc.word(i), t.upos.as_str(), doc.lemma(i), t.rel.as_str());
            }
            println!("\n");
        }
        true
    })
}

/// Prints wrong lemmas: word, tags found, lemma found, lemma wanted, tag wanted.
pub(crate) fn print_lemma_errors(sentences: &[Sentence], annotator: &Annotator) {
    let mut scratch = Scratch::default();
    for gold in documents(sentences) {
        let mut doc = gold.doc.clone();
        annotator.run_pretokenized(&mut doc, &mut scratch);
        for (i, want) in gold.lemmas.iter().enumerate().filter(|&(i, l)| doc.lemma(i) != l) {
            let (t, g) = (doc.tokens[i], gold.doc.tokens[i]);
            println!(
                "{} {}/{} {} -> {want} {}",
                doc.word(i),
                t.upos.as_str(),
                t.xpos.as_str(),
                doc.lemma(i),
                g.upos.as_str()
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ships keeps its scores on the development sets.
    #[test]
    fn the_built_in_models_reach_their_scores() {
        let data = std::path::Path::new("../../shared/data/syntax");
        if !data.exists() {
            println!("skipped: the treebanks are not on this machine");
            return;
        }
        let annotator = Annotator::builtin().expect("built-in models load");
        // UPOS and LAS on gold tokens, tokens and sentences of raw text: half a point below the model card.
        for (bank, [upos, las, tokens, sentences]) in
            [("EWT", [95.2, 84.1, 99.0, 88.5]), ("GUM-free", [96.5, 84.1, 99.6, 95.5])]
        {
            let dev = crate::conllu::read(&data.join(bank).join("dev.conllu")).expect("a treebank");
            let s = score(&dev, &annotator, "");
            let found = [s.on_gold.f1(1), s.on_gold.f1(5), s.tokens.f1(0), s.sentences.f1(0)];
            for (found, least) in found.into_iter().zip([upos, las, tokens, sentences]) {
                assert!(found >= least, "{bank}: {found:.2} is below {least}");
            }
        }
    }
}
