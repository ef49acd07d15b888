//! Days with a name: those that fall on the same day everywhere, each year or once.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A named day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// The same day each year.
    Fixed { month: i8, day: i8 },
    /// The `nth` weekday of a month; -1 is the last.
    Nth { month: i8, nth: i8, weekday: Weekday },
    /// Days after the Easter of the western churches.
    Easter(i32),
    /// One day of history.
    Once { year: i16, month: i8, day: i8 },
}

/// Names in lower case, as tokens; the longest first among those with one beginning.
pub(super) const NAMES: &[(&[&str], Feast)] = &[
    (&["christmas", "eve"], Feast::Fixed { month: 12, day: 24 }),
    (&["christmas", "day"], Feast::Fixed { month: 12, day: 25 }),
    (&["christmas"], Feast::Fixed { month: 12, day: 25 }),
    (&["boxing", "day"], Feast::Fixed { month: 12, day: 26 }),
    (&["new", "year", "'s", "eve"], Feast::Fixed { month: 12, day: 31 }),
    (&["new", "year", "’s", "eve"], Feast::Fixed { month: 12, day: 31 }),
    (&["new", "year", "'s", "day"], Feast::Fixed { month: 1, day: 1 }),
    (&["new", "year", "’s", "day"], Feast::Fixed { month: 1, day: 1 }),
    (&["valentine", "'s", "day"], Feast::Fixed { month: 2, day: 14 }),
    (&["valentine", "’s", "day"], Feast::Fixed { month: 2, day: 14 }),
    (&["all", "saints", "'", "day"], Feast::Fixed { month: 11, day: 1 }),
    (&["all", "saints", "’", "day"], Feast::Fixed { month: 11, day: 1 }),
    (&["halloween"], Feast::Fixed { month: 10, day: 31 }),
    (&["may", "day"], Feast::Fixed { month: 5, day: 1 }),
    (&["armistice", "day"], Feast::Fixed { month: 11, day: 11 }),
    (&["veterans", "day"], Feast::Fixed { month: 11, day: 11 }),
    (&["bastille", "day"], Feast::Fixed { month: 7, day: 14 }),
    (&["international", "women", "'s", "day"], Feast::Fixed { month: 3, day: 8 }),
    (&["international", "women", "’s", "day"], Feast::Fixed { month: 3, day: 8 }),
    (&["thanksgiving", "day"], Feast::Nth { month: 11, nth: 4, weekday: Weekday::Thursday }),
    (&["thanksgiving"], Feast::Nth { month: 11, nth: 4, weekday: Weekday::Thursday }),
    (&["memorial", "day"], Feast::Nth { month: 5, nth: -1, weekday: Weekday::Monday }),
    (&["labor", "day"], Feast::Nth { month: 9, nth: 1, weekday: Weekday::Monday }),
    (&["columbus", "day"], Feast::Nth { month: 10, nth: 2, weekday: Weekday::Monday }),
    (&["good", "friday"], Feast::Easter(-2)),
    (&["palm", "sunday"], Feast::Easter(-7)),
    (&["ash", "wednesday"], Feast::Easter(-46)),
    (&["easter", "sunday"], Feast::Easter(0)),
    (&["easter", "monday"], Feast::Easter(1)),
    (&["easter"], Feast::Easter(0)),
    (&["whit", "monday"], Feast::Easter(50)),
    (&["d", "-", "day"], Feast::Once { year: 1944, month: 6, day: 6 }),
    (&["ve", "day"], Feast::Once { year: 1945, month: 5, day: 8 }),
    (&["vj", "day"], Feast::Once { year: 1945, month: 8, day: 15 }),
    (&["9/11"], Feast::Once { year: 2001, month: 9, day: 11 }),
];

impl Feast {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Nth { month, nth, weekday } => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
            Self::Once { year, month, day } => Date::new(year, month, day).ok(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous computus of 1876).
#[expect(clippy::many_single_char_names, reason = "the letters of the published computus")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1583 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn movable_feasts_fall_on_their_days() {
        for (year, day) in [(2000, date(2000, 4, 23)), (2008, date(2008, 3, 23)), (2024, date(2024, 3, 31))] {
            assert_eq!(easter(year), Some(day));
        }
        let thanksgiving = Feast::Nth { month: 11, nth: 4, weekday: Weekday::Thursday };
        assert_eq!(thanksgiving.in_year(2023), Some(date(2023, 11, 23)));
    }
}
