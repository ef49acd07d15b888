//! Which words are an expression of time, and what they say.
//!
//! One function for each shape, tried at each token, the longest shapes first. Months and weekdays must be
//! capitalised as names ("March", not "march"); a bare year needs a preposition or a noun it dates.

use super::calendar::{Part, Relative, Unit, take_part};
use crate::extract::findings::Precision;
use crate::nlp::Doc;
use jiff::civil::{Date, Weekday};

/// Years a bare number of four digits may name.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

/// What an expression denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denotes {
    /// Days of the calendar.
    Fixed { start: Option<Date>, end: Option<Date>, precision: Precision },
    /// Days seen from the day of publication.
    Relative(Relative),
}

type Found = Option<(usize, Denotes)>;

/// Reads expressions of one sentence.
pub(super) struct Reader<'a> {
    doc: &'a Doc,
    end: usize,
}

impl<'a> Reader<'a> {
    /// A reader of the tokens before `end`.
    pub(super) fn new(doc: &'a Doc, end: usize) -> Self {
        Self { doc, end }
    }

    /// The expression that begins at token `i`, with the index after its last token.
    pub(super) fn at(&self, i: usize) -> Found {
        let first = self.word(i)?;
        let initial = first.chars().next()?;
        if initial.is_ascii_digit() {
            return self.numeric(i).or_else(|| self.day_month(i)).or_else(|| self.bare_year(i));
        }
        if !initial.is_alphabetic() {
            return None;
        }
        if initial.is_uppercase() && (month(first).is_some() || weekday(first).is_some()) {
            return self.month_day(i).or_else(|| self.month_year(i, Part::Whole)).or_else(|| self.weekday(i, 0));
        }
        match self.lower(i).as_str() {
            "since" => self.since(i),
            "between" | "from" => self.range(i),
            "early" | "late" | "mid" | "earlier" | "later" => self.part_of(i),
            "last" | "past" | "previous" | "this" | "next" | "coming" | "the" | "over" | "during" => self.turn(i),
            "today" | "tonight" => Some((i + 1, Denotes::Relative(Relative::Days(0)))),
            "yesterday" => Some((i + 1, Denotes::Relative(Relative::Days(-1)))),
            "tomorrow" => Some((i + 1, Denotes::Relative(Relative::Days(1)))),
            _ => self.ago(i),
        }
    }

