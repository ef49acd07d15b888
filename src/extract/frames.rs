//! Matching patterns of the ontology at one trigger token.
//!
//! A [`Match`] binds heads of noun phrases to the slots of a pattern; who they are is asked later. Needs `parse` and
//! `lemma`. Refuses nothing: whether participants suffice is the business of `events`.

use super::tree::{Args, Oblique, Tree};
use crate::lexicon::ontology::{
    Argument, Complement, Filler, LemmaId, Needs, Ontology, Pattern, Predicate, Slot, Trigger, Words,
};
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};

/// Acts within acts looked into ("condemned the call for a ceasefire").
const MAX_NESTING: usize = 2;

/// Prepositional phrases looked into for more of them; a clause with more is a list.
const MAX_REACH: usize = 8;

/// Auxiliaries and verbs of obligation for `>must`.
const OBLIGATION: &[&str] = &["must", "should", "shall", "ought", "need", "have"];

/// A pattern that fits at a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// Index into `Ontology::patterns`.
    pub(super) pattern: u32,
    /// Token that triggered it.
    pub(super) trigger: u32,
    /// Last token of the words that name the act ("hold **talks**").
    pub(super) last: u32,
    /// Heads bound as source.
    pub(super) sources: Vec<u32>,
    /// Heads bound as target.
    pub(super) targets: Vec<u32>,
    /// Head of the lower clause or act, for patterns with a complement.
    pub(super) inner: Option<u32>,
    /// Nouns the pattern used up: they trigger no event of their own.
    pub(super) used: Vec<u32>,
    /// Number of arguments of the pattern that were found.
    pub(super) bound: u32,
}

impl Match {
    fn put(&mut self, slot: Slot, head: u32) {
        match slot {
            Slot::Source => self.sources.push(head),
            Slot::Target => self.targets.push(head),
            Slot::Any => {}
        }
    }
}

/// What can trigger at token `i`, by its part of speech.
pub(super) fn trigger_kind(doc: &Doc, i: usize) -> Option<Trigger> {
    match doc.tokens[i].upos {
        Upos::Verb => Some(Trigger::Verb),
        Upos::Noun | Upos::Propn => Some(Trigger::Noun),
        Upos::Adj => Some(Trigger::Adjective),
        _ => None,
    }
}

/// Every pattern that fits at `i`, the best first: the more specific, then more found arguments, then file order.
pub(super) fn matches(doc: &Doc, tree: &Tree, ontology: &Ontology, i: usize) -> Vec<Match> {
    nested(doc, tree, ontology, i, 0)
}

fn nested(doc: &Doc, tree: &Tree, ontology: &Ontology, i: usize, depth: usize) -> Vec<Match> {
    let Some(kind) = trigger_kind(doc, i) else { return Vec::new() };
    let candidates = ontology.triggered(kind, tree.lemma(i));
    if candidates.is_empty() || depth > MAX_NESTING {
        return Vec::new();
    }
    let scene = Scene::new(doc, tree, ontology, i, kind, depth);
    let mut found: Vec<(u32, Match)> = candidates
        .iter()
        .filter_map(|&p| {
            let pattern = &ontology.patterns[p as usize];
            scene.fit(pattern, p).map(|m| (pattern.specificity, m))
        })
        .collect();
    let is_last = |m: &Match| ontology.acts[ontology.patterns[m.pattern as usize].act as usize].needs == Needs::Power;
    found.sort_by_key(|(specificity, m)| {
        (is_last(m), std::cmp::Reverse(*specificity), std::cmp::Reverse(m.bound), m.pattern)
    });
    found.into_iter().map(|(_, m)| m).collect()
}

/// A trigger with its arguments laid out once for all its patterns.
struct Scene<'a> {
    doc: &'a Doc,
    tree: &'a Tree,
    ontology: &'a Ontology,
    i: usize,
    kind: Trigger,
    args: Args,
    depth: usize,
}

impl<'a> Scene<'a> {
    fn new(doc: &'a Doc, tree: &'a Tree, ontology: &'a Ontology, i: usize, kind: Trigger, depth: usize) -> Self {
        let args = match kind {
            Trigger::Verb | Trigger::Adjective => tree.args(doc, i),
            Trigger::Noun => Args { obliques: tree.noun_obliques(doc, i), ..Args::default() },
        };
        Self { doc, tree, ontology, i, kind, args, depth }
    }

    fn fit(&self, pattern: &Pattern, index: u32) -> Option<Match> {
        let mut found = Match {
            pattern: index,
            trigger: self.i as u32,
            last: self.i as u32,
            sources: Vec::new(),
            targets: Vec::new(),
            inner: None,
            used: Vec::new(),
            bound: 0,
        };
        if let Some(slot) = pattern.subject {
            self.bind_subject(slot, &mut found)?;
        }
        self.fit_predicate(&pattern.predicate, &mut found)?;
        // a bare noun is no event: somebody must take part in it
        let alone = pattern.trigger == Trigger::Noun && found.sources.is_empty() && found.targets.is_empty();
        (!alone).then_some(found)
    }

