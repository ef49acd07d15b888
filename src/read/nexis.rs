//! Lexis and Nexis Uni exports as text or HTML: many articles in one file, each below `3 of 74 DOCUMENTS`, after a
//! cover page.
//!
//! An article is: the paper, the date, the title (in the classic layout all above the first label), then labels
//! (`BYLINE: …`, `LENGTH: …`), the text, and labels again (`LOAD-DATE: …`).

use super::detect::{Format, Sure};
use super::input::{Input, whole};
use super::metadata::{body, byline, date, layout};
use super::sink::{Flow, Sink};
use super::{clean, decode, html};
use crate::article::{Article, BlockKind, PublishedBasis};

/// Told by the counter above an article.
pub(crate) static FORMAT: Format = Format { name: "nexis", extensions: &[], name_suffices: false, recognise, read };

/// The line above the text in Nexis Uni, in the languages of its menus.
const UNI_BODY: &[&str] = &["Body", "Volltext:", "Volltext", "Corps"];

/// The line below an article in Nexis Uni.
const UNI_END: &[&str] = &["End of Document", "Dokumentende", "Fin du document"];

/// Labels whose value is a column of the user's own.
const KEPT: &[&str] =
    &["section", "length", "subject", "geographic", "company", "person", "organization", "series", "distribution"];

/// Labels that end the text.
const ENDING: &[&str] = &[
    "load-date",
    "language",
    "publication-type",
    "subject",
    "geographic",
    "company",
    "person",
    "organization",
    "ticker",
    "industry",
    "graphic",
    "notes",
    "copyright",
    "journal-code",
    "document-type",
    "country",
    "state",
    "city",
    "acc-no",
    "rubrik",
    "update",
];

fn recognise(head: &str) -> Sure {
    let found = head.lines().any(|l| counter(strip_tags(l).trim()));
    if found { Sure::Yes } else { Sure::No }
}

fn strip_tags(line: &str) -> String {
    let mut inside = false;
    line.chars()
        .filter(|c| {
            inside = *c == '<' || inside && *c != '>';
            !inside && *c != '>'
        })
        .collect()
}

/// `3 of 74 DOCUMENTS`, `Dokument 3 von 74`, `Document 3 of 74`
fn counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit() || b == b',');
    match words.as_slice() {
        [a, "of" | "von" | "de", b, word] => number(a) && number(b) && word.eq_ignore_ascii_case("documents"),
        [word, a, "of" | "von" | "de", b] => word.to_lowercase().starts_with("do") && number(a) && number(b),
        _ => false,
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let decoded = decode::decode(&bytes, None);
    let (text, seen) = clean::clean(&decoded.text);
    let is_html = text.trim_start().starts_with('<');
    // Paragraphs of HTML are whole; a blank line between them keeps them apart.
    let paragraphs = || html::fragment(&text).into_iter().map(|(_, t)| t).collect::<Vec<_>>().join("\n\n");
    let text = if is_html { paragraphs().into() } else { text };
    let mut warn = |article: &mut Article| {
        decoded.warnings.iter().for_each(|w| article.warn(*w));
        seen.note(article);
    };
    documents(&text, &mut warn, sink)
}

/// True for a text that is an export.
pub(crate) fn is_export(text: &str) -> bool {
    text.lines().any(|l| counter(l.trim())) || is_uni(text)
}

/// Nexis Uni: each article ends with a line that says so, and its text begins below "Body".
fn is_uni(text: &str) -> bool {
    let has = |wanted: &[&str]| text.lines().any(|l| wanted.contains(&l.trim()));
    has(UNI_END) && has(UNI_BODY)
}

/// The articles of an export in plain text.
pub(crate) fn documents(text: &str, finish: &mut dyn FnMut(&mut Article), sink: &mut Sink<'_>) -> Flow {
    let lines: Vec<&str> = text.split('\n').collect();
    if is_uni(text) {
        for record in lines.split(|l| UNI_END.contains(&l.trim())) {
            let Some(mut article) = uni_document(record, sink) else { continue };
            finish(&mut article);
            sink.article(article, FORMAT.name, record.join("\n").as_bytes())?;
        }
        return Ok(());
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|i| counter(lines[*i].trim())).collect();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let record = &lines[start + 1..end];
        let mut article = document(record, sink);
        finish(&mut article);
        sink.article(article, FORMAT.name, record.join("\n").as_bytes())?;
    }
    Ok(())
}

/// `BYLINE: Jane Doe`: the label in small letters, and the value.
fn label(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.trim().split_once(':')?;
    let shouted = name.len() >= 4 && name.len() <= 24 && name.chars().all(|c| c.is_uppercase() || "-/ ".contains(c));
    shouted.then(|| (name.to_lowercase(), value.trim()))
}

