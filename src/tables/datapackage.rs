//! `datapackage.json`: the files of a run as a Frictionless data package, version 2.
//!
//! Frictionless tools, and through them R, pandas and CKAN, read types, closed lists, keys and links between tables
//! from it.

use super::cell::Kind;
use super::extras::{ColumnInfo, DocumentExtras};
use super::file::FileInfo;
use super::schema::{SCHEMA_VERSION, Table, tables};
use serde_json::{Value, json};

/// Profile of the descriptor, as the standard names it. It is an identifier; nothing fetches it.
const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The descriptor of these files.
pub fn descriptor(files: &[FileInfo], extras: &DocumentExtras) -> Value {
    let resources: Vec<_> = tables()
        .into_iter()
        .flat_map(|table| {
            let mut own: Vec<_> = files.iter().filter(|file| file.table == Some(table.name)).collect();
            // CSV first: links between tables name a resource, and every tool can follow them in CSV.
            own.sort_by_key(|file| (file.format != "csv", &file.path));
            own.into_iter().enumerate().map(|(nth, file)| resource(table, file, nth, extras)).collect::<Vec<_>>()
        })
        .collect();
    json!({
        "$schema": PACKAGE_PROFILE,
        "name": "tidings",
        "title": "Tables of a tidings run",
        "description": "Who did what to whom, where and when, as reported by a set of news articles.",
        "version": format!("schema-{SCHEMA_VERSION}"),
        "resources": resources,
    })
}

/// A resource; the first of a table bears its name, the second form of the same rows has its format added.
fn resource(table: &Table, file: &FileInfo, nth: usize, extras: &DocumentExtras) -> Value {
    let suffix = if nth == 0 { String::new() } else { format!("_{}", file.format) };
    let name = |table: &str| format!("{table}{suffix}");
    let fields: Vec<_> = ColumnInfo::of(table, extras).iter().map(|column| field(column, file.format)).collect();
    let foreign_keys: Vec<_> = table
        .references
        .iter()
        .map(|r| {
            json!({
                "fields": [r.column],
                "reference": { "resource": name(r.table), "fields": [r.target] },
            })
        })
        .collect();
    let mut schema = json!({ "fields": fields, "primaryKey": table.key });
    if !foreign_keys.is_empty() {
        schema["foreignKeys"] = Value::from(foreign_keys);
    }
    let mediatype = if file.format == "csv" { "text/csv" } else { "application/vnd.apache.parquet" };
    let mut resource = json!({
        "name": name(table.name),
        "type": "table",
        "path": file.path,
        "format": file.format,
        "mediatype": mediatype,
        "description": table.description,
        "schema": schema,
    });
    // frictionless-py cannot count the bytes of a Parquet file and calls the sizes wrong; `manifest.json` has them.
    if file.format == "csv" {
        resource["bytes"] = Value::from(file.bytes);
        resource["hash"] = Value::from(format!("sha256:{}", file.sha256));
        resource["encoding"] = Value::from("utf-8");
        resource["dialect"] = json!({ "lineTerminator": "\n" });
    }
    resource
}

fn field(column: &ColumnInfo, format: &str) -> Value {
    let kind = match column.kind {
        // frictionless-py reads Parquet through pandas, where an integer column with gaps is a column of floats.
        Kind::Int if column.nullable && format == "parquet" => "number",
        Kind::Text => "string",
        Kind::Int => "integer",
        Kind::Float => "number",
        Kind::Bool => "boolean",
        Kind::Date => "date",
        Kind::Datetime => "datetime",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.description });
    if !column.nullable {
        field["constraints"]["required"] = Value::from(true);
    }
    if !column.values.is_empty() {
        field["constraints"]["enum"] = Value::from(column.values);
    }
    field
}
