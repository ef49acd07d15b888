//! Cuts the analysed blocks of an article into syntactic words, as the English treebanks do.
//!
//! `don't` is `do|n't`, `Japan's` is `Japan|'s`, `cannot` is `can|not`, `15-year` is `15|-|year`, but `non-nuclear`
//! and `e-mail` stay whole. Abbreviations keep their full stop (`Gen.`, `U.S.`), so that a full stop on its own is
//! always punctuation. Needs nothing before it; fills `Doc::tokens`. Every byte that is not white space (or an
//! invisible control) belongs to exactly one token; text is never changed. Linear in the length of the text.

mod words;

use super::doc::{Doc, Token};
use crate::text::Span;
use words::{is_abbreviation, is_given_name, keeps_hyphen_after, keeps_hyphen_before, split_fused, splits_unit};

/// Longest token. A longer run (a picture in base64, a wall of signs) is cut, so that later passes stay bounded.
const MAX_TOKEN: usize = 256;

/// Tokenizes every analysed block of `doc`.
pub fn run(doc: &mut Doc) {
    doc.tokens.clear();
    let Doc { article, tokens, .. } = doc;
    for block in article.blocks.iter().filter(|b| b.kind.is_analysed()) {
        tokenize(&article.text, block.span.range(), tokens);
    }
}

/// Tokenizes `text[range]`, appending to `tokens`.
pub fn tokenize(text: &str, range: std::ops::Range<usize>, tokens: &mut Vec<Token>) {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), end: range.end, tokens };
    let mut at = range.start;
    while at < range.end {
        let c = scanner.char_at(at);
        if is_space(c) {
            at += c.len_utf8();
            continue;
        }
        let end = scanner.chunk_end(at);
        scanner.chunk(at, end);
        if let Some(last) = scanner.tokens.last_mut() {
            last.space_after = true;
        }
        at = end;
    }
}

