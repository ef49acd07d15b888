//! A record with named fields to an article: which field is the text, the title, the author, the date …
//!
//! Names are compared in lower case without separators, so `publishedAt`, `published_at` and `Published At` are one.
//! `--map` comes first. Two fields that both hold prose and could both be the text are a question for the user; one
//! that holds the other is not.

use super::json::Value;
use super::metadata::{byline, date};
use super::sink::{Sink, Stop};
use super::{ReadError, RejectReason, article_text, clean};
use crate::article::{Article, PublishedBasis, TextKind, Warning};
use std::borrow::Cow;

/// Names that can only be the text of an article.
const TEXT_CERTAIN: &[&str] = &[
    "maintext",
    "articlebody",
    "fulltext",
    "contenttext",
    "articletext",
    "articlecontent",
    "storytext",
    "bodytext",
    "bodymain",
    "bodies",
    "cleantext",
    "cleanedtext",
    "newstext",
    "doctext",
    "fulltextcontent",
    "plaintext",
    "rawtext",
    "bodyxhtml",
    "textbody",
    "textcontent",
];
/// Names that usually are the text.
const TEXT: &[&str] =
    &["text", "body", "content", "article", "story", "contents", "fullarticle", "bodyhtml", "contenthtml", "html"];
/// Names of an abridged text, used when there is no text.
const SUMMARY: &[&str] = &[
    "description",
    "summary",
    "abstract",
    "snippet",
    "lead",
    "leadparagraph",
    "excerpt",
    "teaser",
    "standfirst",
    "dek",
];
const TITLE: &[&str] = &[
    "title",
    "headline",
    "articletitle",
    "newstitle",
    "head",
    "hl1",
    "titlefull",
    "headlinetext",
    "headlinemain",
    "headlines",
];
const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "byline",
    "creator",
    "creators",
    "writer",
    "writers",
    "authorname",
    "authornames",
    "by",
    "journalist",
    "dccreator",
];
/// The surest first: `date` may be any date, and times of crawling or change are not among them.
const DATE: &[&str] = &[
    "datepublished",
    "publishedat",
    "datepublish",
    "publishdate",
    "publicationdate",
    "pubdate",
    "publisheddate",
    "publishedon",
    "published",
    "datepub",
    "publishedtime",
    "publishtime",
    "firstpublished",
    "firstpublicationdate",
    "webpublicationdate",
    "publishedutc",
    "dateissued",
    "articledate",
    "newsdate",
    "date",
    "datetime",
    "timestamp",
    "pubtime",
    "time",
    "dateline",
    "createdat",
    "created",
    "datecreated",
    "contentcreated",
    "firstcreated",
    "versioncreated",
    "day",
];
const URL: &[&str] =
    &["url", "link", "weburl", "canonicalurl", "articleurl", "sourceurl", "uri", "href", "permalink", "newsurl"];
const PUBLISHER: &[&str] = &[
    "publisher",
    "publication",
    "newspaper",
    "outlet",
    "sourcename",
    "source",
    "sitename",
    "site",
    "website",
    "newssource",
    "sourcedomain",
    "domain",
    "media",
    "mediaoutlet",
    "publishername",
];
const LANG: &[&str] = &["language", "lang", "languagecode", "lng", "inlanguage"];

/// A text shorter than this, or without a space, is a label (`"content": "news"`) and no article.
const PROSE_BYTES: usize = 60;

/// Longest value that goes to the user's own columns.
const MAX_META: usize = 10_000;

/// Texts that stand for an article that is gone.
const PLACEHOLDERS: &[&str] = &["[removed]", "[deleted]", "null", "none", "nan", "n/a", "undefined", "-"];

/// Maps the records of one file; the first record with a text decides which field it is.
#[derive(Default)]
pub(crate) struct Mapper {
    text: Option<String>,
}

/// A field of a record.
pub(crate) type Field<'a> = (Cow<'a, str>, Value<'a>);

/// Why a record is no article.
pub(crate) struct Problem {
    pub(crate) reason: RejectReason,
    pub(crate) message: String,
}

fn problem<T>(reason: RejectReason, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { reason, message: message.into() })
}

