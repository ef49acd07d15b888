//! Phoenix event files: what the pipelines around PETRARCH write.

use super::facts::{Pair, Party};
use super::{cameo_quad, cameo_sector};

/// Names as the Phoenix data set documents them. The files themselves have no header.
pub(super) const COLUMNS: &[&str] = &[
    "EventID",
    "Date",
    "Year",
    "Month",
    "Day",
    "SourceActorFull",
    "SourceActorEntity",
    "SourceActorRole",
    "SourceActorAttribute",
    "TargetActorFull",
    "TargetActorEntity",
    "TargetActorRole",
    "TargetActorAttribute",
    "EventCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScore",
    "Issues",
    "Lat",
    "Lon",
    "LocationName",
    "StateName",
    "CountryCode",
    "SentenceID",
    "URLs",
    "NewsSources",
];

pub(super) fn fields(pair: &Pair<'_>) -> Vec<String> {
    let day = pair.event_day().map(crate::tables::Day::date);
    let document = pair.document();
    let root = pair.text("cameo_root");
    let mut fields = vec![
        format!("{}-{}", pair.text("event_id"), pair.number),
        day.map(|d| format!("{:04}{:02}{:02}", d.year(), d.month(), d.day())).unwrap_or_default(),
        day.map(|d| d.year().to_string()).unwrap_or_default(),
        day.map(|d| d.month().to_string()).unwrap_or_default(),
        day.map(|d| d.day().to_string()).unwrap_or_default(),
    ];
    fields.extend(party(pair.source));
    fields.extend(party(pair.target));
    fields.extend([
        pair.text("cameo_code").to_owned(),
        root.to_owned(),
        cameo_quad(root).map(|quad| quad.to_string()).unwrap_or_default(),
        pair.number_text("goldstein"),
        pair.text("contexts").replace(';', ","),
        pair.number_text("lat"),
        pair.number_text("lon"),
        pair.text("place_name").to_owned(),
        pair.place().map(|place| place.admin1.clone()).unwrap_or_default(),
        pair.text("place_country").to_owned(),
        format!("{}_{}", pair.text("doc_id"), pair.int("sentence_no").unwrap_or(0)),
        document.map(|document| document.url.clone()).unwrap_or_default(),
        document.map(|document| document.publisher.clone()).unwrap_or_default(),
    ]);
    fields
}

/// Full code, entity, role, attribute.
fn party(party: &Party) -> [String; 4] {
    let entity = if party.country.is_empty() { &party.body } else { &party.country };
    let role = cameo_sector(&party.sector);
    [format!("{entity}{role}"), entity.clone(), role.to_owned(), String::new()]
}
