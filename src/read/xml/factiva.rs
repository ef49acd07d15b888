//! Factiva XML exports.

use super::Holds::{Author, Date, Lang, Meta, Paragraph, Publisher, Skip, Text, Title};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its outermost elements.
pub(crate) static FORMAT: Format = Format {
    name: "factiva",
    extensions: &[],
    name_suffices: false,
    recognise: |head| {
        if head.contains("<ppsArticleResponse") || head.contains("<ppsarticleResultSet") { Sure::Yes } else { Sure::No }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "factiva",
    records: &["article"],
    fields: &[
        ("accessionno", Meta),
        ("headline/paragraph", Title),
        ("headline", Title),
        ("byline", Author),
        ("publicationdate/datetime", Date),
        ("publicationdate/date", Date),
        ("publicationdate", Date),
        ("sourcename", Publisher),
        ("publishername", Meta),
        ("baselanguage", Lang),
        ("leadparagraph/paragraph", Paragraph),
        ("tailparagraphs/paragraph", Paragraph),
        ("leadparagraph", Text),
        ("tailparagraphs", Text),
        ("copyright", Meta),
        ("region/name", Skip),
        ("newssubject/name", Skip),
    ],
    strict: false,
};
