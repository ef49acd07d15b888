//! Plain text: one article a file.

use super::detect::{Format, Sure};
use super::input::{Input, whole};
use super::sink::{Flow, Sink};
use super::{article_text, clean, decode};
use crate::article::Article;

/// Plain text is what nothing else claims.
pub(crate) static FORMAT: Format = Format {
    name: "txt",
    extensions: &["txt", "text", "asc"],
    name_suffices: false,
    recognise: |_| Sure::Perhaps,
    read,
};

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let decoded = decode::decode(&bytes, None);
    let (text, seen) = clean::clean(&decoded.text);
    let mut article = Article { warnings: decoded.warnings, ..Article::default() };
    seen.note(&mut article);
    article_text::push_plain(&mut article, &text, sink.dating());
    let no_body = article.blocks.iter().all(|b| !b.kind.is_analysed() || b.kind == crate::article::BlockKind::Title);
    if no_body && article.blocks.len() > 1 {
        return sink.reject(super::RejectReason::EmptyBody, "a head without a text", &bytes, None);
    }
    sink.article(article, FORMAT.name, &bytes)
}
