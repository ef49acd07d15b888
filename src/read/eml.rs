//! Mail messages (RFC 5322 and MIME): newsletters, alerts, forwarded articles.
//!
//! The text is the plain part, or else the HTML part. The subject is the title, the sender the author when the name is
//! a person's and the publisher when it is not. Attached documents are read as members of the message; pictures are
//! passed over.

mod encoding;

use super::detect::{Format, Sure};
use super::input::{Input, read_inner, whole};
use super::metadata::{byline, date};
use super::sink::{Flow, Sink};
use super::{RejectReason, article_text, clean, decode};
use crate::article::{Article, PublishedBasis};
use encoding::{base64, quoted_printable, words};

/// Told by header lines that only mail has.
pub(crate) static FORMAT: Format = Format { name: "eml", extensions: &["eml"], name_suffices: false, recognise, read };

/// Header lines that tell mail from a text that begins with `From:` and `Date:`.
const OF_MAIL: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "dkim-signature",
    "content-transfer-encoding",
];

/// Parts within parts; real mail has three or four levels.
const MAX_NESTING: usize = 12;

/// Characters of plain text below which a plain part is only a note that the message is HTML.
const MIN_PLAIN: usize = 80;

fn recognise(head: &str) -> Sure {
    let names: Vec<String> = head
        .lines()
        .take_while(|l| !l.trim().is_empty())
        .filter_map(|l| l.split_once(':'))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let of_mail = OF_MAIL.iter().filter(|n| has(n)).count();
    match (has("from") && (has("subject") || has("date")), of_mail) {
        (true, 1..) => Sure::Yes,
        (true, 0) => Sure::Perhaps,
        _ => Sure::No,
    }
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let Some(bytes) = whole(input, sink)? else { return Ok(()) };
    let mut found = Found::default();
    let (header, _) = Header::read(&bytes);
    found.part(&bytes, 0);
    let mut article = Article { title: header.words("subject"), ..Article::default() };
    if let Some(sender) = header.words("from").and_then(|from| sender(&from)) {
        if byline::is_person(&sender) {
            article.author = byline::from_field(&sender);
        } else {
            article.publisher = Some(sender);
        }
    }
    if let Some(text) = header.get("date") {
        sink.dating().set(&mut article, date::read(text), text, PublishedBasis::Metadata);
    }
    let long_enough = |t: &&Text| t.text.trim().len() >= MIN_PLAIN || found.html.is_none();
    let chosen = found.plain.as_ref().filter(long_enough).or(found.html.as_ref());
    let attached = std::mem::take(&mut found.attached);
    if let Some(text) = chosen {
        for warning in &text.warnings {
            article.warn(*warning);
        }
        article_text::push_field(&mut article, &text.text, sink.dating());
    }
    if chosen.is_some() || attached.is_empty() {
        sink.article(article, FORMAT.name, &bytes)?;
    }
    for (name, kind, content) in attached {
        let mut member = sink.member(super::plan::show_bytes(name.as_bytes()));
        if ["image/", "audio/", "video/", "font/"].iter().any(|k| kind.starts_with(k)) {
            let message = format!("an attachment of type {}", clean::head(&kind, 80));
            member.reject_cut(RejectReason::NotAnArticle, message, b"", None, Some(content.len() as u64))?;
        } else {
            read_inner(&mut content.as_slice(), &mut member)?;
        }
    }
    Ok(())
}

/// The name in `"Jane Doe" <jane@example.org>`, without a bare address.
fn sender(from: &str) -> Option<String> {
    let name = from.split('<').next().unwrap_or("").trim().trim_matches('"').trim();
    (!name.is_empty() && !name.contains('@')).then(|| clean::squeeze(name))
}

/// A decoded text part.
struct Text {
    text: String,
    warnings: Vec<crate::article::Warning>,
}

/// What the parts of a message hold.
#[derive(Default)]
struct Found {
    plain: Option<Text>,
    html: Option<Text>,
    /// Name, type and content.
    attached: Vec<(String, String, Vec<u8>)>,
}

