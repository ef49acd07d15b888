//! Where in time a text is told, and so which days its expressions denote.
//!
//! News counts from the day of publication: "on Wednesday", "last year". A history counts from the day it spoke of
//! last: after "on 7 August 1914", "on 10 August" is of 1914 and "two days later" is the twelfth. An article is a
//! history when it is full of dates of other years and nearly without words like "yesterday". What cannot be
//! anchored keeps its words and has no days: nothing is invented.

use super::calendar::{self, Part, Period, Shape};
use super::grammar::{Denotes, From, Point, What, Year};
use super::notation;
use crate::extract::findings::{DateBasis, Interval, Precision, TimeKind};
use jiff::civil::Date;
use std::fmt::Write as _;

/// Dates of other years that make a history.
const MANY_OLD: usize = 8;

/// Sentences over which news remembers the day it spoke of.
const MEMORY: u32 = 4;

/// Months a history may go back within one year; more, and the year has turned.
const BACKWARD: i8 = 7;

/// Months ahead that are meant rather than those of last year when no tense tells.
const AHEAD: i32 = 4;

/// In which direction of time a verb speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// No verb, or one that tells nothing of when.
    Open,
}

/// What an expression was found to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) interval: Option<Interval>,
    pub(super) edtf: Option<String>,
    pub(super) anchor: Option<String>,
}

/// The telling so far.
pub(super) struct Narrative {
    published: Option<Date>,
    history: bool,
    /// What was spoken of last, and in which sentence.
    told: Option<(Period, u32)>,
    sentence: u32,
}

/// A period with what it rests on.
#[derive(Clone, Copy)]
struct Placed {
    period: Period,
    part: Part,
    days: (Date, Date),
    basis: DateBasis,
    /// The day it was counted from.
    from: Option<Date>,
    /// A stretch up to or from the anchor rather than a period.
    stretch: bool,
}

impl Narrative {
    /// The telling of an article with these expressions.
    pub(super) fn new(published: Option<Date>, found: impl Iterator<Item = Denotes>) -> Self {
        let (mut old, mut spoken) = (0, 0);
        for denotes in found {
            let (Denotes::Point(point) | Denotes::Range(point, _) | Denotes::Since(point)) = denotes else { continue };
            match (point.what, point.from) {
                (What::Fixed(period), _) if period.shape <= Shape::Year => {
                    let recent = published.is_some_and(|p| period.start.year() + 1 >= p.year());
                    old += usize::from(!recent);
                }
                (What::Weekday { .. } | What::Turn { .. } | What::Count { .. }, From::Speech) => spoken += 1,
                _ => {}
            }
        }
        Self { published, history: old >= MANY_OLD && spoken * 8 <= old, told: None, sentence: 0 }
    }

    /// The days that an expression of a sentence denotes. `tense` is that of its verb.
    pub(super) fn resolve(&mut self, denotes: Denotes, sentence: u32, tense: &dyn Fn() -> Tense) -> Resolved {
        self.sentence = sentence;
        match denotes {
            Denotes::Duration { count, unit } => dateless(TimeKind::Duration, notation::duration(count, unit)),
            Denotes::Set(unit) => dateless(TimeKind::Set, notation::duration(Some(1.0), unit)),
            Denotes::Reference(value) => dateless(TimeKind::Reference, value.to_owned()),
            Denotes::Point(point) => self.point(point, tense),
            Denotes::Since(point) => self.since(point, tense),
            Denotes::Range(first, last) => self.range(first, last, tense),
        }
    }

