//! Words as the grammar of time sees them: every token of an article read once into a small [`Word`].
//!
//! The grammar then matches on these, never on text. Names of months and weekdays count only with a capital
//! ("March", not "march"); `May` and `March` are left to the grammar, which knows what stands around them.

use super::calendar::{Part, Unit};
use super::figures;
use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The longest word of the list; longer tokens are never looked up.
const LONGEST: usize = 13;

/// Part of a day, by its TIMEX3 code.
pub(super) type DayPart = &'static str;

/// What a token may be in an expression of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    Other,
    Month(i8),
    Weekday(Weekday),
    /// By the month it begins in.
    Season(i8),
    /// The first word of a name in `feasts`.
    Feast,
    DayPart(DayPart),
    Unit(Unit),
    Units(Unit),
    Weekend,
    Digits {
        value: i32,
        len: u8,
    },
    Number(i32),
    Half,
    /// few, several, many
    Vague,
    Ordinal(i32),
    Decade(i16),
    /// "the 80s", "the eighties"
    ShortDecade(i16),
    /// "'89"
    ShortYear(i16),
    Clock {
        hour: i8,
        minute: i8,
    },
    Meridiem {
        pm: bool,
    },
    /// A time zone, with its ISO 8601 designator where it has a fixed one.
    Zone(&'static str),
    Numeric(Date),
    /// "2023/24"
    Years(i16, i16),
    Quarter(i32),
    Fiscal,
    FiscalYear(i16),
    MidYear(i16),
    MidMonth(i8),
    MidDecade(i16),
    Bc,
    Ad,
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Now,
    Recent,
    Future,
    A,
    The,
    This,
    That,
    Same,
    Last,
    Past,
    Previous,
    Next,
    Coming,
    Following,
    /// early, late, mid
    Part(Part),
    /// beginning, middle, end: with "of"
    Edge(Part),
    Earlier,
    Later,
    Ago,
    Before,
    After,
    Every,
    Per,
    In,
    On,
    Of,
    Since,
    Until,
    From,
    Between,
    To,
    And,
    Or,
    Dash,
    Comma,
    Open,
    Possessive,
    /// about, nearly, over, almost
    Approx,
    Than,
    Time,
    /// annual, daily
    Frequency(Unit),
    Old,
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    use Word as W;
    let mut words = FxHashMap::default();
    let mut add = |word: Word, forms: &[&'static str]| {
        words.extend(forms.iter().map(|&form| (form, word)));
    };
    let months: [&[&str]; 12] = [
        &["january", "jan", "jan."],
        &["february", "feb", "feb."],
        &["march", "mar", "mar."],
        &["april", "apr", "apr."],
        &["may"],
        &["june", "jun", "jun."],
        &["july", "jul", "jul."],
        &["august", "aug", "aug."],
        &["september", "sept", "sept.", "sep", "sep."],
        &["october", "oct", "oct."],
        &["november", "nov", "nov."],
        &["december", "dec", "dec."],
    ];
    for (n, forms) in months.into_iter().enumerate() {
        add(W::Month(n as i8 + 1), forms);
    }
    let days: [(Weekday, &[&str]); 7] = [
        (Weekday::Monday, &["monday", "mondays", "mon."]),
        (Weekday::Tuesday, &["tuesday", "tuesdays", "tues.", "tue."]),
        (Weekday::Wednesday, &["wednesday", "wednesdays", "wed."]),
        (Weekday::Thursday, &["thursday", "thursdays", "thurs.", "thu."]),
        (Weekday::Friday, &["friday", "fridays", "fri."]),
        (Weekday::Saturday, &["saturday", "saturdays", "sat."]),
        (Weekday::Sunday, &["sunday", "sundays", "sun."]),
    ];
    for (day, forms) in days {
        add(W::Weekday(day), forms);
    }
    add(W::Season(3), &["spring", "springtime"]);
    add(W::Season(6), &["summer", "summertime"]);
    add(W::Season(9), &["autumn", "fall"]);
    add(W::Season(12), &["winter", "wintertime"]);
    add(W::DayPart("MO"), &["morning", "mornings", "dawn", "daybreak"]);
    add(W::DayPart("MI"), &["noon", "midday"]);
    add(W::DayPart("AF"), &["afternoon", "afternoons"]);
    add(W::DayPart("EV"), &["evening", "evenings", "dusk"]);
    add(W::DayPart("NI"), &["night", "nights", "midnight", "nighttime", "overnight"]);
    add(W::DayPart("DT"), &["daytime", "daylight"]);
    add(W::Weekend, &["weekend", "weekends"]);
    for (unit, one, many) in [
        (Unit::Minute, "minute", "minutes"),
        (Unit::Hour, "hour", "hours"),
        (Unit::Day, "day", "days"),
        (Unit::Week, "week", "weeks"),
        (Unit::Month, "month", "months"),
        (Unit::Quarter, "quarter", "quarters"),
        (Unit::Year, "year", "years"),
        (Unit::Decade, "decade", "decades"),
        (Unit::Century, "century", "centuries"),
    ] {
        add(W::Unit(unit), &[one]);
        add(W::Units(unit), &[many]);
    }
    let numbers = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let ordinals = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    for (n, form) in (1..).zip(numbers) {
        add(W::Number(n), &[form]);
    }
    for (n, form) in (1..).zip(ordinals) {
        add(W::Ordinal(n), &[form]);
    }
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];
    for (n, form) in (2..).zip(tens) {
        add(W::Number(n * 10), &[form]);
    }
    add(W::Number(2), &["couple"]);
    add(W::Number(12), &["dozen"]);
    let decades = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    for (n, form) in (2..).zip(decades) {
        add(W::ShortDecade(n * 10), &[form]);
    }
    add(W::Half, &["half", "half-a"]);
    add(W::Vague, &["few", "several", "many", "some", "numerous"]);
    add(W::Recent, &["recently", "lately", "recent"]);
    add(W::Meridiem { pm: false }, &["a.m.", "am", "a.m"]);
    add(W::Meridiem { pm: true }, &["p.m.", "pm", "p.m"]);
    add(W::Zone("Z"), &["gmt", "utc", "z"]);
    add(W::Zone("+01"), &["bst", "cet"]);
    add(W::Zone("+02"), &["cest", "eet"]);
    add(W::Zone("-05"), &["est"]);
    add(W::Zone("-04"), &["edt"]);
    add(W::Zone("-06"), &["cst"]);
    add(W::Zone("-08"), &["pst"]);
    add(W::Zone("-07"), &["pdt"]);
    add(W::Zone(""), &["hrs", "hr", "o'clock", "o’clock"]);
    add(W::Fiscal, &["fiscal", "financial"]);
    add(W::Bc, &["bc", "b.c.", "bce", "b.c.e."]);
    add(W::Ad, &["ad", "a.d.", "ce"]);
    add(W::Today, &["today"]);
    add(W::Yesterday, &["yesterday"]);
    add(W::Tomorrow, &["tomorrow"]);
    add(W::Tonight, &["tonight"]);
    add(W::Now, &["now", "currently", "current", "nowadays", "presently"]);
    add(W::Future, &["future"]);
    add(W::A, &["a", "an", "another"]);
    add(W::The, &["the"]);
    add(W::This, &["this", "these"]);
    add(W::That, &["that", "those"]);
    add(W::Same, &["same"]);
    add(W::Last, &["last", "final"]);
    add(W::Past, &["past"]);
    add(W::Previous, &["previous", "preceding", "prior"]);
    add(W::Next, &["next"]);
    add(W::Coming, &["coming", "upcoming"]);
    add(W::Following, &["following", "subsequent", "succeeding", "ensuing"]);
    add(W::Part(Part::Early), &["early"]);
    add(W::Part(Part::Mid), &["mid"]);
    add(W::Part(Part::Late), &["late"]);
    add(W::Edge(Part::Early), &["beginning", "start", "outset", "dawning", "opening"]);
    add(W::Edge(Part::Mid), &["middle", "midst"]);
    add(W::Edge(Part::Late), &["end", "close"]);
    add(W::Earlier, &["earlier"]);
    add(W::Later, &["later", "afterwards", "afterward", "thereafter"]);
    add(W::Ago, &["ago"]);
    add(W::Before, &["before", "previously"]);
    add(W::After, &["after"]);
    add(W::Every, &["every", "each"]);
    add(W::Per, &["per"]);
    add(W::In, &["in", "by", "during", "around", "circa", "c.", "ca."]);
    add(W::On, &["on"]);
    add(W::Of, &["of"]);
    add(W::Since, &["since"]);
    add(W::Until, &["until", "till", "through", "thru"]);
    add(W::From, &["from"]);
    add(W::Between, &["between"]);
    add(W::To, &["to"]);
    add(W::And, &["and"]);
    add(W::Or, &["or"]);
    add(W::Approx, &["about", "nearly", "almost", "over", "approximately", "roughly", "only", "just", "least"]);
    add(W::Than, &["than"]);
    add(W::Time, &["time", "period"]);
    add(W::Frequency(Unit::Year), &["annual", "annually", "yearly"]);
    add(W::Frequency(Unit::Month), &["monthly"]);
    add(W::Frequency(Unit::Week), &["weekly"]);
    add(W::Frequency(Unit::Day), &["daily", "nightly"]);
    add(W::Frequency(Unit::Quarter), &["quarterly"]);
    add(W::Frequency(Unit::Hour), &["hourly"]);
    add(W::Old, &["old", "older", "aged", "olds"]);
    for (name, _) in super::feasts::NAMES {
        if !matches!(name[0], "may" | "all" | "new" | "good" | "d") {
            add(W::Feast, &name[..1]);
        }
    }
    words
});

