//! The head of a plain text: title, byline, date line, labels such as `Date: …`, in any order.
//!
//! Lines are taken one by one until prose begins. A line is a title only when something speaks for it: a byline or
//! date below it, or prose that begins below a short line without a full stop.

use super::body::Piece;
use super::date::{self, DateOrder, Reading};
use super::{byline, dateline, furniture, layout};
use crate::article::{Article, BlockKind, Published, PublishedBasis, Warning};
use jiff::civil::Date;

/// Lines looked at: title, kicker, standfirst, byline, role, two dates, a label or two.
const MAX_HEAD_LINES: usize = 12;

/// Longest title: two lines of a broadsheet.
const MAX_TITLE: usize = 220;

/// First words of places of two words, which look like persons: "New York, 13 July 2023".
const PLACE_WORDS: &[&str] = &[
    "New",
    "South",
    "North",
    "East",
    "West",
    "Hong",
    "Tel",
    "San",
    "Los",
    "Las",
    "Rio",
    "Kuala",
    "Buenos",
    "Addis",
    "Abu",
    "Port",
    "Santo",
    "Santa",
    "Sri",
    "Saint",
    "St.",
    "El",
    "La",
    "Phnom",
    "Cape",
    "Mexico",
    "Kansas",
    "Panama",
    "Guatemala",
    "Saudi",
    "Sierra",
    "United",
    "Costa",
    "Puerto",
    "Ho",
    "Salt",
    "Fort",
    "Den",
    "The",
    "Bad",
    "Le",
];

/// How dates are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Dating {
    /// Order of day and month by evidence or by the user.
    pub order: Option<DateOrder>,
    /// The day of the run.
    pub today: Date,
}

impl Dating {
    /// Sets the publication date unless there is one; what cannot be used leaves a warning and the text as it was.
    pub fn set(self, article: &mut Article, reading: Option<Reading>, text: &str, basis: PublishedBasis) -> bool {
        let stamp = reading.and_then(|r| r.resolve(self.order, self.today));
        if article.published_text.is_none() {
            article.published_text = Some(text.chars().take(100).collect());
        }
        match stamp {
            Some(stamp) if article.published.is_none() => {
                article.published = Some(Published { date: stamp.date, time: stamp.time, basis });
                true
            }
            Some(_) => true,
            None => {
                article.warn(Warning::Date);
                false
            }
        }
    }
}

enum Line<'t> {
    Byline(Vec<String>),
    OddByline,
    Date {
        reading: Reading,
        updated: bool,
    },
    /// A month of a year, the day unknown.
    Month,
    BylineAndDate(Vec<String>, Reading),
    Label(Label, &'t str),
    Role,
    Furniture(BlockKind),
    Short,
    Prose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Title,
    Author,
    Date,
    Publisher,
    Url,
    Other,
}

/// Reads the head of `lines` into the article's fields; gives the blocks of the head but the title, and the number
/// of lines it takes.
pub fn read(article: &mut Article, lines: &[&str], dating: Dating) -> (Vec<Piece>, usize) {
    let mut head =
        Head { article, dating, pieces: Vec::new(), candidates: Vec::new(), updated: false, evidence: false };
    let taken = head.take(lines);
    head.settle_title(lines, taken)
}

struct Head<'a> {
    article: &'a mut Article,
    dating: Dating,
    pieces: Vec<(usize, Piece)>,
    /// Short lines that may be title, kicker or standfirst.
    candidates: Vec<usize>,
    /// The date that is known is that of a change.
    updated: bool,
    /// A byline or date was seen: what stands above it is the head.
    evidence: bool,
}

