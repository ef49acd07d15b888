//! Persons and pronouns: an earlier mention, a leader by title and day, or somebody new.

use super::{Actor, Actors, Known, PRONOUN_REACH};
use crate::extract::cast::FORMER;
use crate::extract::findings::EntityType;
use crate::extract::mentions::What;
use crate::lexicon::{Country, RoleKind, Sector};
use crate::nlp::tags::Rel;

impl Actors<'_, '_> {
    pub(super) fn remember(&mut self, family: String, entity: u32) {
        if !self.people.iter().any(|p| p.family == family && p.entity == entity) {
            self.people.push(Known { family, entity });
        }
    }

    /// A person the recogniser found: an earlier one by family name, a leader by title and day, or somebody new.
    pub(super) fn person(&mut self, h: usize, head: usize, depth: usize) -> u32 {
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
        let former = self.is_titled_former(h, head);
        let countries = &self.countries;
        let last = self.doc.word(tokens.end as usize - 1);
        let first = self.doc.word(tokens.start as usize);
        let leader = if former {
            // "former President Bush" is not a Bush in office
            (short || role.is_some_and(|r| r.office.is_some()))
                .then(|| self.cast.former_by_family(last, country, role))
                .flatten()
        } else if short {
            self.cast.by_family(&name, country, role, |c| countries.contains_key(&c))
        } else if role.is_some_and(|r| r.office.is_some()) {
            [last, first]
                .into_iter()
                .find_map(|f| self.cast.by_family(f, country, role, |c| countries.contains_key(&c)))
        } else {
            None
        };
        let titled = role.is_none_or(|r| r.office.is_some());
        let leader = leader.or_else(|| (short && titled).then(|| self.cast.former_by_family(&name, country, role))?);
        if let Some(row) = leader {
            let entity = self.cast.leader(row);
            let family = self.cast.lexicon.leaders.get(row).family_name.clone();
            self.remember(family, entity);
            self.remember(last.to_owned(), entity);
            return entity;
        }
        let mut sector = role.and_then(|r| r.sectors.first().copied());
        let mut title = role.map(|r| r.phrase.clone());
        if former && sector.is_some_and(|s| matches!(s.as_str(), "GOV" | "LEG" | "MIL" | "JUD")) {
            sector = Sector::parse(FORMER).ok();
            title = title.map(|t| format!("former {t}"));
        }
        let entity = self.cast.person(&name, country, sector, title.as_deref());
        self.remember(last.to_owned(), entity);
        entity
    }

    /// Title and country of a person: the role before the name, or in apposition to it.
    pub(super) fn title_of(&mut self, h: usize, head: usize, depth: usize) -> (Option<u32>, Option<Country>) {
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

    /// The last person for "he" and "she", the last state or body for "it", the last plural role for "they".
    pub(super) fn pronoun(&mut self, h: usize) -> Vec<Actor> {
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
}
