//! Figures that are dates, years, decades, ordinals or times of day by their shape alone.

use super::words::Word;
use jiff::civil::Date;

/// Years that a written-out date may have.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2199;

/// A token that begins with a digit.
pub(super) fn read(text: &str) -> Word {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let Ok(value) = number.parse::<i32>() else { return Word::Other };
    match rest {
        "" => Word::Digits { value, len: digits as u8 },
        "st" | "nd" | "rd" | "th" if value < 100 => Word::Ordinal(value),
        "s" | "'s" | "’s" if value % 10 == 0 => decade(value, digits),
        "/11" if value == 9 => Word::Feast,
        "am" | "a.m." => hour(value, 0, false),
        "pm" | "p.m." => hour(value, 0, true),
        "hrs" | "hr" | "h" if digits == 4 => clock(value / 100, value % 100),
        _ => composed(text, value, digits, rest),
    }
}

fn decade(value: i32, digits: usize) -> Word {
    match digits {
        4 | 3 if value >= 100 => Word::Decade(value as i16),
        2 => Word::ShortDecade(value as i16),
        _ => Word::Other,
    }
}

fn hour(value: i32, minute: i32, pm: bool) -> Word {
    if !(1..=12).contains(&value) {
        return Word::Other;
    }
    clock(value % 12 + if pm { 12 } else { 0 }, minute)
}

fn clock(hour: i32, minute: i32) -> Word {
    if (0..=24).contains(&hour) && (0..60).contains(&minute) {
        Word::Clock { hour: hour as i8, minute: minute as i8 }
    } else {
        Word::Other
    }
}

/// `10:58`, `5:30pm`, `05:30hrs`, `2023-07-13`, `13.07.2023`, `2023/24`.
fn composed(text: &str, first: i32, digits: usize, rest: &str) -> Word {
    if let Some(minutes) = rest.strip_prefix(':').or_else(|| rest.strip_prefix('.').filter(|r| r.len() > 2)) {
        let length = minutes.bytes().take_while(u8::is_ascii_digit).count();
        if length == 2
            && let Ok(minute) = minutes[..2].parse::<i32>()
        {
            match &minutes[2..] {
                "" | "hrs" | "hr" | "h" if rest.starts_with(':') => return clock(first, minute),
                "am" | "a.m." => return hour(first, minute, false),
                "pm" | "p.m." => return hour(first, minute, true),
                seconds if seconds.starts_with(':') && seconds.len() == 3 => return clock(first, minute),
                _ => {}
            }
        }
    }
    if let Some(date) = numeric_date(text) {
        return Word::Numeric(date);
    }
    // "2023/24", "1914-18", "1914–1918" in one token
    if digits == 4
        && let Some(second) = rest.strip_prefix(['/', '-', '–'])
        && let Ok(last) = second.parse::<i32>()
    {
        let last = if second.len() == 2 { first / 100 * 100 + last } else { last };
        let within = |y: i32| i16::try_from(y).ok().filter(|y| YEARS.contains(y));
        if let (Some(a), Some(b)) = (within(first), within(last))
            && a < b
        {
            return Word::Years(a, b);
        }
    }
    Word::Other
}

/// `2023-07-13`, `13.07.2023`, `13/07/2023`; with slashes only where a part over twelve tells the order, or both
/// orders are the same day.
fn numeric_date(text: &str) -> Option<Date> {
    for separator in ['-', '.', '/'] {
        let mut parts = text.split(separator);
        let (Some(a_text), Some(b), Some(c_text), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let number = |text: &str| text.parse::<i16>().ok();
        let (a, b, mut c) = (number(a_text)?, number(b)?, number(c_text)?);
        if a_text.len() != 4 && c_text.len() == 2 {
            c += if c < 40 { 2000 } else { 1900 };
        }
        let small = |n: i16| i8::try_from(n).ok();
        let date = match separator {
            _ if a_text.len() == 4 => Date::new(a, small(b)?, small(c)?),
            '.' => Date::new(c, small(b)?, small(a)?),
            _ if a > 12 || a == b => Date::new(c, small(b)?, small(a)?),
            _ if b > 12 => Date::new(c, small(a)?, small(b)?),
            _ => return None,
        };
        return date.ok().filter(|d| YEARS.contains(&d.year()));
    }
    None
}

/// A token that begins with neither a letter nor a digit: `'89`, `'90s`.
pub(super) fn apostrophe(text: &str) -> Word {
    let Some(rest) = text.strip_prefix(['\'', '’', '‘']) else { return Word::Other };
    match read(rest) {
        Word::Digits { value, len: 2 } => Word::ShortYear(value as i16),
        word @ Word::ShortDecade(_) => word,
        _ => Word::Other,
    }
}

/// `2007` or `07` after `FY`.
pub(super) fn fiscal(text: &str) -> Word {
    match read(text.trim_start_matches(['-', '\''])) {
        Word::Digits { value, len: 4 } => Word::FiscalYear(value as i16),
        Word::Digits { value, len: 2 } => Word::FiscalYear(2000 + value as i16),
        _ => Word::Other,
    }
}
