//! Type, mode and code of an act in the light of its status, its date and the act it is about.

use super::{Coder, Coding, Lower};
use crate::extract::findings::{EventType, Interval, Polarity, Status};
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
        if let Some(refusal) = self.refusal(outer, reading) {
            return refusal;
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

    /// "Will not accept more refugees", "would never lift the embargo": to announce that one will not do it is to
    /// refuse it, and that has been done.
    fn refusal(&self, act: (EventType, Option<&str>), reading: Reading) -> Option<Coding> {
        if reading.polarity != Polarity::Negative || reading.status != Status::Planned {
            return None;
        }
        let rule = self.ontology.inner((EventType::Agree, None), act, true)?;
        (rule.event_type == Some(EventType::Reject)).then(|| Coding {
            event_type: EventType::Reject,
            act_type: EventType::Reject,
            mode: rule.mode.clone(),
            cameo: rule.cameo.clone(),
            reading: Reading { status: Status::Past, polarity: Polarity::Affirmative },
        })
    }
}

/// PLOVER codes what is announced for the future as AGREE: cooperation, and by its CAMEO codes (035, "express intent
/// to yield") concessions and retreats as well.
fn under_plover(act: EventType, status: Status) -> EventType {
    let announced = status == Status::Planned && matches!(act.quad_class(), Some(1 | 2));
    if announced { EventType::Agree } else { act }
}
