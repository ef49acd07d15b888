//! The built-in recogniser on sentences written for the purpose.

use super::*;
use crate::article::{Article, BlockKind};
use crate::nlp::doc::{Sentence, Token};

/// A doc of sentences whose words are parted by single spaces.
fn doc(sentences: &[&str]) -> Doc {
    let mut article = Article::default();
    let mut tokens: Vec<Token> = Vec::new();
    let mut spans = Vec::new();
    for (block, sentence) in sentences.iter().enumerate() {
        let first = tokens.len();
        let mut at = if block == 0 { 0 } else { article.text.len() + 1 };
        article.push_block(BlockKind::Paragraph, sentence);
        for word in sentence.split(' ') {
            tokens.push(Token::new(Span::of(at, at + word.len()), true, tokens.len() as u32));
            at += word.len() + 1;
        }
        let kind = BlockKind::Paragraph;
        spans.push(Sentence { tokens: Span::of(first, tokens.len()), block: block as u32, kind });
    }
    let mut doc = Doc::new(article);
    doc.tokens = tokens;
    doc.sentences = spans;
    doc
}

fn found(sentences: &[&str]) -> Vec<String> {
    let mut doc = doc(sentences);
    Names::from_bytes(crate::nlp::builtin::NAMES).unwrap().run(&mut doc, &mut NamesScratch::default());
    assert!(doc.names.iter().all(|n| n.confidence > 0.0 && n.confidence <= 1.0));
    assert!(doc.names.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start));
    doc.names.iter().map(|n| format!("{}/{}", doc.words(n.tokens), n.kind.as_str())).collect()
}

#[test]
fn titles_are_no_part_of_names() {
    let names = found(&["Foreign Minister Sergei Lavrov met President Emmanuel Macron in Geneva on Tuesday ."]);
    assert_eq!(names, ["Sergei Lavrov/PER", "Emmanuel Macron/PER", "Geneva/LOC"]);
}

#[test]
fn organisations_are_found() {
    let names = found(&["The African Union and the European Union sent envoys to Somalia , officials said ."]);
    assert_eq!(names, ["African Union/ORG", "European Union/ORG", "Somalia/LOC"]);
}

#[test]
fn small_words_alone_are_no_names() {
    assert!(found(&["talks were held on the border , and nothing was agreed ."]).is_empty());
}

#[test]
fn any_text_is_read() {
    let odd = ["’ — ’", "\u{0301} \u{1F600} ÉÉÉ", "-", "al - al - al - Q", "of Of OF oF", "A A A A A A A A A A A A A"];
    found(&odd);
    let mut empty = doc(&[]);
    Names::from_bytes(crate::nlp::builtin::NAMES).unwrap().run(&mut empty, &mut NamesScratch::default());
    assert!(empty.names.is_empty());
}

#[test]
fn scratch_carries_nothing_over() {
    let names = Names::from_bytes(crate::nlp::builtin::NAMES).unwrap();
    let mut scratch = NamesScratch::default();
    let text = ["Amina Diallo told reporters in Dakar that Diallo would stay ."];
    let (mut first, mut again) = (doc(&text), doc(&text));
    names.run(&mut first, &mut scratch);
    names.run(&mut doc(&["Diallo Industries was sold to Dakar Holdings Inc. on Monday ."]), &mut scratch);
    names.run(&mut again, &mut scratch);
    assert_eq!(first.names, again.names);
}

#[test]
fn damaged_models_are_refused() {
    assert!(matches!(Names::from_bytes(b"TDNAME99 and so on"), Err(NamesError::Version(99))));
    let bytes = include_bytes!("../../../models/names.bin");
    for cut in [8, 100, 10_000, bytes.len() - 1] {
        assert!(Names::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
    }
}
