//! Expressions of time, and the interval of days each denotes.
//!
//! Absolute dates stand by themselves; "on Wednesday", "last year", "two weeks ago" are anchored on the day of
//! publication and, where the words leave it open, on the tense of the verb they modify. Without a publication
//! date they are found and left without an interval: nothing is invented. Needs `tokenize`; the tense needs `parse`.

mod calendar;
mod grammar;
#[cfg(test)]
mod tests;

use super::findings::{DateBasis, Interval, Precision, TimeExpr};
use super::status;
use super::tree::Tree;
use crate::lexicon::ontology::{Ontology, Status};
use crate::nlp::Doc;
use crate::nlp::tags::Upos;
use crate::text::Span;
use grammar::{Denotes, Reader};

/// Heads climbed from an expression to the verb whose tense decides "on Wednesday".
const MAX_CLIMB: usize = 6;

/// Appends the expressions of time of `doc` in text order.
pub(super) fn find(doc: &Doc, tree: &Tree, ontology: &Ontology, found: &mut Vec<TimeExpr>) {
    let published = doc.article.published_date();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let reader = Reader::new(doc, sentence.tokens.end as usize);
        let mut at = sentence.tokens.start as usize;
        while at < sentence.tokens.end as usize {
            let Some((end, denotes)) = reader.at(at) else {
                at += 1;
                continue;
            };
            let future = || is_future(doc, tree, ontology, at);
            let interval = resolve(denotes, published, future);
            let basis_is_publication = !matches!(denotes, Denotes::Fixed { .. });
            found.push(TimeExpr {
                span: doc.bytes(Span::of(at, end)),
                sentence: number as u32,
                edtf: interval.as_ref().and_then(edtf),
                anchor: (basis_is_publication && interval.is_some())
                    .then(|| published.map(|p| format!("publication {p}")))
                    .flatten(),
                interval,
            });
            at = end;
        }
    }
}

/// True when the verb that the token at `at` hangs on speaks of the future.
fn is_future(doc: &Doc, tree: &Tree, ontology: &Ontology, at: usize) -> bool {
    let mut token = at;
    for _ in 0..MAX_CLIMB {
        if matches!(doc.tokens[token].upos, Upos::Verb) {
            let kind = doc.sentences[doc.sentence_of(token)].kind;
            return status::read(doc, tree, ontology, token, kind).status == Status::Planned;
        }
        let head = doc.tokens[token].head as usize;
        if head == token {
            break;
        }
        token = head;
    }
    false
}

fn resolve(denotes: Denotes, published: Option<jiff::civil::Date>, future: impl Fn() -> bool) -> Option<Interval> {
    let (start, end, precision, basis) = match denotes {
        Denotes::Fixed { start, end, precision } => (start, end, precision, DateBasis::Absolute),
        Denotes::Relative(relative) => {
            let (start, end, precision) = calendar::anchor(relative, published?, future)?;
            (start, end, precision, DateBasis::Relative)
        }
    };
    Some(Interval { start, end, precision, basis })
}

/// Extended Date/Time Format (ISO 8601-2:2019, level 0 and open intervals) of an interval.
fn edtf(interval: &Interval) -> Option<String> {
    let whole = |start: jiff::civil::Date, end: jiff::civil::Date| match interval.precision {
        Precision::Day if start == end => Some(start.to_string()),
        Precision::Month if start == start.first_of_month() && end == start.last_of_month() => {
            Some(format!("{:04}-{:02}", start.year(), start.month()))
        }
        Precision::Year if start == start.first_of_year() && end == start.last_of_year() => {
            Some(format!("{:04}", start.year()))
        }
        _ => Some(format!("{start}/{end}")),
    };
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => whole(start, end),
        (Some(start), None) => Some(format!("{start}/..")),
        (None, Some(end)) => Some(format!("../{end}")),
        (None, None) => None,
    }
}
