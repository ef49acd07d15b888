//! Events: from matched patterns and resolved actors to coded acts.
//!
//! For each trigger the best pattern whose participants suffice is taken; nouns and lower clauses it has used up
//! trigger nothing of their own. What the text only plans, supposes, asks or denies keeps that in `status` and
//! `polarity`. Needs everything before it.

mod coding;
mod participants;
mod told;

use super::actors::{Actor, Actors};
use super::findings::{Event, EventType, Findings, Participant, Side, Status};
use super::frames::{self, Match};
use super::status::{self, Reading};
use super::timing;
use super::tree::Tree;
use super::{EventDatePolicy, counts, places};
use crate::lexicon::ontology::{Act, Inner, Needs, Ontology, Trigger};
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};
use crate::text::{Byte, Span};

/// Confidence of a verbal trigger and of a nominal one, before participants are looked at.
const VERB: f32 = 0.9;
const NOUN: f32 = 0.75;

/// Factor for a frame of the last resort. They say less of what is acted on, and are wrong more often.
const GENERAL: f32 = 0.8;

/// Words above an act in which another act takes it up.
const MAX_ABOVE: usize = 6;

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
        let mut coded: Vec<(usize, Event)> = Vec::new();
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
                coded.push((i, self.event(s, &candidate, findings)));
            }
        }
        // "agreed that … should encourage": what another act only aims at, asks for or supposes is told by that act
        let told: Vec<usize> = coded.iter().filter(|c| c.1.status != Status::Hypothetical).map(|c| c.0).collect();
        coded.retain(|(i, event)| {
            event.status != Status::Hypothetical || !self.hangs_on(*i).any(|above| told.contains(&above))
        });
        findings.events.extend(coded.into_iter().map(|(_, event)| event));
    }

    /// The words above `i` in the tree, as far as one statement goes.
    fn hangs_on(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        std::iter::from_fn(move || {
            let token = self.doc.tokens[at];
            let head = token.head as usize;
            let ends = head == at || matches!(token.rel, Rel::Conj | Rel::Parataxis);
            at = head;
            (!ends).then_some(head)
        })
        .take(MAX_ABOVE)
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
                    Needs::Power => !sources.is_empty() && sources.iter().all(|a| self.has_power(a)),
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
        let mut date = timing.and_then(|t| t.interval);
        let is_noun = pattern.trigger == Trigger::Noun;
        if !is_noun && reading.status == Status::Past && self.is_after_publication(date) {
            // a finite verb in the past cannot be dated after the paper: the expression belongs to something else
            (timing, date) = (None, None);
        }
        let reading = if is_noun { self.in_time(reading, date) } else { reading };
        let coding = self.coding(act, candidate.inner.as_ref(), reading);
        let base = if pattern.trigger == Trigger::Noun { NOUN } else { VERB };
        let base = if act.needs == Needs::Power { base * GENERAL } else { base };
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
            date_text: timing.and_then(|t| t.words).map(|words| words.slice(self.doc.text()).to_owned()),
            event_date: self.policy.day(date, self.doc.article.published_date()),
            participants: self.cast_list(candidate),
            phrases: self.phrases(candidate),
            reciprocal: candidate.mutual,
            place: places::place_of(self.doc, self.tree, findings, i, coding.act_type),
            fatalities: counts::killed(self.doc, self.tree, i),
            injured: counts::injured(self.doc, self.tree, i),
            arrested: counts::arrested(self.doc, self.tree, i),
            confidence: base * if n == 0 { 0.5 } else { sum / n as f32 },
            rule_id: format!("{}/{}", act.id, pattern.number),
            same_as: None,
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

    /// The noun phrases of sides on which nobody known was found.
    fn phrases(&self, candidate: &Candidate) -> Vec<(Side, Span<Byte>)> {
        let sides = [
            (Side::Source, &candidate.found.sources, candidate.sources.is_empty()),
            (Side::Target, &candidate.found.targets, candidate.targets.is_empty()),
        ];
        let open = sides.into_iter().filter(|(_, _, nobody)| *nobody);
        open.flat_map(|(side, heads, _)| heads.iter().map(move |&head| (side, head)))
            .map(|(side, head)| (side, self.doc.bytes(self.tree.subtree(head as usize))))
            .collect()
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
