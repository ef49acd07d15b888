//! Who is meant by the head of a noun phrase: from hits and syntax to participants.
//!
//! A role takes its country from a possessor, an adjective, a compound or an "of" phrase, and one phrase may name
//! many ("the prime ministers of Norway, Sweden and Hungary"). A person takes facts from title, apposition or the
//! table of leaders, and keeps them through the article. Pronouns go to the last fitting mention. Needs `parse`.

use super::cast::{Cast, FORMER};
use super::findings::EntityType;
use super::mentions::{Hit, What};
use super::tree::Tree;
use crate::lexicon::{Country, PhraseKind, RoleKind, Sector};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, NameKind};
use rustc_hash::FxHashMap;

/// Nested noun phrases looked into; deeper ones are parse errors more often than not.
const MAX_DEPTH: usize = 4;

/// Sentences a pronoun may look back.
const PRONOUN_REACH: usize = 2;

/// Confidence of an actor known only by a country's adjective on a thing ("Russian missiles").
const WEAK: f32 = 0.5;

/// Heads that only count or group what follows "of".
const QUANTITIES: &[&str] = &[
    "dozen",
    "hundred",
    "thousand",
    "ten",
    "million",
    "score",
    "group",
    "number",
    "member",
    "some",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "many",
    "most",
    "several",
    "part",
    "majority",
    "series",
    "team",
    "crowd",
    "handful",
    "couple",
    "all",
    "each",
    "both",
    "lot",
    "rest",
    "half",
    "column",
    "convoy",
    "wave",
    "coalition",
    "alliance",
    "group",
    "delegation",
    "representative",
    "kind",
    "type",
];

/// Somebody who may take part in an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Actor {
    /// Index into the cast.
    pub(super) entity: u32,
    /// Index of the hit it comes from.
    pub(super) hit: Option<u32>,
    /// Country on the day.
    pub(super) country: Option<Country>,
    /// Most telling sector.
    pub(super) sector: Option<Sector>,
    /// 0 to 1.
    pub(super) confidence: f32,
    /// From outside its own noun phrase.
    pub(super) implicit: bool,
}

/// What the article has said of a person.
#[derive(Debug, Clone)]
struct Known {
    family: String,
    entity: u32,
}

/// Resolves noun phrases of one article.
pub(super) struct Actors<'a, 'l> {
    doc: &'a Doc,
    tree: &'a Tree,
    hits: &'a [Hit],
    /// Hit that covers a token.
    hit_at: Vec<u32>,
    /// The article's entities.
    pub(super) cast: Cast<'l>,
    /// Entity of each hit, once known.
    pub(super) entity_of: Vec<Option<u32>>,
    people: Vec<Known>,
    countries: FxHashMap<Country, u32>,
    cache: FxHashMap<u32, Vec<Actor>>,
}

impl<'a, 'l> Actors<'a, 'l> {
    /// Resolves all hits of the article in text order, so that later mentions can lean on earlier ones.
    pub(super) fn new(doc: &'a Doc, tree: &'a Tree, hits: &'a [Hit], cast: Cast<'l>) -> Self {
        let mut hit_at = vec![u32::MAX; doc.tokens.len()];
        for (h, hit) in hits.iter().enumerate() {
            hit_at[hit.tokens.range()].fill(h as u32);
        }
        let mut actors = Self {
            doc,
            tree,
            hits,
            hit_at,
            cast,
            entity_of: vec![None; hits.len()],
            people: Vec::new(),
            countries: FxHashMap::default(),
            cache: FxHashMap::default(),
        };
        actors.count_countries();
        for (h, hit) in hits.iter().enumerate() {
            if hit.what != What::Pronoun {
                let head = actors.head_of(h);
                actors.resolve(head, 0);
                if let Some(place) = actors.place_of(h, head) {
                    actors.entity_of[h] = Some(place);
                } else if actors.entity_of[h].is_none() {
                    actors.entity_of[h] = actors.meant_by(h, head, 0).first().map(|a| a.entity);
                }
            }
        }
        actors
    }

