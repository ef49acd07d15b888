//! Which words name places: names of the recogniser that the gazetteer knows, countries and capitals, and words in a
//! locative phrase that the recogniser took for something else.
//!
//! A name alone is no place: "Jackson said" is a person, "in Jackson" a town. Adjectives of nationality name no place
//! either; they are context (`resolve`). Needs `names`, `parse` and the hits of `mentions`.

use crate::extract::mentions::{Hit, What};
use crate::extract::tree::Tree;
use crate::lexicon::gazetteer::{Gazetteer, Level, Meaning};
use crate::lexicon::{Country, CountryRow, Lexicon, PhraseKind};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, NameKind, Token};
use crate::text::{Byte, Span};

/// Prepositions after which a known name is a place whatever the recogniser says.
const AT_A_PLACE: &[&str] = &["in", "near", "outside", "around", "inside", "across", "throughout"];

/// A place that is named in a locative phrase only, by the gazetteer's word alone, has at least so many inhabitants.
const LEAST_POPULATION: u64 = 15_000;

/// Longest name looked for without the recogniser, in tokens.
const LONGEST: usize = 5;

/// Words before a name that say which part of it: "northern Aleppo" is in Aleppo.
const PARTS: &[&str] = &[
    "the",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "downtown",
    "greater",
    "metropolitan",
    "upper",
    "lower",
    "mainland",
    "rural",
    "coastal",
    "inner",
    "suburban",
    "nearby",
    "city",
    "town",
    "village",
    "province",
    "state",
    "port",
    "of",
    "occupied",
    "war-torn",
    "old",
];

/// Words after a name that say what it is.
const KINDS: &[&str] = &[
    "city",
    "town",
    "village",
    "province",
    "region",
    "district",
    "governorate",
    "state",
    "area",
    "prefecture",
    "department",
    "municipality",
    "oblast",
    "island",
    "metropolitan",
    "suburbs",
    "county",
];

/// Months and days that towns share their names with.
const CALENDAR: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A stretch of text that may name one of several places.
#[derive(Debug, Clone)]
pub(super) struct Toponym {
    pub(super) tokens: Span<Token>,
    /// What the name may mean; empty when the gazetteer has no point for a country.
    pub(super) senses: Vec<Meaning>,
    /// Country that is named, or whose capital is.
    pub(super) country: Option<Country>,
    /// The name is one of a country.
    pub(super) is_country: bool,
    /// A capital that stands for a government: evidence for its country, and no place.
    pub(super) acts: bool,
    /// What stands after it says where it is.
    pub(super) bound: bool,
}

impl Toponym {
    fn new(tokens: Span<Token>, senses: Vec<Meaning>) -> Self {
        Self { tokens, senses, country: None, is_country: false, acts: false, bound: false }
    }
}

/// What recognition asks of.
pub(super) struct Finder<'a> {
    pub(super) doc: &'a Doc,
    pub(super) tree: &'a Tree,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
}