impl Found {
    fn part(&mut self, bytes: &[u8], depth: usize) {
        let (header, body) = Header::read(bytes);
        let content_type = header.get("content-type").unwrap_or("text/plain").to_owned();
        let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        if kind.starts_with("multipart/")
            && depth < MAX_NESTING
            && let Some(boundary) = parameter(&content_type, "boundary")
        {
            for part in parts(body, boundary.as_bytes()) {
                self.part(part, depth + 1);
            }
            return;
        }
        let content = match header.get("content-transfer-encoding").map(|e| e.trim().to_ascii_lowercase()).as_deref() {
            Some("base64") => base64(body),
            Some("quoted-printable") => quoted_printable(body, false),
            _ => body.to_vec(),
        };
        let disposition = header.get("content-disposition").unwrap_or("").to_owned();
        let name = parameter(&disposition, "filename").or_else(|| parameter(&content_type, "name"));
        let is_attached = disposition.trim_start().to_ascii_lowercase().starts_with("attachment");
        let slot = match kind.as_str() {
            _ if is_attached => None,
            "text/plain" | "" => Some(&mut self.plain),
            "text/html" => Some(&mut self.html),
            _ => None,
        };
        match slot {
            Some(slot) => {
                let decoded =
                    decode::decode(&content, parameter(&content_type, "charset").as_deref().map(str::as_bytes));
                match slot {
                    Some(text) => {
                        text.text.push('\n');
                        text.text.push_str(&decoded.text);
                    }
                    None => *slot = Some(Text { text: decoded.text, warnings: decoded.warnings }),
                }
            }
            None if !content.is_empty() => {
                let number = self.attached.len() + 1;
                let name = name.map_or_else(|| format!("part-{number}"), |n| words(&n));
                self.attached.push((name, kind, content));
            }
            None => {}
        }
    }
}

/// The parts between lines `--boundary`.
fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mark = [b"--", boundary].concat();
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, &mark) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        if let Some(start) = start.take() {
            out.push(&body[start..at]);
        }
        let after = &body[at + mark.len()..];
        if after.starts_with(b"--") {
            return out;
        }
        start = memchr::memchr(b'\n', after).map(|n| at + mark.len() + n + 1);
    }
    // A message that was cut has no last boundary.
    out.extend(start.map(|start| &body[start..]));
    out
}

/// `boundary="x"` in a header value.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        (key.trim().eq_ignore_ascii_case(name)).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// Header lines, unfolded, names in lower case.
struct Header(Vec<(String, String)>);

impl Header {
    /// The header and what comes after it.
    fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
            let line = String::from_utf8_lossy(&rest[..end]);
            rest = &rest[end..];
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            match (text.starts_with([' ', '\t']), lines.last_mut(), text.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(text.trim_start());
                }
                (_, _, Some((name, value))) => lines.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                _ => {}
            }
        }
        (Self(lines), rest)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// A value with its encoded words decoded, on one line.
    fn words(&self, name: &str) -> Option<String> {
        let text = clean::squeeze(&clean::clean(&words(self.get(name)?)).0);
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::article::TextKind;
    use crate::read::{ReadOptions, read_bytes};
    use std::ops::ControlFlow;

    #[test]
    fn a_message_of_parts_is_one_article_and_its_attachments_are_members() {
        let mail = "Received: from a.example\r\nFrom: Jane Doe <jane@example.org>\r\nDate: Thu, 13 Jul 2023 10:00:00 +0200\r\n\
            Subject: =?utf-8?Q?Rail_line_agreed_=E2=80=93?=\r\n agreed in Oslo\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n\
            --b1\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            The two ministers met in Oslo on Monday and agreed to open a caf=E9 on the new r=\r\nail line next year.\r\n\
            --b1\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"more.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
            VGhlIHNlY29uZCB0ZXh0IHdhcyBzaWduZWQgaW4gQmVyZ2VuIG9uIFR1ZXNkYXku\r\n--b1\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n--b1--\r\n";
        let (mut articles, mut rejects) = (Vec::new(), Vec::new());
        read_bytes("a.eml", mail.as_bytes(), &ReadOptions::default(), &mut |item| {
            match item {
                Ok(article) => articles.push(article),
                Err(reject) => rejects.push(reject),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((articles.len(), rejects.len()), (2, 1));
        let article = &articles[0];
        assert_eq!(article.title.as_deref(), Some("Rail line agreed – agreed in Oslo"));
        assert_eq!((article.author.as_deref(), article.text_kind), (Some("Jane Doe"), TextKind::Full));
        assert_eq!(article.published_date().unwrap().to_string(), "2023-07-13");
        assert!(article.text.ends_with("open a café on the new rail line next year."), "{}", article.text);
        assert_eq!(articles[1].source.entry.as_deref(), Some("more.txt"));
        assert!(articles[1].text.contains("signed in Bergen"));
        assert!(rejects[0].reason.is_skip());
    }
}