/// White space, and characters that print as nothing (controls, byte-order marks, zero-width space, soft breaks).
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Part of a word: letters, digits, combining marks, joiners within words of other scripts.
fn is_wordy(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{AD}')
    }
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// End of the block.
    end: usize,
    tokens: &'a mut Vec<Token>,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> char {
        let byte = self.bytes[at];
        if byte < 0x80 { byte as char } else { self.text[at..].chars().next().unwrap_or(' ') }
    }

    /// The character that starts at `at`, when that is before `end`.
    fn peek(&self, at: usize, end: usize) -> Option<char> {
        (at < end).then(|| self.char_at(at))
    }

    fn chunk_end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.end {
            let c = self.char_at(at);
            if is_space(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    fn push(&mut self, start: usize, end: usize) {
        let mut start = start;
        while end - start > MAX_TOKEN {
            let mut cut = start + MAX_TOKEN;
            while !self.text.is_char_boundary(cut) {
                cut -= 1;
            }
            self.push_one(start, cut);
            start = cut;
        }
        if start < end {
            self.push_one(start, end);
        }
    }

    fn push_one(&mut self, start: usize, end: usize) {
        let index = self.tokens.len() as u32;
        self.tokens.push(Token::new(Span::of(start, end), false, index));
    }

    /// One run of text without white space.
    fn chunk(&mut self, start: usize, end: usize) {
        let chunk = &self.text[start..end];
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.word(start, end);
            return;
        }
        if let Some(len) = emoticon(chunk) {
            self.push(start, start + len);
            if start + len < end {
                self.chunk_tail(start + len, end);
            }
            return;
        }
        self.chunk_tail(start, end);
    }

    fn chunk_tail(&mut self, start: usize, end: usize) {
        let mut at = start;
        let has_at_sign = self.text[start..end].contains('@');
        let mut only_opening = true;
        while at < end {
            let c = self.char_at(at);
            if only_opening && (is_wordy(c) || c == '@' || c == '#') {
                only_opening = false;
                if let Some(stop) = self.address(at, end, has_at_sign) {
                    self.push(at, stop);
                    at = stop;
                    continue;
                }
            }
            let next = at + c.len_utf8();
            if is_wordy(c) {
                let stop = self.word_end(at, end);
                self.word(at, stop);
                at = stop;
            } else if matches!(c, '#' | '@') && self.peek(next, end).is_some_and(char::is_alphabetic) {
                // #MeToo, @handle; but # 1
                let mut stop = next;
                while let Some(n) = self.peek(stop, end).filter(|&n| is_wordy(n) || n == '_') {
                    stop += n.len_utf8();
                }
                self.push(at, stop);
                at = stop;
            } else if c == '+' && at == start && self.peek(next, end).is_some_and(|n| n.is_ascii_digit()) {
                // +44
                let stop = self.word_end(next, end);
                self.push(at, stop);
                at = stop;
            } else if is_apostrophe(c) || c == '`' {
                at = self.apostrophe(at, next, end);
            } else {
                let stop = self.sign_end(at, c, end);
                self.push(at, stop);
                at = stop;
            }
        }
    }

    /// An apostrophe that does not follow a word within the scan: `'s` after a bracket, `'70s`, `'em`, a quotation mark.
    fn apostrophe(&mut self, at: usize, next: usize, end: usize) -> usize {
        let glued = self.tokens.last().is_some_and(|t| t.span.end as usize == at && !t.space_after);
        if glued && let Some(len) = clitic_after(&self.text[next..end]) {
            self.push(at, next + len);
            return next + len;
        }
        if !glued {
            let digits = self.text[next..end].bytes().take_while(u8::is_ascii_digit).count();
            if digits == 2 {
                let plural = usize::from(self.peek(next + 2, end) == Some('s'));
                self.push(at, next + 2 + plural);
                return next + 2 + plural;
            }
            let tail = &self.text[next..end];
            for short in ["em", "Em", "til", "Til", "cause", "Cause", "n"] {
                if let Some(rest) = tail.strip_prefix(short)
                    && !rest.starts_with(is_wordy)
                {
                    self.push(at, next + short.len());
                    return next + short.len();
                }
            }
        }
        // ‘’ and '' as double quotation marks
        let stop =
            if self.peek(next, end) == Some(self.char_at(at)) { next + self.char_at(at).len_utf8() } else { next };
        self.push(at, stop);
        stop
    }

    /// End of a run of signs that stand together: `...`, `--`, `!!!`, `?!`, `“`.
    fn sign_end(&self, at: usize, c: char, end: usize) -> usize {
        let mut stop = at + c.len_utf8();
        let joins = |n: char| match c {
            '‘' => n == '’',
            '.' if n == '?' => true,
            '.' | '*' | '=' | '_' | '~' | '+' | '<' | '>' | '-' | '—' | '–' | '`' | '#' | '…' => n == c,
            '!' | '?' => matches!(n, '!' | '?'),
            ',' => n == '?',
            _ => false,
        };
        while let Some(n) = self.peek(stop, end).filter(|&n| joins(n)) {
            stop += n.len_utf8();
        }
        stop
    }

    /// End of a web or mail address that starts at `at`.
    fn address(&self, at: usize, end: usize, has_at_sign: bool) -> Option<usize> {
        let rest = &self.bytes[at..end];
        let starts = |p: &str| rest.len() > p.len() && rest[..p.len()].eq_ignore_ascii_case(p.as_bytes());
        let is_url = ["http://", "https://", "ftp://", "www.", "mailto:"].iter().any(|p| starts(p));
        let stop = if is_url {
            let cut = self.text[at..end].find(['"', '“', '”', '<', '>', '|']).map_or(end, |i| at + i);
            self.trim_closing(at, cut)
        } else if has_at_sign {
            let cut = self.text[at..end].find([',', ';', '<', '>', ')', '(', '"', ']']).map_or(end, |i| at + i);
            let stop = self.trim_closing(at, cut);
            let (user, host) = self.text[at..stop].split_once('@')?;
            let whole = user.starts_with(is_wordy) && host.starts_with(is_wordy);
            if !whole || user.ends_with(is_hyphen) {
                return None;
            }
            stop
        } else {
            return None;
        };
        (stop > at).then_some(stop)
    }

    /// `end` moved left over the punctuation that closes a sentence or bracket around an address.
    fn trim_closing(&self, start: usize, end: usize) -> usize {
        let trimmed = self.text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}', '*']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(inner) if !inner.contains('(') => inner,
            _ => trimmed,
        };
        start + trimmed.len()
    }

    /// End of the word that starts at `start`, with the joiners it keeps: `U.S.`, `1,000.5`, `AT&T`, `don't`, `e-mail`.
    fn word_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        // Start of the part after the last joiner, and whether all parts so far are single letters (U.S.A).
        let mut part = start;
        let mut letters_only = true;
        let mut hyphen_seen = false;
        while at < end {
            let c = self.char_at(at);
            if is_wordy(c) || c == '_' {
                at += c.len_utf8();
                continue;
            }
            let next_at = at + c.len_utf8();
            let next = self.peek(next_at, end);
            let before = self.text[..at].chars().next_back().unwrap_or(' ');
            let part_chars = self.text[part..at].chars().take(3).count();
            let single = part_chars == 1 && before.is_alphabetic();
            let joined = match (c, next) {
                ('.', Some(n)) if is_wordy(n) => {
                    self.dot_joins(start, part, next_at, end, before, n, single && letters_only)
                }
                ('.', _) => {
                    let acronym = single && letters_only;
                    let whole = &self.text[start..at];
                    let more_dots = next == Some('.');
                    let whole_single = acronym && part == start;
                    let listed = is_abbreviation(whole) && self.abbreviates_here(whole, next_at, end);
                    let abbreviates = !more_dots
                        && (acronym && !whole_single
                            || whole_single && self.is_initial(start, before, next_at, end)
                            || listed
                            || part > start && matches!(&self.text[part..at], "D" | "A") && acronym_tail(whole));
                    return if abbreviates { next_at } else { at };
                }
                (',', Some(n)) => before.is_ascii_digit() && n.is_ascii_digit() && self.three_digits(next_at, end),
                (':' | '/', Some(n)) => before.is_ascii_digit() && n.is_ascii_digit(),
                ('&', Some(n)) => before.is_uppercase() && n.is_uppercase() && part_chars <= 2,
                ('\'' | '’', Some(n)) => n.is_alphabetic(),
                // A broken-off word of speech: "th- the".
                ('-', None) if part == start && before.is_alphabetic() && at - start <= 2 => return next_at,
                ('-' | '‐' | '‑', Some(n)) if is_wordy(n) => {
                    let joins = self.hyphen_joins(start, at, next_at, end, hyphen_seen);
                    hyphen_seen |= joins;
                    joins
                }
                _ => false,
            };
            if !joined {
                return at;
            }
            letters_only &= single && c == '.';
            at = next_at;
            part = next_at;
        }
        at
    }

    /// One capital letter and a full stop: an initial before a capitalised name, not the end of "Plan B.".
    fn is_initial(&self, start: usize, letter: char, after: usize, end: usize) -> bool {
        if !letter.is_uppercase() || letter == 'I' && self.tokens.last().is_none_or(|t| !self.is_name_like(t)) {
            return false;
        }
        if after < end {
            return matches!(self.char_at(after), ',' | '-' | '\'' | '’');
        }
        // At the end of the chunk: look at the next word and the one before.
        let rest = self.text[after..self.end].trim_start_matches(is_space);
        let next_upper = rest.starts_with(|c: char| c.is_uppercase() || c == '\'' || c == '’');
        let glued = self.tokens.last().is_some_and(|t| t.span.end as usize == start);
        next_upper && !glued
    }

    /// "No. 5" but "No."; "etc.," but "etc" before the full stop that ends a sentence.
    fn abbreviates_here(&self, word: &str, after: usize, end: usize) -> bool {
        let number = matches!(word, "No" | "Nos" | "no" | "nos");
        if !number && !word.eq_ignore_ascii_case("etc") {
            return true;
        }
        let rest =
            if after < end { &self.text[after..end] } else { self.text[after..self.end].trim_start_matches(is_space) };
        if number {
            rest.starts_with(|c: char| c.is_numeric() || c == '#')
        } else {
            !rest.is_empty() && !rest.starts_with(char::is_uppercase)
        }
    }

    fn is_name_like(&self, token: &Token) -> bool {
        token.span.slice(self.text).starts_with(char::is_uppercase)
    }

    /// True when a full stop between two word characters does not end the word.
    #[expect(clippy::too_many_arguments, reason = "the state of one scan, at its single place of use")]
    fn dot_joins(
        &self,
        start: usize,
        part: usize,
        next: usize,
        end: usize,
        before: char,
        n: char,
        single: bool,
    ) -> bool {
        if before.is_ascii_digit() && n.is_ascii_digit() {
            return true;
        }
        let after = self.text[next..end].split(|c: char| !is_wordy(c)).next().unwrap_or("");
        if single && after.chars().take(2).count() == 1 && n.is_alphabetic() {
            return true; // U.S, a.m, J.R
        }
        if matches!(&self.text[start..next], "Ph." | "ph.") && after.eq_ignore_ascii_case("d") {
            return true;
        }
        let lower = before.is_lowercase() || before.is_ascii_digit();
        if is_web_suffix(after) && next - part > 2 {
            return true; // Amazon.com, whitehouse.gov
        }
        // "ended.The next": a space was lost. "node.js", "a.out": one word.
        lower
            && n.is_lowercase()
            && next - part <= 12
            && after.len() <= 4
            && part == start
            && !is_abbreviation(&self.text[start..next - 1])
    }

    fn three_digits(&self, at: usize, end: usize) -> bool {
        self.bytes[at..end].iter().take(4).take_while(|b| b.is_ascii_digit()).count() == 3
    }

    /// True when a hyphen does not split: affixes (`non-`, `-esque`), telephone numbers, one letter and digits (`F-16`).
    fn hyphen_joins(&self, start: usize, at: usize, next: usize, end: usize, seen: bool) -> bool {
        let left = &self.text[start..at];
        let right = self.text[next..end].split(|c: char| !is_wordy(c)).next().unwrap_or("");
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if digits(left) && digits(right) {
            let after = self.peek(next + right.len(), end);
            let third = after.is_some_and(is_hyphen);
            return left.len() <= 3 && right.len() == 4 && left != "20" && left != "19"
                || left.len() <= 3 && third
                || left.len() == 5 && right.len() == 4;
        }
        if digits(right) && right.len() == 4 && left.len() == 2 && matches!(left.as_bytes(), [b'x', b'0'..=b'9']) {
            return true; // telephone extension x3-9890
        }
        if seen {
            let last = left.rsplit(is_hyphen).next().unwrap_or("");
            if digits(last) && digits(right) {
                return true;
            }
        }
        keeps_hyphen_after(left) || keeps_hyphen_before(right) || is_given_name(left, right)
    }

    /// Emits the word `start..end`, split where two syntactic words are written as one.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if let Some(cut) = split_fused(word) {
            self.push(start, start + cut);
            self.push(start + cut, end);
            return;
        }
        if word.as_bytes()[0].is_ascii_digit() {
            let digits = word.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':')).count();
            if digits < word.len() && splits_unit(&word[digits..]) {
                self.push(start, start + digits);
                self.push(start + digits, end);
                return;
            }
        }
        if !word.contains(is_apostrophe) {
            self.push(start, end);
            return;
        }
        // should've, I'd've: at most three, from the right.
        let mut cuts = [end; 4];
        let mut n = 0;
        while n < 3 {
            match clitic_start(&self.text[start..cuts[n]]) {
                Some(cut) => cuts[n + 1] = start + cut,
                None => break,
            }
            n += 1;
        }
        self.push(start, cuts[n]);
        for i in (0..n).rev() {
            self.push(cuts[i + 1], cuts[i]);
        }
    }
}

