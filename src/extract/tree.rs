//! The dependency tree as extraction asks for it: children, conjuncts, subjects, objects, obliques.
//!
//! [`Args`] are *deep*: for a passive the subject of the text is the object here and the by-agent the subject;
//! for a relative clause the antecedent takes the gap; conjoined and controlled predicates take the subject they share.

use crate::lexicon::ontology::{LemmaId, Lemmas};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, Token};
use crate::text::Span;

/// No token.
const NONE: u32 = u32::MAX;

/// Steps a climb through governing predicates may take; deeper nesting is a parse error more often than not.
const MAX_CLIMB: usize = 8;

/// A doc's dependency trees with children lists and lemma numbers.
#[derive(Debug, Default)]
pub(super) struct Tree {
    first: Vec<u32>,
    next: Vec<u32>,
    lemma: Vec<LemmaId>,
    form: Vec<LemmaId>,
    /// Lemma numbers of the prepositions an indirect object may stand for ("gave Ukraine tanks").
    pub(super) dative: [LemmaId; 2],
}

/// A prepositional argument.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oblique {
    /// Token of its (first) preposition; for an indirect object, `None`.
    pub(super) prep: Option<u32>,
    /// Head of its noun phrase.
    pub(super) head: u32,
}

/// Deep arguments of a predicate.
#[derive(Debug, Clone, Default)]
pub(super) struct Args {
    /// Who does it.
    pub(super) subject: Option<u32>,
    /// To what it is done.
    pub(super) object: Option<u32>,
    /// Prepositional arguments and indirect objects, in text order.
    pub(super) obliques: Vec<Oblique>,
    /// The verb is passive.
    pub(super) passive: bool,
}

/// Lemma of a regularly inflected verb that the lemmatiser got wrong ("shelled" as "shel").
fn regular(form: &str, lemmas: &Lemmas) -> LemmaId {
    ["ed", "d", "ing", "es", "s"]
        .iter()
        .filter_map(|ending| form.strip_suffix(ending))
        .map(|stem| lemmas.id(stem))
        .find(|&id| id != Lemmas::UNKNOWN)
        .unwrap_or(Lemmas::UNKNOWN)
}

impl Tree {
    /// Builds the children lists of `doc`. Needs `parse` and `lemma`.
    pub(super) fn build(&mut self, doc: &Doc, lemmas: &Lemmas) {
        let n = doc.tokens.len();
        self.dative = [lemmas.id("to"), lemmas.id("for")];
        self.first.clear();
        self.first.resize(n, NONE);
        self.next.clear();
        self.next.resize(n, NONE);
        self.lemma.clear();
        self.form.clear();
        let mut lower = String::new();
        for i in 0..n {
            lower.clear();
            lower.extend(doc.word(i).chars().flat_map(char::to_lowercase));
            self.form.push(lemmas.id(&lower));
            let lemma = match lemmas.id(doc.lemma(i)) {
                Lemmas::UNKNOWN if doc.tokens[i].upos == Upos::Verb => regular(&lower, lemmas),
                known => known,
            };
            self.lemma.push(lemma);
        }
        for i in (0..n).rev() {
            let head = doc.tokens[i].head as usize;
            if head != i {
                self.next[i] = self.first[head];
                self.first[head] = i as u32;
            }
        }
    }

