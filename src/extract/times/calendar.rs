//! Periods of the calendar that language has a name for, and how to count them.
//!
//! Weeks run from Monday. Seasons are those of the northern hemisphere, by whole months (spring is March to May,
//! the winter of 1914 begins in December 1914).

use crate::extract::findings::Precision;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A unit that durations and "ago" count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What kind of period, from the shortest to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
}

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// "earlier this year": up to the day it is counted from.
    UpToNow,
    /// "later this year": after that day.
    AfterNow,
    /// "early", "the beginning of": its first third.
    Early,
    /// "mid-": its second third.
    Mid,
    /// "late", "the end of": its last third.
    Late,
}

/// A period: the shape and its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) start: Date,
    pub(super) shape: Shape,
}

impl Unit {
    /// The period that a point counted in this unit is as exact as; nothing for parts of a day.
    pub(super) const fn shape(self) -> Option<Shape> {
        Some(match self {
            Self::Minute | Self::Hour => return None,
            Self::Day => Shape::Day,
            Self::Week => Shape::Week,
            Self::Month => Shape::Month,
            Self::Quarter => Shape::Quarter,
            Self::Year => Shape::Year,
            Self::Decade => Shape::Decade,
            Self::Century => Shape::Century,
        })
    }
}

impl Shape {
    /// As the tables say it.
    pub(super) const fn precision(self) -> Precision {
        match self {
            Self::Day => Precision::Day,
            Self::Weekend | Self::Week => Precision::Week,
            Self::Month => Precision::Month,
            Self::Quarter | Self::Season | Self::Half => Precision::Quarter,
            Self::Year | Self::Decade | Self::Century => Precision::Year,
        }
    }
}

impl Period {
    /// One day.
    pub(super) const fn day(start: Date) -> Self {
        Self { start, shape: Shape::Day }
    }

    /// A month of a year.
    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        Some(Self { start: Date::new(year, month, 1).ok()?, shape: Shape::Month })
    }

    /// A year; before Christ as astronomers count, 490 BC is -489.
    pub(super) fn year(year: i16) -> Option<Self> {
        Some(Self { start: Date::new(year, 1, 1).ok()?, shape: Shape::Year })
    }

    /// The season that begins in `month` of `year`.
    pub(super) fn season(year: i16, month: i8) -> Option<Self> {
        Some(Self { start: Date::new(year, month, 1).ok()?, shape: Shape::Season })
    }

    /// The `n`-th quarter or half of a year, from 1.
    pub(super) fn fraction(year: i16, shape: Shape, n: i32) -> Option<Self> {
        let months = if shape == Shape::Half { 6 } else { 3 };
        let month = i8::try_from((n - 1) * months + 1).ok()?;
        Some(Self { start: Date::new(year, month, 1).ok()?, shape })
    }

    /// The century that `n` counts: the 20th runs from 1900 in common speech.
    pub(super) fn century(n: i32, before_christ: bool) -> Option<Self> {
        let year = if before_christ { -n * 100 + 1 } else { (n - 1) * 100 };
        let start = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
        (1..=30).contains(&n).then_some(Self { start, shape: Shape::Century })
    }

    /// The period of this shape that holds `day`.
    pub(super) fn around(day: Date, shape: Shape) -> Option<Self> {
        let year = day.year();
        let start = match shape {
            Shape::Day => day,
            Shape::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?,
            Shape::Weekend => {
                let monday = Self::around(day, Shape::Week)?.start;
                monday.checked_add(5.days()).ok()?
            }
            Shape::Month => day.first_of_month(),
            Shape::Quarter => Date::new(year, (day.month() - 1) / 3 * 3 + 1, 1).ok()?,
            Shape::Season => {
                let month = day.month() / 3 * 3;
                if month == 0 { Date::new(year - 1, 12, 1).ok()? } else { Date::new(year, month, 1).ok()? }
            }
            Shape::Half => Date::new(year, if day.month() > 6 { 7 } else { 1 }, 1).ok()?,
            Shape::Year => day.first_of_year(),
            Shape::Decade => Date::new(year.div_euclid(10) * 10, 1, 1).ok()?,
            Shape::Century => Date::new(year.div_euclid(100) * 100, 1, 1).ok()?,
        };
        Some(Self { start, shape })
    }

    /// The period `n` of the same shape further on.
    pub(super) fn step(self, n: i32) -> Option<Self> {
        let start = match self.shape {
            Shape::Day => self.start.checked_add(n.days()),
            Shape::Week | Shape::Weekend => self.start.checked_add((n * 7).days()),
            Shape::Month => self.start.checked_add(n.months()),
            Shape::Quarter => self.start.checked_add((n * 3).months()),
            Shape::Half => self.start.checked_add((n * 6).months()),
            Shape::Season | Shape::Year => self.start.checked_add(n.years()),
            Shape::Decade => self.start.checked_add((n * 10).years()),
            Shape::Century => self.start.checked_add((n * 100).years()),
        };
        Some(Self { start: start.ok()?, shape: self.shape })
    }

    /// Its last day.
    pub(super) fn last(self) -> Option<Date> {
        match self.shape {
            Shape::Day => Some(self.start),
            Shape::Weekend => self.start.tomorrow().ok(),
            Shape::Season => self.start.checked_add(3.months()).ok()?.yesterday().ok(),
            _ => self.step(1)?.start.yesterday().ok(),
        }
    }

    /// First and last day of the part that is meant, seen from `now`.
    pub(super) fn days(self, part: Part, now: Date) -> Option<(Date, Date)> {
        let (start, end) = (self.start, self.last()?);
        if self.shape == Shape::Day {
            return Some((start, end));
        }
        let days = start.until(end).ok()?.get_days();
        let third = |n: i32| start.checked_add((days * n / 3).days()).ok();
        Some(match part {
            Part::Whole => (start, end),
            Part::UpToNow => (start, end.min(now)),
            Part::AfterNow => (start.max(now.tomorrow().ok()?), end),
            Part::Early => (start, third(1)?),
            Part::Mid => (third(1)?, third(2)?),
            Part::Late => (third(2)?, end),
        })
        .filter(|(start, end)| start <= end)
    }
}

/// The day `count` units from `day`; whole units, so a month from 31 January is the last of February.
pub(super) fn shift(day: Date, count: i32, unit: Unit) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        Unit::Minute | Unit::Hour => return None,
        Unit::Day => Span::new().try_days(count),
        Unit::Week => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count * 3),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count * 10),
        Unit::Century => Span::new().try_years(count * 100),
    };
    day.checked_add(span.ok()?).ok()
}

/// The nearest such weekday: `now` itself when `turn` is 0 and it is that day.
pub(super) fn weekday(day: Weekday, turn: i32, now: Date, future: bool) -> Option<Date> {
    if now.weekday() == day && turn == 0 {
        return Some(now);
    }
    let forward = turn > 0 || (turn == 0 && future);
    now.nth_weekday(if forward { 1 } else { -1 }, day).ok()
}