/// `Ph.D`, `M.B.A`: the tail of a degree.
fn acronym_tail(word: &str) -> bool {
    matches!(word, "Ph.D" | "M.B.A" | "ph.d")
}

/// True when `word`, standing right after another token, is the second part of one written word: `n't`, `'s`, the
/// `not` of `cannot`. CoNLL-U prints such pairs as a range.
pub fn is_second_part(previous: &str, word: &str) -> bool {
    let lower = |w: &str, list: &[&str]| list.iter().any(|x| x.eq_ignore_ascii_case(w));
    if let Some(tail) = word.strip_prefix(is_apostrophe) {
        return is_clitic(tail) || tail.is_empty() && previous.ends_with(['s', 'S']);
    }
    lower(word, &["n't", "n’t", "nt"])
        || lower(word, &["not", "na", "ta", "me"])
            && lower(previous, &["can", "gon", "wan", "got", "out", "lem", "gim"])
        || lower(word, &["s"]) && lower(previous, &["that"])
        || lower(word, &["re"]) && lower(previous, &["you", "they"])
}

/// Where the clitic at the end of `word` starts: `Japan's` 5, `don't` 2, `they're` 4.
fn clitic_start(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c))?;
    let tail = &word[at + mark.len_utf8()..];
    if tail.eq_ignore_ascii_case("t") {
        let cut = word[..at].char_indices().next_back()?;
        return (cut.0 > 0 && matches!(cut.1, 'n' | 'N')).then_some(cut.0);
    }
    (at > 0 && is_clitic(tail)).then_some(at)
}

