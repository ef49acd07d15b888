//! "Just before the summit": expressions that another event of the article anchors.
//!
//! Only where the words say that the two are close ("just", "shortly"), and only where the article dates the other
//! event elsewhere: the days are then bounded by it on one side.

use crate::extract::findings::{DateBasis, Interval, Precision, TimeExpr, TimeKind};
use crate::extract::timing;
use crate::extract::tree::Tree;
use crate::nlp::Doc;
use crate::nlp::tags::Upos;
use crate::text::Span;

/// Adverbs that tie an act closely to the event named after "before" or "after".
const CLOSE: &[&str] = &["just", "shortly", "immediately", "right", "soon", "directly"];

/// Adds the expressions of `doc` that are anchored on an event with known days, and keeps text order.
pub(super) fn find(doc: &Doc, tree: &Tree, found: &mut Vec<TimeExpr>) {
    let mut anchored = Vec::new();
    for prep in 1..doc.tokens.len() {
        let later = doc.word(prep).eq_ignore_ascii_case("after");
        if !later && !doc.word(prep).eq_ignore_ascii_case("before") {
            continue;
        }
        let close = CLOSE.iter().any(|c| doc.word(prep - 1).eq_ignore_ascii_case(c));
        let head = doc.tokens[prep].head as usize;
        if !close || head <= prep || doc.tokens[head].upos != Upos::Noun {
            continue;
        }
        let s = doc.sentence_of(prep);
        let Some(other) = timing::day_of_event(doc, tree, head, s, found) else { continue };
        let (start, end) = if later { (other.start, None) } else { (None, other.end) };
        let Some(day) = start.or(end) else { continue };
        let edtf = if later { format!("{day}/..") } else { format!("../{day}") };
        anchored.push(TimeExpr {
            span: doc.bytes(Span::of(prep - 1, head + 1)),
            sentence: s as u32,
            kind: TimeKind::Date,
            value: edtf.clone(),
            interval: Some(Interval { start, end, precision: Precision::Open, basis: DateBasis::RelativeToEvent }),
            edtf: Some(edtf),
            anchor: Some(format!("{} {day}", doc.lemma(head))),
        });
    }
    anchored.retain(|a| !found.iter().any(|f| f.span.start < a.span.end && a.span.start < f.span.end));
    if !anchored.is_empty() {
        found.append(&mut anchored);
        found.sort_by_key(|t| t.span.start);
    }
}
