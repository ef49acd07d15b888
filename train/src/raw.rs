//! Reads the unlabelled articles of `raw/*.jsonl.zst` as lists of blocks.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tidings::article::{Article, BlockKind};

#[derive(serde::Deserialize)]
struct Record {
    title: Option<String>,
    text: String,
}

/// Calls `each` with every article of `path`, in file order, until it returns false.
pub(crate) fn for_each(path: &Path, mut each: impl FnMut(Article) -> bool) -> Result<()> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let reader = BufReader::new(zstd::Decoder::new(file)?);
    for line in reader.lines() {
        let record: Record =
            serde_json::from_str(&line?).with_context(|| format!("bad record in {}", path.display()))?;
        if !each(article(&record)) {
            break;
        }
    }
    Ok(())
}

/// The title and the paragraphs: blank lines part them; a file without blank lines is one line a paragraph when its
/// lines are long, and hard-wrapped text when they are short.
fn article(record: &Record) -> Article {
    let mut article = Article::default();
    if let Some(title) = &record.title {
        article.push_block(BlockKind::Title, title);
    }
    let has_blank = record.text.contains("\n\n");
    let longest = record.text.lines().map(str::len).max().unwrap_or(0);
    if has_blank || longest <= 90 {
        for block in record.text.split("\n\n") {
            article.push_block(BlockKind::Paragraph, block);
        }
    } else {
        for block in record.text.lines() {
            article.push_block(BlockKind::Paragraph, block);
        }
    }
    article
}
