//! Columns of `documents` that a run adds: the text of the article and the user's own fields.
//!
//! Readers meet fields such as `section` or `wire_id` record by record, but a file's columns must be known when its
//! first row is written. So every field goes into the fixed column `meta` as JSON, and the fields that are named
//! before the run starts (by the user, or by a plan that has looked at the heads of the files) get a column
//! `meta_<name>` as well. No row ever waits for the end of the run, and the set of columns never depends on the
//! order in which articles come.

use super::cell::{Cell, Kind};
use super::schema::ColumnDef;
use crate::article::Article;
use rustc_hash::FxHashSet;
use std::fmt::Write as _;

/// Stata's limit.
const MAX_NAME: usize = 32;

/// Which columns a run adds to `documents`, after the fixed ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentExtras {
    with_text: bool,
    /// Name of the field, name of its column.
    fields: Vec<(String, String)>,
}

impl DocumentExtras {
    /// `text` if `with_text`, and a column for each of the `fields`.
    pub fn new<S: AsRef<str>>(with_text: bool, fields: impl IntoIterator<Item = S>) -> Self {
        let mut extras = Self { with_text, fields: Vec::new() };
        let mut seen = FxHashSet::default();
        for field in fields {
            let field = field.as_ref();
            if !seen.insert(field.to_owned()) {
                continue;
            }
            let column = extras.free_name(&column_name(field));
            extras.fields.push((field.to_owned(), column));
        }
        extras
    }

    /// Names of the columns, with what they hold.
    pub fn columns(&self) -> Vec<(&str, String)> {
        let text = self.with_text.then(|| ("text", "Text of the article, in reading order.".to_owned()));
        let fields =
            self.fields.iter().map(|(field, column)| (column.as_str(), format!("Field \"{field}\" of the source.")));
        text.into_iter().chain(fields).collect()
    }

    /// Cells of one article, in the order of [`Self::columns`].
    pub fn cells(&self, article: &Article) -> Vec<Option<String>> {
        let text = self.with_text.then(|| Some(article.text.clone()));
        let value = |field: &str| article.meta.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone());
        text.into_iter().chain(self.fields.iter().map(|(field, _)| value(field))).collect()
    }

    /// All fields as a JSON object in source order. A name that stands twice gets a number: `tag`, `tag_2`.
    pub(super) fn meta_json(meta: &[(String, String)]) -> Option<String> {
        if meta.is_empty() {
            return None;
        }
        let mut seen = FxHashSet::default();
        let mut out = String::from("{");
        for (name, value) in meta {
            let mut unique = name.clone();
            let mut nth = 1;
            while !seen.insert(unique.clone()) {
                nth += 1;
                unique = format!("{name}_{nth}");
            }
            let comma = if out.len() > 1 { "," } else { "" };
            let (name, value) = (serde_json::Value::from(unique), serde_json::Value::from(value.as_str()));
            let _ = write!(out, "{comma}{name}:{value}");
        }
        out.push('}');
        Some(out)
    }

    fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.fields.iter().any(|(_, column)| column == name);
        let mut name = wanted.to_owned();
        let mut nth = 1;
        while taken(&name) {
            nth += 1;
            let suffix = format!("_{nth}");
            name = format!("{}{suffix}", &wanted[..wanted.len().min(MAX_NAME - suffix.len())]);
        }
        name
    }
}

/// `meta_` and the field's name in lower-case ASCII: `Section/Desk` becomes `meta_section_desk`.
fn column_name(field: &str) -> String {
    let mut name = String::from("meta");
    let mut gap = true;
    for c in field.chars() {
        if c.is_ascii_alphanumeric() {
            if gap {
                name.push('_');
            }
            name.push(c.to_ascii_lowercase());
            gap = false;
        } else {
            gap = true;
        }
    }
    if name == "meta" {
        name.push_str("_field");
    }
    name.truncate(MAX_NAME);
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// A column as the writers see it: fixed or added by the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Name.
    pub name: String,
    /// Type.
    pub kind: Kind,
    /// May it be empty?
    pub nullable: bool,
    /// All values it can have, when the list is closed.
    pub values: &'static [&'static str],
    /// What it says.
    pub description: String,
}

impl ColumnInfo {
    fn fixed(column: &ColumnDef) -> Self {
        Self {
            name: column.name.to_owned(),
            kind: column.kind,
            nullable: column.nullable,
            values: column.values,
            description: column.description.to_owned(),
        }
    }

    /// All columns of `table` in a run with these extras.
    pub fn of(table: &super::schema::Table, extras: &DocumentExtras) -> Vec<Self> {
        let mut columns: Vec<_> = table.columns.iter().map(Self::fixed).collect();
        if table.name == "documents" {
            columns.extend(extras.columns().into_iter().map(|(name, description)| Self {
                name: name.to_owned(),
                kind: Kind::Text,
                nullable: true,
                values: &[],
                description,
            }));
        }
        columns
    }
}

/// Cells of extra columns.
pub(super) fn extra_cells(values: &[Option<String>]) -> impl Iterator<Item = Cell<'_>> {
    values.iter().map(|value| value.as_deref().map_or(Cell::Null, Cell::Text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_become_column_names() {
        let names =
            ["Section/Desk", "section desk", "日付", "", "wire_id", "wire_id", &"x".repeat(60), &"x".repeat(61)];
        let extras = DocumentExtras::new(true, names);
        let columns: Vec<_> = extras.columns().into_iter().map(|(name, _)| name).collect();
        let long = format!("meta_{}", "x".repeat(27));
        let long_2 = format!("meta_{}_2", "x".repeat(25));
        assert_eq!(
            columns,
            [
                "text",
                "meta_section_desk",
                "meta_section_desk_2",
                "meta_field",
                "meta_field_2",
                "meta_wire_id",
                &long,
                &long_2
            ]
        );
        assert!(columns.iter().all(|name| name.len() <= MAX_NAME));
    }

    #[test]
    fn all_fields_are_in_the_json_in_source_order() {
        let meta = [("tag", "a \"b\""), ("desk", "Asia"), ("tag", "c")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(DocumentExtras::meta_json(&meta).unwrap(), r#"{"tag":"a \"b\"","desk":"Asia","tag_2":"c"}"#);
        assert_eq!(DocumentExtras::meta_json(&[]), None);
    }
}