    fn point(&mut self, point: Point, tense: &dyn Fn() -> Tense) -> Resolved {
        let kind = if point.clock.is_some() || point.day_part.is_some() { TimeKind::Time } else { TimeKind::Date };
        match point.what {
            What::Fiscal(year) => {
                return dateless(kind, year.map_or_else(|| "FYXXXX".to_owned(), |year| format!("FY{year:04}")));
            }
            What::Uncounted { later } => {
                return dateless(TimeKind::Reference, if later { "FUTURE_REF" } else { "PAST_REF" }.to_owned());
            }
            What::Turn { offset: 0, shape: Shape::Day } if self.history && point.from == From::Speech => {
                return dateless(TimeKind::Reference, "PRESENT_REF".to_owned());
            }
            _ => {}
        }
        let Some(placed) = self.place(point, tense) else {
            return dateless(kind, unplaced(point));
        };
        self.remember(placed);
        let mut value = notation::value(placed.period);
        if let Some((hour, minute, zone)) = point.clock {
            value = format!("{value}T{hour:02}:{minute:02}{zone}");
        } else if let Some(part) = point.day_part {
            value = format!("{value}T{part}");
        }
        if let What::Stretch { count, unit } = point.what {
            value = notation::duration(Some(count.abs() as f32), unit);
        }
        let interval = Interval {
            start: Some(placed.days.0),
            end: Some(placed.days.1),
            precision: placed.period.shape.precision(),
            basis: placed.basis,
        };
        Resolved {
            kind,
            value,
            edtf: notation::edtf(&interval, (!placed.stretch).then_some((placed.period, placed.part))),
            anchor: self.anchor(&placed),
            interval: Some(interval),
        }
    }

    fn since(&mut self, point: Point, tense: &dyn Fn() -> Tense) -> Resolved {
        let mut resolved = self.point(point, tense);
        if let Some(interval) = &mut resolved.interval {
            interval.end = None;
            interval.precision = Precision::Open;
            resolved.edtf = notation::edtf(interval, None);
        }
        resolved
    }

    fn range(&mut self, first: Point, last: Point, tense: &dyn Fn() -> Tense) -> Resolved {
        let unknown = || dateless(TimeKind::Date, format!("{}/{}", unplaced(first), unplaced(last)));
        // "from March to May 2022": the year stands with the second
        let (start, end) = match (first.what, last.what) {
            (What::MonthDay { month, day, year: Year::Open }, What::Fixed(period)) => {
                let year = period.start.year();
                let year = if month > period.start.month() { year - 1 } else { year };
                let Some(start) = month_day(year, month, day) else { return unknown() };
                (self.placed(first, start, DateBasis::Absolute, None), self.place(last, tense))
            }
            (What::Fixed(period), What::MonthDay { month, day, year: Year::Open }) => {
                let start = self.place(first, tense);
                let year = period.start.year();
                let year = if month < period.start.month() { year + 1 } else { year };
                let Some(end) = month_day(year, month, day) else { return unknown() };
                (start, self.placed(last, end, DateBasis::Absolute, None))
            }
            (What::MonthDay { .. }, What::MonthDay { month, day, .. }) => {
                let Some(start) = self.place(first, tense) else { return unknown() };
                let year = start.period.start.year();
                let year = if month < start.period.start.month() { year + 1 } else { year };
                let Some(end) = month_day(year, month, day) else { return unknown() };
                (Some(start), self.placed(last, end, start.basis, start.from))
            }
            _ => (self.place(first, tense), self.place(last, tense)),
        };
        let (Some(start), Some(end)) = (start, end) else { return unknown() };
        if start.days.0 > end.days.1 {
            return unknown();
        }
        self.remember(end);
        let interval = Interval {
            start: Some(start.days.0),
            end: Some(end.days.1),
            precision: end.period.shape.precision(),
            basis: end.basis,
        };
        Resolved {
            kind: TimeKind::Date,
            value: format!("{}/{}", notation::value(start.period), notation::value(end.period)),
            edtf: notation::edtf(&interval, None),
            anchor: self.anchor(&end),
            interval: Some(interval),
        }
    }

    fn anchor(&self, placed: &Placed) -> Option<String> {
        let from = placed.from?;
        let what =
            if self.published == Some(from) && placed.basis == DateBasis::Relative { "publication" } else { "date" };
        Some(format!("{what} {from}"))
    }

    fn remember(&mut self, placed: Placed) {
        if placed.period.shape <= Shape::Year && !placed.stretch {
            self.told = Some((placed.period, self.sentence));
        }
    }

    /// What was told last, as far as this text remembers.
    fn told(&self) -> Option<Period> {
        let (period, sentence) = self.told?;
        (self.history || self.sentence - sentence <= MEMORY).then_some(period)
    }

    fn placed(&self, point: Point, period: Period, basis: DateBasis, from: Option<Date>) -> Option<Placed> {
        let now = from.or(self.published).unwrap_or(period.start);
        let days = period.days(point.part, now)?;
        Some(Placed { period, part: point.part, days, basis, from, stretch: false })
    }

