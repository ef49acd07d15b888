//! XML and SGML formats: records with named elements.
//!
//! Each format is a [`Shape`]: how it is told, which element is a record, and which elements and attributes hold what.
//! One engine reads them all. Entities that a document defines itself never expand: a document that defines any is
//! rejected. Nothing is fetched.

pub(super) mod factiva;
pub(super) mod feed;
mod lexer;
pub(super) mod newsml;
pub(super) mod nitf;
pub(super) mod petrarch;
pub(super) mod reuters;
pub(super) mod trec;
pub(super) mod unknown;

use super::fields::language_code;
use super::input::{Input, whole};
use super::metadata::body::{self, Piece};
use super::metadata::{byline, date};
use super::sink::{Flow, Sink};
use super::{RejectReason, article_text, clean, decode};
use crate::article::{Article, BlockKind, PublishedBasis};
pub(super) use lexer::{Event, Lexer, Problem};

/// Articles nest about twenty deep.
const MAX_DEPTH: usize = 512;

/// What an element or attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Title,
    Author,
    Date,
    Publisher,
    Url,
    Lang,
    /// Paragraphs of plain text, to be told apart by their looks.
    Text,
    /// Prose wrapped over lines, without a head of its own.
    Prose,
    /// One paragraph.
    Paragraph,
    /// One heading inside the text.
    Heading,
    /// HTML, escaped or not.
    Html,
    /// The same, used when there is no other text.
    Summary,
    /// An agency dateline.
    Dateline,
    Caption,
    /// A column of the user's own, named by the element.
    Meta,
    /// Nothing of the article.
    Skip,
}

/// How a format is told and read.
pub(super) struct Shape {
    /// As written in the `format` column.
    pub(super) name: &'static str,
    /// The elements that are records, by their local names in lower case.
    pub(super) records: &'static [&'static str],
    /// Ends of paths of local names in lower case (`head/title`, `date.issue@norm`), the more telling before the less.
    pub(super) fields: &'static [(&'static str, Holds)],
    /// Elements must be closed in order; SGML leaves end tags out.
    pub(super) strict: bool,
}

/// True when the first element of a document is `tag` (declaration, comments and document type aside).
fn opens(head: &str, tag: &str) -> bool {
    let mut rest = head.trim_start();
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { rest.find("-->").map(|n| n + 3) } else { doctype_end(rest) };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    rest.strip_prefix(tag).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// The end of a declaration, past the part in square brackets.
fn doctype_end(rest: &str) -> Option<usize> {
    let end = rest.find('>')? + 1;
    match rest.find('[').filter(|n| *n < end) {
        Some(open) => {
            let close = open + rest[open..].find(']')?;
            Some(close + rest[close..].find('>')? + 1)
        }
        None => Some(end),
    }
}

/// True when a document begins with one of these, or its first element is one.
fn opens_any(head: &str, tags: &[&str]) -> bool {
    tags.iter().any(|t| head.starts_with(t) || opens(head, t.trim_end_matches([' ', '>'])))
}

/// Values gathered for one record.
#[derive(Default)]
struct Record {
    /// Number of the rule that gave it, what it holds, name of its element, its text.
    values: Vec<(usize, Holds, String, String)>,
}

/// Reads a document of a shape.
pub(super) fn read(shape: &Shape, input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let decoded = decode::decode(&bytes, declared(&bytes).as_deref());
    let mut reader = Reader::new(shape, &decoded.text);
    let mut any = false;
    loop {
        match reader.next_record() {
            Ok(Some((record, range))) => {
                any = true;
                let raw = decoded.text.get(range).unwrap_or("").as_bytes();
                let mut article = record.article(&reader.channel, sink);
                for warning in &decoded.warnings {
                    article.warn(*warning);
                }
                sink.article(article, shape.name, raw)?;
            }
            Ok(None) if any => return Ok(()),
            Ok(None) => return sink.reject(RejectReason::NoArticleText, "no record in this document", &bytes, None),
            Err((problem, at)) => {
                let before = &decoded.text.as_bytes()[..at.min(decoded.text.len())];
                let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
                let (reason, message) = match problem {
                    Problem::Entity => {
                        (RejectReason::XmlEntity, "defines its own entities, which are never expanded".to_owned())
                    }
                    Problem::Depth => (RejectReason::XmlDepth, format!("nests deeper than {MAX_DEPTH}")),
                    Problem::Syntax(what) => (RejectReason::XmlSyntax, format!("{what} at line {line}")),
                };
                return sink.reject(reason, message, &bytes, Some((line, at as u64)));
            }
        }
    }
}

fn declared(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = &bytes[..bytes.len().min(200)];
    let at = memchr::memmem::find(head, b"encoding=")? + 10;
    Some(head[at..].iter().copied().take_while(|b| !matches!(b, b'"' | b'\'' | b'?')).collect())
}

struct Reader<'t> {
    shape: &'t Shape,
    lexer: Lexer<'t>,
    path: Vec<String>,
    /// What the document says outside its records: the title and language of a feed.
    channel: Record,
}

