//! Days as text: TIMEX3 values and EDTF (ISO 8601-2:2019).

use super::calendar::{Part, Period, Shape, Unit};
use crate::extract::findings::Interval;
use jiff::civil::Date;

/// The value TIMEX3 gives a period: `2024-07-12`, `2024-W28`, `2024-Q3`, `1989-SP`, `199`, `BC0490`.
pub(super) fn value(period: Period) -> String {
    let start = period.start;
    let year = year(start.year());
    match period.shape {
        Shape::Day => format!("{year}-{:02}-{:02}", start.month(), start.day()),
        Shape::Week | Shape::Weekend => {
            let week = start.iso_week_date();
            let end = if period.shape == Shape::Weekend { "-WE" } else { "" };
            format!("{}-W{:02}{end}", self::year(week.year()), week.week())
        }
        Shape::Month => format!("{year}-{:02}", start.month()),
        Shape::Quarter => format!("{year}-Q{}", (start.month() - 1) / 3 + 1),
        Shape::Half => format!("{year}-H{}", (start.month() - 1) / 6 + 1),
        Shape::Season => {
            let season = match start.month() {
                3 => "SP",
                6 => "SU",
                9 => "FA",
                _ => "WI",
            };
            format!("{year}-{season}")
        }
        Shape::Year => year,
        // the years that begin with these digits
        Shape::Decade if start.year() <= 0 => format!("BC{:03}", (1 - i32::from(start.year())) / 10),
        Shape::Decade => format!("{:03}", start.year() / 10),
        Shape::Century if start.year() <= 0 => format!("BC{:02}", (-i32::from(start.year())) / 100),
        Shape::Century => format!("{:02}", start.year() / 100),
    }
}

fn year(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

/// `P5Y`, `PT12H`, `PXM`, as TIMEX3 writes durations.
pub(super) fn duration(count: Option<f32>, unit: Unit) -> String {
    let (time, scale, letter) = match unit {
        Unit::Minute => ("T", 1.0, 'M'),
        Unit::Hour => ("T", 1.0, 'H'),
        Unit::Day => ("", 1.0, 'D'),
        Unit::Week => ("", 1.0, 'W'),
        Unit::Month => ("", 1.0, 'M'),
        Unit::Quarter => ("", 1.0, 'Q'),
        Unit::Year => ("", 1.0, 'Y'),
        Unit::Decade => ("", 10.0, 'Y'),
        Unit::Century => ("", 100.0, 'Y'),
    };
    match count {
        Some(count) => format!("P{time}{}{letter}", count * scale),
        None => format!("P{time}X{letter}"),
    }
}

/// EDTF of an interval that is `period`, or the `part` of it.
pub(super) fn edtf(interval: &Interval, period: Option<(Period, Part)>) -> Option<String> {
    if let Some((period, Part::Whole)) = period {
        let year = edtf_year(period.start);
        match period.shape {
            Shape::Day => return Some(edtf_day(period.start)),
            Shape::Month => return Some(format!("{year}-{:02}", period.start.month())),
            Shape::Season => return Some(format!("{year}-{}", 20 + (period.start.month() / 3))),
            Shape::Year => return Some(year),
            Shape::Decade if period.start.year() > 0 => return Some(format!("{:03}X", period.start.year() / 10)),
            Shape::Century if period.start.year() > 0 => return Some(format!("{:02}XX", period.start.year() / 100)),
            _ => {}
        }
    }
    match (interval.start, interval.end) {
        (Some(start), Some(end)) if start == end => Some(edtf_day(start)),
        (Some(start), Some(end)) => Some(format!("{}/{}", edtf_day(start), edtf_day(end))),
        (Some(start), None) => Some(format!("{}/..", edtf_day(start))),
        (None, Some(end)) => Some(format!("../{}", edtf_day(end))),
        (None, None) => None,
    }
}

fn edtf_year(day: Date) -> String {
    let year = day.year();
    if year < 0 { format!("-{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

fn edtf_day(day: Date) -> String {
    format!("{}-{:02}-{:02}", edtf_year(day), day.month(), day.day())
}
