//! PETRARCH sentence files: stories or sentences with a date.

use super::Holds::{Date, Meta, Prose, Publisher, Skip};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its outermost element.
pub(crate) static FORMAT: Format = Format {
    name: "petrarch",
    extensions: &[],
    name_suffices: false,
    recognise: |head| {
        if super::opens_any(head, &["<Sentences", "<Sentence ", "<Stories"]) { Sure::Yes } else { Sure::No }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "petrarch",
    records: &["sentence"],
    fields: &[
        ("sentence@id", Meta),
        ("sentence@date", Date),
        ("sentence@source", Publisher),
        ("text", Prose),
        ("parse", Skip),
    ],
    strict: false,
};
