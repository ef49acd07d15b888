//! Charts as inline SVG: stacked columns over time, and bars inside tables. Every mark has a title, so that hovering
//! and screen readers give its number.

use super::html::{escape, grouped};
use super::survey::{Quads, Survey};
use crate::tables::Day;
use crate::tables::panel::Bin;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Classes of the style sheet and names of quad classes 1 to 4, and of events without one.
pub(super) const QUADS: [(&str, &str); 5] = [
    ("q1", "verbal cooperation"),
    ("q2", "material cooperation"),
    ("q3", "verbal conflict"),
    ("q4", "material conflict"),
    ("q0", "statement"),
];

/// Columns that still can be told apart on a screen.
const MAX_COLUMNS: i64 = 130;

/// Width and height of the drawing; it scales with the page.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 10.0;

/// Events by day of publication, in periods as short as fit.
pub(super) fn over_time(survey: &Survey) -> String {
    let (Some((&first, _)), Some((&last, _))) = (survey.days.first_key_value(), survey.days.last_key_value()) else {
        return "<p class=\"none\">No event is in an article with a day of publication.</p>".to_owned();
    };
    let bin = [Bin::Day, Bin::Week, Bin::Month, Bin::Quarter]
        .into_iter()
        .find(|&bin| i64::from(last - first) / days_of(bin) < MAX_COLUMNS)
        .unwrap_or(Bin::Year);
    let mut columns: BTreeMap<Date, Quads> = BTreeMap::new();
    for (&day, quads) in &survey.days {
        let Some(day) = Day::from_epoch(day) else { continue };
        let column = columns.entry(bin.start(day.date())).or_default();
        column.iter_mut().zip(quads).for_each(|(sum, n)| *sum += n);
    }
    let periods = periods(bin, &columns);
    let highest = columns.values().map(|quads| quads.iter().sum::<u64>()).max().unwrap_or(1).max(1);
    let step = (WIDTH - LEFT) / periods.len().max(1) as f64;
    let height = |n: u64| n as f64 / axis_top(highest) as f64 * (HEIGHT - BOTTOM - TOP);

    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Events by {} of publication\" class=\"chart\">",
        bin.as_str()
    );
    for part in 0..=4 {
        let value = axis_top(highest) * part / 4;
        let y = HEIGHT - BOTTOM - height(value);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 6.0,
            y + 4.0,
            grouped(value)
        );
    }
    let every = periods.len().div_ceil(10).max(1);
    for (at, &start) in periods.iter().enumerate() {
        let x = LEFT + at as f64 * step;
        let label = bin.label(start);
        if at % every == 0 && x < WIDTH - 60.0 {
            let _ = write!(svg, "<text class=\"tick\" x=\"{x:.1}\" y=\"{}\">{label}</text>", HEIGHT - 8.0);
        }
        let Some(quads) = columns.get(&start) else { continue };
        let mut y = HEIGHT - BOTTOM;
        for ((class, name), &n) in QUADS.iter().zip(quads) {
            if n > 0 {
                y -= height(n);
                let _ = write!(
                    svg,
                    "<rect class=\"{class}\" x=\"{:.1}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\"><title>{label}: {} {name}</title></rect>",
                    x + step * 0.08,
                    step * 0.84,
                    height(n).max(0.5),
                    grouped(n)
                );
            }
        }
    }
    svg.push_str("</svg>");
    svg
}

fn days_of(bin: Bin) -> i64 {
    match bin {
        Bin::Day => 1,
        Bin::Week => 7,
        Bin::Month => 30,
        Bin::Quarter => 91,
        Bin::Year => 365,
    }
}

/// Every period from the first to the last, also those without events: a gap must look like one.
fn periods(bin: Bin, columns: &BTreeMap<Date, Quads>) -> Vec<Date> {
    let mut periods = Vec::new();
    let last = columns.keys().next_back().copied();
    let mut period = columns.keys().next().copied();
    while let Some(start) = period.filter(|&start| Some(start) <= last) {
        periods.push(start);
        period = bin.next(start);
    }
    periods
}

/// A round number at or above `highest`, divisible by four.
fn axis_top(highest: u64) -> u64 {
    let mut unit = 4;
    loop {
        for factor in [1, 2, 5] {
            if unit * factor >= highest {
                return unit * factor;
            }
        }
        unit *= 10;
    }
}

/// Which colour is which.
pub(super) fn legend() -> String {
    let item = |(class, name): &(&str, &str)| format!("<span><i class=\"{class}\"></i>{name}</span>");
    format!("<p class=\"legend\">{}</p>", QUADS.iter().map(item).collect::<String>())
}

/// A bar split by quad class, as long as its share of `most`.
pub(super) fn bar(quads: &Quads, most: u64) -> String {
    let mut svg = "<span class=\"bar\">".to_owned();
    for ((class, name), &n) in QUADS.iter().zip(quads) {
        if n > 0 {
            let width = 100.0 * n as f64 / most.max(1) as f64;
            let _ =
                write!(svg, "<i class=\"{class}\" style=\"width:{width:.2}%\" title=\"{} {name}\"></i>", grouped(n));
        }
    }
    svg + "</span>"
}

/// A table of names, numbers and bars of one colour.
pub(super) fn profile<'n>(caption: &str, values: impl IntoIterator<Item = (&'n str, u64)>) -> String {
    let values: Vec<_> = values.into_iter().collect();
    let (most, sum) = (values.iter().map(|v| v.1).max().unwrap_or(0).max(1), values.iter().map(|v| v.1).sum::<u64>());
    let mut out = format!("<table class=\"profile\"><caption>{}</caption><tbody>", escape(caption));
    for (name, n) in values {
        let share = if sum == 0 { 0.0 } else { 100.0 * n as f64 / sum as f64 };
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td><td class=\"num\">{share:.1} %</td>\
             <td class=\"wide\"><span class=\"bar\"><i class=\"one\" style=\"width:{:.2}%\"></i></span></td></tr>",
            escape(name),
            grouped(n),
            100.0 * n as f64 / most as f64
        );
    }
    out + "</tbody></table>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers() {
        assert_eq!([1, 4, 5, 9, 21, 399, 401].map(axis_top), [4, 4, 8, 20, 40, 400, 800]);
    }

    #[test]
    fn gaps_have_their_columns() {
        let columns =
            [(jiff::civil::date(2023, 1, 1), [1; 5]), (jiff::civil::date(2023, 4, 1), [1; 5])].into_iter().collect();
        assert_eq!(periods(Bin::Month, &columns).len(), 4);
    }
}