    /// "in Vilnius" is the town, "Vilnius said" its government.
    fn place_of(&mut self, h: usize, head: usize) -> Option<u32> {
        let What::Capital(row) = self.hits[h].what else { return None };
        let preposition = self.tree.preposition(self.doc, head)?;
        let located = ["in", "at", "near", "outside", "around", "inside", "across", "through"];
        located.contains(&self.doc.word(preposition).to_ascii_lowercase().as_str()).then(|| {
            let country = self.cast.lexicon.countries.row(row);
            self.cast.named(&country.capital, EntityType::Place, Some(country.code))
        })
    }

    fn count_countries(&mut self) {
        for hit in self.hits {
            if let What::Country(row) | What::Demonym(row) | What::Capital(row) = hit.what {
                *self.countries.entry(self.cast.lexicon.countries.row(row).code).or_default() += 1;
            }
        }
    }

    /// Token of the hit that heads it: the one whose head lies outside.
    fn head_of(&self, h: usize) -> usize {
        let tokens = self.hits[h].tokens;
        tokens
            .range()
            .rev()
            .find(|&t| {
                let head = self.doc.tokens[t].head;
                !tokens.holds(head) || head as usize == t
            })
            .unwrap_or(tokens.end as usize - 1)
    }

    fn hit(&self, token: usize) -> Option<usize> {
        let h = self.hit_at[token];
        (h != u32::MAX).then_some(h as usize)
    }

    /// Everybody meant by the noun phrase with this head, without what is conjoined to it.
    pub(super) fn resolve(&mut self, head: usize, depth: usize) -> Vec<Actor> {
        if let Some(known) = self.cache.get(&(head as u32)) {
            return known.clone();
        }
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let actors = self.resolve_new(head, depth);
        self.cache.insert(head as u32, actors.clone());
        actors
    }

    /// As [`Self::resolve`], with everything conjoined to the head, in text order.
    pub(super) fn resolve_all(&mut self, head: usize) -> Vec<Actor> {
        let mut all: Vec<Actor> = Vec::new();
        let mut shared = None;
        for conjunct in self.tree.conjuncts(self.doc, head) {
            let mut actors = self.resolve(conjunct, 0);
            if let Some(h) = self.hit(conjunct) {
                match (self.hits[h].what, shared) {
                    // "the prime ministers of Norway, Sweden and Hungary", with the last two hung on the ministers
                    (What::Country(row), Some(role)) => {
                        let code = self.cast.lexicon.countries.row(row).code;
                        actors = vec![self.office_holder(role, code, h)];
                    }
                    (What::Role { row, plural: true }, _) => shared = Some(row),
                    _ => {}
                }
            }
            for actor in actors {
                if !all.iter().any(|a| a.entity == actor.entity) {
                    all.push(actor);
                }
            }
        }
        all
    }

    fn resolve_new(&mut self, head: usize, depth: usize) -> Vec<Actor> {
        if let Some(h) = self.hit(head) {
            let mut actors = self.meant_by(h, head, depth);
            if matches!(self.hits[h].what, What::Role { .. }) && self.is_former(head) {
                let former = Sector::parse(FORMER).ok();
                let rules = |s: Sector| matches!(s.as_str(), "GOV" | "LEG" | "MIL" | "JUD");
                actors.iter_mut().filter(|a| a.sector.is_some_and(rules)).for_each(|a| a.sector = former);
            }
            if let Some(first) = actors.first() {
                self.entity_of[h] = self.entity_of[h].or(Some(first.entity));
            }
            if !actors.is_empty() {
                return actors;
            }
        }
        if QUANTITIES.contains(&self.doc.lemma(head)) || self.doc.tokens[head].upos == Upos::Num {
            let of = self
                .tree
                .noun_obliques(self.doc, head)
                .into_iter()
                .find(|o| o.prep.is_some_and(|p| matches!(self.doc.word(p as usize), "of" | "from" | "among")));
            if let Some(of) = of {
                return self.conjoined(of.head as usize, depth + 1);
            }
        }
        // an apposition names what the noun describes ("the group, Hezbollah")
        let apposed = self.tree.child(self.doc, head, Rel::Appos);
        if let Some(name) = apposed.filter(|&a| self.hit(a).is_some()) {
            let actors = self.resolve(name, depth + 1);
            if !actors.is_empty() {
                return actors;
            }
        }
        self.owners(head, depth, false)
            .into_iter()
            .map(|owner| Actor { sector: None, confidence: owner.confidence * WEAK, ..owner })
            .map(|owner| self.as_plain_country(owner))
            .collect()
    }

