//! The cast of one article: every entity the text speaks of, made once and shared by all its mentions.
//!
//! Facts are taken for the day of publication: a president of 2017 is not the president of 2023, and who has left
//! office is former. Without a publication date offices are not claimed, only names.

use super::findings::{Entity, EntityType, Member};
use crate::lexicon::{Country, Leader, Lexicon, Office, Organisation, OrganisationType, PhraseKind, Sector, Standing};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Sector of people who have left office (PLOVER: elites).
pub(super) const FORMER: &str = "ELI";

/// All entities of an article.
#[derive(Debug)]
pub(super) struct Cast<'l> {
    /// The tables.
    pub(super) lexicon: &'l Lexicon,
    /// The day for which facts are taken.
    pub(super) day: Option<Date>,
    /// Entities in order of first mention.
    pub(super) entities: Vec<Entity>,
    by_key: FxHashMap<String, u32>,
}

impl<'l> Cast<'l> {
    /// An empty cast.
    pub(super) fn new(lexicon: &'l Lexicon, day: Option<Date>) -> Self {
        Self { lexicon, day, entities: Vec::new(), by_key: FxHashMap::default() }
    }

    /// The entity with this key, made by `make` if it is new.
    fn entity(&mut self, key: String, make: impl FnOnce(&mut Entity)) -> u32 {
        if let Some(&at) = self.by_key.get(&key) {
            return at;
        }
        let mut entity = Entity {
            key: key.clone(),
            name: String::new(),
            entity_type: EntityType::Other,
            country: None,
            plover_country: None,
            sectors: Vec::new(),
            role: None,
            kb_source: None,
            kb_date: None,
            members: Vec::new(),
            expands: false,
        };
        make(&mut entity);
        let at = self.entities.len() as u32;
        self.entities.push(entity);
        self.by_key.insert(key, at);
        at
    }

    /// A country.
    pub(super) fn country(&mut self, code: Country) -> u32 {
        let lexicon = self.lexicon;
        self.entity(format!("country:{code}"), |e| {
            e.name = lexicon.countries.get(code).map_or_else(|| code.to_string(), |row| row.name.clone());
            e.entity_type = EntityType::Country;
            e.country = Some(code);
            e.kb_source = Some("countries");
        })
    }

    /// The government of a country, for which its capital or a palace stands.
    pub(super) fn government(&mut self, code: Country) -> u32 {
        let lexicon = self.lexicon;
        self.entity(format!("government:{code}"), |e| {
            let name = lexicon.countries.get(code).map_or_else(|| code.to_string(), |row| row.name.clone());
            e.name = format!("Government of {name}");
            e.entity_type = EntityType::Org;
            e.country = Some(code);
            e.sectors = Sector::parse("GOV").into_iter().collect();
            e.kb_source = Some("countries");
        })
    }

    /// A body of a country known by a building or nickname ("the Pentagon").
    pub(super) fn metonym(&mut self, row: u32) -> u32 {
        let lexicon = self.lexicon;
        let metonym = lexicon.metonyms.get(row);
        if let Some(organisation) = lexicon.organisations.by_id(&metonym.organisation) {
            return self.organisation(organisation);
        }
        let is_government = metonym.sector.is_none_or(|s| s.as_str() == "GOV");
        if let (Some(country), true) = (metonym.country, is_government) {
            return self.government(country);
        }
        self.entity(format!("metonym:{}", metonym.phrase), |e| {
            e.name.clone_from(&metonym.phrase);
            e.entity_type = EntityType::Org;
            e.country = metonym.country;
            e.sectors = metonym.sector.into_iter().collect();
            e.kb_source = Some("metonyms");
        })
    }

    /// An organisation or group of states.
    pub(super) fn organisation(&mut self, row: &Organisation) -> u32 {
        let (lexicon, day) = (self.lexicon, self.day);
        self.entity(format!("organisation:{}", row.id), |e| {
            e.name.clone_from(&row.name);
            let of_states = matches!(row.kind, OrganisationType::Igo | OrganisationType::Group);
            e.entity_type = if of_states { EntityType::Group } else { EntityType::Org };
            e.expands = row.kind == OrganisationType::Group;
            e.country = row.country;
            e.plover_country = Some(row.plover_country.clone()).filter(|p| !p.is_empty());
            e.sectors.clone_from(&row.sectors);
            e.kb_source = Some("organisations");
            e.kb_date = day;
            e.members = lexicon
                .groups
                .of(&row.id)
                .iter()
                .filter(|m| day.is_none_or(|day| m.spell.surely(day)))
                .map(|m| Member {
                    country: m.member,
                    valid_from: m.spell.from.map(|b| b.first),
                    valid_to: m.spell.to.map(|b| b.last),
                    source: m.source.clone(),
                })
                .collect();
        })
    }

