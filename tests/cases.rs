//! Runs the literate cases of `tests/cases/*.md`: short texts and the events a trained coder writes for them.
//!
//! The format is described in `tests/cases/README.md`. A case marked `open: reason` is a known gap: it must fail,
//! so that the mark goes when the gap closes. Every other case must hold.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use tidings::Pipeline;
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::ExtractOptions;
use tidings::extract::findings::{DateBasis, Event, Findings, Participant, Quotation, Side};
use tidings::nlp::Doc;

/// One case as written.
struct Case {
    file: String,
    name: String,
    open: Option<String>,
    published: Option<jiff::civil::Date>,
    blocks: Vec<(BlockKind, String)>,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn read_cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "md") && file != "README.md" {
            cases.extend(parse(&file, &std::fs::read_to_string(&path).unwrap()));
        }
    }
    cases
}

fn parse(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                file: file.to_owned(),
                name: name.trim().to_owned(),
                open: None,
                published: None,
                blocks: Vec::new(),
                columns: Vec::new(),
                rows: Vec::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(day) = line.strip_prefix("published:") {
            case.published = Some(day.trim().parse().unwrap());
        } else if let Some(reason) = line.strip_prefix("open:") {
            case.open = Some(reason.trim().to_owned());
        } else if let Some(quoted) = line.strip_prefix("> ") {
            case.blocks.push(block(file, quoted, case.blocks.last()));
        } else if line.starts_with('|') && !line.starts_with("|--") {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect();
            if case.columns.is_empty() {
                case.columns = cells;
            } else {
                case.rows.push(cells);
            }
        }
    }
    cases
}

/// What the readers would make of a line: headlines are titles, and what follows "About the Author" is biography.
fn block(file: &str, line: &str, before: Option<&(BlockKind, String)>) -> (BlockKind, String) {
    let biography = before.is_some_and(|(kind, text)| *kind == BlockKind::AuthorBio || text == "About the Author");
    let (kind, text) = match line.strip_prefix("# ") {
        Some(heading) => (BlockKind::Heading, heading),
        None if biography => (BlockKind::AuthorBio, line),
        None if file == "headlines.md" => (BlockKind::Title, line),
        None => (BlockKind::Paragraph, line),
    };
    (kind, text.to_owned())
}

fn article(case: &Case) -> Article {
    let mut article = Article::default();
    for (kind, text) in &case.blocks {
        article.push_block(*kind, text);
    }
    article.published = case.published.map(|date| Published { date, time: None, basis: PublishedBasis::Metadata });
    article
}

fn party(p: &Participant, findings: &Findings) -> String {
    let entity = p.entity.map(|e| &findings.entities[e as usize]);
    if let Some(id) = entity.filter(|_| p.country.is_none()).and_then(|e| e.key.strip_prefix("organisation:")) {
        return id.to_uppercase();
    }
    let sector = p.sector.map(|s| format!(" {s}")).unwrap_or_default();
    match p.country {
        Some(country) => format!("{country}{sector}"),
        None if p.sector.is_some() => format!("-{sector}"),
        None => format!("{:?}", p.name),
    }
}

fn side(event: &Event, side: Side, findings: &Findings) -> String {
    let all: Vec<_> = event.participants.iter().filter(|p| p.side == side).map(|p| party(p, findings)).collect();
    all.join("; ")
}

fn date(event: &Event) -> String {
    match event.date {
        None => String::new(),
        Some(i) if i.basis == DateBasis::None => String::new(),
        Some(i) if i.start == i.end => i.start.map(|d| d.to_string()).unwrap_or_default(),
        Some(i) => {
            let end = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{}/{}", end(i.start), end(i.end))
        }
    }
}

fn pairs(index: usize, findings: &Findings) -> String {
    let mut all: Vec<String> = findings
        .dyads
        .iter()
        .filter(|d| d.event as usize == index)
        .map(|d| {
            let mut pair = [d.source_country.clone().unwrap_or_default(), d.target_country.clone().unwrap_or_default()];
            pair.sort();
            pair.join("-")
        })
        .collect();
    all.sort();
    all.dedup();
    all.join("; ")
}

/// Somebody quoted, as participants are written; the name where that says nothing.
fn named(name: Option<&str>, findings: &Findings) -> String {
    let Some(name) = name else { return String::new() };
    let Some(entity) = findings.entities.iter().find(|e| e.name == name) else { return name.to_owned() };
    if entity.country.is_none() && entity.sectors.is_empty() {
        return name.to_owned();
    }
    if let Some(id) = entity.key.strip_prefix("organisation:").filter(|_| entity.country.is_none()) {
        return id.to_uppercase();
    }
    let sector = entity.sectors.first().map(|s| format!(" {s}")).unwrap_or_default();
    entity.country.map_or_else(|| format!("-{sector}"), |c| format!("{c}{sector}"))
}