/// A field's name without case and separators.
pub(crate) fn key(name: &str) -> String {
    let name = name.rsplit(':').next().unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True when a name is one of a text's.
pub(crate) fn names_text(name: &str) -> bool {
    let key = key(name);
    TEXT_CERTAIN.contains(&key.as_str()) || TEXT.contains(&key.as_str())
}

/// True when a name is one this module knows.
pub(crate) fn names_any(name: &str) -> bool {
    let key = key(name);
    names_text(name)
        || [TITLE, AUTHOR, DATE, URL, PUBLISHER, SUMMARY, LANG].iter().any(|list| list.contains(&key.as_str()))
}

impl Mapper {
    /// The article of a record.
    pub(crate) fn article(&mut self, fields: &[Field<'_>], sink: &Sink<'_>) -> Result<Result<Article, Problem>, Stop> {
        let map = &sink.options.map;
        let keys: Vec<String> = fields.iter().map(|(k, _)| key(k)).collect();
        let mut used: Vec<usize> = Vec::new();
        let mut pick = |field: &str, names: &[&str]| -> Option<String> {
            let found = match mapped(map, field) {
                Some(path) => at_path(fields, path),
                None => names.iter().find_map(|n| {
                    fields
                        .iter()
                        .enumerate()
                        .find(|(i, (_, v))| keys[*i] == *n && flat(v).is_some())
                        .map(|(i, (_, v))| (i, v))
                }),
            };
            let (i, value) = found?;
            used.push(i);
            flat(value).map(Cow::into_owned)
        };
        let title = pick("title", TITLE);
        let author = pick("author", AUTHOR);
        let date = pick("date", DATE);
        let url = pick("url", URL);
        let publisher = pick("publisher", PUBLISHER);
        let lang = pick("lang", LANG);
        let (text, text_at, kind) = match self.text(fields, &keys, sink)? {
            Ok(found) => found,
            Err(problem) => return Ok(Err(problem)),
        };
        if text.is_none() && title.is_none() {
            let candidates = long_paths(fields);
            let hint = if candidates.is_empty() {
                String::new()
            } else {
                format!("; --map text={} may help", candidates.join(" or text="))
            };
            let names: Vec<&str> = fields.iter().map(|(k, _)| k.as_ref()).take(20).collect();
            return Ok(problem(
                RejectReason::NoTextField,
                format!("no field holds a text among {}{hint}", names.join(", ")),
            ));
        }
        for value in [&text, &title] {
            let gone = value
                .as_deref()
                .is_some_and(|v| v.trim().starts_with('[') && PLACEHOLDERS.contains(&v.trim().to_lowercase().as_str()));
            if gone {
                return Ok(problem(RejectReason::Placeholder, "the source has removed this article"));
            }
        }
        let mut article = Article { text_kind: kind, ..Article::default() };
        article.title = title.and_then(|t| one_line(&mut article, &t));
        article.author = author.as_deref().and_then(byline::from_field);
        article.publisher = publisher.and_then(|p| one_line(&mut article, &p));
        article.url = url.map(|u| u.trim().to_owned()).filter(|u| !u.is_empty());
        article.lang = lang.and_then(|l| language_code(&l));
        if let Some(date) =
            date.filter(|d| !d.trim().is_empty() && !PLACEHOLDERS.contains(&d.trim().to_lowercase().as_str()))
        {
            sink.dating().set(&mut article, date::read(&date), date.trim(), PublishedBasis::Metadata);
        }
        used.extend(text_at);
        for (i, (name, value)) in fields.iter().enumerate() {
            if let Some(text) = scalar(value).filter(|_| !used.contains(&i) && !name.is_empty()) {
                let text = clean::clean(clean::head(text, MAX_META)).0.into_owned();
                article.meta.push((name.to_string(), text));
            }
        }
        match text {
            Some(text) => article_text::push_field(&mut article, &text, sink.dating()),
            None => super::metadata::body::push(&mut article, Vec::new()),
        }
        Ok(Ok(article))
    }

    /// The text, the place of its field, and what is known of its completeness.
    #[expect(clippy::type_complexity, reason = "one caller")]
    fn text(
        &mut self,
        fields: &[Field<'_>],
        keys: &[String],
        sink: &Sink<'_>,
    ) -> Result<Result<(Option<String>, Option<usize>, TextKind), Problem>, Stop> {
        if let Some(path) = mapped(&sink.options.map, "text") {
            return match at_path(fields, path).map(|(i, v)| (i, flat(v))) {
                Some((i, Some(text))) => Ok(Ok((Some(text.into_owned()), Some(i), TextKind::Full))),
                Some(_) => Ok(problem(RejectReason::RecordShape, format!("`{path}` holds no text"))),
                None => Ok(problem(RejectReason::NoTextField, format!("no field `{path}`"))),
            };
        }
        let known = |names: &'static [&'static str]| {
            fields.iter().enumerate().filter(move |(i, _)| names.contains(&keys[*i].as_str()))
        };
        let candidates: Vec<(usize, &str, Cow<'_, str>)> =
            known(TEXT_CERTAIN).chain(known(TEXT)).filter_map(|(i, (k, v))| Some((i, k.as_ref(), flat(v)?))).collect();
        let prose: Vec<_> = candidates.iter().filter(|(_, _, t)| is_prose(t)).collect();
        let chosen = match prose.as_slice() {
            _ if self.text.is_some() && candidates.iter().any(|(_, k, _)| Some(*k) == self.text.as_deref()) => {
                candidates.iter().find(|(_, k, _)| Some(*k) == self.text.as_deref())
            }
            [] => candidates.iter().max_by_key(|(_, _, t)| t.len()),
            [one] => Some(*one),
            [first, rest @ ..] => {
                let certain = TEXT_CERTAIN.contains(&key(first.1).as_str())
                    && !rest.iter().any(|r| TEXT_CERTAIN.contains(&key(r.1).as_str()));
                let longest = prose.iter().max_by_key(|(_, _, t)| t.len()).copied().unwrap_or(first);
                if certain {
                    Some(*first)
                } else if prose.iter().all(|(_, _, t)| holds(&longest.2, t)) {
                    Some(longest)
                } else {
                    return Err(Stop::Failed(ReadError::AmbiguousText {
                        path: sink.path().to_owned(),
                        fields: prose.iter().map(|(_, k, _)| (*k).to_owned()).collect(),
                    }));
                }
            }
        };
        if let Some((i, name, text)) = chosen {
            if is_prose(text) {
                self.text = Some((*name).to_owned());
            }
            if !text.trim().is_empty() {
                return Ok(Ok((Some(text.to_string()), Some(*i), TextKind::Full)));
            }
        }
        if let Some((i, text)) =
            known(SUMMARY).find_map(|(i, (_, v))| Some((i, flat(v)?))).filter(|(_, t)| !t.trim().is_empty())
        {
            return Ok(Ok((Some(text.into_owned()), Some(i), TextKind::Truncated)));
        }
        if chosen.is_some() {
            return Ok(problem(RejectReason::Empty, "the text is empty"));
        }
        if let Some((_, (name, value))) =
            known(TEXT).chain(known(TEXT_CERTAIN)).find(|(_, (_, v))| !matches!(v, Value::Object(..) | Value::Array(_)))
        {
            return Ok(problem(RejectReason::RecordShape, format!("`{name}` is {} and no text", value.kind())));
        }
        Ok(Ok((None, None, TextKind::Headline)))
    }
}

fn mapped<'m>(map: &'m [(String, String)], field: &str) -> Option<&'m str> {
    map.iter().find(|(f, _)| f == field).map(|(_, path)| path.as_str())
}

/// The value at a name or a path of names joined by full stops, and its field.
fn at_path<'v, 'a>(fields: &'v [Field<'a>], path: &str) -> Option<(usize, &'v Value<'a>)> {
    if let Some((i, (_, value))) = fields.iter().enumerate().find(|(_, (k, _))| k == path) {
        return Some((i, value));
    }
    let mut steps = path.split('.');
    let first = steps.next()?;
    let (i, (_, mut value)) =
        fields.iter().enumerate().find(|(_, (k, _))| k == first).map(|(i, (k, v))| (i, (k, v)))?;
    for step in steps {
        value = value.get(step)?;
    }
    Some((i, value))
}

