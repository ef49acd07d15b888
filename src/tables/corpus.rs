//! [`Corpus`]: what spans articles. Entities, memberships and places, gathered while articles pass.
//!
//! Addable in any order: the sum of parts is the same whichever worker saw which article, because every conflict is
//! settled by the values themselves (the facts of the latest day win, then the greater ones) and never by who came
//! first. It grows with the number of distinct entities, not with the number of articles.

use super::cell::{Day, Id};
use super::entities::EntityRow;
use super::entity_members::MemberRow;
use super::places::{self, PlaceRow};
use super::rows::{entity_id, joined};
use crate::extract::Findings;
use crate::extract::findings::{Entity, EntityType};
use crate::lexicon::{Country, Sector};
use crate::nlp::Doc;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::AddAssign;

/// Entities, memberships and places of some articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    entities: FxHashMap<Id, Known>,
    members: FxHashMap<(Id, Id, Option<Day>), Membership>,
    places: FxHashMap<Id, PlaceRow>,
}

/// An entity and how often it was met.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    facts: Facts,
    n_docs: u32,
    n_mentions: u32,
    first_seen: Option<Day>,
    last_seen: Option<Day>,
}

/// What is said of an entity. Ordered: the greatest of several versions is kept, so the latest day wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Facts {
    as_of: Option<Day>,
    kb_date: Option<Day>,
    role: Option<String>,
    name: String,
    entity_type: EntityType,
    country: Option<Country>,
    plover_country: Option<String>,
    sectors: Vec<Sector>,
    kb_source: Option<&'static str>,
}

/// Ordered for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Membership {
    valid_to: Option<Day>,
    source: String,
    country: Country,
}

impl Facts {
    fn of(entity: &Entity, as_of: Option<Day>) -> Self {
        Self {
            as_of,
            kb_date: entity.kb_date.and_then(Day::of),
            role: entity.role.clone(),
            name: entity.name.clone(),
            entity_type: entity.entity_type,
            country: entity.country,
            plover_country: entity.plover_country.clone(),
            sectors: entity.sectors.clone(),
            kb_source: entity.kb_source,
        }
    }
}

impl Corpus {
    /// Adds what one article says.
    pub fn push_article(&mut self, doc: &Doc, findings: &Findings) {
        let published = doc.article.published_date().and_then(Day::of);
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
            merge_entity(&mut self.entities, id, known);
            for member in &entity.members {
                let member_id = entity_id(&format!("country:{}", member.country.as_str()));
                let key = (id, member_id, member.valid_from.and_then(Day::of));
                let membership = Membership {
                    valid_to: member.valid_to.and_then(Day::of),
                    source: member.source.clone(),
                    country: member.country,
                };
                merge_max(&mut self.members, key, membership);
            }
        }
        for place in &findings.places {
            merge_place(&mut self.places, places::row(place));
        }
    }

    /// Rows of `entities`, `entity_members` and `places`, sorted by id.
    ///
    /// A country that is only a member of a mentioned group becomes an entity without mentions, so that every
    /// `member_id` can be looked up; `country_name` gives its name, and its code stands in where there is none.
    pub fn into_rows(
        self,
        country_name: &dyn Fn(Country) -> Option<String>,
    ) -> (Vec<EntityRow>, Vec<MemberRow>, Vec<PlaceRow>) {
        let mut entities: BTreeMap<Id, EntityRow> =
            self.entities.into_iter().map(|(id, known)| (id, entity_row(id, known))).collect();
        let mut members = Vec::with_capacity(self.members.len());
        for ((group_id, member_id, valid_from), membership) in self.members {
            let country = membership.country;
            entities.entry(member_id).or_insert_with(|| member_country(member_id, country, country_name(country)));
            let Membership { valid_to, source, .. } = membership;
            members.push(MemberRow { group_id, member_id, valid_from, valid_to, source });
        }
        members.sort_unstable_by_key(|row| (row.group_id, row.member_id, row.valid_from));
        let mut places: Vec<_> = self.places.into_values().collect();
        places.sort_unstable_by_key(|row| row.place_id);
        (entities.into_values().collect(), members, places)
    }
}

impl AddAssign for Corpus {
    fn add_assign(&mut self, part: Self) {
        for (id, known) in part.entities {
            merge_entity(&mut self.entities, id, known);
        }
        for (key, membership) in part.members {
            merge_max(&mut self.members, key, membership);
        }
        for place in part.places.into_values() {
            merge_place(&mut self.places, place);
        }
    }
}

fn merge_entity(entities: &mut FxHashMap<Id, Known>, id: Id, part: Known) {
    match entities.entry(id) {
        Entry::Vacant(slot) => {
            slot.insert(part);
        }
        Entry::Occupied(mut slot) => {
            let known = slot.get_mut();
            known.n_docs += part.n_docs;
            known.n_mentions += part.n_mentions;
            known.first_seen = [known.first_seen, part.first_seen].into_iter().flatten().min();
            known.last_seen = known.last_seen.max(part.last_seen);
            if part.facts > known.facts {
                known.facts = part.facts;
            }
        }
    }
}

fn merge_max<K: std::hash::Hash + Eq, V: Ord>(map: &mut FxHashMap<K, V>, key: K, value: V) {
    match map.entry(key) {
        Entry::Vacant(slot) => {
            slot.insert(value);
        }
        Entry::Occupied(mut slot) => {
            if value > *slot.get() {
                slot.insert(value);
            }
        }
    }
}

fn merge_place(places: &mut FxHashMap<Id, PlaceRow>, place: PlaceRow) {
    fn rank(row: &PlaceRow) -> impl Ord {
        let bits = |degrees: Option<f64>| degrees.map(f64::to_bits);
        (row.name.clone(), row.country, row.source, bits(row.lat), bits(row.lon), row.priogrid_gid)
    }
    match places.entry(place.place_id) {
        Entry::Vacant(slot) => {
            slot.insert(place);
        }
        Entry::Occupied(mut slot) => {
            if *slot.get() != place && rank(&place) > rank(slot.get()) {
                slot.insert(place);
            }
        }
    }
}

fn entity_row(entity_id: Id, known: Known) -> EntityRow {
    let facts = known.facts;
    EntityRow {
        entity_id,
        name: facts.name,
        entity_type: facts.entity_type,
        country: facts.country,
        cow_code: None,
        plover_country: facts.plover_country,
        sector: facts.sectors.first().copied(),
        sectors: joined(facts.sectors.iter().map(Sector::as_str)),
        role: facts.role,
        wikidata_id: None,
        geonames_id: None,
        kb_source: facts.kb_source,
        kb_date: facts.kb_date,
        n_docs: known.n_docs,
        n_mentions: known.n_mentions,
        first_seen: known.first_seen,
        last_seen: known.last_seen,
    }
}

fn member_country(entity_id: Id, country: Country, name: Option<String>) -> EntityRow {
    EntityRow {
        entity_id,
        name: name.unwrap_or_else(|| country.as_str().to_owned()),
        entity_type: EntityType::Country,
        country: Some(country),
        cow_code: None,
        plover_country: None,
        sector: None,
        sectors: None,
        role: None,
        wikidata_id: None,
        geonames_id: None,
        kb_source: None,
        kb_date: None,
        n_docs: 0,
        n_mentions: 0,
        first_seen: None,
        last_seen: None,
    }
}