    fn word(&self, i: usize) -> Option<&'a str> {
        (i < self.end).then(|| self.doc.word(i))
    }

    fn lower(&self, i: usize) -> String {
        self.word(i).map(str::to_lowercase).unwrap_or_default()
    }

    fn is(&self, i: usize, word: &str) -> bool {
        self.word(i).is_some_and(|w| w.eq_ignore_ascii_case(word))
    }

    fn year(&self, i: usize) -> Option<i16> {
        let word = self.word(i)?;
        (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| YEARS.contains(y))
    }

    fn day_of_month(&self, i: usize) -> Option<i8> {
        let word = self.word(i)?;
        let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    }

    fn month_name(&self, i: usize) -> Option<i8> {
        self.word(i).filter(|w| w.starts_with(char::is_uppercase)).and_then(month)
    }

    /// `2023-07-13`, `13.07.2023`, `13/07/2023` where a part over twelve tells the order.
    fn numeric(&self, i: usize) -> Found {
        let word = self.word(i)?;
        for separator in ['-', '.', '/'] {
            let parts: Vec<&str> = word.split(separator).collect();
            let [a, b, c] = parts[..] else { continue };
            let number = |text: &str| text.parse::<i16>().ok();
            let (a_len, a, b, c) = (a.len(), number(a)?, number(b)?, number(c)?);
            let date = match separator {
                _ if a_len == 4 => Date::new(a, b as i8, c as i8),
                '.' => Date::new(c, b as i8, a as i8),
                _ if a > 12 => Date::new(c, b as i8, a as i8),
                _ if b > 12 => Date::new(c, a as i8, b as i8),
                _ => return None,
            };
            let date = date.ok().filter(|d| YEARS.contains(&d.year()))?;
            return Some((i + 1, day(date)));
        }
        None
    }

    /// `13 July 2023`, `13 July`, `13-15 July 2023`.
    fn day_month(&self, i: usize) -> Found {
        let first = self.day_of_month(i)?;
        let mut at = i + 1;
        let mut last = first;
        if (self.is(at, "-") || self.is(at, "–") || self.is(at, "to") || self.is(at, "and"))
            && let Some(second) = self.day_of_month(at + 1)
        {
            last = second;
            at += 2;
        }
        if self.is(at, "of") {
            at += 1;
        }
        let month = self.month_name(at)?;
        self.days_in(first, last, month, at + 1)
    }

    /// `July 13, 2023`, `July 13`, `July 11-12, 2023`.
    fn month_day(&self, i: usize) -> Found {
        let month = self.month_name(i)?;
        let first = self.day_of_month(i + 1)?;
        let mut at = i + 2;
        let mut last = first;
        if (self.is(at, "-") || self.is(at, "–") || self.is(at, "to") || self.is(at, "and"))
            && let Some(second) = self.day_of_month(at + 1)
        {
            last = second;
            at += 2;
        }
        if self.is(at, ",") && self.year(at + 1).is_some() {
            at += 1;
        }
        self.days_in(first, last, month, at)
    }

    fn days_in(&self, first: i8, last: i8, month: i8, at: usize) -> Found {
        if let Some(year) = self.year(at) {
            let start = Date::new(year, month, first).ok()?;
            let end = Date::new(year, month, last).ok()?;
            return (start <= end).then_some((at + 1, fixed(start, end, Precision::Day)));
        }
        let relative = if first == last {
            Relative::MonthDay { month, day: Some(first), turn: 0, part: Part::Whole }
        } else {
            Relative::DayRange { month, first, last }
        };
        (first <= last).then_some((at, Denotes::Relative(relative)))
    }

    /// `July 2023`, `July of 2023`, `July`.
    fn month_year(&self, i: usize, part: Part) -> Found {
        let month = self.month_name(i)?;
        let mut at = i + 1;
        if self.is(at, "of") || self.is(at, ",") {
            at += 1;
        }
        if let Some(year) = self.year(at) {
            let start = Date::new(year, month, 1).ok()?;
            let (start, end) = take_part(start, start.last_of_month(), part, start)?;
            return Some((at + 1, fixed(start, end, Precision::Month)));
        }
        // "May" and "March" alone are also a verb's beginning of a sentence: a preposition must stand before
        let led = i > 0
            && matches!(
                self.doc.word(i - 1).to_lowercase().as_str(),
                "in" | "since"
                    | "by"
                    | "until"
                    | "last"
                    | "next"
                    | "this"
                    | "of"
                    | "from"
                    | "during"
                    | "early"
                    | "late"
                    | "mid"
                    | "-"
            );
        led.then_some((i + 1, Denotes::Relative(Relative::MonthDay { month, day: None, turn: 0, part })))
    }

    fn weekday(&self, i: usize, turn: i32) -> Found {
        let day = self.word(i).filter(|w| w.starts_with(char::is_uppercase)).and_then(weekday)?;
        let mut at = i + 1;
        if matches!(self.lower(at).as_str(), "morning" | "afternoon" | "evening" | "night") {
            at += 1;
        }
        // "Wednesday, May 10" is that date
        let comma = usize::from(self.is(at, ","));
        if turn == 0
            && let Some(dated) = self.month_day(at + comma).or_else(|| self.day_month(at + comma))
        {
            return Some(dated);
        }
        Some((at, Denotes::Relative(Relative::Weekday { day, turn })))
    }

    /// A year that a preposition or a dated noun shows to be one: "in 2021", "the 2013 strategic partnership".
    fn bare_year(&self, i: usize) -> Found {
        let word = self.word(i)?;
        if let Some(decade) = word.strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0'))
            && let Ok(first) = decade.parse::<i16>()
            && YEARS.contains(&first)
        {
            return Some((
                i + 1,
                fixed(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?, Precision::Year),
            ));
        }
        let year = self.year(i)?;
        let before = if i > 0 { self.doc.word(i - 1).to_lowercase() } else { String::new() };
        let after = self.lower(i + 1);
        let led = matches!(
            before.as_str(),
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "of"
                | "the"
                | "for"
                | "to"
                | "and"
                | "between"
                | "early"
                | "late"
                | "mid"
                | "-"
                | "–"
                | "after"
                | "before"
                | "its"
                | "their"
                | "’s"
                | "'s"
                | "fiscal"
                | "around"
        );
        let counted = matches!(
            after.as_str(),
            "people"
                | "troops"
                | "soldiers"
                | "men"
                | "civilians"
                | "protesters"
                | "dollars"
                | "euros"
                | "percent"
                | "%"
                | "km"
                | "miles"
                | "metres"
                | "meters"
                | "tonnes"
                | "tons"
                | "others"
                | "prisoners"
                | "migrants"
                | "refugees"
                | "police"
                | "officers"
                | "houses"
                | "homes"
                | "cases"
                | "deaths"
        );
        if !led || counted {
            return None;
        }
        let start = Date::new(year, 1, 1).ok()?;
        Some((i + 1, fixed(start, start.last_of_year(), Precision::Year)))
    }

    /// `since 2014`, `since March 2022`, `since Monday`: open to the right.
    fn since(&self, i: usize) -> Found {
        let (end, denotes) = self.at(i + 1).or_else(|| {
            let (end, denotes) = self.month_year(i + 1, Part::Whole)?;
            Some((end, denotes))
        })?;
        match denotes {
            Denotes::Fixed { start, .. } => {
                Some((end, Denotes::Fixed { start, end: None, precision: Precision::Open }))
            }
            Denotes::Relative(_) => Some((end, denotes)),
        }
    }

    /// `between 2014 and 2016`, `from March to May 2022`, `from 3 to 5 May`: from the start of one to the end of the other.
    fn range(&self, i: usize) -> Found {
        if let Some(found) = self.day_month(i + 1) {
            return Some(found).filter(|(end, _)| *end > i + 3);
        }
        let first_year = self.year(i + 1).and_then(|y| Date::new(y, 1, 1).ok());
        let (at, first) = match first_year {
            Some(start) => (i + 2, fixed(start, start.last_of_year(), Precision::Year)),
            None => self.at(i + 1)?,
        };
        if !matches!(self.lower(at).as_str(), "and" | "to" | "until" | "-" | "–") {
            return None;
        }
        let second_year = self.year(at + 1).and_then(|y| Date::new(y, 1, 1).ok());
        let (end, second) = match second_year {
            Some(start) => (at + 2, fixed(start, start.last_of_year(), Precision::Year)),
            None => self.at(at + 1)?,
        };
        match (first, second) {
            (Denotes::Fixed { start, .. }, Denotes::Fixed { end: last, precision, .. }) if start <= last => {
                Some((end, Denotes::Fixed { start, end: last, precision }))
            }
            _ => None,
        }
    }

    /// `early July`, `late 2023`, `mid-March`, `earlier this month`, `later this year`.
    fn part_of(&self, i: usize) -> Found {
        let part = match self.lower(i).as_str() {
            "early" => Part::Early,
            "mid" => Part::Mid,
            "late" => Part::Late,
            "earlier" => Part::UpToNow,
            _ => Part::AfterNow,
        };
        let mut at = i + 1;
        if self.is(at, "-") {
            at += 1;
        }
        if self.is(at, "in") {
            at += 1;
        }
        if matches!(part, Part::UpToNow | Part::AfterNow) {
            if !self.is(at, "this") {
                return None;
            }
            let unit = unit(&self.lower(at + 1))?;
            return Some((at + 2, Denotes::Relative(Relative::Period { offset: 0, unit, part })));
        }
        if let Some(year) = self.year(at) {
            let start = Date::new(year, 1, 1).ok()?;
            let (start, end) = take_part(start, start.last_of_year(), part, start)?;
            return Some((at + 1, fixed(start, end, Precision::Quarter)));
        }
        self.month_year(at, part)
    }

    /// `last year`, `this month`, `next week`, `last Wednesday`, `the past two years`, `the first half of 2024`.
    fn turn(&self, i: usize) -> Found {
        let mut at = i;
        if matches!(self.lower(at).as_str(), "over" | "during") {
            at += 1;
        }
        if self.is(at, "the") {
            at += 1;
            if let Some(found) = self.fraction(at) {
                return Some(found);
            }
        }
        let word = self.lower(at);
        let turn = match word.as_str() {
            "last" | "past" | "previous" => -1,
            "this" if at == i => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        at += 1;
        if turn == 0 && (self.is(at, "past") || self.is(at, "last")) {
            let unit = unit(&self.lower(at + 1))?;
            return Some((at + 2, Denotes::Relative(Relative::Past { count: 1, unit })));
        }
        if let Some(count) = number(&self.lower(at))
            && let Some(unit) = unit(&self.lower(at + 1))
        {
            return (turn < 0).then_some((at + 2, Denotes::Relative(Relative::Past { count, unit })));
        }
        // "the past year" is twelve months, "last year" the one before
        if let Some(unit) = unit(&self.lower(at)) {
            let relative = if word == "past" {
                Relative::Past { count: 1, unit }
            } else {
                Relative::Period { offset: turn, unit, part: Part::Whole }
            };
            return Some((at + 1, Denotes::Relative(relative)));
        }
        if turn <= 0 && matches!(self.lower(at).as_str(), "night" | "morning" | "afternoon" | "evening") {
            return Some((at + 1, Denotes::Relative(Relative::Days(turn))));
        }
        if let Some(month) = self.month_name(at) {
            return Some((at + 1, Denotes::Relative(Relative::MonthDay { month, day: None, turn, part: Part::Whole })));
        }
        self.weekday(at, turn)
    }

    /// `first half of 2024`, `third quarter of 2022`.
    fn fraction(&self, i: usize) -> Found {
        let number = match self.lower(i).as_str() {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" => 4,
            _ => return None,
        };
        let months = match self.lower(i + 1).as_str() {
            "half" if number <= 2 => 6,
            "quarter" => 3,
            _ => return None,
        };
        let year = if self.is(i + 2, "of") { self.year(i + 3)? } else { return None };
        let start = Date::new(year, (number - 1) * months + 1, 1).ok()?;
        let last_month = Date::new(year, number * months, 1).ok()?;
        Some((i + 4, fixed(start, last_month.last_of_month(), Precision::Quarter)))
    }

    /// `two weeks ago`, `a year earlier` (of publication only with "ago").
    fn ago(&self, i: usize) -> Found {
        let count = number(&self.lower(i))?;
        let unit = unit(&self.lower(i + 1))?;
        self.is(i + 2, "ago").then_some((i + 3, Denotes::Relative(Relative::Ago { count: -count, unit })))
    }
}

fn day(date: Date) -> Denotes {
    fixed(date, date, Precision::Day)
}

fn fixed(start: Date, end: Date, precision: Precision) -> Denotes {
    Denotes::Fixed { start: Some(start), end: Some(end), precision }
}

fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let abbreviated = matches!(
        word.as_str(),
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
    );
    let at = NAMES.iter().position(|n| *n == word || (abbreviated && n.starts_with(&word)))?;
    Some(at as i8 + 1)
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.to_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        _ => return None,
    })
}

fn number(word: &str) -> Option<i32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "a" | "an" => Some(1),
        _ => WORDS
            .iter()
            .position(|w| *w == word)
            .and_then(|i| i32::try_from(i + 1).ok())
            .or_else(|| word.parse().ok().filter(|n| (1..=500).contains(n))),
    }
}
