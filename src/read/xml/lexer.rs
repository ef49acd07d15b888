//! Tags and text of XML and SGML, without a tree and without a DTD.
//!
//! Names come in lower case and without their namespace prefix. Entities: the five of XML, numbers, and the usual ones of
//! HTML; a document type that defines entities is a [`Problem`], other unknown entities stay as they are written.

/// Why a document is not read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It defines entities.
    Entity,
    /// It nests too deep.
    Depth,
    /// It is not well formed.
    Syntax(&'static str),
}

/// A tag or a run of text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Start { name: String, attributes: Vec<(String, String)>, closed: bool },
    End { name: String },
    Text(String),
}

/// Goes through a document once.
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte reached.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn next_event(&mut self) -> Result<Option<Event>, Problem> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return Ok(None);
            }
            let Some(open) = memchr::memchr(b'<', rest.as_bytes()) else {
                self.at = self.text.len();
                return Ok(Some(Event::Text(unescape(rest))));
            };
            if open > 0 {
                self.at += open;
                return Ok(Some(Event::Text(unescape(&rest[..open]))));
            }
            if let Some(inside) = rest.strip_prefix("<![CDATA[") {
                let end = inside.find("]]>").unwrap_or(inside.len());
                self.at = (self.at + 9 + end + 3).min(self.text.len());
                return Ok(Some(Event::Text(inside[..end].to_owned())));
            }
            if rest.starts_with("<!--") {
                let end = rest.find("-->").map_or(rest.len(), |n| n + 3);
                self.at += end;
            } else if rest.starts_with("<?") {
                self.at += rest.find('>').map_or(rest.len(), |n| n + 1);
            } else if rest.starts_with("<!") {
                self.doctype(rest)?;
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '_') {
                return self.tag(rest).map(Some);
            } else {
                // A bare `<` in SGML text.
                self.at += 1;
                return Ok(Some(Event::Text("<".to_owned())));
            }
        }
    }

    fn doctype(&mut self, rest: &str) -> Result<(), Problem> {
        let end = rest.find('>').ok_or(Problem::Syntax("a declaration without end"))?;
        let subset = rest.find('[').filter(|n| *n < end);
        match subset {
            Some(open) => {
                let close = rest[open..].find(']').map_or(rest.len(), |n| open + n);
                if rest[open..close].contains("<!ENTITY") {
                    return Err(Problem::Entity);
                }
                self.at += rest[close..].find('>').map_or(rest.len(), |n| close + n + 1);
            }
            None => self.at += end + 1,
        }
        Ok(())
    }

    fn tag(&mut self, rest: &str) -> Result<Event, Problem> {
        let bytes = rest.as_bytes();
        // A `>` inside quotes is no end.
        let (mut end, mut quote) = (1, None);
        loop {
            match (bytes.get(end), quote) {
                (None, _) => {
                    self.at = self.text.len();
                    return Err(Problem::Syntax("a tag without end"));
                }
                (Some(b), Some(q)) if *b == q => quote = None,
                (Some(b @ (b'"' | b'\'')), None) if matches!(bytes[end - 1], b'=' | b' ') => quote = Some(*b),
                (Some(b'>'), None) => break,
                _ => {}
            }
            end += 1;
        }
        self.at += end + 1;
        let inside = &rest[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            return Ok(Event::End { name: local(name.trim()) });
        }
        let closed = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let name_end = inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len());
        Ok(Event::Start { name: local(&inside[..name_end]), attributes: attributes(&inside[name_end..]), closed })
    }
}

/// The name without prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(q @ ('"' | '\'')) => after[1..].split_once(q).unwrap_or((&after[1..], "")),
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        let name = name.split_whitespace().last().unwrap_or("");
        out.push((local(name), unescape(value)));
        rest = next.trim_start();
        if out.len() > 512 {
            break;
        }
    }
    out
}

/// Text with its entities decoded, once.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        if let Some((c, n)) = end.and_then(|n| entity(&rest[1..n]).map(|c| (c, n))) {
            out.push(c);
            rest = &rest[n + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Control characters (`&#2;` in Reuters-21578) become spaces when the text is cleaned.
        return char::from_u32(code).or(Some('\u{fffd}'));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "mdash" => '—',
        "ndash" => '–',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        "copy" => '©',
        "eacute" => 'é',
        "egrave" => 'è',
        "aacute" => 'á',
        "agrave" => 'à',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ntilde" => 'ñ',
        "ccedil" => 'ç',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "pound" => '£',
        "euro" => '€',
        _ => return None,
    })
}
