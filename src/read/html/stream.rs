//! One pass over a page: text blocks with their paths, and the facts of the head.

use super::tags::{Attributes, Tag, tag_of};
use super::words;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Real pages nest 56 deep; elements below this are read as part of their ancestor.
const MAX_DEPTH: usize = 512;

/// Most blocks of one page; real ones have up to a few thousand.
const MAX_BLOCKS: usize = 100_000;

/// An element that holds blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    /// It is inside readers' comments.
    pub(super) comment: bool,
    /// What its class, id and role say.
    pub(super) own: words::Hints,
}

/// A run of text without block boundary inside.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) tag: Tag,
    /// Innermost element that holds blocks.
    pub(super) node: u32,
    /// Bytes of text inside links.
    pub(super) link_bytes: usize,
    /// Not shown on the page.
    pub(super) hidden: bool,
}

/// A `time` element.
#[derive(Debug, Clone, Default)]
pub(super) struct TimeTag {
    pub(super) datetime: String,
    pub(super) text: String,
    pub(super) property: String,
    pub(super) class: String,
    /// Number of blocks before it.
    pub(super) at: usize,
}

/// What one pass found.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    pub(super) nodes: Vec<Node>,
    /// `name` or `property` in lower case, and `content`.
    pub(super) metas: Vec<(String, String)>,
    pub(super) json_ld: Vec<String>,
    pub(super) title: String,
    pub(super) times: Vec<TimeTag>,
    /// Texts of elements whose attributes say that they are the author.
    pub(super) authors: Vec<Marked>,
    /// Texts of elements whose attributes say that they are a date.
    pub(super) dates: Vec<Marked>,
    pub(super) canonical: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) too_deep: bool,
}

/// A piece of text that an attribute speaks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    pub(super) text: String,
    pub(super) content: String,
    /// The attribute is machine-readable (`itemprop`, `rel`), not a mere class.
    pub(super) sure: bool,
    pub(super) property: String,
    /// Number of blocks before it.
    pub(super) at: usize,
    pub(super) in_comment: bool,
}

struct Open {
    tag: Tag,
    /// Hash of the name, to find the start tag of an end tag.
    name: u64,
    node: u32,
    hidden: bool,
    /// Index into `authors` or `dates` while their text is gathered.
    marked: Option<Gather>,
}

#[derive(Clone, Copy, PartialEq)]
enum Gather {
    Author(usize),
    Date(usize),
    Time(usize),
}

struct Reader {
    page: Page,
    attributes: Attributes,
    open: Vec<Open>,
    /// Start tags that were not pushed because the page nests too deep.
    overflow: usize,
    text: String,
    link_bytes: usize,
    in_link: usize,
    skip: usize,
    gathering: usize,
    /// Inside `title`, or a JSON-LD script.
    raw: Raw,
}

#[derive(PartialEq)]
enum Raw {
    No,
    Title,
    JsonLd,
}

/// Reads a page or a piece of one.
pub(super) fn read(text: &str) -> Page {
    let root = Node { parent: 0, tag: Tag::Body, comment: false, own: words::Hints::default() };
    let reader = Reader {
        page: Page { nodes: vec![root], ..Page::default() },
        attributes: Attributes::default(),
        open: vec![Open { tag: Tag::Body, name: 0, node: 0, hidden: false, marked: None }],
        overflow: 0,
        text: String::new(),
        link_bytes: 0,
        in_link: 0,
        skip: 0,
        gathering: 0,
        raw: Raw::No,
    };
    let shared = std::cell::RefCell::new(reader);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        shared.borrow_mut().event(&event);
        None
    });
    emitter.naively_switch_states(true);
    for _ in Tokenizer::new_with_emitter(text, emitter) {}
    let mut reader = shared.into_inner();
    reader.flush();
    reader.page
}

