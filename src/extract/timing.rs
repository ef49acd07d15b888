//! When an act took place.
//!
//! In this order: the expression that modifies the act's own predicate; that of a predicate above it in the same
//! clause chain; the only expression of its clause; a bound or a day that another event of the article gives
//! ("just before the summit"); in a paragraph told in the past tense, the day of the sentence before; in the first
//! sentence of a report with a dateline, the day of publication or the day before. What happened before something
//! ("after the presidents had met") takes no day from it, only a bound. A date inside a noun phrase ("the 2022
//! strategic concept") dates that noun only, and the date of a saying ("said on Monday that …") not what is said.
//! Needs `parse` and the expressions of time.

use super::findings::{DateBasis, Interval, Precision, TimeExpr, TimeKind};
use super::tree::Tree;
use crate::article::BlockKind;
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, Token};
use crate::text::{Byte, Span};
use jiff::civil::Date;

/// Predicates above the trigger that may lend their date.
const MAX_CLIMB: usize = 6;

/// Tokens a dateline may take.
const DATELINE: usize = 14;

/// Verbs that say of a nominal act that it takes place: their day is its day.
const CARRIES: &[&str] = &[
    "hold",
    "have",
    "make",
    "take",
    "launch",
    "conduct",
    "carry",
    "stage",
    "begin",
    "start",
    "open",
    "resume",
    "end",
    "conclude",
    "sign",
    "give",
    "send",
    "mount",
    "pay",
    "wage",
    "host",
    "attend",
    "deliver",
    "issue",
    "convene",
    "complete",
    "finish",
    "kick",
    "organise",
    "organize",
    "lead",
    "chair",
    "join",
    "impose",
    "undertake",
    "commit",
    "perform",
    "execute",
    "engage",
    "reach",
    "strike",
    "announce",
    "declare",
    "offer",
    "extend",
    "lodge",
    "file",
    "submit",
    "do",
    "suffer",
    "see",
    "witness",
    "arrive",
    "leave",
    "depart",
    "wrap",
    "participate",
    "meet",
];

/// Verbs that say of an act that it is part of another.
const INCLUDES: &[&str] = &["include", "feature", "involve", "comprise", "contain"];

/// A day or days for an act, with the words that give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Timing {
    /// The days.
    pub(super) interval: Option<Interval>,
    /// The words they come from; none where the narrative gives them.
    pub(super) words: Option<Span<Byte>>,
}

/// How an act's time follows from an expression that dates something above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The same days.
    Same,
    /// Not after them: the act stands in a clause with "after".
    NotAfter,
    /// Not before them: the act stands in a clause with "before".
    NotBefore,
}

/// When the act triggered at `i` of sentence `s` took place.
pub(super) fn of(doc: &Doc, tree: &Tree, i: usize, s: usize, times: &[TimeExpr]) -> Option<Timing> {
    let here = in_sentence(times, s);
    let timer = Timer { doc, tree, times };
    timer
        .bound_by_expression(i, s, here)
        .or_else(|| timer.only_one_in_clause(i, here))
        .or_else(|| timer.by_other_event(i, s))
        .or_else(|| timer.by_narrative(i, s, here))
}

/// The expressions of a sentence; they are in text order.
fn in_sentence(times: &[TimeExpr], s: usize) -> &[TimeExpr] {
    let first = times.partition_point(|t| (t.sentence as usize) < s);
    let end = times.partition_point(|t| t.sentence as usize <= s);
    &times[first..end]
}

struct Timer<'a> {
    doc: &'a Doc,
    tree: &'a Tree,
    times: &'a [TimeExpr],
}

