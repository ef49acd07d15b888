//! Factiva exports as HTML or text: many articles in one file, each a list of two-letter fields (`HD` headline, `LP`
//! lead paragraph, `TD` text …), closed by its number (`AN Document …`).

use super::detect::{Format, Sure};
use super::input::{Input, whole};
use super::metadata::{body, byline, date, layout};
use super::sink::{Flow, Sink};
use super::xml::{Event, Lexer};
use super::{RejectReason, clean, decode, fields};
use crate::article::{Article, PublishedBasis};

/// Told by fields that stand in a column of their own.
pub(crate) static FORMAT: Format = Format { name: "factiva", extensions: &[], name_suffices: false, recognise, read };

/// Every field of the export.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT",
    "RF", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "ART", "CX", "CLM",
];

/// Fields that become columns of the user's own, and their names there.
const KEPT: &[(&str, &str)] = &[
    ("SE", "section"),
    ("CLM", "column"),
    ("CR", "credit"),
    ("WC", "length"),
    ("PG", "page"),
    ("ED", "edition"),
    ("SC", "source_code"),
    ("CO", "company"),
    ("IN", "industry"),
    ("NS", "subject"),
    ("RE", "region"),
    ("AN", "accession_no"),
];

/// Fields in order.
type Record = Vec<(String, String)>;

fn recognise(head: &str) -> Sure {
    let html = head.contains("<b>HD</b>") && head.contains("index");
    // Pages hold so much style that the fields may stand far below.
    let page = head.starts_with('<') && head.contains("<title>Factiva");
    let codes =
        ["HD", "PD", "SN", "LP", "WC"].iter().filter(|c| head.lines().any(|l| code(l).is_some_and(|(f, _)| f == **c)));
    if html || page || codes.count() >= 4 { Sure::Yes } else { Sure::No }
}

/// `HD  Talks end` or `HD` alone: the field and the rest of the line.
fn code(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let apart =
        rest.trim().is_empty() || rest.starts_with('\t') || rest.starts_with("  ") || rest.starts_with('\u{a0}');
    (CODES.contains(&name) && apart).then(|| (name, rest.trim()))
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let decoded = decode::decode(&bytes, None);
    let (text, seen) = clean::clean(&decoded.text);
    let records = if text.trim_start().starts_with('<') { from_html(&text) } else { from_text(&text) };
    if records.is_empty() {
        return sink.reject(RejectReason::NoArticleText, "a Factiva page without an article", &bytes, None);
    }
    for record in records {
        let mut article = article(&record, sink);
        decoded.warnings.iter().for_each(|w| article.warn(*w));
        seen.note(&mut article);
        let raw: Vec<String> = record.iter().map(|(f, v)| [f.as_str(), v.as_str()].join("\t")).collect();
        sink.article(article, FORMAT.name, raw.join("\n").as_bytes())?;
    }
    Ok(())
}

/// Rows of two cells: the field, and its value with a blank line between paragraphs.
fn from_html(text: &str) -> Vec<Record> {
    let mut out = Records::default();
    let mut lexer = Lexer::new(text);
    let mut cell: Option<String> = None;
    let mut field: Option<String> = None;
    while let Ok(Some(event)) = lexer.next_event() {
        match event {
            Event::Start { name, .. } if name == "td" => cell = Some(String::new()),
            Event::Start { name, .. } if name == "br" || name == "p" => {
                if let Some(cell) = &mut cell {
                    cell.push_str("\n\n");
                }
            }
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    // Line ends of the source are no line ends of the text.
                    cell.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
                }
            }
            Event::End { name } if name == "td" => {
                let value = cell.take().unwrap_or_default();
                match field.take() {
                    Some(field) => out.push(field, value.trim().to_owned()),
                    None => field = Some(value.trim().to_owned()).filter(|v| CODES.contains(&v.as_str())),
                }
            }
            _ => {}
        }
    }
    out.done
}

fn from_text(text: &str) -> Vec<Record> {
    let mut out = Records::default();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (code(line), &mut open) {
            (Some((name, value)), open) => {
                if let Some((name, value)) = open.replace((name.to_owned(), value.to_owned())) {
                    out.push(name, value);
                }
            }
            (None, Some((_, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            // What stands above the first field.
            (None, None) => {}
        }
    }
    if let Some((name, value)) = open {
        out.push(name, value);
    }
    out.done
}

/// Records as they are completed.
#[derive(Default)]
struct Records {
    done: Vec<Record>,
    /// The last record has its number, which closes it.
    closed: bool,
}

impl Records {
    fn push(&mut self, field: String, value: String) {
        let twice = field == "HD" && self.done.last().is_some_and(|r| r.iter().any(|(f, _)| f == "HD"));
        if self.closed || twice || self.done.is_empty() {
            self.done.push(Record::new());
        }
        self.closed = field == "AN";
        if let Some(record) = self.done.last_mut() {
            record.push((field, value));
        }
    }
}

fn article(record: &Record, sink: &Sink<'_>) -> Article {
    let get =
        |name: &str| record.iter().find(|(f, v)| f == name && !v.trim().is_empty()).map(|(_, v)| clean::squeeze(v));
    let mut article = Article {
        title: get("HD"),
        author: get("BY").as_deref().and_then(byline::from_field),
        publisher: get("SN").or_else(|| get("PUB")),
        lang: get("LA").and_then(|l| fields::language_code(&l)),
        ..Article::default()
    };
    if let Some(day) = get("PD") {
        let reading = date::read(&day).or_else(|| date::find(&day));
        sink.dating().set(&mut article, reading, &day, PublishedBasis::Metadata);
    }
    for (field, name) in KEPT {
        if let Some(value) = get(field) {
            article.meta.push(((*name).to_owned(), value));
        }
    }
    let mut paragraphs = Vec::new();
    for (_, text) in record.iter().filter(|(f, _)| f == "LP" || f == "TD") {
        let lines: Vec<&str> = text.split('\n').collect();
        paragraphs.extend(layout::between_blanks(&lines));
    }
    let pieces = body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref());
    body::push(&mut article, pieces);
    article
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadOptions, read_bytes};
    use std::ops::ControlFlow;

    #[test]
    fn an_export_as_text_holds_each_article() {
        let one = |n: u8| {
            format!(
                "HD\tRail line agreed {n}\nBY\tBy Jane Doe\nWC\t40 words\nPD\t13 July 2023\nSN\tThe Example Herald\nLA\tEnglish\nLP\n\
                 The two ministers met in Oslo on Monday.\n\nTD\nWork began in 2019.\n\nAN\tDocument EXMP{n}\n\n"
            )
        };
        let mut articles = Vec::new();
        read_bytes("export.txt", (one(1) + &one(2)).as_bytes(), &ReadOptions::default(), &mut |item| {
            articles.push(item.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(articles.len(), 2);
        let article = &articles[1];
        assert_eq!((article.format, article.title.as_deref()), ("factiva", Some("Rail line agreed 2")));
        assert_eq!(
            (article.author.as_deref(), article.publisher.as_deref()),
            (Some("Jane Doe"), Some("The Example Herald"))
        );
        assert_eq!(article.published_date().unwrap().to_string(), "2023-07-13");
        assert!(article.text.ends_with("on Monday.\nWork began in 2019."), "{}", article.text);
    }
}
