//! Country pairs of an event.
//!
//! Each source is paired with each target; a mutual act gives both directions; several sources of a mutual act
//! without a target are paired among each other. An informal group of states (AP4, G7) is replaced by its members
//! of the day, an organisation (NATO) stays one actor under its PLOVER code. Nobody is paired with himself: what
//! happens within one country is an event without a dyad. Weights
//! of an event sum to 1, each unordered pair of parties weighing the same.

use super::findings::{Dyad, Entity, Event, Expansion, Findings, Participant, Side};
use crate::lexicon::Sector;

/// One party of a pair.
#[derive(Debug, Clone, PartialEq)]
struct Party {
    code: String,
    sector: Option<Sector>,
    expansion: Expansion,
}

/// Appends the dyads of all events to `findings`.
pub(super) fn run(findings: &mut Findings) {
    for (e, event) in findings.events.iter().enumerate() {
        let pairs = pairs(event, &findings.entities);
        let both = if event.reciprocal { 2.0 } else { 1.0 };
        let weight = 1.0 / (pairs.len() as f64 * both);
        for (a, b) in pairs {
            let expansion = if a.expansion == Expansion::Group { a.expansion } else { b.expansion };
            let mut push = |source: &Party, target: &Party| {
                findings.dyads.push(Dyad {
                    event: e as u32,
                    source_country: Some(source.code.clone()),
                    target_country: Some(target.code.clone()),
                    source_sector: source.sector,
                    target_sector: target.sector,
                    reciprocal: event.reciprocal,
                    expansion,
                    weight,
                });
            };
            push(&a, &b);
            if event.reciprocal {
                push(&b, &a);
            }
        }
    }
}

fn pairs(event: &Event, entities: &[Entity]) -> Vec<(Party, Party)> {
    let of_side = |side: Side| -> Vec<Vec<Party>> {
        event.participants.iter().filter(|p| p.side == side).map(|p| parties(p, entities)).collect()
    };
    let sources = of_side(Side::Source);
    let targets = of_side(Side::Target);
    let mut pairs = Vec::new();
    if event.reciprocal && targets.is_empty() {
        for (i, first) in sources.iter().enumerate() {
            for second in &sources[i + 1..] {
                cross(first, second, &mut pairs);
            }
        }
    } else {
        for source in &sources {
            for target in &targets {
                cross(source, target, &mut pairs);
            }
        }
    }
    pairs
}

fn cross(a: &[Party], b: &[Party], pairs: &mut Vec<(Party, Party)>) {
    for first in a {
        for second in b {
            let same = first.code == second.code;
            let pair = (first.clone(), second.clone());
            if !same && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
}

fn parties(participant: &Participant, entities: &[Entity]) -> Vec<Party> {
    let entity = participant.entity.map(|e| &entities[e as usize]);
    if let Some(group) = entity.filter(|e| e.expands && !e.members.is_empty()) {
        return group
            .members
            .iter()
            .map(|m| Party { code: m.country.to_string(), sector: participant.sector, expansion: Expansion::Group })
            .collect();
    }
    let special = || entity.and_then(|e| e.plover_country.clone());
    let code = participant.country.map(|c| c.to_string()).or_else(special);
    code.map(|code| Party { code, sector: participant.sector, expansion: Expansion::Direct }).into_iter().collect()
}
