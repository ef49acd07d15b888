//! NITF, the News Industry Text Format of IPTC.

use super::Holds::{Author, Caption, Date, Dateline, Heading, Lang, Meta, Paragraph, Publisher, Skip, Text, Title};
use super::Shape;
use crate::read::detect::{Format, Sure};

/// Told by its outermost element.
pub(crate) static FORMAT: Format = Format {
    name: "nitf",
    extensions: &["nitf"],
    name_suffices: false,
    recognise: |head| if super::opens(head, "<nitf") { Sure::Yes } else { Sure::No },
    read: |input, sink| super::read(&SHAPE, input, sink),
};

static SHAPE: Shape = Shape {
    name: "nitf",
    records: &["nitf"],
    fields: &[
        ("head/title", Meta),
        ("hedline/hl1", Title),
        ("hl1", Title),
        ("hl2", Heading),
        ("byline/person", Author),
        ("byline", Author),
        ("byttl", Skip),
        ("date.issue@norm", Date),
        ("story.date@norm", Date),
        ("date.release@norm", Date),
        ("distributor", Publisher),
        ("pubdata@name", Publisher),
        ("pubdata@date.publication", Date),
        ("doc-id@id-string", Meta),
        ("dateline/location", Dateline),
        ("dateline", Dateline),
        ("abstract", Meta),
        ("media", Skip),
        ("media-caption", Caption),
        ("body.content", Text),
        ("block", Text),
        ("block/p", Paragraph),
        ("body.content/p", Paragraph),
        ("p", Paragraph),
        ("nitf@lang", Lang),
    ],
    strict: true,
};
