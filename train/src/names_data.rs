//! The corpora of names, brought to one scheme: which labels mean what, what each set leaves unlabelled, how often
//! each is seen in training.

use crate::bio::{self, BioDoc};
use anyhow::Result;
use rustc_hash::FxHashSet;
use std::path::Path;
use tidings::nlp::doc::NameKind;
use tidings::nlp::names::tags::{N_TAGS, OUTSIDE, Place, is_open, may_follow, tag};

/// A set of states a word may be in: bit `t` for state `t`.
pub(crate) type Allowed = u32;

/// Any state: the word tells nothing.
pub(crate) const ANY: Allowed = (1 << N_TAGS) - 1;

/// How a corpus is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corpus {
    /// Folder below `ner/`.
    pub(crate) name: &'static str,
    /// Files, those of the development part included where nothing is measured on it.
    pub(crate) files: &'static [&'static str],
    /// Times each sentence is seen in an epoch.
    pub(crate) times: usize,
    /// Labels names other than persons, places and organisations.
    pub(crate) has_misc: bool,
    /// Holds whole documents in order (0); if not, this many sentences are taken for a document: GMB has lost the marks
    /// between its documents, but not their order.
    pub(crate) chunk: usize,
}

/// The corpora, in the order they are read. Gold sets count more than the silver one, as the trial in the data's
/// README found.
pub(crate) const CORPORA: &[Corpus] = &[
    Corpus { name: "UNER-EWT", files: &["train.bio"], times: 3, has_misc: false, chunk: 0 },
    Corpus { name: "GUM-NER", files: &["train.bio", "dev.bio"], times: 2, has_misc: true, chunk: 0 },
    Corpus { name: "GMB", files: &["train.bio.gz"], times: 1, has_misc: false, chunk: 12 },
    Corpus { name: "DocRED", files: &["train.bio", "dev.bio"], times: 2, has_misc: true, chunk: 0 },
    Corpus { name: "WikiGold", files: &["train.bio"], times: 3, has_misc: true, chunk: 0 },
    Corpus { name: "CrossNER-politics", files: &["train.bio", "dev.bio"], times: 2, has_misc: true, chunk: 1 },
    Corpus { name: "MEANTIME", files: &["train.bio"], times: 3, has_misc: true, chunk: 0 },
    Corpus { name: "multiNER-SL", files: &["train.bio"], times: 1, has_misc: false, chunk: 1 },
    Corpus { name: "BTC", files: &["train.bio"], times: 1, has_misc: false, chunk: 1 },
    Corpus { name: "WNUT17", files: &["train.bio", "dev.bio"], times: 1, has_misc: true, chunk: 1 },
    Corpus { name: "re3d", files: &["train.bio"], times: 1, has_misc: false, chunk: 0 },
];

/// Reads a corpus.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn read(data: &Path, corpus: &Corpus) -> Result<Vec<BioDoc>> {
    let mut docs = Vec::new();
    for file in corpus.files {
        docs.extend(bio::read(&data.join("ner").join(corpus.name).join(file))?);
    }
    if corpus.chunk > 0 {
        let sentences: Vec<_> = docs.into_iter().flat_map(|d| d.sentences).collect();
        docs = sentences.chunks(corpus.chunk).map(|s| BioDoc { sentences: s.to_vec() }).collect();
    }
    for (n, sentence) in docs.iter_mut().flat_map(|d| &mut d.sentences).enumerate() {
        if n % 5 == 4 {
            typeset(sentence);
        }
        // Wire copy in capitals and titles are part of news, but hardly of the corpora.
        match n % 16 {
            7 => sentence.iter_mut().for_each(|(word, _)| *word = word.to_uppercase()),
            3 => sentence.iter_mut().filter(|(w, _)| w.len() > 3).for_each(|(word, _)| *word = capitalised(word)),
            _ => {}
        }
    }
    Ok(docs)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// True when few words have a small first letter: what is unlabelled then is outside, not a MISC that was left out.
fn in_capitals(sentence: &[bio::Labelled]) -> bool {
    let starts = |test: fn(char) -> bool| sentence.iter().filter(|(w, _)| w.starts_with(test)).count();
    starts(char::is_uppercase) > 2 * starts(char::is_lowercase)
}

/// Gives a sentence the apostrophes of typeset text, which some tokenizers cut off: "Gabon ’ s". Most of our corpora
/// are older than such text.
fn typeset(sentence: &mut Vec<bio::Labelled>) {
    let mut at = 0;
    while at < sentence.len() {
        let (word, label) = &mut sentence[at];
        if word == "'s" {
            "’".clone_into(word);
            let label = label.replace("B-", "I-");
            sentence.insert(at + 1, ("s".to_owned(), label));
            at += 1;
        } else if word == "'" {
            "’".clone_into(word);
        } else if word == "\"" {
            "”".clone_into(word);
        } else if label.is_empty() {
            "O".clone_into(label);
        }
        at += 1;
    }
}

