//! `leaders.csv`: who held which office, from when to when, and until when we know it.
//!
//! A name is never given for a day on which its bearer may no longer have held the office: a spell without an
//! end counts as known only up to its `as_of`, and an uncertain bound only on its certain side.

use super::code::Country;
use super::dates::Spell;
use super::normal::normal;
use super::phrases::{Builder, PhraseKind};
use super::table::{self, LexiconError, Row, Source};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// A kind of office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// President, monarch, supreme leader.
    HeadOfState,
    /// Prime minister, chancellor, executive president.
    HeadOfGovernment,
    /// Foreign minister, secretary of state.
    ForeignMinister,
    /// Defence minister, secretary of defence.
    DefenceMinister,
    /// Anything else worth a row: heads of organisations, vice presidents, opposition and rebel leaders.
    Other,
}

impl Office {
    const ALL: [Self; 5] =
        [Self::HeadOfState, Self::HeadOfGovernment, Self::ForeignMinister, Self::DefenceMinister, Self::Other];

    /// As written in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HeadOfState => "head_of_state",
            Self::HeadOfGovernment => "head_of_government",
            Self::ForeignMinister => "foreign_minister",
            Self::DefenceMinister => "defence_minister",
            Self::Other => "other",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|office| office.as_str() == text)
    }
}

/// How a person stands to an office on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Not yet in office.
    Future,
    /// In office (also on a day of an uncertain hand-over).
    Current,
    /// In office when last checked, before that day; nothing newer is known.
    Presumed,
    /// No longer in office.
    Former,
}

/// One person's one spell in one office (or in two held as one, such as an executive presidency).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// Key shared by all spells of a person.
    pub person: String,
    /// Whose office; `None` for an organisation's.
    pub country: Option<Country>,
    /// Id of the organisation whose office it is; empty for a country's.
    pub organisation: String,
    /// The offices, most important first.
    pub offices: Vec<Office>,
    /// How the office is called there, `;`-separated in the file (`President`, `General Secretary`).
    pub titles: Vec<String>,
    /// Name as most English papers spell it.
    pub name: String,
    /// Other spellings and fuller names.
    pub aliases: Vec<String>,
    /// The part of the name that stands alone after a title (`Yoon`).
    pub family_name: String,
    /// In office from, to (last day, inclusive).
    pub spell: Spell,
    /// Until when we know an open spell to last.
    pub as_of: Option<Date>,
    /// Where it is from.
    pub source: String,
    /// Line in the file.
    pub line: u64,
}

impl Leader {
    fn read(row: &Row<'_>) -> Result<Self, LexiconError> {
        let offices: Option<Vec<Office>> = row.get("office").split(';').map(Office::parse).collect();
        let name = row.some_text("name")?;
        let person = match row.get("person") {
            "" => normal(&name).replace(' ', "-"),
            key => key.to_owned(),
        };
        Ok(Self {
            person,
            country: row.country("country")?,
            organisation: row.text("organisation"),
            offices: offices.ok_or_else(|| row.bad("office", "unknown office"))?,
            titles: row.list("title"),
            name,
            aliases: row.list("aliases"),
            family_name: row.some_text("family_name")?,
            spell: row.spell()?,
            as_of: row.bound("as_of")?.map(|bound| bound.first),
            source: row.text("source"),
            line: row.line,
        })
    }

    /// True when we know the person to hold the office on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        self.spell.surely(date) && (self.spell.to.is_some() || self.as_of.is_some_and(|as_of| date <= as_of))
    }

    /// How the person stands to this office on `date`.
    pub fn standing_on(&self, date: Date) -> Standing {
        if self.spell.from.is_some_and(|from| date < from.first) {
            Standing::Future
        } else if self.spell.to.is_some_and(|to| to.last < date) {
            Standing::Former
        } else if self.spell.to.is_none() && self.as_of.is_none_or(|as_of| as_of < date) {
            Standing::Presumed
        } else {
            Standing::Current
        }
    }
}

/// All spells, with the ways to find them.
#[derive(Debug, Default)]
pub struct Leaders {
    rows: Vec<Leader>,
    by_person: FxHashMap<String, Vec<u32>>,
    by_family: FxHashMap<String, Vec<u32>>,
    by_country: FxHashMap<Country, Vec<u32>>,
    by_organisation: FxHashMap<String, Vec<u32>>,
}

