//! Dates as newspapers, agencies and databases write them.
//!
//! [`read`] takes a string that is a date and nothing else, [`find`] the first date inside a string. `01/02/2023` is
//! ambiguous: the order of day and month comes from the evidence of the source (a part above 12) or from the user,
//! never from a guess. With full stops (`01.02.2023`) the day always comes first. Days that no calendar has, that lie
//! in the future or before newspapers existed are refused, never rolled over.

use super::super::clean::is_hidden;
use clock::clock;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use parts::{Part, civil, compact, day_at, month_number, parts};

mod clock;
mod parts;

/// The oldest newspapers are from the first years of the 17th century.
const FIRST_YEAR: i16 = 1600;

/// Days a date may lie ahead of the run: evening papers bear tomorrow's date, and the sun rises in Auckland first.
const DAYS_AHEAD: i64 = 2;

/// Longest string that can be a date with weekday, time and zone; anything longer is prose.
const MAX_CHARS: usize = 80;

/// Order of day and month where both are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `13/07/2023`
    DayFirst,
    /// `07/13/2023`
    MonthFirst,
}

/// A day, with the time in UTC when a time and a zone are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The day in the zone stated.
    pub date: Date,
    /// The time of day in UTC.
    pub time: Option<Time>,
}

/// What a string says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// This day.
    Day(Stamp),
    /// One of two days, by the order of day and month.
    Either {
        /// When the day is first.
        day_first: Stamp,
        /// When the month is first.
        month_first: Stamp,
    },
    /// A date in form, but no day of the calendar (`31.02.2023`).
    Impossible,
}

impl Reading {
    /// The day, given the order of the source. `None` when it is ambiguous, impossible, in the future, too old.
    pub fn resolve(self, order: Option<DateOrder>, today: Date) -> Option<Stamp> {
        let stamp = match (self, order) {
            (Self::Day(stamp), _) => stamp,
            (Self::Either { day_first, .. }, Some(DateOrder::DayFirst)) => day_first,
            (Self::Either { month_first, .. }, Some(DateOrder::MonthFirst)) => month_first,
            _ => return None,
        };
        plausible(stamp.date, today).then_some(stamp)
    }
}

/// The day of the system clock in UTC.
pub fn today() -> Date {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn plausible(date: Date, today: Date) -> bool {
    let last = today.checked_add(DAYS_AHEAD.days()).unwrap_or(today);
    date.year() >= FIRST_YEAR && date <= last
}

/// Reads a string that is a date, perhaps with weekday, time and zone, and nothing else.
pub fn read(text: &str) -> Option<Reading> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_hidden(c) || ",;|()[]–—".contains(c));
    if text.is_empty() || text.len() > MAX_CHARS {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && matches!(text.len(), 10 | 13) {
        return epoch(text.parse().ok()?).map(Reading::Day);
    }
    let parts = parts(text);
    let (start, day, end) = (0..parts.len()).find_map(|i| day_at(&parts, i).map(|(day, end)| (i, day, end)))?;
    let clock = clock(&parts[end..]);
    let rest_is_known = parts[..start].iter().all(Part::is_filler)
        && parts[end..].iter().enumerate().all(|(i, p)| p.is_filler() || clock.is_some_and(|c| i < c.parts));
    if !rest_is_known {
        return None;
    }
    Some(day.with_clock(clock))
}

/// The first date with a four-digit year in a text.
pub fn find(text: &str) -> Option<Reading> {
    let parts = parts(text);
    (0..parts.len()).find_map(|i| {
        let (day, end) = day_at(&parts, i)?;
        (!day.short_year).then(|| day.with_clock(clock(&parts[end..])))
    })
}

/// True for a month of a year and nothing else: "March 2022". It dates an issue, not a day.
pub fn is_month(text: &str) -> bool {
    let parts = parts(text.get(..text.len().min(MAX_CHARS)).unwrap_or(""));
    let named = |w: &Part| w.word().is_some_and(|w| month_number(w).is_some());
    match parts.as_slice() {
        [word, Part::Number { len: 4, .. }] | [word, Part::Sign(',' | '.'), Part::Number { len: 4, .. }] => named(word),
        _ => false,
    }
}

/// Seconds or milliseconds since 1970.
pub fn epoch(number: i64) -> Option<Stamp> {
    let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
    // Below this (1973) a number is a counter or an identifier rather than a time.
    if seconds < 100_000_000 {
        return None;
    }
    let moment = Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Some(Stamp { date: moment.date(), time: Some(moment.time()) })
}

/// Whether days or months come first in the numeric dates of a text, if all that can be told agree.
pub fn order_by_evidence(sample: &[u8]) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (0usize, 0usize);
    let mut i = 0;
    while i < sample.len() {
        if !sample[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let (a, after_a) = digits(sample, i);
        let separator = sample.get(after_a).copied();
        i = after_a;
        let Some(separator) = separator.filter(|s| matches!(s, b'/' | b'-')) else { continue };
        let (b, after_b) = digits(sample, after_a + 1);
        if sample.get(after_b) != Some(&separator) {
            continue;
        }
        let (_, after_year) = digits(sample, after_b + 1);
        if after_year - after_b - 1 == 4 && a.len() <= 2 && matches!(b.len(), 1 | 2) {
            let (a, b) = (number(a), number(b));
            day_first += usize::from(a > 12 && a <= 31 && b <= 12);
            month_first += usize::from(b > 12 && b <= 31 && a <= 12);
        }
        i = after_year;
    }
    match (day_first, month_first) {
        (1.., 0) => Some(DateOrder::DayFirst),
        (0, 1..) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

fn digits(bytes: &[u8], start: usize) -> (&[u8], usize) {
    let end =
        bytes[start.min(bytes.len())..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| start + n);
    (&bytes[start.min(end)..end], end)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0'))
}

/// A day in the address of a page: `/2023/07/13/`, `/2023/jul/13/`, `-2023-07-13`, `/20230713/`.
pub fn date_in_url(url: &str, today: Date) -> Option<Date> {
    let url = archived(url).unwrap_or(url);
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    ymd_run(path.split_once('/')?.1, today)
}

/// The address that a web archive keeps: its own day is that of the crawl.
fn archived(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("web.archive.org/web/")?;
    rest.split_once('/').map(|(_, original)| original)
}

/// A day in the name of a file: `2023-07-13-summit.txt`, `20230713.txt`, `afp_2013_03_12.txt`.
pub fn date_in_name(name: &str, today: Date) -> Option<Date> {
    ymd_run(name, today)
}

/// Year, month, day in that order, separated by one character or run together as eight digits.
fn ymd_run(text: &str, today: Date) -> Option<Date> {
    let parts = parts(text);
    for (i, part) in parts.iter().enumerate() {
        let Part::Number { value, len, .. } = *part else { continue };
        let found = match len {
            8 => compact(value),
            4 => match parts.get(i + 1..i + 5) {
                Some([Part::Sign(a), month, Part::Sign(b), Part::Number { value: day, len: 1..=2, .. }])
                    if a == b && matches!(a, '/' | '-' | '_' | '.') =>
                {
                    let month = match month {
                        Part::Number { value, len: 1..=2, .. } => Some(*value),
                        Part::Word(word) => month_number(word),
                        _ => None,
                    };
                    month.and_then(|m| civil(value, m, *day))
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(date) = found.filter(|d| plausible(*d, today) && d.year() >= 1800) {
            return Some(date);
        }
    }
    None
}

#[cfg(test)]
mod tests;
