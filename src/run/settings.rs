//! [`Settings`]: everything a run is told.

use crate::extract::ExtractOptions;
use crate::read::{DateOrder, ReadOptions};
use crate::tables::{DocumentExtras, Formats};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

/// Everything a run is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Files, folders and patterns to read.
    pub paths: Vec<PathBuf>,
    /// Folder the tables go to.
    pub out: PathBuf,
    /// Formats to write.
    pub formats: Formats,
    /// CSV for Excel.
    pub excel: bool,
    /// Columns of `documents` beyond the fixed ones.
    pub extras: DocumentExtras,
    /// Number of workers. Shapes nothing but the time it takes.
    pub threads: NonZeroUsize,
    /// How to read.
    pub read: ReadOptions,
    /// Analyse articles in other languages as well, as if they were English.
    pub any_language: bool,
    /// How to extract.
    pub extract: ExtractOptions,
    /// Share of rejects above which the exit code is 65.
    pub max_rejects: Share,
    /// Folder with lexicons of the user's own.
    pub lexicon: Option<PathBuf>,
    /// A gazetteer file of the user's own.
    pub gazetteer: Option<PathBuf>,
    /// The command line, for the record.
    pub args: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            paths: vec!["input".into()],
            out: "output".into(),
            formats: Formats::default(),
            excel: false,
            extras: DocumentExtras::default(),
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            read: ReadOptions::default(),
            any_language: false,
            extract: ExtractOptions::default(),
            max_rejects: Share::ONE_PERCENT,
            lexicon: None,
            gazetteer: None,
            args: String::new(),
        }
    }
}

impl Settings {
    /// SHA-256 of the settings that shape the rows: not the threads, nor the formats, nor where things lie.
    pub fn sha256(&self) -> String {
        let Self { extras, read, any_language, extract, paths: _, out: _, formats: _, excel: _, threads: _, .. } = self;
        let date_order = match read.date_order {
            None => "evidence",
            Some(DateOrder::DayFirst) => "day_first",
            Some(DateOrder::MonthFirst) => "month_first",
        };
        let shape = serde_json::json!({
            "map": read.map,
            "date_order": date_order,
            "max_record": read.max_record,
            "any_language": any_language,
            "extra_columns": extras.columns().iter().map(|(name, about)| format!("{name}: {about}")).collect::<Vec<_>>(),
            "event_date": extract.event_date.as_str(),
            "min_confidence": extract.min_confidence,
        });
        format!("{:x}", Sha256::digest(shape.to_string()))
    }
}

/// A part of a whole, 0 to 1, written `1%` or `0.01`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// Nothing at all.
    pub const NONE: Self = Self(0.0);
    /// One in a hundred: archives hold that many broken records without anything being wrong with the export.
    pub const ONE_PERCENT: Self = Self(0.01);

    /// As a number from 0 to 1.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Share {
    /// From `"1%"` or `0.01`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a share such as \"1%\" or 0.01")]
        enum Written {
            Text(String),
            Number(f64),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::Number(number) => number.to_string(),
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, unit) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), 100.0),
            None => (text, 1.0),
        };
        let value: f64 = number.parse().map_err(|_| format!("`{text}` is no share; write 1% or 0.01"))?;
        let share = value / unit;
        // A bare `5` may mean five records, 5 % or 500 %.
        if (0.0..=1.0).contains(&share) { Ok(Self(share)) } else { Err(format!("`{text}` is not between 0% and 100%")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EventDatePolicy;

    #[test]
    fn shares_are_percentages_or_fractions() {
        assert_eq!("1%".parse(), Ok(Share::ONE_PERCENT));
        assert_eq!("0.01".parse(), Ok(Share::ONE_PERCENT));
        assert_eq!("0".parse(), Ok(Share::NONE));
        assert_eq!("2.5 %".parse(), Ok(Share(0.025)));
        for bad in ["5", "-1%", "101%", "many", "", "%", "NaN"] {
            assert!(bad.parse::<Share>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_digest_depends_on_what_shapes_the_rows_and_on_nothing_else() {
        let base = Settings::default();
        let same =
            Settings { threads: NonZeroUsize::MIN, out: "elsewhere".into(), formats: Formats::Csv, ..base.clone() };
        assert_eq!(base.sha256(), same.sha256());
        let extract = ExtractOptions { event_date: EventDatePolicy::Start, ..base.extract };
        assert_ne!(base.sha256(), Settings { extract, ..base.clone() }.sha256());
        let extras = DocumentExtras::new(true, [""; 0]);
        assert_ne!(base.sha256(), Settings { extras, ..base.clone() }.sha256());
    }
}
