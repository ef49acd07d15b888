//! One pattern of an act, as people write it: `S hold|have talks|meeting with T`.
//!
//! The grammar is described in `data/README.md`. Lemmas are interned by [`Lemmas`], so that matching compares numbers.

use rustc_hash::FxHashMap;

/// Number of an interned lemma; [`Lemmas::UNKNOWN`] stands for every lemma no pattern mentions.
pub type LemmaId = u32;

/// The lemmas that patterns mention.
#[derive(Debug, Default, Clone)]
pub struct Lemmas {
    ids: FxHashMap<String, LemmaId>,
}

impl Lemmas {
    /// A lemma no pattern mentions.
    pub const UNKNOWN: LemmaId = 0;

    /// Number of a lemma, new or known.
    pub(super) fn intern(&mut self, lemma: &str) -> LemmaId {
        let next = self.ids.len() as LemmaId + 1;
        *self.ids.entry(lemma.to_owned()).or_insert(next)
    }

    /// Number of a lemma, [`Lemmas::UNKNOWN`] when no pattern mentions it.
    pub fn id(&self, lemma: &str) -> LemmaId {
        self.ids.get(lemma).copied().unwrap_or(Self::UNKNOWN)
    }
}

/// What part of speech triggers a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trigger {
    /// A verb: `S attack T`.
    Verb,
    /// A noun: `n: S's invasion of T`.
    Noun,
    /// An adjective with a copula: `a: S ready >to`.
    Adjective,
}

/// Whose place an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Source.
    Source,
    /// Target.
    Target,
    /// Somebody or something that must be there, without a part in the event.
    Any,
}

/// A clause or act that depends on the trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complement {
    /// `>to`: infinitive.
    To,
    /// `>ing`: gerund.
    Ing,
    /// `>that`: finite clause.
    That,
    /// `>must`: finite clause with "must", "should" or "have to".
    Must,
    /// `>n`: a noun that is itself an act ("called for a **ceasefire**").
    Noun,
}

/// Lemmas that may stand in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Single lemmas (sorted).
    pub plain: Vec<LemmaId>,
    /// `military_aid`: heads with a modifier before them (both sorted).
    pub modified: Vec<(Vec<LemmaId>, Vec<LemmaId>)>,
    /// `hand+over`: verbs with a particle.
    pub phrasal: Vec<(LemmaId, LemmaId)>,
}

impl Words {
    /// Every lemma that may head one of them, for the index of triggers.
    pub fn heads(&self) -> impl Iterator<Item = LemmaId> + '_ {
        let modified = self.modified.iter().flat_map(|(_, heads)| heads.iter().copied());
        self.plain.iter().copied().chain(modified).chain(self.phrasal.iter().map(|(verb, _)| *verb))
    }

    /// Number of entries, each modifier counted with each head.
    pub fn count(&self) -> usize {
        let modified: usize = self.modified.iter().map(|(m, h)| m.len() * h.len()).sum();
        self.plain.len() + modified + self.phrasal.len()
    }
}

/// What an argument must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filler {
    /// A participant, or anything.
    Slot(Slot),
    /// A noun with one of these words; any noun, if none are given. `owner` is its possessor: `T's plan`.
    Noun {
        /// The words.
        words: Option<Words>,
        /// Slot of the possessor.
        owner: Option<Slot>,
    },
    /// A clause or act, and what must be said in it: `>to rewrite constitution`.
    Clause(Complement, Option<Box<Predicate>>),
}

/// An argument of the trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Prepositions, any of which marks it (sorted); empty for a direct object or a bare complement.
    pub preps: Vec<LemmaId>,
    /// What it must be.
    pub filler: Filler,
    /// The preposition may be missing: `S meet (with) T`.
    pub bare: bool,
    /// It may be missing.
    pub optional: bool,
}

/// A trigger and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// Words of the trigger.
    pub words: Words,
    /// Particle of a phrasal verb.
    pub particle: Option<LemmaId>,
    /// Everything after the trigger.
    pub arguments: Vec<Argument>,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Index of its act.
    pub act: u32,
    /// Its number within the act, from 1.
    pub number: u32,
    /// What triggers it.
    pub trigger: Trigger,
    /// Slot of the subject (verbs, adjectives) or of the possessor (nouns).
    pub subject: Option<Slot>,
    /// The trigger itself and what follows.
    pub predicate: Predicate,
    /// Number of fixed parts: the more, the better a match.
    pub specificity: u32,
}

/// Sets of the file and the lemmas seen so far: what reading a pattern needs.
pub(super) struct Reader<'a> {
    pub(super) sets: &'a FxHashMap<String, Vec<String>>,
    pub(super) lemmas: &'a mut Lemmas,
}

