//! `quotations`: one row per quotation, direct or indirect.

use super::cell::{Id, score};
use super::rows::Scope;
use super::schema::table;
use crate::extract::findings::QuotationKind;

table! {
    /// One quotation.
    QuotationRow in "quotations": "One row per quotation: what somebody is quoted as saying, and who."
    key [quote_id]
    references [doc_id -> documents.doc_id, speaker_id -> entities.entity_id]
    {
        quote_id: Id = "Id of the quotation.",
        doc_id: Id = "Article.",
        sentence_no: u32 = "Number of the sentence in which it begins, from 0.",
        char_start: u32 = "Start in the article's text, in code points.",
        char_end: u32 = "End (exclusive), in code points.",
        byte_start: u32 = "Start in the article's text, in UTF-8 bytes.",
        byte_end: u32 = "End (exclusive), in UTF-8 bytes.",
        text: String = "The words, as they stand in the article, without their marks.",
        kind: QuotationKind = "Word for word, or in the paper's words.",
        speaker_id: Option<Id> = "Entity that speaks.",
        speaker_name: Option<String> = "Who speaks, by name or as the article says it.",
        cue: Option<String> = "The words that introduce it.",
        confidence: f64 = "Confidence in the quotation and its speaker, 0 to 1.",
    }
}

pub(super) fn push(rows: &mut Vec<QuotationRow>, scope: &Scope<'_>) {
    for (quotation, &quote_id) in scope.findings.quotations.iter().zip(&scope.quote_ids) {
        let at = scope.offsets(quotation.span);
        rows.push(QuotationRow {
            quote_id,
            doc_id: scope.doc_id,
            sentence_no: quotation.sentence,
            char_start: at.char_start,
            char_end: at.char_end,
            byte_start: at.byte_start,
            byte_end: at.byte_end,
            text: quotation.span.slice(scope.doc.text()).to_owned(),
            kind: quotation.kind,
            speaker_id: scope.entity_id(quotation.speaker),
            speaker_name: quotation.speaker_name.clone(),
            cue: quotation.cue.clone(),
            confidence: score(quotation.confidence),
        });
    }
}
