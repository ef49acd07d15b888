//! Pairs of quotation marks, as runs of tokens between them.
//!
//! Marks pair within a block. A paragraph that opens with a mark and never closes it goes on in the next block that
//! opens with one, as long quotations are printed; both parts are quoted. Straight marks open and close in turn.
//! Single marks inside are left alone.

use crate::nlp::{Doc, Token};
use crate::text::Span;

/// What stands between two marks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quoted {
    /// The tokens between the marks.
    pub(super) tokens: Span<Token>,
    /// It goes on from the block before.
    pub(super) continues: bool,
}

/// How a mark reads.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Opens,
    Closes,
    Either,
}

fn mark(word: &str) -> Option<Mark> {
    Some(match word {
        "“" | "``" | "«" | "„" => Mark::Opens,
        "”" | "''" | "»" => Mark::Closes,
        "\"" | "\"\"" => Mark::Either,
        _ => return None,
    })
}

/// All quoted runs, in text order.
pub(super) fn find(doc: &Doc) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut goes_on = false;
    let mut s = 0;
    while s < doc.sentences.len() {
        let block = doc.sentences[s].block;
        let first = doc.sentences[s].tokens.start as usize;
        let mut end = s;
        while end < doc.sentences.len() && doc.sentences[end].block == block {
            end += 1;
        }
        let last = doc.sentences[end - 1].tokens.end as usize;
        let may = doc.sentences[s].kind.may_report();
        s = end;
        if !may {
            continue;
        }
        let next_opens = doc
            .sentences
            .get(end)
            .is_some_and(|next| matches!(mark(doc.word(next.tokens.start as usize)), Some(Mark::Opens | Mark::Either)));
        goes_on = in_block(doc, first..last, goes_on, next_opens, &mut found);
    }
    found
}

/// Quoted runs of one block; says whether the last goes on in the next, which may open with a mark.
fn in_block(
    doc: &Doc,
    tokens: std::ops::Range<usize>,
    goes_on: bool,
    next_opens: bool,
    found: &mut Vec<Quoted>,
) -> bool {
    let mut open = None;
    for t in tokens.clone() {
        let Some(kind) = mark(doc.word(t)) else { continue };
        match (open, kind) {
            // also a mark that opens again after one that never closed
            (None, Mark::Either) | (_, Mark::Opens) => open = Some(t + 1),
            (Some(start), Mark::Closes | Mark::Either) => {
                if start < t {
                    let continues = goes_on && start == tokens.start + 1;
                    found.push(Quoted { tokens: Span::of(start, t), continues });
                }
                open = None;
            }
            (None, Mark::Closes) => {}
        }
    }
    match open {
        Some(start) if next_opens && start < tokens.end => {
            let continues = goes_on && start == tokens.start + 1;
            found.push(Quoted { tokens: Span::of(start, tokens.end), continues });
            true
        }
        _ => false,
    }
}
