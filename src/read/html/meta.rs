//! Title, author, publisher, address, language and date of a page.
//!
//! Sources are tried in the order of how often each was right on development pages: the address and the publication
//! fields first, dates of change never.

use super::jsonld::{self, Described};
use super::stream::Page;
use crate::article::{Article, BlockKind, PublishedBasis};
use crate::read::clean::squeeze;
use crate::read::fields::language_code;
use crate::read::metadata::body::{Piece, same_words};
use crate::read::metadata::header::Dating;
use crate::read::metadata::{byline, date};

/// What the head of the page says that the choice of the body needs.
pub(super) struct Facts {
    pub(super) described: Described,
    /// The headline in the page itself, when it is a block: its index.
    pub(super) headline_at: Option<usize>,
}

const AUTHOR_METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "itemprop:author",
    "og:article:author",
    "rbauthors",
    "authors",
    "twitter:data1",
];
const TITLE_METAS: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
    "itemprop:headline",
];
const PUBLISHER_METAS: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher", "citation_publisher"];

/// Fills the article's fields from the page.
pub(super) fn read(page: &Page, html: &str, article: &mut Article, dating: Dating) -> Facts {
    let described = jsonld::read(&page.json_ld);
    let meta = |names: &[&str]| -> Option<String> {
        names
            .iter()
            .find_map(|n| page.metas.iter().find(|(k, v)| k == n && !v.trim().is_empty()).map(|(_, v)| super::plain(v)))
    };
    article.publisher = meta(PUBLISHER_METAS).filter(|p| !p.contains("://")).or_else(|| described.publisher.clone());
    if article.url.is_none() {
        let og = page.metas.iter().find(|(k, _)| k == "og:url").map(|(_, v)| v.clone());
        article.url = page.canonical.clone().or(og).map(|u| squeeze(&u)).filter(|u| u.starts_with("http"));
    }
    article.lang = page.lang.as_deref().or(described.lang.as_deref()).and_then(language_code);
    let (title, headline_at) = title(page, &described, meta(TITLE_METAS), article.publisher.as_deref());
    article.title = title;
    article.author = author(page, &described, meta(AUTHOR_METAS).as_deref(), article.publisher.as_deref());
    super::dates::set(article, page, &described, headline_at, html, dating);
    Facts { described, headline_at }
}

/// The title, and the block that shows it.
fn title(
    page: &Page,
    described: &Described,
    meta: Option<String>,
    publisher: Option<&str>,
) -> (Option<String>, Option<usize>) {
    let shown: Vec<(usize, &str)> = page
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| matches!(b.tag, super::tags::Tag::Heading(1)) && !b.hidden)
        .map(|(i, b)| (i, b.text.as_str()))
        .collect();
    let stated: Vec<String> = [described.headline.clone(), meta, Some(squeeze(&page.title))]
        .into_iter()
        .flatten()
        .map(|t| strip_site(&t, publisher))
        .filter(|t| !t.is_empty())
        .collect();
    // A heading that one of the stated titles repeats is the headline as readers see it.
    for (i, text) in &shown {
        if stated.iter().any(|s| same_words(s, text) || begins_alike(s, text)) {
            return (Some((*text).to_owned()), Some(*i));
        }
    }
    let other = page
        .blocks
        .iter()
        .position(|b| matches!(b.tag, super::tags::Tag::Heading(2)) && stated.iter().any(|s| same_words(s, &b.text)));
    if let Some(i) = other {
        return (Some(page.blocks[i].text.clone()), Some(i));
    }
    match (stated.first(), shown.as_slice()) {
        (Some(stated), _) => (Some(stated.clone()), None),
        (None, [(i, text), ..]) => (Some((*text).to_owned()), Some(*i)),
        (None, []) => (None, None),
    }
}

/// One begins with most of the other: titles are cut or extended for search engines.
fn begins_alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 20 && short.len() * 10 >= long.len() * 5 && long.starts_with(short.trim_end_matches(['.', '…']))
}

/// `Headline | Example News` to `Headline`.
fn strip_site(title: &str, publisher: Option<&str>) -> String {
    let title = squeeze(title);
    for separator in [" | ", " - ", " – ", " — ", " » ", " :: ", " • ", " · ", ": "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let is_site =
                publisher.is_some_and(|p| same_words(p, tail) || tail.to_lowercase().contains(&p.to_lowercase()));
            let short_tail =
                separator != ": " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3;
            // ".:: Shop ::. Templates": what is left must still be a title.
            let left = head.chars().filter(|c| c.is_alphanumeric()).count() >= 4;
            if left && (is_site || short_tail) {
                return if matches!(separator, " | " | " » ") {
                    strip_site(head, publisher)
                } else {
                    head.trim().to_owned()
                };
            }
        }
    }
    title
}

fn author(page: &Page, described: &Described, meta: Option<&str>, publisher: Option<&str>) -> Option<String> {
    let usable = |text: &str| -> Option<String> {
        let names = byline::from_field(text)?;
        let fits = names.len() <= 120
            && !names.contains("http")
            && !names.contains('@')
            && names.split(';').all(|n| n.split_whitespace().count() <= 6);
        fits.then_some(names)
    };
    // The site itself is named as author where a system knows none; a person elsewhere on the page is better.
    let is_site = |name: &str| {
        publisher.is_some_and(|p| same_words(p, name))
            || matches!(name.to_lowercase().as_str(), "admin" | "redaktion" | "staff" | "editor" | "no author")
    };
    let described: Vec<String> = described.authors.iter().filter_map(|a| usable(a)).collect();
    let stated = if described.is_empty() { meta.and_then(usable) } else { Some(described.join(";")) };
    if stated.as_deref().is_some_and(|s| !is_site(s)) {
        return stated;
    }
    let marked = |sure: bool| {
        page.authors.iter().filter(|m| m.sure == sure && !m.in_comment).find_map(|m| {
            let text = if m.text.trim().is_empty() { &m.content } else { &m.text };
            let text = squeeze(text);
            byline::read(&text)
                .filter(|a| !a.is_empty())
                .map(|a| a.join(";"))
                .or_else(|| byline::is_person(&text).then_some(text))
        })
    };
    marked(true).or_else(|| marked(false)).or(stated)
}

/// The summary in the head of a page.
pub(super) fn summary(page: &Page) -> Option<String> {
    let named = ["og:description", "description", "twitter:description"];
    let text = named.iter().find_map(|n| page.metas.iter().find(|(k, _)| k == n).map(|(_, v)| super::plain(v)))?;
    (text.len() >= 60).then_some(text)
}

/// Byline and date lines among the first pieces get their kinds, and fill what the head of the page left open.
pub(super) fn head_lines(article: &mut Article, pieces: &mut [Piece], dating: Dating) -> usize {
    let mut unread_dates = 0;
    for (kind, text) in
        pieces.iter_mut().take(6).filter(|(k, _)| matches!(k, BlockKind::Paragraph | BlockKind::Heading))
    {
        if let Some(authors) = byline::read(text) {
            if article.author.is_none() && !authors.is_empty() {
                article.author = Some(authors.join(";"));
            }
            *kind = BlockKind::Byline;
        } else if let Some(reading) = date::read(text) {
            *kind = BlockKind::Dateline;
            if article.published.is_none() && !dating.set(article, Some(reading), text, PublishedBasis::Dateline) {
                unread_dates += 1;
            }
        }
    }
    unread_dates
}