/// A value as text: strings, numbers, lists of these (`;`-joined), objects by their `name`, `main`, `text` …
fn flat<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value {
        Value::String(s) => Some(Cow::Borrowed(s)),
        Value::Number(n) if n.len() >= 8 => Some(Cow::Borrowed(n)),
        Value::Object(..) => {
            ["name", "main", "rendered", "text", "value", "@value", "#text", "title", "content", "domain", "uri"]
                .iter()
                .find_map(|k| match value.get(k)? {
                    Value::String(s) => Some(Cow::Borrowed(s.as_ref())),
                    _ => None,
                })
        }
        // Versions of one text by their role: the main one, or the first.
        Value::Array(items) if !items.is_empty() && items.iter().all(|i| i.get("value").is_some()) => {
            let main = items.iter().find(|i| i.get("role").and_then(Value::as_str) == Some("main"));
            main.or(items.first())?.get("value")?.as_str().map(Cow::Borrowed)
        }
        Value::Array(items) => {
            let texts: Vec<Cow<'v, str>> = items.iter().filter_map(flat).filter(|t| !t.trim().is_empty()).collect();
            let separator = if texts.iter().any(|t| t.len() > 80) { "\n" } else { ";" };
            (!texts.is_empty()).then(|| Cow::Owned(texts.join(separator)))
        }
        _ => None,
    }
}

