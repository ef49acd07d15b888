//! `organisations.csv` and `groups.csv`: who acts beside states, and which states are members of what, when.

use super::code::{Country, Sector};
use super::dates::Spell;
use super::phrases::{Builder, PhraseKind};
use super::table::{self, LexiconError, Row, Source};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// As written in the table.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

names! {
    /// What kind of organisation.
    OrganisationType {
        /// Founded by a treaty between states.
        Igo = "IGO",
        /// States that meet under a name without an organisation of their own (`G7`).
        Group = "GROUP",
        /// Neither a state's nor a business.
        Ngo = "NGO",
        /// Fights and is not a state's army.
        Armed = "ARMED",
        /// Stands for election, or would.
        Party = "PARTY",
        /// Department of a government.
        Ministry = "MINISTRY",
        /// Makes laws.
        Parliament = "PARLIAMENT",
        /// Judges.
        Court = "COURT",
        /// Any other body of a state: services, armies, police, central banks, regulators.
        Agency = "AGENCY",
        /// Sells.
        Company = "COMPANY",
        /// Reports.
        Media = "MEDIA",
        /// Teaches and studies, think tanks too.
        University = "UNIVERSITY",
        /// Of workers or of employers.
        Union = "UNION",
        /// A church or other body of believers.
        Religious = "RELIGIOUS",
        /// A people, faith or movement without an organisation (`Kurds`, `Rohingya`).
        People = "PEOPLE",
    }
}

/// An organisation, group of states, armed group, ministry, company …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Stable id, small letters and hyphens.
    pub id: String,
    /// The name we write.
    pub name: String,
    /// Abbreviations and other names.
    pub aliases: Vec<String>,
    /// What kind.
    pub kind: OrganisationType,
    /// Country whose it is, or where it is at home; `None` when international.
    pub country: Option<Country>,
    /// PLOVER's code for what is no country's: `IGO UNO EUR NGO ISM IMG MNC`; empty otherwise.
    pub plover_country: String,
    /// PLOVER sectors, the main one first.
    pub sectors: Vec<Sector>,
    /// When it existed, where known.
    pub spell: Spell,
    /// Line in the file.
    pub line: u64,
}

impl Organisation {
    fn read(row: &Row<'_>) -> Result<Self, LexiconError> {
        Ok(Self {
            id: row.some_text("id")?,
            name: row.some_text("name")?,
            aliases: row.list("aliases"),
            kind: OrganisationType::parse(row.get("type")).ok_or_else(|| row.bad("type", "unknown kind"))?,
            country: row.country("country")?,
            plover_country: row.text("plover_country"),
            sectors: row.sectors("sectors")?,
            spell: row.spell()?,
            line: row.line,
        })
    }
}

/// All organisations, by row and by id.
#[derive(Debug, Default)]
pub struct Organisations {
    rows: Vec<Organisation>,
    by_id: FxHashMap<String, u32>,
}

impl Organisations {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let columns = ["id", "name", "aliases", "type", "country", "plover_country", "sectors"];
        let rows = table::read(sources, &columns, Organisation::read)?;
        let by_id = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at as u32)).collect();
        Ok(Self { rows, by_id })
    }

    pub(super) fn index(&self, phrases: &mut Builder) {
        for (at, row) in self.rows.iter().enumerate() {
            for name in std::iter::once(&row.name).chain(&row.aliases) {
                phrases.add(name, PhraseKind::Organisation, at as u32, false);
            }
        }
    }

    /// The row a phrase points to.
    pub fn get(&self, row: u32) -> &Organisation {
        &self.rows[row as usize]
    }

    /// The organisation of an id.
    pub fn by_id(&self, id: &str) -> Option<&Organisation> {
        self.by_id.get(id).map(|at| &self.rows[*at as usize])
    }

    /// All rows.
    pub fn all(&self) -> &[Organisation] {
        &self.rows
    }
}

/// A state's membership in a group, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Id of the group in `organisations`.
    pub group_id: String,
    /// The member.
    pub member: Country,
    /// From its first to its last day as a member.
    pub spell: Spell,
    /// Where the dates are from.
    pub source: String,
    /// Line in the file.
    pub line: u64,
}

/// All memberships, sorted by group, member and date.
#[derive(Debug, Default)]
pub struct Groups {
    rows: Vec<Membership>,
}

impl Groups {
    pub(super) fn read(sources: &[Source]) -> Result<Self, LexiconError> {
        let mut rows = table::read(sources, &["group_id", "member", "valid_from", "valid_to"], |row| {
            Ok(Membership {
                group_id: row.some_text("group_id")?,
                member: row.country("member")?.ok_or_else(|| row.bad("member", "expected a country code"))?,
                spell: row.spell()?,
                source: row.text("source"),
                line: row.line,
            })
        })?;
        rows.sort_by(|a, b| (&a.group_id, a.member, a.spell.from).cmp(&(&b.group_id, b.member, b.spell.from)));
        Ok(Self { rows })
    }

    /// Every membership of a group, by member and beginning.
    pub fn of(&self, group_id: &str) -> &[Membership] {
        let first = self.rows.partition_point(|row| row.group_id.as_str() < group_id);
        let rows = &self.rows[first..];
        &rows[..rows.partition_point(|row| row.group_id == group_id)]
    }

    /// Members of a group on a day, by code; without a day, every state that was ever one.
    pub fn members(&self, group_id: &str, date: Option<Date>) -> impl Iterator<Item = Country> {
        let mut last = None;
        self.of(group_id)
            .iter()
            .filter(move |row| date.is_none_or(|date| row.spell.surely(date)))
            .map(|row| row.member)
            .filter(move |member| last.replace(*member) != Some(*member))
    }

    /// True when `country` was a member on `date`.
    pub fn is_member(&self, group_id: &str, country: Country, date: Date) -> bool {
        self.of(group_id).iter().any(|row| row.member == country && row.spell.surely(date))
    }

    /// All rows.
    pub fn all(&self) -> &[Membership] {
        &self.rows
    }
}
