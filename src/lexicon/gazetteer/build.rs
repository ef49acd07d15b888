//! From the text files of GeoNames to a gazetteer file. One deterministic function for the built-in gazetteer and for
//! users who bring a fuller dump.
//!
//! Divisions carry no coordinates in GeoNames' lists of codes: theirs are the means of their places here, and stand
//! in no file when a division has no place. Names in other scripts than the Latin are left out: papers in English
//! do not print them.

use super::super::normal::normal;
use super::file::{self, GazetteerError};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text of the files of GeoNames that a gazetteer is made of.
#[derive(Debug, Clone, Default)]
pub struct GeoNames {
    /// `cities15000.txt`, `cities500.txt`, `allCountries.txt`, ….
    pub cities: String,
    /// `admin1CodesASCII.txt`.
    pub admin1: String,
    /// `admin2Codes.txt`.
    pub admin2: String,
    /// `countryInfo.txt`.
    pub countries: String,
}

/// Fields of a line of a `cities` file.
const FIELDS: usize = 19;
/// Alternate names of fewer letters are codes of airports and the like.
const SHORTEST_ALIAS: usize = 4;

/// From so many inhabitants on, former and foreign names of a town are kept.
const LARGE: u64 = 200_000;

/// Languages whose countries write in other scripts; India and Pakistan come first with English here.
const OTHER_SCRIPTS: &[&str] = &[
    "ar", "fa", "ur", "bn", "ne", "si", "my", "th", "lo", "km", "zh", "ja", "ko", "mn", "kk", "ky", "tg", "ru", "be",
    "uk", "bg", "sr", "mk", "el", "ka", "hy", "am", "aa", "dz", "dv", "he",
];

#[derive(Default)]
struct Division<'a> {
    id: &'a str,
    name: &'a str,
    ascii: &'a str,
    population: u64,
    lat: f64,
    lon: f64,
    places: u32,
}

struct City<'a> {
    country: &'a str,
    fields: Vec<&'a str>,
}

impl GeoNames {
    /// Makes the gazetteer file.
    ///
    /// # Errors
    /// When a line is not as GeoNames writes it.
    pub fn build(&self) -> Result<Vec<u8>, GazetteerError> {
        let iso3 = self.country_codes();
        let foreign = self.other_scripts();
        let mut admin1 = divisions(&self.admin1);
        let mut admin2 = divisions(&self.admin2);
        let mut cities = Vec::new();
        for (n, line) in self.cities.lines().enumerate() {
            let bad = |message| GazetteerError::Line { file: "the file of cities".into(), line: n + 1, message };
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() < FIELDS {
                return Err(bad("has fewer than 19 fields"));
            }
            if fields[6] != "P" || matches!(fields[7], "PPLH" | "PPLQ" | "PPLW") {
                continue;
            }
            let Some(&country) = iso3.get(fields[8]) else { continue };
            let number = |text: &str| text.parse::<f64>().map_err(|_| bad("has no coordinates"));
            let (lat, lon) = (number(fields[4])?, number(fields[5])?);
            let population = fields[14].parse().unwrap_or(0);
            let first = format!("{}.{}", fields[8], fields[10]);
            let second = format!("{first}.{}", fields[11]);
            // A section of a city counts with the city.
            let inhabitants = if fields[7] == "PPLX" { 0 } else { population };
            for division in admin1.get_mut(first.as_str()).into_iter().chain(admin2.get_mut(second.as_str())) {
                division.population += inhabitants;
                division.lat += lat;
                division.lon += lon;
                division.places += 1;
            }
            cities.push(City { country, fields });
        }
        cities.sort_unstable_by_key(|city| {
            let f = &city.fields;
            (city.country, f[10], f[11], f[0].parse::<u64>().unwrap_or(0))
        });
        let mut out = String::new();
        for (kind, table) in [("1", &admin1), ("2", &admin2)] {
            let mut keys: Vec<_> = table.keys().copied().collect();
            keys.sort_unstable();
            for key in keys {
                let division = &table[key];
                let mut parts = key.split('.');
                let Some(country) = parts.next().and_then(|iso2| iso3.get(iso2)) else { continue };
                // A division of the second level is worth its line where it can be shown on a map.
                if kind == "2" && division.places == 0 {
                    continue;
                }
                let code = parts.collect::<Vec<_>>().join(".");
                let mean = |sum: f64| {
                    if division.places == 0 { String::new() } else { degrees(sum / f64::from(division.places)) }
                };
                let alias = if normal(division.ascii) == normal(division.name) { "" } else { division.ascii };
                let _ = writeln!(
                    out,
                    "{kind}\t{}\t{}\t{country}\t{code}\tADM{kind}\t{}\t{}\t{}\t{alias}",
                    division.id,
                    division.name,
                    mean(division.lat),
                    mean(division.lon),
                    division.population,
                );
            }
        }
        for City { country, fields } in &cities {
            let number = |text: &str| degrees(text.parse().unwrap_or(0.0));
            let _ = writeln!(
                out,
                "P\t{}\t{}\t{country}\t{}.{}\t{}\t{}\t{}\t{}\t{}",
                fields[0],
                if foreign.contains(fields[8]) { plain(fields[1]) } else { fields[1].to_owned() },
                fields[10],
                fields[11],
                fields[7],
                number(fields[4]),
                number(fields[5]),
                fields[14],
                aliases(fields, &foreign),
            );
        }
        file::seal(&out).map_err(|source| GazetteerError::Read { file: "the gazetteer".into(), source })
    }

