//! Places: which words name one, which place they mean, and where events happened.
//!
//! [`find`] fills `Findings::places` and `Findings::place_mentions`; `bind` reads them for each event. A capital that
//! acts as a government is no place, a country's name never a town.

mod bind;
mod resolve;
#[cfg(test)]
mod tests;
mod toponyms;

pub(super) use bind::place_of;

use super::findings::{Findings, Place, PlaceMention};
use super::mentions::{Hit, What};
use super::tree::Tree;
use crate::article::BlockKind;
use crate::lexicon::gazetteer::{Gazetteer, Level};
use crate::lexicon::{Country, Lexicon, PhraseKind};
use crate::nlp::Doc;
use crate::text::{Byte, Span};
use resolve::{Choice, Context};
use toponyms::{Finder, Toponym};

/// Evidence of a word for a country, against 1 for its name.
const DEMONYM: f64 = 0.6;
const GOVERNMENT: f64 = 0.7;
const PUBLISHER: f64 = 0.7;
const DATELINE: f64 = 1.5;

/// Finds the places of an article. Needs the hits of `mentions`.
pub(super) fn find(doc: &Doc, tree: &Tree, lexicon: &Lexicon, hits: &[Hit], findings: &mut Findings) {
    let finder = Finder { doc, tree, lexicon, gazetteer: lexicon.gazetteer() };
    let mut toponyms = finder.find(hits);
    let mut context = context(doc, lexicon, hits, &toponyms);
    let choices = resolve::resolve(doc, finder.gazetteer, &mut toponyms, &mut context);
    for (toponym, choice) in toponyms.iter().zip(choices) {
        let Some(place) = place(lexicon, toponym, choice).filter(|_| !toponym.acts) else { continue };
        let index = findings.places.iter().position(|known| known.key == place.key).unwrap_or_else(|| {
            findings.places.push(place);
            findings.places.len() - 1
        });
        findings.place_mentions.push(PlaceMention {
            tokens: toponym.tokens,
            span: doc.bytes(toponym.tokens),
            place: index as u32,
            confidence: choice.map_or(0.95, |choice| choice.confidence),
        });
    }
    findings.dateline = dateline(doc, lexicon, &mut context, findings);
}

/// What the place names at `spans` mean in their article, for measuring resolution alone.
pub(super) fn locate(
    doc: &Doc,
    tree: &Tree,
    lexicon: &Lexicon,
    hits: &[Hit],
    spans: &[Span<Byte>],
) -> Vec<Option<Place>> {
    let finder = Finder { doc, tree, lexicon, gazetteer: lexicon.gazetteer() };
    let given: Vec<Option<Toponym>> = spans.iter().map(|span| finder.given(*span)).collect();
    let mut toponyms: Vec<Toponym> = given.iter().flatten().cloned().collect();
    let found = finder.find(hits);
    toponyms.extend(found.into_iter().filter(|t| !given.iter().flatten().any(|g| g.tokens.overlaps(t.tokens))));
    let mut order: Vec<usize> = (0..toponyms.len()).collect();
    order.sort_by_key(|&at| toponyms[at].tokens.start);
    let mut sorted: Vec<Toponym> = order.iter().map(|&at| toponyms[at].clone()).collect();
    let mut context = context(doc, lexicon, hits, &sorted);
    let choices = resolve::resolve(doc, finder.gazetteer, &mut sorted, &mut context);
    given
        .iter()
        .map(|wanted| {
            let wanted = wanted.as_ref()?;
            let at = sorted.iter().position(|t| t.tokens == wanted.tokens)?;
            place(lexicon, &sorted[at], choices[at])
        })
        .collect()
}

/// What the words of the article say of countries.
fn context(doc: &Doc, lexicon: &Lexicon, hits: &[Hit], toponyms: &[Toponym]) -> Context {
    let mut context = Context::default();
    for hit in hits {
        match hit.what {
            What::Demonym(row) => context.country(lexicon.countries.row(row).code, DEMONYM),
            What::Metonym(row) => {
                if let Some(country) = lexicon.metonyms.get(row).country {
                    context.country(country, GOVERNMENT);
                }
            }
            _ => {}
        }
    }
    for toponym in toponyms {
        match toponym.country {
            Some(country) if toponym.is_country => context.country(country, 1.0),
            Some(country) if toponym.acts => context.country(country, GOVERNMENT),
            _ => {}
        }
    }
    if let Some(publisher) = &doc.article.publisher {
        for country in countries_in(lexicon, publisher) {
            context.country(country, PUBLISHER);
        }
    }
    context
}