fn hash(name: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(name)
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.attributes.clear();
                self.attributes.name.clear();
                self.attributes.name.extend_from_slice(&name[..name.len().min(32)]);
            }
            CallbackEvent::AttributeName { name } => self.attributes.begin(name),
            CallbackEvent::AttributeValue { value } => self.attributes.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn start(&mut self, self_closing: bool) {
        let attributes = std::mem::take(&mut self.attributes);
        self.start_with(&attributes, self_closing);
        self.attributes = attributes;
    }

    fn start_with(&mut self, a: &Attributes, self_closing: bool) {
        let mut tag = tag_of(&a.name);
        // A heading that can be folded is a button inside a heading.
        if a.name == b"button" && self.open.iter().rev().take(4).any(|o| matches!(o.tag, Tag::Heading(_))) {
            tag = Tag::Inline;
        }
        match a.name.as_slice() {
            b"title" if self.skip == 0 => {
                self.raw = Raw::Title;
                return;
            }
            b"script" if a.kind.to_ascii_lowercase().contains("ld+json") => {
                self.raw = Raw::JsonLd;
                self.page.json_ld.push(String::new());
                return;
            }
            b"meta" => return self.meta(a),
            b"link" => {
                if a.rel.eq_ignore_ascii_case("canonical") && self.page.canonical.is_none() {
                    self.page.canonical = Some(a.href.clone());
                }
                return;
            }
            b"html" => {
                if self.page.lang.is_none() && !a.lang.is_empty() {
                    self.page.lang = Some(a.lang.clone());
                }
                return;
            }
            b"br" | b"hr" => {
                self.text.push('\n');
                return;
            }
            b"img" | b"wbr" => return,
            _ => {}
        }
        if tag == Tag::Void || self_closing && tag == Tag::Skip {
            return;
        }
        if tag.is_block() {
            self.flush();
            self.close_implied(tag);
        }
        if self.open.len() >= MAX_DEPTH {
            self.page.too_deep = true;
            self.overflow += 1;
            return;
        }
        let (parent, hidden_above) = self.open.last().map_or((0, false), |o| (o.node, o.hidden));
        let hidden = hidden_above || a.hidden || a.style.contains("display:none") || a.style.contains("display: none");
        let node = if tag.is_block() { self.node(tag, a, parent) } else { parent };
        let marked = self.gather(a);
        self.gathering += usize::from(marked.is_some());
        match tag {
            Tag::Link => {
                self.in_link += 1;
            }
            Tag::Skip => self.skip += 1,
            _ => {}
        }
        self.open.push(Open { tag, name: hash(&a.name), node, hidden, marked });
    }

    fn node(&mut self, tag: Tag, a: &Attributes, parent: u32) -> u32 {
        let own = words::hints(&[&a.class, &a.id, &a.role, &a.itemprop]);
        let above = self.page.nodes[parent as usize].comment;
        self.page.nodes.push(Node { parent, tag, comment: above || own.comment, own });
        (self.page.nodes.len() - 1) as u32
    }

    /// Notes elements that say of themselves that they are an author or a date.
    fn gather(&mut self, a: &Attributes) -> Option<Gather> {
        let at = self.page.blocks.len();
        let in_comment = self.open.last().is_some_and(|o| self.page.nodes[o.node as usize].comment);
        if a.name == b"time" || a.name == b"relative-time" {
            self.page.times.push(TimeTag {
                datetime: a.datetime.clone(),
                text: String::new(),
                property: a.itemprop.clone(),
                class: a.class.clone(),
                at,
            });
            return Some(Gather::Time(self.page.times.len() - 1));
        }
        // RDFa on visible elements says the same as microdata.
        let property = if a.itemprop.is_empty() { &a.property } else { &a.itemprop }.to_ascii_lowercase();
        let marked = |sure| Marked {
            content: if a.content.is_empty() { a.datetime.clone() } else { a.content.clone() },
            sure,
            property: if property.is_empty() { format!("{} {}", a.class, a.id) } else { property.clone() },
            at,
            in_comment,
            text: String::new(),
        };
        if property.contains("datepublished") || property.contains("datecreated") {
            self.page.dates.push(marked(true));
            return Some(Gather::Date(self.page.dates.len() - 1));
        }
        let rel_author = a.rel.split_whitespace().any(|r| r.eq_ignore_ascii_case("author"));
        if property.split_whitespace().any(|p| p == "author") || rel_author {
            self.page.authors.push(marked(true));
            return Some(Gather::Author(self.page.authors.len() - 1));
        }
        match words::says(&a.class, &a.id) {
            Some(words::Says::Author) if self.page.authors.len() < 200 => {
                self.page.authors.push(marked(false));
                Some(Gather::Author(self.page.authors.len() - 1))
            }
            Some(words::Says::Date) if self.page.dates.len() < 200 => {
                self.page.dates.push(marked(false));
                Some(Gather::Date(self.page.dates.len() - 1))
            }
            _ => None,
        }
    }

    /// A new paragraph ends the last one, a new item the last item, a new cell the last cell.
    fn close_implied(&mut self, tag: Tag) {
        let closes = |open: Tag| match tag {
            Tag::Li => open == Tag::Li || open == Tag::P,
            Tag::Cell => open == Tag::Cell || open == Tag::P,
            Tag::Row => matches!(open, Tag::Row | Tag::Cell | Tag::P),
            _ => open == Tag::P,
        };
        // Inline elements between do not hold the paragraph open.
        let depth = self.open.iter().rev().take(12).position(|o| o.tag.is_block());
        if let Some(n) = depth {
            let i = self.open.len() - 1 - n;
            let closed = self.open[i].tag;
            if closes(closed) {
                self.pop_to(i);
                // A row ends its cell, and the cell's row.
                if tag == Tag::Row && closed != Tag::Row {
                    self.close_implied(tag);
                }
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.raw != Raw::No {
            self.raw = Raw::No;
            return;
        }
        if name == b"br" || name == b"p" && !self.open.iter().rev().take(64).any(|o| o.tag == Tag::P) {
            self.text.push('\n');
            return;
        }
        let tag = tag_of(name);
        if tag == Tag::Void {
            return;
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            if tag.is_block() {
                self.flush();
            }
            return;
        }
        let wanted = hash(name);
        let Some(n) = self.open.iter().rev().take(MAX_DEPTH).position(|o| o.name == wanted) else { return };
        let i = self.open.len() - 1 - n;
        // An inline end tag does not close the block it stands in; one of skipped content does.
        if !tag.is_block() && tag != Tag::Skip && self.open[i + 1..].iter().any(|o| o.tag.is_block()) {
            return;
        }
        self.pop_to(i);
    }

    /// Closes the elements from `i` up.
    fn pop_to(&mut self, i: usize) {
        if i == 0 {
            return;
        }
        if self.open[i..].iter().any(|o| o.tag.is_block()) {
            self.flush();
        }
        while self.open.len() > i {
            let Some(closed) = self.open.pop() else { break };
            match closed.tag {
                Tag::Link => self.in_link = self.in_link.saturating_sub(1),
                Tag::Skip => self.skip = self.skip.saturating_sub(1),
                _ => {}
            }
            self.gathering -= usize::from(closed.marked.is_some());
        }
    }

    fn string(&mut self, value: &str) {
        match self.raw {
            Raw::Title => {
                if self.page.title.is_empty() {
                    self.page.title.push_str(value.trim());
                }
                return;
            }
            Raw::JsonLd => {
                if let Some(last) = self.page.json_ld.last_mut() {
                    last.push_str(value);
                }
                return;
            }
            Raw::No => {}
        }
        if self.skip > 0 {
            return;
        }
        if self.gathering > 0 {
            self.gather_text(value);
        }
        let before = self.text.len();
        // A soft hyphen says where a browser may break a word; it is no part of it.
        for c in value.chars().filter(|c| *c != '\u{ad}') {
            // Entities can make control characters that cleaning has not seen.
            let space = c.is_whitespace() && c != '\u{a0}' || c.is_control();
            if !space {
                self.text.push(c);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
        let added = self.text.len() - before;
        self.link_bytes += if self.in_link > 0 { added } else { 0 };
    }

    fn gather_text(&mut self, value: &str) {
        let open: Vec<Gather> = self.open.iter().filter_map(|o| o.marked).collect();
        for gather in open {
            let text = match gather {
                Gather::Author(i) => &mut self.page.authors[i].text,
                Gather::Date(i) => &mut self.page.dates[i].text,
                Gather::Time(i) => &mut self.page.times[i].text,
            };
            if text.len() < 300 {
                text.push(' ');
                text.push_str(value.trim());
            }
        }
    }

    fn meta(&mut self, a: &Attributes) {
        if a.content.is_empty() {
            return;
        }
        if !a.property.is_empty() {
            self.page.metas.push((a.property.to_ascii_lowercase(), a.content.clone()));
        }
        if !a.itemprop.is_empty() {
            self.page.metas.push((format!("itemprop:{}", a.itemprop.to_ascii_lowercase()), a.content.clone()));
        }
    }

    /// Ends the block that is being read. Two line breaks in a row divide it.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let link_bytes = std::mem::take(&mut self.link_bytes);
        if text.trim().is_empty() || self.page.blocks.len() >= MAX_BLOCKS {
            return;
        }
        let Some((tag, node, hidden)) = self.innermost() else { return };
        let whole = text.len().max(1);
        for part in text.split("\n\n").flat_map(|p| p.split("\n \n")) {
            let part = crate::read::clean::squeeze(part);
            if part.is_empty() {
                continue;
            }
            let share = part.len() as f64 / whole as f64;
            self.page.blocks.push(Block {
                link_bytes: ((link_bytes as f64 * share) as usize).min(part.len()),
                text: part,
                tag,
                node,
                hidden,
            });
        }
    }

    /// Tag and node of the innermost open block element.
    fn innermost(&self) -> Option<(Tag, u32, bool)> {
        let hidden = self.open.last().is_some_and(|o| o.hidden);
        self.open.iter().rev().find(|o| o.tag.is_block()).map(|o| (o.tag, o.node, hidden))
    }
}
