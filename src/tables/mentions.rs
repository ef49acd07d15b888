//! `mentions`: one row per stretch of text that refers to somebody or something.

use super::cell::{Id, score};
use super::rows::Scope;
use super::schema::table;
use crate::extract::findings::{MentionForm, MentionSource, MentionType};
use crate::lexicon::Country;

table! {
    /// One mention.
    MentionRow in "mentions": "One row per stretch of text that refers to somebody or something."
    key [mention_id]
    references [doc_id -> documents.doc_id, entity_id -> entities.entity_id]
    {
        mention_id: Id = "Id of the mention.",
        doc_id: Id = "Article.",
        sentence_no: u32 = "Number of the sentence in the article, from 0.",
        char_start: u32 = "Start in the article's text, in code points.",
        char_end: u32 = "End (exclusive), in code points.",
        byte_start: u32 = "Start in the article's text, in UTF-8 bytes.",
        byte_end: u32 = "End (exclusive), in UTF-8 bytes.",
        text: String = "The words, as they stand in the article.",
        mention_type: MentionType = "What it refers to.",
        form: MentionForm = "How it refers.",
        title: Option<String> = "Title before the name.",
        entity_id: Option<Id> = "Entity it refers to.",
        country: Option<Country> = "Country of what it refers to on the day of the article, ISO 3166-1 alpha-3 (XKX for Kosovo).",
        confidence: f64 = "Confidence in the mention, 0 to 1.",
        source: MentionSource = "What recognised it.",
    }
}

pub(super) fn push(rows: &mut Vec<MentionRow>, scope: &Scope<'_>) {
    for (mention, &mention_id) in scope.findings.mentions.iter().zip(&scope.mention_ids) {
        let at = scope.offsets(mention.span);
        rows.push(MentionRow {
            mention_id,
            doc_id: scope.doc_id,
            sentence_no: mention.sentence,
            char_start: at.char_start,
            char_end: at.char_end,
            byte_start: at.byte_start,
            byte_end: at.byte_end,
            text: mention.span.slice(scope.doc.text()).to_owned(),
            mention_type: mention.mention_type,
            form: mention.form,
            title: mention.title.clone(),
            entity_id: scope.entity_id(mention.entity),
            country: mention.country,
            confidence: score(mention.confidence),
            source: mention.source,
        });
    }
}
