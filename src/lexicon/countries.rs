//! `countries.csv`, `metonyms.csv` and `nonactors.csv`: states and territories, how they are called, what stands
//! for them, and what only sounds like them.

use super::code::{Country, Sector};
use super::dates::Spell;
use super::phrases::{Builder, PhraseKind};
use super::table::{self, LexiconError, Source};
use rustc_hash::FxHashMap;

/// A country or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-3, `XKX`, or the former code of a state that is gone.
    pub code: Country,
    /// ISO 3166-1 alpha-2; empty for some historical states.
    pub iso2: String,
    /// Correlates of War state number; empty where there is none.
    pub cow_code: String,
    /// Correlates of War abbreviation.
    pub cow_abbrev: String,
    /// The name we write.
    pub name: String,
    /// Other names and abbreviations.
    pub names: Vec<String>,
    /// Adjectives (`Polish`).
    pub adjectives: Vec<String>,
    /// Nouns for its people, singular and plural (`Pole`, `Poles`).
    pub people: Vec<(String, String)>,
    /// Seat of government as papers name it; empty where it is the country's own name.
    pub capital: String,
    /// Other spellings and seats.
    pub capital_names: Vec<String>,
    /// Continent: `AF AN AS EU NA OC SA`.
    pub region: String,
    /// When the state existed, where that matters.
    pub spell: Spell,
    /// Line in the file.
    pub line: u64,
}

/// All countries, by row and by code.
#[derive(Debug, Default)]
pub struct Countries {
    rows: Vec<CountryRow>,
    by_code: FxHashMap<Country, u32>,
}

impl Countries {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let rows = table::read(sources, &["iso3", "name", "names", "adjectives", "people", "capital"], |row| {
            let people = row.list("people").into_iter().map(|pair| match pair.split_once('/') {
                Some((one, many)) => (one.to_owned(), many.to_owned()),
                None => (pair.clone(), pair),
            });
            Ok(CountryRow {
                code: row.country("iso3")?.ok_or_else(|| row.bad("iso3", "expected a country code"))?,
                iso2: row.text("iso2"),
                cow_code: row.text("cow_code"),
                cow_abbrev: row.text("cow_abbrev"),
                name: row.some_text("name")?,
                names: row.list("names"),
                adjectives: row.list("adjectives"),
                people: people.collect(),
                capital: row.text("capital"),
                capital_names: row.list("capital_names"),
                region: row.text("region"),
                spell: row.spell()?,
                line: row.line,
            })
        })?;
        let by_code = rows.iter().enumerate().map(|(at, row)| (row.code, at as u32)).collect();
        Ok(Self { rows, by_code })
    }

    pub(super) fn index(&self, phrases: &mut Builder) {
        for (at, row) in self.rows.iter().enumerate() {
            let at = at as u32;
            for name in std::iter::once(&row.name).chain(&row.names) {
                phrases.add(name, PhraseKind::CountryName, at, false);
            }
            for adjective in &row.adjectives {
                phrases.add(adjective, PhraseKind::Adjective, at, false);
            }
            for (one, many) in &row.people {
                phrases.add(one, PhraseKind::People, at, one == many);
                phrases.add(many, PhraseKind::People, at, true);
            }
            for capital in std::iter::once(&row.capital).chain(&row.capital_names) {
                phrases.add(capital, PhraseKind::Capital, at, false);
            }
        }
    }

    /// The row of a code.
    pub fn get(&self, code: Country) -> Option<&CountryRow> {
        self.by_code.get(&code).map(|at| &self.rows[*at as usize])
    }

    /// The row a phrase points to.
    pub fn row(&self, row: u32) -> &CountryRow {
        &self.rows[row as usize]
    }

    /// All rows, by code.
    pub fn all(&self) -> &[CountryRow] {
        &self.rows
    }
}

/// A building, street or nickname that stands for a government or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metonym {
    /// As written.
    pub phrase: String,
    /// Whose it is; `None` when it is an organisation's.
    pub country: Option<Country>,
    /// Id of the organisation it stands for, when it is not a state's.
    pub organisation: String,
    /// What it stands for.
    pub sector: Option<Sector>,
    /// Anything a reader of the table should know.
    pub note: String,
    /// Line in the file.
    pub line: u64,
}

/// All metonyms.
#[derive(Debug, Default)]
pub struct Metonyms {
    rows: Vec<Metonym>,
}

impl Metonyms {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let rows = table::read(sources, &["phrase", "country", "sector"], |row| {
            Ok(Metonym {
                phrase: row.some_text("phrase")?,
                country: row.country("country")?,
                organisation: row.text("organisation"),
                sector: row.sectors("sector")?.first().copied(),
                note: row.text("note"),
                line: row.line,
            })
        })?;
        Ok(Self { rows })
    }

    pub(super) fn index(&self, phrases: &mut Builder) {
        for (at, row) in self.rows.iter().enumerate() {
            phrases.add(&row.phrase, PhraseKind::Metonym, at as u32, false);
        }
    }

    /// The row a phrase points to.
    pub fn get(&self, row: u32) -> &Metonym {
        &self.rows[row as usize]
    }

    /// All rows.
    pub fn all(&self) -> &[Metonym] {
        &self.rows
    }
}

/// A name that contains a country's or an actor's and means neither: matched so that its parts are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonActor {
    /// As written.
    pub phrase: String,
    /// What it is: `place`, `person`, `event`, `thing`.
    pub what: String,
    /// Line in the file.
    pub line: u64,
}

/// All of them.
#[derive(Debug, Default)]
pub struct NonActors {
    rows: Vec<NonActor>,
}

impl NonActors {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let rows = table::read(sources, &["phrase", "what"], |row| {
            Ok(NonActor { phrase: row.some_text("phrase")?, what: row.some_text("what")?, line: row.line })
        })?;
        Ok(Self { rows })
    }

    pub(super) fn index(&self, phrases: &mut Builder) {
        for (at, row) in self.rows.iter().enumerate() {
            phrases.add(&row.phrase, PhraseKind::NonActor, at as u32, false);
        }
    }

    /// The row a phrase points to.
    pub fn get(&self, row: u32) -> &NonActor {
        &self.rows[row as usize]
    }

    /// All rows.
    pub fn all(&self) -> &[NonActor] {
        &self.rows
    }
}
