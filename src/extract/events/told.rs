//! Who is quoted for an act.

use super::{Coder, SPEECH};
use crate::nlp::tags::Rel;

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
}
