//! Cells: what stands in one column of one row, and which Rust types may be a column.
//!
//! A row struct is made of [`Column`] types only. Each says its kind, whether it may be empty and, for a closed
//! list, its values; so the schema of every format is derived from the struct and cannot drift from it.

use crate::article::{BlockKind, TextKind};
use crate::extract::findings;
use crate::lexicon::{Country, Sector};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Type of a column, the same in every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// Signed 64-bit integer. One width for all counts, so that a column never has to widen.
    Int,
    /// IEEE double.
    Float,
    /// True or false.
    Bool,
    /// Calendar day.
    Date,
    /// Instant in UTC, to the microsecond.
    Datetime,
}

impl Kind {
    /// As printed by `tidings schema`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Datetime => "datetime",
        }
    }
}

/// Value of one column in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing known.
    Null,
    /// Text.
    Text(&'a str),
    /// A count, offset or code number.
    Int(i64),
    /// A score, share or coordinate.
    Float(f64),
    /// A yes or no.
    Bool(bool),
    /// A calendar day.
    Date(Day),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Datetime(i64),
}

/// A calendar day of the years 1 to 9999: what ISO 8601 writes with ten characters and every reader understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day, unless it lies outside the years 1 to 9999 (pandas, Stata and Python's `datetime` refuse those).
    pub fn of(date: Date) -> Option<Self> {
        (date.year() >= 1).then_some(Self(date))
    }

    /// `2023-07-12`.
    pub fn iso(self) -> [u8; 10] {
        let (year, month, day) = (self.0.year() as u16, self.0.month() as u8, self.0.day() as u8);
        let digit = |n: u16| b'0' + (n % 10) as u8;
        let (month, day) = (u16::from(month), u16::from(day));
        [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ]
    }

    /// The day so many days after 1970-01-01, within the years 1 to 9999.
    pub fn from_epoch(days: i32) -> Option<Self> {
        Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok().and_then(Self::of)
    }

    /// As a date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// Days since 1970-01-01, as Arrow and Parquet count them.
    pub fn since_epoch(self) -> i32 {
        // Years start in March, so that the leap day is a year's last.
        let month = i32::from(self.0.month());
        let year = i32::from(self.0.year()) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i32::from(self.0.day()) - 1;
        let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }
}

/// Id of a row: a letter and 15 hex digits (see [`crate::text::content_id`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

impl Id {
    /// Hash of `parts` as an id that begins with `letter`.
    ///
    /// # Panics
    /// When `letter` is not ASCII.
    pub fn of(letter: char, parts: &[&str]) -> Self {
        Self::parse(&crate::text::content_id(letter, parts)).expect("a letter and 15 hex digits")
    }

    /// From its text.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 16] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A type that a row struct may have as a field.
pub trait Column {
    /// Type in every format.
    const KIND: Kind;
    /// May it be empty?
    const NULLABLE: bool = false;
    /// All values it can have, when that list is closed.
    const VALUES: &'static [&'static str] = &[];
    /// Its value in one row.
    fn cell(&self) -> Cell<'_>;
}

impl<T: Column> Column for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    const VALUES: &'static [&'static str] = T::VALUES;
    fn cell(&self) -> Cell<'_> {
        match self.as_ref().map_or(Cell::Null, T::cell) {
            // CSV cannot tell an empty text from none, so no format does.
            Cell::Text("") => Cell::Null,
            cell => cell,
        }
    }
}

impl Column for String {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl Column for &'static str {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl Column for f64 {
    const KIND: Kind = Kind::Float;
    fn cell(&self) -> Cell<'_> {
        // Neither CSV readers nor validators agree on how to write NaN or infinity.
        if self.is_finite() { Cell::Float(*self) } else { Cell::Null }
    }
}

impl Column for bool {
    const KIND: Kind = Kind::Bool;
    fn cell(&self) -> Cell<'_> {
        Cell::Bool(*self)
    }
}

impl Column for Day {
    const KIND: Kind = Kind::Date;
    fn cell(&self) -> Cell<'_> {
        Cell::Date(*self)
    }
}

impl Column for Timestamp {
    const KIND: Kind = Kind::Datetime;
    fn cell(&self) -> Cell<'_> {
        Cell::Datetime(self.as_microsecond())
    }
}

macro_rules! int_columns {
    ($($int:ty),+) => {$(
        impl Column for $int {
            const KIND: Kind = Kind::Int;
            fn cell(&self) -> Cell<'_> {
                Cell::Int(i64::from(*self))
            }
        }
    )+};
}
int_columns!(u8, u16, u32, i32, i64);

impl Column for u64 {
    const KIND: Kind = Kind::Int;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

macro_rules! code_columns {
    ($($code:ty),+) => {$(
        impl Column for $code {
            const KIND: Kind = Kind::Text;
            fn cell(&self) -> Cell<'_> {
                Cell::Text(self.as_str())
            }
        }
    )+};
}
code_columns!(Id, Country, Sector);

/// Closed lists: each value of `$members` is a possible text.
macro_rules! closed_columns {
    ($($list:ty = $members:expr),+ $(,)?) => {$(
        impl Column for $list {
            const KIND: Kind = Kind::Text;
            const VALUES: &'static [&'static str] = &{
                let members: &[$list] = $members;
                let mut texts = [""; { let members: &[$list] = $members; members.len() }];
                let mut i = 0;
                while i < texts.len() {
                    texts[i] = members[i].as_str();
                    i += 1;
                }
                texts
            };
            fn cell(&self) -> Cell<'_> {
                Cell::Text(self.as_str())
            }
        }
    )+};
}
pub(crate) use closed_columns;

closed_columns! {
    findings::MentionType = findings::MentionType::ALL,
    findings::MentionForm = findings::MentionForm::ALL,
    findings::MentionSource = findings::MentionSource::ALL,
    findings::EntityType = findings::EntityType::ALL,
    findings::Precision = findings::Precision::ALL,
    findings::DateBasis = findings::DateBasis::ALL,
    findings::QuotationKind = findings::QuotationKind::ALL,
    findings::TimeKind = findings::TimeKind::ALL,
    findings::EventType = findings::EventType::ALL,
    findings::Status = findings::Status::ALL,
    findings::Polarity = findings::Polarity::ALL,
    findings::Side = findings::Side::ALL,
    findings::Expansion = findings::Expansion::ALL,
    TextKind = &[TextKind::Full, TextKind::Headline, TextKind::Truncated],
    BlockKind = &[
        BlockKind::Title, BlockKind::Paragraph, BlockKind::Heading, BlockKind::List, BlockKind::Quote,
        BlockKind::Byline, BlockKind::Dateline, BlockKind::AuthorBio, BlockKind::Caption, BlockKind::Boilerplate,
    ],
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Cell::Null => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Int(int) => serializer.serialize_i64(int),
            Cell::Float(float) => serializer.serialize_f64(float),
            Cell::Bool(bool) => serializer.serialize_bool(bool),
            Cell::Date(day) => serializer.serialize_str(std::str::from_utf8(&day.iso()).unwrap_or_default()),
            Cell::Datetime(micros) => serializer.serialize_str(&iso_instant(micros)),
        }
    }
}

/// `2023-07-12T09:30:00Z`, with the fraction of a second only where there is one.
pub fn iso_instant(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |instant| instant.to_string())
}

/// A score as it is stored: four decimals, so that 0.9 is `0.9` in every format and not `0.8999999761581421`.
pub fn score(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests;
