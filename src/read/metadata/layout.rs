//! Lines to paragraphs: one paragraph a line, or lines wrapped at a width with blank lines between paragraphs.
//!
//! Which of the two is decided per text by evidence: wrapped lines are about equally long, none is very long, and
//! most end without a full stop. Wrapped lines are joined by a space; a word split by a hyphen is made whole.

/// No one wraps wider than this; a longer line is a paragraph.
const MAX_WIDTH: usize = 130;

/// A wrapped line ends within this many characters of the width: the next word did not fit.
const SLACK: usize = 24;

/// Share of lines that must look wrapped.
const SHARE: f64 = 0.6;

/// Paragraphs of `lines`, without blank ones.
pub fn paragraphs(lines: &[&str]) -> Vec<String> {
    let width = lines.iter().map(|l| l.trim().chars().count()).max().unwrap_or(0);
    if is_wrapped(lines, width) {
        return join_wrapped(lines, width);
    }
    lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// Paragraphs of a text in which blank lines are known to stand between them, and only there.
pub fn between_blanks(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for text in lines.iter().map(|l| l.trim()) {
        match out.last_mut() {
            Some(last) if open && !text.is_empty() => join(last, text),
            _ if !text.is_empty() => out.push(text.to_owned()),
            _ => {}
        }
        open = !text.is_empty();
    }
    out
}

/// True when the lines of a text are wrapped at a width.
pub fn wraps(lines: &[&str]) -> bool {
    is_wrapped(lines, lines.iter().map(|l| l.trim().chars().count()).max().unwrap_or(0))
}

/// True when most lines that are followed by a line could not have taken its first word.
fn is_wrapped(lines: &[&str], width: usize) -> bool {
    if !(30..=MAX_WIDTH).contains(&width) {
        return false;
    }
    let (mut full, mut all, mut open) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0].trim(), pair[1].trim());
        if line.is_empty() || next.is_empty() {
            continue;
        }
        all += 1;
        let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
        full += usize::from(line.chars().count() + 1 + word + 6 > width || line.chars().count() + SLACK > width);
        open += usize::from(!ends_sentence(line));
    }
    all >= 2 && full as f64 > SHARE * all as f64 && open as f64 > 0.4 * all as f64
}

/// A paragraph ends at a blank line, before an indented or bulleted line, and after a short line that ends a sentence.
fn join_wrapped(lines: &[&str], width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    let any_blank = lines.iter().any(|l| l.trim().is_empty());
    for line in lines {
        let text = line.trim();
        if text.is_empty() {
            open = false;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let starts = indent >= 2 || super::body::list_item(text).is_some();
        match out.last_mut() {
            Some(last) if open && !starts => join(last, text),
            _ => out.push(text.to_owned()),
        }
        let short = text.chars().count() + SLACK < width;
        open = !(short && (ends_sentence(text) || !any_blank && text.chars().count() * 2 < width));
    }
    out
}

/// Appends a line to the line before it: "co-\noperation" is "co-operation" only when a capital follows.
fn join(last: &mut String, line: &str) {
    let splits_word = last.ends_with('-')
        && last[..last.len() - 1].ends_with(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if splits_word {
        last.pop();
    } else if !last.ends_with('-') {
        last.push(' ');
    }
    last.push_str(line);
}

/// True when a line ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The bank has become the first of the commer-\n\
                    cial banks that have operated since January to\n\
                    issue bonds, the official news agency said late.\n\
                    \n\
                    The bonds may be taken up by all companies and\n\
                    cooperatives, it said.";
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(
            paragraphs(&lines),
            [
                "The bank has become the first of the commercial banks that have operated since January to issue bonds, \
                 the official news agency said late.",
                "The bonds may be taken up by all companies and cooperatives, it said.",
            ]
        );
    }

    #[test]
    fn one_paragraph_a_line_stays() {
        let text = "Short heading\nA sentence that ends here.\nAnother one that ends.\n\nA third one, rather longer than the rest.";
        let lines: Vec<&str> = text.split('\n').collect();
        assert_eq!(paragraphs(&lines).len(), 4);
    }
}