    /// "a former minister", "the ousted president".
    fn is_former(&self, head: usize) -> bool {
        self.tree.children(head).any(|c| {
            matches!(
                self.doc.word(c).to_ascii_lowercase().as_str(),
                "former" | "ex" | "ousted" | "deposed" | "retired" | "late" | "erstwhile"
            )
        })
    }

    /// "Russian positions": the country itself, not its people or government.
    fn as_plain_country(&mut self, actor: Actor) -> Actor {
        let entity = &self.cast.entities[actor.entity as usize];
        if entity.entity_type == EntityType::Org && entity.key.starts_with("government:") {
            return actor;
        }
        Actor { sector: entity.sectors.first().copied(), ..actor }
    }

    fn conjoined(&mut self, head: usize, depth: usize) -> Vec<Actor> {
        let mut all = Vec::new();
        for conjunct in self.tree.conjuncts(self.doc, head) {
            all.extend(self.resolve(conjunct, depth));
        }
        all
    }

    fn actor(&self, entity: u32, hit: Option<usize>, confidence: f32) -> Actor {
        let e = &self.cast.entities[entity as usize];
        Actor {
            entity,
            hit: hit.map(|h| h as u32),
            country: e.country,
            sector: e.sectors.first().copied(),
            confidence,
            implicit: false,
        }
    }

    fn meant_by(&mut self, h: usize, head: usize, depth: usize) -> Vec<Actor> {
        let hit = self.hits[h];
        let entity = match hit.what {
            What::Country(row) | What::Demonym(row) => {
                let code = self.cast.lexicon.countries.row(row).code;
                let code = self.likelier(h, code);
                self.cast.country(code)
            }
            What::Capital(row) => self.cast.government(self.cast.lexicon.countries.row(row).code),
            What::Metonym(row) => self.cast.metonym(row),
            What::Organisation(row) => {
                let lexicon = self.cast.lexicon;
                self.cast.organisation(lexicon.organisations.get(row))
            }
            What::Leader(row) => {
                let entity = self.cast.leader(row);
                self.remember(self.cast.lexicon.leaders.get(row).family_name.clone(), entity);
                entity
            }
            What::Unknown(NameKind::Per) => self.person(h, head, depth),
            What::Unknown(kind) => return self.unknown(h, kind, head, depth),
            What::Role { row, plural } => return self.role(h, row, plural, head, depth),
            What::Pronoun => return self.pronoun(h),
        };
        vec![self.actor(entity, Some(h), hit.confidence)]
    }

    /// Of several countries that share a word ("Korean", "Congolese"), the one the article names most.
    fn likelier(&self, h: usize, code: Country) -> Country {
        let span = self.doc.bytes(self.hits[h].tokens);
        let entries = self.cast.lexicon.phrases.longest_at(self.doc.text(), span.start as usize, false);
        let Some(entries) = entries else { return code };
        entries
            .entries
            .iter()
            .filter(|e| matches!(e.kind, PhraseKind::CountryName | PhraseKind::Adjective | PhraseKind::People))
            .map(|e| self.cast.lexicon.countries.row(e.row))
            .filter(|row| row.spell.to.is_none() || self.cast.day.is_some_and(|day| row.spell.possibly(day)))
            .map(|row| row.code)
            .max_by_key(|c| (self.countries.get(c).copied().unwrap_or(0), *c == code))
            .unwrap_or(code)
    }

