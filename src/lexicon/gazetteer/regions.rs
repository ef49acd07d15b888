//! `data/regions.csv`: regions, seas, disputed areas, points of countries, points and short names of divisions, and
//! English names of towns that GeoNames lists by another.

use super::super::table::{self, LexiconError, Source};
use super::{Entry, Level};

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lexicon) struct Region {
    pub(super) entry: Entry,
    pub(super) aliases: Vec<String>,
}

/// Reads the table.
pub(in crate::lexicon) fn read(sources: &[Source]) -> Result<Vec<Region>, LexiconError> {
    table::read(sources, &["level", "name", "country", "lat", "lon"], |row| {
        let level = match row.get("level") {
            "country" => Level::Country,
            "admin1" => Level::Admin1,
            "city" => Level::City,
            "region" => Level::Region,
            _ => return Err(row.bad("level", "expected country, admin1, city or region")),
        };
        let degrees = |column: &'static str, most: f64| {
            let value = row.get(column).parse::<f64>().ok().filter(|value| value.abs() <= most);
            value.ok_or_else(|| row.bad(column, "expected degrees"))
        };
        let entry = Entry {
            geonames_id: None,
            name: row.text("name"),
            country: row.country("country")?,
            admin1_code: row.text("admin1_code"),
            admin1: None,
            admin2: None,
            level,
            class: row.get("feature_class").chars().next().unwrap_or('L'),
            code: row.text("feature_code"),
            // a town is the gazetteer's; the table only knows what it is called
            point: if level == Level::City { None } else { Some((degrees("lat", 90.0)?, degrees("lon", 180.0)?)) },
            population: 0,
        };
        let nameless = entry.name.is_empty() && entry.admin1_code.is_empty() && level != Level::Country;
        if nameless || (level != Level::Region && entry.country.is_none()) {
            return Err(row.bad("name", "expected a name, or a country and a code"));
        }
        Ok(Region { entry, aliases: row.list("aliases") })
    })
}
