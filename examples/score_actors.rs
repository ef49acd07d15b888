//! Scores actors on files of names (`actors.dev.jsonl`) and coordinations (`compound_actors.dev.jsonl`).
//!
//! `cargo run --release --no-default-features --example score_actors -- ACTORS [COMPOUNDS]`; `MISSES=1` lists what is
//! wrong. How a record is read: `text` alone is the phrase; `context` is not shown to the program. `date` is the day
//! where it is written YYYY-MM-DD; anything else ("today", empty, "12 April 2022") means 2022-06-01, about when the
//! records were written. Records with `status`
//! (skip, xfail) are left out. `country` counts where it is a text (empty: no country may be given), with PLOVER's
//! codes for what is no country's. `code1` counts as sector: our first or second must be it, as `code2` has a second;
//! the names of the records for our sectors are MED = HLH, UNK = UAF or none, PRM = UAF or REB, PRE = none, JNK = none.
//! `any_of.code_1` lists alternatives. `expect_none` asks for neither country nor sector.

use serde_json::Value;
use std::error::Error;
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::{ExtractOptions, Extractor, Scratch, Who};
use tidings::lexicon::Lexicon;
use tidings::nlp::{self, Annotator, Doc};
use tidings::text::Span;

struct Machine {
    annotator: Annotator,
    nlp: nlp::Scratch,
    extractor: Extractor<'static>,
    scratch: Scratch,
}

impl Machine {
    fn doc(&mut self, texts: &[&str], date: &str) -> Doc {
        let date = date.parse().unwrap_or(jiff::civil::date(2022, 6, 1));
        let mut article = Article {
            published: Some(Published { date, time: None, basis: PublishedBasis::User }),
            ..Article::default()
        };
        for text in texts.iter().filter(|t| !t.is_empty()) {
            article.push_block(BlockKind::Paragraph, text);
        }
        let mut doc = Doc::new(article);
        self.annotator.run(&mut doc, &mut self.nlp);
        doc
    }
}

fn matches_sector(want: &str, got: &[String]) -> bool {
    let first = got.first().map_or("", String::as_str);
    match want {
        "MED" => got.iter().any(|s| s == "HLH"),
        "UNK" => got.is_empty() || first == "UAF",
        "PRM" => matches!(first, "UAF" | "REB"),
        "" | "PRE" | "JNK" => got.is_empty(),
        _ => got.iter().take(2).any(|s| s == want),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = std::env::args().skip(1);
    let misses = std::env::var_os("MISSES").is_some();
    let mut machine = Machine {
        annotator: Annotator::builtin()?,
        nlp: nlp::Scratch::default(),
        extractor: Extractor::new(Lexicon::builtin(), ExtractOptions::default()),
        scratch: Scratch::default(),
    };
    let (mut country, mut sector, mut none) = ((0, 0), (0, 0), (0, 0));
    for line in std::fs::read_to_string(files.next().ok_or("usage: score_actors ACTORS [COMPOUNDS]")?)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = |field: &str| record[field].as_str();
        if text("status").is_some_and(|s| !s.is_empty()) {
            continue;
        }
        let doc = machine.doc(&[text("text").unwrap_or_default()], text("date").unwrap_or_default());
        let who = machine.extractor.who(&doc, &mut machine.scratch);
        let first: Option<&Who> = who.first();
        let code = first.and_then(|w| w.plover_country.clone().or_else(|| w.country.map(|c| c.to_string())));
        let code = code.unwrap_or_default();
        let sectors: Vec<String> =
            first.map(|w| w.sectors.iter().map(ToString::to_string).collect()).unwrap_or_default();
        let mut wrong = Vec::new();
        if record["expect_none"] == Value::Bool(true) {
            let good = code.is_empty() && sectors.is_empty();
            none = (none.0 + u32::from(good), none.1 + 1);
            if !good {
                wrong.push("none".to_owned());
            }
        }
        if let Some(want) = text("country") {
            let own = first.and_then(|w| w.country).map(|c| c.to_string()).unwrap_or_default();
            let good = want == code || (!want.is_empty() && want == own);
            country = (country.0 + u32::from(good), country.1 + 1);
            if !good {
                wrong.push(format!("country {want}"));
            }
        }
        let any: Vec<&str> = record["any_of"]["code_1"]
            .as_array()
            .map(|a| a.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        if text("code1").is_some() || !any.is_empty() {
            let good = text("code1").is_some_and(|want| matches_sector(want, &sectors))
                || any.iter().any(|want| matches_sector(want, &sectors));
            sector = (sector.0 + u32::from(good), sector.1 + 1);
            if !good {
                wrong.push(format!("sector {}", text("code1").unwrap_or("any")));
            }
        }
        if misses && !wrong.is_empty() {
            println!(
                "{:45} {:28} got {code}:{}",
                text("text").unwrap_or_default(),
                wrong.join(", "),
                sectors.join("+")
            );
        }
    }
    for (name, (good, all)) in [("country", country), ("sector", sector), ("none", none)] {
        println!("{name} {good}/{all} = {:.3}", f64::from(good) / f64::from(all.max(1)));
    }
    if let Some(file) = files.next() {
        let (mut good, mut all) = (0, 0);
        for line in std::fs::read_to_string(file)?.lines() {
            let record: Value = serde_json::from_str(line)?;
            let text = record["text"].as_str().unwrap_or_default();
            let doc = machine.doc(&[text], "");
            let span = record["span"].as_str().unwrap_or_default();
            let start = doc.text().find(span).ok_or("the span is not in the text")?;
            let mut got = machine.extractor.parts(&doc, Span::of(start, start + span.len()), &mut machine.scratch);
            let mut want: Vec<String> = record["expected"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect();
            got.sort();
            want.sort();
            all += 1;
            good += u32::from(got == want);
            if misses && got != want {
                println!("{span}: {got:?}, not {want:?}");
            }
        }
        println!("compounds {good}/{all}");
    }
    Ok(())
}
