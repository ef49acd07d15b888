//! Which words are an expression of time, and what they say.
//!
//! One function for each shape, tried at each token, the longest shapes first. What an expression *says* is a
//! [`Denotes`]; which days that is depends on where it is said, which `narrative` decides. `May`, `March` and
//! bare years need something around them that shows they are times; a person's name is none.

mod counts;
mod dates;
mod turns;

use super::calendar::{Part, Period, Shape, Unit};
use super::feasts::{self, Feast};
use super::words::{DayPart, Word};
use crate::nlp::tags::{Rel, Upos};
use crate::nlp::{Doc, NameKind};
use jiff::civil::Weekday;

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Denotes {
    /// A stretch of the calendar.
    Point(Point),
    /// From the beginning of one to the end of the other.
    Range(Point, Point),
    /// From the beginning of one on.
    Since(Point),
    /// "five years", "half a century"; without a count "years".
    Duration { count: Option<f32>, unit: Unit },
    /// "a year", "every day", "annually".
    Set(Unit),
    /// A moment without a date: `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

/// A stretch of the calendar as the words give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) what: What,
    pub(super) part: Part,
    pub(super) from: From,
    /// TIMEX3 code of the part of the day.
    pub(super) day_part: Option<DayPart>,
    /// The weekday given with a date: "Wednesday, May 30" tells the year.
    pub(super) weekday: Option<Weekday>,
    /// Hour, minute and designator of the zone.
    pub(super) clock: Option<(i8, i8, &'static str)>,
}

/// What is said, with what it leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Nothing is left open.
    Fixed(Period),
    /// "in July", "on July 4".
    MonthDay { month: i8, day: Option<i8>, year: Year },
    /// The month is open: "the 28th".
    DayOfMonth(i8),
    /// The week is open; `turn` -1 for "last", 1 for "next", 0 for neither.
    Weekday { day: Weekday, turn: i32 },
    /// "that summer"; by the month it begins in.
    Season { month: i8, year: Year },
    /// "on Christmas Eve".
    Feast { feast: Feast, year: Year },
    /// "the third quarter", "the first half of last year".
    Fraction { shape: Shape, n: i32, year: Year },
    /// The `offset`-th period from the one it is counted from: "yesterday", "last week".
    Turn { offset: i32, shape: Shape },
    /// A point as exact as its unit: "two weeks ago", "three days later".
    Count { count: i32, unit: Unit },
    /// All days from there: "the past two years" is -2.
    Stretch { count: i32, unit: Unit },
    /// A time of day on a day that other words give: "at 18:00 UTC", "the night".
    SameDay,
    /// A fiscal year, whose days differ from country to country.
    Fiscal(Option<i16>),
    /// "a few days later": counted from something, by nobody knows how many.
    Uncounted { later: bool },
}

/// What is said of a year that is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// Nothing: the tense or the story tells.
    Open,
    /// The nearest in one direction: "last July" is -1.
    Nearest(i32),
    /// "July of last year" is -1, "this July" 0.
    Offset(i32),
}

/// What the days are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The moment of speech: the publication, or in a history the day it tells of.
    Speech,
    /// The day the text spoke of last: "the next day", "that summer".
    Story,
}

type Found = Option<(usize, Denotes)>;

/// Reads expressions of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    doc: &'a Doc,
    words: &'a [Word],
    begin: usize,
    end: usize,
    /// The article has years before Christ: "in 492" may be one.
    ancient: bool,
}

impl Point {
    pub(super) const fn new(what: What, from: From) -> Self {
        Self { what, part: Part::Whole, from, day_part: None, weekday: None, clock: None }
    }

    const fn fixed(period: Period) -> Self {
        Self::new(What::Fixed(period), From::Speech)
    }
}

impl<'a> Reader<'a> {
    /// A reader of the sentence with these tokens; `words` are those of the whole article.
    pub(super) const fn new(doc: &'a Doc, words: &'a [Word], sentence: std::ops::Range<usize>, ancient: bool) -> Self {
        Self { doc, words, begin: sentence.start, end: sentence.end, ancient }
    }

    /// The expression that begins at token `i`, with the index after its last token.
    pub(super) fn at(&self, i: usize) -> Found {
        match self.word(i) {
            Word::Other | Word::Comma | Word::Dash | Word::Of | Word::On | Word::To | Word::And | Word::Open => None,
            Word::Since => self.since(i),
            Word::Between | Word::From => self.range(i),
            _ => self.expression(i).map(|found| self.joined(found)),
        }
    }

