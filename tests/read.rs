//! Readers from outside: one article in every format, headers, odd input, spans.

use proptest::prelude::*;
use std::io::Write;
use std::ops::ControlFlow;
use tidings::article::{Article, BlockKind};
use tidings::read::{PlanOptions, ReadError, ReadOptions, Reject, plan, read_bytes, read_unit};

fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Reject>) {
    let (mut articles, mut rejects) = (Vec::new(), Vec::new());
    read_bytes(name, bytes, &ReadOptions::default(), &mut |item| {
        match item {
            Ok(article) => articles.push(article),
            Err(reject) => rejects.push(reject),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (articles, rejects)
}

fn one(name: &str, bytes: &[u8]) -> Article {
    let (mut articles, rejects) = read(name, bytes);
    assert!(articles.len() == 1 && rejects.is_empty(), "{name}: {} articles, {rejects:?}", articles.len());
    articles.remove(0)
}

fn paragraphs(article: &Article) -> Vec<&str> {
    article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.span.slice(&article.text)).collect()
}

const TITLE: &str = "Two countries open a rail line";
const P1: &str =
    "The two ministers met in Oslo on Monday and agreed to open a rail line between their countries next year.";
const P2: &str = "“We have waited long for this,” the Norwegian minister said. Work on the line began in 2019.";

/// The same article in every format that one file can hold it in.
fn formats() -> Vec<(&'static str, Vec<u8>)> {
    let json = serde_json::json!({"title": TITLE, "author": "Jane Doe", "date": "2023-07-13", "text": format!("{P1}\n\n{P2}")});
    let quoted = |t: &str| format!("\"{}\"", t.replace('"', "\"\""));
    let txt = format!("{TITLE}\nBy Jane Doe\n13.07.2023\n{P1}\n{P2}\n");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(txt.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows = txt
        .replace('“', "\u{1}")
        .replace('”', "\u{2}")
        .bytes()
        .map(|b| match b {
            1 => 0x93,
            2 => 0x94,
            b => b,
        })
        .collect();
    let html = format!(
        "<!DOCTYPE html><html><head><title>{TITLE} | Example News</title><meta property='article:published_time' content='2023-07-13T08:00:00Z'>\
         <meta name=author content='Jane Doe'></head><body><nav><a href=/>Home</a></nav><article><h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p></article></body></html>"
    );
    vec![
        ("a.txt", txt.clone().into_bytes()),
        ("crlf.txt", txt.replace('\n', "\r\n").into_bytes()),
        ("utf16.txt", utf16),
        ("windows.txt", windows),
        ("labels.txt", format!("Title: {TITLE}\nAuthor: Jane Doe\nDate: July 13, 2023\n\n{P1}\n\n{P2}\n").into_bytes()),
        ("a.md", format!("---\ntitle: {TITLE}\nauthor: Jane Doe\ndate: 2023-07-13\n---\n\n{P1}\n\n{P2}\n").into_bytes()),
        ("plus.md", format!("+++\ntitle = \"{TITLE}\"\nauthors = [\"Jane Doe\"]\ndate = 2023-07-13\n+++\n{P1}\n\n{P2}\n").into_bytes()),
        ("heading.md", format!("# {TITLE}\n\nBy Jane Doe\n\n13 July 2023\n\n{P1}\n\n{P2}\n").into_bytes()),
        ("a.json", serde_json::to_vec_pretty(&json).unwrap()),
        ("array.json", serde_json::to_vec(&serde_json::json!([json])).unwrap()),
        ("envelope.json", serde_json::to_vec(&serde_json::json!({"status": "ok", "articles": [json]})).unwrap()),
        ("hits.json", serde_json::to_vec(&serde_json::json!({"hits": {"hits": [{"_id": 1, "_source": json}]}})).unwrap()),
        ("a.jsonl", format!("{json}\n").into_bytes()),
        ("a.csv", format!("id,title,author,date,text\n1,{TITLE},Jane Doe,2023-07-13,{}\n", quoted(&format!("{P1}\n\n{P2}"))).into_bytes()),
        ("a.tsv", format!("headline\tbyline\tpublished_at\tbody\n{TITLE}\tBy Jane Doe\t2023-07-13T08:00:00Z\t{P1} {P2}\n").into_bytes()),
        ("a.html", html.into_bytes()),
        ("body.json", serde_json::to_vec(&serde_json::json!({"headline": TITLE, "creator": [{"name": "Jane Doe"}], "pubDate": 1_689_206_400, "content": format!("<p>{P1}</p><p>{P2}</p>")})).unwrap()),
    ]
}

#[test]
fn the_same_article_in_every_format_is_the_same() {
    for (name, bytes) in formats() {
        let article = one(name, &bytes);
        assert_eq!(article.title.as_deref(), Some(TITLE), "{name}");
        assert_eq!(article.author.as_deref(), Some("Jane Doe"), "{name}");
        assert_eq!(article.published_date().map(|d| d.to_string()).as_deref(), Some("2023-07-13"), "{name}");
        let joined = paragraphs(&article).join(" ");
        assert_eq!(joined, format!("{P1} {P2}"), "{name}");
        assert_eq!(article.blocks[0].kind, BlockKind::Title, "{name}");
        assert_eq!(
            article.byte_len,
            if matches!(name, "array.json" | "envelope.json" | "hits.json" | "a.jsonl" | "a.csv" | "a.tsv") {
                article.byte_len
            } else {
                bytes.len() as u64
            }
        );
        assert_eq!(article.sha256.len(), 64);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A tar archive of plain members, as old as tar itself.
fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in members {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend_from_slice(&header);
        out.extend_from_slice(bytes);
        out.resize(out.len().div_ceil(512) * 512, 0);
    }
    out.extend_from_slice(&[0; 1024]);
    out
}

fn warc(url: &str, html: &[u8]) -> Vec<u8> {
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", html].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), &http, b"\r\n\r\n"].concat()
}

#[test]
fn containers_change_nothing_but_the_place() {
    let formats = formats();
    let of = |wanted: &str| formats.iter().find(|(n, _)| *n == wanted).unwrap().1.clone();
    let (txt, html) = (of("a.txt"), of("a.html"));
    let plain = one("a.txt", &txt);
    let page = one("a.html", &html);
    let cases: Vec<(&str, Vec<u8>, &Article, Option<&str>)> = vec![
        ("a.txt.gz", gzip(&txt), &plain, None),
        ("two_members.txt.gz", [gzip(&txt[..50]), gzip(&txt[50..])].concat(), &plain, None),
        ("a.txt.zst", zstd::encode_all(&txt[..], 3).unwrap(), &plain, None),
        ("a.zip", zipped(&[("news/a.txt", &txt)]), &plain, Some("news/a.txt")),
        ("a.tar", tarred(&[("news/a.txt", &txt)]), &plain, Some("news/a.txt")),
        ("a.tar.gz", gzip(&tarred(&[("a.txt", &txt)])), &plain, Some("a.txt")),
        ("deep.zip", zipped(&[("in.tar", &tarred(&[("a.txt.gz", &gzip(&txt))]))]), &plain, Some("in.tar/a.txt.gz")),
        ("a.warc", warc("https://example.org/talks", &html), &page, None),
        ("a.warc.gz", [gzip(&warc("https://example.org/talks", &html))].concat(), &page, None),
    ];
    for (name, bytes, expected, entry) in cases {
        let article = one(name, &bytes);
        assert_eq!(
            (&article.text, &article.title, &article.author),
            (&expected.text, &expected.title, &expected.author),
            "{name}"
        );
        assert_eq!(article.published_date(), expected.published_date(), "{name}");
        assert_eq!(article.source.entry.as_deref(), entry, "{name}");
        assert_eq!(article.sha256, expected.sha256, "{name}");
    }
}

#[test]
fn damaged_and_hostile_containers_are_rejects() {
    let formats = formats();
    let txt = &formats[0].1;
    let mut wrong_sum = gzip(txt);
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 0xff;
    let truncated = gzip(txt);
    let mut nested = gzip(txt);
    for _ in 0..6 {
        nested = gzip(&nested);
    }
    for (name, bytes, reason) in [
        ("a.txt.gz", wrong_sum, "gz_crc"),
        ("a.txt.gz", truncated[..truncated.len() - 20].to_vec(), "gz_truncated"),
        ("bomb.txt.gz", gzip(&vec![b' '; 8 << 20]), "ratio"),
        ("a.gz", nested, "container_depth"),
        ("a.zip", b"PK\x03\x04 not really".to_vec(), "zip_truncated"),
        ("a.txt.zst", b"\x28\xb5\x2f\xfd\x24\x20rubbish".to_vec(), "zstd"),
    ] {
        let (articles, rejects) = read(name, &bytes);
        assert!(articles.is_empty(), "{name}");
        assert_eq!(rejects.iter().map(|r| r.reason.as_str()).collect::<Vec<_>>(), [reason], "{name}");
    }
    // One damaged record of a web archive does not spoil the others.
    let html = &formats.iter().find(|(n, _)| *n == "a.html").unwrap().1;
    let member = |n: usize| gzip(&warc(&format!("https://example.org/{n}"), html));
    let mut bad = member(2);
    let at = bad.len() / 2;
    bad[at] ^= 0xff;
    let (articles, rejects) = read("a.warc.gz", &[member(1), bad, member(3)].concat());
    assert_eq!(
        articles.iter().map(|a| a.url.as_deref().unwrap()).collect::<Vec<_>>(),
        ["https://example.org/1", "https://example.org/3"]
    );
    assert_eq!(rejects.len(), 1);
}

/// Text of a case: `|` is a line end, `~` prose of a few sentences.
fn case_text(text: &str) -> String {
    text.replace('~', &format!("{P1} {P2}")).replace('|', "\n")
}

#[test]
fn headers_give_title_author_and_date() {
    let table = include_str!("headers/cases.tsv");
    let (mut right, mut all) = (0, 0);
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, title, author, date] = cells.as_slice() else { panic!("four cells: {line}") };
        let (articles, _) = read("case.txt", case_text(text).as_bytes());
        let got = articles.first().map_or(String::from("nothing"), |a| {
            let field = |f: Option<String>| f.unwrap_or_else(|| "-".into());
            format!(
                "{}\t{}\t{}",
                field(a.title.clone()),
                field(a.author.clone()),
                field(a.published_date().map(|d| d.to_string()))
            )
        });
        all += 1;
        if got == format!("{title}\t{author}\t{date}") {
            right += 1;
        } else {
            println!("{text}\n  expected {title}\t{author}\t{date}\n  got      {got}");
        }
    }
    println!("{right} of {all} headers right");
    assert!(all >= 60 && f64::from(right) >= 0.97 * f64::from(all), "{right} of {all}");
}

#[test]
fn bad_records_are_rejected_and_the_rest_is_read() {
    let good = serde_json::json!({"title": TITLE, "text": P1}).to_string();
    let text = format!("{good}\n{}\n\n1\n{{\"title\":\"x\",\"text\":17}}\n{good}\n", &good[..40]);
    let (articles, rejects) = read("a.jsonl", text.as_bytes());
    assert_eq!(articles.iter().map(|a| a.source.record_no).collect::<Vec<_>>(), [0, 4]);
    let told: Vec<_> = rejects.iter().map(|r| (r.reason.as_str(), r.line, r.source.record_no)).collect();
    assert_eq!(told, [("json_syntax", Some(2), 1), ("record_shape", Some(4), 2), ("record_shape", Some(5), 3)]);
    assert!(rejects.iter().all(|r| r.excerpt.chars().count() <= 200 && r.sha256.is_some()));
    let csv = format!("id,title,text\n1,A,\"{P1}\"\n2,B\n3,C,\"{P2}\"\n");
    let (articles, rejects) = read("a.csv", csv.as_bytes());
    assert_eq!(
        (articles.len(), rejects.len(), rejects[0].reason.as_str(), rejects[0].line),
        (2, 1, "csv_ragged", Some(3))
    );
}

#[test]
fn two_texts_are_a_question_for_the_user() {
    let record = serde_json::json!({"text": P1, "body": format!("{P2} {P2}")}).to_string();
    let mut emit = |_| ControlFlow::Continue(());
    let error = read_bytes("a.json", record.as_bytes(), &ReadOptions::default(), &mut emit).unwrap_err();
    assert!(matches!(&error, ReadError::AmbiguousText { fields, .. } if fields.len() == 2), "{error}");
    let options = ReadOptions { map: vec![("text".into(), "body".into())], ..ReadOptions::default() };
    let mut found = Vec::new();
    read_bytes("a.json", record.as_bytes(), &options, &mut |item| {
        found.push(item.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(found[0].text.starts_with("“We have waited"));
}

#[test]
fn the_seed_is_read_as_a_person_would() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    if !folder.exists() {
        return println!("skipped: no ../shared/seed here");
    }
    let plan = plan(&[folder], &PlanOptions::default()).unwrap();
    let mut articles = Vec::new();
    read_unit(&plan.units[0], &ReadOptions::default(), &mut |item| {
        articles.push(item.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    let article = &articles[0];
    assert_eq!((article.title.as_deref(), article.author.as_deref()), (None, Some("Anthony Crescente")));
    let published = article.published.unwrap();
    assert_eq!((published.date.to_string().as_str(), published.basis.as_str()), ("2023-07-13", "dateline"));
    let of = |kind: BlockKind| {
        article.blocks.iter().filter(|b| b.kind == kind).map(|b| b.span.slice(&article.text)).collect::<Vec<_>>()
    };
    assert_eq!(of(BlockKind::Heading).len(), 2);
    assert!(of(BlockKind::Heading).iter().all(|h| h.starts_with("Why is ") && h.ends_with('?')));
    assert_eq!(of(BlockKind::AuthorBio).len(), 2);
    assert_eq!(of(BlockKind::AuthorBio)[0], "About the Author");
}

fn check_spans(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let range = block.span.range();
        assert!(range.start >= end && range.end > range.start && range.end <= article.text.len());
        assert!(article.text.is_char_boundary(range.start) && article.text.is_char_boundary(range.end));
        end = range.end;
    }
    assert!(!article.text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
}

const NAMES: [&str; 13] = [
    "a.xml", "a.warc", "a.sgm", "a.zip", "a.txt.gz", "a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.html",
    "a",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), which in 0..NAMES.len()) {
        let mut emit = |item: Result<Article, Reject>| { if let Ok(a) = &item { check_spans(a); } ControlFlow::Continue(()) };
        let _ = read_bytes(NAMES[which], &bytes, &ReadOptions::default(), &mut emit);
    }

    #[test]
    fn no_text_like_input_makes_a_reader_panic(
        text in "(By |Title: |<rss>|<item>|</item>|<DOC>\n|<TEXT>|</DOC>|<nitf>|<!\\[CDATA\\[|WARC/1.0\r\n|Content-Length: 9\r\n|HTTP/1.1 200 OK\r\n|1 of 2 DOCUMENTS\n|BYLINE: |---\n|\\+\\+\\+\n|# |<p>|</p>|<div class=\"a\">|&#0;|&amp;|\\{\"text\":\"|\"\\}|\\[|\\]|,|;|\t|\"|\n|\r\n|13/07/2023|SEOUL \\(Reuters\\) - |é|“|漢|[A-Za-z .]{1,12}){0,40}",
        which in 0..NAMES.len(),
    ) {
        let mut emit = |item: Result<Article, Reject>| { if let Ok(a) = &item { check_spans(a); } ControlFlow::Continue(()) };
        let _ = read_bytes(NAMES[which], text.as_bytes(), &ReadOptions::default(), &mut emit);
    }

    #[test]
    fn damage_to_good_files_never_panics(cut in 0usize..2000, flip in 0usize..2000, which in 0usize..17) {
        let (name, mut bytes) = formats().swap_remove(which);
        let at = flip % bytes.len();
        bytes[at] ^= 0x55;
        bytes.truncate(cut.max(1));
        let mut emit = |item: Result<Article, Reject>| { if let Ok(a) = &item { check_spans(a); } ControlFlow::Continue(()) };
        let _ = read_bytes(name, &bytes, &ReadOptions::default(), &mut emit);
    }
}

/// Beginnings that send arbitrary bytes to each reader.
const OPENINGS: &[(&str, &[u8])] = &[
    ("a.txt", b""),
    ("a.md", b"---\ntitle: "),
    ("a.html", b"<!doctype html><html><body><p>"),
    ("a.json", b"[{\"text\": \""),
    ("a.jsonl", b"{\"text\": \""),
    ("a.csv", b"title,text\n"),
    ("a.xml", b"<?xml version=\"1.0\"?><rss><channel><item><title>"),
    ("a.nitf", b"<nitf><body><body.content><p>"),
    ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
    ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
    ("a.zst", b"\x28\xb5\x2f\xfd"),
    ("a.zip", b"PK\x03\x04"),
    ("a.txt", b"\xff\xfe"),
    ("a.txt", b"Title\nBy Jane Doe\n"),
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_reader_panics_and_spans_lie_on_character_boundaries(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        text in "[ -~\n\t\u{a0}-\u{24f}“”—<>&{}年\u{202e}\u{1f600}]{0,300}",
    ) {
        for (name, opening) in OPENINGS {
            for rest in [bytes.as_slice(), text.as_bytes()] {
                let (articles, _) = read(name, &[opening, rest].concat());
                for article in articles {
                    for block in &article.blocks {
                        proptest::prop_assert!(!block.span.slice(&article.text).is_empty());
                    }
                }
            }
        }
    }
}
