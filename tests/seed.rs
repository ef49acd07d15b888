//! What the project promises about the document it was created from (`../shared/seed`), where that is at hand.

use std::ops::ControlFlow;
use std::path::Path;
use tidings::Pipeline;
use tidings::article::{Article, PublishedBasis};
use tidings::extract::ExtractOptions;
use tidings::extract::findings::{EventType, Polarity, Status};
use tidings::read::{PlanOptions, ReadOptions, plan, read_unit};

fn seed() -> Option<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    if !folder.is_dir() {
        println!("skipped: ../shared/seed is not here");
        return None;
    }
    let plan = plan(&[folder], &PlanOptions::default()).unwrap();
    let mut articles = Vec::new();
    for unit in &plan.units {
        read_unit(unit, &ReadOptions::default(), &mut |record| {
            articles.push(record.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
    }
    assert_eq!(articles.len(), 1);
    articles.pop()
}

#[test]
fn the_seed_is_read_and_coded_as_promised() {
    let Some(article) = seed() else { return };
    assert_eq!(article.author.as_deref(), Some("Anthony Crescente"));
    let published = article.published.unwrap();
    assert_eq!((published.date.to_string(), published.basis), ("2023-07-13".to_owned(), PublishedBasis::Dateline));

    let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
    let mut worker = pipeline.worker();
    let (doc, findings) = worker.analyse(article);
    for (i, event) in findings.events.iter().enumerate() {
        let parties: Vec<String> = event
            .participants
            .iter()
            .map(|p| {
                format!("{}:{}{}", p.side.as_str(), p.name, p.country.map(|c| format!("[{c}]")).unwrap_or_default())
            })
            .collect();
        println!(
            "{i:2} {} ({}) {} {} {:?} {} | {} | {}",
            event.event_type.as_str(),
            event.act_type.as_str(),
            event.status.as_str(),
            event.polarity.as_str(),
            event.event_date.map(|d| d.to_string()),
            event.rule_id,
            parties.join("; "),
            event.evidence.slice(doc.text()),
        );
    }
    let kind_of = |sentence: u32| doc.sentences[sentence as usize].kind;
    assert!(findings.events.iter().all(|e| kind_of(e.sentence).may_report()), "headings and biography yield nothing");

    // what the expressions of time denote, and on what that rests
    let times: Vec<(&str, String, &str)> = findings
        .times
        .iter()
        .map(|t| {
            let basis = t.interval.map_or("none", |i| i.basis.as_str());
            (t.span.slice(doc.text()), t.edtf.clone().unwrap_or_default(), basis)
        })
        .collect();
    for (words, edtf, basis) in [
        ("Wednesday", "2023-07-12", "relative"),
        ("Last year", "2022", "relative"),
        ("later this year", "2023-07-14/2023-12-31", "relative"),
        ("earlier this year", "2023-01-01/2023-07-13", "relative"),
        ("Just before the summit", "../2023-07-12", "relative_to_event"),
        ("2021", "2021", "absolute"),
        ("This month", "2023-07", "relative"),
    ] {
        assert!(times.contains(&(words, edtf.to_owned(), basis)), "{words} in {times:#?}");
    }

    // the bilateral meetings of the first body paragraph
    let meetings = findings
        .events
        .iter()
        .position(|e| {
            e.act_type == EventType::Consult && e.evidence.slice(doc.text()).contains("bilateral meetings with")
        })
        .expect("the bilateral meetings are an event");
    assert_eq!(findings.events[meetings].event_date.map(|d| d.to_string()).as_deref(), Some("2023-07-12"));
    let mut pairs: Vec<String> = findings
        .dyads
        .iter()
        .filter(|d| d.event as usize == meetings)
        .map(|d| {
            let mut pair = [d.source_country.clone().unwrap(), d.target_country.clone().unwrap()];
            pair.sort();
            pair.join("-")
        })
        .collect();
    pairs.sort();
    pairs.dedup();
    assert_eq!(pairs, ["HUN-KOR", "KOR-NLD", "KOR-NOR", "KOR-NZL", "KOR-PRT", "KOR-ROU", "KOR-SWE"]);

    let visit = findings.events.iter().find(|e| {
        e.act_type == EventType::Consult
            && e.participants.iter().any(|p| p.country.is_some_and(|c| c.as_str() == "POL"))
    });
    assert_eq!(visit.map(|e| e.status), Some(Status::Planned), "the visit to Poland is planned");

    let offers = findings.events.iter().filter(|e| {
        e.evidence.slice(doc.text()).contains("no interest in offering membership")
            && e.status == Status::Past
            && e.polarity == Polarity::Affirmative
    });
    assert_eq!(offers.count(), 0, "an offer nobody wants to make is no event");
}
