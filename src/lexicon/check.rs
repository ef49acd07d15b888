//! What `tidings lexicon check` looks for: errors that would give wrong rows, and warnings worth a look.

use super::code::{Country, Sector};
use super::leaders::{Leader, Office};
use super::phrases::PhraseKind;
use super::{Lexicon, PhraseRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;

/// Two holders of one office may overlap by so many days without remark: papers differ on the day of hand-over.
const HANDOVER_DAYS: i32 = 31;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The table is wrong, and rows of events would be.
    Error,
    /// Perhaps intended: an ambiguous name, two holders at once.
    Warning,
}

/// Something found in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// The table.
    pub table: &'static str,
    /// Line in the file; 0 when it concerns several.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.severity == Severity::Error { "error" } else { "warning" };
        write!(f, "{word}: {}.csv, line {}: {}", self.table, self.line, self.message)
    }
}

/// Everything that looks wrong, errors first, in the order of the tables.
pub fn check(lexicon: &Lexicon) -> Vec<Problem> {
    let mut found = Found { lexicon, problems: Vec::new() };
    found.countries();
    found.metonyms();
    found.organisations();
    found.groups();
    found.roles();
    found.leaders();
    found.handovers();
    found.phrases();
    found.problems.sort();
    found.problems
}

struct Found<'a> {
    lexicon: &'a Lexicon,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn error(&mut self, table: &'static str, line: u64, message: impl Into<String>) {
        self.problems.push(Problem { severity: Severity::Error, table, line, message: message.into() });
    }

    fn warn(&mut self, table: &'static str, line: u64, message: impl Into<String>) {
        self.problems.push(Problem { severity: Severity::Warning, table, line, message: message.into() });
    }

    fn known_country(&mut self, table: &'static str, line: u64, country: Option<Country>) {
        if let Some(country) = country
            && self.lexicon.countries.get(country).is_none()
        {
            self.error(table, line, format!("unknown country {country}"));
        }
    }

    fn known_sectors(&mut self, table: &'static str, line: u64, sectors: &[Sector]) {
        for sector in sectors.iter().filter(|sector| !self.lexicon.sectors.knows(**sector)) {
            self.error(table, line, format!("unknown sector {sector}"));
        }
    }

    fn known_organisation(&mut self, table: &'static str, line: u64, id: &str) {
        if !id.is_empty() && self.lexicon.organisations.by_id(id).is_none() {
            self.error(table, line, format!("unknown organisation {id}"));
        }
    }

    fn countries(&mut self) {
        let lexicon = self.lexicon;
        let mut codes = FxHashSet::default();
        for row in lexicon.countries.all() {
            if !codes.insert(row.code) {
                self.error("countries", row.line, format!("{} is there twice", row.code));
            }
            if row.spell.inverted() {
                self.error("countries", row.line, "ends before it begins");
            }
            if !(row.iso2.is_empty() || row.iso2.len() == 2) {
                self.error("countries", row.line, format!("iso2 `{}` is not two letters", row.iso2));
            }
        }
    }

    fn metonyms(&mut self) {
        let lexicon = self.lexicon;
        for row in lexicon.metonyms.all() {
            self.known_country("metonyms", row.line, row.country);
            self.known_sectors("metonyms", row.line, row.sector.as_slice());
            self.known_organisation("metonyms", row.line, &row.organisation);
            if row.country.is_none() && row.organisation.is_empty() {
                self.error("metonyms", row.line, format!("`{}` stands for nothing", row.phrase));
            }
        }
    }

    fn organisations(&mut self) {
        let lexicon = self.lexicon;
        let mut ids = FxHashSet::default();
        for row in lexicon.organisations.all() {
            self.known_country("organisations", row.line, row.country);
            self.known_sectors("organisations", row.line, &row.sectors);
            if !ids.insert(&row.id) {
                self.error("organisations", row.line, format!("id {} is there twice", row.id));
            }
            if row.spell.inverted() {
                self.error("organisations", row.line, format!("{} ends before it begins", row.name));
            }
            if !["", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"].contains(&row.plover_country.as_str()) {
                self.error("organisations", row.line, format!("unknown plover_country {}", row.plover_country));
            }
            if row.country.is_none() && row.plover_country.is_empty() {
                self.error("organisations", row.line, format!("{} has neither country nor plover_country", row.name));
            }
        }
    }

    fn groups(&mut self) {
        let lexicon = self.lexicon;
        let mut before: Option<&super::Membership> = None;
        for row in lexicon.groups.all() {
            self.known_country("groups", row.line, Some(row.member));
            self.known_organisation("groups", row.line, &row.group_id);
            if row.spell.inverted() {
                self.error("groups", row.line, format!("{} leaves {} before it joins", row.member, row.group_id));
            }
            if let Some(before) = before
                && (&before.group_id, before.member) == (&row.group_id, row.member)
                && before.spell.common_days(row.spell) > 1
            {
                self.error("groups", row.line, format!("{} is in {} twice at once", row.member, row.group_id));
            }
            before = Some(row);
        }
    }

    fn roles(&mut self) {
        let lexicon = self.lexicon;
        let mut phrases = FxHashSet::default();
        for row in lexicon.roles.all() {
            self.known_sectors("roles", row.line, &row.sectors);
            if !phrases.insert(&row.phrase) {
                self.error("roles", row.line, format!("`{}` is there twice", row.phrase));
            }
        }
    }

    fn leaders(&mut self) {
        let lexicon = self.lexicon;
        for row in lexicon.leaders.all() {
            self.known_country("leaders", row.line, row.country);
            self.known_organisation("leaders", row.line, &row.organisation);
            if row.country.is_none() == row.organisation.is_empty() {
                self.error("leaders", row.line, format!("{} needs a country or an organisation, not both", row.name));
            }
            if row.spell.from.is_none() {
                self.error("leaders", row.line, format!("{} has no beginning", row.name));
            }
            if row.spell.inverted() {
                self.error("leaders", row.line, format!("{} ends before it begins", row.name));
            }
            if row.spell.to.is_none() && row.as_of.is_none() {
                self.error("leaders", row.line, format!("{} is open and has no as_of", row.name));
            }
            if row.as_of.zip(row.spell.from).is_some_and(|(as_of, from)| as_of < from.first) {
                self.error("leaders", row.line, format!("{} was checked before it begins", row.name));
            }
            if row.titles.is_empty() {
                self.error("leaders", row.line, format!("{} has no title", row.name));
            }
        }
    }

    /// Of two spells in the same office under the same title, the first must end about when the second begins.
    fn handovers(&mut self) {
        let lexicon = self.lexicon;
        let mut chairs: FxHashMap<(Option<Country>, &str, Office, &str), Vec<&Leader>> = FxHashMap::default();
        for row in lexicon.leaders.all() {
            for title in &row.titles {
                let chair = (row.country, row.organisation.as_str(), row.offices[0], title.as_str());
                chairs.entry(chair).or_default().push(row);
            }
        }
        for (chair, mut rows) in chairs {
            rows.sort_by_key(|row| (row.spell.from, row.line));
            for pair in rows.windows(2) {
                let common = pair[0].spell.common_days(pair[1].spell);
                let (severity, what) = if pair[0].person == pair[1].person && common > 1 {
                    (Severity::Error, "holds it twice at once")
                } else if pair[0].spell.to.is_none() && chair.2 != Office::Other {
                    (Severity::Error, "has a successor but no end")
                } else if common > HANDOVER_DAYS && chair.2 != Office::Other {
                    (Severity::Warning, "overlaps its successor")
                } else {
                    continue;
                };
                let message = format!("{} {what} ({}, line {})", pair[0].name, pair[1].name, pair[1].line);
                self.problems.push(Problem { severity, table: "leaders", line: pair[0].line, message });
            }
        }
    }

    /// One phrase, several meanings: fine for "Congolese", a slip for a name entered twice.
    fn phrases(&mut self) {
        let lexicon = self.lexicon;
        let mut seen = FxHashSet::default();
        let names = lexicon.organisations.all().iter().flat_map(|row| std::iter::once(&row.name).chain(&row.aliases));
        let names =
            names.chain(lexicon.countries.all().iter().flat_map(|row| std::iter::once(&row.name).chain(&row.names)));
        let names =
            names.chain(lexicon.leaders.all().iter().flat_map(|row| std::iter::once(&row.name).chain(&row.aliases)));
        let names = names.chain(lexicon.metonyms.all().iter().map(|row| &row.phrase));
        let names = names.chain(lexicon.nonactors.all().iter().map(|row| &row.phrase));
        for name in names.chain(lexicon.roles.all().iter().map(|row| &row.phrase)) {
            let entries = lexicon.phrases.exactly(name);
            // The adjective and the noun of one people ("Swiss") are one meaning.
            let mut rows: Vec<_> = entries.iter().map(|entry| (table_of(*entry), entry.row)).collect();
            rows.sort_unstable();
            rows.dedup();
            if rows.len() > 1 && seen.insert(super::normal::normal(name)) {
                let meanings: Vec<_> = rows.iter().map(|(table, row)| format!("{table} row {}", row + 1)).collect();
                self.warn("phrases", 0, format!("`{name}` is ambiguous: {}", meanings.join(", ")));
            }
        }
    }
}

fn table_of(entry: PhraseRef) -> &'static str {
    match entry.kind {
        PhraseKind::CountryName | PhraseKind::Adjective | PhraseKind::People | PhraseKind::Capital => "countries",
        PhraseKind::Metonym => "metonyms",
        PhraseKind::Organisation => "organisations",
        PhraseKind::Leader => "leaders",
        PhraseKind::Role => "roles",
        PhraseKind::NonActor => "nonactors",
    }
}
