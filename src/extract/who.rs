//! Who a phrase means, asked for by itself: for library users who look names up, and for measuring the actors.
//!
//! The phrase goes through the same mentions, cast and resolution as an article's. [`parts`] says which noun phrases
//! a coordination holds ("Russian and Turkish soldiers" are two). Needs all passes of `nlp`.

use super::actors::Actors;
use super::cast::Cast;
use super::tree::Tree;
use super::{Extractor, Findings, Scratch, mentions, places};
use crate::lexicon::{Country, Sector};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, Token};
use crate::text::{Byte, Span};

/// Somebody a phrase means, with the facts of the article's day.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    /// Preferred name.
    pub name: String,
    /// Country.
    pub country: Option<Country>,
    /// PLOVER's code for what is no country's.
    pub plover_country: Option<String>,
    /// PLOVER sectors, most telling first.
    pub sectors: Vec<Sector>,
    /// 0 to 1.
    pub confidence: f32,
}

impl Extractor<'_> {
    /// Everybody meant by the noun phrase that is the first sentence of `doc`.
    pub fn who(&self, doc: &Doc, scratch: &mut Scratch) -> Vec<Who> {
        let Some(sentence) = doc.sentences.first() else { return Vec::new() };
        let Scratch { tree, hits, .. } = scratch;
        tree.build(doc, &self.lexicon.ontology.lemmas);
        mentions::find(doc, self.lexicon, hits);
        let mut findings = Findings::default();
        places::find(doc, tree, self.lexicon, hits, &mut findings);
        let towns = places::countries_of(&findings, hits);
        let cast = Cast::new(self.lexicon, doc.article.published_date());
        let mut actors = Actors::new(doc, tree, hits, cast, towns);
        let root = sentence.tokens.range().find(|&t| doc.is_root(t)).unwrap_or_default();
        actors
            .resolve_all(root)
            .into_iter()
            .map(|actor| {
                let entity = &actors.cast.entities[actor.entity as usize];
                let mut sectors = entity.sectors.clone();
                if let Some(first) = actor.sector {
                    sectors.retain(|s| *s != first);
                    sectors.insert(0, first);
                } else {
                    sectors.clear();
                }
                Who {
                    name: entity.name.clone(),
                    country: actor.country,
                    plover_country: entity.plover_country.clone(),
                    sectors,
                    confidence: actor.confidence,
                }
            })
            .collect()
    }

    /// The noun phrases conjoined with the one that covers `span`, itself included, as they would stand alone.
    pub fn parts(&self, doc: &Doc, span: Span<Byte>, scratch: &mut Scratch) -> Vec<String> {
        let tree = &mut scratch.tree;
        tree.build(doc, &self.lexicon.ontology.lemmas);
        parts(doc, tree, span)
    }
}

fn parts(doc: &Doc, tree: &Tree, span: Span<Byte>) -> Vec<String> {
    let inside: Vec<usize> = (0..doc.tokens.len()).filter(|&t| doc.tokens[t].span.overlaps(span)).collect();
    let Some(mut head) = inside.iter().copied().find(|&t| {
        let above = doc.tokens[t].head as usize;
        !inside.contains(&above) || above == t
    }) else {
        return Vec::new();
    };
    // an adjective of a coordination of adjectives: the noun they share
    while doc.tokens[head].rel == Rel::Conj {
        head = doc.tokens[head].head as usize;
    }
    let mut all = Vec::new();
    for noun in tree.conjuncts(doc, head) {
        let shared = tree
            .children(noun)
            .find(|&c| doc.tokens[c].rel == Rel::Amod && tree.children(c).any(|x| doc.tokens[x].rel == Rel::Conj));
        match shared {
            Some(first) => {
                for adjective in tree.conjuncts(doc, first) {
                    all.push(format!("{} {}", doc.word(adjective), doc.word(noun)));
                }
            }
            None => all.push(doc.words(phrase(doc, tree, noun)).to_owned()),
        }
    }
    all
}

/// The noun with what stands before it and belongs to it, without article and preposition, and with the rest of
/// its name.
fn phrase(doc: &Doc, tree: &Tree, noun: usize) -> Span<Token> {
    let mut span: Span<Token> = Span::of(noun, noun + 1);
    let own = |c: usize| {
        let rel = doc.tokens[c].rel;
        let before = c < noun
            && matches!(
                rel,
                Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::NmodDesc | Rel::Nmod | Rel::Nummod | Rel::Appos
            );
        before || rel == Rel::Flat
    };
    for c in tree.children(noun).filter(|&c| own(c)) {
        span = span.cover(tree.subtree(c));
    }
    let skip = |t: u32| matches!(doc.tokens[t as usize].upos, Upos::Det | Upos::Adp | Upos::Punct | Upos::Cconj);
    while span.start < noun as u32 && skip(span.start) {
        span.start += 1;
    }
    span
}
