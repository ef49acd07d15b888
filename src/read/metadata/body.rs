//! Paragraphs to typed blocks: headings, lists, datelines, captions, biographies, boilerplate, prose.

use super::{dateline, furniture, layout};
use crate::article::{Article, BlockKind};

/// A section heading has at most this many words; newspapers keep them to a line.
const MAX_HEADING_WORDS: usize = 16;

/// A question may be a little longer and still be a heading.
const MAX_QUESTION_CHARS: usize = 140;

/// Datelines stand at the beginning; later "KYIV — …" opens the next report of a round-up.
const DATELINE_PARAGRAPHS: usize = 3;

/// A block not yet in the article.
pub type Piece = (BlockKind, String);

/// Kinds of paragraphs of plain text in their order. `author` and `title` are what the head told.
pub fn pieces(paragraphs: &[String], author: Option<&str>, title: Option<&str>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(paragraphs.len() + 2);
    let mut in_bio = false;
    let mut prose = 0usize;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.as_str();
        if prose == 0 && title.is_some_and(|t| same_words(t, text)) {
            continue;
        }
        if let Some(kind) = furniture::kind(text) {
            out.push((kind, text.to_owned()));
            continue;
        }
        if furniture::is_bio_heading(text) && prose > 0 {
            in_bio = true;
        }
        if in_bio {
            out.push((BlockKind::AuthorBio, text.to_owned()));
            continue;
        }
        if (prose < DATELINE_PARAGRAPHS || i == 0)
            && let Some(end) = dateline::split(text)
        {
            out.push((BlockKind::Dateline, text[..end].trim().to_owned()));
            out.push((BlockKind::Paragraph, text[end..].trim().to_owned()));
            prose += 1;
            continue;
        }
        let kind = if list_item(text).is_some() {
            BlockKind::List
        } else if is_heading(text, paragraphs.get(i + 1).map(String::as_str), prose) {
            BlockKind::Heading
        } else {
            prose += 1;
            BlockKind::Paragraph
        };
        out.push((kind, text.to_owned()));
    }
    mark_biography(&mut out, author);
    out
}

/// Puts the title and the pieces into the article.
pub fn push(article: &mut Article, pieces: Vec<Piece>) {
    if let Some(title) = article.title.clone() {
        article.push_block(BlockKind::Title, &title);
    }
    for (kind, text) in pieces {
        article.push_block(kind, &text);
    }
}

/// The text of a list item without its mark.
pub fn list_item(text: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "• ", "– ", "‣ ", "● ", "▪ ", "· "].iter().find_map(|m| text.strip_prefix(m))
    {
        return Some(rest.trim_start());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return text[digits..].strip_prefix([')', '.']).filter(|r| r.starts_with(' ')).map(str::trim_start);
    }
    let lettered = text.strip_prefix('(')?;
    let (mark, rest) = lettered.split_once(") ")?;
    (mark.len() <= 3 && !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        .then_some(rest)
}

/// A short line without a full stop, or a question, with prose below it.
fn is_heading(text: &str, next: Option<&str>, prose_before: usize) -> bool {
    let Some(next) = next else { return false };
    let words = text.split_whitespace().count();
    let chars = text.chars().count();
    let question = text.ends_with('?') && chars <= MAX_QUESTION_CHARS && !text.contains(". ");
    let short = words <= MAX_HEADING_WORDS && chars <= 110;
    let begins = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“' || c == '"');
    let ends_open = !text.ends_with(['.', ',', ';', '…', '-', '”', '"', '!', '’']);
    if !begins || text.starts_with(['"', '“']) && text.ends_with(['"', '”']) {
        return false;
    }
    // A colon introduces the list or the words that follow, unless the line is a label.
    let colon_ok = !text.ends_with(':') || words <= 4;
    let next_is_prose =
        next.chars().count() > chars.max(40) || layout::ends_sentence(next) || list_item(next).is_some();
    // The first line under the head is a heading only when it asks or is very short: it may be the lead.
    let placed = prose_before > 0 || words <= 10;
    (question || short && ends_open && colon_ok) && next_is_prose && placed
}

/// The last paragraphs may say who the author is, without a heading.
fn mark_biography(pieces: &mut [Piece], author: Option<&str>) {
    let Some(last) = pieces.iter().rposition(|(k, _)| *k == BlockKind::Paragraph) else { return };
    let mut at = last;
    for _ in 0..2 {
        let before: String =
            pieces[..at].iter().filter(|(k, _)| *k == BlockKind::Paragraph).map(|(_, t)| t.as_str()).collect();
        if before.is_empty()
            || pieces[at].0 != BlockKind::Paragraph
            || !furniture::is_bio(&pieces[at].1, &before, author)
        {
            return;
        }
        pieces[at].0 = BlockKind::AuthorBio;
        if at == 0 {
            return;
        }
        at -= 1;
    }
}

/// The same words, whatever their case and punctuation.
pub fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    a.len().abs_diff(b.len()) < 40 && words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &[&str]) -> Vec<&'static str> {
        let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        pieces(&lines, None, None).iter().map(|(k, _)| k.as_str()).collect()
    }

    #[test]
    fn paragraphs_get_their_kinds() {
        assert_eq!(
            kinds(&[
                "SEOUL (Reuters) - The two presidents met on Wednesday and agreed to meet again.",
                "Why do they meet?",
                "They meet because both of them want to sell more ships to the other.",
                "What comes next",
                "Talks go on, officials said.",
                "- A first point about ships",
                "Photo: Example",
                "About the Author",
                "Jane Doe is a research intern. She lives in Oslo.",
            ]),
            [
                "dateline",
                "paragraph",
                "heading",
                "paragraph",
                "heading",
                "paragraph",
                "list",
                "caption",
                "author_bio",
                "author_bio"
            ]
        );
    }

    #[test]
    fn the_last_paragraph_may_be_the_author() {
        assert_eq!(
            kinds(&["The two presidents met on Wednesday.", "Jane Doe is a senior fellow at the Example Institute."]),
            ["paragraph", "author_bio"]
        );
    }
}
