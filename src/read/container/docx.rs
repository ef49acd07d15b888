//! Word documents (DOCX): the paragraphs of `word/document.xml`, as plain text.
//!
//! A document that is an export of many articles is read as one; any other is one article.

use super::zip::{Checked, reason};
use super::{FREE, MAX_RATIO};
use crate::article::Article;
use crate::read::input::reason_of;
use crate::read::sink::{Flow, Sink};
use crate::read::xml::{Event, Lexer, Problem};
use crate::read::{RejectReason, article_text, clean, nexis};
use ::zip::ZipArchive;
use std::io::{Read, Seek};

/// The member that holds the text.
pub(super) const TEXT: &str = "word/document.xml";

/// Reads the document.
pub(super) fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, sink: &mut Sink<'_>) -> Flow {
    let member = match archive.by_name(TEXT) {
        Ok(member) => member,
        Err(error) => return sink.reject_cut(reason(&error), error.to_string(), b"", None, None),
    };
    let limit = (member.compressed_size() * MAX_RATIO).max(FREE).min(sink.options.max_record as u64);
    let mut bytes = Vec::new();
    if let Err(error) = (Checked { inner: member, left: limit }).read_to_end(&mut bytes) {
        return sink.reject_cut(reason_of(&error), format!("cannot expand: {error}"), b"", None, None);
    }
    let xml = String::from_utf8_lossy(&bytes);
    let text = match paragraphs(&xml) {
        Ok(text) => text,
        Err(Problem::Entity) => {
            return sink.reject(
                RejectReason::XmlEntity,
                "defines its own entities, which are never expanded",
                &bytes,
                None,
            );
        }
        Err(_) => return sink.reject(RejectReason::XmlSyntax, "a damaged document", &bytes, None),
    };
    let (text, seen) = clean::clean(&text);
    if nexis::is_export(&text) {
        return nexis::documents(&text, &mut |article| seen.note(article), sink);
    }
    let mut article = Article::default();
    seen.note(&mut article);
    article_text::push_plain(&mut article, &text, sink.dating());
    sink.article(article, "docx", &bytes)
}

/// The text with a line for each paragraph, and a blank line between them.
fn paragraphs(xml: &str) -> Result<String, Problem> {
    let mut lexer = Lexer::new(xml);
    let mut text = String::new();
    let mut in_text = false;
    while let Some(event) = lexer.next_event()? {
        match event {
            Event::Start { name, closed, .. } => match name.as_str() {
                "t" => in_text = !closed,
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                _ => {}
            },
            Event::End { name } => match name.as_str() {
                "t" => in_text = false,
                "p" => text.push_str("\n\n"),
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::Text(_) => {}
        }
    }
    Ok(text)
}
