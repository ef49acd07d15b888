//! Events: from matched patterns and resolved actors to coded acts.
//!
//! For each trigger the best pattern whose participants suffice is taken; nouns and lower clauses it has used up
//! trigger nothing of their own. What the text only plans, supposes, asks or denies keeps that in `status` and
//! `polarity`. Needs everything before it.

use super::actors::{Actor, Actors};
use super::findings::{EntityType, Event, EventType, Findings, Interval, Participant, Side, Status};
use super::frames::{self, Match};
use super::status::{self, Reading};
use super::timing;
use super::tree::Tree;
use super::{EventDatePolicy, counts};
use crate::lexicon::ontology::{Act, Inner, Needs, Ontology, Trigger};
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};
use crate::text::{Byte, Span};

/// Confidence of a verbal trigger and of a nominal one, before participants are looked at.
const VERB: f32 = 0.9;
const NOUN: f32 = 0.75;

/// Factor for a participant that is not in the event's own clause.
const IMPLICIT: f32 = 0.75;

/// Verbs whose clause complement is reported, not asserted by the paper.
const SPEECH: &[&str] = &[
    "say",
    "tell",
    "report",
    "announce",
    "claim",
    "state",
    "add",
    "confirm",
    "declare",
    "note",
    "reveal",
    "allege",
    "believe",
    "think",
    "insist",
    "explain",
    "acknowledge",
    "write",
    "quote",
    "estimate",
    "argue",
    "assert",
    "admit",
    "deny",
    "suggest",
    "warn",
];

/// Codes the events of one article.
pub(super) struct Coder<'a, 'l> {
    /// The analysed article.
    pub(super) doc: &'a Doc,
    /// Its trees.
    pub(super) tree: &'a Tree,
    /// The rules.
    pub(super) ontology: &'a Ontology,
    /// Who is who.
    pub(super) actors: Actors<'a, 'l>,
    /// How `event_date` is chosen.
    pub(super) policy: EventDatePolicy,
}

/// A match with everything that decides whether it becomes a row.
struct Candidate {
    found: Match,
    sources: Vec<Actor>,
    targets: Vec<Actor>,
    inner: Option<Lower>,
    /// Done by each to the other.
    mutual: bool,
}

/// What a row says the act is.
struct Coding {
    event_type: EventType,
    act_type: EventType,
    mode: Option<String>,
    cameo: Option<String>,
    reading: Reading,
}

/// The act that a communicative act is about.
struct Lower {
    event_type: EventType,
    cameo: Option<String>,
    negated: bool,
    sources: Vec<u32>,
    targets: Vec<u32>,
}

impl Coder<'_, '_> {
    /// Appends the events of the article to `findings`, in text order of their triggers.
    pub(super) fn run(&mut self, findings: &mut Findings) {
        for s in 0..self.doc.sentences.len() {
            if self.doc.sentences[s].kind.may_report() {
                self.sentence(s, findings);
            }
        }
        findings.events.sort_by_key(|e| (e.trigger.start, e.trigger.end));
        link_stories(&mut findings.events);
    }

    fn sentence(&mut self, s: usize, findings: &mut Findings) {
        let tokens = self.doc.sentences[s].tokens;
        let mut used = vec![false; tokens.len()];
        let first = tokens.start as usize;
        // verbs before nouns: "hold talks" uses up "talks"
        for kind in [Trigger::Verb, Trigger::Adjective, Trigger::Noun] {
            for i in tokens.range() {
                let asked = status::is_question(self.doc, i);
                if asked || used[i - first] || frames::trigger_kind(self.doc, i) != Some(kind) {
                    continue;
                }
                let Some(candidate) = self.candidate(i, kind) else { continue };
                used[i - first] = true;
                for &noun in &candidate.found.used {
                    used[noun as usize - first] = true;
                }
                if let Some(inner) = candidate.found.inner {
                    self.use_up(inner as usize, first, &mut used);
                }
                let event = self.event(s, &candidate, findings);
                findings.events.push(event);
            }
        }
    }

    /// The lower clause of a communicative act reports nothing by itself, nor do the nouns its own pattern uses.
    fn use_up(&self, inner: usize, first: usize, used: &mut [bool]) {
        for verb in self.tree.conjuncts(self.doc, inner) {
            used[verb - first] = true;
            for m in frames::matches(self.doc, self.tree, self.ontology, verb).iter().take(1) {
                for &noun in &m.used {
                    used[noun as usize - first] = true;
                }
            }
            for c in self.tree.children(verb) {
                if matches!(self.doc.tokens[c].rel, Rel::Obj | Rel::Obl | Rel::Xcomp) {
                    used[c - first] = true;
                }
            }
        }
    }

