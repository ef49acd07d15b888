//! Mentions: where the text names or describes somebody or something we may know.
//!
//! Phrases of the lexicon are found at token starts, longest first, and reconciled with the names of the
//! recogniser: a longer name wins over a phrase inside it ("Jordan Peele" is no country), a phrase wins over a
//! name it covers, and a name made of known parts is left to its parts ("Polish Foreign Ministry"). Needs
//! `names` and `tag`. A [`Hit`] is not yet resolved: who is meant is asked of `actors`.

use crate::article::BlockKind;
use crate::lexicon::{Lexicon, PhraseKind, PhraseRef};
use crate::nlp::tags::Upos;
use crate::nlp::{Doc, Name, NameKind, Token};
use crate::text::Span;

/// What a hit may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A country by name; row of `countries`.
    Country(u32),
    /// A country's adjective or people; row of `countries`.
    Demonym(u32),
    /// A capital; row of `countries`.
    Capital(u32),
    /// A building or nickname for a government; row of `metonyms`.
    Metonym(u32),
    /// Row of `organisations`.
    Organisation(u32),
    /// A person of `leaders` by full name; first row of the person.
    Leader(u32),
    /// Row of `roles`.
    Role { row: u32, plural: bool },
    /// A name of the recogniser that no table knows.
    Unknown(NameKind),
    /// A personal pronoun.
    Pronoun,
}

/// A stretch of tokens that may mention something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// Its tokens.
    pub(super) tokens: Span<Token>,
    /// What it may be.
    pub(super) what: What,
    /// Confidence of the recognition, 0 to 1.
    pub(super) confidence: f32,
}

/// Finds all hits of `doc`, in text order, none overlapping.
pub(super) fn find(doc: &Doc, lexicon: &Lexicon, hits: &mut Vec<Hit>) {
    hits.clear();
    let mut names = doc.names.iter().peekable();
    for sentence in &doc.sentences {
        let start = hits.len();
        let caps = sentence.kind == BlockKind::Title && is_all_caps(doc, sentence.tokens);
        phrases(doc, lexicon, sentence.tokens, caps, hits);
        let mut own_names = Vec::new();
        while let Some(name) = names.peek().filter(|n| n.tokens.start < sentence.tokens.end) {
            own_names.push(**name);
            names.next();
        }
        reconcile(doc, &own_names, start, hits);
        pronouns(doc, sentence.tokens, hits);
        hits[start..].sort_by_key(|h| h.tokens.start);
    }
}

fn is_all_caps(doc: &Doc, tokens: Span<Token>) -> bool {
    !doc.words(tokens).chars().any(char::is_lowercase)
}

fn phrases(doc: &Doc, lexicon: &Lexicon, tokens: Span<Token>, caps: bool, hits: &mut Vec<Hit>) {
    let text = doc.text();
    let end = tokens.end as usize;
    let mut at = tokens.start as usize;
    while at < end {
        let span = doc.tokens[at].span;
        let starts_word = text[span.range()].starts_with(char::is_alphanumeric);
        let found = starts_word.then(|| lexicon.phrases.longest_at(text, span.start as usize, caps)).flatten();
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let last = (at..end).find(|&t| doc.tokens[t].span.end as usize >= found.end);
        let Some(last) = last.filter(|&t| doc.tokens[t].span.end as usize == found.end) else {
            at += 1;
            continue;
        };
        // "Panama hats" mention no Panama
        if found.entries.iter().any(|e| e.kind == PhraseKind::NonActor) {
            at = last + 1;
            continue;
        }
        let what = choose(doc, at, last, found.entries);
        if let Some(what) = what {
            hits.push(Hit { tokens: Span::of(at, last + 1), what, confidence: 0.95 });
            at = last + 1;
        } else {
            at += 1;
        }
    }
}

