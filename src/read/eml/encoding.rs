//! The encodings that mail wraps text in: base64, quoted-printable, encoded words (RFC 2045, RFC 2047).

/// Bytes from base64; signs that do not belong to it are passed over.
pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut n) = (0u32, 0u32);
    for b in text {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        n += 6;
        if n >= 8 {
            n -= 8;
            out.push((bits >> n) as u8);
            bits &= (1 << n) - 1;
        }
    }
    out
}

/// Bytes from quoted-printable; in encoded words an underscore is a space.
pub(super) fn quoted_printable(text: &[u8], in_word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut i = 0;
    while i < text.len() {
        match text[i] {
            b'=' => {
                let hex = |at: usize| text.get(at).and_then(|b| (*b as char).to_digit(16)).map(|d| d as u8);
                if let (Some(high), Some(low)) = (hex(i + 1), hex(i + 2)) {
                    out.push(high << 4 | low);
                    i += 3;
                    continue;
                }
                // `=` at the end of a line joins it with the next.
                match text[i + 1..].iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r')) {
                    Some(n) if text[i + 1 + n] == b'\n' => i += n + 2,
                    None => i = text.len(),
                    Some(_) => {
                        out.push(b'=');
                        i += 1;
                    }
                }
            }
            b'_' if in_word => {
                out.push(b' ');
                i += 1;
            }
            b => {
                out.push(b);
                i += 1;
            }
        }
    }
    out
}

/// `=?utf-8?B?…?=` and `=?iso-8859-1?Q?…?=` in a header value; the space between two of them is none.
pub(super) fn words(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    let mut after_word = false;
    while let Some(at) = rest.find("=?") {
        let (before, word) = (&rest[..at], &rest[at + 2..]);
        let mut fields = word.splitn(3, '?');
        let decoded = match (fields.next(), fields.next(), fields.next()) {
            (Some(charset), Some(kind), Some(tail)) => tail.find("?=").and_then(|end| {
                let bytes = match kind {
                    "B" | "b" => base64(&tail.as_bytes()[..end]),
                    "Q" | "q" => quoted_printable(&tail.as_bytes()[..end], true),
                    _ => return None,
                };
                // A language may follow the charset: `utf-8*en`.
                let label = charset.split('*').next().unwrap_or(charset);
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
                Some((encoding.decode(&bytes).0.into_owned(), &tail[end + 2..]))
            }),
            _ => None,
        };
        if !(after_word && decoded.is_some() && before.trim().is_empty()) {
            out.push_str(before);
        }
        after_word = decoded.is_some();
        if let Some((text, tail)) = decoded {
            out.push_str(&text);
            rest = tail;
        } else {
            out.push_str("=?");
            rest = word;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_undone() {
        assert_eq!(base64(b"VGFsa3Mg\r\nZW5k"), b"Talks end");
        assert_eq!(quoted_printable(b"caf=C3=A9 =\r\nend=", false), "café end".as_bytes());
        assert_eq!(words("=?utf-8?B?w4k=?= =?iso-8859-1?Q?t=E9_?=2023 =?x"), "Été 2023 =?x");
        assert_eq!(words("no words"), "no words");
    }
}