impl Head<'_> {
    /// Takes lines until prose begins; gives the index of the first line of the body.
    fn take(&mut self, lines: &[&str]) -> usize {
        let mut end = 0;
        let mut seen = 0;
        for (i, line) in lines.iter().enumerate() {
            let text = line.trim();
            if text.is_empty() {
                continue;
            }
            seen += 1;
            if seen > MAX_HEAD_LINES || self.candidates.len() > 4 {
                break;
            }
            let next = lines[i + 1..].iter().map(|l| l.trim()).find(|l| !l.is_empty());
            match classify(text, next, self.evidence, !self.candidates.is_empty()) {
                Line::Byline(authors) => {
                    self.author(&authors);
                    self.keep(i, BlockKind::Byline, text);
                }
                Line::OddByline => {
                    self.article.warn(Warning::Byline);
                    self.keep(i, BlockKind::Byline, text);
                }
                Line::BylineAndDate(authors, reading) => {
                    self.author(&authors);
                    self.dating.set(self.article, Some(reading), text, PublishedBasis::Dateline);
                    self.keep(i, BlockKind::Byline, text);
                }
                Line::Date { reading, updated } => {
                    // The day of publication counts, wherever the day of a change stands.
                    if !updated && self.updated {
                        self.article.published = None;
                        self.article.published_text = None;
                    }
                    self.updated = updated;
                    if !updated || self.article.published.is_none() {
                        self.dating.set(self.article, Some(reading), text, PublishedBasis::Dateline);
                    }
                    self.keep(i, BlockKind::Dateline, text);
                }
                Line::Month => self.keep(i, BlockKind::Dateline, text),
                Line::Label(label, value) => self.label(i, label, value, text),
                Line::Role => self.keep(i, BlockKind::Byline, text),
                Line::Furniture(kind) => {
                    self.evidence |= is_release_mark(text);
                    self.pieces.push((i, (kind, text.to_owned())));
                }
                Line::Short if self.candidates.is_empty() && is_author_above_title(&lines[i..]) => {
                    self.author(&[text.to_owned()]);
                    self.keep(i, BlockKind::Byline, text);
                }
                Line::Short => {
                    self.candidates.push(i);
                    continue;
                }
                Line::Prose => break,
            }
            end = i + 1;
        }
        end
    }

    fn keep(&mut self, i: usize, kind: BlockKind, text: &str) {
        self.evidence = true;
        self.pieces.push((i, (kind, text.to_owned())));
    }

    fn author(&mut self, authors: &[String]) {
        if self.article.author.is_none() && !authors.is_empty() {
            self.article.author = Some(authors.join(";"));
        }
    }

    fn label(&mut self, i: usize, label: Label, value: &str, text: &str) {
        let kind = match label {
            Label::Title => {
                if self.article.title.is_none() {
                    self.article.title = Some(value.to_owned());
                }
                self.evidence = true;
                return;
            }
            Label::Author => {
                if self.article.author.is_none() {
                    self.article.author = byline::from_field(value);
                }
                BlockKind::Byline
            }
            Label::Date => {
                self.dating.set(
                    self.article,
                    date::read(value).or_else(|| date::find(value)),
                    value,
                    PublishedBasis::Dateline,
                );
                BlockKind::Dateline
            }
            Label::Publisher => {
                self.article.publisher.get_or_insert_with(|| value.to_owned());
                BlockKind::Boilerplate
            }
            Label::Url => {
                self.article.url.get_or_insert_with(|| value.to_owned());
                BlockKind::Boilerplate
            }
            Label::Other => BlockKind::Boilerplate,
        };
        self.keep(i, kind, text);
    }

    /// Chooses the title among the short lines, and gives what is left of the head in its order.
    fn settle_title(mut self, lines: &[&str], mut end: usize) -> (Vec<Piece>, usize) {
        let text = |i: usize| lines[i].trim();
        // Short lines below the last byline or date belong to the body, as headings, unless there is no head yet.
        let mut above: Vec<usize> = self.candidates.iter().copied().filter(|i| *i < end).collect();
        if above.is_empty() && self.article.title.is_none() {
            let below = self.candidates.first().copied().filter(|i| *i >= end);
            // The first line of wrapped prose is no title: the next line goes on where it ends.
            let wrapped = !self.evidence && layout::wraps(lines);
            let goes_on = |i: usize| wrapped && lines.get(i + 1).is_some_and(|l| !l.trim().is_empty());
            let only_blank_between = below.is_some_and(|b| lines[end..b].iter().all(|l| l.trim().is_empty()));
            if let Some(i) = below.filter(|i| {
                only_blank_between && !goes_on(*i) && looks_like_title(text(*i), next_after(lines, *i), self.evidence)
            }) {
                above.push(i);
                end = end.max(i + 1);
            }
        }
        let mut rest = Vec::new();
        if self.article.title.is_some() {
            rest = above;
        } else if !above.is_empty() {
            let mut at = usize::from(above.len() > 1 && is_kicker(text(above[0]), text(above[1])));
            // A paper's name stands above the date, the title below it.
            if at == 0 && above.len() > 1 && above[1] > above[0] + 1 && is_paper(text(above[0])) {
                self.article.publisher.get_or_insert_with(|| text(above[0]).to_owned());
                at = 1;
            }
            let title = above[at];
            let mut whole = text(title).to_owned();
            let mut used = 1;
            // A title wrapped over two lines, with a blank line or the byline below it.
            if let Some(next) =
                above.get(at + 1).copied().filter(|n| *n == title + 1 && is_continued(text(title), text(*n)))
            {
                whole = format!("{whole} {}", text(next));
                used = 2;
            }
            rest.extend(above[..at].iter().copied());
            rest.extend(above[at + used..].iter().copied());
            self.article.title = Some(whole);
        }
        for i in rest {
            let kind = if layout::ends_sentence(text(i)) || text(i).split_whitespace().count() > 8 {
                BlockKind::Paragraph
            } else if is_label_word(text(i)) {
                BlockKind::Boilerplate
            } else {
                BlockKind::Heading
            };
            self.pieces.push((i, (kind, text(i).to_owned())));
        }
        self.pieces.sort_by_key(|(i, _)| *i);
        (self.pieces.into_iter().map(|(_, p)| p).collect(), end)
    }
}

