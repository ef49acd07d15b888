//! [`Rows`]: the rows of some articles, table by table.
//!
//! Ids are hashes of content: an article's id, then where in it the thing stands. Two things at the same place (the
//! seven meetings that one "met" reports) are told apart by counting, so ids are unique in a table and the same in
//! every run over the same input.

use super::cell::{Day, Id};
use super::dates::{self, DateRow};
use super::documents::{self, Counts, DocStatus, DocumentRow};
use super::dyads::{self, DyadRow};
use super::events::{self, EventRow};
use super::extras::DocumentExtras;
use super::mentions::{self, MentionRow};
use super::offsets::CharMap;
use super::participants::{self, ParticipantRow};
use super::places;
use super::quotations::{self, QuotationRow};
use super::rejects::RejectRow;
use super::runs::RunRow;
use super::sentences::{self, SentenceRow};
use crate::article::Article;
use crate::extract::Findings;
use crate::nlp::Doc;
use crate::text::{Byte, Span};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::ops::AddAssign;

/// What rows say about the run that made them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunContext {
    /// Id of the run. For tables that do not depend on the hour, make it a hash of settings and input.
    pub run_id: Id,
    /// Columns of `documents` beyond the fixed ones. The same must be given to the writers.
    pub extras: DocumentExtras,
}

/// Rows of one or more articles, and of the run. Addable: parts are appended in the order in which they are added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Articles.
    pub documents: Vec<DocumentRow>,
    /// Cells of the columns added to `documents`, row by row.
    pub document_extras: Vec<Vec<Option<String>>>,
    /// Sentences.
    pub sentences: Vec<SentenceRow>,
    /// Mentions.
    pub mentions: Vec<MentionRow>,
    /// Events.
    pub events: Vec<EventRow>,
    /// Participants of events.
    pub participants: Vec<ParticipantRow>,
    /// Country pairs of events.
    pub dyads: Vec<DyadRow>,
    /// Expressions of time.
    pub dates: Vec<DateRow>,
    /// Quotations.
    pub quotations: Vec<QuotationRow>,
    /// Records that were not read.
    pub rejects: Vec<RejectRow>,
    /// The run itself.
    pub runs: Vec<RunRow>,
}

impl Rows {
    /// Adds the rows of one article.
    pub fn push_article(&mut self, doc: &Doc, findings: &Findings, run: &RunContext) {
        let scope = Scope::new(doc, findings, run);
        let counts = Counts {
            sentences: doc.sentences.len() as u32,
            words: (0..doc.tokens.len()).filter(|&i| doc.word(i).chars().any(char::is_alphanumeric)).count() as u32,
            mentions: findings.mentions.len() as u32,
            events: findings.events.len() as u32,
        };
        self.documents.push(documents::row(&doc.article, scope.doc_id, scope.chars.chars(), counts, run.run_id));
        self.document_extras.push(run.extras.cells(&doc.article));
        sentences::push(&mut self.sentences, &scope);
        mentions::push(&mut self.mentions, &scope);
        events::push(&mut self.events, &scope);
        participants::push(&mut self.participants, &scope);
        dyads::push(&mut self.dyads, &scope);
        dates::push(&mut self.dates, &scope);
        quotations::push(&mut self.quotations, &scope);
    }

    /// Adds the row of an article that was read but not analysed (another language, a copy of another article).
    pub fn push_skipped(&mut self, article: &Article, reason: &str, run: &RunContext) {
        let doc_id = doc_id(article);
        let chars = CharMap::new(&article.text).chars();
        let mut row = documents::row(article, doc_id, chars, Counts::default(), run.run_id);
        row.status = DocStatus::Skipped;
        row.skip_reason = Some(reason.to_owned());
        self.documents.push(row);
        self.document_extras.push(run.extras.cells(article));
    }

    /// True when there is no row in any table.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejects.is_empty() && self.runs.is_empty()
    }

    /// Drops all rows and keeps their memory.
    pub fn clear(&mut self) {
        self.documents.clear();
        self.document_extras.clear();
        self.sentences.clear();
        self.mentions.clear();
        self.events.clear();
        self.participants.clear();
        self.dyads.clear();
        self.dates.clear();
        self.quotations.clear();
        self.rejects.clear();
        self.runs.clear();
    }
}

impl AddAssign for Rows {
    fn add_assign(&mut self, mut part: Self) {
        self.documents.append(&mut part.documents);
        self.document_extras.append(&mut part.document_extras);
        self.sentences.append(&mut part.sentences);
        self.mentions.append(&mut part.mentions);
        self.events.append(&mut part.events);
        self.participants.append(&mut part.participants);
        self.dyads.append(&mut part.dyads);
        self.dates.append(&mut part.dates);
        self.quotations.append(&mut part.quotations);
        self.rejects.append(&mut part.rejects);
        self.runs.append(&mut part.runs);
    }
}

