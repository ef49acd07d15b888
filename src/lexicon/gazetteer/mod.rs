//! Where places are: cities, divisions and countries of GeoNames, and the regions, seas and disputed areas of
//! `data/regions.csv`.
//!
//! A [`Gazetteer`] answers what a name may mean ([`Gazetteer::named`]), without regard to capitals, accents and
//! hyphens, and what contains what ([`Gazetteer::is_inside`]). Which of many places of one name an article means is
//! decided in `extract::places`. The built-in one is loaded at the first question.

mod build;
mod file;
mod regions;
#[cfg(test)]
mod tests;

pub use build::GeoNames;
pub use file::GazetteerError;

use super::code::Country;
use super::normal::normal_char;
pub(super) use regions::{Region, read as read_regions};
use rustc_hash::FxHashMap;
use std::path::Path;

/// The gazetteer compiled into the program.
static BUILTIN: &[u8] = include_bytes!("../../../data/gazetteer.bin");

/// What tells the built-in gazetteer from that of another version: its checksum.
pub(super) fn builtin_digest() -> &'static [u8] {
    file::head(BUILTIN)
}

/// What kind of place, from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A state or territory.
    Country,
    /// A region, sea, river, range or disputed area, which may be wider or narrower than a state.
    Region,
    /// A first-level division.
    Admin1,
    /// A second-level division.
    Admin2,
    /// A populated place.
    City,
    /// The seat of a government.
    Capital,
}

impl Level {
    /// As written in the `place_level` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::Admin1 => "admin1",
            Self::Admin2 => "admin2",
            Self::City => "city",
            Self::Capital => "capital",
        }
    }

    /// True for towns.
    pub const fn is_city(self) -> bool {
        matches!(self, Self::City | Self::Capital)
    }
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Number in GeoNames.
    pub geonames_id: Option<u32>,
    /// Preferred name.
    pub name: String,
    /// Whose it is; none for seas, and for regions of several states.
    pub country: Option<Country>,
    /// Code of the first-level division, as GeoNames writes it.
    pub admin1_code: String,
    /// Entry of the first-level division.
    pub admin1: Option<u32>,
    /// Entry of the second-level division.
    pub admin2: Option<u32>,
    /// What kind of place.
    pub level: Level,
    /// GeoNames feature class.
    pub class: char,
    /// GeoNames feature code.
    pub code: String,
    /// Latitude and longitude, degrees north and east; a division without a known town has none.
    pub point: Option<(f64, f64)>,
    /// Inhabitants; of a division, those of its towns here.
    pub population: u64,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// Index of the entry.
    pub entry: u32,
    /// By another name than the preferred one.
    pub alias: bool,
}

/// All places and their names.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    names: FxHashMap<u64, (u32, u32)>,
    meanings: Vec<Meaning>,
    abbreviations: FxHashMap<String, u32>,
    countries: FxHashMap<Country, u32>,
}

impl Gazetteer {
    /// The built-in gazetteer with `regions` laid over it.
    pub(super) fn builtin(regions: &[Region]) -> Self {
        // The tests read the same bytes, so a program that passed them has a sound gazetteer.
        Self::from_bytes("gazetteer (built in)", BUILTIN, regions).unwrap_or_default()
    }

