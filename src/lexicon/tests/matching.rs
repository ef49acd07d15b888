//! What phrases of each table mean, and what holds for any text at all.

use super::{at_start, lexicon, meaning};
use crate::lexicon::{Country, Office, OrganisationType, PhraseKind, RoleKind, Sector};
use proptest::prelude::*;

fn role_of(text: &str) -> (&'static crate::lexicon::Role, bool) {
    let found = lexicon().phrases.longest_at(text, 0, false).unwrap_or_else(|| panic!("no phrase in {text}"));
    assert_eq!(found.end, text.len(), "{text}");
    let entry = found.entries.iter().find(|entry| entry.kind == PhraseKind::Role).unwrap();
    (lexicon().roles.get(entry.row), entry.plural)
}

#[test]
fn roles_have_sectors_and_plurals() {
    for (text, sector, plural) in [
        ("gunmen", "UAF", true),
        ("rebels", "REB", true),
        ("rebel", "REB", false),
        ("policemen", "COP", true),
        ("secret police", "COP", false),
        ("troops", "MIL", false),
        ("lawmakers", "LEG", true),
        ("Senator", "LEG", false),
        ("opposition leader", "OPP", false),
        ("protesters", "OPP", true),
        ("students", "EDU", true),
        ("refugees", "REF", true),
        ("journalists", "JRN", true),
        ("drug traffickers", "CRM", true),
        ("aid workers", "NGO", true),
        ("intelligence agencies", "SPY", true),
        ("prosecutors", "JUD", true),
        ("oil companies", "BUS", true),
        ("trade unions", "LAB", true),
        ("bishops", "REL", true),
        ("villagers", "CVL", true),
        ("forces", "MIL", false),
        ("ministers of defence", "GOV", true),
        ("secretaries of state", "GOV", true),
        ("Gen.", "MIL", false),
    ] {
        let (role, many) = role_of(text);
        assert_eq!(role.sectors.first(), Some(&Sector::of(sector)), "{text}");
        assert_eq!(many, plural, "{text}");
    }
}

#[test]
fn titles_name_offices() {
    for (text, office) in [
        ("president", Office::HeadOfState),
        ("Prime Minister", Office::HeadOfGovernment),
        ("foreign ministers", Office::ForeignMinister),
        ("Secretary of State", Office::ForeignMinister),
        ("defense minister", Office::DefenceMinister),
    ] {
        let (role, _) = role_of(text);
        assert!(role.title && role.office == Some(office), "{text}");
    }
    assert_eq!(role_of("parliament").0.kind, RoleKind::Body);
    assert_eq!(role_of("spokesman").0.kind, RoleKind::Person);
}

#[test]
fn metonyms_stand_for_governments() {
    for (text, country, sector) in [
        ("Kremlin", "RUS", "GOV"),
        ("White House", "USA", "GOV"),
        ("Pentagon", "USA", "MIL"),
        ("Downing Street", "GBR", "GOV"),
        ("Elysée", "FRA", "GOV"),
        ("Blue House", "KOR", "GOV"),
        ("Capitol Hill", "USA", "LEG"),
    ] {
        let found = lexicon().phrases.longest_at(text, 0, false).unwrap();
        let entry = found.entries.iter().find(|entry| entry.kind == PhraseKind::Metonym).unwrap();
        let metonym = lexicon().metonyms.get(entry.row);
        assert_eq!((metonym.country, metonym.sector), (Some(Country::of(country)), Some(Sector::of(sector))), "{text}");
    }
}

#[test]
fn organisations_are_found_by_their_names() {
    for (text, id) in [
        ("U.N. Security Council", "unsc"),
        ("European Commission", "european-commission"),
        ("al Qaeda", "al-qaeda"),
        ("Al-Shabaab", "al-shabaab"),
        ("Hezbollah", "hezbollah"),
        ("Hizbullah", "hezbollah"),
        ("Houthi rebels", "houthis"),
        ("Revolutionary Guards", "irgc"),
        ("AP4", "ap4"),
        ("Knesset", "knesset"),
        ("Boko Haram", "boko-haram"),
        ("Human Rights Watch", "hrw"),
        ("State Department", "us-state"),
        ("Gazprom", "gazprom"),
        ("Rohingya Muslims", "rohingya"),
    ] {
        let (words, meanings) = at_start(text);
        assert_eq!(words, text);
        assert!(meanings.contains(&format!("organisation:{id}")), "{text}: {meanings:?}");
    }
    let hamas = lexicon().organisations.by_id("hamas").unwrap();
    assert_eq!((hamas.kind, hamas.country), (OrganisationType::Armed, Some(Country::of("PSE"))));
    assert_eq!(lexicon().organisations.by_id("nato").unwrap().plover_country, "IGO");
    assert_eq!(lexicon().organisations.by_id("unhcr").unwrap().plover_country, "UNO");
    assert!(lexicon().organisations.by_id("no-such").is_none());
}

#[test]
fn every_name_of_every_row_is_found_as_itself() {
    let all = lexicon();
    let finds = |phrase: &str, kind: PhraseKind, row: usize| {
        let phrase = phrase.trim_start_matches('!');
        let found = all.phrases.longest_at(phrase, 0, false);
        found.is_some_and(|found| {
            found.end == phrase.len() && found.entries.iter().any(|e| e.kind == kind && e.row as usize == row)
        })
    };
    for (at, row) in all.countries.all().iter().enumerate() {
        for name in std::iter::once(&row.name).chain(&row.names) {
            assert!(finds(name, PhraseKind::CountryName, at), "{name}");
        }
    }
    for (at, row) in all.organisations.all().iter().enumerate() {
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            assert!(finds(name, PhraseKind::Organisation, at), "{name}");
        }
    }
    for (at, row) in all.roles.all().iter().enumerate() {
        assert!(finds(&row.phrase, PhraseKind::Role, at), "{}", row.phrase);
    }
    for (at, row) in all.leaders.all().iter().enumerate() {
        let first = all.leaders.same_person(at as u32)[0] as usize;
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            assert!(finds(name, PhraseKind::Leader, first), "{name}");
        }
    }
}

/// Pieces of names and typography, so that random texts come near to matching.
const PIECES: &str = "(South|Korea|United|States|U\\.S\\.|US|us|NATO|Guinea|-|–|—|’s|'s| |\n|\u{a0}|é|e\u{301}|ı|İ|ß|Kim|Jong|un|the|of|\\PC){0,12}";

proptest! {
    #[test]
    fn any_text_at_any_place_is_survived(text in PIECES, caps: bool) {
        for (at, _) in text.char_indices() {
            if let Some(found) = lexicon().phrases.longest_at(&text, at, caps) {
                prop_assert!(found.end > at && text.is_char_boundary(found.end));
                prop_assert!(!found.entries.is_empty());
                let after = text[found.end..].chars().next();
                prop_assert!(!after.is_some_and(char::is_alphanumeric));
                // What is matched does not depend on what stands before it.
                prop_assert_eq!(meaning(&text, at, caps), meaning(&text[at..], 0, caps));
            }
        }
    }
}
