//! Validity: when a row of a table holds, with the honesty that a year or a month is not a day.
//!
//! A bound such as `2014-05` is kept as the days it may mean. [`Spell::surely`] answers only for days on which
//! every reading agrees, so an uncertain hand-over never names the wrong minister.

use jiff::civil::Date;

/// A stated day, month or year, as the first and last day it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// First day it may mean.
    pub first: Date,
    /// Last day it may mean.
    pub last: Date,
}

impl Bound {
    /// Reads `2014`, `2014-05` or `2014-05-26`; `None` when it is none of these or no such day exists.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| -> Option<i16> {
            let digits = text.get(range)?;
            if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        let year = number(0..4)?;
        match text.len() {
            4 => Some(Self { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? }),
            7 if dash(4) => {
                let first = Date::new(year, i8::try_from(number(5..7)?).ok()?, 1).ok()?;
                Some(Self { first, last: first.last_of_month() })
            }
            10 if dash(4) && dash(7) => {
                let month = i8::try_from(number(5..7)?).ok()?;
                let day = Date::new(year, month, i8::try_from(number(8..10)?).ok()?).ok()?;
                Some(Self { first: day, last: day })
            }
            _ => None,
        }
    }
}

/// From when to when a row holds, both ends inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spell {
    /// First day in force.
    pub from: Option<Bound>,
    /// Last day in force.
    pub to: Option<Bound>,
}

impl Spell {
    /// True when `date` is inside on every reading of the bounds.
    pub fn surely(self, date: Date) -> bool {
        self.from.is_none_or(|from| from.last <= date) && self.to.is_none_or(|to| date <= to.first)
    }

    /// True when `date` is inside on some reading of the bounds.
    pub fn possibly(self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first <= date) && self.to.is_none_or(|to| date <= to.last)
    }

    /// True when the end comes before the beginning on every reading.
    pub fn inverted(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to.last < from.first)
    }

    /// Number of days the two surely share; 0 when they do not. An open end is far away.
    pub fn common_days(self, other: Self) -> i32 {
        let from = [self.from, other.from].into_iter().flatten().map(|bound| bound.last).max();
        let to = [self.to, other.to].into_iter().flatten().map(|bound| bound.first).min();
        match (from, to) {
            (Some(from), Some(to)) => ((to - from).get_days() + 1).max(0),
            _ => i32::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_uncertain_at_its_edges() {
        let spell = Spell { from: Bound::parse("2014-05"), to: Bound::parse("2016") };
        assert!(!spell.surely(date(2014, 5, 20)) && spell.possibly(date(2014, 5, 20)));
        assert!(spell.surely(date(2014, 6, 1)) && spell.surely(date(2015, 12, 31)));
        assert!(!spell.surely(date(2016, 3, 1)) && spell.possibly(date(2016, 3, 1)));
        assert!(!spell.possibly(date(2017, 1, 1)));
    }

    #[test]
    fn only_real_days_are_read() {
        assert!(Bound::parse("2023-02-29").is_none());
        assert!(Bound::parse("2023-2-1").is_none());
        assert!(Bound::parse("+202").is_none());
        assert!(Bound::parse("2023/02/01").is_none());
        assert_eq!(Bound::parse("2024-02").unwrap().last, date(2024, 2, 29));
    }
}