impl Leaders {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let columns = ["country", "office", "title", "name", "aliases", "family_name", "valid_from", "valid_to"];
        let mut leaders = Self { rows: table::read(sources, &columns, Leader::read)?, ..Self::default() };
        for (at, row) in leaders.rows.iter().enumerate() {
            let at = at as u32;
            leaders.by_person.entry(row.person.clone()).or_default().push(at);
            leaders.by_family.entry(normal(&row.family_name)).or_default().push(at);
            if let Some(country) = row.country {
                leaders.by_country.entry(country).or_default().push(at);
            }
            if !row.organisation.is_empty() {
                leaders.by_organisation.entry(row.organisation.clone()).or_default().push(at);
            }
        }
        Ok(leaders)
    }

    /// Full names and aliases, each pointing to the first of the person's rows.
    pub(super) fn index(&self, phrases: &mut Builder) {
        for row in &self.rows {
            let first = self.by_person[&row.person][0];
            for name in std::iter::once(&row.name).chain(&row.aliases) {
                phrases.add(name, PhraseKind::Leader, first, false);
            }
        }
    }

    /// The row a phrase points to.
    pub fn get(&self, row: u32) -> &Leader {
        &self.rows[row as usize]
    }

    /// All rows.
    pub fn all(&self) -> &[Leader] {
        &self.rows
    }

    /// Rows of everyone with this family name, whatever its case and accents.
    pub fn by_family(&self, family: &str) -> &[u32] {
        self.by_family.get(&normal(family)).map_or(&[], Vec::as_slice)
    }

    /// Every spell of the person whose spell `row` is, in the order of the table.
    pub fn same_person(&self, row: u32) -> &[u32] {
        &self.by_person[&self.get(row).person]
    }

    /// The first row of a person, by the key that all spells of the person share.
    pub fn person(&self, key: &str) -> Option<u32> {
        self.by_person.get(key).and_then(|rows| rows.first().copied())
    }

    /// How the holder of `row` stands to that office on `date`.
    pub fn office_on(&self, row: u32, date: Date) -> Standing {
        self.get(row).standing_on(date)
    }

    /// The spell that says most about the person of `row` on `date`: one current then, else presumed, else the
    /// last one over, else the next to come.
    pub fn best_spell(&self, row: u32, date: Date) -> (u32, Standing) {
        let rank = |at: u32| {
            let leader = self.get(at);
            let from = leader.spell.from.map(|bound| bound.first);
            let to = leader.spell.to.map(|bound| bound.last);
            match leader.standing_on(date) {
                Standing::Current => (3, leader.offices[0] != Office::Other, from.map(|day| (day - date).get_days())),
                Standing::Presumed => (2, leader.offices[0] != Office::Other, from.map(|day| (day - date).get_days())),
                Standing::Former => (1, false, to.map(|day| (day - date).get_days())),
                Standing::Future => (0, false, from.map(|day| (date - day).get_days())),
            }
        };
        let best = self.same_person(row).iter().copied().max_by_key(|at| rank(*at)).unwrap_or(row);
        (best, self.get(best).standing_on(date))
    }

    /// Who is known to hold an office of a country on a day; `None` when that is not known.
    ///
    /// On the day of a hand-over the successor is given. Where two hold an office together (Bosnia's presidency,
    /// San Marino's captains) the one who began last is given.
    pub fn holder(&self, country: Country, office: Office, date: Date) -> Option<&Leader> {
        self.latest(self.by_country.get(&country)?, date, |row| row.offices.contains(&office))
    }

    /// As [`Self::holder`], by the title used there: Iran's `president` is not its head of state.
    pub fn titled(&self, country: Country, title: &str, date: Date) -> Option<&Leader> {
        let title = normal(title);
        self.latest(self.by_country.get(&country)?, date, |row| row.titles.iter().any(|own| normal(own) == title))
    }

    /// Who is known to head an organisation on a day.
    pub fn head_of(&self, organisation: &str, date: Date) -> Option<&Leader> {
        self.latest(self.by_organisation.get(organisation)?, date, |_| true)
    }

    fn latest(&self, rows: &[u32], date: Date, fits: impl Fn(&Leader) -> bool) -> Option<&Leader> {
        let rows = rows.iter().map(|at| self.get(*at)).filter(|row| fits(row) && row.holds_on(date));
        rows.max_by_key(|row| row.spell.from.map(|from| from.first))
    }
}