/// Countries whose name, adjective or capital stands in a short text.
fn countries_in(lexicon: &Lexicon, text: &str) -> Vec<Country> {
    let starts = text
        .char_indices()
        .filter(|&(at, c)| c.is_alphanumeric() && !text[..at].chars().next_back().is_some_and(char::is_alphanumeric));
    starts
        .filter_map(|(at, _)| {
            let found = lexicon.phrases.longest_at(text, at, false)?;
            let names = [PhraseKind::CountryName, PhraseKind::Adjective, PhraseKind::Capital];
            let entry = found.entries.iter().find(|entry| names.contains(&entry.kind))?;
            Some(lexicon.countries.row(entry.row).code)
        })
        .collect()
}

/// The place in the agency's line at the head of the article ("ALEPPO, Syria (AP) —"), added to the places only when
/// an event is told to have happened "here".
fn dateline(doc: &Doc, lexicon: &Lexicon, context: &mut Context, findings: &mut Findings) -> Option<u32> {
    let block = doc.article.blocks.iter().find(|block| block.kind == BlockKind::Dateline)?;
    let text = block.span.slice(doc.text());
    let end = text.find(['(', '—', '–']).or_else(|| text.find(" -")).unwrap_or(text.len());
    let mut parts = text[..end].split(',').map(str::trim);
    let gazetteer = lexicon.gazetteer();
    let senses = gazetteer.named(parts.next()?);
    if senses.is_empty() {
        return None;
    }
    for part in parts {
        for country in countries_in(lexicon, &title_case(part)) {
            context.country(country, DATELINE);
        }
    }
    let choice = resolve::one(senses, gazetteer, context)?;
    let place = place_at(gazetteer, choice.entry);
    let known = findings.places.iter().position(|known| known.key == place.key);
    let here = doc.sentences.iter().any(|s| s.tokens.range().any(|t| doc.word(t).eq_ignore_ascii_case("here")));
    known
        .or_else(|| {
            here.then(|| {
                findings.places.push(place);
                findings.places.len() - 1
            })
        })
        .map(|at| at as u32)
}

fn title_case(text: &str) -> String {
    let mut start = true;
    text.chars()
        .flat_map(|c| {
            let lower = !std::mem::replace(&mut start, !c.is_alphabetic());
            if lower { c.to_lowercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

fn place(lexicon: &Lexicon, toponym: &Toponym, choice: Option<Choice>) -> Option<Place> {
    if let Some(choice) = choice {
        let mut place = place_at(lexicon.gazetteer(), choice.entry);
        let state = place.country.filter(|_| place.level == Level::Country.as_str());
        if let Some(row) = state.and_then(|country| lexicon.countries.get(country)) {
            place.name.clone_from(&row.name);
        }
        return Some(place);
    }
    // A state that the tables of places do not know, such as one that is gone.
    let country = toponym.country.filter(|_| toponym.is_country)?;
    Some(Place {
        key: format!("country:{country}"),
        name: lexicon.countries.get(country)?.name.clone(),
        country: Some(country),
        level: Level::Country.as_str(),
        source: "countries",
        ..Place::default()
    })
}

/// The facts of an entry.
fn place_at(gazetteer: &Gazetteer, at: u32) -> Place {
    let entry = gazetteer.get(at);
    let (key, source) = match (entry.level, entry.country, entry.geonames_id) {
        (Level::Country, Some(country), _) => (format!("country:{country}"), "countries"),
        (_, _, Some(id)) => (format!("geonames:{id}"), "geonames"),
        _ => (format!("region:{}", entry.name), "regions"),
    };
    let division = entry.admin1.or((entry.level == Level::Admin1).then_some(at));
    Place {
        key,
        name: entry.name.clone(),
        country: entry.country,
        level: entry.level.as_str(),
        lat: entry.point.map(|p| p.0),
        lon: entry.point.map(|p| p.1),
        admin1_code: (!entry.admin1_code.is_empty()).then(|| entry.admin1_code.clone()),
        admin1: division.map(|d| gazetteer.get(d).name.clone()),
        geonames_id: entry.geonames_id,
        feature_class: Some(entry.class),
        feature_code: (!entry.code.is_empty()).then(|| entry.code.clone()),
        population: (entry.population > 0).then_some(entry.population),
        source,
    }
}

/// For each hit, the country of the town, division or region it names: "residents of **Aleppo**" are Syrians.
pub(super) fn countries_of(findings: &Findings, hits: &[Hit]) -> Vec<Option<Country>> {
    let country = |hit: &Hit| {
        let at = findings.place_mentions.partition_point(|mention| mention.tokens.end <= hit.tokens.start);
        let mention = findings.place_mentions.get(at).filter(|mention| hit.tokens.overlaps(mention.tokens))?;
        findings.places[mention.place as usize].country
    };
    hits.iter().map(country).collect()
}