/// The likeliest of several meanings: people before states before bodies before words.
fn choose(doc: &Doc, first: usize, last: usize, entries: &[PhraseRef]) -> Option<What> {
    let rank = |e: &PhraseRef| match e.kind {
        PhraseKind::Leader => 0,
        PhraseKind::CountryName => 1,
        PhraseKind::Metonym => 2,
        PhraseKind::Organisation => 3,
        PhraseKind::Capital => 4,
        PhraseKind::Adjective | PhraseKind::People => 5,
        PhraseKind::Role => 6,
        PhraseKind::NonActor => 7,
    };
    let best = entries.iter().min_by_key(|e| rank(e))?;
    Some(match best.kind {
        PhraseKind::CountryName => What::Country(best.row),
        PhraseKind::Adjective | PhraseKind::People => What::Demonym(best.row),
        PhraseKind::Capital => What::Capital(best.row),
        PhraseKind::Metonym => What::Metonym(best.row),
        PhraseKind::Organisation => What::Organisation(best.row),
        PhraseKind::Leader => What::Leader(best.row),
        // "forces" and "general" are roles only as nouns; a verb or adjective of one word is not
        PhraseKind::Role
            if first == last
                && !matches!(doc.tokens[first].upos, Upos::Noun | Upos::Propn)
                && !is_alone(doc, first) =>
        {
            return None;
        }
        PhraseKind::Role => What::Role { row: best.row, plural: best.plural },
        PhraseKind::NonActor => return None,
    })
}

/// The only word of its sentence: a label, whatever the tagger makes of it without context.
fn is_alone(doc: &Doc, token: usize) -> bool {
    let sentence = doc.sentences[doc.sentence_of(token)];
    sentence.tokens.range().all(|t| t == token || matches!(doc.tokens[t].upos, Upos::Punct | Upos::Det))
}

/// Lets longer names win over phrases inside them, and adds names no phrase covers.
fn reconcile(doc: &Doc, names: &[Name], start: usize, hits: &mut Vec<Hit>) {
    for name in names {
        let inside: Vec<usize> = (start..hits.len()).filter(|&h| hits[h].tokens.overlaps(name.tokens)).collect();
        let reaches_out = inside.iter().any(|&h| !name.tokens.contains(hits[h].tokens));
        // "Sweden and Hungary" taken for one name is still two countries
        let between = |t: usize| matches!(doc.tokens[t].upos, Upos::Cconj | Upos::Punct | Upos::Det);
        let open = name.tokens.range().filter(|&t| !between(t));
        let covered = open.clone().all(|t| inside.iter().any(|&h| hits[h].tokens.holds(t as u32)));
        if reaches_out || covered {
            continue;
        }
        let mut tokens = name.tokens;
        if name.kind == NameKind::Per {
            // "President Joko Widodo" taken whole: the title stays a role of its own
            for &h in &inside {
                if hits[h].tokens.start == tokens.start && matches!(hits[h].what, What::Role { .. }) {
                    tokens = Span::new(hits[h].tokens.end, tokens.end);
                }
            }
        } else if is_described(name.tokens, &inside, hits) {
            continue;
        }
        let mut h = start;
        hits.retain(|hit| {
            let keep = h < start || !tokens.contains(hit.tokens);
            h += 1;
            keep
        });
        hits.push(Hit { tokens, what: What::Unknown(name.kind), confidence: name.confidence });
        hits[start..].sort_by_key(|h| h.tokens.start);
    }
}

/// "Israeli Air Force", "Prime Ministers of Norway": a nationality and a role tell more than an unknown name.
fn is_described(name: Span<Token>, inside: &[usize], hits: &[Hit]) -> bool {
    let edge = |h: &usize| hits[*h].tokens.start == name.start || hits[*h].tokens.end == name.end;
    let nation = |h: &usize| matches!(hits[*h].what, What::Demonym(_) | What::Country(_));
    let role = |h: &usize| matches!(hits[*h].what, What::Role { .. });
    inside.iter().any(|h| edge(h) && nation(h)) && inside.iter().any(|h| edge(h) && role(h))
}

fn pronouns(doc: &Doc, tokens: Span<Token>, hits: &mut Vec<Hit>) {
    for i in tokens.range() {
        if doc.tokens[i].upos != Upos::Pron {
            continue;
        }
        let known = matches!(
            doc.word(i).to_ascii_lowercase().as_str(),
            "he" | "him" | "his" | "she" | "her" | "they" | "them" | "their" | "it" | "its"
        );
        if known {
            hits.push(Hit { tokens: Span::of(i, i + 1), what: What::Pronoun, confidence: 0.6 });
        }
    }
}
