//! Periods of a panel: days, weeks from Monday, months, quarters, years.

use crate::tables::Day;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// Length of a panel's periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bin {
    /// Calendar day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// Calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// Calendar year.
    Year,
}

impl Bin {
    /// As in the names of panels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// First day of the period that `date` is in.
    pub(crate) fn start(self, date: Date) -> Date {
        let month = match self {
            Self::Day => return date,
            Self::Week => {
                let since_monday = date.weekday().since(Weekday::Monday);
                return date.checked_sub(i32::from(since_monday).days()).unwrap_or(date);
            }
            Self::Month => date.month(),
            Self::Quarter => (date.month() - 1) / 3 * 3 + 1,
            Self::Year => 1,
        };
        Date::new(date.year(), month, 1).unwrap_or(date)
    }

    /// First day of the period after the one that starts on `start`; none at the end of time.
    pub(crate) fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.days(),
            Self::Week => 7.days(),
            Self::Month => 1.months(),
            Self::Quarter => 3.months(),
            Self::Year => 1.years(),
        };
        start.checked_add(span).ok()
    }

    /// Last day of the period that starts on `start`.
    pub(super) fn end(self, start: Date) -> Date {
        self.next(start).and_then(|next| next.yesterday().ok()).unwrap_or(Date::MAX)
    }

    /// `2023-07-12`, `2023-W28`, `2023-07`, `2023-Q3`, `2023`.
    pub(crate) fn label(self, start: Date) -> String {
        match self {
            Self::Day => start.to_string(),
            Self::Week => {
                let week = start.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Self::Quarter => format!("{:04}-Q{}", start.year(), (start.month() - 1) / 3 + 1),
            Self::Year => format!("{:04}", start.year()),
        }
    }

    /// The one period that a span of days lies in; none when it reaches over several.
    pub(super) fn of(self, first: Day, last: Day) -> Option<Date> {
        let start = self.start(first.date());
        (self.start(last.date()) == start).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_begin_end_and_are_named_as_calendars_have_it() {
        let day = date(2023, 7, 12);
        let whole = |bin: Bin| {
            let start = bin.start(day);
            (start.to_string(), bin.end(start).to_string(), bin.label(start))
        };
        let expected = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(whole(Bin::Day), expected("2023-07-12", "2023-07-12", "2023-07-12"));
        assert_eq!(whole(Bin::Week), expected("2023-07-10", "2023-07-16", "2023-W28"));
        assert_eq!(whole(Bin::Month), expected("2023-07-01", "2023-07-31", "2023-07"));
        assert_eq!(whole(Bin::Quarter), expected("2023-07-01", "2023-09-30", "2023-Q3"));
        assert_eq!(whole(Bin::Year), expected("2023-01-01", "2023-12-31", "2023"));
        // The first days of 2021 belong to the last week of 2020.
        assert_eq!(Bin::Week.label(Bin::Week.start(date(2021, 1, 2))), "2020-W53");
    }

    #[test]
    fn a_span_over_two_periods_has_none() {
        let day = |y, m, d| Day::of(date(y, m, d)).unwrap();
        assert_eq!(Bin::Month.of(day(2023, 7, 1), day(2023, 7, 31)), Some(date(2023, 7, 1)));
        assert_eq!(Bin::Month.of(day(2023, 7, 31), day(2023, 8, 1)), None);
        assert_eq!(Bin::Day.of(day(2023, 7, 1), day(2023, 7, 31)), None);
    }
}
