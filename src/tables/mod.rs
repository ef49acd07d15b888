//! Findings to rows to files: the tables a person opens.
//!
//! [`Rows::push_article`] turns one article's findings into rows, [`Corpus`] gathers what spans articles, and
//! [`TableWriters`] writes both as CSV and Parquet while they come, with memory bounded by one row group a table.
//! There is one file per table here; each declares its columns once, and everything that describes the tables
//! ([`schema`], [`datapackage`], [`codebook`]) is derived from that. Nothing in this module renames, syncs or
//! commits files: it writes into the folder it is given.

pub mod cell;
pub mod codebook;
mod corpus;
mod csv_file;
pub mod datapackage;
pub mod dates;
pub mod documents;
pub mod dyads;
pub mod entities;
pub mod entity_members;
pub mod events;
pub mod export;
mod extras;
mod file;
pub mod mentions;
mod offsets;
pub mod panel;
mod parquet;
mod parquet_reader;
pub mod participants;
pub mod places;
pub mod quotations;
pub mod reader;
pub mod rejects;
mod rows;
pub mod runs;
pub mod schema;
pub mod sentences;
mod writers;

pub use cell::{Cell, Column, Day, Id, Kind};
pub use corpus::Corpus;
pub use extras::{ColumnInfo, DocumentExtras};
pub use file::{FileInfo, TableError};
pub use offsets::CharMap;
pub use rejects::RejectRow;
pub use rows::{Rows, RunContext};
pub use runs::RunRow;
pub use writers::{Formats, TableWriters, WriteOptions, write_docs};
