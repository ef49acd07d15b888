//! Any other XML: recognised, so that it is not taken for text, and rejected.

use crate::read::RejectReason;
use crate::read::detect::{Format, Sure};
use crate::read::input::Input;
use crate::read::sink::{Flow, Sink};

/// Told by the XML declaration, after every known format has said no.
pub(crate) static FORMAT: Format = Format {
    name: "xml",
    extensions: &["xml"],
    name_suffices: false,
    recognise: |head| if head.starts_with("<?xml") || head.starts_with("<svg") { Sure::Perhaps } else { Sure::No },
    read,
};

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let head = &input.sample[..input.sample.len().min(1024)];
    let root = String::from_utf8_lossy(head)
        .split('<')
        .find(|t| t.starts_with(char::is_alphabetic))
        .map(|t| t.split_whitespace().next().unwrap_or(t).to_owned());
    if memchr::memmem::find(&input.sample, b"<!ENTITY").is_some() {
        let message = "defines its own entities, which are never expanded";
        return sink.reject_cut(RejectReason::XmlEntity, message, head, None, None);
    }
    let message = format!("XML of an unknown kind (outermost element {})", root.unwrap_or_default());
    sink.reject_cut(RejectReason::UnsupportedFormat, message, head, None, None)
}
