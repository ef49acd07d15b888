//! Whether an act has happened, goes on, is planned or only supposed, and whether the text asserts or denies it.
//!
//! Read off the verb group of the predicate and the predicates that govern it: tense, aspect, modals, negation,
//! conditionals, infinitives, questions. Needs `parse` and `lemma`. Questions, capabilities, aims, conditionals
//! and denials never become past events.

use super::findings::{Polarity, Status};
use super::tree::Tree;
use crate::article::BlockKind;
use crate::lexicon::ontology::{Governs, Ontology};
use crate::nlp::Doc;
use crate::nlp::tags::{Rel, Upos};

/// Governing words looked at above a predicate; more than this is never one verb group.
const MAX_DEPTH: usize = 6;

/// Verbs that carry a nominal act without adding to it: the status of "held talks", "launched an attack" is theirs.
const SUPPORT_VERBS: &[&str] = &[
    "hold",
    "have",
    "launch",
    "conduct",
    "carry",
    "stage",
    "mount",
    "make",
    "take",
    "give",
    "pay",
    "begin",
    "start",
    "open",
    "lead",
    "attend",
    "host",
    "join",
    "continue",
    "resume",
    "include",
    "conclude",
    "finish",
    "complete",
    "see",
    "undergo",
    "face",
    "issue",
    "sign",
    "impose",
    "perform",
    "undertake",
    "organise",
    "organize",
    "deliver",
    "receive",
    "suffer",
    "commit",
    "witness",
    "experience",
    "preside",
    "participate",
    "engage",
];

/// Modifiers that make a nominal act planned.
const FUTURE_ADJECTIVES: &[&str] =
    &["future", "planned", "upcoming", "forthcoming", "scheduled", "next", "proposed", "coming", "impending"];

/// Modifiers that make a nominal act only supposed.
const POSSIBLE_ADJECTIVES: &[&str] =
    &["possible", "potential", "likely", "hypothetical", "alleged", "rumoured", "rumored", "attempted", "imminent"];

/// Verbs whose complement they deny.
const DENIALS: &[&str] = &["deny", "refute", "disprove"];

/// Verbs that report what somebody announces.
const REPORTS: &[&str] =
    &["say", "tell", "announce", "declare", "confirm", "state", "add", "promise", "vow", "pledge", "report", "reveal"];

/// Subordinators of conditions.
const CONDITIONALS: &[&str] = &["if", "unless", "whether", "lest", "should"];

/// What was read off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// Status of the act.
    pub(super) status: Status,
    /// Asserted or denied.
    pub(super) polarity: Polarity,
}

impl Reading {
    const PAST: Self = Self { status: Status::Past, polarity: Polarity::Affirmative };

    fn with(self, status: Status) -> Self {
        Self { status, ..self }
    }

    fn denied(self) -> Self {
        Self { polarity: Polarity::Negative, ..self }
    }
}

/// Reads status and polarity of the act that `i` triggers, in the sentence of kind `block`.
pub(super) fn read(doc: &Doc, tree: &Tree, ontology: &Ontology, i: usize, block: BlockKind) -> Reading {
    let reader = Reader { doc, tree, ontology, block };
    reader.at(i, 0)
}

/// True when token `i` stands in a question, which reports nothing.
pub(super) fn is_question(doc: &Doc, i: usize) -> bool {
    let sentence = doc.sentences[doc.sentence_of(i)];
    let last = sentence.tokens.end as usize - 1;
    let from = last.saturating_sub(2).max(sentence.tokens.start as usize);
    (from..=last).any(|t| doc.word(t) == "?")
}

struct Reader<'a> {
    doc: &'a Doc,
    tree: &'a Tree,
    ontology: &'a Ontology,
    block: BlockKind,
}

