use super::*;
use crate::article::{Article, BlockKind};

fn split(blocks: &[&str]) -> Vec<String> {
    let mut article = Article::default();
    for block in blocks {
        article.push_block(BlockKind::Paragraph, block);
    }
    let mut doc = Doc::new(article);
    crate::nlp::tokenize::run(&mut doc);
    Splitter::load("built in", include_bytes!("../../../models/sentences.bin")).unwrap().run(&mut doc);
    doc.sentences.iter().map(|s| doc.words(s.tokens).to_owned()).collect()
}

#[test]
fn plain_prose() {
    assert_eq!(split(&["Talks ended. Both sides left."]), ["Talks ended.", "Both sides left."]);
    assert_eq!(split(&["Why now? Nobody said."]), ["Why now?", "Nobody said."]);
    assert_eq!(split(&["A headline", "Its first sentence"]), ["A headline", "Its first sentence"]);
}

#[test]
fn abbreviations_do_not_end_sentences_but_may() {
    assert_eq!(split(&["Gen. J. K. Osei met U.S. Ambassador Lee at 5 p.m. on Sept. 3."]).len(), 1);
    assert_eq!(split(&["It trades with the U.S. The deal holds."]), ["It trades with the U.S.", "The deal holds."]);
}

#[test]
fn quotation_marks_stay_with_their_sentence() {
    assert_eq!(split(&["“We will not go.” She left."]), ["“We will not go.”", "She left."]);
    assert_eq!(
        split(&["\"Stop!\" he said. \"Go.\" Then silence."]),
        ["\"Stop!\" he said.", "\"Go.\"", "Then silence."]
    );
}

#[test]
fn endless_sentences_are_cut() {
    let long = "word, ".repeat(1000);
    let all = split(&[&long]);
    assert!(all.len() >= 8);
}
