//! RSS 0.9 to 2.0, RDF and Atom feeds: one article an item.

use super::Holds::{Author, Date, Html, Lang, Meta, Publisher, Summary, Title, Url};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its outermost element.
pub(crate) static FORMAT: Format = Format {
    name: "rss",
    extensions: &["rss", "atom"],
    name_suffices: false,
    recognise: |head| {
        if ["<rss", "<rdf:RDF", "<feed"].iter().any(|t| super::opens(head, t)) { Sure::Yes } else { Sure::No }
    },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "rss",
    records: &["item", "entry"],
    fields: &[
        ("item/title", Title),
        ("entry/title", Title),
        ("channel/title", Title),
        ("feed/title", Title),
        ("item/link", Url),
        ("entry/link@href", Url),
        ("pubdate", Date),
        ("published", Date),
        ("date", Date),
        ("issued", Date),
        ("updated", Date),
        ("item/creator", Author),
        ("item/author", Author),
        ("author/name", Author),
        ("item/source", Publisher),
        ("item/encoded", Html),
        ("entry/content", Html),
        ("item/fulltext", Html),
        ("item/description", Summary),
        ("entry/summary", Summary),
        ("item/category", Meta),
        ("item/guid", Meta),
        ("channel/language", Lang),
        ("feed@lang", Lang),
    ],
    strict: false,
};