impl Timer<'_> {
    /// The nearest expression that modifies the act or a predicate above it.
    fn bound_by_expression(&self, i: usize, s: usize, here: &[TimeExpr]) -> Option<Timing> {
        if here.is_empty() {
            return None;
        }
        let chain = self.chain(i);
        let dateline = dateline_end(self.doc, self.doc.sentences[s].tokens);
        let mut best: Option<(usize, &TimeExpr, Bound)> = None;
        for time in here.iter().filter(|t| dates(t) && dateline.is_none_or(|end| t.span.start >= end)) {
            let Some(anchor) = self.modified(s, time) else { continue };
            let token = self.doc.tokens[anchor];
            let own = anchor == i || (token.head as usize == i && token.upos == Upos::Noun && token.rel != Rel::Nsubj);
            let found = if own {
                Some((0, Bound::Same))
            } else {
                chain.iter().enumerate().find(|(_, (c, _))| *c == anchor).map(|(rank, (_, bound))| (rank + 1, *bound))
            };
            if let Some((rank, bound)) = found
                && best.is_none_or(|(r, ..)| rank < r)
            {
                best = Some((rank, time, bound));
            }
        }
        let (_, time, bound) = best?;
        Some(Timing { interval: time.interval.and_then(|t| bounded(t, bound)), words: Some(time.span) })
    }

    /// The predicates above `i`, nearest first, as far as one story goes, and what their time says of `i`.
    fn chain(&self, i: usize) -> Vec<(usize, Bound)> {
        let mut all = Vec::new();
        let mut at = i;
        let mut bound = Bound::Same;
        while all.len() < MAX_CLIMB {
            let token = self.doc.tokens[at];
            let head = token.head as usize;
            if head == at {
                break;
            }
            match self.step(at, head) {
                Some(Bound::Same) => {}
                Some(other) if bound == Bound::Same => bound = other,
                _ => break,
            }
            all.push((head, bound));
            at = head;
        }
        all
    }

    /// What the time of `head` says of the time of `at` below it; nothing where another story begins.
    fn step(&self, at: usize, head: usize) -> Option<Bound> {
        let token = self.doc.tokens[at];
        let above = self.doc.tokens[head];
        match token.rel {
            // "a summit on Wednesday that included meetings"
            Rel::AclRelcl if INCLUDES.contains(&self.doc.lemma(at)) => Some(Bound::Same),
            Rel::Ccomp | Rel::Parataxis | Rel::AclRelcl | Rel::AdvclRelcl => None,
            Rel::Advcl | Rel::Acl => self.clause_step(at, head),
            // "talks on the war": what nouns of nouns are about is another time
            Rel::Nmod | Rel::Obl | Rel::NmodUnmarked => {
                let Some(prep) = self.tree.preposition(self.doc, at) else { return Some(Bound::Same) };
                match self.doc.word(prep).to_ascii_lowercase().as_str() {
                    "after" | "following" | "since" => Some(Bound::NotAfter),
                    "before" | "ahead" | "until" => Some(Bound::NotBefore),
                    "in" | "at" | "during" | "with" | "for" | "through" | "by" | "amid" | "as" | "on" | "to" | "of" => {
                        (above.upos == Upos::Verb || token.rel == Rel::Nmod).then_some(Bound::Same)
                    }
                    _ => None,
                }
            }
            Rel::Obj | Rel::NsubjPass if is_nominal(token.upos) && above.upos == Upos::Verb => {
                let verb = self.doc.lemma(head);
                (CARRIES.contains(&verb) || INCLUDES.contains(&verb)).then_some(Bound::Same)
            }
            // "condemned X on Monday and met Y": one subject, one day; with subjects of their own, two stories
            Rel::Conj => {
                let own = self.tree.children(at).any(|c| matches!(self.doc.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass));
                let perfect = self.is_past_perfect(at) && !self.is_past_perfect(head);
                (!own && !perfect).then_some(Bound::Same)
            }
            _ => Some(Bound::Same),
        }
    }

    /// A subordinate clause: its conjunction orders it before or after the clause above.
    fn clause_step(&self, at: usize, head: usize) -> Option<Bound> {
        let mark = self
            .tree
            .children(at)
            .find(|&c| matches!(self.doc.tokens[c].rel, Rel::Mark | Rel::Case) && c < at)
            .map(|c| self.doc.word(c).to_ascii_lowercase());
        let participle = self.doc.tokens[at].xpos.as_str() == "VBG";
        match mark.as_deref() {
            Some("after" | "once" | "since") => Some(Bound::NotAfter),
            Some("before" | "until" | "till") => Some(Bound::NotBefore),
            Some("when" | "while" | "as") => (!self.is_past_perfect(at)).then_some(Bound::Same),
            Some("to" | "by" | "in") => Some(Bound::Same),
            // "visited on Monday, meeting with the premier"; but "having met" comes before
            None if participle && self.doc.tokens[at].rel == Rel::Advcl => {
                let having = self.tree.children(at).any(|c| self.doc.lemma(c) == "have");
                Some(if having { Bound::NotAfter } else { Bound::Same })
            }
            None if self.doc.tokens[at].rel == Rel::Advcl && self.doc.tokens[head].upos == Upos::Verb => {
                let finite = self.tree.children(at).any(|c| self.doc.tokens[c].rel == Rel::Nsubj);
                (!finite).then_some(Bound::Same)
            }
            // "an agreement to withdraw on Monday" reads either way
            _ => None,
        }
    }

    fn is_past_perfect(&self, i: usize) -> bool {
        self.tree
            .children(i)
            .any(|c| self.doc.tokens[c].rel == Rel::Aux && matches!(self.doc.word(c), "had" | "Had" | "'d" | "’d"))
    }

    /// Where attachment says nothing: the one expression of the sentence, if it stands in the act's own clause and
    /// no reporting verb or noun claims it.
    fn only_one_in_clause(&self, i: usize, here: &[TimeExpr]) -> Option<Timing> {
        let mut dating = here.iter().filter(|t| dates(t));
        let time = dating.next()?;
        if dating.next().is_some() || self.is_past_perfect(i) {
            return None;
        }
        let anchor = self.modified(time.sentence as usize, time)?;
        let clause = self.tree.clause(self.doc, i);
        let verbal = matches!(self.doc.tokens[i].upos, Upos::Verb | Upos::Aux);
        // between the expression and the act no other clause may begin
        let direct = self.chain(anchor).iter().take_while(|(_, b)| *b == Bound::Same).any(|(c, _)| *c == i);
        (verbal && direct && clause.holds(anchor as u32) && self.doc.bytes(clause).contains(time.span))
            .then_some(Timing { interval: time.interval, words: Some(time.span) })
    }

    /// "Just before the summit": the bound that another event of the article gives, if its day is told.
    fn by_other_event(&self, i: usize, s: usize) -> Option<Timing> {
        let verb = if matches!(self.doc.tokens[i].upos, Upos::Verb | Upos::Aux) {
            i
        } else {
            self.chain(i).first().filter(|(_, b)| *b == Bound::Same)?.0
        };
        self.tree.children(verb).find_map(|c| {
            let token = self.doc.tokens[c];
            if token.rel != Rel::Obl || token.upos != Upos::Noun {
                return None;
            }
            let prep = self.tree.preposition(self.doc, c)?;
            let bound = match self.doc.word(prep).to_ascii_lowercase().as_str() {
                "before" | "ahead" => Bound::NotAfter,
                "after" | "following" => Bound::NotBefore,
                "during" | "at" => Bound::Same,
                _ => return None,
            };
            let day = day_of_event(self.doc, self.tree, c, s, self.times)?;
            let interval = Interval { basis: DateBasis::RelativeToEvent, ..bounded(day, bound)? };
            Some(Timing { interval: Some(interval), words: Some(self.doc.bytes(Span::of(prep, c + 1))) })
        })
    }

    /// What the telling gives where the sentence says nothing of time.
    fn by_narrative(&self, i: usize, s: usize, here: &[TimeExpr]) -> Option<Timing> {
        let verb = self.main_verb(i)?;
        let dateline = dateline_end(self.doc, self.doc.sentences[s].tokens);
        let told = |t: &&TimeExpr| dateline.is_none_or(|end| t.span.start >= end);
        if here.iter().filter(told).any(|t| dates(t) || t.kind == TimeKind::Reference) || !self.tells_past(verb) {
            return None;
        }
        let sentence = self.doc.sentences[s];
        let inferred = |interval: Interval| Timing {
            interval: Some(Interval { basis: DateBasis::Inferred, ..interval }),
            words: None,
        };
        if let Some(before) = s.checked_sub(1).filter(|&b| self.doc.sentences[b].block == sentence.block) {
            return self.day_of_sentence(before).map(inferred);
        }
        self.is_lead(s).then(|| self.doc.article.published_date()).flatten().and_then(|published| {
            let start = published.yesterday().ok()?;
            Some(inferred(Interval {
                start: Some(start),
                end: Some(published),
                precision: Precision::Day,
                basis: DateBasis::Inferred,
            }))
        })
    }

    /// The finite verb of the main clause, if the act is told in it.
    fn main_verb(&self, i: usize) -> Option<usize> {
        let mut at = i;
        for (head, bound) in self.chain(i) {
            if bound != Bound::Same {
                return None;
            }
            at = head;
        }
        (self.doc.is_root(at) && self.doc.tokens[at].upos == Upos::Verb).then_some(at)
    }

    /// Simple past, active or passive.
    fn tells_past(&self, verb: usize) -> bool {
        let auxiliaries =
            self.tree.children(verb).filter(|&c| matches!(self.doc.tokens[c].rel, Rel::Aux | Rel::AuxPass));
        let mut was = false;
        for c in auxiliaries {
            if self.doc.tokens[c].rel == Rel::Aux || !matches!(self.doc.word(c), "was" | "were") {
                return false;
            }
            was = true;
        }
        was || self.doc.tokens[verb].xpos.as_str() == "VBD"
    }

    /// The one day that the main verb of a sentence in the past tense is dated to.
    fn day_of_sentence(&self, s: usize) -> Option<Interval> {
        let tokens = self.doc.sentences[s].tokens;
        let root = tokens.range().find(|&t| self.doc.is_root(t) && self.doc.tokens[t].upos == Upos::Verb)?;
        if !self.tells_past(root) {
            return None;
        }
        let mut dating = in_sentence(self.times, s).iter().filter(|t| dates(t));
        let time = dating.next()?;
        let day = time.interval.filter(|t| t.precision == Precision::Day && t.start == t.end)?;
        (dating.next().is_none() && self.modified(s, time) == Some(root)).then_some(day)
    }

    /// The first sentence of a report that opens with its dateline.
    fn is_lead(&self, s: usize) -> bool {
        let first = self.doc.sentences.iter().position(|x| x.kind == BlockKind::Paragraph);
        let wired = self.doc.article.blocks.iter().any(|b| b.kind == BlockKind::Dateline)
            || dateline_end(self.doc, self.doc.sentences[s].tokens).is_some();
        wired && first == Some(s)
    }

    /// The token that an expression modifies.
    fn modified(&self, s: usize, time: &TimeExpr) -> Option<usize> {
        modified(self.doc, self.tree, s, time)
    }
}

