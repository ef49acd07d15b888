//! `roles.csv` and `sectors.csv`: common nouns for who acts (`president`, `rebels`, `police`), and the sectors.

use super::code::Sector;
use super::leaders::Office;
use super::phrases::{Builder, PhraseKind};
use super::table::{self, LexiconError, Source};

/// Whether a role is one person, many, or a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// `spokesman`.
    Person,
    /// `rebels`, `troops`.
    Group,
    /// `parliament`, `company`.
    Body,
}

/// A common noun, or short noun phrase, that says what an actor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Singular, in small letters; abbreviated titles as they are printed (`Gen.`).
    pub phrase: String,
    /// Plural; empty when there is none.
    pub plural: String,
    /// PLOVER sectors, the main one first.
    pub sectors: Vec<Sector>,
    /// One, many, or a body.
    pub kind: RoleKind,
    /// True when it stands before a name (`President`, `Gen.`).
    pub title: bool,
    /// The office it names, so that with a country and a day it finds its holder.
    pub office: Option<Office>,
    /// Line in the file.
    pub line: u64,
}

/// All roles.
#[derive(Debug, Default)]
pub struct Roles {
    rows: Vec<Role>,
}

impl Roles {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let rows = table::read(sources, &["phrase", "plural", "sectors", "kind", "title", "office"], |row| {
            Ok(Role {
                phrase: row.some_text("phrase")?,
                plural: row.text("plural"),
                sectors: row.sectors("sectors")?,
                kind: match row.get("kind") {
                    "person" => RoleKind::Person,
                    "group" => RoleKind::Group,
                    "body" => RoleKind::Body,
                    _ => return Err(row.bad("kind", "expected person, group or body")),
                },
                title: match row.get("title") {
                    "true" => true,
                    "" | "false" => false,
                    _ => return Err(row.bad("title", "expected true or false")),
                },
                office: match row.get("office") {
                    "" => None,
                    text => Some(Office::parse(text).ok_or_else(|| row.bad("office", "unknown office"))?),
                },
                line: row.line,
            })
        })?;
        Ok(Self { rows })
    }

    pub(super) fn index(&self, phrases: &mut Builder) {
        for (at, row) in self.rows.iter().enumerate() {
            phrases.add(&row.phrase, PhraseKind::Role, at as u32, row.plural == row.phrase);
            if row.plural != row.phrase {
                phrases.add(&row.plural, PhraseKind::Role, at as u32, true);
            }
        }
    }

    /// The row a phrase points to.
    pub fn get(&self, row: u32) -> &Role {
        &self.rows[row as usize]
    }

    /// All rows.
    pub fn all(&self) -> &[Role] {
        &self.rows
    }
}

/// A sector and what we mean by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorRow {
    /// The code.
    pub code: Sector,
    /// In our own words.
    pub meaning: String,
    /// `PLOVER`, `CAMEO` or both.
    pub origin: String,
    /// Line in the file.
    pub line: u64,
}

/// The sectors that may be used.
#[derive(Debug, Default)]
pub struct Sectors {
    rows: Vec<SectorRow>,
}

impl Sectors {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let rows = table::read(sources, &["code", "meaning", "origin"], |row| {
            Ok(SectorRow {
                code: Sector::parse(row.get("code")).map_err(|_| row.bad("code", "expected three capitals"))?,
                meaning: row.some_text("meaning")?,
                origin: row.text("origin"),
                line: row.line,
            })
        })?;
        Ok(Self { rows })
    }

    /// True when the sector is in the list.
    pub fn knows(&self, code: Sector) -> bool {
        self.rows.iter().any(|row| row.code == code)
    }

    /// All rows.
    pub fn all(&self) -> &[SectorRow] {
        &self.rows
    }
}
