//! Shows what the readers make of files: `cargo run --no-default-features --example read_dump -- PATH…`
//!
//! A developer's tool: one line per field and block, rejects and skips at the end.

use std::ops::ControlFlow;
use tidings::read::{PlanOptions, ReadOptions, plan, read_unit};

fn main() {
    let mut paths: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let quiet = paths.first().is_some_and(|p| p.as_os_str() == "-q");
    let full = paths.first().is_some_and(|p| p.as_os_str() == "-f");
    if quiet || full {
        paths.remove(0);
    }
    let plan = match plan(&paths, &PlanOptions::default()) {
        Ok(plan) => plan,
        Err(error) => return eprintln!("{error}"),
    };
    let (mut articles, mut bytes) = (0u64, 0u64);
    let mut rejects = plan.rejects;
    let start = std::time::Instant::now();
    for unit in &plan.units {
        bytes += unit.bytes;
        let result = read_unit(unit, &ReadOptions::default(), &mut |item| {
            match item {
                Ok(article) if quiet => articles += u64::from(!article.text.is_empty()),
                Ok(article) => {
                    articles += 1;
                    let source = &article.source;
                    println!("== {} {:?} #{} [{}]", source.path, source.entry, source.record_no, article.format);
                    println!(
                        "title     {:?}\nauthor    {:?}\npublisher {:?}\nurl       {:?}",
                        article.title, article.author, article.publisher, article.url
                    );
                    println!("published {:?} {:?}", article.published, article.published_text);
                    println!(
                        "lang {:?}  kind {}  warnings {:?}",
                        article.lang,
                        article.text_kind.as_str(),
                        article.warnings
                    );
                    for (name, value) in &article.meta {
                        println!("meta {name} = {}", value.chars().take(80).collect::<String>());
                    }
                    for block in &article.blocks {
                        let text = block.span.slice(&article.text);
                        let shown: String = text.chars().take(if full { usize::MAX } else { 150 }).collect();
                        println!(
                            "  {:<12}{shown}{}",
                            block.kind.as_str(),
                            if shown.len() < text.len() { " …" } else { "" }
                        );
                    }
                }
                Err(reject) => rejects.push(reject),
            }
            ControlFlow::Continue(())
        });
        if let Err(error) = result {
            println!("ERROR {error}");
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    for r in &rejects {
        println!(
            "{} {}:{:?}#{} line {:?}: {}: {}",
            if r.reason.is_skip() { "SKIP" } else { "REJECT" },
            r.source.path,
            r.source.entry,
            r.source.record_no,
            r.line,
            r.reason.as_str(),
            r.message
        );
    }
    println!(
        "{articles} articles, {} rejects and skips, {bytes} bytes, {seconds:.2} s, {:.1} MB/s",
        rejects.len(),
        bytes as f64 / 1e6 / seconds
    );
}
