//! Which of several places of one name an article means.
//!
//! What is said together counts first: "Alexandria, Va." is the one in Virginia. Then every name gets one sense for
//! the whole article: the one with the best sum of how well known the place is, how much the article speaks of its
//! country and division, and how near it lies to the article's other places. The weights were set by hand on
//! `GeoVirus`; they are small whole tenths, not a fit.

use super::toponyms::Toponym;
use crate::lexicon::Country;
use crate::lexicon::gazetteer::{Entry, Gazetteer, Level, Meaning};
use crate::nlp::Doc;
use rustc_hash::FxHashMap;

/// Weight of the article's attention to a place's country and to its first-level division.
const COUNTRY: f64 = 1.6;
const DIVISION: f64 = 1.6;
/// Weight of the nearness of another place, and the distance in kilometres over which it fades.
const NEAR: f64 = 1.8;
const FADE_KM: f64 = 150.0;
/// What another name than the preferred one costs.
const ALIAS: f64 = 0.8;
/// What a division loses to the town of its name that holds a fifth of its people.
const OVERSHADOWED: f64 = 1.2;
/// A town of fewer than 60,000 of which the article gives no other hint is hardly meant: "Bush" is none in Egypt.
const LEAST: f64 = 4.8;
/// How sharply a lead in score becomes confidence.
const SHARPNESS: f64 = 1.6;

/// Evidence for countries and divisions, from the words of the article.
#[derive(Debug, Default)]
pub(super) struct Context {
    countries: FxHashMap<Country, f64>,
    divisions: FxHashMap<u32, f64>,
}

impl Context {
    /// Adds evidence for a country.
    pub(super) fn country(&mut self, country: Country, weight: f64) {
        *self.countries.entry(country).or_default() += weight;
    }

    fn place(&mut self, at: u32, gazetteer: &Gazetteer, weight: f64) {
        let entry = gazetteer.get(at);
        if let Some(country) = entry.country {
            self.country(country, weight);
        }
        if let Some(division) = division(at, entry) {
            *self.divisions.entry(division).or_default() += weight;
        }
    }
}

/// First-level division a place is in, or is.
fn division(at: u32, entry: &Entry) -> Option<u32> {
    if entry.level == Level::Admin1 { Some(at) } else { entry.admin1 }
}

/// A sense chosen for a toponym.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) entry: u32,
    pub(super) confidence: f32,
}

/// All toponyms of one name and sense.
struct Group {
    key: String,
    senses: Vec<Meaning>,
    /// Its sense is fixed by what contains it.
    bound: bool,
    members: Vec<usize>,
    choice: Option<Choice>,
}

/// One choice for each toponym, where there is one.
pub(super) fn resolve(
    doc: &Doc,
    gazetteer: &Gazetteer,
    toponyms: &mut [Toponym],
    context: &mut Context,
) -> Vec<Option<Choice>> {
    bind_pairs(doc, gazetteer, toponyms);
    let mut groups = groups(doc, toponyms);
    for group in groups.iter().filter(|group| group.bound || group.senses.len() == 1) {
        let all: Vec<u32> = group.senses.iter().map(|sense| sense.entry).collect();
        if let [only] = all.as_slice() {
            let named_often = (group.members.len() as f64).sqrt();
            context.place(*only, gazetteer, if group.bound { 1.5 } else { 0.6 } * named_often);
        }
    }
    // First without distances, then with those to what the first pass chose.
    let mut chosen: Vec<Option<u32>> = vec![None; groups.len()];
    for near in [false, true] {
        let before = chosen.clone();
        for (g, group) in groups.iter_mut().enumerate() {
            let others: Vec<&Entry> = if near {
                let rest = before.iter().enumerate().filter(|(other, _)| *other != g).filter_map(|(_, at)| *at);
                rest.map(|at| gazetteer.get(at)).filter(|entry| entry.level > Level::Admin1).collect()
            } else {
                Vec::new()
            };
            let own = group.members.len() as f64;
            group.choice = choose(&group.senses, own, gazetteer, context, &others);
            chosen[g] = group.choice.map(|choice| choice.entry);
        }
        if !near {
            for (group, at) in groups.iter().zip(&chosen) {
                if let Some(at) = at.filter(|_| group.senses.len() > 1) {
                    context.place(at, gazetteer, 0.3);
                }
            }
        }
    }
    let mut choices = vec![None; toponyms.len()];
    for group in &groups {
        for &member in &group.members {
            choices[member] = group.choice;
        }
    }
    choices
}

/// The likeliest sense of a name on its own.
pub(super) fn one(senses: &[Meaning], gazetteer: &Gazetteer, context: &Context) -> Option<Choice> {
    choose(senses, 0.0, gazetteer, context, &[])
}

/// "Alexandria, Va.", "Hama, Syria", "Paris (Texas)", "Homs in Syria": what stands before is in what stands after.
fn bind_pairs(doc: &Doc, gazetteer: &Gazetteer, toponyms: &mut [Toponym]) {
    for at in (1..toponyms.len()).rev() {
        let (before, rest) = toponyms.split_at_mut(at);
        let (inner, outer) = (&mut before[at - 1], &mut rest[0]);
        let between = inner.tokens.end as usize..outer.tokens.start as usize;
        let joined = match between.len() {
            1 => matches!(doc.word(between.start), "," | "(" | "in"),
            2..=3 => matches!(doc.word(between.start), "in" | ",") && doc.word(between.end - 1) != "and",
            _ => false,
        };
        if !joined || doc.sentence_of(between.start) != doc.sentence_of(outer.tokens.start as usize) {
            continue;
        }
        let holds = |a: &Meaning, b: &Meaning| gazetteer.is_inside(a.entry, b.entry);
        let inside: Vec<Meaning> =
            inner.senses.iter().filter(|a| outer.senses.iter().any(|b| holds(a, b))).copied().collect();
        if inside.is_empty() {
            continue;
        }
        let around: Vec<Meaning> =
            outer.senses.iter().filter(|b| inside.iter().any(|a| holds(a, b))).copied().collect();
        // Three towns in a row may be a list; a division or country after a comma is none.
        inner.senses = narrowest(inside, gazetteer);
        outer.senses = around;
        inner.bound = true;
    }
}