/// One article while its rows are made: the ids of everything in it, so that rows can point to each other.
pub(super) struct Scope<'a> {
    pub(super) doc: &'a Doc,
    pub(super) findings: &'a Findings,
    pub(super) run: &'a RunContext,
    pub(super) chars: CharMap<'a>,
    pub(super) published: Option<Day>,
    pub(super) doc_id: Id,
    pub(super) mention_ids: Vec<Id>,
    pub(super) event_ids: Vec<Id>,
    pub(super) story_ids: Vec<Id>,
    pub(super) date_ids: Vec<Id>,
    pub(super) quote_ids: Vec<Id>,
    entity_ids: Vec<Id>,
    place_ids: Vec<Id>,
}

/// A span in both units.
pub(super) struct Offsets {
    pub(super) char_start: u32,
    pub(super) char_end: u32,
    pub(super) byte_start: u32,
    pub(super) byte_end: u32,
}

impl<'a> Scope<'a> {
    fn new(doc: &'a Doc, findings: &'a Findings, run: &'a RunContext) -> Self {
        let doc_id = doc_id(&doc.article);
        let event_ids = ids_at('e', doc_id, findings.events.iter().map(|event| (event.trigger, "")));
        let story_ids = findings
            .events
            .iter()
            .zip(&event_ids)
            .map(|(event, own)| event.same_as.and_then(|first| event_ids.get(first as usize)).unwrap_or(own))
            .map(|first| Id::of('s', &[first.as_str()]))
            .collect();
        Self {
            doc,
            findings,
            run,
            chars: CharMap::new(doc.text()),
            published: doc.article.published_date().and_then(Day::of),
            doc_id,
            mention_ids: ids_at('m', doc_id, findings.mentions.iter().map(|m| (m.span, m.mention_type.as_str()))),
            event_ids,
            story_ids,
            quote_ids: ids_at('q', doc_id, findings.quotations.iter().map(|q| (q.span, q.kind.as_str()))),
            date_ids: ids_at('t', doc_id, findings.times.iter().map(|time| (time.span, ""))),
            entity_ids: findings.entities.iter().map(|entity| entity_id(&entity.key)).collect(),
            place_ids: findings.places.iter().map(|place| places::id(&place.key)).collect(),
        }
    }

    pub(super) fn offsets(&self, span: Span<Byte>) -> Offsets {
        Offsets {
            char_start: self.chars.at(span.start),
            char_end: self.chars.at(span.end),
            byte_start: span.start,
            byte_end: span.end,
        }
    }

    pub(super) fn entity_id(&self, entity: Option<u32>) -> Option<Id> {
        self.entity_ids.get(entity? as usize).copied()
    }

    pub(super) fn mention_id(&self, mention: Option<u32>) -> Option<Id> {
        self.mention_ids.get(mention? as usize).copied()
    }

    pub(super) fn place_id(&self, place: Option<u32>) -> Option<Id> {
        self.place_ids.get(place? as usize).copied()
    }
}

fn doc_id(article: &Article) -> Id {
    Id::parse(&article.doc_id()).expect("a doc_id is a letter and 15 hex digits")
}

/// Id of the entity with this key.
pub(super) fn entity_id(key: &str) -> Id {
    Id::of('a', &[key])
}

/// Ids of things that stand somewhere in an article: hashes of the article, the place, the kind, and how many of
/// this kind stood there before.
fn ids_at<'k>(letter: char, doc_id: Id, spans: impl Iterator<Item = (Span<Byte>, &'k str)>) -> Vec<Id> {
    let mut seen = Seen::default();
    spans
        .map(|(span, kind)| {
            let (start, end) = (span.start.to_string(), span.end.to_string());
            let nth = seen.count((span, kind)).to_string();
            Id::of(letter, &[doc_id.as_str(), &start, &end, kind, &nth])
        })
        .collect()
}

/// Counts how often a key was seen.
struct Seen<K>(FxHashMap<K, u32>);

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Hash + Eq> Seen<K> {
    /// How often `key` was seen before.
    fn count(&mut self, key: K) -> u32 {
        let n = self.0.entry(key).or_default();
        *n += 1;
        *n - 1
    }
}

/// Distinct values in order of first occurrence, `;`-joined; a `;` inside a value becomes a comma.
pub(super) fn joined<'t>(values: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut out = String::new();
    for value in values {
        if value.is_empty() || seen.contains(&value) {
            continue;
        }
        if !out.is_empty() {
            out.push(';');
        }
        seen.push(value);
        out.extend(value.chars().map(|c| if c == ';' { ',' } else { c }));
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_once_each_and_stay_splittable() {
        assert_eq!(joined(["POL", "", "SWE", "POL"].into_iter()).unwrap(), "POL;SWE");
        assert_eq!(joined(["a;b", "c"].into_iter()).unwrap(), "a,b;c");
        assert_eq!(joined([].into_iter()), None);
    }

    #[test]
    fn things_at_one_place_have_ids_of_their_own() {
        let doc_id = Id::of('d', &["x"]);
        let span = Span::new(3, 6);
        let ids = ids_at('e', doc_id, [(span, ""), (span, ""), (Span::new(3, 7), "")].into_iter());
        assert_ne!(ids[0], ids[1]);
        assert_ne!(ids[1], ids[2]);
        assert_eq!(ids, ids_at('e', doc_id, [(span, ""), (span, ""), (Span::new(3, 7), "")].into_iter()));
    }
}