    fn candidate(&mut self, i: usize, kind: Trigger) -> Option<Candidate> {
        for found in frames::matches(self.doc, self.tree, self.ontology, i) {
            let act = &self.ontology.acts[self.ontology.patterns[found.pattern as usize].act as usize];
            if self.is_vetoed(act, i) {
                continue;
            }
            let inner = found.inner.and_then(|inner| self.lower(inner as usize));
            if !inner_fits(act.inner, inner.as_ref().map(|i| i.event_type)) {
                continue;
            }
            let (sources, targets) = self.participants(&found, act, kind, inner.as_ref());
            let mutual = act.reciprocal || self.is_each_other(&found);
            let known = sources.iter().chain(&targets).any(|a| self.actors.is_placed(a));
            let alone = !known || (mutual && sources.len() + targets.len() < 2);
            let enough = !alone
                && match act.needs {
                    Needs::Source => !sources.is_empty(),
                    Needs::Target => !targets.is_empty(),
                    Needs::Both => {
                        let other = !targets.is_empty() || (mutual && sources.len() > 1);
                        !sources.is_empty() && (other || self.judges_a_thing(act, &found, &sources))
                    }
                    Needs::Either => !sources.is_empty() || !targets.is_empty(),
                };
            if enough {
                return Some(Candidate { found, sources, targets, inner, mutual });
            }
        }
        None
    }

    /// "Berlin condemned **the coup**", "Kyiv welcomed **the step**": a state's word on a thing is an act without a target.
    fn judges_a_thing(&self, act: &Act, found: &Match, sources: &[Actor]) -> bool {
        let judges = matches!(act.event_type, EventType::Accuse | EventType::Support | EventType::Reject);
        let speaks = |a: &Actor| {
            let rules = a.sector.is_none_or(|s| matches!(s.as_str(), "GOV" | "LEG" | "MIL" | "REB" | "OPP" | "IGO"));
            rules && self.actors.is_placed(a)
        };
        judges && !found.targets.is_empty() && sources.iter().all(speaks)
    }

    /// "praised each other", "accused one another".
    fn is_each_other(&self, found: &Match) -> bool {
        found.targets.iter().any(|&t| {
            let t = t as usize;
            t > 0 && matches!((self.doc.word(t - 1), self.doc.word(t)), ("each", "other") | ("one", "another"))
                || matches!(
                    (self.doc.word(t), self.doc.tokens.get(t + 1).map_or("", |_| self.doc.word(t + 1))),
                    ("each", "other") | ("one", "another")
                )
        })
    }

    fn is_vetoed(&self, act: &Act, i: usize) -> bool {
        if act.vetoes.is_empty() {
            return false;
        }
        let sentence = self.doc.sentences[self.doc.sentence_of(i)];
        act.vetoes.iter().any(|&veto| {
            let lemmas = &self.ontology.vetoes[veto];
            sentence.tokens.range().any(|t| t != i && self.tree.is_one_of(t, lemmas))
        })
    }

    /// The best act at the head of a lower clause, whoever takes part in it; through its object ("hold talks") and
    /// through "begin to", "plan to" as well.
    fn lower(&self, inner: usize) -> Option<Lower> {
        let negated = self
            .tree
            .children(inner)
            .any(|c| matches!(self.doc.tokens[c].rel, Rel::Advmod) && self.doc.lemma(c).eq_ignore_ascii_case("not"));
        let mut at = inner;
        for _ in 0..3 {
            let object = self.tree.child(self.doc, at, Rel::Obj);
            for token in std::iter::once(at).chain(object) {
                let found = frames::matches(self.doc, self.tree, self.ontology, token);
                if let Some(m) = found.first() {
                    let act = &self.ontology.acts[self.ontology.patterns[m.pattern as usize].act as usize];
                    let fuller = |of: fn(&Match) -> &Vec<u32>| {
                        found.iter().map(of).find(|heads| !heads.is_empty()).cloned().unwrap_or_default()
                    };
                    return Some(Lower {
                        event_type: act.event_type,
                        cameo: act.cameo.clone(),
                        negated,
                        sources: fuller(|m| &m.sources),
                        targets: fuller(|m| &m.targets),
                    });
                }
            }
            at = self.tree.child(self.doc, at, Rel::Xcomp)?;
        }
        None
    }

