//! Where an event happened.
//!
//! In this order: a locative phrase of the act itself; of its clause; of the clause above, when the act is a noun; a
//! town that is the object of an attack or visit; the one place in a locative phrase of the sentence, unless it says
//! where somebody spoke; the dateline, when the clause says "here". Nothing else gives a place: the second country of
//! a sentence, the next sentence and the dateline alone do not. Of places at the same rank the narrowest is taken.

use super::toponyms::head;
use crate::extract::findings::{EventType, Findings, PlaceMention};
use crate::extract::tree::Tree;
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, Token};
use crate::text::Span;

/// Prepositions that say where.
const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "across",
    "inside",
    "around",
    "off",
    "throughout",
    "along",
    "within",
    "on",
    "over",
    "through",
    "north",
    "south",
    "east",
    "west",
];

/// Nouns and verbs of moving, after which "to" says where.
const MOVES: &[&str] =
    &["visit", "trip", "travel", "fly", "journey", "tour", "return", "arrive", "voyage", "flight", "go", "come"];

/// Verbs and nouns of speaking: "said in Geneva that" places the saying.
const SPEAKS: &[&str] = &[
    "say",
    "tell",
    "report",
    "announce",
    "claim",
    "state",
    "add",
    "declare",
    "speak",
    "write",
    "warn",
    "statement",
    "speech",
    "interview",
    "remark",
];

/// Index of the place of the act triggered at `i`, an act of type `act`.
pub(in crate::extract) fn place_of(
    doc: &Doc,
    tree: &Tree,
    findings: &Findings,
    i: usize,
    act: EventType,
) -> Option<u32> {
    let sentence = doc.sentences[doc.sentence_of(i)].tokens;
    let spots: Vec<Spot<'_>> = findings
        .place_mentions
        .iter()
        .filter(|mention| sentence.contains(mention.tokens))
        .map(|mention| Spot { mention, anchor: anchor(doc, tree, mention.tokens) })
        .collect();
    if spots.is_empty() && !says_here(doc, sentence) {
        return None;
    }
    let located: Vec<&Spot<'_>> = spots.iter().filter(|spot| spot.anchor.is_some()).collect();
    let at = |token: usize| narrowest(findings, located.iter().filter(|spot| spot.anchor == Some(token)).copied());
    let within = |clause: Span<Token>| {
        narrowest(findings, located.iter().filter(|spot| clause.contains(spot.mention.tokens)).copied())
    };
    let carrier = carrier(doc, i);
    at(i)
        .or_else(|| carrier.and_then(at))
        .or_else(|| within(own_clause(doc, tree, i)))
        .or_else(|| struck(doc, tree, findings, &spots, i, act))
        .or_else(|| carrier.and_then(|verb| within(own_clause(doc, tree, verb))))
        .or_else(|| only_one(doc, findings, &located))
        .or_else(|| findings.dateline.filter(|_| says_here(doc, own_clause(doc, tree, i))))
}

/// A place of the sentence and what its locative phrase modifies.
struct Spot<'f> {
    mention: &'f PlaceMention,
    anchor: Option<usize>,
}

/// The verb over a nominal act ("held **talks**", "took part in a **protest**").
fn carrier(doc: &Doc, i: usize) -> Option<usize> {
    if doc.tokens[i].upos == Upos::Verb {
        return None;
    }
    Tree::governors(doc, i).into_iter().find(|&g| matches!(doc.tokens[g].upos, Upos::Verb | Upos::Aux))
}

/// The clause of `i` without what it reports.
fn own_clause(doc: &Doc, tree: &Tree, i: usize) -> Span<Token> {
    let clause = tree.clause(doc, i);
    let reported = tree.children(i).find(|&c| doc.tokens[c].rel == Rel::Ccomp && c > i);
    match reported.map(|c| tree.subtree(c)) {
        Some(below) if clause.start < below.start => Span::new(clause.start, below.start.max(i as u32 + 1)),
        _ => clause,
    }
}