    /// A gazetteer file of the user's, and what tells it from others.
    pub(super) fn load(path: &Path, regions: &[Region]) -> Result<(Self, Vec<u8>), GazetteerError> {
        let file = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|source| GazetteerError::Read { file: file.clone(), source })?;
        Ok((Self::from_bytes(&file, &bytes, regions)?, file::head(&bytes).to_vec()))
    }

    fn from_bytes(file: &str, bytes: &[u8], regions: &[Region]) -> Result<Self, GazetteerError> {
        let text = file::open(file, bytes)?;
        let mut names = Names::default();
        let mut gazetteer = Self::default();
        let mut divisions: FxHashMap<(Country, &str), u32> = FxHashMap::default();
        for (n, line) in text.lines().enumerate() {
            let bad = |message| GazetteerError::Line { file: file.to_owned(), line: n + 1, message };
            let mut fields = line.split('\t');
            let mut next = || fields.next().ok_or_else(|| bad("ends early"));
            let (kind, id, name) = (next()?, next()?, next()?);
            let country = Country::parse(next()?).map_err(|_| bad("has no country"))?;
            let (division, code, lat, lon, population, aliases) =
                (next()?, next()?, next()?, next()?, next()?, next()?);
            let first = division.split('.').next().unwrap_or_default();
            let at = gazetteer.entries.len() as u32;
            let level = match (kind, code) {
                ("1", _) => Level::Admin1,
                ("2", _) => Level::Admin2,
                (_, "PPLC") => Level::Capital,
                _ => Level::City,
            };
            if level == Level::Admin1 || level == Level::Admin2 {
                divisions.insert((country, division), at);
            }
            let entry = Entry {
                geonames_id: id.parse().ok(),
                name: name.to_owned(),
                country: Some(country),
                admin1_code: first.to_owned(),
                admin1: divisions.get(&(country, first)).copied().filter(|&own| own != at),
                admin2: divisions.get(&(country, division)).copied().filter(|_| level.is_city()),
                level,
                class: if level.is_city() { 'P' } else { 'A' },
                code: code.to_owned(),
                point: lat.parse().ok().zip(lon.parse().ok()),
                population: population.parse().unwrap_or(0),
            };
            gazetteer.entries.push(entry);
            names.add(name, at, false);
            aliases.split(',').for_each(|alias| names.add(alias, at, true));
            names.add_division(name, level, at);
        }
        gazetteer.lay_over(regions, &divisions, &mut names);
        names.finish(&mut gazetteer);
        Ok(gazetteer)
    }

    /// Adds regions, points of countries, and points and short names of divisions.
    fn lay_over(&mut self, regions: &[Region], divisions: &FxHashMap<(Country, &str), u32>, names: &mut Names) {
        for region in regions {
            if region.entry.level == Level::City {
                self.rename_town(region, names);
                continue;
            }
            let by_code =
                region.entry.country.and_then(|country| divisions.get(&(country, &*region.entry.admin1_code)));
            let known = match region.entry.level {
                Level::Admin1 if !region.entry.admin1_code.is_empty() => by_code.copied(),
                Level::Admin1 => self.admin1_named(&region.entry.name, region.entry.country),
                _ => None,
            };
            let at = if let Some(at) = known {
                self.entries[at as usize].point = region.entry.point;
                at
            } else {
                self.entries.push(region.entry.clone());
                self.entries.len() as u32 - 1
            };
            if let (Level::Country, Some(country)) = (region.entry.level, region.entry.country) {
                self.countries.insert(country, at);
                continue;
            }
            names.add(&region.entry.name, at, false);
            for alias in &region.aliases {
                if alias.ends_with('.') || alias.chars().all(char::is_uppercase) {
                    self.abbreviations.insert(alias.clone(), at);
                }
                if !alias.ends_with('.') {
                    names.add(alias, at, false);
                }
            }
            if known.is_some() && region.entry.admin1_code.len() == 2 {
                self.abbreviations.insert(region.entry.admin1_code.clone(), at);
            }
        }
    }

    /// Calls the most populous town of a name by its English name ("Genève" is Geneva).
    fn rename_town(&mut self, region: &Region, names: &mut Names) {
        let local = |entry: &Entry| {
            entry.level.is_city() && entry.country == region.entry.country && region.aliases.contains(&entry.name)
        };
        let towns = (0..self.entries.len()).filter(|&at| local(&self.entries[at]));
        if let Some(at) = towns.max_by_key(|&at| self.entries[at].population) {
            self.entries[at].name.clone_from(&region.entry.name);
            names.add(&region.entry.name, at as u32, false);
        }
    }

    fn admin1_named(&self, name: &str, country: Option<Country>) -> Option<u32> {
        let fits = |entry: &Entry| entry.level == Level::Admin1 && entry.country == country && entry.name == name;
        self.entries.iter().position(fits).map(|at| at as u32)
    }

    /// Everything that `name` may mean; case, accents, hyphens and runs of space do not matter.
    pub fn named(&self, name: &str) -> &[Meaning] {
        let Some(&(first, len)) = self.names.get(&hash(name)) else { return &[] };
        &self.meanings[first as usize..(first + len) as usize]
    }

    /// The division that a short form after a town's name means (`Calif.`, `CA`, `N.S.W.` as `NSW`).
    pub fn abbreviation(&self, text: &str) -> Option<u32> {
        self.abbreviations.get(text).copied()
    }

    /// The entry with the point of a country.
    pub fn country(&self, code: Country) -> Option<u32> {
        self.countries.get(&code).copied()
    }

    /// An entry.
    pub fn get(&self, entry: u32) -> &Entry {
        &self.entries[entry as usize]
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True for a gazetteer without places.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// True when `inner` is a part of `outer` as far as the tables know.
    pub fn is_inside(&self, inner: u32, outer: u32) -> bool {
        let (a, b) = (self.get(inner), self.get(outer));
        inner != outer
            && match b.level {
                Level::Country => a.country.is_some() && a.country == b.country,
                Level::Admin1 => a.admin1 == Some(outer),
                Level::Admin2 => a.admin2 == Some(outer),
                _ => false,
            }
    }
}