    /// A person of the table of leaders, with the office of the day.
    pub(super) fn leader(&mut self, row: u32) -> u32 {
        let (lexicon, day) = (self.lexicon, self.day);
        let (spell, standing) = match day {
            Some(day) => {
                let (best, standing) = lexicon.leaders.best_spell(row, day);
                (lexicon.leaders.get(best), Some(standing))
            }
            None => (lexicon.leaders.get(row), None),
        };
        let body = lexicon.organisations.by_id(&spell.organisation);
        self.entity(format!("person:{}", spell.person), |e| {
            e.name.clone_from(&spell.name);
            e.entity_type = EntityType::Person;
            e.country = spell.country.or_else(|| body.and_then(|b| b.country));
            e.plover_country = body.map(|b| b.plover_country.clone()).filter(|p| !p.is_empty());
            e.kb_source = Some("leaders");
            e.kb_date = day;
            let sector = |code: &str| Sector::parse(code).into_iter().collect::<Vec<_>>();
            match standing {
                Some(Standing::Current | Standing::Presumed) => {
                    e.role = spell.titles.first().cloned();
                    e.sectors = body.map_or_else(|| title_sectors(lexicon, spell), |b| b.sectors.clone());
                }
                Some(Standing::Former) => {
                    e.role = spell.titles.first().map(|title| format!("former {title}"));
                    e.sectors = sector(FORMER);
                }
                Some(Standing::Future) | None => {}
            }
        })
    }

    /// What the text calls a person of the table where the table has no office for the day: a senator who will be
    /// minister, a former minister who is a governor now. A title the person once held is a courtesy.
    pub(super) fn called(&mut self, entity: u32, title: u32, country: Option<Country>) {
        let role = self.lexicon.roles.get(title);
        let e = &mut self.entities[entity as usize];
        e.country = e.country.or(country);
        let held = e.role.as_deref().and_then(|r| r.strip_prefix("former "));
        let former = held.is_some_and(|held| !held.eq_ignore_ascii_case(&role.phrase));
        if (e.sectors.is_empty() || former) && !role.sectors.is_empty() && role.office.is_none() {
            e.sectors.clone_from(&role.sectors);
            e.role = Some(role.phrase.clone());
        }
    }

    /// A body of another country than the table's best known of that name ("the Saudi National Guard").
    pub(super) fn organisation_of(&mut self, row: &Organisation, country: Country) -> u32 {
        let lexicon = self.lexicon;
        self.entity(format!("organisation:{}:{country}", row.id), |e| {
            let owner = lexicon.countries.get(country).map_or_else(|| country.to_string(), |c| c.name.clone());
            e.name = format!("{} of {owner}", row.name);
            e.entity_type = EntityType::Org;
            e.country = Some(country);
            e.sectors.clone_from(&row.sectors);
        })
    }

    /// A person no table knows.
    pub(super) fn person(
        &mut self,
        name: &str,
        country: Option<Country>,
        sector: Option<Sector>,
        role: Option<&str>,
    ) -> u32 {
        let at = self.entity(format!("person?:{}", name.to_lowercase()), |e| {
            name.clone_into(&mut e.name);
            e.entity_type = EntityType::Person;
        });
        let entity = &mut self.entities[at as usize];
        entity.country = entity.country.or(country);
        if entity.sectors.is_empty() {
            entity.sectors = sector.into_iter().collect();
        }
        if entity.role.is_none() {
            entity.role = role.map(str::to_owned);
        }
        at
    }

    /// A body, place or thing known by name only.
    pub(super) fn named(&mut self, name: &str, entity_type: EntityType, country: Option<Country>) -> u32 {
        let place = country.map_or_else(String::new, |c| c.to_string());
        self.entity(format!("name:{}:{place}:{}", entity_type.as_str(), name.to_lowercase()), |e| {
            name.clone_into(&mut e.name);
            e.entity_type = entity_type;
            e.country = country;
        })
    }

