//! Containers of a page: what their names say, how much prose they hold, and which of them is the article.

use super::stream::{Block, Page};
use super::tags::Tag;
use super::words::Hints;
use crate::article::BlockKind;
use crate::read::metadata::{byline, furniture, layout};

/// A block with more of its text in links than this leads elsewhere.
const MAX_LINK_SHARE: f64 = 0.5;

/// Shortest block that is prose by its length alone.
pub(super) const PROSE: usize = 80;

/// A name such as "widget" on an element that holds this share of the page's text says nothing: it is the page's frame.
const FRAME_SHARE: f64 = 0.2;

/// A child must hold this share of the weight of its parent for the search to go down into it.
const DESCEND: f64 = 0.75;

/// The same for a child that says it is the article.
const DESCEND_NAMED: f64 = 0.5;

/// Weight of an article element around the headline that need not be compared with the rest: a few sentences.
const HEADLINE_WEIGHT: f64 = 600.0;

/// Share of a block's text that is in links.
pub(super) fn link_share(block: &Block) -> f64 {
    block.link_bytes as f64 / block.text.len().max(1) as f64
}

/// Long enough for prose, or ended as a sentence is.
pub(super) fn is_prose(block: &Block) -> bool {
    block.text.len() >= PROSE || layout::ends_sentence(&block.text)
}

/// What is computed for every container of a page.
pub(super) struct Frame<'p> {
    pub(super) page: &'p Page,
    /// Hints by names, the page's own frame aside.
    pub(super) hints: Vec<Hints>,
    /// Inside navigation, aside, footer or form.
    pub(super) outside: Vec<bool>,
    /// Weight of each block.
    pub(super) weights: Vec<f64>,
    /// Weight of everything inside a container.
    total: Vec<f64>,
    /// Share of links in the text of each list.
    list_links: Vec<f64>,
}

impl<'p> Frame<'p> {
    pub(super) fn new(page: &'p Page) -> Self {
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

    /// The article that the headline stands in, where a page holds several or much besides.
    fn around_headline(&self, headline: Option<usize>) -> Option<usize> {
        let mut at = self.page.blocks[headline?].node as usize;
        while at != 0 {
            let node = self.page.nodes[at];
            let named = node.own.body || node.tag == Tag::Article;
            if named && self.total[at] >= HEADLINE_WEIGHT {
                return Some(at);
            }
            at = node.parent as usize;
        }
        None
    }

    /// The smallest container that holds most of the weight.
    pub(super) fn container(&self, headline: Option<usize>) -> Option<usize> {
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
        let mut at = self.around_headline(headline).unwrap_or(0);
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
    pub(super) fn keeps(&self, block: &Block, top: usize) -> bool {
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
        // What stands beside a byline: date, role, portrait, biography. The byline itself is a block of its own kind.
        let beside = hints.byline && !self.hints[top].byline && !hints.body && block.text.len() < 300;
        if beside && byline::read(&block.text).is_none() {
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

/// Which nodes are inside `top`.
pub(super) fn descendants(page: &Page, top: usize) -> Vec<bool> {
    let mut inside = vec![false; page.nodes.len()];
    for i in 0..page.nodes.len() {
        inside[i] = i == top || i > 0 && inside[page.nodes[i].parent as usize];
    }
    inside
}
