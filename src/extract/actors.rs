//! Who is meant by the head of a noun phrase: from hits and syntax to participants.
//!
//! A role takes its country from a possessor, an adjective, a compound or an "of" phrase, and one phrase may name
//! many ("the prime ministers of Norway, Sweden and Hungary"). A person takes facts from title, apposition or the
//! table of leaders, and keeps them through the article. Pronouns go to the last fitting mention. Needs `parse`.

mod people;
mod roles;

use super::cast::{Cast, FORMER};
use super::findings::EntityType;
use super::mentions::{Hit, What};
use super::tree::Tree;
use crate::lexicon::{Country, Organisation, OrganisationType, PhraseKind, Sector};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, NameKind};
use rustc_hash::FxHashMap;

/// Nested noun phrases looked into; deeper ones are parse errors more often than not.
const MAX_DEPTH: usize = 4;

/// Sentences a pronoun may look back.
const PRONOUN_REACH: usize = 2;

/// Confidence of an actor known only by a country's adjective on a thing ("Russian missiles").
const WEAK: f32 = 0.5;

/// Factor for a role that takes its country from the rest of the sentence.
const PLACED: f32 = 0.85;

/// Factor for a country known by one of its towns.
const TOWN: f32 = 0.8;

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
    /// Country of the place that each hit names.
    towns: Vec<Option<Country>>,
}

impl<'a, 'l> Actors<'a, 'l> {
    /// Resolves all hits of the article in text order, so that later mentions can lean on earlier ones.
    ///
    /// `towns` has for each hit the country of the town or region it names.
    pub(super) fn new(
        doc: &'a Doc,
        tree: &'a Tree,
        hits: &'a [Hit],
        cast: Cast<'l>,
        towns: Vec<Option<Country>>,
    ) -> Self {
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
            towns,
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
        self.tree.children(head).any(|c| self.says_former(c))
    }

    fn says_former(&self, token: usize) -> bool {
        matches!(
            self.doc.word(token).to_ascii_lowercase().as_str(),
            "former" | "ex" | "ousted" | "deposed" | "retired" | "late" | "erstwhile"
        )
    }

    /// "former US President X": the word stands before title and nationality, wherever the parser hangs it.
    fn is_titled_former(&self, h: usize, head: usize) -> bool {
        let mut at = self.hits[h].tokens.start as usize;
        while let Some(before) = at.checked_sub(1) {
            let titled = self
                .hit(before)
                .is_some_and(|x| matches!(self.hits[x].what, What::Role { .. } | What::Demonym(_) | What::Country(_)));
            if !titled {
                return self.says_former(before) || self.is_former(head);
            }
            at = before;
        }
        self.is_former(head)
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
                self.organisation(h, lexicon.organisations.get(self.of_the_day(h, row)))
            }
            What::Leader(row) => {
                let entity = self.cast.leader(row);
                self.remember(self.cast.lexicon.leaders.get(row).family_name.clone(), entity);
                if !self.is_titled_former(h, head)
                    && let (Some(title), country) = self.title_of(h, head, depth)
                {
                    self.cast.called(entity, title, country);
                }
                entity
            }
            What::Unknown(NameKind::Per) => self.person(h, head, depth),
            What::Unknown(kind) => return self.unknown(h, kind, head, depth),
            What::Role { row, plural } => return self.role(h, row, plural, head, depth),
            What::Pronoun => return self.pronoun(h),
        };
        let left = self.cast.entities[entity as usize].role.as_deref().is_some_and(|r| r.starts_with("former "));
        // a bare family name of one who has left office may be another's
        let sure = if left && matches!(hit.what, What::Unknown(_)) { 0.8 } else { 1.0 };
        vec![self.actor(entity, Some(h), hit.confidence * sure)]
    }

    /// A demonym before a state body's name says whose it is, whoever bears the name best known.
    fn organisation(&mut self, h: usize, row: &Organisation) -> u32 {
        use OrganisationType::{Agency, Court, Ministry, Parliament};
        let country = self.country_before(self.hits[h].tokens.start as usize);
        match country {
            Some(country)
                if matches!(row.kind, Agency | Court | Ministry | Parliament)
                    && row.country.is_some_and(|own| own != country) =>
            {
                self.cast.organisation_of(row, country)
            }
            _ => self.cast.organisation(row),
        }
    }

    /// Of several rows that share a name, the one of the day: who rebelled before may govern now.
    fn of_the_day(&self, h: usize, row: u32) -> u32 {
        let lexicon = self.cast.lexicon;
        let Some(day) = self.cast.day else { return row };
        let spell = &lexicon.organisations.get(row).spell;
        if spell.possibly(day) {
            return row;
        }
        let span = self.doc.bytes(self.hits[h].tokens);
        let found = lexicon.phrases.longest_at(self.doc.text(), span.start as usize, false);
        let rows = found.iter().flat_map(|m| m.entries).filter(|e| e.kind == PhraseKind::Organisation).map(|e| e.row);
        // the last to begin by the day, also where it has ended since
        rows.filter_map(|r| lexicon.organisations.get(r).spell.from.map(|from| (from.first, r)))
            .filter(|(from, _)| *from <= day)
            .max()
            .map_or(row, |(_, r)| r)
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
        let town = self.towns.get(h).copied().flatten().filter(|_| kind == NameKind::Loc);
        let country = town.or_else(|| self.country_inside(h));
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
        } else if let Some(country) = town {
            // "shelled Kharkiv", "residents of Aleppo": whose town it is
            let country = self.cast.country(country);
            let whose = self.actor(country, Some(h), self.hits[h].confidence * TOWN);
            self.entity_of[h] = Some(entity);
            vec![whose]
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

    /// The one country that the sentence of token `i` names in any way; none when it names several.
    pub(super) fn only_country(&self, i: usize) -> Option<Country> {
        let sentence = self.doc.sentences[self.doc.sentence_of(i)].tokens;
        let mut only = None;
        for h in sentence.range().filter_map(|t| self.hit(t)) {
            let named = match self.hits[h].what {
                What::Country(row) | What::Demonym(row) | What::Capital(row) => {
                    Some(self.cast.lexicon.countries.row(row).code)
                }
                _ => self.entity_of[h].and_then(|e| self.cast.entities[e as usize].country),
            };
            if only.is_some() && named.is_some() && only != named {
                return None;
            }
            only = only.or(named);
        }
        only
    }

    /// The same role in a country: "students" in a sentence about Indonesia.
    pub(super) fn placed_in(&mut self, actor: &Actor, country: Country) -> Option<Actor> {
        let h = actor.hit? as usize;
        let What::Role { row, .. } = self.hits[h].what else { return None };
        let entity = self.cast.role(row, None, Some(country));
        self.entity_of[h] = Some(entity);
        let confidence = actor.confidence * PLACED;
        Some(Actor { implicit: actor.implicit, ..self.actor(entity, Some(h), confidence) })
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
}
