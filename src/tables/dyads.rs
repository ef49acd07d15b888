//! `dyads`: one row per directed pair of countries in an event, ready for panels.

use super::cell::{Day, Id, score};
use super::events::cameo_code;
use super::rows::Scope;
use super::schema::table;
use crate::extract::findings::{EventType, Expansion, Polarity, Precision, Status};
use crate::lexicon::Sector;

table! {
    /// One directed pair of one event.
    DyadRow in "dyads": "One row per directed pair of coded parties of an event. The weights of all pairs of an event sum to 1; a pair with a side that has no code is no row."
    key [event_id, dyad_no]
    references [event_id -> events.event_id, doc_id -> documents.doc_id]
    {
        event_id: Id = "Event.",
        dyad_no: u32 = "Number of the pair in the event, from 0.",
        source_country: String = "Country (ISO 3166-1 alpha-3) or PLOVER special code of who does it.",
        target_country: String = "Country (ISO 3166-1 alpha-3) or PLOVER special code of whom it is done to.",
        pair: String = "Both codes in alphabetical order, joined by a hyphen.",
        source_sector: Option<Sector> = "PLOVER sector of who does it.",
        target_sector: Option<Sector> = "PLOVER sector of whom it is done to.",
        reciprocal: bool = "One of the two directions of a mutual act.",
        expansion: Expansion = "Named itself, or as a member of a named group.",
        weight: f64 = "Share of the event, above 0, at most 1.",
        event_date: Option<Day> = "One day for the event, under the policy named in `runs.event_date_policy`.",
        date_precision: Precision = "How exactly the date of the event is known.",
        published_at: Option<Day> = "Day of publication of the article.",
        event_type: EventType = "PLOVER type of the event.",
        status: Status = "Has it happened?",
        polarity: Polarity = "Is it asserted or denied?",
        quad_class: Option<u8> = "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (PLOVER scheme).",
        cameo_code: Option<String> = "CAMEO code, 3 or 4 digits, as text.",
        goldstein: Option<f64> = "Goldstein score of the CAMEO code, -10 to 10.",
        plover_score: Option<f64> = "PLOVER score of type and mode, -10 to 10.",
        doc_id: Id = "Article.",
        story_event_id: Id = "Event told by the row; the same for all rows that tell it.",
    }
}

pub(super) fn push(rows: &mut Vec<DyadRow>, scope: &Scope<'_>) {
    let mut next_no = vec![0; scope.findings.events.len()];
    for dyad in &scope.findings.dyads {
        let event_no = dyad.event as usize;
        let Some(event) = scope.findings.events.get(event_no) else { continue };
        let dyad_no = next_no[event_no];
        next_no[event_no] += 1;
        let (Some(source), Some(target)) = (&dyad.source_country, &dyad.target_country) else { continue };
        rows.push(DyadRow {
            event_id: scope.event_ids[event_no],
            dyad_no,
            source_country: source.clone(),
            target_country: target.clone(),
            pair: if source <= target { format!("{source}-{target}") } else { format!("{target}-{source}") },
            source_sector: dyad.source_sector,
            target_sector: dyad.target_sector,
            reciprocal: dyad.reciprocal,
            expansion: dyad.expansion,
            weight: dyad.weight,
            event_date: event.event_date.and_then(Day::of),
            date_precision: event.date.map_or(Precision::None, |date| date.precision),
            published_at: scope.published,
            event_type: event.event_type,
            status: event.status,
            polarity: event.polarity,
            quad_class: event.quad_class,
            cameo_code: event.cameo.as_deref().map(cameo_code),
            goldstein: event.goldstein.map(score),
            plover_score: event.plover_score.map(score),
            doc_id: scope.doc_id,
            story_event_id: scope.story_ids[event_no],
        });
    }
}
