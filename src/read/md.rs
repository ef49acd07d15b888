//! Markdown with front matter (`---` YAML-like, `+++` TOML).
//!
//! Only what an article needs is read: headings, paragraphs, lists, quotes. Emphasis and link targets go, code and
//! pictures are dropped. Of YAML, flat `key: value` lines and lists of names are understood; aliases, tags and nesting
//! leave a warning and no value, so that nothing can expand or run.

use super::detect::{Format, Sure};
use super::fields::{self, Mapper};
use super::input::{Input, whole};
use super::json::Value;
use super::metadata::body::{self, Piece};
use super::sink::{Flow, Sink};
use super::{clean, decode, html};
use crate::article::{Article, BlockKind, Warning};
use std::borrow::Cow;

/// Markdown, told by its front matter.
pub(crate) static FORMAT: Format =
    Format { name: "md", extensions: &["md", "markdown", "mdown", "mkd"], name_suffices: true, recognise, read };

/// Lines of front matter that are looked at; real ones have a dozen.
const MAX_FRONT: usize = 200;

fn recognise(head: &str) -> Sure {
    let fenced = |fence: &str| {
        head.strip_prefix(fence).is_some_and(|r| r.starts_with('\n') || r.starts_with("\r\n"))
            && head[3..].contains(fence)
    };
    if fenced("---") && head.lines().skip(1).take(3).any(|l| l.contains(':')) || fenced("+++") {
        Sure::Yes
    } else {
        Sure::No
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let decoded = decode::decode(&bytes, None);
    let (text, seen) = clean::clean(&decoded.text);
    let Front { fields, rest, odd } = front_matter(&text);
    let mut body_pieces = blocks(rest);
    let mut article = head(&fields, sink)?;
    for warning in decoded.warnings {
        article.warn(warning);
    }
    seen.note(&mut article);
    if odd {
        article.warn(Warning::FrontMatter);
    }
    let first_heading = body_pieces.iter().position(|(_, level, _)| *level == 1);
    if article.title.is_none() && first_heading == Some(0) {
        article.title = Some(body_pieces.remove(0).2);
    }
    // Byline and date lines below the title, then paragraphs by their looks; marks win over looks.
    let lines: Vec<&str> = body_pieces.iter().map(|(_, _, t)| t.as_str()).collect();
    let plain_head = body_pieces.iter().take_while(|(k, ..)| *k == BlockKind::Paragraph).count();
    let (mut pieces, taken) = super::metadata::header::read(&mut article, &lines[..plain_head], sink.dating());
    let paragraphs: Vec<String> = lines[taken..].iter().map(|l| (*l).to_owned()).collect();
    let marked: Vec<Piece> = body_pieces[taken..].iter().map(|(k, _, t)| (*k, t.clone())).collect();
    let typed = body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref());
    pieces.extend(html::merge_kinds(&marked, typed));
    body::push(&mut article, pieces);
    sink.article(article, FORMAT.name, &bytes)
}

/// The fields of the front matter as of any record.
fn head(fields: &[(String, Vec<String>)], sink: &Sink<'_>) -> Result<Article, super::sink::Stop> {
    let mut record: Vec<fields::Field<'_>> = fields
        .iter()
        .filter(|(name, _)| !fields::names_text(name))
        .map(|(name, values)| {
            let values: Vec<Value<'_>> = values.iter().map(|v| Value::String(Cow::Borrowed(v.as_str()))).collect();
            let value =
                if values.len() == 1 { values.into_iter().next().unwrap_or(Value::Null) } else { Value::Array(values) };
            (Cow::Borrowed(name.as_str()), value)
        })
        .collect();
    // The mapper wants a text; the body comes later.
    record.push((Cow::Borrowed("maintext"), Value::String(Cow::Borrowed("-"))));
    let mut article: Article = Mapper::default().article(&record, sink)?.unwrap_or_default();
    article.text.clear();
    article.blocks.clear();
    Ok(article)
}

struct Front<'t> {
    fields: Vec<(String, Vec<String>)>,
    rest: &'t str,
    odd: bool,
}