/// A value for a column of the user's own.
fn scalar<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::String(s) if !s.is_empty() => Some(s),
        Value::Number(n) => Some(n),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

fn is_prose(text: &str) -> bool {
    text.len() >= PROSE_BYTES && text.trim().contains(' ')
}

/// True when `long` has the words of `short`.
fn holds(long: &str, short: &str) -> bool {
    long.contains(short.trim()) || super::metadata::body::same_words(long, short)
}

/// A value that must be one line.
fn one_line(article: &mut Article, text: &str) -> Option<String> {
    let (text, seen) = clean::clean(text);
    seen.note(article);
    let text = if text.contains('&') || text.contains('<') { Cow::Owned(super::html::plain(&text)) } else { text };
    let line = clean::squeeze(&text);
    (!line.is_empty()).then_some(line)
}

/// Paths of long strings below the first level, for the hint.
fn long_paths(fields: &[Field<'_>]) -> Vec<String> {
    fn walk(prefix: &str, value: &Value<'_>, depth: usize, out: &mut Vec<String>) {
        match value {
            Value::String(s) if is_prose(s) => out.push(prefix.to_owned()),
            Value::Object(inner, _) if depth < 6 => {
                for (name, value) in inner {
                    walk(&format!("{prefix}.{name}"), value, depth + 1, out);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for (name, value) in fields {
        walk(name, value, 0, &mut out);
    }
    out.truncate(3);
    out
}

/// `English`, `en-GB`, `eng` to `en`.
pub(crate) fn language_code(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let head = lower.split(['-', '_', ';', ',']).next()?.trim();
    let code = match head {
        "english" | "eng" | "englisch" | "anglais" | "inglés" | "inglese" => "en",
        "german" | "deutsch" | "allemand" | "deu" | "ger" => "de",
        "french" | "fra" | "fre" | "français" => "fr",
        "spanish" | "spa" | "español" => "es",
        "russian" | "rus" => "ru",
        "chinese" | "zho" | "chi" => "zh",
        "arabic" | "ara" => "ar",
        "portuguese" | "por" => "pt",
        "italian" | "ita" => "it",
        "korean" | "kor" => "ko",
        "japanese" | "jpn" => "ja",
        "turkish" | "tur" => "tr",
        two if two.len() == 2 && two.bytes().all(|b| b.is_ascii_lowercase()) => two,
        _ => return None,
    };
    Some(code.to_owned())
}

/// Notes that a key stood twice.
pub(crate) fn warn_duplicate(article: &mut Article, duplicate: bool) {
    if duplicate {
        article.warn(Warning::JsonDupKey);
    }
}
