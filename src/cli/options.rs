//! The settings of `tidings run`: flags, and `tidings.toml` with the same names. Flags win.

use super::Failure;
use crate::extract::{EventDatePolicy, ExtractOptions};
use crate::read::{DateOrder, ReadOptions};
use crate::run::{Settings, Share};
use crate::tables::{DocumentExtras, Formats};
use clap::ValueEnum;
use serde::Deserialize;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The settings file that is read when there is one.
const DEFAULT_FILE: &str = "tidings.toml";

/// What a run can be told. Everything is optional here; [`Options::settings`] knows the defaults.
#[derive(Debug, Default, clap::Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Options {
    /// Files, folders and patterns to read [default: input]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Folder the tables go to [default: output]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Formats to write [default: parquet]
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// CSV for Excel: byte order mark, and a guard against cells that start a formula
    #[arg(long)]
    excel: bool,
    /// Number of worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MAX_THREADS))]
    threads: Option<u16>,
    /// Which field of the source is which field of an article, such as text=body (may be repeated)
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<Mapping>,
    /// A field of the source that gets a column `meta_NAME` in `documents` (may be repeated)
    #[arg(long, value_name = "NAME")]
    meta: Vec<String>,
    /// Languages to analyse: any takes every article as if it were English [default: en]
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    /// How to read 01/02/2023 where the source gives no evidence
    #[arg(long, value_enum)]
    date_order: Option<Order>,
    /// Write the text of each article into documents
    #[arg(long)]
    with_text: bool,
    /// Share of rejected records above which the exit code is 65 [default: 1%]
    #[arg(long, value_name = "SHARE")]
    max_rejects: Option<Share>,
    /// The same as --max-rejects 0
    #[arg(long, conflicts_with = "max_rejects")]
    strict: bool,
    /// Folder with lexicons of your own
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// Gazetteer of your own, made by `tidings gazetteer build`
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
    /// Leave out events below this confidence, 0 to 1 [default: 0]
    #[arg(long, value_name = "NUMBER")]
    min_confidence: Option<Share>,
    /// How the one day of an event is chosen [default: strict]
    #[arg(long, value_enum, value_name = "POLICY")]
    event_date: Option<EventDate>,
    /// Write the summary of the run as JSON to this file as well
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
}

/// More threads than any machine has processors are a typing error.
const MAX_THREADS: i64 = 512;

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Format {
    /// For Python, R, `DuckDB`, Spark
    Parquet,
    /// For spreadsheets and everything else
    Csv,
    /// Parquet and CSV
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Lang {
    /// English only; others are listed in `documents` and skipped
    En,
    /// Any
    Any,
}

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// 01/02/2023 is 1 February
    Dmy,
    /// 01/02/2023 is 2 January
    Mdy,
}

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EventDate {
    /// Only what the text dates to one day
    Strict,
    /// The first day of whatever period the text gives
    Start,
    /// As start, and the day of publication where the text gives nothing
    Publication,
}

/// `text=body`: the text of an article is in the field `body`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Mapping {
    field: String,
    name: String,
}

/// Fields of an article that a mapping can name.
const FIELDS: &[&str] = &["text", "title", "author", "date", "url", "publisher", "lang"];

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, name) = text.split_once('=').ok_or_else(|| format!("`{text}` is no mapping; write text=body"))?;
        if !FIELDS.contains(&field) {
            return Err(format!("`{field}` is no field of an article; there are {}", FIELDS.join(", ")));
        }
        Ok(Self { field: field.to_owned(), name: name.to_owned() })
    }
}

impl TryFrom<String> for Mapping {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl Options {
    /// The options in `file`, or in `tidings.toml` when there is one.
    pub(super) fn from_file(file: Option<&Path>) -> Result<Self, Failure> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && file.is_none() => return Ok(Self::default()),
            Err(error) => return Err(Failure::settings(format!("cannot read {}: {error}", path.display()))),
        };
        let options: Self = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            Failure::settings(format!("{}:{line}: {}", path.display(), error.message().replace('\n', " ")))
        })?;
        match options.threads {
            Some(n) if !(1..=MAX_THREADS).contains(&i64::from(n)) => {
                Err(Failure::settings(format!("{}: threads must be 1 to {MAX_THREADS}", path.display())))
            }
            _ => Ok(options),
        }
    }

    /// These options, with those of `file` where nothing is said here.
    #[must_use]
    pub(super) fn or(self, file: Self) -> Self {
        let strict = self.strict || (file.strict && self.max_rejects.is_none());
        Self {
            paths: if self.paths.is_empty() { file.paths } else { self.paths },
            out: self.out.or(file.out),
            format: self.format.or(file.format),
            excel: self.excel || file.excel,
            threads: self.threads.or(file.threads),
            map: if self.map.is_empty() { file.map } else { self.map },
            meta: if self.meta.is_empty() { file.meta } else { self.meta },
            lang: self.lang.or(file.lang),
            date_order: self.date_order.or(file.date_order),
            with_text: self.with_text || file.with_text,
            max_rejects: self.max_rejects.or(file.max_rejects),
            strict,
            lexicon: self.lexicon.or(file.lexicon),
            gazetteer: self.gazetteer.or(file.gazetteer),
            min_confidence: self.min_confidence.or(file.min_confidence),
            event_date: self.event_date.or(file.event_date),
            summary: self.summary.or(file.summary),
        }
    }

    /// As the library takes them.
    pub(super) fn settings(self, args: String) -> Settings {
        let default = Settings::default();
        Settings {
            paths: if self.paths.is_empty() { default.paths } else { self.paths },
            out: self.out.unwrap_or(default.out),
            formats: match self.format {
                None | Some(Format::Parquet) => Formats::Parquet,
                Some(Format::Csv) => Formats::Csv,
                Some(Format::Both) => Formats::Both,
            },
            excel: self.excel,
            extras: DocumentExtras::new(self.with_text, &self.meta),
            threads: self.threads.and_then(|n| NonZeroUsize::new(n.into())).unwrap_or(default.threads),
            read: ReadOptions {
                map: self.map.into_iter().map(|mapping| (mapping.field, mapping.name)).collect(),
                date_order: self.date_order.map(|order| match order {
                    Order::Dmy => DateOrder::DayFirst,
                    Order::Mdy => DateOrder::MonthFirst,
                }),
                ..default.read
            },
            any_language: self.lang == Some(Lang::Any),
            extract: ExtractOptions {
                event_date: match self.event_date {
                    None | Some(EventDate::Strict) => EventDatePolicy::Strict,
                    Some(EventDate::Start) => EventDatePolicy::Start,
                    Some(EventDate::Publication) => EventDatePolicy::Publication,
                },
                min_confidence: self.min_confidence.map_or(default.extract.min_confidence, |c| c.get() as f32),
            },
            max_rejects: if self.strict { Share::NONE } else { self.max_rejects.unwrap_or(default.max_rejects) },
            lexicon: self.lexicon,
            gazetteer: self.gazetteer,
            args,
        }
    }
}

#[cfg(test)]
mod tests;