fn next_after<'t>(lines: &[&'t str], i: usize) -> Option<&'t str> {
    lines[i + 1..].iter().map(|l| l.trim()).find(|l| !l.is_empty())
}

/// "Jane Doe", a date, and only then a title above the prose.
fn is_author_above_title(lines: &[&str]) -> bool {
    let mut filled = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty());
    let (Some(name), Some(date), Some(title), Some(prose)) =
        (filled.next(), filled.next(), filled.next(), filled.next())
    else {
        return false;
    };
    let words = name.split_whitespace().count();
    words <= 3
        && byline::is_person(name)
        && !starts_with_place(name)
        && date_line(date).is_some()
        && (4..=20).contains(&title.split_whitespace().count())
        && !layout::ends_sentence(title)
        && dateline::split(title).is_none()
        && prose.len() > title.len()
}

fn starts_with_place(text: &str) -> bool {
    text.split(' ').next().is_some_and(|w| PLACE_WORDS.contains(&w))
}

/// A paper's name: "The Daily Example (Oslo)".
fn is_paper(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=6).contains(&words)
        && byline::is_role(text)
        && text.split_whitespace().all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '&') || matches!(w, "of" | "the" | "and")
        })
}

/// "Page 4", "NEWS, Page 4", "Section A; Pg. 12": where it stood in the paper.
fn is_page_line(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
    let few = text.len() <= 40 && text.split_whitespace().count() <= 6;
    let numbered = |w: &str| w.len() <= 4 && w.bytes().any(|b| b.is_ascii_digit());
    few && words.any(|w| matches!(w.as_str(), "page" | "pg" | "p" | "pp")) && words.next().is_some_and(|w| numbered(&w))
}

/// An address or a handle alone on its line, below a byline.
fn is_contact(text: &str) -> bool {
    !text.contains(' ') && text.len() <= 80 && text.contains('@')
}

