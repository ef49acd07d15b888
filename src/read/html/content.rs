//! Which blocks of a page are the article.
//!
//! In the spirit of boilerplate removal by text features (no tree, no site rules): every container gets the weight of its
//! prose blocks, the smallest container that holds most of it is the article, and blocks in it that look like
//! navigation (links, hints in names, short without end) are left out. What stands below a heading such as "Related
//! stories" is not the article any more.

use super::frame::{Frame, PROSE, descendants, link_share};
use super::meta::Facts;
use super::stream::{Block, Page};
use super::tags::Tag;
use crate::article::BlockKind;
use crate::read::metadata::body::{Piece, same_words};
use crate::read::metadata::{furniture, layout};
use rustc_hash::FxHashSet;

/// An end mark ("Related stories") ends the article only when less than this share of the weight stands below it.
const END_SHARE: f64 = 0.4;

/// Blocks between headline and body that may be its lead: byline, date, buttons and captions stand there too.
const LEAD_BLOCKS: usize = 25;

/// A block this long that comes again is a copy.
const REPEATED: usize = 60;

/// The blocks chosen.
pub(super) struct Chosen {
    pub(super) pieces: Vec<Piece>,
    /// Nothing in the page looks like an article.
    pub(super) doubtful: bool,
}

/// The kind that a block's tag gives it.
pub(super) fn kind_of(block: &Block) -> BlockKind {
    match block.tag {
        Tag::Heading(_) => BlockKind::Heading,
        Tag::Li => BlockKind::List,
        Tag::Quote => BlockKind::Quote,
        Tag::Caption | Tag::Figure => BlockKind::Caption,
        _ => BlockKind::Paragraph,
    }
}

/// Chooses the article's blocks.
pub(super) fn choose(page: &Page, facts: &Facts, title: Option<&str>) -> Chosen {
    let shown;
    let page = if is_revealed_later(page) {
        shown = Page {
            blocks: page.blocks.iter().map(|b| Block { hidden: false, ..b.clone() }).collect(),
            nodes: page.nodes.clone(),
            ..Page::default()
        };
        &shown
    } else {
        page
    };
    let frame = Frame::new(page);
    let Some(top) = frame.container(facts.headline_at) else {
        return Chosen { pieces: described(facts), doubtful: false };
    };
    let inside = descendants(page, top);
    let mut kept: Vec<usize> = Vec::new();
    // Pages for many sizes of screen hold the text once for each.
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for (i, block) in page.blocks.iter().enumerate() {
        let is_title = facts.headline_at == Some(i) || title.is_some_and(|t| same_words(t, &block.text));
        if inside[block.node as usize] && !is_title && frame.keeps(block, top) {
            if block.text.len() >= REPEATED && !seen.insert(block.text.as_str()) {
                continue;
            }
            kept.push(i);
        }
    }
    add_lead(&frame, facts.headline_at, &mut kept);
    cut_end(&frame, &mut kept);
    drop_empty_headings(page, &mut kept);
    let pieces = pieces(page, &kept);
    let bytes: usize = pieces.iter().map(|(_, t)| t.len()).sum();
    let stated = facts.described.body.as_deref().map_or(0, str::len);
    if stated > 400 && bytes * 3 < stated {
        return Chosen { pieces: described(facts), doubtful: false };
    }
    Chosen { doubtful: bytes < 150, pieces }
}

/// Some pages are sent hidden and shown by a script: then most of their prose is hidden.
fn is_revealed_later(page: &Page) -> bool {
    let prose = |hidden: bool| -> usize {
        let blocks = page.blocks.iter().filter(|b| b.hidden == hidden && b.text.len() >= PROSE && link_share(b) < 0.3);
        blocks.map(|b| b.text.len()).sum()
    };
    prose(true) > 2 * prose(false)
}

/// The lead often stands between the headline and the container of the body.
fn add_lead(frame: &Frame<'_>, headline: Option<usize>, kept: &mut Vec<usize>) {
    let (Some(headline), Some(first)) = (headline, kept.first().copied()) else { return };
    if first <= headline || first - headline > LEAD_BLOCKS {
        return;
    }
    let is_lead = |i: &usize| {
        let block = &frame.page.blocks[*i];
        let at = block.node as usize;
        let hints = frame.hints[at];
        let names = hints.comment || hints.related || hints.caption || hints.byline || hints.furniture;
        let prose = block.text.len() >= PROSE || block.text.len() >= 40 && layout::ends_sentence(&block.text);
        let fits = matches!(
            block.tag,
            Tag::P | Tag::Heading(2..) | Tag::Div | Tag::Section | Tag::Header | Tag::Article | Tag::Main | Tag::Quote
        );
        let doubled = kept.iter().take(3).any(|k| same_words(&frame.page.blocks[*k].text, &block.text));
        !block.hidden
            && !names
            && !frame.outside[at]
            && fits
            && prose
            && !doubled
            && link_share(block) < 0.3
            && furniture::kind(&block.text).is_none()
    };
    let lead: Vec<usize> = (headline + 1..first).filter(is_lead).take(2).collect();
    kept.splice(0..0, lead);
}