impl Reader<'_> {
    /// Reads one pattern.
    ///
    /// # Errors
    /// A sentence that says which part cannot be read.
    pub(super) fn pattern(&mut self, text: &str) -> Result<Pattern, String> {
        let (trigger, rest) = match text.split_once(": ") {
            Some(("n", rest)) => (Trigger::Noun, rest),
            Some(("a", rest)) => (Trigger::Adjective, rest),
            Some((other, _)) => return Err(format!("unknown kind of pattern {other:?}")),
            None => (Trigger::Verb, text),
        };
        let words: Vec<&str> = rest.split_whitespace().collect();
        let subject = words.first().and_then(|w| slot(possessor(w).unwrap_or(w)));
        let words = if subject.is_some() { &words[1..] } else { &words[..] };
        let predicate = self.predicate(words)?;
        let specificity = specificity(&predicate);
        Ok(Pattern { act: 0, number: 0, trigger, subject, predicate, specificity })
    }

    fn predicate(&mut self, words: &[&str]) -> Result<Predicate, String> {
        let (head, mut rest) = words.split_first().ok_or("no trigger")?;
        let (head, particle) = match head.split_once('+') {
            Some((verb, particle)) if !head.contains('|') => (verb, Some(self.lemmas.intern(particle))),
            _ => (*head, None),
        };
        let trigger = self.words(head)?;
        let mut arguments = Vec::new();
        while !rest.is_empty() {
            let (argument, used) = self.argument(rest)?;
            arguments.push(argument);
            rest = &rest[used..];
        }
        Ok(Predicate { words: trigger, particle, arguments })
    }

    /// Reads the argument at the front of `words`; returns how many of them it took.
    fn argument(&mut self, words: &[&str]) -> Result<(Argument, usize), String> {
        let mut at = 0;
        let mut optional = false;
        let mut bare = true;
        let mut preps: Vec<LemmaId> = Vec::new();
        let mut owner = None;
        loop {
            let Some(raw) = words.get(at) else { return Err(format!("nothing follows {:?}", words.join(" "))) };
            at += 1;
            optional |= raw.starts_with('(');
            let closes = raw.ends_with(')');
            let word = raw.trim_start_matches('(').trim_end_matches(')');
            if let Some(name) = possessor(word) {
                owner = Some(slot(name).ok_or_else(|| format!("unknown possessor {word:?}"))?);
                continue;
            }
            if preps.is_empty() && owner.is_none() && is_preposition(word) {
                preps = word.split('|').map(|p| self.lemmas.intern(p)).collect();
                preps.sort_unstable();
                // "(with) T": only the preposition may be missing
                bare = optional && closes;
                optional = optional && !closes;
                continue;
            }
            let filler = match (slot(word), owner) {
                (Some(slot), None) => Filler::Slot(slot),
                (Some(_), Some(_)) => Filler::Noun { words: None, owner },
                (None, _) if word.starts_with('>') => {
                    let kind = complement(word)?;
                    let below = &words[at..];
                    // "S agree to|on >ing" ends here; "S promise >to rewrite constitution" goes on below
                    let says_more =
                        below.first().is_some_and(|w| slot(w).is_none() && !is_preposition(w) && !w.starts_with('('));
                    let below = if says_more {
                        at = words.len();
                        Some(Box::new(self.predicate(below)?))
                    } else {
                        None
                    };
                    Filler::Clause(kind, below)
                }
                (None, _) => Filler::Noun { words: Some(self.words(word)?), owner },
            };
            return Ok((Argument { preps, filler, bare, optional }, at));
        }
    }

    /// Reads `a|b|@set|military_@aid|hand+over`.
    fn words(&mut self, text: &str) -> Result<Words, String> {
        let mut words = Words::default();
        for part in text.split('|') {
            self.word(part, &mut words).map_err(|e| format!("{text:?}: {e}"))?;
        }
        words.plain.sort_unstable();
        words.plain.dedup();
        Ok(words)
    }

    fn word(&mut self, part: &str, words: &mut Words) -> Result<(), String> {
        if part.is_empty() || part.contains(|c: char| "()[]<>:".contains(c)) {
            return Err(format!("cannot read {part:?}"));
        }
        if part.strip_prefix('@').is_some_and(|name| self.sets.contains_key(name)) {
            for member in self.set(part)? {
                self.word(&member, words)?;
            }
        } else if let Some((modifier, head)) = split_compound(part) {
            let side = |reader: &mut Self, text: &str| -> Result<Vec<LemmaId>, String> {
                let mut ids: Vec<LemmaId> = reader
                    .set(text)?
                    .iter()
                    .filter(|m| !m.contains(['_', '+']))
                    .map(|m| reader.lemmas.intern(m))
                    .collect();
                ids.sort_unstable();
                Ok(ids)
            };
            let pair = (side(self, modifier)?, side(self, head)?);
            words.modified.push(pair);
        } else if let Some((verb, particle)) = part.split_once('+') {
            words.phrasal.push((self.lemmas.intern(verb), self.lemmas.intern(particle)));
        } else {
            words.plain.extend(self.set(part)?.iter().map(|m| self.lemmas.intern(m)));
        }
        Ok(())
    }

    /// Members of `@set`, or the word itself.
    fn set(&self, text: &str) -> Result<Vec<String>, String> {
        match text.strip_prefix('@') {
            Some(name) => self.sets.get(name).cloned().ok_or_else(|| format!("unknown set @{name}")),
            None => Ok(vec![text.to_owned()]),
        }
    }
}

