//! [`Corpus`]: what spans articles. Entities, memberships and places, gathered while articles pass.
//!
//! Each is kept as an *observation*: what the articles of one input file say of one entity. Observations are sorted
//! and written to disk when there are many ([`Corpus::spill`]), and merged by streaming when the tables are made
//! ([`merge`]); so memory holds a fixed number of them, whatever the size of the corpus. The order of merging does not matter: every conflict is settled by the values themselves
//! (the facts of the latest day win, then the greater ones) and never by who came first.

pub(crate) mod merge;
pub(crate) mod run_file;

use super::cell::{Day, Id};
use super::places;
use super::rows::entity_id;
use crate::extract::Findings;
use crate::extract::findings::{Entity, EntityType};
use crate::nlp::Doc;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;
use std::io;
use std::ops::AddAssign;
use std::path::Path;

/// Entities, memberships and places of some articles, by key and input file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    observed: FxHashMap<(String, Id), Fact>,
}

/// What the articles of one input file say of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Observation {
    /// What it is said of: sorts as the rows of the tables do.
    pub(crate) key: String,
    /// [`file_id`] of the input file.
    pub(crate) file: String,
    pub(crate) fact: Fact,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Fact {
    #[serde(rename = "e")]
    Entity(Known),
    #[serde(rename = "m")]
    Member(Membership),
    #[serde(rename = "p")]
    Place(PlaceFacts),
}

/// An entity and how often it was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Known {
    pub(crate) facts: Facts,
    pub(crate) n_docs: u32,
    pub(crate) n_mentions: u32,
    pub(crate) first_seen: Option<i32>,
    pub(crate) last_seen: Option<i32>,
}

/// What is said of an entity. Ordered: the greatest of several versions is kept, so the latest day wins. Days are
/// counted from 1970-01-01.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// False for a country of which is known only that it is a member of a mentioned group.
    pub(crate) mentioned: bool,
    pub(crate) as_of: Option<i32>,
    pub(crate) kb_date: Option<i32>,
    pub(crate) role: Option<String>,
    pub(crate) name: String,
    pub(crate) entity_type: String,
    pub(crate) country: Option<String>,
    pub(crate) plover_country: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) kb_source: Option<String>,
}

/// Ordered for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Membership {
    pub(crate) valid_from: Option<i32>,
    pub(crate) valid_to: Option<i32>,
    pub(crate) source: String,
}

/// Ordered by what identifies it, the coordinates by their bits: any fixed order serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlaceFacts {
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) source: String,
    pub(crate) geonames_id: Option<i64>,
    pub(crate) admin1_code: Option<String>,
    pub(crate) admin1: Option<String>,
    pub(crate) feature_class: Option<String>,
    pub(crate) feature_code: Option<String>,
    pub(crate) population: Option<i64>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) priogrid_gid: Option<u32>,
}

/// Under what the observations of an input file are kept: a hash of its path as `source_path` has it.
fn file_id(source_path: &str) -> Id {
    Id::of('f', &[source_path])
}

impl Corpus {
    /// Adds what one article says.
    pub fn push_article(&mut self, doc: &Doc, findings: &Findings) {
        let file = file_id(&doc.article.source.path);
        let published = doc.article.published_date().and_then(Day::of).map(Day::since_epoch);
        let mut n_mentions = vec![0; findings.entities.len()];
        for mention in &findings.mentions {
            if let Some(n) = mention.entity.and_then(|entity| n_mentions.get_mut(entity as usize)) {
                *n += 1;
            }
        }
        let mut in_article = FxHashSet::default();
        for (entity, n_mentions) in findings.entities.iter().zip(n_mentions) {
            let id = entity_id(&entity.key);
            let known = Known {
                facts: Facts::of(entity, published),
                // An entity that stands twice in the findings is in one article all the same.
                n_docs: u32::from(in_article.insert(id)),
                n_mentions,
                first_seen: published,
                last_seen: published,
            };
            self.observe(format!("e{id}"), file, Fact::Entity(known));
            for member in &entity.members {
                let country = member.country.as_str();
                let member_id = entity_id(&format!("country:{country}"));
                let valid_from = member.valid_from.and_then(Day::of);
                // A day sorts as its text does, and before all days stands none.
                let from = valid_from.map_or_else(|| "-".to_owned(), |day| day.date().to_string());
                let membership = Membership {
                    valid_from: valid_from.map(Day::since_epoch),
                    valid_to: member.valid_to.and_then(Day::of).map(Day::since_epoch),
                    source: member.source.clone(),
                };
                self.observe(format!("m{id}{member_id}{from}"), file, Fact::Member(membership));
                self.observe(format!("e{member_id}"), file, Fact::Entity(Known::member(country)));
            }
        }
        for place in &findings.places {
            let row = places::row(place);
            let facts = PlaceFacts {
                name: row.name,
                country: row.country.map(|country| country.as_str().to_owned()),
                source: row.source,
                geonames_id: row.geonames_id,
                admin1_code: row.admin1_code,
                admin1: row.admin1,
                feature_class: row.feature_class,
                feature_code: row.feature_code,
                population: row.population,
                lat: row.lat,
                lon: row.lon,
                priogrid_gid: row.priogrid_gid,
            };
            self.observe(format!("p{}", row.place_id), file, Fact::Place(facts));
        }
    }

