//! From what an expression says to days of the calendar, given the day of publication.

use crate::extract::findings::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A unit that "last", "this", "next", "ago" count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// "earlier this year": up to the day of publication.
    UpToNow,
    /// "later this year": after the day of publication.
    AfterNow,
    /// "early": its first third.
    Early,
    /// "mid-": its second third.
    Mid,
    /// "late": its last third.
    Late,
}

/// What a relative expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// "yesterday" is -1.
    Days(i32),
    /// "Wednesday": the nearest in the direction of the tense; `turn` -1 for "last", 1 for "next", 0 for neither.
    Weekday { day: Weekday, turn: i32 },
    /// "last month" is (-1, Month); "later this year" is (0, Year, `AfterNow`).
    Period { offset: i32, unit: Unit, part: Part },
    /// "two weeks ago", "in three months": a point as exact as its unit.
    Ago { count: i32, unit: Unit },
    /// "over the past two years": everything from then to publication.
    Past { count: i32, unit: Unit },
    /// "in July", "on July 4": a month, perhaps with a day, whose year is left open.
    MonthDay { month: i8, day: Option<i8>, turn: i32, part: Part },
    /// "from 3 to 5 May": days of a month whose year is left open.
    DayRange { month: i8, first: i8, last: i8 },
}

type Anchored = (Option<Date>, Option<Date>, Precision);

/// The days a relative expression denotes, seen from `now`. `future` tells whether the verb speaks of the future.
pub(super) fn anchor(relative: Relative, now: Date, future: impl Fn() -> bool) -> Option<Anchored> {
    match relative {
        Relative::Days(days) => {
            let day = now.checked_add(days.days()).ok()?;
            Some((Some(day), Some(day), Precision::Day))
        }
        Relative::Weekday { day, turn } => {
            let day = weekday(day, turn, now, future)?;
            Some((Some(day), Some(day), Precision::Day))
        }
        Relative::Period { offset, unit, part } => {
            let (start, end) = period(now, offset, unit)?;
            let (start, end) = take_part(start, end, part, now)?;
            Some((Some(start), Some(end), precision(unit)))
        }
        Relative::Ago { count, unit } => {
            let point = shift(now, count, unit)?;
            let (start, end) = match unit {
                Unit::Day => (point, point),
                Unit::Week => period(point, 0, Unit::Week)?,
                Unit::Month | Unit::Quarter => period(point, 0, Unit::Month)?,
                Unit::Year | Unit::Decade => period(point, 0, Unit::Year)?,
            };
            Some((Some(start), Some(end), precision(unit)))
        }
        Relative::Past { count, unit } => Some((Some(shift(now, -count, unit)?), Some(now), precision(unit))),
        Relative::MonthDay { month, day, turn, part } => month_day(month, day, turn, part, now, future),
        Relative::DayRange { month, first, last } => {
            let (start, ..) = month_day(month, Some(first), 0, Part::Whole, now, future)?;
            let end = Date::new(start?.year(), month, last).ok()?;
            Some((start, Some(end), Precision::Day))
        }
    }
}

fn weekday(day: Weekday, turn: i32, now: Date, future: impl Fn() -> bool) -> Option<Date> {
    if now.weekday() == day && turn == 0 {
        return Some(now);
    }
    let forward = turn > 0 || (turn == 0 && future());
    now.nth_weekday(if forward { 1 } else { -1 }, day).ok()
}

fn month_day(
    month: i8,
    day: Option<i8>,
    turn: i32,
    part: Part,
    now: Date,
    future: impl Fn() -> bool,
) -> Option<Anchored> {
    let in_year = |year: i16| -> Option<(Date, Date)> {
        match day {
            Some(day) => Date::new(year, month, day).ok().map(|d| (d, d)),
            None => Date::new(year, month, 1).ok().map(|d| (d, d.last_of_month())),
        }
    };
    let this = in_year(now.year())?;
    let (start, end) = match turn {
        -1 if this.1 < now => this,
        -1 => in_year(now.year() - 1)?,
        1 if this.0 > now => this,
        1 => in_year(now.year() + 1)?,
        _ if this.0 <= now && now <= this.1 => this,
        _ => match (future(), this.0 > now) {
            (true, true) | (false, false) => this,
            (true, false) => in_year(now.year() + 1)?,
            (false, true) => in_year(now.year() - 1)?,
        },
    };
    let (start, end) = take_part(start, end, part, now)?;
    Some((Some(start), Some(end), if day.is_some() { Precision::Day } else { Precision::Month }))
}

/// First and last day of the `offset`-th period from the one that holds `now`. Weeks run from Monday.
pub(super) fn period(now: Date, offset: i32, unit: Unit) -> Option<(Date, Date)> {
    let base = shift(now, offset, unit)?;
    Some(match unit {
        Unit::Day => (base, base),
        Unit::Week => {
            let monday = base.checked_sub(i64::from(base.weekday().to_monday_zero_offset()).days()).ok()?;
            (monday, monday.checked_add(6.days()).ok()?)
        }
        Unit::Month => (base.first_of_month(), base.last_of_month()),
        Unit::Quarter => {
            let first = Date::new(base.year(), (base.month() - 1) / 3 * 3 + 1, 1).ok()?;
            (first, first.checked_add(2.months()).ok()?.last_of_month())
        }
        Unit::Year => (base.first_of_year(), base.last_of_year()),
        Unit::Decade => {
            let first = Date::new(base.year() / 10 * 10, 1, 1).ok()?;
            (first, Date::new(first.year() + 9, 12, 31).ok()?)
        }
    })
}

fn shift(now: Date, count: i32, unit: Unit) -> Option<Date> {
    // first of the month, so that "last month" on 31 March is February
    let month_start = now.first_of_month();
    match unit {
        Unit::Day => now.checked_add(count.days()).ok(),
        Unit::Week => now.checked_add((count * 7).days()).ok(),
        Unit::Month => month_start.checked_add(count.months()).ok(),
        Unit::Quarter => month_start.checked_add((count * 3).months()).ok(),
        Unit::Year => month_start.checked_add(count.years()).ok(),
        Unit::Decade => month_start.checked_add((count * 10).years()).ok(),
    }
}

/// The part of `start..=end` that is meant.
pub(super) fn take_part(start: Date, end: Date, part: Part, now: Date) -> Option<(Date, Date)> {
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

const fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Day => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Quarter,
        Unit::Year | Unit::Decade => Precision::Year,
    }
}
