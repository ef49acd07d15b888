//! Rights the silver labels of the Groningen Meaning Bank by facts and by its own majority.
//!
//! It has "African Union" as a place throughout, "Tehran" as an organisation or a date every second time, and
//! "Yushchenko" as four things. A label that facts contradict is replaced; a name that mostly is one thing is that
//! everywhere; a name without a majority tells nothing.

use crate::bio::{self, BioDoc};
use crate::names_lexicon::Lexicon;
use rustc_hash::FxHashMap;

/// Last words of names of organisations.
const ORGANISATION_WORDS: &[&str] = &[
    "Union",
    "League",
    "Nations",
    "Council",
    "Party",
    "Organization",
    "Committee",
    "Ministry",
    "Court",
    "Bank",
    "Agency",
    "Commission",
    "Association",
    "University",
    "Front",
    "Movement",
    "Parliament",
    "Senate",
    "Congress",
    "Corporation",
    "Fund",
    "Institute",
    "Brotherhood",
    "Hamas",
    "Hezbollah",
    "Taliban",
    "Taleban",
    "NATO",
    "ASEAN",
    "OPEC",
    "Fatah",
    "Jihad",
    "Cross",
    "Forces",
    "Army",
    "Department",
    "Qaida",
    "Qaeda",
    "Shabab",
    "Likud",
    "Kadima",
    "UN",
    "U.N.",
    "EU",
];
/// Peoples and faiths beyond the nations of the world.
const PEOPLES: &[&str] = &[
    "Muslim",
    "Muslims",
    "Sunni",
    "Sunnis",
    "Shi'ite",
    "Shi'ites",
    "Shiite",
    "Shiites",
    "Islamic",
    "Islamist",
    "Islamists",
    "Arab",
    "Arabs",
    "Kurdish",
    "Kurds",
    "Kurd",
    "Western",
    "Christian",
    "Christians",
    "Jewish",
    "Jews",
    "Catholic",
    "Hindu",
    "Palestinian",
    "Palestinians",
    "European",
    "Europeans",
    "African",
    "Africans",
    "Asian",
    "Latin",
    "Hutu",
    "Hutus",
    "Tutsi",
    "Tutsis",
    "Pashtun",
    "Tamil",
    "Tamils",
    "Chechen",
    "Chechens",
    "Serb",
    "Serbs",
    "Tibetan",
    "Tibetans",
    "Democrat",
    "Democrats",
    "Republican",
    "Republicans",
    "Buddhist",
    "Buddhists",
    "Caribbean",
];
/// A name must occur so often for its majority to be believed.
const MIN_NAMES: u32 = 4;

/// Rewrites the labels.
pub(crate) fn clean(docs: &mut [BioDoc], lexicon: &Lexicon) {
    let mut counts: FxHashMap<String, FxHashMap<String, u32>> = FxHashMap::default();
    for sentence in docs.iter().flat_map(|d| &d.sentences) {
        for (from, to, kind) in bio::entities(sentence.iter().map(|(_, l)| l.as_str())) {
            *counts.entry(text(&sentence[from..to])).or_default().entry(kind).or_default() += 1;
        }
    }
    let decided: FxHashMap<&String, &str> =
        counts.iter().map(|(name, kinds)| (name, decide(name, kinds, lexicon))).collect();
    for sentence in docs.iter_mut().flat_map(|d| &mut d.sentences) {
        for (from, to, kind) in bio::entities(sentence.iter().map(|(_, l)| l.as_str())) {
            let decided = decided[&text(&sentence[from..to])];
            if decided.is_empty() || decided == kind {
                continue;
            }
            for (n, (_, label)) in sentence[from..to].iter_mut().enumerate() {
                *label = format!("{}-{decided}", if n == 0 { 'B' } else { 'I' });
            }
        }
    }
}

fn text(words: &[bio::Labelled]) -> String {
    words.iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ")
}

/// What the name is everywhere; nothing to leave it as it is, `ANY` to leave it open.
fn decide(name: &str, kinds: &FxHashMap<String, u32>, lexicon: &Lexicon) -> &'static str {
    let last = name.rsplit(' ').next().unwrap_or(name);
    if lexicon.places.contains(name) || name == "Soviet Union" {
        return "LOC";
    }
    if lexicon.demonyms.contains(name) || PEOPLES.contains(&name) {
        return "NORP";
    }
    if ORGANISATION_WORDS.contains(&last) && name.chars().next().is_some_and(char::is_uppercase) {
        return "ORG";
    }
    let total: u32 = kinds.values().sum();
    if total < MIN_NAMES {
        return "";
    }
    for kind in ["PER", "LOC", "ORG", "NORP", "DATE", "MISC", "EVENT"] {
        if kinds.get(kind).copied().unwrap_or(0) * 10 >= total * 6 {
            return kind;
        }
    }
    "ANY"
}
