//! `codebook.md`: what every table and column says, for a reader of the data.

use super::cell::Kind;
use super::extras::{ColumnInfo, DocumentExtras};
use super::schema::{SCHEMA_VERSION, tables};
use std::fmt::Write as _;

const PREAMBLE: &str = "\
Every table has the same columns in CSV and in Parquet. A star marks columns that are never empty. An empty cell \
means that nothing is known, never zero or no. Ids are a letter and 15 hexadecimal digits, hashes of content: the same \
input gives the same ids. Offsets count from 0 and ends are exclusive. Numbers of sentences, blocks, participants \
and pairs count from 0. Lists in a cell are joined by semicolons. Dates are ISO 8601 days, times are UTC. \
CAMEO codes are text: read them as text, or leading zeros are lost.

Quad classes follow PLOVER: 1 verbal cooperation (AGREE CONSULT SUPPORT CONCEDE), 2 material cooperation (COOPERATE AID \
RETREAT), 3 verbal conflict (REQUEST ACCUSE REJECT THREATEN), 4 material conflict (PROTEST SANCTION MOBILIZE COERCE \
ASSAULT). Other data sets draw these lines elsewhere.
";

/// The codebook of a run with these added columns.
pub fn render(extras: &DocumentExtras) -> String {
    let mut out = format!("# Codebook\n\nSchema version {SCHEMA_VERSION}. {PREAMBLE}");
    for table in tables() {
        let _ = write!(out, "\n## {}\n\n{}\n\nKey: {}.", table.name, table.description, code_list(table.key));
        for reference in table.references {
            let _ = write!(out, " `{}` points to `{}.{}`.", reference.column, reference.table, reference.target);
        }
        out.push_str("\n\n| column | type | says | values |\n|---|---|---|---|\n");
        for column in ColumnInfo::of(table, extras) {
            let star = if column.nullable { "" } else { "*" };
            let _ = writeln!(
                out,
                "| `{}`{star} | {} | {} | {} |",
                column.name,
                kind_in_words(column.kind),
                column.description.replace('|', "\\|"),
                code_list(column.values),
            );
        }
    }
    out
}

fn code_list(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

const fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Int => "integer",
        Kind::Float => "number",
        Kind::Bool => "true or false",
        Kind::Date => "date",
        Kind::Datetime => "date and time",
    }
}
