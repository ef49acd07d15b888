//! `event_participants`: one row per party of an event, the child table of its `;`-joined lists.

use super::cell::{Id, score};
use super::rows::Scope;
use super::schema::table;
use crate::extract::findings::Side;
use crate::lexicon::{Country, Sector};

table! {
    /// One participant of one event.
    ParticipantRow in "event_participants": "One row per party of an event: sources first, then targets, in text order."
    key [event_id, participant_no]
    references [
        event_id -> events.event_id,
        entity_id -> entities.entity_id,
        mention_id -> mentions.mention_id,
    ]
    {
        event_id: Id = "Event.",
        participant_no: u32 = "Number of the participant in the event, from 0.",
        side: Side = "Does it, or has it done to them.",
        entity_id: Option<Id> = "Entity.",
        mention_id: Option<Id> = "Mention that names it.",
        name: String = "Name for display.",
        country: Option<Country> = "Country on the day of the article, ISO 3166-1 alpha-3 (XKX for Kosovo).",
        sector: Option<Sector> = "Most telling PLOVER sector.",
        implicit: bool = "Not named in the clause of the event, but recovered from the context.",
        confidence: f64 = "Confidence in the participant, 0 to 1.",
    }
}

pub(super) fn push(rows: &mut Vec<ParticipantRow>, scope: &Scope<'_>) {
    for (event, &event_id) in scope.findings.events.iter().zip(&scope.event_ids) {
        for (participant_no, participant) in event.participants.iter().enumerate() {
            rows.push(ParticipantRow {
                event_id,
                participant_no: participant_no as u32,
                side: participant.side,
                entity_id: scope.entity_id(participant.entity),
                mention_id: scope.mention_id(participant.mention),
                name: participant.name.clone(),
                country: participant.country,
                sector: participant.sector,
                implicit: participant.implicit,
                confidence: score(participant.confidence),
            });
        }
    }
}
