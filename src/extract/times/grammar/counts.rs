//! Numbers of units: durations, "two weeks ago", "three days later", "every year", "annually".

use super::super::calendar::{Part, Shape, Unit};
use super::super::words::Word;
use super::{Denotes, Found, From, Point, Reader, What, point};

/// Counts beyond this are no time: "the 5000 days".
const MOST: i32 = 2000;

/// A number of units as the words give it.
struct Counted {
    /// None where it is "several" or nothing at all.
    count: Option<f32>,
    unit: Unit,
    /// Index after the unit.
    end: usize,
    /// Joined by a hyphen or in the singular after a number: a modifier, "five-year".
    compound: bool,
}

impl Reader<'_> {
    /// Expressions that begin with a number, an article or a unit.
    pub(super) fn count(&self, i: usize) -> Found {
        let Some(counted) = self.counted(i) else { return self.bare_units(i) };
        if self.is_age(counted.end) {
            return None;
        }
        if self.word(i) == Word::A && counted.count == Some(1.0) && self.is_rate(i) {
            return Some((counted.end, Denotes::Set(counted.unit)));
        }
        Some(
            self.directed(&counted)
                .unwrap_or((counted.end, Denotes::Duration { count: counted.count, unit: counted.unit })),
        )
    }

    /// `ago`, `later`, `earlier`, `before`, `after` that, `from now`.
    fn directed(&self, counted: &Counted) -> Option<(usize, Denotes)> {
        let at = counted.end;
        let sign = match self.word(at) {
            Word::Ago | Word::Earlier => -1,
            Word::Later => 1,
            // "two years before", but not "two years before the war", which is counted from the war
            Word::Before if self.ends_here(at + 1) => -1,
            Word::After if self.ends_here(at + 1) => 1,
            Word::Before | Word::After => {
                // counted from something the calendar does not tell
                let later = self.word(at) == Word::After;
                return Some((counted.end, Denotes::Point(Point::new(What::Uncounted { later }, From::Story))));
            }
            Word::From if self.word(at + 1) == Word::Now => 1,
            _ => return None,
        };
        let from = if matches!(self.word(at), Word::Ago | Word::From) { From::Speech } else { From::Story };
        let end = at + 1 + usize::from(self.word(at) == Word::From);
        let what = match counted.count {
            Some(count) if count.fract() == 0.0 && counted.unit.shape().is_some() => {
                What::Count { count: sign * count as i32, unit: counted.unit }
            }
            _ => What::Uncounted { later: sign > 0 },
        };
        Some((end, Denotes::Point(Point::new(what, from))))
    }

    /// Punctuation or the end: nothing that "before" could govern.
    fn ends_here(&self, i: usize) -> bool {
        i >= self.end || !self.text(i).starts_with(|c: char| c.is_alphanumeric() || c == '$' || c == '“' || c == '"')
    }

    fn counted(&self, i: usize) -> Option<Counted> {
        let mut at = i;
        while self.word(at) == Word::Approx {
            at += 1;
        }
        if at > i && self.word(at) == Word::Than {
            at += 1;
        }
        // "a few", "a couple of", "a single"
        let article = self.word(at) == Word::A;
        at += usize::from(article);
        let mut count = article.then_some(1.0);
        match self.word(at) {
            Word::Digits { value, .. } if (1..=MOST).contains(&value) && !(article && value > 999) => {
                count = Some(value as f32);
                at += 1;
            }
            Word::Number(n) => {
                let mut total = n;
                at += 1;
                // "twenty-five", "two hundred", "ten thousand" is no count of time
                if (20..100).contains(&n) && self.word(at) == Word::Dash {
                    if let Word::Number(ones @ 1..=9) = self.word(at + 1) {
                        total += ones;
                        at += 2;
                    }
                } else if n >= 20
                    && let Word::Number(ones @ 1..=9) = self.word(at)
                {
                    total += ones;
                    at += 1;
                } else if self.text(at) == "hundred" {
                    total *= 100;
                    at += 1;
                }
                count = Some(total as f32);
            }
            Word::Vague => {
                count = None;
                at += 1;
            }
            Word::Half => {
                count = Some(0.5);
                at += 1 + usize::from(matches!(self.word(at + 1), Word::A | Word::Dash));
            }
            _ if article => {}
            _ => return None,
        }
        // "two and a half", "two or three", "15 to 20"
        if self.word(at) == Word::And && self.word(at + 1) == Word::A && self.word(at + 2) == Word::Half {
            count = count.map(|c| c + 0.5);
            at += 3;
        } else if self.word(at) == Word::And && self.word(at + 1) == Word::Half {
            count = count.map(|c| c + 0.5);
            at += 2;
        } else if matches!(self.word(at), Word::Or | Word::To)
            && let Word::Number(_) | Word::Digits { .. } = self.word(at + 1)
            && matches!(self.word(at + 2), Word::Units(_))
        {
            count = None;
            at += 2;
        }
        if self.word(at) == Word::Of && self.text(at - 1) == "couple" {
            at += 1;
        }
        let hyphen = self.word(at) == Word::Dash;
        at += usize::from(hyphen);
        // "six straight days", "two bloody weeks", "the first ten brutal months"
        let plain = at;
        if !hyphen && !matches!(self.word(at), Word::Unit(_) | Word::Units(_)) && self.is_adjective(at) {
            at += 1;
        }
        let (unit, plural) = match self.word(at) {
            Word::Unit(unit) => (unit, false),
            Word::Units(unit) => (unit, true),
            _ => return None,
        };
        let many = !count.is_some_and(|c| c <= 1.0);
        // "15 minutes of fame" counts time, "a second quarter" and "3 quarters" do not
        if unit == Unit::Quarter && !(plural && at > plain) {
            return None;
        }
        // "another day" and "one day" are no duration by themselves, but nobody can tell
        if plural && !many && count != Some(0.5) || !plural && many && !hyphen && count.is_some_and(|c| c > 100.0) {
            return None;
        }
        if !plural && !article && !hyphen && many && count.is_none() {
            return None;
        }
        let end = at + 1 + usize::from(self.word(at + 1) == Word::Possessive);
        Some(Counted { count, unit, end, compound: hyphen }).filter(|c| !(c.compound && c.count.is_none()))
    }

    fn is_adjective(&self, i: usize) -> bool {
        use crate::nlp::tags::Upos;
        i < self.end
            && self.doc.tokens[i].upos == Upos::Adj
            && matches!(self.word(i + 1), Word::Unit(_) | Word::Units(_))
            && matches!(self.word(i), Word::Other)
    }

    /// "22-year-old", "18 years of age", "aged 30".
    fn is_age(&self, end: usize) -> bool {
        let at = end + usize::from(self.word(end) == Word::Dash);
        self.word(at) == Word::Old || (self.word(at) == Word::Of && self.text(at + 1) == "age")
    }

    /// "15 a year", "twice a week", "$ 100 a day".
    fn is_rate(&self, i: usize) -> bool {
        if i == self.begin {
            return false;
        }
        let before = i - 1;
        let number = |at: usize| matches!(self.words[at], Word::Digits { .. } | Word::Number(_));
        number(before)
            || matches!(self.text(before), "once" | "twice" | "times" | "million" | "billion" | "%" | "percent")
            || (before > self.begin
                && number(before - 1)
                && self.doc.tokens[before].upos == crate::nlp::tags::Upos::Noun
                && !matches!(self.words[before], Word::Units(_)))
    }

    /// "for years", "weeks later", "month-long", "hours of talks".
    fn bare_units(&self, i: usize) -> Found {
        let (unit, plural) = match self.word(i) {
            Word::Unit(unit) => (unit, false),
            Word::Units(unit) => (unit, true),
            _ => return None,
        };
        if unit == Unit::Quarter {
            return None;
        }
        if !plural {
            let long = self.word(i + 1) == Word::Dash && matches!(self.text(i + 2), "long" | "old");
            return (long && self.text(i + 2) == "long")
                .then_some((i + 3, Denotes::Duration { count: Some(1.0), unit }));
        }
        let counted = Counted { count: None, unit, end: i + 1, compound: false };
        if let Some(found) = self.directed(&counted) {
            return Some(found);
        }
        let led = matches!(self.before(i), Word::In | Word::After | Word::Approx | Word::Before | Word::Recent)
            || matches!(
                self.text(i.saturating_sub(1).max(self.begin)),
                "for" | "within" | "For" | "Within" | "took" | "last"
            );
        led.then_some((i + 1, Denotes::Duration { count: None, unit }))
    }

    /// "recently", "recent years", "recent".
    pub(super) fn recent(&self, i: usize) -> (usize, Denotes) {
        let end = i + 1 + usize::from(matches!(self.word(i + 1), Word::Units(_)));
        (end, Denotes::Reference("PAST_REF"))
    }

    /// "every day", "per year", "every two weeks", "every Monday".
    pub(super) fn set(&self, i: usize) -> Found {
        let every = self.word(i) == Word::Every;
        match self.word(i + 1) {
            Word::Unit(unit) if unit != Unit::Quarter || every => Some((i + 2, Denotes::Set(unit))),
            Word::Weekday(_) | Word::DayPart(_) if every => Some((i + 2, Denotes::Set(Unit::Week))),
            Word::Month(_) | Word::Season(_) if every => Some((i + 2, Denotes::Set(Unit::Year))),
            Word::Number(_) | Word::Vague | Word::Digits { .. } if every => match self.word(i + 2) {
                Word::Units(unit) => Some((i + 3, Denotes::Set(unit))),
                _ => None,
            },
            _ => None,
        }
    }

    /// "annually", "the annual meeting"; not "the Daily Telegraph".
    pub(super) fn frequency(&self, i: usize, unit: Unit) -> Found {
        (!self.text(i).starts_with(char::is_uppercase) || i == self.begin).then_some((i + 1, Denotes::Set(unit)))
    }

    /// "fiscal 2007", "fiscal year 2007", "the financial year".
    pub(super) fn fiscal(&self, i: usize) -> Found {
        let year = self.word(i + 1) == Word::Unit(Unit::Year);
        let at = i + 1 + usize::from(year);
        match self.year_at(at) {
            Some((end, y)) => point(end, Point::new(What::Fiscal(Some(y)), From::Speech)),
            None => year.then_some((at, Denotes::Point(Point::new(What::Fiscal(None), From::Speech)))),
        }
    }

    /// "the past two years", "the next few days": a stretch up to or from the moment.
    pub(super) fn stretch(&self, i: usize, sign: i32, from: From) -> Found {
        let counted = self.counted(i)?;
        let what = match counted.count {
            Some(count) if count.fract() == 0.0 && counted.unit.shape().is_some() => {
                What::Stretch { count: sign * count as i32, unit: counted.unit }
            }
            _ => return Some((counted.end, Denotes::Duration { count: counted.count, unit: counted.unit })),
        };
        // "the first two weeks of March" is a part of March
        if self.word(counted.end) == Word::Of && sign == 0 {
            return None;
        }
        point(counted.end, Point::new(what, from))
    }

    /// "the last week of March", "the first ten months of 1915", "the last days of 1914": a part of what follows.
    pub(super) fn parts_of(&self, i: usize, part: Part) -> Found {
        let mut at = i;
        if matches!(self.word(at), Word::Number(_) | Word::Digits { .. } | Word::Vague) {
            at += 1;
        }
        let (Word::Unit(unit) | Word::Units(unit)) = self.word(at) else { return None };
        unit.shape().filter(|&s| s < Shape::Year)?;
        if self.word(at + 1) != Word::Of {
            return None;
        }
        let of = at + 2 + usize::from(self.word(at + 2) == Word::The);
        match self.expression(of)? {
            (end, Denotes::Point(found)) if found.part == Part::Whole && !found.is_day() => {
                point(end, Point { part, ..found })
            }
            _ => None,
        }
    }
}