    fn place(&self, point: Point, tense: &dyn Fn() -> Tense) -> Option<Placed> {
        let told = self.told();
        if let What::Fixed(period) = point.what {
            return self.placed(point, period, DateBasis::Absolute, None);
        }
        let speech = if self.history { None } else { self.published };
        match point.what {
            What::MonthDay { month, day, year } => self.yearly(point, year, tense, &|y| month_day(y, month, day)),
            What::Season { month, year } => self.yearly(point, year, tense, &|y| Period::season(y, month)),
            What::Feast { feast, year } => self.yearly(point, year, tense, &|y| feast.in_year(y).map(Period::day)),
            What::Fraction { shape, n, year } => self.yearly(point, year, tense, &|y| Period::fraction(y, shape, n)),
            What::DayOfMonth(day) => {
                let month = told.filter(|t| t.shape <= Shape::Month)?.start;
                let date = Date::new(month.year(), month.month(), day).ok()?;
                self.placed(point, Period::day(date), DateBasis::Inferred, Some(month))
            }
            What::Weekday { day, turn } => {
                if let Some(now) = speech.filter(|_| point.from == From::Speech) {
                    let open = turn == 0 && now.weekday() != day;
                    let date = calendar::weekday(day, turn, now, open && tense() == Tense::Future)?;
                    return self.placed(point, Period::day(date), DateBasis::Relative, Some(now));
                }
                let from = told.filter(|t| t.shape == Shape::Day)?.start;
                let date = calendar::weekday(day, turn, from, turn >= 0)?;
                self.placed(point, Period::day(date), DateBasis::RelativeToEvent, Some(from))
            }
            What::Turn { offset, shape } => {
                let (from, basis) = self.moment(point, shape)?;
                let period = Period::around(from, shape)?.step(offset)?;
                let mut placed = self.placed(point, period, basis, Some(from))?;
                if offset == 0 && shape == Shape::Day {
                    placed.from = Some(from);
                }
                Some(placed)
            }
            What::Count { count, unit } => {
                let shape = unit.shape()?;
                let (from, basis) = self.moment(point, shape)?;
                let period = Period::around(calendar::shift(from, count, unit)?, shape)?;
                self.placed(point, period, basis, Some(from))
            }
            What::Stretch { count, unit } => {
                let shape = unit.shape()?;
                let (from, basis) = self.moment(point, shape)?;
                let other = calendar::shift(from, count, unit)?;
                let period = Period { start: from.min(other), shape };
                let days = (from.min(other), from.max(other));
                Some(Placed { period, part: Part::Whole, days, basis, from: Some(from), stretch: true })
            }
            What::SameDay => {
                let (from, basis) = self.moment(point, Shape::Day)?;
                self.placed(point, Period::day(from), basis, Some(from))
            }
            What::Fixed(_) | What::Fiscal(_) | What::Uncounted { .. } => None,
        }
    }

    /// The day that something as exact as `shape` is counted from.
    fn moment(&self, point: Point, shape: Shape) -> Option<(Date, DateBasis)> {
        let speech = if self.history { None } else { self.published };
        if point.from == From::Speech
            && let Some(now) = speech
        {
            return Some((now, DateBasis::Relative));
        }
        if point.from == From::Speech && !self.history {
            return None;
        }
        match self.told() {
            Some(told) if told.shape <= shape => Some((told.start, DateBasis::RelativeToEvent)),
            Some(_) => None,
            // nothing was told: "the end of the day" is that of the paper
            None => {
                let now = matches!(point.what, What::Turn { offset: 0, .. }) || point.clock.is_some();
                speech.filter(|_| now).map(|now| (now, DateBasis::Relative))
            }
        }
    }