    fn unknown(&mut self, h: usize, kind: NameKind, head: usize, depth: usize) -> Vec<Actor> {
        // "NATO's Aviation Committee" acts for NATO
        if kind == NameKind::Org {
            let owners = self.owners(head, depth + 1, false);
            let body = owners.into_iter().find(|o| {
                let e = &self.cast.entities[o.entity as usize];
                e.entity_type == EntityType::Group
            });
            if let Some(body) = body {
                return vec![body];
            }
        }
        let name = self.doc.words(self.hits[h].tokens).to_owned();
        let country = self.country_inside(h);
        let entity_type = match kind {
            NameKind::Org => EntityType::Org,
            NameKind::Loc => EntityType::Place,
            NameKind::Per => EntityType::Person,
            NameKind::Misc => EntityType::Other,
        };
        let entity = self.cast.named(&name, entity_type, country);
        self.entity_of[h] = Some(entity);
        if kind == NameKind::Org {
            vec![self.actor(entity, Some(h), self.hits[h].confidence * 0.8)]
        } else {
            Vec::new()
        }
    }

    /// "Bank of Japan", "Chinese Academy of Sciences": the country whose word stands in the name.
    fn country_inside(&self, h: usize) -> Option<Country> {
        let lexicon = self.cast.lexicon;
        self.hits[h].tokens.range().find_map(|t| {
            let at = self.doc.tokens[t].span.start as usize;
            let found = lexicon.phrases.longest_at(self.doc.text(), at, false)?;
            let entry = found
                .entries
                .iter()
                .find(|e| matches!(e.kind, PhraseKind::CountryName | PhraseKind::Adjective | PhraseKind::People))?;
            Some(lexicon.countries.row(entry.row).code)
        })
    }

    fn remember(&mut self, family: String, entity: u32) {
        if !self.people.iter().any(|p| p.family == family && p.entity == entity) {
            self.people.push(Known { family, entity });
        }
    }

    /// A person the recogniser found: an earlier one by family name, a leader by title and day, or somebody new.
    fn person(&mut self, h: usize, head: usize, depth: usize) -> u32 {
        if let Some(entity) = self.entity_of[h] {
            return entity;
        }
        let tokens = self.hits[h].tokens;
        let name = self.doc.words(tokens).to_owned();
        let short = tokens.len() == 1 || !name.contains(' ');
        if short && let Some(known) = self.people.iter().rev().find(|p| p.family.eq_ignore_ascii_case(&name)) {
            return known.entity;
        }
        let (title, country) = self.title_of(h, head, depth);
        let lexicon = self.cast.lexicon;
        let role = title.map(|t| lexicon.roles.get(t));
        // "former President Bush" is looked up by name only
        let countries = &self.countries;
        let last = self.doc.word(tokens.end as usize - 1);
        let first = self.doc.word(tokens.start as usize);
        let leader = if short {
            self.cast.by_family(&name, country, role, |c| countries.contains_key(&c))
        } else if role.is_some_and(|r| r.office.is_some()) {
            [last, first]
                .into_iter()
                .find_map(|f| self.cast.by_family(f, country, role, |c| countries.contains_key(&c)))
        } else {
            None
        };
        if let Some(row) = leader {
            let entity = self.cast.leader(row);
            let family = self.cast.lexicon.leaders.get(row).family_name.clone();
            self.remember(family, entity);
            self.remember(last.to_owned(), entity);
            return entity;
        }
        let sector = role.and_then(|r| r.sectors.first().copied());
        let entity = self.cast.person(&name, country, sector, role.map(|r| r.phrase.as_str()));
        self.remember(last.to_owned(), entity);
        entity
    }