impl Finder<'_> {
    /// All toponyms of the article, in text order.
    pub(super) fn find(&self, hits: &[Hit]) -> Vec<Toponym> {
        let mut found = Vec::new();
        for hit in hits {
            match hit.what {
                What::Country(row) => found.push(self.country(hit.tokens, self.lexicon.countries.row(row).code)),
                What::Capital(row) => {
                    let country = self.lexicon.countries.row(row);
                    let mut senses = self.senses(hit.tokens);
                    if senses.is_empty() {
                        senses = self.gazetteer.named(&country.capital).to_vec();
                    }
                    let acts = self.acts(hit.tokens);
                    found.push(Toponym { country: Some(country.code), acts, ..Toponym::new(hit.tokens, senses) });
                }
                What::Unknown(NameKind::Loc) => self.location(hit.tokens, &mut found),
                What::Unknown(_) if self.is_located(hit.tokens) => self.bare(hit.tokens, &mut found),
                _ => {}
            }
        }
        self.unrecognised(hits, &mut found);
        self.abbreviations(&mut found);
        found.sort_by_key(|toponym| toponym.tokens.start);
        found.dedup_by(|b, a| a.tokens.overlaps(b.tokens));
        found
    }

    /// A toponym at a place that is given, whatever the recogniser says of it.
    pub(super) fn given(&self, span: Span<Byte>) -> Option<Toponym> {
        let first = self.doc.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.doc.tokens.partition_point(|t| t.span.start < span.end);
        if first >= end {
            return None;
        }
        let tokens = Span::of(first, end);
        let text = span.slice(self.doc.text());
        let phrase = |kinds: &[PhraseKind]| {
            self.lexicon.phrases.exactly(text).iter().find(|entry| kinds.contains(&entry.kind)).map(|entry| entry.row)
        };
        let is_demonym = [PhraseKind::CountryName, PhraseKind::Adjective, PhraseKind::People];
        if let Some(row) = phrase(&is_demonym) {
            return Some(self.country(tokens, self.lexicon.countries.row(row).code));
        }
        let mut senses = self.gazetteer.named(text).to_vec();
        if senses.is_empty() {
            senses.extend(self.abbreviation(text));
        }
        if senses.is_empty() {
            senses = self.senses(tokens);
        }
        Some(Toponym::new(tokens, senses))
    }

    /// A country's name is never a town, but may be a division of another state (Georgia).
    fn country(&self, tokens: Span<Token>, code: Country) -> Toponym {
        let own = self.gazetteer.country(code).map(|entry| Meaning { entry, alias: false });
        let name = self.doc.words(tokens);
        let mut senses: Vec<Meaning> = self.gazetteer.named(name).to_vec();
        senses.retain(|meaning| !meaning.alias && self.gazetteer.get(meaning.entry).level == Level::Admin1);
        // "Scotland" and "Zanzibar" act for states and are parts of them
        let named = |row: &CountryRow| row.name.eq_ignore_ascii_case(name);
        let foreign = |meaning: &Meaning| self.gazetteer.get(meaning.entry).country != Some(code);
        let is_part = !self.lexicon.countries.get(code).is_some_and(named) && !senses.iter().all(foreign);
        if is_part {
            senses.retain(|meaning| !foreign(meaning));
        } else {
            senses.retain(foreign);
            senses.extend(own);
        }
        Toponym { country: Some(code), is_country: !is_part, ..Toponym::new(tokens, senses) }
    }

    /// "Seoul said", "talks between Seoul and Tokyo", "Seoul's envoy": governments.
    fn acts(&self, tokens: Span<Token>) -> bool {
        let head = self.head(tokens);
        // a conjunct stands where the first one stands
        let mut at = head;
        while self.doc.tokens[at].rel == Rel::Conj && self.doc.tokens[at].head as usize != at {
            at = self.doc.tokens[at].head as usize;
        }
        let preposition = self.tree.preposition(self.doc, at).map(|p| self.doc.word(p).to_ascii_lowercase());
        match self.doc.tokens[at].rel {
            Rel::Nsubj | Rel::NmodPoss | Rel::OblAgent => {
                preposition.is_none() || self.doc.tokens[at].rel == Rel::OblAgent
            }
            _ => preposition.is_some_and(|p| matches!(p.as_str(), "with" | "between" | "against" | "by")),
        }
    }

    /// Token whose head lies outside of a run.
    pub(super) fn head(&self, tokens: Span<Token>) -> usize {
        head(self.doc, tokens)
    }

    fn senses(&self, tokens: Span<Token>) -> Vec<Meaning> {
        let (mut first, mut end) = (tokens.start as usize, tokens.end as usize);
        let is_one_of = |t: usize, words: &[&str]| words.iter().any(|word| self.doc.word(t).eq_ignore_ascii_case(word));
        // "the West" is no town of that name
        if tokens.len() == 1 && is_one_of(first, PARTS) {
            return Vec::new();
        }
        loop {
            let name = self.doc.words(Span::of(first, end));
            let named = self.gazetteer.named(name);
            if !named.is_empty() {
                return named.to_vec();
            }
            if let Some(division) = self.abbreviation(name) {
                return vec![division];
            }
            // "West Nile" is no Nile
            let small = self.doc.word(first).starts_with(char::is_lowercase);
            if first + 1 < end && (small || is_one_of(first, &["the"])) && is_one_of(first, PARTS) {
                first += 1;
            } else if first + 1 < end && is_one_of(end - 1, KINDS) && !is_one_of(end - 1, &["county"]) {
                end -= 1;
            } else {
                return Vec::new();
            }
        }
    }

    fn abbreviation(&self, text: &str) -> Option<Meaning> {
        self.gazetteer.abbreviation(text).map(|entry| Meaning { entry, alias: true })
    }

    /// A place of the recogniser: as a whole, else the parts between commas and conjunctions.
    fn location(&self, tokens: Span<Token>, found: &mut Vec<Toponym>) {
        let senses = self.senses(tokens);
        if !senses.is_empty() {
            found.push(Toponym::new(tokens, senses));
            return;
        }
        let separates = |t: usize| matches!(self.doc.tokens[t].upos, Upos::Punct | Upos::Cconj);
        let mut first = tokens.start as usize;
        for t in tokens.range().chain([tokens.end as usize]) {
            if t < tokens.end as usize && !separates(t) {
                continue;
            }
            if first < t && (first > tokens.start as usize || t < tokens.end as usize) {
                let part = Span::of(first, t);
                let senses = self.senses(part);
                if !senses.is_empty() {
                    found.push(Toponym::new(part, senses));
                }
            }
            first = t + 1;
        }
    }

    /// A name in a locative phrase that is exactly a town's or region's.
    fn bare(&self, tokens: Span<Token>, found: &mut Vec<Toponym>) {
        let name = self.doc.words(tokens);
        if CALENDAR.iter().any(|word| name.eq_ignore_ascii_case(word)) || !name.starts_with(char::is_uppercase) {
            return;
        }
        let large = |meaning: &&Meaning| {
            let entry = self.gazetteer.get(meaning.entry);
            !meaning.alias && (entry.level == Level::Region || entry.population >= LEAST_POPULATION)
        };
        let senses: Vec<Meaning> = self.gazetteer.named(name).iter().filter(large).copied().collect();
        if !senses.is_empty() {
            found.push(Toponym::new(tokens, senses));
        }
    }

    /// "in Aleppo", and nothing that Aleppo owns or describes ("in Jackson's view", "in Columbia University").
    fn is_located(&self, tokens: Span<Token>) -> bool {
        let first = tokens.start as usize;
        let head = self.head(tokens);
        let after = (tokens.end as usize) < self.doc.tokens.len()
            && matches!(self.doc.tokens[tokens.end as usize].xpos.as_str(), "POS" | "NNP" | "NN" | "NNS" | "NNPS");
        let led = first > 0 && AT_A_PLACE.contains(&self.doc.word(first - 1).to_ascii_lowercase().as_str());
        led && !after && matches!(self.doc.tokens[head].rel, Rel::Obl | Rel::Nmod | Rel::Conj)
    }

    /// Capitalised words in a locative phrase that no pass took for a name.
    fn unrecognised(&self, hits: &[Hit], found: &mut Vec<Toponym>) {
        let mut hits = hits.iter().peekable();
        for sentence in &self.doc.sentences {
            let end = sentence.tokens.end as usize;
            let mut t = sentence.tokens.start as usize;
            while t < end {
                while hits.peek().is_some_and(|hit| hit.tokens.end as usize <= t) {
                    hits.next();
                }
                let taken = hits.peek().is_some_and(|hit| hit.tokens.holds(t as u32));
                if taken || self.doc.tokens[t].upos != Upos::Propn {
                    t += 1;
                    continue;
                }
                let free = hits.peek().map_or(end, |hit| end.min(hit.tokens.start as usize));
                let proper = (t..free).take(LONGEST).take_while(|&u| self.may_continue(u)).count();
                let before = found.len();
                let run = Span::of(t, t + proper);
                if self.is_located(run) {
                    self.bare(run, found);
                }
                t += if found.len() > before { proper } else { 1 };
            }
        }
    }

    /// "Deir ez-Zor" has a hyphen inside.
    fn may_continue(&self, token: usize) -> bool {
        let token = &self.doc.tokens[token];
        token.upos == Upos::Propn || token.xpos.as_str() == "HYPH"
    }

    /// The state after a town: "Long Beach, Calif.", "Alexandria, VA".
    fn abbreviations(&self, found: &mut Vec<Toponym>) {
        for at in 0..found.len() {
            let comma = found[at].tokens.end as usize;
            let next = comma + 1;
            if next >= self.doc.tokens.len() || self.doc.word(comma) != "," {
                continue;
            }
            let stop = next + 1 < self.doc.tokens.len() && self.doc.word(next + 1) == ".";
            let alone = self.abbreviation(self.doc.word(next)).map(|sense| (sense, 1));
            let stopped = || self.abbreviation(self.doc.words(Span::of(next, next + 2))).map(|sense| (sense, 2));
            if let Some((sense, len)) = alone.or_else(|| if stop { stopped() } else { None }) {
                let tokens = Span::of(next, next + len);
                found.retain(|toponym| !toponym.tokens.overlaps(tokens));
                found.push(Toponym::new(tokens, vec![sense]));
            }
            if at + 1 >= found.len() {
                break;
            }
        }
    }
}

/// Token of a run whose head lies outside of it.
pub(super) fn head(doc: &Doc, tokens: Span<Token>) -> usize {
    let leaves = |t: &usize| {
        let head = doc.tokens[*t].head;
        !tokens.holds(head) || head as usize == *t
    };
    tokens.range().rev().find(leaves).unwrap_or(tokens.end as usize - 1)
}
