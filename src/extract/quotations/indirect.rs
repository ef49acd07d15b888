//! Indirect speech: "X said that …", "…, X said", "according to X, …", "X told Y …".

use super::Finder;
use super::marks::Quoted;
use super::speaker::is_cue;
use crate::extract::findings::{Quotation, QuotationKind};
use crate::nlp::Token;
use crate::nlp::tags::{Rel, Upos};
use crate::text::Span;

/// Verbs of saying that govern no reported clause often enough to be believed.
const WEAK: &[&str] = &["call", "describe", "quote", "continue", "ask", "urge", "recall", "propose", "point"];

impl Finder<'_, '_, '_> {
    pub(super) fn indirect(&mut self, quoted: &[Quoted], found: &mut Vec<Quotation>) {
        for s in 0..self.doc.sentences.len() {
            let sentence = self.doc.sentences[s];
            if !sentence.kind.may_report() {
                continue;
            }
            for i in sentence.tokens.range() {
                if quoted.iter().any(|q| q.tokens.range().contains(&i)) {
                    continue;
                }
                let reported = if is_cue(self.doc, i) && !WEAK.contains(&self.doc.lemma(i)) {
                    self.reported(i, sentence.tokens).map(|clause| (clause, self.said_by(i, 1.0)))
                } else if self.doc.word(i).eq_ignore_ascii_case("according") {
                    self.credited(i, sentence.tokens)
                        .map(|(clause, head)| (clause, Some(self.speaker(head, "according to".to_owned(), 1.0))))
                } else {
                    None
                };
                let Some((clause, Some(said))) = reported else { continue };
                let clause = self.trimmed(clause);
                let is_direct = quoted.iter().any(|q| {
                    let (a, b) = (q.tokens.start.max(clause.start), q.tokens.end.min(clause.end));
                    a < b && (b - a) as usize * 2 > clause.len()
                });
                let words = clause.range().filter(|&t| self.doc.tokens[t].upos != Upos::Punct).count();
                if !is_direct && words >= 3 {
                    found.push(self.quotation(clause, QuotationKind::Indirect, Some(&said), 0.85));
                }
            }
        }
    }

    /// The clause that the verb of saying at `verb` reports.
    fn reported(&self, verb: usize, sentence: Span<Token>) -> Option<Span<Token>> {
        let token = self.doc.tokens[verb];
        if let Some(clause) = self.tree.children(verb).find(|&c| self.doc.tokens[c].rel == Rel::Ccomp) {
            let span = self.tree.subtree(clause);
            // a clause around its verb of saying: "The plan, he said, had failed"
            let around = span.start as usize <= verb && verb < span.end as usize;
            return Some(if around { Span::of(span.start as usize, verb) } else { span });
        }
        // "told the parliament that the talks had failed": the parser may hang the clause on the parliament
        let heard = self.tree.children(verb).filter(|&c| matches!(self.doc.tokens[c].rel, Rel::Obj | Rel::Iobj));
        let told = heard.flat_map(|h| self.tree.children(h)).find(|&c| {
            matches!(self.doc.tokens[c].rel, Rel::Acl | Rel::AclRelcl)
                && self.tree.child(self.doc, c, Rel::Mark).is_some_and(|m| self.doc.word(m) == "that")
        });
        if let Some(clause) = told {
            return Some(self.tree.subtree(clause));
        }
        // "…, X said": the parser takes the reported clause for the main one
        let subject = self.tree.children(verb).any(|c| self.doc.tokens[c].rel == Rel::Nsubj);
        if token.rel == Rel::Parataxis && subject {
            let own = self.tree.subtree(verb);
            let head = token.head;
            return if head < own.start {
                Some(Span::new(sentence.start.min(own.start), own.start))
            } else {
                Some(Span::new(own.end, sentence.end))
            }
            .filter(|span| !span.is_empty());
        }
        None
    }

    /// What "according" at `i` credits to whom.
    fn credited(&self, i: usize, sentence: Span<Token>) -> Option<(Span<Token>, usize)> {
        let head = self.doc.tokens[i].head as usize;
        let named = matches!(self.doc.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        if head <= i || !named {
            return None;
        }
        let phrase = self.tree.subtree(head);
        let (start, end) = (phrase.start.min(i as u32), phrase.end);
        let clause =
            if start <= sentence.start + 1 { Span::new(end, sentence.end) } else { Span::new(sentence.start, start) };
        (!clause.is_empty()).then_some((clause, head))
    }

    /// Without "that", commas and marks at its ends.
    fn trimmed(&self, mut clause: Span<Token>) -> Span<Token> {
        let loose = |t: u32| self.doc.tokens[t as usize].upos == Upos::Punct;
        while clause.len() > 1
            && (loose(clause.start) || self.doc.word(clause.start as usize).eq_ignore_ascii_case("that"))
        {
            clause.start += 1;
        }
        while clause.len() > 1 && loose(clause.end - 1) {
            clause.end -= 1;
        }
        clause
    }
}
