//! Raw news as streams of words, for statistics only: the text is its publishers' and never leaves this program.
//!
//! The splitting into words and sentences here is rough and needs no model, so that clusters can be induced before
//! a tokenizer exists. It agrees with the treebanks where that matters: hyphens and clitics stand alone.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The files of raw text, in the order they are read.
pub(crate) const FILES: [&str; 2] = ["raw/allsides.jsonl.zst", "raw/news.jsonl.zst"];

/// Words after which a full stop ends no sentence ("Gen. Sisi", "Jan. 25").
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "maj", "capt", "sen", "rep", "gov", "rev", "hon", "st",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "inc", "co", "corp", "ltd",
    "no", "vs", "u.s", "u.n", "u.k", "d.c", "a.m", "p.m", "e.g", "i.e", "cf", "etc", "jr", "sr", "adm", "cmdr", "brig",
];

/// One article of a raw file.
#[derive(Debug, Deserialize)]
pub(crate) struct RawArticle {
    /// Body.
    #[serde(default)]
    pub(crate) text: String,
}

/// Paths of the raw files below `data`.
pub(crate) fn paths(data: &Path) -> Vec<PathBuf> {
    FILES.iter().map(|f| data.join(f)).collect()
}

/// Calls `each` with every article of `path`, in file order.
///
/// # Errors
/// When the file cannot be read or a line is no JSON.
pub(crate) fn for_each_article(path: &Path, mut each: impl FnMut(RawArticle)) -> Result<()> {
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader = BufReader::with_capacity(1 << 20, zstd::Decoder::new(file)?);
    for line in reader.lines() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        each(serde_json::from_str(&line).with_context(|| format!("reading a record of {}", path.display()))?);
    }
    Ok(())
}

/// Splits text into sentences of words. Paragraph breaks are blank lines; a single line break is white space.
pub(crate) fn sentences(text: &str) -> Vec<Vec<&str>> {
    let mut all = Vec::new();
    let mut words = Vec::new();
    for paragraph in text.split("\n\n") {
        for chunk in paragraph.split_whitespace() {
            // Reuters tapes carry `&\t` marks as four visible characters.
            split_chunk(chunk.trim_start_matches("&\\t"), &mut words);
            if ends_sentence(&words) {
                all.push(std::mem::take(&mut words));
            }
        }
        if !words.is_empty() {
            all.push(std::mem::take(&mut words));
        }
    }
    all
}

fn ends_sentence(words: &[&str]) -> bool {
    let mut rest = words.iter().rev().skip_while(|w| matches!(**w, "\"" | "”" | "''" | ")" | "’" | "'"));
    match rest.next() {
        Some(&("?" | "!")) => true,
        Some(&".") => rest.next().is_some_and(|w| {
            let lower = w.to_lowercase();
            w.chars().count() > 1 && !ABBREVIATIONS.contains(&lower.as_str())
        }),
        _ => false,
    }
}

fn split_chunk<'a>(mut chunk: &'a str, words: &mut Vec<&'a str>) {
    let opening = |c: char| "([{\"'“‘`<«$£€#".contains(c);
    let closing = |c: char| ".,;:?!)]}\"'”’`>»%…".contains(c);
    while let Some(c) = chunk.chars().next().filter(|c| opening(*c)) {
        let (mark, rest) = chunk.split_at(c.len_utf8());
        words.push(mark);
        chunk = rest;
    }
    let mut tail: Vec<&str> = Vec::new();
    while let Some(c) = chunk.chars().next_back().filter(|c| closing(*c)) {
        // "U.S." and "J." keep their stop; the caller decides about sentence ends from the word itself.
        if c == '.' && chunk.len() > 1 {
            let body = &chunk[..chunk.len() - 1];
            let short = body.chars().count() == 1 && body.chars().all(char::is_uppercase);
            if short || body.contains('.') || ABBREVIATIONS.contains(&body.to_lowercase().as_str()) {
                break;
            }
        }
        let (rest, mark) = chunk.split_at(chunk.len() - c.len_utf8());
        tail.push(mark);
        chunk = rest;
    }
    if !chunk.is_empty() {
        split_word(chunk, words);
    }
    words.extend(tail.iter().rev());
}

fn split_word<'a>(word: &'a str, words: &mut Vec<&'a str>) {
    if word.contains("://") || word.contains('@') {
        words.push(word);
        return;
    }
    let mut start = 0;
    for (at, c) in word.char_indices() {
        if matches!(c, '-' | '–' | '—' | '/') {
            if start < at {
                split_clitic(&word[start..at], words);
            }
            start = at + c.len_utf8();
            words.push(&word[at..start]);
        }
    }
    if start < word.len() {
        split_clitic(&word[start..], words);
    }
}

fn split_clitic<'a>(word: &'a str, words: &mut Vec<&'a str>) {
    for clitic in ["n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"]
    {
        if word.len() > clitic.len() && word.ends_with(clitic) {
            let (stem, rest) = word.split_at(word.len() - clitic.len());
            words.push(stem);
            words.push(rest);
            return;
        }
    }
    words.push(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sentences_are_split_as_in_the_treebanks() {
        let text = "The U.S.-led force won't leave, said Gen. Harsan. \"It stays,\" he said.\n\nTalks failed";
        let split: Vec<String> = sentences(text).iter().map(|s| s.join(" ")).collect();
        assert_eq!(
            split,
            ["The U.S. - led force wo n't leave , said Gen. Harsan .", "\" It stays , \" he said .", "Talks failed"]
        );
    }
}
