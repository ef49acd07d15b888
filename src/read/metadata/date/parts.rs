//! A string taken apart into numbers, words and signs, and the days that begin at a part.

use super::clock::{Clock, zone_minutes};
use super::{Reading, Stamp, today};
use crate::read::clean::is_hidden;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Number { value: u32, len: usize, glued: bool },
    Word(String),
    Sign(char),
}

impl Part {
    /// Words and signs that may stand around a date without changing it.
    pub(super) fn is_filler(&self) -> bool {
        match self {
            Self::Number { .. } => false,
            Self::Sign(c) => ",.|()·•-–—:/".contains(*c),
            Self::Word(w) => {
                weekday(w)
                    || matches!(
                        w.as_str(),
                        "on" | "at"
                            | "the"
                            | "a"
                            | "m"
                            | "p"
                            | "am"
                            | "pm"
                            | "uhr"
                            | "h"
                            | "t"
                            | "z"
                            | "à"
                            | "às"
                            | "um"
                            | "kl"
                            | "日"
                            | "일"
                    )
                    || zone_minutes(w).is_some()
            }
        }
    }

    pub(super) fn sign(&self) -> Option<char> {
        if let Self::Sign(c) = self { Some(*c) } else { None }
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Self::Word(w) = self { Some(w) } else { None }
    }
}

/// Numbers, words in lower case, and single signs; white space only marks whether a number is glued to what is
/// before it.
pub(super) fn parts(text: &str) -> Vec<Part> {
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
            let mut digits = &text[start..end];
            // "March 7, 20232:14 PM": a page's date and time, run together when its elements were joined.
            if matches!(digits.len(), 5 | 6)
                && (digits.starts_with("19") || digits.starts_with("20"))
                && chars.peek().is_some_and(|(_, c)| *c == ':')
            {
                parts.push(Part::Number { value: digits[..4].parse().unwrap_or(0), len: 4, glued: !space });
                digits = &digits[4..];
            }
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
pub(super) struct Day {
    first: Option<Date>,
    /// The other reading of an ambiguous date.
    second: Option<Date>,
    pub(super) short_year: bool,
}

impl Day {
    fn of(year: u32, month: u32, day: u32) -> Self {
        Self { first: civil(year, month, day), second: None, short_year: false }
    }

    pub(super) fn with_clock(self, clock: Option<Clock>) -> Reading {
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
pub(super) fn day_at(parts: &[Part], i: usize) -> Option<(Day, usize)> {
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
        ] if n == "年" && y2 == "月" || n == "년" && y2 == "월" => Some((Day::of(*y, *m, *d), i + 5)),
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

pub(super) fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Eight digits: year, month, day.
pub(super) fn compact(value: u32) -> Option<Date> {
    civil(value / 10_000, value / 100 % 100, value % 100).filter(|d| (1800..2200).contains(&d.year()))
}

/// `23` is 2023, `87` is 1987: two digits never mean a year more than a year ahead.
fn short_year(value: u32) -> u32 {
    let this_year = u32::try_from(today().year()).unwrap_or(2000);
    let year = this_year / 100 * 100 + value;
    if year > this_year + 1 { year - 100 } else { year }
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
pub(super) fn month_number(word: &str) -> Option<u32> {
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
