//! Dates by name or number: days, months, years, decades, centuries, seasons, feasts, times of day.

use super::super::calendar::{Part, Period, Shape, Unit};
use super::super::words::{DayPart, Word};
use super::{Denotes, Found, From, Point, Reader, What, Year, point};
use jiff::civil::Date;

/// Years that a bare number of four digits names without further evidence.
const MODERN: std::ops::RangeInclusive<i32> = 1900..=2050;

/// Years it may name after a preposition.
const LED: std::ops::RangeInclusive<i32> = 1000..=2199;

impl Reader<'_> {
    /// Expressions that begin with figures.
    pub(super) fn figures(&self, i: usize) -> Found {
        self.day_month(i).or_else(|| self.hour(i)).or_else(|| self.count(i)).or_else(|| self.year(i))
    }

    /// A year at `i`, however unlikely by itself: after a month, "early", "of".
    pub(super) fn year_at(&self, i: usize) -> Option<(usize, i16)> {
        let Word::Digits { value, len } = self.word(i) else { return None };
        let at = i16::try_from(value).ok()?;
        match self.word(i + 1) {
            Word::Bc if value > 0 => return Some((i + 2, 1 - at)),
            Word::Ad => return Some((i + 2, at)),
            _ => {}
        }
        if len == 4 && LED.contains(&value) {
            return Some((i + 1, at));
        }
        (self.ancient && len == 3 && value > 100).then_some((i + 1, 1 - at))
    }

    pub(super) fn day_at(&self, i: usize) -> Option<i8> {
        match self.word(i) {
            Word::Digits { value: day @ 1..=31, len: 1 | 2 } | Word::Ordinal(day @ 1..=31) => Some(day as i8),
            _ => None,
        }
    }

    fn month_at(&self, i: usize) -> Option<i8> {
        match self.word(i) {
            Word::Month(month) => Some(month),
            _ => None,
        }
    }

    /// A dash or word that joins two days of one month.
    fn is_joint(&self, i: usize) -> bool {
        matches!(self.word(i), Word::Dash | Word::To | Word::And | Word::Until) || self.text(i) == "/"
    }

    /// `13 July 2023`, `13 July`, `13-15 July 2023`, `the 25th of August`.
    pub(super) fn day_month(&self, i: usize) -> Found {
        let first = self.day_at(i)?;
        let mut at = i + 1;
        let mut last = first;
        if self.is_joint(at)
            && let Some(second) = self.day_at(at + 1)
            && second > first
        {
            last = second;
            at += 2;
        }
        if self.word(at) == Word::Of {
            at += 1;
        }
        if let Some(month) = self.month_at(at) {
            return self.days_in(first, last, month, at + 1);
        }
        // "the 28th of that month"
        if self.word(at - 1) == Word::Of
            && matches!(self.word(at), Word::That | Word::This | Word::The | Word::Same)
            && let Some(end) = (at + 1..at + 3).find(|&t| self.word(t) == Word::Unit(Unit::Month))
        {
            return point(end + 1, Point::new(What::DayOfMonth(first), From::Story));
        }
        None
    }

    /// `July 13, 2023`, `July 13`, `July 11-12, 2023`, `July 2023`, `July of 2023`, `July`.
    pub(super) fn month(&self, i: usize) -> Found {
        let month = self.month_at(i)?;
        if let Some((end, feast)) = self.feast_name(i) {
            return self.feast_in(end, feast, 0);
        }
        let Some(first) = self.day_at(i + 1).filter(|_| !self.is_clock(i + 1)) else {
            return self.month_year(i, Part::Whole, 0);
        };
        let mut at = i + 2;
        let mut last = first;
        if self.is_joint(at)
            && let Some(second) = self.day_at(at + 1).filter(|&second| second > first)
            && !matches!(self.word(at + 2), Word::Month(_))
        {
            last = second;
            at += 2;
        }
        if matches!(self.word(at), Word::Comma | Word::Of) && self.year_at(at + 1).is_some() {
            at += 1;
        }
        self.days_in(first, last, month, at)
    }

    /// "11 a.m.", "5:30": figures that are the time of day rather than the day.
    fn is_clock(&self, i: usize) -> bool {
        matches!(self.word(i + 1), Word::Meridiem { .. })
    }

    fn days_in(&self, first: i8, last: i8, month: i8, at: usize) -> Found {
        let year = match self.word(at) {
            Word::Comma => self.year_at(at + 1).filter(|_| !self.is_counted(at + 2)),
            _ => self.year_at(at),
        };
        let fixed = |year: i16, day: i8| Date::new(year, month, day).ok().map(|d| Point::fixed(Period::day(d)));
        if let Some((end, year)) = year {
            let start = fixed(year, first)?;
            return if first == last {
                self.with_clock(end, start)
            } else {
                Some((end, Denotes::Range(start, fixed(year, last)?)))
            };
        }
        let open = |day: i8, from| Point::new(What::MonthDay { month, day: Some(day), year: Year::Open }, from);
        // "July 25 of that year"
        let (end, from) = self.of_that_year(at).map_or((at, From::Speech), |end| (end, From::Story));
        Date::new(2000, month, last).ok()?;
        if first == last {
            return self.with_clock(end, open(first, from));
        }
        Some((end, Denotes::Range(open(first, from), open(last, from))))
    }

    /// "of that year", "of the same year".
    fn of_that_year(&self, i: usize) -> Option<usize> {
        if !matches!(self.word(i), Word::Of | Word::Comma) && self.word(i) != Word::That {
            return None;
        }
        let mut at = i + usize::from(self.word(i) != Word::That);
        if !matches!(self.word(at), Word::That | Word::The | Word::Same) {
            return None;
        }
        let definite = self.word(at) == Word::The;
        at += 1;
        if self.word(at) == Word::Same {
            at += 1;
        } else if definite {
            return None;
        }
        (self.word(at) == Word::Unit(Unit::Year)).then_some(at + 1)
    }

    /// `July 2023`, `July of 2023`, `July, 2023`, `July`.
    pub(super) fn month_year(&self, i: usize, part: Part, turn: i32) -> Found {
        let month = self.month_at(i)?;
        let mut at = i + 1;
        if matches!(self.word(at), Word::Of | Word::Comma) && self.year_at(at + 1).is_some() {
            at += 1;
        }
        if turn == 0
            && let Some((end, year)) = self.year_at(at)
            && !(self.word(at - 1) == Word::Comma && self.is_counted(end))
        {
            return point(end, Point { part, ..Point::fixed(Period::month(year, month)?) });
        }
        if turn == 0
            && let Word::ShortYear(year) = self.word(at)
        {
            let year = if year < 40 { 2000 + year } else { 1900 + year };
            return point(at + 1, Point { part, ..Point::fixed(Period::month(year, month)?) });
        }
        let open = Point {
            part,
            ..Point::new(
                What::MonthDay { month, day: None, year: if turn == 0 { Year::Open } else { Year::Nearest(turn) } },
                From::Speech,
            )
        };
        if let Some(end) = self.of_that_year(i + 1) {
            return point(end, Point { from: From::Story, ..open });
        }
        // "July of last year", "in July last year"
        let of = i + 1 + usize::from(self.word(i + 1) == Word::Of);
        if let Some(turn) = self.turn_word(of)
            && matches!(self.word(of), Word::Last | Word::This | Word::Next)
            && self.word(of + 1) == Word::Unit(Unit::Year)
        {
            let what = What::MonthDay { month, day: None, year: Year::Offset(turn.0) };
            return point(of + 2, Point { what, ..open });
        }
        let certain = part != Part::Whole || turn != 0 || self.is_month_by_context(i, month);
        certain.then_some((i + 1, Denotes::Point(open)))
    }

    /// "May" and "March" are also words, and April and June also people: something around must show a month.
    fn is_month_by_context(&self, i: usize, month: i8) -> bool {
        let led = matches!(
            self.before(i),
            Word::In
                | Word::Since
                | Word::Until
                | Word::Last
                | Word::Next
                | Word::This
                | Word::Of
                | Word::From
                | Word::Part(_)
                | Word::Dash
                | Word::Between
                | Word::To
                | Word::And
                | Word::Previous
                | Word::Following
                | Word::Edge(_)
                | Word::That
                | Word::Same
                | Word::Or
        );
        if matches!(month, 3 | 5) {
            return led && !self.is_verb(i);
        }
        if self.is_verb(i) {
            return led;
        }
        // "Jan" and "Jun" are names
        led || self.text(i).len() > 4
    }

    pub(super) fn mid_month(&self, i: usize) -> Found {
        let Word::MidMonth(month) = self.word(i) else { return None };
        let open = Point::new(What::MonthDay { month, day: None, year: Year::Open }, From::Speech);
        let (end, found) = match self.year_at(i + 1) {
            Some((end, year)) => (end, Point::fixed(Period::month(year, month)?)),
            None => (i + 1, open),
        };
        point(end, Point { part: Part::Mid, ..found })
    }

    /// A bare year, where what stands around does not make it a count.
    pub(super) fn year(&self, i: usize) -> Found {
        let Word::Digits { value, len } = self.word(i) else { return None };
        let (end, year) = self.year_at(i)?;
        let certain = end > i + 1;
        if !certain {
            let before = self.text(i.saturating_sub(1).max(self.begin));
            let led = matches!(
                self.before(i),
                Word::In
                    | Word::Since
                    | Word::Until
                    | Word::Of
                    | Word::From
                    | Word::Between
                    | Word::Part(_)
                    | Word::Last
                    | Word::Before
                    | Word::After
                    | Word::Edge(_)
                    | Word::Fiscal
                    | Word::Season(_)
                    | Word::Unit(Unit::Year)
                    | Word::Units(Unit::Year)
            );
            let money = matches!(before, "$" | "£" | "€" | "¥" | "US$" | "No." | "no." | "#" | "number" | "than");
            if i > self.begin && money || self.is_counted(i + 1) || len < 4 && !led {
                return None;
            }
            if !led && (!MODERN.contains(&value) && self.before(i) != Word::Open || self.counts_a_noun(i)) {
                return None;
            }
            if matches!(self.before(i), Word::Approx | Word::A | Word::Than) && self.counts_a_noun(i) {
                return None;
            }
        }
        // "the 1982 summer"
        if let Word::Season(month) = self.word(end)
            && self.text(end) != "fall"
        {
            return point(end + 1, Point::fixed(Period::season(year, month)?));
        }
        // "1957-60", "1914-1918"
        if self.word(end) == Word::Dash
            && let Word::Digits { value: last, len: 2 } = self.word(end + 1)
            && value % 100 < last
            && !matches!(self.word(end + 2), Word::Month(_) | Word::Units(_))
        {
            let last = Period::year(year - year.rem_euclid(100) + last as i16)?;
            return Some((end + 2, Denotes::Range(Point::fixed(Period::year(year)?), Point::fixed(last))));
        }
        point(end, Point::fixed(Period::year(year)?))
    }

    /// `1990s`, `480s BC`.
    pub(super) fn decade(&self, i: usize, start: i16, part: Part) -> Found {
        let (end, year) = if self.word(i + 1) == Word::Bc { (i + 2, -start - 9 + 1) } else { (i + 1, start) };
        let start = Date::new(year, 1, 1).ok()?;
        // "the 1900s" is a decade only by its neighbours; by itself it is a century as often
        let mut found = Point::fixed(Period { start, shape: Shape::Decade });
        found.part = part;
        point(end, found)
    }

    pub(super) fn short_decade(&self, i: usize, tens: i16) -> Found {
        let age = matches!(self.text(i.saturating_sub(1).max(self.begin)), "his" | "her" | "their" | "my");
        let led = matches!(self.before(i), Word::The | Word::Part(_) | Word::Dash);
        if age || !led {
            return None;
        }
        self.decade(i, if tens < 20 { 2000 + tens } else { 1900 + tens }, Part::Whole)
    }

    /// `first quarter of 2009`, `19th century`, `25th of August`, `28th`.
    pub(super) fn ordinal(&self, i: usize) -> Found {
        let Word::Ordinal(n) = self.word(i) else { return None };
        if let Some(found) = self.day_month(i) {
            return Some(found);
        }
        let at = i + 1 + usize::from(self.word(i + 1) == Word::Dash);
        match self.word(at) {
            Word::Unit(Unit::Century) => {
                let bc = self.word(at + 1) == Word::Bc;
                let end = at + 1 + usize::from(bc || self.word(at + 1) == Word::Ad);
                point(end, Point::fixed(Period::century(n, bc)?))
            }
            Word::Half if n <= 2 => self.fraction(at + 1, Shape::Half, n),
            Word::Unit(Unit::Quarter) if n <= 4 => self.fraction(at + 1, Shape::Quarter, n),
            // "on the 13th" after a month was named
            _ if (self.before(i) == Word::The || self.before(i) == Word::On)
                && self.text(i).starts_with(|c: char| c.is_ascii_digit())
                && n <= 31
                && !self.text(i + 1).starts_with(char::is_alphabetic) =>
            {
                point(i + 1, Point::new(What::DayOfMonth(n as i8), From::Story))
            }
            _ => None,
        }
    }

    /// `Q3 2010`.
    pub(super) fn numbered_quarter(&self, i: usize, n: i32) -> Found {
        let year = self.year_at(i + 1)?;
        point(year.0, Point::fixed(Period::fraction(year.1, Shape::Quarter, n)?))
    }

    /// What follows "first quarter": `of 2009`, `of last year`, `2009`, or nothing.
    pub(super) fn fraction(&self, at: usize, shape: Shape, n: i32) -> Found {
        let of = at + usize::from(self.word(at) == Word::Of);
        if let Some((end, year)) = self.year_at(of) {
            return point(end, Point::fixed(Period::fraction(year, shape, n)?));
        }
        let mut turned = of + usize::from(self.word(of) == Word::The);
        if let Some((turn, _)) = self.turn_word(turned) {
            turned += 1;
            if self.word(turned) == Word::Unit(Unit::Year) {
                return point(
                    turned + 1,
                    Point::new(What::Fraction { shape, n, year: Year::Offset(turn) }, From::Speech),
                );
            }
        }
        // "the second half" of a match, of anything
        let open = shape == Shape::Quarter && self.word(at) != Word::Of;
        open.then_some((at, Denotes::Point(Point::new(What::Fraction { shape, n, year: Year::Open }, From::Speech))))
    }

    /// `Wednesday`, `Wednesday night`, `Wednesday, May 10`.
    pub(super) fn weekday(&self, i: usize, turn: i32) -> Found {
        let Word::Weekday(day) = self.word(i) else { return None };
        let mut found = Point::new(What::Weekday { day, turn }, From::Speech);
        let mut at = i + 1;
        if let Word::DayPart(part) = self.word(at) {
            found.day_part = Some(part);
            at += 1;
        }
        let date = at + usize::from(self.word(at) == Word::Comma);
        let date = date + usize::from(self.word(date) == Word::The);
        let dated = match self.word(date) {
            Word::Month(_) => self.month(date),
            Word::Digits { .. } | Word::Ordinal(_) => self.day_month(date),
            _ => None,
        };
        if let Some((end, Denotes::Point(mut full))) = dated
            && matches!(full.what, What::Fixed(Period { shape: Shape::Day, .. }) | What::MonthDay { day: Some(_), .. })
        {
            full.day_part = found.day_part;
            full.weekday = Some(day);
            return point(end, full);
        }
        self.with_clock(at, found)
    }

    /// `summer 1918`, `spring of 1989`, `the summer`.
    pub(super) fn season(&self, i: usize) -> Found {
        let Word::Season(month) = self.word(i) else { return None };
        let of = i + 1 + usize::from(matches!(self.word(i + 1), Word::Of | Word::Comma));
        if let Some((end, year)) = self.year_at(of) {
            return point(end, Point::fixed(Period::season(year, month)?));
        }
        if let Some(end) = self.of_that_year(i + 1) {
            return point(end, Point::new(What::Season { month, year: Year::Open }, From::Story));
        }
        if let Some((turn, _)) = self.turn_word(of)
            && self.word(of + 1) == Word::Unit(Unit::Year)
        {
            return point(of + 2, Point::new(What::Season { month, year: Year::Offset(turn) }, From::Speech));
        }
        let led =
            matches!(self.before(i), Word::In | Word::The | Word::Part(_) | Word::Until | Word::Since | Word::This);
        let word = self.text(i);
        let common = matches!(word, "fall" | "Fall" | "spring" | "Spring");
        let certain =
            led && !self.is_verb(i) && (!common || matches!(self.before(i), Word::In | Word::The | Word::Part(_)));
        let noun_follows = self.text(i + 1).starts_with(char::is_alphabetic) && word.eq_ignore_ascii_case("fall");
        (certain && !noun_follows)
            .then(|| (i + 1, Denotes::Point(Point::new(What::Season { month, year: Year::Open }, From::Speech))))
    }

    /// `Christmas 1963`, `Good Friday`.
    pub(super) fn feast(&self, i: usize) -> Found {
        let (end, feast) = self.feast_name(i)?;
        self.feast_in(end, feast, 0)
    }

    pub(super) fn feast_in(&self, end: usize, feast: super::Feast, turn: i32) -> Found {
        if let super::Feast::Once { year, .. } = feast {
            return point(end, Point::fixed(Period::day(feast.in_year(year)?)));
        }
        if let Some((end, year)) = self.year_at(end) {
            return point(end, Point::fixed(Period::day(feast.in_year(year)?)));
        }
        point(
            end,
            Point::new(
                What::Feast { feast, year: if turn == 0 { Year::Open } else { Year::Nearest(turn) } },
                From::Speech,
            ),
        )
    }

    /// `the morning of 31 January`, `morning`, `night`.
    pub(super) fn day_part(&self, i: usize, part: DayPart) -> Found {
        let mut of = i + 1;
        if matches!(self.word(of), Word::Units(Unit::Hour)) {
            of += 1;
        }
        let dated = if matches!(self.word(of), Word::Of | Word::On) {
            let on = of + 1 + usize::from(self.word(of + 1) == Word::The);
            self.expression(on)
        } else {
            None
        };
        if let Some((end, Denotes::Point(found))) = dated
            && found.is_day()
        {
            return point(end, Point { day_part: Some(part), ..found });
        }
        let led = matches!(self.before(i), Word::In | Word::The | Word::Part(_))
            || matches!(self.text(i.saturating_sub(1).max(self.begin)), "at" | "all" | "one");
        let same_day = Point::new(What::SameDay, From::Story);
        led.then_some((i + 1, Denotes::Point(Point { day_part: Some(part), ..same_day })))
    }

    /// `11 a.m.`, `5:30 pm`, `0800 UTC`, `10 o'clock`.
    fn hour(&self, i: usize) -> Found {
        let Word::Digits { value, len } = self.word(i) else { return None };
        let (hour, minute) = match (self.word(i + 1), len) {
            (Word::Meridiem { pm }, 1 | 2) if (1..=12).contains(&value) => (value % 12 + if pm { 12 } else { 0 }, 0),
            (Word::Zone(_), 4) if value < 2400 => (value / 100, value % 100),
            (Word::Zone(""), 1 | 2) if value < 24 => (value, 0),
            _ => return None,
        };
        let at = i + 1 + usize::from(len <= 2);
        let (end, zone) = self.zone(at);
        self.clock_point(end, (hour as i8, minute as i8, zone))
    }

    pub(super) fn clock(&self, i: usize) -> Found {
        let Word::Clock { hour, minute } = self.word(i) else { return None };
        let mut at = i + 1;
        let mut hour = hour;
        if let Word::Meridiem { pm } = self.word(at) {
            hour = hour % 12 + if pm { 12 } else { 0 };
            at += 1;
        }
        let (end, zone) = self.zone(at);
        self.clock_point(end, (hour, minute, zone))
    }

    fn zone(&self, at: usize) -> (usize, &'static str) {
        let open = usize::from(self.word(at) == Word::Open);
        match self.word(at + open) {
            Word::Zone(zone) if self.text(at + open).starts_with(char::is_uppercase) || zone.is_empty() => {
                (at + open + 1, zone)
            }
            _ => (at, ""),
        }
    }

    /// A time of day with the day that follows it: `12:00 UTC Monday`, `18:00 on June 1`.
    fn clock_point(&self, end: usize, clock: (i8, i8, &'static str)) -> Found {
        let clock = Some(clock);
        let next = end + usize::from(matches!(self.word(end), Word::On | Word::Comma));
        let dated = matches!(
            self.word(next),
            Word::Month(_) | Word::Weekday(_) | Word::Today | Word::Yesterday | Word::Digits { .. } | Word::Tomorrow
        )
        .then(|| self.expression(next))
        .flatten();
        if let Some((end, Denotes::Point(found))) = dated
            && found.is_day()
        {
            return point(end, Point { clock, ..found });
        }
        point(end, Point { clock, ..Point::new(What::SameDay, From::Story) })
    }

    /// A day with the time of day after it: `May 8 1:00am`, `Monday at 10:58`.
    fn with_clock(&self, end: usize, day: Point) -> Found {
        let next = end + usize::from(self.text(end) == "at" || self.word(end) == Word::Comma);
        if self.is_clock(next) || matches!(self.word(next), Word::Clock { .. }) {
            let clock = self.hour(next).or_else(|| self.clock(next));
            if let Some((end, Denotes::Point(Point { clock, what: What::SameDay, .. }))) = clock {
                return point(end, Point { clock, ..day });
            }
        }
        point(end, day)
    }
}

impl Point {
    /// One day, whatever it leaves open.
    pub(in super::super) const fn is_day(&self) -> bool {
        matches!(
            self.what,
            What::Fixed(Period { shape: Shape::Day, .. })
                | What::MonthDay { day: Some(_), .. }
                | What::DayOfMonth(_)
                | What::Weekday { .. }
                | What::Feast { .. }
                | What::Turn { shape: Shape::Day, .. }
                | What::Count { unit: Unit::Day, .. }
        )
    }
}
