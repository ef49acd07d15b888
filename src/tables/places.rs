//! `places`: one row per place, across the whole corpus.

use super::cell::Id;
use super::schema::table;
use crate::extract::findings::Place;
use crate::lexicon::Country;

table! {
    /// One place.
    PlaceRow in "places": "One row per place at which an event was located or which an article names."
    key [place_id]
    references []
    {
        place_id: Id = "Id of the place, the same in every article and run.",
        name: String = "Preferred name.",
        country: Option<Country> = "Country, ISO 3166-1 alpha-3 (XKX for Kosovo).",
        admin1_code: Option<String> = "Code of the first-level division.",
        admin1: Option<String> = "Name of the first-level division.",
        geonames_id: Option<i64> = "Number in the Geonames gazetteer.",
        lat: Option<f64> = "Latitude, degrees north.",
        lon: Option<f64> = "Longitude, degrees east.",
        feature_class: Option<String> = "Geonames feature class.",
        feature_code: Option<String> = "Geonames feature code.",
        population: Option<i64> = "Number of inhabitants.",
        priogrid_gid: Option<u32> = "Cell of the PRIO-GRID (half a degree); empty for countries, divisions of the first level and regions.",
        source: String = "Lexicon its facts come from.",
    }
}

/// Columns of the PRIO-GRID: half degrees around the earth.
const GRID_COLUMNS: u32 = 720;
/// Rows of the PRIO-GRID: half degrees from pole to pole.
const GRID_ROWS: u32 = 360;

/// Number of the PRIO-GRID cell, counted from 1 at the south-west corner, row by row.
fn priogrid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    let row = (((lat + 90.0) * 2.0) as u32).min(GRID_ROWS - 1);
    let column = (((lon + 180.0) * 2.0) as u32).min(GRID_COLUMNS - 1);
    Some(row * GRID_COLUMNS + column + 1)
}

/// Id of the place with this key.
pub(super) fn id(key: &str) -> Id {
    Id::of('p', &[key])
}

pub(super) fn row(place: &Place) -> PlaceRow {
    PlaceRow {
        place_id: id(&place.key),
        name: place.name.clone(),
        country: place.country,
        admin1_code: place.admin1_code.clone(),
        admin1: place.admin1.clone(),
        geonames_id: place.geonames_id.map(i64::from),
        lat: place.lat,
        lon: place.lon,
        feature_class: place.feature_class.map(String::from),
        feature_code: place.feature_code.clone(),
        population: place.population.and_then(|n| i64::try_from(n).ok()),
        priogrid_gid: place.lat.zip(place.lon).filter(|_| fits_a_cell(place)).and_then(|(lat, lon)| priogrid(lat, lon)),
        source: place.source.to_owned(),
    }
}

/// The middle of a country, province or sea lies in a cell where nothing happened.
fn fits_a_cell(place: &Place) -> bool {
    matches!(place.level, "city" | "capital" | "admin2") || matches!(place.feature_class, Some('P' | 'S'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_cells_count_from_the_south_west() {
        assert_eq!(priogrid(-90.0, -180.0), Some(1));
        assert_eq!(priogrid(-89.75, -179.25), Some(2));
        assert_eq!(priogrid(90.0, 180.0), Some(GRID_ROWS * GRID_COLUMNS));
        // The cell with its centre at 52.25 N, 21.25 E: row 285 of 360, column 403 of 720.
        assert_eq!(priogrid(52.23, 21.01), Some(284 * 720 + 403));
        assert_eq!(priogrid(91.0, 0.0), None);
        assert_eq!(priogrid(f64::NAN, 0.0), None);
    }
}