    fn participants(
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
    fn targets_through(&mut self, outer: EventType, lower: &Lower, sources: &[Actor]) -> Vec<Actor> {
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

    fn resolve(&mut self, heads: &[u32]) -> Vec<Actor> {
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
    fn implied_source(&mut self, trigger: usize, targets: &[Actor]) -> Vec<Actor> {
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
    fn discourse_subject(&mut self, trigger: usize, targets: &[Actor]) -> Vec<Actor> {
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

    fn event(&mut self, s: usize, candidate: &Candidate, findings: &Findings) -> Event {
        let found = &candidate.found;
        let pattern = &self.ontology.patterns[found.pattern as usize];
        let act = &self.ontology.acts[pattern.act as usize];
        let i = found.trigger as usize;
        let kind = self.doc.sentences[s].kind;
        let reading = status::read(self.doc, self.tree, self.ontology, i, kind);
        let scores = self.ontology.scores();
        let evidence = self.evidence(i, found);
        let timing = timing::of(self.doc, self.tree, i, s, &findings.times);
        let mut timing = timing;
        let mut date = timing.and_then(|t| findings.times[t].interval);
        let is_noun = pattern.trigger == Trigger::Noun;
        if !is_noun && reading.status == Status::Past && self.is_after_publication(date) {
            // a finite verb in the past cannot be dated after the paper: the expression belongs to something else
            (timing, date) = (None, None);
        }
        let reading = if is_noun { self.in_time(reading, date) } else { reading };
        let coding = self.coding(act, candidate.inner.as_ref(), reading);
        let base = if pattern.trigger == Trigger::Noun { NOUN } else { VERB };
        let all = candidate.sources.iter().chain(&candidate.targets);
        let (sum, n) = all.fold((0.0, 0), |(sum, n), a| (sum + a.confidence, n + 1));
        Event {
            sentence: s as u32,
            trigger: self.trigger_span(found),
            evidence,
            event_type: coding.event_type,
            act_type: coding.act_type,
            goldstein: coding.cameo.as_deref().and_then(|c| scores.goldstein(c)),
            plover_score: scores
                .plover(coding.event_type, coding.mode.as_deref())
                .or_else(|| scores.plover(coding.event_type, None)),
            quad_class: coding.event_type.quad_class(),
            mode: coding.mode,
            contexts: act.contexts.clone(),
            cameo: coding.cameo,
            status: coding.reading.status,
            polarity: coding.reading.polarity,
            attributed_to: self.attribution(i),
            date,
            date_text: timing.map(|t| findings.times[t].span.slice(self.doc.text()).to_owned()),
            event_date: self.policy.day(date, self.doc.article.published_date()),
            participants: self.cast_list(candidate),
            reciprocal: candidate.mutual,
            place: self.place(i, findings),
            fatalities: counts::killed(self.doc, self.tree, i),
            injured: counts::injured(self.doc, self.tree, i),
            arrested: counts::arrested(self.doc, self.tree, i),
            confidence: base * if n == 0 { 0.5 } else { sum / n as f32 },
            rule_id: format!("{}/{}", act.id, pattern.number),
            same_as: None,
        }
    }

    /// "Modi's visit to Australia next week": what is dated after publication has not happened.
    fn in_time(&self, reading: Reading, date: Option<Interval>) -> Reading {
        if self.is_after_publication(date) && reading.status == Status::Past {
            Reading { status: Status::Planned, ..reading }
        } else {
            reading
        }
    }

    fn is_after_publication(&self, date: Option<Interval>) -> bool {
        matches!((date.and_then(|d| d.start), self.doc.article.published_date()), (Some(start), Some(day)) if start > day)
    }

    /// Type, mode and code of an act in the light of its status and of the act it is about.
    fn coding(&self, act: &Act, inner: Option<&Lower>, reading: Reading) -> Coding {
        let plain = Coding {
            event_type: act.event_type,
            act_type: act.event_type,
            mode: act.mode.clone(),
            cameo: act.cameo.clone(),
            reading,
        };
        let outer = (act.event_type, act.cameo.as_deref());
        if let Some(lower) = inner {
            let rule = self.ontology.inner(outer, (lower.event_type, lower.cameo.as_deref()), lower.negated);
            let Some(rule) = rule else { return plain };
            let event_type = rule.event_type.unwrap_or(act.event_type);
            let promised = matches!(event_type, EventType::Agree | EventType::Concede)
                && matches!(lower.event_type.quad_class(), Some(1 | 2))
                && lower.event_type != EventType::Agree;
            let mut coding = Coding {
                event_type,
                act_type: event_type,
                mode: rule.mode.clone(),
                cameo: rule.cameo.clone().or(plain.cameo),
                reading,
            };
            if promised {
                // what is agreed is an act of its own, still to come
                coding.act_type = lower.event_type;
                coding.event_type = under_plover(lower.event_type, Status::Planned);
                if reading.status == Status::Past || reading.status == Status::Ongoing {
                    coding.reading.status = Status::Planned;
                }
            }
            return coding;
        }
        let event_type = under_plover(act.event_type, reading.status);
        if event_type == act.event_type {
            return plain;
        }
        // an announced act of cooperation is read as an agreement to it
        let rule = self.ontology.inner((event_type, None), outer, false);
        Coding {
            event_type,
            act_type: act.event_type,
            mode: rule.and_then(|r| r.mode.clone()).or(plain.mode),
            cameo: rule.and_then(|r| r.cameo.clone()).or(plain.cameo),
            reading,
        }
    }

    fn trigger_span(&self, found: &Match) -> Span<Byte> {
        let i = found.trigger as usize;
        let last = found.last as usize;
        if last > i && last - i <= 6 { self.doc.bytes(Span::of(i, last + 1)) } else { self.doc.tokens[i].span }
    }

    /// The clause that reports the act: of the verb, or of the verb that carries the noun.
    fn evidence(&self, i: usize, found: &Match) -> Span<Byte> {
        let mut clause = self.tree.clause(self.doc, i);
        if self.doc.tokens[i].upos != Upos::Verb
            && let Some(verb) = Tree::governors(self.doc, i)
                .into_iter()
                .find(|&g| matches!(self.doc.tokens[g].upos, Upos::Verb | Upos::Aux))
        {
            clause = clause.cover(self.tree.clause(self.doc, verb));
        }
        for &head in found.sources.iter().chain(&found.targets) {
            clause = clause.cover(self.tree.subtree(head as usize));
        }
        let s = self.doc.sentences[self.doc.sentence_of(i)].tokens;
        let mut clause = Span::new(clause.start.max(s.start), clause.end.min(s.end));
        while clause.len() > 1 && self.doc.tokens[clause.start as usize].upos == Upos::Punct {
            let opens = matches!(self.doc.word(clause.start as usize), "\"" | "“" | "‘" | "(" | "'" | "[");
            if opens {
                break;
            }
            clause.start += 1;
        }
        self.doc.bytes(clause)
    }

    fn cast_list(&self, candidate: &Candidate) -> Vec<Participant> {
        let side = |side: Side, actor: &Actor| Participant {
            side,
            entity: Some(actor.entity),
            mention: actor.hit,
            name: self.actors.cast.entities[actor.entity as usize].name.clone(),
            country: actor.country,
            sector: actor.sector,
            implicit: actor.implicit,
            confidence: actor.confidence,
        };
        let sources = candidate.sources.iter().map(|a| side(Side::Source, a));
        sources.chain(candidate.targets.iter().map(|a| side(Side::Target, a))).collect()
    }

    /// "X said Y had attacked Z", "according to X": who is quoted.
    fn attribution(&mut self, i: usize) -> Option<String> {
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

    fn name_of(&mut self, head: usize) -> String {
        match self.actors.resolve(head, 0).first() {
            Some(actor) => self.actors.cast.entities[actor.entity as usize].name.clone(),
            None => self.doc.word(head).to_owned(),
        }
    }

    /// "in Yemen" within the clause: the first place that a locative phrase names, of the act or of the verb above it.
    fn place(&self, i: usize, findings: &Findings) -> Option<u32> {
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

fn inner_fits(wanted: Option<Inner>, inner: Option<EventType>) -> bool {
    match wanted {
        None => true,
        Some(Inner::Any) => inner.is_some(),
        Some(Inner::None) => inner.is_none(),
        Some(Inner::Conflict) => inner.is_some_and(EventType::is_conflict),
        Some(Inner::Cooperation) => inner.is_some_and(|t| matches!(t.quad_class(), Some(1 | 2))),
    }
}

/// PLOVER codes cooperation announced for the future as AGREE, and an announced retreat as CONCEDE.
fn under_plover(act: EventType, status: Status) -> EventType {
    match (act, status) {
        (EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid, Status::Planned) => {
            EventType::Agree
        }
        (EventType::Retreat, Status::Planned) => EventType::Concede,
        _ => act,
    }
}

/// Nobody is both sides of one act.
fn drop_repeats(sources: &[Actor], targets: &mut Vec<Actor>) {
    targets.retain(|t| !sources.iter().any(|s| s.entity == t.entity));
}

/// Links events of one article that tell the same act of the same parties on the same day.
fn link_stories(events: &mut [Event]) {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let event = &mut rest[0];
        let same = before.iter().position(|other| {
            other.act_type == event.act_type
                && other.polarity == event.polarity
                && (other.event_date == event.event_date || other.event_date.is_none() || event.event_date.is_none())
                && parties(other) == parties(event)
        });
        event.same_as = same.map(|first| before[first].same_as.unwrap_or(first as u32));
    }
}

fn parties(event: &Event) -> Vec<(Option<crate::lexicon::Country>, Option<crate::lexicon::Sector>)> {
    let mut all: Vec<_> = event.participants.iter().map(|p| (p.country, p.sector)).collect();
    all.sort_unstable();
    all
}
