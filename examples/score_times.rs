//! Scores expressions of time against a corpus in JSON lines: relaxed spans, and values of what is found.
//!
//! `score_times FILE... [--errors]`. A record has `text`, `doc_creation_time` and `timexes`, each with `start`,
//! `end` (code points), `value` and perhaps `mod`, in TIMEX3 or TIMEX2 notation.
//!
//! A span is right when it overlaps one of the other side (as the scorer of TempEval-3 has it). Of gold spans that
//! are found, the value is right when
//! 1. both values are the same text, after `FY` years, decades and hours are written one way (`P1DE` is `P10Y`,
//!    TIMEX2's `set` values of a unit are the set of that unit), or
//! 2. both denote the same days: the gold value is read as an interval of days, parts of a day dropped, or
//! 3. the gold value carries a modifier (`START`, `MID`, `END`, `BEFORE` …) and our days lie within its period, or
//! 4. our expression is a range that the corpus splits, and the gold days stand at one end of it, or
//! 5. the gold value is empty or unknown in every place (`XXXX-XX-XX`) and we give no days.

use serde_json::Value;
use tidings::Pipeline;
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::ExtractOptions;
use tidings::extract::findings::TimeKind;

/// One expression, ours or gold.
struct Expression {
    start: usize,
    end: usize,
    value: String,
    modified: bool,
    days: Option<(String, String)>,
    range: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let errors = arguments.iter().any(|a| a == "--errors");
    let pipeline = Pipeline::builtin(ExtractOptions::default())?;
    let mut worker = pipeline.worker();
    for path in arguments.iter().filter(|a| !a.starts_with("--")) {
        let (mut gold_n, mut ours_n, mut found, mut right, mut spans_right) = (0, 0, 0, 0, 0);
        for line in std::fs::read_to_string(path)?.lines() {
            let record: Value = serde_json::from_str(line)?;
            let text = record["text"].as_str().unwrap_or_default();
            let gold = gold(&record);
            let (doc, findings) = worker.analyse(article(&record, text));
            // blocks are joined anew, so offsets are moved to those of the record
            let mut ours = Vec::new();
            let mut at = 0;
            for time in &findings.times {
                let words = time.span.slice(doc.text());
                let prefix = &doc.text()[..time.span.start as usize];
                let start = aligned(text, prefix, &mut at);
                let days = time.interval.map(|i| {
                    let day =
                        |d: Option<jiff::civil::Date>, open: &str| d.map_or_else(|| open.to_owned(), |d| d.to_string());
                    (day(i.start, "-"), day(i.end, "-"))
                });
                let set = time.kind == TimeKind::Set;
                ours.push(Expression {
                    start,
                    end: start + words.chars().count(),
                    value: if set { format!("SET{}", time.value) } else { time.value.clone() },
                    modified: false,
                    range: time.value.contains('/'),
                    days,
                });
            }
            gold_n += gold.len();
            ours_n += ours.len();
            for g in &gold {
                let hits: Vec<&Expression> = ours.iter().filter(|o| overlap(o, g)).collect();
                found += usize::from(!hits.is_empty());
                let ok = hits.iter().any(|o| same(o, g));
                right += usize::from(ok);
                if errors && !ok {
                    let ours: Vec<String> = hits.iter().map(|o| format!("{} = {}", shown(text, o), o.value)).collect();
                    let kind = if hits.is_empty() { "MISSED" } else { "VALUE " };
                    println!("{kind} {} = {} | {}", shown(text, g), g.value, ours.join(" ; "));
                }
            }
            for o in &ours {
                let ok = gold.iter().any(|g| overlap(o, g));
                spans_right += usize::from(ok);
                if errors && !ok {
                    println!("EXTRA  {} = {}", shown(text, o), o.value);
                }
            }
        }
        let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        let (precision, recall) = (ratio(spans_right, ours_n), ratio(found, gold_n));
        println!(
            "{path}: {gold_n} gold, {ours_n} ours; precision {precision:.3} recall {recall:.3} F1 {:.3}; value of found {:.3}; F1 with value {:.3}",
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
            ratio(right, found),
            2.0 * right as f64 / (gold_n + ours_n) as f64,
        );
    }
    Ok(())
}

/// A block for each line.
fn article(record: &Value, text: &str) -> Article {
    let mut article = Article::default();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        article.push_block(BlockKind::Paragraph, line);
    }
    let date = record["doc_creation_time"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    article.published = date.map(|date| Published { date, time: None, basis: PublishedBasis::Metadata });
    article
}

/// Code point of the record's text that stands where `prefix` ends, white space apart; `from` is where to go on.
fn aligned(text: &str, prefix: &str, from: &mut usize) -> usize {
    let solid = prefix.chars().filter(|c| !c.is_whitespace()).count();
    let mut seen = 0;
    for (at, c) in text.chars().enumerate() {
        if !c.is_whitespace() {
            if seen == solid {
                *from = at;
                return at;
            }
            seen += 1;
        }
    }
    text.chars().count()
}

