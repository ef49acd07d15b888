//! Decoded text to text that is safe to keep: line ends, control characters, invisible marks.
//!
//! Nothing else changes: text stays as in the source (no normalisation), so that it can be found there again.

use crate::article::{Article, Warning};
use std::borrow::Cow;

/// What cleaning met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Control characters were replaced.
    pub control: bool,
    /// Characters that reorder or hide others are in the text (and stay).
    pub hidden: bool,
    /// The text looks like UTF-8 once read as Windows-1252.
    pub mojibake: bool,
}

impl Seen {
    /// Notes what was met on the article.
    pub fn note(self, article: &mut Article) {
        for (seen, warning) in [
            (self.control, Warning::ControlChars),
            (self.hidden, Warning::BidiOrZeroWidth),
            (self.mojibake, Warning::Mojibake),
        ] {
            if seen {
                article.warn(warning);
            }
        }
    }
}

/// Characters without a shape that reorder, join or hide others.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Carriage returns and Unicode line separators become `\n`, other control characters but tab become spaces, byte
/// order marks at the start go.
pub fn clean(text: &str) -> (Cow<'_, str>, Seen) {
    let text = text.trim_start_matches('\u{feff}');
    let mut seen = Seen::default();
    if !needs_cleaning(text.as_bytes()) {
        return (Cow::Borrowed(text), seen);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if c.is_control() => {
                seen.control = true;
                out.push(' ');
            }
            c => {
                seen.hidden |= is_hidden(c);
                seen.mojibake |= c == 'â' && matches!(chars.peek(), Some('€' | '„'));
                out.push(c);
            }
        }
    }
    (Cow::Owned(out), seen)
}

/// True when some byte may belong to a character that cleaning changes or notes.
fn needs_cleaning(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(i, b)| match *b {
        b' '..0x7f | b'\n' | b'\t' => false,
        // C1 control characters and the soft hyphen; "â", which mojibake is full of; U+2000 to U+207F less the
        // quotation marks and dashes of ordinary text; the byte order mark.
        0xc2 => bytes.get(i + 1).is_none_or(|n| *n < 0xa0 || *n == 0xad),
        0xc3 => bytes.get(i + 1) == Some(&0xa2),
        0xe2 => match (bytes.get(i + 1), bytes.get(i + 2)) {
            (Some(0x80), Some(n)) => matches!(*n, 0x8b..=0x8f | 0xa8..=0xae),
            (Some(0x81), _) => true,
            _ => false,
        },
        0xef => bytes.get(i + 1) == Some(&0xbb),
        b => b < b' ' || b == 0x7f,
    })
}

/// The first bytes of a text, up to a character boundary.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// Runs of white space, also line ends and no-break spaces, become one space; both ends are trimmed.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_kind_and_controls_spaces() {
        let (text, seen) = clean("\u{feff}\u{feff}a\r\nb\rc\u{2028}d\u{0}e\u{9b}f\tg");
        assert_eq!(text, "a\nb\nc\nd e f\tg");
        assert!(seen.control && !seen.hidden);
    }

    proptest::proptest! {
        #[test]
        fn what_needs_no_cleaning_is_clean(text in "[ -~\n“”’—é…\u{80}-\u{ff}\u{2000}-\u{206f}\u{feff}]{0,12}") {
            if !needs_cleaning(text.as_bytes()) {
                let changed = text.chars().any(|c| c.is_control() && c != '\n' && c != '\t' || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}'));
                proptest::prop_assert!(!changed, "{text:?}");
            }
        }
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(clean("Talks end.\n").0, Cow::Borrowed(_)));
    }

    #[test]
    fn traces_of_a_wrong_encoding_are_seen_and_kept() {
        let (text, seen) = clean("the presidentâ€™s plan");
        assert!(seen.mojibake);
        assert_eq!(text, "the presidentâ€™s plan");
    }
}
