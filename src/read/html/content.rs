//! Which blocks of a page are the article.
//!
//! In the spirit of boilerplate removal by text features (no tree, no site rules): every container gets the weight of its
//! prose blocks, the smallest container that holds most of it is the article, and blocks in it that look like
//! navigation (links, hints in names, short without end) are left out. What stands below a heading such as "Related
//! stories" is not the article any more.

use super::meta::Facts;
use super::stream::{Block, Page, Tag};
use super::words::Hints;
use crate::article::BlockKind;
use crate::read::metadata::body::{Piece, same_words};
use crate::read::metadata::{furniture, layout};

/// A block with more of its text in links than this leads elsewhere.
const MAX_LINK_SHARE: f64 = 0.5;

/// Shortest block that is prose by its length alone.
const PROSE: usize = 80;

/// A name such as "widget" on an element that holds this share of the page's text says nothing: it is the page's frame.
const FRAME_SHARE: f64 = 0.35;

/// A child must hold this share of the weight of its parent for the search to go down into it.
const DESCEND: f64 = 0.75;

/// The same for a child that says it is the article.
const DESCEND_NAMED: f64 = 0.5;

/// An end mark ("Related stories") ends the article only when less than this share of the weight stands below it.
const END_SHARE: f64 = 0.4;

/// Blocks between headline and body that may be its lead: byline, date, buttons and captions stand there too.
const LEAD_BLOCKS: usize = 25;

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

fn link_share(block: &Block) -> f64 {
    block.link_bytes as f64 / block.text.len().max(1) as f64
}

fn is_prose(block: &Block) -> bool {
    block.text.len() >= PROSE || layout::ends_sentence(&block.text)
}

/// What is computed for every container of a page.
struct Frame<'p> {
    page: &'p Page,
    /// Hints by names, the page's own frame aside.
    hints: Vec<Hints>,
    /// Inside navigation, aside, footer or form.
    outside: Vec<bool>,
    /// Weight of each block.
    weights: Vec<f64>,
    /// Weight of everything inside a container.
    total: Vec<f64>,
    /// Share of links in the text of each list.
    list_links: Vec<f64>,
}

impl<'p> Frame<'p> {
    fn new(page: &'p Page) -> Self {
        let n = page.nodes.len();
        let mut raw = vec![0usize; n];
        let mut links = vec![0usize; n];
        for block in page.blocks.iter().filter(|b| !b.hidden) {
            raw[block.node as usize] += block.text.len();
            links[block.node as usize] += block.link_bytes;
        }
        for i in (1..n).rev() {
            let parent = page.nodes[i].parent as usize;
            raw[parent] += raw[i];
            links[parent] += links[i];
        }
        let mut hints = vec![Hints::default(); n];
        let mut outside = vec![false; n];
        for i in 1..n {
            let node = page.nodes[i];
            let parent = node.parent as usize;
            let is_frame = raw[i] as f64 >= FRAME_SHARE * raw[0] as f64;
            let own = if is_frame { Hints { body: node.own.body, ..Hints::default() } } else { node.own };
            hints[i] = hints[parent].with(own);
            let leaves = matches!(node.tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form) && !is_frame;
            outside[i] = outside[parent] || leaves;
        }
        let list_links = (0..n).map(|i| links[i] as f64 / raw[i].max(1) as f64).collect();
        let mut frame = Self { page, hints, outside, weights: Vec::new(), total: vec![0.0; n], list_links };
        frame.weights = page.blocks.iter().map(|b| frame.weight(b)).collect();
        for (block, weight) in page.blocks.iter().zip(&frame.weights) {
            frame.total[block.node as usize] += weight;
        }
        for i in (1..n).rev() {
            frame.total[page.nodes[i].parent as usize] += frame.total[i];
        }
        frame
    }

    /// How much a block speaks for its container.
    fn weight(&self, block: &Block) -> f64 {
        let at = block.node as usize;
        let hints = self.hints[at];
        if block.hidden || hints.comment || hints.related || self.outside[at] || link_share(block) > MAX_LINK_SHARE {
            return 0.0;
        }
        let factor = match block.tag {
            Tag::P | Tag::Pre => 1.0,
            Tag::Quote => 0.8,
            Tag::Li => 0.4,
            Tag::Cell => 0.3,
            Tag::Heading(_) | Tag::Caption => 0.0,
            _ if block.text.len() >= PROSE && layout::ends_sentence(&block.text) => 0.9,
            _ => 0.1,
        };
        let furniture = if hints.furniture && !hints.body { 0.3 } else { 1.0 };
        let sentence = if is_prose(block) { 1.0 } else { 0.3 };
        block.text.len() as f64 * factor * furniture * sentence * (1.0 - link_share(block))
    }