/// Hash of the normal form of a name, computed as the text is walked.
fn hash(name: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut pending = false;
    let mut begun = false;
    for c in name.chars() {
        normal_char(c, &mut |n| {
            if n == ' ' {
                pending = begun;
                return;
            }
            let mut byte = |b: u8| state = (state ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
            if std::mem::take(&mut pending) {
                byte(b' ');
            }
            begun = true;
            n.encode_utf8(&mut [0; 4]).bytes().for_each(byte);
        });
    }
    if begun { state ^ (state >> 29) } else { 0 }
}

/// Words of a division's name that papers leave out ("Tokyo" for "Tokyo Prefecture") or add.
const DIVISION_WORDS: &[&str] = &[
    "Province",
    "Oblast",
    "Region",
    "State",
    "Governorate",
    "Prefecture",
    "Department",
    "District",
    "Krai",
    "Voivodeship",
    "Republic",
    "County",
];

/// Names under construction.
#[derive(Default)]
struct Names {
    all: Vec<(u64, Meaning)>,
}

impl Names {
    fn add(&mut self, name: &str, entry: u32, alias: bool) {
        let hash = hash(name);
        if hash != 0 {
            self.all.push((hash, Meaning { entry, alias }));
        }
    }

    /// "Helmand" is "Helmand Province" and "Nineveh Governorate" "Nineveh", whichever of them the table has; a county
    /// is one only by its full name.
    fn add_division(&mut self, name: &str, level: Level, entry: u32) {
        if level != Level::Admin1 && level != Level::Admin2 {
            return;
        }
        let bare = DIVISION_WORDS.iter().find_map(|word| {
            let rest = name.strip_suffix(word).or_else(|| name.strip_prefix(word))?.trim();
            let rest = rest.strip_prefix("of ").unwrap_or(rest);
            (rest.len() > 2 && *word != "County").then_some(rest)
        });
        if let Some(bare) = bare {
            self.add(bare, entry, true);
        }
        if level == Level::Admin1 {
            for word in ["Province", "Region", "State", "Oblast", "Governorate"] {
                self.add(&format!("{} {word}", bare.unwrap_or(name)), entry, true);
            }
        }
    }

    fn finish(mut self, gazetteer: &mut Gazetteer) {
        self.all.sort_unstable();
        self.all.dedup_by_key(|(hash, meaning)| (*hash, meaning.entry));
        gazetteer.names.reserve(self.all.len());
        for group in self.all.chunk_by(|a, b| a.0 == b.0) {
            let first = gazetteer.meanings.len() as u32;
            gazetteer.meanings.extend(group.iter().map(|(_, meaning)| *meaning));
            gazetteer.names.insert(group[0].0, (first, group.len() as u32));
        }
    }
}
