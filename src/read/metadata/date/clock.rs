//! The time of day and its zone.

use super::parts::Part;
use jiff::SignedDuration;
use jiff::civil::{Date, Time};

#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    /// Minutes east of Greenwich, when stated.
    zone: Option<i32>,
    /// How many parts it took, counted from the end of the day.
    pub(super) parts: usize,
}

impl Clock {
    pub(super) fn utc(self, date: Date) -> Option<Time> {
        let zone = self.zone?;
        let local = date.at(self.hour, self.minute, self.second, 0);
        local.checked_sub(SignedDuration::from_mins(i64::from(zone))).ok().map(jiff::civil::DateTime::time)
    }
}

/// `10:00`, `T10:00:00.123+02:00`, `100000Z`, `10:00 am EDT`, `at 10.30 GMT`
pub(super) fn clock(parts: &[Part]) -> Option<Clock> {
    let at = parts.iter().position(|p| matches!(p, Part::Number { .. }))?;
    if !parts[..at].iter().all(Part::is_filler) {
        return None;
    }
    let small = |i: usize, max: u32| match parts.get(i) {
        Some(Part::Number { value, len: 1..=2, .. }) if *value <= max => Some(*value as i8),
        _ => None,
    };
    let colon = |i: usize| parts.get(i).is_some_and(|p| matches!(p, Part::Sign(':' | '.')) || p.word() == Some("h"));
    let (mut hour, minute, mut second, mut next) = match parts[at] {
        Part::Number { value, len: 6, .. } if value < 240_000 => {
            ((value / 10_000) as i8, (value / 100 % 100) as i8, (value % 100) as i8, at + 1)
        }
        Part::Number { value, len: 4, .. } if value < 2400 => ((value / 100) as i8, (value % 100) as i8, 0, at + 1),
        Part::Number { .. } if colon(at + 1) => (small(at, 24)?, small(at + 2, 59)?, 0, at + 3),
        Part::Number { .. } => (small(at, 12)?, 0, 0, at + 1),
        _ => return None,
    };
    if minute > 59 {
        return None;
    }
    if colon(next)
        && next == at + 3
        && let Some(s) = small(next + 1, 60)
    {
        second = s.min(59);
        next += 2;
        // Fractions of a second.
        if parts.get(next).and_then(Part::sign) == Some('.') && matches!(parts.get(next + 1), Some(Part::Number { .. }))
        {
            next += 2;
        }
    }
    let half = parts[next..].iter().take(2).filter_map(Part::word).find_map(|w| match w {
        "am" | "a" => Some(0),
        "pm" | "p" => Some(12),
        _ => None,
    });
    if let Some(half) = half {
        hour = hour % 12 + half;
    }
    if hour > 23 {
        return None;
    }
    let (zone, end) = zone(parts, next);
    Some(Clock { hour, minute, second, zone, parts: end })
}

/// A zone among the parts from `next` on, and the part after it.
fn zone(parts: &[Part], next: usize) -> (Option<i32>, usize) {
    let mut end = next;
    let mut minutes = None;
    while let Some(part) = parts.get(end) {
        match part {
            Part::Word(w) if zone_minutes(w).is_some() => minutes = minutes.or(zone_minutes(w)),
            Part::Sign(s @ ('+' | '-' | '−')) => {
                let Some(Part::Number { value, len, .. }) = parts.get(end + 1) else { break };
                let (hours, mins, used) = match (len, parts.get(end + 2), parts.get(end + 3)) {
                    (2, Some(Part::Sign(':')), Some(Part::Number { value: m, len: 2, .. })) => (*value, *m, 4),
                    (4, ..) => (value / 100, value % 100, 2),
                    (1 | 2, ..) => (*value, 0, 2),
                    _ => break,
                };
                // No zone is more than fourteen hours from Greenwich: "+25:00" is an error, and then the time is unknown.
                let valid = hours <= 14 && mins < 60;
                let total = (hours * 60 + mins).cast_signed();
                minutes = valid.then_some(if *s == '+' { total } else { -total });
                end += used;
                continue;
            }
            p if p.is_filler() => {}
            _ => break,
        }
        end += 1;
    }
    (minutes, end)
}

/// Zones whose abbreviation means one thing in news.
pub(super) fn zone_minutes(word: &str) -> Option<i32> {
    Some(match word {
        "z" | "gmt" | "utc" => 0,
        "est" | "cdt" => -300,
        "edt" => -240,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        "bst" | "cet" | "mez" => 60,
        "cest" | "mesz" | "eet" => 120,
        "eest" | "msk" => 180,
        "jst" | "kst" => 540,
        "hkt" => 480,
        "aest" => 600,
        "aedt" => 660,
        // Eastern, Pacific time without saying whether summer time: known words, unknown offset.
        _ => return None,
    })
}
