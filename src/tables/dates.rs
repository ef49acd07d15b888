//! `dates`: one row per expression of time.

use super::cell::{Day, Id};
use super::rows::Scope;
use super::schema::table;
use crate::extract::findings::{DateBasis, Precision, TimeKind};

table! {
    /// One expression of time.
    DateRow in "dates": "One row per expression of time, with the days it denotes where they can be known."
    key [date_id]
    references [doc_id -> documents.doc_id]
    {
        date_id: Id = "Id of the expression.",
        doc_id: Id = "Article.",
        sentence_no: u32 = "Number of the sentence in the article, from 0.",
        char_start: u32 = "Start in the article's text, in code points.",
        char_end: u32 = "End (exclusive), in code points.",
        byte_start: u32 = "Start in the article's text, in UTF-8 bytes.",
        byte_end: u32 = "End (exclusive), in UTF-8 bytes.",
        text: String = "The words, as they stand in the article.",
        kind: TimeKind = "What kind of expression it is.",
        value: String = "Its value in the notation of TIMEX3; X for what is not known.",
        date_start: Option<Day> = "First day it denotes.",
        date_end: Option<Day> = "Last day it denotes.",
        precision: Precision = "How exact it is.",
        basis: DateBasis = "What it rests on.",
        edtf: Option<String> = "The same in Extended Date/Time Format, ISO 8601-2.",
        anchor: Option<String> = "What it was counted from.",
    }
}

pub(super) fn push(rows: &mut Vec<DateRow>, scope: &Scope<'_>) {
    for (time, &date_id) in scope.findings.times.iter().zip(&scope.date_ids) {
        let at = scope.offsets(time.span);
        rows.push(DateRow {
            date_id,
            doc_id: scope.doc_id,
            sentence_no: time.sentence,
            char_start: at.char_start,
            char_end: at.char_end,
            byte_start: at.byte_start,
            byte_end: at.byte_end,
            text: time.span.slice(scope.doc.text()).to_owned(),
            kind: time.kind,
            value: time.value.clone(),
            date_start: time.interval.and_then(|days| days.start).and_then(Day::of),
            date_end: time.interval.and_then(|days| days.end).and_then(Day::of),
            precision: time.interval.map_or(Precision::None, |days| days.precision),
            basis: time.interval.map_or(DateBasis::None, |days| days.basis),
            edtf: time.edtf.clone(),
            anchor: time.anchor.clone(),
        });
    }
}
