//! Who speaks: the subject of a verb of saying, resolved as actors resolve it.

use super::{CUES, Finder};
use crate::extract::findings::EntityType;
use crate::extract::tree::Tree;
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, Token};
use crate::text::Span;

/// A speaker with the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    /// Index into the entities.
    pub(super) entity: Option<u32>,
    pub(super) name: Option<String>,
    pub(super) cue: Option<String>,
    /// 0 to 1.
    pub(super) confidence: f32,
}

/// True for a verb of saying.
pub(super) fn is_cue(doc: &Doc, i: usize) -> bool {
    doc.tokens[i].upos == Upos::Verb && CUES.contains(&doc.lemma(i))
}

impl Finder<'_, '_, '_> {
    /// Who says what the verb of saying at `verb` introduces.
    pub(super) fn said_by(&mut self, verb: usize, confidence: f32) -> Option<Said> {
        let subject = if self.tree.is_passive(self.doc, verb) {
            // "was quoted as saying" speaks itself; "it was announced by X" has an agent
            self.tree.child(self.doc, verb, Rel::OblAgent).or_else(|| {
                matches!(self.doc.lemma(verb), "quote" | "report")
                    .then(|| self.tree.child(self.doc, verb, Rel::NsubjPass))
                    .flatten()
            })
        } else {
            self.tree.surface_subject(self.doc, verb)
        }?;
        // the author's own "I believe" quotes nobody
        if matches!(self.doc.word(subject), "I" | "we" | "We" | "you" | "You") {
            return None;
        }
        Some(self.speaker(subject, self.doc.word(verb).to_owned(), confidence))
    }

    /// The speaker that the noun phrase with this head names.
    pub(super) fn speaker(&mut self, head: usize, cue: String, confidence: f32) -> Said {
        let pronoun = self.doc.tokens[head].upos == Upos::Pron;
        let person = pronoun && matches!(self.doc.word(head), "he" | "she" | "He" | "She");
        let actor = self.actors.resolve(head, 0).into_iter().next().filter(|actor| {
            let kind = self.actors.cast.entities[actor.entity as usize].entity_type;
            !person || matches!(kind, EntityType::Person | EntityType::Role)
        });
        let (entity, name) = match actor {
            Some(actor) => (Some(actor.entity), Some(self.actors.cast.entities[actor.entity as usize].name.clone())),
            None => (None, (!pronoun).then(|| phrase(self.doc, self.tree, head).to_owned())),
        };
        let known = if entity.is_some() { 1.0 } else { 0.9 };
        Said { entity, name, cue: Some(cue), confidence: confidence * known }
    }
}

/// The words of a noun phrase without what follows its head: "two officials", "police chief Ann Lee".
fn phrase<'d>(doc: &'d Doc, tree: &Tree, head: usize) -> &'d str {
    if let Some(name) = doc.names.iter().find(|n| (n.tokens.start as usize..n.tokens.end as usize).contains(&head)) {
        return doc.words(name.tokens);
    }
    let mut span: Span<Token> = Span::of(head, head + 1);
    for c in tree.children(head) {
        if matches!(doc.tokens[c].rel, Rel::Amod | Rel::Compound | Rel::Nummod | Rel::Flat | Rel::NmodPoss) {
            span = span.cover(tree.subtree(c));
        }
    }
    doc.words(span)
}
