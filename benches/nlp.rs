//! Speed of language analysis on real news, one core, in words a second.
//!
//! `cargo bench --no-default-features --bench nlp` reads `../shared/data/raw/news.jsonl.zst` decompressed by the
//! `zstd` program; without it, a passage written for this bench stands in.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use std::sync::LazyLock;
use tidings::article::{Article, BlockKind};
use tidings::nlp::{Annotator, Doc, Scratch, tokenize};

fn main() {
    println!("{} articles, {} words", DOCS.len(), words());
    divan::main();
}

/// Articles read for the bench.
const ARTICLES: usize = 300;

const PASSAGE: &str = "The foreign ministers of three neighbouring states met on Tuesday to discuss a ceasefire. \
    Officials who asked not to be named said the talks, which had been delayed twice, were \"difficult but useful\". \
    Two soldiers were killed by rebels near the border, the defence ministry said in a statement.";

static DOCS: LazyLock<Vec<Doc>> = LazyLock::new(|| {
    let annotator = Annotator::builtin().expect("built-in models load");
    let mut scratch = Scratch::default();
    let mut docs: Vec<Doc> = articles().into_iter().map(Doc::new).collect();
    for doc in &mut docs {
        annotator.run(doc, &mut scratch);
    }
    docs
});

fn articles() -> Vec<Article> {
    let text = std::process::Command::new("zstd")
        .args(["-dc", "../shared/data/raw/news.jsonl.zst"])
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default();
    let records: Vec<serde_json::Value> =
        text.lines().step_by(80).take(ARTICLES).filter_map(|l| serde_json::from_str(l).ok()).collect();
    let mut articles: Vec<Article> = records
        .iter()
        .map(|r| {
            let mut article = Article::default();
            article.push_block(BlockKind::Title, r["title"].as_str().unwrap_or(""));
            for block in r["text"].as_str().unwrap_or("").split("\n\n") {
                article.push_block(BlockKind::Paragraph, block);
            }
            article
        })
        .collect();
    if articles.is_empty() {
        let mut article = Article::default();
        for _ in 0..200 {
            article.push_block(BlockKind::Paragraph, PASSAGE);
        }
        articles.push(article);
    }
    articles
}

fn words() -> usize {
    DOCS.iter().map(|d| d.tokens.len()).sum()
}

#[divan::bench]
fn tokenise(bencher: Bencher) {
    bencher.counter(ItemsCount::new(words())).with_inputs(|| DOCS.clone()).bench_local_values(|mut docs| {
        for doc in &mut docs {
            tokenize::run(doc);
        }
        black_box(docs)
    });
}

#[divan::bench]
fn tokenise_and_split(bencher: Bencher) {
    let annotator = Annotator::builtin().expect("built-in models load");
    bencher.counter(ItemsCount::new(words())).with_inputs(|| DOCS.clone()).bench_local_values(|mut docs| {
        for doc in &mut docs {
            tokenize::run(doc);
            annotator.splitter().run(doc);
        }
        black_box(docs)
    });
}

#[divan::bench]
fn names(bencher: Bencher) {
    let annotator = Annotator::builtin().expect("built-in models load");
    let mut scratch = tidings::nlp::names::NamesScratch::default();
    bencher.counter(ItemsCount::new(words())).with_inputs(|| DOCS.clone()).bench_local_values(|mut docs| {
        for doc in &mut docs {
            annotator.names().run(doc, &mut scratch);
        }
        black_box(docs)
    });
}

/// Tags alone: the states of the network and the two linear maps over them.
#[divan::bench]
fn tag(bencher: Bencher) {
    let annotator = Annotator::builtin().expect("built-in models load");
    let mut scratch = tidings::nlp::syntax::SyntaxScratch::default();
    let syntax = annotator.syntax();
    bencher.counter(ItemsCount::new(words())).bench_local(|| {
        let mut sum = 0.0;
        for doc in &*DOCS {
            for s in 0..doc.sentences.len() {
                syntax.encode(doc, s..s + 1, &mut scratch);
                for t in 0..doc.sentences[s].tokens.len() {
                    let (upos, xpos) = syntax.network.tag_scores(t, &scratch.network);
                    sum += upos[0] + xpos[0];
                }
            }
        }
        black_box(sum)
    });
}

#[divan::bench]
fn tag_and_parse(bencher: Bencher) {
    let annotator = Annotator::builtin().expect("built-in models load");
    let mut scratch = tidings::nlp::syntax::SyntaxScratch::default();
    bencher.counter(ItemsCount::new(words())).with_inputs(|| DOCS.clone()).bench_local_values(|mut docs| {
        for doc in &mut docs {
            annotator.syntax().run(doc, &mut scratch);
        }
        black_box(docs)
    });
}

#[divan::bench]
fn everything(bencher: Bencher) {
    let annotator = Annotator::builtin().expect("built-in models load");
    let mut scratch = Scratch::default();
    bencher.counter(ItemsCount::new(words())).with_inputs(|| DOCS.clone()).bench_local_values(|mut docs| {
        for doc in &mut docs {
            annotator.run(doc, &mut scratch);
        }
        black_box(docs)
    });
}

/// All models, from the files compiled in.
#[divan::bench]
fn load(bencher: Bencher) {
    let dir = std::path::Path::new("models");
    bencher.bench_local(|| Annotator::from_dir(black_box(dir)));
}
