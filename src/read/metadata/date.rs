//! Dates as newspapers, agencies and databases write them.
//!
//! [`read`] takes a string that is a date and nothing else, [`find`] the first date inside a string. `01/02/2023` is
//! ambiguous: the order of day and month comes from the evidence of the source (a part above 12) or from the user,
//! never from a guess. With full stops (`01.02.2023`) the day always comes first. Days that no calendar has, that lie
//! in the future or before newspapers existed are refused, never rolled over.

use super::super::clean::is_hidden;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

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

// ---- the parts of a date

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Number { value: u32, len: usize, glued: bool },
    Word(String),
    Sign(char),
}

impl Part {
    /// Words and signs that may stand around a date without changing it.
    fn is_filler(&self) -> bool {
        match self {
            Self::Number { .. } => false,
            Self::Sign(c) => ",.|()·•-–—:/".contains(*c),
            Self::Word(w) => {
                weekday(w)
                    || matches!(
                        w.as_str(),
                        "on" | "at" | "the" | "a" | "m" | "p" | "am" | "pm" | "uhr" | "h" | "t" | "z"
                    )
                    || zone_minutes(w).is_some()
            }
        }
    }

    fn sign(&self) -> Option<char> {
        if let Self::Sign(c) = self { Some(*c) } else { None }
    }

    fn word(&self) -> Option<&str> {
        if let Self::Word(w) = self { Some(w) } else { None }
    }
}

/// Numbers, words in lower case, and single signs; white space only marks whether a number is glued to what is
/// before it.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut space = true;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || is_hidden(c) {
            space = true;
            continue;
        }
        let take = |chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>, test: fn(char) -> bool| {
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = chars.next_if(|(_, next)| test(*next)) {
                end = at + next.len_utf8();
            }
            end
        };
        if c.is_ascii_digit() {
            let end = take(&mut chars, |c| c.is_ascii_digit());
            let digits = &text[start..end];
            // More digits than a compact date has are an identifier; the value does not matter then.
            let value = if digits.len() > 9 { 0 } else { digits.parse().unwrap_or(0) };
            parts.push(Part::Number { value, len: digits.len(), glued: !space });
        } else if c.is_alphabetic() {
            let end = take(&mut chars, char::is_alphabetic);
            parts.push(Part::Word(text[start..end].to_lowercase()));
        } else {
            parts.push(Part::Sign(c));
        }
        space = false;
    }
    parts
}

/// A day before its range is checked.
#[derive(Debug, Clone, Copy)]
struct Day {
    first: Option<Date>,
    /// The other reading of an ambiguous date.
    second: Option<Date>,
    short_year: bool,
}

impl Day {
    fn of(year: u32, month: u32, day: u32) -> Self {
        Self { first: civil(year, month, day), second: None, short_year: false }
    }

    fn with_clock(self, clock: Option<Clock>) -> Reading {
        let stamp = |date: Date| Stamp { date, time: clock.and_then(|c| c.utc(date)) };
        match (self.first, self.second) {
            (Some(a), Some(b)) if a != b => Reading::Either { day_first: stamp(a), month_first: stamp(b) },
            (Some(a), _) | (None, Some(a)) => Reading::Day(stamp(a)),
            (None, None) => Reading::Impossible,
        }
    }
}

/// A date that begins at part `i`, and the part after it.
#[expect(clippy::many_single_char_names, reason = "year, month and day between their signs")]
fn day_at(parts: &[Part], i: usize) -> Option<(Day, usize)> {
    use Part::{Number, Sign, Word};
    let rest = &parts[i..];
    match rest {
        [Number { value, len: 8, .. }, ..] if compact(*value).is_some() => {
            Some((Day { first: compact(*value), second: None, short_year: false }, i + 1))
        }
        [
            Number { value: y, len: 4, .. },
            Sign(a),
            Number { value: m, len: 1..=2, .. },
            Sign(b),
            Number { value: d, len: 1..=2, .. },
            ..,
        ] if a == b && "-/.".contains(*a) && !before_is_minus(parts, i) => Some((Day::of(*y, *m, *d), i + 5)),
        [
            Number { value: y, len: 4, .. },
            Word(n),
            Number { value: m, len: 1..=2, .. },
            Word(y2),
            Number { value: d, len: 1..=2, .. },
            ..,
        ] if n == "年" && y2 == "月" => Some((Day::of(*y, *m, *d), i + 5)),
        [
            Number { value: a, len: 1..=2, .. },
            Sign(s),
            Number { value: b, len: 1..=2, .. },
            Sign(t),
            Number { value: y, len: n @ (2 | 4), .. },
            ..,
        ] if s == t && "-/.".contains(*s) => {
            let year = if *n == 2 { short_year(*y) } else { *y };
            let day_first = civil(year, *b, *a);
            let month_first = if *s == '.' { None } else { civil(year, *a, *b) };
            Some((Day { first: day_first, second: month_first, short_year: *n == 2 }, i + 5))
        }
        [Word(word), ..] => month_first(parts, i, month_number(word)?),
        [Number { value, len: 1..=2, .. }, ..] => day_first(parts, i, *value),
        _ => None,
    }
}

/// `-0044-03-15`, `12023-07-13`: signs before a year make it no year of a newspaper.
fn before_is_minus(parts: &[Part], i: usize) -> bool {
    i > 0 && parts[i - 1].sign() == Some('-') && matches!(parts[i], Part::Number { glued: true, .. }) && i == 1
}

