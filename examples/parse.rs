//! Prints the analysis of sentences on standard input: for whoever works on patterns or on the parser.

use std::io::Read as _;
use tidings::article::{Article, BlockKind};
use tidings::nlp::{Annotator, Doc, Scratch};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut article = Article::default();
    text.lines().for_each(|line| article.push_block(BlockKind::Paragraph, line));
    let mut doc = Doc::new(article);
    Annotator::builtin()?.run(&mut doc, &mut Scratch::default());
    for (i, t) in doc.tokens.iter().enumerate() {
        let (tag, rel) = (t.upos.as_str(), t.rel.as_str());
        println!("{i:3} {:16} {:14} {tag:6} {:5} {:3} {rel}", doc.word(i), doc.lemma(i), t.xpos.as_str(), t.head);
    }
    for name in &doc.names {
        println!("{} {}", name.kind.as_str(), doc.words(name.tokens));
    }
    Ok(())
}
