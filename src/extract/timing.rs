//! Which expression of time dates an act.
//!
//! The one that modifies the act's own predicate, else the nearest predicate above it in the same clause chain.
//! A date inside a noun phrase ("NATO's 2022 strategic concept") dates that noun only, and the date of a saying
//! ("said on Monday that …") does not date what is said. Needs `parse`.

use super::findings::TimeExpr;
use super::tree::Tree;
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};

/// Predicates above the trigger that may lend their date.
const MAX_CLIMB: usize = 6;

/// Index in `times` of the expression that dates the act triggered at `i` of sentence `s`.
pub(super) fn of(doc: &Doc, tree: &Tree, i: usize, s: usize, times: &[TimeExpr]) -> Option<usize> {
    let chain = chain(doc, i);
    let mut best: Option<(usize, usize)> = None;
    for (t, time) in times.iter().enumerate().filter(|(_, time)| time.sentence as usize == s) {
        let Some(anchor) = modified(doc, tree, s, time) else { continue };
        let own_child = doc.tokens[anchor].head as usize == i && doc.tokens[anchor].upos == Upos::Noun;
        let rank =
            if anchor == i || own_child { Some(0) } else { chain.iter().position(|&c| c == anchor).map(|r| r + 1) };
        if let Some(rank) = rank
            && best.is_none_or(|(r, _)| rank < r)
        {
            best = Some((rank, t));
        }
    }
    best.map(|(_, t)| t).or_else(|| only_one_in_clause(doc, tree, i, s, times))
}

/// Where attachment says nothing: the one expression of the sentence, if it stands in the act's own clause and no
/// reporting verb or noun claims it.
fn only_one_in_clause(doc: &Doc, tree: &Tree, i: usize, s: usize, times: &[TimeExpr]) -> Option<usize> {
    let mut here = times.iter().enumerate().filter(|(_, time)| time.sentence as usize == s);
    let (t, time) = here.next()?;
    if here.next().is_some() {
        return None;
    }
    let anchor = modified(doc, tree, s, time)?;
    let clause = tree.clause(doc, i);
    (clause.holds(anchor as u32) && doc.bytes(clause).contains(time.span)).then_some(t)
}

/// The predicates above `i`, nearest first, as far as one story goes.
fn chain(doc: &Doc, i: usize) -> Vec<usize> {
    let mut all = Vec::new();
    let mut at = i;
    while all.len() < MAX_CLIMB {
        let token = doc.tokens[at];
        let head = token.head as usize;
        if head == at || matches!(token.rel, Rel::Ccomp | Rel::Parataxis) {
            break;
        }
        all.push(head);
        at = head;
    }
    all
}

/// The token that an expression modifies.
fn modified(doc: &Doc, tree: &Tree, s: usize, time: &TimeExpr) -> Option<usize> {
    let sentence = doc.sentences[s].tokens;
    let inside = |t: usize| {
        let span = doc.tokens[t].span;
        time.span.start <= span.start && span.end <= time.span.end
    };
    let top = sentence.range().filter(|&t| inside(t)).find(|&t| {
        let head = doc.tokens[t].head as usize;
        head == t || !inside(head)
    })?;
    let token = doc.tokens[top];
    let head = token.head as usize;
    if head == top {
        return None;
    }
    match token.rel {
        Rel::Nummod | Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::Appos => None,
        // "talks on Monday" dates the talks; "the 2012 agreement of 11 areas" nothing
        _ if matches!(doc.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Num) => {
            let led = tree.preposition(doc, top).is_some();
            (led || matches!(token.rel, Rel::NmodUnmarked | Rel::OblUnmarked | Rel::Nmod | Rel::Advmod | Rel::Obl))
                .then_some(head)
        }
        _ => Some(head),
    }
}
