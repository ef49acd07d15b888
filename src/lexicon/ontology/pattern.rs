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

/// A clause that depends on the trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complement {
    /// Infinitive with "to".
    To,
    /// Gerund.
    Ing,
    /// Finite clause.
    That,
}

/// What an argument must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filler {
    /// A participant, or anything.
    Slot(Slot),
    /// A noun with one of these lemmas (sorted).
    Lemmas(Vec<LemmaId>),
    /// A clause.
    Clause(Complement),
}

/// An argument of the trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Prepositions, any of which marks it; empty for a direct object or a bare complement.
    pub preps: Vec<LemmaId>,
    /// What it must be.
    pub filler: Filler,
    /// It may be missing.
    pub optional: bool,
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
    /// Lemmas of the trigger (sorted).
    pub lemmas: Vec<LemmaId>,
    /// Particle of a phrasal verb.
    pub particle: Option<LemmaId>,
    /// Slot of the subject (verbs, adjectives) or of the possessor (nouns).
    pub subject: Option<Slot>,
    /// Everything after the trigger.
    pub arguments: Vec<Argument>,
    /// Number of fixed parts: the more, the better a match.
    pub specificity: u32,
}

/// Parses one pattern. `sets` are the file's `[sets]`.
///
/// # Errors
/// A sentence that says which part cannot be read.
pub(super) fn parse(text: &str, sets: &FxHashMap<String, Vec<String>>, lemmas: &mut Lemmas) -> Result<Pattern, String> {
    let (trigger, rest) = match text.split_once(": ") {
        Some(("n", rest)) => (Trigger::Noun, rest),
        Some(("a", rest)) => (Trigger::Adjective, rest),
        Some((other, _)) => return Err(format!("unknown kind of pattern {other:?}")),
        None => (Trigger::Verb, text),
    };
    let mut words = rest.split_whitespace().peekable();
    let subject = match words.peek().map(|w| slot(w.strip_suffix("'s").unwrap_or(w))) {
        Some(Some(slot)) => {
            words.next();
            Some(slot)
        }
        _ => None,
    };
    let head = words.next().ok_or("no trigger")?;
    let (head, particle) = match head.split_once('+') {
        Some((verb, particle)) => (verb, Some(lemmas.intern(particle))),
        None => (head, None),
    };
    let trigger_lemmas = lemma_list(head, sets, lemmas)?;

    let mut arguments = Vec::new();
    let mut optional = false;
    let mut preps: Vec<LemmaId> = Vec::new();
    let mut pending: Vec<&str> = Vec::new();
    for word in words {
        let mut word = word;
        if let Some(inner) = word.strip_prefix('(') {
            optional = true;
            word = inner;
        }
        let closes = word.ends_with(')');
        word = word.trim_end_matches(')');
        let filler = if let Some(slot) = slot(word) {
            Some(Filler::Slot(slot))
        } else if let Some(kind) = word.strip_prefix('>') {
            Some(Filler::Clause(complement(kind)?))
        } else if preps.is_empty() && is_preposition(word) {
            preps = word.split('|').map(|p| lemmas.intern(p)).collect();
            None
        } else {
            Some(Filler::Lemmas(lemma_list(word, sets, lemmas)?))
        };
        if let Some(filler) = filler {
            arguments.push(Argument { preps: std::mem::take(&mut preps), filler, optional });
            pending.clear();
        } else {
            pending.push(word);
        }
        if closes {
            // "(with) T": only the preposition may be missing
            if !preps.is_empty() {
                preps.push(Lemmas::UNKNOWN);
            }
            optional = false;
        }
    }
    if !pending.is_empty() {
        return Err(format!("nothing follows {:?}", pending.join(" ")));
    }
    let fixed = |a: &Argument| match (&a.filler, a.optional) {
        (_, true) => 0,
        (Filler::Lemmas(_), _) => 3,
        (Filler::Clause(_), _) => 2,
        (Filler::Slot(_), _) => 1 + u32::from(!a.preps.is_empty()),
    };
    let specificity = u32::from(particle.is_some()) * 3 + arguments.iter().map(fixed).sum::<u32>();
    Ok(Pattern { act: 0, number: 0, trigger, lemmas: trigger_lemmas, particle, subject, arguments, specificity })
}

fn slot(word: &str) -> Option<Slot> {
    match word {
        "S" => Some(Slot::Source),
        "T" => Some(Slot::Target),
        "X" => Some(Slot::Any),
        _ => None,
    }
}

fn complement(kind: &str) -> Result<Complement, String> {
    match kind {
        "to" => Ok(Complement::To),
        "ing" => Ok(Complement::Ing),
        "that" => Ok(Complement::That),
        other => Err(format!("unknown complement >{other}")),
    }
}

fn lemma_list(word: &str, sets: &FxHashMap<String, Vec<String>>, lemmas: &mut Lemmas) -> Result<Vec<LemmaId>, String> {
    let mut ids = Vec::new();
    for part in word.split('|') {
        if let Some(name) = part.strip_prefix('@') {
            let set = sets.get(name).ok_or_else(|| format!("unknown set @{name}"))?;
            ids.extend(set.iter().map(|lemma| lemmas.intern(lemma)));
        } else if part.is_empty() || part.contains(|c: char| "()[]<>+:".contains(c)) {
            return Err(format!("cannot read {word:?}"));
        } else {
            ids.push(lemmas.intern(part));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
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
        let pattern = parse(text, &sets, &mut lemmas).unwrap();
        (pattern, lemmas)
    }

    #[test]
    fn a_light_verb_has_a_fixed_object_and_a_marked_target() {
        let (pattern, lemmas) = read("S hold|have talks with T");
        assert_eq!(pattern.subject, Some(Slot::Source));
        assert_eq!(pattern.lemmas.len(), 2);
        assert_eq!(pattern.arguments[0].filler, Filler::Lemmas(vec![lemmas.id("talks")]));
        assert_eq!(pattern.arguments[1].preps, [lemmas.id("with")]);
        assert_eq!(pattern.arguments[1].filler, Filler::Slot(Slot::Target));
    }

    #[test]
    fn possessors_particles_sets_and_options_are_read() {
        let (noun, _) = read("n: S's delivery of @aid (to T)");
        assert_eq!((noun.trigger, noun.subject), (Trigger::Noun, Some(Slot::Source)));
        assert!(noun.arguments[1].optional && !noun.arguments[0].optional);
        let (phrasal, lemmas) = read("S call+off talks");
        assert_eq!(phrasal.particle, Some(lemmas.id("off")));
        let (maybe, _) = read("S meet (with) T");
        assert_eq!(maybe.arguments.len(), 1);
        assert!(maybe.arguments[0].preps.contains(&Lemmas::UNKNOWN));
        assert!(!maybe.arguments[0].optional);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let sets = FxHashMap::default();
        let mut lemmas = Lemmas::default();
        assert!(parse("S hold talks with", &sets, &mut lemmas).unwrap_err().contains("nothing follows"));
        assert!(parse("S send @aid", &sets, &mut lemmas).unwrap_err().contains("unknown set"));
        assert!(parse("S vow >too", &sets, &mut lemmas).unwrap_err().contains("complement"));
    }
}