    /// Title and country of a person: the role before the name, or in apposition to it.
    fn title_of(&mut self, h: usize, head: usize, depth: usize) -> (Option<u32>, Option<Country>) {
        let start = self.hits[h].tokens.start as usize;
        let before = (start > 0).then(|| self.hit(start - 1)).flatten();
        let apposed = self
            .tree
            .children(head)
            .filter(|&c| matches!(self.doc.tokens[c].rel, Rel::Appos | Rel::NmodDesc | Rel::Compound | Rel::Flat))
            .filter_map(|c| self.hit(c))
            .find(|&x| matches!(self.hits[x].what, What::Role { .. }));
        // "the president, X": the name is in apposition to the role
        let above = (self.doc.tokens[head].rel == Rel::Appos)
            .then(|| self.hit(self.doc.tokens[head].head as usize))
            .flatten()
            .filter(|&x| matches!(self.hits[x].what, What::Role { .. }));
        let mut title = None;
        let mut country = None;
        for x in [before, apposed, above].into_iter().flatten() {
            if let What::Role { row, .. } = self.hits[x].what {
                title = Some(row);
                let role_head = self.head_of(x);
                let mut owners = self.owners(role_head, depth + 1, true);
                if owners.is_empty() {
                    owners = self.owners(head, depth + 1, false);
                }
                country = owners.first().and_then(|o| o.country);
                // "South Korean President Yoon": the adjective stands right before the title
                if country.is_none() {
                    country = self.country_before(self.hits[x].tokens.start as usize);
                }
                break;
            }
        }
        if title.is_none() {
            country = self.owners(head, depth + 1, false).first().and_then(|o| o.country);
        }
        (title, country)
    }

    fn country_before(&self, token: usize) -> Option<Country> {
        let mut at = token.checked_sub(1)?;
        if matches!(self.doc.word(at), "'s" | "’s" | "'" | "’") {
            at = at.checked_sub(1)?;
        }
        match self.hits[self.hit(at)?].what {
            What::Country(row) | What::Demonym(row) => Some(self.cast.lexicon.countries.row(row).code),
            _ => None,
        }
    }

