//! `events`: one row per report of who did what to whom, when and where.

use super::cell::{Day, Id, score};
use super::rows::{Scope, joined};
use super::schema::table;
use crate::extract::findings::{DateBasis, Event, EventType, Polarity, Precision, Side, Status};
use crate::lexicon::Country;

table! {
    /// One event, as reported by one sentence.
    EventRow in "events": "One row per report of an event: who did what to whom, when and where. Rows that tell the same event share `story_event_id`."
    key [event_id]
    references [
        doc_id -> documents.doc_id,
        place_id -> places.place_id,
        run_id -> runs.run_id,
    ]
    {
        event_id: Id = "Id of the event row.",
        doc_id: Id = "Article.",
        sentence_no: u32 = "Number of the sentence in the article, from 0.",
        published_at: Option<Day> = "Day of publication of the article.",
        event_type: EventType = "PLOVER type (announced cooperation is AGREE), or STATEMENT for CAMEO 01.",
        act_type: EventType = "Type of the act itself, whether it is done or announced.",
        mode: Option<String> = "PLOVER mode.",
        contexts: Option<String> = "PLOVER contexts, joined by semicolons.",
        quad_class: Option<u8> = "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (PLOVER scheme).",
        cameo_code: Option<String> = "CAMEO code, 3 or 4 digits, as text.",
        cameo_root: Option<String> = "First two digits of the CAMEO code, as text.",
        goldstein: Option<f64> = "Goldstein score of the CAMEO code, -10 to 10.",
        plover_score: Option<f64> = "PLOVER score of type and mode, -10 to 10.",
        status: Status = "Has it happened?",
        polarity: Polarity = "Is it asserted or denied?",
        attributed_to: Option<String> = "Who is quoted as its source, when not the paper.",
        date_start: Option<Day> = "First day it can have happened on.",
        date_end: Option<Day> = "Last day it can have happened on.",
        date_precision: Precision = "How exactly its date is known.",
        date_basis: DateBasis = "What its date rests on.",
        date_text: Option<String> = "Words its date was read from.",
        event_date: Option<Day> = "One day for the event, under the policy named in `runs.event_date_policy`.",
        source_name: Option<String> = "Who does it; names joined by semicolons.",
        source_country: Option<String> = "Their countries, ISO 3166-1 alpha-3, joined by semicolons.",
        source_sector: Option<String> = "Their PLOVER sectors, joined by semicolons.",
        target_name: Option<String> = "To whom it is done; names joined by semicolons.",
        target_country: Option<String> = "Their countries, ISO 3166-1 alpha-3, joined by semicolons.",
        target_sector: Option<String> = "Their PLOVER sectors, joined by semicolons.",
        n_participants: u32 = "Number of rows in `event_participants`.",
        reciprocal: bool = "Each side is both source and target, as in a meeting.",
        place_id: Option<Id> = "Place of the event.",
        place_name: Option<String> = "Name of that place.",
        place_country: Option<Country> = "Country of that place, ISO 3166-1 alpha-3.",
        place_level: Option<&'static str> = "How narrow that place is, such as country or capital.",
        lat: Option<f64> = "Latitude of that place, degrees north.",
        lon: Option<f64> = "Longitude of that place, degrees east.",
        fatalities: Option<u32> = "People killed, as stated.",
        injured: Option<u32> = "People injured, as stated.",
        arrested: Option<u32> = "People arrested, as stated.",
        trigger: String = "Words that name the act.",
        evidence: String = "Clause that reports it, as it stands in the article.",
        char_start: u32 = "Start of the evidence in the article's text, in code points.",
        char_end: u32 = "End (exclusive) of the evidence, in code points.",
        byte_start: u32 = "Start of the evidence in the article's text, in UTF-8 bytes.",
        byte_end: u32 = "End (exclusive) of the evidence, in UTF-8 bytes.",
        story_event_id: Id = "Event told by the row; the same for all rows that tell it.",
        confidence: f64 = "Confidence in the row, 0 to 1.",
        rule_id: String = "Rule that coded it.",
        run_id: Id = "Run that wrote the row.",
    }
}

/// CAMEO codes are written with three digits at least: the root `04` is the general code `040` of its family.
pub(super) fn cameo_code(code: &str) -> String {
    if code.len() == 2 { format!("{code}0") } else { code.to_owned() }
}

pub(super) fn push(rows: &mut Vec<EventRow>, scope: &Scope<'_>) {
    for (event_no, event) in scope.findings.events.iter().enumerate() {
        rows.push(row(event, event_no, scope));
    }
}

fn row(event: &Event, event_no: usize, scope: &Scope<'_>) -> EventRow {
    let text = scope.doc.text();
    let at = scope.offsets(event.evidence);
    let place = event.place.and_then(|place| scope.findings.places.get(place as usize));
    let side = |side: Side| event.participants.iter().filter(move |p| p.side == side);
    let names = |on: Side| joined(side(on).map(|p| p.name.as_str()));
    let countries = |on: Side| joined(side(on).filter_map(|p| p.country.as_ref()).map(Country::as_str));
    let sectors = |on: Side| joined(side(on).filter_map(|p| p.sector.as_ref()).map(crate::lexicon::Sector::as_str));
    EventRow {
        event_id: scope.event_ids[event_no],
        doc_id: scope.doc_id,
        sentence_no: event.sentence,
        published_at: scope.published,
        event_type: event.event_type,
        act_type: event.act_type,
        mode: event.mode.clone(),
        contexts: joined(event.contexts.iter().map(String::as_str)),
        quad_class: event.quad_class,
        cameo_code: event.cameo.as_deref().map(cameo_code),
        cameo_root: event.cameo.as_deref().and_then(|code| code.get(..2)).map(str::to_owned),
        goldstein: event.goldstein.map(score),
        plover_score: event.plover_score.map(score),
        status: event.status,
        polarity: event.polarity,
        attributed_to: event.attributed_to.clone(),
        date_start: event.date.and_then(|date| date.start).and_then(Day::of),
        date_end: event.date.and_then(|date| date.end).and_then(Day::of),
        date_precision: event.date.map_or(Precision::None, |date| date.precision),
        date_basis: event.date.map_or(DateBasis::None, |date| date.basis),
        date_text: event.date_text.clone(),
        event_date: event.event_date.and_then(Day::of),
        source_name: names(Side::Source),
        source_country: countries(Side::Source),
        source_sector: sectors(Side::Source),
        target_name: names(Side::Target),
        target_country: countries(Side::Target),
        target_sector: sectors(Side::Target),
        n_participants: event.participants.len() as u32,
        reciprocal: event.reciprocal,
        place_id: scope.place_id(event.place),
        place_name: place.map(|place| place.name.clone()),
        place_country: place.and_then(|place| place.country),
        place_level: place.map(|place| place.level),
        lat: place.and_then(|place| place.lat),
        lon: place.and_then(|place| place.lon),
        fatalities: event.fatalities,
        injured: event.injured,
        arrested: event.arrested,
        trigger: event.trigger.slice(text).to_owned(),
        evidence: event.evidence.slice(text).to_owned(),
        char_start: at.char_start,
        char_end: at.char_end,
        byte_start: at.byte_start,
        byte_end: at.byte_end,
        story_event_id: scope.story_ids[event_no],
        confidence: score(event.confidence),
        rule_id: event.rule_id.clone(),
        run_id: scope.run.run_id,
    }
}