/// `July 13, 2023`, `Jul. 13th 2023`
fn month_first(parts: &[Part], i: usize, month: u32) -> Option<(Day, usize)> {
    let mut at = i + 1;
    at += usize::from(parts.get(at)?.sign() == Some('.'));
    let Part::Number { value: day, len: 1..=2, .. } = *parts.get(at)? else { return None };
    at += 1;
    at += usize::from(parts.get(at)?.word().is_some_and(|w| matches!(w, "st" | "nd" | "rd" | "th")));
    at += usize::from(parts.get(at)?.sign() == Some(','));
    let Part::Number { value: year, len: 4, .. } = *parts.get(at)? else { return None };
    Some((Day::of(year, month, day), at + 1))
}

/// `13 July 2023`, `13. Juli 2023`, `13th of July, 2023`, `13 de julio de 2023`, `26-FEB-1987`
fn day_first(parts: &[Part], i: usize, day: u32) -> Option<(Day, usize)> {
    let mut at = i + 1;
    at += usize::from(parts.get(at)?.word().is_some_and(|w| matches!(w, "st" | "nd" | "rd" | "th" | "er")));
    at += usize::from(parts.get(at)?.sign().is_some_and(|c| ".-/".contains(c)));
    at += usize::from(parts.get(at)?.word().is_some_and(|w| matches!(w, "of" | "de")));
    let month = month_number(parts.get(at)?.word()?)?;
    at += 1;
    at += usize::from(parts.get(at)?.sign().is_some_and(|c| ".,-/".contains(c)));
    at += usize::from(parts.get(at)?.word().is_some_and(|w| matches!(w, "de" | "del")));
    let Part::Number { value: year, len: 4, .. } = *parts.get(at)? else { return None };
    Some((Day::of(year, month, day), at + 1))
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Eight digits: year, month, day.
fn compact(value: u32) -> Option<Date> {
    civil(value / 10_000, value / 100 % 100, value % 100).filter(|d| (1800..2200).contains(&d.year()))
}

/// `23` is 2023, `87` is 1987: two digits never mean a year more than a year ahead.
fn short_year(value: u32) -> u32 {
    let this_year = u32::try_from(today().year()).unwrap_or(2000);
    let year = this_year / 100 * 100 + value;
    if year > this_year + 1 { year - 100 } else { year }
}

// ---- the time of day

#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    /// Minutes east of Greenwich, when stated.
    zone: Option<i32>,
    /// How many parts it took, counted from the end of the day.
    parts: usize,
}

impl Clock {
    fn utc(self, date: Date) -> Option<Time> {
        let zone = self.zone?;
        let local = date.at(self.hour, self.minute, self.second, 0);
        local.checked_sub(SignedDuration::from_mins(i64::from(zone))).ok().map(jiff::civil::DateTime::time)
    }
}

/// `10:00`, `T10:00:00.123+02:00`, `100000Z`, `10:00 am EDT`, `at 10.30 GMT`
fn clock(parts: &[Part]) -> Option<Clock> {
    let at = parts.iter().position(|p| matches!(p, Part::Number { .. }))?;
    if !parts[..at].iter().all(Part::is_filler) {
        return None;
    }
    let small = |i: usize, max: u32| match parts.get(i) {
        Some(Part::Number { value, len: 1..=2, .. }) if *value <= max => Some(*value as i8),
        _ => None,
    };
    let colon = |i: usize| parts.get(i).and_then(Part::sign).is_some_and(|c| c == ':' || c == '.');
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
fn zone_minutes(word: &str) -> Option<i32> {
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

fn weekday(word: &str) -> bool {
    const FULL: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const SHORT: &[&str] = &["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];
    const OTHER: &[&str] = &[
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "et",
    ];
    FULL.contains(&word) || SHORT.contains(&word) || OTHER.contains(&word)
}

/// Months in English, and in the languages whose names for them are most seen in archives.
fn month_number(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &[
            "january", "jan", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari", "ocak",
            "styczeń", "stycznia", "january",
        ],
        &[
            "february",
            "feb",
            "februar",
            "février",
            "fevrier",
            "febrero",
            "febbraio",
            "fevereiro",
            "februari",
            "şubat",
            "lutego",
        ],
        &["march", "mar", "märz", "mär", "maerz", "mars", "marzo", "março", "maart", "mart", "marca"],
        &["april", "apr", "avril", "abril", "aprile", "nisan", "kwietnia"],
        &["may", "mai", "mayo", "maggio", "maio", "mei", "mayıs", "maja"],
        &["june", "jun", "juni", "juin", "junio", "giugno", "junho", "haziran", "czerwca"],
        &["july", "jul", "juli", "juillet", "julio", "luglio", "julho", "temmuz", "lipca"],
        &["august", "aug", "août", "aout", "agosto", "augustus", "ağustos", "sierpnia"],
        &["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro", "eylül", "września"],
        &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro", "ekim", "października"],
        &["november", "nov", "novembre", "noviembre", "novembro", "kasım", "listopada"],
        &[
            "december",
            "dec",
            "dezember",
            "dez",
            "décembre",
            "decembre",
            "diciembre",
            "dicembre",
            "dezembro",
            "aralık",
            "grudnia",
        ],
    ];
    NAMES.iter().position(|names| names.contains(&word)).map(|i| i as u32 + 1)
}

#[cfg(test)]
mod tests;