    /// Countries and organisations that own, qualify or (with `of`) follow the noun at `head`.
    fn owners(&mut self, head: usize, depth: usize, of: bool) -> Vec<Actor> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        // possessors and adjectives tell more than "of", and "of" more than "in" ("ministers in Vienna")
        let mut heads: Vec<(u8, usize)> = Vec::new();
        for c in self.tree.children(head) {
            let rank = match self.doc.tokens[c].rel {
                Rel::NmodPoss if self.doc.tokens[c].upos == Upos::Pron => Some(3),
                Rel::NmodPoss | Rel::Amod | Rel::Compound | Rel::NmodDesc | Rel::Flat => Some(0),
                Rel::Nmod => match self.tree.preposition(self.doc, c) {
                    None => (c < head).then_some(0),
                    Some(p) if of => match self.doc.word(p).to_ascii_lowercase().as_str() {
                        "of" | "from" => Some(1),
                        "in" | "for" => Some(2),
                        _ => None,
                    },
                    Some(_) => None,
                },
                _ => None,
            };
            heads.extend(rank.map(|rank| (rank, c)));
        }
        heads.sort_unstable();
        let mut best = None;
        let mut owners: Vec<Actor> = Vec::new();
        for (rank, h) in heads {
            if best.is_some_and(|best| rank > best) {
                break;
            }
            for conjunct in self.tree.conjuncts(self.doc, h) {
                let Some(x) = self.hit(conjunct).filter(|&x| Some(x) != self.hit(head)) else { continue };
                let actors = match self.hits[x].what {
                    // "his counterparts" says nothing of a country, "Yoon's ministers" does
                    What::Unknown(NameKind::Loc | NameKind::Misc) => Vec::new(),
                    What::Role { .. } if !of => Vec::new(),
                    _ => self.resolve(conjunct, depth + 1),
                };
                for actor in actors {
                    best = Some(rank);
                    if !owners.iter().any(|o| o.entity == actor.entity) {
                        owners.push(actor);
                    }
                }
            }
        }
        owners
    }

    fn role(&mut self, h: usize, row: u32, plural: bool, head: usize, depth: usize) -> Vec<Actor> {
        let lexicon = self.cast.lexicon;
        let role = lexicon.roles.get(row);
        let confidence = self.hits[h].confidence;
        let mut owners = self.owners(head, depth, true);
        if owners.is_empty()
            && let Some(country) = self.country_before(self.hits[h].tokens.start as usize)
        {
            let entity = self.cast.country(country);
            owners.push(self.actor(entity, None, confidence));
        }
        // a name in apposition says who it is: "the president, Andrzej Duda"
        let named =
            self.tree.children(head).filter(|&c| matches!(self.doc.tokens[c].rel, Rel::Appos | Rel::Flat)).find(|&c| {
                self.hit(c).is_some_and(|x| matches!(self.hits[x].what, What::Leader(_) | What::Unknown(NameKind::Per)))
            });
        if let Some(name) = named
            && role.kind == RoleKind::Person
        {
            let actors = self.resolve(name, depth + 1);
            if !actors.is_empty() {
                return actors;
            }
        }
        let mut actors = Vec::new();
        for owner in owners {
            let entity = &self.cast.entities[owner.entity as usize];
            // "the prime ministers of Norway, Sweden and the Romanian president": a person in the list is one more
            if matches!(entity.entity_type, EntityType::Role | EntityType::Person)
                && owner.hit.is_some_and(|x| matches!(self.hits[x as usize].what, What::Role { .. }))
            {
                actors.push(owner);
                continue;
            }
            let is_state = matches!(entity.entity_type, EntityType::Country) || entity.key.starts_with("government:");
            if let Some(country) = owner.country.filter(|_| is_state) {
                actors.push(self.office_holder(row, country, h));
            } else {
                let entity = self.cast.role(row, Some(owner.entity), owner.country);
                actors.push(self.actor(entity, Some(h), confidence));
            }
        }
        if actors.is_empty() {
            // a place tells whose rebels they are, not whose president
            let rules = role.sectors.first().is_some_and(|s| matches!(s.as_str(), "GOV" | "LEG" | "ELI"));
            let placed = role.office.is_none() && !rules && (plural || role.kind != RoleKind::Person);
            let country = if placed { self.country_of_scene(head) } else { None };
            let entity = self.cast.role(row, None, country);
            let sure = if country.is_some() { 0.7 } else { 0.8 };
            actors.push(self.actor(entity, Some(h), confidence * sure));
        }
        actors
    }

    /// Who has a role in a country: the holder of the office on the day where the table knows one, else the role itself.
    fn office_holder(&mut self, row: u32, country: Country, h: usize) -> Actor {
        let lexicon = self.cast.lexicon;
        let role = lexicon.roles.get(row);
        let confidence = self.hits[h].confidence;
        let holder = match (role.office, self.cast.day) {
            (Some(office), Some(day)) if role.kind == RoleKind::Person => {
                let leaders = &lexicon.leaders;
                leaders.titled(country, &role.phrase, day).or_else(|| leaders.holder(country, office, day))
            }
            _ => None,
        };
        let Some(leader) = holder else {
            let entity = self.cast.role(row, None, Some(country));
            return self.actor(entity, Some(h), confidence);
        };
        let entity = self.cast.leader(lexicon.leaders.person(&leader.person).unwrap_or_default());
        let sector = role.sectors.first().copied();
        Actor { country: Some(country), sector, ..self.actor(entity, Some(h), confidence) }
    }

    /// "Rebels attacked a base **in Yemen**": a place in the same sentence places actors without a country.
    fn country_of_scene(&self, head: usize) -> Option<Country> {
        let sentence = self.doc.sentences[self.doc.sentence_of(head)];
        let mut found = None;
        for t in sentence.tokens.range() {
            let Some(h) = self.hit(t) else { continue };
            let (What::Country(row) | What::Capital(row)) = self.hits[h].what else { continue };
            let located = self.tree.preposition(self.doc, t).is_some_and(|p| {
                matches!(
                    self.doc.word(p).to_ascii_lowercase().as_str(),
                    "in" | "at" | "across" | "near" | "outside" | "inside"
                )
            });
            if located {
                let code = self.cast.lexicon.countries.row(row).code;
                if found.is_some_and(|f| f != code) {
                    return None;
                }
                found = Some(code);
            }
        }
        found
    }

    /// The last person for "he" and "she", the last state or body for "it", the last plural role for "they".
    fn pronoun(&mut self, h: usize) -> Vec<Actor> {
        let token = self.hits[h].tokens.start as usize;
        let word = self.doc.word(token).to_ascii_lowercase();
        let here = self.doc.sentence_of(token);
        let wanted = |e: EntityType, plural: bool| match word.as_str() {
            "he" | "him" | "his" | "she" | "her" => e == EntityType::Person || (e == EntityType::Role && !plural),
            "it" | "its" => matches!(e, EntityType::Country | EntityType::Org | EntityType::Group),
            _ => matches!(e, EntityType::Role) && plural,
        };
        // people before roles, subjects before others, the nearer before the farther
        let mut best: Option<(bool, bool, usize)> = None;
        for x in (0..h).rev() {
            let hit = self.hits[x];
            let sentence = self.doc.sentence_of(hit.tokens.start as usize);
            if here - sentence > PRONOUN_REACH {
                break;
            }
            let Some(entity) = self.entity_of[x] else { continue };
            let plural = match hit.what {
                What::Role { plural, row } => plural || self.cast.lexicon.roles.get(row).kind == RoleKind::Group,
                _ => false,
            };
            let kind = self.cast.entities[entity as usize].entity_type;
            if !wanted(kind, plural) {
                continue;
            }
            let head = self.head_of(x);
            let subject = matches!(self.doc.tokens[head].rel, Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter);
            let person = kind == EntityType::Person;
            if best.is_none_or(|(p, s, _)| (person, subject) > (p, s)) {
                best = Some((person, subject, x));
            }
        }
        let Some((_, subject, x)) = best else { return Vec::new() };
        let entity = self.entity_of[x].expect("only resolved hits are considered");
        self.entity_of[h] = Some(entity);
        vec![Actor { implicit: false, ..self.actor(entity, Some(h), if subject { 0.7 } else { 0.5 }) }]
    }

    /// "strengthened **its** forces", "praised **his** negotiators": the noun is the speaker's own.
    pub(super) fn is_own(&self, head: usize) -> bool {
        self.tree.children(head).any(|c| {
            self.doc.tokens[c].rel == Rel::NmodPoss
                && matches!(self.doc.word(c).to_ascii_lowercase().as_str(), "his" | "her" | "its" | "their" | "own")
        })
    }

    /// True for somebody an event can be about: an organisation, or anybody of whom something political is known.
    pub(super) fn is_political(&self, actor: &Actor) -> bool {
        let entity = &self.cast.entities[actor.entity as usize];
        let body = matches!(entity.entity_type, EntityType::Org | EntityType::Group);
        body || self.is_placed(actor)
    }

    /// True for somebody of whom a country, a sector or a PLOVER code is known.
    pub(super) fn is_placed(&self, actor: &Actor) -> bool {
        let special = self.cast.entities[actor.entity as usize].plover_country.is_some();
        actor.country.is_some() || actor.sector.is_some() || special
    }

    /// Title before a person's name, as it stands in the text.
    pub(super) fn title_text(&self, hit: &Hit) -> Option<String> {
        if !matches!(hit.what, What::Leader(_) | What::Unknown(NameKind::Per)) {
            return None;
        }
        let before = self.hit((hit.tokens.start as usize).checked_sub(1)?)?;
        let What::Role { row, .. } = self.hits[before].what else { return None };
        let titled = self.cast.lexicon.roles.get(row).title;
        titled.then(|| self.doc.words(self.hits[before].tokens).to_owned())
    }

    /// Key of the place that the noun phrase with this head names.
    pub(super) fn place_key(&self, head: usize) -> Option<String> {
        let (What::Country(row) | What::Capital(row)) = self.hits[self.hit(head)?].what else { return None };
        Some(place_key(self.hits[self.hit(head)?].what, self.cast.lexicon.countries.row(row).code))
    }
}

/// Key of a country or capital as a place.
pub(super) fn place_key(what: What, code: Country) -> String {
    match what {
        What::Capital(_) => format!("capital:{code}"),
        _ => format!("country:{code}"),
    }
}
