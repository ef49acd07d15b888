//! Type, mode and code of an act in the light of its status, its date and the act it is about.

use super::{Coder, Coding, Lower};
use crate::extract::findings::{EventType, Interval, Status};
use crate::extract::status::Reading;
use crate::lexicon::ontology::Act;

impl Coder<'_, '_> {
    /// "Modi's visit to Australia next week": what is dated after publication has not happened.
    pub(super) fn in_time(&self, reading: Reading, date: Option<Interval>) -> Reading {
        if self.is_after_publication(date) && reading.status == Status::Past {
            Reading { status: Status::Planned, ..reading }
        } else {
            reading
        }
    }

    pub(super) fn is_after_publication(&self, date: Option<Interval>) -> bool {
        matches!((date.and_then(|d| d.start), self.doc.article.published_date()), (Some(start), Some(day)) if start > day)
    }

    /// Type, mode and code of an act in the light of its status and of the act it is about.
    pub(super) fn coding(&self, act: &Act, inner: Option<&Lower>, reading: Reading) -> Coding {
        let plain = Coding {
            event_type: act.event_type,
            act_type: act.event_type,
            mode: act.mode.clone(),
            cameo: act.cameo.clone(),
            reading,
        };
        let outer = (act.event_type, act.cameo.as_deref());
        if let Some(lower) = inner {
            let rule = self.ontology.inner(outer, (lower.event_type, lower.cameo.as_deref()), lower.negated);
            let Some(rule) = rule else { return plain };
            let event_type = rule.event_type.unwrap_or(act.event_type);
            let promised = matches!(event_type, EventType::Agree | EventType::Concede)
                && matches!(lower.event_type.quad_class(), Some(1 | 2))
                && lower.event_type != EventType::Agree;
            let mut coding = Coding {
                event_type,
                act_type: event_type,
                mode: rule.mode.clone(),
                cameo: rule.cameo.clone().or(plain.cameo),
                reading,
            };
            if promised {
                // what is agreed is an act of its own, still to come
                coding.act_type = lower.event_type;
                coding.event_type = under_plover(lower.event_type, Status::Planned);
                if reading.status == Status::Past || reading.status == Status::Ongoing {
                    coding.reading.status = Status::Planned;
                }
            }
            return coding;
        }
        let event_type = under_plover(act.event_type, reading.status);
        if event_type == act.event_type {
            return plain;
        }
        // an announced act of cooperation is read as an agreement to it
        let rule = self.ontology.inner((event_type, None), outer, false);
        Coding {
            event_type,
            act_type: act.event_type,
            mode: rule.and_then(|r| r.mode.clone()).or(plain.mode),
            cameo: rule.and_then(|r| r.cameo.clone()).or(plain.cameo),
            reading,
        }
    }
}

/// PLOVER codes cooperation announced for the future as AGREE, and an announced retreat as CONCEDE.
fn under_plover(act: EventType, status: Status) -> EventType {
    match (act, status) {
        (EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid, Status::Planned) => {
            EventType::Agree
        }
        (EventType::Retreat, Status::Planned) => EventType::Concede,
        _ => act,
    }
}