/// A value being gathered: depth of its element, what it holds, its name, its text.
struct Capture {
    depth: usize,
    rule: usize,
    holds: Holds,
    name: String,
    text: String,
}

type Numbered = Option<(Record, std::ops::Range<usize>)>;

impl<'t> Reader<'t> {
    fn new(shape: &'t Shape, text: &'t str) -> Self {
        Self { shape, lexer: Lexer::new(text), path: Vec::new(), channel: Record::default() }
    }

    fn next_record(&mut self) -> Result<Numbered, (Problem, usize)> {
        let mut record: Option<(Record, usize, usize)> = None;
        let mut captures: Vec<Capture> = Vec::new();
        loop {
            let at = self.lexer.at();
            let Some(event) = self.lexer.next_event().map_err(|p| (p, at))? else {
                let unfinished = self.shape.strict && !self.path.is_empty();
                if unfinished && record.is_some() {
                    return Err((Problem::Syntax("the document ends inside an element"), at));
                }
                return Ok(None);
            };
            match event {
                Event::Start { name, attributes, closed } => {
                    // SGML: a record begins only where the last one ended.
                    self.path.push(name);
                    if self.path.len() > MAX_DEPTH {
                        return Err((Problem::Depth, at));
                    }
                    let depth = self.path.len();
                    let name = self.path[depth - 1].as_str();
                    if record.is_none() && self.shape.records.contains(&name) {
                        record = Some((Record::default(), depth, at));
                    }
                    let values = record.as_mut().map_or(&mut self.channel.values, |(r, ..)| &mut r.values);
                    for (attribute, value) in &attributes {
                        if let Some((rule, holds)) = holds(self.shape, &self.path, Some(attribute)) {
                            values.push((rule, holds, attribute.clone(), value.clone()));
                        }
                    }
                    if closed {
                        self.path.pop();
                    } else if let Some((rule, holds)) = holds(self.shape, &self.path, None) {
                        captures.push(Capture { depth, rule, holds, name: name.to_owned(), text: String::new() });
                    }
                }
                Event::Text(text) => {
                    if let Some(capture) = captures.last_mut() {
                        capture.text.push_str(&text);
                    }
                }
                Event::End { name } => {
                    let Some(n) = self.path.iter().rposition(|open| *open == name) else {
                        if self.shape.strict {
                            return Err((Problem::Syntax("an end tag without its start tag"), at));
                        }
                        continue;
                    };
                    if self.shape.strict && n + 1 != self.path.len() {
                        return Err((Problem::Syntax("an end tag of another element"), at));
                    }
                    self.path.truncate(n);
                    while captures.last().is_some_and(|c| c.depth > n) {
                        let Some(done) = captures.pop() else { break };
                        let values = record.as_mut().map_or(&mut self.channel.values, |(r, ..)| &mut r.values);
                        values.push((done.rule, done.holds, done.name, done.text));
                    }
                    if record.as_ref().is_some_and(|(_, depth, _)| *depth > n) {
                        return Ok(record.map(|(r, _, start)| (r, start..self.lexer.at())));
                    }
                }
            }
        }
    }
}

/// What the element at the end of the path holds, or its attribute.
fn holds(shape: &Shape, path: &[String], attribute: Option<&str>) -> Option<(usize, Holds)> {
    let fields = shape.fields.iter().enumerate();
    fields.filter(|(_, (rule, _))| fits(rule, path, attribute)).map(|(i, (_, holds))| (i, *holds)).next()
}

fn fits(rule: &str, path: &[String], attribute: Option<&str>) -> bool {
    let (elements, wanted) = match rule.split_once('@') {
        Some((elements, wanted)) => (elements, Some(wanted)),
        None => (rule, None),
    };
    let mut above = path.iter().rev();
    wanted == attribute && elements.rsplit('/').all(|step| above.next().is_some_and(|open| open == step))
}

impl Record {
    fn first(&self, holds: Holds) -> Option<String> {
        let rule = self
            .values
            .iter()
            .filter(|(_, h, _, t)| *h == holds && !t.trim().is_empty())
            .min_by_key(|(rule, ..)| *rule)?;
        Some(clean::squeeze(&clean::clean(&rule.3).0)).filter(|t| !t.is_empty())
    }