fn is_clitic(tail: &str) -> bool {
    tail.len() <= 2 && ["s", "m", "d", "re", "ve", "ll"].iter().any(|c| tail.eq_ignore_ascii_case(c))
}

/// Length of a clitic at the start of `rest`, when nothing wordy follows.
fn clitic_after(rest: &str) -> Option<usize> {
    let len = rest.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    (is_clitic(&rest[..len]) && !rest[len..].starts_with(is_wordy)).then_some(len)
}

fn is_web_suffix(s: &str) -> bool {
    const SUFFIXES: [&str; 24] = [
        "com", "org", "net", "gov", "edu", "mil", "info", "tv", "co", "uk", "eu", "ru", "cn", "html", "doc", "docx",
        "xls", "pdf", "txt", "ppt", "jpg", "csv", "exe", "zip",
    ];
    s.len() <= 4 && SUFFIXES.iter().any(|x| s.eq_ignore_ascii_case(x))
}

/// Length of an emoticon at the start of `chunk`, when it is the whole chunk or only full stops follow.
fn emoticon(chunk: &str) -> Option<usize> {
    const FACES: [&str; 17] =
        [":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P", "=)", "=(", ":/", ":-/", ":'(", "<3", ":-D", ":p", ":o"];
    let face = FACES.iter().find(|f| chunk.starts_with(**f))?;
    let rest = &chunk[face.len()..];
    rest.bytes().all(|b| matches!(b, b'.' | b'!')).then_some(face.len())
}

#[cfg(test)]
mod tests;
