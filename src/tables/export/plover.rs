//! PLOVER as JSON lines, with the field names of the PLOVER manual.

use super::facts::{Pair, Party};
use serde_json::{Map, Value, json};

pub(super) fn object(pair: &Pair<'_>) -> Value {
    let document = pair.document();
    let mut object = Map::new();
    object.insert("id".into(), format!("{}-{}", pair.text("event_id"), pair.number).into());
    object.insert("date".into(), pair.event_day().map(|day| day.date().to_string()).into());
    object.insert("dateStart".into(), pair.day("date_start").map(|day| day.date().to_string()).into());
    object.insert("dateEnd".into(), pair.day("date_end").map(|day| day.date().to_string()).into());
    object.insert("actor".into(), party(pair.source));
    object.insert("recip".into(), party(pair.target));
    object.insert("event".into(), pair.text("event_type").into());
    object.insert("mode".into(), filled(pair.text("mode")));
    object.insert("context".into(), list(pair.text("contexts")));
    object.insert("status".into(), pair.text("status").into());
    object.insert("polarity".into(), pair.text("polarity").into());
    object.insert("cameo".into(), filled(pair.text("cameo_code")));
    object.insert("goldstein".into(), pair.float("goldstein").into());
    object.insert("score".into(), pair.float("plover_score").into());
    object.insert(
        "location".into(),
        json!({
            "name": filled(pair.text("place_name")),
            "country": filled(pair.text("place_country")),
            "lat": pair.float("lat"),
            "lon": pair.float("lon"),
        }),
    );
    object.insert("text".into(), pair.text("evidence").into());
    object.insert(
        "textInfo".into(),
        json!({
            "textID": pair.text("doc_id"),
            "sentenceNumber": pair.int("sentence_no"),
            "publisher": filled(document.map(|d| d.publisher.as_str()).unwrap_or_default()),
            "url": filled(document.map(|d| d.url.as_str()).unwrap_or_default()),
            "language": filled(document.map(|d| d.lang.as_str()).unwrap_or_default()),
            "pubDate": pair.day("published_at").map(|day| day.date().to_string()),
        }),
    );
    Value::Object(object)
}

/// Nothing for nobody.
fn party(party: &Party) -> Value {
    if party.name.is_empty() {
        return Value::Null;
    }
    json!({
        "actorText": party.raw,
        "name": party.name,
        "country": filled(if party.country.is_empty() { &party.body } else { &party.country }),
        "sector": filled(&party.sector),
    })
}

fn filled(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

fn list(text: &str) -> Value {
    text.split(';').filter(|part| !part.is_empty()).collect::<Vec<_>>().into()
}
