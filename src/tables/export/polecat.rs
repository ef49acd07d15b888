//! POLECAT event files, as published on Dataverse.

use super::facts::{Pair, Party};

pub(super) const COLUMNS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(super) fn fields(pair: &Pair<'_>) -> Vec<String> {
    let quad = match pair.int("quad_class") {
        Some(1) => "VERBAL COOPERATION",
        Some(2) => "MATERIAL COOPERATION",
        Some(3) => "VERBAL CONFLICT",
        Some(4) => "MATERIAL CONFLICT",
        _ => "",
    };
    let document = pair.document();
    let place = pair.place();
    let name = pair.text("place_name");
    let city = if matches!(pair.text("place_level"), "city" | "capital") { name } else { "" };
    let none = String::new;
    let mut fields = vec![
        format!("{}-{}", pair.text("event_id"), pair.number),
        pair.event_day().map(|day| day.date().to_string()).unwrap_or_default(),
        pair.text("event_type").to_owned(),
        pair.text("mode").to_owned(),
        pair.number_text("plover_score"),
        quad.to_owned(),
        pair.text("contexts").to_owned(),
    ];
    fields.extend(party(pair.source));
    fields.extend(party(pair.target));
    fields.extend([
        name.to_owned(),
        city.to_owned(),
        none(),
        place.map(|place| place.admin1.clone()).unwrap_or_default(),
        pair.text("place_country").to_owned(),
        pair.number_text("lat"),
        pair.number_text("lon"),
        place.map(|place| place.geonames_id.clone()).unwrap_or_default(),
        none(),
        place.map(|place| place.feature.clone()).unwrap_or_default(),
        document.map(|document| document.publisher.clone()).unwrap_or_default(),
        pair.day("published_at").map(|day| day.date().to_string()).unwrap_or_default(),
        none(),
        none(),
        none(),
        document.map(|document| document.lang.clone()).unwrap_or_default(),
        format!("tidings {}", env!("CARGO_PKG_VERSION")),
    ]);
    fields
}

fn party(party: &Party) -> [String; 8] {
    let country = if party.country.is_empty() { &party.body } else { &party.country };
    [
        party.name.clone(),
        country.clone(),
        party.cow.clone(),
        party.sector.clone(),
        if party.sectors.is_empty() { party.sector.clone() } else { party.sectors.clone() },
        party.title.clone(),
        party.raw.clone(),
        String::new(),
    ]
}
