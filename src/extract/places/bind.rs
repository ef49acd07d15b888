//! Where an event happened.
//!
//! In this order: a locative phrase of the act itself, or inside its arguments when the act is a material one; the same
//! of the verb that carries a nominal act ("held **talks** in Geneva"); a town or region that is the object of an
//! attack or visit; the same of a governing verb whose adverbial the act shares ("In Homs, rebels opened fire and
//! killed two"); the dateline, when the clause says "here". Nothing else gives a place: the country of a participant,
//! the next sentence, the town where somebody speaks and the dateline alone do not. Of places at the same rank the
//! narrowest is taken.

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
    "throughout",
    "within",
    "north",
    "south",
    "east",
    "west",
];

/// Prepositions that say where before a sea, river, island or range only: "strikes on Iran" are not there.
const WHERE_IN_NATURE: &[&str] = &["on", "off", "over", "along", "through"];

/// Governing verbs whose adverbial an act may share.
const MAX_CLIMB: usize = 3;

/// Nouns before "of" that are where the place is.
const PARTS_OF_A_PLACE: &[&str] = &[
    "city",
    "town",
    "village",
    "province",
    "state",
    "region",
    "district",
    "capital",
    "port",
    "north",
    "south",
    "east",
    "west",
    "part",
    "suburb",
    "outskirt",
    "outskirts",
    "street",
    "center",
    "centre",
    "heart",
    "area",
    "island",
    "coast",
    "neighbourhood",
    "neighborhood",
    "edge",
    "border",
    "side",
    "strip",
    "governorate",
    "county",
    "republic",
    "kingdom",
    "department",
    "municipality",
    "hub",
    "stronghold",
    "enclave",
    "northwest",
    "northeast",
    "southwest",
    "southeast",
];

/// Nouns and verbs of moving, after which "to" says where.
const MOVES: &[&str] =
    &["visit", "trip", "travel", "fly", "journey", "tour", "return", "arrive", "voyage", "flight", "go", "come"];

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
        .map(|mention| Spot { mention, anchor: anchor(doc, tree, findings, mention) })
        .collect();
    if spots.is_empty() && !says_here(doc, sentence) {
        return None;
    }
    let at = |token: usize| narrowest(findings, spots.iter().filter(|spot| spot.anchor == Some(token)));
    let material = is_material(act);
    let of = |verb: usize| {
        let inside = |spot: &&Spot<'_>| spot.anchor.is_some_and(|a| predicate(doc, a) == Some(verb));
        at(verb).or_else(|| narrowest(findings, spots.iter().filter(inside).filter(|_| material)))
    };
    let carrier = carrier(doc, i);
    of(i)
        .or_else(|| struck(doc, tree, findings, &spots, i, act))
        .or_else(|| carrier.and_then(of))
        .or_else(|| above(doc, carrier.unwrap_or(i)).into_iter().find_map(at))
        .or_else(|| findings.dateline.filter(|_| says_here(doc, tree.clause(doc, i))))
}

/// Acts that happen where their arguments are; words do not.
fn is_material(act: EventType) -> bool {
    matches!(
        act,
        EventType::Assault
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Protest
            | EventType::Retreat
            | EventType::Aid
            | EventType::Cooperate
            | EventType::Consult
    )
}

/// The verb or act noun that a noun belongs to, without leaving its clause.
fn predicate(doc: &Doc, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..5 {
        let token = &doc.tokens[at];
        if matches!(token.upos, Upos::Verb | Upos::Aux) {
            return Some(at);
        }
        let above = token.head as usize;
        let nominal = matches!(
            token.rel,
            Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Nsubj | Rel::NsubjPass | Rel::Conj | Rel::Compound | Rel::Appos
        );
        if !nominal || above == at {
            return None;
        }
        at = above;
    }
    None
}

/// Verbs above that share their adverbials with `i`: not those that report it, nor what came before or after.
fn above(doc: &Doc, i: usize) -> Vec<usize> {
    let mut all = Vec::new();
    let mut at = i;
    while all.len() < MAX_CLIMB {
        let token = &doc.tokens[at];
        let head = token.head as usize;
        let shares = matches!(token.rel, Rel::Conj | Rel::Xcomp)
            || (token.rel == Rel::Advcl && matches!(token.xpos.as_str(), "VBG" | "VBN"));
        if head == at || !shares {
            break;
        }
        at = head;
        all.push(at);
    }
    all
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

/// What a locative phrase modifies: its head's head, through "the city of", appositions and conjunctions.
fn anchor(doc: &Doc, tree: &Tree, findings: &Findings, mention: &PlaceMention) -> Option<usize> {
    let mut at = head(doc, mention.tokens);
    let country = findings.places[mention.place as usize].level == "country";
    let nature = findings.places[mention.place as usize].feature_class.is_some_and(|class| matches!(class, 'H' | 'T'));
    for _ in 0..5 {
        let token = doc.tokens[at];
        let above = token.head as usize;
        let preposition = tree.preposition(doc, at).map(|p| doc.word(p).to_ascii_lowercase());
        match token.rel {
            Rel::Obl | Rel::Nmod => {
                let preposition = preposition?;
                let preposition = preposition.as_str();
                if WHERE.contains(&preposition) || (nature && WHERE_IN_NATURE.contains(&preposition)) {
                    return Some(above);
                }
                if preposition == "to" {
                    return MOVES.contains(&doc.lemma(above)).then_some(above);
                }
                // "in the city of Aleppo", "in the north of Mali", "in the village outside Homs"
                if preposition != "of" || !PARTS_OF_A_PLACE.contains(&doc.lemma(above)) {
                    return None;
                }
            }
            // "the embassy of a country" may be anywhere
            Rel::Compound | Rel::NmodPoss if country => return None,
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

fn says_here(doc: &Doc, tokens: Span<Token>) -> bool {
    tokens.range().any(|t| doc.word(t).eq_ignore_ascii_case("here") && doc.tokens[t].rel == Rel::Advmod)
}