    /// Something that comes once a year, in the year that the words, the story or the tense leave.
    fn yearly(
        &self,
        point: Point,
        year: Year,
        tense: &dyn Fn() -> Tense,
        period: &dyn Fn(i16) -> Option<Period>,
    ) -> Option<Placed> {
        if let Some(told) = self.carries(point, year) {
            let mut y = told.start.year();
            let candidate = period(y)?;
            match year {
                Year::Nearest(-1) if candidate.start >= told.start => y -= 1,
                Year::Nearest(1) if candidate.start <= told.start => y += 1,
                Year::Offset(n) => y += i16::try_from(n).ok()?,
                Year::Open if told.shape <= Shape::Month => {
                    let back = told.start.month() - candidate.start.month();
                    y += i16::from(back >= BACKWARD);
                }
                _ => {}
            }
            return self.placed(point, period(y)?, DateBasis::Inferred, Some(told.start));
        }
        let now = self.published?;
        let this = period(now.year())?;
        let y = match year {
            Year::Offset(n) => now.year() + i16::try_from(n).ok()?,
            Year::Nearest(-1) => now.year() - i16::from(this.last()? >= now),
            Year::Nearest(_) => now.year() + i16::from(this.start <= now),
            Year::Open if this.start <= now && now <= this.last()? => now.year(),
            Year::Open => nearest(now, this.start, tense()),
        };
        let y = match point.weekday.filter(|_| year == Year::Open) {
            Some(weekday) => [y, now.year(), now.year() + 1, now.year() - 1]
                .into_iter()
                .find(|&y| period(y).is_some_and(|p| p.start.weekday() == weekday))
                .unwrap_or(y),
            None => y,
        };
        self.placed(point, period(y)?, DateBasis::Relative, Some(now))
    }

    /// The date whose year is carried on. In news only one just told, of a year that is over.
    fn carries(&self, point: Point, year: Year) -> Option<Period> {
        let told = self.told();
        let Some(published) = self.published else { return told };
        if self.history || point.from == From::Story {
            return told;
        }
        let near = self.told.is_some_and(|(_, sentence)| self.sentence - sentence <= 1);
        told.filter(|t| {
            near && year == Year::Open
                && t.start.year() + 1 < published.year()
                && matches!(t.shape, Shape::Day | Shape::Month | Shape::Season | Shape::Quarter)
        })
    }
}

/// The year in which something that comes once a year is meant: in the direction of the tense, and where the verb
/// has none ("a hearing on June 3") the nearest.
fn nearest(now: Date, this: Date, tense: Tense) -> i16 {
    let ahead = i32::from(this.month()) - i32::from(now.month());
    let future = match tense {
        Tense::Past => false,
        Tense::Future => true,
        Tense::Open => (1..=AHEAD).contains(&ahead) || ahead == 0 && this > now || ahead < -(12 - AHEAD),
    };
    match (future, this > now) {
        (true, true) | (false, false) => now.year(),
        (true, false) => now.year() + 1,
        (false, true) => now.year() - 1,
    }
}

fn month_day(year: i16, month: i8, day: Option<i8>) -> Option<Period> {
    match day {
        Some(day) => Some(Period::day(Date::new(year, month, day).ok()?)),
        None => Period::month(year, month),
    }
}

fn dateless(kind: TimeKind, value: String) -> Resolved {
    Resolved { kind, value, interval: None, edtf: None, anchor: None }
}

/// The value of what has no place in the calendar, with `X` for what is not known.
fn unplaced(point: Point) -> String {
    let mut value = match point.what {
        What::Fixed(period) => notation::value(period),
        What::MonthDay { month, day: Some(day), .. } => format!("XXXX-{month:02}-{day:02}"),
        What::MonthDay { month, .. } => format!("XXXX-{month:02}"),
        What::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
        What::Season { month, .. } => {
            let value = Period::season(2000, month).map(notation::value).unwrap_or_default();
            value.replace("2000", "XXXX")
        }
        What::Fraction { .. } => "XXXX-QX".to_owned(),
        What::Turn { shape, .. } => unknown(shape).to_owned(),
        What::Count { unit, .. } => unit.shape().map_or("XXXX-XX-XX", unknown).to_owned(),
        What::Stretch { count, unit } => notation::duration(Some(count.abs() as f32), unit),
        _ => "XXXX-XX-XX".to_owned(),
    };
    if let Some((hour, minute, zone)) = point.clock {
        let _ = write!(value, "T{hour:02}:{minute:02}{zone}");
    } else if let Some(part) = point.day_part {
        value.push('T');
        value.push_str(part);
    }
    value
}

const fn unknown(shape: Shape) -> &'static str {
    match shape {
        Shape::Day => "XXXX-XX-XX",
        Shape::Weekend => "XXXX-WXX-WE",
        Shape::Week => "XXXX-WXX",
        Shape::Month => "XXXX-XX",
        Shape::Quarter | Shape::Half => "XXXX-QX",
        Shape::Season => "XXXX-SX",
        Shape::Year => "XXXX",
        Shape::Decade => "XXX",
        Shape::Century => "XX",
    }
}