    /// The smallest container that holds most of the weight.
    fn container(&self) -> Option<usize> {
        if self.total[0] <= 0.0 {
            return None;
        }
        let n = self.page.nodes.len();
        let mut best: Vec<(f64, usize)> = vec![(0.0, 0); n];
        for i in 1..n {
            let parent = self.page.nodes[i].parent as usize;
            if self.total[i] > best[parent].0 {
                best[parent] = (self.total[i], i);
            }
        }
        let mut at = 0;
        loop {
            let (score, child) = best[at];
            let node = self.page.nodes[child];
            let named = node.own.body || matches!(node.tag, Tag::Article | Tag::Main);
            let needed = if named { DESCEND_NAMED } else { DESCEND };
            let is_leaf =
                matches!(node.tag, Tag::P | Tag::Li | Tag::Quote | Tag::Pre | Tag::Cell | Tag::Row | Tag::List);
            if is_leaf || score <= 0.0 || score < needed * self.total[at] {
                break;
            }
            at = child;
        }
        // A body by name further down wins when it has most of the weight.
        let inside = descendants(self.page, at);
        let named = (1..n)
            .filter(|i| inside[*i] && self.page.nodes[*i].own.body && self.total[*i] >= DESCEND_NAMED * self.total[at])
            .max_by_key(|i| *i);
        Some(named.unwrap_or(at))
    }

    /// Whether a block inside the article's container is part of it.
    fn keeps(&self, block: &Block, top: usize) -> bool {
        let at = block.node as usize;
        let hints = self.hints[at];
        if block.hidden || hints.comment || hints.related || self.outside[at] && !self.outside[top] {
            return false;
        }
        let prose = is_prose(block);
        let share = link_share(block);
        let captioned = self.page.nodes[at].own.caption && block.text.len() < 300;
        if matches!(block.tag, Tag::Caption | Tag::Figure) || hints.caption && !prose || captioned {
            return false;
        }
        if hints.furniture && !self.hints[top].furniture && !prose {
            return false;
        }
        if let Some(list) = self.list_of(at, top) {
            return self.list_links[list] <= 0.6 || share <= MAX_LINK_SHARE && prose;
        }
        if share > MAX_LINK_SHARE && !(prose && block.text.len() > 200) {
            return false;
        }
        if share > 0.2 && furniture::kind(&block.text).is_some_and(|k| k == BlockKind::Boilerplate) {
            return false;
        }
        match block.tag {
            Tag::P | Tag::Pre | Tag::Quote | Tag::Heading(_) | Tag::Li | Tag::Cell => true,
            _ => block.text.len() >= 40 || layout::ends_sentence(&block.text) || hints.body,
        }
    }

    /// The list that a block stands in, below the container.
    fn list_of(&self, mut at: usize, top: usize) -> Option<usize> {
        for _ in 0..8 {
            if at == top || at == 0 {
                return None;
            }
            if self.page.nodes[at].tag == Tag::List {
                return Some(at);
            }
            at = self.page.nodes[at].parent as usize;
        }
        None
    }
}

/// Chooses the article's blocks.
pub(super) fn choose(page: &Page, facts: &Facts, title: Option<&str>) -> Chosen {
    let frame = Frame::new(page);
    let Some(top) = frame.container() else {
        return Chosen { pieces: described(facts), doubtful: false };
    };
    let inside = descendants(page, top);
    let mut kept: Vec<usize> = Vec::new();
    for (i, block) in page.blocks.iter().enumerate() {
        let is_title = facts.headline_at == Some(i) || title.is_some_and(|t| same_words(t, &block.text));
        if inside[block.node as usize] && !is_title && frame.keeps(block, top) {
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

/// Which nodes are inside `top`.
fn descendants(page: &Page, top: usize) -> Vec<bool> {
    let mut inside = vec![false; page.nodes.len()];
    for i in 0..page.nodes.len() {
        inside[i] = i == top || i > 0 && inside[page.nodes[i].parent as usize];
    }
    inside
}