    /// People or a body known by role, of a country or organisation: "Turkish police", "NATO officials".
    pub(super) fn role(&mut self, role: u32, owner: Option<u32>, country: Option<Country>) -> u32 {
        let lexicon = self.lexicon;
        let row = lexicon.roles.get(role);
        let owner = owner.map(|o| {
            let o = &self.entities[o as usize];
            (o.key.clone(), o.name.clone(), o.country, o.plover_country.clone(), o.sectors.clone())
        });
        let key = match (&owner, country) {
            (Some((key, ..)), _) => format!("role:{key}:{}", row.phrase),
            (None, Some(country)) => format!("role:country:{country}:{}", row.phrase),
            (None, None) => format!("role::{}", row.phrase),
        };
        self.entity(key, |e| {
            e.entity_type = EntityType::Role;
            e.country = country;
            e.sectors.clone_from(&row.sectors);
            e.role = Some(row.phrase.clone());
            e.kb_source = Some("roles");
            e.name.clone_from(&row.phrase);
            if let Some((_, name, own_country, plover, sectors)) = owner {
                e.name = format!("{} of {name}", row.phrase);
                e.country = own_country.or(country);
                e.plover_country = plover;
                // "Hamas fighters" are REB before they are anything the noun says
                for sector in sectors.into_iter().rev() {
                    e.sectors.retain(|s| *s != sector);
                    e.sectors.insert(0, sector);
                }
            } else if let Some(row) = country.and_then(|c| lexicon.countries.get(c)) {
                e.name = format!("{} of {}", e.name, row.name);
            }
        })
    }

    /// The one person of this family name who had left office by the day; without a title, only who led a country.
    pub(super) fn former_by_family(
        &self,
        family: &str,
        country: Option<Country>,
        title: Option<&crate::lexicon::Role>,
    ) -> Option<u32> {
        let day = self.day?;
        let office = title.and_then(|role| role.office);
        let leaders = &self.lexicon.leaders;
        let fits = |row: &Leader| {
            row.standing_on(day) == Standing::Former
                && country.is_none_or(|c| row.country == Some(c))
                && match office {
                    Some(office) => row.offices.contains(&office),
                    None => row.offices.iter().any(|o| matches!(o, Office::HeadOfState | Office::HeadOfGovernment)),
                }
        };
        let mut found = leaders.by_family(family).iter().copied().filter(|&row| fits(leaders.get(row)));
        let first = found.next()?;
        let person = &leaders.get(first).person;
        found.all(|row| leaders.get(row).person == *person).then_some(first)
    }

    /// The person of this family name who holds an office on the day, if only one can be meant.
    ///
    /// `country` and `title` narrow the choice when the text gives them; without either, only heads of state and
    /// government are considered, and other office holders of countries the article names (`named`).
    pub(super) fn by_family(
        &self,
        family: &str,
        country: Option<Country>,
        title: Option<&crate::lexicon::Role>,
        named: impl Fn(Country) -> bool,
    ) -> Option<u32> {
        let day = self.day?;
        let fits = |row: &Leader| {
            let in_office = matches!(row.standing_on(day), Standing::Current | Standing::Presumed);
            let of_country = country.is_none_or(|c| row.country == Some(c));
            let of_title = title.is_none_or(|role| {
                role.office.is_none_or(|office| row.offices.contains(&office))
                    || row.titles.iter().any(|t| t.eq_ignore_ascii_case(&role.phrase))
            });
            // "Trump criticised India": a head of state or government is known by his name alone
            let leads = row.offices.iter().any(|o| matches!(o, Office::HeadOfState | Office::HeadOfGovernment));
            let placed = country.is_some() || title.is_some() || leads || row.country.is_some_and(&named);
            in_office && of_country && of_title && placed
        };
        let rows = self.lexicon.leaders.by_family(family);
        let mut found = rows.iter().copied().filter(|&row| fits(self.lexicon.leaders.get(row)));
        let first = found.next()?;
        let person = &self.lexicon.leaders.get(first).person;
        let rest: Vec<u32> = found.filter(|&row| self.lexicon.leaders.get(row).person != *person).collect();
        if rest.is_empty() {
            return Some(first);
        }
        // several may be meant: the one of a country the article names
        let all: Vec<u32> = std::iter::once(first).chain(rest).collect();
        let mut here = all.into_iter().filter(|&row| self.lexicon.leaders.get(row).country.is_some_and(&named));
        let one = here.next()?;
        here.next().is_none().then_some(one)
    }
}

/// Sectors of an office by its title: a senator makes laws, a chief of staff commands. Who heads a state or a
/// ministry governs, whatever the title, unless it is a religious one.
fn title_sectors(lexicon: &Lexicon, spell: &Leader) -> Vec<Sector> {
    let governs = spell.offices.iter().any(|o| *o != Office::Other);
    let of_title = |title: &String| {
        let entries = lexicon.phrases.exactly(title).iter();
        let role = entries.filter(|e| e.kind == PhraseKind::Role).map(|e| lexicon.roles.get(e.row)).next()?;
        role.sectors.first().is_some_and(|s| !governs || s.as_str() == "REL").then(|| role.sectors.clone())
    };
    spell.titles.iter().find_map(of_title).unwrap_or_else(|| Sector::parse("GOV").into_iter().collect())
}
