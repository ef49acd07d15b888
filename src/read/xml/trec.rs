//! TREC and Gigaword: SGML with `<DOC>` records (FBIS, FT, LA Times, AP, Gigaword).

use super::Holds::{Author, Caption, Date, Dateline, Meta, Paragraph, Publisher, Skip, Text, Title};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its first record.
pub(crate) static FORMAT: Format = Format {
    name: "trec",
    extensions: &["trec"],
    name_suffices: false,
    recognise: |head| {
        if super::opens_any(head, &["<DOC>", "<DOC "]) && (head.contains("<TEXT") || head.contains("<DOCNO")) {
            Sure::Yes
        } else {
            Sure::No
        }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "trec",
    records: &["doc"],
    fields: &[
        ("doc@id", Meta),
        ("docno", Meta),
        ("headline", Title),
        ("hl", Title),
        ("head", Title),
        ("ti", Title),
        ("h3/ti", Title),
        ("byline", Author),
        ("dateline", Dateline),
        ("date1", Date),
        ("date_time", Date),
        ("dd", Date),
        ("date", Date),
        ("pub", Publisher),
        ("text/p", Paragraph),
        ("text", Text),
        ("f", Skip),
        ("graphic", Caption),
    ],
    strict: false,
};
