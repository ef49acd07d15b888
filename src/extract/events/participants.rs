//! Who takes part in an act: bound by the pattern, shared with the clause, or carried over from the sentence before.

use super::{Coder, IMPLICIT, Lower};
use crate::extract::actors::Actor;
use crate::extract::findings::{EntityType, EventType};
use crate::extract::frames::Match;
use crate::lexicon::ontology::{Act, Trigger};
use crate::nlp::tags::{Rel, Upos};

impl Coder<'_, '_> {
    pub(super) fn participants(
        &mut self,
        found: &Match,
        act: &Act,
        kind: Trigger,
        inner: Option<&Lower>,
    ) -> (Vec<Actor>, Vec<Actor>) {
        let mut sources = self.resolve(&found.sources);
        let of_others: Vec<u32> =
            found.targets.iter().copied().filter(|&t| !self.actors.is_own(t as usize) || act.reciprocal).collect();
        let mut targets = self.resolve(&of_others);
        let trigger = found.trigger as usize;
        if targets.is_empty() && kind == Trigger::Verb {
            // "arrested a Polish journalist": the fixed object is itself somebody
            let object = self.tree.args(self.doc, trigger).object.filter(|o| found.used.contains(o));
            targets = self.resolve(object.as_slice());
            targets.retain(|t| t.hit.is_some());
            drop_repeats(&sources, &mut targets);
        }
        if targets.is_empty()
            && let Some(lower) = inner
        {
            targets = self.targets_through(act.event_type, lower, &sources);
        }
        if targets.is_empty()
            && let (None, Some(clause)) = (inner, found.inner)
            && let Some(subject) = self.tree.surface_subject(self.doc, clause as usize)
        {
            // "demanded that Turkey extradite him": the lower subject is addressed
            targets = self.resolve(&[subject as u32]);
        }
        if sources.is_empty() && kind == Trigger::Noun {
            sources = self.implied_source(trigger, &targets);
        }
        drop_repeats(&sources, &mut targets);
        let between = found.targets.len() == 1 && targets.len() > 1;
        if kind == Trigger::Noun && sources.is_empty() && act.reciprocal && !targets.is_empty() && !between {
            sources = self.discourse_subject(trigger, &targets);
        }
        if kind == Trigger::Noun && sources.is_empty() && act.reciprocal && targets.len() > 1 {
            std::mem::swap(&mut sources, &mut targets);
        }
        (sources, targets)
    }

    /// Whom a communicative act addresses when it names nobody: the doer of the act it asks for or condemns, or the
    /// one to whom what is promised, threatened or refused would be done.
    pub(super) fn targets_through(&mut self, outer: EventType, lower: &Lower, sources: &[Actor]) -> Vec<Actor> {
        let (first, second) = match outer {
            EventType::Request => (&lower.sources, &lower.targets),
            EventType::Accuse | EventType::Support => (&lower.sources, &Vec::new()),
            _ => (&lower.targets, &Vec::new()),
        };
        for heads in [first, second] {
            let mut found = self.resolve(heads);
            drop_repeats(sources, &mut found);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    pub(super) fn resolve(&mut self, heads: &[u32]) -> Vec<Actor> {
        let mut all: Vec<Actor> = Vec::new();
        for &head in heads {
            for actor in self.actors.resolve_all(head as usize) {
                if !self.actors.is_political(&actor) {
                    continue;
                }
                if !all.iter().any(|a| a.entity == actor.entity) {
                    all.push(actor);
                }
            }
        }
        all
    }

    /// Who does a nominal act that names no doer: the subject of the clause that carries it, or of one above.
    ///
    /// "**Yoon** concluded a summit that included **meetings with** …": up through objects, relative clauses and
    /// obliques to the first subject that is an actor, but never out of reported speech.
    pub(super) fn implied_source(&mut self, trigger: usize, targets: &[Actor]) -> Vec<Actor> {
        let mut at = trigger;
        for step in 0..6 {
            let token = self.doc.tokens[at];
            let head = token.head as usize;
            if head == at || matches!(token.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Ccomp | Rel::Parataxis | Rel::Appos)
            {
                return Vec::new();
            }
            if matches!(self.doc.tokens[head].upos, Upos::Verb | Upos::Aux)
                && let Some(subject) = self.tree.args(self.doc, head).subject
            {
                let mut found = self.actors.resolve_all(subject as usize);
                found.retain(|a| self.actors.is_political(a) && !targets.iter().any(|t| t.entity == a.entity));
                if !found.is_empty() {
                    let carried = step == 0 && matches!(token.rel, Rel::Obj | Rel::Obl);
                    for actor in &mut found {
                        actor.implicit = !carried;
                        if !carried {
                            actor.confidence *= IMPLICIT;
                        }
                    }
                    return found;
                }
            }
            at = head;
        }
        Vec::new()
    }

    /// "A meeting **with Kishida** showed …" after "Yoon …": who the sentence before was about, in the same block.
    pub(super) fn discourse_subject(&mut self, trigger: usize, targets: &[Actor]) -> Vec<Actor> {
        let here = self.doc.sentence_of(trigger);
        let Some(before) = here.checked_sub(1) else { return Vec::new() };
        let sentence = self.doc.sentences[before];
        if sentence.block != self.doc.sentences[here].block {
            return Vec::new();
        }
        let root = sentence.tokens.range().find(|&t| self.doc.is_root(t));
        let Some(subject) = root.and_then(|r| self.tree.surface_subject(self.doc, r)) else { return Vec::new() };
        let mut found = self.actors.resolve(subject, 0);
        // only people are carried over like this: "North Korea was mentioned. Talks with Seoul …" says nothing of who talks
        let is_person = |a: &Actor| self.actors.cast.entities[a.entity as usize].entity_type == EntityType::Person;
        found.retain(|a| is_person(a) && !targets.iter().any(|t| t.entity == a.entity));
        for actor in &mut found {
            actor.implicit = true;
            actor.confidence *= IMPLICIT;
        }
        found
    }
}

/// Nobody is both sides of one act.
pub(super) fn drop_repeats(sources: &[Actor], targets: &mut Vec<Actor>) {
    targets.retain(|t| !sources.iter().any(|s| s.entity == t.entity));
}