/// What a locative phrase modifies: its head's head, through "the city of", appositions and conjunctions.
fn anchor(doc: &Doc, tree: &Tree, tokens: Span<Token>) -> Option<usize> {
    let mut at = head(doc, tokens);
    for _ in 0..5 {
        let token = doc.tokens[at];
        let above = token.head as usize;
        let preposition = tree.preposition(doc, at).map(|p| doc.word(p).to_ascii_lowercase());
        match token.rel {
            Rel::Obl | Rel::Nmod => {
                let preposition = preposition?;
                if WHERE.contains(&preposition.as_str()) {
                    return Some(above);
                }
                if preposition == "to" {
                    return MOVES.contains(&doc.lemma(above)).then_some(above);
                }
                // "in the city of Aleppo", "in the north of Mali", "in the village outside Homs"
                if preposition != "of" {
                    return None;
                }
            }
            // "Aleppo province", "in Syria's Aleppo", "in Homs and Hama", "in the capital, Damascus"
            Rel::Compound | Rel::Conj | Rel::Appos | Rel::NmodPoss | Rel::Flat | Rel::NmodUnmarked => {}
            _ => return None,
        }
        if above == at {
            return None;
        }
        at = above;
    }
    None
}

/// The narrowest of some places, the first of these.
fn narrowest<'s, 'f: 's>(findings: &Findings, spots: impl Iterator<Item = &'s Spot<'f>>) -> Option<u32> {
    let rank = |level: &str| match level {
        "city" | "capital" => 0,
        "admin2" => 1,
        "admin1" => 2,
        "region" => 3,
        _ => 4,
    };
    spots.map(|spot| spot.mention.place).min_by_key(|&place| rank(findings.places[place as usize].level))
}

/// "shelled **Kharkiv**", "visited **Kyiv**": the object is where.
fn struck(doc: &Doc, tree: &Tree, findings: &Findings, spots: &[Spot<'_>], i: usize, act: EventType) -> Option<u32> {
    let fits = matches!(act, EventType::Assault | EventType::Mobilize | EventType::Retreat | EventType::Coerce)
        || MOVES.contains(&doc.lemma(i));
    if !fits {
        return None;
    }
    let object = if doc.tokens[i].upos == Upos::Verb {
        tree.args(doc, i).object
    } else {
        let of = tree.noun_obliques(doc, i).into_iter();
        of.filter(|o| o.prep.is_some_and(|p| matches!(doc.word(p as usize), "of" | "on" | "against" | "to")))
            .map(|o| o.head)
            .next()
    }?;
    let object = tree.subtree(object as usize);
    let narrow = |spot: &&Spot<'_>| {
        let level = findings.places[spot.mention.place as usize].level;
        object.contains(spot.mention.tokens) && level != "country"
    };
    narrowest(findings, spots.iter().filter(narrow))
}

/// The one place where the sentence says something is, unless that is where somebody speaks.
fn only_one(doc: &Doc, findings: &Findings, located: &[&Spot<'_>]) -> Option<u32> {
    let place = narrowest(findings, located.iter().copied())?;
    let speaks = |spot: &Spot<'_>| spot.anchor.is_some_and(|a| SPEAKS.contains(&doc.lemma(a)));
    let one_country = {
        let mut countries: Vec<_> = located.iter().map(|s| findings.places[s.mention.place as usize].country).collect();
        countries.dedup();
        countries.len() == 1
    };
    let towns =
        located.iter().filter(|s| matches!(findings.places[s.mention.place as usize].level, "city" | "capital"));
    let mut towns: Vec<u32> = towns.map(|s| s.mention.place).collect();
    towns.dedup();
    (one_country && towns.len() <= 1 && !located.iter().any(|spot| speaks(spot))).then_some(place)
}

fn says_here(doc: &Doc, tokens: Span<Token>) -> bool {
    tokens.range().any(|t| doc.word(t).eq_ignore_ascii_case("here") && doc.tokens[t].rel == Rel::Advmod)
}
