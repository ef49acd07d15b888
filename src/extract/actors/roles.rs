//! Roles and whose they are: "the Polish president", "rebels in Yemen", "the prime ministers of Norway and Sweden".

use super::{Actor, Actors, MAX_DEPTH, TOWN};
use crate::extract::findings::EntityType;
use crate::extract::mentions::What;
use crate::lexicon::{Country, RoleKind};
use crate::nlp::NameKind;
use crate::nlp::tags::{Rel, Upos};

impl Actors<'_, '_> {
    pub(super) fn country_before(&self, token: usize) -> Option<Country> {
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
    pub(super) fn owners(&mut self, head: usize, depth: usize, of: bool) -> Vec<Actor> {
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
                    What::Unknown(NameKind::Misc) => Vec::new(),
                    // "residents of Aleppo" are of its country, "the mayor of Aleppo" is no president
                    What::Unknown(NameKind::Loc) => {
                        let town = self.towns.get(x).copied().flatten();
                        let people = of && rank > 0 && !self.holds_office(head);
                        town.filter(|_| people)
                            .map(|country| {
                                let entity = self.cast.country(country);
                                self.actor(entity, None, self.hits[x].confidence * TOWN)
                            })
                            .into_iter()
                            .collect()
                    }
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

    /// True for a role that has a holder in a state ("president", "minister").
    fn holds_office(&self, head: usize) -> bool {
        let Some(What::Role { row, .. }) = self.hit(head).map(|h| self.hits[h].what) else { return false };
        self.cast.lexicon.roles.get(row).office.is_some()
    }

    pub(super) fn role(&mut self, h: usize, row: u32, plural: bool, head: usize, depth: usize) -> Vec<Actor> {
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
    pub(super) fn office_holder(&mut self, row: u32, country: Country, h: usize) -> Actor {
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
    pub(super) fn country_of_scene(&self, head: usize) -> Option<Country> {
        let sentence = self.doc.sentences[self.doc.sentence_of(head)];
        let mut found = None;
        for t in sentence.tokens.range() {
            let Some(h) = self.hit(t) else { continue };
            let code = match self.hits[h].what {
                What::Country(row) | What::Capital(row) => Some(self.cast.lexicon.countries.row(row).code),
                What::Unknown(_) => self.towns.get(h).copied().flatten(),
                _ => None,
            };
            let Some(code) = code else { continue };
            let located = self.tree.preposition(self.doc, t).is_some_and(|p| {
                matches!(
                    self.doc.word(p).to_ascii_lowercase().as_str(),
                    "in" | "at" | "across" | "near" | "outside" | "inside"
                )
            });
            if located {
                if found.is_some_and(|f| f != code) {
                    return None;
                }
                found = Some(code);
            }
        }
        found
    }
}