/// `military_aid`, `@military_@aid`: set names themselves may hold an underscore only on the left of another `@`.
fn split_compound(part: &str) -> Option<(&str, &str)> {
    match part.rfind("_@") {
        Some(at) => Some((&part[..at], &part[at + 1..])),
        None => part.rsplit_once('_'),
    }
}

fn possessor(word: &str) -> Option<&str> {
    word.strip_suffix("'s")
}

fn specificity(predicate: &Predicate) -> u32 {
    let of = |a: &Argument| match (&a.filler, a.optional) {
        (_, true) => 0,
        (Filler::Noun { words, owner }, _) => 3 * u32::from(words.is_some()) + u32::from(owner.is_some()),
        (Filler::Clause(_, below), _) => 2 + below.as_ref().map_or(0, |b| 3 + specificity(b)),
        (Filler::Slot(_), _) => 1 + u32::from(!a.preps.is_empty()),
    };
    3 * u32::from(predicate.particle.is_some()) + predicate.arguments.iter().map(of).sum::<u32>()
}

fn slot(word: &str) -> Option<Slot> {
    match word {
        "S" => Some(Slot::Source),
        "T" => Some(Slot::Target),
        "X" => Some(Slot::Any),
        _ => None,
    }
}

/// `>to`, and several kinds joined as `>to|>that` (the first is taken; the others are read as patterns of their own).
fn complement(word: &str) -> Result<Complement, String> {
    match word {
        ">to" => Ok(Complement::To),
        ">ing" => Ok(Complement::Ing),
        ">that" => Ok(Complement::That),
        ">must" => Ok(Complement::Must),
        ">n" => Ok(Complement::Noun),
        other => Err(format!("unknown complement {other:?}")),
    }
}

/// Prepositions of English UD treebanks that patterns may use.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "away",
    "because",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "despite",
    "down",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "together",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "over",
    "up",
];

fn is_preposition(word: &str) -> bool {
    word.split('|').all(|part| PREPOSITIONS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Pattern, Lemmas) {
        let mut sets = FxHashMap::default();
        sets.insert("aid".to_owned(), vec!["aid".to_owned(), "relief".to_owned()]);
        let mut lemmas = Lemmas::default();
        let pattern = Reader { sets: &sets, lemmas: &mut lemmas }.pattern(text).unwrap();
        (pattern, lemmas)
    }

    #[test]
    fn a_light_verb_has_a_fixed_object_and_a_marked_target() {
        let (pattern, lemmas) = read("S hold|have talks with T");
        assert_eq!(pattern.subject, Some(Slot::Source));
        assert_eq!(pattern.predicate.words.plain.len(), 2);
        let arguments = &pattern.predicate.arguments;
        let Filler::Noun { words: Some(words), owner: None } = &arguments[0].filler else { panic!("{arguments:?}") };
        assert_eq!(words.plain, [lemmas.id("talks")]);
        assert_eq!(arguments[1].preps, [lemmas.id("with")]);
        assert_eq!(arguments[1].filler, Filler::Slot(Slot::Target));
    }

    #[test]
    fn possessors_particles_sets_and_options_are_read() {
        let (noun, _) = read("n: S's delivery of @aid (to T)");
        assert_eq!((noun.trigger, noun.subject), (Trigger::Noun, Some(Slot::Source)));
        let to = &noun.predicate.arguments[1];
        assert!(to.optional && !to.bare && !noun.predicate.arguments[0].optional);
        let (phrasal, lemmas) = read("S call+off talks");
        assert_eq!(phrasal.predicate.particle, Some(lemmas.id("off")));
        let (maybe, _) = read("S meet (with) T");
        assert!(maybe.predicate.arguments[0].bare && !maybe.predicate.arguments[0].optional);
        let (owned, _) = read("S reject T's plan");
        assert!(matches!(owned.predicate.arguments[0].filler, Filler::Noun { owner: Some(Slot::Target), .. }));
    }

    #[test]
    fn compounds_and_lower_predicates_are_read() {
        let (pattern, lemmas) = read("S send military_@aid to T");
        let Filler::Noun { words: Some(words), .. } = &pattern.predicate.arguments[0].filler else { panic!() };
        assert_eq!(words.modified[0].0, [lemmas.id("military")]);
        assert_eq!(words.modified[0].1.len(), 2);
        let (pattern, _) = read("S promise >to amend|rewrite constitution");
        let Filler::Clause(Complement::To, Some(below)) = &pattern.predicate.arguments[0].filler else { panic!() };
        assert_eq!((below.words.plain.len(), below.arguments.len()), (2, 1));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let sets = FxHashMap::default();
        let mut lemmas = Lemmas::default();
        let mut error = |text| Reader { sets: &sets, lemmas: &mut lemmas }.pattern(text).unwrap_err();
        assert!(error("S hold talks with").contains("nothing follows"));
        assert!(error("S send @aid").contains("unknown set"));
        assert!(error("S vow >too").contains("complement"));
    }
}