fn front_matter(text: &str) -> Front<'_> {
    let none = Front { fields: Vec::new(), rest: text, odd: false };
    let fence = match text.get(..4) {
        Some("---\n") => "---",
        Some("+++\n") => "+++",
        _ => return none,
    };
    let inside = &text[4..];
    let mut end = None;
    let mut at = 0;
    for line in inside.split_inclusive('\n').take(MAX_FRONT) {
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            end = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((end, after)) = end else {
        // Never closed: the lines that look like fields are, the first that does not ends them.
        let Front { fields, .. } = yaml(inside.split("\n\n").next().unwrap_or(""));
        let rest = if fields.is_empty() { text } else { inside.split_once("\n\n").map_or("", |(_, r)| r) };
        return Front { fields, rest, odd: true };
    };
    let front = if fence == "+++" { toml(&inside[..end]) } else { yaml(&inside[..end]) };
    Front { rest: &inside[after..], ..front }
}

fn toml(text: &str) -> Front<'static> {
    let Ok(table) = text.parse::<toml::Table>() else { return Front { fields: Vec::new(), rest: "", odd: true } };
    let one = |value: &toml::Value| match value {
        toml::Value::String(s) => Some(s.clone()),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => Some(value.to_string()),
        toml::Value::Datetime(d) => Some(d.to_string()),
        toml::Value::Table(t) => t.get("name").and_then(toml::Value::as_str).map(str::to_owned),
        toml::Value::Array(_) => None,
    };
    let fields = table
        .iter()
        .map(|(name, value)| match value {
            toml::Value::Array(items) => (name.clone(), items.iter().filter_map(one).collect()),
            value => (name.clone(), one(value).into_iter().collect()),
        })
        .filter(|(_, values): &(String, Vec<String>)| !values.is_empty())
        .collect();
    Front { fields, rest: "", odd: false }
}

/// `key: value`, `key: [a, b]`, and `key:` followed by `- a` lines.
fn yaml(text: &str) -> Front<'static> {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    let mut odd = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(item) = trimmed.strip_prefix("- ") {
            let item = item.trim().strip_prefix("name:").unwrap_or(item).trim();
            match fields.last_mut() {
                Some((_, values)) => values.push(unquote(item)),
                None => odd = true,
            }
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        match trimmed.split_once(':') {
            Some((name, value)) if !indented && (!name.contains(' ') || fields::names_any(name)) => {
                let value = value.trim();
                // Aliases, anchors and tags could expand or construct; block text is no field of ours.
                if value.starts_with(['&', '*', '!', '|', '>', '{']) {
                    odd = true;
                    continue;
                }
                let values = match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
                    Some(list) if list.contains(['*', '&', '{']) && !list.contains("name:") => {
                        odd = true;
                        continue;
                    }
                    Some(list) => list
                        .split(',')
                        .map(|v| unquote(v.trim().trim_matches(['{', '}']).trim_start_matches("name:").trim()))
                        .collect(),
                    None if value.is_empty() => Vec::new(),
                    None => vec![unquote(value)],
                };
                fields.push((name.trim().to_owned(), values));
            }
            _ => odd = true,
        }
    }
    fields.retain(|(_, values)| values.iter().any(|v| !v.is_empty()));
    Front { fields, rest: "", odd }
}

fn unquote(text: &str) -> String {
    let inner = ['"', '\''].iter().find_map(|q| text.strip_prefix(*q).and_then(|t| t.strip_suffix(*q)));
    inner.unwrap_or(text).to_owned()
}

