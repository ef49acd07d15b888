//! Quotations: what somebody is quoted as saying, word for word or in the paper's words, and who.
//!
//! Direct speech is what stands between quotation marks; marks around a title or a single word are none. Indirect
//! speech is the clause that a verb of saying governs, stands beside, or that "according to" credits. The speaker is
//! the subject of the verb of saying that the quotation hangs on; in an alternation ("…," he said. "…") the speaker
//! goes on to the end of the paragraph. Nobody is guessed over a paragraph's end. Needs everything before it.

mod direct;
mod indirect;
mod marks;
mod speaker;

use super::actors::Actors;
use super::findings::{Quotation, QuotationKind};
use super::tree::Tree;
use crate::nlp::Doc;
use crate::text::Span;
use speaker::Said;

/// Verbs, by lemma, that introduce what somebody says.
const CUES: &[&str] = &[
    "acknowledge",
    "add",
    "admit",
    "affirm",
    "allege",
    "announce",
    "answer",
    "argue",
    "assert",
    "assure",
    "claim",
    "comment",
    "complain",
    "concede",
    "conclude",
    "confirm",
    "contend",
    "continue",
    "cry",
    "declare",
    "deny",
    "echo",
    "emphasise",
    "emphasize",
    "estimate",
    "exclaim",
    "explain",
    "hint",
    "insist",
    "joke",
    "lament",
    "maintain",
    "mention",
    "note",
    "observe",
    "opine",
    "predict",
    "promise",
    "propose",
    "quip",
    "quote",
    "reaffirm",
    "recall",
    "recount",
    "reiterate",
    "remark",
    "reply",
    "report",
    "respond",
    "reveal",
    "say",
    "shout",
    "signal",
    "state",
    "stress",
    "suggest",
    "swear",
    "tell",
    "testify",
    "tweet",
    "urge",
    "vow",
    "warn",
    "whisper",
    "write",
    "ask",
    "believe",
    "think",
    "point",
    "inform",
    "caution",
    "declaim",
    "boast",
    "pledge",
    "call",
    "describe",
];

/// Finds the quotations of one article.
pub(super) struct Finder<'f, 'a, 'l> {
    pub(super) doc: &'a Doc,
    pub(super) tree: &'a Tree,
    pub(super) actors: &'f mut Actors<'a, 'l>,
}

impl Finder<'_, '_, '_> {
    /// Appends the quotations of the article, in text order.
    pub(super) fn run(&mut self, found: &mut Vec<Quotation>) {
        let quoted = marks::find(self.doc);
        self.direct(&quoted, found);
        self.indirect(&quoted, found);
        found.sort_by_key(|q| (q.span.start, q.span.end));
    }

    fn quotation(
        &self,
        tokens: Span<crate::nlp::Token>,
        kind: QuotationKind,
        said: Option<&Said>,
        base: f32,
    ) -> Quotation {
        Quotation {
            span: self.doc.bytes(tokens),
            sentence: self.doc.sentence_of(tokens.start as usize) as u32,
            kind,
            speaker: said.and_then(|s| s.entity),
            speaker_name: said.and_then(|s| s.name.clone()),
            cue: said.and_then(|s| s.cue.clone()),
            confidence: said.map_or(base * 0.5, |s| base * s.confidence),
        }
    }
}

/// Who is quoted for what stands at `at`: the innermost quotation around it.
pub(super) fn speaker_of(quotations: &[Quotation], at: u32) -> Option<&str> {
    quotations
        .iter()
        .filter(|q| q.span.start <= at && at < q.span.end)
        .min_by_key(|q| q.span.len())
        .and_then(|q| q.speaker_name.as_deref())
}
