//! Who takes part in an act: bound by the pattern, shared with the clause, or carried over from the sentence before.

use super::{Coder, IMPLICIT, Lower};
use crate::extract::actors::Actor;
use crate::extract::findings::{EntityType, EventType};
use crate::extract::frames::Match;
use crate::extract::tree::Oblique;
use crate::lexicon::Sector;
use crate::lexicon::ontology::{Act, Trigger};
use crate::nlp::tags::{Rel, Upos};

/// Sectors that act for a state, rule, fight or represent.
const POWERS: [&str; 14] =
    ["GOV", "MIL", "COP", "JUD", "LEG", "REB", "SPY", "UAF", "PTY", "OPP", "SEP", "INS", "IGO", "ELI"];

/// Sectors that are of the country that is spoken of: not armies, rebels or smugglers.
fn is_local(sector: Sector) -> bool {
    const ABROAD: [&str; 9] = ["MIL", "REB", "UAF", "CRM", "SPY", "IGO", "NGO", "SEP", "INS"];
    !ABROAD.contains(&sector.as_str())
}

/// Prepositions that lead to whom an act is done.
const TOWARDS: [&str; 14] = [
    "against", "on", "upon", "at", "toward", "towards", "over", "with", "from", "to", "among", "between", "into", "for",
];

/// The same within the noun phrase of an object.
const WITHIN: [&str; 14] =
    ["of", "with", "against", "from", "to", "for", "between", "among", "by", "on", "into", "in", "near", "at"];

/// Nouns whose phrases are looked into.
const NEARBY: usize = 4;

/// Factor for a participant that no pattern names.
const NEAR: f32 = 0.8;

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
        if targets.is_empty() && kind == Trigger::Verb && !act.reciprocal {
            targets = self.target_nearby(found, &sources);
        }
        let between = found.targets.len() == 1 && targets.len() > 1;
        if kind == Trigger::Noun && sources.is_empty() && act.reciprocal && !targets.is_empty() && !between {
            sources = self.discourse_subject(trigger, &targets);
        }
        if kind == Trigger::Noun && sources.is_empty() && act.reciprocal && targets.len() > 1 {
            std::mem::swap(&mut sources, &mut targets);
        }
        self.place_locals(trigger, act.event_type, &mut sources, &mut targets);
        (sources, targets)
    }

    /// People and bodies of a country that the sentence names only elsewhere: "students staged marches throughout
    /// **Indonesia**", "**Nicaragua's** government closed the newspaper". Armed men are left alone: whose they are is
    /// what such sentences do not say; and so is everybody where two countries are named.
    fn place_locals(&mut self, trigger: usize, act: EventType, sources: &mut [Actor], targets: &mut [Actor]) {
        let Some(country) = self.actors.only_country(trigger) else { return };
        let at_home = sources.iter().all(|s| s.country.is_none_or(|c| c == country) && s.sector.is_some_and(is_local));
        if act == EventType::Assault || !at_home {
            return;
        }
        // "The inspectors requested access to Iran": the country that is acted on is not that of who acts; of whom
        // protesters act on it mostly is.
        let named_as_target = targets.iter().any(|t| t.country.is_some());
        let movable = if named_as_target && act != EventType::Protest { &mut [] } else { sources };
        for actor in movable.iter_mut().chain(targets) {
            if !self.is_of_a_country(actor)
                && actor.sector.is_some_and(is_local)
                && let Some(placed) = self.actors.placed_in(actor, country)
            {
                *actor = placed;
            }
        }
    }

    /// True for whoever can do political acts of any kind: a state, an official or armed body, a party, an organisation
    /// of states.
    pub(super) fn has_power(&self, actor: &Actor) -> bool {
        let entity = &self.actors.cast.entities[actor.entity as usize];
        match actor.sector {
            Some(sector) => POWERS.contains(&sector.as_str()),
            None => entity.entity_type == EntityType::Country || entity.plover_country.is_some(),
        }
    }

    /// Whom an act is done to whose pattern binds nobody: somebody with a country in a phrase of the verb ("closed its
    /// border **to Kenyan traders**"), or in the noun phrase of its object ("shelled positions **of the Kurdish
    /// army**", "rejected an appeal **from Niger**").
    fn target_nearby(&mut self, found: &Match, sources: &[Actor]) -> Vec<Actor> {
        let trigger = found.trigger as usize;
        let args = self.tree.args(self.doc, trigger);
        let led_by = |coder: &Self, oblique: &Oblique, preps: &[&str]| {
            oblique.prep.is_some_and(|p| preps.contains(&coder.doc.word(p as usize).to_ascii_lowercase().as_str()))
        };
        let mut heads: Vec<u32> = args.obliques.iter().filter(|o| led_by(self, o, &TOWARDS)).map(|o| o.head).collect();
        let mut nouns: Vec<u32> = args.object.into_iter().chain(found.used.iter().copied()).collect();
        heads.extend(&nouns);
        let mut at = 0;
        while at < nouns.len().min(NEARBY) {
            let below = self.tree.noun_obliques(self.doc, nouns[at] as usize);
            let below: Vec<u32> = below.iter().filter(|o| led_by(self, o, &WITHIN)).map(|o| o.head).collect();
            heads.extend(&below);
            nouns.extend(&below);
            at += 1;
        }
        for head in heads {
            let mut near = self.resolve(&[head]);
            drop_repeats(sources, &mut near);
            near.retain(|a| {
                self.is_of_a_country(a) && !sources.iter().any(|s| s.country.is_some() && s.country == a.country)
            });
            if !near.is_empty() {
                for actor in &mut near {
                    actor.confidence *= NEAR;
                }
                return near;
            }
        }
        Vec::new()
    }

    fn is_of_a_country(&self, actor: &Actor) -> bool {
        actor.country.is_some() || self.actors.cast.entities[actor.entity as usize].plover_country.is_some()
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