    fn expression(&self, i: usize) -> Found {
        let found = match self.word(i) {
            Word::Digits { .. } => self.figures(i),
            Word::Ordinal(_) => self.ordinal(i),
            Word::Month(_) => self.month(i),
            Word::Weekday(_) => self.weekday(i, 0),
            Word::Season(_) => self.season(i),
            Word::Feast => self.feast(i),
            Word::Number(_) | Word::A | Word::Vague | Word::Half | Word::Approx | Word::Units(_) | Word::Unit(_) => {
                self.count(i)
            }
            Word::Last
            | Word::Past
            | Word::Previous
            | Word::Next
            | Word::Coming
            | Word::Following
            | Word::This
            | Word::That
            | Word::Same => self.turn(i, i),
            Word::The => self.definite(i),
            Word::Part(_) | Word::Edge(_) | Word::Earlier | Word::Later => self.part(i),
            Word::Today => point(i + 1, Point::new(What::Turn { offset: 0, shape: Shape::Day }, From::Speech)),
            Word::Yesterday => point(i + 1, Point::new(What::Turn { offset: -1, shape: Shape::Day }, From::Speech)),
            Word::Tomorrow => point(i + 1, Point::new(What::Turn { offset: 1, shape: Shape::Day }, From::Speech)),
            Word::Tonight => {
                let today = Point::new(What::Turn { offset: 0, shape: Shape::Day }, From::Speech);
                point(i + 1, Point { day_part: Some("NI"), ..today })
            }
            Word::DayPart(part) => self.day_part(i, part),
            Word::Clock { .. } => self.clock(i),
            Word::Now => Some((i + 1, Denotes::Reference("PRESENT_REF"))),
            Word::Recent => Some(self.recent(i)),
            Word::Every | Word::Per => self.set(i),
            Word::Frequency(unit) => self.frequency(i, unit),
            Word::Fiscal => self.fiscal(i),
            Word::Quarter(n) => self.numbered_quarter(i, n),
            _ => self.by_itself(i),
        }?;
        (!self.is_in_person(i, found.0)).then_some(found)
    }

    /// What stands in one token: "1990s", "mid-1987", "2023-07-13".
    fn by_itself(&self, i: usize) -> Found {
        let year = |year: i16| Period::year(year).map(Point::fixed);
        let mid = |point: Point| Point { part: Part::Mid, ..point };
        let found = match self.word(i) {
            Word::Decade(start) => return self.decade(i, start, Part::Whole),
            Word::ShortDecade(tens) => return self.short_decade(i, tens),
            Word::ShortYear(tens) => year(if tens < 40 { 2000 + tens } else { 1900 + tens })?,
            Word::Numeric(date) => Point::fixed(Period::day(date)),
            Word::Years(first, last) => return Some((i + 1, Denotes::Range(year(first)?, year(last)?))),
            Word::FiscalYear(year) => Point::new(What::Fiscal(Some(year)), From::Speech),
            Word::MidYear(start) => mid(year(start)?),
            Word::MidDecade(start) => return self.decade(i, start, Part::Mid),
            Word::MidMonth(_) => return self.mid_month(i),
            _ => return None,
        };
        point(i + 1, found)
    }

    fn word(&self, i: usize) -> Word {
        if i < self.end { self.words[i] } else { Word::Other }
    }

    fn text(&self, i: usize) -> &'a str {
        if i < self.end { self.doc.word(i) } else { "" }
    }

    fn before(&self, i: usize) -> Word {
        if i > self.begin { self.words[i - 1] } else { Word::Other }
    }

    /// Within the name of a person: "June Carter", "Theresa May".
    fn is_in_person(&self, first: usize, end: usize) -> bool {
        if !self.text(first).starts_with(char::is_uppercase) {
            return false;
        }
        let names = &self.doc.names;
        let at = names.partition_point(|n| n.tokens.end as usize <= first);
        names.get(at).is_some_and(|n| {
            n.kind == NameKind::Per && n.tokens.start as usize <= first && n.tokens.end as usize >= end
        })
    }

    /// Counted things follow, so figures before them are no year: "2000 troops".
    fn is_counted(&self, i: usize) -> bool {
        let after = self.text(i);
        let token = if i < self.end { self.doc.tokens[i] } else { return false };
        let led = matches!(self.before(i - 1), Word::The | Word::In | Word::Of | Word::Since | Word::Until);
        let things = matches!(
            after,
            "people"
                | "troops"
                | "soldiers"
                | "men"
                | "women"
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
                | "pounds"
                | "barrels"
                | "feet"
                | "m"
                | "kg"
                | "hectares"
                | "acres"
                | "workers"
                | "students"
                | "villagers"
                | "fighters"
                | "jobs"
                | "kilometers"
                | "kilometres"
                | "vehicles"
                | "tanks"
                | "aircraft"
                | "pages"
                | "dead"
                | "wounded"
                | "members"
                | "more"
                | "million"
                | "billion"
        );
        things || (!led && (token.xpos.as_str() == "NNS" || matches!(self.words[i], Word::Units(_))))
    }

    /// A verb or a noun's modifier that the tagger is sure of, where a time would be a name or noun.
    fn is_verb(&self, i: usize) -> bool {
        matches!(self.doc.tokens[i].upos, Upos::Verb | Upos::Aux)
    }

    /// Numbers that count the noun after them.
    fn counts_a_noun(&self, i: usize) -> bool {
        let token = self.doc.tokens[i];
        let head = token.head as usize;
        token.rel == Rel::Nummod && head > i && head < self.end && self.doc.tokens[head].xpos.as_str() == "NNS"
    }

    /// The name in `feasts` at `i`, with the index after it.
    fn feast_name(&self, i: usize) -> Option<(usize, Feast)> {
        let is = |at: usize, word: &str| self.text(at).eq_ignore_ascii_case(word);
        let (name, feast) =
            feasts::NAMES.iter().find(|(name, _)| name.iter().enumerate().all(|(n, word)| is(i + n, word)))?;
        Some((i + name.len(), *feast))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a reader of some shape found it")]
fn point(end: usize, point: Point) -> Found {
    Some((end, Denotes::Point(point)))
}