fn classify<'t>(text: &'t str, next: Option<&str>, evidence: bool, has_candidate: bool) -> Line<'t> {
    if !text.contains(' ') && (text.starts_with("https://") || text.starts_with("http://")) {
        return Line::Label(Label::Url, text);
    }
    if is_page_line(text) {
        return Line::Furniture(BlockKind::Boilerplate);
    }
    if date::is_month(text) && (evidence || has_candidate) {
        return Line::Month;
    }
    if is_contact(text) && (evidence || has_candidate) {
        return Line::Role;
    }
    if let Some((label, value)) = label(text) {
        return Line::Label(label, value);
    }
    if let Some((authors, reading)) = byline_and_date(text) {
        return Line::BylineAndDate(authors, reading);
    }
    if let Some(authors) = byline::read(text) {
        return Line::Byline(authors);
    }
    if let Some((reading, updated)) = date_line(text) {
        return Line::Date { reading, updated };
    }
    if let Some(kind) = furniture::kind(text).filter(|_| evidence) {
        return Line::Furniture(kind);
    }
    let next_is_head = next.is_some_and(|n| date_line(n).is_some() || byline::read(n).is_some());
    let odd_name = has_candidate && text.split_whitespace().count() <= 4 && !layout::ends_sentence(text);
    if odd_name && text.get(..3).is_some_and(|b| b.eq_ignore_ascii_case("by ")) {
        return Line::OddByline;
    }
    if byline::begins_as_byline(text)
        && (text.len() > 400 || has_candidate && next.is_some_and(|n| date_line(n).is_some()))
    {
        return Line::OddByline;
    }
    // A name alone between the title and the date.
    if has_candidate
        && !starts_with_place(text)
        && next.is_some_and(|n| date_line(n).is_some() || date::is_month(n) || is_role_line(n) || is_contact(n))
        && let Some(people) = byline::people(text).or_else(|| byline::person_and_role(text))
    {
        return Line::Byline(people);
    }
    // Below the date a name alone, where titles do not stand: in capitals, or with the place.
    if evidence
        && has_candidate
        && (text.contains(" in ") || !text.chars().any(char::is_lowercase))
        && let Some(people) = byline::people(text)
    {
        return Line::Byline(people);
    }
    if is_release_mark(text) {
        return Line::Furniture(BlockKind::Boilerplate);
    }
    if evidence && is_role_line(text) {
        return Line::Role;
    }
    if text.len() > MAX_TITLE || dateline::split(text).is_some() {
        return Line::Prose;
    }
    let sentences = text.matches(". ").count();
    let stops = text.ends_with('.') && !text.ends_with("..");
    if sentences > 1 || stops && !next_is_head && !evidence && text.split_whitespace().count() > 12 {
        return Line::Prose;
    }
    if stops && (evidence || text.split_whitespace().count() > 20) { Line::Prose } else { Line::Short }
}

/// With evidence of a head any short line is a title; without, it must look like one.
fn looks_like_title(text: &str, next: Option<&str>, evidence: bool) -> bool {
    let Some(next) = next else { return false };
    let chars = text.chars().count();
    if text.ends_with('.') && !evidence || chars > MAX_TITLE || furniture::kind(text).is_some() {
        return false;
    }
    if evidence {
        // Below byline and date a question is the first section's heading rather than the title.
        return !text.ends_with('?') && !text.ends_with('.') && next.chars().count() > chars;
    }
    let begins = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'".contains(c));
    begins
        && chars >= 4
        && !text.ends_with([',', ';', ':'])
        && (next.chars().count() > chars.min(60) || layout::ends_sentence(next))
}

/// "World", "POLITICS": a section above the title.
fn is_kicker(first: &str, second: &str) -> bool {
    let few = first.split_whitespace().count() <= 2;
    few && second.split_whitespace().count() >= 4 && !first.ends_with(['?', '!'])
}

fn is_label_word(text: &str) -> bool {
    text.split_whitespace().count() <= 2
}

/// The second line goes on where the first had no more room.
fn is_continued(first: &str, second: &str) -> bool {
    let begins_small = second.starts_with(char::is_lowercase);
    let open = first.ends_with([',', ':', '-'])
        || first.split_whitespace().last().is_some_and(|w| {
            matches!(
                w,
                "a" | "an" | "the" | "of" | "in" | "on" | "to" | "for" | "and" | "as" | "with" | "at" | "by" | "from"
            )
        });
    (begins_small || open) && !first.ends_with(['.', '?', '!'])
}

