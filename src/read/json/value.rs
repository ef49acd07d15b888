//! A JSON value that borrows from its text.
//!
//! Written for records of strangers: numbers keep their digits, keys keep their order, a key that stands twice is noticed
//! (the last one counts), a lone surrogate becomes U+FFFD, nesting is limited so that neither reading nor dropping can
//! exhaust the stack.

use std::borrow::Cow;

/// Deeper than any record; each level takes a stack frame.
const MAX_DEPTH: usize = 256;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// As written.
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Value<'a>>),
    /// Fields in order, and the text of the object.
    Object(Vec<(Cow<'a, str>, Value<'a>)>, &'a str),
}

/// A value and what was noticed on the way.
pub(crate) struct Parsed<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) duplicate_key: bool,
    pub(crate) lossy: bool,
}

/// Where the text is not JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Error {
    /// Byte of the text.
    pub(crate) at: usize,
    pub(crate) message: &'static str,
    pub(crate) too_deep: bool,
}

impl<'a> Value<'a> {
    /// The field `name` of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        match self {
            Self::Object(fields, _) => fields.iter().find(|(k, _)| k == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::String(s) = self { Some(s) } else { None }
    }

    /// What it is, with its article.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(..) => "an object",
        }
    }
}

/// Reads a text that is one value and white space.
pub(crate) fn parse(text: &str) -> Result<Parsed<'_>, Error> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, duplicate_key: false, lossy: false };
    parser.space();
    let value = parser.value(0)?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.error("more after the end of the value"));
    }
    Ok(Parsed { value, duplicate_key: parser.duplicate_key, lossy: parser.lossy })
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    duplicate_key: bool,
    lossy: bool,
}

impl<'a> Parser<'a> {
    fn error(&self, message: &'static str) -> Error {
        let mut at = self.at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        Error { at, message, too_deep: false }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        // A byte order mark may stand before a record where files were joined.
        if self.bytes[self.at.min(self.bytes.len())..].starts_with(b"\xef\xbb\xbf") {
            self.at += 3;
            self.space();
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        if depth > MAX_DEPTH {
            return Err(Error { too_deep: true, ..self.error("nested too deep") });
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => Err(self.error("expected a value")),
            None => Err(self.error("ends where a value should be")),
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Error> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("expected a value"))
        }
    }

    fn number(&mut self) -> Result<Value<'a>, Error> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        if text.parse::<f64>().is_err() {
            return Err(self.error("not a number"));
        }
        Ok(Value::Number(text))
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                Some(_) => return Err(self.error("expected `,` or `]`")),
                None => return Err(self.error("ends inside a list")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        let start = self.at;
        let mut fields: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
        self.at += 1;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(fields, &self.text[start..self.at]));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.error(if self.peek().is_none() {
                    "ends inside an object"
                } else {
                    "expected a name in quotes"
                }));
            }
            let name = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.error("expected `:`"));
            }
            self.at += 1;
            self.space();
            let value = self.value(depth + 1)?;
            // Objects with thousands of fields are data, not records: there the search would be quadratic.
            match fields.iter_mut().take(500).find(|(k, _)| *k == name) {
                Some(field) => {
                    field.1 = value;
                    self.duplicate_key = true;
                }
                None => fields.push((name, value)),
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(fields, &self.text[start..self.at]));
                }
                Some(_) => return Err(self.error("expected `,` or `}`")),
                None => return Err(self.error("ends inside an object")),
            }
        }
    }

    /// A string; the opening quote is at `self.at`.
    fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        let start = self.at + 1;
        match memchr::memchr2(b'"', b'\\', &self.bytes[start..]) {
            Some(n) if self.bytes[start + n] == b'"' => {
                self.at = start + n + 1;
                return Ok(Cow::Borrowed(&self.text[start..start + n]));
            }
            None => return Err(self.unclosed()),
            Some(_) => {}
        }
        let mut out = String::new();
        let mut from = start;
        loop {
            let Some(n) = memchr::memchr2(b'"', b'\\', &self.bytes[from..]) else { return Err(self.unclosed()) };
            out.push_str(&self.text[from..from + n]);
            self.at = from + n + 1;
            if self.bytes[from + n] == b'"' {
                return Ok(Cow::Owned(out));
            }
            self.escape(&mut out)?;
            from = self.at;
        }
    }

    fn unclosed(&mut self) -> Error {
        self.at = self.bytes.len();
        self.error("ends inside a string")
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Error> {
        let Some(sign) = self.peek() else { return Err(self.error("ends inside a string")) };
        self.at += 1;
        out.push(match sign {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => sign as char,
            b'u' => self.unicode()?,
            _ => {
                self.at -= 1;
                return Err(self.error("unknown escape"));
            }
        });
        Ok(())
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        let value = digits.iter().try_fold(0, |n, d| Some(n * 16 + (*d as char).to_digit(16)?))?;
        self.at += 4;
        Some(value)
    }

    fn unicode(&mut self) -> Result<char, Error> {
        let Some(first) = self.hex() else { return Err(self.error("expected four hexadecimal digits")) };
        if (0xd800..0xdc00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            match self.hex() {
                Some(second) if (0xdc00..0xe000).contains(&second) => {
                    let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => self.at = back,
            }
        }
        Ok(char::from_u32(first).unwrap_or_else(|| {
            self.lossy = true;
            char::REPLACEMENT_CHARACTER
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_digits_and_the_last_of_two_keys_counts() {
        let parsed =
            parse(r#" {"id":123456789012345678901234567890,"v":1e999,"t":"a","t":"b\u00e9\ud83d\ude00\ud800"} "#)
                .ok()
                .unwrap();
        assert_eq!(parsed.value.get("id"), Some(&Value::Number("123456789012345678901234567890")));
        assert_eq!(parsed.value.get("v"), Some(&Value::Number("1e999")));
        assert_eq!(parsed.value.get("t").and_then(Value::as_str), Some("bé😀\u{fffd}"));
        assert!(parsed.duplicate_key && parsed.lossy);
    }

    #[test]
    fn errors_say_where() {
        for (text, at) in [
            (r#"{"a":NaN}"#, 5),
            (r#"{"a":1,}"#, 7),
            (r#"{"a":"b"#, 7),
            ("{'a': 1}", 1),
            ("[1 2]", 3),
            ("\"a\\xb\"", 3),
        ] {
            assert_eq!(parse(text).err().map(|e| e.at), Some(at), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err_and(|e| e.too_deep));
    }

    proptest! {
        #[test]
        fn reads_what_serde_writes(text in ".*", number in any::<i32>()) {
            let json = serde_json::json!({"a": [text, number, null, true], "b": {"c": text}}).to_string();
            let parsed = parse(&json).ok().unwrap();
            let inner = parsed.value.get("b").and_then(|b| b.get("c")).and_then(Value::as_str);
            prop_assert_eq!(inner, Some(text.as_str()));
        }

        #[test]
        fn never_panics(text in "[\\[\\]{}\",:\\\\u0-9a-f é]{0,60}") {
            let _ = parse(&text);
        }
    }
}
