//! Plain text into an article: head, layout, typed paragraphs. Shared by every format that holds plain text.

use super::metadata::header::Dating;
use super::metadata::{body, date, header, layout};
use super::sink::Sink;
use super::{clean, html};
use crate::article::{Article, BlockKind, PublishedBasis, TextKind};

impl Sink<'_> {
    /// How dates of this source are to be read.
    pub(crate) fn dating(&self) -> Dating {
        Dating { order: self.date_order, today: self.options.today }
    }
}

/// Puts cleaned plain text into the article. What the article knows already (title, author, date) stays.
pub(crate) fn push_plain(article: &mut Article, text: &str, dating: Dating) {
    let text = cut_mark(article, text);
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut pieces, taken) = header::read(article, &lines, dating);
    let paragraphs = layout::paragraphs(&lines[taken..]);
    pieces.extend(body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref()));
    date_by_dateline(article, &pieces, dating);
    body::push(article, pieces);
}

/// "PARIS, March 7, 2023 (AFP) -": a dateline with its year is the day the report was filed. Without a year it dates
/// nothing, and a date that the head states, even one that was refused, goes before it.
fn date_by_dateline(article: &mut Article, pieces: &[body::Piece], dating: Dating) {
    if article.published.is_some() || article.published_text.is_some() {
        return;
    }
    let dateline = pieces.iter().find(|(kind, _)| *kind == BlockKind::Dateline);
    if let Some((_, text)) = dateline
        && let Some(reading) = date::find(text)
    {
        dating.set(article, Some(reading), text, PublishedBasis::Dateline);
    }
}

/// Puts the text of a field into the article: cleaned first, and read as HTML when it holds tags.
pub(crate) fn push_field(article: &mut Article, text: &str, dating: Dating) {
    let (text, seen) = clean::clean(text);
    seen.note(article);
    if html::is_markup(&text) {
        let pieces = html::fragment(&text);
        let paragraphs: Vec<String> = pieces.iter().map(|(_, t)| t.clone()).collect();
        let typed = body::pieces(&paragraphs, article.author.as_deref(), article.title.as_deref());
        body::push(article, html::merge_kinds(&pieces, typed));
    } else {
        push_plain(article, &text, dating);
    }
}

/// `… [+2345 chars]`: the source cut the text; the mark itself is no text.
fn cut_mark<'t>(article: &mut Article, text: &'t str) -> &'t str {
    let trimmed = text.trim_end();
    let Some((before, mark)) = trimmed.rsplit_once("[+") else { return text };
    let is_mark = mark.strip_suffix(" chars]").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    if is_mark {
        article.text_kind = TextKind::Truncated;
        before.trim_end()
    } else {
        text
    }
}