/// What a corpus's label means to us; nothing for what is no name.
pub(crate) fn kind_of(label: &str) -> Option<NameKind> {
    Some(match label {
        "PER" | "person" | "politician" | "Person" => NameKind::Per,
        "LOC" | "location" | "country" | "Location" | "Facility" => NameKind::Loc,
        "ORG" | "organisation" | "politicalparty" | "corporation" | "group" | "Organisation" | "Organization" => {
            NameKind::Org
        }
        "MISC" | "EVENT" | "misc" | "event" | "election" | "creative-work" | "product" | "PRO" | "FIN" | "Misc"
        | "Product" => NameKind::Misc,
        _ => return None,
    })
}

/// The states each word of a sentence may be in.
pub(crate) fn allowed(sentence: &[bio::Labelled], corpus: &Corpus, demonyms: &FxHashSet<String>) -> Vec<Allowed> {
    let outside = if corpus.has_misc || in_capitals(sentence) { 1 << OUTSIDE } else { misc_or_outside() };
    let mut allowed = vec![outside; sentence.len()];
    for (mut from, mut to, label) in bio::entities(sentence.iter().map(|(_, l)| l.as_str())) {
        if label == "ANY" {
            allowed[from..to].fill(ANY);
            continue;
        }
        let Some(kind) = kind_of(&label) else {
            // A people or a date is outside for us, and is certainly no MISC of ours.
            allowed[from..to].fill(1 << OUTSIDE);
            continue;
        };
        let lower = |i: usize| !sentence[i].0.chars().any(char::is_uppercase);
        if matches!(corpus.name, "re3d" | "MEANTIME" | "GMB") {
            // "the Department of Defense", "southern Iraq", "militants": only the name proper is a name for us.
            while from < to && lower(from) && !matches!(sentence[from].0.as_str(), "al" | "el" | "bin" | "de" | "van") {
                allowed[from] = 1 << OUTSIDE;
                from += 1;
            }
            while from < to && lower(to - 1) && !sentence[to - 1].0.chars().any(|c| c.is_ascii_digit()) {
                to -= 1;
                allowed[to] = if corpus.name == "GMB" { ANY } else { 1 << OUTSIDE };
            }
            if from == to {
                continue;
            }
        }
        if to - from == 1 && demonyms.contains(&sentence[from].0) && (kind == NameKind::Misc || corpus.name == "DocRED")
        {
            // WikiGold has "French" as MISC and DocRED as LOC; for us peoples are no names of this kind.
            allowed[from] = 1 << OUTSIDE;
            continue;
        }
        if corpus.name == "BTC" && sentence[from].0.starts_with('@') {
            allowed[from..to].fill(ANY);
            continue;
        }
        // Persons of re3d include titles and pronouns, and its organisations countries.
        if corpus.name == "re3d" && (kind == NameKind::Per && to - from > 2) {
            allowed[from..to].fill(ANY);
            continue;
        }
        if to - from == 1 {
            allowed[from] = 1 << tag(kind, Place::Single);
        } else {
            allowed[from] = 1 << tag(kind, Place::Begin);
            allowed[from + 1..to - 1].fill(1 << tag(kind, Place::Inside));
            allowed[to - 1] = 1 << tag(kind, Place::End);
        }
    }
    allowed
}

fn misc_or_outside() -> Allowed {
    [Place::Begin, Place::Inside, Place::End, Place::Single]
        .iter()
        .fold(1 << OUTSIDE, |set, place| set | 1 << tag(NameKind::Misc, *place))
}

/// Frees the words of names that reach beyond `active` words: what is cut off cannot be learnt.
pub(crate) fn cut(allowed: &mut [Allowed], active: &[bool]) {
    let single = |set: Allowed| if set.is_power_of_two() { set.trailing_zeros() as u8 } else { OUTSIDE };
    let mut i = 0;
    while i < allowed.len() {
        let start = i;
        let mut last = single(allowed[i]);
        i += 1;
        if !is_open(last) {
            if !active[start] && allowed[start] & 1 == 0 {
                allowed[start] = ANY;
            }
            continue;
        }
        while i < allowed.len() && is_open(last) && may_follow(last, single(allowed[i])) {
            last = single(allowed[i]);
            i += 1;
        }
        if active[start..i].iter().any(|a| !a) {
            allowed[start..i].fill(ANY);
        }
    }
}