/// Cuts off what stands below an end mark.
fn cut_end(frame: &Frame<'_>, kept: &mut Vec<usize>) {
    let all: f64 = kept.iter().map(|i| frame.weights[*i]).sum();
    let mut above = 0.0;
    for (n, i) in kept.iter().enumerate() {
        let block = &frame.page.blocks[*i];
        if above >= (1.0 - END_SHARE) * all && n > 0 && ends_article(block) {
            kept.truncate(n);
            return;
        }
        above += frame.weights[*i];
    }
}

/// "Related stories", "Leave a comment", "Share this": short, alone in its block.
fn ends_article(block: &Block) -> bool {
    const MARKS: &[&str] = &[
        "related",
        "read next",
        "more from",
        "more on",
        "more stories",
        "you may also like",
        "you might also like",
        "you may also be interested",
        "you might also be interested",
        "leave a comment",
        "leave a reply",
        "comments",
        "share this",
        "share on",
        "share the",
        "popular posts",
        "recent posts",
        "latest posts",
        "latest news",
        "recommended",
        "subscribe to",
        "sign up for",
        "newsletter",
        "join our",
        "also read",
        "read also",
        "further reading",
        "about the author",
        "about us",
        "trending",
        "most read",
        "most popular",
        "see also",
        "next post",
        "previous post",
        "post navigation",
        "join the conversation",
        "what to read next",
        "other articles",
        "similar",
        "explore more",
        "keep reading",
        "continue reading",
        "top stories",
        "tags",
        "filed under",
        "categories",
        "get in touch",
        "contact us",
        "follow us",
        "stay up to date",
        "stay connected",
        "ready to get started",
        "weitere artikel",
        "lesen sie auch",
        "siehe auch",
        "über den autor",
        "weitere informationen",
        "weiterlesen",
        "empfohlene",
        "kontakt",
        "das könnte sie auch interessieren",
        "mehr zum thema",
        "kommentare",
        "kommentar",
        "lire aussi",
        "schreibe einen kommentar",
    ];
    if block.text.len() > 60 {
        return false;
    }
    let lower = block.text.to_lowercase();
    MARKS.iter().any(|m| lower.strip_prefix(m).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// A heading stays when something it heads stays.
fn drop_empty_headings(page: &Page, kept: &mut Vec<usize>) {
    let level = |i: usize| if let Tag::Heading(level) = page.blocks[i].tag { Some(level) } else { None };
    let keep: Vec<bool> = kept
        .iter()
        .enumerate()
        .map(|(n, i)| match (level(*i), kept.get(n + 1).map(|next| level(*next))) {
            (Some(_), None) => false,
            (Some(this), Some(Some(next))) => next > this,
            _ => true,
        })
        .collect();
    let mut n = 0;
    kept.retain(|_| {
        n += 1;
        keep[n - 1]
    });
}

/// The blocks as typed text; cells of a row become one piece.
fn pieces(page: &Page, kept: &[usize]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(kept.len());
    let mut last_row = None;
    for i in kept {
        let block = &page.blocks[*i];
        let row = row_of(page, block);
        if row.is_some()
            && row == last_row
            && let Some((_, text)) = out.last_mut()
        {
            text.push_str(" | ");
            text.push_str(&block.text);
            continue;
        }
        last_row = row;
        let kind = if row.is_some() { BlockKind::Table } else { kind_of(block) };
        out.push((kind, block.text.clone()));
    }
    out
}

/// The row of a short cell; cells of prose are paragraphs of a page laid out by a table.
fn row_of(page: &Page, block: &Block) -> Option<usize> {
    if block.text.len() > 200 {
        return None;
    }
    let mut at = block.node as usize;
    for _ in 0..5 {
        let node = page.nodes[at];
        match node.tag {
            Tag::Row => return Some(at),
            Tag::P | Tag::Cell | Tag::Div | Tag::List | Tag::Li if at != 0 => at = node.parent as usize,
            _ => return None,
        }
    }
    None
}

/// The text that JSON-LD states.
fn described(facts: &Facts) -> Vec<Piece> {
    let Some(text) = facts.described.body.as_deref() else { return Vec::new() };
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(|l| (BlockKind::Paragraph, l.to_owned())).collect()
}
