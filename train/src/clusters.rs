//! `clusters`: counts the words of the raw news, clusters them, and writes `models/clusters.bin`.
//!
//! Only the words and their classes are written; counts and text are not.

use crate::clusters_exchange::{Bigrams, cluster};
use crate::clusters_text as raw;
use anyhow::Result;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::path::Path;
use tidings::nlp::clusters::MAGIC;

/// A word must occur this often; below it its contexts say little.
const MIN_COUNT: u32 = 5;
/// At most this many words, the most frequent.
const MAX_WORDS: usize = 96_000;
/// Longest word kept, in bytes (`MAX_WORD` of the reader).
const MAX_LEN: usize = 40;
/// Classes: fine, medium, coarse.
const CLASSES: [usize; 3] = [1024, 256, 64];
/// Rounds of exchange at each width; the gain of later ones is small.
const ROUNDS: [usize; 3] = [14, 30, 30];
/// Items that stand for words too rare to cluster, by their look, and for the edge of a sentence.
const STAND_INS: usize = 5;

/// Runs the command.
///
/// # Errors
/// When a raw file cannot be read or the model not be written.
pub(crate) fn run(data: &Path, out: &Path) -> Result<()> {
    let (words, stream) = count(data)?;
    eprintln!("{} words in {} running words", words.len(), stream.len());
    let bigrams = bigrams_of(words.len() + STAND_INS, &stream);
    drop(stream);
    let fine = cluster(&bigrams, CLASSES[0], ROUNDS[0], |round, moves| eprintln!("fine {round}: {moves} moves"));
    let of_fine = bigrams.of_classes(&fine, CLASSES[0]);
    let medium = cluster(&of_fine, CLASSES[1], ROUNDS[1], |round, moves| eprintln!("medium {round}: {moves} moves"));
    let of_medium = of_fine.of_classes(&medium, CLASSES[1]);
    let coarse = cluster(&of_medium, CLASSES[2], ROUNDS[2], |round, moves| eprintln!("coarse {round}: {moves} moves"));
    let coarse: Vec<u16> = medium.iter().map(|&m| coarse[usize::from(m)]).collect();
    let mut sorted: Vec<(&str, u16)> = words.iter().map(String::as_str).zip(fine.iter().copied()).collect();
    sorted.sort_unstable();
    let file = encode(&sorted, &medium, &coarse);
    std::fs::write(out, &file)?;
    eprintln!("{}: {} bytes", out.display(), file.len());
    show(&words, &fine, &medium);
    Ok(())
}

/// Words by falling count, and the whole text as numbers; numbers past the words are the stand-ins.
fn count(data: &Path) -> Result<(Vec<String>, Vec<u32>)> {
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    let mut stream: Vec<u32> = Vec::with_capacity(60_000_000);
    let edge = u32::MAX;
    let mut buffer = String::new();
    for path in raw::paths(data) {
        raw::for_each_article(&path, |article| {
            for sentence in raw::sentences(&article.text) {
                stream.push(edge);
                for word in sentence {
                    buffer.clear();
                    buffer.extend(word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }));
                    let id = if let Some(&id) = ids.get(&buffer) {
                        id
                    } else {
                        counts.push(0);
                        ids.insert(buffer.clone(), counts.len() as u32 - 1);
                        counts.len() as u32 - 1
                    };
                    counts[id as usize] += 1;
                    stream.push(id);
                }
            }
        })?;
    }
    stream.push(edge);
    let mut kept: Vec<(&String, u32)> = ids
        .iter()
        .map(|(w, &id)| (w, id))
        .filter(|(w, id)| counts[*id as usize] >= MIN_COUNT && w.len() <= MAX_LEN)
        .collect();
    kept.sort_unstable_by(|a, b| counts[b.1 as usize].cmp(&counts[a.1 as usize]).then(a.0.cmp(b.0)));
    kept.truncate(MAX_WORDS);
    let n = kept.len() as u32;
    let mut renumber = vec![u32::MAX; counts.len()];
    for (word, &id) in &ids {
        renumber[id as usize] = n + stand_in(word);
    }
    for (new, (_, old)) in kept.iter().enumerate() {
        renumber[*old as usize] = new as u32;
    }
    for id in &mut stream {
        *id = if *id == edge { n } else { renumber[*id as usize] };
    }
    Ok((kept.into_iter().map(|(w, _)| w.clone()).collect(), stream))
}

fn stand_in(word: &str) -> u32 {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if word.contains(|c: char| c.is_ascii_digit()) {
        1
    } else if first.is_uppercase() && chars.clone().next().is_some() && chars.all(char::is_uppercase) {
        2
    } else if first.is_uppercase() {
        3
    } else {
        4
    }
}

fn bigrams_of(n: usize, stream: &[u32]) -> Bigrams {
    let mut pairs: Vec<u64> = stream.windows(2).map(|w| u64::from(w[0]) << 32 | u64::from(w[1])).collect();
    pairs.sort_unstable();
    let triples = pairs.chunk_by(|a, b| a == b).map(|run| ((run[0] >> 32) as u32, run[0] as u32, run.len() as u32));
    Bigrams::new(n, triples.collect())
}

fn encode(words: &[(&str, u16)], medium: &[u16], coarse: &[u16]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend((medium.len() as u32).to_le_bytes());
    file.extend((words.len() as u32).to_le_bytes());
    for (&medium, &coarse) in medium.iter().zip(coarse) {
        file.extend([medium as u8, coarse as u8]);
    }
    for (_, class) in words {
        file.extend(class.to_le_bytes());
    }
    let mut before: &[u8] = &[];
    for (word, _) in words {
        let word = word.as_bytes();
        let shared = before.iter().zip(word).take_while(|(a, b)| a == b).count();
        file.extend([shared as u8, (word.len() - shared) as u8]);
        file.extend(&word[shared..]);
        before = word;
    }
    file
}

/// Prints some classes, to be judged by eye.
fn show(words: &[String], fine: &[u16], medium: &[u16]) {
    for probe in ["Lavrov", "Mogadishu", "Hezbollah", "Ministry", "Minister", "Ahmed", "signed", "Monday", "Kenya"] {
        let Some(at) = words.iter().position(|w| w == probe) else { continue };
        let mut line = String::new();
        for (word, _) in words.iter().zip(fine).filter(|(_, c)| **c == fine[at]).take(25) {
            let _ = write!(line, " {word}");
        }
        println!("{probe} ({}/{}):{line}", fine[at], medium[usize::from(fine[at])]);
    }
}
