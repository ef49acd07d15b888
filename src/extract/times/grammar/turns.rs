//! Expressions that point from somewhere: "last week", "the next day", "that summer", "later this year"; parts of
//! periods, and ranges of two expressions.

use super::super::calendar::{Part, Shape, Unit};
use super::super::words::Word;
use super::{Denotes, Found, From, Point, Reader, What, Year, point};

impl Reader<'_> {
    /// Direction of "last", "this", "next", and what they count from when "the" stands before them.
    pub(super) fn turn_word(&self, i: usize) -> Option<(i32, From)> {
        Some(match self.word(i) {
            Word::Last | Word::Past => (-1, From::Speech),
            Word::Previous => (-1, From::Story),
            Word::This => (0, From::Speech),
            Word::That | Word::Same => (0, From::Story),
            Word::Next | Word::Coming => (1, From::Speech),
            Word::Following => (1, From::Story),
            _ => return None,
        })
    }

    /// `last year`, `this month`, `next week`, `last Wednesday`, `the past two years`, `that same day`; `start` is
    /// where the expression begins, `i` its word of direction.
    pub(super) fn turn(&self, start: usize, i: usize) -> Found {
        let definite = i > start && self.word(start) == Word::The;
        let (mut turn, mut from) = self.turn_word(i)?;
        let direction = self.word(i);
        // "the next day" follows what was told; "next week" follows today
        if definite && direction == Word::Next {
            from = From::Story;
        }
        let mut at = i + 1;
        match (direction, self.word(at)) {
            (Word::That, Word::Same) => at += 1,
            (Word::This, Word::Past | Word::Last | Word::Coming | Word::Next) => {
                turn = if matches!(self.word(at), Word::Past | Word::Last) { -1 } else { 1 };
                at += 1;
            }
            _ => {}
        }
        if let Some(found) = self.parts_of(at, if turn > 0 { Part::Early } else { Part::Late })
            && matches!(direction, Word::Last)
        {
            return Some(found);
        }
        let open = |what| Point::new(what, from);
        match self.word(at) {
            Word::Unit(unit) => turn_unit(direction, turn, from, at, unit),
            Word::Units(unit) => match direction {
                Word::Last | Word::Past | Word::Next | Word::Coming | Word::Following | Word::Previous => {
                    Some((at + 1, Denotes::Duration { count: None, unit }))
                }
                // "these days"
                Word::This if unit == Unit::Day => Some((at + 1, Denotes::Reference("PRESENT_REF"))),
                _ => None,
            },
            Word::Number(_) | Word::Digits { .. } | Word::Vague if turn != 0 => self.stretch(at, turn, from),
            Word::Weekend => point(at + 1, open(What::Turn { offset: turn, shape: Shape::Weekend })),
            Word::DayPart(part) => {
                // "last night" was yesterday's, "this morning" is today's; "the next morning" is the next day's
                let offset = if turn < 0 && part != "NI" && direction == Word::Last { -1 } else { turn };
                let day = open(What::Turn { offset, shape: Shape::Day });
                point(at + 1, Point { day_part: Some(part), ..day })
            }
            Word::Month(month) => {
                let what = What::MonthDay { month, day: None, year: year_of(turn) };
                let end = self.month_year(at, Part::Whole, turn).map_or(at + 1, |(end, _)| end);
                point(end, open(what))
            }
            Word::Season(month) if !self.is_verb(at) => {
                point(at + 1, open(What::Season { month, year: year_of(turn) }))
            }
            Word::Weekday(_) => match self.weekday(at, turn)? {
                (end, Denotes::Point(found)) => point(end, Point { from, ..found }),
                other => Some(other),
            },
            Word::Feast => {
                let (end, feast) = self.feast_name(at)?;
                self.feast_in(end, feast, turn)
            }
            Word::Fiscal if self.word(at + 1) == Word::Unit(Unit::Year) => {
                point(at + 2, Point::new(What::Fiscal(None), From::Speech))
            }
            Word::Time if direction == Word::This || direction == Word::That || direction == Word::Same => {
                self.vague_time(at)
            }
            _ => None,
        }
    }

    /// "at the same time", "by that time", "this time": a moment, but which?
    fn vague_time(&self, at: usize) -> Found {
        // "for the third time this time around", "this time last year"
        let counted = matches!(self.word(at + 1), Word::Units(_));
        (!counted && self.text(at) == "time" || self.text(at) == "period")
            .then_some((at + 1, Denotes::Reference("PRESENT_REF")))
    }

    /// What "the" begins: `the next day`, `the 1980s`, `the first half of 2024`, `the day before`, `the future`.
    pub(super) fn definite(&self, i: usize) -> Found {
        let at = i + 1;
        match self.word(at) {
            Word::Last | Word::Past | Word::Previous | Word::Next | Word::Coming | Word::Following | Word::Same => {
                // "the past", but "the past two years"
                if self.word(at) == Word::Past && self.ends_here_or_verb(at + 1) {
                    return Some((at + 1, Denotes::Reference("PAST_REF")));
                }
                if let Some(found) = self.last_fraction(at) {
                    return Some(found);
                }
                self.turn(i, at)
            }
            Word::Ordinal(n) => self
                .ordinal(at)
                .or_else(|| self.parts_of(at + 1, if n == 1 { Part::Early } else { Part::Mid }))
                .or_else(|| self.nth_unit(at)),
            Word::Unit(unit) => self.definite_unit(at, unit),
            Word::Weekend => point(at + 1, Point::new(What::Turn { offset: 0, shape: Shape::Weekend }, From::Story)),
            Word::Future => Some((at + 1, Denotes::Reference("FUTURE_REF"))),
            Word::Time if self.text(at + 1) == "being" => Some((at + 2, Denotes::Reference("PRESENT_REF"))),
            Word::Part(_) | Word::Edge(_) | Word::Season(_) | Word::DayPart(_) | Word::Feast | Word::Fiscal => {
                self.expression(at)
            }
            Word::Units(Unit::Year) => {
                // "the years 1955-60"
                let (end, found) = self.year(at + 1)?;
                Some((end, found))
            }
            _ => None,
        }
    }

    fn ends_here_or_verb(&self, i: usize) -> bool {
        i >= self.end
            || matches!(self.word(i), Word::Comma | Word::And)
            || !self.text(i).starts_with(char::is_alphanumeric)
    }

    /// "the last quarter of 2009", "the final quarter".
    fn last_fraction(&self, at: usize) -> Found {
        if self.word(at) != Word::Last || self.word(at + 1) != Word::Unit(Unit::Quarter) {
            return None;
        }
        match self.word(at + 2) {
            Word::Of => self.fraction(at + 2, Shape::Quarter, 4),
            _ => None,
        }
    }

    /// "the year 1950", "the day", "the day before", "the year previous".
    fn definite_unit(&self, at: usize, unit: Unit) -> Found {
        let shape = unit.shape()?;
        if unit == Unit::Year
            && let Some((end, found)) = self.year(at + 1)
        {
            return Some((end, found));
        }
        let story = |offset| Point::new(What::Turn { offset, shape }, From::Story);
        match self.word(at + 1) {
            Word::Before | Word::Previous if self.ends_clause(at + 2) => point(at + 2, story(-1)),
            Word::After | Word::Following if self.ends_clause(at + 2) => point(at + 2, story(1)),
            Word::Before | Word::After => {
                let later = self.word(at + 1) == Word::After;
                point(at + 1, Point::new(What::Uncounted { later }, From::Story))
            }
            // "by the end of the day", "during the year"
            _ if matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year)
                && self.ends_clause(at + 1)
                && matches!(self.before(at - 1), Word::Of | Word::In) =>
            {
                point(at + 1, story(0))
            }
            _ => None,
        }
    }

    fn ends_clause(&self, i: usize) -> bool {
        i >= self.end
            || !self.text(i).starts_with(char::is_alphanumeric)
            || self.is_verb(i)
            || matches!(self.word(i), Word::In | Word::And | Word::To | Word::On)
    }

    /// "the second day", "the first week": of something.
    fn nth_unit(&self, at: usize) -> Found {
        match self.word(at + 1) {
            Word::Unit(Unit::Day) => point(at + 2, Point::new(What::Uncounted { later: true }, From::Story)),
            Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) => {
                Some((at + 2, Denotes::Duration { count: Some(1.0), unit }))
            }
            Word::Number(_) | Word::Digits { .. } | Word::Vague => match self.count(at + 1)? {
                found @ (_, Denotes::Duration { .. }) => Some(found),
                _ => None,
            },
            _ => None,
        }
    }

    /// `early July`, `late 2023`, `mid-March`, `earlier this month`, `later this year`, `the end of June`.
    pub(super) fn part(&self, i: usize) -> Found {
        let mut at = i + 1;
        let part = match self.word(i) {
            Word::Part(part) => {
                if matches!(self.word(at), Word::Dash) {
                    at += 1;
                }
                // "early in 1862", "the early part of the next decade", "late on Monday"
                if self.text(at) == "part" && self.word(at + 1) == Word::Of {
                    at += 2;
                } else if matches!(self.word(at), Word::In | Word::On) && self.text(at) != "by" {
                    at += 1;
                }
                part
            }
            Word::Edge(part) => {
                if self.word(at) != Word::Of {
                    return None;
                }
                at += 1;
                part
            }
            Word::Earlier => Part::UpToNow,
            _ => Part::AfterNow,
        };
        if matches!(part, Part::UpToNow | Part::AfterNow) {
            // "earlier in 2019", "later in the year"
            let plain = self.word(at) == Word::In && self.text(at) == "in";
            at += usize::from(plain);
        }
        let definite = self.word(at) == Word::The;
        // "at the end of the day" means "after all" more often than the evening
        let idiom = part == Part::Late && definite && self.word(at + 1) == Word::Unit(Unit::Day);
        if idiom && self.word(i) == Word::Edge(Part::Late) && i >= 2 && self.text(i - 2).eq_ignore_ascii_case("at") {
            return None;
        }
        // "the end of the year": this one, or the one told of
        if definite
            && let Word::Unit(unit) = self.word(at + 1)
            && let Some(shape) = unit.shape()
        {
            let from = if unit == Unit::Day { From::Story } else { From::Speech };
            return point(at + 2, Point { part, ..Point::new(What::Turn { offset: 0, shape }, from) });
        }
        let (end, found) = self
            .expression(at)
            .or_else(|| {
                let (end, year) = self.year_at(at)?;
                point(end, Point::fixed(super::Period::year(year)?))
            })
            .or_else(|| {
                // "early spring", "late May": a part makes them certain
                let Word::Month(_) = self.word(at) else { return None };
                self.month_year(at, part, 0)
            })
            .or_else(|| {
                let Word::Season(month) = self.word(at) else { return None };
                point(at + 1, Point::new(What::Season { month, year: Year::Open }, From::Speech))
            })?;
        match found {
            Denotes::Point(found) if found.is_day() || matches!(found.what, What::SameDay) => point(end, found),
            Denotes::Point(found) if matches!(part, Part::UpToNow | Part::AfterNow) => {
                // "later in 1792" is after what was told; only of the running period do we know the bound
                let running = matches!(found.what, What::Turn { offset: 0, .. }) && found.from == From::Speech;
                point(end, Point { part: if running { part } else { Part::Whole }, ..found })
            }
            Denotes::Point(found) => point(end, Point { part, ..found }),
            _ => None,
        }
    }

    /// `since 2014`, `since March 2022`, `since Monday`: open to the right.
    pub(super) fn since(&self, i: usize) -> Found {
        match self.expression(i + 1)? {
            (end, Denotes::Point(found)) => Some((end, Denotes::Since(found))),
            other => Some(other),
        }
    }

    /// `between 2014 and 2016`, `from March to May 2022`, `from 3 to 5 May`.
    pub(super) fn range(&self, i: usize) -> Found {
        let between = self.word(i) == Word::Between;
        if let Some(found @ (_, Denotes::Range(..))) = self.day_month(i + 1) {
            return Some(found);
        }
        let (end, first) = self.expression(i + 1)?;
        if let Denotes::Range(..) = first {
            return Some((end, first));
        }
        let Denotes::Point(first) = first else { return None };
        let joint = match self.word(end) {
            Word::And => between,
            Word::To | Word::Until | Word::Dash => !between,
            _ => false,
        };
        if !joint {
            return None;
        }
        let at = end + 1 + usize::from(self.word(end + 1) == Word::The);
        match self.expression(at)? {
            (end, Denotes::Point(last)) => Some((end, Denotes::Range(first, last))),
            _ => None,
        }
    }

    /// Two expressions that a dash joins: `14 August-24 August`, `1914 – 1918`, `March-April 2020`.
    pub(super) fn joined(&self, (end, denotes): (usize, Denotes)) -> (usize, Denotes) {
        let Denotes::Point(first) = denotes else { return (end, denotes) };
        let listed = matches!(first.what, What::Fixed(_) | What::MonthDay { .. } | What::Weekday { .. });
        // "MADRID, March 24 - March sales fell": a dash with room around it joins nothing
        let tight = end > 0 && end < self.end && !(self.doc.tokens[end - 1].space_after && self.text(end) == "-");
        if self.word(end) == Word::Dash
            && tight
            && listed
            && let Some((end, Denotes::Point(last))) = self.expression(end + 1)
            && (std::mem::discriminant(&first.what) == std::mem::discriminant(&last.what)
                || matches!((first.what, last.what), (What::MonthDay { .. }, What::Fixed(_))))
        {
            return (end, Denotes::Range(first, last));
        }
        (end, denotes)
    }
}

fn turn_unit(direction: Word, turn: i32, from: From, at: usize, unit: Unit) -> Found {
    let Some(shape) = unit.shape() else {
        return (turn != 0).then_some((at + 1, Denotes::Duration { count: Some(1.0), unit }));
    };
    let what = match direction {
        // "the past year" is twelve months, "last year" the one before
        Word::Past => What::Stretch { count: -1, unit },
        _ => What::Turn { offset: turn, shape },
    };
    point(at + 1, Point::new(what, from))
}

/// "last July" is the nearest before, "this July" that of the year.
const fn year_of(turn: i32) -> Year {
    if turn == 0 { Year::Offset(0) } else { Year::Nearest(turn) }
}