fn gold(record: &Value) -> Vec<Expression> {
    let number = |v: &Value| v.as_u64().unwrap_or_default() as usize;
    let all = record["timexes"].as_array().into_iter().flatten();
    all.map(|t| {
        let value = t["value"].as_str().unwrap_or_default();
        let set = t["type"] == "SET";
        Expression {
            start: number(&t["start"]),
            end: number(&t["end"]),
            value: if set { format!("SET{}", set_value(value)) } else { canonical(value) },
            modified: t["mod"].is_string(),
            days: if set { None } else { days(value) },
            range: false,
        }
    })
    .collect()
}

/// TIMEX2 writes "daily" as `XXXX-XX-XX`, "annually" as `XXXX`.
fn set_value(value: &str) -> &str {
    match value {
        "XXXX" => "P1Y",
        "XXXX-XX" => "P1M",
        "XXXX-WXX" => "P1W",
        _ if value.contains("XX-XX") => "P1D",
        _ => value,
    }
}

fn canonical(value: &str) -> String {
    let tens = |text: &str, letters: &str, scale: f64| -> Option<String> {
        let count = text.strip_prefix('P')?.strip_suffix(letters)?;
        Some(format!("P{}Y", count.parse::<f64>().ok()? * scale))
    };
    tens(value, "DE", 10.0).or_else(|| tens(value, "CE", 100.0)).unwrap_or_else(|| value.to_owned())
}

/// First and last day of a TIMEX value.
fn days(value: &str) -> Option<(String, String)> {
    let day = value.split('T').next()?;
    let (bc, digits) = match day.strip_prefix("BC") {
        Some(rest) => (true, rest),
        None => (false, day),
    };
    let parts: Vec<&str> = digits.split('-').collect();
    let first = parts[0];
    if first.is_empty() || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = first.parse().ok()?;
    let astronomical = |year: i16| if bc { 1 - year } else { year };
    let date = |y: i16, m: i8, d: i8| jiff::civil::Date::new(y, m, d).ok();
    let text = |a: jiff::civil::Date, b: jiff::civil::Date| Some((a.to_string(), b.to_string()));
    let year_long = |y: i16| text(date(y, 1, 1)?, date(y, 12, 31)?);
    match (first.len(), parts.len()) {
        (2 | 3, 1) => {
            let scale = if first.len() == 3 { 10 } else { 100 };
            let (a, b) = (number * scale, number * scale + scale - 1);
            let (a, b) = if bc { (1 - b, 1 - a) } else { (a, b) };
            text(date(a, 1, 1)?, date(b, 12, 31)?)
        }
        (4, 1) => year_long(astronomical(number)),
        (4, 2 | 3) => {
            let y = astronomical(number);
            let second = parts[1];
            if let Some(week) = second.strip_prefix('W') {
                let monday = jiff::civil::ISOWeekDate::new(y, week.parse().ok()?, jiff::civil::Weekday::Monday).ok()?;
                let monday = monday.date();
                let weekend = parts.get(2) == Some(&"WE");
                let add = |n: i64| monday.checked_add(jiff::Span::new().days(n)).ok();
                return if weekend { text(add(5)?, add(6)?) } else { text(monday, add(6)?) };
            }
            let months = |first: i8, last: i8| text(date(y, first, 1)?, date(y, last, 1)?.last_of_month());
            match second {
                "Q1" => months(1, 3),
                "Q2" => months(4, 6),
                "Q3" => months(7, 9),
                "Q4" => months(10, 12),
                "H1" => months(1, 6),
                "H2" => months(7, 12),
                "SP" => months(3, 5),
                "SU" => months(6, 8),
                "FA" => months(9, 11),
                "WI" => text(date(y, 12, 1)?, date(y + 1, 2, 1)?.last_of_month()),
                _ => {
                    let m: i8 = second.parse().ok()?;
                    match parts.get(2) {
                        None => text(date(y, m, 1)?, date(y, m, 1)?.last_of_month()),
                        Some(d) => {
                            let d = date(y, m, d.parse().ok()?)?;
                            text(d, d)
                        }
                    }
                }
            }
        }
        _ => None,
    }
}

fn overlap(a: &Expression, b: &Expression) -> bool {
    a.start < b.end && b.start < a.end
}

fn same(ours: &Expression, gold: &Expression) -> bool {
    if ours.value == gold.value || (ours.days.is_some() && ours.days == gold.days) {
        return true;
    }
    // parts of a day and the clock
    let day = |v: &str| v.split('T').next().unwrap_or_default().to_owned();
    if ours.value.contains('T') && !gold.value.starts_with('P') && day(&ours.value) == day(&gold.value) {
        return true;
    }
    match (&ours.days, &gold.days) {
        (Some((a, b)), Some((c, d))) => gold.modified && a >= c && b <= d || ours.range && (a == c || b == d),
        (None, None) => {
            let unknown = gold.value.is_empty() || gold.value.contains("XX");
            unknown && !ours.value.starts_with('P')
        }
        _ => false,
    }
}

fn shown(text: &str, e: &Expression) -> String {
    let chars: Vec<char> = text.chars().collect();
    let part = |a: usize, b: usize| chars[a.min(chars.len())..b.min(chars.len())].iter().collect::<String>();
    let before = part(e.start.saturating_sub(25), e.start).replace('\n', " ");
    let after = part(e.end, e.end + 20).replace('\n', " ");
    format!("{before}[{}]{after}", part(e.start, e.end).replace('\n', " "))
}