fn document(lines: &[&str], sink: &Sink<'_>) -> Article {
    let mut article = Article::default();
    let first_label = lines.iter().position(|l| label(l).is_some()).unwrap_or(0);
    head(&mut article, &lines[..first_label], sink);
    let mut dateline = None;
    let mut text: Vec<&str> = Vec::new();
    let mut in_text = false;
    let mut ended = false;
    let mut i = first_label;
    while i < lines.len() {
        let line = lines[i];
        i += 1;
        let found = label(line).filter(|(name, _)| !in_text || ENDING.contains(&name.as_str()));
        let Some((name, value)) = found else {
            let copyright = line.trim_start().starts_with("Copyright ") || line.trim() == "All Rights Reserved";
            ended |= in_text && copyright;
            if !ended && !copyright && (in_text || !line.trim().is_empty()) {
                in_text = true;
                text.push(line);
            }
            continue;
        };
        ended |= in_text;
        let mut value = value.to_owned();
        // A value goes on until a blank line.
        while i < lines.len() && !lines[i].trim().is_empty() && label(lines[i]).is_none() {
            value.push(' ');
            value.push_str(lines[i].trim());
            i += 1;
        }
        match name.as_str() {
            "byline" => article.author = byline::from_field(&value),
            "headline" | "title" => article.title = Some(value),
            "dateline" => dateline = Some(value),
            "language" => article.lang = super::fields::language_code(&value),
            "body" => in_text = true,
            _ if KEPT.contains(&name.as_str()) && !value.is_empty() => article.meta.push((name, value)),
            _ => {}
        }
    }
    let mut pieces: Vec<body::Piece> = dateline.into_iter().map(|d| (BlockKind::Dateline, d)).collect();
    let paragraphs = layout::between_blanks(&text);
    pieces.extend(body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref()));
    body::push(&mut article, pieces);
    article
}

/// An article of Nexis Uni: title, paper, date, copyright, labels, "Body", text, labels. The cover page stands above the
/// first, so the head is read from below.
fn uni_document(lines: &[&str], sink: &Sink<'_>) -> Option<Article> {
    let body_at = lines.iter().position(|l| UNI_BODY.contains(&l.trim()))?;
    let mut article = Article::default();
    let mut dateline = None;
    let mut head = lines[..body_at].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).rev();
    for line in head.by_ref() {
        let reading = date::read(line).or_else(|| date::find(line)).filter(|_| line.len() < 80);
        match line.split_once(':').map(|(name, value)| (name.trim().to_lowercase(), value.trim())) {
            Some((name, value)) if name == "byline" => article.author = byline::from_field(value),
            Some((name, value)) if name == "dateline" => dateline = Some(value.to_owned()),
            Some((name, value)) if KEPT.contains(&name.as_str()) => article.meta.insert(0, (name, value.to_owned())),
            _ if reading.is_some() && !line.starts_with("Copyright") => {
                sink.dating().set(&mut article, reading, line, PublishedBasis::Metadata);
                break;
            }
            _ => {}
        }
    }
    article.publisher = head.next().map(str::to_owned);
    article.title = head.next().map(str::to_owned);
    let ends = |l: &&str| {
        ["Load-Date:", "Classification", "Graphic", "Notes", "Language:"].iter().any(|e| l.trim().starts_with(e))
            && l.len() < 80
    };
    let text = &lines[body_at + 1..];
    let text = &text[..text.iter().position(ends).unwrap_or(text.len())];
    let mut pieces: Vec<body::Piece> = dateline.into_iter().map(|d| (BlockKind::Dateline, d)).collect();
    pieces.extend(body::pieces(&layout::between_blanks(text), article.author.as_deref(), article.title.as_deref()));
    body::push(&mut article, pieces);
    Some(article)
}

/// Paper, date and title in the order of the classic layout.
fn head(article: &mut Article, lines: &[&str], sink: &Sink<'_>) {
    let mut title: Vec<&str> = Vec::new();
    let mut dated = false;
    for line in lines.iter().map(|l| l.trim()) {
        if line.is_empty() {
            continue;
        }
        let reading =
            if dated { None } else { date::read(line).or_else(|| date::find(line)).filter(|_| line.len() < 80) };
        if reading.is_some() {
            sink.dating().set(article, reading, line, PublishedBasis::Metadata);
            dated = true;
        } else if !dated && article.publisher.is_none() {
            article.publisher = Some(line.to_owned());
        } else if dated {
            title.push(line);
        }
    }
    let title: Vec<&str> = title.into_iter().take(3).collect();
    article.title = (!title.is_empty()).then(|| title.join(" "));
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadOptions, read_bytes};
    use std::ops::ControlFlow;

    #[test]
    fn a_cover_page_is_no_article_and_each_document_is() {
        let one = |n: usize| {
            format!(
                "                               {n} of 2 DOCUMENTS\n\n\n          The Example Herald\n\n          July 13, 2023 Thursday\n\n\
                 Rail line agreed in Oslo\n\nBYLINE: Jane Doe\n\nLENGTH: 40 words\n\nThe two ministers met in Oslo on Monday and agreed to\nopen a rail line \
                 between their countries next year. Number {n}.\n\nWork began in 2019.\n\nLOAD-DATE: July 13, 2023\n\nLANGUAGE: ENGLISH\n\n       Copyright 2023 Example\n          All Rights Reserved\n\n"
            )
        };
        let text = format!("Download Request: Selected Items: 1-2\nTime Of Request: Friday\n\n{}{}", one(1), one(2));
        let mut articles = Vec::new();
        read_bytes("export.TXT", text.as_bytes(), &ReadOptions::default(), &mut |item| {
            articles.push(item.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(articles.len(), 2);
        let article = &articles[1];
        assert_eq!(article.title.as_deref(), Some("Rail line agreed in Oslo"));
        assert_eq!(
            (article.author.as_deref(), article.publisher.as_deref(), article.lang.as_deref()),
            (Some("Jane Doe"), Some("The Example Herald"), Some("en"))
        );
        assert_eq!(article.published_date().unwrap().to_string(), "2023-07-13");
        assert!(article.text.contains("agreed to open a rail line") && article.text.ends_with("Work began in 2019."));
        assert_eq!(article.meta, [("length".to_owned(), "40 words".to_owned())]);
    }
}