    fn fit_predicate(&self, predicate: &Predicate, found: &mut Match) -> Option<()> {
        if !self.is_word(self.i, &predicate.words) {
            return None;
        }
        if let Some(particle) = predicate.particle {
            let at = self.particle(self.i, particle)?;
            found.last = found.last.max(at as u32);
        }
        let mut taken: Vec<u32> = Vec::new();
        for argument in &predicate.arguments {
            let participant = matches!(argument.filler, Filler::Slot(Slot::Source | Slot::Target));
            if self.bind(argument, found, &mut taken) {
                found.bound += 1;
            } else if !(argument.optional || (self.kind == Trigger::Noun && participant)) {
                return None;
            }
        }
        Some(())
    }

    /// The particle of a phrasal verb, also where the parser took it for an adverb.
    fn particle(&self, verb: usize, particle: LemmaId) -> Option<usize> {
        self.tree.children(verb).find(|&c| {
            c > verb
                && self.tree.lemma(c) == particle
                && (matches!(self.doc.tokens[c].rel, Rel::CompoundPrt | Rel::Advmod)
                    || self.doc.tokens[c].xpos.as_str() == "RP")
        })
    }

    fn is_word(&self, i: usize, words: &Words) -> bool {
        if self.tree.is_one_of(i, &words.plain) {
            return true;
        }
        let modified = |(modifiers, heads): &(Vec<LemmaId>, Vec<LemmaId>)| {
            self.tree.is_one_of(i, heads)
                && self.tree.children(i).any(|c| {
                    matches!(self.doc.tokens[c].rel, Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::Nummod)
                        && self.tree.is_one_of(c, modifiers)
                })
        };
        words.modified.iter().any(modified)
            || words
                .phrasal
                .iter()
                .any(|&(verb, particle)| self.tree.lemma(i) == verb && self.particle(i, particle).is_some())
    }

    fn bind_subject(&self, slot: Slot, found: &mut Match) -> Option<()> {
        if self.kind != Trigger::Noun {
            match self.args.subject {
                Some(subject) => {
                    found.put(slot, subject);
                    found.bound += 1;
                }
                // "T fell to S" says nothing without T
                None if slot == Slot::Target => return None,
                None => {}
            }
            return Some(());
        }
        for head in self.possessors(self.i) {
            found.put(slot, head);
            found.bound += 1;
        }
        // "the delivery of howitzers to Ukraine **by France**", wherever the parser hung it
        let by = self.reach(found).into_iter().find(|o| self.has_prep(o, "by"));
        if let Some(oblique) = by {
            found.put(Slot::Source, oblique.head);
            found.bound += 1;
        }
        Some(())
    }

