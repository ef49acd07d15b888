//! `NewsML-G2`: one article a news item.

use super::Holds::{Author, Date, Heading, Html, Lang, Meta, Paragraph, Publisher, Skip, Title};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its outermost element.
pub(crate) static FORMAT: Format = Format {
    name: "newsml",
    extensions: &[],
    name_suffices: false,
    recognise: |head| {
        if ["<newsItem", "<newsMessage", "<NewsML"].iter().any(|t| super::opens(head, t)) {
            Sure::Yes
        } else {
            Sure::No
        }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "newsml",
    records: &["newsitem"],
    fields: &[
        ("newsitem@guid", Meta),
        ("newsitem@lang", Lang),
        ("contentmeta/headline", Title),
        ("headline", Title),
        ("headline", Title),
        ("hl1", Meta),
        ("contentcreated", Date),
        ("firstcreated", Date),
        ("versioncreated", Date),
        ("thisrevisioncreated", Date),
        ("creator/name", Author),
        ("contentmeta/by", Author),
        ("infosource/name", Publisher),
        ("provider/name", Publisher),
        ("copyrightholder/name", Meta),
        ("language@tag", Lang),
        ("slugline", Meta),
        ("byttl", Skip),
        ("body/p", Paragraph),
        ("p", Paragraph),
        ("h2", Heading),
        ("inlinedata", Html),
    ],
    strict: true,
};