/// "Aleppo, Syria" is the town, not its province of the same name.
fn narrowest(senses: Vec<Meaning>, gazetteer: &Gazetteer) -> Vec<Meaning> {
    let towns: Vec<Meaning> =
        senses.iter().filter(|sense| gazetteer.get(sense.entry).level.is_city() && !sense.alias).copied().collect();
    if towns.is_empty() { senses } else { towns }
}

fn groups(doc: &Doc, toponyms: &[Toponym]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let key = |toponym: &Toponym| doc.words(toponym.tokens).to_lowercase();
    let bound_first = toponyms.iter().enumerate().filter(|(_, t)| t.bound);
    for (at, toponym) in bound_first.chain(toponyms.iter().enumerate().filter(|(_, t)| !t.bound)) {
        if toponym.senses.is_empty() {
            continue;
        }
        let key = key(toponym);
        let same =
            groups.iter_mut().find(|group| group.key == key && (!toponym.bound || group.senses == toponym.senses));
        match same {
            Some(group) => group.members.push(at),
            None => groups.push(Group {
                key,
                senses: toponym.senses.clone(),
                bound: toponym.bound,
                members: vec![at],
                choice: None,
            }),
        }
    }
    groups
}

fn choose(senses: &[Meaning], own: f64, gazetteer: &Gazetteer, context: &Context, others: &[&Entry]) -> Option<Choice> {
    let mut best: Option<(f64, u32)> = None;
    let scores: Vec<f64> = senses
        .iter()
        .map(|sense| {
            let overshadowed = senses.iter().any(|other| overshadows(gazetteer, other.entry, sense.entry));
            score(*sense, own, gazetteer, context, others) - if overshadowed { OVERSHADOWED } else { 0.0 }
        })
        .collect();
    for (sense, &score) in senses.iter().zip(&scores) {
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, sense.entry));
        }
    }
    let (top, entry) = best.filter(|&(top, _)| top >= LEAST)?;
    // The province around a town of its name is no rival to it.
    let rivals: f64 = senses
        .iter()
        .zip(&scores)
        .filter(|(sense, _)| sense.entry == entry || !are_nested(gazetteer, sense.entry, entry))
        .map(|(_, score)| ((score - top) * SHARPNESS).exp())
        .sum();
    Some(Choice { entry, confidence: (0.95 / rivals) as f32 })
}

/// "New York" and "Aleppo" are the towns, not the divisions around them.
fn overshadows(gazetteer: &Gazetteer, town: u32, division: u32) -> bool {
    let (inner, outer) = (gazetteer.get(town), gazetteer.get(division));
    let level = matches!(outer.level, Level::Admin1 | Level::Admin2) && inner.level.is_city();
    level && gazetteer.is_inside(town, division) && inner.population * 5 > outer.population
}

fn are_nested(gazetteer: &Gazetteer, a: u32, b: u32) -> bool {
    gazetteer.is_inside(a, b) || gazetteer.is_inside(b, a)
}

fn score(sense: Meaning, own: f64, gazetteer: &Gazetteer, context: &Context, others: &[&Entry]) -> f64 {
    let entry = gazetteer.get(sense.entry);
    let mut score = known(entry) - if sense.alias { ALIAS } else { 0.0 };
    // A country's own name is no evidence for itself against another place of that name.
    let self_made = if entry.level == Level::Country { own } else { 0.0 };
    let share = |weight: Option<&f64>, less: f64| {
        let weight = (weight.copied().unwrap_or(0.0) - less).max(0.0);
        weight / (weight + 1.0)
    };
    if let Some(country) = entry.country {
        score += COUNTRY * share(context.countries.get(&country), self_made);
    }
    if let Some(division) = division(sense.entry, entry) {
        score += DIVISION * share(context.divisions.get(&division), 0.0);
    }
    if entry.level > Level::Admin1
        && let Some(point) = entry.point
    {
        let nearest = others.iter().filter_map(|other| other.point).map(|other| kilometres(point, other));
        let nearest = nearest.fold(f64::INFINITY, f64::min);
        score += NEAR * (-nearest / FADE_KM).exp();
    }
    score
}

/// How well known a place is, about the decimal logarithm of its inhabitants.
fn known(entry: &Entry) -> f64 {
    let inhabitants = (entry.population.max(300) as f64).log10();
    match entry.level {
        Level::Country => 7.5,
        Level::Region => 6.6,
        Level::Admin1 => inhabitants + 0.5,
        Level::Admin2 => inhabitants - 1.6,
        Level::City => inhabitants - if entry.code == "PPLX" { 1.0 } else { 0.0 },
        Level::Capital => inhabitants + 1.8,
    }
}

/// Distance over the earth's surface in kilometres, of points in degrees.
pub(super) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let half = |x: f64, y: f64| ((x - y).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn distances_are_great_circles() {
        let (london, paris) = ((51.5074, -0.1278), (48.8566, 2.3522));
        assert!((kilometres(london, paris) - 344.0).abs() < 2.0);
        assert!((kilometres((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
        assert!(kilometres(paris, paris) < 1e-6);
    }
}