    fn all(&self, holds: Holds) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(_, h, _, t)| *h == holds && !t.trim().is_empty()).map(|(.., t)| t.as_str())
    }

    fn article(&self, channel: &Self, sink: &Sink<'_>) -> Article {
        let mut article = Article {
            title: self.first(Holds::Title).map(|t| super::html::plain_if_markup(&t).into_owned()),
            url: self.first(Holds::Url),
            publisher: self
                .first(Holds::Publisher)
                .or_else(|| channel.first(Holds::Title))
                .or_else(|| channel.first(Holds::Publisher)),
            lang: self.first(Holds::Lang).or_else(|| channel.first(Holds::Lang)).and_then(|l| language_code(&l)),
            ..Article::default()
        };
        let mut authors: Vec<String> = Vec::new();
        for text in self.all(Holds::Author).filter_map(byline::from_field) {
            for one in
                text.split(';').filter(|one| !authors.iter().any(|a| a == one)).map(str::to_owned).collect::<Vec<_>>()
            {
                authors.push(one);
            }
        }
        article.author = (!authors.is_empty()).then(|| authors.join(";"));
        // The first date that can be read, in the order of the shape's list of fields.
        let mut dated: Vec<_> =
            self.values.iter().filter(|(_, h, _, t)| *h == Holds::Date && !t.trim().is_empty()).collect();
        dated.sort_by_key(|(rule, ..)| *rule);
        let dates: Vec<&str> = dated.iter().map(|(.., t)| t.as_str()).collect();
        let usable = |d: &&&str| {
            date::read(d)
                .or_else(|| date::find(d))
                .and_then(|r| r.resolve(sink.date_order, sink.options.today))
                .is_some()
        };
        if let Some(text) = dates.iter().find(usable).or(dates.first()) {
            let reading = date::read(text).or_else(|| date::find(text));
            sink.dating().set(&mut article, reading, text.trim(), PublishedBasis::Metadata);
        }
        for (_, _, name, text) in self.values.iter().filter(|(_, h, _, t)| *h == Holds::Meta && !t.trim().is_empty()) {
            let text = clean::squeeze(&clean::clean(text).0);
            match article.meta.iter_mut().find(|(n, _)| n == name) {
                Some((_, old)) => *old = format!("{old};{text}"),
                None => article.meta.push((name.clone(), text)),
            }
        }
        self.push_text(&mut article, sink);
        article
    }

    fn push_text(&self, article: &mut Article, sink: &Sink<'_>) {
        let in_order = |h: Holds| matches!(h, Holds::Paragraph | Holds::Heading | Holds::Caption);
        let mut pieces: Vec<Piece> =
            self.all(Holds::Dateline).map(|t| (BlockKind::Dateline, clean::squeeze(&clean::clean(t).0))).collect();
        if self.values.iter().any(|(_, h, ..)| *h == Holds::Paragraph) {
            let marked: Vec<Piece> = self
                .values
                .iter()
                .filter(|(_, h, ..)| in_order(*h))
                .map(|(_, h, _, t)| piece(*h, t))
                .filter(|(_, t)| !t.is_empty())
                .collect();
            let paragraphs: Vec<String> = marked.iter().map(|(_, t)| t.clone()).collect();
            let typed = body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref());
            pieces.extend(super::html::merge_kinds(&marked, typed));
            return body::push(article, pieces);
        }
        let html = self.all(Holds::Html).max_by_key(|t| t.len());
        let text: Vec<&str> = self.all(Holds::Text).chain(self.all(Holds::Prose)).collect();
        let whole = match (html, text.is_empty()) {
            (Some(html), _) => html.to_owned(),
            (None, false) => text.join("\n"),
            (None, true) => match self.all(Holds::Summary).max_by_key(|t| t.len()) {
                Some(summary) => {
                    article.text_kind = crate::article::TextKind::Truncated;
                    summary.to_owned()
                }
                None => String::new(),
            },
        };
        if pieces.is_empty() && !self.values.iter().any(|(_, h, ..)| *h == Holds::Prose) {
            return article_text::push_field(article, &whole, sink.dating());
        }
        // Prose without a head; a dateline with an element of its own goes before what it opens.
        let (text, seen) = clean::clean(&whole);
        seen.note(article);
        let lines: Vec<&str> = text.split('\n').collect();
        let paragraphs = super::metadata::layout::paragraphs(&lines);
        pieces.extend(body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref()));
        body::push(article, pieces);
    }
}

fn piece(holds: Holds, text: &str) -> Piece {
    let kind = match holds {
        Holds::Heading => BlockKind::Heading,
        Holds::Caption => BlockKind::Caption,
        _ => BlockKind::Paragraph,
    };
    (kind, clean::squeeze(&clean::clean(text).0))
}

#[cfg(test)]
mod tests;