/// What `text` may be in an expression of time.
pub(super) fn word(text: &str) -> Word {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return Word::Other };
    if first.is_ascii_digit() {
        return figures::read(text);
    }
    if !first.is_ascii_alphabetic() {
        return match text {
            "-" | "–" | "—" => Word::Dash,
            "," => Word::Comma,
            "(" => Word::Open,
            "'s" | "’s" | "'" | "’" => Word::Possessive,
            _ => figures::apostrophe(text),
        };
    }
    if bytes.len() > LONGEST {
        return Word::Other;
    }
    let mut buffer = [0; LONGEST];
    let mut ascii = true;
    for (to, from) in buffer.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
        ascii &= from.is_ascii();
    }
    let lower = if ascii { std::str::from_utf8(&buffer[..bytes.len()]).unwrap_or_default() } else { text };
    match WORDS.get(lower) {
        Some(Word::Month(_) | Word::Weekday(_) | Word::Feast) if !first.is_ascii_uppercase() => Word::Other,
        // "sat.", "sun.", "mar." end sentences too
        Some(&word) => word,
        None => compound(lower),
    }
}

/// "mid-1987", "mid-July", "post-1945", "Q3", "FY2007".
fn compound(lower: &str) -> Word {
    if let Some(rest) = lower.strip_prefix("mid-").or_else(|| lower.strip_prefix("mid")) {
        return match figures::read(rest) {
            Word::Digits { value, len: 4 } => Word::MidYear(value as i16),
            Word::Decade(start) => Word::MidDecade(start),
            _ => match WORDS.get(rest) {
                Some(&Word::Month(month)) => Word::MidMonth(month),
                Some(&Word::DayPart(part)) => Word::DayPart(part),
                _ => Word::Other,
            },
        };
    }
    for prefix in ["post-", "pre-", "late-", "early-"] {
        if let Some(rest) = lower.strip_prefix(prefix)
            && let word @ Word::Digits { len: 4, .. } = figures::read(rest)
        {
            return word;
        }
    }
    if let Some(rest) = lower.strip_prefix("fy") {
        return figures::fiscal(rest);
    }
    if let Some(quarter) = lower.strip_prefix('q').and_then(|n| n.parse().ok()).filter(|n| (1..=4).contains(n)) {
        return Word::Quarter(quarter);
    }
    Word::Other
}
