//! Predictions for the development pages, in the format of the scorer:
//! `cargo run --release --no-default-features --example html_predictions -- PAGES.jsonl FOLDER OUT.json`
//!
//! `PAGES.jsonl` has `id`, `url` and `file` a line; `FOLDER` holds the files. The address is given to the reader as a
//! crawler would.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use tidings::article::{Article, BlockKind};
use tidings::read::metadata::date;
use tidings::read::{ReadOptions, read_page};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pages, folder, out] = arguments.as_slice() else { return eprintln!("usage: PAGES.jsonl FOLDER OUT.json") };
    let with_url = std::env::var_os("NO_URL").is_none();
    let pages: Vec<serde_json::Value> = std::fs::read_to_string(pages)
        .unwrap_or_default()
        .lines()
        .filter_map(|l| serde_json::from_str(l).ok())
        .collect();
    let loaded: Vec<(String, String, Vec<u8>)> = pages
        .iter()
        .map(|p| {
            let text = |k: &str| p[k].as_str().unwrap_or_default().to_owned();
            (text("id"), text("url"), std::fs::read(format!("{folder}/{}", text("file"))).unwrap_or_default())
        })
        .collect();
    let mut output = BTreeMap::new();
    let mut slowest = (0f64, String::new());
    let start = std::time::Instant::now();
    for (id, url, bytes) in &loaded {
        let begin = std::time::Instant::now();
        let mut article: Option<Article> = None;
        let url = with_url.then_some(url.as_str());
        let result = read_page(bytes, url, &ReadOptions::default(), &mut |item| {
            article = item.ok();
            ControlFlow::Continue(())
        });
        let millis = begin.elapsed().as_secs_f64() * 1e3;
        if millis > slowest.0 {
            slowest = (millis, id.clone());
        }
        if let Err(error) = result {
            eprintln!("{id}: {error}");
        }
        let Some(article) = article else {
            eprintln!("{id}: nothing");
            continue;
        };
        output.insert(id.clone(), prediction(&article));
    }
    let seconds = start.elapsed().as_secs_f64();
    let rate = loaded.len() as f64 / seconds;
    println!("{} pages, {rate:.0} pages/s, slowest {:.1} ms ({})", loaded.len(), slowest.0, slowest.1);
    let result = serde_json::json!({
        "version": "tidings", "output": output,
        "stats": {"pages_per_s": rate, "max_ms": slowest.0, "panics": 0},
    });
    if let Err(error) = std::fs::write(out, result.to_string()) {
        eprintln!("{out}: {error}");
    }
}

/// The body is every block that is part of the article's own text.
fn prediction(article: &Article) -> serde_json::Value {
    let body: Vec<&str> = article
        .blocks
        .iter()
        .filter(|b| {
            !matches!(
                b.kind,
                BlockKind::Title
                    | BlockKind::Byline
                    | BlockKind::Boilerplate
                    | BlockKind::Caption
                    | BlockKind::AuthorBio
            )
        })
        .filter(|b| b.kind != BlockKind::Dateline || date::read(b.span.slice(&article.text)).is_none())
        .map(|b| b.span.slice(&article.text))
        .collect();
    let authors: Vec<&str> = article.author.as_deref().unwrap_or("").split(';').filter(|a| !a.is_empty()).collect();
    serde_json::json!({
        "articleBody": body.join("\n\n"), "title": article.title, "author": authors,
        "date": article.published_date().map(|d| d.to_string()),
    })
}