fn cell(column: &str, index: usize, doc: &Doc, findings: &Findings) -> String {
    let event = &findings.events[index];
    match column {
        "event_type" => event.event_type.as_str().to_owned(),
        "act_type" => event.act_type.as_str().to_owned(),
        "mode" => event.mode.clone().unwrap_or_default(),
        "cameo_code" => event.cameo.clone().unwrap_or_default(),
        "status" => event.status.as_str().to_owned(),
        "polarity" => event.polarity.as_str().to_owned(),
        "source" => side(event, Side::Source, findings),
        "target" => side(event, Side::Target, findings),
        "date" => date(event),
        "date_precision" => event.date.map_or("none", |d| d.precision.as_str()).to_owned(),
        "date_basis" => event.date.map_or("none", |d| d.basis.as_str()).to_owned(),
        "reciprocal" => event.reciprocal.to_string(),
        "place" => event.place.map(|p| findings.places[p as usize].name.clone()).unwrap_or_default(),
        "fatalities" => event.fatalities.map(|n| n.to_string()).unwrap_or_default(),
        "trigger" => event.trigger.slice(doc.text()).to_owned(),
        "attributed_to" => named(event.attributed_to.as_deref(), findings),
        "pairs" => pairs(index, findings),
        other => panic!("no such column: {other}"),
    }
}

fn quotation_cell(column: &str, quotation: &Quotation, doc: &Doc, findings: &Findings) -> String {
    match column {
        "kind" => quotation.kind.as_str().to_owned(),
        "text" => quotation.span.slice(doc.text()).to_owned(),
        "speaker" => named(quotation.speaker_name.as_deref(), findings),
        "cue" => quotation.cue.clone().unwrap_or_default(),
        other => panic!("no such column: {other}"),
    }
}

/// What the program says, in the columns of the case.
fn actual(case: &Case, doc: &Doc, findings: &Findings) -> Vec<Vec<String>> {
    let columns: &[String] = &case.columns;
    if case.file == "quotations.md" {
        let quoted = findings.quotations.iter();
        return quoted.map(|q| columns.iter().map(|c| quotation_cell(c, q, doc, findings)).collect()).collect();
    }
    (0..findings.events.len()).map(|i| columns.iter().map(|c| cell(c, i, doc, findings)).collect()).collect()
}

fn table(columns: &[String], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return "    (no events)\n".to_owned();
    }
    std::iter::once(columns).chain(rows.iter().map(Vec::as_slice)).fold(String::new(), |mut out, row| {
        let _ = writeln!(out, "    | {} |", row.join(" | "));
        out
    })
}

/// The analysis behind a case, for whoever works on it (`CASE="status.md: simple" cargo test --test cases`).
fn parse_of(doc: &Doc) -> String {
    doc.tokens.iter().enumerate().fold(String::new(), |mut out, (i, t)| {
        let tags = (t.upos.as_str(), t.xpos.as_str(), t.rel.as_str());
        let _ = writeln!(
            out,
            "   {i:3} {:14} {:12} {} {} -> {} {}",
            doc.word(i),
            doc.lemma(i),
            tags.0,
            tags.1,
            t.head,
            tags.2
        );
        out
    })
}

#[test]
fn every_case_holds_and_every_open_case_is_still_open() {
    let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
    let mut worker = pipeline.worker();
    let only = std::env::var("CASE").ok();
    let (mut held, mut open) = (0, 0);
    let mut wrong = String::new();
    let mut closed = Vec::new();
    let mut by_file: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for case in read_cases() {
        let full = format!("{}: {}", case.file, case.name);
        if only.as_ref().is_some_and(|o| !full.contains(o.as_str())) {
            continue;
        }
        let (doc, findings) = worker.analyse(article(&case));
        let mut columns = case.columns.clone();
        let rows = actual(&case, doc, findings);
        let holds = rows == case.rows;
        let counts = by_file.entry(case.file.clone()).or_default();
        counts.0 += u32::from(holds);
        counts.1 += 1;
        match (holds, &case.open) {
            (true, None) => held += 1,
            (false, Some(_)) => open += 1,
            (true, Some(_)) => closed.push(full),
            (false, None) => {
                let text: Vec<&str> = case.blocks.iter().map(|(_, t)| t.as_str()).collect();
                if case.file == "quotations.md" {
                    let _ = writeln!(wrong, "{full}\n  {}", text.join(" / "));
                    let _ = write!(wrong, "   expected\n{}", table(&columns, &case.rows));
                    let _ = write!(wrong, "   actual\n{}", table(&columns, &rows));
                    continue;
                }
                if columns.is_empty() {
                    columns = ["act_type", "status", "source", "target"].map(str::to_owned).to_vec();
                }
                let rows: Vec<Vec<String>> = (0..findings.events.len())
                    .map(|i| {
                        let mut row: Vec<String> = columns.iter().map(|c| cell(c, i, doc, findings)).collect();
                        row.push(findings.events[i].rule_id.clone());
                        row
                    })
                    .collect();
                let _ = writeln!(wrong, "{full}\n  {}", text.join(" / "));
                let _ = write!(wrong, "   expected\n{}", table(&columns, &case.rows));
                let _ = write!(wrong, "   actual\n{}", table(&columns, &rows));
                if only.is_some() {
                    wrong.push_str(&parse_of(doc));
                }
            }
        }
    }
    println!("{held} cases hold, {open} are open");
    for (file, (ok, n)) in &by_file {
        println!("  {file}: {ok} of {n}");
    }
    assert!(wrong.is_empty(), "cases that do not hold:\n{wrong}");
    assert!(closed.is_empty(), "open cases that hold now (remove the mark): {closed:#?}");
}