/// "PRESS RELEASE": what kind of text it is, above the title.
fn is_release_mark(text: &str) -> bool {
    const MARKS: &[&str] = &[
        "press release",
        "news release",
        "media release",
        "for immediate release",
        "press statement",
        "breaking news",
    ];
    let lower = text.trim_matches([':', ' ', '*', '-']).to_lowercase();
    // "Press release 112/2022", "Press Release No. 7"
    let numbered = |rest: &str| {
        rest.starts_with([' ', ':'])
            && rest.bytes().any(|b| b.is_ascii_digit())
            && rest.bytes().filter(u8::is_ascii_alphabetic).count() <= 3
    };
    MARKS.iter().any(|m| lower.strip_prefix(m).is_some_and(|rest| rest.is_empty() || numbered(rest)))
}

/// "Staff Writer", "Senior Correspondent, Berlin": a line under the byline.
fn is_role_line(text: &str) -> bool {
    text.split_whitespace().count() <= 8
        && text.chars().count() <= 70
        && byline::is_role(text)
        && !layout::ends_sentence(text)
}

/// A line that is a date, perhaps with a label, a place or a paper before it and a reading time after it.
fn date_line(text: &str) -> Option<(Reading, bool)> {
    if text.len() > 140 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    let updated = ["updated", "last updated", "modified", "last modified"].iter().any(|l| lower.starts_with(l));
    let labels = [
        "published on",
        "published at",
        "published",
        "publication date",
        "posted on",
        "posted",
        "first published",
        "issued",
        "last updated",
        "updated on",
        "updated",
        "date",
        "on",
        "dated",
        "filed",
        "released",
        "created",
        "this story is from",
        "embargoed until",
        "embargo until",
        "embargo",
        "not for publication before",
        "for immediate release",
        "for release",
        "last modified",
        "modified",
    ];
    let label = labels.iter().filter(|l| lower.starts_with(**l)).max_by_key(|l| l.len());
    if let Some(label) = label {
        // Lower-casing can change lengths outside ASCII only, and the labels are ASCII.
        let value = text.get(label.len()..)?.trim_start_matches([':', ' ', '-']);
        let whole = date::read(value).or_else(|| first_piece(value));
        if let Some(reading) =
            whole.or_else(|| (*label != "on" && text.len() <= 90).then(|| date::find(value)).flatten())
        {
            return Some((reading, updated));
        }
    }
    if let Some(reading) = date::read(text).or_else(|| first_piece(text)).or_else(|| below_section(&lower)) {
        return Some((reading, updated));
    }
    // "Paris (AFP) March 7, 2023"
    if let Some((place, rest)) = text.split_once(") ")
        && place.len() <= 40
        && place.contains(" (")
        && let Some(reading) = date::read(rest)
    {
        return Some((reading, updated));
    }
    // "Vilnius, 13 July 2023", "The Example Herald, July 13, 2023"
    let (place, rest) =
        text.split_once([',', ':']).or_else(|| text.split_once(" - ")).or_else(|| text.split_once(" – "))?;
    let words = place.split_whitespace().count();
    let capital =
        place.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase()) || matches!(w, "of" | "the" | "de"));
    if words <= 5 && capital {
        return date::read(rest).or_else(|| first_piece(rest)).map(|r| (r, updated));
    }
    None
}

/// `July 13, 2023 | 5 min read`: the date before a bar.
fn first_piece(text: &str) -> Option<Reading> {
    let piece = text.split(['|', '•', '·', '—', '–']).map(str::trim).find(|p| !p.is_empty())?;
    if piece.len() == text.trim().len() { None } else { date::read(piece) }
}