    /// Number of observations held.
    pub fn len(&self) -> usize {
        self.observed.len()
    }

    /// True when nothing was observed.
    pub fn is_empty(&self) -> bool {
        self.observed.is_empty()
    }

    /// Writes the observations to `path`, sorted, and forgets them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn spill(&mut self, path: &Path) -> io::Result<()> {
        let mut writer = run_file::RunWriter::create(path)?;
        for observation in std::mem::take(self).into_sorted() {
            writer.push(&observation)?;
        }
        writer.finish()
    }

    /// The observations, sorted by key and file.
    pub(crate) fn into_sorted(self) -> Vec<Observation> {
        let mut all: Vec<Observation> = self
            .observed
            .into_iter()
            .map(|((key, file), fact)| Observation { key, file: file.to_string(), fact })
            .collect();
        all.sort_unstable_by(|a, b| (&a.key, &a.file).cmp(&(&b.key, &b.file)));
        all
    }

    fn observe(&mut self, key: String, file: Id, fact: Fact) {
        match self.observed.entry((key, file)) {
            Entry::Vacant(slot) => {
                slot.insert(fact);
            }
            Entry::Occupied(mut slot) => slot.get_mut().merge(fact),
        }
    }
}

impl AddAssign for Corpus {
    fn add_assign(&mut self, part: Self) {
        for ((key, file), fact) in part.observed {
            self.observe(key, file, fact);
        }
    }
}

impl Facts {
    fn of(entity: &Entity, as_of: Option<i32>) -> Self {
        Self {
            mentioned: true,
            as_of,
            kb_date: entity.kb_date.and_then(Day::of).map(Day::since_epoch),
            role: entity.role.clone(),
            name: entity.name.clone(),
            entity_type: entity.entity_type.as_str().to_owned(),
            country: entity.country.map(|country| country.as_str().to_owned()),
            plover_country: entity.plover_country.clone(),
            sectors: entity.sectors.iter().map(|sector| sector.as_str().to_owned()).collect(),
            kb_source: entity.kb_source.map(str::to_owned),
        }
    }
}

impl Known {
    /// A country that a mentioned group has as a member. It gets a row so that every `member_id` can be looked up.
    fn member(country: &str) -> Self {
        let facts = Facts {
            mentioned: false,
            as_of: None,
            kb_date: None,
            role: None,
            name: country.to_owned(),
            entity_type: EntityType::Country.as_str().to_owned(),
            country: Some(country.to_owned()),
            plover_country: None,
            sectors: Vec::new(),
            kb_source: None,
        };
        Self { facts, n_docs: 0, n_mentions: 0, first_seen: None, last_seen: None }
    }
}

impl Fact {
    /// Adds what another file, or another article of the same, says of the same thing.
    pub(crate) fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Entity(known), Self::Entity(part)) => {
                known.n_docs += part.n_docs;
                known.n_mentions += part.n_mentions;
                known.first_seen = [known.first_seen, part.first_seen].into_iter().flatten().min();
                known.last_seen = known.last_seen.max(part.last_seen);
                if part.facts > known.facts {
                    known.facts = part.facts;
                }
            }
            (Self::Member(kept), Self::Member(part)) if part > *kept => *kept = part,
            (Self::Place(kept), Self::Place(part)) if part.rank() > kept.rank() => *kept = part,
            // Lesser facts; and two kinds never share a key.
            _ => {}
        }
    }
}

impl PlaceFacts {
    fn rank(&self) -> impl Ord {
        let bits = |degrees: Option<f64>| degrees.map(f64::to_bits);
        (self.name.clone(), self.country.clone(), self.source.clone(), bits(self.lat), bits(self.lon))
    }
}

#[cfg(test)]
mod tests;
