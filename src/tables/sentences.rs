//! `sentences`: one row per sentence, with its place in the article.

use super::cell::Id;
use super::rows::Scope;
use super::schema::table;
use crate::article::BlockKind;

table! {
    /// One sentence.
    SentenceRow in "sentences": "One row per sentence of an analysed block."
    key [doc_id, sentence_no]
    references [doc_id -> documents.doc_id]
    {
        doc_id: Id = "Article.",
        sentence_no: u32 = "Number of the sentence in the article, from 0.",
        block_no: u32 = "Number of its block in the article, from 0.",
        block_kind: BlockKind = "What the block is.",
        char_start: u32 = "Start in the article's text, in code points.",
        char_end: u32 = "End (exclusive), in code points.",
        byte_start: u32 = "Start in the article's text, in UTF-8 bytes.",
        byte_end: u32 = "End (exclusive), in UTF-8 bytes.",
        n_tokens: u32 = "Number of tokens, punctuation included.",
        n_events: u32 = "Number of events it reports.",
        text: String = "The sentence as it stands in the article.",
    }
}

pub(super) fn push(rows: &mut Vec<SentenceRow>, scope: &Scope<'_>) {
    let doc = scope.doc;
    let mut n_events = vec![0; doc.sentences.len()];
    for event in &scope.findings.events {
        if let Some(n) = n_events.get_mut(event.sentence as usize) {
            *n += 1;
        }
    }
    for (sentence_no, sentence) in doc.sentences.iter().enumerate() {
        if sentence.tokens.is_empty() {
            continue;
        }
        let span = doc.bytes(sentence.tokens);
        let at = scope.offsets(span);
        rows.push(SentenceRow {
            doc_id: scope.doc_id,
            sentence_no: sentence_no as u32,
            block_no: sentence.block,
            block_kind: sentence.kind,
            char_start: at.char_start,
            char_end: at.char_end,
            byte_start: at.byte_start,
            byte_end: at.byte_end,
            n_tokens: sentence.tokens.len() as u32,
            n_events: n_events[sentence_no],
            text: span.slice(doc.text()).to_owned(),
        });
    }
}