    /// "Russia's", "the Russian", "the police" before a noun.
    fn possessors(&self, noun: usize) -> impl Iterator<Item = u32> + '_ {
        self.tree.children(noun).filter(move |&c| c < noun).filter_map(|c| {
            let token = &self.doc.tokens[c];
            let capital = self.doc.word(c).chars().next().is_some_and(char::is_uppercase);
            let qualifies = match token.rel {
                Rel::NmodPoss => true,
                Rel::Amod => capital,
                Rel::Compound | Rel::Nmod | Rel::NmodDesc | Rel::Nummod => capital || token.upos == Upos::Noun,
                _ => false,
            };
            qualifies.then_some(c as u32)
        })
    }

    fn has_prep(&self, oblique: &Oblique, word: &str) -> bool {
        oblique.prep.is_some_and(|p| self.doc.word(p as usize).eq_ignore_ascii_case(word))
    }

    fn bind(&self, argument: &Argument, found: &mut Match, taken: &mut Vec<u32>) -> bool {
        if let Filler::Clause(kind, below) = &argument.filler
            && *kind != Complement::Noun
        {
            return self.bind_clause(*kind, below.as_deref(), &argument.preps, found);
        }
        if argument.bare {
            // the recipient of "gave Ukraine tanks" is an indirect object
            if matches!(argument.filler, Filler::Slot(Slot::Target)) && self.take(argument, Mark::Dative, found, taken)
            {
                return true;
            }
            if let Some(object) = self.args.object
                && !taken.contains(&object)
                && self.fill(&argument.filler, object, found)
            {
                taken.push(object);
                return true;
            }
        }
        !argument.preps.is_empty() && self.take(argument, Mark::Preposition, found, taken)
    }

    /// Obliques of the trigger itself and of the nouns the pattern has used ("hold talks **with T**").
    fn take(&self, argument: &Argument, mark: Mark, found: &mut Match, taken: &mut Vec<u32>) -> bool {
        let obliques = self.reach(found);
        for oblique in obliques {
            if taken.contains(&oblique.head) {
                continue;
            }
            let fits = match (mark, oblique.prep) {
                (Mark::Preposition, Some(prep)) => self.tree.is_one_of(prep as usize, &argument.preps),
                // and it may stand where a pattern says "to T"
                (Mark::Preposition, None) => argument.preps.iter().any(|p| self.tree.dative.contains(p)),
                (Mark::Dative, prep) => prep.is_none(),
            };
            if fits && self.fill(&argument.filler, oblique.head, found) {
                taken.push(oblique.head);
                return true;
            }
        }
        false
    }

    /// Prepositional phrases that may belong to the trigger, the nearest in the tree first.
    ///
    /// Parsers hang many of them on a noun in between ("accused Armenia **of war crimes**", "sent 40 million euros in
    /// aid **to Jordan**"), so those of the object and of other obliques are looked at too.
    fn reach(&self, found: &Match) -> Vec<Oblique> {
        let mut all = self.args.obliques.clone();
        let nouns = self.args.object.into_iter().chain(found.used.iter().copied());
        for noun in nouns {
            all.extend(self.tree.noun_obliques(self.doc, noun as usize));
        }
        let mut at = 0;
        while at < all.len().min(MAX_REACH) {
            all.extend(self.tree.noun_obliques(self.doc, all[at].head as usize));
            at += 1;
        }
        all
    }

    fn fill(&self, filler: &Filler, head: u32, found: &mut Match) -> bool {
        let mut conjuncts = self.tree.conjuncts(self.doc, head as usize).into_iter();
        match filler {
            Filler::Slot(slot) => {
                found.put(*slot, head);
                true
            }
            Filler::Noun { words, owner } => {
                let noun = conjuncts.find(|&c| words.as_ref().is_none_or(|w| self.is_word(c, w)));
                let Some(noun) = noun else { return false };
                if let Some(slot) = owner {
                    if self.possessors(noun).next().is_none() {
                        return false;
                    }
                    // the noun itself: whose it is, or who it is ("expelled Iranian diplomats"), is asked of `actors`;
                    // "recalled its ambassador" only repeats the subject
                    if *slot != Slot::Source || found.sources.is_empty() {
                        found.put(*slot, noun as u32);
                    }
                }
                if words.is_some() {
                    found.used.push(noun as u32);
                    found.last = found.last.max(noun as u32);
                }
                true
            }
            Filler::Clause(Complement::Noun, _) => {
                let act = conjuncts.find(|&c| {
                    trigger_kind(self.doc, c) == Some(Trigger::Noun)
                        && !nested(self.doc, self.tree, self.ontology, c, self.depth + 1).is_empty()
                });
                let Some(act) = act else { return false };
                found.inner = Some(act as u32);
                found.used.push(act as u32);
                true
            }
            Filler::Clause(..) => false,
        }
    }

    fn bind_clause(&self, kind: Complement, below: Option<&Predicate>, preps: &[LemmaId], found: &mut Match) -> bool {
        let mut hosts = vec![self.i];
        hosts.extend(found.used.iter().map(|&u| u as usize));
        hosts.extend(self.args.object.map(|o| o as usize));
        for host in hosts {
            for c in self.tree.children(host) {
                if !self.is_clause(c, kind, preps) {
                    continue;
                }
                match below {
                    None => {
                        found.inner = Some(c as u32);
                        if kind == Complement::Must
                            && let Some(subject) = self.tree.surface_subject(self.doc, c)
                        {
                            found.targets.push(subject as u32);
                        }
                        return true;
                    }
                    Some(predicate) => {
                        let scene = Scene::new(self.doc, self.tree, self.ontology, c, Trigger::Verb, self.depth);
                        let mut lower = Match { trigger: c as u32, ..found.clone() };
                        if scene.fit_predicate(predicate, &mut lower).is_some() {
                            lower.used.push(c as u32);
                            *found = Match { trigger: found.trigger, ..lower };
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    fn is_clause(&self, c: usize, kind: Complement, preps: &[LemmaId]) -> bool {
        let token = &self.doc.tokens[c];
        if !matches!(token.rel, Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Acl | Rel::Csubj) {
            return false;
        }
        let marks = || {
            let before = move |&m: &usize| m < c && matches!(self.doc.tokens[m].rel, Rel::Mark | Rel::Case);
            self.tree.children(c).filter(before)
        };
        let has_to = marks().any(|m| self.doc.tokens[m].xpos.as_str() == "TO");
        match kind {
            Complement::To => has_to && token.rel != Rel::Csubj,
            Complement::Ing => {
                token.xpos.as_str() == "VBG" && (preps.is_empty() || marks().any(|m| self.tree.is_one_of(m, preps)))
            }
            Complement::That => token.rel == Rel::Ccomp && !has_to,
            Complement::Must => {
                token.rel == Rel::Ccomp
                    && self.tree.children(c).any(|a| {
                        self.doc.tokens[a].rel == Rel::Aux
                            && OBLIGATION.contains(&self.doc.lemma(a))
                            && self.doc.tokens[a].xpos.as_str() == "MD"
                    })
            }
            Complement::Noun => false,
        }
    }
}

/// How an argument is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// By one of its prepositions.
    Preposition,
    /// As an indirect object.
    Dative,
}
