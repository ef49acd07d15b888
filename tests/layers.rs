//! Golden layers: the analysis of short texts of our own, written under the words, so that a diff shows what changed.
//!
//! `TIDINGS_UPDATE=1 cargo test --test layers` rewrites the files; read the difference before you commit it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::ExtractOptions;
use tidings::extract::findings::Findings;
use tidings::nlp::Doc;
use tidings::{Pipeline, Worker};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layers")
}

/// The first line is the day of publication, every other a paragraph.
fn article(text: &str) -> Article {
    let mut lines = text.lines();
    let date = lines.next().unwrap().parse().unwrap();
    let mut article = Article::default();
    lines.for_each(|line| article.push_block(BlockKind::Paragraph, line));
    article.published = Some(Published { date, time: None, basis: PublishedBasis::Metadata });
    article
}

/// One sentence: words, tags and heads in columns under each other, then names, mentions, times and events.
fn sentence(doc: &Doc, findings: &Findings, s: usize, out: &mut String) {
    let tokens = doc.sentences[s].tokens;
    let columns: Vec<[String; 4]> = tokens
        .range()
        .map(|i| {
            let t = &doc.tokens[i];
            let head = if doc.is_root(i) { 0 } else { t.head as usize - tokens.start as usize + 1 };
            [
                doc.word(i).to_owned(),
                doc.lemma(i).to_owned(),
                t.upos.as_str().to_owned(),
                format!("{head}:{}", t.rel.as_str()),
            ]
        })
        .collect();
    let widths: Vec<usize> =
        columns.iter().map(|c| c.iter().map(|text| text.chars().count()).max().unwrap_or(0)).collect();
    for layer in 0..4 {
        let cells: Vec<String> = columns.iter().zip(&widths).map(|(c, w)| format!("{:<w$}", c[layer])).collect();
        let _ = writeln!(out, "{}", cells.join(" ").trim_end());
    }
    for name in doc.names.iter().filter(|n| tokens.contains(n.tokens)) {
        let _ = writeln!(out, "  name    {} {}", name.kind.as_str(), doc.words(name.tokens));
    }
    for m in findings.mentions.iter().filter(|m| m.sentence as usize == s) {
        let entity = m.entity.map_or("-", |e| &findings.entities[e as usize].key);
        let _ = writeln!(out, "  mention {} {} = {entity}", m.mention_type.as_str(), m.span.slice(doc.text()));
    }
    for t in findings.times.iter().filter(|t| t.sentence as usize == s) {
        let _ = writeln!(out, "  time    {} = {}", t.span.slice(doc.text()), t.edtf.as_deref().unwrap_or("-"));
    }
    for e in findings.events.iter().filter(|e| e.sentence as usize == s) {
        let parties: Vec<String> = e.participants.iter().map(|p| format!("{} {}", p.side.as_str(), p.name)).collect();
        let kinds = (e.event_type.as_str(), e.status.as_str(), e.polarity.as_str());
        let _ = writeln!(out, "  event   {} {} {} [{}] {}", kinds.0, kinds.1, kinds.2, e.rule_id, parties.join("; "));
    }
    out.push('\n');
}

fn layers(worker: &mut Worker<'_>, text: &str) -> String {
    let (doc, findings) = worker.analyse(article(text));
    (0..doc.sentences.len()).fold(String::new(), |mut out, s| {
        sentence(doc, findings, s, &mut out);
        out
    })
}

#[test]
fn layers_are_as_they_were() {
    let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
    let mut worker = pipeline.worker();
    let mut texts: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    texts.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    assert!(!texts.is_empty());
    for path in texts {
        let said = layers(&mut worker, &std::fs::read_to_string(&path).unwrap());
        let golden = path.with_extension("layers");
        if std::env::var_os("TIDINGS_UPDATE").is_some() {
            std::fs::write(&golden, &said).unwrap();
        }
        let kept = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(said, kept, "{}", golden.display());
    }
}
