//! Which blocks of a page are the article.
//!
//! In the spirit of boilerplate removal by text features (no tree, no site rules): every container gets the text of its
//! prose blocks, the smallest container that holds most of it is the article, and blocks in it that look like
//! navigation (links, hints in names, short without end) are left out.

use super::meta::Facts;
use super::stream::{Block, Page, Tag};
use crate::article::BlockKind;
use crate::read::metadata::body::{Piece, same_words};
use crate::read::metadata::{furniture, layout};

/// A block with more of its text in links than this leads elsewhere.
const MAX_LINK_SHARE: f64 = 0.5;

/// Shortest block that is prose by its length alone.
const PROSE: usize = 80;

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

/// How much a block speaks for its container.
fn weight(page: &Page, block: &Block) -> f64 {
    let hints = page.nodes[block.node as usize].hints;
    if block.hidden || hints.comment || hints.related || link_share(block) > MAX_LINK_SHARE {
        return 0.0;
    }
    let len = block.text.len() as f64;
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
    let sentence = if block.text.len() < PROSE && !layout::ends_sentence(&block.text) { 0.3 } else { 1.0 };
    len * factor * furniture * sentence * (1.0 - link_share(block))
}

/// Chooses the article's blocks.
pub(super) fn choose(page: &Page, facts: &Facts, title: Option<&str>) -> Chosen {
    let Some(container) = container(page) else {
        return Chosen { pieces: described(facts), doubtful: false };
    };
    let inside = descendants(page, container);
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, block) in page.blocks.iter().enumerate() {
        if !inside[block.node as usize] || facts.headline_at == Some(i) || !keeps(page, block) {
            continue;
        }
        if title.is_some_and(|t| same_words(t, &block.text)) {
            continue;
        }
        pieces.push((kind_of(block), block.text.clone()));
    }
    while pieces.last().is_some_and(|(k, _)| *k == BlockKind::Heading) {
        pieces.pop();
    }
    let bytes: usize = pieces.iter().map(|(_, t)| t.len()).sum();
    let stated = facts.described.body.as_deref().map_or(0, str::len);
    if stated > 400 && bytes * 3 < stated {
        return Chosen { pieces: described(facts), doubtful: false };
    }
    Chosen { doubtful: bytes < 150, pieces }
}

/// The text that JSON-LD states.
fn described(facts: &Facts) -> Vec<Piece> {
    let Some(text) = facts.described.body.as_deref() else { return Vec::new() };
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(|l| (BlockKind::Paragraph, l.to_owned())).collect()
}

/// The smallest container that holds most of the prose of the best one.
fn container(page: &Page) -> Option<u32> {
    let mut own = vec![0f64; page.nodes.len()];
    for block in &page.blocks {
        // The element of a paragraph is a node itself; what counts is what holds it.
        own[block.node as usize] += weight(page, block);
    }
    let mut total = own.clone();
    for i in (1..page.nodes.len()).rev() {
        let parent = page.nodes[i].parent as usize;
        total[parent] += total[i];
    }
    if total[0] <= 0.0 {
        return None;
    }
    // Descend while one child holds most of what its parent holds.
    let mut best_child: Vec<(f64, u32)> = vec![(0.0, 0); page.nodes.len()];
    for (i, score) in total.iter().enumerate().skip(1) {
        let parent = page.nodes[i].parent as usize;
        if *score > best_child[parent].0 {
            best_child[parent] = (*score, i as u32);
        }
    }
    let mut at = 0usize;
    loop {
        let (score, child) = best_child[at];
        let enough = score >= 0.75 * total[at];
        let is_leaf = matches!(page.nodes[child as usize].tag, Tag::P | Tag::Li | Tag::Quote | Tag::Pre | Tag::Cell);
        if !enough || is_leaf || score <= 0.0 {
            return Some(at as u32);
        }
        at = child as usize;
    }
}

/// Which nodes are inside `top`.
fn descendants(page: &Page, top: u32) -> Vec<bool> {
    let mut inside = vec![false; page.nodes.len()];
    for i in 0..page.nodes.len() {
        inside[i] = i as u32 == top || i > 0 && inside[page.nodes[i].parent as usize];
    }
    inside
}

/// Whether a block inside the article's container is part of it.
fn keeps(page: &Page, block: &Block) -> bool {
    let node = page.nodes[block.node as usize];
    let hints = node.hints;
    if block.hidden || hints.comment || hints.related {
        return false;
    }
    let mut at = block.node as usize;
    while at != 0 {
        if matches!(page.nodes[at].tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form) {
            return false;
        }
        at = page.nodes[at].parent as usize;
    }
    let prose = block.text.len() >= PROSE || layout::ends_sentence(&block.text);
    if link_share(block) > MAX_LINK_SHARE && !(prose && block.text.len() > 200) {
        return false;
    }
    if hints.furniture && !hints.body && !prose {
        return false;
    }
    if matches!(block.tag, Tag::Caption | Tag::Figure) || hints.caption && !prose {
        return false;
    }
    if furniture::kind(&block.text).is_some_and(|k| k == BlockKind::Boilerplate) && link_share(block) > 0.2 {
        return false;
    }
    match block.tag {
        Tag::P | Tag::Pre | Tag::Quote | Tag::Heading(_) | Tag::Li => true,
        Tag::Cell => prose,
        _ => block.text.len() >= 40 || layout::ends_sentence(&block.text) || hints.body,
    }
}
