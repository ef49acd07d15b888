//! Reuters-21578 and its kin: SGML with `<REUTERS>` records, control characters and all.

use super::Holds::{Author, Date, Dateline, Meta, Skip, Text, Title};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its document type or first record.
pub(crate) static FORMAT: Format = Format {
    name: "reuters",
    extensions: &["sgm"],
    name_suffices: false,
    recognise: |head| {
        if head.contains("<REUTERS ") && super::opens_any(head, &["<!DOCTYPE lewis", "<REUTERS"]) {
            Sure::Yes
        } else {
            Sure::No
        }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "reuters",
    records: &["reuters"],
    fields: &[
        ("reuters@newid", Meta),
        ("text/title", Title),
        ("text/author", Author),
        ("text/dateline", Dateline),
        ("text/body", Text),
        ("text", Text),
        ("reuters/date", Date),
        ("topics/d", Meta),
        ("places/d", Meta),
        ("people/d", Meta),
        ("orgs/d", Meta),
        ("exchanges/d", Meta),
        ("unknown", Skip),
    ],
    strict: false,
};