    /// Direct dependents of `i`, in text order.
    pub(super) fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = self.first[i];
        std::iter::from_fn(move || {
            (at != NONE).then(|| {
                let child = at as usize;
                at = self.next[child];
                child
            })
        })
    }

    /// The first dependent of `i` by `rel`.
    pub(super) fn child(&self, doc: &Doc, i: usize, rel: Rel) -> Option<usize> {
        self.children(i).find(|&c| doc.tokens[c].rel == rel)
    }

    /// Number of the lemma of token `i`.
    pub(super) fn lemma(&self, i: usize) -> LemmaId {
        self.lemma[i]
    }

    /// True when the lemma or the lower-case form of `i` is in the sorted `set`.
    pub(super) fn is_one_of(&self, i: usize, set: &[LemmaId]) -> bool {
        set.binary_search(&self.lemma[i]).is_ok()
            || (self.form[i] != Lemmas::UNKNOWN && set.binary_search(&self.form[i]).is_ok())
    }

    /// `i` and everything conjoined with it, in text order.
    pub(super) fn conjuncts(&self, doc: &Doc, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() {
            let of = all[at];
            all.extend(self.children(of).filter(|&c| doc.tokens[c].rel == Rel::Conj));
            at += 1;
        }
        all.sort_unstable();
        all
    }

    /// Tokens of the subtree of `i`, as the smallest run that covers it.
    pub(super) fn subtree(&self, i: usize) -> Span<Token> {
        let mut span: Span<Token> = Span::of(i, i + 1);
        let mut stack = vec![i];
        while let Some(at) = stack.pop() {
            span = span.cover(Span::of(at, at + 1));
            stack.extend(self.children(at));
        }
        span
    }

    /// The clause of predicate `i`: its subtree without conjoined predicates, relative clauses of others, or parataxis.
    pub(super) fn clause(&self, doc: &Doc, i: usize) -> Span<Token> {
        let mut span: Span<Token> = Span::of(i, i + 1);
        let mut stack: Vec<usize> = self
            .children(i)
            .filter(|&c| {
                let token = &doc.tokens[c];
                !matches!((token.rel, token.upos), (Rel::Conj, Upos::Verb | Upos::Aux) | (Rel::Parataxis | Rel::Cc, _))
            })
            .collect();
        while let Some(at) = stack.pop() {
            span = span.cover(Span::of(at, at + 1));
            stack.extend(self.children(at));
        }
        span
    }

    /// The (first) preposition of a noun phrase.
    pub(super) fn preposition(&self, doc: &Doc, head: usize) -> Option<usize> {
        self.children(head)
            .find(|&c| doc.tokens[c].rel == Rel::Case && c < head && !matches!(doc.tokens[c].xpos.as_str(), "POS"))
    }

    /// True when the verb is passive: an auxiliary or subject says so, or it is a bare past participle after a noun.
    pub(super) fn is_passive(&self, doc: &Doc, i: usize) -> bool {
        let marked = self
            .children(i)
            .any(|c| matches!(doc.tokens[c].rel, Rel::AuxPass | Rel::NsubjPass | Rel::CsubjPass | Rel::OblAgent));
        let participle = doc.tokens[i].xpos.as_str() == "VBN"
            && (matches!(doc.tokens[i].rel, Rel::Acl | Rel::Advcl))
            && self.child(doc, i, Rel::Aux).is_none()
            && self.child(doc, i, Rel::Obj).is_none();
        marked || participle
    }

    /// Deep arguments of the verb (or copular predicate) `i`.
    pub(super) fn args(&self, doc: &Doc, i: usize) -> Args {
        let mut args = Args { passive: self.is_passive(doc, i), ..Args::default() };
        let mut surface = None;
        let mut agent = None;
        for c in self.children(i) {
            match doc.tokens[c].rel {
                Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter => surface = surface.or(Some(c)),
                // "the tents that Austria sent": the relative pronoun stands for the tents
                Rel::Obj => {
                    let object = Self::antecedent(doc, i, c) as u32;
                    // "granted Jordan 40 million euros", with two objects, gives to the first
                    if let Some(first) = args.object.replace(object) {
                        args.obliques.push(Oblique { prep: None, head: first });
                    }
                }
                Rel::Iobj => args.obliques.push(Oblique { prep: None, head: c as u32 }),
                Rel::OblAgent => agent = Some(c),
                // "deported **at least four** migrants": no phrase of place
                Rel::Obl | Rel::Nmod if args.object.is_none() && self.is_amount(doc, c) => args.object = Some(c as u32),
                Rel::Obl | Rel::Nmod => {
                    let prep = self.preposition(doc, c);
                    if args.passive && prep.is_some_and(|p| doc.word(p).eq_ignore_ascii_case("by")) && agent.is_none() {
                        agent = Some(c);
                    } else if let Some(prep) = prep {
                        args.obliques.push(Oblique { prep: Some(prep as u32), head: c as u32 });
                    }
                }
                // "described them as terrorists"
                Rel::Xcomp | Rel::Advcl => {
                    let mark = self.children(c).find(|&m| {
                        matches!(doc.tokens[m].rel, Rel::Mark | Rel::Case) && doc.word(m).eq_ignore_ascii_case("as")
                    });
                    if let Some(prep) = mark {
                        args.obliques.push(Oblique { prep: Some(prep as u32), head: c as u32 });
                    }
                }
                _ => {}
            }
        }
        if args.passive && agent.is_none() {
            agent = self.by_phrase_below(doc, &args);
        }
        let surface = surface.map(|s| Self::antecedent(doc, i, s)).or_else(|| self.shared_subject(doc, i));
        if args.passive {
            args.subject = agent.map(|a| a as u32);
            // "was given aid": the surface subject of a ditransitive passive is the recipient
            if args.object.is_some() {
                if let Some(s) = surface {
                    args.obliques.push(Oblique { prep: None, head: s as u32 });
                }
            } else {
                args.object = surface.map(|s| s as u32);
            }
        } else {
            args.subject = surface.map(|s| s as u32);
            if args.object.is_none() {
                args.object = self.object_gap(doc, i);
            }
        }
        args
    }

    /// "At least four migrants", "up to 200 men": the preposition belongs to the number.
    fn is_amount(&self, doc: &Doc, head: usize) -> bool {
        let Some(prep) = self.preposition(doc, head) else { return false };
        let next = doc.tokens.get(prep + 1).map_or("", |_| doc.word(prep + 1));
        (doc.word(prep).eq_ignore_ascii_case("at") && matches!(next, "least" | "most"))
            || (doc.word(prep).eq_ignore_ascii_case("up") && next == "to")
    }

    /// The agent of a passive that the parser hung on a noun: "was given 40 million euros in aid **by the EU**".
    fn by_phrase_below(&self, doc: &Doc, args: &Args) -> Option<usize> {
        let mut nouns: Vec<usize> =
            args.object.into_iter().chain(args.obliques.iter().map(|o| o.head)).map(|h| h as usize).collect();
        let mut at = 0;
        while at < nouns.len().min(MAX_CLIMB) {
            for oblique in self.noun_obliques(doc, nouns[at]) {
                if oblique.prep.is_some_and(|p| doc.word(p as usize).eq_ignore_ascii_case("by")) {
                    return Some(oblique.head as usize);
                }
                nouns.push(oblique.head as usize);
            }
            at += 1;
        }
        None
    }

    /// "who", "which", "that" as subject of a relative clause stand for the noun it modifies.
    fn antecedent(doc: &Doc, verb: usize, subject: usize) -> usize {
        let relative = matches!(doc.tokens[subject].xpos.as_str(), "WDT" | "WP");
        if !relative {
            return subject;
        }
        let mut at = verb;
        for _ in 0..MAX_CLIMB {
            let token = &doc.tokens[at];
            match token.rel {
                Rel::AclRelcl => return token.head as usize,
                Rel::Conj | Rel::Xcomp | Rel::Ccomp => at = token.head as usize,
                _ => break,
            }
        }
        subject
    }

    /// The subject a verb without one of its own shares with a governing word.
    fn shared_subject(&self, doc: &Doc, verb: usize) -> Option<usize> {
        let token = &doc.tokens[verb];
        let head = token.head as usize;
        if head == verb {
            return None;
        }
        match token.rel {
            Rel::Conj if matches!(doc.tokens[head].upos, Upos::Verb | Upos::Aux | Upos::Adj) => {
                let above = self.surface_subject(doc, head)?;
                Some(above)
            }
            // object control ("urged Israel to halt") when there is an object, else subject control
            Rel::Xcomp => self.child(doc, head, Rel::Obj).or_else(|| self.child(doc, head, Rel::Iobj)).or_else(|| {
                if self.is_passive(doc, head) {
                    self.child(doc, head, Rel::NsubjPass)
                } else {
                    self.surface_subject(doc, head)
                }
            }),
            Rel::Advcl | Rel::Parataxis | Rel::Dep => self.surface_subject(doc, head),
            Rel::Acl => match token.xpos.as_str() {
                "VBG" | "VBN" => Some(head),
                // "a plan to attack": who plans; "Japan to send aid" as a headline
                _ => self.child(doc, head, Rel::NmodPoss).or_else(|| {
                    let above = doc.tokens[head].head as usize;
                    if above == head && doc.tokens[head].upos == Upos::Propn {
                        return Some(head);
                    }
                    (above != head && matches!(doc.tokens[head].rel, Rel::Obj))
                        .then(|| self.surface_subject(doc, above))
                        .flatten()
                }),
            },
            Rel::AclRelcl
                if self.child(doc, verb, Rel::Nsubj).is_none() && self.child(doc, verb, Rel::Obj).is_some() =>
            {
                Some(head)
            }
            _ => None,
        }
    }

    /// Subject as the text has it, own or shared.
    pub(super) fn surface_subject(&self, doc: &Doc, verb: usize) -> Option<usize> {
        let own = self.children(verb).find(|&c| matches!(doc.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass));
        match own {
            Some(subject) => Some(Self::antecedent(doc, verb, subject)),
            None => self.shared_subject(doc, verb),
        }
    }

    /// "the country Russia invaded", "the aid that Japan sent": the antecedent is the object of a relative clause
    /// that has a subject of its own and no object.
    fn object_gap(&self, doc: &Doc, verb: usize) -> Option<u32> {
        let token = &doc.tokens[verb];
        (token.rel == Rel::AclRelcl
            && self
                .children(verb)
                .any(|c| doc.tokens[c].rel == Rel::Nsubj && !matches!(doc.tokens[c].xpos.as_str(), "WDT" | "WP"))
            && !self.children(verb).any(|c| matches!(doc.tokens[c].rel, Rel::Ccomp | Rel::Xcomp)))
        .then_some(token.head)
    }

    /// Prepositional modifiers of the noun `i`.
    pub(super) fn noun_obliques(&self, doc: &Doc, i: usize) -> Vec<Oblique> {
        self.children(i)
            .filter(|&c| matches!(doc.tokens[c].rel, Rel::Nmod | Rel::Obl))
            .filter_map(|c| {
                let prep = self.preposition(doc, c)? as u32;
                Some(Oblique { prep: Some(prep), head: c as u32 })
            })
            .collect()
    }

    /// The predicates that govern `i`, nearest first: heads, skipping conjunction, up to the root.
    pub(super) fn governors(doc: &Doc, i: usize) -> Vec<usize> {
        let mut all = Vec::new();
        let mut at = i;
        while all.len() < MAX_CLIMB {
            let head = doc.tokens[at].head as usize;
            if head == at {
                break;
            }
            if doc.tokens[at].rel != Rel::Conj {
                all.push(head);
            }
            at = head;
        }
        all
    }
}
