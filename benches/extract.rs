//! Extraction (mentions, actors, times, events) over analysed articles of `input/`, in words per second, and the
//! whole of one article for comparison.

use divan::counter::ItemsCount;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use tidings::Pipeline;
use tidings::article::Article;
use tidings::extract::{ExtractOptions, Extractor};
use tidings::lexicon::Lexicon;
use tidings::nlp::{Annotator, Doc};
use tidings::read::{PlanOptions, ReadOptions, plan, read_unit};

fn main() {
    divan::main();
}

fn articles() -> Vec<Article> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let mut articles = Vec::new();
    for unit in plan(&[input], &PlanOptions::default()).expect("input/ is here").units {
        let taken = read_unit(&unit, &ReadOptions::default(), &mut |record| {
            articles.extend(record.ok());
            ControlFlow::Continue(())
        });
        taken.expect("input/ is readable");
    }
    articles
}

#[divan::bench]
fn extraction(bencher: divan::Bencher<'_, '_>) {
    let annotator = Annotator::builtin().expect("built-in models");
    let mut scratch = tidings::nlp::Scratch::default();
    let docs: Vec<Doc> = articles()
        .into_iter()
        .map(|article| {
            let mut doc = Doc::new(article);
            annotator.run(&mut doc, &mut scratch);
            doc
        })
        .collect();
    let words: usize = docs.iter().map(|d| d.tokens.len()).sum();
    let extractor = Extractor::new(Lexicon::builtin(), ExtractOptions::default());
    let mut scratch = tidings::extract::Scratch::default();
    bencher.counter(ItemsCount::new(words)).bench_local(|| {
        for doc in &docs {
            black_box(extractor.run(doc, &mut scratch));
        }
    });
}

#[divan::bench]
fn whole_article(bencher: divan::Bencher<'_, '_>) {
    let pipeline = Pipeline::builtin(ExtractOptions::default()).expect("built-in models");
    let mut worker = pipeline.worker();
    let articles = articles();
    let words: usize = articles.iter().map(|a| worker.analyse(a.clone()).0.tokens.len()).sum();
    bencher.counter(ItemsCount::new(words)).bench_local(|| {
        for article in &articles {
            black_box(worker.analyse(article.clone()));
        }
    });
}