    /// Countries that write in another script than the Latin: the marks on their names are of a transliteration.
    fn other_scripts(&self) -> FxHashSet<&str> {
        let lines = self.countries.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let fields: Vec<&str> = line.split('\t').collect();
                let language = fields.get(15)?.split([',', '-']).next()?;
                OTHER_SCRIPTS.contains(&language).then_some(fields[0])
            })
            .chain(["IN", "PK"])
            .collect()
    }

    /// Two-letter codes to three-letter codes.
    fn country_codes(&self) -> FxHashMap<&str, &str> {
        let lines = self.countries.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, fields.next()?)).filter(|(two, three)| two.len() == 2 && three.len() == 3)
            })
            .collect()
    }
}

fn divisions(text: &str) -> FxHashMap<&str, Division<'_>> {
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let key = fields.next()?;
            let (name, ascii, id) = (fields.next()?, fields.next()?, fields.next()?);
            Some((key, Division { id, name, ascii, ..Division::default() }))
        })
        .collect()
}

/// A transliterated name as papers print it: "‘Afrīn" is "Afrin".
fn plain(name: &str) -> String {
    let bare = |c: char| !is_combining_mark(c) && !matches!(c, '‘' | 'ʻ' | 'ʿ' | '`');
    let plain: String =
        name.nfd().filter(|&c| bare(c)).map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c }).collect();
    plain.trim_matches('\'').to_owned()
}

/// Four decimals: ten metres.
fn degrees(value: f64) -> String {
    format!("{value:.4}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Other names that an English paper may print, each once. Those that do not resemble the name (Newtown for Hartford,
/// Kirovohrad for Kropyvnytskyi) are kept for larger towns where English is not at home: papers print them.
fn aliases(fields: &[&str], foreign: &FxHashSet<&str>) -> String {
    let (name, country) = (fields[1], fields[8]);
    let english = matches!(country, "US" | "GB" | "CA" | "AU" | "NZ" | "IE");
    let large = !english && fields[14].parse::<u64>().is_ok_and(|n| n >= LARGE);
    let mut seen: FxHashSet<String> = FxHashSet::from_iter([normal(name)]);
    let printed = if foreign.contains(country) { normal(&plain(name)) } else { String::new() };
    seen.insert(printed);
    let mut kept: Vec<&str> = Vec::new();
    for (n, alias) in std::iter::once(fields[2]).chain(fields[3].split(',')).enumerate() {
        let letters = alias.chars().filter(|c| c.is_alphabetic()).count();
        let latin = alias.chars().all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
        let code = n > 0 && (letters < SHORTEST_ALIAS || !alias.chars().any(char::is_lowercase));
        let capital = alias.chars().any(char::is_uppercase);
        if latin && capital && !code && (large || resemble(name, alias)) && seen.insert(normal(alias)) {
            kept.push(alias);
        }
    }
    kept.join(",")
}

/// True when two names share most of their consonants: Kyiv and Kiev, Al Hudaydah and Hodeidah, Köln and Cologne.
fn resemble(a: &str, b: &str) -> bool {
    let (a, b) = (consonants(a), consonants(b));
    let longest = a.len().max(b.len());
    common(&a, &b) * 5 >= longest * 3
}

/// Consonants of a name, like-sounding ones as one letter, no letter twice in a row.
fn consonants(name: &str) -> Vec<char> {
    let name = normal(name);
    // the Arabic article, which papers write or leave out
    let bare =
        name.split_once(' ').filter(|(first, _)| matches!(*first, "al" | "el" | "ad" | "an" | "ar" | "as" | "at"));
    let bare = bare.map_or(name.as_str(), |(_, rest)| rest);
    let mut out: Vec<char> = Vec::new();
    for c in bare.chars().filter(|c| c.is_alphabetic()) {
        let c = match c {
            'c' | 'q' | 'k' | 'g' => 'k',
            's' | 'z' => 's',
            'v' | 'w' | 'b' | 'f' | 'p' => 'p',
            'd' | 't' => 't',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => continue,
            c => c,
        };
        if out.last() != Some(&c) {
            out.push(c);
        }
    }
    out
}

/// Length of the longest common subsequence.
fn common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_latin_and_differ_from_the_name() {
        let mut fields = [""; FIELDS];
        (fields[1], fields[2], fields[8], fields[14]) = ("Gardēz", "Gardez", "AF", "103601");
        fields[3] = "GRG,Gardeyz,Gardez,Гардез,gard,GARDEZ,Newtown";
        assert_eq!(aliases(&fields, &FxHashSet::default()), "Gardeyz");
    }

    #[test]
    fn spellings_of_one_name_resemble_each_other() {
        for (a, b) in [("Kyiv", "Kiev"), ("Al Ḩudaydah", "Hodeidah"), ("Köln", "Cologne"), ("Genève", "Geneva")] {
            assert!(resemble(a, b), "{a} {b}");
        }
        assert!(!resemble("Hartford", "Newtown"));
    }

    #[test]
    fn marks_of_transliteration_are_dropped() {
        assert_eq!(plain("‘Afrīn"), "Afrin");
        assert_eq!(plain("Xi’an"), "Xi'an");
    }

    #[test]
    fn lines_that_are_not_geonames_are_named() {
        let broken = GeoNames { cities: "1\tx\n".into(), ..GeoNames::default() };
        assert!(broken.build().unwrap_err().to_string().contains("line 1"));
    }
}
