//! Direct speech: what a pair of marks quotes, and the verb of saying beside it.

use super::Finder;
use super::marks::Quoted;
use super::speaker::{Said, is_cue};
use crate::extract::findings::{Quotation, QuotationKind};
use crate::nlp::Token;
use crate::nlp::tags::{Rel, Upos};
use crate::text::Span;

/// Words a quotation has at least; fewer in marks are a title, a nickname or a word held at arm's length.
const FEWEST: usize = 4;

/// Tokens between a quotation and the verb of saying beside it.
const REACH: usize = 14;

/// Confidence that marks hold speech.
const DIRECT: f32 = 0.95;

impl Finder<'_, '_, '_> {
    pub(super) fn direct(&mut self, quoted: &[Quoted], found: &mut Vec<Quotation>) {
        // speaker of the quotation before, and its block
        let mut before: Option<(Said, u32, usize)> = None;
        for (n, &Quoted { tokens, continues }) in quoted.iter().enumerate() {
            let start = tokens.start as usize;
            let block = self.doc.sentences[self.doc.sentence_of(start)].block;
            let own = self.beside(quoted, n);
            let carried = before.take().filter(|(_, b, _)| *b == block || continues).map(|(said, _, end)| (said, end));
            let said = match (own, &carried) {
                (Some(said), _) => Some(said),
                // "…," he said. "…"
                (None, Some((said, end))) if continues || self.is_alternation(*end, start) => {
                    Some(Said { confidence: said.confidence * 0.85, ..said.clone() })
                }
                _ => self.introduced(tokens),
            };
            let words = tokens.range().filter(|&t| self.doc.tokens[t].upos != Upos::Punct).count();
            let spoken = words >= FEWEST || (words > 0 && said.is_some() && self.is_spoken(tokens));
            if !spoken {
                before = carried.map(|(said, end)| (said, block, end));
                continue;
            }
            found.push(self.quotation(tokens, QuotationKind::Direct, said.as_ref(), DIRECT));
            before = said.map(|said| (said, block, tokens.end as usize));
        }
    }

    /// A short quotation that ends as speech does, with a comma or stop before the closing mark or right after it.
    fn is_spoken(&self, tokens: Span<Token>) -> bool {
        let ends = |t: usize| t < self.doc.tokens.len() && matches!(self.doc.word(t), "," | "." | "!" | "?" | "…");
        ends(tokens.end as usize - 1)
    }

    /// The verb of saying beside a quotation: after it, or before it in the same sentence.
    fn beside(&mut self, quoted: &[Quoted], n: usize) -> Option<Said> {
        let tokens = quoted[n].tokens;
        let inside = |t: usize| {
            let near = [n.checked_sub(1), Some(n), Some(n + 1)];
            near.into_iter().flatten().filter_map(|q| quoted.get(q)).any(|q| q.tokens.range().contains(&t))
        };
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let block = self.doc.sentences[self.doc.sentence_of(start)].block;
        let same_block =
            |t: usize| t < self.doc.tokens.len() && self.doc.sentences[self.doc.sentence_of(t)].block == block;
        // `…,” he said.`: the clause after a comma, question or exclamation, not a new sentence of its own
        let after = (end + 1..end + 1 + REACH)
            .take_while(|&t| same_block(t) && !inside(t) && !(t > end + 1 && is_stop(self.doc.word(t))))
            .find(|&t| is_cue(self.doc, t) && self.has_subject_outside(t, &inside));
        let closed = matches!(self.doc.word(end - 1), "," | "?" | "!" | "—" | "-" | "…")
            || self.doc.tokens.get(end + 1).is_some_and(|_| self.doc.word(end + 1) == ",");
        if let Some(verb) = after.filter(|_| closed) {
            return self.said_by(verb, 1.0);
        }
        let sentence = self.doc.sentences[self.doc.sentence_of(start)].tokens.start as usize;
        let before = (sentence.max(start.saturating_sub(REACH + 6))..start.saturating_sub(1))
            .rev()
            .take_while(|&t| !inside(t))
            .find(|&t| is_cue(self.doc, t));
        if let Some(verb) = before
            && let Some(said) = self.said_by(verb, 0.95)
        {
            return Some(said);
        }
        let according = (sentence..start).rev().find(|&t| self.doc.word(t).eq_ignore_ascii_case("according"));
        let head = according.and_then(|t| {
            let head = self.doc.tokens[t].head as usize;
            (head > t && head < start).then_some(head)
        });
        if let Some(head) = head {
            return Some(self.speaker(head, "according to".to_owned(), 0.9));
        }
        let verb = after?;
        self.said_by(verb, 0.75)
    }

    fn has_subject_outside(&self, verb: usize, inside: &impl Fn(usize) -> bool) -> bool {
        self.tree
            .children(verb)
            .any(|c| matches!(self.doc.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent) && !inside(c))
    }

    /// Between two quotations of a paragraph stands nothing but the words that credit the first.
    fn is_alternation(&self, end: usize, start: usize) -> bool {
        let between = end + 1..start.saturating_sub(1);
        let verbs = between.clone().filter(|&t| self.doc.tokens[t].upos == Upos::Verb && !is_cue(self.doc, t)).count();
        between.len() <= 2 * REACH && verbs == 0
    }

    /// "The minister was firm: “…”", and a paragraph that begins with its speaker and goes on in marks.
    fn introduced(&mut self, tokens: Span<Token>) -> Option<Said> {
        let start = tokens.start as usize;
        let s = self.doc.sentence_of(start);
        let sentence = self.doc.sentences[s].tokens;
        let colon = start.checked_sub(2).filter(|&t| self.doc.word(t) == ":" && t >= sentence.start as usize);
        let root = |range: std::ops::Range<usize>| range.into_iter().find(|&t| self.doc.is_root(t));
        if colon.is_some() {
            let verb = root(sentence.start as usize..start)?;
            let subject = self.tree.surface_subject(self.doc, verb)?;
            return Some(self.speaker(subject, ":".to_owned(), 0.8));
        }
        // the sentence before says that somebody spoke
        let before = s.checked_sub(1).filter(|&b| self.doc.sentences[b].block == self.doc.sentences[s].block)?;
        let fresh = start <= sentence.start as usize + 1;
        let verb = root(self.doc.sentences[before].tokens.range()).filter(|&v| fresh && is_cue(self.doc, v))?;
        self.said_by(verb, 0.6)
    }
}

fn is_stop(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "“" | "\"" | "``" | ";")
}
