//! Expressions of time, and the interval of days each denotes.
//!
//! Every token is read once into a small word ([`words`]); the [`grammar`] finds expressions in the words; the
//! [`narrative`] says which days they are. Absolute dates stand by themselves; "on Wednesday", "last year", "two
//! weeks ago" are counted from the day of publication and, where the words leave it open, in the direction of the
//! tense of the verb they modify; "the next day", "that summer" from the day the text spoke of last. Durations,
//! sets ("every year") and words like "now" are found too and denote no days. Needs `tokenize`; better after
//! `tag`, `parse` and `names`.

mod calendar;
mod events;
mod feasts;
mod figures;
mod grammar;
mod narrative;
mod notation;
#[cfg(test)]
mod tests;
mod words;

use super::findings::TimeExpr;
use super::status;
use super::tree::Tree;
use crate::lexicon::ontology::{Ontology, Status};
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};
use crate::text::Span;
use grammar::{Denotes, Reader};
use narrative::{Narrative, Tense};
use words::Word;

/// Heads climbed from an expression to the verb whose tense decides "on Wednesday".
const MAX_CLIMB: usize = 6;

/// An expression before it is resolved.
struct Read {
    first: usize,
    end: usize,
    sentence: u32,
    denotes: Denotes,
}

/// Appends the expressions of time of `doc` in text order.
pub(super) fn find(doc: &Doc, tree: &Tree, ontology: &Ontology, found: &mut Vec<TimeExpr>) {
    let words: Vec<Word> = (0..doc.tokens.len()).map(|i| words::word(doc.word(i))).collect();
    let read = read(doc, &words);
    let mut narrative = Narrative::new(doc.article.published_date(), read.iter().map(|r| r.denotes));
    for expression in read {
        let tense = || tense(doc, tree, ontology, expression.first);
        let resolved = narrative.resolve(expression.denotes, expression.sentence, &tense);
        found.push(TimeExpr {
            span: doc.bytes(Span::of(expression.first, expression.end)),
            sentence: expression.sentence,
            kind: resolved.kind,
            value: resolved.value,
            interval: resolved.interval,
            edtf: resolved.edtf,
            anchor: resolved.anchor,
        });
    }
    events::find(doc, tree, found);
}

fn read(doc: &Doc, words: &[Word]) -> Vec<Read> {
    let ancient = words.contains(&Word::Bc);
    let mut read = Vec::new();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let range = sentence.tokens.range();
        let reader = Reader::new(doc, words, range.clone(), ancient);
        let mut at = range.start;
        while at < range.end {
            let Some((end, denotes)) = reader.at(at) else {
                at += 1;
                continue;
            };
            read.push(Read { first: at, end, sentence: number as u32, denotes });
            at = end;
        }
    }
    read
}

/// The tense of the verb that the token at `at` hangs on.
fn tense(doc: &Doc, tree: &Tree, ontology: &Ontology, at: usize) -> Tense {
    let mut token = at;
    for _ in 0..MAX_CLIMB {
        let here = doc.tokens[token];
        if matches!(here.upos, Upos::Verb) {
            let kind = doc.sentences[doc.sentence_of(token)].kind;
            if status::read(doc, tree, ontology, token, kind).status == Status::Planned {
                return Tense::Future;
            }
            let past = |t: usize| matches!(doc.word(t), "was" | "were" | "had");
            let finite = here.xpos.as_str() == "VBD" || tree.children(token).any(past);
            return if finite { Tense::Past } else { Tense::Open };
        }
        let head = here.head as usize;
        // "the opening on Oct. 1": a noun has no tense
        if head == token || (token == at || doc.tokens[at].head as usize == token) && here.rel == Rel::Nmod {
            break;
        }
        token = head;
    }
    Tense::Open
}
