//! Web pages: the article, its title, author and date.
//!
//! No tree is built. One pass over the tokens ([`stream`]) yields a flat list of text blocks, each with the path of
//! elements it stands in, and the facts of the head; [`content`] chooses the blocks that are the article, [`meta`] the
//! title, author and date. Every step is linear in the size of the page, so that no nesting, attribute list or entity
//! storm can hurt.

mod content;
mod dates;
mod frame;
mod jsonld;
mod meta;
mod stream;
mod tags;
mod words;

use super::detect::{Format, Sure};
use super::input::{Input, whole};
use super::metadata::body::{self, Piece};
use super::metadata::header::Dating;
use super::sink::{Flow, Sink};
use super::{RejectReason, clean, decode};
use crate::article::{Article, BlockKind, TextKind, Warning};

/// A page, told by its first tags.
pub(crate) static FORMAT: Format =
    Format { name: "html", extensions: &["html", "htm", "xhtml", "shtml"], name_suffices: false, recognise, read };

/// Bytes in which a declared encoding must stand (the standard says 1024; real pages put it later).
const DECLARATION_BYTES: usize = 4096;

fn recognise(head: &str) -> Sure {
    let mut lower = clean::head(head, 4096).to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("<?xml").and_then(|r| r.split_once("?>")) {
        lower = rest.1.trim_start().to_owned();
    }
    while let Some(rest) = lower.strip_prefix("<!--").and_then(|r| r.split_once("-->")) {
        lower = rest.1.trim_start().to_owned();
    }
    let opens = ["<!doctype html", "<html", "<head", "<body"].iter().any(|t| lower.starts_with(t));
    if opens {
        return Sure::Yes;
    }
    let known = ["<article", "<p>", "<p ", "<div", "<h1", "<title", "<meta", "<main", "<section", "<body", "<html"];
    if lower.starts_with('<') && known.iter().any(|t| lower.contains(t)) { Sure::Perhaps } else { Sure::No }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    read_page(&bytes, None, None, sink)
}

/// Reads one page; `charset` and `url` are what the server said, if known.
pub(crate) fn read_page(bytes: &[u8], charset: Option<&str>, url: Option<&str>, sink: &mut Sink<'_>) -> Flow {
    read_page_as(FORMAT.name, bytes, charset, url, sink)
}

/// The same for a page that stands in a file of another format.
pub(crate) fn read_page_as(
    format: &'static str,
    bytes: &[u8],
    charset: Option<&str>,
    url: Option<&str>,
    sink: &mut Sink<'_>,
) -> Flow {
    let order = sink.date_order;
    if sink.date_order.is_none() {
        sink.date_order = crate::read::metadata::order_by_evidence(bytes);
    }
    let page = page(bytes, charset, url, sink);
    sink.date_order = order;
    match page {
        Ok(article) => sink.article(article, format, bytes),
        Err(message) => sink.reject(RejectReason::NoArticleText, message, bytes, None),
    }
}

fn page(bytes: &[u8], charset: Option<&str>, url: Option<&str>, sink: &Sink<'_>) -> Result<Article, &'static str> {
    let declared = declared_charset(bytes);
    let decoded = decode::decode(bytes, charset.map(str::as_bytes).or(declared.as_deref()));
    let (text, seen) = clean::clean(&decoded.text);
    let page = stream::read(&text);
    let mut article = Article { warnings: decoded.warnings, ..Article::default() };
    seen.note(&mut article);
    if page.too_deep {
        article.warn(Warning::HtmlDepth);
    }
    article.url = url.map(str::to_owned);
    let by_lang = page.lang.as_deref().and_then(dates::order_of);
    let dating = Dating { order: sink.date_order.or(by_lang), today: sink.options.today };
    let facts = meta::read(&page, &text, &mut article, dating);
    let chosen = content::choose(&page, &facts, article.title.as_deref());
    if chosen.pieces.is_empty() {
        // A page whose text is loaded by a script still says in its head what it is about.
        let Some(summary) = meta::summary(&page).filter(|_| article.published.is_some() && article.title.is_some())
        else {
            return Err("no article in the page");
        };
        article.text_kind = TextKind::Truncated;
        body::push(&mut article, vec![(BlockKind::Paragraph, summary)]);
        return Ok(article);
    }
    if chosen.doubtful {
        article.warn(Warning::NoArticleText);
    }
    let paragraphs: Vec<String> = chosen.pieces.iter().map(|(_, t)| t.clone()).collect();
    let typed = body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref());
    let mut pieces = merge_kinds(&chosen.pieces, typed);
    let head = meta::head_lines(&mut article, &mut pieces, dating);
    if head > 0 && article.published.is_none() {
        article.warn(Warning::Date);
    }
    body::push(&mut article, pieces);
    Ok(article)
}

/// The `charset` a page declares in its first bytes.
fn declared_charset(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let find = |needle: &[u8]| memchr::memmem::find(&head, needle).map(|at| at + needle.len());
    let at = find(b"charset=").or_else(|| head.starts_with(b"<?xml").then(|| find(b"encoding=")).flatten())?;
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// True when the text of a field is HTML: it holds a closing tag or a paragraph, not merely `<` and `>`.
pub(crate) fn is_markup(text: &str) -> bool {
    memchr::memchr(b'<', text.as_bytes()).is_some()
        && [
            "</p>",
            "<p>",
            "<br",
            "</div>",
            "</a>",
            "</span>",
            "</h2>",
            "</li>",
            "<p ",
            "</b>",
            "</strong>",
            "</em>",
            "</i>",
            "</body>",
        ]
        .iter()
        .any(|t| text.contains(t))
}

/// Blocks of a piece of HTML that is an article's body and nothing else.
pub(crate) fn fragment(text: &str) -> Vec<Piece> {
    let page = stream::read(text);
    page.blocks.iter().filter(|b| !b.hidden).map(|b| (content::kind_of(b), b.text.clone())).collect()
}

/// Text without tags and with entities decoded.
pub(crate) fn plain(text: &str) -> String {
    let page = stream::read(text);
    let texts: Vec<&str> = page.blocks.iter().map(|b| b.text.as_str()).collect();
    texts.join(" ")
}

/// Text without tags, when it seems to have some.
pub(crate) fn plain_if_markup(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(['<', '&']) { plain(text).into() } else { text.into() }
}

/// Kinds that tags gave win over kinds told by looks, except that a paragraph may be anything.
pub(crate) fn merge_kinds(marked: &[Piece], typed: Vec<Piece>) -> Vec<Piece> {
    let mut at = 0;
    typed
        .into_iter()
        .map(|(kind, text)| {
            let found = marked[at..].iter().take(8).position(|(_, t)| *t == text);
            let Some(n) = found else { return (kind, text) };
            at += n + 1;
            let tag = marked[at - 1].0;
            let by_looks = matches!(
                kind,
                BlockKind::Boilerplate | BlockKind::AuthorBio | BlockKind::Dateline | BlockKind::Caption
            );
            (if tag == BlockKind::Paragraph || by_looks { kind } else { tag }, text)
        })
        .collect()
}

#[cfg(test)]
mod tests;
