//! Runs the examples of `data/ontology/*.toml`: each act codes its `examples` and leaves its `not` sentences alone.
//!
//! An example reads `sentence => SOURCES > TARGETS TYPE status`; `&` joins parties, `-` is nobody. One that begins
//! with `? ` is a known gap and must fail, so that the mark goes when the gap closes.

use std::fmt::Write as _;
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::ExtractOptions;
use tidings::extract::findings::{Event, Findings, Side};
use tidings::lexicon::Lexicon;
use tidings::{Pipeline, Worker};

/// Examples are read as if published on this day, a Thursday.
const PUBLISHED: &str = "2023-05-18";

fn article(sentence: &str) -> Article {
    let mut article = Article::default();
    article.push_block(BlockKind::Paragraph, sentence);
    let date = PUBLISHED.parse().unwrap();
    article.published = Some(Published { date, time: None, basis: PublishedBasis::Metadata });
    article
}

fn parties(event: &Event, side: Side, findings: &Findings) -> String {
    let all: Vec<String> = event
        .participants
        .iter()
        .filter(|p| p.side == side)
        .map(|p| {
            let key = p.entity.map(|e| findings.entities[e as usize].key.as_str()).unwrap_or_default();
            let sector = p.sector.map(|s| format!(" {s}")).unwrap_or_default();
            match (p.country, key.strip_prefix("organisation:")) {
                (Some(country), _) => format!("{country}{sector}"),
                (None, Some(id)) => id.to_uppercase(),
                (None, None) => format!("-{sector}"),
            }
        })
        .collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" & ") }
}

fn render(event: &Event, findings: &Findings) -> String {
    let (source, target) = (parties(event, Side::Source, findings), parties(event, Side::Target, findings));
    format!("{source} > {target} {} {}", event.event_type.as_str(), event.status.as_str())
}

/// True when one of the events is what the example says. A promise may be told as made or as still to be kept.
fn codes(expected: &str, id: &str, findings: &Findings) -> bool {
    let promised = expected.replace("AGREE past", "AGREE planned").replace("CONCEDE past", "CONCEDE planned");
    findings.events.iter().filter(|e| e.rule_id.starts_with(&format!("{id}/"))).any(|e| {
        let said = render(e, findings);
        said == expected || said == promised
    })
}

fn analyse<'w>(worker: &'w mut Worker<'_>, sentence: &str) -> &'w Findings {
    worker.analyse(article(sentence)).1
}

#[test]
fn every_example_is_coded_and_every_counterexample_is_not() {
    let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
    let mut worker = pipeline.worker();
    let mut wrong = String::new();
    let (mut held, mut open, mut total) = (0, 0, 0);
    for act in &Lexicon::builtin().ontology.acts {
        for example in &act.examples {
            total += 1;
            let (known_gap, text) = example.strip_prefix("? ").map_or((false, example.as_str()), |t| (true, t));
            let Some((sentence, expected)) = text.split_once(" => ") else {
                let _ = writeln!(wrong, "{}: no `=>` in {example:?}", act.id);
                continue;
            };
            let findings = analyse(&mut worker, sentence);
            match (codes(expected.trim(), &act.id, findings), known_gap) {
                (true, false) => held += 1,
                (false, true) => open += 1,
                (true, true) => {
                    let _ = writeln!(wrong, "{}: holds now, remove the mark: {text}", act.id);
                }
                (false, false) => {
                    let said: Vec<String> =
                        findings.events.iter().map(|e| format!("{} [{}]", render(e, findings), e.rule_id)).collect();
                    let _ = writeln!(
                        wrong,
                        "{}: {sentence}\n    expected {expected}\n    said     {}",
                        act.id,
                        said.join("\n             ")
                    );
                }
            }
        }
        for sentence in &act.not {
            total += 1;
            let (known_gap, sentence) = sentence.strip_prefix("? ").map_or((false, sentence.as_str()), |t| (true, t));
            let prefix = format!("{}/", act.id);
            let findings = analyse(&mut worker, sentence);
            match findings.events.iter().find(|e| e.rule_id.starts_with(&prefix)) {
                None if known_gap => {
                    let _ = writeln!(wrong, "{}: holds now, remove the mark: {sentence}", act.id);
                }
                None => held += 1,
                Some(_) if known_gap => open += 1,
                Some(e) => {
                    let _ = writeln!(
                        wrong,
                        "{}: must not code {sentence:?}: {} [{}]",
                        act.id,
                        render(e, findings),
                        e.rule_id
                    );
                }
            }
        }
    }
    println!("{held} of {total} examples hold, {open} are open; {} frames", Lexicon::builtin().ontology.frames());
    assert!(wrong.is_empty(), "examples that do not hold:\n{wrong}");
}
