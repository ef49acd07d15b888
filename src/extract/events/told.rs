//! Who is quoted for an act, and where the text places it.

use super::{Coder, SPEECH};
use crate::extract::findings::Findings;
use crate::extract::tree::Tree;
use crate::nlp::tags::{Rel, Upos};

impl Coder<'_, '_> {
    /// "X said Y had attacked Z", "according to X": who is quoted.
    pub(super) fn attribution(&mut self, i: usize) -> Option<String> {
        let mut at = i;
        for _ in 0..6 {
            let token = self.doc.tokens[at];
            let head = token.head as usize;
            if let Some(according) = self.tree.children(at).find(|&c| {
                self.tree.preposition(self.doc, c).is_some_and(|p| self.doc.word(p).eq_ignore_ascii_case("according"))
            }) {
                return Some(self.name_of(according));
            }
            if head != at
                && token.rel == Rel::Ccomp
                && SPEECH.contains(&self.doc.lemma(head))
                && let Some(subject) = self.tree.surface_subject(self.doc, head)
            {
                return Some(self.name_of(subject));
            }
            // "Y attacked Z, X said"
            let said = self.tree.children(at).find(|&c| {
                self.doc.tokens[c].rel == Rel::Parataxis
                    && SPEECH.contains(&self.doc.lemma(c))
                    && self.tree.child(self.doc, c, Rel::Nsubj).is_some()
            });
            if let Some(subject) = said.and_then(|v| self.tree.child(self.doc, v, Rel::Nsubj)) {
                return Some(self.name_of(subject));
            }
            if head == at {
                break;
            }
            at = head;
        }
        None
    }

    pub(super) fn name_of(&mut self, head: usize) -> String {
        match self.actors.resolve(head, 0).first() {
            Some(actor) => self.actors.cast.entities[actor.entity as usize].name.clone(),
            None => self.doc.word(head).to_owned(),
        }
    }

    /// "in Yemen" within the clause: the first place that a locative phrase names, of the act or of the verb above it.
    pub(super) fn place(&self, i: usize, findings: &Findings) -> Option<u32> {
        let located = |t: usize| {
            matches!(self.doc.tokens[t].rel, Rel::Obl | Rel::Nmod)
                && self.tree.preposition(self.doc, t).is_some_and(|p| {
                    matches!(
                        self.doc.word(p).to_ascii_lowercase().as_str(),
                        "in" | "at" | "near" | "outside" | "across" | "inside" | "around"
                    )
                })
        };
        let own = self.tree.clause(self.doc, i);
        let verb = Tree::governors(self.doc, i).into_iter().next();
        let carried = self.doc.tokens[i].upos != Upos::Verb;
        let above = verb.filter(|_| carried).map(|v| self.tree.clause(self.doc, v));
        for clause in std::iter::once(own).chain(above) {
            let named = clause.range().filter(|&t| located(t)).find_map(|t| self.actors.place_key(t));
            if let Some(key) = named {
                return findings.places.iter().position(|p| p.key == key).map(|p| p as u32);
            }
        }
        None
    }
}