/// Blocks of Markdown: kind, level of a heading (0 otherwise), text.
fn blocks(text: &str) -> Vec<(BlockKind, usize, String)> {
    let mut out: Vec<(BlockKind, usize, String)> = Vec::new();
    let mut open = false;
    let mut code = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            code = !code;
            open = false;
            continue;
        }
        let is_rule = trimmed.len() >= 3 && trimmed.chars().all(|c| matches!(c, '-' | '*' | '_' | ' '));
        if code || trimmed.is_empty() || is_rule && !open {
            open = false;
            continue;
        }
        // A line of = or - below a line makes that a heading.
        if open && trimmed.len() >= 2 && (trimmed.bytes().all(|b| b == b'=') || trimmed.bytes().all(|b| b == b'-')) {
            if let Some(last) = out.last_mut() {
                *last = (BlockKind::Heading, if trimmed.starts_with('=') { 1 } else { 2 }, last.2.clone());
            }
            open = false;
            continue;
        }
        let level = trimmed.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
            out.push((BlockKind::Heading, level, inline(trimmed[level..].trim_end_matches('#'))));
            open = false;
            continue;
        }
        let (kind, content) = if let Some(quoted) = trimmed.strip_prefix('>') {
            (BlockKind::Quote, quoted.trim())
        } else if let Some(item) = body::list_item(trimmed).or_else(|| trimmed.strip_prefix("+ ")) {
            open = false;
            (BlockKind::List, item)
        } else {
            (BlockKind::Paragraph, trimmed)
        };
        let content = inline(content);
        if content.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some((last_kind, _, last)) if open && (*last_kind == kind || kind == BlockKind::Paragraph) => {
                last.push(' ');
                last.push_str(&content);
            }
            _ => out.push((kind, 0, content)),
        }
        open = true;
    }
    out
}

/// Text without marks: `**met** [Duda](https://…)` is `met Duda`.
fn inline(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("![")
            && let Some((_, after)) = link(&rest[1..])
        {
            rest = after;
            continue;
        }
        if c == '['
            && let Some((label, after)) = link(rest)
        {
            out.push_str(&inline(label));
            rest = after;
            continue;
        }
        if c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            out.push_str(&rest[1..2]);
            rest = &rest[2..];
            continue;
        }
        let next = rest[c.len_utf8()..].chars().next().unwrap_or(' ');
        let before = out.chars().last().unwrap_or(' ');
        let mark = matches!(c, '*' | '`') || c == '_' && !(before.is_alphanumeric() && next.is_alphanumeric());
        if !mark || c == '*' && before == ' ' && next == ' ' {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    let out = if out.contains('<') || out.contains('&') { html::plain(&out) } else { out };
    clean::squeeze(&out)
}

/// `[label](target)` or `[label][reference]`: the label, and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let close = text.find(']')?;
    let label = &text[1..close];
    let after = &text[close + 1..];
    let end = match after.chars().next()? {
        '(' => after.find(')')?,
        '[' => after.find(']')?,
        _ => return None,
    };
    (!label.contains('[')).then(|| (label, &after[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(
            inline("**Duda** met [Yoon](https://e.org/a_b) in *Warsaw* ![x](y.png) snake_case &amp; more"),
            "Duda met Yoon in Warsaw snake_case & more"
        );
        let kinds: Vec<_> = blocks("# T\n\nOne\ntwo.\n\n## H\n- a\n- b\n> q\n\n```\ncode\n```\nSetext\n------\n")
            .into_iter()
            .map(|(k, l, t)| format!("{} {l} {t}", k.as_str()))
            .collect();
        assert_eq!(
            kinds,
            [
                "heading 1 T",
                "paragraph 0 One two.",
                "heading 2 H",
                "list 0 a",
                "list 0 b",
                "quote 0 q",
                "heading 2 Setext"
            ]
        );
    }

    #[test]
    fn front_matter_is_flat() {
        let front = front_matter(
            "---\ntitle: \"T: a\"\nauthors:\n  - Jane Doe\n  - John Roe\ntags: [a, b]\nx: &a [1]\n---\nText",
        );
        assert!(front.odd);
        assert_eq!(front.rest, "Text");
        assert_eq!(front.fields[0], ("title".to_owned(), vec!["T: a".to_owned()]));
        assert_eq!(front.fields[1].1, ["Jane Doe", "John Roe"]);
        assert!(front_matter("---\ntitle: T\n\nText goes on\n").odd);
    }
}