impl Reader<'_> {
    fn at(&self, i: usize, depth: usize) -> Reading {
        if depth > MAX_DEPTH {
            return Reading::PAST;
        }
        match self.doc.tokens[i].upos {
            Upos::Noun | Upos::Propn if self.tree.child(self.doc, i, Rel::Cop).is_none() => self.noun(i, depth),
            _ => self.verb(i, depth),
        }
    }

    fn lower(&self, i: usize) -> String {
        self.doc.word(i).to_lowercase()
    }

    fn is_negated(&self, i: usize) -> bool {
        self.tree.children(i).any(|c| {
            // "no longer cooperates"
            let no_longer = c > 0 && self.lower(c) == "longer" && self.lower(c - 1) == "no";
            no_longer
                || matches!(
                    self.doc.tokens[c].rel,
                    Rel::Advmod | Rel::Det | Rel::Cc | Rel::CcPreconj | Rel::Mark | Rel::Case
                ) && matches!(
                    self.lower(c).as_str(),
                    "not" | "n't" | "n’t" | "never" | "no" | "neither" | "without" | "nor"
                )
        })
    }

    fn verb(&self, i: usize, depth: usize) -> Reading {
        let mut reading = self.verb_group(i, depth);
        if self.is_negated(i) {
            reading = reading.denied();
        }
        // "made no concessions", "nobody attacked"
        let empty = |c: usize| {
            matches!(self.doc.tokens[c].rel, Rel::Obj | Rel::Nsubj | Rel::NsubjPass)
                && (self.is_negated(c) || matches!(self.lower(c).as_str(), "nobody" | "none" | "nothing"))
        };
        if self.tree.children(i).any(empty) {
            reading = reading.denied();
        }
        // "denied that its troops had attacked"
        let head = self.doc.tokens[i].head as usize;
        if self.doc.tokens[i].rel == Rel::Ccomp && DENIALS.contains(&self.doc.lemma(head)) {
            reading = reading.denied();
        }
        if self.is_conditional(i) {
            reading = reading.with(Status::Hypothetical);
        }
        reading
    }

    /// "said it **would** send": the future of a past report is a plan; elsewhere "would" only supposes.
    fn would(&self, i: usize) -> Status {
        let token = &self.doc.tokens[i];
        let reported = token.rel == Rel::Ccomp && REPORTS.contains(&self.doc.lemma(token.head as usize))
            || self
                .tree
                .children(i)
                .any(|c| self.doc.tokens[c].rel == Rel::Parataxis && REPORTS.contains(&self.doc.lemma(c)));
        if reported { Status::Planned } else { Status::Hypothetical }
    }

    fn verb_group(&self, i: usize, depth: usize) -> Reading {
        let mut has = false;
        let mut be_present = false;
        let mut be_past = false;
        let mut modal: Option<Status> = None;
        let mut infinitive = false;
        for c in self.tree.children(i) {
            let token = &self.doc.tokens[c];
            match token.rel {
                Rel::Aux | Rel::AuxPass | Rel::Cop => match self.lower(c).as_str() {
                    "will" | "'ll" | "’ll" | "shall" | "wo" => modal = Some(Status::Planned),
                    "would" => modal = Some(self.would(i)),
                    "'d" | "’d" | "could" | "can" | "may" | "might" | "should" | "must" | "ca" | "ought" => {
                        if token.xpos.as_str() == "MD" {
                            modal = Some(Status::Hypothetical);
                        } else {
                            has = true;
                        }
                    }
                    "have" | "has" | "had" | "'ve" | "’ve" => has = true,
                    "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" | "'m" => be_present = true,
                    "was" | "were" => be_past = true,
                    _ => {}
                },
                Rel::Mark if token.xpos.as_str() == "TO" || self.lower(c) == "to" => infinitive = true,
                _ => {}
            }
        }
        let own = match self.doc.tokens[i].xpos.as_str() {
            _ if infinitive => return self.infinitive(i, be_present || be_past, depth),
            _ if modal.is_some() => return Reading::PAST.with(modal.unwrap_or(Status::Planned)),
            _ if has || be_past => Status::Past,
            "VBD" => Status::Past,
            "VBG" if be_present => Status::Ongoing,
            "VBN" if be_present => Status::Past,
            "VBZ" | "VBP" if self.block == BlockKind::Title => Status::Past,
            "VBZ" | "VBP" => Status::Ongoing,
            "VBG" | "VBN" | "VB" => return self.dependent(i, depth),
            _ if be_present => Status::Ongoing,
            _ => Status::Past,
        };
        Reading::PAST.with(own)
    }

    /// Participles, gerunds and bare infinitives live on what governs them.
    fn dependent(&self, i: usize, depth: usize) -> Reading {
        let token = &self.doc.tokens[i];
        let head = token.head as usize;
        if head == i {
            return Reading::PAST;
        }
        match token.rel {
            Rel::Conj => {
                // "will visit and meet", "did not meet or call"
                self.at(head, depth + 1)
            }
            Rel::Xcomp | Rel::Ccomp | Rel::Csubj | Rel::Obj => self.governed(head, depth),
            Rel::Advcl if token.xpos.as_str() == "VBG" => {
                let marked = self.tree.children(i).find(|&c| matches!(self.doc.tokens[c].rel, Rel::Mark | Rel::Case));
                match marked.map(|m| self.lower(m)).as_deref() {
                    Some("for" | "after" | "by" | "since" | "while" | "when") | None => Reading::PAST,
                    Some("without" | "instead") => Reading::PAST.denied(),
                    Some(_) => Reading::PAST.with(Status::Hypothetical),
                }
            }
            // "for attacking", "of attacking" after a noun that governs ("plan of attacking")
            Rel::Acl if token.xpos.as_str() == "VBG" => self.noun_governs(head).unwrap_or(Reading::PAST),
            _ => Reading::PAST,
        }
    }

    /// "plans **to** attack", "is **to** visit", "agreed **to** send", "in order **to** help", "a plan **to** send".
    fn infinitive(&self, i: usize, _copula: bool, depth: usize) -> Reading {
        let token = &self.doc.tokens[i];
        let head = token.head as usize;
        if head == i {
            // "is to visit" and headlines ("Biden to visit Kyiv")
            return Reading::PAST.with(Status::Planned);
        }
        match token.rel {
            Rel::Xcomp | Rel::Ccomp => self.governed(head, depth),
            Rel::Acl => self.noun_governs(head).unwrap_or(Reading::PAST.with(Status::Planned)),
            Rel::Conj => self.at(head, depth + 1),
            // "will visit Poland to hold a summit" plans both; "flew to Kyiv to offer aid" only aims at the second
            Rel::Advcl if self.at(head, depth + 1).status == Status::Planned => Reading::PAST.with(Status::Planned),
            Rel::Csubj | Rel::Advcl => Reading::PAST.with(Status::Hypothetical),
            _ => Reading::PAST.with(Status::Planned),
        }
    }

    /// Status of something that `head` governs.
    fn governed(&self, head: usize, depth: usize) -> Reading {
        let above = self.at(head, depth + 1);
        if DENIALS.contains(&self.doc.lemma(head)) {
            return above.denied();
        }
        // "is going to deliver", but "goes to meet"
        if self.doc.lemma(head) == "go" && self.doc.tokens[head].xpos.as_str() == "VBG" {
            return Reading { status: Status::Planned, polarity: above.polarity };
        }
        match self.ontology.governs(self.tree.lemma(head)) {
            Some(Governs::Status(status)) => Reading { status, polarity: above.polarity },
            Some(Governs::Negative) => match above.polarity {
                Polarity::Affirmative => above.denied(),
                Polarity::Negative => Reading { polarity: Polarity::Affirmative, ..above },
            },
            Some(Governs::Actual) => above,
            None => match self.doc.tokens[head].upos {
                Upos::Adj => Reading::PAST.with(Status::Hypothetical),
                _ if SUPPORT_VERBS.contains(&self.doc.lemma(head)) => above,
                _ => above.with(Status::Hypothetical),
            },
        }
    }

    /// What a noun such as "plan", "failure", "threat" does to the clause or act it governs.
    fn noun_governs(&self, noun: usize) -> Option<Reading> {
        match self.ontology.governs(self.tree.lemma(noun))? {
            Governs::Status(status) => Some(Reading::PAST.with(status)),
            Governs::Negative => Some(Reading::PAST.denied()),
            Governs::Actual => None,
        }
    }

    fn is_conditional(&self, i: usize) -> bool {
        let mut at = i;
        for _ in 0..MAX_DEPTH {
            let conditional = self
                .tree
                .children(at)
                .any(|c| self.doc.tokens[c].rel == Rel::Mark && CONDITIONALS.contains(&self.lower(c).as_str()));
            if conditional {
                return true;
            }
            let token = &self.doc.tokens[at];
            if !matches!(token.rel, Rel::Conj | Rel::Xcomp | Rel::Obj | Rel::Obl) || token.head as usize == at {
                return false;
            }
            at = token.head as usize;
        }
        false
    }

    fn noun(&self, i: usize, depth: usize) -> Reading {
        let mut reading = Reading::PAST;
        for c in self.tree.children(i) {
            let token = &self.doc.tokens[c];
            if matches!(token.rel, Rel::Amod | Rel::Compound | Rel::NmodUnmarked | Rel::OblUnmarked) {
                let word = self.lower(c);
                if FUTURE_ADJECTIVES.contains(&word.as_str()) {
                    reading = reading.with(Status::Planned);
                } else if POSSIBLE_ADJECTIVES.contains(&word.as_str()) {
                    reading = reading.with(Status::Hypothetical);
                }
            }
        }
        if self.is_negated(i) {
            reading = reading.denied();
        }
        if reading != Reading::PAST {
            return reading;
        }
        self.noun_in_clause(i, depth)
    }

    /// A nominal act takes status from the verb that carries it, or from the noun it hangs on.
    fn noun_in_clause(&self, i: usize, depth: usize) -> Reading {
        let token = &self.doc.tokens[i];
        let head = token.head as usize;
        if head == i {
            return Reading::PAST;
        }
        match token.rel {
            Rel::Conj => self.noun_in_clause(head, depth + 1),
            Rel::Obj | Rel::NsubjPass => {
                let lemma = self.tree.lemma(head);
                if self.ontology.governs(lemma).is_some() || SUPPORT_VERBS.contains(&self.doc.lemma(head)) {
                    self.governed(head, depth)
                } else {
                    Reading::PAST
                }
            }
            Rel::Nsubj => {
                let above = self.at(head, depth + 1);
                let happens = matches!(
                    self.doc.lemma(head),
                    "occur" | "happen" | "take" | "begin" | "start" | "continue" | "come" | "follow" | "resume" | "end"
                );
                // "dialogue with Seoul will help": an act without a determiner is not one that took place
                let definite =
                    self.tree.children(i).any(|c| matches!(self.doc.tokens[c].rel, Rel::Det | Rel::NmodPoss));
                if happens {
                    above
                } else if !definite && matches!(above.status, Status::Planned | Status::Hypothetical) {
                    Reading::PAST.with(Status::Hypothetical)
                } else {
                    Reading::PAST
                }
            }
            Rel::Nmod | Rel::Obl => {
                let governed = match self.doc.tokens[head].upos {
                    Upos::Noun => self.noun_governs(head),
                    _ => None,
                };
                let prep = self.tree.preposition(self.doc, i).map(|p| self.lower(p));
                match (governed, prep.as_deref()) {
                    (Some(reading), _) => reading,
                    (None, Some("without")) => Reading::PAST.denied(),
                    // "called for talks", "planned for a visit": the verb governs through its preposition
                    (None, Some("for" | "to" | "on" | "about" | "in" | "at")) => {
                        match self.ontology.governs(self.tree.lemma(head)) {
                            Some(Governs::Status(_) | Governs::Negative) => self.governed(head, depth),
                            _ if SUPPORT_VERBS.contains(&self.doc.lemma(head)) => self.at(head, depth + 1),
                            _ => Reading::PAST,
                        }
                    }
                    _ => Reading::PAST,
                }
            }
            _ => Reading::PAST,
        }
    }
}