/// Where the dateline that a sentence opens with ends: `MADRID, April 3 -`, `LONDON (Reuters) –`.
fn dateline_end(doc: &Doc, sentence: Span<Token>) -> Option<u32> {
    let first = doc.word(sentence.range().next()?);
    if first.len() < 3 || !first.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let dash = sentence.range().take(DATELINE).find(|&t| matches!(doc.word(t), "-" | "--" | "–" | "—"))?;
    // "US-led", "COVID-19" are no datelines
    let before = doc.tokens[dash.checked_sub(1)?];
    before.space_after.then(|| doc.tokens[dash].span.end)
}

/// Does it say when? Lengths and repetitions do not, nor do moments that no calendar knows.
const fn dates(time: &TimeExpr) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time) || time.interval.is_some()
}

const fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn)
}

/// The days of what stands in this order to something with the days `of`.
fn bounded(of: Interval, bound: Bound) -> Option<Interval> {
    let open = |start: Option<Date>, end: Option<Date>| {
        (start.is_some() || end.is_some()).then_some(Interval {
            start,
            end,
            precision: Precision::Open,
            basis: DateBasis::RelativeToEvent,
        })
    };
    match bound {
        Bound::Same => Some(of),
        Bound::NotAfter => open(None, of.end),
        Bound::NotBefore => open(of.start, None),
    }
}

