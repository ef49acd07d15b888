//! Reads CoNLL-U: words, not surface tokens; ranges only say where white space is.

use anyhow::{Context, Result, bail};
use std::io::Read;
use std::path::Path;
use tidings::nlp::tags::{Rel, Upos, Xpos};

/// One syntactic word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    /// Index in the sentence; a root is its own head.
    pub(crate) head: usize,
    pub(crate) rel: Rel,
    pub(crate) space_after: bool,
    /// Written as one with the word before it (`n't`).
    pub(crate) joined: bool,
}

/// One sentence with what its comments say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// A paragraph starts here.
    pub(crate) newpar: bool,
    /// Id of its document.
    pub(crate) doc: String,
}

/// Words written as one.
#[derive(Clone, Copy)]
struct Range {
    first: usize,
    last: usize,
    space: bool,
}

/// Reads a `.conllu` or `.conllu.gz` file.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes)?;
    }
    parse(&text).with_context(|| format!("cannot parse {}", path.display()))
}

fn parse(text: &str) -> Result<Vec<Sentence>> {
    let mut all = Vec::new();
    let mut doc = String::new();
    let mut now = Sentence::default();
    let mut range: Option<Range> = None;
    for line in text.lines() {
        if line.is_empty() {
            if !now.words.is_empty() {
                now.doc.clone_from(&doc);
                all.push(std::mem::take(&mut now));
            }
            range = None;
        } else if let Some(comment) = line.strip_prefix("# ") {
            if let Some(id) = comment.strip_prefix("newdoc id = ") {
                id.clone_into(&mut doc);
                now.newpar = true;
            }
            now.newpar |= comment.starts_with("newpar");
        } else {
            let f: Vec<&str> = line.split('\t').collect();
            if f.len() < 10 {
                bail!("short line: {line}");
            }
            let space_after = !f[9].split('|').any(|m| m == "SpaceAfter=No");
            if let Some((first, last)) = f[0].split_once('-') {
                range = Some(Range { first: first.parse()?, last: last.parse()?, space: space_after });
                continue;
            }
            let Ok(id) = f[0].parse::<usize>() else { continue };
            let space_after = match range {
                Some(r) if id <= r.last => id == r.last && r.space,
                _ => space_after,
            };
            let head: usize = f[6].parse()?;
            now.words.push(Word {
                form: f[1].to_owned(),
                lemma: f[2].to_owned(),
                upos: Upos::parse(f[3]).with_context(|| format!("unknown tag {}", f[3]))?,
                xpos: Xpos::parse(f[4]).unwrap_or(Xpos::NONE),
                head: if head == 0 { id - 1 } else { head - 1 },
                rel: Rel::parse(f[7]).with_context(|| format!("unknown relation {}", f[7]))?,
                space_after,
                joined: range.is_some_and(|r| id <= r.last && id > r.first),
            });
        }
    }
    if !now.words.is_empty() {
        now.doc = doc;
        all.push(now);
    }
    Ok(all)
}
