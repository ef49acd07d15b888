//! Makes the lexicon of the name recogniser from public facts: countries, peoples, towns, regions, leaders.

use anyhow::Result;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tidings::nlp::clusters::Clusters;
use tidings::nlp::names::features::phrase_hashes;
use tidings::nlp::names::phrases::{Entry, MAX_WORDS};

/// Classes of lexicon entries.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(crate) enum Class {
    Country,
    People,
    City,
    Town,
    Person,
}

/// Towns of this size are cities.
const CITY: u32 = 300_000;

/// A lexicon in the making.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: BTreeMap<u32, (u8, bool)>,
    /// Countries and cities, as written.
    pub(crate) places: FxHashSet<String>,
    /// Names of peoples and their adjectives, as written.
    pub(crate) demonyms: FxHashSet<String>,
}

impl Lexicon {
    /// Adds a phrase.
    pub(crate) fn add(&mut self, phrase: &str, class: Class) {
        let phrase = phrase.trim();
        let spaced = phrase.replace('-', " - ").replace("'s ", " 's ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        if words.is_empty() || words.len() > MAX_WORDS || !phrase.chars().any(char::is_uppercase) {
            return;
        }
        if matches!(class, Class::Country | Class::City) {
            self.places.insert(phrase.to_owned());
        }
        let hashes = phrase_hashes(words.into_iter());
        let last = hashes.len() - 1;
        for (n, hash) in hashes.into_iter().enumerate() {
            let entry = self.entries.entry(hash).or_default();
            if n == last {
                entry.0 |= 1 << class as u8;
            } else {
                entry.1 = true;
            }
        }
    }

    /// The entries, sorted by hash.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.entries.iter().map(|(h, (c, l))| (*h, *c, *l)).collect()
    }
}

/// Reads the fact files below `data`.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn from_facts(data: &Path) -> Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    let clusters = Clusters::builtin();
    // "Most" and "Same" are towns; a name whose lower-case form is a word of the news says little.
    let common = |name: &str| !name.contains(' ') && clusters.get(&name.to_lowercase()).is_some();
    let mut countries = csv::Reader::from_path(data.join("facts/countries_factbook.csv"))?;
    for record in countries.records() {
        let record = record?;
        for field in [3, 4, 6] {
            for name in record[field].split([',', ';', '/']) {
                lexicon.add(name.trim().trim_start_matches("the "), Class::Country);
            }
        }
        for name in record[7].split([',', ';']) {
            lexicon.add(name, Class::Country);
        }
        lexicon.add(record[10].split([',', ';', '(']).next().unwrap_or(""), Class::City);
        for name in record[8].split([',', ';', ' ']).chain(record[9].split([',', ';', ' '])) {
            let name = name.trim_end_matches("(s)").trim_matches(|c: char| !c.is_alphanumeric());
            if name.chars().next().is_some_and(char::is_uppercase) {
                lexicon.add(name, Class::People);
                lexicon.demonyms.insert(name.to_owned());
                let plural = format!("{name}s");
                lexicon.add(&plural, Class::People);
                lexicon.demonyms.insert(plural);
            }
        }
    }
    for line in BufReader::new(std::fs::File::open(data.join("gazetteer/countryInfo.txt"))?).lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        if !line.starts_with('#') && fields.len() > 5 {
            lexicon.add(fields[4], Class::Country);
            lexicon.add(fields[5], Class::City);
        }
    }
    for line in BufReader::new(std::fs::File::open(data.join("gazetteer/admin1CodesASCII.txt"))?).lines() {
        let line = line?;
        for name in line.split('\t').skip(1).take(2).filter(|n| !common(n)) {
            lexicon.add(name, Class::Town);
        }
    }
    let cities = std::fs::File::open(data.join("gazetteer/cities15000.txt.gz"))?;
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(cities)).lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let class = if fields[14].parse::<u32>().unwrap_or(0) >= CITY { Class::City } else { Class::Town };
        for name in [fields[1], fields[2]] {
            if !common(name) {
                lexicon.add(name, class);
            }
        }
    }
    let mut leaders = csv::Reader::from_path(data.join("facts/leaders_factbook.csv"))?;
    for record in leaders.records() {
        let record = record?;
        for word in record[5].split([' ', '-']).filter(|w| w.chars().count() > 2) {
            let lower = word.to_lowercase();
            let titled: String =
                word.chars().take(1).chain(lower.chars().skip(1)).collect::<String>().replace(['"', ',', '('], "");
            if !common(&titled) && word.chars().next().is_some_and(char::is_uppercase) {
                lexicon.add(&titled, Class::Person);
            }
        }
    }
    Ok(lexicon)
}
