//! The schema of every table, derived from the row structs, and its two printed forms.
//!
//! `table!` turns one list of `column: type = "description"` into a row struct, its [`Table`] and its cells.
//! CSV headers, Parquet schemas, `datapackage.json`, `codebook.md` and `tidings schema` read the [`Table`]s, so a
//! column is added, renamed or retyped in one place; `tests/schema.txt` freezes the result.

use super::cell::{Cell, Kind};
use std::fmt::Write as _;

/// Version of the set of tables. Raised when a column is renamed, removed or retyped; adding one does not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// One table.
#[derive(Debug, PartialEq)]
pub struct Table {
    /// Name of its folder and files.
    pub name: &'static str,
    /// What one row is.
    pub description: &'static str,
    /// Columns that together tell rows apart.
    pub key: &'static [&'static str],
    /// Columns that point to other tables.
    pub references: &'static [Reference],
    /// Its columns, in order.
    pub columns: &'static [ColumnDef],
}

/// A column whose values are keys of another table.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// The column here.
    pub column: &'static str,
    /// The table there.
    pub table: &'static str,
    /// The column there.
    pub target: &'static str,
}

/// One column.
#[derive(Debug, PartialEq, Eq)]
pub struct ColumnDef {
    /// Snake case, at most 32 characters: Stata's limit.
    pub name: &'static str,
    /// Type.
    pub kind: Kind,
    /// May it be empty?
    pub nullable: bool,
    /// All values it can have, when the list is closed.
    pub values: &'static [&'static str],
    /// What it says, with its unit.
    pub description: &'static str,
}

/// A row of one table.
pub trait TableRow {
    /// Its table.
    const TABLE: &'static Table;
    /// Calls `each` with every cell, in the order of the columns.
    fn cells<'a>(&'a self, each: &mut impl FnMut(Cell<'a>));
}

/// Declares a table: its row struct, its [`Table`] and its serialisation, from one list of columns.
macro_rules! table {
    (
        $(#[$doc:meta])*
        $row:ident in $name:literal : $about:literal
        key [$($key:ident),+]
        references [$($column:ident -> $target:ident . $target_column:ident),* $(,)?]
        { $($field:ident : $type:ty = $text:expr),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $row { $(#[doc = $text] pub $field: $type),+ }

        impl $crate::tables::schema::TableRow for $row {
            const TABLE: &'static $crate::tables::schema::Table = &$crate::tables::schema::Table {
                name: $name,
                description: $about,
                key: &[$(stringify!($key)),+],
                references: &[$($crate::tables::schema::Reference {
                    column: stringify!($column),
                    table: stringify!($target),
                    target: stringify!($target_column),
                }),*],
                columns: &[$($crate::tables::schema::ColumnDef {
                    name: stringify!($field),
                    kind: <$type as $crate::tables::cell::Column>::KIND,
                    nullable: <$type as $crate::tables::cell::Column>::NULLABLE,
                    values: <$type as $crate::tables::cell::Column>::VALUES,
                    description: $text,
                }),+],
            };

            #[inline]
            fn cells<'a>(&'a self, each: &mut impl FnMut($crate::tables::cell::Cell<'a>)) {
                $(each($crate::tables::cell::Column::cell(&self.$field));)+
            }
        }

        impl serde::Serialize for $row {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;
                let columns = <Self as $crate::tables::schema::TableRow>::TABLE.columns.len();
                let mut row = serializer.serialize_struct(stringify!($row), columns)?;
                $(row.serialize_field(stringify!($field), &$crate::tables::cell::Column::cell(&self.$field))?;)+
                row.end()
            }
        }
    };
}
pub(crate) use table;

/// Every table, in the order in which a reader should meet them.
pub fn tables() -> [&'static Table; 13] {
    use super::{
        dates::DateRow, documents::DocumentRow, dyads::DyadRow, entities::EntityRow, entity_members::MemberRow,
        events::EventRow, mentions::MentionRow, participants::ParticipantRow, places::PlaceRow,
        quotations::QuotationRow, rejects::RejectRow, runs::RunRow, sentences::SentenceRow,
    };
    [
        DocumentRow::TABLE,
        SentenceRow::TABLE,
        MentionRow::TABLE,
        EntityRow::TABLE,
        MemberRow::TABLE,
        EventRow::TABLE,
        ParticipantRow::TABLE,
        DyadRow::TABLE,
        DateRow::TABLE,
        QuotationRow::TABLE,
        PlaceRow::TABLE,
        RejectRow::TABLE,
        RunRow::TABLE,
    ]
}

/// The schema as text, for `tidings schema` and the freeze test.
///
/// # Examples
/// ```
/// let text = tidings::tables::schema::render();
/// assert!(text.contains("events (key: event_id)"));
/// ```
pub fn render() -> String {
    let mut out = format!("schema version {SCHEMA_VERSION}; * = never empty\n");
    for table in tables() {
        let _ = write!(out, "\n{} (key: {})\n  {}\n", table.name, table.key.join(", "), table.description);
        let name_width = table.columns.iter().map(|c| c.name.len() + usize::from(!c.nullable)).max().unwrap_or(0);
        for column in table.columns {
            let name = format!("{}{}", column.name, if column.nullable { "" } else { "*" });
            let _ = write!(out, "  {name:name_width$}  {:8}  {}", column.kind.as_str(), column.description);
            if !column.values.is_empty() {
                let _ = write!(out, " [{}]", column.values.join(" "));
            }
            out.push('\n');
        }
        for reference in table.references {
            let _ = writeln!(out, "  -> {} is a key of {}.{}", reference.column, reference.table, reference.target);
        }
    }
    out
}

/// The schema as JSON, for `tidings schema --format json`.
pub fn to_json() -> serde_json::Value {
    let tables: Vec<_> = tables()
        .iter()
        .map(|table| {
            serde_json::json!({
                "name": table.name,
                "description": table.description,
                "key": table.key,
                "references": table.references.iter().map(|r| serde_json::json!({
                    "column": r.column, "table": r.table, "target": r.target,
                })).collect::<Vec<_>>(),
                "columns": table.columns.iter().map(|c| serde_json::json!({
                    "name": c.name, "type": c.kind.as_str(), "nullable": c.nullable,
                    "values": c.values, "description": c.description,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    serde_json::json!({ "schema_version": SCHEMA_VERSION, "tables": tables })
}
