//! `entities`: one row per person, country, organisation or other party, across the whole corpus.

use super::cell::{Day, Id};
use super::schema::table;
use crate::extract::findings::EntityType;
use crate::lexicon::{Country, Sector};

table! {
    /// One entity.
    EntityRow in "entities": "One row per person, country, organisation or other party that is mentioned, and per member of a mentioned group."
    key [entity_id]
    references []
    {
        entity_id: Id = "Id of the entity, the same in every article and run.",
        name: String = "Preferred name.",
        entity_type: EntityType = "What it is.",
        country: Option<Country> = "Country it belongs to, ISO 3166-1 alpha-3 (XKX for Kosovo).",
        cow_code: Option<u32> = "Correlates of War number of that country.",
        plover_country: Option<String> = "PLOVER code in place of a country: IGO, UNO, EUR, NGO, ISM, IMG or MNC.",
        sector: Option<Sector> = "Most telling PLOVER sector.",
        sectors: Option<String> = "All its PLOVER sectors, joined by semicolons.",
        role: Option<String> = "Office held on the latest day it was mentioned.",
        wikidata_id: Option<String> = "Wikidata item.",
        geonames_id: Option<i64> = "Number in the Geonames gazetteer.",
        kb_source: Option<String> = "Lexicon its facts come from.",
        kb_date: Option<Day> = "Day for which its facts were looked up.",
        n_docs: u32 = "Number of articles that mention it.",
        n_mentions: u32 = "Number of mentions of it.",
        first_seen: Option<Day> = "Earliest publication day of an article that mentions it.",
        last_seen: Option<Day> = "Latest publication day of an article that mentions it.",
    }
}