/// The days of the event that the noun at `noun` names, where the article tells them of the same noun elsewhere.
pub(super) fn day_of_event(doc: &Doc, tree: &Tree, noun: usize, s: usize, times: &[TimeExpr]) -> Option<Interval> {
    let lemma = doc.lemma(noun);
    times.iter().find_map(|time| {
        let interval = time.interval.filter(|t| t.start.is_some() && t.end.is_some())?;
        let at = time.sentence as usize;
        let anchor = modified(doc, tree, at, time)?;
        if at == s {
            return None;
        }
        let same = |t: usize| t != noun && is_nominal(doc.tokens[t].upos) && doc.lemma(t).eq_ignore_ascii_case(lemma);
        let carried = || {
            CARRIES.contains(&doc.lemma(anchor))
                && tree
                    .children(anchor)
                    .any(|c| same(c) && matches!(doc.tokens[c].rel, Rel::Obj | Rel::Nsubj | Rel::NsubjPass))
        };
        (same(anchor) || carried()).then_some(interval)
    })
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
    if let Some(verb) = fronted(doc, sentence, time).or_else(|| before_verb(doc, sentence, time, head)) {
        return Some(verb);
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

/// "On Monday Finland condemned …", "The next day Togo recalled …": what opens a sentence before a noun phrase of its
/// own dates the main verb, also where the parser takes the two for one name.
fn fronted(doc: &Doc, sentence: Span<Token>, time: &TimeExpr) -> Option<usize> {
    let first = sentence.range().find(|&t| doc.tokens[t].span.start >= time.span.start)?;
    let next = sentence.range().find(|&t| doc.tokens[t].span.start >= time.span.end)?;
    let led = (sentence.start as usize..first).all(|t| doc.tokens[t].upos == Upos::Adp);
    let opens = matches!(doc.tokens[next].upos, Upos::Propn | Upos::Det | Upos::Pron);
    if !led || !opens {
        return None;
    }
    sentence.range().find(|&t| doc.is_root(t) && doc.tokens[t].upos == Upos::Verb && t > next)
}

/// "The senator on Sunday night accused …": between a subject and its verb an expression dates the verb.
fn before_verb(doc: &Doc, sentence: Span<Token>, time: &TimeExpr, head: usize) -> Option<usize> {
    let next = sentence.range().find(|&t| doc.tokens[t].span.start >= time.span.end)?;
    let subject = doc.tokens[head];
    let verb = subject.head as usize;
    let plain = matches!(doc.tokens[next].upos, Upos::Verb | Upos::Aux | Upos::Adv);
    (matches!(subject.rel, Rel::Nsubj | Rel::NsubjPass)
        && matches!(subject.upos, Upos::Propn | Upos::Pron | Upos::Noun)
        && plain
        && doc.tokens[verb].upos == Upos::Verb
        && verb >= next
        && verb <= next + 2)
        .then_some(verb)
}