/// `world news july 13, 2023 / 2:14 pm / updated 3 hours ago`: a section of the paper, the date, signs after it.
fn below_section(lower: &str) -> Option<Reading> {
    const SECTIONS: &[&str] = &[
        "world",
        "news",
        "politics",
        "business",
        "opinion",
        "national",
        "international",
        "europe",
        "asia",
        "africa",
        "americas",
        "americas",
        "middle",
        "east",
        "us",
        "uk",
        "local",
        "markets",
        "economy",
        "analysis",
        "commentary",
        "breaking",
        "top",
        "story",
        "report",
        "blog",
    ];
    let first = lower.split(['/', '|', '•', '·']).next()?.trim();
    let mut rest = first;
    while let Some((word, after)) = rest.split_once(' ') {
        if !SECTIONS.contains(&word.trim_matches([',', ':', '-'])) {
            break;
        }
        rest = after.trim_start();
    }
    if rest.len() == first.len() { None } else { date::read(rest) }
}

/// `Jane Doe 14 March 2022`, `March 14, 2022 by Jane Doe`: a byline with its opener and a date, without a sign between.
fn opened_byline_and_date(text: &str) -> Option<(Vec<String>, Reading)> {
    let trim =
        |t: &'_ str| -> String { t.trim_matches([' ', '/', '|', '-', ',', '•', '·', '–', '—']).to_owned() };
    let lower = text.to_ascii_lowercase();
    let opener = if lower.starts_with("by ") || lower.starts_with("by: ") { 0 } else { lower.find(" by ")? + 1 };
    let (before, byline) = (trim(&text[..opener]), &text[opener..]);
    if !before.is_empty()
        && let Some((reading, _)) = date_line(&before)
        && let Some(authors) = byline::read(byline)
    {
        return Some((authors, reading));
    }
    let byline = if before.is_empty() || byline::begins_as_byline(text) { text } else { return None };
    for (at, _) in byline.match_indices(' ') {
        let rest = &byline[at + 1..];
        let day = rest.split(" in ").next().unwrap_or(rest);
        let Some(reading) = date::read(day) else { continue };
        let name = trim(&byline[..at]);
        let name = name.strip_suffix(" on").unwrap_or(&name);
        return byline::read(name).filter(|authors| !authors.is_empty()).map(|authors| (authors, reading));
    }
    None
}

/// `By Jane Doe | July 13, 2023`, `Jane Doe, 13 July 2023`
fn byline_and_date(text: &str) -> Option<(Vec<String>, Reading)> {
    if text.len() > 200 {
        return None;
    }
    for separator in [" | ", " / ", " • ", " · ", " – ", " — ", " - ", ", ", "; ", " on "] {
        for (at, _) in text.match_indices(separator) {
            let (name, rest) = (text[..at].trim(), &text[at + separator.len()..]);
            let Some(reading) = date::read(rest).or_else(|| first_piece(rest)) else { continue };
            if let Some(authors) = byline::read(name) {
                return Some((authors, reading));
            }
            if byline::is_person(name) && separator != " on " && !starts_with_place(name) {
                return Some((vec![name.to_owned()], reading));
            }
        }
    }
    opened_byline_and_date(text)
}

/// `Title: …`, `Author: …`, `Date: …`
fn label(text: &str) -> Option<(Label, &str)> {
    let (name, value) = text.split_once(':')?;
    let value = value.trim();
    if value.is_empty() || name.len() > 20 {
        return None;
    }
    let label = match name.trim().to_lowercase().as_str() {
        "title" | "headline" | "subject" => Label::Title,
        "author" | "authors" | "byline" | "by" | "writer" => Label::Author,
        "date" | "published" | "publication date" | "pubdate" | "date published" | "published on" | "load-date"
        | "posted" => Label::Date,
        "source" | "publication" | "publisher" | "newspaper" | "outlet" => Label::Publisher,
        "url" | "link" => Label::Url,
        "section" | "language" | "length" | "copyright" | "keywords" | "tags" | "category" => Label::Other,
        _ => return None,
    };
    if label == Label::Url && !value.contains("//")
        || label == Label::Date && date::read(value).or_else(|| date::find(value)).is_none()
    {
        return None;
    }
    if label == Label::Author && byline::from_field(value).is_none() {
        return None;
    }
    Some((label, value))
}
